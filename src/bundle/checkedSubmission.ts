import type { Severity } from '../findings.js';
import type { FileList } from './fileList.js';
import type { PageTabAttribute, PageTabSection, PageTabSubmission } from './pageTab.js';

/** One fault of a submission, by the curators' checklist of the BioImage Archive. */
export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  /** The element concerned, as the form names it. */
  readonly element: string;
  /** Section and attribute: `Author author-1, E-mail`. */
  readonly where: string;
  readonly wrong: string;
  readonly found?: string | undefined;
  readonly remedy: string;
}

/** What is looked at: the submission, its file lists by name, and the day on which it is handed in (YYYY-MM-DD). */
export interface CheckedSubmission {
  readonly submission: PageTabSubmission;
  readonly sections: readonly PageTabSection[];
  readonly fileLists: ReadonlyMap<string, FileList>;
  readonly today: string;
}

/** A fault as a rule tells it; a violation unless it says otherwise. */
export type Told = Omit<Problem, 'rule' | 'severity'> & { readonly severity?: Severity };
/** Sections of a type, whatever its case. */
export function sectionsOf(checked: CheckedSubmission, ...types: readonly string[]): PageTabSection[] {
  const wanted = types.map((type) => type.toLowerCase());
  return checked.sections.filter((section) => wanted.includes(section.type.toLowerCase()));
}

/** The values of an attribute, in order. */
export function valuesOf(section: { readonly attributes: readonly PageTabAttribute[] }, name: string): string[] {
  return section.attributes.filter((a) => a.name === name).flatMap((a) => (a.value ? [a.value] : []));
}

/** Section and attribute as a place for messages. */
export function at(section: PageTabSection, name: string): string {
  return `${section.type} ${section.accno ?? ''}, ${name}`;
}

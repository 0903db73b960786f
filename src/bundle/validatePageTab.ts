import type { CheckedSubmission, Problem, Told } from './checkedSubmission.js';
import type { FileList } from './fileList.js';
import type { PageTabSection, PageTabSubmission } from './pageTab.js';
import { fileListRule, sourceImageRule } from './pageTabFileRules.js';
import { associationRule, authorRule, requiredRule, studyRule, titleRule } from './pageTabRules.js';
import { characterRule, identifierRule, termRule } from './pageTabValueRules.js';

interface Rule {
  readonly name: string;
  check(checked: CheckedSubmission): readonly Told[];
}

/** The checklist in its order; each rule tells its faults. */
const PAGETAB_RULES: readonly Rule[] = [
  { name: 'study', check: studyRule },
  { name: 'authors', check: authorRule },
  { name: 'titles', check: titleRule },
  { name: 'associations', check: associationRule },
  { name: 'required-fields', check: requiredRule },
  { name: 'file-lists', check: fileListRule },
  { name: 'terms', check: termRule },
  { name: 'identifiers', check: identifierRule },
  { name: 'characters', check: characterRule },
  { name: 'source-images', check: sourceImageRule },
];

/**
 * Checks a submission by what curators of the BioImage Archive repair most: study fields, authors, titles, associations,
 * required fields of BioImages.v5, file lists, terms, identifiers, characters, source images. `fileLists` by the names
 * that the submission gives them; `today` is the day of handing in (YYYY-MM-DD).
 */
export function validatePageTab(
  submission: PageTabSubmission,
  fileLists: ReadonlyMap<string, FileList>,
  today: string,
): Problem[] {
  const checked = { submission, sections: allSections(submission.section), fileLists, today };
  return PAGETAB_RULES.flatMap((rule) =>
    rule.check(checked).map((told): Problem => ({ rule: rule.name, severity: 'violation', ...told })),
  );
}

function allSections(section: PageTabSection): PageTabSection[] {
  return [section, ...(section.subsections ?? []).flatMap(allSections)];
}

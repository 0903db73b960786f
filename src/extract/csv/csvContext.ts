import { OmegraphError } from '../../errors.js';
import { type Finding, finding } from '../../findings.js';
import type { KeyValue, ObjectRef } from '../../ome/model.js';
import { CLIENT_NAMESPACE, type LayoutFault } from './csvLayout.js';
import type { Separator } from './csvSeparator.js';
import type { AnnotatedType, KeyValueFile } from './keyValueFile.js';

/** The object that a row is about, as the row names it. */
export interface NamedTarget {
  readonly type: AnnotatedType;
  /** By its id, which wins over the name. */
  readonly ref?: ObjectRef | undefined;
  readonly name?: string | undefined;
  /** What it lies in, by name. */
  readonly within: readonly { readonly type: AnnotatedType; readonly name: string }[];
}

/** What one row, or one sheet, says of an object. */
export interface KeyValueRow {
  /** The file's name in messages. */
  readonly file: string;
  /** First line of the row, from 1. */
  readonly line: number;
  readonly target: NamedTarget;
  /** Pairs in the order of the columns, by namespace, in the order in which the file has them. */
  readonly sets: readonly { readonly namespace: string; readonly pairs: readonly KeyValue[] }[];
  /** Namespaces in which the object has nothing but this row; `''` stands for map annotations without a namespace. */
  readonly replaces?: readonly string[] | undefined;
  /** `Tag`, `Tag[TagSet]` or `Tag[id]`, as written. */
  readonly tags: readonly string[];
}

/** How a CSV file of key-values is read. */
export interface CsvOptions {
  /** Guessed when left out. */
  readonly separator?: Separator | undefined;
  /** Splits a cell into several values of its key; when left out, a cell is one value (a cell of tags is always split, at `,`). */
  readonly split?: string | undefined;
  onFinding(f: Finding): void;
}

/** What readers of the layouts share. */
export interface CsvContext extends CsvOptions {
  readonly file: KeyValueFile;
  /** The row with the namespaces of the columns. */
  readonly namespaces: readonly string[] | undefined;
}

/** The namespaces that a row of the file replaces, of those that its columns have: pairs without a namespace count as those that people edit. */
export function replacedBy(file: KeyValueFile, namespaces: Iterable<string>): Pick<KeyValueRow, 'replaces'> {
  if (file.replaces !== true) return {};
  const found = new Set(namespaces);
  if (found.has(CLIENT_NAMESPACE)) found.add('');
  return { replaces: [...found] };
}

/** An error at a line of the file. */
export const wrong = (file: KeyValueFile, line: number, fault: Omit<LayoutFault, 'kind'>): OmegraphError =>
  new OmegraphError('input', {
    where: `${file.label}:${line}`,
    wrong: fault.wrong,
    ...(fault.found !== '' && { found: fault.found }),
    remedy: fault.remedy,
  });

// What XML 1.0 (section 2.2) cannot hold: texts are the same whichever way they came.
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A cell without control characters and lone surrogates; a repair is a finding. */
export function cleanCell(text: string, { file, onFinding }: CsvContext, line: number): string {
  const clean = text.toWellFormed().replace(NO_XML, '\ufffd');
  if (clean !== text) {
    const at = `${file.label}:${line}`;
    onFinding(finding('text-control-character', at, { at, detail: clean }));
  }
  return clean;
}

/** The values of a cell: all of it, or its parts where the user named what splits them; none where it is empty. */
export function valuesOf(cell: string, split: string | undefined): readonly string[] {
  if (cell.trim() === '') return [];
  if (split === undefined || split === '') return [cell];
  return cell
    .split(split)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

import { OmegraphError } from '../errors.js';
import { PREFIXES } from '../rdf/vocabulary.js';

/** What the reviewer of a row said; a row without a decision is open. */
export type Decision = 'accepted' | 'rejected';

/** The justification of a row that a person accepted (SEMAPV, "mapping review"). */
export const MAPPING_REVIEW = `${PREFIXES.semapv}MappingReview`;
/** Confidence of an accepted row that gives none: as of the shipped rows that people wrote. */
export const REVIEWED_CONFIDENCE = 0.95;

/** The lines of a table; what spreadsheets do to the head (quotes around it, tabs after it) is undone. */
export function tableLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => {
      if (!/^"?#/.test(line)) return line;
      const bare = line.replace(/\t+$/, '');
      return bare.startsWith('"') ? unquoted(bare) : bare;
    });
}

/** The cells of a row; a cell in double quotes is read as spreadsheets write it. */
export function tableCells(line: string): string[] {
  return line.split('\t').map(unquoted);
}

const unquoted = (cell: string): string =>
  /^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;

/** A text as a cell: on one line, in quotes where a reader would take it for a quoted one. */
export function tableCell(text: string): string {
  const flat = text
    .toWellFormed()
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return flat.startsWith('"') ? `"${flat.replaceAll('"', '""')}"` : flat;
}

const DECISIONS: Readonly<Record<string, Decision>> = {
  ...{ accepted: 'accepted', accept: 'accepted', yes: 'accepted', y: 'accepted', x: 'accepted' },
  ...{ rejected: 'rejected', reject: 'rejected', no: 'rejected', n: 'rejected' },
};

/** What the `review` column of a row says; `open` when it is empty. @throws OmegraphError (mapping) for another word */
export function decisionOf(text: string | undefined, where: string): Decision | 'open' {
  const word = (text ?? '').trim().toLowerCase();
  if (word === '') return 'open';
  const decision = Object.hasOwn(DECISIONS, word) ? DECISIONS[word] : undefined;
  if (decision !== undefined) return decision;
  throw new OmegraphError('mapping', {
    where,
    wrong: 'the review is no decision',
    found: text,
    remedy: 'write accepted or rejected, or leave it empty',
  });
}

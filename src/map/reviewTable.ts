import { parse, stringify } from 'yaml';
import { isRembiField, type RembiField } from '../rdf/rembi.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { fold } from './mappingSet.js';
import { EXTENSIONS, readSssom } from './sssom.js';
import { type Decision, decisionOf, tableCell, tableCells, tableLines } from './tableText.js';

/** A suggested mapping with what its reviewer said. */
export interface ReviewRow {
  readonly subject: string;
  /** Field whose value the subject is; undefined for a key. */
  readonly field: RembiField | undefined;
  /** `rembi:organism`, `NCBITaxon:9606` or `sssom:NoTermFound`. */
  readonly object: string;
  readonly decision: Decision | 'open';
  /** All cells by column, `review` and `object_id` included. */
  readonly cells: ReadonlyMap<string, string>;
}

/** A table to review. */
export interface ReviewTable {
  readonly head: Readonly<Record<string, unknown>>;
  /** Stems of CURIEs by prefix. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly rows: readonly ReviewRow[];
}

/** The object of a row that says that nothing fits. */
export const NO_TERM_FOUND = 'sssom:NoTermFound';
/** What our own suggestions have as `mapping_tool`; rows of others are left alone. */
export const TOOL = 'omegraph';

/** Columns in the order in which people read them: the decision beside what it is about. */
const COLUMNS = [
  ...(['review', 'subject_label', 'object_id', 'object_label', 'similarity_score', 'occurrences', 'comment'] as const),
  ...(['subject_source', 'value_kind', 'predicate_id', 'mapping_justification', 'confidence'] as const),
  ...(['mapping_tool', 'reviewer_label', 'review_date'] as const),
] as const;
const PREFIXES_USED = ['omg', 'rembi', 'semapv', 'skos', 'sssom', 'xsd'] as const;
const SLOT_TYPES = { value_kind: 'string', review: 'string', occurrences: 'integer' } as const;

/** A table without rows. */
export function emptyReview(setId: string): ReviewTable {
  const head = {
    mapping_set_id: setId,
    mapping_set_title: 'Suggested mappings, to review',
    // SSSOM 1.0 asks for a licence; this one says that nobody has chosen yet.
    license: 'https://w3id.org/sssom/license/unspecified',
    subject_type: 'rdfs literal',
    comment:
      'Write accepted or rejected into the column review. Only accepted rows are in force. To say that nothing fits, accept the row sssom:NoTermFound.',
  };
  return { head, prefixes: new Map(), rows: [] };
}

/** Reads a table to review. @throws OmegraphError (mapping) with `file:line` for what `readSssom` refuses */
export function readReview(text: string, file: string): ReviewTable {
  readSssom(text, file);
  const lines = tableLines(text);
  const found = lines.findIndex((line) => !line.startsWith('#'));
  const yaml: unknown = parse(
    lines
      .slice(0, found)
      .map((line) => line.slice(1))
      .join('\n'),
  );
  const { curie_map: map, extension_definitions: _, ...head } = yaml as Readonly<Record<string, unknown>>;
  const columns = tableCells(lines[found] ?? '');
  const rows = lines.slice(found + 1).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const values = tableCells(line);
    const cells = new Map(columns.flatMap((c, at) => (values[at] ? [[c, values[at] ?? ''] as const] : [])));
    return [rowOf(cells, `${file}:${found + i + 2}`)];
  });
  return { head, prefixes: new Map(Object.entries((map ?? {}) as Readonly<Record<string, string>>)), rows };
}

function rowOf(cells: ReadonlyMap<string, string>, where: string): ReviewRow {
  const source = (cells.get('subject_source') ?? '').replace(/^rembi:/, '');
  return {
    subject: cells.get('subject_label') ?? '',
    field: isRembiField(source) ? source : undefined,
    object: cells.get('object_id') ?? '',
    decision: decisionOf(cells.get('review'), where),
    cells,
  };
}

/** A row of cells; empty ones are left out. */
export function reviewRow(cells: Readonly<Record<string, string | number | undefined>>): ReviewRow {
  const filled = Object.entries(cells).flatMap(([column, value]) => {
    const cell = tableCell(String(value ?? ''));
    return cell === '' ? [] : [[column, cell] as const];
  });
  return rowOf(new Map(filled.map(([c, v]) => [c, tableCells(v)[0] ?? ''])), 'row');
}

/** The table as SSSOM/TSV, with what its head has to declare. */
export function writeReview({ head, prefixes, rows }: ReviewTable): string {
  const map = Object.fromEntries(
    [...new Map([...prefixes, ...PREFIXES_USED.map((p) => [p, PREFIXES[p]] as const)])].sort(([a], [b]) =>
      a < b ? -1 : 1,
    ),
  );
  const definitions = Object.entries(SLOT_TYPES).map(([slot, type]) => ({
    slot_name: slot,
    property: EXTENSIONS[slot as keyof typeof SLOT_TYPES],
    type_hint: PREFIXES.xsd + type,
  }));
  const yaml = stringify({ ...head, curie_map: map, extension_definitions: definitions }, { lineWidth: 0 });
  const others = new Set(rows.flatMap((r) => [...r.cells.keys()]));
  const columns = [...new Set<string>([...COLUMNS, ...others])];
  const lines = rows.map((r) => columns.map((c) => tableCell(r.cells.get(c) ?? '')).join('\t'));
  const commented = yaml
    .trimEnd()
    .split('\n')
    .map((line) => `#${line}`);
  return `${[...commented, columns.join('\t'), ...lines].join('\n')}\n`;
}

/** One text for all rows about the same subject: the field of a value (none for a key), and its folded text. */
export const subjectOf = (row: Pick<ReviewRow, 'field' | 'subject'>): string =>
  `${row.field ?? ''}\u0000${fold(row.subject)}`;

/** A row with another decision, and who decided. */
export function decided(row: ReviewRow, decision: Decision | 'open', reviewer?: string, date?: string): ReviewRow {
  const cells = new Map(row.cells);
  const set = (column: string, value: string | undefined): void => {
    if (value === undefined || value === '') cells.delete(column);
    else cells.set(column, tableCell(value));
  };
  set('review', decision === 'open' ? undefined : decision);
  set('reviewer_label', decision === 'open' ? undefined : reviewer);
  // SSSOM 1.0: a review date only beside a reviewer.
  set('review_date', decision === 'open' || reviewer === undefined ? undefined : date);
  return { ...row, decision, cells };
}

/**
 * A table brought up to date: what people decided or added stays; a subject without an accepted row gets the new
 * candidates that were not rejected before. Open work comes first, in the order given.
 */
export function mergedReview(
  before: ReviewTable,
  suggested: readonly (readonly ReviewRow[])[],
  prefixes: ReadonlyMap<string, string>,
): ReviewTable {
  const kept = new Map<string, ReviewRow[]>();
  for (const row of before.rows) {
    if (row.decision === 'open' && row.cells.get('mapping_tool')?.startsWith(TOOL) === true) continue;
    const rows = kept.get(subjectOf(row)) ?? [];
    kept.set(subjectOf(row), rows);
    rows.push(row);
  }
  const open: ReviewRow[] = [];
  for (const rows of suggested) {
    const [first] = rows;
    if (first === undefined) continue;
    const subject = subjectOf(first);
    const known = kept.get(subject) ?? [];
    if (known.some((r) => r.decision === 'accepted')) continue;
    const objects = new Set(known.map((r) => r.object));
    const fresh = rows.filter((r) => !objects.has(r.object));
    if (fresh.length === 0) continue;
    open.push(...known, ...fresh);
    kept.delete(subject);
  }
  return {
    ...before,
    prefixes: new Map([...before.prefixes, ...prefixes]),
    rows: [...open, ...[...kept.values()].flat()],
  };
}

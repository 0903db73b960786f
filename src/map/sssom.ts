import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOmegraphError, type OmegraphError } from '../errors.js';
import { safeIri } from '../rdf/iris.js';
import { type RembiField, rembiFieldOf } from '../rdf/rembi.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { isValueKind, VALUE_KINDS, type ValueKind } from '../terms/valueKinds.js';
import { decisionOf, MAPPING_REVIEW, REVIEWED_CONFIDENCE, tableCells, tableLines } from './tableText.js';
import { KEY_FORMS, type KeyForm, type MappingRow, type MappingSet, mappingSet } from './mappingSet.js';
import { broken, type Column, type Head, readColumns, readHead } from './sssomHead.js';

export type { KeyMapping, MappingRow, MappingSet, ValueMapping } from './mappingSet.js';
export { EXTENSIONS } from './sssomHead.js';

/** What a text may be to a term, so that saying the term of the text is true; a wider term is. */
const PREDICATES: ReadonlySet<string> = new Set(
  ['exactMatch', 'closeMatch', 'broadMatch'].map((m) => PREFIXES.skos + m),
);
const NO_TERM = `${PREFIXES.sssom}NoTermFound`;

/**
 * Reads one SSSOM/TSV table of literal mappings (https://mapping-commons.github.io/sssom/spec-formats-tsv/). In a table
 * to review only the rows that somebody accepted are in force. With `onFault` the faults of rows are told one by one.
 * @throws OmegraphError (mapping) with `file:line` when the table breaks the format or contradicts itself
 */
export function readSssom(text: string, file: string, onFault?: (fault: OmegraphError) => void): MappingRow[] {
  const lines = tableLines(text);
  const afterHead = lines.findIndex((line) => !line.startsWith('#'));
  const headEnd = afterHead < 0 ? lines.length : afterHead;
  const head = readHead(lines.slice(0, headEnd), file);
  const columns = readColumns(lines[headEnd] ?? '', head, `${file}:${headEnd + 1}`);
  const rows: MappingRow[] = [];
  for (let i = headEnd + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    try {
      const row = readRow(line, columns, head, file, i + 1);
      if (row !== undefined) rows.push(row);
    } catch (fault) {
      if (onFault === undefined || !isOmegraphError(fault)) throw fault;
      onFault(fault);
    }
  }
  return rows;
}

/** The mapping of a row; undefined when its review is open or went against it. */
function readRow(
  line: string,
  columns: readonly Column[],
  head: Head,
  file: string,
  number: number,
): MappingRow | undefined {
  const where = `${file}:${number}`;
  const cells = tableCells(line);
  if (cells.length !== columns.length) {
    const remedy = 'separate the cells with one TAB each, empty ones too';
    throw broken(where, `the row has ${cells.length} cells but the table has ${columns.length} columns`, remedy, line);
  }
  const cell = (column: Column): string | undefined => {
    const written = cells[columns.indexOf(column)];
    return written === undefined || written === '' ? head.propagated.get(column) : written;
  };
  const required = (column: Column): string => {
    const value = cell(column);
    if (value === undefined) throw broken(where, `${column} is empty`, 'fill it in');
    return value;
  };
  const iri = (column: Column): string => expand(required(column), head.prefixes, where);
  if (cell('subject_type') !== 'rdfs literal') {
    const remedy = 'set subject_type to "rdfs literal" in the row or the head; the text goes into subject_label';
    throw broken(where, 'only mappings of texts are read here', remedy, cell('subject_type') ?? '');
  }
  const object = iri('object_id');
  const predicate = iri('predicate_id');
  if (!PREDICATES.has(predicate)) {
    const remedy = 'write skos:exactMatch, skos:closeMatch or skos:broadMatch (the object is the wider one)';
    throw broken(where, 'this predicate does not let the object stand for the text', remedy, cell('predicate_id'));
  }
  const reviewed = columns.includes('review') ? decisionOf(cell('review'), where) : undefined;
  const confidence = confidenceOf(cell('confidence'), where);
  const shared = {
    file,
    line: number,
    setId: head.setId,
    setVersion: head.setVersion,
    subject: required('subject_label'),
    predicate,
    justification: reviewed === undefined ? iri('mapping_justification') : MAPPING_REVIEW,
    object,
    objectLabel: cell('object_label'),
    confidence: reviewed === undefined ? confidence : (confidence ?? REVIEWED_CONFIDENCE),
  };
  const term = object === NO_TERM ? undefined : object;
  const isInForce = reviewed === undefined || reviewed === 'accepted';
  const source = cell('subject_source');
  if (source !== undefined) {
    const field = fieldOf(expand(source, head.prefixes, where), where);
    return !isInForce ? undefined : { kind: 'value', ...shared, field, term };
  }
  const field = term === undefined ? undefined : fieldOf(term, where);
  const valueKind = kindOf(cell('value_kind'), where);
  const form = formOf(cell('subject_form'), where);
  if (!isInForce) return undefined;
  return { kind: 'key', ...shared, field, ...(valueKind && { valueKind }), ...(form && { form }) };
}

function kindOf(text: string | undefined, where: string): ValueKind | undefined {
  if (text === undefined || isValueKind(text)) return text;
  throw broken(where, 'value_kind is no kind of values', `use one of ${Object.keys(VALUE_KINDS).join(', ')}`, text);
}

function formOf(text: string | undefined, where: string): KeyForm | undefined {
  const form = KEY_FORMS.find((f) => f === text);
  if (text === undefined || form !== undefined) return form;
  throw broken(
    where,
    'subject_form is none that we know',
    `use one of ${KEY_FORMS.join(', ')}, or leave it empty`,
    text,
  );
}

function expand(curie: string, prefixes: ReadonlyMap<string, string>, where: string): string {
  const colon = curie.indexOf(':');
  const stem = colon < 0 ? undefined : prefixes.get(curie.slice(0, colon));
  if (stem === undefined) {
    throw broken(where, 'the prefix is not in curie_map', 'add it to the head, or write a known prefix', curie);
  }
  return safeIri(stem + curie.slice(colon + 1));
}

function fieldOf(iri: string, where: string): RembiField {
  const field = rembiFieldOf(iri);
  if (field === undefined)
    throw broken(where, 'this is no field of REMBI', 'use rembi:{field} as docs/graph.md lists them', iri);
  return field;
}

function confidenceOf(text: string | undefined, where: string): number | undefined {
  if (text === undefined) return undefined;
  const n = Number(text);
  if (!(n >= 0 && n <= 1)) throw broken(where, 'confidence is no number from 0 to 1', 'correct it', text);
  return n;
}

/** Refuses rows of one folder that map the same text to different things. */
export function refuseContradictions(rows: readonly MappingRow[], onFault?: (fault: OmegraphError) => void): void {
  const seen = new Map<string, MappingRow>();
  for (const row of rows) {
    const key = `${row.kind === 'key' ? (row.form ?? '') : row.field}\u0000${row.subject}`;
    const before = seen.get(key);
    if (before !== undefined && before.object !== row.object) {
      const fault = broken(
        `${row.file}:${row.line}`,
        `the text is already mapped to something else in ${before.file}:${before.line}`,
        'remove one of the two rows',
        row.subject,
      );
      if (onFault === undefined) throw fault;
      onFault(fault);
    }
    seen.set(key, before ?? row);
  }
}

/**
 * Loads the tables of folders, `keys/`, `values/` and `review/*.sssom.tsv`, in the order of their names; each later
 * folder (a site's own) overrides the ones before it.
 * @throws OmegraphError (mapping) when a folder has no tables or a table is malformed
 */
export async function loadMappings(folders: readonly string[]): Promise<MappingSet> {
  const all: MappingRow[][] = [];
  for (const folder of folders) {
    const files = await tablesOf(folder);
    if (files.length === 0) {
      const remedy = 'name a folder with tables keys/*.sssom.tsv or values/*.sssom.tsv';
      throw broken(folder, 'there are no mapping tables', remedy);
    }
    const rows: MappingRow[] = [];
    for (const file of files) for (const row of readSssom(await readFile(file, 'utf8'), file)) rows.push(row);
    refuseContradictions(rows);
    all.push(rows);
  }
  return mappingSet(all);
}

/** The tables of a folder in the order in which they are read. */
export async function tablesOf(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const kind of ['keys', 'values', 'review'] as const) files.push(...(await tablesIn(join(folder, kind))));
  return files;
}

async function tablesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((n) => n.endsWith('.sssom.tsv'))
      .sort()
      .map((n) => join(folder, n));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

import { readFile } from 'node:fs/promises';
import { isOmegraphError, type OmegraphError, sentence } from '../errors.js';
import { curieOf } from '../terms/accession.js';
import { foldTerm, type TermIndex } from '../terms/termIndex.js';
import { readSssom, refuseContradictions, tablesOf } from './sssom.js';
import type { MappingRow } from './mappingSet.js';
import { tableLines } from './tableText.js';

/** Something to correct in a table. */
export interface TableFault {
  /** An `error` stops an export; a `warning` does not. */
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number | undefined;
  /** A full sentence: where, what is wrong, what to do. */
  readonly message: string;
}

/** What a check looked at and what it found. */
export interface TableCheck {
  readonly files: number;
  /** Rows in force. */
  readonly rows: number;
  readonly faults: readonly TableFault[];
}

const UNSPECIFIED = 'https://w3id.org/sssom/license/unspecified';
const LICENCE = /^#license:\s*["']?(\S*?)["']?\s*$/;

/**
 * Reads all tables of folders to the end and tells every fault: what breaks the format, rows that contradict or repeat each
 * other within a folder, licences that are no address, and terms that the ontologies do not have, have given up or name otherwise.
 */
export async function checkTables(folders: readonly string[], terms: TermIndex | undefined): Promise<TableCheck> {
  const faults: TableFault[] = [];
  const note = (fault: OmegraphError): void => void faults.push(faultOf('error', fault.where, fault.message));
  const warn = (where: string, wrong: string, remedy: string, found?: string): void =>
    void faults.push(faultOf('warning', where, sentence({ where, wrong, found, remedy })));
  let files = 0;
  let count = 0;
  for (const folder of folders) {
    const rows: MappingRow[] = [];
    const tables = await tablesOf(folder);
    if (tables.length === 0) {
      const message = sentence({
        where: folder,
        wrong: 'there are no mapping tables',
        remedy: 'name a folder with tables keys/*.sssom.tsv, values/*.sssom.tsv or review/*.sssom.tsv',
      });
      faults.push(faultOf('error', folder, message));
    }
    for (const file of tables) {
      files += 1;
      const text = await readFile(file, 'utf8');
      checkLicence(text, file, warn);
      try {
        for (const row of readSssom(text, file, note)) rows.push(row);
      } catch (fault) {
        if (!isOmegraphError(fault)) throw fault;
        note(fault);
      }
    }
    refuseContradictions(rows, note);
    warnOfRepeats(rows, warn);
    if (terms !== undefined) for (const row of rows) checkTerm(row, terms, warn);
    count += rows.length;
  }
  return { files, rows: count, faults };
}

type Warn = (where: string, wrong: string, remedy: string, found?: string) => void;

function faultOf(severity: TableFault['severity'], where: string, message: string): TableFault {
  const [, file = where, line] = /^(.*):(\d+)$/.exec(where) ?? [];
  return { severity, file, line: line === undefined ? undefined : Number(line), message };
}

function checkLicence(text: string, file: string, warn: Warn): void {
  const lines = tableLines(text);
  const at = lines.findIndex((line) => LICENCE.test(line));
  if (at < 0) return;
  const licence = LICENCE.exec(lines[at] ?? '')?.[1] ?? '';
  const where = `${file}:${at + 1}`;
  const remedy = 'write the address of a licence, such as https://creativecommons.org/publicdomain/zero/1.0/';
  if (licence === UNSPECIFIED)
    warn(where, 'nobody has chosen a licence for this table', `${remedy}, before you share it`);
  else if (!/^https?:\/\/\S+$/.test(licence)) warn(where, 'the licence is no address', remedy, licence);
}

function warnOfRepeats(rows: readonly MappingRow[], warn: Warn): void {
  const seen = new Map<string, MappingRow>();
  for (const row of rows) {
    const key = `${row.kind === 'key' ? (row.form ?? '') : row.field}\u0000${row.subject}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, row);
    else if (before.object === row.object) {
      const wrong = `the row says again what ${before.file}:${before.line} says`;
      warn(`${row.file}:${row.line}`, wrong, 'remove one of the two', row.subject);
    }
  }
}

function checkTerm(row: MappingRow, terms: TermIndex, warn: Warn): void {
  if (row.kind !== 'value' || row.term === undefined) return;
  const where = `${row.file}:${row.line}`;
  const curie = curieOf(row.term);
  const prefix = curie.slice(0, curie.indexOf(':'));
  if (!terms.ontologies.some((o) => o.prefix === prefix)) return;
  const term = terms.term(row.term);
  if (term === undefined) {
    // Of the taxonomy only the organisms that matter are shipped.
    if (prefix !== 'NCBITaxon') warn(where, 'the ontology has no such term', 'correct object_id', curie);
    return;
  }
  if (term.obsolete) {
    const remedy = term.replacedBy === undefined ? 'choose another term' : `use ${term.replacedBy} instead`;
    warn(where, 'the term is obsolete', remedy, `${curie} ${term.label}`);
  }
  if (row.objectLabel === undefined) return;
  const label = foldTerm(row.objectLabel);
  if (foldTerm(term.label) !== label && !term.synonyms.some((s) => foldTerm(s.text) === label))
    warn(
      where,
      `object_label is no name of ${curie}, which is "${term.label}"`,
      'correct object_id or object_label',
      row.objectLabel,
    );
}

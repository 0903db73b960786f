import { REMBI_FIELDS, type RembiField, type RembiModule } from '../rdf/rembi.js';
import { curieOf } from '../terms/accession.js';
import { type KeyRule, matchKey } from './keyMatch.js';
import type { MappingRow, MappingSet } from './mappingSet.js';
import { rowPlace } from './provenance.js';
import { matchValue, type ValueRule } from './valueMatch.js';

/** A mapping row as people look for it. */
export interface ExplainedRow {
  /** `keys/synonyms.sssom.tsv:12`. */
  readonly place: string;
  /** Path of the table. */
  readonly file: string;
  readonly line: number;
  readonly subject: string;
  /** `rembi:organism`, `NCBITaxon:9606`, or `sssom:NoTermFound`. */
  readonly object: string;
  readonly objectLabel?: string | undefined;
  readonly confidence?: number | undefined;
}

/** Why a key-value pair is mapped as it is. */
export interface KeyValueExplanation {
  readonly key: string;
  readonly value: string | undefined;
  readonly namespace: string | undefined;
  /**
   * - `field`: the key is mapped to a REMBI field
   * - `none`: a row says that the key is no field of REMBI
   * - `companion`: the key gives the accession or source of another key's value
   * - `unknown`: no row knows it
   */
  readonly outcome: 'field' | 'none' | 'companion' | 'unknown';
  readonly keyRule?: KeyRule | undefined;
  readonly keyRow?: ExplainedRow | undefined;
  readonly field?: RembiField | undefined;
  readonly module?: RembiModule | undefined;
  /** Label of the field, as REMBI writes it. */
  readonly fieldLabel?: string | undefined;
  /** Folded key that a companion belongs to; empty when it is the pair before. */
  readonly companionOf?: string | undefined;
  readonly valueRule?: ValueRule | undefined;
  readonly valueRow?: ExplainedRow | undefined;
  readonly term?: { readonly iri: string; readonly curie: string; readonly label: string | undefined } | undefined;
  /** An accession in the value that the field does not take, or that is another term than the text. */
  readonly disagrees?: string | undefined;
}

function explained(row: MappingRow): ExplainedRow {
  const { file, line, subject, objectLabel, confidence } = row;
  const object = row.kind === 'key' ? row.field && `rembi:${row.field}` : row.term && curieOf(row.term);
  return { place: rowPlace(row), file, line, subject, object: object ?? 'sssom:NoTermFound', objectLabel, confidence };
}

/** Which rule, table and line map a key (and its value); what `omegraph mappings explain` prints. */
export function explainKeyValue(
  key: string,
  value: string | undefined,
  namespace: string | undefined,
  mappings: MappingSet,
): KeyValueExplanation {
  const match = matchKey(key, mappings);
  const asked = { key, value, namespace };
  if (match.kind === 'unknown') return { ...asked, outcome: 'unknown' };
  if (match.kind === 'companion') return { ...asked, outcome: 'companion', companionOf: match.of };
  const { row, rule } = match;
  const { field } = row;
  if (field === undefined) return { ...asked, outcome: 'none', keyRule: rule, keyRow: explained(row) };
  const { module, label } = REMBI_FIELDS[field];
  const known = {
    ...asked,
    outcome: 'field',
    keyRule: rule,
    keyRow: explained(row),
    field,
    module,
    fieldLabel: label,
  } as const;
  if (value === undefined || value.trim() === '') return known;
  const { grounding, none, disagrees } = matchValue(field, value, undefined, mappings);
  const valueRow = grounding?.row ?? none;
  return {
    ...known,
    disagrees,
    valueRule: grounding?.rule,
    valueRow: valueRow && explained(valueRow),
    term: grounding && { iri: grounding.term, curie: curieOf(grounding.term), label: grounding.label },
  };
}

/** What is in one mapping table. */
export interface TableStatistics {
  readonly file: string;
  readonly setId: string;
  readonly setVersion: string | undefined;
  readonly kind: 'keys' | 'values';
  /** Rows in force: those that a later folder overrides are not counted. */
  readonly rows: number;
  /** Rows that say that nothing fits. */
  readonly none: number;
  /** Different fields (keys) or terms (values) that are reached. */
  readonly objects: number;
}

/** Numbers of the tables in force, in the order in which they were read. */
export function mappingStatistics(mappings: MappingSet): {
  readonly tables: readonly TableStatistics[];
  /** Number of keys for each field of REMBI, 0 included. */
  readonly keysOfField: Readonly<Record<RembiField, number>>;
} {
  const byFile = new Map<string, MappingRow[]>();
  const keysOfField = Object.fromEntries(Object.keys(REMBI_FIELDS).map((f) => [f, 0])) as Record<RembiField, number>;
  for (const row of mappings.rows) {
    const rows = byFile.get(row.file) ?? [];
    rows.push(row);
    byFile.set(row.file, rows);
    if (row.kind === 'key' && row.field !== undefined) keysOfField[row.field] += 1;
  }
  const isNone = (row: MappingRow): boolean => (row.kind === 'key' ? row.field : row.term) === undefined;
  const tables = [...byFile].flatMap(([file, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    return {
      file,
      setId: first.setId,
      setVersion: first.setVersion,
      kind: first.kind === 'key' ? ('keys' as const) : ('values' as const),
      rows: rows.length,
      none: rows.filter(isNone).length,
      objects: new Set(rows.filter((r) => !isNone(r)).map((r) => r.object)).size,
    };
  });
  return { tables, keysOfField };
}

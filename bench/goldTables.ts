import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type GoldKeyTarget, goldKeyTarget } from './goldKeyFields.js';

/** Folder of the material, beside the checkout; it is not part of the project. */
export const DATA = '../shared/data';
export const goldIsHere = (): boolean => existsSync(`${DATA}/gold/values.tsv`);

/** The rows of a TSV file with a head, as objects by column; cells that were quoted for their quotes are unquoted. */
export function table(path: string): Readonly<Record<string, string>>[] {
  const bytes = readFileSync(`${DATA}/${path}`);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
  const [head = '', ...lines] = text.split('\n').filter((l) => l !== '');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((c, i) => [c, (cells[i] ?? '').replace(/^"(.*)"$/s, '$1')]));
  });
}

export interface GoldKey {
  readonly key: string;
  /** Gold's class: a module, or `_companion`, `_container`, `_comment` … */
  readonly module: string;
  readonly field: string;
  /** Undefined when REMBI has no element for it. */
  readonly target: GoldKeyTarget | undefined;
  readonly confidence: number;
  readonly count: number;
  readonly sources: readonly string[];
}

/** Gold keys; the number in a folded key (`Phenotype {n}`) is 2. */
export function goldKeys(): readonly GoldKey[] {
  return table('gold/keys.tsv').map((r) => ({
    key: (r.key ?? '').replaceAll('{n}', '2'),
    module: r.rembi_module ?? '',
    field: r.rembi_field ?? '',
    target: goldKeyTarget(r.rembi_module ?? '', r.rembi_field ?? ''),
    confidence: Number(r.confidence),
    count: Number(r.source_count),
    sources: (r.sources ?? '').split(','),
  }));
}

/** One text of a field, with the terms that are right for it. */
export interface GoldValue {
  readonly set: 'values' | 'hard';
  readonly field: string;
  readonly value: string;
  /** CURIEs, each of them right; empty: nothing fits (NIL). */
  readonly terms: readonly string[];
  /** Studies it occurs in, where gold lists all of them. */
  readonly studies: readonly string[];
}

/**
 * Gold values, one for each (field, value). `wrong` rows count with the curator's correction, and as NIL when the value itself is
 * damaged (`value_drift`); rows whose correction is unknown (`?`) and rows that are no mapping of a value are left out.
 */
export function goldValues(): readonly GoldValue[] {
  const found = new Map<string, { value: GoldValue; terms: Set<string>; studies: Set<string>; all: boolean }>();
  const note = (
    set: GoldValue['set'],
    field: string,
    value: string,
    terms: string[],
    studies: string[],
    all: boolean,
  ) => {
    const id = `${set}\t${field}\t${value}`;
    const entry = found.get(id) ?? {
      value: { set, field, value, terms: [], studies: [] },
      terms: new Set<string>(),
      studies: new Set<string>(),
      all: true,
    };
    found.set(id, entry);
    for (const t of terms) entry.terms.add(t);
    for (const s of studies) entry.studies.add(s);
    entry.all &&= all;
  };
  for (const r of table('gold/values.tsv')) {
    const { field = '', value = '', term_curie: term = '', correct_curie: correct = '', quality = '' } = r;
    if (quality === 'not_a_value_mapping' || correct === '?') continue;
    const studies = (r.study_examples ?? '').split(',').map((s) => s.trim());
    const terms = quality === 'wrong' ? (correct === 'value_drift' ? [] : [correct]) : [r.replaced_by || term, term];
    note('values', field, value, terms, studies, studies.length === Number(r.studies));
  }
  for (const { field = '', value = '', term_curie: term = '' } of table('gold/hard.tsv'))
    note('hard', field, value, term === '' || term === 'NIL' ? [] : [term], [], false);
  // What one table calls right is right in the other ("skin" is two terms of UBERON).
  const right = new Map<string, Set<string>>();
  const same = (v: GoldValue): string => `${v.field}\t${v.value.toLowerCase()}`;
  for (const { value, terms } of found.values())
    for (const term of terms) right.set(same(value), (right.get(same(value)) ?? new Set()).add(term));
  return [...found.values()].map(({ value, studies, all }) => ({
    ...value,
    terms: [...(right.get(same(value)) ?? [])],
    studies: all ? [...studies] : [],
  }));
}

/** A value with the accession that somebody wrote beside it, and whether that is right. */
export interface GoldAccession {
  readonly field: string;
  readonly value: string;
  readonly accession: string;
  readonly is: 'right' | 'wrong' | 'drift';
  readonly study: string;
  readonly rows: number;
}

/** Accessions to audit: curated pairs, pairs known to be wrong, and pairs damaged by a spreadsheet's fill handle. */
export function goldAccessions(): readonly GoldAccession[] {
  const of = (r: Readonly<Record<string, string>>, is: GoldAccession['is']): GoldAccession => ({
    field: r.field ?? '',
    value: r.value ?? '',
    accession: r.term_curie ?? '',
    is,
    study: (r.study_examples ?? '').split(',')[0] ?? '',
    rows: Number(r.rows),
  });
  return [
    ...table('gold/values.tsv')
      .filter((r) => r.quality !== 'not_a_value_mapping')
      .map((r) => of(r, r.quality === 'wrong' ? 'wrong' : 'right')),
    ...table('gold/drift.tsv').map((r) => of(r, 'drift')),
  ];
}

/** A gold term's replacement, where it is obsolete, and the ontologies that a lexicon of open ontologies holds. */
export interface GoldTerms {
  current(curie: string): string;
  label(curie: string): string | undefined;
  /** Ontologies that can be shipped; gold also names terms of others (SNOMED, ORDO, GBIF …). */
  readonly ontologies: ReadonlySet<string>;
}

export function goldTerms(): GoldTerms {
  const replaced = new Map<string, string>();
  const labels = new Map<string, string>();
  const ontologies = new Set<string>();
  for (const r of table('ontologies/lexicon/terms.tsv.gz')) {
    ontologies.add((r.curie ?? '').split(':')[0] ?? '');
    labels.set(r.curie ?? '', r.label ?? '');
    if (r.replaced_by) replaced.set(r.curie ?? '', r.replaced_by);
  }
  const current = (curie: string): string => {
    let now = curie;
    for (let i = 0; i < 5 && replaced.has(now); i++) now = replaced.get(now) ?? now;
    return now;
  };
  return { current, label: (c) => labels.get(c), ontologies };
}

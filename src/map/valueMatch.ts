import type { RembiField } from '../rdf/rembi.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { type Accession, embeddedAccession, parseAccession } from '../terms/accession.js';
import { fold, type MappingSet, type ValueMapping } from './mappingSet.js';

/** How a value was grounded; the order is that of trust. */
export type ValueRule = 'exact' | 'folded' | 'bracketed' | 'accession-in-value' | 'accession-beside';

/** The term of a value. */
export interface Grounding {
  readonly term: string;
  readonly label: string | undefined;
  readonly rule: ValueRule;
  /** The row behind it; without one the source named the term itself. */
  readonly row: ValueMapping | undefined;
}

export interface ValueMatch {
  readonly grounding: Grounding | undefined;
  /** A row says that there is no term for this value. */
  readonly none: ValueMapping | undefined;
  /** An accession in or beside the value that is no term of the field's ontology, or another term than the text says. */
  readonly disagrees: string | undefined;
}

const BIOLOGY = ['UBERON', 'CL', 'CLO', 'CVCL', 'EFO', 'BTO', 'BAO', 'GO', 'PO', 'FBbt', 'WBbt', 'ZFA', 'PR', 'CHEBI'];
const VARIABLES = [
  ...BIOLOGY,
  'PATO',
  'MONDO',
  'DOID',
  'HP',
  'MP',
  'OBI',
  'UO',
  'HsapDv',
  'MmusDv',
  'FBdv',
  'WBls',
  'ZFS',
  'HANCESTRO',
];

/** The ontologies whose terms answer a field; a field that is not listed takes no accession. */
export const FIELD_ONTOLOGIES: Readonly<Partial<Record<RembiField, readonly string[]>>> = {
  organism: ['NCBITaxon'],
  imagingMethod: ['FBbi'],
  studyType: ['EFO', 'OBI', 'GO'],
  biologicalEntity: [...BIOLOGY, 'OBI', 'NCIT'],
  intrinsicVariable: VARIABLES,
  extrinsicVariable: VARIABLES,
  experimentalVariable: VARIABLES,
  experimentalStatus: ['EFO', 'OBI'],
  locationWithinBiosample: ['UBERON', 'PO', 'FBbt', 'WBbt', 'ZFA', 'BTO', 'EFO', 'EMAPA', 'EHDAA2', 'GO'],
  preparationMethod: ['FBbi', 'OBI', 'EFO', 'CHMO', 'CHEBI'],
  signalContrastMechanism: ['FBbi', 'CHMO'],
  channelContent: ['FBbi', 'CHEBI', 'PR', 'GO'],
  channelBiologicalEntity: BIOLOGY,
  analysisResultType: [...VARIABLES, 'CMPO'],
};

const EXACT = `${PREFIXES.skos}exactMatch`;
const NONE: ValueMatch = { grounding: undefined, none: undefined, disagrees: undefined };

const CACHES = new WeakMap<MappingSet, Map<string, ValueMatch>>();
const CACHE_LIMIT = 50_000;

/** The term of a value of a field, from the tables and from accessions in or beside it; answers are remembered. */
export function matchValue(
  field: RembiField,
  value: string,
  beside: string | undefined,
  mappings: MappingSet,
): ValueMatch {
  if (FIELD_ONTOLOGIES[field] === undefined && !mappings.values.has(field)) return NONE;
  let cache = CACHES.get(mappings);
  if (cache === undefined) {
    cache = new Map();
    CACHES.set(mappings, cache);
  }
  const cacheKey = `${field}\u0000${value}\u0000${beside ?? ''}`;
  const known = cache.get(cacheKey);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const match = ground(field, value, beside, mappings);
  cache.set(cacheKey, match);
  return match;
}

function ground(field: RembiField, value: string, beside: string | undefined, mappings: MappingSet): ValueMatch {
  // Longer texts are prose, not names of terms.
  if (value.length > 300) return NONE;
  const row = lookUp(field, value, mappings);
  if (row !== undefined && row.row.term === undefined) return { ...NONE, none: row.row };
  const accession = accessionFor(field, value, beside);
  // An accession is more precise than a row that is not exact ("Xenopus", "cryo-EM").
  const named = accession?.agrees && row?.row.predicate !== EXACT ? accession.found : undefined;
  const said = named === undefined ? row?.row.term : undefined;
  if (row !== undefined && said !== undefined) {
    const disagrees = accession !== undefined && accession.found?.iri !== said ? accession.text : undefined;
    const label = row.row.objectLabel ?? mappings.labels.get(said);
    return { grounding: { term: said, label, rule: row.rule, row: row.row }, none: undefined, disagrees };
  }
  if (accession === undefined) return NONE;
  if (named === undefined) return { ...NONE, disagrees: accession.text };
  const grounding = { term: named.iri, label: mappings.labels.get(named.iri), rule: accession.rule, row: undefined };
  return { grounding, none: undefined, disagrees: undefined };
}

function lookUp(
  field: RembiField,
  value: string,
  mappings: MappingSet,
): { readonly row: ValueMapping; readonly rule: ValueRule } | undefined {
  const index = mappings.values.get(field);
  if (index === undefined) return undefined;
  const find = (text: string): ValueMapping | undefined =>
    index.exact.get(text) ?? index.folded.get(fold(text)) ?? undefined;
  const exact = index.exact.get(value);
  if (exact !== undefined) return { row: exact, rule: 'exact' };
  const folded = find(value);
  if (folded !== undefined) return { row: folded, rule: 'folded' };
  // "Mus musculus (mouse)": both names must be of one term, so that "mouse (human xenograft)" stays open.
  const bracketed = /^(.+?)\s*\(([^()]+)\)\s*$/s.exec(value);
  if (bracketed === null) return undefined;
  const outer = find(bracketed[1] ?? '');
  const inner = bracketed[2] ?? '';
  if (outer?.term === undefined) return undefined;
  // Whether an accession in the brackets agrees is judged with the accession.
  const same = parseAccession(inner) !== undefined || find(inner)?.term === outer.term;
  return same ? { row: outer, rule: 'bracketed' } : undefined;
}

interface FoundAccession {
  readonly text: string;
  readonly found: Accession | undefined;
  /** Whether it is a term of one of the field's ontologies. */
  readonly agrees: boolean;
  readonly rule: ValueRule;
}

function accessionFor(field: RembiField, value: string, beside: string | undefined): FoundAccession | undefined {
  const inValue = parseAccession(value) ?? embeddedAccession(value)?.accession;
  const text = inValue === undefined ? beside?.trim() : value;
  if (text === undefined || text === '') return undefined;
  // A bare number beside an organism is an id of the taxonomy.
  const found = inValue ?? parseAccession(field === 'organism' && /^\d{1,8}$/.test(text) ? `NCBITaxon:${text}` : text);
  const agrees = found !== undefined && (FIELD_ONTOLOGIES[field] ?? []).includes(found.prefix);
  return { text, found, agrees, rule: inValue === undefined ? 'accession-beside' : 'accession-in-value' };
}

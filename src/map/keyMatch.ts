import { REMBI_FIELDS } from '../rdf/rembi.js';
import { fold, type KeyMapping, type MappingSet } from './mappingSet.js';

/** How a key was recognised; the order is that of trust. */
export type KeyRule = 'exact' | 'folded' | 'wrapper' | 'numbered';

/** What a key is: mapped by a row (to a field, or to none), a column that belongs to another key, or unknown. */
export type KeyMatch =
  | { readonly kind: 'row'; readonly row: KeyMapping; readonly rule: KeyRule }
  | {
      readonly kind: 'companion';
      /** Folded key whose value it stands beside; empty when it is the pair before. */
      readonly of: string;
      /** Whether its value names a term; else it names the ontology, or the label again. */
      readonly holds: 'accession' | 'other';
    }
  | { readonly kind: 'unknown' };

/** Wrappers of ISA-Tab and IDR around the actual key; typing errors in use included. */
const WRAPPER =
  /^\s*(?:characteri[sz]?tics?|characterisics|comments?|experimental[ _]conditions?|factor[ _]?values?|parameter(?:[ _]?values?)?)\s*[[(](.+)[\])]\s*$/i;
/** Numbers on their own, as in `Channel 1 - content`, `Organism 2`, and those stuck to `Channel`. */
const NUMBERS = /(?<![\p{L}\p{N}])[#{(]?(?:\d{1,3}|n)[)}]?(?![\p{L}\p{N}])|(?<=channel)\d{1,2}/giu;

/** Ends of keys that belong to another key, longest first, folded (ISA-Tab, IDR, HHU, NL-BioImaging spellings). */
const ACCESSION_ENDS = [
  ...['termaccessionnumber', 'termaccessionurl', 'termaccessioniri', 'termaccession', 'ontologytermid', 'ontologyid'],
  ...[
    'termiri',
    'termid',
    'ontologyterm',
    'accessionnumber',
    'accession',
    'ncbitaxonomyid',
    'taxonomyid',
    'taxonid',
    'ncbitaxon',
  ],
];
const OTHER_ENDS = ['termaccessionnumbersourceref', 'termsourceref', 'termsource', 'termsourcename', 'termname'];
/** Ends that are companions only beside a key that is mapped; alone they are keys of their own. */
const WEAK_ENDS: ReadonlySet<string> = new Set(['accessionnumber', 'accession', 'ontologyterm', 'ontologyid']);
/** Companions of the pair before them. */
const POSITIONAL: ReadonlyMap<string, 'accession' | 'other'> = new Map([
  ...(['termaccession', 'termaccessionnumber', 'termsourceaccession'] as const).map((k) => [k, 'accession'] as const),
  ...(['termsourceref', 'termsource', 'termsourcename', 'termsourceuri', 'termsourcefile'] as const).map(
    (k) => [k, 'other'] as const,
  ),
]);
/** Companions that belong to the organism whatever stands before them. */
const TAXON_KEYS: ReadonlySet<string> = new Set([
  'ncbitaxonomyid',
  'taxonomyid',
  'taxonid',
  'ncbitaxon',
  'ncbitaxonid',
]);

/** The key inside a wrapper, or the key itself. */
export function unwrapped(key: string): string {
  return WRAPPER.exec(key)?.[1]?.trim() ?? key;
}

const CACHES = new WeakMap<MappingSet, Map<string, KeyMatch>>();
const CACHE_LIMIT = 20_000;

/** Recognises a key; remembers the answer, because a server has few keys and many pairs. */
export function matchKey(key: string, mappings: MappingSet): KeyMatch {
  let cache = CACHES.get(mappings);
  if (cache === undefined) {
    cache = new Map();
    CACHES.set(mappings, cache);
  }
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const match = recognise(key, mappings);
  cache.set(key, match);
  return match;
}

function recognise(key: string, mappings: MappingSet): KeyMatch {
  const exact = mappings.keys.exact.get(key);
  if (exact !== undefined) return { kind: 'row', row: exact, rule: 'exact' };
  // No key that people type is longer; what is longer is a text in the wrong column.
  if (key.length > 200) return { kind: 'unknown' };
  const inner = unwrapped(key);
  const row = lookUp(key, inner, mappings);
  return row ?? companion(inner, mappings) ?? numbered(inner, mappings) ?? { kind: 'unknown' };
}

function lookUp(key: string, inner: string, { keys }: MappingSet): KeyMatch | undefined {
  const folded = keys.folded.get(fold(key)) ?? keys.folded.get(fold(withoutModule(key)));
  if (folded) return { kind: 'row', row: folded, rule: 'folded' };
  const wrapped = inner === key ? undefined : (keys.exact.get(inner) ?? keys.folded.get(fold(inner)));
  return wrapped ? { kind: 'row', row: wrapped, rule: 'wrapper' } : undefined;
}

const MODULES = [...new Set(Object.values(REMBI_FIELDS).map((f) => f.module))]
  .map((m) => m.replace(/ /g, '[ _]?'))
  .join('|');
const MODULE_PREFIX = new RegExp(`^\\s*(?:rembi[\\s:_-]+)?(?:${MODULES})\\s*[:/|>–-]\\s*(?=\\S)`, 'i');

/** `Biosample: Organism` → `Organism`: the module before the key says nothing that the key does not. */
function withoutModule(key: string): string {
  return key.replace(/^\s*rembi[\s:_-]+/i, '').replace(MODULE_PREFIX, '');
}

function numbered(inner: string, { keys }: MappingSet): KeyMatch | undefined {
  const bare = inner.replace(NUMBERS, ' ').trim();
  const row = bare === '' || bare === inner ? undefined : keys.folded.get(fold(bare));
  return row ? { kind: 'row', row, rule: 'numbered' } : undefined;
}

function companion(inner: string, mappings: MappingSet): KeyMatch | undefined {
  // ISA-Tab puts the id of the property type into the header: TermAccessionNumber(OBI:0100026).
  const folded = fold(inner.replace(/\([A-Za-z]+[:_]\d+\)\s*$/, ''));
  const positional = POSITIONAL.get(fold(inner.replace(/\([^)]*\)\s*$/, '').replace(NUMBERS, ' ')));
  if (positional !== undefined) return { kind: 'companion', of: '', holds: positional };
  if (TAXON_KEYS.has(folded)) return { kind: 'companion', of: 'organism', holds: 'accession' };
  const end = [...OTHER_ENDS, ...ACCESSION_ENDS].find((e) => folded.length > e.length && folded.endsWith(e));
  if (end === undefined) return undefined;
  const of = folded.slice(0, -end.length);
  if (WEAK_ENDS.has(end) && !mappings.keys.folded.get(of)) return undefined;
  return { kind: 'companion', of, holds: OTHER_ENDS.includes(end) ? 'other' : 'accession' };
}

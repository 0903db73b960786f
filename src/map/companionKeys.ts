import { fold } from './mappingSet.js';
import { unwrapped } from './innerKeys.js';

/** What the value of a companion column is: a term's accession, its label, a unit, or something else about the term. */
export type CompanionHolds = 'accession' | 'label' | 'unit' | 'other';

/** A column that belongs to the value of another one. */
export interface CompanionKey {
  /** Folded key whose value it stands beside; empty when it is the pair before. */
  readonly of: string;
  readonly holds: CompanionHolds;
  /** Property type that the header gives for the pair, as written: `OBI:0100026`. */
  readonly propertyType?: string | undefined;
}

/** Ends of keys that belong to another key, folded (ISA-Tab, IDR, HHU, NL-BioImaging, UMass spellings). */
const ENDS: readonly (readonly [end: string, holds: CompanionHolds, weak?: true])[] = [
  ['termaccessionnumbersourceref', 'other'],
  ['termaccessionsourceref', 'other'],
  ['termsourceref', 'other'],
  ['termsourcename', 'other'],
  ['termsource', 'other'],
  ['termname', 'label'],
  ['termlabel', 'label'],
  ['ontologylabel', 'label'],
  ['termaccessionnumber', 'accession'],
  ['termaccessionurl', 'accession'],
  ['termaccessionuri', 'accession'],
  ['termaccessioniri', 'accession'],
  ['termaccession', 'accession'],
  ['ontologytermid', 'accession'],
  ['ontologytermiri', 'accession'],
  ['ncbitaxonomyid', 'accession'],
  ['taxonomyid', 'accession'],
  ['ncbitaxonid', 'accession'],
  ['ncbitaxon', 'accession'],
  ['taxonid', 'accession'],
  ['termiri', 'accession'],
  ['termuri', 'accession'],
  ['termurl', 'accession'],
  ['termid', 'accession'],
  // Alone, or beside a key that nobody knows, these are keys of their own.
  ['accessionnumber', 'accession', true],
  ['accession', 'accession', true],
  ['ontologyterm', 'accession', true],
  ['ontologyid', 'accession', true],
  ['ontologyiri', 'accession', true],
  ['ontologyname', 'other', true],
  ['ontology', 'other', true],
  ['curie', 'accession', true],
  ['iri', 'accession', true],
  ['units', 'unit', true],
  ['unit', 'unit', true],
];

/** Companions of the pair before them. */
const POSITIONAL: ReadonlyMap<string, CompanionHolds> = new Map([
  ...(['termaccession', 'termaccessionnumber', 'termsourceaccession', 'ontologytermid', 'ontologyid'] as const).map(
    (k) => [k, 'accession'] as const,
  ),
  ...(
    ['termsourceref', 'termsource', 'termsourcename', 'termsourceuri', 'termsourceurl', 'termsourcefile'] as const
  ).map((k) => [k, 'other'] as const),
  ...(['termsourceversion', 'termsourcedescription', 'ontologyname', 'ontology'] as const).map(
    (k) => [k, 'other'] as const,
  ),
  ...(['termid', 'termiri', 'termuri', 'ontologyterm', 'ontologytermiri'] as const).map(
    (k) => [k, 'accession'] as const,
  ),
  ['termname', 'label'],
  ['termlabel', 'label'],
  ['unit', 'unit'],
  ['units', 'unit'],
]);
/** Companions that belong to the organism whatever stands before them. */
const TAXON_KEYS: ReadonlySet<string> = new Set([
  ...['ncbitaxonomyid', 'ncbitaxonomy', 'ncbitaxonid', 'ncbitaxid', 'ncbitaxon', 'taxonomyid', 'taxonid', 'taxid'],
]);
/** The id of a property type in a header: `TermAccessionNumber(OBI:0100026)`, with a question mark where it is a guess. */
const PROPERTY_TYPE = /\s*\(\s*([A-Za-z]+[:_]\d+)\s*\??\s*\)\s*$/;
const NUMBERS = /(?<![\p{L}\p{N}])#?\d{1,3}(?![\p{L}\p{N}])/gu;

/**
 * Recognises a companion column in the grammars of ISA-Tab (also with property types), IDR (named and positional), HHU,
 * NL-BioImaging, UMass and MPI. `known` says whether a text is a key that can have such a companion: what ends in a mere
 * "accession" or "unit" is a companion only then.
 */
export function companionKey(
  key: string,
  known: (text: string, holds: CompanionHolds) => boolean,
): CompanionKey | undefined {
  const inner = unwrapped(key);
  const propertyType = PROPERTY_TYPE.exec(inner)?.[1]?.replace('_', ':');
  const bare = inner.replace(PROPERTY_TYPE, '');
  const positional = POSITIONAL.get(fold(bare.replace(NUMBERS, ' ')));
  if (positional !== undefined) return { of: '', holds: positional, propertyType };
  const folded = fold(bare);
  if (TAXON_KEYS.has(folded)) return { of: 'organism', holds: 'accession' };
  const row = ENDS.find(([end]) => folded.length > end.length && folded.endsWith(end));
  if (row === undefined) return undefined;
  const [end, holds, weak] = row;
  if (weak && !known(withoutEnd(bare, end), holds)) return undefined;
  return { of: folded.slice(0, -end.length), holds, propertyType };
}

/** A column with the web address of another key's value: `Gene Identifier URL`. */
export function linkCompanion(
  key: string,
  known: (text: string, holds: CompanionHolds) => boolean,
): CompanionKey | undefined {
  const found = /^(.*\S)[\s_-]+(?:url|uri|link|hyperlink)$/is.exec(unwrapped(key).trim());
  const of = found?.[1] ?? '';
  return of !== '' && known(of, 'other') ? { of: fold(of), holds: 'other' } : undefined;
}

/** The text before an end that was found in its folded form. */
function withoutEnd(text: string, end: string): string {
  let cut = text.length;
  while (cut > 0 && !fold(text.slice(cut)).startsWith(end)) cut -= 1;
  return text.slice(0, cut).replace(/[\s_-]+$/u, '');
}

/** The property type that a key names at its end, apart: `Characteristics [Tissue] (EFO:0000635)`. */
export function propertyTypeOf(key: string): { readonly rest: string; readonly propertyType: string } | undefined {
  const found = /^(.*\S)\s*[([]\s*([A-Za-z]+[:_]\d{4,})\s*\??\s*[)\]]\s*$/s.exec(key);
  return found ? { rest: found[1] ?? '', propertyType: (found[2] ?? '').replace('_', ':') } : undefined;
}

import { REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import type { TermIndex } from '../terms/termIndex.js';
import { valueKind, type ValueKind } from '../terms/valueKinds.js';
import { FIELD_KINDS } from './fieldKinds.js';
import { keyWords } from './keyWords.js';
import { fold, type KeyMapping, type MappingSet } from './mappingSet.js';

/** A field that a key may mean; for people to judge. */
export interface KeyCandidate {
  readonly field: RembiField;
  readonly valueKind: ValueKind;
  /** 0…1. */
  readonly score: number;
  /** Why: the key of the tables that resembles, or what the values are. */
  readonly because: string;
}

interface Known {
  readonly row: KeyMapping;
  readonly features: ReadonlyMap<string, number>;
  readonly norm: number;
}

const LEAST = 0.2;
/** A word counts as much as so many of its three-letter parts. */
const WORD_WEIGHT = 2;
/** Kinds that their values give away, because their ontologies hold nothing else. */
const TELLING: readonly ValueKind[] = [
  ...(['organism', 'imagingMethod', 'cellType', 'organismPart', 'disease', 'sex', 'fixation', 'stain'] as const),
  ...(['cellularComponent', 'biologicalProcess', 'ancestry', 'compound', 'unit'] as const),
];
/** How sure values alone make. */
const VALUE_TRUST = 0.7;

/**
 * Finds the fields nearest to a key that no rule knows: by the words, and parts of words, of the keys in the tables
 * (weighted by how rare they are), and by what its values are terms of.
 */
export function keyCandidates(
  mappings: MappingSet,
  terms: TermIndex | undefined,
): (key: string, values: readonly string[], limit: number) => readonly KeyCandidate[] {
  const rows = mappings.rows.filter((r): r is KeyMapping => r.kind === 'key' && r.field !== undefined);
  const named = rows.filter((r) => r.form !== 'namespace' && r.form !== 'propertyType');
  const counts = named.map((row) => ({ row, features: featuresOf(row.subject) }));
  const frequency = new Map<string, number>();
  for (const { features } of counts) for (const f of features.keys()) frequency.set(f, (frequency.get(f) ?? 0) + 1);
  const weight = (f: string, n: number): number => n * Math.log(1 + named.length / (1 + (frequency.get(f) ?? 0)));
  const known = counts.map(({ row, features }): Known => weighted(row, features, weight));
  return (key, values, limit) => {
    const asked = featuresOf(key);
    const folded = fold(key);
    const square = [...asked].reduce((sum, [f, n]) => sum + weight(f, n) ** 2, 0);
    const best = new Map<RembiField, KeyCandidate>();
    const offer = (candidate: KeyCandidate): void => {
      const before = best.get(candidate.field);
      if (before === undefined || before.score < candidate.score) best.set(candidate.field, candidate);
    };
    for (const { row, features, norm } of known) {
      if (row.field === undefined || square === 0) continue;
      let product = 0;
      for (const [f, n] of asked) product += weight(f, n) * (features.get(f) ?? 0);
      const score = Math.max(product / (Math.sqrt(square) * norm), writtenAlike(folded, row.subject));
      if (!(score >= LEAST)) continue;
      const because = `like the key "${row.subject}"`;
      offer({ field: row.field, valueKind: row.valueKind ?? FIELD_KINDS[row.field], score, because });
    }
    for (const told of toldByValues(values, terms)) {
      const named = best.get(told.field);
      const score = named === undefined ? told.score : 1 - (1 - named.score) * (1 - told.score);
      const because = named === undefined ? told.because : `${named.because}; ${told.because}`;
      best.set(told.field, { ...told, score, because });
    }
    return [...best.values()]
      .sort((a, b) => b.score - a.score || ORDER.indexOf(a.field) - ORDER.indexOf(b.field))
      .slice(0, limit);
  };
}

/** How far a key is another one in short ("perm", "treatmt"): its letters are among the other's, from the first on. */
function writtenAlike(folded: string, subject: string): number {
  const other = fold(subject);
  if (folded.length < 3 || folded.length >= other.length || folded[0] !== other[0]) return 0;
  let at = 0;
  for (const letter of other) if (letter === folded[at]) at += 1;
  if (at < folded.length) return 0;
  return (other.startsWith(folded) ? 0.5 : 0.3) + (0.5 * folded.length) / other.length;
}

const ORDER = Object.keys(REMBI_FIELDS) as readonly RembiField[];

function weighted(
  row: KeyMapping,
  features: ReadonlyMap<string, number>,
  weight: (f: string, n: number) => number,
): Known {
  const made = new Map([...features].map(([f, n]) => [f, weight(f, n)] as const));
  return { row, features: made, norm: Math.sqrt([...made.values()].reduce((sum, w) => sum + w * w, 0)) };
}

function featuresOf(key: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of keyWords(key)) {
    found.set(`=${word}`, WORD_WEIGHT);
    const padded = ` ${word} `;
    for (let i = 0; i + 3 <= padded.length; i++) found.set(padded.slice(i, i + 3), 1);
  }
  return found;
}

function toldByValues(values: readonly string[], terms: TermIndex | undefined): KeyCandidate[] {
  if (terms === undefined || values.length === 0) return [];
  return TELLING.flatMap((kind) => {
    const { field, ontologies, under } = valueKind(kind);
    const hits = values.flatMap((value) => {
      const hit = terms.find(value, ontologies).find(({ term, by }) => {
        const roots = under?.[term.ontology];
        // Short synonyms are abbreviations of many things.
        if (term.obsolete || !(by === 'label' || (by === 'exact' && value.length > 5))) return false;
        return roots === undefined || roots.some((root) => terms.isA(term.curie, root));
      });
      return hit === undefined ? [] : [hit.term];
    });
    const [first] = hits;
    if (first === undefined) return [];
    const because = `${hits.length} of ${values.length} values are terms of ${first.ontology}, such as "${first.label}"`;
    return [{ field, valueKind: kind, score: (VALUE_TRUST * hits.length) / values.length, because }];
  });
}

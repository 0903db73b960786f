import { foldTerm } from './foldTerm.js';
import type { IndexFile } from './indexFile.js';
import { MOST_FEATURES, PART_WEIGHT, WORD, WORD_WEIGHT, writeFeatures } from './nameFeatures.js';
import type { PlacedOntology, TermSuggestion } from './termIndex.js';

/** Bytes of the lists that are kept; beyond, those asked for longest ago go. */
const KEPT_BYTES = 32_000_000;
/** What a term of an ontology that was not named first has to be better by. */
const OTHERS = 0.85;
/** Ontologies with more names have only the ends of words as features. */
const MANY_NAMES = 300_000;
/** Texts longer than this are prose. */
const LONGEST_TEXT = 300;
const LEAST_SCORE = 0.15;

/** Which names of one ontology have a feature, as lists one after another. */
interface NameLists {
  /** Bits of a feature's hash that are left out of the number of its list. */
  readonly shift: number;
  /** Whether only the ends of words are features. */
  readonly few: boolean;
  /** Where the list of each feature begins. */
  readonly starts: Uint32Array;
  /** Ordinals of names. */
  readonly names: Uint32Array;
  /** Number of the term of each name. */
  readonly terms: Uint32Array;
  /** Length of each name's vector. */
  readonly norms: Float32Array;
  readonly bytes: number;
}

/**
 * Suggestions over the ontologies in use: names are vectors of words and three-letter parts of words, weighted by how rare
 * each is in its ontology, and compared by their angle. What it needs of an ontology is built when that is first asked for.
 */
export function suggester(
  used: ReadonlyMap<string, PlacedOntology>,
): (text: string, ontologies: readonly string[], limit: number) => readonly TermSuggestion[] {
  const kept = new Map<string, NameLists>();
  const listsOf = (prefix: string, placed: PlacedOntology): NameLists => {
    const lists = kept.get(prefix) ?? nameLists(placed);
    kept.delete(prefix);
    kept.set(prefix, lists);
    return lists;
  };
  /** Lets go of lists until few enough are kept; those just asked for stay, or the next text would build them again. */
  const letGo = (asked: ReadonlySet<string>): void => {
    let bytes = [...kept.values()].reduce((sum, l) => sum + l.bytes, 0);
    for (const [prefix, { bytes: freed }] of kept) {
      if (bytes <= KEPT_BYTES) return;
      if (asked.has(prefix)) continue;
      kept.delete(prefix);
      bytes -= freed;
    }
  };
  return (text, ontologies, limit) => {
    const folded = foldTerm(text.slice(0, LONGEST_TEXT));
    const found: { readonly placed: PlacedOntology; readonly best: Best; readonly rank: number }[] = [];
    const asked = new Set(ontologies);
    letGo(asked);
    for (const [order, prefix] of [...asked].entries()) {
      const placed = used.get(prefix);
      if (placed === undefined || folded === '') continue;
      for (const best of bestNames(folded, listsOf(prefix, placed), placed.file, limit))
        found.push({ placed, best, rank: best.score * (order === 0 ? 1 : OTHERS) });
    }
    found.sort((a, b) => b.rank - a.rank || a.best.name.length - b.best.name.length);
    return found
      .slice(0, limit)
      .map(({ placed, best }) => ({ term: placed.file.term(best.term), score: best.score, by: best.name }));
  };
}

/** Reused for every name; suggestions are made one after another. */
const features = new Uint32Array(MOST_FEATURES);
let sums = new Float32Array(0);

function nameLists({ file, ontology }: PlacedOntology): NameLists {
  const end = ontology.first + ontology.terms;
  let count = 0;
  for (let term = ontology.first; term < end; term++) if (!file.obsolete(term)) count += file.nameCount(term);
  const few = count > MANY_NAMES;
  const bits = few ? 19 : count > 20_000 ? 17 : 15;
  const shift = 31 - bits;
  const terms = new Uint32Array(count);
  const starts = new Uint32Array(2 ** bits + 1);
  const eachName = (visit: (ordinal: number, count: number) => void): void => {
    let ordinal = 0;
    for (let term = ontology.first; term < end; term++) {
      if (file.obsolete(term)) continue;
      for (const { text } of file.names(term)) {
        terms[ordinal] = term;
        visit(ordinal++, writeFeatures(foldTerm(text), few, features));
      }
    }
  };
  eachName((_, found) => {
    for (let i = 0; i < found; i++) starts[slotOf(i, shift) + 1]! += 1;
  });
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1] as number;
  const names = new Uint32Array(starts.at(-1) ?? 0);
  const norms = new Float32Array(count);
  const next = starts.slice(0, -1);
  eachName((ordinal, found) => {
    let square = 0;
    for (let i = 0; i < found; i++) {
      const slot = slotOf(i, shift);
      names[(next[slot] as number)++] = ordinal;
      square += (weightOf(i) * rarity(starts, slot, count)) ** 2;
    }
    norms[ordinal] = Math.sqrt(square);
  });
  const bytes = 4 * (starts.length + names.length + terms.length + norms.length);
  return { shift, few, starts, names, terms, norms, bytes };
}

const slotOf = (i: number, shift: number): number => ((features[i] as number) & 0x7fffffff) >>> shift;
const weightOf = (i: number): number => ((features[i] as number) >= WORD ? WORD_WEIGHT : PART_WEIGHT);

function rarity(starts: Uint32Array, slot: number, names: number): number {
  const count = (starts[slot + 1] as number) - (starts[slot] as number);
  return Math.log(1 + names / (1 + count));
}

interface Best {
  readonly term: number;
  readonly score: number;
  readonly name: string;
}

function bestNames(folded: string, lists: NameLists, file: IndexFile, limit: number): Best[] {
  const { starts, names, norms, terms, few, shift } = lists;
  const found = writeFeatures(folded, few, features);
  let square = 0;
  const wanted = Array.from({ length: found }, (_, i) => {
    const slot = slotOf(i, shift);
    const rare = rarity(starts, slot, norms.length);
    const value = (weightOf(i) * rare) ** 2;
    square += value;
    return { slot, value, rare };
  });
  if (sums.length < norms.length) sums = new Float32Array(norms.length);
  const touched: number[] = [];
  // What nearly every name has adds work and no difference.
  const telling = wanted
    .filter(({ slot }) => (starts[slot + 1] as number) > (starts[slot] as number))
    .sort((a, b) => b.rare - a.rare)
    .filter((w, i) => i < 6 || w.rare > 2.5);
  for (const { slot, value } of telling) {
    const end = starts[slot + 1] as number;
    for (let i = starts[slot] as number; i < end; i++) {
      const name = names[i] as number;
      if (sums[name] === 0) touched.push(name);
      sums[name]! += value;
    }
  }
  const byTerm = new Map<number, { ordinal: number; score: number }>();
  const norm = Math.sqrt(square);
  for (const ordinal of touched) {
    const score = (sums[ordinal] as number) / (norm * (norms[ordinal] as number));
    sums[ordinal] = 0;
    if (score < LEAST_SCORE) continue;
    const term = terms[ordinal] as number;
    const before = byTerm.get(term);
    if (before === undefined || before.score < score) byTerm.set(term, { ordinal, score });
  }
  return [...byTerm]
    .sort((a, b) => b[1].score - a[1].score || a[0] - b[0])
    .slice(0, limit)
    .map(([term, { ordinal, score }]) => {
      let first = ordinal;
      while (first > 0 && terms[first - 1] === term) first--;
      return { term, score: Math.min(1, score), name: file.names(term)[ordinal - first]?.text ?? '' };
    });
}

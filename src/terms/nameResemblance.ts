import { foldTerm } from './termIndex.js';

/** Words that say nothing in names of terms. */
const EMPTY: ReadonlySet<string> = new Set([
  'of',
  'in',
  'the',
  'and',
  'to',
  'a',
  'an',
  'by',
  'with',
  'for',
  'or',
  'on',
]);

/** The words of a name, folded and in singular; what stands in brackets is another name. */
function wordsOf(text: string): ReadonlySet<string> {
  const folded = foldTerm(text.replace(/\s*\([^()]*\)/gu, ''));
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((w) => !EMPTY.has(w)).map((w) => (w.length > 4 ? w.replace(/(?<!s)s$/u, '') : w)));
}

/** Whether long words differ by one letter at most, exchanged, left out or put in: "acquistion". */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length < 8 || b.length < 8 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  return [
    a.slice(start + 1) === b.slice(start + 1),
    a.slice(start + 1) === b.slice(start),
    a.slice(start) === b.slice(start + 1),
  ].includes(true);
}

/** How many words of one name the other has. */
const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((w) => b.has(w) || [...b].some((other) => isSameWord(w, other))).length;

/** The greatest share of words that a text and one of several names have in common, 0…1 (Jaccard). */
export function resemblance(text: string, names: readonly string[]): number {
  const words = wordsOf(text);
  let best = 0;
  for (const name of names) {
    const others = wordsOf(name);
    const common = shared(words, others);
    best = Math.max(best, common === 0 ? 0 : common / (words.size + others.size - common));
  }
  return best;
}

/** Whether a text is all but one of these names, by three words or more, and far from all of those. */
export function clearlyNearer(text: string, these: readonly string[], those: readonly string[]): boolean {
  const words = wordsOf(text);
  const near = these.filter((n) => shared(words, wordsOf(n)) >= 3);
  const nearest = resemblance(text, near);
  return nearest >= 0.6 && nearest - resemblance(text, those) >= 0.4;
}

import { foldTerm, type Term, type TermIndex } from '../terms/termIndex.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { isInBranch } from './valueBranches.js';
import { ontologiesFor } from './valueNames.js';

/** Kinds whose names are several long words of a small vocabulary, so that one letter decides nothing. */
const MENDED: ReadonlySet<ValueKind> = new Set([
  ...(['protocolType', 'screenType', 'screenTechnology', 'libraryType', 'studyType', 'experimentalCondition'] as const),
]);
const EMPTY = new Set(['a', 'an', 'the', 'of', 'in', 'and', 'with', 'by', 'for', 'on', 'to']);

/** The one term whose name has the same words, but for one letter of one long word and for words that tell nothing. */
export function mendedName(
  kind: ValueKind,
  text: string,
  terms: TermIndex,
): { readonly term: Term; readonly name: string } | undefined {
  if (!MENDED.has(kind) || text.length > 120 || /\d/.test(text)) return undefined;
  const words = wordsOf(text);
  if (words.length < 2 || !words.some((w) => w.length >= 8)) return undefined;
  const found = new Map<string, { term: Term; name: string }>();
  for (const { term, by } of terms.suggest(text, ontologiesFor(kind), 5))
    if (sameWords(words, wordsOf(by)) && isInBranch(kind, term.curie, term.ontology, terms))
      found.set(term.curie, { term, name: by });
  const [first] = found.values();
  return found.size === 1 ? first : undefined;
}

const wordsOf = (text: string): readonly string[] =>
  (foldTerm(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((w) => !EMPTY.has(w));

function sameWords(asked: readonly string[], named: readonly string[]): boolean {
  if (asked.length !== named.length) return false;
  let mended = 0;
  for (const [i, word] of asked.entries()) {
    const other = named[i] ?? '';
    if (word === other) continue;
    if (Math.min(word.length, other.length) < 8 || /\d/.test(word + other) || !isOneEdit(word, other)) return false;
    mended += 1;
  }
  return mended <= 1;
}

/** Whether one letter inserted, left out, changed or two neighbours swapped make one word the other. */
function isOneEdit(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

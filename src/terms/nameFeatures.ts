import { hashText } from './indexFormat.js';

/** Weights of a word and of a part of one. */
export const WORD_WEIGHT = 1;
export const PART_WEIGHT = 0.45;
/** Marks a feature that is a word, in its highest bit. */
export const WORD = 0x80000000;
/** Most features of one name. */
export const MOST_FEATURES = 256;
/** Words that tell nothing in names of terms. */
const EMPTY: ReadonlySet<string> = new Set([
  'of',
  'the',
  'in',
  'and',
  'a',
  'an',
  'to',
  'by',
  'with',
  'for',
  'or',
  'on',
]);

/** A word without the ending that only says number or tense: "cells" and "cell", "increased" and "increase". */
export function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 5 && /(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /[^su]s$/.test(word)) return stem(word.slice(0, -1));
  if (word.length > 6 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 5 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 4 && word.endsWith('e')) return word.slice(0, -1);
  return word;
}

/**
 * Writes the features of a folded name, as hashes of 31 bits each once, and answers with their number: its words without
 * endings (marked), and the three-letter parts of its words; with `few`, the beginnings and ends of words in place of the parts.
 */
export function writeFeatures(folded: string, few: boolean, features: Uint32Array): number {
  let count = 0;
  const add = (feature: number): void => {
    for (let i = 0; i < count; i++) if (features[i] === feature) return;
    if (count < features.length) features[count++] = feature;
  };
  for (const word of folded.match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (EMPTY.has(word)) continue;
    add((hashText(stem(word)) | WORD) >>> 0);
    const { length } = word;
    if (few) {
      if (length > 4) {
        add((hashText(word.slice(0, 4)) ^ 1) & 0x7fffffff);
        add((hashText(word.slice(-4)) ^ 2) & 0x7fffffff);
      }
    } else
      for (let i = -1; i < length - 1 && i < 60; i++) {
        const before = i < 0 ? 1 : word.charCodeAt(i);
        const after = i + 2 >= length ? 2 : word.charCodeAt(i + 2);
        add(mixed(before, word.charCodeAt(i + 1), after) & 0x7fffffff);
      }
  }
  return count;
}

function mixed(a: number, b: number, c: number): number {
  let hash = Math.imul(Math.imul(Math.imul(a, 0x01000193) ^ b, 0x01000193) ^ c, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

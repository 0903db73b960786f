import {
  FIRST_PART,
  FIRST_THREE,
  FIRST_TWO,
  PART_CODES,
  RAW,
  THREE_BYTE_CODES,
  TWO_BYTE_CODES,
  WORD_CODES,
  wordsOf,
} from '../codedText.js';
import { frequentParts } from './frequentParts.js';

/** Codes for the words of many names. */
export interface TextEncoderOf {
  /** The words and parts one after another, in the order of their codes. */
  readonly words: Uint8Array;
  /** How long each is. */
  readonly lengths: Uint8Array;
  encode(text: string): Uint8Array;
}

const ASCII = /^[\x20-\x7e]+$/;
const LONGEST = 255;

/** Chooses the words and parts of words whose codes save most over all names; the same names in any order give the same codes. */
export function textEncoder(names: Iterable<string>): TextEncoderOf {
  const counts = new Map<string, number>();
  for (const name of names)
    for (const word of wordsOf(name)) if (ASCII.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  // Parts shorten what has no code of its own; a code costs its word and a byte in the list.
  const worth = (word: string, count: number): number => count * (0.7 * word.length - 3) - word.length - 1;
  const chosen = [...counts]
    .filter(([word, count]) => word.length <= LONGEST && worth(word, count) > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, WORD_CODES + TWO_BYTE_CODES + THREE_BYTE_CODES)
    .map(([word]) => word);
  for (const word of chosen) counts.delete(word);
  const parts = frequentParts(counts, PART_CODES);
  const padding = Array.from({ length: Math.max(0, WORD_CODES - chosen.length) }, () => '');
  const list = [...chosen.slice(0, WORD_CODES), ...padding, ...parts];
  while (list.length < WORD_CODES + PART_CODES) list.push('');
  list.push(...chosen.slice(WORD_CODES));
  const codes = new Map(list.flatMap((word, i) => (word === '' ? [] : [[word, codeOf(i)] as const])));
  const longestPart = Math.max(1, ...parts.map((p) => p.length));
  const partCodes = new Map(parts.map((part, i) => [part, FIRST_PART + i]));

  const spell = (word: string, bytes: number[]): void => {
    for (let at = 0; at < word.length;) {
      let length = Math.min(longestPart, word.length - at);
      while (length > 1 && !partCodes.has(word.slice(at, at + length))) length--;
      bytes.push(length > 1 ? (partCodes.get(word.slice(at, at + length)) as number) : word.charCodeAt(at));
      at += length;
    }
  };
  return {
    words: Buffer.from(list.join(''), 'latin1'),
    lengths: Uint8Array.from(list, (word) => word.length),
    encode(text) {
      const bytes: number[] = [];
      const words = wordsOf(text);
      for (const [i, word] of words.entries()) {
        const code = codes.get(word);
        if (code !== undefined) bytes.push(...code);
        else if (ASCII.test(word)) spell(word, bytes);
        else {
          bytes.push(RAW, ...Buffer.from(words.slice(i).join(''), 'utf8'));
          break;
        }
      }
      return Uint8Array.from(bytes);
    },
  };
}

function codeOf(i: number): readonly number[] {
  if (i < WORD_CODES) return [i];
  const part = i - WORD_CODES;
  if (part < PART_CODES) return [FIRST_PART + part];
  const two = part - PART_CODES;
  if (two < TWO_BYTE_CODES) return [FIRST_TWO + (two >> 8), two & 0xff];
  const three = two - TWO_BYTE_CODES;
  return [FIRST_THREE + (three >> 16), (three >> 8) & 0xff, three & 0xff];
}

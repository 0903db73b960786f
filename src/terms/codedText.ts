/**
 * How names are kept. Bytes from 32 to 127 are ASCII as they are. The others are codes of frequent words, the space behind them
 * included, and of parts of other words: below 32 a word, from 128 a part, from 192 a word in two bytes, from 224 a word in
 * three; 255 says that the rest is UTF-8.
 */
export const WORD_CODES = 32;
export const PART_CODES = 64;
export const TWO_BYTE_CODES = 32 * 256;
export const THREE_BYTE_CODES = 31 * 65536;
export const FIRST_PART = 0x80;
export const FIRST_TWO = FIRST_PART + PART_CODES;
export const FIRST_THREE = FIRST_TWO + 32;
export const RAW = 0xff;

/** The words of a name, each with the space behind it: what codes stand for. */
export function wordsOf(text: string): string[] {
  return text.match(/[^ ]+ ?| /g) ?? [];
}

/** Reads coded names from a blob. */
export interface TextDecoderOf {
  /** The name between two places of the blob. */
  text(start: number, end: number): string;
}

/** A reader of coded names, over the list of words and parts and the length of each; one is decoded when it is first met. */
export function codedText(blob: Buffer, words: Uint8Array, lengths: Uint8Array): TextDecoderOf {
  const list = Buffer.from(words.buffer, words.byteOffset, words.length);
  const starts = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) starts[i + 1] = (starts[i] as number) + (lengths[i] as number);
  const known = new Array<string | undefined>(lengths.length);
  const word = (code: number): string => {
    const found = known[code];
    if (found !== undefined) return found;
    return (known[code] = list.toString('latin1', starts[code] ?? 0, starts[code + 1] ?? 0));
  };
  return {
    text(start, end) {
      let text = '';
      let at = start;
      while (at < end) {
        const byte = blob[at] as number;
        if (byte >= 0x20 && byte < FIRST_PART) {
          text += String.fromCharCode(byte);
          at += 1;
        } else if (byte === RAW) {
          return text + blob.toString('utf8', at + 1, end);
        } else if (byte < FIRST_TWO) {
          text += word(byte < FIRST_PART ? byte : byte - FIRST_PART + WORD_CODES);
          at += 1;
        } else if (byte < FIRST_THREE) {
          text += word(WORD_CODES + PART_CODES + ((byte - FIRST_TWO) << 8) + (blob[at + 1] as number));
          at += 2;
        } else {
          const high = ((byte - FIRST_THREE) << 16) + ((blob[at + 1] as number) << 8);
          text += word(WORD_CODES + PART_CODES + TWO_BYTE_CODES + high + (blob[at + 2] as number));
          at += 3;
        }
      }
      return text;
    },
  };
}

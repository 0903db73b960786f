import { links, refCodes } from './linkIndex.js';

/** What is known of an object whose id was met before. */
export type Seen = 'new' | 'same' | { readonly firstIn: string };

/** Tells whether two documents (or one, twice) say the same under one id, for 44 to 84 bytes an object. */
export interface Fingerprints {
  /** `content` is everything the document says of the object itself, without what it contains. */
  check(ref: string, content: string, document: string): Seen;
}

/** Empty fingerprints. */
export function fingerprints(): Fingerprints {
  const codes = refCodes();
  const table = links();
  const documents: string[] = [];
  return {
    check(ref, content, document) {
      if (documents.at(-1) !== document) documents.push(document);
      const code = codes.code(ref);
      const hash = hashOf(content);
      let seen: Seen = 'new';
      table.each(code, (first, where) => {
        seen = first === hash ? 'same' : { firstIn: documents[where] ?? '' };
      });
      if (seen === 'new') table.add(code, hash, documents.length - 1);
      return seen;
    },
  };
}

/** A 53-bit hash of a text (two rounds of multiply and xor over UTF-16 units); no defence against forgery is needed. */
function hashOf(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

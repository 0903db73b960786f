import { sameBytes, viewOf } from './tokenTable.js';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const MINUS = 0x2d;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const AT = 0x40;
const CARET = 0x5e;

/** Bytes that end the part of a token that can be passed over: 1 in an IRI, 2 in the text of a literal. */
const ENDS = new Uint8Array(256);
for (let byte = 0; byte <= 0x20; byte++) ENDS[byte] = byte < 0x20 ? 3 : 1;
for (const char of '<>{}|^`') ENDS[char.charCodeAt(0)] = 1;
for (const char of '"\\') ENDS[char.charCodeAt(0)] = 3;
ENDS[0x7f] = 2;

const STRING_SUFFIX = viewOf(Buffer.from('"^^<http://www.w3.org/2001/XMLSchema#string>'));

/** Place after the `>` of an IRI that begins at `start`, or -1 when it is none (N-Quads production IRIREF, without escapes). */
export function endOfIri(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== LESS_THAN) return -1;
  let at = start + 1;
  while (((ENDS[bytes[at] as number] as number) & 1) === 0) at += 1;
  return bytes[at] === GREATER_THAN && at > start + 1 ? at + 1 : -1;
}

/**
 * Looks whether the bytes are one IRI or literal exactly as canonical N-Quads writes it, without escapes and with a language
 * tag in lower case: the place of the closing quote, `start` for an IRI, -1 for anything else. A line feed must follow somewhere.
 */
export function closeOfToken(view: DataView, bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== QUOTE) return endOfIri(bytes, start) === end ? start : -1;
  let close = start + 1;
  while (((ENDS[bytes[close] as number] as number) & 2) === 0) close += 1;
  if (bytes[close] !== QUOTE || close >= end) return -1;
  if (close + 1 === end) return close;
  if (bytes[close + 1] === AT) return isLowerTag(bytes, close + 2, end) ? close : -1;
  if (bytes[close + 1] !== CARET || bytes[close + 2] !== CARET || endOfIri(bytes, close + 3) !== end) return -1;
  const plain = end - close === STRING_SUFFIX.byteLength && sameBytes(view, close, STRING_SUFFIX, 0, end - close);
  return plain ? -1 : close;
}

/** Whether bytes are a language tag without capitals (production LANGTAG). */
function isLowerTag(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = false;
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === MINUS) {
      if (length === 0) return false;
      digits = true;
      length = 0;
    } else if ((byte >= 0x61 && byte <= 0x7a) || (digits && byte >= 0x30 && byte <= 0x39)) length += 1;
    else return false;
  }
  return length > 0;
}

/** Place of the next line feed; there must be one, and four more bytes in the view. */
export function nextLineFeed(view: DataView, start: number): number {
  let at = start;
  for (; ; at += 4) {
    const word = view.getUint32(at, true) ^ 0x0a0a0a0a;
    if (((word - 0x01010101) & ~word & 0x80808080) !== 0) break;
  }
  while (view.getUint8(at) !== LINE_FEED) at += 1;
  return at;
}

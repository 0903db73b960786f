import type { OntologyInfo } from './term.js';

/** First bytes of an index file. */
export const MAGIC = 'omgterms';
export const FORMAT_VERSION = 1;
/** Magic, version, length of the header, checksum of all that follows, length of the file: eight bytes and four numbers. */
export const PRELUDE_BYTES = 24;
/** Terms of which only the first has its place in a table; the others are counted off from there. */
export const BLOCK = 8;

/**
 * How the local parts of an ontology's terms are kept: `number` and `base36` padded with zeros to a width (0: not padded),
 * `text` as they are. Terms stand in rising order of their local part, so that a CURIE is found by halving.
 */
export interface LocalScheme {
  readonly kind: 'number' | 'base36' | 'text';
  readonly width: number;
}

export interface IndexedOntology extends OntologyInfo {
  /** Number of its first term, a multiple of the block; its terms follow one another. */
  readonly first: number;
  readonly local: LocalScheme;
  /**
   * Whether the parent of a term that names none is the term whose label are its label's first words, as many as possible:
   * so are the names of organisms made.
   */
  readonly parentsByName?: boolean;
}

/**
 * The header, in JSON. After it follow, each from a multiple of four bytes, all numbers little-endian:
 * - of each block of terms the place of its first one in the blob, and that term's local part (uint32 each; of a text 0),
 * - the hash table (uint32): the place of a name in the blob, 0 for none, and in the bits above it as many of the hash,
 * - the length of each word in the list of words (uint8), and the words (latin1), which names are coded with,
 * - the blob. Of a term it has: its local part, as its difference from the term before (0 for the first of a block) or as a
 *   name; flags and number of names; for each name its length in bytes and scope, and its coded text, label first; the
 *   replacement; number of parents and the parents.
 *   Numbers are varints; a term is a number, one that is not in the file counts on from the last into `externals`.
 */
export interface IndexHeader {
  readonly ontologies: readonly IndexedOntology[];
  /** Number of terms, the empty places before an ontology's first included. */
  readonly terms: number;
  readonly names: number;
  readonly slots: number;
  /** How many low bits of a slot are the place of a name. */
  readonly placeBits: number;
  readonly words: number;
  readonly wordBytes: number;
  readonly blobBytes: number;
  /** CURIEs that are named as parents or replacements but are not in the file. */
  readonly externals: readonly string[];
}

export const FLAG_OBSOLETE = 1;
export const FLAG_REPLACED = 2;
export const FLAG_PARENTS = 4;
/** Bits of the flags, below the number of names. */
export const FLAG_BITS = 3;

/** A 32-bit hash of a text's UTF-16 code units (FNV-1a with a finisher, so that high bits are as good as low ones). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The slot where the search for a hash begins: its high bits. */
export function slotOf(hash: number, slots: number): number {
  return Math.floor((hash * slots) / 0x1_0000_0000);
}

/** The low bits of a hash, above those of a place, as they stand in a slot. */
export function printOf(hash: number, placeBits: number): number {
  return placeBits >= 32 ? 0 : (hash << placeBits) >>> 0;
}

/** A checksum over 32-bit words that sees changed, lost and exchanged words; no safeguard against intent. */
export function checksum(words: Uint32Array): number {
  let a = 0x9e3779b1;
  let b = 0x85ebca6b;
  const pairs = words.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    a = Math.imul(a ^ (words[i] as number), 0x01000193) + 1;
    b = Math.imul(b ^ (words[i + 1] as number), 0x01000193) + 1;
  }
  if (pairs < words.length) a = Math.imul(a ^ (words[pairs] as number), 0x01000193);
  return (a ^ Math.imul(b, 0xc2b2ae35)) >>> 0;
}

/** Up to the next multiple of four. */
export function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}

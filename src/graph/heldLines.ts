import type { Block } from './sortedBlocks.js';

/** Memory for lines, in slabs that are used again: what the sorter holds at most is also what it allocates. */
export interface Arena {
  /** Copies bytes in; says where they are. */
  put(bytes: Uint8Array): { readonly slab: number; readonly start: number };
  slab(number: number): Buffer;
  /** Forgets everything. */
  reset(): void;
}

const SLAB = 1 << 20;

/** An empty arena. */
export function arena(): Arena {
  const slabs: Buffer[] = [];
  let current = -1;
  let filled = SLAB;
  return {
    put: (bytes) => {
      const room = slabs[current]?.length ?? 0;
      if (filled + bytes.length > room) {
        current += 1;
        filled = 0;
        if ((slabs[current]?.length ?? 0) < bytes.length)
          slabs[current] = Buffer.allocUnsafeSlow(Math.max(SLAB, bytes.length));
      }
      const start = filled;
      slabs[current]?.set(bytes, start);
      filled += bytes.length;
      return { slab: current, start };
    },
    slab: (number) => slabs[number] as Buffer,
    reset: () => {
      current = -1;
      filled = SLAB;
    },
  };
}

/** Lines in memory, found by their subject. */
export interface HeldLines {
  /** Takes a copy of lines `<s> <p> <o>\n` in UTF-8. */
  add(lines: Uint8Array): void;
  /** Bytes that are held, the index included. */
  readonly bytes: number;
  /** All lines sorted, without duplicates; afterwards nothing is held. */
  take(): Generator<Block>;
}

/** Triples of one subject that are given in one block; a hub with a million parts is cut into many. */
export const BLOCK_TRIPLES = 512;
const EXTENT_BYTES = 16;
const SUBJECT_BYTES = 100;

/**
 * Keeps the bytes as they came and remembers for each subject where its neighbouring lines stand (an extent). Lines become strings
 * only subject by subject while they are sorted: millions of long-living strings would cost more in garbage collection than the sorting.
 */
export function heldLines(memory: Arena): HeldLines {
  /** Last extent by subject. */
  let last = new Map<string, number>();
  let extents = new Int32Array(4 * 64);
  let used = 0;
  let bytes = 0;

  const addExtent = (subject: string, slab: number, start: number, end: number): void => {
    if (4 * used === extents.length) {
      const larger = new Int32Array(2 * extents.length);
      larger.set(extents);
      extents = larger;
    }
    const before = last.get(subject);
    extents[4 * used] = slab;
    extents[4 * used + 1] = start;
    extents[4 * used + 2] = end;
    extents[4 * used + 3] = before ?? -1;
    last.set(subject, used);
    used += 1;
    bytes += EXTENT_BYTES + (before === undefined ? subject.length + SUBJECT_BYTES : 0);
  };

  /** Appends the tails of one subject's extents. */
  const tailsOf = (subject: string, newest: number): string[] => {
    const tails: string[] = [];
    for (let at = newest; at >= 0; at = extents[4 * at + 3] ?? -1) {
      const chunk = memory.slab(extents[4 * at] ?? 0);
      const end = extents[4 * at + 2] ?? 0;
      for (let start = extents[4 * at + 1] ?? 0; start < end;) {
        const stop = chunk.indexOf(10, start);
        tails.push(chunk.toString('latin1', start + subject.length, stop));
        start = stop + 1;
      }
    }
    return sortedSet(tails);
  };

  function* take(): Generator<Block> {
    for (const subject of [...last.keys()].sort()) {
      const tails = tailsOf(subject, last.get(subject) ?? -1);
      if (tails.length <= BLOCK_TRIPLES) yield { subject, tails };
      else {
        for (let at = 0; at < tails.length; at += BLOCK_TRIPLES) {
          yield { subject, tails: tails.slice(at, at + BLOCK_TRIPLES) };
        }
      }
    }
    last = new Map();
    used = 0;
    bytes = 0;
  }

  return {
    get bytes() {
      return bytes;
    },
    add: (lines) => {
      const { slab, start: first } = memory.put(lines);
      const chunk = memory.slab(slab);
      const stop = first + lines.length;
      bytes += lines.length;
      for (let start = first; start < stop;) {
        const length = chunk.indexOf(62, start) + 1 - start;
        let end = chunk.indexOf(10, start + length) + 1;
        while (end < stop && sameBytes(chunk, start, end, length)) end = chunk.indexOf(10, end + length) + 1;
        addExtent(chunk.toString('latin1', start, start + length), slab, start, end);
        start = end;
      }
    },
    take,
  };
}

/** Whether the same `length` bytes, up to and with the `>` of a subject, stand at both places. */
function sameBytes(chunk: Buffer, a: number, b: number, length: number): boolean {
  // From the end: subjects differ in their last characters.
  for (let i = length - 1; i >= 0; i--) if (chunk[a + i] !== chunk[b + i]) return false;
  return true;
}

/** Sorts in place and drops what is there twice. */
function sortedSet(texts: string[]): string[] {
  if (texts.length > 24) texts.sort();
  else {
    for (let i = 1; i < texts.length; i++) {
      const text = texts[i] as string;
      let at = i;
      for (; at > 0 && (texts[at - 1] as string) > text; at--) texts[at] = texts[at - 1] as string;
      texts[at] = text;
    }
  }
  let kept = 0;
  for (const text of texts) if (kept === 0 || text !== texts[kept - 1]) texts[kept++] = text;
  texts.length = kept;
  return texts;
}

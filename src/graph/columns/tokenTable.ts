import { randomInt } from 'node:crypto';
import { OmegraphError } from '../../errors.js';

/** Distinct byte strings, numbered 0, 1, 2 … in the order they came: open addressing over one arena of bytes. */
export interface TokenTable {
  readonly size: number;
  /** The arena; a token's bytes are `start(id)` to `end(id)`. Another one after a token was added. */
  readonly bytes: Buffer;
  start(id: number): number;
  end(id: number): number;
  /** The number of `view`'s bytes from `start` to `end`, or -1. `hash` is their `tokenHash`. */
  find(hash: number, view: DataView, start: number, end: number): number;
  /** Adds bytes that `find` did not find. @throws OmegraphError when the arena would pass 4 GiB */
  insert(hash: number, view: DataView, start: number, end: number): number;
}

/** Another one in each process, so that no file can be written whose terms all fall on one place of a table. */
const SEED = randomInt(2 ** 32) | 0;

/** A hash of bytes, four at a time; good for this process only. */
export function tokenHash(view: DataView, start: number, end: number): number {
  let hash = SEED ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getUint32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** An empty table. */
export function createTokenTable(): TokenTable {
  let bytes = Buffer.allocUnsafeSlow(1 << 12);
  let arena = viewOf(bytes);
  let used = 0;
  let size = 0;
  let ends = new Uint32Array(64);
  let hashes = new Int32Array(64);
  let slots = new Int32Array(256);
  let mask = slots.length - 1;

  const spread = (): void => {
    slots = new Int32Array(slots.length * 2);
    mask = slots.length - 1;
    for (let id = 0; id < size; id++) {
      let slot = (hashes[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
  };
  const reserve = (more: number): void => {
    if (used + more > bytes.length) {
      bytes = Buffer.from(grown(bytes, used + more).buffer);
      arena = viewOf(bytes);
    }
    if (size === ends.length) {
      const wider = new Uint32Array(Math.ceil(size * 1.5));
      wider.set(ends);
      ends = wider;
      const more = new Int32Array(wider.length);
      more.set(hashes);
      hashes = more;
    }
    if ((size + 1) * 5 > slots.length * 3) spread();
  };
  const startOf = (id: number): number => (id === 0 ? 0 : (ends[id - 1] as number));
  return {
    get size() {
      return size;
    },
    get bytes() {
      return bytes;
    },
    start: startOf,
    end: (id) => ends[id] as number,
    find: (hash, view, start, end) => {
      const length = end - start;
      let slot = hash & mask;
      for (let entry = slots[slot] as number; entry !== 0; entry = slots[slot] as number) {
        const id = entry - 1;
        if (hashes[id] === hash) {
          const from = startOf(id);
          if ((ends[id] as number) - from === length && sameBytes(arena, from, view, start, length)) return id;
        }
        slot = (slot + 1) & mask;
      }
      return -1;
    },
    insert: (hash, view, start, end) => {
      const length = end - start;
      reserve(length);
      let at = 0;
      for (; at + 4 <= length; at += 4) arena.setUint32(used + at, view.getUint32(start + at));
      for (; at < length; at++) arena.setUint8(used + at, view.getUint8(start + at));
      used += length;
      ends[size] = used;
      hashes[size] = hash;
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      size += 1;
      slots[slot] = size;
      return size - 1;
    },
  };
}

/** Whether two stretches of bytes are equal. */
export function sameBytes(a: DataView, from: number, b: DataView, start: number, length: number): boolean {
  let at = length;
  // From the end, because sorted neighbours differ there.
  for (; at >= 4; at -= 4) if (a.getUint32(from + at - 4) !== b.getUint32(start + at - 4)) return false;
  for (; at > 0; at--) if (a.getUint8(from + at - 1) !== b.getUint8(start + at - 1)) return false;
  return true;
}

/** The bytes as a `DataView`, which reads four bytes at any place. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const MOST = 2 ** 32 - 1;

function grown(bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  if (needed > MOST) {
    throw new OmegraphError('limit', {
      where: 'graph of one container',
      wrong: 'its distinct terms are longer than 4 GiB together',
      remedy: 'audit a container with less text in it, or leave long texts out of the export',
    });
  }
  const wider = new Uint8Array(Math.min(MOST, Math.max(needed, Math.ceil(bytes.length * 1.5))));
  wider.set(bytes);
  return wider;
}

import type { TermId } from '../../graph/columns/containerGraph.js';

/** A set of term ids, one bit each. */
export interface IdSet {
  has(id: TermId): boolean;
  /** Whether the id is new. */
  add(id: TermId): boolean;
}

/** An empty set for ids below `size`; it grows when there are more. */
export function idSet(size: number): IdSet {
  let bits = new Uint32Array((size >>> 5) + 1);
  return {
    has: (id) => id >= 0 && ((bits[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0,
    add(id) {
      const at = id >>> 5;
      if (at >= bits.length) {
        const wider = new Uint32Array(at * 2 + 1);
        wider.set(bits);
        bits = wider;
      }
      const before = bits[at] ?? 0;
      const after = before | (1 << (id & 31));
      bits[at] = after;
      return after >>> 0 !== before;
    },
  };
}

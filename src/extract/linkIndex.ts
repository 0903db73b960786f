/**
 * Links between objects, compact enough for millions: refs become numbers, links live in typed arrays. A ref that ends in
 * digits (`ROI:{scope}.1234`) costs no string of its own.
 */

/** Turns refs into numbers below 2^53 and back. */
export interface RefCodes {
  code(ref: string): number;
  ref(code: number): string;
  /** The code of a ref that was coded before. */
  known(ref: string): number | undefined;
}

const SPAN = 2 ** 37;
const PREFIXES = 2 ** 16 - 1;
/** Digits that survive a round trip through a number: no leading zero, below 2^37. */
const NUMBERED = /^(.*\D)(0|[1-9]\d{0,10})$/s;

/** Empty codes; a code means a ref only within the instance that made it. */
export function refCodes(): RefCodes {
  const prefixes: string[] = [];
  const prefixIndex = new Map<string, number>();
  const others: string[] = [];
  const otherIndex = new Map<string, number>();
  const find = (ref: string, add: boolean): number | undefined => {
    const match = NUMBERED.exec(ref);
    if (match !== null) {
      const [, prefix = '', digits = ''] = match;
      let index = prefixIndex.get(prefix);
      if (index === undefined && add && prefixes.length < PREFIXES) {
        index = prefixes.push(prefix) - 1;
        prefixIndex.set(prefix, index);
      }
      if (index !== undefined && Number(digits) < SPAN) return index * SPAN + Number(digits);
    }
    let index = otherIndex.get(ref);
    if (index === undefined && add) {
      index = others.push(ref) - 1;
      otherIndex.set(ref, index);
    }
    return index === undefined ? undefined : PREFIXES * SPAN + index;
  };
  return {
    code: (ref) => find(ref, true) ?? 0,
    known: (ref) => find(ref, false),
    ref(code) {
      const index = Math.floor(code / SPAN);
      const number = code - index * SPAN;
      return index === PREFIXES ? (others[number] ?? '') : `${prefixes[index]}${number}`;
    },
  };
}

/** Several values for each key, in the order they were added; measured at 44 to 84 bytes a link, as full as the tables happen to be. */
export interface Links {
  add(key: number, value: number, extra?: number): void;
  has(key: number): boolean;
  /** Calls `on` for each value of a key. */
  each(key: number, on: (value: number, extra: number) => void): void;
  /** Marks a key as done with, for `unused`. */
  use(key: number): void;
  /** Keys never used, in the order of their first link. */
  unused(): number[];
  readonly size: number;
}

const EMPTY = -1;

/** Empty links: an open-addressed table of keys whose values form chains. */
export function links(): Links {
  let capacity = 64;
  let keys = new Float64Array(capacity).fill(EMPTY);
  let first = new Int32Array(capacity);
  let used = new Uint8Array(capacity);
  let keyCount = 0;
  let room = 64;
  let values = new Float64Array(room);
  let extras = new Int32Array(room);
  let next = new Int32Array(room);
  let size = 0;

  const slotOf = (table: Float64Array, key: number): number => {
    const mask = table.length - 1;
    let slot = (Math.imul(key % 4294967296, 0x9e3779b1) ^ Math.imul(Math.floor(key / 4294967296), 0x85ebca6b)) >>> 7;
    for (slot &= mask; table[slot] !== EMPTY && table[slot] !== key; slot = (slot + 1) & mask);
    return slot;
  };
  const growKeys = (): void => {
    const larger = new Float64Array(capacity * 2).fill(EMPTY);
    const largerFirst = new Int32Array(capacity * 2);
    const largerUsed = new Uint8Array(capacity * 2);
    for (let i = 0; i < capacity; i += 1) {
      const key = keys[i] ?? EMPTY;
      if (key === EMPTY) continue;
      const slot = slotOf(larger, key);
      larger[slot] = key;
      largerFirst[slot] = first[i] ?? EMPTY;
      largerUsed[slot] = used[i] ?? 0;
    }
    [keys, first, used, capacity] = [larger, largerFirst, largerUsed, capacity * 2];
  };
  const growValues = (): void => {
    room *= 2;
    const [oldValues, oldExtras, oldNext] = [values, extras, next];
    values = new Float64Array(room);
    extras = new Int32Array(room);
    next = new Int32Array(room);
    values.set(oldValues);
    extras.set(oldExtras);
    next.set(oldNext);
  };
  return {
    add(key, value, extra = 0) {
      if (keyCount * 2 >= capacity) growKeys();
      if (size === room) growValues();
      const slot = slotOf(keys, key);
      const fresh = keys[slot] === EMPTY;
      if (fresh) {
        keys[slot] = key;
        keyCount += 1;
      }
      // A chain is circular and the table points at its end, so that values come back in the order they came.
      const last = fresh ? size : (first[slot] ?? size);
      next[size] = fresh ? size : (next[last] ?? size);
      next[last] = size;
      values[size] = value;
      extras[size] = extra;
      first[slot] = size;
      size += 1;
    },
    has: (key) => keys[slotOf(keys, key)] === key,
    each(key, on) {
      const slot = slotOf(keys, key);
      if (keys[slot] !== key) return;
      const last = first[slot] ?? 0;
      let at = last;
      do {
        at = next[at] ?? last;
        on(values[at] ?? 0, extras[at] ?? 0);
      } while (at !== last);
    },
    use(key) {
      const slot = slotOf(keys, key);
      if (keys[slot] === key) used[slot] = 1;
    },
    unused() {
      const rows: [key: number, order: number][] = [];
      keys.forEach((key, slot) => {
        if (key !== EMPTY && used[slot] === 0) rows.push([key, next[first[slot] ?? 0] ?? 0]);
      });
      return rows.sort((a, b) => a[1] - b[1]).map(([key]) => key);
    },
    get size() {
      return size;
    },
  };
}

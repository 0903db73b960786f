import type { Column, TermId } from './containerGraph.js';

/** Two parallel arrays of the same length, sorted by (subjects, objects), each pair once. */
interface Pairs {
  readonly subjects: Uint32Array;
  readonly objects: Uint32Array;
}

/** A column over pairs in any order, repeated ones included. */
export function columnOfPairs(predicate: TermId, subjects: Uint32Array, objects: Uint32Array): Column {
  return columnOver(predicate, distinctPairs(sortedPairs(subjects, objects)));
}

function columnOver(predicate: TermId, { subjects, objects }: Pairs, back?: Column): Column {
  let first: ((subject: TermId) => number) | undefined;
  let inverse = back;
  const column: Column = {
    predicate,
    length: subjects.length,
    subjects,
    objects,
    first: (subject) => (first ??= firstPlaces(subjects))(subject),
    get inverse() {
      inverse ??= columnOver(predicate, sortedPairs(objects, subjects), column);
      return inverse;
    },
  };
  return column;
}

/** Places of the first of each key in an ascending array: buckets of equal width, then halving within a bucket. */
function firstPlaces(keys: Uint32Array): (key: number) => number {
  const { length } = keys;
  const least = keys[0] ?? 0;
  const greatest = keys[length - 1] ?? -1;
  let shift = 0;
  while ((greatest - least) / 2 ** shift > length * 2) shift += 1;
  const starts = new Uint32Array(Math.max(0, Math.floor((greatest - least) / 2 ** shift)) + 2);
  let bucket = 0;
  for (let at = 0; at < length; at++) {
    const of = ((keys[at] as number) - least) >>> shift;
    while (bucket <= of) starts[bucket++] = at;
  }
  while (bucket < starts.length) starts[bucket++] = length;
  return (key) => {
    if (key < least || key > greatest) return -1;
    const of = (key - least) >>> shift;
    let low = starts[of] as number;
    let high = starts[of + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    return keys[low] === key ? low : -1;
  };
}

function isSorted({ subjects, objects }: Pairs): boolean {
  for (let at = 1; at < subjects.length; at++) {
    const before = subjects[at - 1] as number;
    const now = subjects[at] as number;
    if (before > now || (before === now && (objects[at - 1] as number) > (objects[at] as number))) return false;
  }
  return true;
}

/** Pairs by subject, then object; the given arrays are not changed. */
function sortedPairs(subjects: Uint32Array, objects: Uint32Array): Pairs {
  const given = { subjects, objects };
  if (isSorted(given)) return given;
  const sorted = radixSorted(given);
  for (let from = 0, to = 0; from < sorted.subjects.length; from = to) {
    const subject = sorted.subjects[from];
    for (to = from + 1; sorted.subjects[to] === subject;) to += 1;
    if (to - from > 1) sortRun(sorted.objects, from, to);
  }
  return sorted;
}

const DIGIT = 11;

/** Pairs by subject, equal ones in the order given. */
function radixSorted(given: Pairs): Pairs {
  const { length } = given.subjects;
  let greatest = 0;
  for (let at = 0; at < length; at++) greatest = Math.max(greatest, given.subjects[at] as number);
  let from = given;
  let into: Pairs | undefined;
  const starts = new Uint32Array(1 << DIGIT);
  for (let shift = 0; shift < 32 && (shift === 0 || greatest >>> shift > 0); shift += DIGIT) {
    const to: Pairs = into ?? { subjects: new Uint32Array(length), objects: new Uint32Array(length) };
    const keys = from.subjects;
    starts.fill(0);
    for (let at = 0; at < length; at++) starts[((keys[at] as number) >>> shift) & (starts.length - 1)]! += 1;
    let sum = 0;
    for (let digit = 0; digit < starts.length; digit++) {
      const count = starts[digit] as number;
      starts[digit] = sum;
      sum += count;
    }
    for (let at = 0; at < length; at++) {
      const key = keys[at] as number;
      const digit = (key >>> shift) & (starts.length - 1);
      const place = starts[digit] as number;
      starts[digit] = place + 1;
      to.subjects[place] = key;
      to.objects[place] = from.objects[at] as number;
    }
    into = from === given ? undefined : from;
    from = to;
  }
  return from;
}

/** Sorts a stretch in place. */
function sortRun(numbers: Uint32Array, from: number, to: number): void {
  if (to - from > 16) {
    numbers.subarray(from, to).sort();
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const number = numbers[at] as number;
    let place = at;
    for (; place > from && (numbers[place - 1] as number) > number; place--) {
      numbers[place] = numbers[place - 1] as number;
    }
    numbers[place] = number;
  }
}

/** Sorted pairs, each once. */
function distinctPairs(sorted: Pairs): Pairs {
  const { subjects, objects } = sorted;
  const { length } = subjects;
  const repeats = (at: number): boolean => subjects[at] === subjects[at - 1] && objects[at] === objects[at - 1];
  let count = Math.min(1, length);
  for (let at = 1; at < length; at++) if (!repeats(at)) count += 1;
  if (count === length) return sorted;
  const kept: Pairs = { subjects: new Uint32Array(count), objects: new Uint32Array(count) };
  for (let at = 0, place = 0; at < length; at++) {
    if (at > 0 && repeats(at)) continue;
    kept.subjects[place] = subjects[at] as number;
    kept.objects[place++] = objects[at] as number;
  }
  return kept;
}

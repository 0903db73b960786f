/**
 * One order of keys in which each of the given lists is found when keys are left out: a short common supersequence. Lists are merged
 * one after the other, so a key that lists place differently, or repeat, is there as often as they need it.
 */
export function mergedKeys(lists: Iterable<readonly string[]>): readonly string[] {
  const different = new Map<string, readonly string[]>();
  for (const list of lists) different.set(JSON.stringify(list), list);
  // The longest first: most others are found in it already.
  const [first = [], ...more] = [...different.values()].sort((a, b) => b.length - a.length);
  return more.reduce(
    (merged, list) => (placesIn(merged, list) === undefined ? supersequence(merged, list) : merged),
    first,
  );
}

/** Where the keys of a list are in the merged order, the first places that fit; undefined when they are not all there. */
export function placesIn(merged: readonly string[], list: readonly string[]): readonly number[] | undefined {
  const places: number[] = [];
  let at = 0;
  for (const key of list) {
    const place = merged.indexOf(key, at);
    if (place < 0) return undefined;
    places.push(place);
    at = place + 1;
  }
  return places;
}

/** The shortest list in which both are found (by the longest common subsequence). */
function supersequence(a: readonly string[], b: readonly string[]): readonly string[] {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const merged: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [x = '', y = ''] = [a[i], b[j]];
    if (x === y) {
      merged.push(x);
      i += 1;
      j += 1;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      merged.push(x);
      i += 1;
    } else {
      merged.push(y);
      j += 1;
    }
  }
  return [...merged, ...a.slice(i), ...b.slice(j)];
}

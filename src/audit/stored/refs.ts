/** `Image:1461` for `{base}/Image/1461`, `Pixels:9/planes` for a part; any other IRI as it is. */
export function refOf(iri: string): string {
  const match = /\/([A-Z][A-Za-z]+)\/([^/]+(?:\/[a-z][^/]*)*)$/.exec(iri);
  return match === null ? iri : `${match[1]}:${match[2]}`;
}

/** A reference taken apart for comparing. */
export interface RefKey {
  readonly type: string;
  /** Infinity where the rest does not start with a number. */
  readonly number: number;
  readonly rest: string;
}

/** Type, number and what follows: `Pixels:9/planes` is Pixels, 9, `/planes`. */
export function refKey(ref: string): RefKey {
  const colon = ref.indexOf(':');
  const after = ref.slice(colon + 1);
  const digits = /^\d{1,15}/.exec(after)?.[0] ?? '';
  return {
    type: colon < 0 ? '' : ref.slice(0, colon),
    number: digits === '' ? Number.POSITIVE_INFINITY : Number(digits),
    rest: after.slice(digits.length),
  };
}

/** Order of two keys: type, number, rest, each by code units. */
export function compareRefKeys(a: RefKey, b: RefKey): number {
  if (a.type !== b.type) return a.type < b.type ? -1 : 1;
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  return a.rest === b.rest ? 0 : a.rest < b.rest ? -1 : 1;
}

/** The order of rows in an audit: by reference with numbers as numbers, then by IRI. */
export function compareObjects(
  a: { readonly ref: string; readonly node: string },
  b: { readonly ref: string; readonly node: string },
): number {
  const order = a.ref === b.ref ? 0 : compareRefKeys(refKey(a.ref), refKey(b.ref));
  return order !== 0 || a.node === b.node ? order : a.node < b.node ? -1 : 1;
}

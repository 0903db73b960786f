/** Shortens IRIs to prefixed names. */
export interface PrefixedNames {
  /** `core:Image`, or undefined when no prefix fits. */
  short(iri: string): string | undefined;
  /** The prefixes of the names that were given so far, sorted. */
  used(): (readonly [prefix: string, namespace: string])[];
}

/** What every syntax takes as a local name without escapes. */
const LOCAL = /^[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;
const NO_LOCAL = /[^A-Za-z0-9_.-](?=[A-Za-z0-9_.-]*$)/;

/** Names under these prefixes; prefixes that are no NCName are left out, of two for one namespace the first by name is taken. */
export function prefixedNames(prefixes: Readonly<Record<string, string>>): PrefixedNames {
  const byNamespace = new Map(
    Object.entries(prefixes)
      .filter(([prefix]) => /^[A-Za-z][A-Za-z0-9_-]*$/.test(prefix))
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([prefix, namespace]) => [namespace, prefix] as const),
  );
  const cache = new Map<string, string | undefined>();
  const used = new Map<string, string>();
  const find = (iri: string): string | undefined => {
    const at = iri.search(NO_LOCAL) + 1;
    const prefix = byNamespace.get(iri.slice(0, at));
    if (prefix === undefined || !LOCAL.test(iri.slice(at))) return undefined;
    used.set(prefix, iri.slice(0, at));
    return `${prefix}:${iri.slice(at)}`;
  };
  return {
    short: (iri) => {
      if (!cache.has(iri)) cache.set(iri, find(iri));
      return cache.get(iri);
    },
    used: () => [...used].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** An entity of a crate's `@graph` (RO-Crate: flattened, compacted JSON-LD). */
export type CrateEntity = { readonly '@id': string; readonly '@type': string | readonly string[] } & Readonly<
  Record<string, unknown>
>;

export interface Reference {
  readonly '@id': string;
}

export function ref(id: string): Reference {
  return { '@id': id };
}

/** A list, or nothing when it is empty. */
export function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** An entity with those properties that have a value. */
export function entity(
  id: string,
  type: string | readonly string[],
  properties: Readonly<Record<string, unknown>>,
): CrateEntity {
  const said = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
  return { '@id': id, '@type': type, ...Object.fromEntries(said) };
}

/** A relative path as an `@id`: each part percent-encoded (RO-Crate 1.2, section 4.2). */
export function pathId(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

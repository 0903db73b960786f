import { OmegraphError } from '../errors.js';
import type { ObjectRef } from '../ome/model.js';
import type { Containers } from './containers.js';

/** Which objects an export of some roots takes: the roots, what is below them, and the containers above them. */
export interface Selection {
  /** Whether everything is taken. */
  readonly all: boolean;
  /** A root or something below one. */
  includes(ref: ObjectRef, parents: readonly ObjectRef[]): boolean;
  /** A Project, Dataset, Screen or Plate above a root. */
  isAbove(ref: ObjectRef): boolean;
  /** Notes that an object exists. */
  seen(ref: ObjectRef): void;
  /** @throws OmegraphError `input` when a root of these types (or any, when none are given) was not seen. */
  assertSeen(types?: readonly string[]): void;
}

/** The selection of `roots`; what is above them is known once the containers are. */
export function selection(roots: readonly ObjectRef[], containers: Containers, sourceName: string): Selection {
  const wanted = new Set<string>(roots);
  const unseen = new Set<string>(roots);
  const memo = new Map<string, boolean>();
  let above: Set<string> | undefined;
  const climb = (refs: readonly ObjectRef[], into: Set<string>): Set<string> => {
    for (const ref of refs) {
      for (const parent of containers.parents(ref)) {
        if (into.has(parent)) continue;
        into.add(parent);
        climb([parent], into);
      }
    }
    return into;
  };
  const includes = (ref: ObjectRef, parents: readonly ObjectRef[]): boolean => {
    if (wanted.size === 0 || wanted.has(ref)) return true;
    const known = parents.length === 0 ? memo.get(ref) : undefined;
    if (known !== undefined) return known;
    const keep = parents.length === 0 && !ref.startsWith('Image:');
    if (keep) memo.set(ref, false);
    const found = [...parents, ...containers.parents(ref)].some((parent) => parent !== ref && includes(parent, []));
    if (keep) memo.set(ref, found);
    return found;
  };
  return {
    all: wanted.size === 0,
    includes,
    isAbove(ref) {
      above ??= climb(roots, new Set());
      return above.has(ref);
    },
    seen: (ref) => void unseen.delete(ref),
    assertSeen(types) {
      const missing = [...unseen].find((ref) => types === undefined || types.includes(ref.slice(0, ref.indexOf(':'))));
      if (missing === undefined) return;
      throw new OmegraphError('input', {
        where: sourceName,
        wrong: 'there is no such object in the source',
        found: missing,
        remedy: 'export everything once to see the ids, or leave the object out',
      });
    },
  };
}

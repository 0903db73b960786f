import type { Annotation, ObjectRef, OmeRecord } from '../ome/model.js';
import { annotationShelf } from './annotationShelf.js';
import type { ContainerSet, Containers } from './containers.js';
import { links, type RefCodes } from './linkIndex.js';

/** Ties the annotations of one document to what carries them, whichever comes first. */
export interface DocumentAnnotations {
  /** An object or part carries annotations, by their keys. */
  carry(target: ObjectRef, keys: readonly string[], set: ContainerSet): void;
  /** The carriers of an annotation known so far, with all their containers. */
  carriers(key: string): { readonly targets: readonly ObjectRef[]; readonly set: ContainerSet | undefined };
  /** The containers of the carriers known so far. */
  where(key: string): ContainerSet | undefined;
  /** An annotation that is wanted, in its containers: it is told to those that carry it, now and later. */
  body(key: string, annotation: Annotation, set: ContainerSet | undefined): void;
  /** Annotations that nothing carries, and the number of references without an annotation with one of their keys. */
  loose(): Iterable<Annotation>;
  dangling(): { readonly count: number; readonly first: string } | undefined;
  close(): void;
}

/**
 * In the schema's order references come before annotations, so the links (numbers, 44 to 84 bytes each) are kept until the body
 * comes. A body stays at hand only where nothing refers to it yet, or where something behind it may (`later`).
 */
export function documentAnnotations(
  codes: RefCodes,
  containers: Containers,
  later: boolean,
  emit: (record: OmeRecord & { kind: 'annotated' }) => void,
): DocumentAnnotations {
  const waiting = links();
  const shelf = annotationShelf(codes);
  const tell = (annotation: Annotation, targets: readonly ObjectRef[], set: ContainerSet): void =>
    emit({ kind: 'annotated', annotation, targets, containers: containers.refs(set) });
  const groupsOf = (key: string): ReadonlyMap<ContainerSet, ReadonlySet<ObjectRef>> => {
    const groups = new Map<ContainerSet, Set<ObjectRef>>();
    const code = codes.known(key);
    if (code === undefined) return groups;
    waiting.each(code, (target, where) => {
      const targets = groups.get(where) ?? new Set();
      groups.set(where, targets);
      targets.add(codes.ref(target) as ObjectRef);
    });
    return groups;
  };
  const unionOf = (groups: ReadonlyMap<ContainerSet, unknown>): ContainerSet | undefined => {
    const [first, ...more] = groups.keys();
    return first === undefined ? undefined : more.reduce(containers.union, first);
  };
  return {
    carry(target, keys, set) {
      for (const key of keys) {
        const annotation = shelf.take(key);
        if (annotation !== undefined) tell(annotation, [target], set);
        else waiting.add(codes.code(key), codes.code(target), set);
      }
    },
    carriers(key) {
      const groups = groupsOf(key);
      const code = codes.known(key);
      if (code !== undefined) waiting.use(code);
      return { targets: [...new Set([...groups.values()].flatMap((targets) => [...targets]))], set: unionOf(groups) };
    },
    where: (key) => unionOf(groupsOf(key)),
    body(key, annotation, set) {
      if (later || set === undefined) shelf.put(key, annotation);
      if (set === undefined) return;
      if (later) shelf.take(key);
      const groups = groupsOf(key);
      // A container says nothing of what carries the annotation elsewhere.
      for (const [where, targets] of groups) tell(annotation, [...targets], where);
      if (unionOf(groups) !== set) tell(annotation, [], set);
    },
    loose: () => shelf.untaken(),
    dangling() {
      const [first, ...more] = waiting.unused();
      return first === undefined ? undefined : { count: more.length + 1, first: codes.ref(first) };
    },
    close: () => shelf.close(),
  };
}

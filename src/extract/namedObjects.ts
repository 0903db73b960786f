import type { ContainerRef, ObjectRef, OmeObject, OmeRecord } from '../ome/model.js';
import type { NamedTarget } from './csv/csvContext.js';
import { ANNOTATED_TYPES, type AnnotatedType } from './csv/keyValueFile.js';

/** An object that a run publishes. */
export interface NamedObject {
  readonly ref: ObjectRef;
  /** The label of a well (`A1`), the name of any other object. */
  readonly name: string | undefined;
  readonly containers: readonly ContainerRef[];
}

/** What an object that was named turned out to be. */
export type Resolved =
  | { readonly kind: 'object'; readonly object: NamedObject }
  | { readonly kind: 'unknown'; readonly hint: string | undefined }
  | { readonly kind: 'ambiguous'; readonly refs: readonly ObjectRef[] };

/** Finds the objects that are asked for among those that pass by. */
export interface NamedObjects {
  /** Asks for an object, before any passes. */
  want(target: NamedTarget): void;
  /** Learns of an object; keeps nothing of those that nobody asked for. */
  see(record: OmeRecord): void;
  /** The one object that was asked for, once all have passed. */
  resolve(target: NamedTarget): Resolved;
}

interface Facts {
  readonly type: AnnotatedType;
  name: string | undefined;
  readonly containers: Set<ContainerRef>;
}

/** Objects of one name that are told apart by what they lie in; of a more frequent name none is unique. */
const SAME_NAME = 10_000;
/** Runs are not between an image and its plate in the stream, so they tell no image from another. */
const NEVER_BETWEEN: AnnotatedType = 'PlateAcquisition';

/** An index that nobody asked anything of; its memory grows with what is asked for. */
export function namedObjects(): NamedObjects {
  /** Those that are asked for by id, with what is known of them. */
  const wanted = new Map<ObjectRef, Facts | undefined>();
  /** Types that have an id, by the id. */
  const byId = new Map<string, Set<AnnotatedType>>();
  const byName = new Map<string, Map<ObjectRef, Facts>>();
  /** Names of what objects lie in, with the refs that have them. */
  const around = new Map<string, Set<ObjectRef>>();
  const up = new Map<ObjectRef, Set<ObjectRef>>();
  let climbs = false;
  /** Whether images are told apart by wells, plates or screens. */
  let onPlates = false;

  const link = (child: ObjectRef, parent: ObjectRef): void => {
    const parents = up.get(child) ?? new Set();
    up.set(child, parents);
    parents.add(parent);
  };
  const liesIn = (ref: ObjectRef, these: ReadonlySet<ObjectRef>, seen: Set<ObjectRef> = new Set()): boolean =>
    [...(up.get(ref) ?? [])].some((parent) => {
      if (these.has(parent)) return true;
      if (seen.has(parent)) return false;
      seen.add(parent);
      return liesIn(parent, these, seen);
    });
  const fits = (ref: ObjectRef, { within }: NamedTarget): boolean =>
    within.every(({ type, name }) => type === NEVER_BETWEEN || liesIn(ref, around.get(keyOf(type, name)) ?? new Set()));
  const learn = (facts: Facts | undefined, type: AnnotatedType, name: string | undefined, at: OmeRecord): Facts => {
    const known = facts ?? { type, name, containers: new Set() };
    known.name ??= name;
    for (const container of at.containers) known.containers.add(container);
    return known;
  };
  const shown = (ref: ObjectRef, { name, containers }: Facts): NamedObject => ({
    ref,
    name,
    containers: [...containers].sort(),
  });

  return {
    want({ ref, type, name, within }) {
      if (ref !== undefined) {
        wanted.set(ref, undefined);
        byId.set(ref.slice(ref.indexOf(':') + 1), new Set());
        return;
      }
      if (name !== undefined) byName.set(keyOf(type, name), new Map());
      for (const outer of within) {
        climbs = true;
        onPlates ||= type === 'Image' && /^(?:Well|Plate|Screen)$/.test(outer.type);
        around.set(keyOf(outer.type, outer.name), new Set());
      }
    },
    see(record) {
      if (record.kind !== 'object') return;
      const { object, parents } = record;
      const type = ANNOTATED_TYPES.find((known) => known === object.type);
      if (type === undefined) return;
      const name = nameOf(object);
      byId.get(object.ref.slice(object.ref.indexOf(':') + 1))?.add(type);
      if (wanted.has(object.ref)) wanted.set(object.ref, learn(wanted.get(object.ref), type, name, record));
      const key = name === undefined ? undefined : keyOf(type, name);
      const same = key === undefined ? undefined : byName.get(key);
      if (same !== undefined && (same.size <= SAME_NAME || same.has(object.ref)))
        same.set(object.ref, learn(same.get(object.ref), type, name, record));
      if (!climbs) return;
      if (key !== undefined) around.get(key)?.add(object.ref);
      const isBetween = type === 'Well' ? onPlates : type !== 'Image';
      if (isBetween || same !== undefined) for (const parent of parents) link(object.ref, parent);
      if (object.type === 'Well' && onPlates)
        for (const { image } of object.wellSamples) if (image !== undefined) link(image, object.ref);
    },
    resolve(target) {
      const { ref, type, name } = target;
      if (ref !== undefined) {
        const facts = wanted.get(ref);
        if (facts !== undefined) return { kind: 'object', object: shown(ref, facts) };
        const others = [...(byId.get(ref.slice(ref.indexOf(':') + 1)) ?? [])];
        return {
          kind: 'unknown',
          hint: others.length > 0 ? `there is a ${others.join(', a ')} with this id` : undefined,
        };
      }
      const all = [...(byName.get(keyOf(type, name ?? '')) ?? [])];
      const found = all.length > SAME_NAME ? all : all.filter(([candidate]) => fits(candidate, target));
      const [first] = found;
      if (first === undefined)
        return { kind: 'unknown', hint: all.length > 0 ? 'one of this name lies elsewhere' : undefined };
      if (found.length > 1) return { kind: 'ambiguous', refs: found.slice(0, 3).map(([candidate]) => candidate) };
      return { kind: 'object', object: shown(...first) };
    },
  };
}

/** Names are the same whichever way their letters are composed; the labels of wells also as `a01`. */
function keyOf(type: AnnotatedType, name: string): string {
  const well = type === 'Well' ? /^([A-Za-z]{1,2})0*([1-9]\d{0,3})$/.exec(name.trim()) : null;
  return `${type}\n${well === null ? name.normalize('NFC').trim() : `${well[1]?.toUpperCase()}${well[2]}`}`;
}

function nameOf(object: OmeObject): string | undefined {
  if (object.type !== 'Well') return 'name' in object ? object.name : undefined;
  const { row, column } = object;
  return row === undefined || column === undefined ? undefined : `${letters(row)}${column + 1}`;
}

/** Letters of the row of a plate: 0 → A, 26 → AA. */
function letters(row: number): string {
  const last = String.fromCharCode(65 + (row % 26));
  return row < 26 ? last : letters(Math.floor(row / 26) - 1) + last;
}

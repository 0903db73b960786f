import { createHash } from 'node:crypto';
import type { Annotation, ObjectRef, OmeObject, OmeRecord } from '../model.js';
import { writableAnnotation } from './annotationTree.js';
import type { Surroundings } from './pen.js';
import { ANNOTATABLE, LINKS, NESTED_IN, typeOf } from './places.js';
import type { Spool } from './spool.js';
import { type Rules, writable } from './writable.js';

/** The topic of the spool that holds all annotations. */
export const ANNOTATIONS = 'annotations';
/** The topic of an object: its type, with the object it stands in where it is nested (`Well Plate:1`). */
export const topicOf = (type: string, holder?: ObjectRef): string =>
  holder === undefined ? type : `${type} ${holder}`;

/**
 * Reads all records into the spool, by type, and learns who refers to whom. Objects and annotations go to disk beyond the
 * spool's limit; the references (a few dozen bytes each) stay in memory.
 */
export async function collect(
  records: Iterable<OmeRecord> | AsyncIterable<OmeRecord>,
  spool: Spool<OmeObject | Annotation>,
  rules: Rules,
): Promise<Surroundings> {
  const written = new Map<ObjectRef, number>();
  const links: RefLists = new Map();
  const annotations: RefLists = new Map();

  const isNew = (item: OmeObject | Annotation): boolean => {
    const digest = createHash('sha1').update(JSON.stringify(item)).digest().readUIntBE(0, 6);
    const before = written.get(item.ref);
    if (before !== undefined && before !== digest) rules.report('id-duplicate', item.ref);
    written.set(item.ref, before ?? digest);
    return before === undefined;
  };
  const annotate = async (annotation: Annotation, targets: readonly ObjectRef[]): Promise<void> => {
    if (!writableAnnotation(annotation, rules)) return;
    if (isNew(annotation)) await spool.add(ANNOTATIONS, annotation);
    for (const target of targets) addTo(annotations, target, annotation.ref);
  };
  const link = (parent: ObjectRef, child: ObjectRef): void => {
    if (LINKS[`${typeOf(parent)} ${typeOf(child)}`] !== undefined) addTo(links, parent, child);
  };

  for await (const record of records) {
    if (record.kind === 'annotated') {
      await annotate(record.annotation, record.targets);
      continue;
    }
    const object = writable(record.object, rules);
    if (object === undefined) continue;
    for (const annotation of record.annotations) await annotate(annotation, [object.ref]);
    for (const parent of record.parents) link(parent, object.ref);
    for (const part of record.parts) link(object.ref, part);
    const holderType = NESTED_IN[object.type];
    const holder = record.parents.find((parent) => typeOf(parent) === holderType);
    if (holderType !== undefined && holder === undefined) {
      rules.report('ome-xml-incomplete', object.ref, { detail: holderType });
    } else if (isNew(object)) {
      await spool.add(topicOf(object.type, holder), object);
      for (const part of partsOf(object)) written.set(part, 0);
    }
  }

  reportLost(spool, written, links, annotations, rules);
  return {
    ...rules,
    known: (ref) => written.has(ref),
    forget: (ref) => void written.delete(ref),
    linked: (parent) => refsOf(links.get(parent)),
    annotations: (target) => refsOf(annotations.get(target)),
  };
}

/** Most objects have one link of a kind: a list of their own for it would cost more than the link. */
type RefList = ObjectRef | Set<ObjectRef>;
type RefLists = Map<ObjectRef, RefList>;

const refsOf = (list: RefList | undefined): Iterable<ObjectRef> =>
  list === undefined ? [] : typeof list === 'string' ? [list] : list;

function addTo(map: RefLists, key: ObjectRef, value: ObjectRef): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, value);
  else if (typeof list !== 'string') list.add(value);
  else if (list !== value) map.set(key, new Set([list, value]));
}

/** Objects with ids of their own that are written inside another one. */
function partsOf(object: OmeObject): ObjectRef[] {
  switch (object.type) {
    case 'Image':
      return object.pixels === undefined ? [] : [object.pixels.ref, ...object.pixels.channels.map(({ ref }) => ref)];
    case 'ROI':
      return object.shapes.map(({ ref }) => ref);
    case 'Well':
      return object.wellSamples.map(({ ref }) => ref);
    case 'Experiment':
      return (object.microbeamManipulations ?? []).map(({ ref }) => ref);
    case 'Instrument':
      return [
        object.lightSources,
        object.detectors,
        object.objectives,
        object.filterSets,
        object.filters,
        object.dichroics,
      ].flatMap((components) => (components ?? []).map(({ ref }) => ref));
    default:
      return [];
  }
}

/** Says which facts hang on objects that are not among the records, or that cannot carry them. */
function reportLost(
  spool: Spool<unknown>,
  written: ReadonlyMap<ObjectRef, number>,
  links: RefLists,
  annotations: RefLists,
  rules: Rules,
): void {
  for (const [parent, list] of links) {
    if (written.has(parent)) continue;
    const children = [...refsOf(list)];
    rules.report('ome-reference-dangling', parent, { detail: children[0], count: children.length });
  }
  for (const [target, list] of annotations) {
    const carried = [...refsOf(list)];
    if (!ANNOTATABLE.has(typeOf(target))) for (const _ of carried) rules.noPlace(`annotation of a ${typeOf(target)}`);
    else if (!written.has(target)) {
      rules.report('ome-reference-dangling', target, { detail: carried[0], count: carried.length });
    }
  }
  for (const topic of spool.topics()) {
    const blank = topic.indexOf(' ');
    const holder = topic.slice(blank + 1) as ObjectRef;
    if (blank > 0 && !written.has(holder))
      rules.report('ome-reference-dangling', holder, { detail: topic.slice(0, blank) });
  }
}

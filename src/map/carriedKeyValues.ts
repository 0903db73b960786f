import type { KeyValue } from '../ome/model.js';
import { type Iris } from '../rdf/iris.js';
import { nquadsReader } from '../rdf/nquadsReader.js';
import { RDFS } from '../rdf/vocabulary.js';
import { CORE } from './graphTerms.js';
import { isServerId } from './links.js';

/** Objects that omero-scripts can give key-values to. */
export const CARRIERS = ['Project', 'Dataset', 'Screen', 'Plate', 'PlateAcquisition', 'Well', 'Image'] as const;
export type Carrier = (typeof CARRIERS)[number];

/** An object of a server with the key-values and tags that it carries itself. */
export interface CarriedKeyValues {
  readonly id: string;
  readonly name: string;
  /** Map annotations in the order of their ids. */
  readonly annotations: readonly { readonly namespace: string | undefined; readonly pairs: readonly KeyValue[] }[];
  /** Names of tags, with the name of their set where they are in one. */
  readonly tags: readonly { readonly name: string; readonly set: string | undefined }[];
}

/** What a container's graph says of its objects' key-values. */
export interface ContainerKeyValues {
  /** Objects of each type by id; those without a key-value and tag are left out. */
  readonly objects: ReadonlyMap<Carrier, readonly CarriedKeyValues[]>;
  /** Objects with key-values that have no id of a server, and those of types that omero-scripts do not know. */
  readonly without: { readonly serverId: number; readonly type: number };
}

interface Annotation {
  namespace: string | undefined;
  /** The text of a tag. */
  label: string | undefined;
  readonly pairs: [string, string][];
  readonly on: string[];
}

/** What a line must have to be looked at. */
const WANTED = [CORE.hasAnnotation, CORE.namespace, CORE.key, CORE.value, RDFS.label].map(
  (term) => `> <${term.value}> `,
);
const TAG_SET = 'openmicroscopy.org/omero/insight/tagset';

/** Reads the key-values of a container off the lines of its graph (docs/graph.md). Memory grows with what the container has of them. */
export async function carriedKeyValues(lines: AsyncIterable<string>, iris: Iris): Promise<ContainerKeyValues> {
  const annotations = new Map<string, Annotation>();
  const names = new Map<string, string>();
  const reader = nquadsReader();
  const at = (iri: string): Annotation => {
    const known = annotations.get(iri) ?? { namespace: undefined, label: undefined, pairs: [], on: [] };
    annotations.set(iri, known);
    return known;
  };
  for await (const line of lines) {
    if (!WANTED.some((part) => line.includes(part))) continue;
    const quad = reader.quad(line);
    if (quad === undefined) continue;
    const subject = quad.subject.value;
    const { value: text } = quad.object;
    const [, annotation, index] = ENTRY.exec(subject) ?? [];
    const predicate = quad.predicate.value;
    if (predicate === CORE.hasAnnotation.value) {
      if (/\/(?:Map|Tag)Annotation\/[^/]+$/.test(text)) at(text).on.push(subject);
    } else if (predicate === CORE.namespace.value) at(subject).namespace = text;
    else if (predicate === RDFS.label.value) {
      if (subject.includes('/TagAnnotation/')) at(subject).label = text;
      else if (refOf(subject, iris) !== undefined) names.set(subject, text);
    } else if (annotation !== undefined) {
      const pair = (at(annotation).pairs[Number(index)] ??= ['', '']);
      pair[predicate === CORE.key.value ? 0 : 1] = text;
    }
  }
  return byType(annotations, names, iris);
}

const ENTRY = /^(.*\/MapAnnotation\/[^/]+)\/entry\/(\d+)$/;

function refOf(iri: string, iris: Iris): { readonly type: string; readonly id: string } | undefined {
  if (!iri.startsWith(`${iris.base}/`)) return undefined;
  const [type = '', id = '', more] = iri.slice(iris.base.length + 1).split('/');
  return more === undefined && id !== '' ? { type, id } : undefined;
}

function byType(
  annotations: ReadonlyMap<string, Annotation>,
  names: ReadonlyMap<string, string>,
  iris: Iris,
): ContainerKeyValues {
  const found = new Map<string, { annotations: [string, Annotation][]; tags: CarriedKeyValues['tags'][number][] }>();
  for (const [iri, annotation] of annotations) {
    const set = annotation.on.map((carrier) => annotations.get(carrier)).find((other) => other?.namespace === TAG_SET);
    for (const carrier of annotation.on) {
      if (annotations.has(carrier)) continue;
      const object = found.get(carrier) ?? { annotations: [], tags: [] };
      found.set(carrier, object);
      if (annotation.label !== undefined) object.tags.push({ name: annotation.label, set: set?.label });
      else if (annotation.pairs.length > 0) object.annotations.push([iri, annotation]);
    }
  }
  const objects = new Map<Carrier, CarriedKeyValues[]>();
  const without = { serverId: 0, type: 0 };
  for (const [iri, { annotations: own, tags }] of found) {
    if (own.length + tags.length === 0) continue;
    const ref = refOf(iri, iris);
    const type = CARRIERS.find((carrier) => carrier === ref?.type);
    if (ref === undefined || type === undefined) without.type += 1;
    else if (!isServerId(ref.id)) without.serverId += 1;
    else {
      const list = objects.get(type) ?? [];
      objects.set(type, list);
      list.push({
        id: ref.id,
        name: names.get(iri) ?? '',
        annotations: own
          .sort(([a], [b]) => byId(lastPart(a), lastPart(b)))
          .map(([, { namespace, pairs }]) => ({ namespace, pairs: pairs.filter((pair) => pair !== undefined) })),
        tags: tags.sort((a, b) => (a.name < b.name ? -1 : 1)),
      });
    }
  }
  for (const list of objects.values()) list.sort((a, b) => byId(a.id, b.id));
  return { objects, without };
}

const lastPart = (iri: string): string => iri.slice(iri.lastIndexOf('/') + 1);
/** Numbers by size, before other ids. */
const byId = (a: string, b: string): number =>
  isServerId(a) && isServerId(b) ? Number(a) - Number(b) : a < b ? -1 : Number(a !== b);

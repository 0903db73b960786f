import {
  type Column,
  type ContainerGraph,
  NO_TERM,
  TERM_KIND,
  type TermId,
} from '../../graph/columns/containerGraph.js';
import { PREFIXES, RDF, RDFS } from '../../rdf/vocabulary.js';
import type { ObjectLabel } from '../model.js';
import { refOf } from '../stored/refs.js';

/** A dataset or plate of a container. */
export interface Part {
  readonly id: TermId;
  readonly type: 'Dataset' | 'Plate';
}

/** Where an object sits in its container. */
export interface Place {
  /** The image it is or belongs to, or `NO_TERM`. */
  readonly image: TermId;
  /** Places in `parts` of the datasets and plates it is or belongs to; shared between objects. */
  readonly parts: readonly number[];
  /** Group and owner, its own or of the nearest thing above it; `NO_TERM` where none is stated. */
  readonly group: TermId;
  readonly owner: TermId;
}

/** The objects of a container: what they are called and where they sit. */
export interface ContainerSpace {
  readonly images: Uint32Array;
  /** In the order of their references. */
  readonly parts: readonly Part[];
  place(id: TermId): Place;
  object(id: TermId): ObjectLabel;
  /** Its IRI, or the name of a blank node. */
  node(id: TermId): string;
  /** `Image:1461`. */
  reference(id: TermId): string;
  /** Name of the OME type, '' where there is none. */
  typeOf(id: TermId): string;
  /** Nodes of `core:{type}`. */
  instances(type: string): Uint32Array;
  /** The objects and everything in them (`dcterms:isPartOf`, any number of steps). */
  within(ids: Iterable<TermId>): ReadonlySet<TermId>;
}

const NONE = new Uint32Array();

/** Reads the places of a container's objects; nothing is remembered but what is shared, so memory is that of the columns. */
export function containerSpace(graph: ContainerGraph): ContainerSpace {
  const { terms } = graph;
  const types = graph.columnOf(RDF.type.value);
  const labels = graph.columnOf(RDFS.label.value);
  const isPartOf = graph.columnOf(`${PREFIXES.dcterms}isPartOf`);
  const groups = graph.columnOf(`${PREFIXES.core}experimenter_group`);
  const owners = graph.columnOf(`${PREFIXES.core}experimenter`);
  const typeNames = new Map<TermId, string>();
  const typeName = (type: TermId): string => {
    let name = typeNames.get(type);
    if (name === undefined) {
      const iri = terms.value(type);
      name = iri.startsWith(PREFIXES.core) ? iri.slice(PREFIXES.core.length) : '';
      typeNames.set(type, name);
    }
    return name;
  };
  const instances = (type: string): Uint32Array => {
    if (types === undefined) return NONE;
    const id = [...distinct(types.inverse.subjects)].find((t) => typeName(t) === type);
    if (id === undefined) return NONE;
    const { inverse } = types;
    const start = inverse.first(id);
    let end = start;
    while (inverse.subjects[end] === id) end += 1;
    return inverse.objects.subarray(start, end);
  };
  const nodeOf = (id: TermId): string =>
    terms.kind(id) === TERM_KIND.blank ? `_:${terms.value(id)}` : terms.value(id);
  const object = (id: TermId): ObjectLabel => {
    const node = nodeOf(id);
    const ref = refOf(node);
    return { node, ref, label: labelOf(graph, labels, id) ?? ref };
  };
  const partIds = (['Dataset', 'Plate'] as const).flatMap((type) =>
    Array.from(instances(type), (id) => ({ id, type, ref: refOf(terms.value(id)) })),
  );
  const parts: Part[] = partIds.sort((a, b) => byRef.compare(a.ref, b.ref)).map(({ id, type }) => ({ id, type }));
  const partNumber = new Map(parts.map(({ id }, i) => [id, i]));
  const images = instances('Image');
  const imageIds = idsOf(images, terms.size);
  const partSets = new Map<string, readonly number[]>([['', []]]);
  const first = (column: Column | undefined, id: TermId): TermId => {
    const at = column?.first(id) ?? -1;
    return at < 0 ? NO_TERM : (column?.objects[at] ?? NO_TERM);
  };
  const place = (id: TermId): Place => {
    let image = NO_TERM;
    let group = NO_TERM;
    let owner = NO_TERM;
    let within = '';
    for (const at of closure(isPartOf, [id])) {
      if (image === NO_TERM && imageIds[at] === 1) image = at;
      if (group === NO_TERM) group = first(groups, at);
      if (owner === NO_TERM) owner = first(owners, at);
      const part = partNumber.get(at);
      if (part !== undefined) within += `${part} `;
    }
    let set = partSets.get(within);
    if (set === undefined) {
      set = within.trim().split(' ').map(Number);
      partSets.set(within, set);
    }
    return { image, parts: set, group, owner };
  };
  return {
    images,
    parts,
    place,
    object,
    node: nodeOf,
    reference: (id) => refOf(nodeOf(id)),
    typeOf(id) {
      for (let at = types?.first(id) ?? -1; at >= 0 && types?.subjects[at] === id; at += 1) {
        const name = typeName(types.objects[at] ?? NO_TERM);
        if (name !== '') return name;
      }
      return '';
    },
    instances,
    within: (ids) => new Set(closure(isPartOf?.inverse, [...ids])),
  };
}

const byRef = new Intl.Collator('en', { numeric: true });

/** Nodes reached over any number of steps, the nearest first; cycles end. */
function closure(column: Column | undefined, from: TermId[]): TermId[] {
  const found = from;
  let seen: Set<TermId> | undefined;
  for (let next = 0; next < found.length; next += 1) {
    const id = found[next] ?? NO_TERM;
    for (let at = column?.first(id) ?? -1; at >= 0 && column?.subjects[at] === id; at += 1) {
      const above = column.objects[at] ?? NO_TERM;
      // few nodes lie above an object, many below a container
      if (seen === undefined && found.length > 16) seen = new Set(found);
      if (seen?.has(above) ?? found.includes(above)) continue;
      seen?.add(above);
      found.push(above);
    }
  }
  return found;
}

/** The label; the first in the order of code units where there are several, so that reports compare. */
function labelOf(graph: ContainerGraph, labels: Column | undefined, id: TermId): string | undefined {
  let label: string | undefined;
  for (let at = labels?.first(id) ?? -1; at >= 0 && labels?.subjects[at] === id; at += 1) {
    const text = graph.terms.value(labels.objects[at] ?? NO_TERM);
    if (label === undefined || text < label) label = text;
  }
  return label;
}

function idsOf(ids: Uint32Array, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (const id of ids) marks[id] = 1;
  return marks;
}

function* distinct(sorted: Uint32Array): Generator<number> {
  for (let i = 0; i < sorted.length; i += 1) if (i === 0 || sorted[i] !== sorted[i - 1]) yield sorted[i] ?? 0;
}

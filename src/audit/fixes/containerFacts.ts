import { DataFactory } from 'n3';
import { type ContainerGraph, NO_TERM, type TermId } from '../../graph/columns/containerGraph.js';
import { PREFIXES, RDFS } from '../../rdf/vocabulary.js';
import { firstOf, objectsOf, subjectsOf } from '../columnValues.js';

/** Objects that key-values can be given to from a CSV file (omero-scripts 5.8.4), from the outermost in. */
export const FIX_TYPES = ['Project', 'Screen', 'Dataset', 'Plate', 'PlateAcquisition', 'Well', 'Image'] as const;
export type FixType = (typeof FIX_TYPES)[number];

/** A key-value pair as the graph has it (docs/graph.md, layers 1 and 2). */
export interface StatedPair {
  /** Its place in the annotation, so that its IRI is `{annotation}/entry/{index}`. */
  readonly index: number;
  readonly key: string;
  readonly value: string;
  /** IRI of the field that the key means; undefined when it means none. */
  readonly field: string | undefined;
  /** IRIs of the terms that the value was grounded to. */
  readonly terms: readonly string[];
  /** Whether a mapping row says what the value is, or that no term names it. */
  readonly settled: boolean;
}

/** A map annotation, shared by all objects that carry it. */
export interface StatedAnnotation {
  readonly node: string;
  readonly namespace: string | undefined;
  /** File and line of the CSV of key-values that it came from (docs/key-values.md): it is to be mended there. */
  readonly csv?: string | undefined;
  readonly pairs: readonly StatedPair[];
}

/** An object that can carry key-values, with what it carries itself and what it lies in. */
export interface FixObject {
  readonly node: string;
  /** `Image:1461`. */
  readonly ref: string;
  readonly type: FixType;
  readonly name: string;
  /** Project of a dataset; dataset, or well, of an image; runs are no parents. */
  readonly parents: readonly FixObject[];
  readonly children: readonly FixObject[];
  /** In the order of their ids. */
  readonly annotations: readonly StatedAnnotation[];
}

/** Whether an object has an id of OMERO's; those of files have another. */
export const isOfServer = ({ ref }: Pick<FixObject, 'ref'>): boolean => /:\d{1,15}$/.test(ref);

const IS_PART_OF = `${PREFIXES.dcterms}isPartOf`;
const HAS_ANNOTATION = `${PREFIXES.core}hasAnnotation`;
const MAP_ENTRY = `${PREFIXES.core}mapEntry`;
const NAMESPACE = `${PREFIXES.core}namespace`;
const INDEX = `${PREFIXES.core}index`;
const KEY = `${PREFIXES.core}key`;
const VALUE = `${PREFIXES.core}value`;
const FIELD = `${PREFIXES.schema}propertyID`;
const TERM = `${PREFIXES.schema}valueReference`;
const SETTLED = `${PREFIXES.omg}valueMapping`;

const COMMENT = `${PREFIXES.rdfs}comment`;
/** Annotations of rows of a CSV: `{base}/MapAnnotation/{scope}.{line}`. */
const OF_CSV = /\/MapAnnotation\/[a-z2-7]{12}\.\d+(?:\.\d+)?$/;

/** What a container's graph has to be read with for its facts. */
export const FACT_PREDICATES: ReadonlySet<string> = new Set([
  ...[
    IS_PART_OF,
    HAS_ANNOTATION,
    MAP_ENTRY,
    NAMESPACE,
    INDEX,
    KEY,
    VALUE,
    FIELD,
    TERM,
    SETTLED,
    COMMENT,
    RDFS.label.value,
  ],
]);

/** Objects of a container by IRI, with their key-values; `nodes` are IRIs that it holds for certain. Memory grows with both. */
export function containerFacts(
  graph: ContainerGraph,
  base: string,
  nodes: Iterable<string>,
): ReadonlyMap<string, FixObject> {
  const { terms } = graph;
  const [partOf, carried, labels] = [IS_PART_OF, HAS_ANNOTATION, RDFS.label.value].map((iri) => graph.columnOf(iri));
  const annotationOf = annotationReader(graph);
  interface Draft extends FixObject {
    parents: readonly FixObject[];
    readonly children: FixObject[];
    annotations: readonly StatedAnnotation[];
  }
  const objects = new Map<string, Draft>();
  const drafts = new Map<TermId, Draft>();
  const draftOf = (id: TermId, node?: string): Draft | undefined => {
    const known = drafts.get(id);
    if (known !== undefined) return known;
    const made = draft(node ?? terms.value(id), id);
    if (made !== undefined) drafts.set(id, made);
    return made;
  };
  const draft = (node: string, id: TermId): Draft | undefined => {
    const { type, ref } = placeOf(node, base) ?? {};
    const known = FIX_TYPES.find((t) => t === type);
    if (known === undefined || ref === undefined) return undefined;
    const label = id === NO_TERM ? undefined : firstOf(labels, id);
    const name = label === undefined ? '' : terms.value(label);
    const made: Draft = { node, ref, type: known, name, parents: [], children: [], annotations: [] };
    objects.set(node, made);
    return made;
  };
  for (const node of nodes) {
    const id = terms.find(DataFactory.namedNode(node));
    if (id === NO_TERM) draft(node, id);
    else draftOf(id, node);
  }
  const parentsOf = (id: TermId, depth: number): Draft[] =>
    objectsOf(partOf, id).flatMap((whole) => {
      const found = draftOf(whole);
      if (found !== undefined) return found.type === 'PlateAcquisition' ? [] : [found];
      const isField = depth < 2 && placeOf(terms.value(whole), base)?.type === 'WellSample';
      return isField ? parentsOf(whole, depth + 1) : [];
    });
  for (const id of subjectsOf(partOf)) {
    const child = draftOf(id);
    if (child === undefined) continue;
    const parents = [...new Set(parentsOf(id, 0))];
    child.parents = parents;
    for (const parent of parents) parent.children.push(child);
  }
  for (const id of subjectsOf(carried)) {
    const found = objectsOf(carried, id).flatMap((annotation) => annotationOf(annotation) ?? []);
    const carrier = found.length > 0 ? draftOf(id) : undefined;
    if (carrier !== undefined) carrier.annotations = found.toSorted((a, b) => byId.compare(a.node, b.node));
  }
  return objects;
}

const byId = new Intl.Collator('en', { numeric: true });

function annotationReader(graph: ContainerGraph): (id: TermId) => StatedAnnotation | undefined {
  const { terms } = graph;
  const [entries, namespaces, indexes] = [MAP_ENTRY, NAMESPACE, INDEX].map((iri) => graph.columnOf(iri));
  const [keys, values, fields] = [KEY, VALUE, FIELD].map((iri) => graph.columnOf(iri));
  const [references, rows, comments] = [TERM, SETTLED, COMMENT].map((iri) => graph.columnOf(iri));
  const known = new Map<TermId, StatedAnnotation | undefined>();
  // Keys and values are few, and pairs are many.
  const texts = new Map<TermId, string>();
  const said = (id: TermId): string => {
    const before = texts.get(id);
    if (before !== undefined) return before;
    const made = terms.value(id);
    texts.set(id, made);
    return made;
  };
  const text = (id: TermId | undefined): string | undefined => (id === undefined ? undefined : said(id));
  const read = (id: TermId): StatedAnnotation | undefined => {
    const own = objectsOf(entries, id);
    if (own.length === 0) return undefined;
    const pairs = own
      .map((entry) => ({
        index: Number(text(firstOf(indexes, entry)) ?? 0),
        key: text(firstOf(keys, entry)) ?? '',
        value: text(firstOf(values, entry)) ?? '',
        field: text(firstOf(fields, entry)),
        terms: objectsOf(references, entry).map(said),
        settled: firstOf(rows, entry) !== undefined,
      }))
      .sort((a, b) => a.index - b.index);
    const node = terms.value(id);
    const comment = OF_CSV.test(node) ? text(firstOf(comments, id)) : undefined;
    const csv = comment !== undefined && /:\d+$/.test(comment) ? comment : undefined;
    return { node, namespace: text(firstOf(namespaces, id)), ...(csv !== undefined && { csv }), pairs };
  };
  return (id) => {
    if (!known.has(id)) known.set(id, read(id));
    return known.get(id);
  };
}

/** Type and reference that an IRI under the base names; undefined for parts and anything else. */
function placeOf(iri: string, base: string): { readonly type: string; readonly ref: string } | undefined {
  if (!iri.startsWith(`${base}/`)) return undefined;
  const [type = '', id = '', more] = iri.slice(base.length + 1).split('/');
  return more === undefined && id !== '' ? { type, ref: `${type}:${decoded(id)}` } : undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

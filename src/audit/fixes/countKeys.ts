import type { ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import { PREFIXES } from '../../rdf/vocabulary.js';
import { firstOf, objectsOf } from '../columnValues.js';

const HAS_ANNOTATION = `${PREFIXES.core}hasAnnotation`;
const MAP_ENTRY = `${PREFIXES.core}mapEntry`;
const NAMESPACE = `${PREFIXES.core}namespace`;
const KEY = `${PREFIXES.core}key`;
const FIELD = `${PREFIXES.schema}propertyID`;

/** What a container's graph has to be read with for its keys. */
export const KEY_PREDICATES: ReadonlySet<string> = new Set([HAS_ANNOTATION, MAP_ENTRY, NAMESPACE, KEY, FIELD]);

/** A key as a site writes it, and how many objects carry it. */
export interface KeyCount {
  readonly namespace: string | undefined;
  readonly key: string;
  count: number;
}

/** Keys by the IRI of the field that they mean, then by namespace and key. */
export type KeyCounts = Map<string, Map<string, KeyCount>>;

/** Adds the keys of a container to the counts. */
export function countKeys(graph: ContainerGraph, counts: KeyCounts): void {
  const { terms } = graph;
  const [carried, entries, namespaces] = [HAS_ANNOTATION, MAP_ENTRY, NAMESPACE].map((iri) => graph.columnOf(iri));
  const [keys, fields] = [KEY, FIELD].map((iri) => graph.columnOf(iri));
  const carriers = new Map<TermId, number>();
  carried?.objects.forEach((annotation) => carriers.set(annotation, (carriers.get(annotation) ?? 0) + 1));
  for (const [annotation, count] of carriers) {
    const said = firstOf(namespaces, annotation);
    const namespace = said === undefined ? undefined : terms.value(said);
    for (const entry of objectsOf(entries, annotation)) {
      const [field, key] = [firstOf(fields, entry), firstOf(keys, entry)];
      if (field === undefined || key === undefined) continue;
      const ofField = counts.get(terms.value(field)) ?? new Map<string, KeyCount>();
      counts.set(terms.value(field), ofField);
      const place = `${namespace ?? ''}\n${terms.value(key)}`;
      const before = ofField.get(place) ?? { namespace, key: terms.value(key), count: 0 };
      before.count += count;
      ofField.set(place, before);
    }
  }
}

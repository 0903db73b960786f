import type { NamedNode, Quad, Store, Term } from 'n3';
import { PREFIXES, RDF, RDFS } from '../rdf/vocabulary.js';
import type { ObjectLabel } from './auditReport.js';
import { type PathGraph, termKey } from './shaclPath.js';

/** One container's quads, indexed by predicate as they are asked for: what shapes walk over. */
export interface ContainerGraph extends PathGraph {
  readonly size: number;
  /** The read access of RDF/JS DatasetCore that SHACL engines use; arrays instead of datasets, because they only iterate. */
  match(subject?: Term | null, predicate?: Term | null, object?: Term | null, graph?: Term | null): Iterable<Quad>;
  /** Nodes of a class. */
  instances(type: NamedNode): readonly NamedNode[];
}

interface PredicateIndex {
  readonly bySubject: ReadonlyMap<string, readonly Quad[]>;
  readonly byObject: ReadonlyMap<string, readonly Quad[]>;
}

const NONE: readonly never[] = [];

/**
 * A view on a store that answers by hash look-up: n3's own `match` makes a lazy dataset for every call, which a
 * validation of paths makes by the hundred thousand.
 */
export function containerGraph(store: Store): ContainerGraph {
  const indexes = new Map<string, PredicateIndex>();
  const indexOf = (predicate: Term): PredicateIndex => {
    let index = indexes.get(predicate.value);
    if (index === undefined) {
      index = indexQuads(store.getQuads(null, predicate as NamedNode, null, null));
      indexes.set(predicate.value, index);
    }
    return index;
  };
  const from = (subject: Term, predicate: Term): readonly Quad[] =>
    indexOf(predicate).bySubject.get(termKey(subject)) ?? NONE;
  const to = (predicate: Term, object: Term): readonly Quad[] =>
    indexOf(predicate).byObject.get(termKey(object)) ?? NONE;
  return {
    size: store.size,
    match(subject, predicate, object, graph) {
      if (predicate && subject) {
        const quads = from(subject, predicate);
        return object ? quads.filter((q) => q.object.equals(object)) : quads;
      }
      if (predicate && object) return to(predicate, object);
      return store.getQuads(
        (subject ?? null) as NamedNode,
        (predicate ?? null) as NamedNode,
        object ?? null,
        graph ?? null,
      );
    },
    objects: (subject, predicate) => from(subject, predicate).map((q) => q.object),
    subjects: (predicate, object) => to(predicate, object).map((q) => q.subject),
    instances: (type) => to(RDF.type, type).map((q) => q.subject as NamedNode),
  };
}

function indexQuads(quads: readonly Quad[]): PredicateIndex {
  const bySubject = new Map<string, Quad[]>();
  const byObject = new Map<string, Quad[]>();
  const add = (map: Map<string, Quad[]>, key: string, quad: Quad): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [quad]);
    else list.push(quad);
  };
  for (const quad of quads) {
    add(bySubject, termKey(quad.subject), quad);
    add(byObject, termKey(quad.object), quad);
  }
  return { bySubject, byObject };
}

/** `Image:1461` for `{base}/Image/1461`, `Pixels:9/planes` for a part. */
export function refOf(iri: string): string {
  const match = /\/([A-Z][A-Za-z]+)\/([^/]+(?:\/[a-z][^/]*)*)$/.exec(iri);
  return match === null ? iri : `${match[1]}:${match[2]}`;
}

/** The object with its label, or its reference where it has none. */
export function labelled(graph: ContainerGraph, node: Term): ObjectLabel {
  const ref = refOf(node.value);
  return { node: node.value, ref, label: graph.objects(node, RDFS.label)[0]?.value ?? ref };
}

/** `core:{name}`. */
export function isOfType(graph: ContainerGraph, node: Term, name: string): boolean {
  return graph.objects(node, RDF.type).some((t) => t.value === PREFIXES.core + name);
}

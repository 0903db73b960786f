import type { Quad } from '@rdfjs/types';
import { DataFactory, type Store, type Term } from 'n3';
import type { ContainerGraph } from '../../../graph/columns/containerGraph.js';
import { createSyncStore, type SyncStore } from '../../../graph/syncStore.js';

/** Name of the shapes graph in the store (SHACL section 5.3.1 `$shapesGraph`). */
export const SHAPES_GRAPH = DataFactory.namedNode('urn:omegraph:shapes');

interface Loaded {
  readonly graph: WeakRef<ContainerGraph>;
  readonly store: SyncStore;
  shapes?: Store | undefined;
}

/** The store of this thread: the engine never gives memory back to the system, so there is only one at a time. */
let loaded: Loaded | undefined;

/** The embedded store with the triples of a container; and the shapes graph, where it is asked for. */
export function dataStore(graph: ContainerGraph, shapes?: Store): SyncStore {
  if (loaded?.graph.deref() !== graph) {
    const old = loaded;
    loaded = undefined;
    old?.store.free();
    const store = createSyncStore();
    store.addContainer(graph);
    loaded = { graph: new WeakRef(graph), store };
  }
  if (shapes !== undefined && loaded.shapes !== shapes) {
    loaded.store.clear(SHAPES_GRAPH.value);
    loaded.store.addQuads(shapesQuads(shapes), SHAPES_GRAPH.value);
    loaded.shapes = shapes;
  }
  return loaded.store;
}

/** Makes the store of a graph that of the same graph with further triples, without loading all anew. */
export function extendDataStore(graph: ContainerGraph, added: Iterable<Quad>, extended: ContainerGraph): void {
  if (loaded?.graph.deref() !== graph) return;
  loaded.store.addQuads(added);
  loaded = { ...loaded, graph: new WeakRef(extended) };
}

/** A term of the shapes graph in the store: its blank nodes are not those of the data. */
export function shapesTerm(term: Term): Term {
  return term.termType === 'BlankNode' ? DataFactory.blankNode(`shapes-${term.value}`) : term;
}

function* shapesQuads(shapes: Store): Generator<Quad> {
  for (const { subject, predicate, object } of shapes) {
    yield DataFactory.quad(
      shapesTerm(subject as Term) as never,
      predicate,
      shapesTerm(object as Term) as never,
    ) as Quad;
  }
}

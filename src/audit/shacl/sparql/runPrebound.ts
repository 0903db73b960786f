import type { Quad } from '@rdfjs/types';
import { DataFactory, type Store, type Term } from 'n3';
import type { ContainerGraph, TermId } from '../../../graph/columns/containerGraph.js';
import type { Solution, SyncStore } from '../../../graph/syncStore.js';
import { dataStore, shapesTerm } from './dataStore.js';
import { PREBOUND, type PreboundQuery } from './prebinding.js';

/** Values of pre-bound variables. */
export interface BoundValues {
  readonly graph: ContainerGraph;
  readonly shapes: Store;
  /** A column of ids for each variable that differs from row to row. */
  readonly rows: Readonly<Record<string, ArrayLike<TermId>>>;
  readonly length: number;
  /** Terms of the shapes graph, the same for all rows. */
  readonly constants: ReadonlyMap<string, Term>;
}

/** What a query answered for the rows `from` … `to` − 1. */
export interface Answer {
  readonly from: number;
  readonly to: number;
  readonly solutions: readonly Solution[];
  /** Whether there were more solutions than are given. */
  readonly cut: boolean;
}

/** Rows in one run of a query, and solutions that one run may give: what it gives is held in memory. */
const ROWS = 10_000;
export const MAX_SOLUTIONS = 50_000;

/** Answers a pre-bound SELECT for all rows, some rows at a time. @throws Error with the engine's message */
export function* runPrebound(query: PreboundQuery, values: BoundValues): Generator<Answer> {
  const step = query.forMany ? ROWS : 1;
  const open: [number, number][] = [];
  for (let from = 0; from < values.length; from += step) open.push([from, Math.min(from + step, values.length)]);
  open.reverse();
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [from, to] = part;
    const store = tableStore(query, values, from, to);
    const solutions = store.select(query.limited ? query.sparql : `${query.sparql}\nLIMIT ${MAX_SOLUTIONS + 1}`);
    const cut = solutions.length > MAX_SOLUTIONS;
    if (cut && to - from > 1) {
      const middle = (from + to) >> 1;
      open.push([middle, to], [from, middle]);
    } else yield { from, to, solutions: cut ? solutions.slice(0, MAX_SOLUTIONS) : solutions, cut };
  }
}

/** Answers a pre-bound CONSTRUCT for all rows. @throws Error with the engine's message */
export function* constructPrebound(query: PreboundQuery, values: BoundValues): Generator<Quad> {
  const step = query.forMany ? ROWS : 1;
  for (let from = 0; from < values.length; from += step) {
    yield* tableStore(query, values, from, Math.min(from + step, values.length)).construct(query.sparql);
  }
}

/** The store of the graph, with the values of some rows in the graph that pre-bound queries join. */
function tableStore(query: PreboundQuery, values: BoundValues, from: number, to: number): SyncStore {
  const store = dataStore(values.graph, query.asksShapes ? values.shapes : undefined);
  store.clear(PREBOUND.graph);
  store.addQuads(tableQuads(query, values, from, to), PREBOUND.graph);
  return store;
}

function* tableQuads(
  query: PreboundQuery,
  { graph, rows, constants }: BoundValues,
  from: number,
  to: number,
): Generator<Quad> {
  const { namedNode, quad } = DataFactory;
  for (const name of query.constants) {
    const value = constants.get(name);
    if (value === undefined) continue;
    yield quad(namedNode(PREBOUND.constants), namedNode(PREBOUND.variable(name)), shapesTerm(value) as never) as Quad;
  }
  for (const name of query.rows) {
    const column = rows[name] ?? [];
    const predicate = namedNode(PREBOUND.variable(name));
    for (let i = from; i < to; i++) {
      // Literals that the store does not tell apart are one row of one variable.
      const row = PREBOUND.row(query.rows.length === 1 ? 0 : i);
      yield quad(namedNode(row), predicate, graph.terms.term(column[i] as TermId) as never) as Quad;
    }
  }
}

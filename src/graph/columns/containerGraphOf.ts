import type { Quad, Term } from '@rdfjs/types';
import { columnOfPairs } from './columns.js';
import type { Column, ContainerGraph, TermId, TermTable } from './containerGraph.js';
import { graphOfColumns, graphOfPairs, type GrowingPairs, growingPairs } from './graphBuilder.js';
import { createTermTable } from './termTable.js';

/** The columns of RDF/JS quads, of the predicates named or of all; graph names are ignored. @throws TypeError on variables and quoted triples */
export function containerGraphOf(quads: Iterable<Quad>, predicates?: ReadonlySet<string>): ContainerGraph {
  const terms = createTermTable();
  const { pairs, read } = pairsOf(quads, terms, predicates);
  return graphOfPairs(terms, read, pairs);
}

/** A graph with further triples over the same term table, so ids stay; only the columns concerned are made anew. `read` stays. */
export function withTriples(graph: ContainerGraph, quads: Iterable<Quad>): ContainerGraph {
  const { terms } = graph;
  const { pairs } = pairsOf(quads, terms, undefined);
  const columns = new Map<TermId, () => Column>();
  for (const predicate of graph.predicates) columns.set(predicate, () => graph.column(predicate) as Column);
  for (const [predicate, list] of pairs) {
    columns.set(predicate, () => {
      const more = list.pairs();
      const old = graph.column(predicate);
      if (old === undefined) return columnOfPairs(predicate, more.subjects, more.objects);
      return columnOfPairs(predicate, joined(old.subjects, more.subjects), joined(old.objects, more.objects));
    });
  }
  return graphOfColumns(terms, graph.read, columns);
}

function joined(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function pairsOf(
  quads: Iterable<Quad>,
  terms: TermTable,
  predicates: ReadonlySet<string> | undefined,
): { readonly pairs: Map<TermId, GrowingPairs>; readonly read: number } {
  const pairs = new Map<TermId, GrowingPairs>();
  let read = 0;
  let lastSubject: Term | undefined;
  let subject: TermId = 0;
  for (const quad of quads) {
    read += 1;
    if (predicates?.has(quad.predicate.value) === false) continue;
    if (lastSubject?.equals(quad.subject) !== true) {
      lastSubject = quad.subject;
      subject = terms.add(quad.subject);
    }
    const predicate = terms.add(quad.predicate);
    let list = pairs.get(predicate);
    if (list === undefined) pairs.set(predicate, (list = growingPairs()));
    list.add(subject, terms.add(quad.object));
  }
  return { pairs, read };
}

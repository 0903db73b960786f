import type { Term } from 'n3';
import type { ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import { RDF, RDFS } from '../../rdf/vocabulary.js';
import { termMemo } from './termMemo.js';
import type { NodeTest } from './registry.js';

/** A class and everything that is rdfs:subClassOf* it in the graph, ascending. */
function subclasses(graph: ContainerGraph, type: TermId): TermId[] {
  const inverse = graph.columnOf(RDFS.subClassOf.value)?.inverse;
  const found = new Set([type]);
  if (inverse !== undefined) {
    for (const node of found) {
      const first = inverse.first(node);
      if (first < 0) continue;
      for (let at = first; inverse.subjects[at] === node; at++) found.add(inverse.objects[at] as number);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** SHACL instances of a class (SHACL section 1.1), ascending, repeats allowed. */
export function instances(graph: ContainerGraph, type: Term): Uint32Array {
  const inverse = graph.columnOf(RDF.type.value)?.inverse;
  if (inverse === undefined) return new Uint32Array(0);
  const lists = subclasses(graph, graph.terms.add(type)).map((subclass) => {
    const first = Math.max(0, inverse.first(subclass));
    let end = first;
    while (inverse.subjects[end] === subclass) end++;
    return inverse.objects.subarray(first, end);
  });
  return joinedIds(lists.filter((list) => list.length > 0));
}

/** Ascending lists as one. */
export function joinedIds(lists: readonly Uint32Array[]): Uint32Array {
  const [only, ...more] = lists;
  if (only !== undefined && more.length === 0) return only;
  const all = new Uint32Array(lists.reduce((length, list) => length + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}

/** Whether a node is a SHACL instance of a class. */
export function instanceTest(graph: ContainerGraph, type: Term): NodeTest {
  const column = graph.columnOf(RDF.type.value);
  if (column === undefined) return () => false;
  const types = new Set(subclasses(graph, graph.terms.add(type)));
  const { subjects, objects } = column;
  return termMemo(graph.terms, (node) => {
    const first = column.first(node);
    if (first < 0) return false;
    for (let at = first; subjects[at] === node; at++) if (types.has(objects[at] as number)) return true;
    return false;
  });
}

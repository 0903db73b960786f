import type { Quad, Term } from '@rdfjs/types';
import { nquadsIri, nquadsTerm } from './nquads.js';
import { PREFIXES } from './vocabulary.js';

/** Quads grouped for writing: graphs, subjects, properties and objects, each sorted and each once. */
export interface GraphStatements {
  /** IRI of the graph; undefined for the default graph, which comes first. */
  readonly graph: string | undefined;
  readonly subjects: readonly SubjectStatements[];
}

export interface SubjectStatements {
  readonly subject: string;
  /** `rdf:type` first, then by IRI. */
  readonly properties: readonly PropertyStatements[];
}

export interface PropertyStatements {
  readonly property: string;
  readonly objects: readonly ObjectTerm[];
}

/** An object with everything made safe: IRIs escaped, lone surrogates replaced. */
export type ObjectTerm =
  { readonly iri: string } | { readonly text: string; readonly language: string; readonly datatype: string };

const TYPE = `<${PREFIXES.rdf}type>`;

/** Sorts quads in the byte order of their N-Quads terms. @throws TypeError on blank nodes, variables and relative IRIs */
export async function sortedStatements(quads: Iterable<Quad> | AsyncIterable<Quad>): Promise<GraphStatements[]> {
  const graphs = new Map<string, Map<string, Map<string, Map<string, Term>>>>();
  for await (const { graph, subject, predicate, object } of quads) {
    const subjects = child(graphs, graph.termType === 'DefaultGraph' ? '' : nquadsTerm(graph));
    const properties = child(subjects, nquadsTerm(subject));
    const property = nquadsTerm(predicate);
    child(properties, property === TYPE ? '' : property).set(nquadsTerm(object), object);
  }
  return sortedEntries(graphs).map(([graph, subjects]) => ({
    graph: graph === '' ? undefined : graph.slice(1, -1),
    subjects: sortedEntries(subjects).map(([subject, properties]) => ({
      subject: subject.slice(1, -1),
      properties: sortedEntries(properties).map(([property, objects]) => ({
        property: (property === '' ? TYPE : property).slice(1, -1),
        objects: sortedEntries(objects).map(([, object]) => objectTerm(object)),
      })),
    })),
  }));
}

function child<Value>(parents: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = parents.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  parents.set(key, made);
  return made;
}

function sortedEntries<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => compareUtf8(a, b));
}

function objectTerm(term: Term): ObjectTerm {
  if (term.termType !== 'Literal') return { iri: nquadsIri(term.value).slice(1, -1) };
  return {
    text: term.value.toWellFormed(),
    language: term.language,
    datatype: nquadsIri(term.datatype.value).slice(1, -1),
  };
}

/** Compares as the UTF-8 bytes would: surrogates stand after the rest of the basic plane, not before its end. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return (x >= 0xd800 && x < 0xe000) === (y >= 0xd800 && y < 0xe000) ? x - y : afterAll(x) - afterAll(y);
  }
  return a.length - b.length;
}

const afterAll = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

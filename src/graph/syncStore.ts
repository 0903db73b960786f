import type { Quad, Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import oxigraph from 'oxigraph';
import { OmegraphError } from '../errors.js';
import { quoted } from '../rdf/nquads.js';
import { type ContainerGraph, TERM_KIND, type TermId } from './columns/containerGraph.js';
import { isEngineTrap } from './engineTrap.js';

/** Values of the variables of a query; what is unbound is not there. */
export type Solution = Readonly<Record<string, Term | undefined>>;

/**
 * The embedded store (Oxigraph) in the thread of its caller, for a few million triples; blank nodes keep their labels. It
 * writes numbers, booleans and times its own way (`0.50` becomes `0.5`, `xsd:int` becomes `xsd:integer`). A query cannot be
 * interrupted: a caller that has a deadline runs it in a worker thread. All methods throw OmegraphError (limit) once the engine has died.
 */
export interface SyncStore {
  /** Adds the triples of a container to the default graph. */
  addContainer(graph: ContainerGraph): void;
  /** Adds triples to a named graph, or to the default graph. */
  addQuads(quads: Iterable<Quad>, graph?: string): void;
  /** Takes all triples of a named graph away. */
  clear(graph: string): void;
  /** Answers a SELECT query over the default graph. @throws Error with the engine's message */
  select(query: string): readonly Solution[];
  /** Answers a CONSTRUCT query over the default graph. @throws Error with the engine's message */
  construct(query: string): readonly Quad[];
  /** Gives its memory back; it is of no use afterwards. */
  free(): void;
}

/** Measured: the engine traps at 14 million triples. */
const MAX_TRIPLES = 8_000_000;
const CHUNK = 1 << 18;

/** Why the engine of this thread is of no use any more. */
let dead: string | undefined;

/** An empty store. */
export function createSyncStore(): SyncStore {
  const store = guarded(() => new oxigraph.Store()) as oxigraph.Store & { free(): void };
  /** Chunk by chunk: the runtime goes on with the fast code of the engine only when it is called anew (measured: 3 times faster). */
  const load = (chunks: Iterable<string>, graph?: string): void => {
    const named = graph === undefined ? undefined : { to_graph_name: oxigraph.namedNode(graph) };
    for (const chunk of chunks) {
      guarded(() => store.load(chunk, { format: 'nt', no_transaction: true, lenient: true, ...named }));
    }
  };
  return {
    addContainer(graph) {
      if (graph.size > MAX_TRIPLES) throw tooLarge(graph.size);
      const blank: Quad[] = [];
      load(containerLines(graph, blank));
      for (const quad of blank) guarded(() => store.add(engineQuad(quad, undefined)));
    },
    addQuads(quads, graph) {
      let lines = '';
      for (const quad of quads) {
        if (quad.subject.termType === 'BlankNode' || quad.object.termType === 'BlankNode') {
          guarded(() => store.add(engineQuad(quad, graph)));
        } else lines += `${token(quad.subject)} ${token(quad.predicate)} ${token(quad.object)} .\n`;
      }
      load([lines], graph);
    },
    clear: (graph) => guarded(() => store.update(`DROP SILENT GRAPH ${iriToken(graph)}`)),
    select(query) {
      const answer = guarded(() => store.query(query, { results_format: 'application/sparql-results+json' }));
      const { results } = JSON.parse(String(answer)) as SelectAnswer;
      return results.bindings.map((row) =>
        Object.fromEntries(Object.entries(row).map(([variable, value]) => [variable, termOf(value)])),
      );
    },
    construct(query) {
      const answer = guarded(() => store.query(query)) as oxigraph.Quad[];
      return answer.map((q) => DataFactory.quad(plain(q.subject), plain(q.predicate), plain(q.object)) as Quad);
    },
    free: () => guarded(() => store.free()),
  };
}

/** What is wrong with a query, in the engine's words, or undefined; functions that it does not have are wrong. */
export function queryFault(query: string): string | undefined {
  const store = guarded(() => new oxigraph.Store()) as oxigraph.Store & { free(): void };
  try {
    guarded(() => store.query(query));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof OmegraphError) throw error;
    return error.message;
  } finally {
    if (dead === undefined) store.free();
  }
}

function guarded<T>(run: () => T): T {
  if (dead !== undefined) throw storeDied(dead);
  try {
    return run();
  } catch (error) {
    if (error instanceof OmegraphError || !isEngineTrap(error)) throw error;
    dead = error instanceof Error ? error.message : String(error);
    throw storeDied(dead);
  }
}

const storeDied = (found: string): OmegraphError =>
  new OmegraphError('limit', {
    where: 'embedded store',
    wrong: 'it died while it was running a query',
    found,
    remedy: 'make the SPARQL of the shapes simpler, or audit the container in smaller parts',
  });

const tooLarge = (triples: number): OmegraphError =>
  new OmegraphError('limit', {
    where: 'embedded store',
    wrong: `${triples} triples are more than the ${MAX_TRIPLES} that SPARQL in shapes can be run on`,
    remedy: 'split the container, or write the shapes without SPARQL',
  });

/** The triples of a container in N-Triples syntax, chunk by chunk; those with blank nodes go to `blank`, as loading renames them. */
function* containerLines(graph: ContainerGraph, blank: Quad[]): Generator<string> {
  const { terms } = graph;
  const iris = new Array<string | undefined>(terms.size);
  const written = (id: TermId): string =>
    terms.kind(id) === TERM_KIND.iri ? (iris[id] ??= iriToken(terms.value(id))) : literalOf(graph, id);
  let chunk = '';
  for (const predicate of graph.predicates) {
    const column = graph.column(predicate);
    if (column === undefined) continue;
    for (let i = 0; i < column.length; i++) {
      const subject = column.subjects[i] as TermId;
      const object = column.objects[i] as TermId;
      if (terms.kind(subject) === TERM_KIND.blank || terms.kind(object) === TERM_KIND.blank) {
        blank.push({
          subject: terms.term(subject),
          predicate: terms.term(predicate),
          object: terms.term(object),
        } as Quad);
        continue;
      }
      chunk += `${written(subject)} ${written(predicate)} ${written(object)} .\n`;
      if (chunk.length > CHUNK) {
        yield chunk;
        chunk = '';
      }
    }
  }
  yield chunk;
}

function literalOf({ terms }: ContainerGraph, id: TermId): string {
  const language = terms.language(id);
  return literalToken(terms.value(id), language, terms.datatype(id));
}

function token(term: Term): string {
  if (term.termType === 'NamedNode') return iriToken(term.value);
  if (term.termType === 'Literal') return literalToken(term.value, term.language, term.datatype.value);
  throw new TypeError(`a ${term.termType} is no term of a triple: ${term.value}`);
}

const literalToken = (value: string, language: string, datatype: string): string =>
  quoted(value.toWellFormed()) + (language === '' ? `^^${iriToken(datatype)}` : `@${language}`);

/** Whatever the IRI holds, it cannot end the token. */
const iriToken = (iri: string): string =>
  `<${iri.toWellFormed().replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}>`;

function engineQuad(quad: Quad, graph: string | undefined): oxigraph.Quad {
  return oxigraph.quad(
    engineTerm(quad.subject) as oxigraph.Quad_Subject,
    engineTerm(quad.predicate) as oxigraph.Quad_Predicate,
    engineTerm(quad.object) as oxigraph.Quad_Object,
    graph === undefined ? oxigraph.defaultGraph() : oxigraph.namedNode(graph),
  );
}

function engineTerm(term: Term): oxigraph.Term {
  switch (term.termType) {
    case 'NamedNode':
      return oxigraph.namedNode(term.value);
    case 'BlankNode':
      return oxigraph.blankNode(term.value);
    case 'Literal':
      return oxigraph.literal(
        term.value.toWellFormed(),
        term.language === '' ? oxigraph.namedNode(term.datatype.value) : term.language,
      );
    default:
      throw new TypeError(`a ${term.termType} is no term of a triple: ${term.value}`);
  }
}

/** SPARQL 1.1 Query Results JSON Format section 3.2.2. */
interface SelectAnswer {
  readonly results: { readonly bindings: readonly Readonly<Record<string, JsonTerm>>[] };
}
interface JsonTerm {
  readonly type: string;
  readonly value: string;
  readonly datatype?: string;
  readonly 'xml:lang'?: string;
}

function termOf({ type, value, datatype, 'xml:lang': language }: JsonTerm): Term {
  if (type === 'uri') return DataFactory.namedNode(value);
  if (type === 'bnode') return DataFactory.blankNode(value);
  return DataFactory.literal(value, language ?? (datatype === undefined ? undefined : DataFactory.namedNode(datatype)));
}

/** An RDF/JS term that does not live in the engine's memory. */
function plain(term: oxigraph.Term): never {
  const { termType, value } = term;
  const made =
    termType === 'Literal'
      ? DataFactory.literal(value, term.language === '' ? DataFactory.namedNode(term.datatype.value) : term.language)
      : termType === 'BlankNode'
        ? DataFactory.blankNode(value)
        : DataFactory.namedNode(value);
  return made as never;
}

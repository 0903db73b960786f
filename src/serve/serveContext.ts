import type { StoredAudit } from '../audit/model.js';
import { type GraphFormat, type GraphStore, QueryRefusal } from '../graph/graphStore.js';
import type { Manifest } from '../graph/manifest.js';
import type { StoredQuery } from '../graph/queries.js';
import type { SparqlText } from '../graph/sparqlText.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { graphText } from './graphText.js';
import type { Links } from './links.js';

/** What every route works with. */
export interface ServeContext {
  readonly store: GraphStore;
  readonly manifest: Manifest;
  readonly links: Links;
  /** Address under which the service is seen from outside, without a trailing slash. */
  readonly publicBase: string;
  readonly deadlineMs: number;
  readonly queries: readonly StoredQuery[];
  /** The audit of the record as it is; undefined when the service was started without one. */
  readonly audit: (() => Promise<StoredAudit>) | undefined;
}

/** An RDF term of a result (SPARQL 1.1 Query Results JSON Format section 3.2.2). */
export interface ResultTerm {
  readonly type: 'uri' | 'literal' | 'bnode';
  readonly value: string;
  readonly datatype?: string;
  readonly 'xml:lang'?: string;
}

/** One solution: a term for each bound variable. */
export type Row = Readonly<Record<string, ResultTerm | undefined>>;

const PROLOGUE = Object.entries(PREFIXES)
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
  .join('');

/** Solutions of a query of the service's own; all prefixes are declared. */
export async function select(context: ServeContext, query: SparqlText, signal?: AbortSignal): Promise<readonly Row[]> {
  const { store, deadlineMs } = context;
  const answer = await store.query(PROLOGUE + query.sparql, {
    format: 'application/sparql-results+json',
    deadlineMs,
    signal,
  });
  return (JSON.parse(answer.body) as { results: { bindings: Row[] } }).results.bindings;
}

/** The answer of an ASK of the service's own. */
export async function ask(context: ServeContext, query: SparqlText, signal?: AbortSignal): Promise<boolean> {
  const { store, deadlineMs } = context;
  const answer = await store.query(PROLOGUE + query.sparql, {
    format: 'application/sparql-results+json',
    deadlineMs,
    signal,
  });
  return (JSON.parse(answer.body) as { boolean: boolean }).boolean;
}

/** The graph that a CONSTRUCT of the service's own makes. */
export async function construct(
  context: ServeContext,
  query: SparqlText,
  format: GraphFormat,
  signal?: AbortSignal,
): Promise<string> {
  const { store, deadlineMs } = context;
  return graphText(format, async (f) => {
    return (await store.query(PROLOGUE + query.sparql, { format: f, deadlineMs, signal })).body;
  });
}

/** Runs a query that a page can do without: when it is stopped the page is shown without its part. */
export async function orNothing<T>(answer: Promise<readonly T[]>): Promise<readonly T[]> {
  return answer.catch((error: unknown) => {
    if (error instanceof QueryRefusal && (error.reason === 'deadline' || error.reason === 'memory')) return [];
    throw error;
  });
}

import { OmegraphError } from '../errors.js';

/** Formats of SELECT and ASK answers (SPARQL 1.1 Query Results JSON, XML, CSV and TSV). */
export const RESULT_FORMATS = [
  'application/sparql-results+json',
  'application/sparql-results+xml',
  'text/csv',
  'text/tab-separated-values',
] as const;

/** Formats of CONSTRUCT and DESCRIBE answers. */
export const GRAPH_FORMATS = [
  'text/turtle',
  'application/n-triples',
  'application/ld+json',
  'application/rdf+xml',
  'application/n-quads',
  'application/trig',
] as const;

export type ResultFormat = (typeof RESULT_FORMATS)[number];
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** How a query is answered. */
export interface QueryOptions {
  /** Media type of the answer; it must suit the form of the query. */
  readonly format: ResultFormat | GraphFormat;
  /** The query is stopped after this many milliseconds of waiting or of running. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The protocol's dataset (SPARQL 1.1 Protocol section 2.1.4); it replaces FROM and FROM NAMED. */
  readonly defaultGraphs?: readonly string[] | undefined;
  readonly namedGraphs?: readonly string[] | undefined;
}

/** A serialised answer. */
export interface QueryAnswer {
  readonly kind: 'bindings' | 'boolean' | 'graph';
  readonly mediaType: ResultFormat | GraphFormat;
  readonly body: string;
}

/** An index of the record that answers SPARQL; it can be dropped and rebuilt at any time. */
export interface GraphStore {
  /** Changes whenever the content changes. */
  version(): string;
  /**
   * Answers a query; without a dataset of its own it sees the union of all graphs as the default graph.
   * @throws QueryRefusal when the query is not answered.
   */
  query(sparql: string, options: QueryOptions): Promise<QueryAnswer>;
  /** Replaces a named graph as a whole by N-Quads lines or a file of them; on failure the old one stays. @throws OmegraphError */
  replace(graphIri: string, content: { readonly nquads: string } | { readonly file: string }): Promise<void>;
  /** Number of quads. */
  size(): Promise<number>;
  close(): Promise<void>;
}

/** Why a query was not answered. */
export type RefusalReason =
  | 'syntax'
  | 'update'
  | 'service'
  | 'too-large'
  | 'too-complex'
  | 'deadline'
  | 'memory'
  | 'busy'
  | 'crash'
  | 'aborted'
  | 'closed';

/** A query that was not answered, with the reason in one word. */
export class QueryRefusal extends OmegraphError {
  readonly reason: RefusalReason;

  constructor(
    reason: RefusalReason,
    parts: { wrong: string; found?: string | undefined; remedy: string; where?: string },
  ) {
    super(reason === 'aborted' ? 'interrupted' : reason === 'syntax' || reason === 'update' ? 'input' : 'limit', {
      where: 'query',
      ...parts,
    });
    this.reason = reason;
  }
}

import type { Term } from '@rdfjs/types';

/** Number of a term in a graph's table: 0 … `terms.size` − 1. */
export type TermId = number;

/** No term, where an id is expected. */
export const NO_TERM = -1;

/** What a term is (RDF 1.1 Concepts section 3). */
export const TERM_KIND = { iri: 0, blank: 1, literal: 2 } as const;
export type TermKind = (typeof TERM_KIND)[keyof typeof TERM_KIND];

/** Every term of a graph once; terms may be added after reading (constants of shapes), and ids never change. */
export interface TermTable {
  readonly size: number;
  /** The id of an RDF/JS term, or `NO_TERM` when the table does not hold it. */
  find(term: Term): TermId;
  /** The id of a term, which is added when it is new. */
  add(term: Term): TermId;
  kind(id: TermId): TermKind;
  /** IRI, label of the blank node, or lexical form of the literal. */
  value(id: TermId): string;
  /** Datatype IRI of a literal, `''` of anything else. */
  datatype(id: TermId): string;
  /** Language tag of a literal as written, else `''`. */
  language(id: TermId): string;
  /** The term as RDF/JS has it. */
  term(id: TermId): Term;
}

/** The triples of one predicate: two parallel arrays sorted by (subject, object), each triple once. */
export interface Column {
  readonly predicate: TermId;
  readonly length: number;
  readonly subjects: Uint32Array;
  readonly objects: Uint32Array;
  /** Position of a subject's first triple, or -1; its triples follow one another as long as `subjects` says so. */
  first(subject: TermId): number;
  /** The same triples with subject and object changed over (so sorted by object), made when first asked for. */
  readonly inverse: Column;
}

/** The triples of one container as a dictionary-encoded columnar index. */
export interface ContainerGraph {
  /** Triples in the columns. */
  readonly size: number;
  /** Lines or quads that were read, those left out by the choice of predicates included. */
  readonly read: number;
  readonly terms: TermTable;
  /** Ids of the predicates with triples, in ascending order. */
  readonly predicates: readonly TermId[];
  column(predicate: TermId): Column | undefined;
  /** Column of a predicate by its IRI. */
  columnOf(iri: string): Column | undefined;
}

/** How far a synonym's meaning is from its term's (OBO 1.4, section "synonym"). */
export const SYNONYM_SCOPES = ['exact', 'related', 'narrow', 'broad'] as const;
export type SynonymScope = (typeof SYNONYM_SCOPES)[number];

export interface Synonym {
  readonly text: string;
  readonly scope: SynonymScope;
}

/** A term of an ontology. */
export interface Term {
  /** `FBbi:00000253` */
  readonly curie: string;
  readonly iri: string;
  readonly label: string;
  /** Prefix of its ontology: `FBbi`. */
  readonly ontology: string;
  readonly obsolete: boolean;
  /** CURIE of the term to use instead of an obsolete one, where its ontology names one. */
  readonly replacedBy?: string;
  /** CURIEs of the terms it is a kind of. */
  readonly parents: readonly string[];
  readonly synonyms: readonly Synonym[];
}

/** An ontology of an index. */
export interface OntologyInfo {
  /** As in CURIEs: `FBbi`. */
  readonly prefix: string;
  readonly title: string;
  readonly version: string;
  /** SPDX identifier, or the licence's own words. */
  readonly licence: string;
  /** Where it was read from. */
  readonly source: string;
  /** What stands before the local part in the IRIs of its terms. */
  readonly stem: string;
  /** Number of terms. */
  readonly terms: number;
}

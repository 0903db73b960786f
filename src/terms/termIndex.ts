import type { OntologyInfo, SynonymScope, Term } from './term.js';

export { foldTerm } from './foldTerm.js';
export type { OntologyInfo, Synonym, SynonymScope, Term } from './term.js';

/** A term that has the text as a name, and which name. */
export interface TermHit {
  readonly term: Term;
  readonly by: 'label' | SynonymScope;
  /** The name as the ontology writes it. */
  readonly text: string;
}

/** A term that resembles the text; for people to judge, never to be taken on its own. */
export interface TermSuggestion {
  readonly term: Term;
  /** Resemblance in 0…1. */
  readonly score: number;
  /** The name that resembles. */
  readonly by: string;
}

/** Ontologies as a look-up. */
export interface TermIndex {
  /**
   * The terms with this text (folded) as a name: in the order of the ontologies asked for, labels first, then exact, related,
   * narrow and broad synonyms, obsolete terms after others.
   */
  find(text: string, ontologies?: readonly string[]): readonly TermHit[];
  /** The term of a CURIE or IRI in any spelling that `parseAccession` reads. */
  term(curieOrIri: string): Term | undefined;
  /** Whether a term is the other or, over any number of parents, a kind of it. */
  isA(curie: string, ancestor: string): boolean;
  /** Terms with names that share words or parts of words with the text, best first. */
  suggest(text: string, ontologies: readonly string[], limit: number): readonly TermSuggestion[];
  readonly ontologies: readonly OntologyInfo[];
}

/** Opens index files; of a term that several hold, the last file's is used. @throws OmegraphError (input) for a damaged file */
export async function openTermIndex(files: readonly string[]): Promise<TermIndex> {
  return Promise.reject(new Error(`not built yet: ${files.length} files`));
}

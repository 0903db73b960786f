import { parseAccession } from './accession.js';
import { foldTerm } from './foldTerm.js';
import { type IndexFile, openIndexFile } from './indexFile.js';
import type { IndexedOntology } from './indexFormat.js';
import { suggester } from './suggest.js';
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
   * The terms with this text (folded) as a name, of some ontologies or of all: terms in use before obsolete ones, labels
   * before exact, related, narrow and broad synonyms, then in the order of the ontologies asked for.
   */
  find(text: string, ontologies?: readonly string[]): readonly TermHit[];
  /** The term of a CURIE or IRI in any spelling that `parseAccession` reads. */
  term(curieOrIri: string): Term | undefined;
  /** Whether a term is the other or, over any number of parents, a kind of it. */
  isA(curie: string, ancestor: string): boolean;
  /** Terms in use with names that share words or parts of words with the text, best first; the ontology named first is preferred. */
  suggest(text: string, ontologies: readonly string[], limit: number): readonly TermSuggestion[];
  readonly ontologies: readonly OntologyInfo[];
}

/** An ontology and the file that it is used from. */
export interface PlacedOntology {
  readonly file: IndexFile;
  readonly ontology: IndexedOntology;
}

const RANK: Readonly<Record<TermHit['by'], number>> = { label: 0, exact: 1, related: 2, narrow: 3, broad: 4 };

/** Questions about kinds whose answers are remembered. */
const ANSWERS = 20_000;

/**
 * Opens index files as one look-up; an ontology that several hold is used from the last.
 * @throws OmegraphError (input) for a file that is damaged or none
 */
export async function openTermIndex(files: readonly string[]): Promise<TermIndex> {
  return termIndexOver(await Promise.all(files.map(openIndexFile)));
}

/** Opened index files as one look-up; an ontology that several hold is used from the last. */
export function termIndexOver(files: readonly IndexFile[]): TermIndex {
  const used = new Map<string, PlacedOntology>();
  for (const file of files) for (const ontology of file.ontologies) used.set(ontology.prefix, { file, ontology });
  const byStem = [...used.values()].sort((a, b) => b.ontology.stem.length - a.ontology.stem.length);
  const suggest = suggester(used);

  const place = (curie: string): { readonly file: IndexFile; readonly number: number } | undefined => {
    const colon = curie.indexOf(':');
    const placed = colon > 0 ? used.get(curie.slice(0, colon)) : undefined;
    const number = placed?.file.numberOf(placed.ontology, curie.slice(colon + 1));
    return placed === undefined || number === undefined ? undefined : { file: placed.file, number };
  };
  const placeOf = (text: string): { readonly file: IndexFile; readonly number: number } | undefined => {
    const direct = place(text);
    if (direct !== undefined) return direct;
    const stem = byStem.find((p) => text.startsWith(p.ontology.stem));
    const local = stem && stem.file.numberOf(stem.ontology, text.slice(stem.ontology.stem.length));
    if (stem !== undefined && local !== undefined) return { file: stem.file, number: local };
    const curie = parseAccession(text)?.curie;
    return curie === undefined ? undefined : place(curie);
  };

  const answers = new Map<string, boolean>();
  const isKindOf = (curie: string, ancestor: string): boolean => {
    const from = placeOf(curie);
    const to = placeOf(ancestor);
    if (from === undefined || to === undefined) return curie === ancestor;
    const wanted = to.file.term(to.number).curie;
    const seen = new Set<string>([from.file.term(from.number).curie]);
    // A set is walked in the order of what is added, also while it grows.
    for (const at of seen) {
      if (at === wanted) return true;
      const found = place(at);
      if (found !== undefined) for (const parent of found.file.parents(found.number)) seen.add(parent);
    }
    return false;
  };

  return {
    ontologies: [...used.values()].map(({ ontology: { first: _first, local: _local, ...info } }) => info),
    find(text, ontologies) {
      const folded = foldTerm(text);
      const found: { readonly hit: TermHit; readonly rank: number }[] = [];
      for (const file of files)
        for (const { term, by, text: name } of file.find(folded)) {
          const { prefix } = file.ontologyOf(term);
          const order = ontologies === undefined ? 0 : ontologies.indexOf(prefix);
          if (order < 0 || used.get(prefix)?.file !== file) continue;
          const rank = (file.obsolete(term) ? 10_000 : 0) + RANK[by] * 1000 + order;
          found.push({ hit: { term: file.term(term), by, text: name }, rank });
        }
      if (found.length > 1) found.sort((a, b) => a.rank - b.rank);
      return found.map((f) => f.hit);
    },
    term(curieOrIri) {
      const found = placeOf(curieOrIri);
      return found?.file.term(found.number);
    },
    isA(curie, ancestor) {
      const question = `${curie} ${ancestor}`;
      const known = answers.get(question);
      if (known !== undefined) return known;
      if (answers.size >= ANSWERS) answers.clear();
      const answer = isKindOf(curie, ancestor);
      answers.set(question, answer);
      return answer;
    },
    suggest,
  };
}

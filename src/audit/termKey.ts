import type { Term } from 'n3';

/** A string that is the same for equal RDF terms and for no others. */
export function termKey(term: Term): string {
  switch (term.termType) {
    case 'NamedNode':
      return term.value;
    case 'Literal':
      return `"${term.value}"${term.language}^${term.datatype.value}`;
    default:
      return `_:${term.value}`;
  }
}

/** The last part of an IRI, after its last `#` or `/`: `organism`. */
export function localName(iri: string): string {
  return iri.replace(/^.*[#/]/, '');
}

/** An IRI in angle brackets. @throws TypeError when it holds characters that would end it */
export function iriText(iri: string): string {
  if (/[\u0000-\u0020<>"{}|^`\\]/.test(iri)) throw new TypeError(`not an IRI: ${iri}`);
  return `<${iri}>`;
}

import type { ShaclPath } from '../../shaclPath.js';

/** A path in SPARQL syntax (SPARQL 1.1 section 9.1), for `$PATH`. @throws TypeError for an IRI that holds characters no IRI can hold */
export function pathText(path: ShaclPath): string {
  switch (path.kind) {
    case 'predicate':
      return iriText(path.predicate.value);
    case 'inverse':
      return `^(${pathText(path.path)})`;
    case 'sequence':
      return path.steps.map((step) => `(${pathText(step)})`).join('/');
    case 'alternative':
      return path.paths.map((part) => `(${pathText(part)})`).join('|');
    case 'zeroOrMore':
      return `(${pathText(path.path)})*`;
    case 'oneOrMore':
      return `(${pathText(path.path)})+`;
    case 'zeroOrOne':
      return `(${pathText(path.path)})?`;
  }
}

/** An IRI in angle brackets. @throws TypeError when it holds characters that would end it */
export function iriText(iri: string): string {
  if (/[\u0000-\u0020<>"{}|^`\\]/.test(iri)) throw new TypeError(`not an IRI: ${iri}`);
  return `<${iri}>`;
}

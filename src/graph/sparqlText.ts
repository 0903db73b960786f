import type { Literal, NamedNode } from 'n3';
import { safeIri } from '../rdf/iris.js';

/** A piece of SPARQL that may be put into another as it is. */
export interface SparqlText {
  readonly sparql: string;
}

type Part = NamedNode | Literal | SparqlText | number | readonly (NamedNode | Literal)[];

/**
 * A query as a template: terms are written in SPARQL syntax and can never end the token they stand in; a list of terms
 * is written with blanks between (for VALUES). @throws TypeError for an IRI that holds characters no IRI can hold
 */
export function sparql(strings: TemplateStringsArray, ...parts: Part[]): SparqlText {
  return { sparql: strings.reduce((text, s, i) => text + written(parts[i - 1] as Part) + s) };
}

function written(part: Part): string {
  if (typeof part === 'number') return String(Math.trunc(part));
  if ('sparql' in part) return part.sparql;
  if ('termType' in part) return part.termType === 'NamedNode' ? iri(part.value) : literal(part);
  return part.map(written).join(' ');
}

function iri(value: string): string {
  if (safeIri(value) !== value) throw new TypeError(`not an IRI: ${value}`);
  return `<${value}>`;
}

function literal(term: Literal): string {
  const text = `"${term.value.replace(/["\\\n\r\t]/g, (c) => ESCAPES[c] ?? c)}"`;
  if (term.language !== '') {
    if (!/^[A-Za-z]+(-[A-Za-z0-9]+)*$/.test(term.language)) throw new TypeError(`not a language tag: ${term.language}`);
    return `${text}@${term.language}`;
  }
  return `${text}^^${iri(term.datatype.value)}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

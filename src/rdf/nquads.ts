import type { Literal, Quad, Term } from '@rdfjs/types';
import { Literal as N3Literal } from 'n3';
import { safeIri } from './iris.js';

/** Writes RDF/JS quads as canonical N-Quads (RDF 1.1 N-Quads section 3, RDFC-1.0 section 5); no blank nodes, no injection. */
export interface NQuadsWriter {
  /** `<s> <p> <o>` without graph and full stop, so that a caller can add its own graph. @throws TypeError on a blank node, variable, quoted triple or relative IRI */
  triple(quad: Quad): string;
  /** The whole line with its line feed. @throws TypeError as `triple` does */
  line(quad: Quad): string;
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string';
const CACHED = 4096;
/** Absolute, and nothing in it that `safeIri` might change. */
const PLAIN_IRI =
  /^[A-Za-z][A-Za-z0-9+.-]*:[^\u0000-\u0020<>"{}|^`\\%#[\]\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff]*(?:#[^\u0000-\u0020<>"{}|^`\\%#[\]\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff]*)?$/;

/** A writer with its own term caches; one for each stream. */
export function nquadsWriter(): NQuadsWriter {
  const cache = new Map<string, string>();
  const cached = (iri: string): string => {
    const known = cache.get(iri);
    if (known !== undefined) return known;
    if (cache.size >= CACHED) cache.clear();
    const written = nquadsIri(iri);
    cache.set(iri, written);
    return written;
  };
  let lastSubject: Term | undefined;
  let subject = '';
  const suffix = (datatype: string): string => (datatype === XSD_STRING ? '' : `^^${cached(datatype)}`);
  const literal = (term: Literal): string => {
    // n3 keeps a literal as one string and allocates for each getter; the end of that string is all that is needed here.
    const id = term instanceof N3Literal ? term.id : '';
    if (id.endsWith('"')) return quoted(id.slice(1, -1));
    const close = id.lastIndexOf('"');
    if (close > 0 && id.startsWith('^^', close + 1)) {
      return quoted(id.slice(1, close)) + suffix(id.slice(close + 3));
    }
    const text = quoted(term.value);
    if (term.language !== '') return `${text}@${languageTag(term.language)}`;
    return text + suffix(term.datatype.value);
  };
  const object = (term: Term): string => {
    if (term.termType === 'NamedNode') return nquadsIri(term.value);
    return term.termType === 'Literal' ? literal(term) : refuse(term);
  };
  const triple = (quad: Quad): string => {
    if (quad.subject !== lastSubject) {
      if (quad.subject.termType !== 'NamedNode') return refuse(quad.subject);
      subject = nquadsIri(quad.subject.value);
      lastSubject = quad.subject;
    }
    if (quad.predicate.termType !== 'NamedNode') return refuse(quad.predicate);
    return `${subject} ${cached(quad.predicate.value)} ${object(quad.object)}`;
  };
  return {
    triple,
    line: (quad) => {
      const { graph } = quad;
      if (graph.termType === 'DefaultGraph') return `${triple(quad)} .\n`;
      return graph.termType === 'NamedNode' ? `${triple(quad)} ${cached(graph.value)} .\n` : refuse(graph);
    },
  };
}

/** One quad as a canonical line; for many quads make a writer. */
export function nquadsLine(quad: Quad): string {
  return nquadsWriter().line(quad);
}

/** One named node or literal as canonical N-Quads writes it. @throws TypeError on other terms and relative IRIs */
export function nquadsTerm(term: Term): string {
  if (term.termType === 'NamedNode') return nquadsIri(term.value);
  if (term.termType !== 'Literal') return refuse(term);
  if (term.language !== '') return `${quoted(term.value)}@${languageTag(term.language)}`;
  const datatype = term.datatype.value;
  return datatype === XSD_STRING ? quoted(term.value) : `${quoted(term.value)}^^${nquadsIri(datatype)}`;
}

/** An absolute IRI in angle brackets, made safe. @throws TypeError when it is relative */
export function nquadsIri(iri: string): string {
  if (PLAIN_IRI.test(iri)) return `<${iri}>`;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(iri)) throw new TypeError(`not an absolute IRI: ${iri}`);
  return `<${safeIri(iri)}>`;
}

/** A text in quotes with the escapes of canonical N-Quads; lone surrogates become U+FFFD. */
export function quoted(text: string): string {
  return /["\\\u0000-\u001f\u007f\ud800-\udfff]/.test(text) ? `"${escaped(text.toWellFormed())}"` : `"${text}"`;
}

/** Escape by character code; `undefined` stays as it is. */
const ESCAPES: readonly (string | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const named = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r', 34: '\\"', 92: '\\\\' }[code];
  return named ?? (code < 32 || code === 127 ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : undefined);
});

/** A loop, because `replace` with a function costs ten times as much on the hot path. */
function escaped(text: string): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 34 && code !== 92 && code !== 127) continue;
    const sequence = ESCAPES[code];
    if (sequence === undefined) continue;
    out += text.slice(from, i) + sequence;
    from = i + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** A language tag as written by RDF/JS. @throws TypeError when it is none (N-Quads production LANGTAG) */
export function languageTag(tag: string): string {
  if (!/^[A-Za-z]+(?:-[A-Za-z0-9]+)*$/.test(tag)) throw new TypeError(`not a language tag: ${tag}`);
  return tag;
}

function refuse(term: Term): never {
  throw new TypeError(`a ${term.termType} cannot be written: ${term.value}`);
}

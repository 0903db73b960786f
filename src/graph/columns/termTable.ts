import type { Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import { quoted } from '../../rdf/nquads.js';
import { NO_TERM, TERM_KIND, type TermId, type TermTable } from './containerGraph.js';
import { createTokenTable, tokenHash, type TokenTable, viewOf } from './tokenTable.js';

/**
 * A term table that also takes terms as tokens: the UTF-8 bytes of `<iri>`, `_:label` or a literal as canonical N-Quads
 * writes it, its language tag in lower case. Terms are decoded when they are asked for.
 */
export interface TokenTermTable extends TermTable {
  readonly tokens: TokenTable;
  /** Adds a token that the table does not hold; `close` is the place of a literal's closing quote, `start` for other terms. */
  insertToken(hash: number, view: DataView, start: number, end: number, close: number): TermId;
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string';
const LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';
const UNDERSCORE = 0x5f;
const QUOTE = 0x22;
const AT = 0x40;
/** Sorts of terms; literals with a datatype have its number + `TYPED`. */
const BLANK = -2;
const IRI = -1;
const PLAIN = 0;
const TAGGED = 1;
const TYPED = 2;

/** An empty table. */
export function createTermTable(): TokenTermTable {
  const tokens = createTokenTable();
  /** Tokens of datatypes, `"^^<iri>`. */
  const suffixes = createTokenTable();
  const datatypes: string[] = [];
  /** Language tags that are not written in lower case. */
  const tags = new Map<TermId, string>();
  let sorts = new Int32Array(64);

  const sortOf = (view: DataView, start: number, end: number, close: number): number => {
    if (close === start) return view.getUint8(start) === UNDERSCORE ? BLANK : IRI;
    if (close + 1 === end) return PLAIN;
    if (view.getUint8(close + 1) === AT) return TAGGED;
    const hash = tokenHash(view, close, end);
    let id = suffixes.find(hash, view, close, end);
    if (id === -1) {
      id = suffixes.insert(hash, view, close, end);
      datatypes.push(suffixes.bytes.toString('utf8', suffixes.start(id) + 4, suffixes.end(id) - 1));
    }
    return id + TYPED;
  };
  const insertToken: TokenTermTable['insertToken'] = (hash, view, start, end, close) => {
    const sort = sortOf(view, start, end, close);
    const id = tokens.insert(hash, view, start, end);
    if (id >= sorts.length) {
      const wider = new Int32Array(Math.ceil(id * 1.5));
      wider.set(sorts);
      sorts = wider;
    }
    sorts[id] = sort;
    return id;
  };
  const lookUp = (term: Term, adding: boolean): TermId => {
    const parts = partsOf(term);
    if (parts === undefined) {
      if (!adding) return NO_TERM;
      throw new TypeError(`a ${term.termType} is no term of a graph: ${term.value}`);
    }
    const token = Buffer.from(parts.head + parts.tail);
    const view = viewOf(token);
    const hash = tokenHash(view, 0, token.length);
    const known = tokens.find(hash, view, 0, token.length);
    if (known !== -1 || !adding) return known;
    const close = term.termType === 'Literal' ? token.length - Buffer.byteLength(parts.tail) : 0;
    const id = insertToken(hash, view, 0, token.length, close);
    if (term.termType === 'Literal' && term.language !== term.language.toLowerCase()) tags.set(id, term.language);
    return id;
  };
  const text = (from: number, to: number): string => tokens.bytes.toString('utf8', from, to);
  const endOfText = (id: TermId): number => {
    const sort = sorts[id] as number;
    const end = tokens.end(id);
    if (sort === PLAIN) return end - 1;
    if (sort === TAGGED) return tokens.bytes.lastIndexOf(QUOTE, end - 1);
    return end - suffixes.end(sort - TYPED) + suffixes.start(sort - TYPED);
  };
  const value = (id: TermId): string => {
    const sort = sorts[id] as number;
    const start = tokens.start(id);
    if (sort === IRI) return text(start + 1, tokens.end(id) - 1);
    if (sort === BLANK) return text(start + 2, tokens.end(id));
    const written = text(start + 1, endOfText(id));
    return written.includes('\\') ? unescaped(written) : written;
  };
  const datatype = (id: TermId): string => {
    const sort = sorts[id] as number;
    if (sort < 0) return '';
    return sort === PLAIN ? XSD_STRING : sort === TAGGED ? LANG_STRING : (datatypes[sort - TYPED] ?? '');
  };
  const language = (id: TermId): string =>
    sorts[id] === TAGGED ? (tags.get(id) ?? text(endOfText(id) + 2, tokens.end(id))) : '';
  return {
    tokens,
    insertToken,
    get size() {
      return tokens.size;
    },
    find: (term) => lookUp(term, false),
    add: (term) => lookUp(term, true),
    kind: (id) => {
      const sort = sorts[id] as number;
      return sort === IRI ? TERM_KIND.iri : sort === BLANK ? TERM_KIND.blank : TERM_KIND.literal;
    },
    value,
    datatype,
    language,
    term: (id) => {
      const sort = sorts[id] as number;
      if (sort === IRI) return DataFactory.namedNode(value(id));
      if (sort === BLANK) return DataFactory.blankNode(value(id));
      return DataFactory.literal(value(id), sort === TAGGED ? language(id) : DataFactory.namedNode(datatype(id)));
    },
  };
}

/** A term's token in two parts, the second from the closing quote of a literal; undefined for terms no graph holds. */
function partsOf(term: Term): { readonly head: string; readonly tail: string } | undefined {
  if (term.termType === 'NamedNode') return { head: `<${term.value}>`, tail: '' };
  if (term.termType === 'BlankNode') return { head: `_:${term.value}`, tail: '' };
  if (term.termType !== 'Literal') return undefined;
  const head = quoted(term.value).slice(0, -1);
  if (term.language !== '') return { head, tail: `"@${term.language.toLowerCase()}` };
  const datatype = term.datatype.value;
  return { head, tail: datatype === XSD_STRING ? '"' : `"^^<${datatype}>` };
}

const NAMED: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

/** Text without the escapes that canonical N-Quads writes. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-F]{4})|(.))/g, (_, hex?: string, c = '') =>
    hex === undefined ? (NAMED[c] ?? c) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/**
 * The tokens of SPARQL (SPARQL 1.1 section 19.8) as far as a look at a query needs them. A prefix is cut at 255 characters, and a triple quote is never read
 * as an empty string with a quote behind it, so that the scan stays linear.
 */
const TOKENS = [
  /(?<skip>[ \t\r\n]+|#[^\r\n]*|<[^<>"{}|^`\\\u0000-\u0020]*>)/u,
  /(?<text>"""(?:"{0,2}(?:[^"\\]|\\.))*"""|"(?!"")(?:[^"\\\r\n]|\\.)*")/u,
  /(?<text1>'''(?:'{0,2}(?:[^'\\]|\\.))*'''|'(?!'')(?:[^'\\\r\n]|\\.)*')/u,
  /(?<name>[?$][\w\u00b7-\u{10ffff}]+|@[A-Za-z-]+|(?:[A-Za-z_\u00c0-\u{10ffff}][\w\u00b7-\u{10ffff}.-]{0,255})?:[\w\u00b7-\u{10ffff}.:%\\-]*)/u,
  /(?<word>[A-Za-z_][A-Za-z0-9_]*)/u,
  /(?<open>[({[]|<<)/u,
  /(?<close>[)}\]]|>>)/u,
  /(?<operator>\|\||&&|[-!+*/|^=<>?])/u,
  /(?<quote>["'])/u,
  /(?<other>[\s\S])/u,
];
/** One token from `lastIndex` on, in the group of its kind; `skip` is blanks, comments and IRIs. */
export const SPARQL_TOKEN = new RegExp(TOKENS.map((t) => t.source).join('|'), 'suy');

/** A token of a query; blanks and comments are left out. */
export interface SparqlToken {
  /** A `name` is a variable, a prefixed name, a label of a blank node or a language tag; a `word` is a keyword or a function. */
  readonly kind: 'iri' | 'text' | 'name' | 'word' | 'open' | 'close' | 'operator' | 'other';
  readonly text: string;
  /** Place of its first character in the query. */
  readonly at: number;
}

/** The tokens of a query in their order. */
export function sparqlTokens(sparql: string): SparqlToken[] {
  const tokens: SparqlToken[] = [];
  const next = new RegExp(SPARQL_TOKEN);
  for (let match = next.exec(sparql); match !== null; match = next.exec(sparql)) {
    const [text] = match;
    const { skip, text1, quote, ...kinds } = match.groups ?? {};
    if (skip !== undefined && !text.startsWith('<')) continue;
    const kind = (Object.keys(kinds) as SparqlToken['kind'][]).find((k) => kinds[k] !== undefined);
    const other = skip !== undefined ? 'iri' : text1 === undefined ? 'other' : 'text';
    tokens.push({ kind: quote === undefined ? (kind ?? other) : 'other', text, at: match.index });
  }
  return tokens;
}

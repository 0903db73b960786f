const TERM =
  /^(?:<[^\u0000-\u0020<>"{}|^`]*>|"(?:[^"\\\n\r]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^\u0000-\u0020<>"{}|^`]*>)?)$/;
const SIGNS: Readonly<Record<string, string>> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' };

/** Whether a text is one IRI or literal in N-Triples syntax (RDF 1.1 N-Triples section 7). */
export function isTerm(text: string): boolean {
  return TERM.test(text);
}

/** What a reader sees of a term in N-Triples syntax: the IRI, or the literal's lexical form. Other texts stay as they are. */
export function termText(term: string): string {
  if (!isTerm(term)) return term;
  if (term.startsWith('<')) return term.slice(1, -1);
  return term
    .slice(1, term.lastIndexOf('"'))
    .replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (_, four?: string, eight?: string, sign = '') => {
      const code = four ?? eight;
      if (code === undefined) return SIGNS[sign] ?? sign;
      const point = Number.parseInt(code, 16);
      return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    });
}

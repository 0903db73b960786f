/** Flags of XPath's regular expressions that JavaScript has under the same name. */
const SAME = new Set(['i', 's', 'm']);

/**
 * A regular expression of SPARQL's REGEX (XPath functions, section 5.6) in JavaScript's terms. @throws Error when the
 * pattern or a flag is none
 */
export function xpathPattern(pattern: string, flags: string): RegExp {
  let own = 'u';
  for (const flag of new Set(flags)) {
    if (SAME.has(flag)) own += flag;
    else if (flag !== 'x' && flag !== 'q') throw new Error(`there is no flag "${flag}"`);
  }
  if (flags.includes('q')) return new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), own);
  return new RegExp(pattern, own);
}

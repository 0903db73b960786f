import type { Json } from '../json.js';

/** A long integer where a value may stand; hashes in strings are full of digits. */
const MAYBE_LONG = /(?:^|[[:,])\s*-?[1-9]\d{15}/;
const NUMBER = /-?\d[\d.eE+-]*/g;
const LONG_INTEGER = /^-?[1-9]\d{15,}$/;

/** Numbers that Python's `json.dumps` writes although JSON has none: cells of tables, values of annotations. */
const NO_NUMBER = /-?\b(?:NaN|Infinity)\b/g;

/**
 * A JSON text (RFC 8259) as a value; integers of more than 15 digits come as strings of digits, because a double
 * would round ids beyond 2^53 (Java's long goes to 2^63); `NaN`, `Infinity` and `-Infinity`, which are no JSON but which
 * OMERO.web writes, as those words.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    if (text.search(NO_NUMBER) < 0) throw error;
    return JSON.parse(quoteNumbers(text)) as Json;
  }
  return MAYBE_LONG.test(text) ? (JSON.parse(quoteNumbers(text)) as Json) : value;
}

/** JSON with its long integers and what is no number as strings; what stands in strings is left alone. */
function quoteNumbers(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('"', at);
    const outside = text.slice(at, open < 0 ? text.length : open);
    const words = outside.replace(NO_NUMBER, '"$&"');
    parts.push(MAYBE_LONG.test(words) ? words.replace(NUMBER, (n) => (LONG_INTEGER.test(n) ? `"${n}"` : n)) : words);
    if (open < 0) break;
    const end = endOfString(text, open);
    parts.push(text.slice(open, end));
    at = end;
  }
  return parts.join('');
}

/** Index behind the closing quote of the string that opens at `open`; the end of the text when none closes it. */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); ; close = text.indexOf('"', close + 1)) {
    if (close < 0) return text.length;
    let escapes = 0;
    while (text[close - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return close + 1;
  }
}

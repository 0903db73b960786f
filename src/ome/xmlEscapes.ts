const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const escapeOne = (c: string): string => ESCAPES[c] ?? c;

/** Content between tags; a carriage return is a reference, or a reader makes it a line feed (XML 1.0 section 2.11). */
export const escapeText = (text: string): string => text.replace(/[&<>\r]/g, escapeOne);
/** Content of an attribute; tabs and line ends are references, or a reader makes them blanks (XML 1.0 section 3.3.3). */
export const escapeAttribute = (text: string): string => text.replace(/[&<>"\t\n\r]/g, escapeOne);

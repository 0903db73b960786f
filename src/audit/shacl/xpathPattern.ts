/** Classes of characters that XPath writes with one letter, as members of a class in JavaScript. */
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  s: ' \\t\\n\\r',
  w: '\\p{L}\\p{M}\\p{N}_',
  i: '\\p{L}_:',
  c: '\\p{L}\\p{M}\\p{N}._:·\\-',
};
const BLOCKS: Readonly<Record<string, string>> = {
  IsBasicLatin: '\\u{0}-\\u{7F}',
  'IsLatin-1Supplement': '\\u{80}-\\u{FF}',
  'IsLatinExtended-A': '\\u{100}-\\u{17F}',
  'IsLatinExtended-B': '\\u{180}-\\u{24F}',
  IsGreek: '\\u{370}-\\u{3FF}',
  IsCyrillic: '\\u{400}-\\u{4FF}',
};
/** What JavaScript's `v` flag wants escaped outside of classes, and within them. */
const SYNTAX = /[\\^$.*+?()[\]{}|/]/;
const RESERVED = /[\\^$.*+?()[\]{}|/\-&!#%,:;<=>@`~]/;

/**
 * A regular expression of SPARQL's REGEX (XPath functions, section 5.6) in JavaScript's terms. `\w` is what SPARQL engines
 * take it for, letters, marks, numbers and `_`; lookarounds and `\b`, which XPath has not, are let through because
 * published shapes use them. @throws Error when the pattern or a flag is none
 */
export function xpathPattern(pattern: string, flags: string): RegExp {
  for (const flag of flags) if (!'ismxq'.includes(flag)) throw new Error(`there is no flag "${flag}"`);
  const own = flags.includes('i') ? 'iv' : 'v';
  const has = (flag: string): boolean => flags.includes(flag);
  if (has('q')) return new RegExp([...pattern].map((character) => literal(character)).join(''), own);
  const source = translate([...pattern], { s: has('s'), m: has('m'), x: has('x') });
  try {
    return new RegExp(source, own);
  } catch (error) {
    throw new Error(error instanceof Error ? error.message.replace(/^.*\/v?i?v?: /, '') : String(error), {
      cause: error,
    });
  }
}

function literal(character: string, within = false): string {
  return (within ? RESERVED : SYNTAX).test(character) ? `\\${character}` : character;
}

interface Flags {
  readonly s: boolean;
  readonly m: boolean;
  readonly x: boolean;
}

function translate(text: readonly string[], { s, m, x }: Flags): string {
  let out = '';
  for (let at = 0; at < text.length;) {
    const character = text[at] as string;
    if (character === '[') {
      const [translated, end] = classAt(text, at);
      out += translated;
      at = end;
    } else if (character === '\\') {
      const [translated, end] = escapeAt(text, at, false);
      out += translated;
      at = end;
    } else {
      at++;
      if (character === '.') out += s ? '[\\s\\S]' : '[^\\n\\r]';
      else if (character === '^') out += m ? '(?:(?<![\\s\\S])|(?<=\\n)(?=[\\s\\S]))' : '^';
      else if (character === '$') out += m ? '(?=\\n|(?![\\s\\S]))' : '$';
      else if (!x || !/[\t\n\r ]/.test(character)) out += character;
    }
  }
  return out;
}

/** The escape at a position, within a class or not, and the position after it. */
function escapeAt(text: readonly string[], at: number, within: boolean): [string, number] {
  const letter = text[at + 1];
  if (letter === undefined) throw new Error('a "\\" at the end escapes nothing');
  const lower = letter.toLowerCase();
  if (Object.hasOwn(CLASSES, lower)) {
    const members = CLASSES[lower] as string;
    return [letter !== lower ? `[^${members}]` : within ? members : `[${members}]`, at + 2];
  }
  if (lower === 'p') {
    const end = text.indexOf('}', at);
    const name = text.slice(at + 3, end).join('');
    if (text[at + 2] !== '{' || end < 0) throw new Error(`"\\${letter}" names no category of characters`);
    if (!name.startsWith('Is')) return [`\\${letter}{${name}}`, end + 1];
    const block = Object.hasOwn(BLOCKS, name) ? BLOCKS[name] : undefined;
    if (block === undefined) throw new Error(`the block of characters "${name}" is not known here`);
    return [letter === 'P' ? `[^${block}]` : within ? block : `[${block}]`, end + 1];
  }
  return [/[\p{L}\p{N}]/u.test(letter) ? `\\${letter}` : literal(letter, within), at + 2];
}

/** The character class at a position, subtractions included (`[a-z-[aeiou]]`), and the position after it. */
function classAt(text: readonly string[], start: number): [string, number] {
  let at = start + 1;
  const negated = text[at] === '^';
  if (negated) at++;
  let members = '';
  let subtracted: string | undefined;
  for (let first = true; ; first = false) {
    const character = text[at];
    if (character === undefined) throw new Error('a "[" is not closed');
    if (character === ']' && !first) break;
    if (character === '-' && text[at + 1] === '[') {
      const [inner, end] = classAt(text, at + 1);
      if (text[end] !== ']') throw new Error('a subtraction is the last part of a class');
      subtracted = inner;
      at = end;
      break;
    }
    if (character === '\\') {
      const [translated, end] = escapeAt(text, at, true);
      members += translated;
      at = end;
    } else {
      const range = character === '-' && !first && text[at + 1] !== ']';
      members += range ? '-' : literal(character, true);
      at++;
    }
  }
  const set = `[${negated ? '^' : ''}${members}]`;
  return [subtracted === undefined ? set : `[${set}--${subtracted}]`, at + 1];
}

/** A character that nobody sees: zero-width, bidirectional and other format characters, and controls. */
const HIDDEN = /[\p{Cf}\p{Cc}]+/gu;

/** A key without characters that nobody sees; tabs and line breaks become blanks. */
export function visibleKey(key: string): string {
  return key.replace(HIDDEN, (found) => (/[\t\n\r]/.test(found) ? ' ' : '')).trim();
}

/** British spellings and word forms that mean the same in a key, as pieces of words. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/([a-z]{3})isation$/, '$1ization'],
  [/([a-z]{3})yse(d?)$/, '$1yze$2'],
  [/labell(ing|ed)$/, 'label$1'],
  [/(col|tum|behavi)our/, '$1or'],
  [/^fibre/, 'fiber'],
  [/^centre$/, 'center'],
  [/^licence$/, 'license'],
  [/^catalogue$/, 'catalog'],
  [/^paed/, 'ped'],
  [/^programme$/, 'program'],
];
/** Irregular plurals, abbreviations and variants that stand for one word. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ media: 'medium', mice: 'mouse', data: 'data', series: 'series', species: 'species', lens: 'lens' },
  ...{ analyses: 'analysis', matrices: 'matrix', axes: 'axis', indices: 'index', diagnoses: 'diagnosis' },
  ...{ conc: 'concentration', temp: 'temperature', num: 'number', no: 'number', nr: 'number', descr: 'description' },
  ...{ mag: 'magnification', abs: 'antibody', ab: 'antibody', info: 'information', development: 'developmental' },
  ...{ ident: 'identifier', id: 'identifier', ids: 'identifier', timepoint: 'time point', timepoints: 'time point' },
};
/** Words that say nothing in a key; "without" and "not" do. */
const EMPTY: ReadonlySet<string> = new Set(['of', 'the', 'a', 'an', 'for', 'in', 'on', 'by', 'and', 'or', 'per']);

const PLAIN_WORDS = new Map<string, string>();

/** A word in singular, American spelling, lower case; remembered, because keys are made of few words. */
function plainWord(word: string): string {
  const known = PLAIN_WORDS.get(word);
  if (known !== undefined) return known;
  if (PLAIN_WORDS.size > 20_000) PLAIN_WORDS.clear();
  const plain = spelt(word);
  PLAIN_WORDS.set(word, plain);
  return plain;
}

function spelt(word: string): string {
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (known !== undefined) return known;
  let w = word;
  if (w.length > 3 && /[^sui]s$/.test(w)) {
    w =
      w.endsWith('ies') && w.length > 4
        ? `${w.slice(0, -3)}y`
        : /(?:[sx]|ch|sh)es$/.test(w)
          ? w.slice(0, -2)
          : w.slice(0, -1);
  }
  for (const [from, to] of SPELLINGS) w = w.replace(from, to);
  return w;
}

/**
 * The words of a key, in order: snake case and camel case split, empty words left out, each in singular, American
 * spelling and lower case; numbers on their own count as words.
 */
export function keyWords(key: string): readonly string[] {
  return key
    .normalize('NFKC')
    .replace(/(?<=\p{Ll})(?=\p{Lu}\p{Ll})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((w) => w !== '' && !EMPTY.has(w))
    .flatMap((w) => plainWord(w).split(' '));
}

/** Words that may stand for each other in the name of a field: "staining procedure" is a "staining method". */
const SAME: Readonly<Record<string, string>> = {
  ...{ technique: 'method', approach: 'method', procedure: 'method', methodology: 'method', modality: 'method' },
  ...{ setting: 'parameter', kind: 'type', category: 'type', tissular: 'tissue' },
  ...{ accession: 'identifier', code: 'identifier', remark: 'comment', note: 'comment', manufacturer: 'vendor' },
  ...{ supplier: 'vendor', provider: 'vendor', make: 'vendor', brand: 'vendor', duration: 'time' },
};

/** One text for all orders of the same words, with words that may stand for each other made equal. */
export function wordBag(words: readonly string[]): string {
  return words
    .map((w) => (Object.hasOwn(SAME, w) ? (SAME[w] ?? w) : w))
    .sort()
    .join(' ');
}

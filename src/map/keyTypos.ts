import type { KeyVocabulary } from './keyVocabulary.js';

/** Words of the grammars around keys, which no table holds. */
const GRAMMAR =
  'characteristics characteristic comment comments experimental condition conditions factor value parameter term source accession number ontology channel identifier concentration description'.split(
    ' ',
  );
/** Words one letter away from words of keys that mean something else. */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  [
    'simulation simulated injection injected dilation contracting straining stating citation rotation notation',
    'sampler sampling imagine antigens anybody filtered excitations emissions contacts contract contrary processed processes procession',
    'disuse tissues reporters stimulated mutated genotyped phenotyped treated infected fixated mounted stained embedded embedder',
  ]
    .join(' ')
    .split(' '),
);

interface TypoIndex {
  /** Texts by each text that lacks one of their letters (the symmetric deletion of SymSpell). */
  readonly byDeletion: ReadonlyMap<string, readonly string[]>;
}

function indexOf(texts: Iterable<string>, shortest: number): TypoIndex {
  const byDeletion = new Map<string, string[]>();
  for (const text of texts) {
    if (text.length < shortest || /\d/.test(text)) continue;
    for (const key of [text, ...deletions(text)]) {
      const list = byDeletion.get(key);
      if (list === undefined) byDeletion.set(key, [text]);
      else list.push(text);
    }
  }
  return { byDeletion };
}

const deletions = (text: string): string[] =>
  Array.from(text, (_, i) => text.slice(0, i) + text.slice(i + 1)).filter((t, i, all) => all.indexOf(t) === i);

/** The one text of an index that is a slip of the finger away; undefined when there is none, or more than one. */
function nearest(text: string, { byDeletion }: TypoIndex): string | undefined {
  const found = new Set<string>();
  for (const key of [text, ...deletions(text)]) {
    for (const candidate of byDeletion.get(key) ?? []) if (isSlip(text, candidate)) found.add(candidate);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/**
 * Whether one letter is missing, too many or a few places off, in long words also another one; not the
 * first letter, and not at the end, where words take their endings.
 */
function isSlip(typed: string, meant: string): boolean {
  if (typed === meant || typed[0] !== meant[0]) return false;
  let same = 0;
  while (same < typed.length && typed[same] === meant[same]) same += 1;
  const [a, b] = [typed.slice(same), meant.slice(same)];
  if (a.length === b.length) {
    const replaced = a.length > 1 && typed.length >= 9 && a.slice(1) === b.slice(1);
    return replaced || isMoved(a, b) || isMoved(b, a);
  }
  return a.length < b.length ? a !== '' && a === b.slice(1) : b !== '' && b === a.slice(1);
}

/** Whether the first letter of `a` stands up to three places later in `b`. */
function isMoved(a: string, b: string): boolean {
  return [1, 2, 3].some((to) => to < a.length && b === a.slice(1, to + 1) + (a[0] ?? '') + a.slice(to + 1));
}

interface Typos {
  readonly words: TypoIndex;
  readonly keys: TypoIndex;
}
const INDEXES = new WeakMap<KeyVocabulary, Typos>();

function typosOf(vocabulary: KeyVocabulary): Typos {
  const known = INDEXES.get(vocabulary);
  if (known !== undefined) return known;
  const made = { words: indexOf(new Set([...vocabulary.words, ...GRAMMAR]), 6), keys: indexOf(vocabulary.folded, 10) };
  INDEXES.set(vocabulary, made);
  return made;
}

/** A key with the typing errors of its words mended, or undefined when there is nothing to mend. */
export function mendedWords(key: string, vocabulary: KeyVocabulary): string | undefined {
  const { words } = typosOf(vocabulary);
  const mended = key.replace(/\p{L}+/gu, (word) => {
    const typed = word.toLowerCase();
    // A word with digits at it is a name.
    if (typed.length < 6 || vocabulary.words.has(typed) || OTHER_WORDS.has(typed) || GRAMMAR.includes(typed))
      return word;
    return nearest(typed, words) ?? word;
  });
  return mended === key ? undefined : mended;
}

/** The folded key that is meant by words run together with one typing error, as in `organsimpart`; never across digits. */
export function mendedKey(key: string, vocabulary: KeyVocabulary): string | undefined {
  const typed = key.toLowerCase();
  return /^\p{L}{10,60}$/u.test(typed) && !OTHER_WORDS.has(typed)
    ? nearest(typed, typosOf(vocabulary).keys)
    : undefined;
}

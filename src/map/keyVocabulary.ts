import { keyWords, wordBag } from './keyWords.js';
import { fold, type KeyMapping, type MappingSet } from './mappingSet.js';

/** The key rows of the tables, arranged for the rules that look at words. */
export interface KeyVocabulary {
  /** Whole keys by their plain words in order; `null` where rows of one folder disagree. */
  readonly phrases: ReadonlyMap<string, KeyMapping | null>;
  /** Whole keys by their words in any order; `null` where rows disagree. */
  readonly bags: ReadonlyMap<string, KeyMapping | null>;
  /** Rows about the start or end of a key, by their plain words. */
  readonly starts: ReadonlyMap<string, KeyMapping>;
  readonly ends: ReadonlyMap<string, KeyMapping>;
  /** Number of words of the longest start or end. */
  readonly longest: number;
  readonly namespaces: ReadonlyMap<string, KeyMapping>;
  /** Rows by the id of a property type, `EFO:0000635`. */
  readonly propertyTypes: ReadonlyMap<string, KeyMapping>;
  /** Words of the tables as they are written, in lower case. */
  readonly words: ReadonlySet<string>;
  /** Folded whole keys. */
  readonly folded: ReadonlySet<string>;
}

const VOCABULARIES = new WeakMap<MappingSet, KeyVocabulary>();

/** The vocabulary of mapping tables; made once. */
export function keyVocabulary(mappings: MappingSet): KeyVocabulary {
  const known = VOCABULARIES.get(mappings);
  if (known !== undefined) return known;
  const made = build(mappings);
  VOCABULARIES.set(mappings, made);
  return made;
}

function build(mappings: MappingSet): KeyVocabulary {
  const phrases = new Map<string, KeyMapping | null>();
  const bags = new Map<string, KeyMapping | null>();
  const words = new Set<string>();
  const folded = new Set<string>();
  const forms = { start: new Map(), end: new Map(), namespace: new Map(), propertyType: new Map() } satisfies Record<
    NonNullable<KeyMapping['form']>,
    Map<string, KeyMapping>
  >;
  let longest = 0;
  const note = (index: Map<string, KeyMapping | null>, text: string, row: KeyMapping): void => {
    const before = index.get(text);
    if (text === '' || before === null) return;
    const folder = (r: KeyMapping): number => mappings.folders.get(r) ?? 0;
    if (before === undefined || folder(row) > folder(before)) index.set(text, row);
    else if (folder(row) === folder(before) && row.object !== before.object) index.set(text, null);
  };
  for (const row of mappings.rows) {
    if (row.kind !== 'key' || row.form === 'namespace' || row.form === 'propertyType') continue;
    for (const word of row.subject.toLowerCase().match(/\p{L}+/gu) ?? []) words.add(word);
    const plain = keyWords(row.subject);
    if (row.form !== undefined) longest = Math.max(longest, plain.length);
    else {
      folded.add(fold(row.subject));
      note(phrases, plain.join(' '), row);
      if (plain.length > 1) note(bags, wordBag(plain), row);
    }
  }
  for (const row of mappings.keyForms) {
    if (row.form === undefined) continue;
    const index: Map<string, KeyMapping> = forms[row.form];
    const subject = row.form === 'start' || row.form === 'end' ? keyWords(row.subject).join(' ') : row.subject;
    // Rows of later folders come first.
    if (!index.has(subject)) index.set(subject, row);
  }
  const { start: starts, end: ends, namespace: namespaces, propertyType: propertyTypes } = forms;
  return { phrases, bags, starts, ends, longest, namespaces, propertyTypes, words, folded };
}

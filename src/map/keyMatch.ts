import type { RembiModule } from '../rdf/rembi.js';
import { VALUE_KINDS, type ValueKind } from '../terms/valueKinds.js';
import {
  type CompanionHolds,
  type CompanionKey,
  companionKey,
  linkCompanion,
  propertyTypeOf,
} from './companionKeys.js';
import { composedKey, familyRow } from './composedKeys.js';
import { FIELD_KINDS } from './fieldKinds.js';
import { type InnerKey, innerKeys } from './innerKeys.js';
import { type KeyRule, trustIn } from './keyRules.js';
import { mendedKey, mendedWords } from './keyTypos.js';
import { keyVocabulary } from './keyVocabulary.js';
import { keyWords, visibleKey, wordBag } from './keyWords.js';
import { fold, type KeyMapping, type MappingSet } from './mappingSet.js';

export type { KeyRule } from './keyRules.js';

/** A key that a row maps to a field, or to none. */
export interface RowMatch {
  readonly kind: 'row';
  readonly row: KeyMapping;
  /** The rule that found the row, and all rules in the order in which they were used. */
  readonly rule: KeyRule;
  readonly rules: readonly KeyRule[];
  /** Confidence of the row times the trust in the rules. */
  readonly confidence: number;
  /** What sort of thing the values are; undefined when the key is no field. */
  readonly valueKind: ValueKind | undefined;
  /** Unit of the values that the key names: `µM` for `Concentration (microMolar)`. */
  readonly unit?: string | undefined;
}

/** What a key is: mapped by a row (to a field, or to none), a column that belongs to another key, or unknown. */
export type KeyMatch = RowMatch | ({ readonly kind: 'companion' } & CompanionKey) | { readonly kind: 'unknown' };

/** No key that people type is longer; what is longer is a text in the wrong column. */
export const LONGEST_KEY = 200;
const UNKNOWN: KeyMatch = { kind: 'unknown' };

const CACHES = new WeakMap<MappingSet, Map<string, Map<string, KeyMatch>>>();
const CACHE_LIMIT = 50_000;

/**
 * Recognises a key, within a section or namespace of a module where one is given; remembers the answer, because a server
 * has few keys and many pairs.
 */
export function matchKey(key: string, mappings: MappingSet, module?: RembiModule): KeyMatch {
  if (key.length > LONGEST_KEY) return UNKNOWN;
  let caches = CACHES.get(mappings);
  if (caches === undefined) {
    caches = new Map();
    CACHES.set(mappings, caches);
  }
  let cache = caches.get(module ?? '');
  if (cache === undefined) {
    cache = new Map();
    caches.set(module ?? '', cache);
  }
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const match = recognise(key, mappings, module);
  cache.set(key, match);
  return match;
}

/** A match by a row; the unit in the key's own text counts whatever rule found the row. */
export function rowMatch(row: KeyMapping, rules: readonly KeyRule[], form?: InnerKey, kind?: ValueKind): RowMatch {
  const confidence = Math.round((row.confidence ?? 1) * trustIn(rules) * 100) / 100;
  const valueKind = row.field === undefined ? undefined : (kind ?? row.valueKind ?? FIELD_KINDS[row.field]);
  return { kind: 'row', row, rule: rules.at(-1) ?? 'exact', rules, confidence, valueKind, unit: form?.unit };
}

function recognise(asked: string, mappings: MappingSet, module: RembiModule | undefined): KeyMatch {
  const key = visibleKey(asked);
  if (key === '') return UNKNOWN;
  const found = withoutTypos(key, mappings, module);
  if (found.kind !== 'unknown' && !isWeak(found)) return found;
  const vocabulary = keyVocabulary(mappings);
  const mended = mendedWords(key, vocabulary);
  const again = mended === undefined ? UNKNOWN : withoutTypos(mended, mappings, module);
  if (again.kind === 'companion') return again;
  // Two guesses on top of each other are one too many.
  if (again.kind === 'row' && !isWeak(again))
    return { ...rowMatch(again.row, [...again.rules, 'typo'], undefined, again.valueKind), unit: again.unit };
  if (found.kind !== 'unknown') return found;
  for (const form of innerKeys(key)) {
    const row = mappings.keys.folded.get(mendedKey(form.text, vocabulary) ?? '');
    if (row) return rowMatch(row, [...form.covers, 'typo'], form);
  }
  return found;
}

/** Whether only some words of the key, or its wrapper, say what it is. */
const isWeak = (match: KeyMatch): boolean =>
  match.kind === 'row' && (match.rules.includes('family') || match.rules.includes('factor'));

function withoutTypos(key: string, mappings: MappingSet, module: RembiModule | undefined): KeyMatch {
  const exact = mappings.keys.exact.get(key);
  const forms = innerKeys(key);
  const unit = forms.find((f) => f.unit !== undefined);
  if (module !== undefined) {
    const row = forms.map((f) => mappings.keys.folded.get(fold(`${module}: ${f.text}`))).find((r) => r);
    // What a site says of a key on its own counts more than what we say of it in a section.
    const folder = (r: KeyMapping): number => mappings.folders.get(r) ?? 0;
    if (row && (exact === undefined || folder(row) >= folder(exact))) return rowMatch(row, ['context'], unit);
  }
  if (exact !== undefined) return rowMatch(exact, ['exact'], unit);
  return (
    lookUp(forms, unit, mappings) ??
    typedByHeader(key, mappings) ??
    companion(forms, mappings, companionKey) ??
    byWords(forms, mappings) ??
    companion(forms, mappings, linkCompanion) ??
    byFamily(forms, mappings) ??
    UNKNOWN
  );
}

function lookUp(forms: readonly InnerKey[], unit: InnerKey | undefined, { keys }: MappingSet): KeyMatch | undefined {
  for (const form of forms) {
    const row = keys.exact.get(form.text) ?? keys.folded.get(fold(form.text));
    if (row) return rowMatch(row, form.covers.length === 0 ? ['folded'] : form.covers, unit);
  }
  return undefined;
}

/** `Characteristics [Tissue] (EFO:0000635)`: the id of a property type says what the key means when nobody knows the key. */
function typedByHeader(key: string, mappings: MappingSet): KeyMatch | undefined {
  const typed = propertyTypeOf(key);
  if (typed === undefined || companionKey(key, () => false) !== undefined) return undefined;
  const inner = matchKey(typed.rest, mappings);
  if (inner.kind === 'row') return inner;
  const row = keyVocabulary(mappings).propertyTypes.get(typed.propertyType);
  return row && rowMatch(row, ['propertyType']);
}

function companion(forms: readonly InnerKey[], mappings: MappingSet, read: typeof companionKey): KeyMatch | undefined {
  for (const form of forms) {
    if (!form.covers.every((c) => c === 'wrapper' || c === 'module')) continue;
    const found = read(form.text, (text, holds) => hasCompanion(matchKey(text, mappings), holds));
    if (found !== undefined) return { kind: 'companion', ...found };
  }
  return undefined;
}

/** Whether a key can have a companion of this sort: accessions are of terms, so of kinds that an ontology answers. */
function hasCompanion(of: KeyMatch, holds: CompanionHolds): boolean {
  if (of.kind !== 'row' || holds === 'unit' || holds === 'other') return of.kind !== 'unknown';
  return of.valueKind !== undefined && VALUE_KINDS[of.valueKind].ontologies.length > 0;
}

/** Whether no bracket is left whose meaning we do not know: a "Note [Organism]" is no organism. */
const isPlain = (form: InnerKey): boolean => !/[[\]{}<>]/.test(form.text);

/** The rules that look at words, each for all forms of the key, from the surest on. */
function byWords(forms: readonly InnerKey[], mappings: MappingSet): KeyMatch | undefined {
  const vocabulary = keyVocabulary(mappings);
  const worded = forms.filter(isPlain).map((form) => ({ form, words: keyWords(form.text) }));
  for (const { form, words } of worded) {
    const row = vocabulary.phrases.get(words.join(' '));
    if (row) return rowMatch(row, [...form.covers, 'words'], form);
  }
  for (const { form, words } of worded) {
    const row = words.length > 1 ? vocabulary.bags.get(wordBag(words)) : undefined;
    if (row) return rowMatch(row, [...form.covers, 'order'], form);
  }
  for (const { form, words } of worded) {
    const found = composedKey(words, vocabulary);
    if (found) return rowMatch(found.row, [...form.covers, 'composed'], form, found.valueKind);
  }
  return undefined;
}

/** The weakest rules: the first or last words of a key, and what the wrapper around it means. */
function byFamily(forms: readonly InnerKey[], mappings: MappingSet): KeyMatch | undefined {
  const vocabulary = keyVocabulary(mappings);
  // A remark in brackets is not the end of a key.
  const remarked = forms.some((f) => f.covers.includes('hint'));
  for (const form of forms.filter(isPlain)) {
    if (remarked && form.text.trimEnd().endsWith(')')) continue;
    const row = familyRow(keyWords(form.text), vocabulary);
    if (row) return rowMatch(row, [...form.covers, 'family'], form);
  }
  // In ISA-Tab a factor is by definition a variable of the experiment.
  const factor = forms.find((f) => f.wrapper === 'factorvalue');
  const row = factor && mappings.keys.folded.get('factorvalue');
  return factor && row ? rowMatch(row, [...factor.covers, 'factor'], factor) : undefined;
}

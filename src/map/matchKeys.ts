import type { KeyValue } from '../ome/model.js';
import type { RembiModule } from '../rdf/rembi.js';
import { valuesBeside } from './companions.js';
import { sectionModule } from './innerKeys.js';
import { type KeyMatch, LONGEST_KEY, matchKey, rowMatch } from './keyMatch.js';
import { keyVocabulary } from './keyVocabulary.js';
import { unitNamed } from './keyUnits.js';
import { visibleKey } from './keyWords.js';
import type { KeyMapping, MappingSet } from './mappingSet.js';

/** What the namespace of an annotation says about its pairs. */
interface NamespaceContext {
  /** Module that the keys belong to. */
  readonly module: RembiModule | undefined;
  /** Row that types all pairs (IDR's `openmicroscopy.org/mapr/…`). */
  readonly types: KeyMapping | undefined;
  /** Whether the pairs are facts beside the typed ones (`…/supplementary`). */
  readonly supplementary: boolean;
  /** Matches that the namespace decides, by key. */
  readonly typed: Map<string, KeyMatch>;
}

/** Keys of web addresses, which stand beside what they lead to. */
const LINK = /[\s_](?:URL|URI|link)$/i;
const SUPPLEMENTARY = /\/supplementary$/i;
const PLAIN: NamespaceContext = { module: undefined, types: undefined, supplementary: false, typed: new Map() };
const CONTEXTS = new WeakMap<MappingSet, Map<string, NamespaceContext>>();
const CACHE_LIMIT = 20_000;
const LONGEST_UNIT = 40;

/** Sections of an ISA investigation as omero-arc names them (`ARC:ISA:STUDY:STUDY PROTOCOLS`), the surest first. */
const ARC_SECTIONS: readonly (readonly [part: RegExp, module: RembiModule])[] = [
  [/CONTACTS|PERFORMERS|PUBLICATIONS|DESIGN/i, 'Study'],
  [/PROTOCOLS/i, 'Specimen'],
  [/FACTORS/i, 'Biosample'],
  [/^ARC:ISA:ASSAYS?\b/i, 'Study component'],
  [/^ARC:ISA:(?:STUDY|INVESTIGATION)\b/i, 'Study'],
];

/** The module that a namespace names: `REMBI_Biosample`, `https://…/rembi/specimen/1.2.0`, `ARC:ISA:ASSAY:ASSAY`. */
export function namespaceModule(namespace: string): RembiModule | undefined {
  if (namespace.length > LONGEST_KEY) return undefined;
  if (/^ARC:ISA:/i.test(namespace)) return ARC_SECTIONS.find(([part]) => part.test(namespace))?.[1];
  const parts = namespace.split(/[/#]/).filter((p) => p !== '' && !/^v?\d[\d.]*$/i.test(p));
  const last = (parts.at(-1) ?? '').replace(/[\s_-]*v?\d+(?:\.\d+)*$/i, '');
  return sectionModule(last);
}

function contextOf(namespace: string | undefined, mappings: MappingSet): NamespaceContext {
  if (namespace === undefined || namespace === '') return PLAIN;
  let contexts = CONTEXTS.get(mappings);
  if (contexts === undefined) {
    contexts = new Map();
    CONTEXTS.set(mappings, contexts);
  }
  const known = contexts.get(namespace);
  if (known !== undefined) return known;
  const bare = visibleKey(namespace.slice(0, LONGEST_KEY))
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/\/+$/, '');
  const types = keyVocabulary(mappings).namespaces.get(bare.replace(SUPPLEMENTARY, ''));
  const module = types === undefined ? namespaceModule(namespace) : undefined;
  const made = { module, types, supplementary: SUPPLEMENTARY.test(bare), typed: new Map<string, KeyMatch>() };
  if (contexts.size >= CACHE_LIMIT) contexts.clear();
  contexts.set(namespace, made);
  return made;
}

/** A match as the namespace of its annotation has it: the namespace types keys before any text does. */
function typedMatch(key: string, match: KeyMatch, context: NamespaceContext): KeyMatch {
  const { types, supplementary } = context;
  if (types?.field === undefined || match.kind === 'companion') return match;
  if (key.trim() === '' || key.length > LONGEST_KEY) return match;
  if (LINK.test(key)) return { kind: 'companion', of: '', holds: 'other' };
  if (match.kind === 'row' && match.row.field === undefined) return match;
  if (supplementary) return match.kind === 'row' ? match : { ...rowMatch(types, ['namespace']), valueKind: 'text' };
  if (match.kind === 'row' && match.row.field === types.field) {
    return match.valueKind === 'text' ? match : { ...match, valueKind: types.valueKind ?? match.valueKind };
  }
  return rowMatch(types, ['namespace']);
}

/**
 * The module whose section a pair opens in the layout of the HHU template: a pair without a value whose key names a
 * module or ends in a colon (`other`: a section of no module); undefined when it opens none.
 */
export function openedSection([key, value]: KeyValue, match: KeyMatch): RembiModule | 'other' | undefined {
  if (value.trim() !== '' || key.length > LONGEST_KEY) return undefined;
  const module = sectionModule(visibleKey(key));
  if (module !== undefined) return module;
  return match.kind === 'unknown' && /\S\s*:\s*$/.test(key) ? 'other' : undefined;
}

/**
 * Recognises the keys of one annotation: its namespace first, then each key in the section that it stands in, then the
 * property types that companion columns name for the pair before them.
 */
export function matchKeys(
  pairs: readonly KeyValue[],
  namespace: string | undefined,
  mappings: MappingSet,
): readonly KeyMatch[] {
  const context = contextOf(namespace, mappings);
  let { module } = context;
  let columns = false;
  const matches = pairs.map((pair) => {
    const [key] = pair;
    const plain = matchKey(key, mappings, module);
    const section = openedSection(pair, plain);
    if (section !== undefined) module = section === 'other' ? undefined : section;
    if (plain.kind === 'companion' && (plain.propertyType !== undefined || plain.holds === 'unit')) columns = true;
    if (context.types === undefined) return plain;
    let typed = context.typed.get(key);
    if (typed === undefined) {
      typed = typedMatch(key, plain, context);
      if (context.typed.size >= CACHE_LIMIT) context.typed.clear();
      if (key.length <= LONGEST_KEY) context.typed.set(key, typed);
    }
    return typed;
  });
  return columns ? withColumns(pairs, matches, mappings) : matches;
}

/** What columns say of the pair that they stand beside: its property type (`TermAccessionNumber(OBI:0100026)`), its unit. */
function withColumns(
  pairs: readonly KeyValue[],
  matches: readonly KeyMatch[],
  mappings: MappingSet,
): readonly KeyMatch[] {
  const { propertyTypes } = keyVocabulary(mappings);
  const typed = [...matches];
  let owner = -1;
  matches.forEach((match, index) => {
    if (match.kind !== 'companion') owner = index;
    const row = match.kind === 'companion' && match.propertyType ? propertyTypes.get(match.propertyType) : undefined;
    const owned = typed[owner];
    if (row === undefined || owned === undefined) return;
    if (owned.kind === 'unknown') typed[owner] = rowMatch(row, ['propertyType']);
    else if (owned.kind === 'row' && owned.row.field === row.field && row.valueKind !== undefined)
      typed[owner] = { ...owned, valueKind: row.valueKind };
  });
  for (const [index, unit] of valuesBeside(pairs, typed, 'unit') ?? []) {
    const owned = typed[index];
    const text = unit.trim().slice(0, LONGEST_UNIT);
    if (owned?.kind === 'row' && text !== '') typed[index] = { ...owned, unit: unitNamed(text) ?? text };
  }
  return typed;
}

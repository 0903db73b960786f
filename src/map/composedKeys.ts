import type { RembiField } from '../rdf/rembi.js';
import type { ValueKind } from '../terms/valueKinds.js';
import type { KeyVocabulary } from './keyVocabulary.js';
import type { KeyMapping } from './mappingSet.js';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words before a thing that say whose or which one it is, not what: "donor age", "screen organism". */
const WHOSE = set(
  'study experiment experimental screen assay sample biosample specimen source original donor patient animal subject host individual mouse fish fly plant human embryo main primary secondary current other additional alternative biological progenitor reference target targeted first second initial project dataset image proprietary clinical',
);
/** Words after a thing that name it. */
const NAMES = set('used name identifier symbol label term common scientific full short official');
/** Words after a thing that tell something about it. */
const TELLS = set(
  'description comment note remark detail information type subtype status synonym alias source origin provider supplier vendor manufacturer company catalog lot batch reference sequence version group clone isotype host rrid morphology modification number stock background summary',
);
/** Words before "number" when it is an identifier, and not how many things there are. */
const NUMBERED = set('catalog lot batch serial reference stock accession version identifier');
/** Words after a step of handling: when, how long, in what, how much. */
const HANDLES = set(
  'method protocol procedure technique condition reagent agent buffer solution medium step kit schedule regimen date',
);
const AMOUNTS = set('time duration temperature concentration thickness volume dose percentage dilution factor ratio');
/** Words after a part of an instrument. */
const PARTS = set(
  'model serial aperture magnification immersion wavelength na line setup configuration specification software equipment',
);

/** Kinds of things that have names, sources and remarks. */
const THINGS: ReadonlySet<ValueKind> = new Set([
  ...([
    'organism',
    'cellLine',
    'cellType',
    'organismPart',
    'biologicalEntity',
    'disease',
    'strain',
    'genotype',
  ] as const),
  ...([
    'developmentalStage',
    'phenotype',
    'gene',
    'protein',
    'nucleicAcidReagent',
    'compound',
    'antibody',
    'stain',
  ] as const),
  ...([
    'experimentalStatus',
    'ancestry',
    'age',
    'sex',
    'treatment',
    'imagingMethod',
    'cellularComponent',
    'channels',
  ] as const),
]);
/** Steps of handling a sample. */
const STEPS: ReadonlySet<ValueKind> = new Set([
  'fixation',
  'embedding',
  'preparation',
  'treatment',
  'compound',
  'nucleicAcidReagent',
]);
/** Fields that are about a study as a whole: "screen description" is another thing than "description". */
const WHOLE: ReadonlySet<RembiField> = new Set([
  ...(['studyDescription', 'studyType', 'generalDatasetInformation', 'studyComponentDescription'] as const),
  ...(['imageType', 'formatAndCompression', 'analysisMethod', 'dataUsedForAnalysis'] as const),
]);

/** A row that is about the core of a key, and what the values of the whole key are. */
export interface ComposedKey {
  readonly row: KeyMapping;
  readonly valueKind: ValueKind | undefined;
}

/** A row that a part of a key may be taken for; common words ("status", "label") are too weak for that. */
function core(words: readonly string[], { phrases }: KeyVocabulary): KeyMapping | undefined {
  const row = phrases.get(words.join(' '));
  return row?.field !== undefined && (row.confidence ?? 1) >= 0.8 ? row : undefined;
}

/**
 * Takes a key for a thing with words before it that say whose it is and words after it that say what of it is meant
 * ("donor cell line supplier"), or for two things of one field ("genotype gene symbol"). The longest thing counts.
 */
export function composedKey(words: readonly string[], vocabulary: KeyVocabulary): ComposedKey | undefined {
  if (words.length < 2 || words.length > 8) return undefined;
  for (let length = words.length - 1; length > 0; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      if (!words.slice(0, at).every((w) => WHOSE.has(w))) break;
      const after = words.slice(at + length);
      const middle = words.slice(at, at + length);
      const row = core(middle, vocabulary) ?? (length > 1 ? twoThings(middle, vocabulary) : undefined);
      if (row?.field === undefined || (at > 0 && WHOLE.has(row.field))) continue;
      const found = withAfter(row, after);
      if (found !== undefined) return found;
    }
  }
  return twoThingsFound(words, vocabulary);
}

function twoThingsFound(words: readonly string[], vocabulary: KeyVocabulary): ComposedKey | undefined {
  const row = twoThings(words, vocabulary);
  return row && { row, valueKind: row.valueKind };
}

function twoThings(words: readonly string[], vocabulary: KeyVocabulary): KeyMapping | undefined {
  for (let at = 1; at < words.length; at++) {
    const [left, right] = [core(words.slice(0, at), vocabulary), core(words.slice(at), vocabulary)];
    if (left?.field !== undefined && left.field === right?.field && !WHOLE.has(left.field)) return right;
  }
  return undefined;
}

function withAfter(row: KeyMapping, after: readonly string[]): ComposedKey | undefined {
  if (after.length === 0) return { row, valueKind: row.valueKind };
  const { valueKind: kind, field } = row;
  const thing = (kind !== undefined && THINGS.has(kind)) || field === 'instrumentAttributes';
  const step = kind !== undefined && STEPS.has(kind);
  const fits = after.every(
    (w, i) =>
      (w !== 'number' || NUMBERED.has(after[i - 1] ?? '')) &&
      (((thing || step) && (NAMES.has(w) || TELLS.has(w))) ||
        (step && (HANDLES.has(w) || AMOUNTS.has(w))) ||
        (field === 'instrumentAttributes' && PARTS.has(w))),
  );
  if (!fits) return undefined;
  if (after.every((w) => NAMES.has(w))) return { row, valueKind: kind };
  return {
    row,
    valueKind: after.some((w) => AMOUNTS.has(w)) ? (after.includes('dose') ? 'dose' : 'quantity') : 'text',
  };
}

/**
 * The row about the longest start or end of a key; an end says more than a start of the same length, and a row that
 * names a field more than one that names none.
 */
export function familyRow(words: readonly string[], { starts, ends, longest }: KeyVocabulary): KeyMapping | undefined {
  let none: KeyMapping | undefined;
  for (let length = Math.min(longest, words.length - 1); length > 0; length--) {
    for (const row of [ends.get(words.slice(-length).join(' ')), starts.get(words.slice(0, length).join(' '))]) {
      if (row?.field !== undefined) return row;
      none ??= row;
    }
  }
  return none;
}

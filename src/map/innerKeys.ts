import { REMBI_MODULES, type RembiModule } from '../rdf/rembi.js';
import { unitOfKey } from './keyUnits.js';

/** What was taken off a key to find the key inside. */
export type KeyCover = 'wrapper' | 'module' | 'hint' | 'numbered' | 'unit';

/** A key with something taken off. */
export interface InnerKey {
  readonly text: string;
  /** What was taken off, in this order. */
  readonly covers: readonly KeyCover[];
  /** The unit that was taken off. */
  readonly unit?: string | undefined;
  /** The wrapper that was taken off, folded to its name: `factorvalue`. */
  readonly wrapper?: string | undefined;
}

/** Wrappers of ISA-Tab and IDR around the actual key, with separators in use. */
const WRAPPERS =
  'characteri[sz]tics?|comments?|experimental[ _]?conditions?|factor[ _]?values?|parameter[ _]?values?|parameters?|factors?|material[ _]?types?';
const BRACKETED = new RegExp(`^\\s*(${WRAPPERS})\\s*[[({<]\\s*<?(.+?)>?\\s*[\\])}>]\\s*$`, 'iu');
const PREFIXED = new RegExp(
  `^\\s*(characteri[sz]tics?|comments?|experimental[ _]?conditions?|factor[ _]?values?|parameter[ _]?values?)[\\s:._–-]+(?=[\\p{L}\\p{N}])(.+)$`,
  'iu',
);
/** Numbers on their own, as in `Channel 1 - content`, `Organism 2`, `#3`, and those stuck to `Channel`. */
const NUMBERS =
  /(?<![\p{L}\p{N}])[#{(]?(?:\d{1,3}|n)[)}]?(?![\p{L}\p{N}.,])|(?<=channel|antibody|phenotype|organism|replicate|compound|protocol)\d{1,2}(?!\p{N})/giu;
/** What forms add to a key: `(optional)`, `(e.g. human)`, `*`, a trailing colon. */
const HINT =
  /\s*\([^()]*\)\s*[:*]?\s*$|\s*[[{(<]\s*(?:optional|required|mandatory|recommended|free text|e\.?\s?g\.?[^\])}>]*)\s*[\])}>]\s*$/iu;

const MODULES = [...REMBI_MODULES, 'Analysed data'].map((m) => m.replace(/ /g, '[ _]?')).join('|');
const MODULE_PREFIX = new RegExp(`^\\s*(?:rembi[\\s:_-]+)?(?:${MODULES})\\s*[:/|>–-]\\s*(?=\\S)`, 'i');
const REMBI_PREFIX = /^\s*rembi[\s:_-]+/i;

/** The key inside a wrapper, or the key itself. */
export function unwrapped(key: string): string {
  return BRACKETED.exec(key)?.[2]?.trim() ?? key;
}

const foldedName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_]+/g, '')
    .replace(/s$/, '');

/** Each way to take one thing off. */
const PEELS: Readonly<Record<KeyCover, (text: string) => Omit<InnerKey, 'covers'> | undefined>> = {
  wrapper(text) {
    const found = BRACKETED.exec(text) ?? PREFIXED.exec(text);
    return found ? { text: (found[2] ?? '').trim(), wrapper: foldedName(found[1] ?? '') } : undefined;
  },
  // The module before a key says nothing that the key does not.
  module: (text) => ({ text: text.replace(REMBI_PREFIX, '').replace(MODULE_PREFIX, '') }),
  unit(text) {
    const found = unitOfKey(text);
    return found && { text: found.rest, unit: found.unit };
  },
  hint: (text) => (/[)\]}>:*]\s*$/.test(text) ? { text: text.replace(HINT, '').trim() } : undefined),
  numbered: (text) =>
    !/[\d#n]/i.test(text) ? undefined : { text: text.replace(NUMBERS, ' ').replace(/ {2,}/g, ' ').trim() },
};
/** A number may stand outside or inside of a wrapper, a unit too. */
const ORDER = [
  'numbered',
  'unit',
  'wrapper',
  'module',
  'unit',
  'hint',
  'numbered',
] as const satisfies readonly KeyCover[];
/** Numbers and hints carry meaning more often than the others, so what keeps them is tried first. */
const LAST: ReadonlySet<KeyCover> = new Set(['numbered', 'hint']);

/** The forms of a key, itself first, then with ever more taken off. */
export function innerKeys(key: string): readonly InnerKey[] {
  const forms: InnerKey[] = [{ text: key, covers: [] }];
  const seen = new Set([key]);
  for (const cover of ORDER) {
    for (const form of [...forms]) {
      const inner = PEELS[cover](form.text);
      if (inner === undefined || inner.text === '' || seen.has(inner.text)) continue;
      seen.add(inner.text);
      forms.push({ unit: form.unit, wrapper: form.wrapper, ...inner, covers: [...form.covers, cover] });
    }
  }
  const cost = (form: InnerKey): number => form.covers.length + (form.covers.some((c) => LAST.has(c)) ? 10 : 0);
  return forms
    .map((form, i) => [form, i] as const)
    .sort(([a, i], [b, j]) => cost(a) - cost(b) || i - j)
    .map(([f]) => f);
}

const SECTION_NAMES: ReadonlyMap<string, RembiModule> = new Map([
  ...REMBI_MODULES.map((m) => [m.toLowerCase().replace(/ /g, ''), m] as const),
  ['sample', 'Biosample'],
  ['acquisition', 'Image acquisition'],
  ['imageacquisitions', 'Image acquisition'],
  ['analyseddata', 'Analyzed data'],
  ['analysis', 'Analyzed data'],
  ['studycomponents', 'Study component'],
  ['biosamples', 'Biosample'],
  ['specimens', 'Specimen'],
]);

/** The module whose section a key opens when its value is empty: `Biosample:`, `Specimen (sample put under the microscope)`. */
export function sectionModule(key: string): RembiModule | undefined {
  const name = key.replace(HINT, '').replace(REMBI_PREFIX, '').toLowerCase();
  return SECTION_NAMES.get(name.replace(/[\s_:.*-]+/g, ''));
}

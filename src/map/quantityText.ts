import { valueUnit, type ValueUnit } from './valueUnits.js';

/** A measured value: one number, or the ends of a range of which one may be open. */
export interface QuantityText {
  readonly value?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** How the text compares, when it gives no plain number; `~` stands beside `value`. */
  readonly comparator?: '<' | '>' | '<=' | '>=' | '~' | undefined;
  readonly unit: ValueUnit;
}

/** No quantity that people type is longer. */
const LONGEST = 80;
const NUMBER = '[-−+]?(?:\\d+(?:[.,]\\d+)*|[.,]\\d+)(?: ?[×x*·] ?10\\^[-−+]?\\d+|[eE][-−+]?\\d+)?';
const HEAD = new RegExp(`^(${NUMBER})(.*)$`, 'su');
const RANGE = new RegExp(
  `^(${NUMBER})([^\\d<>]*?) ?(?:[-–—−]|\\bto\\b|\\bbis\\b|\\band\\b|…|\\.{2,3}) ?(${NUMBER})(.*)$`,
  'su',
);
const TOLERANCE = new RegExp(`^(${NUMBER})([^\\d<>±]*?) ?(?:±|\\+/-) ?(${NUMBER})(.*)$`, 'su');
const COMPARATORS: readonly (readonly [RegExp, NonNullable<QuantityText['comparator']>])[] = [
  [/^(?:<=|=<|≤|⩽|at most |up to |max\.? |maximum )/iu, '<='],
  [/^(?:>=|=>|≥|⩾|at least |min\.? |minimum )/iu, '>='],
  [/^(?:<|＜|less than |below |under )/iu, '<'],
  [/^(?:>|＞|more than |above |over )/iu, '>'],
  [/^(?:~|≈|∼|ca\.? |circa |approx(?:\.|imately)? ?|about |around )/iu, '~'],
];
/** Symbols that stand for two units where no key says which: metre or minute, ampere or ångström, year or a mere letter. */
const AMBIGUOUS = /^(?:[maAwyU]|mo)$/;
/** Kelvin, or a thousand of something. */
const THOUSANDS = /^(?:K|M)$/;

/**
 * Reads a quantity: `37 °C`, `5 µM`, `10-20 µm`, `<5 %`, `8 to 14 week old`; a number alone takes the unit of its key.
 * Undefined when the text says anything else, or when a number or unit could be two (`1,500`, `5 m`).
 */
export function quantityText(text: string, unitFromKey?: string): QuantityText | undefined {
  if (text.length > LONGEST) return undefined;
  const keyUnit = unitFromKey === undefined ? undefined : valueUnit(unitFromKey);
  let rest = text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/[ -](?:old|of age)$/iu, '')
    .replace(/ ?\([^()\d]{1,40}\)$/u, '')
    .trim();
  const found = COMPARATORS.find(([pattern]) => pattern.test(rest));
  if (found !== undefined) rest = rest.replace(found[0], '').trim();
  const comparator = found?.[1];
  const single = one(rest, keyUnit);
  if (single !== undefined) return compared(single, comparator);
  if (comparator === '<' || comparator === '>') return undefined;
  const sure = comparator === '~' ? ('~' as const) : undefined;
  const about = TOLERANCE.exec(rest);
  if (about !== null && numberOf(about[3] ?? '') !== undefined) {
    const unit = unitOfBoth(about[2] ?? '', about[4] ?? '', keyUnit);
    const value = numberOf(about[1] ?? '');
    return unit && value !== undefined ? { value, comparator: '~', unit } : undefined;
  }
  const between = RANGE.exec(rest.replace(/^(?:between|from) /iu, ''));
  if (between === null) return undefined;
  const minimum = numberOf(between[1] ?? '');
  const maximum = numberOf(between[3] ?? '');
  const unit = unitOfBoth(between[2] ?? '', between[4] ?? '', keyUnit);
  if (minimum === undefined || maximum === undefined || unit === undefined || minimum >= maximum) return undefined;
  return sure === undefined ? { minimum, maximum, unit } : { minimum, maximum, comparator: sure, unit };
}

function one(text: string, keyUnit: ValueUnit | undefined): { value: number; unit: ValueUnit } | undefined {
  const parts = HEAD.exec(text);
  const value = numberOf(parts?.[1] ?? '');
  if (parts === null || value === undefined) return undefined;
  const unit = unitAfter(parts[2] ?? '', keyUnit);
  return unit && { value, unit };
}

function compared(
  { value, unit }: { value: number; unit: ValueUnit },
  comparator: QuantityText['comparator'],
): QuantityText {
  switch (comparator) {
    case undefined:
      return { value, unit };
    case '~':
      return { value, comparator, unit };
    case '<':
    case '<=':
      return { maximum: value, comparator, unit };
    case '>':
    case '>=':
      return { minimum: value, comparator, unit };
  }
}

/** The unit that follows a number, or the key's when nothing follows. */
function unitAfter(text: string, keyUnit: ValueUnit | undefined): ValueUnit | undefined {
  const written = text
    .replace(/^[ -]/u, '')
    .replace(/(?<=\p{L})\.$/u, '')
    .trim();
  if (written === '') return keyUnit;
  const unit = valueUnit(written);
  if (unit === undefined || unit.symbol === keyUnit?.symbol) return unit;
  if (AMBIGUOUS.test(written) || (THOUSANDS.test(written) && !text.startsWith(' '))) return undefined;
  return unit;
}

/** The unit of a range: behind the last number or both, never two. */
function unitOfBoth(first: string, last: string, keyUnit: ValueUnit | undefined): ValueUnit | undefined {
  const unit = unitAfter(last, keyUnit);
  const before = first.trim() === '' ? unit : unitAfter(first, keyUnit);
  return before?.symbol === unit?.symbol ? unit : undefined;
}

/**
 * A number as people write it: point or comma for decimals, the other for thousands. Undefined where a comma could be
 * either (`1,500`) or separate two numbers (`10,20`).
 */
export function numberOf(text: string): number | undefined {
  const [, mantissa = '', exponent = ''] = /^(.+?)(?: ?[×x*·] ?10\^(.+))?$/su.exec(text.trim()) ?? [];
  const plain = mantissa.replace(/−/gu, '-');
  const digits = decimal(plain);
  if (digits === undefined) return undefined;
  const value = Number(exponent === '' ? digits : `${digits}e${exponent.replace('−', '-').replace('+', '')}`);
  return Number.isFinite(value) ? value : undefined;
}

function decimal(text: string): string | undefined {
  if (/^[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return text;
  if (/^[-+]?\d{1,3}(?:,\d{3})+\.\d+$/.test(text) || /^[-+]?\d{1,3}(?:,\d{3}){2,}$/.test(text))
    return text.replaceAll(',', '');
  if (/^[-+]?\d{1,3}(?:\.\d{3})+,\d+$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  const comma = /^([-+]?\d+),(\d+)$/.exec(text);
  if (comma === null) return undefined;
  const [, before = '', after = ''] = comma;
  const zero = /^[-+]?0$/.test(before);
  return zero || (after.length !== 3 && !after.endsWith('0')) ? `${before}.${after}` : undefined;
}

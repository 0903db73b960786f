import { type Kind, OME_SCHEMA, type OmeElement, xmlName } from '../schema.js';
import { unitOf } from '../units.js';
import { enumerationValue, wordList } from './enumerationValue.js';

/** How one XML attribute becomes one attribute of the model. */
export interface AttributeRule {
  /** Name in model.ts. */
  readonly key: string;
  readonly element: OmeElement;
  readonly kind: Kind;
  /** Name of the attribute that holds the unit. */
  readonly unitName: string;
  readonly range: Range | undefined;
}
type Range = 'positive' | 'notNegative' | 'fraction';

/** Why a value was left out. */
export interface Fault {
  readonly code: 'ome-value-invalid' | 'unit-unknown';
  readonly found: string;
}

const words = (text: string): string[] => text.split(' ');
/** Ranges of ome.xsd (PositiveInt, PositiveFloat; NonNegativeInt, NonNegativeFloat; PercentFraction) by key. */
const RANGES: ReadonlyMap<string, Range> = new Map<string, Range>([
  ...words(
    'sizeX sizeY sizeZ sizeC sizeT significantBits samplesPerPixel frequencyMultiplication integration rows columns maximumFieldCount physicalSizeX physicalSizeY physicalSizeZ excitationWavelength emissionWavelength wavelength cutIn cutOut',
  ).map((key) => [key, 'positive'] as const),
  ...words('theZ theT theC column row index fieldIndex cutInTolerance cutOutTolerance fontSize').map(
    (key) => [key, 'notNegative'] as const,
  ),
  ...words('humidity co2Percent transmittance attenuation').map((key) => [key, 'fraction'] as const),
]);

const FLOAT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const INTEGER = /^\s*[+-]?\d+\s*$/;
const DATE_TIME =
  /^-?(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/;

/** The rules of an element's attributes by XML name: those of the schema, and names of older versions for them. */
export function attributeRules(
  element: OmeElement,
  olderNames: Readonly<Record<string, string>> = {},
): Map<string, AttributeRule | null> {
  const rules = new Map<string, AttributeRule | null>();
  for (const [name, kind] of Object.entries(OME_SCHEMA[element]) as [string, Kind][]) {
    const key = name === 'type' ? 'kind' : name;
    const unitName = `${xmlName(name)}Unit`;
    rules.set(xmlName(name), { key, element, kind, unitName, range: RANGES.get(key) });
    if (typeof kind === 'object' && 'dimension' in kind) rules.set(unitName, null);
  }
  for (const [older, name] of Object.entries(olderNames)) rules.set(older, rules.get(name) ?? null);
  return rules;
}

/** A value as the model keeps it, or why it is left out. `unit` is the unit attribute as found. */
export function readValue(rule: AttributeRule, raw: string, unit: string | undefined): unknown {
  const { kind } = rule;
  if (typeof kind === 'object') {
    if ('enum' in kind) return enumerationValue(kind.enum, raw) ?? invalid(raw);
    const value = floatOf(raw);
    if (value === undefined || !inRange(value, rule.range)) return invalid(raw);
    if (unit === undefined || unit === kind.unit) return { value, unit: kind.unit };
    const known = unitOf(unit);
    return known?.dimension === kind.dimension
      ? { value, unit: known.symbol }
      : ({ code: 'unit-unknown', found: `${raw} ${unit}` } satisfies Fault);
  }
  switch (kind) {
    case 'string':
      return rule.key === 'kind' ? (wordList(rule.element, raw) ?? invalid(raw)) : raw;
    case 'text':
      return raw;
    case 'int': {
      const value = INTEGER.test(raw) ? Number(raw) : Number.NaN;
      return Number.isSafeInteger(value) && inRange(value, rule.range) ? value : invalid(raw);
    }
    case 'float': {
      const value = floatOf(raw);
      return value !== undefined && inRange(value, rule.range) ? value : invalid(raw);
    }
    case 'color': {
      const value = INTEGER.test(raw) ? Number(raw) : Number.NaN;
      // Before 2010-06 a colour was an unsigned integer.
      return value >= -0x80000000 && value <= 0xffffffff ? value | 0 : invalid(raw);
    }
    case 'boolean':
      return booleanOf(raw) ?? invalid(raw);
    case 'dateTime':
    case 'dateTimeChild':
      return dateTimeOf(raw) ?? invalid(raw);
  }
}

const invalid = (found: string): Fault => ({ code: 'ome-value-invalid', found });

/** Whether `readValue` says why instead of giving a value. */
export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value;
}

function inRange(value: number, range: Range | undefined): boolean {
  switch (range) {
    case undefined:
      return true;
    case 'positive':
      return value > 0;
    case 'notNegative':
      return value >= 0;
    case 'fraction':
      return value >= 0 && value <= 1;
  }
}

/** A number as xsd:float and xsd:double write it (XSD 1.0 part 2, 3.2.4), whose range is that of the 64-bit float. */
export function floatOf(raw: string): number | undefined {
  // Most numbers need no more than a look at their first two characters; `Number` takes also "0x1f", " " and "".
  const first = raw.charCodeAt(0);
  if (
    ((first >= 48 && first <= 57) || first === 45) &&
    !(raw.charCodeAt(1) > 57) &&
    !(raw.charCodeAt(raw.length - 1) > 57)
  ) {
    const value = Number(raw);
    if (Number.isFinite(value)) return value;
  }
  if (FLOAT.test(raw)) return Number(raw);
  switch (raw.trim()) {
    case 'INF':
      return Number.POSITIVE_INFINITY;
    case '-INF':
      return Number.NEGATIVE_INFINITY;
    case 'NaN':
      return Number.NaN;
    default:
      return undefined;
  }
}

/** An xsd:boolean in any letter case. */
export function booleanOf(raw: string): boolean | undefined {
  const text = raw.trim().toLowerCase();
  return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
}

/**
 * An xsd:dateTime (XSD 1.0 part 2, 3.2.7) of a day that exists, before the common era too; a blank instead of the `T` is
 * repaired.
 */
export function dateTimeOf(raw: string): string | undefined {
  const text = raw.trim().replace(/^(-?\d{4,}-\d\d-\d\d) (?=\d\d:)/, '$1T');
  const parts = DATE_TIME.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  if (year === 0 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days ? text : undefined;
}

/** An integer of any size as written, without blanks. */
export function integerOf(raw: string): string | undefined {
  return INTEGER.test(raw) ? raw.trim() : undefined;
}

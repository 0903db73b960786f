import { ENUMERATIONS, UNIT_SYMBOLS, WORD_LISTS } from '../enumerations.js';
import type { Quantity } from '../model.js';
import type { Kind } from '../schema.js';

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** Ranges of numbers in ome.xsd (PositiveInt, NonNegativeInt, PositiveFloat, NonNegativeFloat, PercentFraction), by key. */
const POSITIVE = set(
  'sizeX sizeY sizeZ sizeC sizeT significantBits samplesPerPixel frequencyMultiplication integration rows columns maximumFieldCount physicalSizeX physicalSizeY physicalSizeZ excitationWavelength emissionWavelength wavelength cutIn cutOut',
);
const NOT_NEGATIVE = set('theZ theT theC column row index fieldIndex cutInTolerance cutOutTolerance fontSize');
const FRACTION = set('humidity co2Percent transmittance attenuation');

/** A number as xsd:float or xsd:double writes it (XSD 1.0 part 2, 3.2.4). */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Whether a text is an xsd:dateTime of a day that exists (XSD 1.0 part 2, 3.2.7). */
export function isDateTime(text: string): boolean {
  const parts =
    /^-?(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/.exec(text);
  if (parts === null) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year === 0 || month < 1 || month > 12 || day < 1 || minute > 59 || second > 59 || hour > 23) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const AUTHORITY =
  /^\/\/(?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::\d{1,5})?(?=[/?#]|$)/;
const PATH_QUERY_FRAGMENT = /^[A-Za-z0-9._~!$&'()*+,;=:@/%-]*(?:\?[^#[\]]*)?(?:#[^#[\]]*)?$/;

/** Whether a text is an xsd:anyURI: a URI reference once blanks and other characters are escaped (RFC 3986 appendix A). */
export function isAnyUri(text: string): boolean {
  const escaped = text.trim().replace(/[\s<>"{}|\\^`\u007f-\uffff]/g, '%20');
  if (/%(?![0-9A-Fa-f]{2})/.test(escaped)) return false;
  const relative = escaped.replace(SCHEME, '');
  if (relative === escaped && /^[^/?#]*:/.test(escaped)) return false;
  const rest = relative.startsWith('//') ? relative.replace(AUTHORITY, '') : relative;
  return rest !== relative || !relative.startsWith('//') ? PATH_QUERY_FRAGMENT.test(rest) : false;
}

/** Whether a text is an xsd:long. */
export const isLong = (text: string): boolean =>
  /^[+-]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
/** Whether a text is an xsd:double. */
export const isDouble = (text: string): boolean =>
  /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN)$/.test(text);

/** An attribute's value as ome.xsd writes it, with its unit when that is not the schema's default; undefined when the schema does not allow it. */
export function lexical(
  element: string,
  key: string,
  kind: Kind,
  value: unknown,
): { value: string; unit?: string } | undefined {
  if (typeof kind === 'object' && 'dimension' in kind) {
    const quantity = value as Quantity;
    const text = key === 'fontSize' ? integer(key, quantity.value) : float(key, quantity.value);
    if (text === undefined || !UNIT_SYMBOLS[kind.dimension].has(quantity.unit)) return undefined;
    return quantity.unit === kind.unit ? { value: text } : { value: text, unit: quantity.unit };
  }
  const text = typeof kind === 'object' ? enumerated(kind.enum, value) : simple(element, key, kind, value);
  return text === undefined ? undefined : { value: text };
}

const enumerated = (name: string, value: unknown): string | undefined =>
  typeof value === 'string' && ENUMERATIONS[name]?.has(value) === true ? value : undefined;

function simple(element: string, key: string, kind: Kind & string, value: unknown): string | undefined {
  switch (kind) {
    case 'int':
    case 'color':
      return integer(key, value);
    case 'float':
      return float(key, value);
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'dateTime':
    case 'dateTimeChild':
      return typeof value === 'string' && isDateTime(value) ? value : undefined;
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'string': {
      if (typeof value !== 'string') return undefined;
      const list = key === 'type' ? WORD_LISTS[element] : undefined;
      return list === undefined || value.split(/\s+/).every((word) => word === '' || list.has(word))
        ? value
        : undefined;
    }
  }
}

function integer(key: string, value: unknown): string | undefined {
  if (typeof value !== 'number' || (value | 0) !== value) return undefined;
  return inRange(key, value) ? String(value) : undefined;
}
function float(key: string, value: unknown): string | undefined {
  return typeof value === 'number' && inRange(key, value) ? floatText(value) : undefined;
}
function inRange(key: string, value: number): boolean {
  if (POSITIVE.has(key)) return value > 0;
  if (NOT_NEGATIVE.has(key)) return value >= 0;
  return FRACTION.has(key) ? value >= 0 && value <= 1 : true;
}

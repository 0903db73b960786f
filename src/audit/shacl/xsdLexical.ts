import { PREFIXES } from '../../rdf/vocabulary.js';

const YEAR = '-?(?:[1-9]\\d{3,}|0\\d{3})';
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const ZONE = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?';
const TIME = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)';
const SECONDS = '\\d+(?:\\.\\d+)?S';
const DAY_TIME = `(?:\\d+D(?:T(?:\\d+H(?:\\d+M)?(?:${SECONDS})?|\\d+M(?:${SECONDS})?|${SECONDS}))?|T(?:\\d+H(?:\\d+M)?(?:${SECONDS})?|\\d+M(?:${SECONDS})?|${SECONDS}))`;
const YEAR_MONTH = '(?:\\d+Y(?:\\d+M)?|\\d+M)';
const INTEGER = '[+-]?\\d+';

/** Lexical forms of datatypes (XML Schema 1.1 Part 2, section 3); where there is none, all are. */
const FORMS: Readonly<Record<string, string>> = {
  boolean: 'true|false|0|1',
  decimal: '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)',
  float: '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?INF|NaN',
  double: '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?INF|NaN',
  integer: INTEGER,
  dateTime: `${YEAR}-${MONTH}-${DAY}T${TIME}${ZONE}`,
  dateTimeStamp: `${YEAR}-${MONTH}-${DAY}T${TIME}${ZONE.slice(0, -1)}`,
  date: `${YEAR}-${MONTH}-${DAY}${ZONE}`,
  time: `${TIME}${ZONE}`,
  gYear: `${YEAR}${ZONE}`,
  gYearMonth: `${YEAR}-${MONTH}${ZONE}`,
  gMonth: `--${MONTH}${ZONE}`,
  gMonthDay: `--${MONTH}-${DAY}${ZONE}`,
  gDay: `---${DAY}${ZONE}`,
  duration: `-?P(?:${YEAR_MONTH}${DAY_TIME}?|${DAY_TIME})`,
  dayTimeDuration: `-?P${DAY_TIME}`,
  yearMonthDuration: `-?P${YEAR_MONTH}`,
  hexBinary: '(?:[0-9a-fA-F]{2})*',
  base64Binary:
    '(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?',
  language: '[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*',
  token: '(?:[^ ]+(?: [^ ]+)*)?',
  normalizedString: '[^\\t\\n\\r]*',
  Name: '[\\p{L}_:][\\p{L}\\p{M}\\p{N}._:·-]*',
  NCName: '[\\p{L}_][\\p{L}\\p{M}\\p{N}._·-]*',
  NMTOKEN: '[\\p{L}\\p{M}\\p{N}._:·-]+',
};

/** Types derived from xsd:integer with their least and greatest value. */
const INTEGERS: Readonly<Record<string, readonly [bigint | undefined, bigint | undefined]>> = {
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  short: [-32768n, 32767n],
  byte: [-128n, 127n],
  unsignedLong: [0n, 2n ** 64n - 1n],
  unsignedInt: [0n, 2n ** 32n - 1n],
  unsignedShort: [0n, 65535n],
  unsignedByte: [0n, 255n],
  nonNegativeInteger: [0n, undefined],
  positiveInteger: [1n, undefined],
  nonPositiveInteger: [undefined, 0n],
  negativeInteger: [undefined, -1n],
};

/** Local names of the integer datatypes of XML Schema. */
export const INTEGER_TYPES: readonly string[] = ['integer', ...Object.keys(INTEGERS)];

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const tests = new Map<string, (lexical: string) => boolean>();

/** A test of lexical forms of a datatype, white space not dropped; those of datatypes not of XML Schema are all well formed. */
export function lexicalTest(datatype: string): (lexical: string) => boolean {
  let test = tests.get(datatype);
  if (test === undefined) {
    test = makeTest(datatype);
    // Only a few dozen datatypes have forms; data may name any number of others.
    if (test !== anything) tests.set(datatype, test);
  }
  return test;
}

const anything = (): boolean => true;

function makeTest(datatype: string): (lexical: string) => boolean {
  const name = datatype.startsWith(PREFIXES.xsd) ? datatype.slice(PREFIXES.xsd.length) : '';
  const bounds = Object.hasOwn(INTEGERS, name) ? INTEGERS[name] : undefined;
  const form = bounds === undefined ? (Object.hasOwn(FORMS, name) ? FORMS[name] : undefined) : INTEGER;
  if (form === undefined) return anything;
  const whole = new RegExp(`^(?:${form})$`, 'u');
  if (bounds !== undefined) {
    const [least, greatest] = bounds;
    return (lexical) => {
      if (!whole.test(lexical)) return false;
      const value = BigInt(lexical.replace('+', ''));
      return (least === undefined || value >= least) && (greatest === undefined || value <= greatest);
    };
  }
  if (name === 'gMonthDay') {
    return (text) => whole.test(text) && Number(text.slice(5, 7)) <= (DAYS[Number(text.slice(2, 4)) - 1] ?? 0);
  }
  if (name === 'date' || name.startsWith('dateTime')) return (text) => whole.test(text) && dayExists(text);
  return (text) => whole.test(text);
}

function dayExists(text: string): boolean {
  const [, years, month, day] = /^(-?\d+)-(\d\d)-(\d\d)/.exec(text) ?? [];
  const year = Number(years);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return Number(day) <= (Number(month) === 2 && !leap ? 28 : (DAYS[Number(month) - 1] ?? 0));
}

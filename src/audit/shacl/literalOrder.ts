import { PREFIXES } from '../../rdf/vocabulary.js';
import { INTEGER_TYPES, lexicalTest } from './xsdLexical.js';

/** A literal's value where SPARQL has an order for it: only values of one family compare. */
export interface Comparable {
  readonly family: string;
  readonly value: number | string;
  /** Lexical form of a decimal, for numbers that differ past a double's precision. */
  readonly decimal?: string;
  /** Whether a number is an xsd:float. */
  readonly float?: boolean;
  /** Whether a moment has a time zone; those that have none are 14 hours uncertain against those that have one. */
  readonly zoned?: boolean;
}

const NUMBERS = new Set(['decimal', 'float', 'double', ...INTEGER_TYPES]);
const FOURTEEN_HOURS = 14 * 3600;

/** What a literal is compared by, or undefined when it has no order or is ill-typed. */
export function comparable(lexical: string, datatype: string): Comparable | undefined {
  if (!datatype.startsWith(PREFIXES.xsd)) return undefined;
  const name = datatype.slice(PREFIXES.xsd.length);
  if (name === 'string') return { family: name, value: lexical };
  if (!lexicalTest(datatype)(lexical)) return undefined;
  if (NUMBERS.has(name)) return numberOf(lexical, name);
  switch (name) {
    case 'boolean':
      return { family: name, value: lexical === 'true' || lexical === '1' ? 1 : 0 };
    case 'dateTime':
    case 'dateTimeStamp':
      return { family: 'dateTime', ...moment(lexical) };
    case 'date':
    case 'time':
    case 'gYear':
    case 'gYearMonth':
      return { family: name, ...moment(lexical) };
    case 'dayTimeDuration':
    case 'yearMonthDuration':
      return { family: name, value: duration(lexical) };
    default:
      return undefined;
  }
}

function numberOf(lexical: string, name: string): Comparable {
  const value = Number(lexical.replace('INF', 'Infinity'));
  if (name === 'float') return { family: 'number', value: Math.fround(value), float: true };
  return name === 'double' ? { family: 'number', value } : { family: 'number', value, decimal: lexical };
}

/**
 * Negative, 0 or positive as the first is less than, equal to or greater than the second; undefined when they do not
 * compare (SPARQL 1.1 section 17.3, XML Schema 1.1 Part 2 appendix D.2 for moments without a time zone).
 */
export function compareValues(a: Comparable | undefined, b: Comparable | undefined): number | undefined {
  if (a === undefined || b === undefined || a.family !== b.family) return undefined;
  if (typeof a.value === 'string' || typeof b.value === 'string') return byCodePoint(String(a.value), String(b.value));
  if (a.zoned !== b.zoned) {
    const apart = a.value - b.value;
    return Math.abs(apart) > FOURTEEN_HOURS ? apart : undefined;
  }
  const [left, right] = a.float !== b.float && a.decimal !== b.decimal ? floats(a, b) : [a.value, b.value];
  if (left < right) return -1;
  if (left > right) return 1;
  if (left !== right) return undefined;
  return a.decimal === undefined || b.decimal === undefined ? 0 : decimalOrder(a.decimal, b.decimal);
}

/** A decimal beside a float is read as a float (XPath functions, "numeric type promotion"). */
function floats(a: Comparable, b: Comparable): [number, number] {
  const promoted = ({ value, decimal }: Comparable): number =>
    decimal === undefined ? Number(value) : Math.fround(Number(value));
  return [promoted(a), promoted(b)];
}

function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === length) return a.length - b.length;
  const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
  const surrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
  // Surrogates stand for characters past U+FFFF, and so after all others.
  return surrogate(left) === surrogate(right) ? left - right : surrogate(left) ? 1 : -1;
}

function decimalOrder(a: string, b: string): number {
  const places = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
  const scale = Math.max(places(a), places(b));
  const scaled = (text: string): bigint => {
    const digits = text.replace(/[+.]/g, '') + '0'.repeat(scale - places(text));
    return BigInt(digits.startsWith('-') ? digits.slice(1) : digits) * (digits.startsWith('-') ? -1n : 1n);
  };
  const apart = scaled(a) - scaled(b);
  return apart < 0n ? -1 : apart > 0n ? 1 : 0;
}

const DATE = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?/;
const CLOCK = /(\d\d):(\d\d):(\d\d(?:\.\d+)?)/;
const ZONE = /(?:Z|([+-])(\d\d):(\d\d))$/;

/** Seconds from 1970 in UTC. */
function moment(lexical: string): { value: number; zoned: boolean } {
  const clock = CLOCK.exec(lexical);
  const zone = ZONE.exec(lexical);
  const date = clock === null || lexical.includes('T') ? DATE.exec(lexical) : null;
  const days = date === null ? 0 : daysFrom1970(Number(date[1]), Number(date[2] ?? 1), Number(date[3] ?? 1));
  const seconds = clock === null ? 0 : Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const offset = (Number(zone?.[2] ?? 0) * 60 + Number(zone?.[3] ?? 0)) * 60 * (zone?.[1] === '-' ? -1 : 1);
  return { value: days * 86_400 + seconds - offset, zoned: zone !== null };
}

/** Days of the proleptic Gregorian calendar, in years of any size. */
function daysFrom1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** Months of an xsd:yearMonthDuration, seconds of an xsd:dayTimeDuration. */
function duration(lexical: string): number {
  const [date = '', time = ''] = lexical.split('T');
  const amount = (text: string, unit: string): number => Number(new RegExp(`([\\d.]+)${unit}`).exec(text)?.[1] ?? 0);
  const months = amount(date, 'Y') * 12 + amount(date, 'M');
  const seconds = amount(date, 'D') * 86_400 + amount(time, 'H') * 3600 + amount(time, 'M') * 60 + amount(time, 'S');
  return (lexical.startsWith('-') ? -1 : 1) * (months + seconds);
}

import { PREFIXES } from '../../rdf/vocabulary.js';
import { INTEGER_TYPES, lexicalTest } from './xsdLexical.js';

/** A literal's value where SPARQL has an order for it: only values of one family compare. */
export interface Comparable {
  readonly family: 'number' | 'string' | 'boolean' | 'dateTime' | 'date' | 'time';
  readonly value: number | string;
}

const NUMBERS = new Set(['decimal', 'float', 'double', ...INTEGER_TYPES]);

/** What a literal is compared by, or undefined when it has no order or is ill-typed. */
export function comparable(lexical: string, datatype: string): Comparable | undefined {
  if (!datatype.startsWith(PREFIXES.xsd)) return undefined;
  const name = datatype.slice(PREFIXES.xsd.length);
  if (name === 'string') return { family: 'string', value: lexical };
  if (!lexicalTest(datatype)(lexical)) return undefined;
  if (NUMBERS.has(name)) return { family: 'number', value: Number(lexical.replace('INF', 'Infinity')) };
  if (name === 'boolean') return { family: 'boolean', value: lexical === 'true' || lexical === '1' ? 1 : 0 };
  if (name === 'dateTime' || name === 'date') return { family: name, value: Date.parse(lexical) };
  return undefined;
}

/** Negative, 0 or positive as the first is less than, equal to or greater than the second; undefined when they do not compare. */
export function compareValues(a: Comparable | undefined, b: Comparable | undefined): number | undefined {
  if (a === undefined || b === undefined || a.family !== b.family) return undefined;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : a.value === b.value ? 0 : undefined;
}

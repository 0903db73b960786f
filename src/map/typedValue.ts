import { DataFactory, type NamedNode } from 'n3';
import { PREFIXES, XSD } from '../rdf/vocabulary.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { addQuantityOf } from './attributes.js';
import { type DateText, dateText } from './dateText.js';
import { durationText } from './durationText.js';
import { OMG } from './graphTerms.js';
import { identifierText, type IdentifierText } from './identifierText.js';
import { type QuantityText, quantityText } from './quantityText.js';
import { add, node, type Sink } from './sink.js';

/** A value that is no term but something to count, date or look up. */
export type TypedValue =
  | ({ readonly type: 'quantity' | 'duration' } & QuantityText)
  | ({ readonly type: 'date' } & DateText)
  | ({ readonly type: 'identifier' } & IdentifierText);

/** Longer values are prose. */
const LONGEST = 300;
const QUANTITIES: ReadonlySet<ValueKind> = new Set([
  ...(['quantity', 'dose', 'age', 'experimentalCondition', 'treatment', 'developmentalStage', 'quality'] as const),
]);
/** Everything that is counted, dated or registered has a digit, but for keys of chemical structures. */
const MAY_BE_TYPED = /\d|[A-Z]{14}-[A-Z]{10}-[A-Z]/;
const CACHE = new Map<string, TypedValue | undefined>();
const CACHE_LIMIT = 50_000;
/** Kinds whose names may hold commas or semicolons. */
const PROSE: ReadonlySet<ValueKind> = new Set(['text', 'channels', 'preparation', 'licence', 'analysis']);

/**
 * Reads a value as what its kind says: a quantity, a duration, a date or an identifier. The unit of the key counts where
 * the value has none, and its words for identifiers that are mere numbers. Undefined for everything else.
 */
export function parseTypedValue(
  kind: ValueKind,
  value: string,
  unitFromKey?: string,
  key?: string,
): TypedValue | undefined {
  if (value.length > LONGEST || !MAY_BE_TYPED.test(value)) return undefined;
  const asked = `${kind}\u0000${unitFromKey ?? ''}\u0000${key ?? ''}\u0000${value}`;
  if (CACHE.has(asked)) return CACHE.get(asked);
  if (CACHE.size >= CACHE_LIMIT) CACHE.clear();
  const typed = readTyped(kind, value, unitFromKey, key);
  CACHE.set(asked, typed);
  return typed;
}

function readTyped(
  kind: ValueKind,
  value: string,
  unitFromKey: string | undefined,
  key: string | undefined,
): TypedValue | undefined {
  if (kind === 'date') {
    const date = dateText(value);
    return date && { type: 'date', ...date };
  }
  if (QUANTITIES.has(kind) || unitFromKey !== undefined) {
    const quantity = quantityText(value, unitFromKey) ?? durationText(value);
    if (quantity !== undefined) return { type: quantity.unit.time === true ? 'duration' : 'quantity', ...quantity };
  }
  const identifier = identifierText(kind, value, key);
  return identifier && { type: 'identifier', ...identifier };
}

/**
 * The values of a text that holds several. `a; b` where the kind's names hold no semicolons, `a, b` only where every part
 * stands for something by itself: as an identifier or quantity, or as `grounds` says.
 */
export function splitValues(kind: ValueKind, value: string, grounds?: (part: string) => boolean): readonly string[] {
  if (value.length > 4000 || PROSE.has(kind)) return [value];
  const stands = (part: string): boolean => grounds?.(part) === true || identifierText(kind, part) !== undefined;
  if (grounds?.(value) === true) return [value];
  for (const separator of [';', '|', ',', ' and ', ' & ', '/']) {
    const parts = outsideBrackets(value, separator);
    if (parts.length < 2 || parts.length > 200) continue;
    if (
      parts.every((p) => stands(p)) ||
      (separator === ';' && kind !== 'compound' && parts.every((p) => p.length < 100))
    )
      return [...new Set(parts)];
  }
  return [value];
}

/** The parts of a text, trimmed and without empty ones; separators in brackets are not counted. */
export function outsideBrackets(text: string, separator: string): readonly string[] {
  if (!text.includes(separator)) return [text.trim()];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if ('([{'.includes(c)) depth += 1;
    else if (')]}'.includes(c)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(start, i));
      start = i + separator.length;
      i = start - 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((p) => p.trim()).filter((p) => p !== '');
}

const DATATYPES = {
  year: node(`${PREFIXES.xsd}gYear`),
  month: node(`${PREFIXES.xsd}gYearMonth`),
  day: XSD.date,
  time: XSD.dateTime,
} as const;

/**
 * Adds to a pair what its value says as a quantity, date or identifier (docs/graph.md, layer 2): quantities are the shared
 * ones of layer 1. Returns what was read; the text itself stays as it is.
 */
export function addTypedValue(
  sink: Sink,
  entry: NamedNode,
  kind: ValueKind,
  value: string,
  unitFromKey?: string,
  key?: string,
): TypedValue | undefined {
  const typed = parseTypedValue(kind, value, unitFromKey, key);
  switch (typed?.type) {
    case undefined:
      break;
    case 'quantity':
    case 'duration':
      for (const [predicate, number] of [
        [OMG.quantity, typed.value],
        [OMG.minimum, typed.minimum],
        [OMG.maximum, typed.maximum],
      ] as const)
        if (number !== undefined) addQuantityOf(sink, entry, predicate, number, typed.unit);
      break;
    case 'date':
      add(sink, entry, OMG.date, DataFactory.literal(typed.date, DATATYPES[typed.precision]));
      break;
    case 'identifier':
      add(sink, entry, OMG.identifier, node(typed.iri));
      break;
  }
  return typed;
}

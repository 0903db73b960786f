import type { Literal, NamedNode } from 'n3';
import type { Quantity } from '../ome/model.js';
import { type Kind, OME_SCHEMA, type OmeElement } from '../ome/schema.js';
import { unitOf } from '../ome/units.js';
import { safeSegment } from '../rdf/iris.js';
import { PREFIXES, RDF, RDFS } from '../rdf/vocabulary.js';
import { OMEKG, QUDT } from './graphTerms.js';
import {
  add,
  addDateTime,
  addInteger,
  addText,
  booleanLiteral,
  doubleLiteral,
  node,
  report,
  type Sink,
  textLiteral,
  wellFormed,
} from './sink.js';

type Step = {
  /** Name in model.ts, and in the graph. */
  readonly key: string;
  readonly name: string;
  readonly predicate: NamedNode;
} & (
  | { readonly kind: 'text' | 'integer' | 'double' | 'boolean' | 'dateTime' | 'acquisitionDate' | 'quantity' }
  | { readonly kind: 'enumeration'; readonly values: (value: string) => NamedNode }
);

/** What must not be published even when a file holds it; docs/graph.md, Layer 1. */
const PRIVATE: ReadonlySet<string> = new Set(['Experimenter.email', 'Experimenter.userName']);

/** `physicalSizeX` → `physical_size_x`. */
export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

const ENUMERATIONS = new Map<string, (value: string) => NamedNode>();
const ENUMERATION_CACHE = 1000;

/** The values of an enumeration as IRIs, `core:DetectorType#CMOS`. */
function enumeration(name: string): (value: string) => NamedNode {
  const known = ENUMERATIONS.get(name);
  if (known !== undefined) return known;
  const cache = new Map<string, NamedNode>();
  const made = (value: string): NamedNode => {
    const cached = cache.get(value);
    if (cached !== undefined) return cached;
    if (cache.size >= ENUMERATION_CACHE) cache.clear();
    const iri = node(`${PREFIXES.core}${name}#${safeSegment(value)}`);
    cache.set(value, iri);
    return iri;
  };
  ENUMERATIONS.set(name, made);
  return made;
}

function step(element: string, attribute: string, kind: Kind): Step[] {
  if (PRIVATE.has(`${element}.${attribute}`)) return [];
  const key = attribute === 'type' ? 'kind' : attribute;
  const name = snakeCase(attribute);
  const predicate =
    attribute === 'name' ? RDFS.label : attribute === 'description' ? RDFS.comment : node(PREFIXES.core + name);
  const base = { key, name, predicate };
  if (typeof kind === 'object') {
    return [
      'enum' in kind ? { ...base, kind: 'enumeration', values: enumeration(kind.enum) } : { ...base, kind: 'quantity' },
    ];
  }
  switch (kind) {
    case 'string':
    case 'text':
      return [{ ...base, kind: 'text' }];
    case 'int':
    case 'color':
      return [{ ...base, kind: 'integer' }];
    case 'float':
      return [{ ...base, kind: 'double' }];
    case 'boolean':
      return [{ ...base, kind: 'boolean' }];
    case 'dateTime':
    case 'dateTimeChild':
      return [{ ...base, kind: attribute === 'acquisitionDate' ? 'acquisitionDate' : 'dateTime' }];
  }
}

const PLANS = new Map<OmeElement, readonly Step[]>(
  Object.entries(OME_SCHEMA).map(([element, attributes]) => [
    element as OmeElement,
    Object.entries<Kind>(attributes).flatMap(([attribute, kind]) => step(element, attribute, kind)),
  ]),
);

/** Adds every attribute of an element that is there; the table is OME_SCHEMA. */
export function addAttributes(sink: Sink, element: OmeElement, subject: NamedNode, attributes: object): void {
  const values = attributes as Readonly<Record<string, unknown>>;
  for (const s of PLANS.get(element) ?? []) {
    const value = values[s.key];
    if (value === undefined) continue;
    switch (s.kind) {
      case 'text':
        if (value !== '') addText(sink, subject, s.predicate, value as string);
        break;
      case 'integer':
        addInteger(sink, subject, s.predicate, value as number);
        break;
      case 'double':
        add(sink, subject, s.predicate, doubleLiteral(value as number));
        break;
      case 'boolean':
        add(sink, subject, s.predicate, booleanLiteral(value as boolean));
        break;
      case 'acquisitionDate':
        addDateTime(sink, subject, OMEKG.acquisition_date, value as string);
        addDateTime(sink, subject, s.predicate, value as string);
        break;
      case 'dateTime':
        addDateTime(sink, subject, s.predicate, value as string);
        break;
      case 'enumeration':
        if (value !== '') add(sink, subject, s.predicate, s.values(value as string));
        break;
      case 'quantity':
        addQuantity(sink, subject, s.predicate, s.name, value as Quantity);
        break;
    }
  }
}

interface Unit {
  readonly text: Literal;
  readonly qudt: NamedNode | undefined;
  readonly ucum: Literal | undefined;
}
const UNITS = new Map<string, Unit | undefined>();
const UNIT_CACHE = 1000;

function unit(symbol: string): Unit | undefined {
  if (UNITS.has(symbol)) return UNITS.get(symbol);
  if (UNITS.size >= UNIT_CACHE) UNITS.clear();
  const found = unitOf(symbol);
  const made = found && {
    text: textLiteral(symbol),
    qudt:
      found.qudt === undefined ? undefined : node(found.qudt.includes(':') ? found.qudt : PREFIXES.unit + found.qudt),
    ucum: found.ucum === undefined ? undefined : textLiteral(found.ucum),
  };
  UNITS.set(symbol, made);
  return made;
}

/**
 * Adds a quantity: a value that is named by itself, `{base}/quantity/µm/0.108e0`, with value, unit text, QUDT unit and UCUM
 * code. All objects with the same pixel size share one, and one record describes it once.
 */
export function addQuantity(
  sink: Sink,
  subject: NamedNode,
  predicate: NamedNode,
  name: string,
  quantity: Quantity | undefined,
): void {
  if (quantity === undefined) return;
  const known = unit(quantity.unit);
  if (known === undefined) report(sink, 'unit-unknown', name, quantity.unit);
  const described = known ?? { text: textLiteral(wellFormed(sink, quantity.unit)), qudt: undefined, ucum: undefined };
  addDescribed(sink, subject, predicate, quantity.value, described);
}

/** Adds a quantity whose unit need not be one of OME's: `{base}/quantity/%C2%B5M/5e0`; otherwise as `addQuantity`. */
export function addQuantityOf(
  sink: Sink,
  subject: NamedNode,
  predicate: NamedNode,
  value: number,
  {
    symbol,
    qudt,
    ucum,
  }: { readonly symbol: string; readonly qudt?: string | undefined; readonly ucum?: string | undefined },
): void {
  addDescribed(sink, subject, predicate, value, {
    text: textLiteral(symbol),
    qudt: qudt === undefined ? undefined : node(PREFIXES.unit + qudt),
    ucum: ucum === undefined ? undefined : textLiteral(ucum),
  });
}

function addDescribed(sink: Sink, subject: NamedNode, predicate: NamedNode, number: number, known: Unit): void {
  const { text } = known;
  const value = doubleLiteral(number);
  const iri = `${sink.compiled.iris.base}/quantity/${safeSegment(text.value) || '-'}/${value.value}`;
  const itself = node(iri);
  add(sink, subject, predicate, itself);
  if (sink.described.has(iri)) return;
  sink.described.add(iri);
  add(sink, itself, RDF.type, QUDT.QuantityValue);
  add(sink, itself, OMEKG.value, value);
  if (text.value !== '') add(sink, itself, OMEKG.unit, text);
  if (known.qudt !== undefined) add(sink, itself, QUDT.unit, known.qudt);
  if (known.ucum !== undefined) add(sink, itself, QUDT.ucumCode, known.ucum);
}

import { DataFactory, type Literal, type NamedNode, type Quad } from 'n3';
import { type Finding, type FindingCode, finding } from '../findings.js';
import { PREFIXES, XSD } from '../rdf/vocabulary.js';
import type { AccessionQuestion } from '../terms/accessionAudit.js';
import type { Compiled } from './compiled.js';
import type { MappingRow } from './mappingSet.js';

const { literal, namedNode, quad } = DataFactory;

/** Where the quads and findings of one record go. */
export interface Sink {
  readonly compiled: Compiled;
  readonly quads: Quad[];
  readonly findings: Finding[];
  readonly rows: Set<MappingRow>;
  /** Values with their accessions, for what only shows over a run. */
  readonly accessions?: AccessionQuestion[] | undefined;
  /** Terms described in this record already. */
  readonly described: Set<string>;
  /** The object in hand, for findings. */
  focus: string;
}

/** An IRI that is already safe. */
export const node: (iri: string) => NamedNode = namedNode;

/** Adds a triple to the default graph. */
export function add(sink: Sink, subject: NamedNode, predicate: NamedNode, object: NamedNode | Literal): void {
  sink.quads.push(quad(subject, predicate, object));
}

/** Adds a finding about the object in hand. */
export function report(sink: Sink, code: FindingCode, at: string | undefined, detail?: string): void {
  sink.findings.push(finding(code, sink.focus, { at, detail }));
}

/** Adds a text, the empty one too; lone surrogates become U+FFFD with a finding. */
export function addText(sink: Sink, subject: NamedNode, predicate: NamedNode, text: string): void {
  sink.quads.push(quad(subject, predicate, literal(wellFormed(sink, text))));
}

/** Adds a text unless it is absent or empty. */
export function addTextIf(sink: Sink, subject: NamedNode, predicate: NamedNode, text: string | undefined): void {
  if (text !== undefined && text !== '') addText(sink, subject, predicate, text);
}

/** The text with U+FFFD for lone surrogates. */
export function wellFormed(sink: Sink, text: string): string {
  if (text.isWellFormed()) return text;
  const repaired = text.toWellFormed();
  report(sink, 'text-control-character', undefined, repaired);
  return repaired;
}

/** Adds a whole number; any other number is a finding. */
export function addInteger(sink: Sink, subject: NamedNode, predicate: NamedNode, value: number): void {
  if (Number.isInteger(value)) add(sink, subject, predicate, integerLiteral(value));
  else report(sink, 'ome-value-invalid', predicate.value.slice(predicate.value.lastIndexOf('/') + 1), String(value));
}

const SMALL: readonly Literal[] = Array.from({ length: 256 }, (_, n) => literal(String(n), XSD.integer));

/** An `xsd:integer`; numbers of 1e21 and above are written out. */
export function integerLiteral(value: number): Literal {
  return SMALL[value] ?? literal(Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString(), XSD.integer);
}

/** An `xsd:double` with an exponent (`1.4e0`), so that Turtle may write it bare; XSD 1.1 part 2, section 3.3.5. */
export function doubleLiteral(value: number): Literal {
  const text = String(value);
  if (Number.isFinite(value)) return literal(text.includes('e') ? text : `${text}e0`, XSD.double);
  return literal(Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF', XSD.double);
}

const TRUE = literal('true', XSD.boolean);
const FALSE = literal('false', XSD.boolean);

export function booleanLiteral(value: boolean): Literal {
  return value ? TRUE : FALSE;
}

const DATE_TIME =
  /^-?\d{4,9}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?:\.\d{1,18})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** An `xsd:dateTime`, or undefined when the text is none. */
export function dateTimeLiteral(text: string): Literal | undefined {
  return DATE_TIME.test(text) ? literal(text, XSD.dateTime) : undefined;
}

/** Adds a date; a text that is none is a finding. */
export function addDateTime(sink: Sink, subject: NamedNode, predicate: NamedNode, text: string): void {
  const date = dateTimeLiteral(text);
  if (date === undefined) report(sink, 'ome-value-invalid', predicate.value, text);
  else add(sink, subject, predicate, date);
}

/** A literal of a datatype whose lexical form was checked. */
export function typedLiteral(text: string, datatype: 'integer' | 'double'): Literal {
  return literal(text, XSD[datatype]);
}

export const textLiteral = (text: string): Literal => literal(text);

/** A class of `core:`. */
export const coreClass = (type: string): NamedNode => namedNode(PREFIXES.core + type);

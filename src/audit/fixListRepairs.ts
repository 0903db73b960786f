import type { AuditedObject, AuditReport, AuditResult } from './model.js';
import { STATUS_LETTERS } from './model.js';
import type { FixObject, StatedAnnotation, StatedPair } from './fixListFacts.js';

/** A pair that a shape finds fault with, on an object that carries it. */
export interface BadPair {
  readonly object: FixObject;
  readonly annotation: StatedAnnotation;
  readonly pair: StatedPair;
  /** Number of the field. */
  readonly field: number;
  readonly status: 'invalid' | 'notGrounded';
  /** What is wrong and what to do, as the shapes say it. */
  readonly messages: ReadonlySet<string>;
  /** Audited objects that have it, by inheritance or themselves. */
  objects: number;
}

/** A field of an object that is wrong, and no key-value says so: it comes from OME metadata. */
export interface Unrepairable {
  readonly field: number;
  readonly status: BadPair['status'];
  readonly messages: ReadonlySet<string>;
  readonly examples: FixObject[];
  objects: number;
}

export interface Repairs {
  /** Bad pairs of each object that carries some. */
  readonly bad: ReadonlyMap<FixObject, ReadonlyMap<StatedPair, BadPair>>;
  readonly elsewhere: readonly Unrepairable[];
}

/** What results say of an object's field: messages, and the values concerned where a result names one. */
interface Complaint {
  readonly messages: Set<string>;
  readonly values: Set<string>;
}
export type Complaints = ReadonlyMap<string, Complaint>;

const EXAMPLES = 10;
const placeOf = (node: string, field: number, status: BadPair['status']): string => `${node} ${field} ${status}`;

/** Collects what results say of validity and grounding, by object and field. */
export async function complaintsOf(results: AsyncIterable<AuditResult>, report: AuditReport): Promise<Complaints> {
  const found = new Map<string, Complaint>();
  for await (const { focus, image, shape: number, message, value, waived } of results) {
    const shape = report.shapes[number];
    if (shape?.field === undefined || shape.aspect === 'presence' || waived) continue;
    const status = shape.aspect === 'validity' ? 'invalid' : 'notGrounded';
    for (const node of new Set([focus.node, image?.node ?? focus.node])) {
      const place = placeOf(node, shape.field, status);
      const complaint = found.get(place) ?? { messages: new Set(), values: new Set() };
      found.set(place, complaint);
      complaint.messages.add(message);
      const bare = value === undefined ? undefined : bareValue(value);
      if (bare !== undefined) complaint.values.add(bare);
    }
  }
  return found;
}

/** Finds the pairs behind the fields that are invalid or not grounded: on each object, or on what contains it. */
export function repairsOf(
  objects: readonly (readonly [AuditedObject, FixObject])[],
  fields: readonly number[],
  complaints: Complaints,
  report: AuditReport,
): Repairs {
  const bad = new Map<FixObject, Map<StatedPair, BadPair>>();
  const elsewhere = new Map<string, Unrepairable>();
  for (const [{ node, statuses }, object] of objects) {
    for (const field of fields) {
      const letter = statuses[field];
      const status =
        letter === STATUS_LETTERS.invalid
          ? 'invalid'
          : letter === STATUS_LETTERS.notGrounded
            ? 'notGrounded'
            : undefined;
      if (status === undefined) continue;
      const { messages, values } = complaints.get(placeOf(node, field, status)) ?? {
        messages: new Set(),
        values: new Set(),
      };
      const iri = report.fields[field]?.field;
      let found = 0;
      for (const [carrier, annotation, pair] of pairsAround(object)) {
        if (pair.field !== iri || !concerns(status, values, pair)) continue;
        found += 1;
        const own = bad.get(carrier) ?? new Map<StatedPair, BadPair>();
        bad.set(carrier, own);
        const known = own.get(pair) ?? {
          object: carrier,
          annotation,
          pair,
          field,
          status,
          messages: new Set<string>(),
          objects: 0,
        };
        own.set(pair, known);
        known.objects += 1;
        for (const message of messages) (known.messages as Set<string>).add(message);
      }
      if (found > 0) continue;
      const place = `${field} ${status}`;
      const known = elsewhere.get(place) ?? { field, status, messages: new Set<string>(), examples: [], objects: 0 };
      elsewhere.set(place, known);
      known.objects += 1;
      for (const message of messages) (known.messages as Set<string>).add(message);
      if (known.examples.length < EXAMPLES) known.examples.push(object);
    }
  }
  return { bad, elsewhere: [...elsewhere.values()] };
}

function concerns(status: BadPair['status'], values: ReadonlySet<string>, pair: StatedPair): boolean {
  if (status === 'notGrounded') return pair.terms.length === 0 && pair.value.trim() !== '';
  if (values.size === 0) return true;
  const text = pair.value.trim();
  for (const value of values) if (value.trim() === text || pair.terms.includes(value)) return true;
  return false;
}

/** Pairs of an object and of all that contains it; each object once. */
export function* pairsAround(
  object: FixObject,
  seen = new Set<FixObject>(),
): Generator<readonly [FixObject, StatedAnnotation, StatedPair]> {
  if (seen.has(object)) return;
  seen.add(object);
  for (const annotation of object.annotations) for (const pair of annotation.pairs) yield [object, annotation, pair];
  for (const parent of object.parents) yield* pairsAround(parent, seen);
}

/** IRI or text of a term in N-Triples syntax. */
function bareValue(term: string): string | undefined {
  if (term.startsWith('<')) return term.slice(1, -1);
  const [, text] = /^"((?:[^"\\]|\\.)*)"/s.exec(term) ?? [];
  return text?.replace(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs,
    (_, short?: string, long?: string, plain = '') => {
      const code = short ?? long;
      if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
      return NAMED[plain] ?? plain;
    },
  );
}

const NAMED: Readonly<Record<string, string>> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' };

import type { AuditReport, AuditResult } from '../model.js';
import { STATUS_LETTERS } from '../model.js';
import type { FixObject, StatedAnnotation, StatedPair } from './containerFacts.js';

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

/** What results say of validity and grounding. */
export interface Complaints {
  /** Messages by field and status, then by object. */
  readonly messages: ReadonlyMap<string, ReadonlyMap<FixObject, ReadonlySet<string>>>;
  /** Texts, terms and entries that any result names, by field and status; results name the first of an object only. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What people type when they have nothing to say: nothing is lost when it goes. */
const PLACEHOLDER =
  /^(?:n\.?\/?a\.?|none|null|nil|nan|tb[acd]|todo|to be \w+(?: \w+)?|unknown|unspecified|undefined|not (?:applicable|available|known|specified|yet)|pending|test|x+|[\s?.,*_–—-]*)$/i;
const EXAMPLES = 10;
const aspectOf = (field: number, status: BadPair['status']): string => `${field} ${status}`;

/** Whether a text stands in the place of a value. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text.trim());

/** Collects what results say of validity and grounding; those of severity info only where they are asked for. */
export async function complaintsOf(
  results: AsyncIterable<AuditResult>,
  objects: ReadonlyMap<string, FixObject>,
  { shapes }: AuditReport,
  info: boolean,
): Promise<Complaints> {
  const messages = new Map<string, Map<FixObject, ReadonlySet<string>>>();
  const withMessage = messageSets();
  const values = new Map<string, Set<string>>();
  for await (const { focus, image, shape: number, message, value, severity, waived } of results) {
    const shape = shapes[number];
    if (shape?.field === undefined || shape.aspect === 'presence' || waived) continue;
    if (severity === 'info' && !info) continue;
    const status = shape.aspect === 'validity' ? 'invalid' : 'notGrounded';
    const aspect = aspectOf(shape.field, status);
    const ofObjects = messages.get(aspect) ?? new Map<FixObject, ReadonlySet<string>>();
    messages.set(aspect, ofObjects);
    for (const { node } of image === undefined ? [focus] : [focus, image]) {
      const object = objects.get(node);
      if (object !== undefined) ofObjects.set(object, withMessage(ofObjects.get(object), message));
    }
    const bare = value === undefined ? undefined : bareValue(value);
    if (bare === undefined) continue;
    const named = values.get(aspect) ?? new Set();
    values.set(aspect, named.add(bare.trim()));
  }
  return { messages, values };
}

/** Adds messages to sets of them; sets of the same messages are one, because there are many objects. */
function messageSets(): (before: ReadonlySet<string> | undefined, message: string) => ReadonlySet<string> {
  const none: ReadonlySet<string> = new Set();
  const larger = new Map<ReadonlySet<string>, Map<string, ReadonlySet<string>>>();
  return (before = none, message) => {
    if (before.has(message)) return before;
    const known = larger.get(before) ?? new Map<string, ReadonlySet<string>>();
    larger.set(before, known);
    const all = known.get(message) ?? new Set([...before, message]);
    known.set(message, all);
    return all;
  };
}

/** Finds the pairs behind the fields that are invalid or not grounded: on each object, or on what contains it. */
export function repairsOf(
  objects: readonly (readonly [statuses: string, object: FixObject])[],
  fields: readonly number[],
  complaints: Complaints,
  report: AuditReport,
): Repairs {
  const bad = new Map<FixObject, Map<StatedPair, BadPair & { readonly messages: Set<string> }>>();
  const elsewhere = new Map<string, Unrepairable & { readonly messages: Set<string> }>();
  for (const [statuses, object] of objects) {
    for (const field of fields) {
      const status = wrongness(statuses[field]);
      if (status === undefined) continue;
      const aspect = aspectOf(field, status);
      const messages = complaints.messages.get(aspect)?.get(object);
      if (messages === undefined) continue;
      const iri = report.fields[field]?.field;
      const values = complaints.values.get(aspect);
      const around = [...pairsAround(object)].filter(([, , pair]) => pair.field === iri && pair.value.trim() !== '');
      const named = around.filter(([, annotation, pair]) => isNamed(annotation, pair, status, values));
      // Where no result names what is wrong, it may be any of them.
      const found = named.length > 0 || values !== undefined ? named : around;
      for (const [carrier, annotation, pair] of found) {
        const own = bad.get(carrier) ?? new Map<StatedPair, BadPair & { readonly messages: Set<string> }>();
        bad.set(carrier, own);
        const about = { object: carrier, annotation, pair, field, status };
        const known = own.get(pair) ?? { ...about, messages: new Set<string>(), objects: 0 };
        own.set(pair, known);
        known.objects += 1;
        for (const message of messages) known.messages.add(message);
      }
      if (found.length > 0) continue;
      const known = elsewhere.get(aspect) ?? {
        ...{ field, status, messages: new Set<string>(), examples: [], objects: 0 },
      };
      elsewhere.set(aspect, known);
      known.objects += 1;
      for (const message of messages) known.messages.add(message);
      if (known.examples.length < EXAMPLES) known.examples.push(object);
    }
  }
  return { bad, elsewhere: [...elsewhere.values()] };
}

function wrongness(letter: string | undefined): BadPair['status'] | undefined {
  if (letter === STATUS_LETTERS.invalid) return 'invalid';
  return letter === STATUS_LETTERS.notGrounded ? 'notGrounded' : undefined;
}

function isNamed(
  { node }: StatedAnnotation,
  { value, index, terms, settled }: StatedPair,
  status: BadPair['status'],
  values: ReadonlySet<string> | undefined,
): boolean {
  if (status === 'notGrounded') return terms.length === 0 && !settled;
  if (isPlaceholder(value)) return true;
  if (values === undefined) return false;
  return values.has(value.trim()) || values.has(`${node}/entry/${index}`) || terms.some((term) => values.has(term));
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

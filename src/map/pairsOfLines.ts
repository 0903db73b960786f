import { nquadsReader } from '../rdf/nquadsReader.js';
import { type RembiField, rembiFieldOf } from '../rdf/rembi.js';
import { CORE, OMG, SCHEMA } from './graphTerms.js';

/** A key-value pair as the graph of an export has it. */
export interface GraphPair {
  readonly key: string;
  readonly value: string;
  /** Field that its key was mapped to. */
  readonly field: RembiField | undefined;
  /** IRI of the term of its value. */
  readonly term: string | undefined;
  /** Whether a row said of the value that it has no term. */
  readonly none: boolean;
}

/** The pairs of one map annotation, in order, and how many objects carry it. */
export interface GraphAnnotation {
  readonly pairs: readonly GraphPair[];
  readonly namespace: string | undefined;
  readonly objects: number;
}

const ENTRY = /^<([^>]*\/MapAnnotation\/[^/>]+)\/entry\/(\d+)> /;
const LINK = `> <${CORE.hasAnnotation.value}> <`;
const NAMESPACE = `> <${CORE.namespace.value}> "`;

/**
 * The map annotations in the sorted lines of a container's graph (docs/graph.md), which are read twice. Memory grows with
 * the number of annotations, not of pairs.
 */
export async function* pairsOfLines(lines: () => AsyncIterable<string>): AsyncGenerator<GraphAnnotation> {
  const objects = new Map<string, number>();
  const namespaces = new Map<string, string>();
  const known = new Map<string, string>();
  const reader = nquadsReader();
  for await (const line of lines()) {
    const link = line.indexOf(LINK);
    if (link > 0) {
      const from = link + LINK.length;
      const annotation = line.slice(from, line.indexOf('>', from));
      objects.set(annotation, (objects.get(annotation) ?? 0) + 1);
    } else if (line.includes(NAMESPACE)) {
      const quad = reader.quad(line);
      if (quad === undefined) continue;
      // One text for all annotations with the namespace.
      const namespace = known.get(quad.object.value) ?? quad.object.value;
      if (known.size < 10_000) known.set(namespace, namespace);
      namespaces.set(quad.subject.value, namespace);
    }
  }
  let annotation = '';
  let pairs = new Map<number, Draft>();
  const finished = (): GraphAnnotation => ({
    pairs: pairsInOrder(pairs),
    namespace: namespaces.get(annotation),
    objects: objects.get(annotation) ?? 1,
  });
  for await (const line of lines()) {
    const entry = ENTRY.exec(line);
    if (entry === null) continue;
    const [, of = '', number = ''] = entry;
    if (of !== annotation) {
      if (pairs.size > 0) yield finished();
      annotation = of;
      pairs = new Map();
    }
    const quad = reader.quad(line);
    if (quad === undefined) continue;
    const pair = pairs.get(Number(number)) ?? draftPair();
    pairs.set(Number(number), pair);
    note(pair, quad.predicate.value, quad.object.value);
  }
  if (pairs.size > 0) yield finished();
}

/** A pair of which not all is known yet. */
export interface Draft {
  key: string | undefined;
  value: string | undefined;
  field: RembiField | undefined;
  term: string | undefined;
  none: boolean;
}

/** A pair of which nothing is known yet. */
export const draftPair = (): Draft => ({
  key: undefined,
  value: undefined,
  field: undefined,
  term: undefined,
  none: false,
});

/** The pairs of an annotation, by their index, in its order. */
export function pairsInOrder(pairs: ReadonlyMap<number, Draft>): GraphPair[] {
  return [...pairs]
    .sort(([a], [b]) => a - b)
    .map(([, { key, value, ...more }]) => ({ key: key ?? '', value: value ?? '', ...more }));
}

/** Takes over what one statement says of a pair. */
export function note(pair: Draft, predicate: string, object: string): void {
  if (predicate === CORE.key.value) pair.key = object;
  else if (predicate === CORE.value.value) pair.value = object;
  else if (predicate === SCHEMA.propertyID.value) pair.field ??= rembiFieldOf(object);
  else if (predicate === SCHEMA.valueReference.value) pair.term = object;
  else if (predicate === OMG.valueMapping.value) pair.none = true;
}

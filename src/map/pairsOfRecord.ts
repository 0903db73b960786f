import type { Quad } from '@rdfjs/types';
import type { OmeRecord } from '../ome/model.js';
import { CORE } from './graphTerms.js';
import { type Draft, draftPair, type GraphAnnotation, note, pairsInOrder } from './pairsOfLines.js';

const ENTRY = /^(.*\/MapAnnotation\/[^/]+)\/entry\/(\d+)$/;

/** The map annotations in the quads of one mapped record: what an export would write of it. */
export function pairsOfRecord(record: OmeRecord, quads: readonly Quad[]): GraphAnnotation[] {
  const objects = record.kind === 'annotated' ? record.targets.length : 1;
  const found = new Map<string, Map<number, Draft>>();
  const namespaces = new Map<string, string>();
  for (const { subject, predicate, object } of quads) {
    if (predicate.value === CORE.namespace.value) namespaces.set(subject.value, object.value);
    const entry = ENTRY.exec(subject.value);
    if (entry === null) continue;
    const [, annotation = '', number = ''] = entry;
    const pairs = found.get(annotation) ?? new Map<number, Draft>();
    found.set(annotation, pairs);
    const pair = pairs.get(Number(number)) ?? draftPair();
    pairs.set(Number(number), pair);
    note(pair, predicate.value, object.value);
  }
  return [...found].map(([annotation, pairs]) => ({
    pairs: pairsInOrder(pairs),
    namespace: namespaces.get(annotation),
    objects,
  }));
}

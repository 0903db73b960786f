import type { ObjectRef } from '../../ome/model.js';
import { asArray, asObject, asText, type Json } from '../json.js';
import { ahead } from './ahead.js';
import type { Query, WebSession } from './webSession.js';
import { WebFailure } from './webFailure.js';

/** The answer for some objects, or the object that the server fails at; several where it fails at everything. */
export type AnnotationAnswer =
  | { readonly targets: readonly ObjectRef[]; readonly answer: Json }
  | { readonly failed: readonly ObjectRef[]; readonly why: string };

export const ANNOTATIONS = 'webclient/api/annotations/';

/** The parameter that asks for the annotations of a type; a run is an `acquisition`. */
const PARAMETER: Readonly<Record<string, string>> = {
  Project: 'project',
  Dataset: 'dataset',
  Image: 'image',
  Screen: 'screen',
  Plate: 'plate',
  PlateAcquisition: 'acquisition',
  Well: 'well',
};
/** Whether OMERO.web tells annotations of such an object. */
export const isAnnotatable = (ref: ObjectRef): boolean => typeOf(ref) in PARAMETER;

/** Objects a request. */
export const BATCH = 100;
/** Links of each parent type that one answer may hold; the server cuts what is more without a word. */
const LIMIT = 5000;
/** Characters of a request line that every server takes (gunicorn: 4094, with the method and version). */
export const URL_LENGTH = 4000;

/**
 * The annotations of objects of any types, 100 objects a request, two requests under way. An answer that may have been
 * cut is asked for again in halves, a single object without any limit; a batch that fails is halved until the object is known.
 */
export async function* annotationBatches(
  session: Pick<WebSession, 'get' | 'url'>,
  targets: readonly ObjectRef[],
  more: Query = [],
): AsyncGenerator<AnnotationAnswer> {
  const batches = split(targets.filter(isAnnotatable), session.url.length, more);
  for await (const answers of ahead(batches, 2, (batch) => ask(session, batch, more))) yield* answers;
}

/** Failures in a row after which a batch is given up: seven lead to the first object of 100. */
const PATIENCE = 12;

async function ask(
  session: Pick<WebSession, 'get'>,
  batch: readonly ObjectRef[],
  more: Query,
): Promise<readonly AnnotationAnswer[]> {
  const found: AnnotationAnswer[] = [];
  let misses = 0;
  let why = '';
  /** Parts to be asked for, the next one last. */
  const open = [batch];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (misses >= PATIENCE) {
      found.push({ failed: [next, ...open.toReversed()].flat(), why });
      break;
    }
    const query = next.map((ref) => [PARAMETER[typeOf(ref)] ?? '', idOf(ref)] as const);
    try {
      let answer = await session.get(ANNOTATIONS, [...query, ...more, ['limit', LIMIT]]);
      const isCut = isFull(answer);
      if (isCut && next.length === 1) answer = await session.get(ANNOTATIONS, [...query, ...more, ['page', 0]]);
      misses = 0;
      if (!isCut || next.length === 1) {
        found.push({ targets: next, answer });
        continue;
      }
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      misses += 1;
      why = error.message;
      if (next.length === 1) {
        found.push({ failed: next, why });
        continue;
      }
    }
    const half = Math.ceil(next.length / 2);
    open.push(next.slice(half), next.slice(0, half));
  }
  return found;
}

/** Whether the answer holds as many links of a parent type as it may, so that there may be more. */
function isFull(answer: Json): boolean {
  const counts = new Map<string, number>();
  for (const entry of asArray(asObject(answer)?.annotations) ?? []) {
    const type = asText(asObject(asObject(asObject(entry)?.link)?.parent)?.class) ?? '';
    const count = (counts.get(type) ?? 0) + 1;
    if (count >= LIMIT) return true;
    counts.set(type, count);
  }
  return false;
}

function* split(targets: readonly ObjectRef[], base: number, more: Query): Generator<readonly ObjectRef[]> {
  const fixed = base + ANNOTATIONS.length + 20 + more.reduce((sum, [name, value]) => sum + lengthOf(name, value), 0);
  let batch: ObjectRef[] = [];
  let length = fixed;
  for (const ref of targets) {
    const own = lengthOf(PARAMETER[typeOf(ref)] ?? '', idOf(ref));
    if (batch.length === BATCH || (batch.length > 0 && length + own > URL_LENGTH)) {
      yield batch;
      batch = [];
      length = fixed;
    }
    batch.push(ref);
    length += own;
  }
  if (batch.length > 0) yield batch;
}

const lengthOf = (name: string, value: string | number): number => name.length + encodeURIComponent(value).length + 2;
const typeOf = (ref: ObjectRef): string => ref.slice(0, ref.indexOf(':'));
/** The id of a ref. */
export const idOf = (ref: ObjectRef): string => ref.slice(ref.indexOf(':') + 1);

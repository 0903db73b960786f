import { finding } from '../../findings.js';
import type { Annotation, ObjectRef } from '../../ome/model.js';
import { asArray, asObject, asText, type JsonObject } from '../json.js';
import { ahead } from './ahead.js';
import { cleanText, type DecodeContext, digitsOf } from './decodeContext.js';
import type { HarvestLine } from './harvestLine.js';
import type { ServerMap } from './serverMap.js';
import type { UnitContext } from './unitContext.js';
import type { WebSession } from './webSession.js';
import { WebFailure } from './webFailure.js';

const TAGS = 'webclient/api/tags/';
const NAMESPACE = 'openmicroscopy.org/omero/insight/tagset';
const PAGE = 500;

interface TagSet {
  readonly annotation: Annotation;
  /** Id. */
  readonly owner: string | undefined;
}

/** Sets by the tags in them; asked for once a run, when the first tag is met. */
const known = new WeakMap<ServerMap, Promise<ReadonlyMap<ObjectRef, readonly TagSet[]>>>();

/** The tag sets that the tags of the unit are in, in the containers of the tags: a set carries its tags as annotations. */
export async function* harvestTagSets(context: UnitContext): AsyncGenerator<HarvestLine> {
  if (context.tags.size === 0) return;
  const { map, session } = context;
  const reading = known.get(map) ?? readTagSets(session, context.decode, context.say);
  known.set(map, reading);
  // Who stopped in the middle may ask again.
  reading.catch(() => known.delete(map));
  const sets = await reading;
  for (const [ref, { annotation, group, containers }] of context.tags) {
    const sorted = [...containers].sort();
    for (const { annotation: set, owner } of sets.get(ref) ?? []) {
      if (!map.visibility.isVisible(group, owner)) continue;
      yield context.annotated(set, [], sorted);
      yield context.annotated(annotation, [set.ref], sorted);
    }
  }
  yield* context.said();
}

/** How many tags and sets there are, and on how many pages. @throws WebFailure */
export async function countTagSets(
  session: Pick<WebSession, 'get'>,
): Promise<{ readonly tags: number; readonly sets: number; readonly pages: number }> {
  let [tags, sets, pages] = [0, 0, 0];
  for (let rows; rows === undefined || rows.length === PAGE;) {
    pages += 1;
    rows = await tagRows(session, [['page', pages]]);
    tags += rows.length;
    sets += rows.filter((row) => row.set === true).length;
  }
  return { tags, sets, pages };
}

async function readTagSets(
  session: Pick<WebSession, 'get'>,
  context: DecodeContext,
  say: UnitContext['say'],
): Promise<ReadonlyMap<ObjectRef, readonly TagSet[]>> {
  const members = new Map<ObjectRef, TagSet[]>();
  const sets = new Map<string, TagSet>();
  try {
    for (let page = 1; ; page += 1) {
      const before = sets.size;
      const rows = await tagRows(session, [['page', page]]);
      for (const row of rows) {
        const set = row.set === true ? tagSet(row, context) : undefined;
        if (set !== undefined) sets.set(set.annotation.ref, set);
      }
      if (rows.length < PAGE || (before === sets.size && rows.length === 0)) break;
    }
    for await (const [set, rows] of ahead(sets.values(), 2, async (one) => {
      const id = one.annotation.ref.slice('TagAnnotation:'.length);
      return [
        one,
        await tagRows(session, [
          ['id', id],
          ['page', 0],
        ]),
      ] as const;
    })) {
      for (const row of rows) {
        const id = digitsOf(row.id);
        if (id === undefined) continue;
        const list = members.get(`TagAnnotation:${id}`) ?? [];
        members.set(`TagAnnotation:${id}`, list);
        list.push(set);
      }
    }
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    say(finding('web-list-unreadable', 'TagAnnotation', { at: TAGS, detail: error.message }));
  }
  return members;
}

async function tagRows(
  session: Pick<WebSession, 'get'>,
  query: readonly (readonly [string, string | number])[],
): Promise<readonly JsonObject[]> {
  const answer = asObject(await session.get(TAGS, [...query, ['limit', PAGE]]));
  return (asArray(answer?.tags) ?? []).map(asObject).filter((row) => row !== undefined);
}

function tagSet(row: JsonObject, context: DecodeContext): TagSet | undefined {
  const id = digitsOf(row.id);
  const value = asText(row.value);
  if (id === undefined || value === undefined) return undefined;
  const ref = `TagAnnotation:${id}` as const;
  const owner = digitsOf(row.ownerId);
  const description = asText(row.description) ?? '';
  return {
    owner,
    annotation: {
      type: 'TagAnnotation',
      ref,
      namespace: NAMESPACE,
      ...(description !== '' && { description: cleanText(description, context, ref, 'description') }),
      ...(owner !== undefined && { annotator: `Experimenter:${owner}` }),
      value: cleanText(value, context, ref, 'value'),
    },
  };
}

import type { ObjectRef } from '../../ome/model.js';
import { asArray, asNumber, asObject } from '../json.js';
import { annotationBatches, BATCH, idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import type { HarvestOptions } from './harvestLine.js';
import { WELL_LIMIT } from './harvestPlate.js';
import { highTables } from './highTables.js';
import { LIST_LIMIT } from './paging.js';
import { DEFAULT_PARTS } from './parts.js';
import type { MapContainer, ServerMap } from './serverMap.js';
import { countTagSets } from './tagSets.js';
import { unitContext } from './unitContext.js';
import { type Cost, type CostGuess, type CostKind, COSTS, GUESS } from './webCost.js';
import { WebFailure } from './webFailure.js';
import type { Query, WebSession } from './webSession.js';

/** What a few requests on trial told. */
export interface PlanSample {
  readonly guess: CostGuess;
  /** Requests for the rows and columns of bulk tables. */
  readonly tables: number;
  /** Requests for tag sets. */
  readonly tagSets: number;
  /** Seconds an answer, by what it is for; `other` for what was not tried. */
  readonly latency: Readonly<Partial<Record<CostKind, number>>> & { readonly other: number };
}

/** How much sooner a harvest is done that may keep two requests under way, but must wait for some answers; measured. */
const OVERLAP = 1.4;

/** Tries a few lists: the first page of a dataset with its annotations, a page of wells, tables and tags. */
export async function samplePlan(session: WebSession, map: ServerMap, harvest: HarvestOptions): Promise<PlanSample> {
  const parts = new Set(harvest.parts ?? DEFAULT_PARTS);
  const { requests, seconds } = session.statistics;
  const latency: Partial<Record<CostKind, number>> & { other: number } = {
    other: requests === 0 ? 0 : seconds / requests,
  };
  /** Seconds that one request of some work took; what fails tells nothing. */
  const timed = async <T>(kind: CostKind, work: () => Promise<T>): Promise<T | undefined> => {
    const before = session.statistics;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      return undefined;
    } finally {
      const after = session.statistics;
      if (after.requests > before.requests)
        latency[kind] = (after.seconds - before.seconds) / (after.requests - before.requests);
    }
  };
  const list = async (path: string, query: Query) =>
    (asArray(asObject(await session.get(path, query))?.data) ?? []).map(asObject);

  const dataset = largest(map, 'Dataset');
  const images =
    (await (dataset &&
      timed('images', () =>
        list(`api/v0/m/datasets/${idOf(dataset)}/images/`, [
          ['normalize', 'true'],
          ['limit', LIST_LIMIT],
        ]),
      ))) ?? [];
  const ids = images.flatMap((row) => digitsOf(row?.['@id']) ?? []);
  const refs = ids.slice(0, BATCH).map((id): ObjectRef => `Image:${id}`);
  if (refs.length > 0)
    await timed('annotations', async () => {
      for await (const answer of annotationBatches(session, refs)) void answer;
    });

  const plate = largest(map, 'Plate');
  const fields = plate && (await timed('plates and wells', () => fieldsOf(session, plate)));
  if (plate !== undefined)
    await timed('plates and wells', () =>
      list(`api/v0/m/plates/${idOf(plate)}/wells/`, [
        ['normalize', 'true'],
        ['limit', WELL_LIMIT],
      ]),
    );
  const tables = parts.has('tables') ? await timed('tables', () => tableRequests(session, map, harvest)) : 0;
  const sets = await timed('tag sets', () => countTagSets(session));
  return {
    guess: { ...GUESS, ...(fields && { fields }), ...(ids[0] !== undefined && { idLength: ids[0].length }) },
    tables: tables ?? 0,
    tagSets: sets === undefined || sets.tags === 0 ? 0 : sets.pages + sets.sets,
    latency,
  };
}

/** The time of requests, more than one at a time where the connections allow it. */
export function secondsOf(cost: Cost, latency: PlanSample['latency'], connections = 2): number {
  const all = COSTS.reduce((sum, kind) => sum + (cost[kind] ?? 0) * (latency[kind] ?? latency.other), 0);
  return connections > 1 ? all / OVERLAP : all;
}

/** The visible container of a type with the most in it. */
function largest(map: ServerMap, type: 'Dataset' | 'Plate'): ObjectRef | undefined {
  let found: [ObjectRef, MapContainer] | undefined;
  for (const [ref, row] of map.containers) {
    if (!row.visible || !row.whole || row.object.type !== type || row.children === 0) continue;
    if (found === undefined || (row.children ?? 0) > (found[1].children ?? 0)) found = [ref, row];
  }
  return found?.[0];
}

/** Fields of a well: `omero:wellsampleIndex` of a single plate is the first and last index. */
async function fieldsOf(session: WebSession, plate: ObjectRef): Promise<number | undefined> {
  const answer = asObject(await session.get(`api/v0/m/plates/${idOf(plate)}/`));
  const [first, last] = (asArray(asObject(answer?.data)?.['omero:wellsampleIndex']) ?? []).map(asNumber);
  return first === undefined || last === undefined ? undefined : last - first + 1;
}

/** The columns of each table above a dataset or plate, and its rows at least once for each of them. */
async function tableRequests(session: WebSession, map: ServerMap, harvest: HarvestOptions): Promise<number> {
  const context = unitContext(session, map, 'plan', harvest);
  const high = [...map.containers].filter(([ref, { visible }]) => visible && /^(Project|Screen):/.test(ref));
  let requests = Math.ceil(high.length / BATCH);
  for (const [ref] of high) {
    const tables = (await highTables(context, ref)).size;
    if (tables === 0) continue;
    const below = [...map.containers.values()].filter(({ parents }) => parents.includes(ref)).length;
    requests += tables * (1 + Math.max(1, below));
  }
  return requests;
}

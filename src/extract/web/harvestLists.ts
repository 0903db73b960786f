import type { ObjectRef, PlateAcquisition } from '../../ome/model.js';
import { asObject, type JsonObject } from '../json.js';
import { idOf } from './annotationBatches.js';
import { harvestAnnotations } from './harvestAnnotations.js';
import { harvestImageRows, type ImagesIn } from './harvestImages.js';
import type { HarvestLine } from './harvestLine.js';
import { harvestWellRows, WELL_LIMIT, type WellsIn } from './harvestPlate.js';
import { factList } from './imageFacts.js';
import { checkEnd } from './listEnd.js';
import { type FailedRows, rowsOf } from './listPart.js';
import { LIST_LIMIT, type ListEnd, pages } from './paging.js';
import { type PlateRuns, runsOf } from './plateRuns.js';
import type { Place, UnitContext } from './unitContext.js';
import { containersOf, type Unit } from './units.js';
import type { Query } from './webSession.js';

/** What a unit lists, and what becomes of its rows. */
interface UnitList {
  readonly path: string;
  readonly query: Query;
  readonly limit: number;
  /** Objects in it as the server counted them when the run began. */
  readonly expected: number | undefined;
  lines(rows: readonly JsonObject[], beside: ReadonlyMap<ObjectRef, Place> | undefined): AsyncIterable<HarvestLine>;
  /** Images that the list did not give although another list has them. */
  ungiven(): Promise<readonly ObjectRef[]>;
}

/** The images of a dataset or the orphaned ones, or the wells of a plate: page by page, compared with what the server counts. */
export async function* harvestList(
  context: UnitContext,
  unit: Unit['key'],
  beside: ReadonlyMap<ObjectRef, Place>,
): AsyncGenerator<HarvestLine> {
  const list = listOf(context, unit);
  const failures: FailedRows[] = [];
  let waiting: ReadonlyMap<ObjectRef, Place> | undefined = beside;
  let end: ListEnd;
  for (const reading = pages(context.session, list.path, list.query, { limit: list.limit }); ;) {
    const next = await reading.next();
    context.signal?.throwIfAborted();
    if (next.done === true) {
      end = next.value;
      break;
    }
    if ('failed' in next.value) {
      failures.push(next.value.failed);
      continue;
    }
    context.map.people.learn(next.value.answer);
    yield* list.lines(next.value.rows, waiting);
    waiting = undefined;
  }
  if (waiting !== undefined) yield* harvestAnnotations(context, waiting);
  const ungiven = failures.length === 0 ? [] : await list.ungiven();
  // Two lists of the same images name what one of them failed at.
  const isNamed = ungiven.length === failures.reduce((sum, { count }) => sum + count, 0);
  let at = 0;
  for (const { offset, count, why } of failures) {
    if (!isNamed) {
      yield context.failed(`${unit}/${offset}`, { kind: 'rows', unit, offset, count }, why);
      continue;
    }
    for (const target of ungiven.slice(at, at + count))
      yield context.failed(target, { kind: 'row', unit, target }, why);
    at += count;
  }
  await checkEnd(context, unit, end, list.expected);
  yield* context.said();
}

/** Rows of a unit's list once more. */
export async function* harvestRows(
  context: UnitContext,
  unit: Unit['key'],
  offset: number,
  count: number,
): AsyncGenerator<HarvestLine> {
  const { path, query, lines } = listOf(context, unit);
  for await (const part of rowsOf(context.session, path, query, offset, count)) {
    if ('failed' in part) {
      const { offset: at, count: many, why } = part.failed;
      yield context.failed(`${unit}/${at}`, { kind: 'rows', unit, offset: at, count: many }, why);
    } else yield* lines(part.rows, undefined);
  }
}

/** One image or well of a unit's list, asked for by itself. */
export async function* harvestRow(
  context: UnitContext,
  unit: Unit['key'],
  target: ObjectRef,
): AsyncGenerator<HarvestLine> {
  const answer = asObject(
    await context.session.get(`api/v0/m/${target.startsWith('Well:') ? 'wells' : 'images'}/${idOf(target)}/`),
  );
  const row = asObject(answer?.data);
  if (row !== undefined) yield* listOf(context, unit).lines([row], undefined);
}

const NORMAL: Query = [['normalize', 'true']];

function listOf(context: UnitContext, unit: Unit['key']): UnitList {
  const row = unit === 'orphans' ? undefined : context.map.containers.get(unit);
  const within = unit !== 'orphans' && row?.visible === true ? unit : undefined;
  if (unit.startsWith('Plate:')) {
    const place: WellsIn['place'] = { containers: containersOf(context.map, [unit as ObjectRef]), group: row?.group };
    const wells = { plate: within, place, filesets: new Set<string>() };
    return {
      path: `api/v0/m/plates/${idOf(unit as ObjectRef)}/wells/`,
      query: NORMAL,
      limit: WELL_LIMIT,
      expected: undefined,
      lines: (rows, beside) => harvestWellRows(context, rows, { ...wells, ...(beside && { beside }) }),
      ungiven: () => Promise.resolve([]),
    };
  }
  const inWhat: Query = unit === 'orphans' ? [['orphaned', 'true']] : [['id', idOf(unit)]];
  const facts = factList(context.session, inWhat, unit, context.say);
  const images: ImagesIn = { in: within, facts, filesets: new Set<string>() };
  return {
    path: unit === 'orphans' ? 'api/v0/m/images/' : `api/v0/m/datasets/${idOf(unit)}/images/`,
    query: unit === 'orphans' ? [...inWhat, ...NORMAL] : NORMAL,
    limit: LIST_LIMIT,
    expected: unit === 'orphans' ? context.map.orphanedImages : row?.children,
    lines: (rows, beside) => harvestImageRows(context, rows, { ...images, ...(beside && { beside }) }),
    ungiven: async () => (await facts.rest()).map((id): ObjectRef => `Image:${id}`),
  };
}

/** A plate's runs, its wells and their images; of a hidden one only the images. */
export async function* harvestPlate(
  context: UnitContext,
  plate: ObjectRef,
  place: Place,
  self: ReadonlyMap<ObjectRef, Place>,
): AsyncGenerator<HarvestLine> {
  const { runs, light } = self.size > 0 ? await runsOf(context, plate, place.group) : NO_RUNS;
  yield* context.said();
  const tell = (run: PlateAcquisition): HarvestLine => context.object(run, [plate], place.containers);
  if (!light) for (const run of runs) yield tell(run);
  yield* harvestList(context, plate, new Map([...self, ...runs.map(({ ref }) => [ref, place] as const)]));
  // The fields of the others have told more of them.
  if (light) for (const run of runs) if (!context.runs.has(run.ref)) yield tell(run);
}

const NO_RUNS: PlateRuns = { runs: [], light: false };

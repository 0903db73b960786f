import { finding } from '../../findings.js';
import type { Annotation, ContainerRef, ObjectRef } from '../../ome/model.js';
import { asArray, asObject } from '../json.js';
import { idOf } from './annotationBatches.js';
import { type BulkTable, tableAnnotations } from './decodeTable.js';
import type { HarvestLine } from './harvestLine.js';
import { highTables, openTable } from './highTables.js';
import type { ServerMap } from './serverMap.js';
import type { MetTable, UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';

/** Rows a request; OMERO.web gives 10 000 at most, and a row may be long. */
const ROWS = 1000;

/** The most rows of a table that is read again by each unit, because nothing else tells whose objects its rows name. */
const FEW = 10 * ROWS;

type Column = 'Dataset' | 'Plate' | 'Image';
/** Which rows of a table a unit tells: all of its own objects, all whatever they name, or those with its id in a column. */
type Share = 'all' | 'rest' | { readonly column: Column; readonly id: string };

/**
 * The rows of bulk tables as annotations of what they name. A row is told only of objects that this unit has told, so that the
 * policy has been applied and nothing is said of what is not there. A table of a Dataset or Plate is read whole with it. A
 * table of a Project or Screen is read with each Dataset or Plate below, their own rows (`query=Plate-411`), where it has such a
 * column; where it has none, whole with the Project or Screen: its group decides, since content is in the group of its
 * container. Where a rule looks at owners that is not enough, so that each unit below reads a small table whole.
 */
export async function* harvestTables(context: UnitContext, unit: ObjectRef): AsyncGenerator<HarvestLine> {
  if (!context.reads('tables')) return;
  for (const [file, met] of context.tables) if (met.carrier === unit) yield* harvestTable(context, unit, file, met);
  for (const carrier of carriersAbove(context.map, unit))
    for (const [file, met] of await highTables(context, carrier)) yield* harvestTable(context, unit, file, met);
}

/** What may carry tables about the content of a unit. */
function carriersAbove({ containers, images }: ServerMap, unit: ObjectRef): readonly ObjectRef[] {
  const image = images.find(({ ref }) => ref === unit);
  const direct = image === undefined ? [] : [...image.datasets, ...image.wells.map(({ plate }) => plate)];
  const low = image === undefined ? [unit] : direct;
  return [...new Set([...direct, ...low.flatMap((ref) => containers.get(ref)?.parents ?? [])])];
}

/** The share that a unit has in a table; a table that the server fails at twice is a finding. */
async function* harvestTable(
  context: UnitContext,
  unit: ObjectRef,
  file: string,
  met: MetTable,
): AsyncGenerator<HarvestLine> {
  for (const attempt of [1, 2]) {
    try {
      const table = await openTable(context, file, met.annotation);
      const share = table && shareOfUnit(context, unit, met.carrier, table);
      if (table !== undefined && share !== undefined) yield* rowLines(context, table, met.carrier, share);
      break;
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      if (attempt === 2) context.say(finding('table-unreadable', met.carrier, { at: unit, detail: error.message }));
    }
  }
  yield* context.said();
}

function shareOfUnit(
  { map, say }: UnitContext,
  unit: ObjectRef,
  carrier: ObjectRef,
  table: BulkTable,
): Share | undefined {
  const isSmall = table.rowCount <= FEW;
  const { ownersMatter } = map.visibility;
  if (carrier !== unit) {
    const type = unit.slice(0, unit.indexOf(':')) as Column;
    if (columnOf(table, type) !== undefined) return { column: type, id: idOf(unit) };
    return map.containers.get(carrier)?.whole === false || (ownersMatter && isSmall) ? 'all' : undefined;
  }
  if (!/^(Project|Screen):/.test(carrier)) return 'all';
  if (columnOf(table, carrier.startsWith('Project:') ? 'Dataset' : 'Plate') !== undefined) return undefined;
  if (!ownersMatter) return 'rest';
  if (!isSmall) say(finding('table-owners-unknown', carrier, { at: `OriginalFile:${table.fileId}` }));
  return undefined;
}

/** The name of the column that holds ids of such objects, when a query can ask for it. */
function columnOf(table: BulkTable, type: Column): string | undefined {
  const column = table.columns.find(
    ({ name, type: of }) => of === type || ((of === 'Long' || of === '') && name.toLowerCase() === type.toLowerCase()),
  );
  return column !== undefined && /^\w+$/.test(column.name) ? column.name : undefined;
}

async function* rowLines(
  context: UnitContext,
  table: BulkTable,
  carrier: ObjectRef,
  share: Share,
): AsyncGenerator<HarvestLine> {
  const { session, decode, seen } = context;
  const query = typeof share === 'object' ? `${columnOf(table, share.column)}-${share.id}` : '*';
  for (let offset = 0; ; offset += ROWS) {
    context.signal?.throwIfAborted();
    const answer = await session.get(`webgateway/table/${table.fileId}/query/`, [
      ['query', query],
      ['offset', offset],
      ['limit', ROWS],
    ]);
    for (const { annotation, target } of tableAnnotations(table, answer, offset, decode)) {
      const containers = share === 'rest' ? [carrier as ContainerRef] : seen.get(target)?.containers;
      if (containers !== undefined) yield context.annotated(named(annotation, share), [target], containers);
    }
    yield* context.said();
    if ((asArray(asObject(asObject(answer)?.data)?.rows)?.length ?? 0) < ROWS) return;
  }
}

/** Rows that a query picked are counted anew for each query, so their names say which. */
function named(row: Annotation, share: Share): Annotation {
  if (typeof share !== 'object') return row;
  const at = row.ref.lastIndexOf('.');
  return { ...row, ref: `${row.ref.slice(0, at)}.${share.column}-${share.id}${row.ref.slice(at)}` } as Annotation;
}

import { finding } from '../../findings.js';
import type { Annotation, ContainerRef, ObjectRef } from '../../ome/model.js';
import { asArray, asObject } from '../json.js';
import { idOf } from './annotationBatches.js';
import { type BulkTable, tableAnnotations } from './decodeTable.js';
import type { HarvestLine } from './harvestLine.js';
import { highTables, openTable } from './highTables.js';
import type { MetTable, UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';

/** Rows a request; OMERO.web gives 10 000 at most, and a row may be long. */
const ROWS = 1000;

/** Which rows of a table a unit tells: all; those that no unit below can ask for; those with its id in a column. */
type Share = 'all' | 'rest' | { readonly column: 'Dataset' | 'Plate'; readonly id: string };

/**
 * The rows of bulk tables as annotations of what they name. A row is told only of objects that this unit has told, so that the
 * policy has been applied and nothing is said of what is not there. A table of a Dataset or Plate is read whole with it. A
 * table of a Project or Screen is read with each Dataset or Plate below, their own rows (`query=Plate-411`), where it has such a
 * column; where it has none, whole with the Project or Screen: its group decides, since content is in the group of its
 * container, and only when no rule looks at owners.
 */
export async function* harvestTables(context: UnitContext, unit: ObjectRef): AsyncGenerator<HarvestLine> {
  if (!context.reads('tables')) return;
  for (const [file, met] of context.tables) if (met.carrier === unit) yield* harvestTable(context, unit, file, met);
  if (isHigh(unit)) return;
  for (const parent of context.map.containers.get(unit)?.parents ?? [])
    for (const [file, met] of await highTables(context, parent)) yield* harvestTable(context, unit, file, met);
}

/** The share that a unit has in a table; a table that the server fails at twice is a finding. */
async function* harvestTable(
  context: UnitContext,
  unit: ObjectRef,
  file: string,
  met: MetTable,
): AsyncGenerator<HarvestLine> {
  const share: Share =
    met.carrier !== unit
      ? { column: unit.startsWith('Dataset:') ? 'Dataset' : 'Plate', id: idOf(unit) }
      : isHigh(unit)
        ? 'rest'
        : 'all';
  for (const attempt of [1, 2]) {
    try {
      return yield* shareOf(context, file, met, share);
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      if (attempt === 2) context.say(finding('table-unreadable', met.carrier, { at: unit, detail: error.message }));
    }
  }
  yield* context.said();
}

async function* shareOf(
  context: UnitContext,
  file: string,
  { carrier, annotation }: MetTable,
  share: Share,
): AsyncGenerator<HarvestLine> {
  const { session, decode, seen } = context;
  const table = await openTable(context, file, annotation);
  if (table !== undefined && isMine(context, table, carrier, share)) {
    const query = typeof share === 'object' ? `${columnOf(table, share.column)}-${share.id}` : '*';
    for (let offset = 0; ; offset += ROWS) {
      context.signal?.throwIfAborted();
      const rows = await session.get(`webgateway/table/${file}/query/`, [
        ['query', query],
        ['offset', offset],
        ['limit', ROWS],
      ]);
      for (const { annotation: row, target } of tableAnnotations(table, rows, offset, decode)) {
        const containers = share === 'rest' ? [carrier as ContainerRef] : seen.get(target)?.containers;
        if (containers !== undefined) yield context.annotated(named(row, share), [target], containers);
      }
      yield* context.said();
      if ((asArray(asObject(asObject(rows)?.data)?.rows)?.length ?? 0) < ROWS) break;
    }
  }
  yield* context.said();
}

const isHigh = (ref: ObjectRef): boolean => /^(Project|Screen):/.test(ref);

/** The name of the column that holds ids of such objects, when a query can ask for it. */
function columnOf(table: BulkTable, type: 'Dataset' | 'Plate'): string | undefined {
  const column = table.columns.find(
    ({ name, type: of }) => of === type || ((of === 'Long' || of === '') && name.toLowerCase() === type.toLowerCase()),
  );
  return column !== undefined && /^\w+$/.test(column.name) ? column.name : undefined;
}

function isMine(context: UnitContext, table: BulkTable, carrier: ObjectRef, share: Share): boolean {
  if (share === 'all') return true;
  if (share !== 'rest') return columnOf(table, share.column) !== undefined;
  if (columnOf(table, carrier.startsWith('Project:') ? 'Dataset' : 'Plate') !== undefined) return false;
  if (!context.map.visibility.ownersMatter) return true;
  context.say(finding('table-owners-unknown', carrier, { at: `OriginalFile:${table.fileId}` }));
  return false;
}

/** Rows that a query picked are counted anew for each query, so their names say which. */
function named(row: Annotation, share: Share): Annotation {
  if (typeof share !== 'object') return row;
  const at = row.ref.lastIndexOf('.');
  return { ...row, ref: `${row.ref.slice(0, at)}.${share.column}-${share.id}${row.ref.slice(at)}` } as Annotation;
}

import type { Annotation, ObjectRef } from '../../ome/model.js';
import { annotationBatches } from './annotationBatches.js';
import { decodeAnnotations } from './decodeAnnotations.js';
import { type BulkTable, decodeTable } from './decodeTable.js';
import type { ServerMap } from './serverMap.js';
import type { MetTable, UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';

type Tables = ReadonlyMap<string, MetTable>;
const NONE: Tables = new Map();

/** Tables of what stands above units of a run; asked for once, 100 of them a request. */
const known = new WeakMap<ServerMap, Promise<ReadonlyMap<ObjectRef, Tables>>>();

/** The tables that are attached to a visible container above a unit, by id of their file. */
export async function highTables(context: UnitContext, ref: ObjectRef): Promise<Tables> {
  const { map } = context;
  const reading = known.get(map) ?? readTables(context);
  known.set(map, reading);
  // Who stopped in the middle may ask again.
  reading.catch(() => known.delete(map));
  return (await reading).get(ref) ?? NONE;
}

async function readTables({ map, session, decode }: UnitContext): Promise<ReadonlyMap<ObjectRef, Tables>> {
  const tables = new Map<ObjectRef, Map<string, MetTable>>();
  const high = [...map.containers].flatMap(([ref, { visible, whole }]) =>
    visible && (!whole || /^(Project|Screen):/.test(ref)) ? [ref] : [],
  );
  // What is odd about them is said where they are told themselves, and so is what the server fails at.
  const silent = { ...decode, onFinding: () => undefined };
  for await (const batch of annotationBatches(session, high, [['type', 'file']])) {
    if ('failed' in batch) continue;
    for (const { annotation, target, table, owner, linkOwner } of decodeAnnotations(batch.answer, silent)) {
      const group = map.containers.get(target)?.group;
      const isPublic = map.visibility.isVisible(group, owner) && map.visibility.isVisible(group, linkOwner);
      if (table === undefined || !isPublic) continue;
      const own = tables.get(target) ?? new Map<string, MetTable>();
      tables.set(target, own);
      own.set(table, { carrier: target, annotation });
    }
  }
  return tables;
}

const opened = new WeakMap<ServerMap, Map<string, Promise<BulkTable | undefined>>>();

/** Columns of a table, asked for once a run; a table that is broken is said where it is asked for first. @throws WebFailure */
export function openTable(
  { map, session, decode }: UnitContext,
  file: string,
  annotation: Annotation,
): Promise<BulkTable | undefined> {
  const tables = opened.get(map) ?? new Map<string, Promise<BulkTable | undefined>>();
  opened.set(map, tables);
  const known = tables.get(file);
  if (known !== undefined) return known;
  const opening = session
    .get(`webgateway/table/${file}/metadata/`)
    .catch((error: unknown) => {
      // Before OMERO.web 5.9 a query's answer alone tells of the columns.
      if (!(error instanceof WebFailure) || error.status !== 404) throw error;
      return session.get(`webgateway/table/${file}/query/`, [
        ['query', '*'],
        ['limit', 1],
      ]);
    })
    .then((answer) => decodeTable(file, answer, decode, annotation));
  opening.catch(() => tables.delete(file));
  tables.set(file, opening);
  return opening;
}

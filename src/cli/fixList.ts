import { join, resolve } from 'node:path';
import { fixList } from '../audit/fixes/fixList.js';
import { FACT_PREDICATES } from '../audit/fixes/containerFacts.js';
import { countKeys, KEY_PREDICATES, type KeyCounts } from '../audit/fixes/countKeys.js';
import type { FixTable } from '../audit/fixes/model.js';
import { fixListText } from '../audit/fixes/fixListText.js';
import { type AuditReport, type ContainerReport, STATUSES, type StoredAudit } from '../audit/model.js';
import { readContainerGraph } from '../graph/columns/readContainerGraph.js';
import type { GraphRecord } from '../graph/record.js';
import { importCsvRows } from '../map/importCsv.js';
import { isServerId } from '../map/links.js';
import type { MapContext } from '../map/mapRecord.js';
import type { Context } from './command.js';
import { fixKnowledge } from './fixKnowledge.js';
import { fixListFolder } from './fixListFolder.js';
import { mapContext } from './mapContext.js';

export interface FixListOptions {
  /** Fields that are a bonus too. */
  readonly info?: boolean | undefined;
  /** Mappings and ontologies; those of the configuration when left out. */
  readonly map?: MapContext | undefined;
}

/** A file of a fix list. */
export interface FixListFile {
  readonly file: string;
  readonly container: string;
  /** Type of its objects, and whether it replaces; undefined for the companion to read. */
  readonly type?: string | undefined;
  readonly replaces?: boolean | undefined;
  readonly rows?: number | undefined;
  /** Cells that wait for somebody, and cells that were filled in. */
  readonly open?: number | undefined;
  readonly filled?: number | undefined;
}

/**
 * Writes what a steward sends back to be fixed: for each container and type of objects `Project-52.Image.csv` (missing) and
 * `Project-52.Image.replace.csv` (wrong), as Import_from_csv takes them, and `Project-52.suggestions.md` to read. A fix list in the
 * folder gives way to the new one, unless somebody has worked on it.
 * @throws OmegraphError (input) when a file in the folder would be lost, or the record cannot be read
 */
export async function writeFixLists(
  audit: StoredAudit,
  record: GraphRecord,
  folder: string,
  context: Context,
  options: FixListOptions = {},
): Promise<readonly FixListFile[]> {
  const { report } = audit;
  const map = options.map ?? (await mapContext(context.config));
  const target = await fixListFolder(resolve(folder));
  const overall = once((read: ContainerKeys) => recordKeys(record, read, context));
  const containers = report.containers.filter((container) => hasWork(container, report, options.info === true));
  const files: FixListFile[] = [];
  try {
    for (const [done, { container, label }] of containers.entries()) {
      context.signal.throwIfAborted();
      context.terminal.progress(`fix list ${done} of ${containers.length}: ${label}`);
      const graph = await readContainerGraph(record.path(record.container(container)), {
        predicates: FACT_PREDICATES,
        signal: context.signal,
      });
      const own: KeyCounts = new Map();
      countKeys(graph, own);
      const isKnown = report.fields.every(({ field }) => own.has(field));
      const knowledge = fixKnowledge(map, isKnown ? [own] : [own, await overall({ container, keys: own })]);
      const list = await fixList({ audit, container, graph, knowledge, info: options.info });
      const stem = container.replace(/[^A-Za-z0-9._]/g, '-');
      const tables = list.tables.map((table) => ({
        table,
        file: `${stem}${table.part > 1 ? `.${table.part}` : ''}.${table.type}${table.replaces ? '.replace' : ''}.csv`,
      }));
      for (const { file, table } of tables) {
        await target.write(file, csvOf(table));
        const { type, replaces, rows, open, filled } = table;
        files.push({ file: join(target.folder, file), container, type, replaces, rows: rows.length, open, filled });
      }
      if (tables.length + list.byHand.length === 0) continue;
      const notes = `${stem}.suggestions.md`;
      await target.write(notes, [fixListText(list, report, tables)]);
      files.push({ file: join(target.folder, notes), container });
    }
  } catch (error) {
    await target.note();
    throw error;
  }
  await target.finish();
  return files;
}

/** Whether anything of a container is missing, wrong or not grounded. */
function hasWork({ counts }: ContainerReport, { fields }: AuditReport, info: boolean): boolean {
  const places = (['missing', 'invalid', 'notGrounded'] as const).map((status) => STATUSES.indexOf(status));
  return fields.some(
    ({ severity }, n) => (info || severity !== 'info') && places.some((place) => (counts[n]?.[place] ?? 0) > 0),
  );
}

function* csvOf({ columns, rows }: FixTable): Generator<string> {
  yield* importCsvRows({
    columns,
    *rows() {
      for (const { object, cells } of rows) {
        const id = object.ref.slice(object.ref.indexOf(':') + 1);
        // Ids of files are read with their type only.
        yield { id: isServerId(id) ? id : object.ref, name: object.name, cells };
      }
    },
  });
}

interface ContainerKeys {
  readonly container: string;
  readonly keys: KeyCounts;
}

/** Keys of the whole record; those of one container have been read before. */
async function recordKeys(record: GraphRecord, read: ContainerKeys, { signal, terminal }: Context): Promise<KeyCounts> {
  const counts: KeyCounts = structuredClone(read.keys);
  for (const entry of record.manifest.containers) {
    if (entry.container === read.container) continue;
    signal.throwIfAborted();
    terminal.progress(`keys of ${entry.label ?? entry.container}`);
    countKeys(await readContainerGraph(record.path(entry), { predicates: KEY_PREDICATES, signal }), counts);
  }
  return counts;
}

function once<From, T>(make: (from: From) => Promise<T>): (from: From) => Promise<T> {
  let made: Promise<T> | undefined;
  return (from) => (made ??= make(from));
}

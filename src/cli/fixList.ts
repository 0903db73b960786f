import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fixList } from '../audit/fixList.js';
import { countKeys, FACT_PREDICATES, KEY_PREDICATES, type KeyCounts } from '../audit/fixListFacts.js';
import type { FixTable } from '../audit/fixListModel.js';
import { fixListText } from '../audit/fixListText.js';
import { type AuditReport, type ContainerReport, STATUSES, type StoredAudit } from '../audit/model.js';
import { OmegraphError } from '../errors.js';
import { readContainerGraph } from '../graph/columns/readContainerGraph.js';
import { makeFolder } from '../graph/makeFolder.js';
import type { GraphRecord } from '../graph/record.js';
import { importCsvRows } from '../map/importCsv.js';
import { isServerId } from '../map/links.js';
import type { MapContext } from '../map/mapRecord.js';
import type { Context } from './command.js';
import { fixKnowledge } from './fixKnowledge.js';
import { mapContext } from './mapContext.js';
import { writeWhole } from './writeWhole.js';

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

/** The list of what was written, so that nobody's work is written over. */
const WRITTEN = 'fix-list.json';

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
  const target = await targetFolder(resolve(folder));
  const overall = once(() => recordKeys(record, context));
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
      const knowledge = fixKnowledge(map, isKnown ? [own] : [own, await overall()]);
      const list = await fixList({ audit, container, graph, knowledge, info: options.info });
      const stem = container.replace(/[^A-Za-z0-9._]/g, '-');
      const tables = list.tables.map((table) => ({
        table,
        file: `${stem}.${table.type}${table.replaces ? '.replace' : ''}.csv`,
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

async function recordKeys(record: GraphRecord, { signal, terminal }: Context): Promise<KeyCounts> {
  const counts: KeyCounts = new Map();
  for (const entry of record.manifest.containers) {
    signal.throwIfAborted();
    terminal.progress(`keys of ${entry.label ?? entry.container}`);
    countKeys(await readContainerGraph(record.path(entry), { predicates: KEY_PREDICATES, signal }), counts);
  }
  return counts;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

interface TargetFolder {
  readonly folder: string;
  write(file: string, lines: Iterable<string>): Promise<void>;
  /** Notes what was written so far. */
  note(): Promise<void>;
  /** Notes what was written, and removes what only the list before had. */
  finish(): Promise<void>;
}

/** A folder for fix lists. @throws OmegraphError (input) when somebody has worked on the files of the one before */
async function targetFolder(folder: string): Promise<TargetFolder> {
  await makeFolder(folder);
  const before = await written(join(folder, WRITTEN));
  const now = new Map<string, string>();
  const isOurs = async (file: string): Promise<boolean> => {
    const found = await hashOf(join(folder, file));
    return found === undefined || found === before.get(file);
  };
  const note = (files: ReadonlyMap<string, string>): Promise<void> =>
    writeWhole(join(folder, WRITTEN), `${JSON.stringify({ files: Object.fromEntries(files) }, null, 2)}\n`);
  for (const file of before.keys()) if (!(await isOurs(file))) throw workedOn(join(folder, file));
  return {
    folder,
    async write(file, lines) {
      if (!(await isOurs(file))) throw workedOn(join(folder, file));
      const hash = createHash('sha256');
      await writeWhole(
        join(folder, file),
        hashed(lines, (text) => hash.update(text)),
      );
      now.set(file, hash.digest('hex'));
    },
    note: () => note(new Map([...before, ...now])),
    async finish() {
      for (const file of before.keys()) if (!now.has(file)) await rm(join(folder, file), { force: true });
      await note(now);
    },
  };
}

async function* hashed(lines: Iterable<string>, onText: (text: string) => void): AsyncGenerator<string> {
  for (const text of lines) {
    onText(text);
    yield text;
  }
}

async function written(path: string): Promise<ReadonlyMap<string, string>> {
  try {
    const { files } = JSON.parse(await readFile(path, 'utf8')) as { files?: Record<string, string> };
    return new Map(Object.entries(files ?? {}).filter(([file]) => /^[A-Za-z0-9._-]+\.(?:csv|md)$/.test(file)));
  } catch {
    return new Map();
  }
}

async function hashOf(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch (error) {
    // What cannot be read is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}

const workedOn = (where: string): OmegraphError =>
  new OmegraphError('input', {
    where,
    wrong: 'a new fix list would be written over this file, which is not as the last one left it',
    remedy: 'read it with `export --key-values` and remove it, or name another folder',
  });

import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Quad } from '@rdfjs/types';
import { OmegraphError } from '../errors.js';
import type { Iris } from '../rdf/iris.js';
import { nquadsIri } from '../rdf/nquads.js';
import { nquadsReader } from '../rdf/nquadsReader.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { descriptionQuads, fileStatistics } from './description.js';
import { lockFolder } from './folderLock.js';
import type { GraphStatistics } from './graphStatistics.js';
import { type LineBatch, lineBatch } from './lineBatch.js';
import { makeFolder } from './makeFolder.js';
import { type ContainerEntry, type Manifest, manifestJson, type RecordFile } from './manifest.js';
import { fileLines, readManifestIfAny } from './record.js';
import { cleanFolder, GRAPHS, recordFileName, replaceFile, syncFolder, UNFINISHED } from './recordFiles.js';
import { diskError, sorterClient } from './sorterClient.js';

/** What a writer must know. */
export interface RecordWriterOptions {
  readonly iris: Iris;
  /** Name and version, as in `omegraph 0.1.0`. */
  readonly software: string;
  /** The source as the user named it, without credentials. */
  readonly source: string;
  /** Bytes of lines held before they are spilled to temporary files; 16 MiB unless told. */
  readonly memoryBytes?: number | undefined;
  /** The clock of `exportedAt`. */
  now?(): Date;
  /** Sort in this thread instead of a worker. */
  readonly inline?: boolean | undefined;
}

/** Writes a record; until `finish` has returned, readers see the record from before. */
export interface RecordWriter {
  /** Adds quads to a container's graph, whatever their own graph is; duplicates are dropped. Wait for the promise when there is one. */
  add(container: string, quads: Iterable<Quad>): void | Promise<void>;
  /** Adds to the count of a type; counts are otherwise those of `rdf:type core:{Type}`. */
  count(container: string, type: string, by?: number): void;
  /** Sets a container's label; otherwise it is the container's `rdfs:label`. */
  label(container: string, text: string): void;
  /** Adds to the provenance graph, which accumulates from export to export. */
  provenance(quads: Iterable<Quad>): void;
  /** Adds to the description graph, which is otherwise computed. */
  description(quads: Iterable<Quad>): void;
  /** Takes a container out of the record. */
  remove(container: string): void;
  /**
   * Replaces the containers that were added, keeps the others; `provenanceOf` is asked once for the run's provenance; `whenWhole` runs
   * when the new record stands, before another export may write. @throws OmegraphError when the disk refuses
   */
  finish(
    provenanceOf?: (containers: readonly string[]) => Iterable<Quad>,
    whenWhole?: () => Promise<void>,
  ): Promise<Manifest>;
  /** Gives up; the record from before stays. */
  abort(): Promise<void>;
}

const MEMORY = 16 << 20;
const BATCH = 1 << 15;
const PROVENANCE = Symbol('provenance');
const DESCRIPTION = Symbol('description');
type Target = string | typeof PROVENANCE | typeof DESCRIPTION;

interface Told {
  label?: string;
  readonly counts: Map<string, number>;
}

/** Starts to write a record into a data folder, which is made when it is missing. @throws OmegraphError when it cannot be written, is being written, or holds a record of another base */
export async function createRecordWriter(folder: string, options: RecordWriterOptions): Promise<RecordWriter> {
  const { iris } = options;
  const unfinished = join(folder, UNFINISHED);
  const opened = await onDisk(folder, async () => {
    await makeFolder(folder);
    const unlock = await lockFolder(folder);
    try {
      const previous = await readManifestIfAny(folder);
      if (previous !== undefined && previous.base !== iris.base) throw otherBase(folder, previous.base, iris.base);
      await cleanFolder(folder, previous);
      await mkdir(unfinished);
      await makeFolder(join(folder, GRAPHS));
      return { previous, unlock };
    } catch (error) {
      await unlock();
      throw error;
    }
  });
  const { previous, unlock } = opened;
  const memoryBytes = options.memoryBytes ?? MEMORY;
  const sorter = sorterClient({ folder: unfinished, memoryBytes }, options.inline);
  const numbers = new Map<Target, number>();
  const told = new Map<string, Told>();
  const removed = new Set<string>();
  const batch = lineBatch(sorter, Math.min(BATCH, memoryBytes / 8));
  let current = previous;
  let state: 'open' | 'closed' = 'open';

  const number = (target: Target): number => {
    if (state === 'closed') throw new Error('the record writer is closed');
    const known = numbers.get(target);
    if (known !== undefined) return known;
    numbers.set(target, numbers.size);
    return numbers.size - 1;
  };
  const about = (container: string): Told => {
    number(container);
    const known = told.get(container) ?? { counts: new Map<string, number>() };
    told.set(container, known);
    return known;
  };
  const close = async (): Promise<void> => {
    if (state === 'closed') return;
    state = 'closed';
    await sorter.close();
    await cleanFolder(folder, current).catch(() => undefined);
    await unlock();
  };

  /** Sorts one graph into its file under its final name. */
  const written = async (
    target: Target,
    name: string,
    graph: string,
    focus: string,
  ): Promise<[RecordFile, GraphStatistics]> => {
    const path = join(unfinished, `${number(target)}.nq`);
    const { sha256, bytes, statistics } = await sorter.write({
      container: number(target),
      path,
      graph: nquadsIri(graph),
      focus,
    });
    const file = recordFileName(name, sha256);
    await rename(path, join(folder, file));
    return [{ file, graph, sha256, bytes, quads: statistics.quads }, statistics];
  };

  const finish: RecordWriter['finish'] = async (provenanceOf) => {
    const exported = [...numbers.keys()].filter((target) => typeof target === 'string').sort();
    if (provenanceOf !== undefined) batch.add(number(PROVENANCE), provenanceOf(exported));
    const exportedAt = (options.now?.() ?? new Date()).toISOString();
    const statistics = new Map<string, GraphStatistics>();
    const entries = new Map<string, ContainerEntry>();
    for (const entry of previous?.containers ?? []) {
      if (!numbers.has(entry.container) && !removed.has(entry.container)) entries.set(entry.container, entry);
    }
    await batch.flush();
    for (const container of exported) {
      const focus = nquadsIri(iris.object(container).value);
      const [file, counted] = await written(container, container, iris.graph(container).value, focus);
      statistics.set(container, counted);
      entries.set(container, containerEntry(container, file, counted, told.get(container), exportedAt));
    }
    const containers = [...entries.values()].sort((a, b) => byContainer(a.container, b.container));
    const provenance = await finishProvenance();
    for (const entry of containers) {
      if (!statistics.has(entry.container))
        statistics.set(entry.container, await fileStatistics(join(folder, entry.file)));
    }
    batch.add(number(DESCRIPTION), descriptionQuads(iris, containers, statistics));
    await batch.flush();
    const [description] = await written(DESCRIPTION, 'description', iris.descriptionGraph.value, '');
    const manifest: Manifest = {
      format: 'omegraph-record',
      version: 1,
      base: iris.base,
      software: options.software,
      source: options.source,
      containers,
      ...(provenance && { provenance }),
      description,
    };
    await syncFolder(join(folder, GRAPHS));
    await replaceFile(join(folder, 'manifest.json'), join(unfinished, 'manifest.json'), manifestJson(manifest));
    await syncFolder(folder);
    current = manifest;
    return manifest;
  };

  const finishProvenance = async (): Promise<RecordFile | undefined> => {
    if (!numbers.has(PROVENANCE)) return previous?.provenance;
    if (previous?.provenance !== undefined) await takeOver(folder, previous.provenance, batch, number(PROVENANCE));
    await batch.flush();
    return (await written(PROVENANCE, 'provenance', iris.provenanceGraph.value, ''))[0];
  };

  return {
    add: (container, quads) => batch.add(number(container), quads),
    count: (container, type, by = 1) => {
      const { counts } = about(container);
      counts.set(type, (counts.get(type) ?? 0) + by);
    },
    label: (container, text) => {
      about(container).label = text;
    },
    provenance: (quads) => later(batch.add(number(PROVENANCE), quads)),
    description: (quads) => later(batch.add(number(DESCRIPTION), quads)),
    remove: (container) => void removed.add(container),
    finish: async (provenanceOf, whenWhole) => {
      try {
        const manifest = await onDisk(folder, () => finish(provenanceOf));
        await whenWhole?.();
        return manifest;
      } finally {
        await close();
      }
    },
    abort: close,
  };
}

/** Feeds the lines of an earlier file into the graph that replaces it. */
async function takeOver(folder: string, file: RecordFile, batch: LineBatch, container: number): Promise<void> {
  const path = join(folder, file.file);
  const ending = ` ${nquadsIri(file.graph)} .`;
  for await (const line of fileLines(path)) {
    if (!line.endsWith(ending)) {
      throw new OmegraphError('input', {
        where: path,
        wrong: 'a line is not in the graph that the manifest names',
        found: line,
        remedy: 'restore the file from a backup, or export into an empty folder',
      });
    }
    const wait = batch.addLine(container, line.slice(0, -ending.length));
    if (wait !== undefined) await wait;
  }
}

function containerEntry(
  container: string,
  file: RecordFile,
  statistics: GraphStatistics,
  told: Told | undefined,
  exportedAt: string,
): ContainerEntry {
  const counts = new Map(told?.counts);
  for (const [iri, n] of told === undefined || told.counts.size === 0 ? statistics.classes : []) {
    if (iri.startsWith(PREFIXES.core)) counts.set(iri.slice(PREFIXES.core.length), n);
  }
  const label = told?.label ?? textOf(statistics.label);
  const sorted = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { container, ...(label !== undefined && { label }), ...file, counts: sorted, exportedAt };
}

/** The text of an N-Triples literal. */
function textOf(written: string | undefined): string | undefined {
  return written === undefined ? undefined : nquadsReader().quad(`<a:a> <a:a> ${written} .`)?.object.value;
}

/** `Project:2` before `Project:10`. */
function byContainer(a: string, b: string): number {
  const [typeA = '', idA = ''] = a.split(':', 2);
  const [typeB = '', idB = ''] = b.split(':', 2);
  const byNumber = typeA === typeB ? Number(idA) - Number(idB) : 0;
  return byNumber || (a < b ? -1 : a > b ? 1 : 0);
}

/** A failure that came to light while nobody waited is thrown by the next call. */
function later(wait: void | Promise<void>): void {
  wait?.catch(() => undefined);
}

/** Runs work on the data folder; what the disk refuses becomes one of our errors. */
async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OmegraphError || !(error instanceof Error) || !('syscall' in error) || !('code' in error))
      throw error;
    throw diskError(folder, { code: String(error.code), message: error.message }, error);
  }
}

function otherBase(folder: string, found: string, base: string): OmegraphError {
  return new OmegraphError('input', {
    where: folder,
    wrong: 'the data folder holds a record whose objects have another base',
    found,
    remedy: `export into another folder, or set the base to that one instead of ${base}`,
  });
}

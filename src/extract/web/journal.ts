import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OmegraphError } from '../../errors.js';
import type { Json } from '../json.js';
import { isSystemError, journalError, makePrivateFolder, replacePrivateFile, syncFolder } from './journalFiles.js';

/** What an interrupted run has read so far, by unit; `Line` is plain JSON. */
export interface Journal<Line> {
  /**
   * The lines of a unit that an earlier run finished, when `stillHolds` agrees with what was noted with it. A unit that is cut, damaged
   * or no longer holds is forgotten: nothing of it is replayed.
   */
  replay(unit: string, stillHolds?: (note: Json) => boolean): Promise<AsyncIterable<Line> | undefined>;
  /** Starts to write a unit; until `commit` has returned, it counts as not read. */
  write(unit: string): Promise<UnitWriter<Line>>;
  /** What an earlier run left: how many finished units, and when it began. */
  readonly resumed: { readonly units: number; readonly startedAt: string } | undefined;
  /** Removes the journal; nothing else in the folder is touched. */
  clear(): Promise<void>;
}

/** One unit that is being written. @throws OmegraphError `input` when the disk refuses; the units finished so far stay. */
export interface UnitWriter<Line> {
  /** Adds a line; wait for the promise when there is one. */
  add(line: Line): void | Promise<void>;
  /** Makes the unit last; `note` comes back at the replay. */
  commit(note?: Json): Promise<void>;
  /** Gives the unit up. */
  drop(): Promise<void>;
}

/** Format of the files; files of another version are not read. */
const VERSION = 1;
const HEADER = 'header.json';
const ENDING = '.ndjson';
const PARTIAL = '.partial';
/** Characters that are gathered before they are written. */
const BUFFER = 1 << 16;
const CHUNK = 1 << 18;
/** `{sha256} {bytes of the note}\n`: of a fixed length, so that it is found from the end. */
const TRAILER = 64 + 1 + 12 + 1;
/** A journal that is older is not gone on with: the server has changed since. Milliseconds. */
const OLDEST = 7 * 24 * 60 * 60 * 1000;

/**
 * Opens the journal in a folder, which only its owner may read. A journal of another fingerprint or version, or older than a week, is
 * dropped, and so is any when `restart` is set. One run at a time may use it: the lock of the data folder that it lies in sees to that.
 * @throws OmegraphError `input` when the folder cannot be written
 */
export async function openJournal<Line>(
  folder: string,
  fingerprint: string,
  options: { readonly restart?: boolean | undefined; now(): Date },
): Promise<Journal<Line>> {
  const header = join(folder, HEADER);
  const clear = async (): Promise<void> => {
    await rm(header, { force: true });
    for (const name of await ourFiles(folder)) await rm(join(folder, name), { force: true });
  };
  const resumed = await guarded(folder, async () => {
    await makePrivateFolder(folder);
    const startedAt = options.restart === true ? undefined : await startOf(header, fingerprint, options.now());
    if (startedAt === undefined) {
      await clear();
      const begun = {
        format: 'omegraph-journal',
        version: VERSION,
        fingerprint,
        startedAt: options.now().toISOString(),
      };
      await replacePrivateFile(folder, HEADER, `${JSON.stringify(begun)}\n`);
      return undefined;
    }
    const names = await ourFiles(folder);
    for (const name of names.filter((n) => n.endsWith(PARTIAL))) await rm(join(folder, name), { force: true });
    const units = names.filter((n) => n.endsWith(ENDING)).length;
    return units === 0 ? undefined : { units, startedAt };
  });
  return {
    resumed,
    replay: async (unit, stillHolds) => {
      const path = join(folder, unitFile(unit));
      const found = await guarded(folder, () => wholeUnit(path, unit));
      if (found === undefined || stillHolds?.(found.note) === false) {
        await guarded(folder, () => rm(path, { force: true }));
        return undefined;
      }
      return unitLines<Line>(path, found.from, found.to);
    },
    write: (unit) => guarded(folder, () => unitWriter<Line>(folder, unit)),
    clear: async () => {
      // Without the header the rest is nobody's, even where it cannot be removed.
      await rm(header, { force: true }).catch((cause: unknown) => {
        throw new OmegraphError(
          'input',
          {
            where: folder,
            wrong: 'the export is finished, but its journal cannot be removed',
            found: String(cause),
            remedy: 'delete the folder, or the next export takes its records from there',
          },
          { cause },
        );
      });
      await clear().catch(() => undefined);
      await rmdir(folder).catch(() => undefined);
    },
  };
}

/** When the journal that is there began, if it is of this fingerprint and version and not too old. */
async function startOf(header: string, fingerprint: string, now: Date): Promise<string | undefined> {
  try {
    const found = JSON.parse(await readFile(header, 'utf8')) as Record<string, Json>;
    if (found.version !== VERSION || found.fingerprint !== fingerprint) return undefined;
    const { startedAt } = found;
    // An unreadable date is NaN, which is not young enough.
    const isYoung = typeof startedAt === 'string' && Math.abs(now.getTime() - Date.parse(startedAt)) <= OLDEST;
    return isYoung ? startedAt : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function ourFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(ENDING) || name.endsWith(PARTIAL));
}

/** The file of a unit: readable, safe on every file system, no two units the same. */
function unitFile(unit: string): string {
  const readable = unit.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
  return `${readable}.${createHash('sha256').update(unit).digest('hex').slice(0, 16)}${ENDING}`;
}

const firstLine = (unit: string): string => `${JSON.stringify({ unit, version: VERSION })}\n`;

async function unitWriter<Line>(folder: string, unit: string): Promise<UnitWriter<Line>> {
  const name = unitFile(unit);
  const partial = join(folder, `${name}${PARTIAL}`);
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  const hash = createHash('sha256');
  let held = firstLine(unit);
  let isOpen = true;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(held);
    held = '';
    hash.update(bytes);
    await writeAll(file, bytes);
  };
  const drop = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await file.close().catch(() => undefined);
    await rm(partial, { force: true }).catch(() => undefined);
  };
  /** What fails halfway is given up, so that a full disk gets its space back. */
  const orDrop = async (work: () => Promise<void>): Promise<void> => {
    try {
      await guarded(folder, work);
    } catch (error) {
      await drop();
      throw error;
    }
  };
  return {
    add: (line) => {
      held += `${JSON.stringify(line)}\n`;
      return held.length < BUFFER ? undefined : orDrop(flush);
    },
    commit: (note = null) =>
      orDrop(async () => {
        const noted = `${JSON.stringify(note)}\n`;
        held += noted;
        await flush();
        await writeAll(file, Buffer.from(trailer(hash, Buffer.byteLength(noted))));
        await file.sync();
        await file.close();
        await rename(partial, join(folder, name));
        isOpen = false;
        await syncFolder(folder);
      }),
    drop,
  };
}

const trailer = (hash: Hash, noteBytes: number): string =>
  `${hash.digest('hex')} ${String(noteBytes).padStart(12, '0')}\n`;

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

/** Where the lines of a unit's file lie and what was noted, when every byte is as it was written. */
async function wholeUnit(
  path: string,
  unit: string,
): Promise<{ readonly from: number; readonly to: number; readonly note: Json } | undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const end = (await file.stat()).size - TRAILER;
    const from = Buffer.byteLength(firstLine(unit));
    const tail = /^([0-9a-f]{64}) (\d{12})\n$/.exec(String(await bytesAt(file, end, TRAILER)));
    const to = end - Number(tail?.[2]);
    if (tail === null || to < from) return undefined;
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let at = 0; at < end;) {
      const { bytesRead } = await file.read(chunk, 0, Math.min(CHUNK, end - at), at);
      if (bytesRead === 0) return undefined;
      hash.update(chunk.subarray(0, bytesRead));
      at += bytesRead;
    }
    if (hash.digest('hex') !== tail[1] || String(await bytesAt(file, 0, from)) !== firstLine(unit)) return undefined;
    return { from, to, note: JSON.parse(String(await bytesAt(file, to, end - to))) as Json };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  if (at < 0) return Buffer.alloc(0);
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

/** The lines between two places of a file; a few hundred kilobytes are held at a time. */
async function* unitLines<Line>(path: string, from: number, to: number): AsyncGenerator<Line> {
  const file = await open(path, 'r');
  try {
    let rest: Buffer[] = [];
    for (let at = from; at < to;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, to - at));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      const read = chunk.subarray(0, bytesRead);
      const last = read.lastIndexOf(0x0a);
      if (last < 0) {
        rest.push(read);
        continue;
      }
      const text = Buffer.concat([...rest, read.subarray(0, last)]).toString();
      rest = [read.subarray(last + 1)];
      for (const line of text.split('\n')) yield JSON.parse(line) as Line;
    }
  } finally {
    await file.close();
  }
}

const codeOf = (error: unknown): string | undefined => (isSystemError(error) ? error.code : undefined);

/** Runs work on the journal; what the system refuses becomes one of our errors. */
async function guarded<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OmegraphError || !isSystemError(error)) throw error;
    throw journalError(folder, error);
  }
}

import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { OmegraphError } from '../errors.js';

/** Who writes a data folder. */
interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

const BEAT_MS = 20_000;
/** A writer on another machine that gave no sign for so long is taken to have died. */
const SILENT_MS = 10 * 60_000;
const held = new Set<string>();

/**
 * Locks a data folder against a second writer; returns what unlocks it. A lock whose process is gone is taken over.
 * @throws OmegraphError when another export holds it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, '.lock');
  const holder: Holder = { token: randomUUID(), pid: process.pid, host: hostname(), since: new Date().toISOString() };
  for (let attempt = 0; !(await created(path, holder)); attempt++) {
    const other = await holderOf(path);
    if (attempt >= 3 || (other !== undefined && !(await isGone(other, path)))) throw lockedError(folder, path, other);
    await takeAway(path, other, `${path}.${holder.token}`);
  }
  held.add(holder.token);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  return async () => {
    clearInterval(beat);
    held.delete(holder.token);
    if ((await holderOf(path))?.token === holder.token) await rm(path, { force: true });
  };
}

/** Removes a dead lock. Renaming is atomic; when it caught the lock of a third export that was faster, that one is put back. */
async function takeAway(path: string, dead: Partial<Holder> | undefined, aside: string): Promise<void> {
  await rename(path, aside).catch(() => undefined);
  const moved = await holderOf(aside);
  if (moved !== undefined && moved.token !== dead?.token) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function created(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when the lock is gone; a lock that is just being written reads as a holder without process. */
async function holderOf(path: string): Promise<Partial<Holder> | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Partial<Holder>;
  } catch (error) {
    return error instanceof SyntaxError ? {} : undefined;
  }
}

async function isGone(holder: Partial<Holder>, path: string): Promise<boolean> {
  if (holder.host !== hostname() || typeof holder.pid !== 'number') {
    const age = await stat(path).then(
      (s) => Date.now() - s.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    return age > (holder.pid === undefined ? BEAT_MS : SILENT_MS);
  }
  // In a container every run has the same process id: our own id without our token is a run that died.
  if (holder.pid === process.pid) return !held.has(holder.token ?? '');
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

function lockedError(folder: string, path: string, holder: Partial<Holder> | undefined): OmegraphError {
  return new OmegraphError('input', {
    where: folder,
    wrong: 'another export is writing this data folder',
    found: `process ${holder?.pid ?? 'unknown'} on ${holder?.host ?? 'an unknown machine'} since ${holder?.since ?? 'just now'}`,
    remedy: `wait until it is done, or delete ${path} when it no longer runs`,
  });
}

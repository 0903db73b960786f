import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OmegraphError } from '../errors.js';
import { makeFolder } from '../graph/makeFolder.js';
import { writeWhole } from './writeWhole.js';

/** The list of what was written, so that nobody's work is written over. */
const WRITTEN = 'fix-list.json';

/** A folder that fix lists are written to. */
export interface FixListFolder {
  readonly folder: string;
  write(file: string, lines: Iterable<string>): Promise<void>;
  /** Notes what was written so far. */
  note(): Promise<void>;
  /** Notes what was written, and removes what only the list before had. */
  finish(): Promise<void>;
}

/** A folder for fix lists. @throws OmegraphError (input) when somebody has worked on the files of the one before */
export async function fixListFolder(folder: string): Promise<FixListFolder> {
  try {
    await makeFolder(folder);
  } catch (cause) {
    throw new OmegraphError(
      'input',
      {
        where: folder,
        wrong: 'the folder for the fix list cannot be made',
        found: (cause as NodeJS.ErrnoException).code,
        remedy: 'name a folder that is not a file, where you may write',
      },
      { cause },
    );
  }
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

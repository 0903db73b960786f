import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OmegraphError } from '../../errors.js';

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space and run the same command again; what is finished is not read again',
  EDQUOT: 'free some of your quota and run the same command again; what is finished is not read again',
  EACCES: 'make the folder writable, or use another data folder',
  EPERM: 'make the folder writable, or use another data folder',
  EROFS: 'use a data folder on a disk that can be written',
  EEXIST: 'move that file away; the journal of an export needs the place',
  ENOTDIR: 'move that file away; the journal of an export needs the place',
};

/** Whether the system refused something. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

/** What the system refused, as one of our errors. */
export function journalError(folder: string, error: NodeJS.ErrnoException & { readonly code: string }): OmegraphError {
  return new OmegraphError(
    'input',
    {
      where: folder,
      wrong: 'the journal of the export cannot be kept',
      found: error.message,
      remedy: REMEDIES[error.code] ?? 'check the folder and the disk, and run the same command again',
    },
    { cause: error },
  );
}

/** Makes a folder that only its owner may look into: what is not yet checked by the whole run may be private. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
}

/** Writes a small file, readable by its owner alone, whole or not at all. */
export async function replacePrivateFile(folder: string, name: string, text: string): Promise<void> {
  const beside = join(folder, `${name}.partial`);
  await rm(beside, { force: true });
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, join(folder, name));
  await syncFolder(folder);
}

/** Makes renames in a folder last; not every file system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

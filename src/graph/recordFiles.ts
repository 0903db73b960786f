import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, RecordFile } from './manifest.js';

/** Folder of the N-Quads files within a data folder. */
export const GRAPHS = 'graphs';
/** Folder of everything that is not finished; it is removed at the end and at the next start. */
export const UNFINISHED = '.writing';
const LONGEST = 80;

/**
 * Path of a container's file: readable, safe on every file system, and never the same for two contents, because it ends in the first
 * 16 digits of the SHA-256. A manifest that is being read keeps its files until the manifest of the next export stands.
 */
export function recordFileName(container: string, sha256: string): string {
  const name = container
    .toWellFormed()
    .replace(/[^A-Za-z0-9._:]/gu, (c) => [...Buffer.from(c)].map((b) => `%${b.toString(16).padStart(2, '0')}`).join(''))
    .replace(/^\./, '%2e')
    .replaceAll(':', '-');
  return `${GRAPHS}/${name.slice(0, LONGEST)}.${sha256.slice(0, 16)}.nq`;
}

/** Paths of all files that a manifest names. */
function manifestFiles(manifest: Manifest | undefined): Set<string> {
  const files: readonly (RecordFile | undefined)[] =
    manifest === undefined ? [] : [...manifest.containers, manifest.provenance, manifest.description];
  return new Set(files.flatMap((file) => (file === undefined ? [] : [file.file])));
}

/** Removes what earlier exports left: unfinished files, and files of the record that the manifest does not name. Nothing else is touched. */
export async function cleanFolder(folder: string, manifest: Manifest | undefined): Promise<void> {
  await rm(join(folder, UNFINISHED), { recursive: true, force: true });
  const named = manifestFiles(manifest);
  for (const name of await readdir(join(folder, GRAPHS)).catch(() => [])) {
    if (/\.[0-9a-f]{16}\.nq$/.test(name) && !named.has(`${GRAPHS}/${name}`)) await rm(join(folder, GRAPHS, name));
  }
}

/** Writes a small file whole or not at all: beside, to disk, renamed. */
export async function replaceFile(path: string, beside: string, text: string): Promise<void> {
  const file = await open(beside, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

/** Makes renames in a folder last; not every file system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

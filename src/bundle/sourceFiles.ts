import type { Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { DataFile } from './studyDescription.js';

/** A file on disk that goes into a bundle. */
export interface ReachableFile {
  /** Relative to the source's root, with `/`. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  readonly stats: Stats;
}

/** The files of a study that are there, and the paths that are not. */
export interface ReachableFiles {
  readonly found: readonly ReachableFile[];
  readonly missing: readonly string[];
}

/**
 * Looks the files of a study up below `root`; of a folder (OME-Zarr) all files inside. Paths that lead out of the root,
 * also by symbolic links, and things that are no plain files count as missing. Sorted by path.
 */
export async function reachableFiles(files: readonly DataFile[], root: string): Promise<ReachableFiles> {
  const found = new Map<string, ReachableFile>();
  const missing: string[] = [];
  const home = await realpath(resolve(root)).catch(() => undefined);
  const add = async (path: string): Promise<boolean> => {
    if (home === undefined || path.split('/').some((part) => part === '..' || part === '' || part.includes('\0')))
      return false;
    const file = join(home, ...path.split('/'));
    const real = await realpath(file).catch(() => undefined);
    if (real === undefined || !(real === home || real.startsWith(home + sep))) return false;
    const stats = await lstat(real);
    if (stats.isDirectory()) {
      const names = (await readdir(real)).sort();
      const all = await Promise.all(names.map((name) => add(`${path}/${name}`)));
      return names.length > 0 && all.every(Boolean);
    }
    if (!stats.isFile()) return false;
    found.set(path, { path, file: real, stats });
    return true;
  };
  for (const { path } of files) if (!(await add(path))) missing.push(path);
  return { found: [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), missing };
}

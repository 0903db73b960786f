import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with those above it; one that is there is left as it is. Node's own recursive `mkdir` never returns where a file system
 * (`/proc`) refuses with ENOENT below a folder that exists. @throws the system's error when the folder cannot be made
 */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path);
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isFolder = (at: string): Promise<boolean> =>
      stat(at).then(
        (s) => s.isDirectory(),
        () => false,
      );
    if (code === 'EEXIST' && (await isFolder(folder))) return;
    if (code !== 'ENOENT' || (await isFolder(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await makeFolder(folder);
  }
}

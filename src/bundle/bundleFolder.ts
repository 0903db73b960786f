import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OmegraphError } from '../errors.js';
import { makeFolder } from '../graph/makeFolder.js';

/** The last file of every bundle, by which a bundle is known. */
export const CHECKSUMS = 'manifest-sha256.txt';

/** A file of a bundle, as written. */
export interface BundleFile {
  /** Relative to the bundle's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A bundle being written: nothing is visible under its name until all of it is there. */
export interface BundleFolder {
  readonly files: readonly BundleFile[];
  /** Writes a text as UTF-8. */
  write(path: string, text: string): Promise<BundleFile>;
  /** Writes what comes from a stream, with backpressure. */
  writeStream(path: string, chunks: AsyncIterable<Uint8Array>): Promise<BundleFile>;
}

/**
 * Fills a new folder whole or not at all: files go to a hidden sibling that takes the name when `fill` is done; when
 * it fails or the signal fires, the sibling is removed and the target stays as it was. `force` replaces a bundle that is
 * there, and nothing else. @throws OmegraphError when the target exists and is not to be replaced, or cannot be written.
 */
export async function withBundleFolder<T>(
  target: string,
  options: { readonly force?: boolean | undefined; readonly signal?: AbortSignal | undefined },
  fill: (folder: BundleFolder) => Promise<T>,
): Promise<T> {
  const final = resolve(target);
  const before = await lstat(final).catch(() => undefined);
  if (before !== undefined && options.force !== true) {
    throw new OmegraphError('input', {
      where: target,
      wrong: 'the bundle exists already',
      remedy: 'choose another folder, or replace it with --force',
    });
  }
  if (before !== undefined && !before.isDirectory()) {
    throw new OmegraphError('input', {
      where: target,
      wrong: 'this is not a folder, so the bundle cannot replace it',
      remedy: 'choose another folder',
    });
  }
  if (before !== undefined) {
    const names = await readdir(final);
    if (names.length > 0 && !names.includes(CHECKSUMS)) {
      throw new OmegraphError('input', {
        where: target,
        wrong: `the folder holds other things than a bundle (there is no ${CHECKSUMS}), so it is not replaced`,
        remedy: 'choose another folder',
      });
    }
  }
  const mark = randomBytes(6).toString('hex');
  const hidden = join(dirname(final), `.${basename(final)}.${mark}.part`);
  try {
    await makeFolder(dirname(final));
    await mkdir(hidden);
  } catch (cause) {
    throw new OmegraphError(
      'input',
      {
        where: target,
        wrong: 'the bundle cannot be written there',
        remedy: 'check that the folder above is yours to write',
      },
      { cause },
    );
  }
  try {
    const result = await fill(writer(hidden, options.signal));
    options.signal?.throwIfAborted();
    if (before === undefined) await rename(hidden, final);
    else {
      const old = join(dirname(final), `.${basename(final)}.${mark}.old`);
      await rename(final, old);
      // Should the second step fail, the old bundle takes its name again.
      await rename(hidden, final).catch(async (error: unknown) => {
        await rename(old, final);
        throw error;
      });
      await rm(old, { recursive: true, force: true });
    }
    return result;
  } catch (error) {
    await rm(hidden, { recursive: true, force: true });
    throw error;
  }
}

function writer(folder: string, signal: AbortSignal | undefined): BundleFolder {
  const files: BundleFile[] = [];
  const place = async (path: string): Promise<string> => {
    signal?.throwIfAborted();
    const file = join(folder, ...path.split('/'));
    await makeFolder(dirname(file));
    return file;
  };
  return {
    files,
    async write(path, text) {
      const bytes = Buffer.from(text, 'utf8');
      const handle = await open(await place(path), 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      const file = { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      files.push(file);
      return file;
    },
    async writeStream(path, chunks) {
      const hash = createHash('sha256');
      const out = createWriteStream(await place(path), { flags: 'wx', flush: true });
      let bytes = 0;
      try {
        for await (const chunk of chunks) {
          signal?.throwIfAborted();
          hash.update(chunk);
          bytes += chunk.length;
          if (!out.write(chunk)) await once(out, 'drain');
        }
        out.end();
        await once(out, 'close');
      } catch (error) {
        out.destroy();
        throw error;
      }
      const file = { path, bytes, sha256: hash.digest('hex') };
      files.push(file);
      return file;
    },
  };
}

/** Lines `hash  path` for every file, sorted by path, as `sha256sum -c` reads them. */
export function manifestSha256(files: readonly BundleFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return sorted.map((file) => `${file.sha256}  ${file.path}\n`).join('');
}

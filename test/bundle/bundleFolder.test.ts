import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { manifestSha256, withBundleFolder } from '../../src/bundle/bundleFolder.js';
import { planVolumes, volumeStream } from '../../src/bundle/dataVolumes.js';
import { reachableFiles } from '../../src/bundle/sourceFiles.js';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'omegraph-bundle-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const ONE = async (folder: { write(path: string, text: string): Promise<unknown> }): Promise<void> => {
  await folder.write('a/b.txt', 'new');
};

const OLD = async (folder: { write(path: string, text: string): Promise<unknown> }): Promise<void> => {
  await folder.write('old.txt', 'old');
  await folder.write('manifest-sha256.txt', 'its checksums');
};

describe('a bundle on disk', () => {
  it('appears with all its files and their checksums', async () => {
    const files = await withBundleFolder(join(home, 'out'), {}, async (folder) => {
      await folder.write('b.txt', 'b');
      await folder.write('a.txt', 'a');
      return folder.files;
    });
    expect(readdirSync(home)).toEqual(['out']);
    expect(manifestSha256(files)).toBe(
      'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a.txt\n' +
        '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b.txt\n',
    );
  });

  it('does not appear at all when something fails half-way', async () => {
    const failing = withBundleFolder(join(home, 'out'), {}, async (folder) => {
      await folder.write('a.txt', 'a');
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(readdirSync(home)).toEqual([]);
  });

  it('is not visible under its name while it is written', async () => {
    await withBundleFolder(join(home, 'out'), {}, async (folder) => {
      await folder.write('a.txt', 'a');
      expect(readdirSync(home).filter((name) => !name.startsWith('.'))).toEqual([]);
    });
  });

  it('does not replace another one, unless it is forced', async () => {
    await withBundleFolder(join(home, 'out'), {}, OLD);
    await expect(withBundleFolder(join(home, 'out'), {}, ONE)).rejects.toThrow(
      /out: the bundle exists already; choose another/,
    );
    expect(readdirSync(join(home, 'out'))).toEqual(['manifest-sha256.txt', 'old.txt']);
    await withBundleFolder(join(home, 'out'), { force: true }, ONE);
    expect(readdirSync(join(home, 'out'))).toEqual(['a']);
    expect(readdirSync(home)).toEqual(['out']);
  });

  it('leaves the old one in place when the forced one fails', async () => {
    await withBundleFolder(join(home, 'out'), {}, OLD);
    await expect(
      withBundleFolder(join(home, 'out'), { force: true }, () => Promise.reject(new Error('the disk is full'))),
    ).rejects.toThrow('the disk is full');
    expect(readFileSync(join(home, 'out', 'old.txt'), 'utf8')).toBe('old');
    expect(readdirSync(home)).toEqual(['out']);
  });

  it('does not replace a folder that is no bundle, even when it is forced', async () => {
    mkdirSync(join(home, 'out'));
    writeFileSync(join(home, 'out', 'thesis.docx'), 'years of work');
    await expect(withBundleFolder(join(home, 'out'), { force: true }, ONE)).rejects.toThrow(
      /out: the folder holds other things than a bundle .* choose another folder/,
    );
    expect(readFileSync(join(home, 'out', 'thesis.docx'), 'utf8')).toBe('years of work');
    expect(readdirSync(home)).toEqual(['out']);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const stop = new AbortController();
    const stopped = withBundleFolder(join(home, 'out'), { signal: stop.signal }, async (folder) => {
      await folder.write('a', '1');
      stop.abort();
      await folder.write('b', '2');
    });
    await expect(stopped).rejects.toThrow(/abort/);
    expect(readdirSync(home)).toEqual([]);
  });

  it('does not replace a file, even when it is forced', async () => {
    writeFileSync(join(home, 'out'), 'mine');
    await expect(withBundleFolder(join(home, 'out'), { force: true }, ONE)).rejects.toThrow('this is not a folder');
    expect(readFileSync(join(home, 'out'), 'utf8')).toBe('mine');
  });

  it('is refused where nothing can be written', async () => {
    writeFileSync(join(home, 'file'), '');
    await expect(withBundleFolder(join(home, 'file', 'out'), {}, ONE)).rejects.toThrow(
      'the bundle cannot be written there',
    );
  });
});

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Name, content, compression method (0: stored) and day of each entry. */
async function entriesOf(zip: Buffer): Promise<(string | number)[][]> {
  const archive = await yauzl.fromBufferPromise(zip);
  const entries: (string | number)[][] = [];
  for await (const entry of archive.eachEntry()) {
    const content = await bytesOf(await archive.openReadStreamPromise(entry));
    const day = entry.getLastModDate({ forceDosFormat: true, timezone: 'UTC' }).toISOString().slice(0, 10);
    entries.push([entry.fileName, content.toString('utf8'), entry.compressionMethod, day]);
  }
  return entries;
}
const file = (path: string) => ({ path, images: [], attributes: [], facts: [] });

describe('the files of the source', () => {
  beforeEach(() => {
    mkdirSync(join(home, 'src', 'b.zarr', '0'), { recursive: true });
    writeFileSync(join(home, 'src', 'a.tif'), 'aaaa');
    writeFileSync(join(home, 'src', 'é.tif'), 'e');
    writeFileSync(join(home, 'src', 'b.zarr', '0', '.zarray'), '{}');
    writeFileSync(join(home, 'secret'), 'secret');
    symlinkSync(join(home, 'secret'), join(home, 'src', 'link.tif'));
  });

  it('are found below the root, those of a folder one by one', async () => {
    const { found, missing } = await reachableFiles(
      [file('b.zarr'), file('a.tif'), file('gone.tif')],
      join(home, 'src'),
    );
    expect(found.map((f) => f.path)).toEqual(['a.tif', 'b.zarr/0/.zarray']);
    expect(missing).toEqual(['gone.tif']);
  });

  it.each(['../secret', 'link.tif', '/etc/passwd', 'a.tif/../../secret', 'a\0.tif'])(
    'are never read outside it: %j',
    async (path) => {
      expect(await reachableFiles([file(path)], join(home, 'src'))).toEqual({ found: [], missing: [path] });
    },
  );

  it('are missing when the root is', async () => {
    expect((await reachableFiles([file('a.tif')], join(home, 'nowhere'))).missing).toEqual(['a.tif']);
  });

  it('are packed uncompressed, in order, byte by byte the same each time', async () => {
    const { found } = await reachableFiles([file('é.tif'), file('b.zarr'), file('a.tif')], join(home, 'src'));
    const [volume] = planVolumes(found, 1e9, 10);
    if (volume === undefined) throw new Error('no volume');
    const first = await bytesOf(volumeStream(volume));
    const second = await bytesOf(volumeStream(volume));
    expect(first.equals(second)).toBe(true);
    expect(await entriesOf(first)).toEqual([
      ['data/a.tif', 'aaaa', 0, '1980-01-01'],
      ['data/b.zarr/0/.zarray', '{}', 0, '1980-01-01'],
      ['data/é.tif', 'e', 0, '1980-01-01'],
    ]);
  });

  it('are spread over ZIPs by size, and over fewer larger ones when a record would hold too many', async () => {
    const { found } = await reachableFiles([file('a.tif'), file('b.zarr'), file('é.tif')], join(home, 'src'));
    const plan = (bytes: number, most: number): string[][] =>
      planVolumes(found, bytes, most).map((v) => v.files.map((f) => f.path));
    expect(plan(4, 10)).toEqual([['a.tif'], ['b.zarr/0/.zarray', 'é.tif']]);
    expect(plan(1, 2)).toEqual([['a.tif'], ['b.zarr/0/.zarray', 'é.tif']]);
    expect(plan(0, 1)).toEqual([['a.tif', 'b.zarr/0/.zarray', 'é.tif']]);
    expect(planVolumes([], 4, 10)).toEqual([]);
  });

  it('that vanish while packing are an error that names the ZIP', async () => {
    const { found } = await reachableFiles([file('a.tif')], join(home, 'src'));
    const [volume] = planVolumes(found, 1e9, 10);
    if (volume === undefined) throw new Error('no volume');
    rmSync(join(home, 'src', 'a.tif'));
    await expect(bytesOf(volumeStream(volume))).rejects.toThrow(/images-001\.zip: a file cannot be packed/);
  });
});

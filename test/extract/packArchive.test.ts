import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tarStream from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTarPack, openZipPack } from '../../src/extract/packArchive.js';
import type { PackArchive } from '../../src/extract/packRules.js';
import { zipBytes } from './zipBytes.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-pack-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Entry {
  readonly name: string;
  readonly content?: string | Buffer;
  readonly type?: 'file' | 'directory' | 'symlink' | 'link' | 'character-device' | 'fifo';
}

async function tarBytes(entries: readonly Entry[]): Promise<Buffer> {
  const pack = tarStream.pack();
  for (const { name, content = '', type = 'file' } of entries) {
    if (type === 'file') pack.entry({ name, type }, content);
    else pack.entry({ name, type, size: 0, ...(/link/.test(type) && { linkname: '/etc/passwd' }) });
  }
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What an archive holds, or why it is refused; read twice, as an export does. */
async function verdict(archive: PackArchive): Promise<string> {
  if (archive.kind !== 'pack') return `${archive.kind}: ${archive.why}`;
  const texts: string[] = [];
  for (let pass = 0; pass < 2; pass += 1) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of archive.open()) chunks.push(chunk);
    texts.push(Buffer.concat(chunks).toString('utf8'));
  }
  await archive.close();
  expect(texts[0]).toBe(texts[1]);
  return texts[0] ?? '';
}

const archives = {
  zip: async (entries: readonly Entry[]) => {
    const path = join(folder, 'pack.zip');
    const modes = {
      symlink: 0o120777,
      link: 0o120777,
      'character-device': 0o020600,
      fifo: 0o010600,
      file: 0o100644,
      directory: 0o040755,
    };
    await writeFile(path, zipBytes(entries.map(({ type = 'file', ...entry }) => ({ ...entry, mode: modes[type] }))));
    return verdict(await openZipPack(path));
  },
  tar: async (entries: readonly Entry[]) => {
    const path = join(folder, 'pack.tar');
    await writeFile(path, await tarBytes(entries));
    return verdict(await openTarPack(path));
  },
  'tar.gz': async (entries: readonly Entry[]) => {
    const path = join(folder, 'pack.tar.gz');
    await writeFile(path, gzipSync(await tarBytes(entries)));
    return verdict(await openTarPack(path));
  },
};

describe.each(Object.entries(archives))('a %s pack', (_kind, read) => {
  it('gives its transfer.xml, wherever in the archive it lies', async () => {
    expect(await read([{ name: 'transfer.xml', content: '<OME/>' }])).toBe('<OME/>');
    const image = { name: 'pack/images/a.tif', content: Buffer.alloc(100_000, 7) };
    const folderEntry = { name: 'pack/', type: 'directory' } as const;
    expect(
      await read([
        folderEntry,
        image,
        { name: 'pack/transfer.xml', content: '<OME>µ</OME>' },
        { ...image, name: 'pack/z.tif' },
      ]),
    ).toBe('<OME>µ</OME>');
  });

  it('prefers the transfer.xml at the top to one in a folder, and takes none from deeper', async () => {
    const inner = { name: 'pack/transfer.xml', content: 'inner' };
    const top = { name: './transfer.xml', content: 'top' };
    expect(await read([inner, top])).toBe('top');
    expect(await read([top, inner])).toBe('top');
    expect(await read([{ name: 'a/b/transfer.xml', content: 'deep' }])).toMatch(/^absent/);
  });

  it('without transfer.xml is no pack', async () => {
    expect(await read([{ name: 'readme.txt', content: 'hello' }])).toMatch(/^absent: no transfer.xml/);
  });

  it('with two transfer.xml at one place is malformed', async () => {
    const entry = { name: 'transfer.xml', content: '<OME/>' };
    expect(await read([entry, { ...entry, name: './transfer.xml' }])).toMatch(/^malformed: /);
  });

  it.each([
    ['leaves the folder', { name: '../evil.sh' }],
    ['leaves the folder further down', { name: 'a/../../evil.sh' }],
    ['is absolute', { name: '/etc/cron.d/evil' }],
    ['is on a drive', { name: 'C:evil.exe' }],
    ['leaves the folder the Windows way', { name: '..\\evil.exe' }],
    ['has a control character', { name: 'a\u0007b' }],
    ['is a symbolic link', { name: 'link', type: 'symlink' }],
    ['is a hard link', { name: 'link', type: 'link' }],
    ['is a device', { name: 'dev', type: 'character-device' }],
    ['is a pipe', { name: 'pipe', type: 'fifo' }],
  ] as const)('with an entry that %s is refused, even after transfer.xml', async (_why, entry) => {
    expect(await read([{ name: 'transfer.xml', content: '<OME/>' }, entry])).toMatch(/^unsafe: /);
    expect(await read([entry, { name: 'transfer.xml', content: '<OME/>' }])).toMatch(/^unsafe: /);
  });
});

describe('an archive bomb', () => {
  const zeros = Buffer.alloc(70 * 1024 * 1024);

  it('in a zip is refused before anything is inflated', async () => {
    expect(await archives.zip([{ name: 'transfer.xml', content: zeros }])).toMatch(/^unsafe: transfer.xml inflates/);
  });

  it('in a tar.gz is refused as it inflates, in whatever entry it is', async () => {
    expect(
      await archives['tar.gz']([
        { name: 'image.tif', content: zeros },
        { name: 'transfer.xml', content: '<OME/>' },
      ]),
    ).toMatch(/^unsafe: /);
  });
});

it('A large transfer.xml of a tar is kept in a temporary file, which is gone when the pack is closed', async () => {
  const own = await mkdtemp(join(folder, 'tmp-'));
  vi.stubEnv('TMPDIR', own);
  try {
    const path = join(folder, 'large.tar');
    const content = Buffer.alloc(9 * 1024 * 1024, 'abcdefg');
    await writeFile(path, await tarBytes([{ name: 'transfer.xml', content }]));
    const archive = await openTarPack(path);
    expect(await readdir(own)).toHaveLength(1);
    expect((await verdict(archive)) === content.toString()).toBe(true);
    expect(await readdir(own)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
  }
});

describe('a damaged archive', () => {
  it.each(['x.zip', 'x.tar', 'x.tar.gz', 'x.tgz'])('named %s is malformed', async (name) => {
    const path = join(folder, name);
    await writeFile(path, 'this is no archive, although it is named like one'.repeat(40));
    expect(await verdict(await (name.endsWith('.zip') ? openZipPack(path) : openTarPack(path)))).toMatch(
      /^malformed: /,
    );
  });

  it('cut short is malformed', async () => {
    const bytes = await tarBytes([{ name: 'transfer.xml', content: '<OME/>'.repeat(1000) }]);
    const path = join(folder, 'cut.tar');
    await writeFile(path, bytes.subarray(0, 1000));
    expect(await verdict(await openTarPack(path))).toMatch(/^malformed: /);
    const gz = join(folder, 'cut.tar.gz');
    await writeFile(gz, gzipSync(bytes).subarray(0, 60));
    expect(await verdict(await openTarPack(gz))).toMatch(/^malformed: /);
    const zip = join(folder, 'cut.zip');
    await writeFile(zip, zipBytes([{ name: 'transfer.xml', content: '<OME/>'.repeat(1000) }]).subarray(0, 60));
    expect(await verdict(await openZipPack(zip))).toMatch(/^malformed: /);
  });
});

import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descriptionBytes, findTiffDescription } from '../../src/extract/tiffDescription.js';
import { tiffBytes } from './tiffBytes.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-tiff-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The description of a TIFF, or why there is none. */
async function read(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'x.tif');
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    const found = await findTiffDescription(file, bytes.length);
    if (found.kind !== 'description') return found.kind === 'none' ? 'none' : `malformed: ${found.why}`;
    const chunks: Uint8Array[] = [];
    for await (const chunk of descriptionBytes(file, found)) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await file.close();
  }
}

const LONG = `<OME>${'µ'.repeat(100_000)}</OME>`;

describe.each([
  ['little-endian', {}],
  ['big-endian', { bigEndian: true }],
  ['little-endian Big', { bigTiff: true }],
  ['big-endian Big', { bigEndian: true, bigTiff: true }],
] as const)('a %sTIFF', (_, layout) => {
  it('gives its ImageDescription, however long, without the closing NUL', async () => {
    expect(await read(tiffBytes(LONG, layout))).toBe(LONG);
    expect(await read(tiffBytes('abc', layout))).toBe('abc');
  });

  it('without ImageDescription has none', async () => {
    expect(await read(tiffBytes(undefined, layout))).toBe('none');
    expect(await read(tiffBytes('abc', { ...layout, descriptionLength: 0 }))).toBe('none');
  });

  it.each([
    ['an IFD beyond the end of the file', { ifdOffset: 1e9 }],
    ['an IFD inside the header', { ifdOffset: 4 }],
    ['more entries than the file has room for', { entryCount: 60_000 }],
    ['no entries', { entryCount: 0 }],
    ['a description beyond the end of the file', { descriptionOffset: 4e9 }],
    ['a description larger than the file', { descriptionLength: 4e9 }],
    ['a description of numbers', { descriptionType: 3 }],
  ])('with %s is malformed, and nothing large is allocated', async (_wrong, options) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(await read(tiffBytes('<OME>long enough not to be inline</OME>', { ...layout, ...options }))).toMatch(
      /^malformed: /,
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  });

  it('cut short anywhere never crashes', async () => {
    const whole = tiffBytes('<OME>some description</OME>', layout);
    for (let length = 0; length < whole.length; length += 1) {
      expect(await read(whole.subarray(0, length))).toMatch(/^(malformed: |none$|<OME>)/);
    }
  });
});

it('A file of random bytes behind a TIFF header never crashes the reader', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('II*\0', 'MM\0*', 'II+\0\b\0\0\0', 'MM\0+\0\b\0\0'),
      fc.uint8Array({ maxLength: 200 }),
      async (magic, bytes) => {
        expect(typeof (await read(Buffer.concat([Buffer.from(magic, 'latin1'), bytes])))).toBe('string');
      },
    ),
  );
});

it('A file that is no TIFF is malformed', async () => {
  expect(await read(Buffer.from('PK\u0003\u0004 this is a zip'))).toBe('malformed: it does not start with II or MM');
});

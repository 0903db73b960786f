import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileSource } from '../../src/extract/fileSource.js';
import { type Finding, findingSentence } from '../../src/findings.js';
import type { OmeRecord } from '../../src/ome/model.js';
import { folderWith } from './reading.js';

const DATA = '../shared/data';
const present = existsSync(DATA);
if (!present) console.log('samples.corpus: ../shared/data is not here, nothing is read');

const below = (folder: string): string[] =>
  present && existsSync(join(DATA, folder))
    ? (readdirSync(join(DATA, folder), { recursive: true }) as string[]).map((f) => join(DATA, folder, f)).sort()
    : [];

interface Read {
  readonly counts: Readonly<Record<string, number>>;
  readonly records: readonly OmeRecord[];
  readonly findings: readonly Finding[];
}
async function read(path: string): Promise<Read> {
  const findings: Finding[] = [];
  const records: OmeRecord[] = [];
  const refs = new Map<string, Set<string>>();
  for await (const record of fileSource([path]).records([], { onFinding: (f) => findings.push(f) })) {
    records.push(record);
    if (record.kind !== 'object') continue;
    const { type, ref } = record.object;
    refs.set(type, (refs.get(type) ?? new Set()).add(ref));
  }
  return { records, findings, counts: Object.fromEntries([...refs].map(([type, set]) => [type, set.size])) };
}
const violations = (read: Read): string[] =>
  read.findings.filter((f) => f.severity === 'violation').map((f) => `${f.code}: ${f.detail ?? ''}`);
const pixelsOf = (read: Read) =>
  read.records.flatMap((r) =>
    r.kind === 'object' && r.object.type === 'Image' && r.object.pixels ? [r.object.pixels] : [],
  );

let documents = 0;
afterAll(() => {
  if (present)
    console.log(`samples.corpus: ${documents} documents read (OME-TIFF, companions, OME-Zarr, NGFF metadata)`);
});

const tiffs = [...below('ome-tiff-samples'), ...below('ome-types-testdata'), ...below('cmso-samples')].filter((f) =>
  /\.(tiff?|companion\.ome)$/.test(f),
);

describe.skipIf(!present)('an OME-TIFF or companion sample', () => {
  it.each(tiffs.map((f) => [relative(DATA, f), f]))('%s has one image with all its sizes', async (_name, file) => {
    const found = await read(file);
    documents += 1;
    if (file.endsWith('cmso-samples/multifile-Z1.ome.tiff')) {
      // Its companion is not among the samples.
      expect(violations(found)).toEqual(['companion-missing: multifile.companion.ome']);
      return;
    }
    expect(violations(found)).toEqual([]);
    expect(found.counts.Image).toBe(1);
    for (const pixels of pixelsOf(found)) {
      for (const size of ['sizeX', 'sizeY', 'sizeZ', 'sizeC', 'sizeT'] as const)
        expect(pixels[size]).toBeGreaterThan(0);
      expect(pixels.channels.length).toBeGreaterThan(0);
    }
  });

  it('of a multi-file set is one image, whichever file is named', async () => {
    const set = tiffs.filter((f) => f.includes('avivator/data/multifile'));
    expect(set).toHaveLength(6);
    const images = await Promise.all(
      set.map(async (file) => {
        const found = await read(file);
        expect(found.counts.OriginalFile).toBe(6);
        return found.records.flatMap((r) => (r.kind === 'object' && r.object.type === 'Image' ? [r.object.ref] : []));
      }),
    );
    expect(new Set(images.flat()).size).toBe(1);
  });

  it('folder is read as a whole: each set once', async () => {
    const found = await read(join(DATA, 'ome-tiff-samples'));
    expect(violations(found)).toEqual([]);
    expect(found.counts).toMatchObject({ Image: 9, ROI: 1, Fileset: 9, OriginalFile: 14 });
  });
});

const zarrs = [
  ...below('ome-zarr-samples').filter((f) => f.endsWith('.zarr') && !/\.zarr\/.*\.zarr$/.test(f)),
  ...below('ome-zarr-samples/ome-zarr-py').filter((f) => /\/v\d$/.test(f)),
];
const isInvalid = (path: string): boolean => path.includes('/invalid/');
/** The specification's examples are attributes without arrays, wells or images. */
const WITHOUT_ARRAYS = [/there is no readable array/, /it has no zarr\.json, \.zattrs or \.zgroup/];
const EXCEPTIONS: Readonly<Record<string, RegExp>> = {
  // Valid for a JSON Schema, which cannot count: two axes have a scale of another length.
  'mismatch_axes_units.ome.zarr': /scale has 2 numbers/,
};

describe.skipIf(!present)('an OME-Zarr sample', () => {
  it.each(zarrs.filter((f) => !isInvalid(f)).map((f) => [relative(DATA, f), f]))(
    '%s is read',
    async (_name, folder) => {
      const found = await read(folder);
      documents += 1;
      const tolerated = [
        ...WITHOUT_ARRAYS,
        ...(EXCEPTIONS[basename(folder)] ? [EXCEPTIONS[basename(folder)] as RegExp] : []),
      ];
      const complete = !folder.includes('ngff-spec') && !folder.includes('S-BIAD000');
      expect(violations(found).filter((v) => complete || !tolerated.some((t) => t.test(v)))).toEqual([]);
      if (folder.includes('/label/') || folder.includes('S-BIAD000')) return;
      expect(found.counts.Image ?? found.counts.Well ?? 0).toBeGreaterThan(0);
      if (complete) for (const pixels of pixelsOf(found)) expect(pixels.sizeX).toBeGreaterThan(0);
    },
  );

  it.each(zarrs.filter(isInvalid).map((f) => [relative(DATA, f), f]))(
    '%s gives a finding that says what is wrong',
    async (_name, folder) => {
      const found = await read(folder);
      documents += 1;
      expect(found.findings.length).toBeGreaterThan(0);
      // Colours of a label are presentation; what is missing there loses no metadata.
      if (!folder.endsWith('no_colors.ome.zarr')) expect(violations(found)).not.toEqual([]);
      for (const f of found.findings) expect(findingSentence(f)).toMatch(/^\S.*: .+; .+/);
    },
  );

  it.each([
    ['ome2024-ngff-challenge/tests/data/hcs.zarr', { Plate: 1, Well: 4, Image: 8 }],
    ['bia-integrator/bia-converter/tests/data/hcs.ome.zarr', { Plate: 1, Well: 4, Image: 8 }],
    ['ome2024-ngff-challenge/tests/data/bf2raw.zarr', { Image: 2 }],
    [
      'ome-zarr-models/tests/data/examples/v04/hcs_example.ome.zarr',
      { Plate: 1, Well: 1, PlateAcquisition: 1, Image: 1 },
    ],
  ])('%s has its plate, wells and fields', async (folder, counts) => {
    expect((await read(join(DATA, 'ome-zarr-samples', folder))).counts).toMatchObject(counts);
  });
});

const metadata = below('ome-zarr-samples/ome-zarr-models').filter((f) =>
  /\/v0[45]\/(image_e|image_no|multiscales|plate|hcs|omero|well|bioformats2raw)[^/]*\.json$/.test(f),
);

describe.skipIf(!present)('an example of NGFF metadata', () => {
  it.each(metadata.map((f) => [relative(DATA, f), f]))('%s is understood as group attributes', async (name, file) => {
    const stated = JSON.parse(readFileSync(file, 'utf8')) as object;
    // Some examples are the value of the attribute that their name begins with.
    const key = basename(file).split('_')[0] ?? '';
    const attributes =
      ['plate', 'well', 'omero'].includes(key) && !(key in stated) && !('ome' in stated) ? { [key]: stated } : stated;
    const folder = await folderWith(
      name.includes('/v05/')
        ? { 'example.zarr/zarr.json': JSON.stringify({ zarr_format: 3, node_type: 'group', attributes }) }
        : { 'example.zarr/.zattrs': JSON.stringify(attributes), 'example.zarr/.zgroup': '{"zarr_format":2}' },
    );
    try {
      const found = await read(folder.path);
      documents += 1;
      expect(violations(found).filter((v) => !WITHOUT_ARRAYS.some((t) => t.test(v)))).toEqual([]);
      const kind = basename(file);
      if (/plate|hcs/.test(kind)) expect(found.counts.Plate).toBe(1);
      else if (/^(image_example|multiscales)/.test(kind)) expect(found.counts.Image).toBe(1);
    } finally {
      await folder.remove();
    }
  });
});

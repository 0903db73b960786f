import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentIdentity } from '../../src/extract/identity.js';
import { findSourceFiles } from '../../src/extract/sourceFiles.js';
import { zarrNodes } from '../../src/extract/zarrNodes.js';
import type { Finding } from '../../src/findings.js';
import type { Image, OmeObject, PlateAcquisition, Well } from '../../src/ome/model.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-zarr-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** What is read from `x.zarr` of the folder. Ids are shortened to their local part. */
async function read() {
  const findings: Finding[] = [];
  const objects: { readonly object: OmeObject; readonly children: readonly string[] }[] = [];
  const identify = documentIdentity('x.zarr');
  for await (const nodes of zarrNodes(join(folder, 'x.zarr'), {
    path: 'x.zarr',
    identify,
    onFinding: (f) => findings.push(f),
  })) {
    for (const node of nodes)
      if (node.kind === 'object') objects.push({ object: shortened(node.object), children: node.children.map(short) });
  }
  const of = <T>(type: string): T[] =>
    objects.filter(({ object }) => object.type === type).map(({ object }) => object as unknown as T);
  return {
    objects,
    findings,
    codes: findings.map((f) => `${f.code} ${f.at ?? ''} ${f.detail ?? ''}`),
    images: of<Image>('Image'),
    wells: of<Well>('Well'),
    runs: of<PlateAcquisition>('PlateAcquisition'),
  };
}
const short = (ref: string): string => ref.replace(/:[a-z2-7]{12}\./, ':');
const shortened = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_key, v: unknown) => (typeof v === 'string' ? short(v) : v)) as T;

const axes = ['t', 'c', 'z', 'y', 'x'].map((name) => ({
  name,
  type: name === 't' ? 'time' : name === 'c' ? 'channel' : 'space',
  ...(name === 'c' ? {} : { unit: name === 't' ? 'second' : 'micrometer' }),
}));
const scale = (numbers: number[]) => [{ type: 'scale', scale: numbers }];
const multiscale = (more: object = {}) => ({
  axes,
  datasets: [{ path: '0', coordinateTransformations: scale([2, 1, 0.5, 0.1, 0.2]) }],
  name: 'cells',
  ...more,
});
const omero = {
  channels: [
    { label: 'DAPI', color: '0000FF', window: { min: 0, max: 255, start: 0, end: 255 } },
    { label: 'GFP', color: '00ff00' },
  ],
};
const zarray = { shape: [3, 2, 5, 64, 32], dtype: '>u2', zarr_format: 2 };
const array3 = {
  shape: [3, 2, 5, 64, 32],
  data_type: 'uint16',
  codecs: [{ name: 'bytes', configuration: { endian: 'big' } }],
  node_type: 'array',
  zarr_format: 3,
};

const IMAGE = {
  type: 'Image',
  ref: 'Image:0',
  name: 'cells',
  pixels: {
    type: 'Pixels',
    ref: 'Pixels:0',
    kind: 'uint16',
    bigEndian: true,
    dimensionOrder: 'XYZCT',
    sizeX: 32,
    sizeY: 64,
    sizeZ: 5,
    sizeC: 2,
    sizeT: 3,
    physicalSizeX: { value: 0.2, unit: 'µm' },
    physicalSizeY: { value: 0.1, unit: 'µm' },
    physicalSizeZ: { value: 0.5, unit: 'µm' },
    timeIncrement: { value: 2, unit: 's' },
    channels: [
      { type: 'Channel', ref: 'Channel:0:0', name: 'DAPI', color: 0x0000ffff },
      { type: 'Channel', ref: 'Channel:0:1', name: 'GFP', color: 0x00ff00ff },
    ],
  },
};

describe('an OME-Zarr image', () => {
  it('of version 0.4 gives sizes, type, physical sizes and channels', async () => {
    await write({
      'x.zarr/.zattrs': { multiscales: [multiscale({ version: '0.4' })], omero },
      'x.zarr/.zgroup': { zarr_format: 2 },
      'x.zarr/0/.zarray': zarray,
    });
    const { images, codes } = await read();
    expect(images).toEqual([IMAGE]);
    expect(codes).toEqual([]);
  });

  it('of version 0.5 gives the same', async () => {
    await write({
      'x.zarr/zarr.json': {
        zarr_format: 3,
        node_type: 'group',
        attributes: { ome: { version: '0.5', multiscales: [multiscale()], omero } },
      },
      'x.zarr/0/zarr.json': array3,
    });
    const { images, codes } = await read();
    expect(images).toEqual([IMAGE]);
    expect(codes).toEqual([]);
  });

  it('of a 0.6 draft is read as far as it agrees, with a word about its version', async () => {
    const { axes: _, ...rest } = multiscale();
    const draft = {
      ...rest,
      coordinateSystems: [
        { name: 'other', axes: [] },
        { name: 'physical', axes },
      ],
      datasets: [
        {
          path: '0',
          coordinateTransformations: [
            { type: 'sequence', output: 'physical', transformations: scale([2, 1, 0.5, 0.1, 0.2]) },
          ],
        },
      ],
    };
    await write({
      'x.zarr/zarr.json': {
        node_type: 'group',
        attributes: { ome: { version: '0.6rc0', multiscales: [draft], omero } },
      },
      'x.zarr/0/zarr.json': array3,
    });
    const { images, codes } = await read();
    expect(images).toEqual([IMAGE]);
    expect(codes).toEqual(['zarr-version-unknown x.zarr 0.6rc0']);
  });

  it.each(['0.1', '0.2', '0.3'])('of version %s is read as far as it goes', async (version) => {
    const old = { version, datasets: [{ path: '0' }], ...(version === '0.3' && { axes: ['t', 'c', 'z', 'y', 'x'] }) };
    await write({ 'x.zarr/.zattrs': { multiscales: [old] }, 'x.zarr/0/.zarray': { ...zarray, dtype: '|i1' } });
    const { images, codes } = await read();
    expect(images[0]?.pixels).toMatchObject({ kind: 'int8', sizeX: 32, sizeT: 3, channels: [] });
    expect(images[0]?.name).toBe('x.zarr');
    expect(codes).toEqual([`zarr-version-unknown x.zarr ${version}`]);
  });

  it('without a version is read with a word about it', async () => {
    await write({ 'x.zarr/.zattrs': { multiscales: [multiscale()] }, 'x.zarr/0/.zarray': zarray });
    expect((await read()).codes).toEqual(['zarr-version-unknown x.zarr no version']);
  });

  it('multiplies the scale of its level with that of the whole', async () => {
    const whole = multiscale({ version: '0.4', coordinateTransformations: scale([1, 1, 1, 10, 10]) });
    await write({ 'x.zarr/.zattrs': { multiscales: [whole] }, 'x.zarr/0/.zarray': zarray });
    expect((await read()).images[0]?.pixels?.physicalSizeX).toEqual({ value: 2, unit: 'µm' });
  });

  it('with two axes has one plane', async () => {
    const flat = multiscale({
      version: '0.4',
      axes: axes.slice(3),
      datasets: [{ path: '0', coordinateTransformations: scale([1, 1]) }],
    });
    await write({ 'x.zarr/.zattrs': { multiscales: [flat] }, 'x.zarr/0/.zarray': { ...zarray, shape: [64, 32] } });
    const { images, codes } = await read();
    expect(images[0]?.pixels).toMatchObject({
      sizeX: 32,
      sizeY: 64,
      sizeZ: 1,
      sizeC: 1,
      sizeT: 1,
      dimensionOrder: 'XYZCT',
    });
    expect(codes).toEqual([]);
  });

  it('with an unknown unit has no physical size, and says so', async () => {
    const odd = multiscale({
      version: '0.4',
      axes: axes.map((axis) => (axis.name === 'x' ? { ...axis, unit: 'micron' } : axis)),
    });
    await write({ 'x.zarr/.zattrs': { multiscales: [odd] }, 'x.zarr/0/.zarray': zarray });
    const { images, codes } = await read();
    expect(images[0]?.pixels?.physicalSizeX).toBeUndefined();
    expect(images[0]?.pixels?.physicalSizeY).toEqual({ value: 0.1, unit: 'µm' });
    expect(codes).toEqual(['unit-unknown axis x micron']);
  });

  it('of 64-bit integers has no OME pixel type, and says so', async () => {
    await write({
      'x.zarr/.zattrs': { multiscales: [multiscale({ version: '0.4' })] },
      'x.zarr/0/.zarray': { ...zarray, dtype: '<i8' },
    });
    const { images, codes } = await read();
    expect(images[0]?.pixels?.kind).toBeUndefined();
    expect(codes).toEqual(['ome-value-invalid data type <i8']);
  });

  it('whose array is missing keeps what the group says', async () => {
    await write({ 'x.zarr/.zattrs': { multiscales: [multiscale({ version: '0.4' })] } });
    const { images, codes } = await read();
    expect(images[0]?.pixels?.physicalSizeX).toEqual({ value: 0.2, unit: 'µm' });
    expect(codes).toEqual(['zarr-malformed x.zarr/0 there is no readable array']);
  });

  it.each([
    ['text', '{ "multiscales": [ '],
    ['a list', '[]'],
    ['a number', '7'],
  ])('whose metadata is %s instead of a JSON object is malformed', async (_what, content) => {
    await write({ 'x.zarr/.zattrs': content });
    const { objects, findings } = await read();
    expect(objects).toEqual([]);
    expect(findings.map((f) => f.code)).toEqual(['zarr-malformed']);
  });

  it('that points out of its folder is malformed, and nothing outside is read', async () => {
    await write({
      'x.zarr/.zattrs': {
        multiscales: [
          multiscale({
            version: '0.4',
            datasets: [{ path: '../secret', coordinateTransformations: scale([1, 1, 1, 1, 1]) }],
          }),
        ],
      },
      'secret/.zarray': zarray,
    });
    const { images, codes } = await read();
    expect(images[0]?.pixels?.sizeX).toBeUndefined();
    expect(codes[0]).toBe('zarr-malformed x.zarr multiscales/0/datasets/0/path: is not a path inside the image');
  });
});

describe('a bioformats2raw layout', () => {
  const image = { multiscales: [multiscale({ version: '0.4' })] };

  it('gives the images that OME/ lists, in that order', async () => {
    await write({ 'x.zarr/.zattrs': { 'bioformats2raw.layout': 3 }, 'x.zarr/OME/.zattrs': { series: ['1', '0'] } });
    for (const n of ['0', '1', '2']) await write({ [`x.zarr/${n}/.zattrs`]: image, [`x.zarr/${n}/0/.zarray`]: zarray });
    const { images, codes } = await read();
    expect(images.map((i) => i.ref)).toEqual(['Image:1', 'Image:0']);
    expect(codes).toEqual([]);
  });

  it('without that list gives the numbered ones', async () => {
    await write({ 'x.zarr/.zattrs': { 'bioformats2raw.layout': 3 } });
    for (const n of ['10', '2']) await write({ [`x.zarr/${n}/.zattrs`]: image, [`x.zarr/${n}/0/.zarray`]: zarray });
    expect((await read()).images.map((i) => i.ref)).toEqual(['Image:2', 'Image:10']);
  });
});

describe('a plate', () => {
  const plate = {
    name: 'P1',
    version: '0.4',
    rows: [{ name: 'A' }, { name: 'B' }],
    columns: [{ name: '1' }],
    wells: [
      { path: 'A/1', rowIndex: 0, columnIndex: 0 },
      { path: 'B/1', rowIndex: 1, columnIndex: 0 },
    ],
    acquisitions: [{ id: 4, name: 'run', maximumfieldcount: 2, starttime: 1343731272000 }],
  };
  const field = { multiscales: [multiscale({ version: '0.4' })] };

  it('gives plate, run, wells, fields and images', async () => {
    await write({
      'x.zarr/.zattrs': { plate },
      'x.zarr/A/1/.zattrs': {
        well: {
          images: [
            { path: '0', acquisition: 4 },
            { path: '1', acquisition: 4 },
          ],
        },
      },
      'x.zarr/B/1/.zattrs': { well: { images: [{ path: '0' }] } },
    });
    for (const path of ['A/1/0', 'A/1/1', 'B/1/0'])
      await write({ [`x.zarr/${path}/.zattrs`]: field, [`x.zarr/${path}/0/.zarray`]: zarray });
    const { objects, wells, runs, images, codes } = await read();
    expect(codes).toEqual([]);
    expect(objects[0]).toMatchObject({
      object: {
        type: 'Plate',
        ref: 'Plate:0',
        name: 'P1',
        rows: 2,
        columns: 1,
        rowNamingConvention: 'letter',
        columnNamingConvention: 'number',
      },
      children: ['Well:A.1', 'Well:B.1', 'PlateAcquisition:4'],
    });
    expect(wells).toEqual([
      {
        type: 'Well',
        ref: 'Well:A.1',
        row: 0,
        column: 0,
        wellSamples: [
          { type: 'WellSample', ref: 'WellSample:A.1.0', index: 0, image: 'Image:A.1.0' },
          { type: 'WellSample', ref: 'WellSample:A.1.1', index: 1, image: 'Image:A.1.1' },
        ],
      },
      {
        type: 'Well',
        ref: 'Well:B.1',
        row: 1,
        column: 0,
        wellSamples: [{ type: 'WellSample', ref: 'WellSample:B.1.0', index: 0, image: 'Image:B.1.0' }],
      },
    ]);
    expect(runs).toEqual([
      {
        type: 'PlateAcquisition',
        ref: 'PlateAcquisition:4',
        name: 'run',
        maximumFieldCount: 2,
        startTime: '2012-07-31T10:41:12.000Z',
        wellSamples: ['WellSample:A.1.0', 'WellSample:A.1.1'],
      },
    ]);
    expect(images.map((i) => i.ref)).toEqual(['Image:A.1.0', 'Image:A.1.1', 'Image:B.1.0']);
  });

  it('with a missing well says so and gives the others', async () => {
    await write({
      'x.zarr/.zattrs': { plate },
      'x.zarr/B/1/.zattrs': { well: { images: [{ path: '0' }] } },
      'x.zarr/B/1/0/.zattrs': field,
      'x.zarr/B/1/0/0/.zarray': zarray,
    });
    const { images, codes } = await read();
    expect(images.map((i) => i.ref)).toEqual(['Image:B.1.0']);
    expect(codes).toEqual(['zarr-malformed x.zarr/A/1 it has no zarr.json, .zattrs or .zgroup']);
  });

  it('whose wells or fields lead out of the folder is malformed, and nothing outside is read', async () => {
    await write({
      'x.zarr/.zattrs': {
        plate: {
          ...plate,
          wells: [
            { path: '../well', rowIndex: 0, columnIndex: 0 },
            { path: 'A/1', rowIndex: 0, columnIndex: 0 },
          ],
        },
      },
      'x.zarr/A/1/.zattrs': { well: { images: [{ path: '../../../image' }] } },
      'well/.zattrs': { well: { images: [{ path: '0' }] } },
      'image/.zattrs': field,
    });
    const { images, codes } = await read();
    expect(images).toEqual([]);
    expect(codes).toContain('zarr-malformed x.zarr/plate/wells the path ../well leaves the folder');
    expect(codes).toContain('zarr-malformed x.zarr/A/1 the path ../../../image leaves the folder');
  });
});

describe('a folder with OME-Zarrs', () => {
  const found = async () => {
    const findings: Finding[] = [];
    const { files } = await findSourceFiles([folder], (f) => findings.push(f));
    return { files: files.map((f) => `${f.kind} ${f.path}`), findings: findings.map((f) => f.code) };
  };

  it('is searched for them, but they and plain arrays are not', async () => {
    await write({
      'a.zarr/.zattrs': { 'bioformats2raw.layout': 3 },
      'a.zarr/0/.zattrs': { multiscales: [] },
      'a.zarr/0/b.ome.xml': '<OME/>',
      'collection/zarr.json': { node_type: 'group', attributes: {} },
      'collection/inner/zarr.json': { node_type: 'group', attributes: { ome: { multiscales: [] } } },
      'array/.zarray': zarray,
      'array/c.ome.xml': '<OME/>',
      'broken/zarr.json': 'not json',
      'empty.zarr/readme.txt': '',
    });
    expect(await found()).toEqual({
      files: ['zarr a.zarr', 'zarr broken', 'zarr collection/inner', 'zarr empty.zarr'],
      findings: [],
    });
  });
});

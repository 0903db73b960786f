import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.js';
import { exportRecord } from '../../src/pipeline.js';
import { annotated, sourceOf, STUDY } from '../extract/keyValueSource.js';
import { context } from '../map/mapContext.js';

const home = mkdtempSync(join(tmpdir(), 'omegraph-cli-'));
const at = (...parts: string[]) => join(home, ...parts);
const server = at('server');

async function omegraph(...args: string[]) {
  let [out, err] = ['', ''];
  const io = { stdout: { write: (t: string) => (out += t) }, stderr: { write: (t: string) => (err += t) }, env: {} };
  const code = await run(args, io, new AbortController().signal);
  return { code, out, err };
}
const graphs = (data: string) =>
  readdirSync(join(data, 'graphs'))
    .filter((name) => name.endsWith('.nq'))
    .map((name) => readFileSync(join(data, 'graphs', name), 'utf8'))
    .join('');

const image = (n: number, name: string) =>
  `<Image ID="Image:${n}" Name="${name}"><Pixels ID="Pixels:${n}" DimensionOrder="XYZCT" Type="uint8" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"><MetadataOnly/></Pixels></Image>`;

beforeAll(async () => {
  mkdirSync(at('study'));
  writeFileSync(
    at('study', 'a.ome.xml'),
    `<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">${image(0, 'a.tif')}${image(1, 'b.tif')}</OME>`,
  );
  writeFileSync(at('pairs.csv'), 'OBJECT_NAME,Organism,Antibody\na.tif,Homo sapiens,x;y\nc.tif,Mus musculus,\n');
  const namespace = 'openmicroscopy.org/omero/client/mapAnnotation';
  await exportRecord({
    source: sourceOf([
      ...STUDY,
      annotated(
        {
          ref: 'MapAnnotation:9',
          namespace,
          value: [
            ['Organism', 'human'],
            ['Formula', '=1+1'],
          ],
        },
        ['Image:1461'],
      ),
      annotated(
        {
          ref: 'MapAnnotation:10',
          namespace,
          value: [
            ['Title', 'x'],
            ['Empty', ''],
          ],
        },
        ['Dataset:10'],
      ),
    ]),
    roots: [],
    folder: server,
    map: context,
    software: { name: 'test', version: '1' },
  });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('omegraph export --key-values', () => {
  it('writes the pairs into the graph, says what it did not find, and names the file in the provenance', async () => {
    const data = at('data');
    const { code, err } = await omegraph(
      'export',
      '--source',
      at('study'),
      '--data',
      data,
      '--key-values',
      at('pairs.csv'),
    );
    expect(code).toBe(0);
    expect(err).toContain('Image "c.tif" (pairs.csv:3): key-values are for an object that this export does not have');
    const text = graphs(data);
    expect(text).toMatch(/taxonomicRange> <http:\/\/purl\.obolibrary\.org\/obo\/NCBITaxon_9606>/);
    expect(text).toContain('"x;y"');
    expect(text).toMatch(/prov#used> <[^>]*\/source\/pairs\.csv>/);
  });

  it('splits cells when asked, and reads what the configuration names beside it', async () => {
    mkdirSync(at('site'));
    writeFileSync(at('site', 'sheet.csv'), 'Key,Value\nOBJECT_NAME,b.tif\nOrganism,mouse\n');
    writeFileSync(at('site', 'omegraph.yaml'), 'keyValues: [sheet.csv, "Image=../pairs.csv"]\n');
    const data = at('data2');
    const config = at('site', 'omegraph.yaml');
    await omegraph('export', '--source', at('study'), '--data', data, '--config', config, '--split-key-values', ';');
    const text = graphs(data);
    for (const value of ['"x"', '"y"', '"mouse"']) expect(text).toContain(value);
    expect(text).not.toContain('"x;y"');
  });

  it.each([
    [
      ['--split-key-values', ';'],
      '--split-key-values: there are no key-values to read; name a CSV file with --key-values',
    ],
    [['--replace-key-values'], '--replace-key-values: there are no key-values to read'],
    [['--key-values', 'none.csv'], 'none.csv: the file of key-values cannot be read ("ENOENT")'],
    [['--key-values', 'Dataset:7=none.csv', '--dry-run'], 'none.csv: the file of key-values cannot be read'],
  ])('is wrong with %j', async (more, message) => {
    const { code, err } = await omegraph('export', '--source', at('study'), '--data', at('x'), ...more);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('omegraph key-values', () => {
  it('writes a file for each type of objects of a container, and says what the format has no place for', async () => {
    const { code, err } = await omegraph('key-values', 'Project:1', '--data', server, '--out', at('out'));
    expect(code).toBe(0);
    expect(readdirSync(at('out')).sort()).toEqual(['Project-1.Dataset.csv', 'Project-1.Image.csv']);
    expect(readFileSync(at('out', 'Project-1.Image.csv'), 'utf8')).toBe(
      [
        'namespace,,openmicroscopy.org/omero/client/mapAnnotation,openmicroscopy.org/omero/client/mapAnnotation',
        'OBJECT_ID,OBJECT_NAME,Organism,Formula',
        '1461,a.tif,human,=1+1',
        '',
      ].join('\r\n'),
    );
    expect(err).toContain('Project-1.Dataset.csv: 1 pair of 1 object');
    expect(err).toContain('left out: a key without a value (once, as "Empty")');
  });

  it('writes one type to standard output, or says in JSON what it wrote', async () => {
    const one = await omegraph(
      'key-values',
      'Project:1',
      '--type',
      'Image',
      '--separator',
      'tab',
      '--data',
      server,
      '--quiet',
    );
    expect(one.out.split('\r\n')[2]).toBe('1461\ta.tif\thuman\t=1+1');
    const { out } = await omegraph('key-values', '--data', server, '--out', at('all'), '--json');
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { container: 'Project:1', type: 'Dataset', pairs: 1 },
        { type: 'Image', pairs: 2 },
      ],
    });
  });

  it('is wrong where standard output would take several tables, or the record has no such container', async () => {
    const several = await omegraph('key-values', '--type', 'Image', '--data', server);
    expect([several.code, several.err]).toEqual([
      2,
      expect.stringContaining('the record has several containers, and standard output takes one table'),
    ]);
    expect((await omegraph('key-values', 'Project:99', '--data', server)).code).toBe(2);
  });

  it('says that objects of files have no ids to write', async () => {
    const { code, err } = await omegraph('key-values', '--data', at('data'), '--out', at('none'));
    expect(code).toBe(0);
    expect(err).toContain('1 object with key-values came from files and have no id in OMERO');
    expect(err).toContain('nothing was written');
  });
});

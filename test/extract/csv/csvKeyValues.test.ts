import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyValueRow } from '../../../src/extract/csv/csvContext.js';
import { csvKeyValues } from '../../../src/extract/csv/csvKeyValues.js';
import { CLIENT_NAMESPACE as CLIENT } from '../../../src/extract/csv/csvLayout.js';
import { keyValueFiles } from '../../../src/extract/csv/keyValueFile.js';
import { type Finding, findingSentence } from '../../../src/findings.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-csv-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Rows of a CSV text; `about` is what stands before the = of its name. */
async function read(
  text: string,
  { about = '', split, name = 'pairs.csv' }: { about?: string; split?: string; name?: string } = {},
) {
  await writeFile(join(folder, name), text);
  const findings: Finding[] = [];
  const [file] = keyValueFiles([about + join(folder, name)]);
  if (file === undefined) throw new Error('no file');
  const rows: KeyValueRow[] = [];
  for await (const row of csvKeyValues(file, { split, onFinding: (f) => findings.push(f) })) rows.push(row);
  return { rows, said: findings.map(findingSentence), codes: findings.map((f) => `${f.code} ${f.at}`) };
}
const pairs = (rows: readonly KeyValueRow[]) => rows.map((row) => row.sets.flatMap((set) => set.pairs));

describe('a CSV with one object a row', () => {
  it('names objects by OBJECT_ID, which wins over OBJECT_NAME; a typed id says its own type', async () => {
    const { rows } = await read(
      'OBJECT_ID,OBJECT_NAME,k\n1461,a.tif,1\nDataset:7,b,2\n00012,,3\n1463.0,,4\n,c.tif,5\nRun:3,,6\n',
    );
    expect(rows.map(({ target }) => [target.type, target.ref, target.name])).toEqual([
      ['Image', 'Image:1461', 'a.tif'],
      ['Dataset', 'Dataset:7', 'b'],
      ['Image', 'Image:12', undefined],
      ['Image', 'Image:1463', undefined],
      ['Image', undefined, 'c.tif'],
      ['PlateAcquisition', 'PlateAcquisition:3', undefined],
    ]);
  });

  it('is about images, unless the user or the name of the file says another type', async () => {
    const type = async (about: string, name?: string) =>
      (await read('OBJECT_ID,k\n7,v\n', { about, ...(name && { name }) })).rows[0]?.target.ref;
    expect(await type('')).toBe('Image:7');
    expect(await type('Well=')).toBe('Well:7');
    expect(await type('', 'Screen-3.Well.csv')).toBe('Well:7');
    expect(await type('Plate=', 'Screen-3.Well.csv')).toBe('Plate:7');
  });

  it('has one namespace a column in a first row; an empty one is that of OMERO.web', async () => {
    const { rows } = await read(
      'Namespace,,REMBI_Biosample,, x \nOBJECT_ID,OBJECT_NAME,Organism,Note,Note\n1,a,human,n,m\n',
    );
    expect(rows[0]?.sets).toEqual([
      { namespace: 'REMBI_Biosample', pairs: [['Organism', 'human']] },
      { namespace: CLIENT, pairs: [['Note', 'n']] },
      { namespace: 'x', pairs: [['Note', 'm']] },
    ]);
    expect(rows[0]?.line).toBe(3);
  });

  it('may repeat a key, with and without namespaces; each column is a value', async () => {
    const { rows } = await read('OBJECT_ID,Antibody,Antibody\n1,x,y\n2,,y\n');
    expect(pairs(rows)).toEqual([
      [
        ['Antibody', 'x'],
        ['Antibody', 'y'],
      ],
      [['Antibody', 'y']],
    ]);
  });

  it('keeps values as they are: blanks, decimal commas, formulas, line breaks', async () => {
    const { rows } = await read('OBJECT_ID;a;b;c;d\r\n1; x ;0,5;=1+1;"p\r\nq"\r\n');
    expect(pairs(rows)[0]?.map(([, value]) => value)).toEqual([' x ', '0,5', '=1+1', 'p\r\nq']);
  });

  it('does not take parents for keys, but remembers where an object lies', async () => {
    const { rows } = await read('PROJECT,DATASET,OBJECT_NAME,RUN,Well,k\nP,D,a.tif,,A1,v\n');
    expect(rows[0]?.target.within).toEqual([
      { type: 'Project', name: 'P' },
      { type: 'Dataset', name: 'D' },
    ]);
    expect(pairs(rows)).toEqual([
      [
        ['Well', 'A1'],
        ['k', 'v'],
      ],
    ]);
  });

  it('splits cells only where the user says at what, and cells of tags at commas', async () => {
    const text = 'OBJECT_ID,TAG,Antibody,tag\n1,"a,b[set]",x; y;,c[12]\n';
    expect((await read(text)).rows[0]).toMatchObject({
      tags: ['a', 'b[set]', 'c[12]'],
      sets: [{ pairs: [['Antibody', 'x; y;']] }],
    });
    expect(pairs((await read(text, { split: ';' })).rows)[0]).toEqual([
      ['Antibody', 'x'],
      ['Antibody', 'y'],
    ]);
  });

  it('begins behind a byte order mark and a line that states the separator', async () => {
    for (const start of ['\ufeff', 'sep=;\n', '\ufeffsep=;\r\n', '"sep=;"\n'])
      expect((await read(`${start}OBJECT_ID;k\n1;v\n`)).rows[0]?.target.ref).toBe('Image:1');
  });
});

describe('a sheet with a key a row', () => {
  it('is about the object that the user names, and keeps heads of sections that have pairs', async () => {
    const { rows } = await read('Study:\nTitle,x\nBiosample:,\nOrganism,human\nAge,\nImage data:,\n', {
      about: 'Dataset:7=',
    });
    expect(rows).toEqual([
      {
        file: 'pairs.csv',
        line: 1,
        target: { type: 'Dataset', ref: 'Dataset:7', within: [] },
        tags: [],
        sets: [
          {
            namespace: CLIENT,
            pairs: [
              ['Study:', ''],
              ['Title', 'x'],
              ['Biosample:', ''],
              ['Organism', 'human'],
            ],
          },
        ],
      },
    ]);
  });

  it('may name its object in a row, and its namespace in the first', async () => {
    const { rows } = await read('namespace,REMBI\nKey,Value\nOBJECT_ID,12\nOrganism,human\n', { about: 'Project=' });
    expect(rows[0]).toMatchObject({ target: { ref: 'Project:12' }, sets: [{ namespace: 'REMBI' }] });
    expect((await read('Key,Value\nOBJECT_NAME,a.tif\nOrganism,human\n')).rows[0]?.target).toEqual({
      type: 'Image',
      within: [],
      name: 'a.tif',
    });
  });

  it('may have its keys in one row and its values in another', async () => {
    const { rows } = await read('Title,Organism,Age\nx,human,3 d\n', { about: 'Dataset:7=' });
    expect(rows[0]).toMatchObject({ line: 2, target: { ref: 'Dataset:7' } });
    expect(pairs(rows)[0]).toEqual([
      ['Title', 'x'],
      ['Organism', 'human'],
      ['Age', '3 d'],
    ]);
    await expect(read('Title,Organism,Age\nx,human,3 d\ny,mouse,4 d\n', { about: 'Dataset:7=' })).rejects.toThrow(
      'pairs.csv:3: the file is to be about Dataset:7, but has more than one row of values',
    );
  });
});

describe('a CSV that is not in order', () => {
  it.each([
    ['nothing', '', 'pairs.csv:1: no separator was found between columns'],
    ['only a row of namespaces', 'namespace,x\n', 'pairs.csv:1: the file has no rows'],
    [
      'no column of objects',
      'Organism,Age\nhuman,3\n',
      /^pairs\.csv:1: no column names the objects .*\("Organism, Age"\); add a column OBJECT_ID/,
    ],
    ['two columns of ids', 'OBJECT_ID,Object ID,k\n1,2,3\n', 'pairs.csv:1: two columns name the objects ("OBJECT_ID")'],
    ['two columns of images', 'Image Name,image_name,k\n1,2,3\n', /several columns name objects/],
    [
      'a sheet without an object',
      'Key,Value\nOrganism,human\n',
      /^pairs\.csv:1: nothing says which object .*Dataset:7=pairs\.csv/,
    ],
    ['a quote left open', 'OBJECT_ID,k\n1,a\n2,"b\n', 'pairs.csv:3: a quote that begins here is not closed'],
  ])('is an error with file and line: %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('is an error where user and table name different objects', async () => {
    await expect(read('OBJECT_ID,k\n1,v\n', { about: 'Dataset:7=' })).rejects.toThrow(
      /^pairs\.csv:1: the table names its own objects, so it is not about Dataset:7/,
    );
    await expect(read('Image Name,k\na,v\n', { about: 'Well=' })).rejects.toThrow(/not about objects of type Well/);
  });

  it('loses rows with too few or too many cells, and says which; empty cells at the end are harmless', async () => {
    const { rows, said } = await read('OBJECT_ID,a,b\n1,x\n2,x,y,,\n3,x,y,z\n4,x,y\n');
    expect(rows.map((row) => row.target.ref)).toEqual(['Image:2', 'Image:4']);
    expect(said).toEqual([
      expect.stringContaining('pairs.csv:2: the row has not as many cells as the header'),
      expect.stringContaining('pairs.csv:4: the row has not as many cells as the header'),
    ]);
  });

  it('loses rows without an object and with an id that is none, a repeated header too', async () => {
    const { rows, codes } = await read('OBJECT_ID,k\n,v\nx7,v\nOBJECT_ID,k\n1461.5,v\nROI:3,v\n8,v\n');
    expect(rows.map((row) => row.target.ref)).toEqual(['Image:8']);
    expect(codes).toEqual([
      'key-values-no-object pairs.csv:2',
      'key-values-id-invalid pairs.csv:3',
      'key-values-id-invalid pairs.csv:4',
      'key-values-id-invalid pairs.csv:5',
      'key-values-id-invalid pairs.csv:6',
    ]);
  });

  it('loses values under no key, which is said once a column; an empty column is none', async () => {
    const { rows, said } = await read('OBJECT_ID,k,,\n1,v,,\n2,v,lost,\n3,v,lost,\n');
    expect(pairs(rows).flat()).toHaveLength(3);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(
      'pairs.csv:3: a column without a name in the header has values, which are left out ("column 3: lost")',
    );
  });

  it('has control characters and lone surrogates replaced, with a finding', async () => {
    const { rows, codes } = await read('OBJECT_ID,k\n1,a\u0007b\n');
    expect(pairs(rows)[0]).toEqual([['k', 'a\ufffdb']]);
    expect(codes).toEqual(['text-control-character pairs.csv:2']);
  });
});

describe('files of key-values', () => {
  it('have names that tell them apart', () => {
    expect(keyValueFiles(['/a/x.csv', '/b/x.csv', '/c/y.csv', 'Well=/c/b/x.csv']).map((f) => f.label)).toEqual([
      'a/x.csv',
      'b/x.csv',
      'y.csv',
      'c/b/x.csv',
    ]);
    expect(() => keyValueFiles(['x.csv', 'Well=x.csv'])).toThrow('x.csv: this file of key-values is named twice');
  });
});

import { describe, expect, it } from 'vitest';
import { keyValueFiles } from '../../src/extract/csv/keyValueFile.js';
import { annotated, heardWith, STUDY } from './keyValueSource.js';

const CLIENT = 'openmicroscopy.org/omero/client/mapAnnotation';
const RECORDS = [
  ...STUDY,
  annotated({ ref: 'MapAnnotation:1', namespace: CLIENT, value: [['Organism', 'TBD']] }, ['Image:1461', 'Image:1462']),
  annotated({ ref: 'MapAnnotation:2', namespace: 'x', value: [['k', 'v']] }, ['Image:1461']),
  annotated({ ref: 'MapAnnotation:3', value: [['loose', 'v']] }, ['Image:1461']),
];

/** Map annotations with their pairs and objects, after files of key-values were read. */
const left = async (files: Readonly<Record<string, string>>) =>
  (await heardWith(files, { records: RECORDS })).heard.flatMap((record) =>
    record.kind === 'annotated' && record.annotation.type === 'MapAnnotation'
      ? [`${record.annotation.value.map((pair) => pair.join('=')).join(' ')} on ${record.targets.join(' ')}`]
      : [],
  );

describe('a file of key-values named ….replace.csv', () => {
  it('replaces what its objects have in the namespaces of its columns, and adds nothing to that', async () => {
    expect(await left({ 'Project-1.Image.replace.csv': 'OBJECT_ID,Organism\n1461,Mus musculus\n' })).toEqual([
      'k=v on Image:1461',
      'Organism=Mus musculus on Image:1461',
      'Organism=TBD on Image:1462',
    ]);
  });

  it('takes a value away where the cell was emptied, in that namespace and no other', async () => {
    const csv = 'namespace,,\nOBJECT_ID,OBJECT_NAME,Organism\n1461,a.tif,\n';
    expect(await left({ 'a.Image.replace.csv': csv })).toEqual(['k=v on Image:1461', 'Organism=TBD on Image:1462']);
    expect(await left({ 'a.Image.replace.csv': csv.replace('namespace,,', 'namespace,,x') })).toEqual([
      'Organism=TBD on Image:1461 Image:1462',
      'loose=v on Image:1461',
    ]);
  });

  it('counts pairs without a namespace as those that people edit', async () => {
    expect(await left({ 'a.replace.tsv': 'OBJECT_ID\tloose\n1461\tbetter\n' })).toEqual([
      'k=v on Image:1461',
      'loose=better on Image:1461',
      'Organism=TBD on Image:1462',
    ]);
  });

  it('replaces by itself: files beside it add, also to the same object', async () => {
    const files = { 'a.Image.replace.csv': 'OBJECT_ID,Organism\n1461,mouse\n', 'b.csv': 'OBJECT_ID,Sex\n1462,male\n' };
    expect(await left(files)).toEqual([
      'k=v on Image:1461',
      'Organism=mouse on Image:1461',
      'Sex=male on Image:1462',
      'Organism=TBD on Image:1462',
    ]);
  });

  it('leaves all as it is where its object is not in the export', async () => {
    expect(await left({ 'a.Image.replace.csv': 'OBJECT_ID,Organism\n999,mouse\n' })).toHaveLength(3);
  });

  it('may be a sheet about one object, and its name states the type as other names do', async () => {
    expect(await left({ 'a.Image.replace.csv': 'Key,Value\nOBJECT_ID,1461\nOrganism,mouse\n' })).toEqual([
      'k=v on Image:1461',
      'Organism=mouse on Image:1461',
      'Organism=TBD on Image:1462',
    ]);
    const [file, plain] = keyValueFiles(['/x/Project-1.Well.replace.csv', '/x/replace.csv']);
    expect(file).toMatchObject({ type: 'Well', replaces: true });
    expect(plain?.replaces).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { recordSpill } from '../../src/extract/recordSpill.js';
import { withKeyValues } from '../../src/extract/withKeyValues.js';
import { annotated, heardWith, object, sourceOf, STUDY } from './keyValueSource.js';

describe('a source with key-values', () => {
  it('says all that it said before, then the pairs, in the containers of their objects', async () => {
    const { heard, pairs, codes } = await heardWith({
      'pairs.csv': 'OBJECT_ID,OBJECT_NAME,Organism\n1461,a.tif,human\n1480,c.tif,mouse\n',
    });
    expect(heard.slice(0, STUDY.length)).toEqual(STUDY);
    expect(pairs).toEqual([
      ['Image:1461', 'Project:1', 'Organism=human'],
      ['Image:1480', 'Project:1 Project:2', 'Organism=mouse'],
    ]);
    expect(codes).toEqual([]);
  });

  it('names annotations after the file and its line, one for each namespace, the same in every run', async () => {
    const csv = 'namespace,x,,y\nOBJECT_ID,a,b,c\n1461,1,2,3\n1462,1,,\n';
    const refs = async () =>
      (await heardWith({ 'pairs.csv': csv })).added.map((r) => r.kind === 'annotated' && r.annotation);
    const first = await refs();
    expect(first).toEqual(await refs());
    const [one] = first;
    const scope = (one === false ? '' : (one?.ref ?? '')).replace(/\.3$/, '');
    expect(scope).toMatch(/^MapAnnotation:[a-z2-7]{12}$/);
    expect(first.map((a) => a !== false && [a.ref.replace(scope, ''), a.namespace, a.description])).toEqual([
      ['.3', 'x', 'pairs.csv:3'],
      ['.3.2', 'openmicroscopy.org/omero/client/mapAnnotation', 'pairs.csv:3'],
      ['.3.3', 'y', 'pairs.csv:3'],
      ['.4', 'x', 'pairs.csv:4'],
    ]);
  });

  it('finds objects by name where no other has it; else nothing is guessed', async () => {
    const { pairs, findings } = await heardWith({
      'pairs.csv': 'OBJECT_NAME,k\nb.tif,1\na.tif,2\nnone.tif,3\n" c.tif ",4\n',
    });
    expect(pairs.map(([target]) => target)).toEqual(['Image:1462', 'Image:1480']);
    expect(findings).toEqual([
      'Image "a.tif" (pairs.csv:3): several objects have the name that key-values are for, so they are left out ("Image:1461, Image:1470"); name the object by id in a column OBJECT_ID, or what it lies in, in a column DATASET or PLATE',
      'Image "none.tif" (pairs.csv:4): key-values are for an object that this export does not have, so they are left out; correct the id or name, or export what holds the object too',
    ]);
  });

  it('tells objects of one name apart by what they lie in, and believes no name that lies elsewhere', async () => {
    const { pairs, findings } = await heardWith({
      'pairs.csv':
        'PROJECT,DATASET,OBJECT_NAME,k\nSpindles,Control,a.tif,1\n,Taxol,a.tif,2\nOther,,c.tif,3\nOther,Control,b.tif,4\nSpindles,,a.tif,5\n',
    });
    expect(pairs.map(([target]) => target)).toEqual(['Image:1461', 'Image:1470', 'Image:1480']);
    expect(findings).toEqual([
      expect.stringContaining(
        'Image "b.tif" in Project "Other" in Dataset "Control" (pairs.csv:5): key-values are for an object that',
      ),
      expect.stringContaining('(pairs.csv:6): several objects have the name'),
    ]);
    expect(findings[0]).toContain('("one of this name lies elsewhere")');
  });

  it('finds wells by plate and label, and images by the well that they are of', async () => {
    const wells = await heardWith({ 'idr.csv': 'Plate,Well,k\nP001,A1,1\nP001,B12,2\nP002,a01,3\nP002,B12,4\n' });
    expect(wells.pairs.map(([target]) => target)).toEqual(['Well:50', 'Well:51', 'Well:60']);
    expect(wells.codes).toEqual(['key-values-object-unknown idr.csv:5']);
    const images = await heardWith({ 'i.csv': 'PLATE,WELL,OBJECT_NAME,k\nP001,A1,field,1\nP002,A1,field,2\n' });
    expect(images.pairs.map(([target]) => target)).toEqual(['Image:9', 'Image:8']);
  });

  it('says of an id of another type what has it', async () => {
    const { pairs, findings } = await heardWith({ 'pairs.csv': 'OBJECT_ID,k\n10,v\n' });
    expect(pairs).toEqual([]);
    expect(findings[0]).toMatch(/^Image:10 \(pairs\.csv:2\): .* \("there is a Dataset with this id"\)/);
    expect((await heardWith({ 'pairs.csv': 'OBJECT_ID,k\n10,v\n' }, { before: 'Dataset=' })).pairs[0]?.[0]).toBe(
      'Dataset:10',
    );
  });

  it('says where an id has another name than the row, but believes the id', async () => {
    const { pairs, findings } = await heardWith({ 'pairs.csv': 'OBJECT_ID,OBJECT_NAME,k\n1461,b.tif,v\n' });
    expect(pairs[0]?.[0]).toBe('Image:1461');
    expect(findings[0]).toContain(
      'Image:1461 (pairs.csv:2): the object with this id has another name than the row says; the id decides ("b.tif / a.tif")',
    );
  });

  it('adds both of two rows that name one object, and says so; the same row twice is one', async () => {
    const { pairs, findings } = await heardWith({
      'pairs.csv': 'OBJECT_ID,OBJECT_NAME,k\n1461,,x\n1461,,x\n,b.tif,p\n1462,,q\n1470,,\n1470,,z\n',
    });
    expect(pairs.map(([target, , pair]) => [target, pair])).toEqual([
      ['Image:1461', 'k=x'],
      ['Image:1462', 'k=p'],
      ['Image:1462', 'k=q'],
      ['Image:1470', 'k=z'],
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(
      'Image:1462 (pairs.csv:5): two rows of a file give key-values to the same object; it has those of both ("first in line 4")',
    );
  });

  it('annotates only what the run publishes: an object that does not pass is unknown', async () => {
    const { added, codes } = await heardWith(
      { 'pairs.csv': 'OBJECT_ID,TAG,k\n1461,secret,v\n' },
      { records: STUDY.filter((r) => r.kind === 'object' && r.object.ref !== 'Image:1461') },
    );
    expect(added).toEqual([]);
    expect(codes).toEqual(['key-values-object-unknown pairs.csv:2']);
  });

  it('reads the files before the source, so that a broken one costs nothing', async () => {
    const never = { ...sourceOf([]), records: () => expect.unreachable('the source was read') };
    const source = withKeyValues(never, [{ path: '/nowhere/x.csv', label: 'x.csv' }]);
    await expect(
      (async () => {
        for await (const _ of source.records([], { onFinding: () => undefined }));
      })(),
    ).rejects.toThrow('/nowhere/x.csv: the file of key-values cannot be read');
  });

  it('is the source itself where there are no files, and keeps its plan and its end', async () => {
    const plain = sourceOf([]);
    expect(withKeyValues(plain, [])).toBe(plain);
    let done = 0;
    const plan = { containers: [], groups: [], parts: [], requests: 0, seconds: 0 };
    const source = withKeyValues({ ...plain, plan: async () => plan, done: async () => void (done += 1) }, []);
    expect(await source.plan?.([], { onFinding: () => undefined })).toBe(plan);
    await source.done?.();
    expect(done).toBe(1);
    expect(withKeyValues(plain, [{ path: 'x.csv', label: 'x.csv' }])).toMatchObject({
      name: 'server',
      also: ['x.csv'],
    });
  });
});

describe('tags of a CSV', () => {
  const SET = { namespace: 'openmicroscopy.org/omero/insight/tagset' };
  const TAGGED = [
    ...STUDY,
    annotated({ ref: 'TagAnnotation:3', value: 'Control' }, ['Dataset:10']),
    annotated({ ref: 'TagAnnotation:4', value: 'good' }, ['Image:1470']),
    annotated({ ref: 'TagAnnotation:5', value: 'Quality', ...SET }, []),
    annotated({ ref: 'TagAnnotation:4', value: 'good' }, ['TagAnnotation:5']),
  ];
  const tagsOf = async (text: string) => {
    const { added, codes } = await heardWith({ 'p.csv': `OBJECT_ID,TAG\n1461,"${text}"\n` }, { records: TAGGED });
    const tags = added.map((r) =>
      r.kind === 'annotated' && r.annotation.type === 'TagAnnotation'
        ? `${r.annotation.ref.replace(/:[a-z2-7]{12}\./, ':…')} ${r.annotation.value} → ${r.targets.join(' ').replace(/:[a-z2-7]{12}\./, ':…')}`
        : 'other',
    );
    return { tags, codes };
  };

  it('are those of the export where name, set or id say which; else tags of the file', async () => {
    expect((await tagsOf('Control, new')).tags).toEqual([
      'TagAnnotation:3 Control → Image:1461',
      'TagAnnotation:…tag.new new → Image:1461',
    ]);
    expect((await tagsOf('good[Quality]')).tags).toEqual([
      'TagAnnotation:4 good → Image:1461',
      'TagAnnotation:5 Quality → ',
      'TagAnnotation:4 good → TagAnnotation:5',
    ]);
    expect((await tagsOf('good[Other]')).tags).toEqual([
      'TagAnnotation:…set.Other.tag.good good → Image:1461',
      'TagAnnotation:…set.Other Other → ',
      'TagAnnotation:…set.Other.tag.good good → TagAnnotation:…set.Other',
    ]);
    expect((await tagsOf('good[4],[3]')).tags).toEqual([
      'TagAnnotation:4 good → Image:1461',
      'TagAnnotation:3 Control → Image:1461',
    ]);
  });

  it('with an id that no tag has, or one of another name, are left out with a finding', async () => {
    expect(await tagsOf('good[3],x[99]')).toEqual({
      tags: [],
      codes: ['key-values-tag-unknown p.csv:2', 'key-values-tag-unknown p.csv:2'],
    });
  });
});

describe('replacing key-values', () => {
  const client = 'openmicroscopy.org/omero/client/mapAnnotation';
  const RECORDS = [
    ...STUDY,
    annotated({ ref: 'MapAnnotation:1', namespace: client, value: [['k', 'old']] }, ['Image:1461', 'Image:1462']),
    annotated({ ref: 'MapAnnotation:2', namespace: 'other', value: [['k', 'kept']] }, ['Image:1461']),
    annotated({ ref: 'MapAnnotation:3', namespace: client, value: [['k', 'old']] }, ['Image:1461']),
    annotated({ ref: 'MapAnnotation:3', namespace: client, value: [['k', 'old']] }, [], ['Project:2']),
    annotated({ ref: 'MapAnnotation:4', namespace: client, value: [['k', 'loose']] }, []),
    annotated({ ref: 'MapAnnotation:5', value: [['k', 'no namespace']] }, ['Image:1461']),
    annotated({ ref: 'CommentAnnotation:6', namespace: client, value: 'hm' }, ['Image:1461']),
  ];
  const left = async (csv: string, replace: boolean) =>
    (await heardWith({ 'p.csv': csv }, { records: RECORDS, replace })).heard.flatMap((r) =>
      r.kind === 'annotated'
        ? [`${r.annotation.ref.replace(/:[a-z2-7]{12}\./, ':…')} ${r.targets.join(' ')}`.trim()]
        : [],
    );

  it('leaves out the map annotations of the same namespace on the same objects, nothing else', async () => {
    expect((await left('OBJECT_NAME,DATASET,k\na.tif,Control,new\n', true)).sort()).toEqual([
      'CommentAnnotation:6 Image:1461',
      'MapAnnotation:1 Image:1462',
      'MapAnnotation:2 Image:1461',
      'MapAnnotation:4',
      'MapAnnotation:5 Image:1461',
      'MapAnnotation:…2 Image:1461',
    ]);
  });

  it('replaces nothing where a row has no values, or nobody asked', async () => {
    const before = RECORDS.length - STUDY.length;
    expect(await left('OBJECT_ID,k\n1461,\n1470,x\n', true)).toHaveLength(before + 1);
    expect(await left('OBJECT_ID,k\n1461,new\n', false)).toHaveLength(before + 1);
  });

  it('also where annotations come with their objects', async () => {
    const annotation = {
      type: 'MapAnnotation',
      ref: 'MapAnnotation:1',
      namespace: client,
      value: [['k', 'old']],
    } as const;
    const record = {
      ...object('Image:1', 'a'),
      kind: 'object',
      annotations: [annotation],
    } as unknown as (typeof STUDY)[number];
    const { heard } = await heardWith({ 'p.csv': 'OBJECT_ID,k\n1,new\n' }, { records: [record], replace: true });
    expect(
      heard.map((r) => (r.kind === 'object' ? r.annotations.length : 'value' in r.annotation && r.annotation.value)),
    ).toEqual([0, [['k', 'new']]]);
  });
});

describe('a spill of records', () => {
  it('gives back what was put in, in order and as often as it is asked, from memory and from disk', async () => {
    for (const inMemory of [0, 30, 1e6]) {
      const spill = recordSpill<{ n: number; text: string }>(inMemory);
      const values = Array.from({ length: 50 }, (_, n) => ({ n, text: 'line\nµ "\u2028\u2029' }));
      for (const value of values) spill.add(value);
      for (let times = 0; times < 2; times += 1) {
        const found = [];
        for await (const value of spill.values()) found.push(value);
        expect(found).toEqual(values);
      }
      spill.close();
    }
  });
});

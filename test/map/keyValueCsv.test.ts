import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvKeyValues } from '../../src/extract/csv/csvKeyValues.js';
import { keyValueFiles } from '../../src/extract/csv/keyValueFile.js';
import { withKeyValues } from '../../src/extract/withKeyValues.js';
import { openRecord } from '../../src/graph/record.js';
import { type CarriedKeyValues, carriedKeyValues } from '../../src/map/carriedKeyValues.js';
import { mergedKeys, placesIn } from '../../src/map/keyOrder.js';
import { keyValueCsv, type KeyValueCsvOptions } from '../../src/map/keyValueCsv.js';
import type { KeyValue, OmeRecord } from '../../src/ome/model.js';
import { exportRecord } from '../../src/pipeline.js';
import { annotated, object, sourceOf, STUDY } from '../extract/keyValueSource.js';
import { context } from './mapContext.js';

const CLIENT = 'openmicroscopy.org/omero/client/mapAnnotation';
const one = (id: string, pairs: readonly KeyValue[], namespace: string | undefined = CLIENT): CarriedKeyValues => ({
  id,
  name: `image ${id}`,
  annotations: [{ namespace, pairs }],
  tags: [],
});
const text = (objects: readonly CarriedKeyValues[], options?: KeyValueCsvOptions) =>
  [...keyValueCsv(objects, options).rows()].join('');

describe('the merged order of keys', () => {
  it('holds each list in its order, as short as it gets for two', () => {
    expect(mergedKeys([['a', 'b', 'c'], ['a', 'c'], []])).toEqual(['a', 'b', 'c']);
    expect(
      mergedKeys([
        ['x', 'y', 'x'],
        ['y', 'z'],
      ]),
    ).toEqual(['x', 'y', 'x', 'z']);
    expect(
      mergedKeys([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ).toHaveLength(3);
    expect(mergedKeys([])).toEqual([]);
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 5 }), (lists) => {
        const merged = mergedKeys(lists);
        for (const list of lists) expect(placesIn(merged, list)?.map((place) => merged[place])).toEqual(list);
        for (const key of merged) expect(lists.flat()).toContain(key);
      }),
    );
  });
});

describe('key-values as CSV', () => {
  it('have ids, names, the namespaces in the first row, and a column for each repetition of a key', () => {
    expect(
      text([
        one('7', [
          ['Organism', 'human'],
          ['Antibody', 'x'],
          ['Antibody', 'y'],
        ]),
        {
          id: '8',
          name: 'b, "c"',
          annotations: [
            { namespace: CLIENT, pairs: [['Antibody', 'z']] },
            { namespace: 'REMBI_Biosample', pairs: [['organism', 'mouse']] },
          ],
          tags: [],
        },
      ]),
    ).toBe(
      [
        `namespace,,REMBI_Biosample,${CLIENT},${CLIENT},${CLIENT}`,
        'OBJECT_ID,OBJECT_NAME,organism,Organism,Antibody,Antibody',
        '7,image 7,,human,x,y',
        '8,"b, ""c""",mouse,,z,',
        '',
      ].join('\r\n'),
    );
  });

  it('stand as they are, formulas too: what is imported again must not change', () => {
    expect(
      text([
        one('7', [
          ['k', '=1+1'],
          ['l', '-5.2'],
          ['m', '@x'],
        ]),
      ]),
    ).toContain('7,image 7,=1+1,-5.2,@x\r\n');
    expect(text([one('7', [['k', ' a;b\n"']])], { separator: ';' })).toContain('7;image 7;" a;b\n"""\r\n');
  });

  it('are of the namespaces that were asked for', () => {
    const objects = [one('7', [['k', 'v']]), one('8', [['l', 'w']], 'x')];
    expect(text(objects, { namespaces: ['x'] })).toBe('namespace,,x\r\nOBJECT_ID,OBJECT_NAME,l\r\n8,image 8,w\r\n');
    expect(keyValueCsv(objects, { namespaces: ['y'] }).objects).toBe(0);
  });

  it('have tags where asked for, with the name of their set', () => {
    const tags = [
      { name: 'good', set: 'Quality' },
      { name: 'a, b', set: undefined },
      { name: 'Control', set: undefined },
    ];
    const csv = keyValueCsv([{ ...one('7', [['k', 'v']]), tags }], { tags: true });
    expect([...csv.rows()].slice(1)).toEqual([
      'OBJECT_ID,OBJECT_NAME,k,TAG,TAG\r\n',
      '7,image 7,v,good[Quality],Control\r\n',
    ]);
    expect(csv.losses).toEqual([
      { what: 'left out: a tag with a bracket or comma in its name', count: 1, example: 'a, b' },
    ]);
    expect(text([{ ...one('7', [['k', 'v']]), tags }])).not.toContain('good');
  });

  it('come with a list of what the format has no place for', () => {
    const { losses, pairs } = keyValueCsv([
      one('7', [
        ['', 'v'],
        ['k', ''],
        ['Tag', 'v'],
        ['WELL', 'A1'],
        ['Well', 'A1'],
        [' k ', 'v'],
        ['l', 'a\r\nb'],
      ]),
      { ...one('8', []), annotations: [{ namespace: undefined, pairs: [['k', 'v']] }] },
    ]);
    expect(pairs).toBe(4);
    expect(losses.map(({ what, count }) => `${count} ${what}`)).toEqual([
      '1 left out: a pair without a key',
      '1 left out: a key without a value',
      '2 left out: a key with the name of a column that means something else',
      '1 a key loses the blanks around it',
      '1 a carriage return in a value becomes a line feed',
      `1 an annotation without a namespace becomes one of ${CLIENT}`,
    ]);
  });
});

/** Reads CSV back: the pairs of each object by namespace. */
async function readBack(csv: string): Promise<Map<string, Record<string, readonly KeyValue[]>>> {
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-csv-'));
  try {
    await writeFile(join(folder, 'a.csv'), csv);
    const found = new Map<string, Record<string, readonly KeyValue[]>>();
    const [file] = keyValueFiles([join(folder, 'a.csv')]);
    for await (const row of csvKeyValues(file ?? { path: '', label: '' }, {
      separator: ',',
      onFinding: () => expect.fail(),
    }))
      found.set(
        row.target.ref?.replace('Image:', '') ?? '',
        Object.fromEntries(row.sets.map(({ namespace, pairs }) => [namespace, pairs])),
      );
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('the round trip', () => {
  it('of any pairs that CSV can hold gives the same pairs in the same order', async () => {
    const word = fc
      .string({
        unit: fc.constantFrom('a', 'B', 'é', '"', ',', ';', '\n', ' ', '=', "'", 'µ', '😀'),
        minLength: 1,
        maxLength: 5,
      })
      .filter((value) => value.trim() !== '');
    const pair = fc.tuple(
      word.map((key) => key.trim()),
      word,
    );
    const sets = fc.dictionary(fc.constantFrom(CLIENT, 'x', 'y z'), fc.array(pair, { minLength: 1, maxLength: 5 }), {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sets, { minLength: 1, maxLength: 4 }), async (objects) => {
        const carried = objects.map((own, i) => ({
          ...one(String(i), []),
          annotations: Object.entries(own).map(([namespace, pairs]) => ({ namespace, pairs })),
        }));
        const found = await readBack(text(carried));
        expect([...found.values()]).toEqual(objects.map((own) => expect.objectContaining(own)));
        expect([...found.values()].map((own) => Object.keys(own).length)).toEqual(
          objects.map((own) => Object.keys(own).length),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('record → CSV → key-values of an export gives the same entries on the same objects', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'omegraph-round-'));
    try {
      const pairs: readonly KeyValue[] = [
        ['Organism', 'human'],
        ['Antibody', 'x'],
        ['Note', 'say "µ",\nplease'],
        ['Antibody', '=y'],
      ];
      const records: readonly OmeRecord[] = [
        ...STUDY,
        object('Image:abcdefghijkl.0', 'of a file', [], ['orphans']),
        annotated({ ref: 'MapAnnotation:9', namespace: CLIENT, value: pairs }, ['Image:1461', 'Image:1462']),
        annotated({ ref: 'MapAnnotation:10', namespace: 'x', value: [['k', 'v']] }, ['Image:1461', 'Dataset:10']),
        annotated(
          {
            ref: 'MapAnnotation:11',
            namespace: CLIENT,
            value: [
              ['Antibody', 'z'],
              ['Organism', 'mouse'],
            ],
          },
          ['Image:1480'],
        ),
        annotated({ ref: 'MapAnnotation:12', namespace: CLIENT, value: pairs }, ['Image:abcdefghijkl.0'], ['orphans']),
        annotated({ ref: 'TagAnnotation:3', value: 'Control' }, ['Image:1461']),
        annotated({ ref: 'CommentAnnotation:4', value: 'hm' }, ['Image:1461']),
      ];
      const carried = async (source: Parameters<typeof exportRecord>[0]['source'], name: string) => {
        await exportRecord({
          source,
          roots: [],
          folder: join(folder, name),
          map: context,
          software: { name: 'test', version: '1' },
        });
        const record = await openRecord(join(folder, name));
        return carriedKeyValues(record.lines('Project:1'), record.iris);
      };
      const before = await carried(sourceOf(records), 'before');
      expect([...before.objects].map(([type, list]) => `${type} ${list.map(({ id }) => id).join(' ')}`).sort()).toEqual(
        ['Dataset 10', 'Image 1461 1462 1480'],
      );
      const files = [];
      for (const [type, list] of before.objects) {
        const path = join(folder, `Project-1.${type}.csv`);
        await writeFile(path, text(list, { tags: true }));
        files.push(path);
      }
      const bare = records.filter((record) => record.kind === 'object');
      const after = await carried(withKeyValues(sourceOf(bare), keyValueFiles(files)), 'after');
      expect(after).toEqual(before);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('counts objects of files and of types that omero-scripts do not know', async () => {
    const base = 'https://o.org';
    const line = (subject: string, annotation: string) =>
      `<${base}/${subject}> <https://ld.openmicroscopy.org/core/hasAnnotation> <${base}/MapAnnotation/${annotation}> .`;
    const entry = (annotation: string) =>
      `<${base}/MapAnnotation/${annotation}/entry/0> <https://ld.openmicroscopy.org/core/key> "k" .`;
    async function* lines() {
      yield* [line('Image/abc.0', '1'), line('ROI/4', '1'), line('Image/5', '1'), entry('1')];
    }
    const { objects, without } = await carriedKeyValues(
      lines(),
      context.iris.base === base ? context.iris : { ...context.iris, base },
    );
    expect(without).toEqual({ serverId: 1, type: 1 });
    expect([...objects.keys()]).toEqual(['Image']);
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyValueFiles } from '../../../src/extract/csv/keyValueFile.js';
import { withKeyValues } from '../../../src/extract/withKeyValues.js';
import { openRecord } from '../../../src/graph/record.js';
import { carriedKeyValues } from '../../../src/map/carriedKeyValues.js';
import { keyValueCsv } from '../../../src/map/keyValueCsv.js';
import { generateOmero } from '../../support/omeroWeb/generate.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { everything, exported, removeFolder, sourceOf, temporaryFolder } from './exporting.js';

let server: OmeroWebServer;
let home: string;
beforeAll(async () => {
  home = await temporaryFolder();
  const rows = generateOmero({ projects: 2, screens: 1, emptyRuns: 0, oddOneIn: 0, privateGroups: 1, everyClass: 0 });
  server = await startOmeroWeb(openStore(rows));
});
afterAll(async () => {
  await server.close();
  await removeFolder(home);
});

/** The key-values of all containers of a data folder, as CSV by container and type. */
async function tables(folder: string): Promise<ReadonlyMap<string, string>> {
  const record = await openRecord(folder);
  const found = new Map<string, string>();
  for (const { container } of record.manifest.containers) {
    const { objects } = await carriedKeyValues(record.lines(container), record.iris);
    for (const [type, list] of objects)
      found.set(`${container.replace(':', '-')}.${type}.csv`, [...keyValueCsv(list, { tags: true }).rows()].join(''));
  }
  return found;
}

describe('key-values of CSV files for objects of OMERO.web', () => {
  it('that were written by an export take the place of those on the server, and nothing changes', async () => {
    await exported(sourceOf(server.url), join(home, 'before'));
    const before = await tables(join(home, 'before'));
    expect([...before.keys()].filter((name) => name.endsWith('.Image.csv')).length).toBeGreaterThan(1);
    for (const [name, text] of before) await writeFile(join(home, name), text);
    const files = keyValueFiles([...before.keys()].map((name) => join(home, name)));
    const summary = await exported(withKeyValues(sourceOf(server.url), files, { replace: true }), join(home, 'after'));
    expect(summary.findings.filter((f) => f.code.startsWith('key-values') || f.code.startsWith('csv'))).toEqual([]);
    expect(await tables(join(home, 'after'))).toEqual(before);
  });

  it('find wells by plate and label, and images by dataset', async () => {
    const { records } = await everything(sourceOf(server.url));
    const objects = records.flatMap((record) => (record.kind === 'object' ? [record] : []));
    const plate = objects.find(({ object }) => object.type === 'Plate');
    const image = objects.find(({ object, parents }) => object.type === 'Image' && parents[0]?.startsWith('Dataset:'));
    const dataset = objects.find(({ object }) => object.ref === image?.parents[0]);
    const name = (record: typeof plate) => (record !== undefined && 'name' in record.object ? record.object.name : '');
    await writeFile(join(home, 'wells.csv'), `Plate;Well;k\n"${name(plate)}";A01;v\n`);
    await writeFile(join(home, 'images.csv'), `DATASET;OBJECT_NAME;k\n"${name(dataset)}";"${name(image)}";v\n`);
    const files = keyValueFiles([join(home, 'wells.csv'), join(home, 'images.csv')]);
    const heard = await everything(withKeyValues(sourceOf(server.url), files));
    const added = heard.records.slice(records.length);
    const well = objects.find(
      ({ object, parents }) =>
        object.type === 'Well' &&
        object.row === 0 &&
        object.column === 0 &&
        parents.includes(plate?.object.ref ?? 'Plate:0'),
    );
    expect(added.map((record) => record.kind === 'annotated' && record.targets)).toEqual([
      [well?.object.ref],
      [image?.object.ref],
    ]);
  });

  it('say nothing of objects that are not published', async () => {
    const { records } = await everything(sourceOf(server.url));
    const seen = new Set(records.map((record) => (record.kind === 'object' ? record.object.ref : '')));
    const hidden = Array.from({ length: 200 }, (_, i) => `Image:${i + 1}`).filter((ref) => !seen.has(ref as never));
    expect(hidden.length).toBeGreaterThan(0);
    await writeFile(join(home, 'hidden.csv'), `OBJECT_ID,k\n${hidden.map((ref) => `${ref},v\n`).join('')}`);
    const heard = await everything(withKeyValues(sourceOf(server.url), keyValueFiles([join(home, 'hidden.csv')])));
    expect(heard.records).toHaveLength(records.length);
    expect(heard.findings.filter((f) => f.code === 'key-values-object-unknown')).toHaveLength(hidden.length);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FollowedRecord, followRecord } from '../../src/graph/followRecord.js';
import type { GraphStore } from '../../src/graph/graphStore.js';
import { openStore } from '../../src/graph/oxigraphStore.js';
import { openRecord } from '../../src/graph/record.js';
import { createRecordWriter } from '../../src/graph/recordWriter.js';
import { irisUnder } from '../../src/rdf/iris.js';
import { nquadsReader } from '../../src/rdf/nquadsReader.js';

const iris = irisUnder('https://omero.example.org');
const LABEL = '<http://www.w3.org/2000/01/rdf-schema#label>';
let folder = '';
let store: GraphStore;
let followed: FollowedRecord;
let faults: string[] = [];

async function write(labels: Readonly<Record<string, string>>, removed: readonly string[] = []): Promise<void> {
  const writer = await createRecordWriter(folder, { iris, software: 'test', source: 'test', inline: true });
  for (const [container, label] of Object.entries(labels)) {
    const quad = nquadsReader().quad(`<${iris.object(container).value}> ${LABEL} "${label}" .`);
    if (quad !== undefined) await writer.add(container, [quad]);
  }
  for (const container of removed) writer.remove(container);
  await writer.finish();
}

async function labels(): Promise<string[]> {
  const sparql = `SELECT ?l { GRAPH ?g { ?s ${LABEL} ?l } FILTER(!CONTAINS(STR(?s), "/graph/") && STRSTARTS(STR(?s), "${iris.base}/P")) } ORDER BY ?l`;
  const { body } = await store.query(sparql, { format: 'text/csv', deadlineMs: 10_000 });
  return body.trim().split('\r\n').slice(1);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'omegraph-follow-'));
  faults = [];
  await write({ 'Project:1': 'one', 'Project:2': 'two' });
  const record = await openRecord(folder);
  store = await openStore(record);
  followed = followRecord(record, store, { everyMs: 0, onFault: (error) => faults.push((error as Error).message) });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a record that is followed', () => {
  it('changes nothing while there is no other export', async () => {
    const before = store.version();
    await followed.refresh();
    expect(store.version()).toBe(before);
    expect(faults).toEqual([]);
  });

  it('takes over what an export replaced, added and removed', async () => {
    await followed.refresh();
    const before = store.version();
    await write({ 'Project:1': 'one, corrected', 'Project:3': 'three' }, ['Project:2']);
    await followed.refresh();
    expect(await labels()).toEqual(['"one, corrected"', 'three']);
    expect(followed.manifest.containers.map((c) => c.container)).toEqual(['Project:1', 'Project:3']);
    expect(store.version()).not.toBe(before);
    expect(await store.size()).toBe(
      followed.manifest.containers.reduce((n, c) => n + c.quads, followed.manifest.description?.quads ?? 0),
    );
  });

  it('looks at the folder once in a while only', async () => {
    const rarely = followRecord(await openRecord(folder), store, { everyMs: 3_600_000 });
    await rarely.refresh();
    await write({ 'Project:1': 'later' });
    await rarely.refresh();
    expect(await labels()).toEqual(['one', 'two']);
  });

  it('keeps what it has, and says why once, when the new manifest is broken or of another base', async () => {
    const manifest = join(folder, 'manifest.json');
    const text = readFileSync(manifest, 'utf8');
    for (const [broken, why] of [
      ['{', 'the manifest is not JSON'],
      [text.replace(`"${iris.base}"`, '"https://other.example.org"'), 'a record of another base'],
    ] as const) {
      writeFileSync(manifest, broken);
      await followed.refresh();
      await followed.refresh();
      expect(faults.splice(0)).toEqual([expect.stringContaining(why)]);
    }
    expect(await labels()).toEqual(['one', 'two']);
    expect(followed.manifest.base).toBe(iris.base);
    await write({ 'Project:1': 'well again' }).catch(() => undefined);
    writeFileSync(manifest, text);
    await followed.refresh();
    expect(await labels()).toEqual(['one', 'two']);
  });
});

import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditedObject, AuditResult } from '../../../src/audit/model.js';
import { readRows } from '../../../src/audit/stored/readRows.js';
import { compareObjects, refOf } from '../../../src/audit/stored/refs.js';
import { rowFileName, rowWriter } from '../../../src/audit/stored/rowBytes.js';
import { objectLines, resultLines, type RowLines } from '../../../src/audit/stored/rowLines.js';

const BASE = 'https://omero.example.org';
const text = fc.string({ unit: 'grapheme' });
const node = fc.oneof(
  fc.tuple(fc.constantFrom('Image', 'Dataset', 'Channel'), fc.nat(5)).map(([t, n]) => `${BASE}/${t}/${n}`),
  fc.constantFrom('https://elsewhere.org/Image/3', 'urn:x:y', '_:b0', `${BASE}/Pixels/9/planes`, `${BASE}/Image/a:b`),
);
const object = fc.record({ node, label: text }).map(({ node: n, label }) => ({ node: n, ref: refOf(n), label }));
const result: fc.Arbitrary<AuditResult> = fc
  .record({
    focus: object,
    image: fc.option(object, { nil: undefined }),
    partOf: fc.array(object, { maxLength: 2 }),
    shape: fc.nat(3),
    severity: fc.constantFrom('violation' as const, 'warning' as const, 'info' as const),
    message: text,
    value: fc.option(text, { nil: undefined }),
    component: fc.constantFrom('http://www.w3.org/ns/shacl#MinCountConstraintComponent', 'x'),
    waived: fc.boolean(),
  })
  .map((r) => ({ container: 'Project:1', ...r }));
const audited: fc.Arbitrary<AuditedObject> = fc
  .tuple(object, fc.array(text), fc.option(text, { nil: undefined }), fc.string())
  .map(([o, partOf, group, statuses]) => ({ container: 'Project:1', ...o, type: 'Image', partOf, group, statuses }));

function written<Row>(lines: RowLines<Row>, rows: readonly Row[]): Buffer {
  const chunks: Uint8Array[] = [];
  const writer = rowWriter(lines, (bytes) => chunks.push(bytes));
  for (const row of rows) writer.add(row);
  writer.end();
  return Buffer.concat(chunks);
}
const resultBytes = (rows: readonly AuditResult[]): Buffer => written(resultLines('Project:1', BASE), rows);
async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

describe('rows of an audit', () => {
  it('come back as they were written, whatever is in them', async () => {
    const grouped = fc.array(fc.tuple(result, fc.array(result, { maxLength: 3 }))).map((groups) =>
      // results of an object follow one another and agree on what the object is
      groups.flatMap(([first, more]) => [
        first,
        ...more.map((r) => ({ ...r, focus: first.focus, image: first.image, partOf: first.partOf })),
      ]),
    );
    // an image of the same IRI as the focus is the focus itself
    const tidy = grouped.map((rows) => {
      let last: AuditResult | undefined;
      return rows.map((r) => {
        const same = last !== undefined && last.focus.node === r.focus.node ? last : r;
        const image = same.image?.node === same.focus.node ? same.focus : same.image;
        last = { ...r, focus: same.focus, image, partOf: same.partOf };
        return last;
      });
    });
    await fc.assert(
      fc.asyncProperty(tidy, async (rows) => {
        expect(await all(readRows('results', resultBytes(rows), 'Project:1'))).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('of objects come back as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(audited), async (rows) => {
        const bytes = written(objectLines('Project:1', BASE), rows);
        expect(await all(readRows('objects', bytes, 'Project:1'))).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('are small: what many rows share is written once', () => {
    const one = fc.sample(result, { numRuns: 1, seed: 1 })[0] as AuditResult;
    const rows = Array.from({ length: 1000 }, (_, i) => {
      const focus = { node: `${BASE}/Image/${i}`, ref: `Image:${i}`, label: `image ${i}` };
      return { ...one, message: 'The organism is missing. '.repeat(10), focus, image: focus, value: undefined };
    });
    expect(gunzipSync(resultBytes(rows)).length).toBeLessThan(40_000);
  });

  it.each([
    ['cut off in the middle', (b: Buffer) => b.subarray(0, b.length - 12), 'cannot be read'],
    ['without their end', (b: Buffer) => edited(b, (t) => t.replace(/\{"end".*\n/, '')), 'it was cut off'],
    ['with a line too few', (b: Buffer) => edited(b, (t) => t.replace(/^\[.*\n/m, '')), 'it was cut off'],
    ['that are no JSON', (b: Buffer) => edited(b, (t) => t.replace(/^\[/m, '[[[')), 'a line is not one of rows'],
    ['of a later version', (b: Buffer) => edited(b, (t) => t.replace('"version":1', '"version":2')), 'of this version'],
    ['that name what is not there', (b: Buffer) => edited(b, (t) => t.replace(/^\{"d".*\n/gm, '')), 'not there'],
    ['that are not compressed', () => Buffer.from('hello'), 'cannot be read'],
  ])('%s are refused in words', async (_, spoil, words) => {
    const bytes = spoil(resultBytes(fc.sample(result, { numRuns: 3, seed: 1 })));
    await expect(all(readRows('results', bytes, 'Project:1'))).rejects.toThrow(words);
  });

  it('of another container or kind are refused', async () => {
    await expect(all(readRows('results', resultBytes([]), 'Project:2'))).rejects.toThrow('another container');
    await expect(all(readRows('objects', resultBytes([]), 'Project:1'))).rejects.toThrow('not a file of rows');
  });

  it('have a file name that is safe and never the same for two containers', () => {
    expect(rowFileName('results', 'Project:52')).toMatch(/^results\/Project-52\.[0-9a-f]{8}\.ndjson\.gz$/);
    expect(rowFileName('results', '../../etc/passwd')).toMatch(/^results\/[A-Za-z0-9-]+\.[0-9a-f]{8}\.ndjson\.gz$/);
    expect(rowFileName('objects', 'a b')).not.toBe(rowFileName('objects', 'a/b'));
  });
});

describe('the order of rows', () => {
  it('is by type, then by number', () => {
    const refs = ['Image:10', 'Image:9', 'Dataset:100', 'Pixels:9/planes', 'Pixels:9', 'Image:a', 'urn:x', 'Image:9b'];
    const objects = refs.map((ref) => ({ ref, node: ref }));
    expect(objects.sort(compareObjects).map((o) => o.ref)).toEqual([
      'Dataset:100',
      'Image:9',
      'Image:9b',
      'Image:10',
      'Image:a',
      'Pixels:9',
      'Pixels:9/planes',
      'urn:x',
    ]);
  });

  it('is total: two objects are equal only when they are one', () => {
    fc.assert(
      fc.property(object, object, object, (a, b, c) => {
        expect(Math.sign(compareObjects(a, b))).toBe(-Math.sign(compareObjects(b, a)) + 0);
        expect(compareObjects(a, b) === 0).toBe(a.node === b.node);
        if (compareObjects(a, b) <= 0 && compareObjects(b, c) <= 0) expect(compareObjects(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

function edited(bytes: Buffer, edit: (text: string) => string): Buffer {
  return gzipSync(edit(gunzipSync(bytes).toString()));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/extract/json.js';
import { rowsOf } from '../../../src/extract/web/listPart.js';
import { pages } from '../../../src/extract/web/paging.js';
import { type Query, WebFailure } from '../../../src/extract/web/webSession.js';

const failure = (status: number): WebFailure => new WebFailure({ status, path: 'list/', wrong: 'broken' });

/** A list of a server with a cap, rows that it fails at, and a change before some request. */
function listOf(
  ids: readonly number[],
  {
    cap = 500,
    broken = new Set<number>(),
    total = (rows: readonly number[]) => new Set(rows).size,
    before = (_request: number, rows: readonly number[]) => rows,
  } = {},
) {
  let rows = ids;
  const asked: string[] = [];
  const get = (path: string, query: Query = []): Promise<Json> => {
    const { limit, offset } = Object.fromEntries(query) as { limit: number; offset: number };
    asked.push(`${offset}+${limit}`);
    rows = before(asked.length, rows);
    const used = Math.min(limit, cap);
    const page = rows.slice(offset, offset + used);
    if (page.some((id) => broken.has(id))) return Promise.reject(failure(500));
    return Promise.resolve({
      path,
      data: page.map((id) => ({ '@id': id })),
      meta: { offset, limit: used, maxLimit: cap, totalCount: total(rows) },
    });
  };
  return { get, asked };
}

async function read(list: { get: ReturnType<typeof listOf>['get'] }, options: Parameters<typeof pages>[3] = {}) {
  const ids: number[] = [];
  const failed: string[] = [];
  const reading = pages(list, 'list/', [], options);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { ids, failed, end: next.value };
    if ('failed' in next.value) failed.push(`${next.value.failed.offset}+${next.value.failed.count}`);
    else ids.push(...next.value.rows.map((row) => row['@id'] as number));
  }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('a list that is read page by page', () => {
  it('goes on from the limit that the server used, not from the one asked for', async () => {
    const list = listOf(upTo(450), { cap: 200 });
    const { ids, end } = await read(list);
    expect(ids).toEqual(upTo(450));
    expect(list.asked).toEqual(['0+500', '200+200', '400+200']);
    expect(end).toMatchObject({ total: 450, failed: 0, moved: false });
  });

  it('takes one request when all fits, also when it is empty or exactly full', async () => {
    for (const length of [0, 3, 500]) {
      const list = listOf(upTo(length));
      expect((await read(list)).ids).toEqual(upTo(length));
      expect(list.asked).toEqual(['0+500']);
    }
  });

  it('gives an object once that a second link repeats, and reads on behind the count that takes it once', async () => {
    const twice = upTo(6).flatMap((id) => [id, id]);
    const list = listOf(twice, { cap: 2 });
    expect((await read(list)).ids).toEqual(upTo(6));
  });

  it('is read again when its count moved, and gives what slipped through', async () => {
    // The first row goes while the second page is asked for: all move up by one, and 3 is not in any page.
    const list = listOf(upTo(6), { cap: 2, before: (request, rows) => (request === 2 ? rows.slice(1) : rows) });
    const { ids, end } = await read(list);
    expect([...ids].sort()).toEqual(upTo(6));
    expect(end).toMatchObject({ total: 5, moved: false });
  });

  it('is read three times at most when it moves for ever', async () => {
    const list = listOf(upTo(4), { cap: 2, before: (request, rows) => [...rows, 100 + request] });
    const { end } = await read(list);
    expect(end.moved).toBe(true);
    expect(list.asked.filter((range) => range.startsWith('0+'))).toHaveLength(3);
  });

  it('tells how many rows are missing when the server counts more than it gives', async () => {
    const { ids, end } = await read(listOf(upTo(5), { total: () => 7 }));
    expect(ids).toEqual(upTo(5));
    expect(end).toMatchObject({ total: 7, failed: 0 });
    expect(end.ids.size).toBe(5);
  });

  it('is halved where the server fails, until the row is known', async () => {
    const list = listOf(upTo(40), { cap: 16, broken: new Set([21]) });
    const { ids, failed } = await read(list);
    expect(failed).toEqual(['20+1']);
    expect(ids).toEqual(expect.arrayContaining(upTo(40).filter((id) => id !== 21)));
    expect(list.asked.length).toBeLessThan(15);
  });

  it('is given up when nothing comes of it, so that a broken server is not asked row by row', async () => {
    const list = listOf(upTo(500), { broken: new Set(upTo(500)) });
    const { ids, failed } = await read(list);
    expect(ids).toEqual([]);
    expect(list.asked.length).toBeLessThan(60);
    const covered = failed.map((range) => range.split('+').map(Number)).reduce((sum, [, count = 0]) => sum + count, 0);
    expect(covered).toBe(500);
  });

  it('stops at once where less would not help', async () => {
    const get = (): Promise<Json> => Promise.reject(failure(404));
    await expect(read({ get })).rejects.toThrow(WebFailure);
    const halving = listOf(upTo(3), { broken: new Set([2]) });
    await expect(read(halving, { halve: false })).rejects.toThrow(WebFailure);
    expect(halving.asked).toHaveLength(1);
  });

  it('fails at an answer that is no list', async () => {
    const { failed, end } = await read({ get: () => Promise.resolve({ data: 'none' }) });
    expect(failed.length).toBeGreaterThan(0);
    expect(end.total).toBeUndefined();
  });

  it('gives every row once that can be had, whatever the cap and the broken rows (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 60 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 6 }),
        async (length, cap, limit, bad) => {
          const broken = new Set(bad.filter((id) => id <= length));
          const { ids, failed, end } = await read(listOf(upTo(length), { cap, broken }), { limit });
          expect([...ids].sort((a, b) => a - b)).toEqual(upTo(length).filter((id) => !broken.has(id)));
          expect(failed.map((range) => Number.parseInt(range, 10) + 1).sort((a, b) => a - b)).toEqual(
            [...broken].sort((a, b) => a - b),
          );
          expect(end.failed).toBe(broken.size);
        },
      ),
      { numRuns: 200, examples: [[2, 1, 1, [1]]] },
    );
  });

  it('gives a range of it again, in halves where it still fails', async () => {
    const found: unknown[] = [];
    for await (const part of rowsOf(listOf(upTo(30), { cap: 5, broken: new Set([14]) }), 'list/', [], 10, 10))
      found.push('failed' in part ? part.failed.offset : part.rows.map((row) => row['@id']));
    expect(found.flat().sort()).toEqual([11, 12, 13, 13, 15, 16, 17, 18, 19, 20].sort());
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOfPairs } from '../../../src/graph/columns/columns.js';

/** Ids close together, far apart, and up to the greatest there can be. */
const ids = fc.oneof(fc.nat(20), fc.nat(5_000), fc.nat(5_000_000), fc.integer({ min: 2 ** 32 - 40, max: 2 ** 32 - 2 }));
const pairs = fc.array(fc.tuple(ids, ids), { maxLength: 300 });

const columnOf = (some: readonly (readonly [number, number])[]) =>
  columnOfPairs(
    7,
    Uint32Array.from(some, ([subject]) => subject),
    Uint32Array.from(some, ([, object]) => object),
  );
const byBoth = ([a, x]: readonly [number, number], [b, y]: readonly [number, number]): number => a - b || x - y;
const distinct = (some: readonly (readonly [number, number])[]) =>
  [...new Map(some.map((pair) => [pair.join(), pair])).values()].sort(byBoth);

describe('a column of pairs', () => {
  it('is sorted by subject, then object, each pair once, and so is its inverse', () => {
    fc.assert(
      fc.property(pairs, (some) => {
        const column = columnOf(some);
        const expected = distinct(some);
        expect([...column.subjects].map((subject, at) => [subject, column.objects[at]])).toEqual(expected);
        const { inverse } = column;
        expect([...inverse.subjects].map((subject, at) => [subject, inverse.objects[at]])).toEqual(
          expected.map(([subject, object]) => [object, subject] as const).sort(byBoth),
        );
      }),
    );
  });

  it('finds the first triple of every subject, and none of others', () => {
    fc.assert(
      fc.property(pairs, fc.array(ids), (some, others) => {
        const column = columnOf(some);
        const expected = distinct(some);
        for (const subject of [...others, ...expected.map(([id]) => id)]) {
          expect(column.first(subject)).toBe(expected.findIndex(([id]) => id === subject));
        }
        expect(column.first(-1)).toBe(-1);
      }),
    );
  });

  it('leaves the arrays that it is made of as they were', () => {
    const subjects = Uint32Array.of(2, 1, 2, 1);
    const objects = Uint32Array.of(4, 3, 4, 2);
    columnOfPairs(7, subjects, objects);
    expect([...subjects, ...objects]).toEqual([2, 1, 2, 1, 4, 3, 4, 2]);
  });

  it('sorts the many objects of one subject', () => {
    const some = Array.from({ length: 5_000 }, (_, i) => [3, (i * 7919) % 5_003] as const);
    expect([...columnOf(some).objects]).toEqual(distinct(some).map(([, object]) => object));
  });
});

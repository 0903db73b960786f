import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { links, refCodes } from '../../src/extract/linkIndex.js';

describe('codes of refs', () => {
  it('give every ref back, whatever it looks like', () => {
    const ref = fc.oneof(
      fc.string(),
      fc.tuple(fc.string({ maxLength: 4 }), fc.nat()).map(([prefix, n]) => `ROI:${prefix}.${n}`),
      fc.constantFrom(
        'ROI:a.007',
        'ROI:a.7',
        'ROI:a.0',
        'ROI:a.00',
        'ROI:a.99999999999',
        'ROI:a.137438953472',
        'ROI:a.1\n2',
        '12',
        '',
      ),
    );
    fc.assert(
      fc.property(fc.array(ref, { maxLength: 60 }), (refs) => {
        const codes = refCodes();
        const numbers = refs.map((r) => codes.code(r));
        expect(numbers.map((n) => codes.ref(n))).toEqual(refs);
        expect(new Set(numbers).size).toBe(new Set(refs).size);
        expect(refs.map((r) => codes.known(r))).toEqual(numbers);
      }),
    );
  });

  it('do not know what was never coded', () => {
    const codes = refCodes();
    codes.code('ROI:a.1');
    expect(codes.known('Image:a.1')).toBeUndefined();
  });
});

describe('links', () => {
  it('keep every value of every key in its order, as a map of arrays would', () => {
    const key = fc.oneof(
      fc.nat({ max: 40 }),
      fc.nat({ max: 2 ** 31 - 1 }).map((n) => n * 2 ** 21),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat(), fc.nat({ max: 1000 })), { maxLength: 400 }), (rows) => {
        const compact = links();
        const plain = new Map<number, [number, number][]>();
        for (const [k, value, extra] of rows) {
          compact.add(k, value, extra);
          plain.set(k, [...(plain.get(k) ?? []), [value, extra]]);
        }
        for (const [k, expected] of plain) {
          const found: [number, number][] = [];
          compact.each(k, (value, extra) => found.push([value, extra]));
          expect(found).toEqual(expected);
        }
        expect(compact.unused()).toEqual([...plain.keys()]);
        expect(compact.size).toBe(rows.length);
      }),
    );
  });

  it('tell which keys were never used', () => {
    const compact = links();
    for (let i = 0; i < 1000; i += 1) compact.add(i, i);
    for (let i = 0; i < 999; i += 1) compact.use(i);
    expect(compact.unused()).toEqual([999]);
    expect(compact.has(999)).toBe(true);
    expect(compact.has(1000)).toBe(false);
  });

  it('cost at most 90 bytes each', () => {
    const count = 300_000;
    const before = process.memoryUsage().arrayBuffers;
    const codes = refCodes();
    const compact = links();
    for (let i = 0; i < count; i += 1)
      compact.add(codes.code(`ROI:abcdefghijkl.${i}`), codes.code(`Image:abcdefghijkl.${i >> 3}`));
    globalThis.gc?.();
    expect(compact.size).toBe(count);
    // The tables that were outgrown may not be collected yet: together they are smaller than the last.
    expect((process.memoryUsage().arrayBuffers - before) / count).toBeLessThan(2 * 90);
  });
});

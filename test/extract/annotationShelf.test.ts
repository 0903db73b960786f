import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { annotationShelf } from '../../src/extract/annotationShelf.js';
import { refCodes } from '../../src/extract/linkIndex.js';
import type { Annotation } from '../../src/ome/model.js';

const annotation = (n: number, length: number): Annotation => ({
  type: 'MapAnnotation',
  ref: `MapAnnotation:${n}`,
  namespace: 'µ\ud83d\ude00',
  value: [
    ['key', `${n} ${'x'.repeat(length)}`],
    ['', '\ud800'],
  ],
});
const spills = (): string[] => readdirSync(tmpdir());

// A folder of its own: other tests make temporary files at the same time.
let own: string;
beforeAll(() => {
  own = mkdtempSync(join(tmpdir(), 'omegraph-shelf-'));
  vi.stubEnv('TMPDIR', own);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(own, { recursive: true });
});

describe('the shelf of annotations', () => {
  it('gives every annotation back, near or far, as often as it is asked', () => {
    const shelf = annotationShelf(refCodes());
    try {
      const all = Array.from({ length: 600 }, (_, n) => annotation(n, 50_000));
      for (const a of all) shelf.put(`Annotation:${a.ref}`, a);
      expect(spills().length).toBe(1);
      for (let pass = 0; pass < 2; pass += 1) {
        for (const a of all.filter((_, n) => n % 7 !== 0)) expect(shelf.take(`Annotation:${a.ref}`)).toEqual(a);
      }
      expect([...shelf.untaken()]).toEqual(all.filter((_, n) => n % 7 === 0));
      expect(shelf.take('Annotation:unknown')).toBeUndefined();
    } finally {
      shelf.close();
    }
    expect(spills()).toEqual([]);
  });

  it('makes no file for a few', () => {
    const shelf = annotationShelf(refCodes());
    shelf.put('Annotation:1', annotation(1, 10));
    expect(shelf.take('Annotation:1')).toEqual(annotation(1, 10));
    expect(spills()).toEqual([]);
    shelf.close();
  });
});

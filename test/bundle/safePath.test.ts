import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensionOf, isAllowedPath, safePath } from '../../src/bundle/safePath.js';

/** Paths as they occur: names with blanks, brackets, accents, marks of all kinds. */
const paths = fc
  .array(
    fc.string({
      unit: fc.constantFrom('a', 'B', '1', ' ', '.', '_', '-', 'µ', 'é', '[', '#', ':', '(', '/'),
      minLength: 1,
      maxLength: 12,
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => `${parts.join('/')}.ome.tiff`);

describe('the path of a file at BioStudies', () => {
  it.each(['images/fov_001.ome.tiff', "a b/c!-_*'().x", 'a'])('stays as it is when it is allowed: %s', (path) => {
    expect(safePath(path)).toBe(path);
  });

  it.each([
    ['images/[Well A1, Field 1].ome.tiff', /^images\/_Well_A1_Field_1_-[0-9a-f]{16}\.ome\.tiff$/],
    ['ctrl.czi #1', /^ctrl\.czi_1-[0-9a-f]{16}$/],
    ['50 µm.tif', /^50_um-[0-9a-f]{16}\.tif$/],
    ['Zellkörper.zarr', /^Zellkorper-[0-9a-f]{16}\.zarr$/],
    ['./a.tif', /^a-[0-9a-f]{16}\.tif$|^_\/a-[0-9a-f]{16}\.tif$/],
    ['a/../../etc/passwd', /^a\/_\/_\/etc\/passwd-[0-9a-f]{16}$/],
    ['a  b.tif', /^a_b-[0-9a-f]{16}\.tif$/],
    ['/abs/a.tif', /^abs\/a-[0-9a-f]{16}\.tif$/],
    ['日本語', /^_-[0-9a-f]{16}$/],
  ])('is made of allowed characters and keeps its extension: %s', (path, expected) => {
    expect(safePath(path)).toMatch(expected);
  });

  it.each([
    'a&b',
    'a$',
    'a@b',
    'a=b',
    'a;b',
    'a:b',
    'a+b',
    'a,b',
    'a?',
    'a\\b',
    'a{',
    'a^',
    'a%',
    'a`',
    'a]',
    'a"',
    'a>',
    'a<',
    'a~',
    'a#',
    'a|',
    'é',
    './a',
    'b/../a',
    'a/',
    'a//b',
    'a  b',
    ' a',
  ])('is refused with characters that BioStudies does not take: %s', (path) => {
    expect(isAllowedPath(path)).toBe(false);
    expect(isAllowedPath(safePath(path))).toBe(true);
  });

  it('is allowed, deterministic and different for different files', () => {
    fc.assert(
      fc.property(fc.uniqueArray(paths, { maxLength: 30 }), (all) => {
        const safe = all.map(safePath);
        expect(safe.every(isAllowedPath)).toBe(true);
        expect(new Set(safe).size).toBe(all.length);
        expect(all.map(safePath)).toEqual(safe);
        expect(safe.map(extensionOf)).toEqual(all.map(extensionOf));
      }),
    );
  });

  it('is not taken by a file that is named like a renamed one', () => {
    const renamed = safePath('a#.tif');
    expect(isAllowedPath(renamed)).toBe(true);
    expect(safePath(renamed)).not.toBe(renamed);
  });

  it('has names that file systems take', () => {
    const name = safePath(`${'x'.repeat(400)}/${'y'.repeat(300)}.tif`);
    expect(Math.max(...name.split('/').map((part) => part.length))).toBeLessThanOrEqual(200);
  });
});

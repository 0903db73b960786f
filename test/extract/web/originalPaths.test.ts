import { describe, expect, it } from 'vitest';
import { withoutCommonFolder } from '../../../src/extract/web/originalPaths.js';

describe('paths of original files', () => {
  it('begin below the folder that all of them share, which names a person and a time', () => {
    expect(withoutCommonFolder(['ada_2/2023-11/14/22-13-20.000/cell.czi'])).toEqual(['cell.czi']);
    expect(
      withoutCommonFolder(['ada_2/2023-11/14/22-13-20.000/p/w1/f1.tif', 'ada_2/2023-11/14/22-13-20.000/p/w2/f1.tif']),
    ).toEqual(['w1/f1.tif', 'w2/f1.tif']);
    expect(withoutCommonFolder(['/a/b/x.tif', '/a/b/y/z.tif'])).toEqual(['x.tif', 'y/z.tif']);
  });

  it('are kept once, and may be none', () => {
    expect(withoutCommonFolder(['a/x', 'a/x'])).toEqual(['x']);
    expect(withoutCommonFolder([])).toEqual([]);
  });
});

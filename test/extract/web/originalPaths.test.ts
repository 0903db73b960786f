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

  it('of several imports lose the folder of each, and of folders that nobody knows only names stay', () => {
    const [one, two] = ['ada_2/2023-11/14/22-13-20.000', '/grace_3//2023-11/14/22-13-21.5'];
    expect(withoutCommonFolder([`${one}/p/a.czi`, `${two}/q/b.czi`])).toEqual(['p/a.czi', 'q/b.czi']);
    expect(withoutCommonFolder([`${one}/p/a.czi`, 'home/ada/b.czi'])).toEqual(['a.czi', 'b.czi']);
    expect(withoutCommonFolder(['home/ada/a.czi', 'mnt/grace/b.czi'])).toEqual(['a.czi', 'b.czi']);
  });
});

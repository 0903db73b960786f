import { describe, expect, it } from 'vitest';
import { readImaging } from '../../src/map/imagingGrammar.js';
import { openTermIndex } from '../../src/terms/termIndex.js';

const terms = await openTermIndex(['ontologies/terms.idx']);
const read = (text: string) => readImaging(text, (a, b) => terms.isA(a, b));

describe('words for imaging methods', () => {
  it.each([
    ['3D confocal laser scanning microscopy', '00000251'],
    ['inverted spinning-disc confocal microscope', '00000253'],
    ['Two-Photon laser scanning confocal microscopy', '00000254'],
    ['multi view light-sheet fluorescence microscopy (diSPIM)', '00000369'],
    ['lattice lightsheet', '00000369'],
    ['live-cell TIRFM', '00000617'],
    ['Nomarski DIC microscope', '00000245'],
    ['scanning transmission electron microscopy', '00000380'],
    ['serial block-face scanning electron microscopy', '00000585'],
    ['FIBSEM', '00050000'],
    ['cryo-EM', '00000256'],
    ['gSTED super-resolution', '00000334'],
    ['dSTORM', '00000336'],
    ['time-lapse confocal imaging of embryos', '00000251'],
    ['4D time-lapse fluorescence microscopy', '00000246'],
    ['wide-field epi-fluorescence microscopy', '00000246'],
    ['X-ray micro-computed tomography', '00001002'],
  ])('"%s" is FBbi:%s', (text, id) => {
    expect(read(text).term).toBe(`FBbi:${id}`);
  });

  it.each([
    ['and Zyla4.2 sCMOS camera (Andor)'],
    ['photoacoustic microscopy'],
    ['FRAPとは異なります'],
    ['not confocal'],
    ['confocal, light sheet and electron microscopy'],
    ['DIC and fluorescence microscopy'],
    ['correlative light and electron microscopy'],
    ['stem cell imaging'],
    ['sim card'],
    ['spatial transcriptomics'],
    ['microscopy'],
  ])('"%s" is no one method', (text) => {
    expect(read(text).term).toBeUndefined();
  });

  it('are less sure in a text that says other things too', () => {
    expect(read('confocal laser scanning').whole).toBe(true);
    expect(read('confocal scan of root tips').whole).toBe(false);
  });
});

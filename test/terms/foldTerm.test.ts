import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTerm } from '../../src/terms/foldTerm.js';

describe('folding of names of terms', () => {
  it.each([
    ['Spinning-Disk Confocal Microscopy', 'spinning disk confocal microscopy'],
    ['β-cell', 'beta cell'],
    ['MDA‑MB‑231', 'mda mb 231'],
    ['naïve T cell', 'naive t cell'],
    ['T\u200b47D', 't47d'],
    ['  HeLa\t cell\n', 'hela cell'],
    ['Ｈｅｌａ', 'hela'],
    ['Parkinson’s disease', "parkinson's disease"],
    ['organism_part', 'organism part'],
  ])('makes %j equal to %j', (text, folded) => {
    expect(foldTerm(text)).toBe(folded);
  });

  it('keeps what tells one term from another', () => {
    for (const [a, b] of [
      ['MDA-MB-231', 'MDA-MB-232'],
      ['CD4+', 'CD4-'],
      ['CD4', 'CD4-'],
      ['T47D', 'T-47D'],
      ['nuclei', 'nucleus'],
    ] as const)
      expect(foldTerm(a)).not.toBe(foldTerm(b));
  });

  it('changes nothing that is folded', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        expect(foldTerm(foldTerm(text))).toBe(foldTerm(text));
      }),
      { numRuns: 2000 },
    );
  });
});

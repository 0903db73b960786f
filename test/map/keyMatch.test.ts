import { describe, expect, it } from 'vitest';
import { matchKey } from '../../src/map/keyMatch.js';
import { context } from './mapContext.js';

const found = (key: string): string => {
  const match = matchKey(key, context.mappings);
  if (match.kind === 'row') return `${match.row.field ?? 'none'} (${match.rule})`;
  return match.kind === 'companion' ? `companion of "${match.of}" (${match.holds})` : 'unknown';
};

describe('matchKey', () => {
  it.each([
    ['Organism', 'organism (exact)'],
    ['ORGANISM', 'organism (folded)'],
    ['Biological_Organism', 'organism (folded)'],
    ['organism:', 'organism (folded)'],
    ['SourceName', 'biosampleIdentity (folded)'],
    ['Biosample: Identity', 'biosampleIdentity (folded)'],
    ['REMBI Specimen - Preparation method', 'preparationMethod (module)'],
    ['Characteristics [Organism]', 'organism (wrapper)'],
    ['Characteristic[organismpart]', 'biologicalEntity (wrapper)'],
    ['Characterisics [Growth Condition]', 'preparationMethod (typo)'],
    ['Comment [Gene Symbol]', 'intrinsicVariable (wrapper)'],
    ['Experimental Condition [Cell Line]', 'biologicalEntity (wrapper)'],
    ['Parameter[Voltage]', 'imageAcquisitionParameters (wrapper)'],
    ['Channel 1 - content', 'channelContent (numbered)'],
    ['Channel 12 – biological entity', 'channelBiologicalEntity (numbered)'],
    ['channel2 content', 'channelContent (numbered)'],
    ['Organism 2', 'organism (numbered)'],
    ['Experimental Condition [Primary Antibody 2]', 'channelContent (wrapper)'],
    ['Spezies', 'organism (exact)'],
    ['pixelgröße', 'pixelSizeDescription (folded)'],
    ['Image Name', 'none (exact)'],
  ])('takes %s for %s', (key, expected) => {
    expect(found(key)).toBe(expected);
  });

  it.each([
    ['Organism Term Accession', 'companion of "organism" (accession)'],
    ['imaging method term accession number source REF', 'companion of "imagingmethod" (other)'],
    ['Biological_Material_Cell_Type_term_accession', 'companion of "biologicalmaterialcelltype" (accession)'],
    ['Phenotype 12 Term Name', 'companion of "phenotype12" (label)'],
    ['Term Source REF', 'companion of "" (other)'],
    ['Term Source 3 Accession', 'companion of "" (accession)'],
    ['TermAccessionNumber(EFO:0000635)', 'companion of "" (accession)'],
    ['Term_Accession', 'companion of "" (accession)'],
    ['NCBI taxon ID', 'companion of "organism" (accession)'],
    ['Organism accession', 'companion of "organism" (accession)'],
  ])('takes %s for a %s', (key, expected) => {
    expect(found(key)).toBe(expected);
  });

  it.each([
    'wibble',
    'Ki67',
    'Freezer accession',
    'p53',
    '',
    ' ',
    '12',
    '[Organism',
    'Note [Organism]',
    'Organism of doubt',
    'x'.repeat(5000),
  ])('does not guess at %j', (key) => {
    expect(found(key)).toBe('unknown');
  });

  it('does not take a number that is part of a name for numbering', () => {
    expect(found('Organism2x')).toBe('unknown');
  });
});

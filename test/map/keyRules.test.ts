import { describe, expect, it } from 'vitest';
import { matchKey, type RowMatch } from '../../src/map/keyMatch.js';
import { KEY_RULES, type KeyRule } from '../../src/map/keyRules.js';
import { keyWords, visibleKey, wordBag } from '../../src/map/keyWords.js';
import { unitNamed, unitOfKey } from '../../src/map/keyUnits.js';
import { context } from './mapContext.js';

const { mappings } = context;
const row = (key: string): RowMatch => {
  const match = matchKey(key, mappings);
  if (match.kind !== 'row') throw new Error(`${key} is ${match.kind}`);
  return match;
};
/** Field, kind and rules of a key. */
const found = (key: string): string => {
  const match = matchKey(key, mappings);
  if (match.kind !== 'row') return match.kind;
  return `${match.row.field ?? 'none'} ${match.valueKind ?? '-'} by ${match.rules.join('+')}`;
};

describe('a key in a wrapper', () => {
  it.each([
    ['Characteristics [Cell Line]', 'biologicalEntity cellLine by wrapper'],
    ['Characteristic[organismpart]', 'biologicalEntity organismPart by wrapper'],
    ['Comment [Gene Symbol]', 'intrinsicVariable gene by wrapper'],
    ['Comment[<Study Person ORCID>]', 'generalDatasetInformation person by wrapper'],
    ['Experimental_Condition(Treatment)', 'extrinsicVariable treatment by wrapper'],
    ['Factor Value[Age]', 'intrinsicVariable age by wrapper'],
    ['Characteristics: Strain', 'intrinsicVariable strain by wrapper'],
    ['Parameter Value [Exposure Time]', 'imageAcquisitionParameters quantity by wrapper'],
  ])('is what it is without: %s', (key, expected) => {
    expect(found(key)).toBe(expected);
  });

  it('that means a variable by definition is one, even when nobody knows what it is', () => {
    expect(found('Factor Value [wobble]')).toBe('experimentalVariable experimentalCondition by wrapper+factor');
  });

  it.each(['Characteristics [wobble]', 'Comment [wobble]', 'Experimental Condition [wobble]', 'Parameter [wobble]'])(
    'that says nothing by itself stays unknown: %s',
    (key) => {
      expect(found(key)).toBe('unknown');
    },
  );
});

describe('a key with a number', () => {
  it.each([
    ['Organism 2', 'organism organism by numbered'],
    ['Channel 3_2ary_Antibody_name', 'channelContent antibody by numbered'],
    ['Primary Antibody 2 Dilution', 'preparationMethod quantity by numbered'],
    ['Comment [Gene Symbol] 2', 'intrinsicVariable gene by numbered+wrapper'],
    ['Compound #2 Name', 'extrinsicVariable compound by numbered'],
  ])('is that key: %s', (key, expected) => {
    expect(found(key)).toBe(expected);
  });

  it.each(['Organism2x', 'p53', 'MDA-MB-231', '37'])('keeps a number that is part of a name: %s', (key) => {
    expect(found(key)).toBe('unknown');
  });
});

describe('a key with a unit', () => {
  it.each([
    ['Concentration (microMolar)', 'µM'],
    ['Concentration (nanoMolar)', 'nM'],
    ['Growth temperature (°C)', '°C'],
    ['Age [weeks]', 'wk'],
    ['Characteristics [Age (days)]', 'd'],
    ['Section thickness in microns', 'µm'],
    ['Exposure_time_ms', 'ms'],
    ['Exposure time', undefined],
  ])('hands the unit on to the value: %s', (key, unit) => {
    expect(row(key).unit).toBe(unit);
  });

  it.each(['Antibody(s)', 'Temperature (max)', 'Cell line (A)', 'Incubation min', 'Gene in mouse'])(
    'is not seen in a remark or plural: %s',
    (key) => {
      expect(unitOfKey(key)).toBeUndefined();
    },
  );

  it('tells mega from milli and molar from metre', () => {
    expect(['mM', 'M', 'm', 'mm', 'MM', 'µm', 'μM', 'uM'].map(unitNamed)).toEqual([
      'mM',
      'M',
      'm',
      'mm',
      undefined,
      'µm',
      'µM',
      'µM',
    ]);
  });
});

describe('a key in other words', () => {
  it.each([
    ['Cell Lines', 'biologicalEntity cellLine by words'],
    ['Growth Media', 'preparationMethod preparation by words'],
    ['Fluorescent Labels', 'channelContent stain by words'],
    ['Labeled structures', 'channelBiologicalEntity cellularComponent by words'],
    ['Method of fixation', 'preparationMethod fixation by order'],
    ['Staining technique', 'preparationMethod preparation by order'],
    ['Power of laser', 'imageAcquisitionParameters quantity by order'],
  ])('is the same key: %s', (key, expected) => {
    expect(found(key)).toBe(expected);
  });

  it('keeps words that turn the meaning', () => {
    expect(found('Not treated')).toBe('unknown');
    expect(found('Without antibody control')).not.toContain('antibody');
  });
});

describe('a key made of a thing and more', () => {
  it.each([
    ['Donor Sex', 'intrinsicVariable sex by composed'],
    ['Screen cell line', 'biologicalEntity cellLine by composed'],
    ['Cell Line Comment', 'biologicalEntity text by composed'],
    ['Strain supplier', 'intrinsicVariable text by composed'],
    ['Secondary Antibody catalog number', 'channelContent text by composed'],
    ['Permeabilization buffer', 'preparationMethod text by composed'],
    ['Embedding temperature', 'preparationMethod quantity by composed'],
    ['Objective serial number', 'instrumentAttributes text by composed'],
    ['Genotype Gene Symbol', 'intrinsicVariable gene by composed'],
    ['Antibody used', 'channelContent antibody by composed'],
  ])('is of the field of the thing: %s', (key, expected) => {
    expect(found(key)).toBe(expected);
  });

  it.each(['Cell number', 'Tissue radius', 'Organism of doubt', 'Nuclei count'])(
    'is not, when the rest may make it something else: %s',
    (key) => {
      expect(found(key)).toBe('unknown');
    },
  );
});

describe('a key of a family', () => {
  it.each([
    ['Study Person Second Surname', 'generalDatasetInformation person'],
    ['Investigation Person Phone', 'generalDatasetInformation person'],
    ['Processed Data Column Link To Assay File', 'analysisResultType text'],
    ['Study Protocol Components Name', 'preparationMethod text'],
    ['Cholesterol Treatment', 'extrinsicVariable treatment'],
    ['Intron-targeting sgRNA', 'extrinsicVariable nucleicAcidReagent'],
    ['Open Tree Taxonomy', 'organism identifier'],
    ['Temperature Sensitive Allele', 'intrinsicVariable genotype'],
  ])('is taken by its first or last words: %s', (key, expected) => {
    expect(found(key)).toBe(`${expected} by family`);
  });

  it('is taken by the longer words, and for a field rather than for none', () => {
    expect(found('Camera Exposure Time')).toMatch(/^imageAcquisitionParameters/);
    expect(found('Library File Name')).toMatch(/^studyComponentDescription/);
  });

  it.each(['CIS - Lymphocytes', 'OS*', 'Nuclear fascin', 'ROI X Size', 'Number of Spots', 'Note [Organism]'])(
    'is not made up for measured results and remarks: %s',
    (key) => {
      expect(found(key)).toBe('unknown');
    },
  );
});

describe('a typing error', () => {
  it.each([
    ['Characterisics [Growth Condition]', 'preparationMethod preparation by wrapper+typo'],
    ['Antigen_Retrival', 'preparationMethod preparation by folded+typo'],
    ['Phenoptye Annotation Level', 'analysisMethod analysis by folded+typo'],
    ['Developmetal Stage', 'intrinsicVariable developmentalStage by folded+typo'],
    ['organsimpart', 'biologicalEntity organismPart by typo'],
  ])('of one letter in a long word is mended: %s', (key, expected) => {
    expect(found(key)).toBe(expected);
  });

  it('is mended in companions', () => {
    expect(matchKey('Organism Term Acession', mappings)).toMatchObject({ kind: 'companion', of: 'organism' });
  });

  it.each(['Simulation', 'Dilation', 'Agee', 'Strainn', 'Genotyped', 'Microscop', 'Oxganism', 'Ztrain'])(
    'is not seen in short words, other words, first letters and endings: %s',
    (key) => {
      expect(found(key)).toBe('unknown');
    },
  );
});

describe('characters that nobody sees', () => {
  it('do not count', () => {
    expect(visibleKey('\u200bOrga\u200bnism\u202e\ufeff')).toBe('Organism');
    expect(found('\u200bCell\u200e line\u00a0')).toMatch(/^biologicalEntity/);
  });
  it('alone are no key', () => {
    expect(found('\u200b\u202e')).toBe('unknown');
  });
});

describe('words of a key', () => {
  it('are the same in snake case, camel case, plural and British spelling', () => {
    const forms = ['cell_lines', 'CellLines', 'Cell line', 'cell-line'].map((k) => keyWords(k).join(' '));
    expect(new Set(forms)).toEqual(new Set(['cell line']));
    expect(keyWords('Labelling Visualisation Colours')).toEqual(keyWords('labeling visualization color'));
    expect(keyWords('species series analysis status')).toEqual(['species', 'series', 'analysis', 'status']);
  });
  it('have no order in a bag, and wordings that mean the same are one', () => {
    expect(wordBag(keyWords('technique of staining'))).toBe(wordBag(keyWords('Staining method')));
  });
});

describe('the rules', () => {
  it('are each trusted and described, and lower the confidence of a row the more they change', () => {
    for (const rule of Object.keys(KEY_RULES) as KeyRule[]) {
      expect(KEY_RULES[rule].trust).toBeGreaterThan(0.8);
      expect(KEY_RULES[rule].trust).toBeLessThanOrEqual(1);
    }
    expect(row('Cell line').confidence).toBe(0.85);
    expect(row('Cell Lines').confidence).toBeLessThan(0.85);
    expect(row('Donor cell lines').confidence).toBeLessThan(row('Cell Lines').confidence);
  });

  it('take no text of a megabyte for a key, and do it at once', () => {
    expect(matchKey(`Organism ${'x'.repeat(1_000_000)}`, mappings).kind).toBe('unknown');
    expect(matchKey('('.repeat(200), mappings).kind).toBe('unknown');
  });
});

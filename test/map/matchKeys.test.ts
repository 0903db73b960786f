import { describe, expect, it } from 'vitest';
import { accessionsBeside } from '../../src/map/companions.js';
import { explainKeyValue } from '../../src/map/explain.js';
import type { KeyMatch } from '../../src/map/keyMatch.js';
import { mapRecord } from '../../src/map/mapRecord.js';
import { matchKeys, namespaceModule } from '../../src/map/matchKeys.js';
import type { KeyValue } from '../../src/ome/model.js';
import { annotatedRecord } from './handMadeRecords.js';
import { context } from './mapContext.js';

const said = (match: KeyMatch): string =>
  match.kind === 'row'
    ? `${match.row.field ?? 'none'} ${match.valueKind ?? '-'}${match.unit === undefined ? '' : ` ${match.unit}`}`
    : match.kind === 'companion'
      ? `${match.holds} of ${match.of === '' ? 'the pair before' : match.of}`
      : 'unknown';
const found = (pairs: readonly KeyValue[], namespace?: string): string[] =>
  matchKeys(pairs, namespace, context.mappings).map(said);
const ofKey = (key: string, namespace?: string): string | undefined => found([[key, 'x']], namespace)[0];

describe('the namespaces of IDR', () => {
  const MAPR = 'openmicroscopy.org/mapr/';
  it.each([
    ['organism', 'organism organism'],
    ['cell_line', 'biologicalEntity cellLine'],
    ['gene', 'intrinsicVariable gene'],
    ['orf', 'intrinsicVariable gene'],
    ['phenotype', 'analysisResultType phenotype'],
    ['antibody', 'channelContent antibody'],
    ['compound', 'extrinsicVariable compound'],
    ['sirna', 'extrinsicVariable nucleicAcidReagent'],
    ['protein', 'channelBiologicalEntity protein'],
    ['OMAP', 'channelContent identifier'],
  ])('%s types a key that nobody knows, before any text', (type, expected) => {
    expect(ofKey('wobble', MAPR + type)).toBe(expected);
    expect(ofKey('wobble', `http://${MAPR}${type}/`)).toBe(expected);
    expect(ofKey('wobble')).toBe('unknown');
  });

  it('overrule a text that says something else', () => {
    expect(ofKey('Strain', `${MAPR}organism`)).toBe('organism organism');
  });

  it('leave companions and links beside their pair', () => {
    expect(found([['Phenotype Term Accession', 'CMPO_0000077']], `${MAPR}phenotype`)).toEqual([
      'accession of phenotype',
    ]);
    expect(ofKey('OMAP Number URL', `${MAPR}OMAP`)).toBe('other of the pair before');
  });

  it('lets supplementary pairs speak for themselves, and takes unknown ones for facts of the same field', () => {
    expect(ofKey('Sex', `${MAPR}cell_line/supplementary`)).toBe('intrinsicVariable sex');
    expect(ofKey('Regulatory Hub', `${MAPR}gene/supplementary`)).toBe('intrinsicVariable text');
  });

  it('do not make an empty key or a text of a megabyte a field', () => {
    expect(ofKey('  ', `${MAPR}gene`)).toBe('unknown');
    expect(ofKey('x'.repeat(1_000_000), `${MAPR}gene`)).toBe('unknown');
  });
});

describe('a namespace of a module', () => {
  it.each([
    ['REMBI_Biosample', 'Biosample'],
    ['REMBI_Biosample_v1.2.0', 'Biosample'],
    ['https://example.org/rembi/Image_acquisition/1.0', 'Image acquisition'],
    ['REMBI:Study_Component', 'Study component'],
    ['ARC:ISA:INVESTIGATION:INVESTIGATION', 'Study'],
    ['ARC:ISA:STUDY:STUDY CONTACTS', 'Study'],
    ['ARC:ISA:STUDY:STUDY PROTOCOLS', 'Specimen'],
    ['ARC:ISA:STUDY:STUDY FACTORS', 'Biosample'],
    ['ARC:ISA:ASSAY:ASSAY PERFORMERS', 'Study'],
    ['ARC:ISA:ASSAY:ASSAY', 'Study component'],
    ['openmicroscopy.org/omero/client/mapAnnotation', undefined],
    ['jax.org/jax/example/namespace', undefined],
    ['x'.repeat(100_000), undefined],
  ])('%s is %s', (namespace, module) => {
    expect(namespaceModule(namespace)).toBe(module);
  });

  it('decides what a common word means', () => {
    expect(ofKey('Name', 'REMBI_Biosample')).toBe('biosampleIdentity identifier');
    expect(ofKey('Type', 'REMBI_Study')).toBe('studyType studyType');
    expect(ofKey('Description', 'REMBI_Study_Component')).toBe('studyComponentDescription text');
    expect(ofKey('Description')).toBe('unknown');
    expect(ofKey('Title', 'ARC:ISA:ASSAY:ASSAY')).toBe('studyComponentDescription text');
    expect(ofKey('Method', 'REMBI_Image_Acquisition')).toBe('imagingMethod imagingMethod');
  });

  it('does not change what a key means by itself', () => {
    expect(ofKey('Organism', 'REMBI_Specimen')).toBe('organism organism');
  });
});

describe('the sections of the HHU layout', () => {
  it('say what the keys below them mean, up to the next one', () => {
    const pairs: KeyValue[] = [
      ['Biosample:', ''],
      ['Name', 'liver 4'],
      ['Specimen (sample put under the microscope)', ' '],
      ['Method', 'cryosection'],
      ['Other things:', ''],
      ['Method', 'x'],
    ];
    expect(found(pairs)).toEqual([
      'none -',
      'biosampleIdentity identifier',
      'none -',
      'preparationMethod preparation',
      'unknown',
      'unknown',
    ]);
  });

  it('have heads that are no empty keys, while a field without a value is one', () => {
    const value: KeyValue[] = [
      ['Biosample:', ''],
      ['Organism:', ''],
    ];
    const record = annotatedRecord({ type: 'MapAnnotation', ref: 'MapAnnotation:7', value }, 'Image:1');
    expect(mapRecord(record, context).findings.map((f) => [f.code, f.focus])).toEqual([['key-empty', 'Organism:']]);
  });

  it('are no sections when they have a value', () => {
    expect(
      found([
        ['Biosample', 'liver'],
        ['Name', 'x'],
      ])[1],
    ).toBe('none -');
  });
});

describe('columns beside a value', () => {
  it('type a key that nobody knows by the property type in their header', () => {
    expect(
      found([
        ['wobble', 'Mus musculus'],
        ['TermSourceREF(OBI:0100026)', 'NCBITaxon'],
        ['TermAccessionNumber(OBI:0100026)', 'NCBITaxon_10090'],
      ]),
    ).toEqual(['organism organism', 'other of the pair before', 'accession of the pair before']);
  });

  it('make the kind of a known key narrower', () => {
    expect(
      found([
        ['Material Type', 'leaf'],
        ['TermAccessionNumber(EFO:0000635?)', 'PO:0025034'],
      ])[0],
    ).toBe('biologicalEntity organismPart');
  });

  it('give the unit of the pair before them, or of the one that they name', () => {
    expect(
      found([
        ['Parameter[Voltage]', '3'],
        ['Unit', 'kilovolts'],
      ])[0],
    ).toBe('imageAcquisitionParameters quantity kV');
    expect(
      found([
        ['Dose', '3'],
        ['Age', '4'],
        ['Dose unit', 'furlongs'],
      ]),
    ).toEqual(['extrinsicVariable dose furlongs', 'intrinsicVariable age', 'unit of dose']);
  });

  it.each<[string, KeyValue[]]>([
    ['IDR, named', [['Organism Term Accession', 'A']]],
    [
      'IDR, positional',
      [
        ['Term Source 1 REF', 'N'],
        ['Term Source 1 Accession', 'A'],
      ],
    ],
    [
      'HHU',
      [
        ['organism term accession number', 'A'],
        ['organism term accession number sourceREF', 'N'],
      ],
    ],
    ['NL-BioImaging', [['Organism_term_accession', 'A']]],
    ['UMass', [['Biological_Organism_Term_Accession', 'A']]],
    [
      'MPI',
      [
        ['Term_Source', 'N'],
        ['Term_Accession', 'A'],
      ],
    ],
    [
      'BioImage Archive',
      [
        ['Ontology Name', 'N'],
        ['Ontology Term ID', 'A'],
      ],
    ],
    [
      'ISA-Tab',
      [
        ['TermSourceREF(OBI:0100026)', 'N'],
        ['TermAccessionNumber(OBI:0100026)', 'A'],
      ],
    ],
    ['taxonomy', [['NCBI Taxonomy ID', 'A']]],
  ])('give the accession in the grammar of %s', (_grammar, columns) => {
    const pairs: KeyValue[] = [[_grammar === 'UMass' ? 'Biological_Organism' : 'Organism', 'x'], ...columns];
    const matches = matchKeys(pairs, undefined, context.mappings);
    expect(accessionsBeside(pairs, matches)?.get(0)).toBe('A');
    expect(matches.slice(1).every((m) => m.kind === 'companion')).toBe(true);
  });

  it('with web addresses belong to a key that is known, and are fields of a study by themselves', () => {
    expect(ofKey('Gene Identifier URL')).toBe('other of geneidentifier');
    expect(ofKey('Study License URL')).toMatch(/^generalDatasetInformation/);
    expect(ofKey('Study Protocol URI')).toMatch(/^preparationMethod/);
    expect(ofKey('Wobble URL')).toBe('unknown');
  });
});

describe('explain', () => {
  const text = (key: string, namespace?: string): string =>
    explainKeyValue(key, undefined, namespace, context.mappings).text;

  it('names the rules, the row, its confidence, the kind and the unit', () => {
    expect(text('Characteristics [Age (weeks)]')).toMatch(
      /Biosample \/ Intrinsic variable, rembi:intrinsicVariable, values of kind age in wk \(inside its wrapper, without its unit; row keys\/biosample\.sssom\.tsv:\d+ "Age", confidence 0\.85\)/,
    );
  });

  it('takes a namespace into account', () => {
    expect(text('wobble', 'openmicroscopy.org/mapr/gene')).toMatch(
      /by the namespace of its annotation; row keys\/types/,
    );
    expect(text('Condition', 'REMBI_Biosample')).toMatch(/in its section or namespace; row keys\/in-context/);
  });

  it('says so when a key has characters that nobody sees, and so does the mapping', () => {
    expect(text('Orga\u200bnism')).toMatch(/characters that nobody sees/);
    const value: KeyValue[] = [['Orga\u200bnism', 'human']];
    const record = annotatedRecord({ type: 'MapAnnotation', ref: 'MapAnnotation:7', value }, 'Image:1');
    const { findings, quads } = mapRecord(record, context);
    expect(findings.map((f) => [f.code, f.focus])).toEqual([['key-hidden-characters', 'Organism']]);
    expect(quads.some((q) => q.object.value === 'Orga\u200bnism')).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerValue, groundValue, type ValueQuestion } from '../../src/map/groundValue.js';
import { mappingSet } from '../../src/map/mappingSet.js';
import { readSssom } from '../../src/map/sssom.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import type { ValueKind } from '../../src/terms/valueKinds.js';
import { context as tables } from './mapContext.js';

const terms = await openTermIndex(['ontologies/terms.idx']);
const context = { mappings: tables.mappings, terms };
const ask = (kind: ValueKind, value: string, more: Partial<ValueQuestion> = {}) =>
  groundValue({ kind, value, ...more }, context);
const curie = (kind: ValueKind, value: string, more: Partial<ValueQuestion> = {}): string | undefined =>
  ask(kind, value, more)?.term.curie;

describe('an organism', () => {
  it.each([
    ['Homo sapiens', '9606'],
    ['Homo sapiens (human)', '9606'],
    ['human (Homo sapiens)', '9606'],
    ['H. sapiens', '9606'],
    ['h\u200bu\u200dman\u200e', '9606'],
    ['9606', '9606'],
    ['NCBITaxon:9606', '9606'],
    ['D.melanogaster larvae', '7227'],
    ['Drosophila', '7227'],
    ['fruit fly', '7227'],
    ['Wistar rat', '10116'],
    ['E. coli K-12', '562'],
    ['C57BL/6JN Mouse', '10090'],
    ['zebra fish', '7955'],
    ['Riccia glauca', '129944'],
  ])('"%s" is NCBITaxon:%s', (text, id) => {
    expect(curie('organism', text)).toBe(`NCBITaxon:${id}`);
  });

  it.each([
    ['CAT'],
    ['OAT'],
    ['mouse (human xenograft)'],
    ['human and mouse'],
    ['Mus musculus x Mus spretus'],
    ['Kangaroo rat'],
    ['Beads'],
    ['M'],
    ['12'],
    ['HeLa'],
  ])('"%s" is none', (text) => {
    expect(curie('organism', text)).toBeUndefined();
  });

  it('by its genus alone is less sure than by its name', () => {
    const [genus, species] = ['Drosophila', 'Drosophila melanogaster'].map((t) => ask('organism', t)?.confidence ?? 0);
    expect(genus).toBeLessThan(species ?? 0);
    expect(answerValue({ kind: 'organism', value: 'Drosophila' }, context).lost[0]?.why).toContain('special form');
  });
});

describe('a cell line', () => {
  it.each([
    ['HeLa', 'EFO:0001185'],
    ['HeLa cells', 'EFO:0001185'],
    ['U-2 OS', 'EFO:0002869'],
    ['MCF10A', 'EFO:0001200'],
    ['HEK 293', 'EFO:0001182'],
    ['Human Embryonic Kidney 293 Cells', 'EFO:0001182'],
    ['HeLa TetR-Cas9', 'EFO:0001185'],
    ['HCT116 RAD21-mAID-mClover (RAD21-mAC) cells', 'EFO:0002824'],
    ['Bronchial epithelial cell line (HBEC3-KT)', 'CVCL:X491'],
  ])('"%s" is %s', (text, id) => {
    expect(curie('cellLine', text)).toBe(id);
  });

  it('keeps its digits: a number that counts up is another line', () => {
    expect(['MDA-MB-232', 'MDA-MB-233', 'Vero-E7'].map((t) => curie('cellLine', t))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is no symbol of a gene from the lists of all lines', () => {
    expect(['KTR3', 'FUS1', 'CHK1', 'DUN1'].map((t) => curie('cellLine', t))).toEqual(Array(4).fill(undefined));
  });
});

describe('other kinds', () => {
  it.each<[ValueKind, string, string]>([
    ['cellType', 'T lymphocytes', 'CL:0000084'],
    ['cellType', 'pancreas β-cells', 'CL:0000169'],
    ['cellType', 'human dendritic cells', 'CL:0000451'],
    ['organismPart', 'Lymph nodes', 'UBERON:0000029'],
    ['organismPart', 'brainstem tissue', 'UBERON:0002298'],
    ['developmentalStage', '2cell', 'UBERON:0019249'],
    ['developmentalStage', 'Zygote', 'UBERON:0000106'],
    ['developmentalStage', 'E13.5', 'EFO:0002564'],
    ['strain', 'C57BL/6', 'EFO:0022397'],
    ['cellType', 'iPSC', 'EFO:0004905'],
    ['sex', 'M', 'PATO:0000384'],
    ['sex', '♀', 'PATO:0000383'],
    ['unit', 'mM', 'UO:0000063'],
    ['unit', 'mm', 'UO:0000016'],
    ['fixation', '4% PFA', 'FBbi:00000010'],
    ['embedding', 'Paraffin', 'FBbi:00000020'],
    ['stain', 'mCherry', 'FBbi:00000525'],
    ['screenType', 'Primary', 'EFO:0007556'],
    ['libraryType', 'siRNA', 'EFO:0007564'],
    ['protocolType', 'HCS image acquisition and feature extraction protocol', 'EFO:0007572'],
    ['disease', 'normal', 'PATO:0000461'],
    ['phenotype', 'antibody localized in nucleoli', 'CMPO:0000397'],
    ['phenotype', 'cell migration', 'CMPO:0000033'],
  ])('%s "%s" is %s', (kind, text, id) => {
    expect(curie(kind, text)).toBe(id);
  });

  it.each<[ValueKind, string]>([
    ['disease', 'No diabetes'],
    ['disease', 'not chronic heart failure'],
    ['disease', 'PAH'],
    ['disease', 'HeLa'],
    ['sex', 'MF'],
    ['cellType', 'control'],
    ['organismPart', 'SLA'],
    ['organismPart', 'B'],
    ['developmentalStage', '10'],
    ['phenotype', 'nucleus'],
    ['phenotype', 'elongated'],
    ['gene', 'CDK5'],
    ['text', 'Homo sapiens'],
  ])('%s "%s" has no term', (kind, text) => {
    expect(curie(kind, text)).toBeUndefined();
  });

  it('parts of an animal are looked up in its own ontology when the sample is one', () => {
    expect(curie('organismPart', 'antennal lobe') ?? '').not.toMatch(/^FBbt/);
    expect(curie('organismPart', 'ellipsoid body', { organism: 'NCBITaxon:7227' })).toMatch(/^FBbt:/);
  });
});

describe('the order of trust', () => {
  const site = (rows: string) =>
    readSssom(
      [
        '#mapping_set_id: https://example.org/site',
        '#license: https://creativecommons.org/publicdomain/zero/1.0/',
        '#subject_type: rdfs literal',
        '#subject_source: rembi:organism',
        '#curie_map:',
        '#  NCBITaxon: http://purl.obolibrary.org/obo/NCBITaxon_',
        'subject_label\tpredicate_id\tobject_id\tmapping_justification',
        rows,
        '',
      ].join('\n'),
      'site.sssom.tsv',
    );
  const own = (rows: string) => ({ mappings: mappingSet([tables.mappings.rows, site(rows)]), terms });

  it("a site's own row counts more than a name, an accession and our rows", () => {
    const row = 'Mus musculus\tskos:exactMatch\tNCBITaxon:10092\tsemapv:ManualMappingCuration';
    const answer = answerValue({ kind: 'organism', value: 'Mus musculus', accession: 'NCBITaxon:10090' }, own(row));
    expect(answer.grounded?.term.curie).toBe('NCBITaxon:10092');
    expect(answer.grounded?.row?.file).toBe('site.sssom.tsv');
  });

  it("a site's row that nothing fits keeps a name open", () => {
    const row = 'Mus musculus\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration';
    const answer = answerValue({ kind: 'organism', value: 'Mus musculus' }, own(row));
    expect(answer.grounded).toBeUndefined();
    expect(answer.none?.file).toBe('site.sssom.tsv');
  });

  it('an accession that agrees counts more than a text that says less', () => {
    expect(curie('organism', 'Xenopus', { accession: 'NCBITaxon:8364' })).toBe('NCBITaxon:8364');
    expect(curie('organism', 'my frog (NCBITaxon:8355)')).toBe('NCBITaxon:8355');
  });

  it('an accession of another term grounds nothing', () => {
    const drift = answerValue({ kind: 'cellLine', value: 'MCF 10A', accession: 'EFO_0001203' }, context);
    expect(drift.grounded?.term.curie).toBe('EFO:0001200');
    expect(drift.disagrees).toBe('EFO_0001203');
  });

  it('an obsolete accession gives the term in its place', () => {
    expect(curie('organismPart', 'skin', { accession: 'EFO:0000962' })).toMatch(/^UBERON:/);
  });

  it('each answer has a justification and a confidence', () => {
    expect(ask('cellType', 'macrophages')).toMatchObject({
      rule: 'singular',
      form: 'macrophage',
      confidence: 0.95,
      justification: 'https://w3id.org/semapv/vocab/CompositeMatching',
      source: { ontology: 'CL' },
    });
    expect(ask('cellType', 'macrophage')?.justification).toBe('https://w3id.org/semapv/vocab/LexicalMatching');
  });
});

describe('hostile values', () => {
  it('of a hundred megabytes, of halves of characters, and of marks that nobody sees ground nothing and harm nothing', () => {
    const hostile = ['a'.repeat(100_000_000), '\ud800', '\u202e\u200b\ufeff', '(((((((((', `${'HeLa '.repeat(60)}`];
    for (const kind of ['organism', 'cellLine', 'imagingMethod', 'phenotype', 'disease'] as const)
      for (const value of hostile) expect(curie(kind, value)).toBeUndefined();
    expect(curie('organism', '\u202eHomo sapiens\u202c')).toBe('NCBITaxon:9606');
    expect(curie('organism', 'Homo\ud800 sapiens')).toBe('NCBITaxon:9606');
  });

  it('never make it fail, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ValueKind>('organism', 'cellLine', 'imagingMethod', 'phenotype', 'disease', 'protocolType'),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (kind, value) => {
          const answer = answerValue({ kind, value, accession: value }, context);
          return (answer.grounded?.confidence ?? 1) <= 1;
        },
      ),
      { numRuns: 300 },
    );
  });
});

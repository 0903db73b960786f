import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingSentence } from '../../src/findings.js';
import { accessionFinding, auditAccession } from '../../src/terms/accessionAudit.js';
import { canAnswer } from '../../src/terms/accessionPlaces.js';
import { clearlyNearer, resemblance } from '../../src/terms/nameResemblance.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { type ValueKind, VALUE_KINDS } from '../../src/terms/valueKinds.js';

const terms = await openTermIndex(['ontologies/terms.idx']);
const verdict = (kind: ValueKind, value: string, accession: string, grounded?: string): string =>
  auditAccession({ kind, value, accession, grounded }, terms).verdict;

describe('an accession', () => {
  it.each([
    ['organism', 'Homo sapiens', 'NCBITaxon_9606'],
    ['organism', 'Homo sapiens (human)', '9606'],
    ['organism', 'human', 'http://purl.bioontology.org/ontology/NCBITAXON/9606'],
    ['cellLine', 'MDA-MB-231', 'EFO:0001209'],
    ['cellLine', 'MCF10A', 'EFO:0001200'],
    ['organismPart', 'Kidney', 'UBERON:0002113'],
    ['imagingMethod', 'transmission electron microscopy', 'FBbi:00000258'],
    ['disease', 'COVID-19', 'MONDO:0100096'],
  ] as const)('agrees with %s "%s" by one of its names: %s', (kind, value, accession) => {
    expect(verdict(kind, value, accession)).toBe('agrees');
  });

  it.each([
    ['organism', 'Mus musculus', 'NCBITaxon:9606'],
    ['organism', 'Schizosaccharomyces pombe', 'NCBITaxon:4853'],
    ['organism', 'Oryzias latipes', 'NCBITaxon:8033'],
    ['organism', 'Xenopus laevis', 'NCBITaxon:1802'],
    ['organism', 'Homo sapiens', 'NCBITaxon_110664'],
    ['cellLine', 'MCF 10A', 'EFO:0001202'],
    ['organismPart', 'Tail', 'UBERON:0002419'],
    ['imagingMethod', 'confocal microscopy', 'FBbi:00000258'],
    ['protocolType', 'treatment protocol', 'EFO:0007571'],
  ] as const)(
    'disagrees with %s "%s" when its ontology has another term of that name: %s',
    (kind, value, accession) => {
      expect(verdict(kind, value, accession)).toBe('disagrees');
    },
  );

  it.each([
    ['organism', 'Homo sapiens', 'EFO:0009606'],
    ['organism', 'mouse', 'UBERON:0000955'],
    ['cellLine', 'HeLa cells', 'PO_0025034'],
    ['imagingMethod', 'confocal microscopy', 'NCBITaxon:9606'],
    ['sex', 'female', 'UBERON:0000955'],
  ] as const)('is misplaced beside %s "%s" when its ontology has no such things: %s', (kind, value, accession) => {
    expect(verdict(kind, value, accession)).toBe('misplaced');
  });

  it.each([
    ['cellLine', 'HeLa', 'SNOMED:1234'],
    ['cellLine', 'HeLa', 'NCIT:C20493'],
    ['disease', 'Bardet-Biedl syndrome', 'ORDO:110'],
    ['organism', 'Marchantia', 'GBIF:123'],
    ['organism', 'some new species', 'NCBITaxon:3199999'],
    ['phenotype', 'cells fall apart', 'CMPO:0000118'],
    ['cellType', 'the stuff we use', 'CL:0000540'],
    ['cellLine', '', 'EFO:0001185'],
    ['cellLine', 'HeLa', ''],
    ['cellLine', 'HeLa', 'leave blank'],
  ] as const)('is not judged where nobody can know: %s "%s" %s', (kind, value, accession) => {
    expect(verdict(kind, value, accession)).toBe('unjudged');
  });

  it('of a wider or narrower term is no error', () => {
    expect(verdict('organism', 'Mus musculus', 'NCBITaxon:10091')).toBe('agrees');
  });

  it('of an obsolete term is told with the one that replaced it', () => {
    const question = { kind: 'organismPart', value: 'skin', accession: 'EFO:0000962' } as const;
    const judged = auditAccession(question, terms);
    expect(judged).toMatchObject({ verdict: 'obsolete', proposed: { curie: 'UBERON:0000014' } });
    const found = accessionFinding(question, judged, 'Organism part: skin', 'MapAnnotation:1 entry 0');
    expect(found?.code).toBe('accession-obsolete');
    expect(found && findingSentence(found)).toContain('EFO:0000962 skin; write UBERON:0000014');
  });

  it('that does not exist in an ontology that is held whole is told, with the term of that name', () => {
    expect(auditAccession({ kind: 'organismPart', value: 'kidney', accession: 'UBERON:9999999' }, terms)).toMatchObject(
      {
        verdict: 'unknown',
        proposed: { curie: 'UBERON:0002113' },
      },
    );
  });

  it('is of another species when both names are of species, but not for a moved or mistyped one', () => {
    expect(verdict('organism', 'Scapania degenii', 'NCBITaxon:537848')).toBe('disagrees');
    expect(verdict('organism', 'Mannia gracilis', 'NCBITaxon:122620')).toBe('unjudged');
    expect(verdict('organism', 'Homo sapens', 'NCBITaxon:9606')).toBe('unjudged');
  });

  it('is judged by what the value was taken for, where the value is no name itself', () => {
    expect(verdict('organism', 'S. pombe 972', 'NCBITaxon:4853')).toBe('unjudged');
    expect(verdict('organism', 'S. pombe 972', 'NCBITaxon:4853', 'NCBITaxon:4896')).toBe('disagrees');
    expect(verdict('organism', 'S. pombe 972', 'NCBITaxon:4896', 'NCBITaxon:4896')).toBe('agrees');
  });

  it('names in the finding what it is and what to write', () => {
    const question = { kind: 'organism', value: 'Homo sapiens', accession: 'EFO_0009606' } as const;
    const found = accessionFinding(question, auditAccession(question, terms), 'Organism: Homo sapiens', undefined);
    expect(found?.detail).toBe('EFO:0009606 macular degeneration; write NCBITaxon:9606 Homo sapiens');
  });

  it('is judged without a crash whatever stands in the cells', () => {
    const huge = 'x'.repeat(100_000_000);
    expect(verdict('organism', huge, 'NCBITaxon:9606')).toBe('unjudged');
    expect(verdict('organism', 'human', huge)).toBe('unjudged');
    expect(verdict('organism', '\u202ehuman\u202c', 'NCBITaxon:9606\u200b')).not.toBe('disagrees');
    const kinds = fc.constantFrom(...(Object.keys(VALUE_KINDS) as ValueKind[]));
    fc.assert(
      fc.property(kinds, fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (kind, value, accession) => {
        expect(['agrees', 'unjudged']).toContain(verdict(kind, value, accession));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the names of terms', () => {
  it('can always be written beside their own accession', () => {
    const asked = ['kidney', 'neuron', 'HeLa', 'Homo sapiens', 'Mus musculus', 'melanoma', 'mitochondrion', 'female'];
    for (const name of asked)
      for (const { term } of terms.find(name).filter((h) => h.by === 'label' && !h.term.obsolete))
        for (const kind of Object.keys(VALUE_KINDS) as ValueKind[])
          if (canAnswer(term.ontology, kind))
            expect([kind, term.curie, verdict(kind, name, term.curie)]).toEqual([kind, term.curie, 'agrees']);
  });

  it('resemble each other by shared words, in singular and but for one letter of a long word', () => {
    expect(resemblance('treatment protocol', ['growth protocol'])).toBeCloseTo(1 / 3);
    expect(resemblance('image acquisition', ['image acquistion'])).toBeGreaterThan(0.6);
    expect(resemblance('neurons', ['neuron'])).toBe(1);
    expect(resemblance('', ['neuron'])).toBe(0);
    expect(
      clearlyNearer(
        'image acquisition and feature extraction protocol',
        ['HCS image acquistion and feature extraction protocol'],
        ['treatment protocol'],
      ),
    ).toBe(true);
    expect(clearlyNearer('treatment protocol', ['growth protocol'], ['sample collection'])).toBe(false);
  });
});

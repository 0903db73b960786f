import { describe, expect, it } from 'vitest';
import { curieOf, embeddedAccession, parseAccession } from '../../src/terms/accession.js';

const OBO = 'http://purl.obolibrary.org/obo/';

describe('parseAccession', () => {
  it.each([
    ['FBbi_00000253', `${OBO}FBbi_00000253`],
    ['FBbi:00000253', `${OBO}FBbi_00000253`],
    ['FBBI:00000253', `${OBO}FBbi_00000253`],
    ['Fbbi_00000253', `${OBO}FBbi_00000253`],
    ['obo:FBbi_00000253', `${OBO}FBbi_00000253`],
    ['http://purl.obolibrary.org/obo/FBBI_00000253', `${OBO}FBbi_00000253`],
    ['https://purl.obolibrary.org/obo/FBbi_00000253', `${OBO}FBbi_00000253`],
    ['NCBITaxon_9606', `${OBO}NCBITaxon_9606`],
    ['NCBITAXON:9606', `${OBO}NCBITaxon_9606`],
    ['NCBI:txid9606', `${OBO}NCBITaxon_9606`],
    ['NCBI_9606', `${OBO}NCBITaxon_9606`],
    ['NCBI Taxon:9606', `${OBO}NCBITaxon_9606`],
    ['taxon:9606', `${OBO}NCBITaxon_9606`],
    [' NCBITaxon: 9606 ', `${OBO}NCBITaxon_9606`],
    ['http://purl.bioontology.org/ontology/NCBITAXON/10090', `${OBO}NCBITaxon_10090`],
    ['https://www.ncbi.nlm.nih.gov/datasets/taxonomy/10090/', `${OBO}NCBITaxon_10090`],
    ['NCBI:taxid9606', `${OBO}NCBITaxon_9606`],
    ['NCBI Taxonomy ID: 9606', `${OBO}NCBITaxon_9606`],
    ['https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=9606', `${OBO}NCBITaxon_9606`],
    ['https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?mode=Info&id=9606&lvl=3', `${OBO}NCBITaxon_9606`],
    ['http://identifiers.org/taxonomy/9606', `${OBO}NCBITaxon_9606`],
    ['https://www.uniprot.org/taxonomy/9606', `${OBO}NCBITaxon_9606`],
    ['https://bioregistry.io/ncbitaxon:9606', `${OBO}NCBITaxon_9606`],
    ['https://identifiers.org/GO:0005634', `${OBO}GO_0005634`],
    ['EFO:0001185', 'http://www.ebi.ac.uk/efo/EFO_0001185'],
    ['http://www.ebi.ac.uk/efo/EFO_0001185', 'http://www.ebi.ac.uk/efo/EFO_0001185'],
    ['CVCL_0030', 'https://www.cellosaurus.org/CVCL_0030'],
    ['bao:BAO_0002004', undefined],
    ['http://www.bioassayontology.org/bao#BAO_0002004', 'http://www.bioassayontology.org/bao#BAO_0002004'],
  ])('reads %s', (text, iri) => {
    expect(parseAccession(text)?.iri).toBe(iri);
  });

  it.each([
    '',
    '9606',
    'human',
    'FBbi_',
    'FBbi_abc',
    'XYZ:123',
    'https://example.org/1',
    'EFO    EFO',
    '# leave blank',
    'a'.repeat(10_000),
    'NCBITaxon:9606; NCBITaxon:10090',
  ])('takes %j for none', (text) => {
    expect(parseAccession(text)).toBeUndefined();
  });
});

describe('embeddedAccession', () => {
  it('finds an accession in round or square brackets at the end', () => {
    expect(embeddedAccession('spinning disk confocal microscopy (FBbi_00000253)')).toMatchObject({
      label: 'spinning disk confocal microscopy',
      accession: { curie: 'FBbi:00000253' },
    });
    expect(embeddedAccession('rat [NCBITaxon:10116]')?.accession.curie).toBe('NCBITaxon:10116');
    expect(embeddedAccession('human (adult)')).toBeUndefined();
  });
});

describe('curieOf', () => {
  it('shortens IRIs of known ontologies only', () => {
    expect(curieOf(`${OBO}FBbi_00000253`)).toBe('FBbi:00000253');
    expect(curieOf('https://example.org/x')).toBe('https://example.org/x');
  });
});

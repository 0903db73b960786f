import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAccession } from '../../src/terms/accession.js';
import { openIndexFile } from '../../src/terms/indexFile.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { type ValueKind, VALUE_KINDS, valueKind } from '../../src/terms/valueKinds.js';

const FILES = ['ontologies/terms.idx', 'ontologies/edam-bioimaging.idx'];
const index = await openTermIndex(FILES);

describe('the shipped term index', () => {
  it('takes at most 25 MB', () => {
    expect(FILES.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThanOrEqual(25_000_000);
  });

  it.each([
    ['Homo sapiens', 'NCBITaxon:9606', 'NCBITaxon'],
    ['mouse', 'NCBITaxon:10090', 'NCBITaxon'],
    ['Zebrafish', 'NCBITaxon:7955', 'NCBITaxon'],
    ['Arabidopsis', 'NCBITaxon:3701', 'NCBITaxon'],
    ['spinning disk confocal microscopy', 'FBbi:00000253', 'FBbi'],
    ['HeLa', 'EFO:0001185', 'EFO'],
    ['K-562', 'CVCL:0004', 'CVCL'],
    ['fibroblast', 'CL:0000057', 'CL'],
    ['liver', 'UBERON:0002107', 'UBERON'],
    ['type 2 diabetes mellitus', 'MONDO:0005148', 'MONDO'],
    ['nucleus', 'GO:0005634', 'GO'],
    ['micrometer', 'UO:0000017', 'UO'],
    ['female', 'PATO:0000383', 'PATO'],
    ['Light microscopy', 'EDAM:topic_3385', 'EDAM'],
  ])('finds %s', (text, curie, ontology) => {
    expect(
      index
        .find(text, [ontology])
        .filter((h) => !h.term.obsolete)
        .map((h) => h.term.curie),
    ).toContain(curie);
  });

  it('knows what replaces an obsolete term', () => {
    expect(index.term('EFO:0000322')).toMatchObject({ obsolete: true, replacedBy: 'CL:0000010' });
    expect(index.term('CLO:0009251')?.obsolete).toBe(false);
  });

  it('has every term under its label, CURIE and IRI', async () => {
    const missing: string[] = [];
    for (const name of FILES) {
      const file = await openIndexFile(name);
      for (const ontology of file.ontologies)
        for (let i = 0; i < ontology.terms; i += 97) {
          const { curie, iri, label } = file.term(ontology.first + i);
          const found = index.find(label, [ontology.prefix]).some((h) => h.term.curie === curie);
          if (!found || index.term(curie)?.label !== label || index.term(iri)?.label !== label) missing.push(curie);
          if (ontology.local.kind !== 'text' && parseAccession(curie)?.iri !== iri) missing.push(`${curie} ${iri}`);
        }
    }
    expect(missing).toEqual([]);
  });

  it('has the ontologies and branches that the kinds of values name', () => {
    const prefixes = new Set(index.ontologies.map((o) => o.prefix));
    for (const kind of Object.keys(VALUE_KINDS) as ValueKind[]) {
      const { ontologies, fallback, under = {} } = valueKind(kind);
      expect(
        [...ontologies, ...fallback].filter((o) => !prefixes.has(o)),
        kind,
      ).toEqual([]);
      for (const root of Object.values(under).flat()) expect(index.term(root)?.curie, kind).toBe(root);
    }
  });

  it('names version and licence of every ontology, and none that may not be shipped', () => {
    for (const { prefix, version, licence, source } of index.ontologies) {
      expect(version, prefix).not.toMatch(/^(?:|unknown)$/);
      expect(licence, prefix).toMatch(/^(?:CC-BY-(?:SA-)?[34]\.0|Apache-2\.0|CC0-1\.0|public domain.*)$/);
      expect(source, prefix).toMatch(/^https?:/);
      expect(prefix).not.toMatch(/SNOMED/i);
    }
  });

  it('keeps what is share-alike in a file of its own', async () => {
    const { ontologies } = await openIndexFile(FILES[0] as string);
    expect(ontologies.filter((o) => /-SA-/.test(o.licence))).toEqual([]);
  });
});

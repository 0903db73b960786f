import { describe, expect, it } from 'vitest';
import { explainKeyValue } from '../../src/map/explain.js';
import { mapRecord } from '../../src/map/mapRecord.js';
import { mappingRowIri, mappingRowQuads } from '../../src/map/provenance.js';
import { annotatedRecord } from './handMadeRecords.js';
import { context, sortedLines } from './mapContext.js';

const { rows, quads } = mapRecord(
  annotatedRecord(
    {
      type: 'MapAnnotation',
      ref: 'MapAnnotation:7',
      value: [
        ['Organism', 'human'],
        ['Organism', 'Human'],
      ],
    },
    'Image:1',
  ),
  context,
);

describe('mapping rows', () => {
  it('are each reported once for a record', () => {
    expect(rows.map((r) => `${r.kind} ${r.subject}`)).toEqual(['key Organism', 'value human']);
  });

  it('are described under the IRIs that the entries name', () => {
    const named = quads.filter((q) => /keyMapping|valueMapping/.test(q.predicate.value)).map((q) => q.object.value);
    const described = rows.flatMap((r) => mappingRowQuads(r, context.iris).map((q) => q.subject.value));
    expect(new Set(named)).toEqual(new Set(described));
  });

  it('are sssom:Mapping nodes with what SSSOM says of a mapping, and without a path of this machine', () => {
    const [, row] = rows;
    if (row === undefined) throw new Error('no row');
    const iri = mappingRowIri(row, context.iris).value;
    expect(iri).toMatch(/^https:\/\/omero\.example\.org\/mapping\/organism\/[0-9a-f]{16}$/);
    expect(sortedLines(mappingRowQuads(row, context.iris)).map((line) => line.replace(`<${iri}> `, ''))).toEqual([
      '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/sssom/Mapping> .',
      `<https://w3id.org/omegraph/ontology#row> "values/organism.sssom.tsv:${row.line}" .`,
      '<https://w3id.org/sssom/confidence> "0.95e0"^^<http://www.w3.org/2001/XMLSchema#double> .',
      '<https://w3id.org/sssom/mapping_justification> <https://w3id.org/semapv/vocab/ManualMappingCuration> .',
      '<https://w3id.org/sssom/mapping_set_id> <https://w3id.org/omegraph/mappings/organism> .',
      '<https://w3id.org/sssom/mapping_set_version> "1" .',
      '<https://w3id.org/sssom/object_id> <http://purl.obolibrary.org/obo/NCBITaxon_9606> .',
      '<https://w3id.org/sssom/object_label> "Homo sapiens" .',
      '<https://w3id.org/sssom/predicate_id> <http://www.w3.org/2004/02/skos/core#exactMatch> .',
      '<https://w3id.org/sssom/subject_label> "human" .',
      '<https://w3id.org/sssom/subject_source> <https://w3id.org/omegraph/rembi#organism> .',
    ]);
  });

  it('keep their IRI when lines move or the file is elsewhere', () => {
    const [row] = rows;
    if (row === undefined) throw new Error('no row');
    const moved = { ...row, line: 999, file: '/elsewhere/keys/x.sssom.tsv', confidence: 0.1 };
    expect(mappingRowIri(moved, context.iris)).toEqual(mappingRowIri(row, context.iris));
    expect(mappingRowIri({ ...row, subject: 'other' }, context.iris)).not.toEqual(mappingRowIri(row, context.iris));
  });
});

describe('explainKeyValue', () => {
  const lines = (key: string, value?: string): string[] =>
    explainKeyValue(key, value, undefined, context.mappings).text.split('\n');

  it('names rule, table, line, term and confidence', () => {
    expect(lines('Characteristics [Organism]', 'H. sapiens')).toEqual([
      expect.stringMatching(
        /^key "Characteristics \[Organism\]": Biosample \/ Organism, rembi:organism, values of kind organism \(inside its wrapper; row keys\/rembi\.sssom\.tsv:\d+ "Organism", confidence 1\)$/,
      ),
      expect.stringMatching(
        /^value "H\. sapiens": NCBITaxon:9606 Homo sapiens \(as written; row values\/organism\.sssom\.tsv:\d+ "H\. sapiens", confidence 0\.9; semapv:ManualMappingCuration\)$/,
      ),
    ]);
  });

  it('says what to do about an unknown key or value', () => {
    expect(lines('wibble')).toEqual(['key "wibble": no table knows it; add a row to a table in mappings/keys']);
    expect(lines('Organism', 'Unicorn')[1]).toBe('value "Unicorn": no term is known; it stays text');
  });

  it('explains companions and keys that are no field', () => {
    expect(lines('Organism Term Accession')).toEqual([
      'key "Organism Term Accession": belongs to the pair "organism", whose term or source it gives',
    ]);
    expect(lines('Image Name')[0]).toMatch(
      /^key "Image Name": known to be no field of REMBI \(as written; row keys\/no-field/,
    );
  });

  it('says so when an accession in the value names another term', () => {
    expect(lines('Organism', 'mouse (NCBITaxon:9606)').at(-1)).toBe(
      'value "mouse (NCBITaxon:9606)": the accession "mouse (NCBITaxon:9606)" does not agree',
    );
  });

  it('shows hostile keys on one line', () => {
    expect(lines('a\nb\u202e')).toHaveLength(1);
  });
});

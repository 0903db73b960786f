import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/map/mapRecord.js';
import type { KeyValue } from '../../src/ome/model.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { annotatedRecord, objectRecord } from './handMadeRecords.js';
import { context } from './mapContext.js';

const OBO = 'http://purl.obolibrary.org/obo/';
const mapped = (...value: KeyValue[]) =>
  mapRecord(annotatedRecord({ type: 'MapAnnotation', ref: 'MapAnnotation:7', value }, 'Image:1'), context);
const valuesOf = (result: ReturnType<typeof mapped>, subject: string, property: string): string[] =>
  result.quads
    .filter((q) => q.subject.value.endsWith(subject) && q.predicate.value.endsWith(property))
    .map((q) => q.object.value);

describe('a key-value pair', () => {
  it('keeps order, repeats, empty keys and empty values', () => {
    const result = mapped(['a', '1'], ['a', '1'], ['', 'x'], ['b', '']);
    const pairs = [0, 1, 2, 3].map((i) => [
      ...valuesOf(result, `/entry/${i}`, '/key'),
      ...valuesOf(result, `/entry/${i}`, 'core/value'),
    ]);
    expect(pairs).toEqual([
      ['a', '1'],
      ['a', '1'],
      ['', 'x'],
      ['b', ''],
    ]);
  });

  it('states its field and term on the entry and on the object', () => {
    const result = mapped(['Organism', 'human']);
    expect(valuesOf(result, '/entry/0', 'propertyID')).toEqual(['https://w3id.org/omegraph/rembi#organism']);
    expect(valuesOf(result, '/entry/0', 'valueReference')).toEqual([`${OBO}NCBITaxon_9606`]);
    expect(valuesOf(result, '/Image/1', 'rembi#organism')).toEqual(['human']);
    expect(valuesOf(result, '/Image/1', 'taxonomicRange')).toEqual([`${OBO}NCBITaxon_9606`]);
    expect(result.rows.map((r) => [r.kind, r.subject])).toEqual([
      ['key', 'Organism'],
      ['value', 'human'],
    ]);
    expect(result.findings).toEqual([]);
  });

  it('takes imaging methods to FBbi and other fields to schema:about', () => {
    const result = mapped(['Imaging method', 'TIRF'], ['Cell type', 'CL:0000540'], ['Tissue', 'leaf']);
    expect(valuesOf(result, '/Image/1', 'measurementMethod')).toEqual([`${OBO}FBbi_00000617`]);
    expect(valuesOf(result, '/Image/1', 'bia/imagingMethodName')).toEqual(['TIRF']);
    expect(valuesOf(result, '/Image/1', 'schema.org/about')).toEqual([`${OBO}CL_0000540`]);
    expect(valuesOf(result, '/Image/1', 'rembi#biologicalEntity')).toEqual(['CL:0000540', 'leaf']);
  });

  it('says so when a key is unknown, with the key as focus and the place', () => {
    expect(mapped(['wibble', '42']).findings).toMatchObject([
      { code: 'key-unmapped', focus: 'wibble', at: 'MapAnnotation:7 entry 0', detail: '42' },
    ]);
  });

  it('says so when an organism or imaging method is unknown, but not for other fields', () => {
    const { findings } = mapped(['Organism', 'Unicorn'], ['Imaging method', 'magic'], ['Tissue', 'horn']);
    expect(findings.map((f) => [f.code, f.focus])).toEqual([
      ['value-ungrounded', 'Organism: Unicorn'],
      ['value-ungrounded', 'Imaging method: magic'],
    ]);
  });

  it('says so once when key or value is empty, and states nothing then', () => {
    const result = mapped(['Organism', ' '], ['', 'x'], ['Tissue', '']);
    expect(result.findings.map((f) => [f.code, f.focus])).toEqual([
      ['key-empty', 'Organism'],
      ['key-empty', 'MapAnnotation:7'],
      ['key-empty', 'Tissue'],
    ]);
    expect(valuesOf(result, '/Image/1', 'rembi#organism')).toEqual([]);
  });

  it('is silent about keys that are known to be no field, such as file names', () => {
    const result = mapped(['File name', 'a.tif']);
    expect(result.findings).toEqual([]);
    expect(valuesOf(result, '/entry/0', 'propertyID')).toEqual([]);
  });

  it('is silent about notes of tools, but keeps them', () => {
    const record = annotatedRecord(
      {
        type: 'MapAnnotation',
        ref: 'MapAnnotation:7',
        namespace: 'openmicroscopy.org/cli/transfer',
        value: [['md5', 'x']],
      },
      'Image:1',
    );
    const { quads, findings } = mapRecord(record, context);
    expect(findings).toEqual([]);
    expect(quads.some((q) => q.object.value === 'md5')).toBe(true);
  });

  it('speaks of every object that carries the annotation', () => {
    const record = annotatedRecord(
      { type: 'MapAnnotation', ref: 'MapAnnotation:7', value: [['Organism', 'rat']] },
      'Image:1',
      'Dataset:2',
    );
    const about = mapRecord(record, context).quads.filter((q) => q.predicate.value.endsWith('taxonomicRange'));
    expect(about.map((q) => q.subject.value.split('/').slice(-2).join('/'))).toEqual(['Image/1', 'Dataset/2']);
  });

  it('of a light source or imaging environment is kept as it is, without meaning', () => {
    const record = objectRecord({
      type: 'Image',
      ref: 'Image:1',
      imagingEnvironment: { map: [['Organism', 'human']] },
    });
    const { quads, findings } = mapRecord(record, context);
    expect(findings).toEqual([]);
    expect(quads.some((q) => q.predicate.value.includes('rembi#'))).toBe(false);
  });
});

describe('an accession beside a value', () => {
  it('grounds a value that no table knows, when it is of an ontology of the field', () => {
    const result = mapped(['Organism', 'Riccia glauca'], ['Organism Term Accession', 'NCBITaxon_129944']);
    expect(valuesOf(result, '/Image/1', 'taxonomicRange')).toEqual([`${OBO}NCBITaxon_129944`]);
    expect(result.findings).toEqual([]);
  });

  it('is recognised in the spellings of ISA-Tab, IDR, HHU and NL-BioImaging', () => {
    const companions: KeyValue[][] = [
      [['organism term accession number', 'NCBITaxon:129944']],
      [['Organism_term_accession', 'NCBI:txid129944']],
      [['Characteristics [Organism Term Accession]', 'http://purl.obolibrary.org/obo/NCBITaxon_129944']],
      [
        ['Term Source 1 REF', 'NCBITaxon'],
        ['Term Source 1 Accession', 'NCBITaxon_129944'],
      ],
      [
        ['TermSourceREF(OBI:0100026)', 'NCBITAXON'],
        ['TermAccessionNumber(OBI:0100026)', 'NCBITaxon_129944'],
      ],
      [['NCBI Taxonomy ID', '129944']],
    ];
    for (const beside of companions) {
      const result = mapped(['Organism', 'Riccia glauca'], ...beside);
      expect([beside[0]?.[0], valuesOf(result, '/Image/1', 'taxonomicRange')]).toEqual([
        beside[0]?.[0],
        [`${OBO}NCBITaxon_129944`],
      ]);
      expect(result.findings).toEqual([]);
    }
  });

  it('belongs to the pair of its own turn when organisms repeat', () => {
    const result = mapped(
      ['Organism', 'Riccia glauca'],
      ['Organism', 'Riccia bifurca'],
      ['Organism Term Accession', 'NCBITaxon_129944'],
      ['Organism Term Accession', 'NCBITaxon_2779757'],
    );
    expect(valuesOf(result, '/entry/0', 'valueReference')).toEqual([`${OBO}NCBITaxon_129944`]);
    expect(valuesOf(result, '/entry/1', 'valueReference')).toEqual([`${OBO}NCBITaxon_2779757`]);
  });

  it('that names another term than the text is a finding, and the text counts', () => {
    const result = mapped(['Organism', 'Homo sapiens'], ['Organism Term Accession', 'NCBITaxon_9607']);
    expect(valuesOf(result, '/Image/1', 'taxonomicRange')).toEqual([`${OBO}NCBITaxon_9606`]);
    expect(result.findings).toMatchObject([
      { code: 'accession-disagrees', focus: 'Organism: Homo sapiens', detail: 'NCBITaxon_9607' },
    ]);
  });

  it('of another ontology than the field takes is a finding, and grounds nothing', () => {
    const result = mapped(['Organism', 'Riccia glauca'], ['Organism Term Accession', 'EFO_0009606']);
    expect(valuesOf(result, '/entry/0', 'valueReference')).toEqual([]);
    expect(result.findings.map((f) => f.code)).toEqual(['accession-disagrees', 'value-ungrounded']);
  });

  it('is more precise than a row that is not exact', () => {
    const result = mapped(['Organism', 'Xenopus'], ['Organism Term Accession', 'NCBITaxon:8364']);
    expect(valuesOf(result, '/Image/1', 'taxonomicRange')).toEqual([`${OBO}NCBITaxon_8364`]);
    expect(result.findings).toEqual([]);
  });

  it('inside a value counts, unless its own text says another term', () => {
    expect(valuesOf(mapped(['Organism', 'my frog (NCBITaxon:8355)']), '/entry/0', 'valueReference')).toEqual([
      `${OBO}NCBITaxon_8355`,
    ]);
    const torn = mapped(['Organism', 'mouse (NCBITaxon:9606)']);
    expect(valuesOf(torn, '/entry/0', 'valueReference')).toEqual([`${OBO}NCBITaxon_10090`]);
    expect(torn.findings.map((f) => f.code)).toEqual(['accession-disagrees']);
  });
});

describe('a value with a second name in brackets', () => {
  it('is grounded when both names are of one term', () => {
    expect(valuesOf(mapped(['Organism', 'Mus musculus (mouse)']), '/entry/0', 'valueReference')).toEqual([
      `${OBO}NCBITaxon_10090`,
    ]);
  });
  it('stays open when they are not', () => {
    const result = mapped(['Organism', 'mouse (human xenograft)'], ['Organism', 'mouse (human)']);
    expect(valuesOf(result, '/Image/1', 'taxonomicRange')).toEqual([]);
    expect(result.findings.map((f) => f.code)).toEqual(['value-ungrounded', 'value-ungrounded']);
  });
});

describe('with ontologies', () => {
  const graph = async (...value: KeyValue[]) => {
    const terms = await openTermIndex(['ontologies/terms.idx']);
    const annotation = { type: 'MapAnnotation', ref: 'MapAnnotation:7', value } as const;
    return mapRecord(annotatedRecord(annotation, 'Image:1'), { ...context, terms });
  };
  const objects = (result: ReturnType<typeof mapped>, predicate: string): string[] =>
    result.quads
      .filter((q) => q.subject.value.includes('/entry/') && q.predicate.value.endsWith(predicate))
      .map((q) => q.object.value);

  it('a name of a term says its ontology, version, justification and confidence', async () => {
    const result = await graph(['Cell Type', 'macrophages']);
    expect(objects(result, 'valueReference')).toEqual([`${OBO}CL_0000235`]);
    expect(objects(result, 'mapping_justification')).toEqual(['https://w3id.org/semapv/vocab/CompositeMatching']);
    expect(objects(result, '/confidence')).toEqual(['0.95e0']);
    expect(objects(result, 'object_source_version')[0]).toMatch(/^CL \d{4}-/);
  });

  it('several values in one text give several terms', async () => {
    const result = await graph(['Organism Part', 'Kidney; Liver']);
    expect(objects(result, 'valueReference')).toEqual([`${OBO}UBERON_0002113`, `${OBO}UBERON_0002107`]);
  });

  it('parts are looked up in the ontology of the animal beside them', async () => {
    const result = await graph(['Organism', 'Drosophila melanogaster'], ['Organism Part', 'ellipsoid body']);
    expect(objects(result, 'valueReference')[1]).toContain('FBbt_');
  });

  it('an accession that counts up grounds nothing and is a finding', async () => {
    const result = await graph(['Cell Line', 'HeLa'], ['Cell Line Term Accession', 'EFO_0001186']);
    expect(objects(result, 'valueReference')).toEqual(['http://www.ebi.ac.uk/efo/EFO_0001185']);
    expect(result.findings.map((f) => f.code)).toContain('accession-disagrees');
  });
});

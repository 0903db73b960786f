import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readOntology } from '../../src/terms/build/readOntology.js';
import { temporaryFile } from './ontologyFixtures.js';

const OBO = `format-version: 1.2
data-version: releases/2026-01-16
ontology: fbbi
property_value: dcterms:license http://creativecommons.org/licenses/by/4.0/

[Term]
id: FBbi:00000222
name: imaging method

[Term]
id: FBbi:00000251
name: confocal microscopy
alt_id: FBbi:00000250
synonym: "CLSM, \\"laser\\" scanning" EXACT [] ! said by many
synonym: "point scanning" NARROW []
property_value: skos:prefLabel "confocal" xsd:string
is_a: FBbi:00000222 {source="x"} ! imaging method

[Term]
id: FBbi:00000009
name: old method
is_obsolete: true
replaced_by: FBbi:00000251

[Term]
id: GO:0000001
name: imported

[Typedef]
id: part_of
name: part of
`;

const OWL = `<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [
  <!ENTITY obo "http://purl.obolibrary.org/obo/" >
  <!ENTITY owl "http://www.w3.org/2002/07/owl#" >
]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
  xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:oio="http://www.geneontology.org/formats/oboInOwl#" xmlns:obo="http://purl.obolibrary.org/obo/"
  xmlns:dct="http://purl.org/dc/terms/">
  <owl:Ontology rdf:about="&obo;fbbi.owl">
    <owl:versionIRI rdf:resource="&obo;fbbi/releases/2026-01-16/fbbi.owl"/>
    <dct:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/>
  </owl:Ontology>
  <owl:Class rdf:about="&obo;FBbi_00000222"><rdfs:label>imaging method</rdfs:label></owl:Class>
  <owl:Class rdf:about="&obo;FBbi_00000251">
    <rdfs:label xml:lang="de">Konfokalmikroskopie</rdfs:label>
    <rdfs:label xml:lang="en">confocal microscopy</rdfs:label>
    <oio:hasExactSynonym>CLSM, "laser" scanning</oio:hasExactSynonym>
    <oio:hasNarrowSynonym>point scanning</oio:hasNarrowSynonym>
    <rdfs:subClassOf rdf:resource="&obo;FBbi_00000222"/>
    <rdfs:subClassOf><owl:Restriction/></rdfs:subClassOf>
  </owl:Class>
  <owl:Class rdf:about="&obo;FBbi_00000009">
    <rdfs:label>old method</rdfs:label>
    <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
    <obo:IAO_0100001 rdf:resource="&obo;FBbi_00000251"/>
  </owl:Class>
  <owl:Class rdf:about="&obo;GO_0000001"><rdfs:label>imported</rdfs:label></owl:Class>
</rdf:RDF>
`;

const GRAPHS = JSON.stringify({
  graphs: [
    {
      id: 'http://purl.obolibrary.org/obo/fbbi.owl',
      meta: {
        version: 'http://purl.obolibrary.org/obo/fbbi/releases/2026-01-16/fbbi.owl',
        basicPropertyValues: [
          { pred: 'http://purl.org/dc/terms/license', val: 'http://creativecommons.org/licenses/by/4.0/' },
        ],
      },
      nodes: [
        { id: 'http://purl.obolibrary.org/obo/FBbi_00000222', lbl: 'imaging method', type: 'CLASS' },
        {
          id: 'http://purl.obolibrary.org/obo/FBbi_00000251',
          lbl: 'confocal microscopy',
          type: 'CLASS',
          meta: {
            synonyms: [
              { pred: 'hasExactSynonym', val: 'CLSM, "laser" scanning' },
              { pred: 'hasNarrowSynonym', val: 'point scanning' },
            ],
          },
        },
        {
          id: 'http://purl.obolibrary.org/obo/FBbi_00000009',
          lbl: 'old method',
          type: 'CLASS',
          meta: {
            deprecated: true,
            basicPropertyValues: [
              {
                pred: 'http://purl.obolibrary.org/obo/IAO_0100001',
                val: 'http://purl.obolibrary.org/obo/FBbi_00000251',
              },
            ],
          },
        },
        { id: 'http://purl.obolibrary.org/obo/GO_0000001', lbl: 'imported', type: 'CLASS' },
        { id: 'http://purl.obolibrary.org/obo/BFO_0000050', lbl: 'part of', type: 'PROPERTY' },
      ],
      edges: [
        {
          sub: 'http://purl.obolibrary.org/obo/FBbi_00000251',
          pred: 'is_a',
          obj: 'http://purl.obolibrary.org/obo/FBbi_00000222',
        },
      ],
    },
  ],
});

const LEXICON = `ontology\tcurie\tlabel\tsynonyms(scope:text|...)\tobsolete\treplaced_by\tparents
FBbi\tFBbi:00000222\timaging method\t\t\t\t
FBbi\tFBbi:00000251\tconfocal microscopy\tE:CLSM, "laser" scanning|N:point scanning\t\t\tFBbi:00000222
FBbi\tFBbi:00000009\told method\t\t1\tFBbi:00000251\t
GO\tGO:0000001\timported\t\t\t\t
`;

describe('an ontology file', () => {
  it.each([
    ['OBO', OBO],
    ['OWL in RDF/XML', OWL],
    ['OBO Graphs JSON', GRAPHS],
    ['a lexicon', LEXICON],
  ])('in %s gives the same terms', async (format, text) => {
    const { ontology, others } = await readOntology(await temporaryFile('ontology', text));
    const terms = ontology.terms.filter((t) => t.curie !== 'FBbi:00000250').map(({ line: _, ...term }) => term);
    const synonyms = [
      { text: 'CLSM, "laser" scanning', scope: 'exact' },
      { text: 'point scanning', scope: 'narrow' },
    ];
    if (format === 'OBO') synonyms.push({ text: 'confocal', scope: 'exact' });
    expect(terms.sort((a, b) => (a.curie < b.curie ? 1 : -1))).toEqual([
      { curie: 'FBbi:00000251', label: 'confocal microscopy', synonyms, obsolete: false, parents: ['FBbi:00000222'] },
      { curie: 'FBbi:00000222', label: 'imaging method', synonyms: [], obsolete: false, parents: [] },
      {
        curie: 'FBbi:00000009',
        label: 'old method',
        synonyms: [],
        obsolete: true,
        parents: [],
        replacedBy: 'FBbi:00000251',
      },
    ]);
    expect(ontology).toMatchObject({ prefix: 'FBbi', stem: 'http://purl.obolibrary.org/obo/FBbi_' });
    if (format !== 'a lexicon') expect(ontology).toMatchObject({ version: '2026-01-16', licence: 'CC-BY-4.0' });
    expect(others).toEqual(new Map([['GO', 1]]));
  });

  it('may be packed with gzip', async () => {
    const { ontology } = await readOntology(await temporaryFile('fbbi.obo.gz', gzipSync(OBO)));
    expect(ontology.terms).toHaveLength(4);
  });

  it('says which identifiers were merged into others', async () => {
    const { ontology } = await readOntology(await temporaryFile('fbbi.obo', OBO));
    expect(ontology.terms.find((t) => t.curie === 'FBbi:00000250')).toMatchObject({
      obsolete: true,
      replacedBy: 'FBbi:00000251',
    });
  });

  it('of an ontology that nobody knows keeps the form of its IRIs', async () => {
    const turtle = `@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://lab.example.org/terms#LAB_12> a owl:Class ; rdfs:label "our dye" .`;
    const { ontology } = await readOntology(await temporaryFile('lab.ttl', turtle));
    expect(ontology).toMatchObject({ prefix: 'LAB', stem: 'https://lab.example.org/terms#LAB_', licence: 'unknown' });
    expect(ontology.terms[0]?.curie).toBe('LAB:12');
  });
});

describe('a broken ontology file', () => {
  const term = (id: string, name: string, more = ''): string => `\n[Term]\nid: ${id}\nname: ${name}\n${more}`;
  const head = 'format-version: 1.2\n';

  it.each([
    ['a line that is none', `${head}\n[Term]\nid FBbi:1\n`, /x\.obo:4: this is no line of an OBO file \("id FBbi:1"\)/],
    ['a term without id', `${head}\n[Term]\nname: a\n`, /x\.obo:3: a term has no id/],
    ['two ids', `${head}${term('FBbi:1', 'a', 'id: FBbi:2\n')}`, /x\.obo:6: a stanza has two ids/],
    ['an open synonym', `${head}${term('FBbi:1', 'a', 'synonym: "b EXACT []\n')}`, /x\.obo:6: a synonym is not closed/],
    ['a cut off last line', `${head}${term('FBbi:1', 'a', 'syn')}`, /x\.obo:6: the file is cut off \("syn"\)/],
    ['no stanza', head, /x\.obo: the OBO file has no stanza/],
    [
      'other bytes than UTF-8',
      Buffer.from([...Buffer.from(`${head}[Term]\nid: A:1\nname: `), 0xff, 0x0a]),
      /x\.obo:\d+: the text is not UTF-8/,
    ],
    ['nothing', '', /x\.obo:1: this is no OBO, OWL/],
    ['a web page', '<!doctype html><html></html>', /x\.obo/],
    ['a cut off gzip', gzipSync(OBO.repeat(5)).subarray(0, 200), /x\.obo: the gzip file is damaged or cut off/],
    ['cut off JSON', GRAPHS.slice(0, 900), /x\.obo:1: the JSON is malformed or cut off/],
    ['other JSON', '{"a":1}', /x\.obo: the JSON has no "graphs"/],
    ['cut off XML', OWL.slice(0, 1500), /x\.obo:\d+: /],
    [
      'a DOCTYPE that names a file',
      OWL.replace(' [', ' SYSTEM "file:///etc/passwd" ['),
      /x\.obo: the DOCTYPE is not closed, or names another file/,
    ],
    [
      'an entity in an entity',
      OWL.replace('"http://purl.obolibrary.org/obo/"', '"&owl;&owl;"'),
      /x\.obo: an entity of the DOCTYPE is no plain text \("obo"\)/,
    ],
    ['a lexicon line with too few cells', `${LEXICON}FBbi\tFBbi:3\n`, /x\.obo:6: a line has 2 cells, not 7/],
    ['a lexicon that is cut off', `${LEXICON}FBbi\tFBbi:3\tx`, /x\.obo:6: the file is cut off/],
  ])('with %s is refused with its place', async (_, content, message) => {
    await expect(readOntology(await temporaryFile('x.obo', content))).rejects.toThrow(message);
  });

  it('that is not there is named', async () => {
    await expect(readOntology('/nowhere/x.obo')).rejects.toThrow(
      '/nowhere/x.obo: the file cannot be read ("ENOENT"); ',
    );
  });

  it('leaves out what cannot be used, and says where', async () => {
    const text = `${head}${term('FBbi:1', 'a', 'is_a: FBbi:2\n')}${term('FBbi:2', 'b', 'is_a: FBbi:3\n')}${term('FBbi:3', 'c', 'is_a: FBbi:1\n')}${term('FBbi:1', 'another')}${term('nothing', 'd')}${term('FBbi:5', ' ')}`;
    const { ontology, notes } = await readOntology(await temporaryFile('x.obo', text), { where: 'x.obo' });
    expect(ontology.terms.map((t) => [t.curie, t.label, t.parents])).toEqual([
      ['FBbi:1', 'a', ['FBbi:2']],
      ['FBbi:2', 'b', ['FBbi:3']],
      ['FBbi:3', 'c', []],
    ]);
    expect(notes).toEqual([
      { where: 'x.obo:18', wrong: 'two terms have the same identifier; the first ("a") is kept', found: 'FBbi:1' },
      { where: 'x.obo:22', wrong: 'the identifier of a term has no prefix', found: 'nothing' },
      { where: 'x.obo:26', wrong: 'a term has no readable label', found: 'FBbi:5' },
      {
        where: 'x.obo:13',
        wrong: 'the parents of terms run in a circle; this one is left out',
        found: 'FBbi:3 is_a FBbi:1',
      },
    ]);
  });

  it('takes terms whose labels say it for obsolete, and leaves the word out', async () => {
    const text = `${head}${term('CLO:1', 'obsolete: T47D cell')}${term('CLO:2', 'obsoletion')}`;
    const { ontology } = await readOntology(await temporaryFile('x.obo', text));
    expect(ontology.terms.map((t) => [t.label, t.obsolete])).toEqual([
      ['T47D cell', true],
      ['obsoletion', false],
    ]);
  });
});

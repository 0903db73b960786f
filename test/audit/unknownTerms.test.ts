import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/audit/profile.js';
import { unknownTerms } from '../../src/audit/unknownTerms.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { knownTerms } from '../shapes/knownTerms.js';
import { graphOf } from './studyGraph.js';

const terms = await openTermIndex(['ontologies/terms.idx']);
const FILE = 'shapes/known-terms.json';
const messages = async (shape: string): Promise<string[]> =>
  (await unknownTerms(graphOf(`<shape> ${shape} .`), terms)).map((w) => {
    expect(w).toMatchObject({ shape: 'https://omero.example.org/shape', kind: 'unknown-term' });
    return w.message.replace('https://omero.example.org/shape: ', '');
  });

describe('terms that shapes name', () => {
  it.each([
    ['a class of the graph', 'sh:targetClass core:Imgae', 'its vocabulary has not ("core:Imgae"); write core:Image'],
    ['a property of the graph', 'sh:path core:fizzbuzz', 'its vocabulary has not ("core:fizzbuzz"); correct its name'],
    [
      'a property within a path',
      'sh:path ( [ sh:zeroOrMorePath dcterms:isPartof ] rdfs:label )',
      'write dcterms:isPartOf',
    ],
    ['a field', 'sh:path rembi:organsim', 'write rembi:organism'],
    ['a name written the way of another vocabulary', 'sh:path core:sizeX', 'write core:size_x'],
    ['a value of an enumeration', 'sh:hasValue <https://ld.openmicroscopy.org/core/DetectorType#CMOSS>', 'write '],
    ['a member of a list', 'sh:in ( core:Image core:Imago )', '("core:Imago"); write core:Image'],
    ['a datatype', 'sh:datatype xsd:interger', 'write xsd:integer'],
    [
      'a term of an ontology',
      'sh:hasValue obo:FBbi_99999999',
      'its ontology has not ("obo:FBbi_99999999"); correct its id',
    ],
    ['an obsolete term', 'sh:hasValue obo:CL_0000003', 'is obsolete ("obo:CL_0000003"); write CL:0000000 cell'],
  ])('are told when they do not exist: %s', async (_, shape, message) => {
    const [said, ...more] = await messages(shape);
    expect(said).toContain(message);
    expect(more).toEqual([]);
  });

  it.each([
    ['that exist', 'sh:targetClass core:Image ; sh:path ( dcterms:isPartOf rembi:organism ) ; sh:datatype xsd:string'],
    ['of an ontology that has them', 'sh:hasValue obo:FBbi_00000222'],
    ['of an ontology of which only a part is at hand', 'sh:hasValue obo:NCBITaxon_999999999'],
    ['of vocabularies that are not closed', 'sh:path schema:nonsense ; sh:class <http://example.org/Thing>'],
    ['that are texts', 'sh:in ( "core:Imgae" ) ; sh:hasValue "obo:FBbi_99999999"'],
  ])('are not told %s', async (_, shape) => {
    expect(await messages(shape)).toEqual([]);
  });

  it('are told once for each shape', async () => {
    expect(await messages('sh:path core:nope ; sh:or ( [ sh:path core:nope ; sh:minCount 1 ] )')).toHaveLength(1);
  });

  it('of ontologies are not told without ontologies', async () => {
    expect(await unknownTerms(graphOf('<shape> sh:hasValue obo:FBbi_99999999 .'))).toEqual([]);
  });

  it.each(['rembi-minimum', 'rembi', 'bioimage-archive', 'zenodo', 'gide'])('exist in the profile %s', async (name) => {
    expect(await unknownTerms((await loadProfile(name)).graph, terms)).toEqual([]);
  });
});

describe('shapes/known-terms.json', () => {
  it('holds the terms of the graph, and is made anew by UPDATE_GOLDEN=1', () => {
    const names = Object.entries(knownTerms()).map(([namespace, terms]) => [namespace, terms.join(' ')]);
    const text = `${JSON.stringify(Object.fromEntries(names), null, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it('has every term of its vocabularies that an export ever wrote', () => {
    const known = Object.entries(knownTerms());
    const files = readdirSync('test/golden', { recursive: true, encoding: 'utf8' })
      .map((f) => join('test/golden', f))
      .filter((f) => f.endsWith('.nq') && statSync(f).isFile());
    expect(files.length).toBeGreaterThan(0);
    const unknown = new Set<string>();
    for (const file of files) {
      for (const [, iri = ''] of readFileSync(file, 'utf8').matchAll(/<([^>]*)>/g)) {
        const vocabulary = known.find(([namespace]) => iri.startsWith(namespace));
        if (vocabulary !== undefined && !vocabulary[1].includes(iri.slice(vocabulary[0].length))) unknown.add(iri);
      }
    }
    expect([...unknown]).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ontologyFacts, ontologyQuestions } from '../../src/audit/ontologyFacts.js';
import { containerGraphOf, withTriples } from '../../src/graph/columns/containerGraphOf.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { graphOf } from './studyGraph.js';

const terms = await openTermIndex(['ontologies/terms.idx']);
const short = (iri: string): string => {
  const prefix = Object.entries(PREFIXES).find(([, stem]) => iri.startsWith(stem));
  return prefix === undefined ? iri : `${prefix[0]}:${iri.slice(prefix[1].length)}`;
};
const facts = (turtle: string, questions = ontologyQuestions(undefined)): string[] =>
  ontologyFacts(containerGraphOf(graphOf(turtle)), terms, questions).map((q) =>
    [q.subject, q.predicate, q.object].map((t) => short(t.value).replace('https://omero.example.org/', '')).join(' '),
  );
const named = (...curies: string[]): ReturnType<typeof ontologyQuestions> =>
  ontologyQuestions(undefined, new Set(curies.map((c) => `${PREFIXES.obo}${c}`)));

/** A map annotation of an image, as an export writes it; `grounded` fields have a propertyID. */
function annotation(pairs: readonly (readonly [key: string, value: string, field?: string])[]): string {
  const entries = pairs.map(([key, value, field], i) => {
    const said =
      field === undefined ? '' : ` ; schema:propertyID rembi:${field} ; schema:value ${JSON.stringify(value)}`;
    return `<MapAnnotation/1> core:mapEntry <MapAnnotation/1/entry/${i}> . <MapAnnotation/1/entry/${i}> core:index ${i} ;
      core:key ${JSON.stringify(key)} ; core:value ${JSON.stringify(value)}${said} .`;
  });
  return `<Image/1> a core:Image ; core:hasAnnotation <MapAnnotation/1> . ${entries.join('\n')}`;
}
const contradicted = (pairs: Parameters<typeof annotation>[0]): string[] =>
  facts(annotation(pairs)).filter((f) => f.includes('contradictedBy'));

describe('what ontologies say of the terms of a graph', () => {
  it('is what a term is a kind of, of those that shapes name', () => {
    const graph = '<Dataset/1> dwciri:measurementMethod obo:FBbi_00000253 .';
    expect(facts(graph, named('FBbi_00000222', 'FBbi_00000271'))).toEqual([
      'obo:FBbi_00000253 omg:judged true',
      'obo:FBbi_00000253 rdfs:subClassOf obo:FBbi_00000222',
    ]);
  });

  it('is all that it is a kind of, when shapes may name any', () => {
    expect(facts('<Image/1> schema:taxonomicRange obo:NCBITaxon_9606 .')).toContain(
      'obo:NCBITaxon_9606 rdfs:subClassOf obo:NCBITaxon_9605',
    );
  });

  it('is that a term is obsolete', () => {
    expect(facts('<Image/1> schema:about obo:CL_0000003 .', named('CL_0000000'))).toEqual([
      'obo:CL_0000003 omg:judged true',
      'obo:CL_0000003 owl:deprecated true',
    ]);
  });

  it('is of an id that its ontology has not that it is no kind of anything', () => {
    expect(facts('<Dataset/1> dwciri:measurementMethod obo:FBbi_99999999 .')).toEqual([
      'obo:FBbi_99999999 omg:judged true',
    ]);
  });

  it.each([
    ['an ontology of which only a part is at hand', 'obo:NCBITaxon_999999999'],
    ['an ontology that is not at hand', 'obo:FMA_7088'],
    ['something that is no term', '<https://example.org/term>'],
    ['a text', '"confocal"'],
  ])('is nothing about %s', (_, object) => {
    expect(facts(`<Image/1> schema:about ${object} .`)).toEqual([]);
  });

  it('is said once, however many objects have the term', () => {
    const lines = Array.from({ length: 50 }, (_, i) => `<Image/${i}> schema:taxonomicRange obo:NCBITaxon_9606 .`);
    expect(facts(lines.join('\n'), named('NCBITaxon_9606'))).toEqual(['obo:NCBITaxon_9606 omg:judged true']);
  });

  it('is asked only when shapes ask', () => {
    const quiet = ontologyQuestions(new Set([`${PREFIXES.rembi}organism`]));
    expect([...quiet.predicates]).toEqual([]);
    expect(facts('<Image/1> schema:taxonomicRange obo:NCBITaxon_9606 .', quiet)).toEqual([]);
    expect([...ontologyQuestions(new Set([`${PREFIXES.omg}judged`])).predicates]).toContain(`${PREFIXES.schema}about`);
  });

  it('goes into a graph without changing what is there', () => {
    const graph = containerGraphOf(graphOf('<Image/1> schema:taxonomicRange obo:NCBITaxon_9606 .'));
    const quads = ontologyFacts(graph, terms, named('NCBITaxon_9606'));
    expect(withTriples(graph, quads).size).toBe(2);
    expect(graph.size).toBe(1);
  });

  it('never fails, whatever IRIs a graph refers to', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true }), (iri) => {
        expect(Array.isArray(facts(`<Image/1> schema:about <${iri.replace(/[<>"{}|\\^`\s]/g, '')}> .`))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an accession', () => {
  const MOUSE = 'MapAnnotation/1/entry/0 omg:contradictedBy obo:NCBITaxon_10090';

  it.each([
    ['in the brackets of a value', [['Organism', 'Homo sapiens (NCBITaxon:10090)', 'organism']]],
    [
      'in the column of its name',
      [
        ['Organism', 'Homo sapiens', 'organism'],
        ['Organism Term Accession', 'NCBITaxon_10090'],
      ],
    ],
    [
      'in the column of its name, further down',
      [
        ['Organism', 'human', 'organism'],
        ['Cell line', 'HeLa'],
        ['organism accession', '10090'],
      ],
    ],
    [
      'in the column after it',
      [
        ['Organism', 'Homo sapiens', 'organism'],
        ['Term Source 1 REF', 'NCBITaxon'],
        ['Term Source 1 Accession', 'NCBITaxon_10090'],
      ],
    ],
  ] as const)('%s contradicts a value that is no name of it', (_, pairs) => {
    expect(contradicted(pairs)).toEqual([MOUSE]);
  });

  it.each([
    ['that is the value\u2019s', 'Mus musculus', 'NCBITaxon:10090'],
    ['of a synonym', 'mouse', 'NCBITaxon:10090'],
    ['of an ontology that is not at hand', 'Homo sapiens', 'WD:Q15978631'],
    ['that is a note', 'Homo sapiens', 'see the paper'],
    ['that is empty', 'Homo sapiens', ''],
  ])('%s contradicts nothing', (_, value, accession) => {
    expect(
      contradicted([
        ['Organism', value, 'organism'],
        ['Organism Term Accession', accession],
      ]),
    ).toEqual([]);
  });

  it('of another pair contradicts nothing', () => {
    expect(
      contradicted([
        ['Organism', 'Homo sapiens', 'organism'],
        ['Host', 'mouse'],
        ['Host Term Accession', 'NCBITaxon:10090'],
        ['Term Source 1 Accession', 'NCBITaxon:10090'],
      ]),
    ).toEqual([]);
  });

  it('is not looked for in fields whose values are of many kinds', () => {
    expect(contradicted([['Intrinsic variable', 'wild type (NCBITaxon:10090)', 'intrinsicVariable']])).toEqual([]);
  });
});

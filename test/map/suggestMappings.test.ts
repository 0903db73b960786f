import { describe, expect, it } from 'vitest';
import { keyCandidates } from '../../src/map/keyCandidates.js';
import { coverageOf } from '../../src/map/coverage.js';
import { mapRecord } from '../../src/map/mapRecord.js';
import { pairsOfLines } from '../../src/map/pairsOfLines.js';
import { pairsOfRecord } from '../../src/map/pairsOfRecord.js';
import { candidatesFrom, suggestMappings } from '../../src/map/suggestMappings.js';
import { unmappedTally } from '../../src/map/unmappedTally.js';
import type { KeyValue, OmeRecord } from '../../src/ome/model.js';
import { indexOf, ontology, sourceTerm } from '../terms/ontologyFixtures.js';
import { context, linesOf } from './mapContext.js';

const terms = indexOf([
  ontology('NCBITaxon', [sourceTerm('NCBITaxon:10090', 'Mus musculus'), sourceTerm('NCBITaxon:9606', 'Homo sapiens')]),
  ontology('UBERON', [sourceTerm('UBERON:0000955', 'brain'), sourceTerm('UBERON:0001950', 'neocortex')]),
  ontology('CL', [
    sourceTerm('CL:0000057', 'fibroblast'),
    sourceTerm('CL:0000058', 'foreskin fibroblast', { obsolete: true, replacedBy: 'CL:0000057' }),
  ]),
]);

const annotated = (value: readonly KeyValue[], targets: readonly string[], namespace?: string): OmeRecord =>
  ({
    kind: 'annotated',
    annotation: { type: 'MapAnnotation', ref: 'MapAnnotation:1', value, ...(namespace && { namespace }) },
    targets,
    containers: ['Project:1'],
  }) as unknown as OmeRecord;
const annotation = (value: readonly KeyValue[], targets: readonly string[], namespace?: string) => {
  const record = annotated(value, targets, namespace);
  const [found] = pairsOfRecord(record, mapRecord(record, context).quads);
  if (found === undefined) throw new Error('no pairs');
  return found;
};

describe('the tally of what no table knows', () => {
  it('counts unmapped keys and ungrounded values by the objects that carry them, the most frequent first', () => {
    const tally = unmappedTally(context);
    tally.add(
      annotation(
        [
          ['Zwirbelung', 'stark'],
          ['Organism', 'snark'],
        ],
        ['Image:1', 'Image:2'],
      ),
      ['A'],
    );
    tally.add(
      annotation(
        [
          ['zwirbelung', 'kaum'],
          ['Organism', 'boojum'],
          ['Organism', 'human'],
        ],
        ['Image:3'],
      ),
      ['B'],
    );
    const { keys, values } = tally.most(10);
    expect(keys).toEqual([
      { subject: 'Zwirbelung', of: undefined, objects: 3, containers: ['A', 'B'], beside: ['stark', 'kaum'] },
    ]);
    expect(values.map((v) => [v.subject, v.of?.field, v.objects])).toEqual([
      ['snark', 'organism', 2],
      ['boojum', 'organism', 1],
    ]);
  });

  it.each(['n/a', 'unknown', '-', '12.5', 'None'])('does not ask for a term of "%s"', (value) => {
    const tally = unmappedTally(context);
    tally.add(annotation([['Organism', value]], ['Image:1']), ['A']);
    expect(tally.most(10).values).toEqual([]);
  });

  it('does not list companions, keys known to be no field, prose and the notes of tools', () => {
    const tally = unmappedTally(context);
    const pairs: KeyValue[] = [
      ['Organism', 'Homo sapiens'],
      ['Organism Term Accession', 'NCBITaxon:9606'],
      ['Organism', 'a very long tale about a snark that was caught in the year of the fish'],
    ];
    tally.add(annotation(pairs, ['Image:1']), ['A']);
    tally.add(annotation([['snark', 'x']], ['Image:1'], 'openmicroscopy.org/cli/transfer'), ['A']);
    expect(tally.most(10)).toEqual({ keys: [], values: [] });
  });

  it('keeps the most frequent texts when there are too many different ones, and says so', () => {
    const tally = unmappedTally(context, 10);
    for (let i = 0; i < 5; i++) tally.add(annotation([['Zwirbelung', 'x']], ['Image:1', 'Image:2']), ['A']);
    for (let i = 0; i < 200; i++)
      tally.add(annotation([[`qx${'abcdefghij'[i % 10]}${i}zzq`, 'x']], ['Image:1']), ['A']);
    expect(tally.isPartial).toBe(true);
    expect(tally.most(1).keys.map((k) => [k.subject, k.objects])).toEqual([['Zwirbelung', 10]]);
  });
});

describe('the pairs in the graph of an export', () => {
  it('are those that were mapped, in order, with the number of objects', async () => {
    const record = annotated(
      Array.from({ length: 12 }, (_, i): KeyValue => [`k${i}`, `v${i}`]),
      ['Image:1', 'Image:2'],
      'lab.example/ns',
    );
    const lines = linesOf([record]);
    const found = [];
    for await (const a of pairsOfLines(async function* () {
      yield* lines;
    }))
      found.push(a);
    expect(found).toEqual(pairsOfRecord(record, mapRecord(record, context).quads));
    expect(found[0]?.pairs.map((p) => p.key)).toEqual(Array.from({ length: 12 }, (_, i) => `k${i}`));
    expect([found[0]?.objects, found[0]?.namespace]).toEqual([2, 'lab.example/ns']);
  });
});

describe('candidates', () => {
  it.each([
    ['treatmt', 'extrinsicVariable'],
    ['perm', 'preparationMethod'],
    ['Imging technik', 'imagingMethod'],
  ])('for the key "%s" begin with %s', (key, field) => {
    expect(keyCandidates(context.mappings, undefined)(key, [], 5)[0]?.field).toBe(field);
  });

  it('for a key in an unknown language come from what its values are', () => {
    const [best] = keyCandidates(context.mappings, terms)('Zvíře', ['Mus musculus', 'Homo sapiens'], 5);
    expect(best).toMatchObject({ field: 'organism', valueKind: 'organism', score: expect.closeTo(0.7) as number });
    expect(best?.because).toContain('2 of 2 values are terms of NCBITaxon');
  });

  it('are as many as asked for, each field once, from the most to the least like it', () => {
    const found = keyCandidates(context.mappings, terms)('sample prep condition type', [], 5);
    expect(found.length).toBe(5);
    expect(new Set(found.map((c) => c.field)).size).toBe(5);
    expect(found.map((c) => c.score)).toEqual([...found.map((c) => c.score)].sort((a, b) => b - a));
  });

  it('for a value are terms in use of the ontologies of its kind', async () => {
    const found = await candidatesFrom(terms)('cellType', 'foreskin fibroblast', 5);
    expect(found.map((c) => c.curie)).toEqual(['CL:0000057']);
    expect(found[0]?.isName).toBe(false);
    expect(await candidatesFrom(terms)('organism', 'mus musculus', 5)).toMatchObject([
      { curie: 'NCBITaxon:10090', score: 1, isName: true },
    ]);
  });

  it('become rows to review, with a row to say that nothing fits, without those rejected before', async () => {
    const { rows, prefixes } = await suggestMappings(
      [
        {
          subject: 'brains',
          of: { field: 'biologicalEntity', kind: 'organismPart' },
          objects: 3,
          containers: ['A'],
          beside: ['Tissue'],
        },
      ],
      {
        ...{ mappings: context.mappings, terms, candidates: 5, version: '1', valueCandidates: candidatesFrom(terms) },
        rejected: () => new Set(['UBERON:0001950']),
      },
    );
    expect(rows.map((r) => r.map((c) => c.object))).toEqual([['UBERON:0000955', 'sssom:NoTermFound']]);
    expect(Object.fromEntries(rows[0]?.[0]?.cells ?? [])).toMatchObject({
      subject_label: 'brains',
      subject_source: 'rembi:biologicalEntity',
      occurrences: '3',
      mapping_tool: 'omegraph 1',
      comment: 'in A; of the key "Tissue"',
    });
    expect(rows.flat().every((r) => r.decision === 'open')).toBe(true);
    expect([...prefixes]).toEqual([['UBERON', 'http://purl.obolibrary.org/obo/UBERON_']]);
  });
});

describe('coverage', () => {
  const graph = (lines: readonly string[]) =>
    async function* () {
      yield* lines;
    };
  const quad = (s: string, p: string, o: string): string => `<https://o.example/${s}> <${p}> ${o} .`;
  const IS_PART = 'http://purl.org/dc/terms/isPartOf';
  const A = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
  const IMAGE = '<https://ld.openmicroscopy.org/core/Image>';

  it('counts an image for a field that it inherits, also over a circle of parents', async () => {
    const lines = [
      quad('Dataset/1', IS_PART, '<https://o.example/Project/1>'),
      quad('Image/1', A, IMAGE),
      quad('Image/1', IS_PART, '<https://o.example/Dataset/1>'),
      quad('Image/2', A, IMAGE),
      quad('Image/2', IS_PART, '<https://o.example/Dataset/2>'),
      quad('Project/1', IS_PART, '<https://o.example/Dataset/1>'),
      quad('Project/1', 'https://w3id.org/omegraph/rembi#organism', '"human"'),
      quad('Project/1', 'https://w3id.org/omegraph/rembi#analysisMethod', '"x"'),
    ];
    const found = await coverageOf(graph(lines), context.mappings);
    expect([found.images, ...found.fields.filter((f) => f.images > 0).map((f) => [f.field, f.images])]).toEqual([
      2,
      ['organism', 1],
      ['analysisMethod', 1],
    ]);
  });

  it('counts pairs, keys and values; what belongs to another key is not unmapped', async () => {
    const record = annotated(
      [
        ['Organism', 'human'],
        ['Organism', 'snark'],
        ['Organism Term Accession', 'NCBITaxon:9606'],
        ['Zwirbelung', 'x'],
        ['empty', ''],
      ],
      ['Image:1'],
    );
    const found = await coverageOf(graph(linesOf([record])), context.mappings);
    expect(found).toMatchObject({
      ...{ pairs: 4, mapped: 2, aside: 1, unmapped: 1, values: 2 },
      keys: { all: 3, mapped: 1, unmapped: 1 },
    });
  });
});

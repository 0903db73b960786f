import { describe, expect, it } from 'vitest';
import type { KeyCounts } from '../../src/audit/fixes/countKeys.js';
import { fixKnowledge } from '../../src/cli/fixKnowledge.js';
import { REMBI_FIELDS } from '../../src/rdf/rembi.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { openTermIndex, type TermIndex } from '../../src/terms/termIndex.js';
import { context } from '../map/mapContext.js';

const terms: TermIndex = { ...(await openTermIndex(['ontologies/terms.idx'])), suggest: () => [] };
const map = { ...context, terms };
const CLIENT = 'openmicroscopy.org/omero/client/mapAnnotation';
const counts = (field: string, ...keys: [namespace: string | undefined, key: string, count: number][]): KeyCounts =>
  new Map([
    [
      PREFIXES.rembi + field,
      new Map(keys.map(([namespace, key, count]) => [`${namespace}\n${key}`, { namespace, key, count }])),
    ],
  ]);
const asked = (value: string, terms: readonly string[] = []) => ({
  ...{ namespace: CLIENT, key: 'Organism', value, field: `${PREFIXES.rembi}organism`, terms },
});

describe('the key of a field', () => {
  it('is REMBI’s name where the site has none, for every element', () => {
    const { keyOf } = fixKnowledge(map, []);
    for (const [field, { label }] of Object.entries(REMBI_FIELDS))
      expect(keyOf(PREFIXES.rembi + field)).toEqual({ namespace: CLIENT, key: label });
    expect(keyOf('http://schema.org/license')).toBeUndefined();
  });

  it('is the one that most objects carry, of those that mean the field on their own', () => {
    const keyOf = (...keys: Parameters<typeof counts> extends [string, ...infer K] ? K : never) =>
      fixKnowledge(map, [counts('organism', ...keys)]).keyOf(`${PREFIXES.rembi}organism`);
    expect(keyOf(['lab', 'species', 3], [CLIENT, 'Organism', 2])).toEqual({ namespace: 'lab', key: 'species' });
    expect(keyOf([undefined, 'species', 3])).toEqual({ namespace: CLIENT, key: 'species' });
    // What means it in its context only, what a tool wrote, what CSV reads as something else.
    expect(keyOf(['lab', 'what it is', 9], [CLIENT, 'Organism', 1])?.key).toBe('Organism');
    expect(keyOf(['openmicroscopy.org/cli/transfer', 'species', 9])).toEqual({ namespace: CLIENT, key: 'Organism' });
    expect(keyOf([CLIENT, 'WELL', 9])?.key).toBe('Organism');
  });

  it('is a general one where the site’s says one sort of answer only', () => {
    const knowledge = fixKnowledge(map, [counts('intrinsicVariable', [CLIENT, 'Gene Symbol', 9])]);
    expect(knowledge.keyOf(`${PREFIXES.rembi}intrinsicVariable`)?.key).toBe('Intrinsic variable');
  });

  it('is that of the first counts that have one', () => {
    const knowledge = fixKnowledge(map, [new Map(), counts('organism', ['record', 'species', 1])]);
    expect(knowledge.keyOf(`${PREFIXES.rembi}organism`)?.namespace).toBe('record');
  });
});

describe('what a value should be', () => {
  const { advise } = fixKnowledge(map, []);

  it('is the name of the one term that has it as a synonym', () => {
    expect(advise(asked('Tasmanian devil'))).toEqual({
      sure: { value: 'Sarcophilus harrisii', why: 'NCBITaxon:9305 is the one term of this name' },
      candidates: [],
    });
  });

  it('is the name of the term that takes the place of an obsolete one', () => {
    const advice = advise({
      ...asked('skin', ['http://www.ebi.ac.uk/efo/EFO_0000962']),
      ...{ key: 'Tissue', field: `${PREFIXES.rembi}biologicalEntity` },
    });
    expect(advice.sure).toEqual({
      value: 'zone of skin',
      why: 'EFO:0000962 is obsolete, UBERON:0000014 takes its place',
    });
  });

  it('stays where the tables know it by now', () => {
    expect(advise(asked('Homo sapiens'))).toMatchObject({
      stays: 'left as it is: the mapping tables know it by now, so export again',
      candidates: [{ value: 'Homo sapiens', curie: 'NCBITaxon:9606' }],
    });
  });

  it('is nobody’s guess where nothing is certain, with what resembles it', () => {
    const term = terms.term('NCBITaxon:10090');
    const found = term === undefined ? [] : [{ term, score: 0.666, by: 'x' }];
    const { advise: ask } = fixKnowledge({ ...context, terms: { ...terms, suggest: () => found } }, []);
    expect(ask(asked('qwertz'))).toEqual({
      candidates: [{ value: 'Mus musculus', curie: 'NCBITaxon:10090', score: 0.67 }],
    });
    expect(fixKnowledge(context, []).advise(asked('qwertz'))).toEqual({ candidates: [] });
  });
});

describe('pairs that a CSV cannot hold', () => {
  const { meansTheSame, canBeWritten } = fixKnowledge(map, []);

  it('may be left out when nothing is lost with them', () => {
    expect(
      meansTheSame(CLIENT, [
        ['Organism', 'mouse'],
        ['empty', ''],
      ]),
    ).toBe(true);
    expect(
      meansTheSame(CLIENT, [
        ['Organism', 'mouse'],
        ['', 'note'],
      ]),
    ).toBe(false);
    expect(meansTheSame(CLIENT, [['WELL', 'A1']])).toBe(false);
    expect(canBeWritten('Tag', 'x')).toBe(false);
  });

  it('stay when they say what the pairs below them mean', () => {
    expect(
      meansTheSame(CLIENT, [
        ['Notes:', ''],
        ['Organism', 'mouse'],
      ]),
    ).toBe(true);
    expect(
      meansTheSame(CLIENT, [
        ['Study', ''],
        ['ID', 'S-1'],
      ]),
    ).toBe(false);
  });
});

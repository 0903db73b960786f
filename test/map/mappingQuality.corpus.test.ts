import { describe, expect, it } from 'vitest';
import {
  DATA,
  goldAccessions,
  goldIsHere,
  goldKeys,
  goldTerms,
  goldValues,
  type GoldValue,
} from '../../bench/goldTables.js';
import { tableMapper } from '../../bench/mappingAdapter.js';
import {
  isReachable,
  judgeKeys,
  judgeValues,
  nilFalseAccepts,
  precision,
  recall,
  scoreAudit,
  scoreOf,
} from '../../bench/mappingScores.js';
import { foreignAccepts } from '../../bench/mappingTraps.js';
import { context } from './mapContext.js';

const here = goldIsHere();
if (!here) console.log(`mappingQuality.corpus: skipped, because ${DATA}/gold is not there`);

/**
 * What is reached (docs/mapping-quality.md); raised with it, up to the goals: values .98/.90, hard strings .95/.75,
 * imaging methods .95/.85, keys .95/.90, modules .97.
 */
const LIMITS = {
  values: { precision: 0.97, recall: 0.15 },
  hard: { precision: 0.95, recall: 0.49 },
  imagingMethod: { precision: 0.95, recall: 0.85 },
  keyField: { precision: 0.95, recall: 0.81 },
  keyModule: { precision: 0.97, recall: 0.81 },
  nilFalse: 0.05,
  flaggedRight: 0.03,
  foreign: 0.005,
} as const;

describe.skipIf(!here)('the quality of the mapping on gold tables', () => {
  const mapper = tableMapper(context.mappings);
  const terms = here ? goldTerms() : undefined;
  const gold = here ? goldValues() : [];
  const scoreOfValues = (of: (g: GoldValue) => boolean) => {
    if (terms === undefined) throw new Error('no gold');
    const judged = judgeValues(
      gold.filter((g) => of(g) && isReachable(g, terms)),
      mapper,
      terms,
    );
    const wrong = judged.filter((j) => j.verdict === 'wrong' || j.verdict === 'false-accept');
    return {
      score: scoreOf(judged),
      wrong: wrong.map((j) => `${j.group} ${j.asked}: ${j.got}, not ${j.wanted}`).join('\n'),
    };
  };

  it('grounds values to the term that curators chose, or not at all', () => {
    const databases = /^(?:gene|compound|protein|phenotype)$/;
    const { score, wrong } = scoreOfValues((g) => g.set === 'values' && !databases.test(g.field));
    expect(precision(score), wrong).toBeGreaterThanOrEqual(LIMITS.values.precision);
    expect(recall(score)).toBeGreaterThanOrEqual(LIMITS.values.recall);
  });

  it('grounds strings as labs write them', () => {
    const { score, wrong } = scoreOfValues((g) => g.set === 'hard');
    expect(precision(score), wrong).toBeGreaterThanOrEqual(LIMITS.hard.precision);
    expect(recall(score)).toBeGreaterThanOrEqual(LIMITS.hard.recall);
    expect(nilFalseAccepts(score), wrong).toBeLessThanOrEqual(LIMITS.nilFalse);
  });

  it('grounds imaging methods', () => {
    const { score, wrong } = scoreOfValues((g) => g.field === 'imaging_method');
    expect(precision(score), wrong).toBeGreaterThanOrEqual(LIMITS.imagingMethod.precision);
    expect(recall(score)).toBeGreaterThanOrEqual(LIMITS.imagingMethod.recall);
  });

  it.each(['field', 'module'] as const)(
    'maps keys to the %s that they mean, and companions and containers to none',
    (what) => {
      const judged = judgeKeys(goldKeys(), mapper, what);
      const limits = what === 'field' ? LIMITS.keyField : LIMITS.keyModule;
      const score = scoreOf(judged);
      const wrong = judged.filter((j) => j.verdict === 'wrong' || j.verdict === 'false-accept');
      expect(
        precision(score),
        wrong.map((j) => `${j.asked}: ${j.got}, not ${j.wanted}`).join('\n'),
      ).toBeGreaterThanOrEqual(limits.precision);
      expect(recall(score)).toBeGreaterThanOrEqual(limits.recall);
      expect(nilFalseAccepts(score)).toBeLessThanOrEqual(LIMITS.nilFalse);
    },
  );

  it('leaves gene symbols, remarks and values of other kinds without a term', () => {
    for (const { field, asked, accepted } of foreignAccepts(gold, mapper))
      expect(accepted.length / asked, `${field}: ${accepted.map((a) => a.value).join(', ')}`).toBeLessThanOrEqual(
        LIMITS.foreign,
      );
  });

  it('does not flag accessions that are right', () => {
    const open = goldAccessions().filter((a) => terms?.ontologies.has(a.accession.split(':')[0] ?? ''));
    const right = scoreAudit(open, mapper).find((s) => s.is === 'right');
    expect((right?.flagged ?? 0) / (right?.n ?? 1)).toBeLessThanOrEqual(LIMITS.flaggedRight);
  });
});

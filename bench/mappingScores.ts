import type { GoldAccession, GoldKey, GoldTerms, GoldValue } from './goldTables.js';
import type { Mapper } from './mappingAdapter.js';

/** Counts of one group of questions; see docs/mapping-quality.md for what each means. */
export interface Score {
  /** Questions that have a right answer, and those whose right answer is that nothing fits. */
  positives: number;
  nils: number;
  /** Answers that were accepted without a person: right, wrong on a positive, wrong on a NIL. */
  right: number;
  wrong: number;
  falseAccepts: number;
}

export const emptyScore = (): Score => ({ positives: 0, nils: 0, right: 0, wrong: 0, falseAccepts: 0 });
export const answered = (s: Score): number => s.right + s.wrong + s.falseAccepts;
export const precision = (s: Score): number => s.right / answered(s);
export const recall = (s: Score): number => s.right / s.positives;
export const nilFalseAccepts = (s: Score): number => s.falseAccepts / s.nils;

/** One judged question, for lists of errors. */
export interface Judged {
  readonly group: string;
  readonly asked: string;
  readonly rule: string;
  readonly got: string | undefined;
  readonly wanted: string;
  readonly verdict: 'right' | 'wrong' | 'open' | 'nil' | 'false-accept';
  /** Wrong, but a term of another ontology with the same name as the wanted one. */
  readonly sameName?: boolean | undefined;
}

export function count(score: Score, verdict: Judged['verdict']): void {
  if (verdict === 'nil' || verdict === 'false-accept') score.nils += 1;
  else score.positives += 1;
  if (verdict === 'right') score.right += 1;
  if (verdict === 'wrong') score.wrong += 1;
  if (verdict === 'false-accept') score.falseAccepts += 1;
}

/** Scores by a property of the judged questions, in the order of their first occurrence. */
export function scoresBy(judged: readonly Judged[], by: (j: Judged) => string): ReadonlyMap<string, Score> {
  const scores = new Map<string, Score>();
  for (const j of judged) {
    const name = by(j);
    const score = scores.get(name) ?? emptyScore();
    scores.set(name, score);
    count(score, j.verdict);
  }
  return scores;
}

export const scoreOf = (judged: readonly Judged[]): Score => scoresBy(judged, () => '').get('') ?? emptyScore();

/** Judges values: a term is right when it or its replacement is one of gold's, or gold's replacement. */
export function judgeValues(gold: readonly GoldValue[], mapper: Mapper, terms: GoldTerms): readonly Judged[] {
  return gold.map((g) => {
    const answer = mapper.value(g.field, g.value);
    const wanted = new Set(g.terms.map(terms.current));
    const right = answer !== undefined && wanted.has(terms.current(answer.curie));
    const nil = wanted.size === 0;
    const verdict = right ? 'right' : nil ? (answer ? 'false-accept' : 'nil') : answer ? 'wrong' : 'open';
    const name = answer && terms.label(answer.curie)?.toLowerCase();
    return {
      group: g.field,
      asked: g.value,
      rule: answer?.rule ?? '-',
      got: answer && `${answer.curie} ${terms.label(answer.curie) ?? ''}`,
      wanted: [...wanted].map((w) => `${w} ${terms.label(w) ?? ''}`).join(' or ') || 'NIL',
      verdict,
      sameName: verdict === 'wrong' && [...wanted].some((w) => terms.label(w)?.toLowerCase() === name),
    };
  });
}

/** Whether gold names a term of an ontology that can be shipped (or says NIL). */
export function isReachable(gold: GoldValue, terms: GoldTerms): boolean {
  return gold.terms.length === 0 || gold.terms.some((t) => terms.ontologies.has(terms.current(t).split(':')[0] ?? ''));
}

/** Judges keys by field or by module; keys without an element in REMBI have no field as their right answer. */
export function judgeKeys(gold: readonly GoldKey[], mapper: Mapper, what: 'field' | 'module'): readonly Judged[] {
  return gold.flatMap((g) => {
    if (g.target === undefined) return [];
    const answer = mapper.key(g.key);
    const wanted: readonly string[] = what === 'field' ? g.target.fields : g.target.modules;
    const got = what === 'field' ? answer.field : answer.module;
    const right = got !== undefined && wanted.includes(got);
    const nil = wanted.length === 0;
    const verdict = right ? 'right' : nil ? (got ? 'false-accept' : 'nil') : got ? 'wrong' : 'open';
    const group = g.module.startsWith('_') ? g.module : (g.target.modules[0] ?? '');
    return [
      {
        group,
        asked: g.key,
        rule: answer.rule,
        got: got ?? answer.outcome,
        wanted: wanted.join(' or ') || g.module,
        verdict,
      },
    ];
  });
}

/** Shares of accessions that are flagged, for right, wrong and drifted ones. */
export interface AuditScore {
  readonly is: GoldAccession['is'];
  n: number;
  flagged: number;
  readonly others: GoldAccession[];
}

export function scoreAudit(gold: readonly GoldAccession[], mapper: Mapper): readonly AuditScore[] {
  const scores = (['right', 'wrong', 'drift'] as const).map((is) => ({
    is,
    n: 0,
    flagged: 0,
    others: [] as GoldAccession[],
  }));
  const drift = mapper.drift?.(gold);
  gold.forEach((g, i) => {
    const score = scores.find((s) => s.is === g.is);
    if (score === undefined) return;
    const flagged = mapper.flags(g.field, g.value, g.accession) || drift?.has(i) === true;
    score.n += 1;
    if (flagged) score.flagged += 1;
    // What a reader wants to see: missed damage, and right pairs that were flagged.
    if (flagged === (g.is === 'right')) score.others.push(g);
  });
  return scores;
}

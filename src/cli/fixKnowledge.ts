import type { KeyCounts } from '../audit/fixes/countKeys.js';
import type { Advice, AskedValue, Candidate, FixKnowledge, SiteKey } from '../audit/fixes/model.js';
import { FIELD_KINDS } from '../map/fieldKinds.js';
import { answerValue, type Grounded, groundValue } from '../map/groundValue.js';
import { CLIENT_NAMESPACE, isTakenKey } from '../map/importCsv.js';
import { mergedKeys, placesIn } from '../map/keyOrder.js';
import { TOOLS } from '../map/keyValues.js';
import type { MapContext } from '../map/mapRecord.js';
import { matchKeys } from '../map/matchKeys.js';
import { suggestValue } from '../map/suggestValue.js';
import { REMBI_FIELDS, type RembiField, rembiFieldOf } from '../rdf/rembi.js';
import type { Term } from '../terms/termIndex.js';
import type { ValueKind } from '../terms/valueKinds.js';

/** Decisions below this are for people to make. */
const SURE = 0.95;
const CANDIDATES = 5;
/** Values that candidates are looked for; each takes some milliseconds. */
const MOST_ASKED = 500;

/** What the mappings and ontologies of a site say for a fix list; keys are looked for in the first counts that have one of the field. */
export function fixKnowledge(map: MapContext, counts: readonly KeyCounts[]): FixKnowledge {
  const keys = new Map<string, SiteKey | undefined>();
  const advices = new Map<string, Advice>();
  const asked = { values: 0 };
  return {
    keyOf(field) {
      if (!keys.has(field)) keys.set(field, siteKey(field, map, counts));
      return keys.get(field);
    },
    advise(value) {
      const question = JSON.stringify(value);
      const known = advices.get(question) ?? advice(value, map, asked);
      advices.set(question, known);
      return known;
    },
    canBeWritten,
    meansTheSame: (namespace, pairs) => meansTheSame(namespace, pairs, map),
    mergedKeys,
    placesIn,
  };
}

const canBeWritten = (key: string, value: string): boolean =>
  key.trim() !== '' && value.trim() !== '' && !isTakenKey(key);

/** Fields whose keys may stand for one sort of answer ("Gene Symbol", "Time point"), which is not what every gap is about. */
const ANYTHING: ReadonlySet<RembiField> = new Set(['intrinsicVariable', 'extrinsicVariable', 'experimentalVariable']);

/** The key that the site uses most for a field, where it means the field on its own; else REMBI's name of the field. */
function siteKey(field: string, map: MapContext, counts: readonly KeyCounts[]): SiteKey | undefined {
  const rembi = rembiFieldOf(field);
  if (rembi === undefined) return undefined;
  for (const ofFields of counts) {
    const used = [...(ofFields.get(field)?.values() ?? [])].sort(
      (a, b) => b.count - a.count || (a.key < b.key ? -1 : Number(a.key !== b.key)),
    );
    for (const { namespace = CLIENT_NAMESPACE, key } of used) {
      const isOwn = namespace.trim() === namespace && !TOOLS.test(namespace) && key.trim() === key;
      if (isOwn && canBeWritten(key, 'x') && means({ namespace, key }, rembi, map)) return { namespace, key };
    }
  }
  const { label, module } = REMBI_FIELDS[rembi];
  return [label, `${module} ${label.toLowerCase()}`]
    .map((key) => ({ namespace: CLIENT_NAMESPACE, key }))
    .find((key) => means(key, rembi, map));
}

function means({ namespace, key }: SiteKey, field: RembiField, { mappings }: MapContext): boolean {
  const [match] = matchKeys([[key, 'x']], namespace, mappings);
  if (match?.kind !== 'row' || match.row.field !== field) return false;
  return !ANYTHING.has(field) || match.valueKind === FIELD_KINDS[field];
}

function meansTheSame(
  namespace: string,
  pairs: readonly (readonly [string, string])[],
  { mappings }: MapContext,
): boolean {
  const isWritten = pairs.map(([key, value]) => canBeWritten(key, value));
  if (!isWritten.includes(false)) return true;
  if (pairs.some(([, value], i) => isWritten[i] === false && value.trim() !== '')) return false;
  const kept = pairs.filter((_, i) => isWritten[i]);
  const before = matchKeys(pairs, namespace, mappings).filter((_, i) => isWritten[i]);
  const after = matchKeys(kept, namespace, mappings);
  return after.every((match, i) => fieldOf(match) === fieldOf(before[i]));
}

const fieldOf = (match: ReturnType<typeof matchKeys>[number] | undefined): string | undefined =>
  match?.kind === 'row' ? match.row.field : match?.kind;

/** What a value should be: certain where one term in use has it as a name, or where its obsolete term has one successor. */
function advice(
  { namespace, key, value, field, terms: iris }: AskedValue,
  map: MapContext,
  asked: { values: number },
): Advice {
  const rembi = rembiFieldOf(field);
  if (rembi === undefined) return { candidates: [] };
  const [match] = matchKeys([[key, value]], namespace, map.mappings);
  const kind: ValueKind = (match?.kind === 'row' ? match.valueKind : undefined) ?? FIELD_KINDS[rembi];
  const { terms } = map;
  const readsBack = (label: string, iri: string): boolean =>
    groundValue({ kind, field: rembi, value: label }, map)?.term.iri === iri;
  const old = iris.length === 1 ? terms?.term(iris[0] ?? '') : undefined;
  const next = old?.obsolete && old.replacedBy !== undefined ? terms?.term(old.replacedBy) : undefined;
  if (old !== undefined && next !== undefined && !next.obsolete && readsBack(next.label, next.iri))
    return {
      sure: { value: next.label, why: `${old.curie} is obsolete, ${next.curie} takes its place` },
      candidates: [],
    };
  const { grounded, lost } = answerValue({ kind, field: rembi, value }, map);
  if (iris.length === 0 && grounded !== undefined) return knownNow(grounded, value, readsBack);
  const named: Candidate[] = lost.flatMap(({ label, curie }) => (label === undefined ? [] : [{ value: label, curie }]));
  if (terms === undefined) return { candidates: named };
  asked.values += 1;
  if (asked.values > MOST_ASKED)
    return {
      stays: `left as it is; candidates were looked for the first ${MOST_ASKED} values only`,
      candidates: named,
    };
  const all = [
    ...named,
    ...suggestValue(kind, value, terms, CANDIDATES).map(({ term, score }) => candidateOf(term, score)),
  ];
  const isNew = (one: Candidate, i: number): boolean => all.findIndex((other) => other.curie === one.curie) === i;
  return { candidates: all.filter(isNew).slice(0, CANDIDATES) };
}

/** A value that the graph has no term for, and the tables of today have: the term's own name where that is certain. */
function knownNow(
  { term, confidence }: Grounded,
  value: string,
  readsBack: (label: string, iri: string) => boolean,
): Advice {
  const { label = term.curie, curie, iri } = term;
  if (confidence >= SURE && label !== value && readsBack(label, iri))
    return { sure: { value: label, why: `${curie} is the one term of this name` }, candidates: [] };
  const stays = 'left as it is: the mapping tables know it by now, so export again';
  return { stays, candidates: [{ value: label, curie, score: confidence }] };
}

const candidateOf = ({ label, curie }: Term, score: number): Candidate => ({
  value: label,
  curie,
  score: Math.round(score * 100) / 100,
});

import { type Finding, finding } from '../findings.js';
import { foldTerm, type Term, type TermIndex } from '../terms/termIndex.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { accessionOf, type AccessionQuestion } from './accessionAudit.js';

/** Finds spreadsheets' fill handles at work: ids that count up beside one value, values that count up beside one id. */
export interface DriftCollector {
  /** Notes an accession of a study or container. */
  add(scope: string, seen: AccessionQuestion): void;
  /** Whether, by all that was noted so far, this accession or value is one that was counted up. */
  isDrift(scope: string, seen: AccessionQuestion): boolean;
  /** One finding for each value or id with drift, with what to write instead. */
  findings(): readonly Finding[];
}

/** Values of one thing that were noted: numbers, how often, and as what. */
interface Counted {
  readonly scope: string;
  readonly kind: ValueKind;
  /** The value beside which ids are counted, or the id beside which values are. */
  readonly of: string;
  readonly numbers: Map<number, { rows: number; readonly text: string }>;
  rows: number;
}

/** As many things are remembered at once, and as many numbers of each. */
const GROUPS = 100_000;
const NUMBERS = 2000;
const LONGEST = 300;
/** Fewer than these, or with gaps between more of them, are no drift. */
const FEWEST_IDS = 4;
const FEWEST_VALUES = 3;
const CONSECUTIVE = 0.7;

/** A collector for one run; its memory is bounded, and what shows no sign of drift is forgotten first. */
export function driftCollector(terms?: TermIndex): DriftCollector {
  const ids = new Map<string, Counted>();
  const values = new Map<string, Counted>();

  const note = (
    groups: Map<string, Counted>,
    key: string,
    number: number,
    text: string,
    of: () => Omit<Counted, 'numbers' | 'rows'>,
  ): void => {
    let group = groups.get(key);
    if (group === undefined) {
      if (groups.size >= GROUPS) forget(groups);
      group = { ...of(), numbers: new Map(), rows: 0 };
      groups.set(key, group);
    }
    group.rows += 1;
    const seen = group.numbers.get(number);
    if (seen !== undefined) seen.rows += 1;
    else if (group.numbers.size < NUMBERS) group.numbers.set(number, { rows: 1, text });
  };

  const idKey = (scope: string, seen: AccessionQuestion, prefix: string): string =>
    `${scope}\n${seen.kind}\n${prefix}\n${foldTerm(seen.value)}`;
  const valueKey = (scope: string, seen: AccessionQuestion, curie: string, stem: string): string =>
    `${scope}\n${seen.kind}\n${curie}\n${foldTerm(stem)}`;

  const names = (term: Term | undefined): readonly string[] =>
    term === undefined ? [] : [term.label, ...term.synonyms.map((s) => s.text)].map(compact);
  const isNameOf = (curie: string, value: string): boolean => {
    const term = terms?.term(curie);
    const now = term?.replacedBy === undefined ? undefined : terms?.term(term.replacedBy);
    return [...names(term), ...names(now)].includes(compact(value));
  };

  /** The id to write everywhere: that of the term with the value as a name, else the most frequent, else the lowest. */
  const rightId = ({
    of,
    numbers,
  }: Counted): { readonly number: number; readonly curie: string; readonly sure: boolean } => {
    const all = [...numbers].sort(([a], [b]) => a - b);
    const curie = nameOwner(of, all[0]?.[1].text ?? '');
    if (curie !== undefined) return { number: Number(curie.slice(curie.indexOf(':') + 1)), curie, sure: true };
    const named = all.find(([, { text }]) => isNameOf(text, of));
    const [number, { text }] = named ?? all.reduce((a, b) => (b[1].rows > a[1].rows ? b : a));
    return { number, curie: text, sure: named !== undefined };
  };
  /** The one term of an id's ontology that has a text as label or exact synonym. */
  const nameOwner = (text: string, idOfOntology: string): string | undefined => {
    const hits = terms?.find(text, [idOfOntology.slice(0, idOfOntology.indexOf(':'))]) ?? [];
    const best = ['label', 'exact']
      .map((by) => hits.filter((h) => h.by === by && !h.term.obsolete))
      .find((h) => h.length > 0);
    return best?.length === 1 ? best[0]?.term.curie : undefined;
  };
  /**
   * The number in the value that is the id's: one of those noted, or the one that they count on from. Undefined when none
   * is, as in numbers of samples or clones.
   */
  const rightValue = ({ of, numbers }: Counted): { readonly number: number; readonly text: string } | undefined => {
    const named = [...numbers].find(([, { text }]) => isNameOf(of, text));
    if (named !== undefined) return { number: named[0], text: named[1].text };
    const [first] = [...numbers].sort(([a], [b]) => a - b);
    const text = first?.[1].text.replace(/\d+$/u, (n) => String(Number(n) - 1)) ?? '';
    return first !== undefined && isNameOf(of, text) ? { number: first[0] - 1, text } : undefined;
  };
  const drifts = (group: Counted | undefined, fewest: number): group is Counted =>
    group !== undefined && countsUp([...group.numbers.keys()], fewest);

  return {
    add(scope, seen) {
      const accession = seen.value.length > LONGEST || seen.accession.length > LONGEST ? undefined : accessionOf(seen);
      if (accession === undefined || seen.value.trim() === '') return;
      const { kind } = seen;
      const local = Number(accession.local);
      if (Number.isSafeInteger(local))
        note(ids, idKey(scope, seen, accession.prefix), local, accession.curie, () => ({
          scope,
          kind,
          of: seen.value.trim(),
        }));
      const counted = countedValue(seen.value);
      if (counted !== undefined)
        note(values, valueKey(scope, seen, accession.curie, counted.stem), counted.number, seen.value.trim(), () => ({
          scope,
          kind,
          of: accession.curie,
        }));
    },
    isDrift(scope, seen) {
      const accession = accessionOf(seen);
      if (accession === undefined) return false;
      const group = ids.get(idKey(scope, seen, accession.prefix));
      if (drifts(group, FEWEST_IDS)) return rightId(group).number !== Number(accession.local);
      const counted = countedValue(seen.value);
      const beside = counted && values.get(valueKey(scope, seen, accession.curie, counted.stem));
      if (counted === undefined || !drifts(beside, FEWEST_VALUES)) return false;
      const right = rightValue(beside);
      return right !== undefined && right.number !== counted.number;
    },
    findings() {
      const found: Finding[] = [];
      for (const group of ids.values()) {
        if (!drifts(group, FEWEST_IDS)) continue;
        const right = rightId(group);
        const [first = '', last = ''] = ends(group);
        const detail = `${group.numbers.size} ids from ${first} to ${last}; write ${right.curie}${right.sure ? '' : ' if that is right'}`;
        const count = group.rows - (group.numbers.get(right.number)?.rows ?? 0);
        found.push(
          finding('accession-drift', `${group.kind}: ${group.of.toWellFormed()}`, { at: group.scope, detail, count }),
        );
      }
      for (const group of values.values()) {
        const right = drifts(group, FEWEST_VALUES) ? rightValue(group) : undefined;
        if (right === undefined) continue;
        const [first = '', last = ''] = ends(group);
        const rows = group.numbers.get(right.number)?.rows ?? 0;
        const detail = `${group.numbers.size} values from ${first} to ${last}; write ${right.text}`.toWellFormed();
        found.push(
          finding('value-drift', `${group.kind}: ${group.of}`, { at: group.scope, detail, count: group.rows - rows }),
        );
      }
      return found;
    },
  };
}

const compact = (text: string): string => foldTerm(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** A value that ends in a number, apart: `MDA-MB-231`. */
function countedValue(value: string): { readonly stem: string; readonly number: number } | undefined {
  const found = /^(.*[^\d.,])(\d{1,9})\s*$/su.exec(value);
  return found ? { stem: found[1] ?? '', number: Number(found[2]) } : undefined;
}

/** Whether numbers are as many and as close as a fill handle leaves them. */
function countsUp(numbers: readonly number[], fewest: number): boolean {
  if (numbers.length < fewest) return false;
  const sorted = [...numbers].sort((a, b) => a - b);
  const next = sorted.filter((n, i) => i > 0 && n - (sorted[i - 1] ?? 0) === 1).length;
  return next >= CONSECUTIVE * (sorted.length - 1);
}

function ends({ numbers }: Counted): readonly string[] {
  const sorted = [...numbers].sort(([a], [b]) => a - b);
  return [sorted[0]?.[1].text ?? '', sorted.at(-1)?.[1].text ?? ''];
}

/** Makes room: of the older half, what was seen with one number only. */
function forget(groups: Map<string, Counted>): void {
  let left = groups.size / 2;
  for (const [key, group] of groups) {
    if (left-- <= 0) break;
    if (group.numbers.size < 2) groups.delete(key);
  }
  // Where nothing was to be forgotten, the oldest are.
  for (const key of groups.keys()) {
    if (groups.size < GROUPS) break;
    groups.delete(key);
  }
}

import { type Finding, finding } from '../findings.js';
import { foldTerm, type Term, type TermIndex } from '../terms/termIndex.js';
import { accessionOf, type AccessionQuestion } from '../terms/accessionAudit.js';
import { type Counted, countedNumbers, countsUp, ends } from './countedNumbers.js';

/** Finds spreadsheets' fill handles at work: ids that count up beside one value, values that count up beside one id. */
export interface DriftCollector {
  /** Notes an accession of a study or container. */
  add(scope: string, seen: AccessionQuestion): void;
  /** Whether, by all that was noted so far, this accession or value is one that was counted up. */
  isDrift(scope: string, seen: AccessionQuestion): boolean;
  /** One finding for each value or id with drift, with what to write instead. */
  findings(): readonly Finding[];
}

const LONGEST = 300;
/** Pairs whose places are remembered: a study repeats few pairs in many rows. */
const PLACES = 20_000;
/** Fewer than these are no drift. */
const FEWEST_IDS = 4;
const FEWEST_VALUES = 3;

/** Where a pair is counted: beside its value, and, for a value that ends in a number, beside its id. */
interface Place {
  readonly curie: string;
  readonly value: string;
  readonly id?: { readonly key: string; readonly number: number } | undefined;
  readonly counted?: { readonly key: string; readonly number: number } | undefined;
}

/** A collector for one run; its memory is bounded, and what shows no sign of drift is forgotten first. */
export function driftCollector(terms?: TermIndex): DriftCollector {
  const ids = countedNumbers();
  const values = countedNumbers();
  const places = new Map<string, Place | undefined>();

  const placeOf = (scope: string, seen: AccessionQuestion): Place | undefined => {
    if (seen.value.length > LONGEST || seen.accession.length > LONGEST) return undefined;
    const asked = `${scope}\n${seen.kind}\n${seen.accession}\n${seen.value}`;
    if (places.has(asked)) return places.get(asked);
    if (places.size >= PLACES) places.clear();
    const place = newPlace(scope, seen);
    places.set(asked, place);
    return place;
  };

  const namesOf = cached((curie: string): ReadonlySet<string> => {
    const term = terms?.term(curie);
    const now = term?.replacedBy === undefined ? undefined : terms?.term(term.replacedBy);
    return new Set([term, now].flatMap((t) => (t === undefined ? [] : names(t))));
  });
  const isNameOf = (curie: string, value: string): boolean => namesOf(curie).has(compact(value));

  /** The one term of an id's ontology that has a text as label or exact synonym. */
  const nameOwner = (text: string, idOfOntology: string): string | undefined => {
    const hits = terms?.find(text, [idOfOntology.slice(0, idOfOntology.indexOf(':'))]) ?? [];
    const best = ['label', 'exact']
      .map((by) => hits.filter((h) => h.by === by && !h.term.obsolete))
      .find((h) => h.length > 0);
    return best?.length === 1 ? best[0]?.term.curie : undefined;
  };
  /** The id to write everywhere: that of the term with the value as a name, else the most frequent, else the lowest. */
  const rightId = (group: Counted): { readonly curie: string; readonly sure: boolean } => {
    const [first] = ends(group);
    const owner = nameOwner(group.of, first);
    if (owner !== undefined) return { curie: owner, sure: true };
    const all = [...group.numbers].sort(([a], [b]) => a - b).map(([, seen]) => seen);
    const named = all.find(({ text }) => isNameOf(text, group.of));
    const often = all.reduce((a, b) => (b.rows > a.rows ? b : a));
    return { curie: (named ?? often).text, sure: named !== undefined };
  };
  /**
   * The value that is the id's: one of those noted, or the one that they count on from. Undefined when none is, as in
   * numbers of samples or clones.
   */
  const rightValue = (group: Counted): string | undefined => {
    const named = [...group.numbers.values()].find(({ text }) => isNameOf(group.of, text));
    const before = ends(group)[0].replace(/\d+$/u, (n) => String(Number(n) - 1));
    return named?.text ?? (isNameOf(group.of, before) ? before : undefined);
  };

  return {
    add(scope, seen) {
      const place = placeOf(scope, seen);
      if (place === undefined) return;
      const { id, counted, curie, value } = place;
      if (id !== undefined) ids.note(id.key, id.number, curie, () => ({ scope, kind: seen.kind, of: value }));
      if (counted !== undefined)
        values.note(counted.key, counted.number, value, () => ({ scope, kind: seen.kind, of: curie }));
    },
    isDrift(scope, seen) {
      const place = placeOf(scope, seen);
      const group = place?.id && ids.get(place.id.key);
      if (place !== undefined && group !== undefined && countsUp(group, FEWEST_IDS))
        return rightId(group).curie !== place.curie;
      const beside = place?.counted && values.get(place.counted.key);
      if (place === undefined || beside === undefined || !countsUp(beside, FEWEST_VALUES)) return false;
      const right = rightValue(beside);
      return right !== undefined && right !== place.value;
    },
    findings() {
      const found: Finding[] = [];
      const tell = (code: 'accession-drift' | 'value-drift', group: Counted, what: string, write: string): void => {
        const { scope, kind, of, numbers, rows } = group;
        const [first, last] = ends(group);
        const right =
          [...numbers.values()].find(({ text }) => write === text || write === `${text} if that is right`)?.rows ?? 0;
        const detail = `${numbers.size} ${what} from ${first} to ${last}; write ${write}`.toWellFormed();
        found.push(finding(code, `${kind}: ${of.toWellFormed()}`, { at: scope, detail, count: rows - right }));
      };
      for (const group of ids.all()) {
        if (!countsUp(group, FEWEST_IDS)) continue;
        const { curie, sure } = rightId(group);
        tell('accession-drift', group, 'ids', sure ? curie : `${curie} if that is right`);
      }
      for (const group of values.all()) {
        const right = countsUp(group, FEWEST_VALUES) ? rightValue(group) : undefined;
        if (right !== undefined) tell('value-drift', group, 'values', right);
      }
      return found;
    },
  };
}

function newPlace(scope: string, seen: AccessionQuestion): Place | undefined {
  const accession = accessionOf(seen);
  const value = seen.value.trim();
  if (accession === undefined || value === '') return undefined;
  const number = Number(accession.local);
  const counted = /^(.*[^\d.,])(\d{1,9})$/su.exec(value);
  return {
    curie: accession.curie,
    value,
    ...(Number.isSafeInteger(number) && {
      id: { key: `${scope}\n${seen.kind}\n${accession.prefix}\n${foldTerm(value)}`, number },
    }),
    ...(counted && {
      counted: {
        key: `${scope}\n${seen.kind}\n${accession.curie}\n${foldTerm(counted[1] ?? '')}`,
        number: Number(counted[2]),
      },
    }),
  };
}

const compact = (text: string): string => foldTerm(text).replace(/[^\p{L}\p{N}]+/gu, '');
const names = (term: Term): readonly string[] => [term.label, ...term.synonyms.map((s) => s.text)].map(compact);

/** A function of texts that remembers its last answers. */
function cached<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? of(text);
    if (known.size >= 1000) known.clear();
    known.set(text, found);
    return found;
  };
}

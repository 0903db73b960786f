import { oneLine } from '../errors.js';
import type { RembiField } from '../rdf/rembi.js';
import { VALUE_KINDS, type ValueKind } from '../terms/valueKinds.js';
import { answerValue, type ValueContext } from './groundValue.js';
import { LONGEST_KEY } from './keyMatch.js';
import { TOOLS } from './keyValues.js';
import { visibleKey } from './keyWords.js';
import { fold } from './mappingSet.js';
import { matchKeys } from './matchKeys.js';
import type { GraphAnnotation } from './pairsOfLines.js';
import { tableCell } from './tableText.js';
import { parseTypedValue } from './typedValue.js';

/** A text that no mapping knows, and how often it occurs. */
export interface Unmapped {
  readonly subject: string;
  /** Field and kind of a value; undefined for a key. */
  readonly of: { readonly field: RembiField; readonly kind: ValueKind } | undefined;
  /** Objects that carry it. */
  readonly objects: number;
  /** Containers that it is in; no more than 20 are named. */
  readonly containers: readonly string[];
  /** Of a key some values, of a value some keys. */
  readonly beside: readonly string[];
}

/** What the tables do not know yet, counted; bounded, however many different texts there are. */
export interface UnmappedTally {
  add(annotation: GraphAnnotation, containers: readonly string[]): void;
  /** Keys, then values, most frequent first. */
  most(limit: number): { readonly keys: readonly Unmapped[]; readonly values: readonly Unmapped[] };
  /** Whether rare texts were dropped, so that counts of others may be too low. */
  readonly isPartial: boolean;
}

/** Longer values are prose, not names of terms. */
const LONGEST_VALUE = 100;
const MOST_WORDS = 8;
/** What people type when they have nothing to say, and values without a word of two letters. */
const SAYS_NOTHING =
  /^\W*(?:n\.?\/?a\.?|none|null|nil|unknown|not (?:applicable|available|known|determined)|tbd|\?+)\W*$/i;
const WORD = /\p{L}{2}/u;
const CONTAINERS = 20;
const BESIDE = 5;

interface Counted {
  readonly subject: string;
  readonly of: Unmapped['of'];
  objects: number;
  readonly containers: Set<string>;
  readonly beside: Set<string>;
}

/** An empty tally that keeps between `room` and twice `room` different keys, and as many values: the most frequent ones. */
export function unmappedTally(context: ValueContext, room = 20_000): UnmappedTally {
  const { mappings } = context;
  const keys = new Map<string, Counted>();
  const values = new Map<string, Counted>();
  let isPartial = false;
  const count = (
    into: Map<string, Counted>,
    id: string,
    found: Pick<Counted, 'subject' | 'of'>,
    beside: string,
    { objects }: GraphAnnotation,
    containers: readonly string[],
  ): void => {
    let row = into.get(id);
    if (row === undefined) {
      if (into.size >= 2 * room) {
        isPartial = true;
        for (const [old] of byCount(into).slice(room)) into.delete(old);
      }
      row = { ...found, objects: 0, containers: new Set(), beside: new Set() };
      into.set(id, row);
    }
    row.objects += objects;
    for (const c of containers) if (row.containers.size < CONTAINERS) row.containers.add(c);
    if (row.beside.size < BESIDE) row.beside.add(oneLine(beside, 80));
  };
  const most = (from: Map<string, Counted>, limit: number): Unmapped[] =>
    byCount(from)
      .slice(0, limit)
      .map(([, { containers, beside, ...row }]) => ({ ...row, containers: [...containers], beside: [...beside] }));
  return {
    add(annotation, containers) {
      const { pairs, namespace } = annotation;
      if (namespace !== undefined && TOOLS.test(namespace)) return;
      const matches = matchKeys(
        pairs.map(({ key, value }) => [key, value]),
        namespace,
        mappings,
      );
      pairs.forEach((pair, i) => {
        const match = matches[i];
        if (match === undefined || pair.key.trim() === '' || pair.value.trim() === '') return;
        if (match.kind === 'unknown') {
          const subject = tableCell(visibleKey(pair.key.slice(0, LONGEST_KEY + 1)));
          if (subject === '' || subject.length > LONGEST_KEY || fold(subject) === '') return;
          count(keys, fold(subject), { subject, of: undefined }, pair.value, annotation, containers);
          return;
        }
        if (match.kind !== 'row' || match.row.field === undefined || match.valueKind === undefined) return;
        const of = { field: match.row.field, kind: match.valueKind };
        if (VALUE_KINDS[of.kind].ontologies.length === 0 || !mayBeTerm(pair.value, of.kind)) return;
        // What was grounded stays so; a key that is mapped only now may have values that nobody looked at.
        if (pair.term !== undefined || (pair.none && pair.field === of.field)) return;
        const subject = tableCell(pair.value);
        const folded = fold(subject);
        const answer = answerValue({ ...of, value: pair.value }, context);
        if (folded === '' || answer.grounded !== undefined || answer.none !== undefined) return;
        count(values, `${of.field}\u0000${folded}`, { subject, of }, pair.key, annotation, containers);
      });
    },
    most: (limit) => ({ keys: most(keys, limit), values: most(values, limit) }),
    get isPartial() {
      return isPartial;
    },
  };
}

/** Whether a value may be the name of a term: no prose, no quantity or date, and not the absence of a value. */
function mayBeTerm(value: string, kind: ValueKind): boolean {
  if (value.length > LONGEST_VALUE || !WORD.test(value) || SAYS_NOTHING.test(value)) return false;
  return value.trim().split(/\s+/).length <= MOST_WORDS && parseTypedValue(kind, value) === undefined;
}

function byCount(from: ReadonlyMap<string, Counted>): [string, Counted][] {
  return [...from].sort(([a, x], [b, y]) => y.objects - x.objects || (a < b ? -1 : 1));
}

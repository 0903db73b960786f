import type { ValueKind } from '../terms/valueKinds.js';

/** The numbers that were seen beside one thing: how often each, and as what. */
export interface Counted {
  readonly scope: string;
  readonly kind: ValueKind;
  /** The value beside which ids are counted, or the id beside which values are. */
  readonly of: string;
  readonly numbers: Map<number, { rows: number; readonly text: string }>;
  rows: number;
}

/** Numbers beside things, in bounded memory. */
export interface CountedNumbers {
  note(key: string, number: number, text: string, of: () => Pick<Counted, 'scope' | 'kind' | 'of'>): void;
  get(key: string): Counted | undefined;
  all(): Iterable<Counted>;
}

/** More numbers of one thing say nothing new. */
const NUMBERS = 2000;

/** Keeps at most `limit` numbers; what was seen with one number only is forgotten first, then what was seen first. */
export function countedNumbers(limit = 200_000): CountedNumbers {
  const groups = new Map<string, Counted>();
  let kept = 0;
  const drop = (key: string, group: Counted): void => {
    groups.delete(key);
    kept -= group.numbers.size;
  };
  const forget = (): void => {
    let older = groups.size / 2;
    for (const [key, group] of groups) {
      if (older-- <= 0) break;
      if (group.numbers.size < 2) drop(key, group);
    }
    for (const [key, group] of groups) {
      if (kept <= limit * 0.75) break;
      drop(key, group);
    }
  };
  return {
    note(key, number, text, of) {
      if (kept >= limit) forget();
      let group = groups.get(key);
      if (group === undefined) {
        group = { ...of(), numbers: new Map(), rows: 0 };
        groups.set(key, group);
      }
      group.rows += 1;
      const seen = group.numbers.get(number);
      if (seen !== undefined) {
        seen.rows += 1;
        return;
      }
      if (group.numbers.size >= NUMBERS) return;
      group.numbers.set(number, { rows: 1, text });
      kept += 1;
    },
    get: (key) => groups.get(key),
    all: () => groups.values(),
  };
}

/** Whether numbers are as many, and as close to each other, as a fill handle leaves them. */
export function countsUp({ numbers }: Counted, fewest: number): boolean {
  if (numbers.size < fewest) return false;
  const sorted = [...numbers.keys()].sort((a, b) => a - b);
  const next = sorted.filter((n, i) => i > 0 && n - (sorted[i - 1] ?? 0) === 1).length;
  return next >= CONSECUTIVE * (sorted.length - 1);
}
/** With gaps between more of them they are no drift. */
const CONSECUTIVE = 0.7;

/** What stands with the lowest and with the highest number. */
export function ends({ numbers }: Counted): readonly [first: string, last: string] {
  const sorted = [...numbers].sort(([a], [b]) => a - b);
  return [sorted[0]?.[1].text ?? '', sorted.at(-1)?.[1].text ?? ''];
}

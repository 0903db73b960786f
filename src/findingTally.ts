import type { Finding, FindingCode, Severity } from './findings.js';

/** The findings of a run, counted instead of repeated: one row per code and focus, bounded per code. */
export interface FindingTally {
  add(f: Finding): void;
  /** Rows in order of severity, code and count; each with its `count`. */
  rows(): readonly Finding[];
  /** Number of findings of a severity, rows that were not kept included. */
  total(severity: Severity): number;
  /** How many findings were counted but have no row of their own. */
  readonly dropped: number;
}

const RANK: Readonly<Record<Severity, number>> = { violation: 0, warning: 1, info: 2 };

/** Places that are remembered, so that what is repeated is counted once. */
const PLACES = 50_000;

/** An empty tally that keeps at most `limit` rows a code, so that memory does not grow with the data. */
export function findingTally(limit = 10_000): FindingTally {
  const byCode = new Map<FindingCode, Map<string, Finding>>();
  const totals: Record<Severity, number> = { violation: 0, warning: 0, info: 0 };
  const places = new Set<string>();
  let dropped = 0;
  /** Whether the same was said of the same place: shared annotations are met once in every file that repeats them. */
  const isRepeated = (f: Finding): boolean => {
    if (f.at === undefined || f.count !== undefined) return false;
    const place = `${f.code}\u0000${f.focus}\u0000${f.at}`;
    if (places.has(place)) return true;
    if (places.size >= PLACES) places.clear();
    places.add(place);
    return false;
  };
  return {
    add(f) {
      if (isRepeated(f)) return;
      const times = f.count ?? 1;
      totals[f.severity] += times;
      const rows = byCode.get(f.code) ?? new Map<string, Finding>();
      byCode.set(f.code, rows);
      const key = `${f.severity}\u0000${f.focus}`;
      const seen = rows.get(key);
      if (seen !== undefined) rows.set(key, { ...seen, count: (seen.count ?? 1) + times });
      else if (rows.size < limit) rows.set(key, { ...f, count: times });
      else dropped += times;
    },
    rows: () =>
      [...byCode.values()]
        .flatMap((rows) => [...rows.values()])
        .sort(
          (a, b) =>
            RANK[a.severity] - RANK[b.severity] ||
            (a.code < b.code ? -1 : a.code > b.code ? 1 : 0) ||
            (b.count ?? 1) - (a.count ?? 1) ||
            (a.focus < b.focus ? -1 : 1),
        ),
    total: (severity) => totals[severity],
    get dropped() {
      return dropped;
    },
  };
}

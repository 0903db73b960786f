import type { Severity } from '../../findings.js';
import { type AuditReport, type ResultGroup, STATUSES } from '../model.js';

/** One thing to do, over all containers: the results of one shape. */
export interface Fix {
  /** Number of the shape. */
  readonly shape: number;
  readonly severity: Severity;
  readonly message: string;
  /** Objects concerned, waived ones not among them. */
  readonly count: number;
  /** Share (0…1) that the completeness of everything grows by when it is done everywhere; 0 for what does not count. */
  readonly gain: number;
  /** Number of the container in the report and objects concerned there, the most first. */
  readonly containers: readonly (readonly [container: number, count: number])[];
  /** At most ten. */
  readonly examples: ResultGroup['examples'];
}

const GRAVITY: Readonly<Record<Severity, number>> = { violation: 0, warning: 1, info: 2 };

/** What is open in all containers, the gravest first, then what concerns the most objects. */
export function whatToFix(report: AuditReport): readonly Fix[] {
  const fixes = new Map<
    string,
    { group: ResultGroup; count: number; containers: [number, number][]; examples: Fix['examples'] }
  >();
  for (const [number, { groups }] of report.containers.entries()) {
    for (const group of groups) {
      if (group.count === 0) continue;
      const key = `${group.shape}\n${group.severity}\n${group.message}`;
      let fix = fixes.get(key);
      if (fix === undefined) fixes.set(key, (fix = { group, count: 0, containers: [], examples: [] }));
      fix.count += group.count;
      fix.containers.push([number, group.count]);
      if (fix.examples.length < 10) fix.examples = [...fix.examples, ...group.examples].slice(0, 10);
    }
  }
  const gains = fieldGains(report);
  return [...fixes.values()]
    .map(({ group: { shape, severity, message }, count, containers, examples }): Fix => {
      const { field, aspect } = report.shapes[shape] ?? {};
      const gain = field === undefined || aspect === undefined ? 0 : (gains[field]?.[aspect] ?? 0);
      containers.sort((a, b) => b[1] - a[1]);
      return { shape, severity, message, count, gain, containers, examples };
    })
    .sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || b.count - a.count);
}

const AT = Object.fromEntries(STATUSES.map((s, i) => [s, i])) as Readonly<Record<(typeof STATUSES)[number], number>>;

/** For each field what the completeness of everything grows by when what is missing or invalid is stated. */
function fieldGains({ fields, server }: AuditReport): readonly Readonly<Record<string, number>>[] {
  const of = (field: number, status: (typeof STATUSES)[number]): number => server.counts[field]?.[AT[status]] ?? 0;
  const expected = fields.map((f, i) =>
    f.severity === 'info'
      ? 0
      : of(i, 'filled') + of(i, 'inherited') + of(i, 'notGrounded') + of(i, 'missing') + of(i, 'invalid'),
  );
  const asked = expected.filter((n) => n > 0).length;
  return expected.map((n, i): Readonly<Record<string, number>> =>
    n === 0 ? {} : { presence: of(i, 'missing') / n / asked, validity: of(i, 'invalid') / n / asked },
  );
}

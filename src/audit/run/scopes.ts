import type { Severity } from '../../findings.js';
import { type FieldCounts, type FieldInfo, type Scope, STATUSES } from '../model.js';

/** Statuses of a field follow one another in `ScopeTotal.counts`. */
export const WIDTH = STATUSES.length;
const AT = Object.fromEntries(STATUSES.map((status, i) => [status, i])) as Record<(typeof STATUSES)[number], number>;

/** What a scope adds up to; sums of totals are totals. */
export interface ScopeTotal {
  images: number;
  imagesNotAudited: number;
  /** Objects by field and status: `counts[field * WIDTH + status]`. */
  readonly counts: Uint32Array;
  readonly results: Record<Severity, number>;
  waived: number;
}

/** A total of nothing. */
export function emptyTotal(fields: number): ScopeTotal {
  return {
    images: 0,
    imagesNotAudited: 0,
    counts: new Uint32Array(fields * WIDTH),
    results: { violation: 0, warning: 0, info: 0 },
    waived: 0,
  };
}

/** Adds one total to another. */
export function addTotal(sum: ScopeTotal, more: ScopeTotal): void {
  sum.images += more.images;
  sum.imagesNotAudited += more.imagesNotAudited;
  sum.waived += more.waived;
  for (let i = 0; i < sum.counts.length; i += 1) sum.counts[i] = (sum.counts[i] ?? 0) + (more.counts[i] ?? 0);
  for (const severity of ['violation', 'warning', 'info'] as const) sum.results[severity] += more.results[severity];
}

/** Makes scopes of totals; counts that are the same are one array, because most datasets look alike. */
export function scopeMaker(fields: readonly FieldInfo[], modules: readonly string[]): (total: ScopeTotal) => Scope {
  const known = new Map<string, FieldCounts>();
  const shared = (counts: FieldCounts): FieldCounts => {
    const key = counts.join();
    const before = known.get(key);
    if (before === undefined && known.size < 10_000) known.set(key, counts);
    return before ?? counts;
  };
  return (total) => {
    const counts = fields.map((_, field) =>
      shared(Array.from(total.counts.subarray(field * WIDTH, (field + 1) * WIDTH))),
    );
    return {
      images: total.images,
      imagesNotAudited: total.imagesNotAudited,
      completeness: completeness(fields, counts),
      moduleCompleteness: modules.map((module) => completeness(fields, counts, module)),
      counts,
      results: { ...total.results },
      waived: total.waived,
    };
  };
}

/**
 * Share (0…1) of objects that have a field: filled, inherited or as free text, of those that should have it, which leaves out
 * what is waived, not applicable or not audited; null when none should.
 */
export function fieldShare(counts: FieldCounts): number | null {
  const of = (status: keyof typeof AT): number => counts[AT[status]] ?? 0;
  const asked = counts.reduce((sum, n) => sum + n, 0) - of('waived') - of('notApplicable') - of('notAudited');
  return asked === 0 ? null : (of('filled') + of('inherited') + of('notGrounded')) / asked;
}

/**
 * Mean share (0…1) over the fields, of one module or of all. Fields of severity info are a bonus and do not count, nor do
 * fields that no object here should have; null when nothing is left. Every field weighs the same, however many objects it is asked of.
 */
function completeness(fields: readonly FieldInfo[], counts: readonly FieldCounts[], module?: string): number | null {
  let sum = 0;
  let expected = 0;
  for (const [i, field] of fields.entries()) {
    if (field.severity === 'info' || (module !== undefined && field.module !== module)) continue;
    const share = fieldShare(counts[i] ?? []);
    if (share === null) continue;
    sum += share;
    expected += 1;
  }
  // without the noise of binary fractions, so that reports compare; never rounded up to 1
  return expected === 0 ? null : Math.floor((sum / expected) * 1e6 + 1e-3) / 1e6;
}

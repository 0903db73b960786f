import type { Severity } from '../../findings.js';
import type { StoredAudit } from '../model.js';
import type { AuditTrend } from '../stored/auditTrend.js';

/** From which severity on a result fails a run. */
export type FailOn = Severity | 'never';

export interface ReportOptions {
  /** From which severity on a result is a failure, where a format tells failures from remarks; `violation` when left out. */
  readonly failOn?: FailOn | undefined;
  /** Objects that a page lists at most; containers beyond are told per dataset. */
  readonly rows?: number | undefined;
  /** Earlier audits and this one, which a page draws as a line. */
  readonly trend?: AuditTrend | undefined;
}

/** Writes an audit as text, in chunks; memory is bounded by the largest container. */
export type ReportWriter = (audit: StoredAudit, options?: ReportOptions) => AsyncIterable<string>;

const GRAVITY: Readonly<Record<FailOn, number>> = { info: 0, warning: 1, violation: 2, never: 3 };

/** Whether a result of a severity fails a run. */
export function fails(severity: Severity, failOn: FailOn = 'violation'): boolean {
  return GRAVITY[severity] >= GRAVITY[failOn];
}

import { STATUS_LETTERS, STATUSES, type AuditedObject, type AuditResult, type Scope } from '../../src/audit/model.js';
import type { Severity } from '../../src/findings.js';
import { FIELDS, MODULES } from './syntheticFields.js';

const LETTERS = STATUSES.map((s) => STATUS_LETTERS[s]).join('');

/** Counts of a set of objects, by the words of the model. */
export class Tally {
  private readonly counts = FIELDS.map(() => STATUSES.map(() => 0));
  private readonly results: Record<Severity, number> = { violation: 0, warning: 0, info: 0 };
  private images = 0;
  private waived = 0;

  add(o: AuditedObject): void {
    if (o.type === 'Image') this.images += 1;
    for (let f = 0; f < FIELDS.length; f++) this.count(f, LETTERS.indexOf(o.statuses[f] ?? ' '), 1);
  }

  result(r: AuditResult): void {
    if (r.waived) this.waived += 1;
    else this.results[r.severity] += 1;
  }

  get conforms(): boolean {
    return Object.values(this.results).every((n) => n === 0);
  }

  static sum(scopes: readonly Scope[]): Tally {
    const sum = new Tally();
    for (const s of scopes) {
      sum.images += s.images;
      sum.waived += s.waived;
      for (const severity of ['violation', 'warning', 'info'] as const) sum.results[severity] += s.results[severity];
      s.counts.forEach((counts, f) => counts.forEach((n, status) => sum.count(f, status, n)));
    }
    return sum;
  }

  scope(imagesNotAudited = 0): Scope {
    const { counts, results, waived } = this;
    return {
      images: this.images + imagesNotAudited,
      imagesNotAudited,
      completeness: this.mean(() => true),
      moduleCompleteness: MODULES.map((m) => this.mean((f) => FIELDS[f]?.module === m)),
      counts,
      results,
      waived,
    };
  }

  private count(field: number, status: number, n: number): void {
    const row = this.counts[field];
    if (row !== undefined && status >= 0) row[status] = (row[status] ?? 0) + n;
  }

  private mean(within: (field: number) => boolean): number | null {
    const shares = this.counts.flatMap(([filled = 0, inherited = 0, free = 0, missing = 0, invalid = 0], f) => {
      const stated = filled + inherited + free;
      const asked = stated + missing + invalid;
      return asked === 0 || FIELDS[f]?.severity === 'info' || !within(f) ? [] : [stated / asked];
    });
    return shares.length === 0 ? null : shares.reduce((a, b) => a + b, 0) / shares.length;
  }
}

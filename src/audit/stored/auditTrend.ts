import type { AuditReport, Scope, SharedScope } from '../model.js';
import { fieldShare } from '../run/scopes.js';

/** One audit in a trend. */
export interface TrendPoint {
  readonly auditedAt: string;
  readonly partial: boolean;
  /** Containers and images that were audited: a trend over different sets says less. */
  readonly containers: number;
  readonly images: number;
  readonly results: Scope['results'];
  readonly completeness: number | null;
}

/** Completeness (0…1) at each point; null where nothing is asked or it was not there. */
export type Series = readonly (number | null)[];

/** How completeness moved over several audits against one profile; plain data that survives JSON. */
export interface AuditTrend {
  readonly format: 'omegraph-audit-trend';
  readonly version: 1;
  readonly profile: AuditReport['profile'];
  /** The oldest first. */
  readonly points: readonly TrendPoint[];
  readonly fields: readonly { readonly field: string; readonly label: string; readonly series: Series }[];
  readonly groups: readonly { readonly label: string; readonly ref?: string | undefined; readonly series: Series }[];
  readonly owners: readonly { readonly label: string; readonly ref?: string | undefined; readonly series: Series }[];
  readonly containers: readonly { readonly container: string; readonly label: string; readonly series: Series }[];
  /** Audits that were left out because they are against another profile. */
  readonly otherProfiles: number;
}

/** The trend up to an audit: earlier reports, the oldest first, and the one they lead to. One report is held at a time. */
export async function auditTrend(
  earlier: AsyncIterable<AuditReport> | Iterable<AuditReport>,
  last: AuditReport,
): Promise<AuditTrend> {
  const points: TrendPoint[] = [];
  const series = new Map<string, (number | null)[]>();
  let otherProfiles = 0;
  const put = (key: string, value: number | null): void => {
    let values = series.get(key);
    if (values === undefined) series.set(key, (values = []));
    while (values.length < points.length) values.push(null);
    values.push(value);
  };
  const take = (report: AuditReport): void => {
    for (const [i, { field }] of report.fields.entries())
      put(`field ${field}`, fieldShare(report.server.counts[i] ?? []));
    for (const group of report.groups) put(`group ${keyOf(group)}`, group.completeness);
    for (const owner of report.owners) put(`owner ${keyOf(owner)}`, owner.completeness);
    for (const { container, completeness } of report.containers) put(`container ${container}`, completeness);
    points.push({
      auditedAt: report.auditedAt,
      partial: report.partial,
      containers: report.containers.length,
      images: report.server.images - report.server.imagesNotAudited,
      results: report.server.results,
      completeness: report.server.completeness,
    });
  };
  for await (const report of earlier) {
    if (report.profile.iri === last.profile.iri && report.base === last.base) take(report);
    else otherProfiles += 1;
  }
  take(last);
  const of = (key: string): Series => {
    const values = series.get(key) ?? [];
    return [...values, ...Array<null>(points.length - values.length).fill(null)];
  };
  const shared = (kind: 'group' | 'owner', scopes: readonly SharedScope[]) =>
    scopes.map((scope) => ({
      label: scope.label,
      ...(scope.ref !== undefined && { ref: scope.ref }),
      series: of(`${kind} ${keyOf(scope)}`),
    }));
  return {
    format: 'omegraph-audit-trend',
    version: 1,
    profile: last.profile,
    points,
    fields: last.fields.map(({ field, label }) => ({ field, label, series: of(`field ${field}`) })),
    groups: shared('group', last.groups),
    owners: shared('owner', last.owners),
    containers: last.containers.map(({ container, label }) => ({
      container,
      label,
      series: of(`container ${container}`),
    })),
    otherProfiles,
  };
}

function keyOf(scope: SharedScope): string {
  return scope.node ?? '';
}

import type { AuditReport, ContainerReport, Scope, ShapeInfo, SharedScope, StoredAudit } from '../model.js';
import { fieldShare } from '../run/scopes.js';
import { auditChanges, type Change, CHANGES, comparable } from './auditChanges.js';

/** Results by what became of them. */
export type ChangeCounts = Readonly<Record<Change, number>>;

/** Completeness (0…1) of something in both audits; null where nothing is asked, undefined where it was not there. */
export interface Shift {
  readonly before: number | null | undefined;
  readonly after: number | null | undefined;
}

/** One of the two audits. */
export interface DiffSide {
  readonly auditedAt: string;
  readonly software: string;
  readonly partial: boolean;
  readonly images: number;
  readonly results: Scope['results'];
  /** Containers and shapes that only this one has; they are not compared. */
  readonly onlyContainers: readonly string[];
  readonly onlyShapes: readonly string[];
  /** Containers that it could not audit. */
  readonly notAudited: readonly string[];
}

/** Two audits compared; plain data that survives JSON. Single changes come from `auditChanges`. */
export interface AuditDiff {
  readonly format: 'omegraph-audit-diff';
  readonly version: 1;
  readonly profile: AuditReport['profile'];
  readonly base: string;
  readonly web?: string | undefined;
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly counts: ChangeCounts;
  readonly server: Shift;
  readonly modules: readonly (Shift & { readonly module: string })[];
  /** Share of objects that have each field. */
  readonly fields: readonly (Shift & { readonly field: string; readonly label: string; readonly module: string })[];
  readonly groups: readonly (Shift & { readonly label: string; readonly ref?: string | undefined })[];
  readonly owners: readonly (Shift & { readonly label: string; readonly ref?: string | undefined })[];
  readonly containers: readonly (Shift & {
    readonly container: string;
    readonly label: string;
    /** Undefined for a container that only one of the audits has. */
    readonly counts?: ChangeCounts | undefined;
  })[];
  /** Shapes that both have and that an object fails in one of them. */
  readonly shapes: readonly (Pick<ShapeInfo, 'shape' | 'label' | 'message' | 'severity' | 'module'> & {
    readonly counts: ChangeCounts;
  })[];
}

/**
 * Compares two audits of the same record against the same profile: what was fixed, is new, is still open, and how
 * completeness moved. Memory is that of the two reports and of what came and went in one container.
 * @throws OmegraphError (input) when they are of different profiles or records, or rows cannot be read
 */
export async function diffAudits(before: StoredAudit, after: StoredAudit): Promise<AuditDiff> {
  const both = comparable(before, after);
  const counts = noChanges();
  const byShape = new Map<string, Record<Change, number>>();
  const byContainer = new Map(both.containers.map((container) => [container, noChanges()]));
  for await (const { change, result, shape } of auditChanges(before, after)) {
    counts[change] += 1;
    const container = byContainer.get(result.container);
    if (container !== undefined) container[change] += 1;
    let own = byShape.get(shape.shape);
    if (own === undefined) byShape.set(shape.shape, (own = noChanges()));
    own[change] += 1;
  }
  const [a, b] = [before.report, after.report];
  return {
    format: 'omegraph-audit-diff',
    version: 1,
    profile: b.profile,
    base: b.base,
    ...(b.web !== undefined && { web: b.web }),
    before: side(a, b),
    after: side(b, a),
    counts,
    server: { before: a.server.completeness, after: b.server.completeness },
    modules: b.modules.map((module, i) => ({
      module,
      before: a.modules.includes(module) ? a.server.moduleCompleteness[a.modules.indexOf(module)] : undefined,
      after: b.server.moduleCompleteness[i],
    })),
    fields: b.fields.map(({ field, label, module }, i) => ({
      ...{ field, label, module },
      before: share(a, field),
      after: fieldShare(b.server.counts[i] ?? []),
    })),
    groups: shifts(a.groups, b.groups, sharedKey, ({ label, ref }) => ({ label, ...(ref !== undefined && { ref }) })),
    owners: shifts(a.owners, b.owners, sharedKey, ({ label, ref }) => ({ label, ...(ref !== undefined && { ref }) })),
    containers: shifts(
      a.containers,
      b.containers,
      (c) => c.container,
      ({ container, label }: ContainerReport) => {
        const own = byContainer.get(container);
        return { container, label, ...(own !== undefined && { counts: own }) };
      },
    ),
    shapes: b.shapes.flatMap(({ shape, label, message, severity, module }) => {
      const own = byShape.get(shape);
      return own === undefined ? [] : [{ shape, label, message, severity, ...(module && { module }), counts: own }];
    }),
  };
}

function noChanges(): Record<Change, number> {
  return Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>;
}

function side(own: AuditReport, other: AuditReport): DiffSide {
  const containers = new Set([...other.containers, ...other.notAudited].map((c) => c.container));
  const shapes = new Set(other.shapes.map((s) => s.shape));
  return {
    auditedAt: own.auditedAt,
    software: own.software,
    partial: own.partial,
    images: own.server.images,
    results: own.server.results,
    onlyContainers: own.containers.map((c) => c.container).filter((name) => !containers.has(name)),
    onlyShapes: own.shapes.map((s) => s.shape).filter((shape) => !shapes.has(shape)),
    notAudited: own.notAudited.map((n) => n.container),
  };
}

function share(report: AuditReport, field: string): number | null | undefined {
  const at = report.fields.findIndex((f) => f.field === field);
  return at < 0 ? undefined : fieldShare(report.server.counts[at] ?? []);
}

const sharedKey = (scope: SharedScope): string => scope.node ?? '';

/** Scopes of both, in the order of the later audit, then those that only the earlier has. */
function shifts<T extends Scope, About>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (scope: T) => string,
  about: (scope: T) => About,
): (Shift & About)[] {
  const was = new Map(before.map((scope) => [keyOf(scope), scope]));
  const is = new Set(after.map(keyOf));
  return [
    ...after.map((scope) => ({
      ...about(scope),
      before: was.get(keyOf(scope))?.completeness,
      after: scope.completeness,
    })),
    ...before
      .filter((scope) => !is.has(keyOf(scope)))
      .map((scope) => ({ ...about(scope), before: scope.completeness, after: undefined })),
  ];
}

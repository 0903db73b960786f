import { sentence } from '../../errors.js';
import type { AuditReport, ContainerReport, NotAudited, ShapeWarning, SharedScope, WaiverUse } from '../model.js';
import { STATUSES } from '../model.js';
import type { Profile } from '../profile.js';
import { pathText } from '../shaclPath.js';
import { compareRefKeys, refKey } from '../stored/refs.js';
import type { CheckedWaiver } from '../waivers.js';
import type { ContainerOutcome, SharedTotal } from './auditContainer.js';
import type { AuditPlan } from './plan.js';
import { addTotal, emptyTotal, scopeMaker, type ScopeTotal, WIDTH } from './scopes.js';

/** A container that was not audited, with its objects by OME type. */
export interface Lost extends NotAudited {
  readonly counts: Readonly<Record<string, number>>;
}

/** What the report says of itself. */
export interface ReportHead {
  readonly software: string;
  readonly auditedAt: string;
  readonly base: string;
  readonly web?: string | undefined;
  /** Containers that were asked for; everything when left out. */
  readonly asked?: readonly string[] | undefined;
}

const SHIPPED_SHAPES = 'https://w3id.org/omegraph/shapes/';
const NOT_AUDITED = STATUSES.indexOf('notAudited');

/** Adds the containers of an audit up to its report. */
export function assembleReport(
  head: ReportHead,
  profile: Profile,
  plan: AuditPlan,
  outcomes: readonly ContainerOutcome[],
  lost: readonly Lost[],
  options: { readonly waivers: readonly CheckedWaiver[]; readonly warnings: readonly ShapeWarning[] },
): AuditReport {
  const scopeOf = scopeMaker(plan.fields, plan.modules);
  const server = emptyTotal(plan.fields.length);
  for (const { total } of outcomes) addTotal(server, total);
  for (const { images, counts } of lost) {
    server.images += images;
    server.imagesNotAudited += images;
    for (const [field, { askedOf }] of plan.fields.entries()) {
      const at = field * WIDTH + NOT_AUDITED;
      for (const type of askedOf) server.counts[at] = (server.counts[at] ?? 0) + (counts[type] ?? 0);
    }
  }
  const { software, auditedAt, base, web, asked } = head;
  const containers: readonly ContainerReport[] = outcomes.map((o) => o.report);
  return {
    format: 'omegraph-audit',
    version: 2,
    software,
    profile: {
      name: profile.name,
      label: profile.label,
      iri: profile.iri,
      ...(profile.description !== '' && { description: profile.description }),
    },
    auditedAt,
    base,
    ...(web !== undefined && { web }),
    ...(asked !== undefined && { asked: [...new Set(asked)].sort() }),
    partial: lost.length > 0 || outcomes.some((o) => o.cut.length > 0),
    conforms: containers.every((c) => c.conforms),
    triples: containers.reduce((sum, c) => sum + c.triples, 0),
    modules: plan.modules,
    fields: plan.fields,
    shapes: plan.shapes,
    server: scopeOf(server),
    groups: shared(
      outcomes.map((o) => o.groups),
      plan.fields.length,
      'no group stated',
      scopeOf,
    ),
    owners: shared(
      outcomes.map((o) => o.owners),
      plan.fields.length,
      'no owner stated',
      scopeOf,
    ),
    containers,
    notAudited: lost.map(({ container, label, images, reason }) => ({
      container,
      ...(label !== undefined && { label }),
      images,
      reason,
    })),
    shapeWarnings: [...cut(plan, outcomes), ...idle(plan, outcomes), ...options.warnings],
    waivers: options.waivers.map(({ about, on, reason, until, expired }, number): WaiverUse => ({
      about,
      on,
      reason,
      ...(until !== undefined && { until }),
      expired,
      used: outcomes.reduce((sum, o) => sum + (o.waivedBy[number] ?? 0), 0),
    })),
  };
}

/** Groups or owners of all containers, by IRI; those that state none come last. */
function shared(
  lists: readonly (readonly SharedTotal[])[],
  fields: number,
  unnamed: string,
  scopeOf: ReturnType<typeof scopeMaker>,
): SharedScope[] {
  const sums = new Map<string | undefined, { object: SharedTotal['object']; total: ScopeTotal }>();
  for (const { object, total } of lists.flat()) {
    const sum = sums.get(object?.node) ?? { object, total: emptyTotal(fields) };
    sums.set(object?.node, sum);
    addTotal(sum.total, total);
  }
  return [...sums.values()]
    .filter(({ total }) => total.images > 0 || total.counts.some((n) => n > 0))
    .map(({ object, total }): SharedScope => ({ ...(object ?? { label: unnamed }), ...scopeOf(total) }))
    .sort(
      (a, b) =>
        Number(a.node === undefined) - Number(b.node === undefined) ||
        (a.label === b.label ? compareRefKeys(refKey(a.ref ?? ''), refKey(b.ref ?? '')) : a.label < b.label ? -1 : 1),
    );
}

/** Shapes with more results than are given, with their containers. */
function cut(plan: AuditPlan, outcomes: readonly ContainerOutcome[]): ShapeWarning[] {
  return plan.shapes.flatMap(({ shape }, number): ShapeWarning[] => {
    const containers = outcomes.filter((o) => o.cut.includes(number)).map((o) => o.report.container);
    if (containers.length === 0) return [];
    const message = sentence({
      where: shape,
      wrong: 'its query gives more solutions than are taken, so objects that it is about may be missing in this report',
      found: containers.slice(0, 8).join(', ') + (containers.length > 8 ? ` and ${containers.length - 8} more` : ''),
      remedy: 'let the query give one solution for each object',
    });
    return [{ shape, kind: 'cut', message }];
  });
}

/** Shapes that found nothing to look at, and paths that lead nowhere, in all that was audited. */
function idle(plan: AuditPlan, outcomes: readonly ContainerOutcome[]): ShapeWarning[] {
  if (outcomes.length === 0) return [];
  const nameOf = (number: number): string => plan.shapes[number]?.shape ?? '';
  const targets = plan.runs.flatMap(({ number, looksAt }, i): ShapeWarning[] => {
    if (outcomes.some((o) => o.targetSeen[i] === true)) return [];
    const message = sentence({
      where: nameOf(number),
      wrong: 'the record holds nothing that this shape looks at',
      ...(looksAt !== '' && { found: looksAt }),
      remedy: 'check its target, or do without the shape',
    });
    return [{ shape: nameOf(number), kind: 'no-target', message }];
  });
  const idleShapes = new Set(targets.map((t) => t.shape));
  const paths = plan.paths.flatMap(({ shape, path }, i): ShapeWarning[] => {
    // shipped shapes are tested against what an export emits: what they look at is merely not stated in this record
    if (nameOf(shape).startsWith(SHIPPED_SHAPES) || idleShapes.has(nameOf(shape))) return [];
    if (outcomes.some((o) => o.pathSeen[i] === true)) return [];
    const message = sentence({
      where: nameOf(shape),
      wrong: 'the record nowhere states what this shape looks at',
      found: pathText(path),
      remedy: 'check the path for a wrong term, or do without the shape',
    });
    return [{ shape: nameOf(shape), kind: 'no-path', message }];
  });
  return [...targets, ...paths];
}

import { type ContainerGraph, type TermId } from '../../graph/columns/containerGraph.js';
import type { AuditedObject, AuditResult, ContainerReport, ObjectLabel, PartReport } from '../model.js';
import type { BoundShapes } from '../shacl/compiledShapes.js';
import type { ShaclPath } from '../shaclPath.js';
import type { CheckedWaiver } from '../waivers.js';
import { type ContainerSpace, containerSpace } from './containerSpace.js';
import { foundResults } from './foundResults.js';
import { orderedIds } from './orderedIds.js';
import type { AuditPlan } from './plan.js';
import { scopeBook } from './scopeBook.js';
import { scopeMaker, type ScopeTotal } from './scopes.js';
import { statedIn } from './stated.js';
import { emptyOutcome, fieldStatuses, objectRows, type RunOutcome, statusRoom } from './statuses.js';
import { waivedIn } from './waivedIn.js';
import { writeObjects, writeResults } from './writeRows.js';

/** The container whose graph is audited, as the manifest knows it. */
export interface AuditedContainer {
  readonly container: string;
  readonly label?: string | undefined;
  readonly graph?: string | undefined;
}

/** Receives rows in their order. */
export interface RowSinks {
  result(row: AuditResult): void;
  object(row: AuditedObject): void;
}

/** A group or owner in one container. */
export interface SharedTotal {
  readonly object?: ObjectLabel | undefined;
  readonly total: ScopeTotal;
}

/** What the audit of one container adds to that of the record; plain data. */
export interface ContainerOutcome {
  readonly report: ContainerReport;
  readonly total: ScopeTotal;
  readonly groups: readonly SharedTotal[];
  readonly owners: readonly SharedTotal[];
  /** For each run of the plan, whether it had objects to look at. */
  readonly targetSeen: readonly boolean[];
  /** For each path of the plan, whether it leads anywhere here. */
  readonly pathSeen: readonly boolean[];
  /** Shapes by number whose results were too many to give all. */
  readonly cut: readonly number[];
  /** Results each waiver silenced. */
  readonly waivedBy: readonly number[];
}

export interface ContainerOptions {
  readonly waivers?: readonly CheckedWaiver[] | undefined;
  /** Called between batches; a thread with other work gives way here, and throws to stop. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Focus nodes between two pauses. */
const BATCH = 20_000;

/**
 * Audits one container: every shape on every object it targets, a status for every object and field, rolled up to dataset,
 * plate, group and owner. Rows go to the sinks when all is known, in the order of their references.
 * @throws OmegraphError when a shape that needs SPARQL cannot be run to its end
 */
export async function auditContainer(
  bound: BoundShapes,
  about: AuditedContainer,
  plan: AuditPlan,
  sinks: RowSinks,
  options: ContainerOptions = {},
): Promise<ContainerOutcome> {
  const { graph } = bound;
  const space = containerSpace(graph);
  const book = scopeBook(space, plan.fields.length);
  const waivers = options.waivers ?? [];
  const found = foundResults(graph, plan, waivedIn(waivers, about.container, space));
  const outcomes: RunOutcome[] = [];
  for (const run of plan.runs) {
    const outcome = emptyOutcome(run, bound.focusNodes(run.shape), graph.terms.size);
    const { failed, waived, focus } = outcome;
    const emit = found.emitter(run, failed.add, waived.add);
    for (let start = 0; start < focus.length; start += BATCH) {
      await options.pause?.();
      bound.validate(run.shape, focus.subarray(start, start + BATCH), emit);
    }
    outcomes.push(outcome);
  }

  const rows = objectRows(space, graph.terms.size, plan.fields.length);
  const stated = statedIn(bound);
  const room = statusRoom(graph.terms.size);
  for (const field of plan.fields.keys()) {
    await options.pause?.();
    const own = outcomes.filter(({ run }) => run.field === field);
    fieldStatuses(own, room, stated, (id, code) => {
      const place = book.place(id);
      book.status(place, field, code);
      rows.put(id, place, field, code);
    });
  }
  for (const image of space.images) book.image(book.place(image));

  const order = orderedIds(space, graph.terms.size, [rows.ids, found.focusNodes()]);
  const making = { container: about.container, graph, space, book, order };
  const groups = writeResults(making, found, sinks.result);
  writeObjects(making, rows, sinks.object);

  const scopeOf = scopeMaker(plan.fields, plan.modules);
  const whole = scopeOf(book.whole);
  const self = containerNode(space, graph, about.container);
  const at = self === undefined ? undefined : book.place(self);
  const name = (id: TermId | undefined): string | undefined =>
    id === undefined || id < 0 ? undefined : space.object(id).label;
  return {
    report: {
      container: about.container,
      label: about.label ?? name(self) ?? about.container,
      graph: about.graph,
      group: name(at?.group),
      owner: name(at?.owner),
      triples: graph.read,
      conforms: groups.every((g) => g.count === 0),
      ...whole,
      parts: book.parts.map((part, n): PartReport => ({ ...part, ...scopeOf(book.partTotals[n] ?? book.whole) })),
      groups,
    },
    total: book.whole,
    groups: book.shared('group'),
    owners: book.shared('owner'),
    targetSeen: outcomes.map(({ focus }) => focus.length > 0),
    pathSeen: plan.paths.map(({ path }) => occurs(graph, path)),
    cut: [...found.cut],
    waivedBy: waivers.map((_, number) => found.silencedBy(number)),
  };
}

function containerNode(space: ContainerSpace, graph: ContainerGraph, container: string): TermId | undefined {
  const [type, id] = container.split(':');
  if (type === undefined || id === undefined) return undefined;
  return [...space.instances(type)].find((node) => graph.terms.value(node).endsWith(`/${type}/${id}`));
}

/** Whether a path can lead anywhere in a graph: the predicates that it cannot do without occur. */
function occurs(graph: ContainerGraph, path: ShaclPath): boolean {
  switch (path.kind) {
    case 'predicate':
      return graph.columnOf(path.predicate.value) !== undefined;
    case 'sequence':
      return path.steps.every((step) => occurs(graph, step));
    case 'alternative':
      return path.paths.some((p) => occurs(graph, p));
    case 'zeroOrMore':
    case 'zeroOrOne':
      return true;
    default:
      return occurs(graph, path.path);
  }
}

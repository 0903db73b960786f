import { nquadsTerm } from '../../rdf/nquads.js';
import { type ContainerGraph, TERM_KIND, type TermId } from '../../graph/columns/containerGraph.js';
import type { AuditedObject, AuditResult, ContainerReport, ObjectLabel, PartReport, ResultGroup } from '../model.js';
import type { BoundShapes } from '../shacl/compiledShapes.js';
import type { ShaclPath } from '../shaclPath.js';
import { compareRefKeys, refKey } from '../stored/refs.js';
import type { CheckedWaiver } from '../waivers.js';
import { type ContainerSpace, containerSpace, type Place } from './containerSpace.js';
import { type Found, type FoundGroup, foundResults } from './foundResults.js';
import type { AuditPlan } from './plan.js';
import { scopeBook } from './scopeBook.js';
import { scopeMaker, type ScopeTotal } from './scopes.js';
import { statedIn } from './stated.js';
import { emptyOutcome, fieldStatuses, objectRows, type RunOutcome, statusRoom } from './statuses.js';
import { waivedIn } from './waivedIn.js';

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
  /** Results each waiver silenced. */
  readonly waivedBy: readonly number[];
}

export interface ContainerOptions {
  readonly waivers?: readonly CheckedWaiver[] | undefined;
  /** Called between batches; a thread with other work gives way here, and throws to stop. */
  readonly pause?: (() => Promise<void>) | undefined;
}

const EXAMPLES = 10;
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

  const order = ordered(space, [rows.ids, found.focusNodes()]);
  const groups = writeResults(found.inOrder(order), graph, space, book.place, about.container, (row, { focus }) => {
    sinks.result(row);
    book.result(book.place(focus), row.severity, row.waived);
  });
  const withRow = new Set(rows.ids);
  for (const id of order) {
    if (!withRow.has(id)) continue;
    const { parts, group, owner } = book.place(id);
    sinks.object({
      container: about.container,
      ...space.object(id),
      type: space.typeOf(id),
      partOf: parts.flatMap((n) => book.parts[n]?.ref ?? []),
      ...(group >= 0 && { group: space.object(group).label }),
      ...(owner >= 0 && { owner: space.object(owner).label }),
      statuses: rows.statuses(id),
    });
  }

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
    waivedBy: waivers.map((_, number) => found.silencedBy(number)),
  };
}

/** Hands out results and counts them by shape, severity and message. */
function writeResults(
  results: Iterable<Found>,
  graph: ContainerGraph,
  space: ContainerSpace,
  placeOf: (id: TermId) => Place,
  container: string,
  write: (row: AuditResult, found: Found) => void,
): ResultGroup[] {
  const counted = new Map<FoundGroup, { count: number; waived: number; examples: ResultGroup['examples'][number][] }>();
  const parts = new Map<readonly number[], readonly ObjectLabel[]>();
  let last:
    { id: TermId; focus: ObjectLabel; image: ObjectLabel | undefined; partOf: readonly ObjectLabel[] } | undefined;
  for (const result of results) {
    if (last?.id !== result.focus) {
      const focus = space.object(result.focus);
      const place = placeOf(result.focus);
      const image = place.image < 0 ? undefined : place.image === result.focus ? focus : space.object(place.image);
      let partOf = parts.get(place.parts);
      if (partOf === undefined) {
        partOf = place.parts.flatMap((n) => (space.parts[n] === undefined ? [] : space.object(space.parts[n].id)));
        parts.set(place.parts, partOf);
      }
      last = { id: result.focus, focus, image, partOf };
    }
    const { focus, image, partOf } = last;
    const entry = counted.get(result.group) ?? { count: 0, waived: 0, examples: [] };
    counted.set(result.group, entry);
    entry[result.waived ? 'waived' : 'count'] += 1;
    if (!result.waived && entry.examples.length < EXAMPLES) {
      const within = image !== undefined && image.node !== focus.node ? { image: image.label } : {};
      entry.examples.push({ ...focus, ...within });
    }
    const value = result.value < 0 || result.value === result.focus ? undefined : termText(graph, result.value);
    const { shape, severity } = result.group;
    const { message, component, waived } = result;
    write(
      {
        container,
        focus,
        ...(image !== undefined && { image }),
        partOf,
        shape,
        severity,
        message,
        ...(value !== undefined && { value }),
        component,
        waived,
      },
      result,
    );
  }
  return [...counted]
    .map(([{ shape, severity, message }, counts]) => ({ shape, severity, message, ...counts }))
    .sort((a, b) => a.shape - b.shape || (a.message < b.message ? -1 : 1));
}

function termText({ terms }: ContainerGraph, id: TermId): string {
  return terms.kind(id) === TERM_KIND.blank ? `_:${terms.value(id)}` : nquadsTerm(terms.term(id));
}

/** Objects, each once, in the order of their references. */
function ordered(space: ContainerSpace, lists: readonly Iterable<TermId>[]): TermId[] {
  const ids = [...new Set(lists.flatMap((list) => [...list]))];
  const keys = ids.map((id) => {
    const { node, ref } = space.object(id);
    return { id, node, key: refKey(ref) };
  });
  keys.sort((a, b) => compareRefKeys(a.key, b.key) || (a.node < b.node ? -1 : 1));
  return keys.map(({ id }) => id);
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

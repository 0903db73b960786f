import type { Term } from 'n3';
import { type ContainerGraph, NO_TERM, type TermId } from '../../graph/columns/containerGraph.js';
import type { Severity } from '../../findings.js';
import type { Constraint, Emit } from '../shacl/compiledShapes.js';
import { type IdSet, idSet } from './idSet.js';
import type { AuditPlan, ShapeRun } from './plan.js';

/** Results of one shape with one message. */
export interface FoundGroup {
  /** Number of the shape. */
  readonly shape: number;
  readonly severity: Severity;
  readonly message: string;
}

/** One result, as numbers. */
export interface Found {
  readonly focus: TermId;
  readonly group: FoundGroup;
  readonly value: TermId;
  readonly component: string;
  readonly waived: boolean;
  readonly message: string;
}

/** The results of a container as they are found: columns of numbers, one for an object, shape and message, however many values fail. */
export interface FoundResults {
  /** Receives the results of a run; `failed` and `waived` are called with each focus node that fails. */
  emitter(run: ShapeRun, failed: (focus: TermId) => void, waived: (focus: TermId) => void): Emit;
  readonly length: number;
  readonly groups: readonly FoundGroup[];
  /** Results that a waiver silenced. */
  silencedBy(waiver: number): number;
  /** Focus nodes, each once. */
  focusNodes(): Uint32Array;
  /** Results of focus nodes in the order given; of one node in the order of shapes. */
  inOrder(focus: Iterable<TermId>): Generator<Found>;
  /** Shapes by number whose results were too many to give all. */
  readonly cut: ReadonlySet<number>;
}

/** Number of the waiver that silences a result of a shape on a focus node, or -1. */
export type WaivedBy = (shape: number, focus: TermId) => number;

interface Told extends FoundGroup {
  readonly number: number;
  readonly told: IdSet;
}

/** An empty collection. */
export function foundResults(graph: ContainerGraph, plan: AuditPlan, waivedBy: WaivedBy): FoundResults {
  const groups: Told[] = [];
  const groupOf = new Map<string, Told>();
  const constraints: Constraint[] = [];
  const known = new Map<Constraint, { readonly number: number; readonly group: Map<ShapeRun, Told> }>();
  const messages = new Map<number, string>();
  const cut = new Set<number>();
  const silenced = new Map<number, number>();
  let rows = new Int32Array(4 * 1024);
  let length = 0;

  const groupFor = (constraint: Constraint, run: ShapeRun): Told => {
    const { shape } = constraint;
    const number = plan.numbers.get(shape.node.value) ?? plan.numbers.get(shape.named) ?? run.number;
    const message = stated(shape.messages) ?? plan.shapes[number]?.message ?? '';
    const key = `${number} ${shape.severity} ${message}`;
    let group = groupOf.get(key);
    if (group === undefined) {
      const told = idSet(graph.terms.size);
      group = { shape: number, severity: shape.severity, message, number: groups.length, told };
      groupOf.set(key, group);
      groups.push(group);
    }
    return group;
  };

  return {
    emitter: (run, failed, waived) => (focus, constraint, value, extra) => {
      let entry = known.get(constraint);
      if (entry === undefined) {
        entry = { number: constraints.length, group: new Map() };
        constraints.push(constraint);
        known.set(constraint, entry);
      }
      let group = entry.group.get(run);
      if (group === undefined) {
        group = groupFor(constraint, run);
        entry.group.set(run, group);
      }
      if (extra?.cut === true) cut.add(group.shape);
      const waiver = waivedBy(group.shape, focus);
      const off = waiver >= 0;
      (off ? waived : failed)(focus);
      if (!group.told.add(focus)) return;
      if (off) silenced.set(waiver, (silenced.get(waiver) ?? 0) + 1);
      if (extra?.message !== undefined && extra.message !== group.message) messages.set(length, extra.message);
      if (rows.length < 4 * (length + 1)) {
        const wider = new Int32Array(rows.length * 2);
        wider.set(rows);
        rows = wider;
      }
      rows.set([focus, (group.number << 1) | (off ? 1 : 0), value, entry.number], 4 * length);
      length += 1;
    },
    get length() {
      return length;
    },
    groups,
    cut,
    silencedBy: (waiver) => silenced.get(waiver) ?? 0,
    focusNodes() {
      const seen = idSet(graph.terms.size);
      const nodes: TermId[] = [];
      for (let i = 0; i < length; i += 1) {
        const focus = rows[4 * i] ?? NO_TERM;
        if (seen.add(focus)) nodes.push(focus);
      }
      return Uint32Array.from(nodes);
    },
    *inOrder(focus) {
      const next = chains(rows, length, groups, graph.terms.size);
      for (const id of focus) {
        for (let i = next.first(id); i >= 0; i = next.after(i)) {
          const mark = rows[4 * i + 1] ?? 0;
          const group = groups[mark >> 1];
          if (group === undefined) continue;
          yield {
            focus: id,
            group,
            value: rows[4 * i + 2] ?? NO_TERM,
            component: constraints[rows[4 * i + 3] ?? 0]?.component.value ?? '',
            waived: (mark & 1) === 1,
            message: messages.get(i) ?? group.message,
          };
        }
      }
    },
  };
}

/** Results of each focus node as a chain, in the order of shapes. */
function chains(rows: Int32Array, length: number, groups: readonly Told[], size: number) {
  const byGroup = Array.from(groups, (): number[] => []);
  for (let i = 0; i < length; i += 1) byGroup[(rows[4 * i + 1] ?? 0) >> 1]?.push(i);
  const order = [...groups].sort((a, b) => b.shape - a.shape || b.number - a.number);
  let last = size;
  for (let i = 0; i < length; i += 1) last = Math.max(last, (rows[4 * i] ?? 0) + 1);
  const head = new Int32Array(last).fill(-1);
  const next = new Int32Array(length).fill(-1);
  for (const { number } of order) {
    for (const i of byGroup[number]?.toReversed() ?? []) {
      const focus = rows[4 * i] ?? 0;
      next[i] = head[focus] ?? -1;
      head[focus] = i;
    }
  }
  return { first: (id: TermId): number => head[id] ?? -1, after: (i: number): number => next[i] ?? -1 };
}

/** The message of a shape in English or without a language, else its first. */
function stated(messages: readonly Term[]): string | undefined {
  const plain = messages.find((m) => m.termType === 'Literal' && /^(en\b|$)/i.test(m.language));
  return (plain ?? messages[0])?.value;
}

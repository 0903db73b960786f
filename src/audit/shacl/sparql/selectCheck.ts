import type { Term } from 'n3';
import { NO_TERM, type TermId } from '../../../graph/columns/containerGraph.js';
import type { Solution } from '../../../graph/syncStore.js';
import type { Constraint, Emit } from '../compiledShapes.js';
import type { Binding, BoundConstraint, Clause } from '../registry.js';
import { answerIds, valueOf } from './answerTerms.js';
import { fillMessage } from './messages.js';
import { guardedRun } from './queryErrors.js';
import type { PreboundQuery } from './prebinding.js';
import { MAX_SOLUTIONS, runPrebound } from './runPrebound.js';

/** A SELECT query that gives a solution for each violation (SHACL sections 5.3.2 and 6.3). */
export interface SelectConstraint {
  readonly clause: Pick<Clause, 'graph' | 'shape' | 'fault'>;
  readonly constraint: Constraint;
  readonly query: PreboundQuery;
  readonly constants: ReadonlyMap<string, Term>;
  /** Its own message, if it has one. */
  readonly message: string | undefined;
}

/** Binds it to the graph of a container. */
export function bindSelect(select: SelectConstraint, { graph }: Binding): BoundConstraint {
  const { clause, constraint, query, constants } = select;
  const checkAll = (focus: ArrayLike<TermId>, emit: Emit): void => {
    const values = { graph, shapes: clause.graph, rows: { this: focus }, length: focus.length, constants };
    for (const answer of guardedRun(clause.fault, () => runPrebound(query, values))) {
      const rows = new Set<TermId>();
      for (let i = answer.from; i < answer.to; i++) rows.add(focus[i] as TermId);
      for (const solution of answer.solutions) {
        if (solution.failure?.value === 'true') clause.fault('its query reports a failure', focusText(solution));
        const [only] = rows;
        const nodes = rows.size === 1 ? [only as TermId] : idsIn(rows, solution);
        for (const node of nodes) report(node, solution, emit);
      }
      if (answer.cut) {
        const message = `The query of this shape gives more than ${MAX_SOLUTIONS} solutions; the others are left out`;
        emit(focus[answer.from] as TermId, constraint, NO_TERM, { message, cut: true });
      }
    }
  };
  const idsIn = (rows: ReadonlySet<TermId>, { this: node }: Solution): readonly TermId[] =>
    node === undefined ? [] : answerIds(graph, node).filter((id) => rows.has(id));
  const report = (node: TermId, solution: Solution, emit: Emit): void => {
    const isNodeShape = constraint.shape.path === undefined;
    const value =
      solution.value !== undefined
        ? valueOf(graph, answerIds(graph, solution.value), node)
        : isNodeShape
          ? node
          : NO_TERM;
    const { path } = solution;
    const text = messageOf(select, solution, graph.terms.value(node));
    emit(node, constraint, value, {
      ...(text !== undefined && { message: text }),
      ...(isNodeShape && path?.termType === 'NamedNode' && { path: path as Term }),
    });
  };
  return { checkAll, check: (focus, _values, emit) => checkAll([focus], emit) };
}

const focusText = (solution: Solution): string => solution.this?.value ?? 'a focus node';

/** The variable `message` of the solution, or the message of the constraint, or undefined for that of the shape. */
function messageOf(
  { message, constants, constraint }: SelectConstraint,
  solution: Solution,
  node: string,
): string | undefined {
  const own = solution.message?.termType === 'Literal' ? solution.message.value : message;
  return own === undefined
    ? templateOf(constraint, (name) => valueText(name))
    : fillMessage(own, (name) => valueText(name));
  function valueText(name: string): string | undefined {
    return solution[name]?.value ?? (name === 'this' ? node : constants.get(name)?.value);
  }
}

/** The message of the shape, where it has variables to fill in. */
function templateOf({ shape }: Constraint, value: (name: string) => string | undefined): string | undefined {
  const template = shape.messages.find((m) => /\{[?$]\w+\}/.test(m.value));
  return template === undefined ? undefined : fillMessage(template.value, value);
}

import type { NamedNode, Store } from 'n3';
import { type ContainerGraph, NO_TERM, type TermId } from '../../graph/columns/containerGraph.js';
import type { BoundShapes, CompiledShapes, Constraint, Shape } from '../shacl/compiledShapes.js';
import { referenceResults } from '../shacl/reference.js';
import { termKey } from '../termKey.js';

interface Held {
  readonly focus: TermId;
  readonly constraint: Constraint;
  readonly value: TermId;
  readonly message?: string | undefined;
}

/**
 * Shapes bound to a graph whose results come from the reference engine: all at once, handed out shape by shape. Targets and
 * paths stay those of the compiler. Slow, and it takes much memory. @throws OmegraphError (shapes) for what that engine cannot do
 */
export async function referenceBound(
  graph: ContainerGraph,
  shapes: Store,
  compiled: CompiledShapes,
  signal?: AbortSignal,
): Promise<BoundShapes> {
  const bound = compiled.bind(graph);
  const { terms } = bound.graph;
  const runOf = new Map<string, Shape>(compiled.targeted.map((shape) => [termKey(shape.node), shape]));
  const held = new Map<Shape, Held[]>();
  const constraints = new Map<string, Constraint>();
  // oddities of the shapes have been told when they were compiled
  const { results } = await referenceResults(graph, shapes, { signal, odd: () => undefined });
  for (const result of results) {
    const shape = compiled.byNode.get(termKey(result.sourceShape as NamedNode));
    if (shape === undefined) continue;
    const key = `${termKey(shape.node)} ${result.sourceConstraintComponent.value}`;
    let constraint = constraints.get(key);
    if (constraint === undefined) {
      constraint = { shape, component: result.sourceConstraintComponent as NamedNode };
      constraints.set(key, constraint);
    }
    const run = runOf.get(termKey(result.target));
    if (run === undefined) continue;
    const list = held.get(run) ?? [];
    held.set(run, list);
    list.push({
      focus: terms.add(result.focusNode),
      constraint,
      value: result.value === undefined ? NO_TERM : terms.add(result.value),
      ...(result.sourceConstraint !== undefined && { message: result.messages[0]?.value }),
    });
  }
  return {
    ...bound,
    validate(shape, _focus, emit) {
      // all of a shape's results come with its first batch
      const list = held.get(shape) ?? [];
      held.delete(shape);
      for (const { focus, constraint, value, message } of list) {
        emit(focus, constraint, value, message === undefined ? undefined : { message });
      }
    },
  };
}

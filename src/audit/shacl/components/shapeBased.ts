import { NO_TERM } from '../../../graph/columns/containerGraph.js';
import type { NamedNode, Term } from 'n3';
import type { Shape } from '../compiledShapes.js';
import type { Binding, Check, Clause, CompiledConstraint, ConstraintComponent } from '../registry.js';
import { booleanOf, objectsOf, sh } from '../shapesGraph.js';
import { core, countOf, eachValue } from './component.js';

/** A property shape that the shapes graph does not have: reported as an oddity, and nothing is checked. */
const ASKS_NOTHING: CompiledConstraint = { bind: () => () => undefined };

/** sh:property, sh:node (SHACL sections 4.7.1 and 4.7.2) and qualified value shapes (4.7.3). */
export const SHAPE_BASED: readonly ConstraintComponent[] = [
  core('property', (clause) => {
    const shape = clause.shapeAt(clause.value);
    if (shape.path === undefined) {
      const described = clause.graph.countQuads(clause.value as NamedNode, null, null, null) > 0;
      return described ? clause.fault('the value of sh:property has no sh:path', shape.named) : ASKS_NOTHING;
    }
    return {
      shapes: [shape],
      bind({ validates, validatesAll }) {
        const run = validates(shape);
        const check: Check = (_focus, { ids, start, end }, emit) => {
          for (let i = start; i < end; i++) run(ids[i] as number, emit);
        };
        // A query is run for many nodes at once.
        const atOnce = shape.way === 'sparql' && clause.shape.path === undefined;
        return atOnce ? { check, checkAll: validatesAll(shape) } : check;
      },
    };
  }),
  core('node', (clause) => {
    const shape = clause.shapeAt(clause.value);
    if (shape.path !== undefined) clause.fault('the value of sh:node is a property shape', shape.named);
    return { ...eachValue(clause, ({ conforms }) => conforms(shape)), shapes: [shape] };
  }),
  core('qualifiedMinCount', (clause) => qualified(clause, 'qualifiedMinCount', (count, least) => count >= least), {
    ...forQualified('qualifiedMinCount', 'QualifiedMinCount'),
  }),
  core('qualifiedMaxCount', (clause) => qualified(clause, 'qualifiedMaxCount', (count, most) => count <= most), {
    ...forQualified('qualifiedMaxCount', 'QualifiedMaxCount'),
  }),
];

function forQualified(parameter: string, name: string): Partial<ConstraintComponent> & { name: string } {
  return {
    name,
    only: 'property',
    parameters: [sh('qualifiedValueShape'), sh(parameter)],
    optional: [sh('qualifiedValueShapesDisjoint')],
  };
}

function qualified(clause: Clause, name: string, holds: (count: number, limit: number) => boolean): CompiledConstraint {
  const { constraint, value } = clause;
  const limit = countOf(clause, name, clause.parameter(sh(name)));
  const shape = clause.shapeAt(value);
  const disjoint = clause.parameter(sh('qualifiedValueShapesDisjoint'));
  if (disjoint !== undefined && booleanOf(disjoint) === undefined) {
    clause.fault('sh:qualifiedValueShapesDisjoint is neither true nor false', disjoint.value);
  }
  const siblings = disjoint !== undefined && booleanOf(disjoint) === true ? siblingShapes(clause) : [];
  return {
    shapes: [shape, ...siblings],
    bind(binding: Binding) {
      const conforms = binding.conforms(shape);
      const others = siblings.map((sibling) => binding.conforms(sibling));
      return (focus, { ids, start, end }, emit) => {
        let count = 0;
        for (let i = start; i < end; i++) {
          const node = ids[i] as number;
          if (conforms(node) && !others.some((other) => other(node))) count++;
        }
        if (!holds(count, limit)) emit(focus, constraint, NO_TERM);
      };
    },
  };
}

/** Qualified value shapes of the other property shapes beside this one (SHACL section 4.7.3, "sibling shapes"). */
function siblingShapes({ graph, shape, value, shapeAt }: Clause): Shape[] {
  const siblings = new Map<Shape, Term>();
  for (const parent of graph.getSubjects(sh('property'), shape.node as never, null)) {
    for (const beside of objectsOf(graph, parent, sh('property'))) {
      for (const other of objectsOf(graph, beside, sh('qualifiedValueShape'))) {
        if (!other.equals(value)) siblings.set(shapeAt(other), other);
      }
    }
  }
  return [...siblings.keys()];
}

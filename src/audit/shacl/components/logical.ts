import { listOf } from '../readShapes.js';
import type { Clause, CompiledConstraint, ConstraintComponent, NodeTest } from '../registry.js';
import { sh } from '../shapesGraph.js';
import { core, eachValue } from './component.js';

/** sh:not, sh:and, sh:or and sh:xone (SHACL section 4.6). */
export const LOGICAL: readonly ConstraintComponent[] = [
  core('not', (clause) => {
    const shape = clause.shapeAt(clause.value);
    return {
      shapes: [shape],
      ...eachValue(clause, ({ conforms }) => {
        const test = conforms(shape);
        return (id) => !test(id);
      }),
    };
  }),
  core('and', (clause) => ofList(clause, 'and', (tests) => (id) => tests.every((test) => test(id)))),
  core('or', (clause) => ofList(clause, 'or', (tests) => (id) => tests.some((test) => test(id)))),
  core('xone', (clause) => ofList(clause, 'xone', (tests) => (id) => tests.filter((test) => test(id)).length === 1)),
];

function ofList(clause: Clause, name: string, join: (tests: readonly NodeTest[]) => NodeTest): CompiledConstraint {
  const shapes = listOf(clause.graph, clause.shape.node, sh(name), clause.value).map(clause.shapeAt);
  return { shapes, ...eachValue(clause, ({ conforms, memo }) => memo(join(shapes.map((shape) => conforms(shape))))) };
}

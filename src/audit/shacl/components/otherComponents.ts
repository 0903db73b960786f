import type { Term } from 'n3';
import { NO_TERM, type TermId } from '../../../graph/columns/containerGraph.js';
import { listOf } from '../readShapes.js';
import type { Clause, CompiledConstraint, ConstraintComponent } from '../registry.js';
import { booleanOf, objectsOf, sh } from '../shapesGraph.js';
import { core, eachValue } from './component.js';

/** sh:closed, sh:hasValue and sh:in (SHACL section 4.8). */
export const OTHER_COMPONENTS: readonly ConstraintComponent[] = [
  core('closed', closed, { once: true, optional: [sh('ignoredProperties')] }),
  core('hasValue', (clause) => ({
    bind({ id }) {
      const wanted = id(clause.value);
      return (focus, { ids, start, end }, emit) => {
        for (let i = start; i < end; i++) if (ids[i] === wanted) return;
        emit(focus, clause.constraint, NO_TERM);
      };
    },
  })),
  core(
    'in',
    (clause) => {
      const members = listOf(clause.graph, clause.shape.node, sh('in'), clause.value);
      return eachValue(clause, ({ id }) => {
        const ids = new Set(members.map(id));
        return (value) => ids.has(value);
      });
    },
    { once: true },
  ),
];

function closed(clause: Clause): CompiledConstraint {
  const { graph, shape, constraint, value } = clause;
  const isClosed = booleanOf(value) ?? clause.fault('sh:closed is neither true nor false', value.value);
  const ignored = clause.parameter(sh('ignoredProperties'));
  const allowed: Term[] = ignored === undefined ? [] : listOf(graph, shape.node, sh('ignoredProperties'), ignored);
  for (const property of objectsOf(graph, shape.node, sh('property'))) {
    allowed.push(...objectsOf(graph, property, sh('path')).filter((path) => path.termType === 'NamedNode'));
  }
  if (!isClosed) return { bind: () => () => undefined };
  return {
    predicates: 'all',
    bind({ graph: data, id }) {
      const open = new Set<TermId>(allowed.map(id));
      const columns = data.predicates
        .filter((predicate) => !open.has(predicate))
        .flatMap((predicate) => {
          const column = data.column(predicate);
          return column === undefined ? [] : [{ column, extra: { path: data.terms.term(predicate) as Term } }];
        });
      return (_focus, { ids, start, end }, emit) => {
        for (let i = start; i < end; i++) {
          const node = ids[i] as number;
          for (const { column, extra } of columns) {
            const first = column.first(node);
            if (first < 0) continue;
            for (let at = first; column.subjects[at] === node; at++) {
              emit(_focus, constraint, column.objects[at] as number, extra);
            }
          }
        }
      };
    },
  };
}

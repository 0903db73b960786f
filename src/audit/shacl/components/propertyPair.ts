import type { TermId } from '../../../graph/columns/containerGraph.js';
import { DataFactory } from 'n3';
import type { Check, Clause, CompiledConstraint, ConstraintComponent, Binding } from '../registry.js';
import { comparable, compareValues, type Comparable } from '../literalOrder.js';
import { core, iriOf } from './component.js';

/** sh:equals, sh:disjoint, sh:lessThan and sh:lessThanOrEquals (SHACL section 4.5). */
export const PROPERTY_PAIR: readonly ConstraintComponent[] = [
  core('equals', (clause) =>
    pair(clause, 'equals', () => (focus, values, others, emit) => {
      for (let i = values.start; i < values.end; i++) {
        if (!holds(others, values.ids[i] as number)) emit(focus, clause.constraint, values.ids[i] as number);
      }
      for (let i = others.start; i < others.end; i++) {
        if (!holds(values, others.ids[i] as number)) emit(focus, clause.constraint, others.ids[i] as number);
      }
    }),
  ),
  core('disjoint', (clause) =>
    pair(clause, 'disjoint', () => (focus, values, others, emit) => {
      for (let i = values.start; i < values.end; i++) {
        if (holds(others, values.ids[i] as number)) emit(focus, clause.constraint, values.ids[i] as number);
      }
    }),
  ),
  core('lessThan', (clause) => ordered(clause, 'lessThan', (order) => order < 0), { only: 'property' }),
  core('lessThanOrEquals', (clause) => ordered(clause, 'lessThanOrEquals', (order) => order <= 0), {
    only: 'property',
  }),
];

type Values = Parameters<Check>[1];
type PairCheck = (focus: TermId, values: Values, others: Values, emit: Parameters<Check>[2]) => void;

function pair(clause: Clause, name: string, check: (binding: Binding) => PairCheck): CompiledConstraint {
  const iri = iriOf(clause, name);
  return {
    predicates: [iri],
    bind(binding) {
      const walk = binding.walker({ kind: 'predicate', predicate: DataFactory.namedNode(iri) });
      const test = check(binding);
      return (focus, values, emit) => test(focus, values, walk(focus), emit);
    },
  };
}

function holds({ ids, start, end }: Values, id: TermId): boolean {
  for (let i = start; i < end; i++) if (ids[i] === id) return true;
  return false;
}

/** One result for each value that is not less than some value of the other property (SHACL section 4.5.3). */
function ordered(clause: Clause, name: string, inOrder: (order: number) => boolean): CompiledConstraint {
  return pair(clause, name, ({ graph: { terms } }) => {
    const known = new Map<TermId, Comparable | undefined>();
    const of = (id: TermId): Comparable | undefined => {
      if (!known.has(id)) known.set(id, comparable(terms.value(id), terms.datatype(id)));
      return known.get(id);
    };
    return (focus, values, others, emit) => {
      for (let i = values.start; i < values.end; i++) {
        const id = values.ids[i] as number;
        for (let j = others.start; j < others.end; j++) {
          const order = compareValues(of(id), of(others.ids[j] as number));
          if (order === undefined || !inOrder(order)) emit(focus, clause.constraint, id);
        }
      }
    };
  });
}

import { DataFactory, type Term } from 'n3';
import { NO_TERM } from '../../../graph/columns/containerGraph.js';
import { PREFIXES } from '../../../rdf/vocabulary.js';
import type { Binding, Check, Clause, CompiledConstraint, ConstraintComponent, NodeTest } from '../registry.js';
import { sh } from '../shapesGraph.js';

/** A component of SHACL Core: `minCount` is sh:MinCountConstraintComponent with the parameter sh:minCount. */
export function core(
  parameter: string,
  compile: (clause: Clause) => CompiledConstraint,
  more: Partial<ConstraintComponent> & { readonly name?: string } = {},
): ConstraintComponent {
  const { name = parameter.charAt(0).toUpperCase() + parameter.slice(1), ...rest } = more;
  return {
    component: DataFactory.namedNode(`${PREFIXES.sh}${name}ConstraintComponent`),
    parameters: [sh(parameter)],
    compile,
    ...rest,
  };
}

/** A constraint that tests each value node by itself: one result for each that fails. */
export function eachValue(clause: Clause, test: (binding: Binding) => NodeTest): CompiledConstraint {
  const { constraint } = clause;
  return {
    bind(binding) {
      const holds = test(binding);
      return (focus, { ids, start, end }, emit) => {
        for (let i = start; i < end; i++) {
          const value = ids[i] as number;
          if (!holds(value)) emit(focus, constraint, value);
        }
      };
    },
  };
}

/** A constraint on all value nodes of a focus node together: one result without a value when it fails. */
export function allValues(clause: Clause, holds: (count: number) => boolean): CompiledConstraint {
  const check: Check = (focus, { start, end }, emit) => {
    if (!holds(end - start)) emit(focus, clause.constraint, NO_TERM);
  };
  return { bind: () => check };
}

/** The value of a clause, or of another of its parameters, as a whole number of 0 or more. */
export function countOf({ value, fault }: Clause, name: string, term: Term = value): number {
  if (term.termType === 'Literal' && /^\+?\d+$/.test(term.value)) return Number(term.value);
  return fault(`sh:${name} is not a whole number`, term.value);
}

/** The value of a clause as an IRI. */
export function iriOf({ value, fault }: Clause, name: string): string {
  return value.termType === 'NamedNode' ? value.value : fault(`sh:${name} is not an IRI`, value.value);
}

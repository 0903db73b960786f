import type { ConstraintComponent } from '../registry.js';
import { comparable, compareValues } from '../literalOrder.js';
import { core, eachValue } from './component.js';

/** sh:minExclusive, sh:minInclusive, sh:maxExclusive and sh:maxInclusive (SHACL section 4.3). */
export const VALUE_RANGE: readonly ConstraintComponent[] = [
  range('minExclusive', (order) => order > 0),
  range('minInclusive', (order) => order >= 0),
  range('maxExclusive', (order) => order < 0),
  range('maxInclusive', (order) => order <= 0),
];

function range(name: string, holds: (order: number) => boolean): ConstraintComponent {
  return core(
    name,
    (clause) => {
      const { value } = clause;
      if (value.termType !== 'Literal') clause.fault(`sh:${name} is not a literal`, value.value);
      const limit = comparable(value.value, value.termType === 'Literal' ? value.datatype.value : '');
      if (limit === undefined) clause.fault(`sh:${name} is not of a datatype with an order`, value.value);
      return eachValue(clause, ({ graph: { terms }, memo }) =>
        memo((id) => {
          const order = compareValues(comparable(terms.value(id), terms.datatype(id)), limit);
          return order !== undefined && holds(order);
        }),
      );
    },
    { once: true },
  );
}

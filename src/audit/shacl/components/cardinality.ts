import type { ConstraintComponent } from '../registry.js';
import { allValues, core, countOf } from './component.js';

/** sh:minCount and sh:maxCount (SHACL section 4.2). */
export const CARDINALITY: readonly ConstraintComponent[] = [
  core(
    'minCount',
    (clause) => {
      const least = countOf(clause, 'minCount');
      return allValues(clause, (count) => count >= least);
    },
    { once: true, only: 'property' },
  ),
  core(
    'maxCount',
    (clause) => {
      const most = countOf(clause, 'maxCount');
      return allValues(clause, (count) => count <= most);
    },
    { once: true, only: 'property' },
  ),
];

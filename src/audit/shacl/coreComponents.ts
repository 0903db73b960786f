import { CARDINALITY } from './components/cardinality.js';
import { LOGICAL } from './components/logical.js';
import { OTHER_COMPONENTS } from './components/otherComponents.js';
import { PROPERTY_PAIR } from './components/propertyPair.js';
import { SHAPE_BASED } from './components/shapeBased.js';
import { STRING_BASED } from './components/stringBased.js';
import { VALUE_RANGE } from './components/valueRange.js';
import { VALUE_TYPE } from './components/valueType.js';
import type { ConstraintComponent } from './registry.js';

/** The constraint components of SHACL Core (section 4), in the order in which they are checked. */
export const CORE_COMPONENTS: readonly ConstraintComponent[] = [
  ...CARDINALITY,
  ...VALUE_TYPE,
  ...VALUE_RANGE,
  ...STRING_BASED,
  ...PROPERTY_PAIR,
  ...LOGICAL,
  ...OTHER_COMPONENTS,
  ...SHAPE_BASED,
];

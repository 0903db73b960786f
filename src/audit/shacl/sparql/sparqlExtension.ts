import type { ShapesExtension } from '../registry.js';
import { readRules } from './rules.js';
import { declaredComponents } from './sparqlComponents.js';
import { SPARQL_CONSTRAINT } from './sparqlConstraint.js';
import { sparqlTarget } from './sparqlTarget.js';

/** SHACL-SPARQL (SHACL sections 5 and 6), and targets and rules of SHACL Advanced Features, on the embedded store. */
export const SPARQL_EXTENSION: ShapesExtension = {
  properties: `sparql select ask construct prefixes declare prefix namespace parameter optional labelTemplate validator
    nodeValidator propertyValidator target rule condition subject predicate object nodes this`.split(/\s+/),
  components: (graph, fault) => [SPARQL_CONSTRAINT, ...declaredComponents(graph, fault)],
  target: sparqlTarget,
  targetReason: 'has a SPARQL target',
  rules: readRules,
};

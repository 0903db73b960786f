import { DataFactory, type Term } from 'n3';
import { pathText } from '../../shaclPath.js';
import { booleanOf, objectsOf, sh } from '../shapesGraph.js';
import type { Clause, CompiledConstraint, ConstraintComponent } from '../registry.js';
import { SHAPES_GRAPH } from './dataStore.js';
import { iriText } from './iriText.js';
import { messageAt } from './messages.js';
import { readPrebound } from './readQuery.js';
import { bindSelect } from './selectCheck.js';

/** SPARQL-based constraints, `sh:sparql` (SHACL section 5). */
export const SPARQL_CONSTRAINT: ConstraintComponent = {
  component: DataFactory.namedNode(sh('SPARQLConstraintComponent')),
  parameters: [sh('sparql')],
  way: 'sparql',
  reason: 'has a SPARQL constraint',
  compile: compileSparql,
};

function compileSparql(clause: Clause): CompiledConstraint {
  const { graph, shape, value, fault } = clause;
  if (value.termType === 'Literal') fault('sh:sparql is neither an IRI nor a blank node', value.value);
  const [deactivated] = objectsOf(graph, value, sh('deactivated'));
  if (deactivated !== undefined && booleanOf(deactivated) === true) return { bind: () => () => undefined };
  const constants = new Map<string, Term>(preboundShapes(shape.node));
  const query = readPrebound(
    graph,
    value,
    'select',
    {
      potential: ['this', 'shapesGraph', 'currentShape'],
      rows: ['this'],
      constants: [...constants.keys()],
      path: shape.path && pathText(shape.path, iriText),
    },
    fault,
  );
  const constraint = { ...clause.constraint, source: value };
  const message = messageAt(graph, value);
  return {
    predicates: 'all',
    bind: (binding) => bindSelect({ clause, constraint, query, constants, message }, binding),
  };
}

/** `$shapesGraph` and `$currentShape` (SHACL section 5.3.1). */
export function preboundShapes(shape: Term): [string, Term][] {
  return [
    ['shapesGraph', SHAPES_GRAPH],
    ['currentShape', shape],
  ];
}

import { type NamedNode, type Store, type Term } from 'n3';
import type { TermId } from '../../../graph/columns/containerGraph.js';
import { PREFIXES, RDF, RDFS } from '../../../rdf/vocabulary.js';
import { pathText } from '../../shaclPath.js';
import { termKey } from '../../termKey.js';
import type { Emit } from '../compiledShapes.js';
import type { Binding, BoundConstraint, Clause, CompiledConstraint, ConstraintComponent, Values } from '../registry.js';
import { booleanOf, objectsOf, sh } from '../shapesGraph.js';
import { answerIds } from './answerTerms.js';
import { fillMessage, messageAt } from './messages.js';
import { iriText } from './iriText.js';
import type { PreboundQuery } from './prebinding.js';
import { guardedRun } from './queryErrors.js';
import { readPrebound } from './readQuery.js';
import { runPrebound } from './runPrebound.js';
import { bindSelect, type SelectConstraint } from './selectCheck.js';
import { preboundShapes } from './sparqlConstraint.js';

type Fault = (node: Term, wrong: string, found?: string) => never;

interface Parameter {
  readonly iri: string;
  /** Name of its variable: the local name of its path (SHACL section 6.2.1). */
  readonly name: string;
  readonly optional: boolean;
}

/** Names that a parameter must not have (SHACL section 6.2.1). */
const RESERVED = new Set(['this', 'shapesGraph', 'currentShape', 'path', 'PATH', 'value']);

/** The constraint components that a shapes graph declares (SHACL section 6). */
export function declaredComponents(graph: Store, fault: Fault): ConstraintComponent[] {
  return graph
    .getSubjects(sh('parameter'), null, null)
    .filter((node): node is NamedNode => node.termType === 'NamedNode' && isComponent(graph, node))
    .filter((node) => !node.value.startsWith(PREFIXES.sh))
    .map((node) => {
      const parameters = objectsOf(graph, node, sh('parameter')).map((p) => readParameter(graph, node, p, fault));
      const mandatory = parameters.filter((p) => !p.optional).map((p) => p.iri);
      if (mandatory.length === 0) fault(node, 'a constraint component has at least one parameter that is not optional');
      return {
        component: node,
        parameters: mandatory,
        optional: parameters.filter((p) => p.optional).map((p) => p.iri),
        way: 'sparql',
        reason: 'has a constraint that the shapes graph declares in SPARQL',
        compile: (clause) => compileUse(clause, node, parameters),
      };
    });
}

/** Whether a node is a SHACL instance of sh:ConstraintComponent, or has validators. */
function isComponent(graph: Store, node: NamedNode): boolean {
  const types = new Map(objectsOf(graph, node, RDF.type.value).map((type) => [termKey(type), type]));
  for (const type of types.values()) {
    for (const above of objectsOf(graph, type, RDFS.subClassOf.value)) types.set(termKey(above), above);
  }
  return (
    types.has(sh('ConstraintComponent')) ||
    ['validator', 'nodeValidator', 'propertyValidator'].some((name) => objectsOf(graph, node, sh(name)).length > 0)
  );
}

function readParameter(graph: Store, component: Term, node: Term, fault: Fault): Parameter {
  const [path, ...more] = objectsOf(graph, node, sh('path'));
  if (path?.termType !== 'NamedNode' || more.length > 0)
    return fault(component, 'a parameter has exactly one sh:path, an IRI');
  const name = /[^#/:]*$/.exec(path.value)?.[0] ?? '';
  if (!/^[A-Za-z_]\w*$/.test(name) || RESERVED.has(name)) {
    return fault(component, 'the name of a parameter cannot be that of a variable', path.value);
  }
  const [optional] = objectsOf(graph, node, sh('optional'));
  return { iri: path.value, name, optional: optional !== undefined && booleanOf(optional) === true };
}

function compileUse(clause: Clause, component: NamedNode, parameters: readonly Parameter[]): CompiledConstraint {
  const { graph, shape, fault } = clause;
  const validator = validatorOf(clause, component);
  const constants = new Map<string, Term>(preboundShapes(shape.node));
  const mandatory = parameters.filter((p) => !p.optional);
  for (const { iri, name } of parameters) {
    // A component with one parameter is used once for each of its values; `clause.value` is the one at hand.
    const value = mandatory.length === 1 && mandatory[0]?.iri === iri ? clause.value : clause.parameter(iri);
    if (value !== undefined) constants.set(name, value);
  }
  const isAsk = objectsOf(graph, validator, sh('ask')).length > 0;
  const potential = ['this', 'shapesGraph', 'currentShape', ...parameters.map((p) => p.name)];
  const query = readPrebound(
    graph,
    validator,
    isAsk ? 'ask' : 'select',
    {
      potential: isAsk ? [...potential, 'value'] : potential,
      rows: isAsk ? ['this', 'value'] : ['this'],
      constants: [...constants.keys()],
      path: isAsk ? undefined : shape.path && pathText(shape.path, iriText),
    },
    fault,
  );
  const message = messageAt(graph, validator) ?? messageAt(graph, component);
  const select = { clause, constraint: clause.constraint, query, constants, message };
  return { predicates: 'all', bind: (binding) => (isAsk ? bindAsk(select, binding) : bindSelect(select, binding)) };
}

/** The validator for shapes of this kind (SHACL section 6.2.3). */
function validatorOf({ graph, shape, fault }: Clause, component: NamedNode): Term {
  const own = shape.path === undefined ? 'nodeValidator' : 'propertyValidator';
  const validators = [...objectsOf(graph, component, sh(own)), ...objectsOf(graph, component, sh('validator'))];
  const isQuery = (node: Term): boolean =>
    ['ask', 'select'].some((name) => objectsOf(graph, node, sh(name)).length > 0);
  const found = validators.find(isQuery);
  if (found !== undefined) return found;
  const kind = shape.path === undefined ? 'node' : 'property';
  return validators.length > 0
    ? fault(`the validator of <${component.value}> is no SPARQL query`, validators[0]?.value)
    : fault(`<${component.value}> has no validator for ${kind} shapes`);
}

/** ASK validators: a value node for which the query is false is a violation (SHACL section 6.3). */
function bindAsk(select: SelectConstraint, binding: Binding): BoundConstraint {
  const { clause, query, constraint, constants } = select;
  const { graph } = binding;
  const check = (focus: readonly TermId[], values: readonly TermId[], emit: Emit): void => {
    const valid = validRows(query, { graph, shapes: clause.graph, constants }, focus, values, clause.fault);
    focus.forEach((node, i) => {
      const value = values[i] as TermId;
      if (!valid(node, value)) emit(node, constraint, value, messageFor(node, value));
    });
  };
  const messageFor = (node: TermId, value: TermId): { message?: string } => {
    if (select.message === undefined) return {};
    const { terms } = graph;
    const text = (name: string): string | undefined =>
      name === 'this' ? terms.value(node) : name === 'value' ? terms.value(value) : constants.get(name)?.value;
    return { message: fillMessage(select.message, text) };
  };
  const walk = constraint.shape.path && binding.walker(constraint.shape.path);
  return {
    check: (focus, { ids, start, end }: Values, emit) => {
      const values: TermId[] = [];
      for (let i = start; i < end; i++) values.push(ids[i] as TermId);
      if (values.length > 0)
        check(
          values.map(() => focus),
          values,
          emit,
        );
    },
    checkAll: (focus, emit) => {
      const nodes: TermId[] = [];
      const values: TermId[] = [];
      for (const node of focus) {
        if (walk === undefined) {
          nodes.push(node);
          values.push(node);
        } else {
          const { ids, start, end } = walk(node);
          for (let i = start; i < end; i++) {
            nodes.push(node);
            values.push(ids[i] as TermId);
          }
        }
      }
      check(nodes, values, emit);
    },
  };
}

/** Runs an ASK for pairs of focus and value nodes; the function tells for which it is true. */
function validRows(
  query: PreboundQuery,
  about: { readonly graph: Binding['graph']; readonly shapes: Store; readonly constants: ReadonlyMap<string, Term> },
  focus: readonly TermId[],
  values: readonly TermId[],
  fault: Clause['fault'],
): (focus: TermId, value: TermId) => boolean {
  const both = query.rows.length > 1;
  const key = (node: TermId, value: TermId): string | number =>
    both ? `${node} ${value}` : query.rows[0] === 'this' ? node : value;
  const rows = new Map<string | number, number>();
  focus.forEach((node, i) => rows.set(key(node, values[i] as TermId), i));
  const places = [...rows.values()];
  const columns = { this: places.map((i) => focus[i] as TermId), value: places.map((i) => values[i] as TermId) };
  const valid = new Set<string | number>();
  const bound = { ...about, rows: columns, length: places.length };
  for (const { solutions } of guardedRun(fault, () => runPrebound(query, bound))) {
    for (const solution of solutions) {
      const nodes = solution.this === undefined ? [0] : answerIds(about.graph, solution.this);
      const found = solution.value === undefined ? [0] : answerIds(about.graph, solution.value);
      for (const node of nodes) for (const value of found) valid.add(key(node, value));
    }
  }
  return (node, value) => valid.has(key(node, value));
}

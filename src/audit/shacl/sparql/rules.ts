import type { Quad } from '@rdfjs/types';
import { DataFactory, type Store, type Term } from 'n3';
import type { ContainerGraph, TermId } from '../../../graph/columns/containerGraph.js';
import { withTriples } from '../../../graph/columns/containerGraphOf.js';
import { RDF } from '../../../rdf/vocabulary.js';
import { readPath } from '../../shaclPath.js';
import type { Shape } from '../compiledShapes.js';
import type { NodeTest, RuleBinding } from '../registry.js';
import { booleanOf, objectsOf, sh } from '../shapesGraph.js';
import { extendDataStore } from './dataStore.js';
import { guardedRun } from './queryErrors.js';
import { readPrebound } from './readQuery.js';
import { constructPrebound } from './runPrebound.js';
import { preboundShapes } from './sparqlConstraint.js';

type Fault = (wrong: string, found?: string) => never;
/** The triples that a rule infers from focus nodes. */
type Infer = (binding: RuleBinding, focus: readonly TermId[]) => Iterable<Quad>;
/** The values of a node expression at a focus node (SHACL Advanced Features section 5). */
type Expression = (binding: RuleBinding) => (focus: TermId) => readonly Term[];

interface Rule {
  readonly shape: Shape;
  readonly shapeOrder: number;
  readonly order: number;
  readonly conditions: readonly Shape[];
  readonly infer: Infer;
}

/** The function of `ShapesExtension` that reads rules (SHACL Advanced Features section 8): triple rules and SPARQL rules. */
export function readRules(
  graph: Store,
  shapes: ReadonlyMap<string, Shape>,
  fault: (node: Term, wrong: string, found?: string) => never,
): ((graph: ContainerGraph, bind: (graph: ContainerGraph) => RuleBinding) => ContainerGraph) | undefined {
  const rules = [...shapes.values()]
    .filter((shape) => !shape.deactivated)
    .flatMap((shape) =>
      objectsOf(graph, shape.node, sh('rule'))
        .filter((node) => !isDeactivated(graph, node))
        .map((node) =>
          readRule(graph, shapes, shape, node, (wrong, found) => fault(shape.node, `its sh:rule: ${wrong}`, found)),
        ),
    )
    .toSorted((a, b) => a.shapeOrder - b.shapeOrder || a.order - b.order);
  if (rules.length === 0) return undefined;
  return (data, bind) => rules.reduce((current, rule) => run(rule, current, bind), data);
}

/** Each rule is run once, in the order of sh:order of shapes, then of rules; a rule sees what those before it inferred. */
function run(rule: Rule, graph: ContainerGraph, bind: (graph: ContainerGraph) => RuleBinding): ContainerGraph {
  const binding = bind(graph);
  const tests: readonly NodeTest[] = rule.conditions.map((shape) => binding.conforms(shape));
  const focus: TermId[] = [];
  for (const node of binding.focusNodes(rule.shape)) if (tests.every((test) => test(node))) focus.push(node);
  const triples = [...rule.infer(binding, focus)];
  if (triples.length === 0) return graph;
  const extended = withTriples(graph, triples);
  extendDataStore(graph, triples, extended);
  return extended;
}

const isDeactivated = (graph: Store, node: Term): boolean =>
  objectsOf(graph, node, sh('deactivated')).some((term) => booleanOf(term) === true);

function readRule(graph: Store, shapes: ReadonlyMap<string, Shape>, shape: Shape, node: Term, fault: Fault): Rule {
  const conditions = objectsOf(graph, node, sh('condition')).map((term) => {
    const found = [...shapes.values()].find((s) => s.node.equals(term));
    return found ?? fault('sh:condition is not a shape', term.value);
  });
  const shapeOrder = orderOf(graph, shape.node, fault);
  return {
    shape,
    shapeOrder,
    order: orderOf(graph, node, fault),
    conditions,
    infer: inferOf(graph, shape, node, fault),
  };
}

function orderOf(graph: Store, node: Term, fault: Fault): number {
  const [order] = objectsOf(graph, node, sh('order'));
  const number = order === undefined ? 0 : Number(order.value);
  return Number.isFinite(number) ? number : fault('sh:order is not a number', order?.value);
}

function inferOf(graph: Store, shape: Shape, node: Term, fault: Fault): Infer {
  if (objectsOf(graph, node, sh('construct')).length > 0) return sparqlRule(graph, shape, node, fault);
  const [subject, predicate, object] = ['subject', 'predicate', 'object'].map((name) => {
    const [expression, ...more] = objectsOf(graph, node, sh(name));
    if (expression !== undefined && more.length === 0) return readExpression(graph, expression, fault);
    const types = objectsOf(graph, node, RDF.type.value).map((type) => type.value);
    return fault(`it is neither a triple rule with one sh:${name} nor a SPARQL rule`, types.join(', '));
  }) as [Expression, Expression, Expression];
  return function* (binding, focus) {
    const [subjects, predicates, objects] = [subject(binding), predicate(binding), object(binding)];
    for (const at of focus) {
      for (const s of subjects(at)) {
        if (s.termType === 'Literal') continue;
        for (const p of predicates(at)) {
          if (p.termType !== 'NamedNode') continue;
          for (const o of objects(at)) yield DataFactory.quad(s as never, p, o as never) as Quad;
        }
      }
    }
  };
}

function sparqlRule(graph: Store, shape: Shape, node: Term, fault: Fault): Infer {
  const constants = new Map<string, Term>(preboundShapes(shape.node));
  const potential = ['this', ...constants.keys()];
  const prebinding = { potential, rows: ['this'], constants: [...constants.keys()] };
  const query = readPrebound(graph, node, 'construct', prebinding, fault);
  return (binding, focus) => {
    const values = { graph: binding.graph, shapes: graph, rows: { this: focus }, length: focus.length, constants };
    return guardedRun(fault, () => constructPrebound(query, values));
  };
}

/** `sh:this`, a constant, or the values of a path, from the focus node or from other nodes. */
function readExpression(graph: Store, node: Term, fault: Fault): Expression {
  if (node.value === sh('this') && node.termType === 'NamedNode') {
    return ({ graph: data }) =>
      (focus) => [data.terms.term(focus) as Term];
  }
  if (node.termType !== 'BlankNode') return () => () => [node];
  const [pathNode] = objectsOf(graph, node, sh('path'));
  const [nodes] = objectsOf(graph, node, sh('nodes'));
  const properties = [...graph.getPredicates(node, null, null)].map((p) => p.value);
  const unknown = properties.find((iri) => iri !== sh('path') && iri !== sh('nodes'));
  if (pathNode === undefined || unknown !== undefined) {
    return fault('this kind of node expression is not run here', unknown ?? 'no sh:path');
  }
  const path = readPath(graph, pathNode);
  const from = nodes === undefined ? undefined : readExpression(graph, nodes, fault);
  return (binding) => {
    const walk = binding.walker(path);
    const { terms } = binding.graph;
    const starts = from?.(binding);
    return (focus) => {
      const found = new Set<TermId>();
      for (const start of starts === undefined ? [focus] : starts(focus).map((term) => binding.id(term))) {
        const values = walk(start);
        for (let i = values.start; i < values.end; i++) found.add(values.ids[i] as TermId);
      }
      return [...found].map((id) => terms.term(id) as Term);
    };
  };
}

import type { NamedNode, Store, Term } from 'n3';
import type { Severity } from '../../findings.js';
import { RDF } from '../../rdf/vocabulary.js';
import { readPath } from '../shaclPath.js';
import { termKey } from '../termKey.js';
import { rdfList, SH } from '../shaclTerms.js';
import type { Shape } from './compiledShapes.js';
import type { ConstraintComponent, Oddity } from './registry.js';
import { booleanOf, namedAbove, objectsOf, sh, shapesFault } from './shapesGraph.js';
import { isClass, TARGETS } from './targets.js';

const SEVERITIES: Readonly<Record<string, Severity>> = {
  [SH.Violation.value]: 'violation',
  [SH.Warning.value]: 'warning',
  [SH.Info.value]: 'info',
};
/** Properties whose values are shapes, and those whose values are lists of shapes. */
const SHAPES = ['node', 'property', 'not', 'qualifiedValueShape'].map(sh);
const SHAPE_LISTS = ['and', 'or', 'xone'].map(sh);

/** Every shape of a shapes graph by `termKey` (SHACL section 2.1), its constraints not read yet. */
export function readShapes(graph: Store, components: readonly ConstraintComponent[], odd: Oddity): Map<string, Shape> {
  const nodes = new Map<string, Term>();
  const add = (term: Term): void => {
    nodes.set(termKey(term), term);
  };
  for (const type of [SH.NodeShape, SH.PropertyShape]) graph.getSubjects(RDF.type, type, null).forEach(add);
  const parameters = components.flatMap((component) => component.parameters);
  for (const iri of [...TARGETS, ...parameters]) graph.getSubjects(iri, null, null).forEach(add);
  const addInner = (subject: Term, iri: string, inner: Term): void => {
    add(inner);
    if (inner.termType !== 'Literal' && graph.countQuads(inner as NamedNode, null, null, null) > 0) return;
    odd(namedAbove(graph, subject), `<${iri}> refers to a shape that is not there`, inner.value);
  };
  for (const iri of SHAPES) {
    for (const { subject, object } of graph.getQuads(null, iri, null, null)) addInner(subject, iri, object);
  }
  for (const iri of SHAPE_LISTS) {
    for (const { subject, object } of graph.getQuads(null, iri, null, null))
      for (const inner of listOf(graph, subject, iri, object)) addInner(subject, iri, inner);
  }
  const names = new Map<string, string>();
  return new Map([...nodes].map(([key, node]) => [key, readShape(graph, node, namedAbove(graph, node, names))]));
}

/** The members of the list that is the value of a property. @throws OmegraphError when it is none */
export function listOf(graph: Store, shape: Term, property: string, head: Term): Term[] {
  const wrong = `<${property}> is not a list`;
  try {
    const members = head.termType === 'Literal' ? undefined : rdfList(graph, head);
    if (members !== undefined) return members;
  } catch (error) {
    throw shapesFault(namedAbove(graph, shape), wrong, error instanceof Error ? error.message : String(error));
  }
  throw shapesFault(namedAbove(graph, shape), wrong, head.value);
}

function readShape(graph: Store, node: Term, named: string): Shape {
  const only = (name: string): Term | undefined => {
    const [value, ...more] = objectsOf(graph, node, sh(name));
    if (more.length > 0) throw shapesFault(named, `a shape has at most one sh:${name}`, more[0]?.value);
    return value;
  };
  if (node.termType === 'Literal') throw shapesFault(named, 'a literal is no shape', node.value);
  const pathNode = only('path');
  const severity = only('severity');
  if (severity !== undefined && severity.termType !== 'NamedNode') {
    throw shapesFault(named, 'sh:severity is not an IRI', severity.value);
  }
  const deactivated = only('deactivated');
  if (deactivated !== undefined && booleanOf(deactivated) === undefined) {
    throw shapesFault(named, 'sh:deactivated is neither true nor false', deactivated.value);
  }
  if (pathNode === undefined && graph.countQuads(node as NamedNode, RDF.type, SH.PropertyShape, null) > 0) {
    throw shapesFault(named, 'a property shape has exactly one sh:path', 'none');
  }
  const severityIri = severity?.value ?? SH.Violation.value;
  return {
    node,
    named,
    path: pathNode === undefined ? undefined : pathOf(graph, named, pathNode),
    pathNode,
    severity: SEVERITIES[severityIri] ?? 'violation',
    severityIri,
    messages: objectsOf(graph, node, SH.message.value),
    deactivated: deactivated !== undefined && booleanOf(deactivated) === true,
    targeted: TARGETS.some((iri) => objectsOf(graph, node, iri).length > 0) || isClass(graph, node),
    way: 'columns',
  };
}

function pathOf(graph: Store, named: string, node: Term): Shape['path'] {
  try {
    return readPath(graph, node);
  } catch (error) {
    throw shapesFault(named, 'sh:path is ill-formed', error instanceof Error ? error.message : String(error));
  }
}

import type { Store, Term } from 'n3';
import { readPath, type ShaclPath } from '../shaclPath.js';
import { termKey } from '../termKey.js';
import { rdfList, SH } from '../shaclTerms.js';
import { declaredComponents } from './sparql/sparqlComponents.js';
import { namedAbove, objectsOf, sh, shapesFault } from './shapesGraph.js';

/** A clause that shacl-engine 1.1 answers wrongly, or leaves out without a word. */
export interface ReferenceLimit {
  /** The shape in the shapes graph, and the nearest named one. */
  readonly node: Term;
  readonly shape: string;
  readonly wrong: string;
}

/** Parameters of which the engine sees only one value of a shape. */
const ONCE = ['sparql', 'hasValue', 'not', 'and', 'or', 'xone', 'equals', 'disjoint', 'lessThan', 'lessThanOrEquals'];

/** All clauses of a shapes graph that the reference engine must not be asked. @throws OmegraphError (shapes) when a component is ill-formed */
export function referenceLimits(shapes: Store): ReferenceLimit[] {
  const limits: ReferenceLimit[] = [];
  const limit = (node: Term, wrong: string): void => {
    limits.push({ node, shape: namedAbove(shapes, node), wrong });
  };
  for (const { subject, object } of shapes.getQuads(null, SH.path, null, null)) {
    const reason = unsupportedPath(readPath(shapes, object));
    if (reason !== undefined) limit(subject, reason);
  }
  for (const name of ONCE) {
    for (const subject of shapes.getSubjects(sh(name), null, null)) {
      if (objectsOf(shapes, subject, sh(name)).length > 1) limit(subject, `several sh:${name} in one shape`);
    }
  }
  for (const { subject, object } of shapes.getQuads(null, SH.target, null, null)) {
    if (objectsOf(shapes, object, sh('select')).length === 0) limit(subject, 'a target of a declared type');
  }
  const fault = (node: Term, wrong: string, found?: string): never => {
    throw shapesFault(namedAbove(shapes, node), wrong, found);
  };
  for (const { parameters, component } of declaredComponents(shapes, fault)) {
    for (const iri of parameters) {
      for (const user of shapes.getSubjects(iri, null, null))
        limit(user, `<${component.value}>, which is declared in SPARQL`);
    }
  }
  for (const node of nestedQualified(shapes)) limit(node, 'sh:qualifiedValueShape below another path');
  return limits;
}

/** Shapes with a qualified value shape below another path: the engine tests the outer value there. */
function nestedQualified(shapes: Store): Term[] {
  const parents = new Map<string, Term[]>();
  const add = (child: Term, parent: Term): void => {
    parents.set(termKey(child), [...(parents.get(termKey(child)) ?? []), parent]);
  };
  for (const property of [SH.node, SH.property, SH.not, SH.qualifiedValueShape]) {
    for (const { subject, object } of shapes.getQuads(null, property, null, null)) add(object, subject);
  }
  for (const property of [SH.and, SH.or, SH.xone]) {
    for (const { subject, object } of shapes.getQuads(null, property, null, null)) {
      for (const member of rdfList(shapes, object) ?? []) add(member, subject);
    }
  }
  const belowPath = (node: Term): boolean =>
    (parents.get(termKey(node)) ?? []).some(
      (parent) => objectsOf(shapes, parent, SH.path.value).length > 0 || belowPath(parent),
    );
  return shapes.getSubjects(SH.qualifiedValueShape, null, null).filter(belowPath);
}

/**
 * Why shacl-engine 1.1 would walk this path wrongly, or undefined when it walks it right: it takes the inside of an
 * inverse, quantified or alternative path for one predicate, and answers wrongly instead of refusing anything deeper.
 */
export function unsupportedPath(path: ShaclPath): string | undefined {
  const plain = (inner: ShaclPath): boolean => inner.kind === 'predicate';
  switch (path.kind) {
    case 'predicate':
      return undefined;
    case 'sequence':
      return path.steps
        .map((step) => (step.kind === 'sequence' ? 'a sequence within a sequence' : unsupportedPath(step)))
        .find((reason) => reason !== undefined);
    case 'alternative':
      return path.paths.every(plain) ? undefined : 'sh:alternativePath of anything but predicates';
    default:
      return plain(path.path) ? undefined : `sh:${path.kind}Path of anything but a predicate`;
  }
}

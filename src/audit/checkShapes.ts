import type { NamedNode, Quad, Store, Term } from 'n3';
import { PREFIXES } from '../rdf/vocabulary.js';
import { readPath, termKey, unsupportedPath } from './shaclPath.js';
import { rdfList, SH } from './shaclTerms.js';

/** One clause of a shapes graph that cannot be meant. */
export interface ShapeFault {
  /** The shape that holds it: an IRI, or the blank node's nearest named shape. */
  readonly shape: string;
  /** The quad's subject, to find the file. */
  readonly subject: Term;
  readonly wrong: string;
  readonly found: string;
}

/** Properties of SHACL Core (https://www.w3.org/TR/shacl/) and of its non-validating part. */
const KNOWN = new Set(
  `targetClass targetNode targetObjectsOf targetSubjectsOf path property severity message deactivated name description
  order group defaultValue class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
  minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone node
  qualifiedValueShape qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint closed ignoredProperties hasValue
  in inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath declare prefixes prefix namespace
  shapesGraph suggestedShapesGraph entailment`.split(/\s+/),
);
/** Not run by this engine; refused, because a rule that is skipped in silence is worse than none. */
const UNSUPPORTED = new Set(['sparql', 'target', 'rule', 'js', 'validator', 'expression', 'filterShape', 'condition']);
const COUNTS = new Set(['minCount', 'maxCount', 'minLength', 'maxLength', 'qualifiedMinCount', 'qualifiedMaxCount']);
const LISTS = new Set(['and', 'or', 'xone', 'in', 'languageIn', 'ignoredProperties']);
const LISTS_OF_SHAPES = new Set(['and', 'or', 'xone']);
const SHAPES = new Set(['node', 'property', 'not', 'qualifiedValueShape']);
const SEVERITIES: readonly string[] = [SH.Violation.value, SH.Warning.value, SH.Info.value];

/** Every ill-formed clause of a shapes graph (SHACL section 1.4 "ill-formed", and what this audit cannot run). */
export function shapeFaults(graph: Store): ShapeFault[] {
  const faults: ShapeFault[] = [];
  const children = new Map<string, Term[]>();
  const blame = (quad: Quad, wrong: string, found: string = quad.object.value): void => {
    faults.push({ shape: namedAbove(graph, quad.subject), subject: quad.subject, wrong, found });
  };
  for (const quad of graph.getQuads(null, null, null, null)) {
    if (!quad.predicate.value.startsWith(PREFIXES.sh)) continue;
    const name = quad.predicate.value.slice(PREFIXES.sh.length);
    const reason = clauseFault(graph, quad, name);
    if (reason !== undefined) blame(quad, reason.wrong, reason.found);
    else {
      const inner = innerShapes(graph, quad, name);
      for (const shape of inner) {
        if (graph.countQuads(shape as NamedNode, null, null, null) === 0) {
          blame(quad, `sh:${name} refers to a shape that is not there`, shape.value);
        }
      }
      children.set(termKey(quad.subject), [...(children.get(termKey(quad.subject)) ?? []), ...inner]);
    }
  }
  faults.push(...nestedQualified(graph, children));
  const circle = recursion(children);
  if (circle !== undefined) {
    faults.push({
      shape: namedAbove(graph, circle),
      subject: circle,
      wrong: 'the shape refers to itself',
      found: circle.value,
    });
  }
  return faults;
}

function clauseFault(graph: Store, quad: Quad, name: string): { wrong: string; found?: string } | undefined {
  const { object } = quad;
  if (UNSUPPORTED.has(name)) return { wrong: 'this part of SHACL is not run here', found: `sh:${name}` };
  if (!KNOWN.has(name)) return { wrong: 'there is no such property in SHACL', found: `sh:${name}` };
  if (COUNTS.has(name)) return /^\d+$/.test(object.value) ? undefined : { wrong: `sh:${name} is not a whole number` };
  if (name === 'severity')
    return SEVERITIES.includes(object.value) ? undefined : { wrong: 'sh:severity is none of SHACL' };
  try {
    if (LISTS.has(name) && rdfList(graph, object) === undefined) return { wrong: `sh:${name} is not a list` };
    if (name === 'pattern') {
      new RegExp(object.value, graph.getObjects(quad.subject, `${PREFIXES.sh}flags`, null)[0]?.value ?? '');
    }
    if (name === 'path') {
      if (graph.countQuads(quad.subject, SH.path, null, null) > 1)
        return { wrong: 'a property shape has exactly one sh:path' };
      const reason = unsupportedPath(readPath(graph, object));
      if (reason !== undefined) return { wrong: 'this path is not run here', found: reason };
    }
  } catch (error) {
    return { wrong: `sh:${name} is ill-formed`, found: error instanceof Error ? error.message : String(error) };
  }
  return undefined;
}

function innerShapes(graph: Store, quad: Quad, name: string): Term[] {
  if (SHAPES.has(name)) return [quad.object];
  return LISTS_OF_SHAPES.has(name) ? (rdfList(graph, quad.object) ?? []) : [];
}

/**
 * Qualified value shapes below another path: shacl-engine 1.1 keeps the outer value in hand there and tests that one
 * instead, so they are refused.
 */
function nestedQualified(graph: Store, children: ReadonlyMap<string, readonly Term[]>): ShapeFault[] {
  const parents = new Map<string, string[]>();
  for (const [parent, shapes] of children) {
    for (const shape of shapes) parents.set(termKey(shape), [...(parents.get(termKey(shape)) ?? []), parent]);
  }
  const withPath = new Set(graph.getSubjects(SH.path, null, null).map(termKey));
  const belowPath = (key: string, seen: Set<string>): boolean =>
    (parents.get(key) ?? []).some((parent) => {
      if (seen.has(parent)) return false;
      seen.add(parent);
      return withPath.has(parent) || belowPath(parent, seen);
    });
  return graph
    .getQuads(null, SH.qualifiedValueShape, null, null)
    .filter((quad) => belowPath(termKey(quad.subject), new Set()))
    .map((quad) => ({
      shape: namedAbove(graph, quad.subject),
      subject: quad.subject,
      wrong: 'this part of SHACL is not run here',
      found: 'sh:qualifiedValueShape below another path',
    }));
}

/** A shape on a circle of references (undefined behaviour, SHACL section 3.4.3), or undefined. */
function recursion(children: ReadonlyMap<string, readonly Term[]>): Term | undefined {
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (shape: Term): Term | undefined => {
    const key = termKey(shape);
    if (open.has(key)) return shape;
    if (done.has(key)) return undefined;
    open.add(key);
    for (const child of children.get(key) ?? []) {
      const circle = visit(child);
      if (circle !== undefined) return circle;
    }
    open.delete(key);
    done.add(key);
    return undefined;
  };
  for (const shapes of children.values()) {
    for (const shape of shapes) {
      const circle = visit(shape);
      if (circle !== undefined) return circle;
    }
  }
  return undefined;
}

/** The nearest named node that leads to a blank node. */
export function namedAbove(graph: Store, node: Term): string {
  const seen = new Set<string>();
  let at: Term | undefined = node;
  while (at !== undefined && at.termType === 'BlankNode' && !seen.has(at.value)) {
    seen.add(at.value);
    at = graph.getSubjects(null, at, null)[0];
  }
  return at === undefined || at.termType === 'BlankNode' ? 'an unnamed shape' : at.value;
}

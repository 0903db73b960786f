import { DataFactory, type NamedNode, type Quad, Store, type Term } from 'n3';
import { OmegraphError } from '../errors.js';
import { PREFIXES, RDF, RDFS } from '../rdf/vocabulary.js';
import { isClass, TARGETS } from './shacl/targets.js';
import { OMG, SH } from './shaclTerms.js';

/** One Turtle file as quads. */
export interface ShapesSource {
  readonly file: string;
  readonly quads: readonly Quad[];
}

/** Shapes of several files put together. */
export interface ShapesDraft {
  readonly graph: Store;
  /** The file, or files, that speak of a subject. */
  readonly fileOf: ReadonlyMap<string, string>;
  readonly files: readonly string[];
}

/** What later files say instead of earlier ones; everything else they add. */
const REPLACED: readonly NamedNode[] = [
  ...[SH.severity, SH.message, SH.deactivated, SH.name, SH.description, SH.group, SH.order],
  ...[OMG.field, OMG.aspect, RDFS.label, RDFS.comment],
];
/** What nothing refers to, and shapes need nevertheless. */
const ALWAYS = ['ConstraintComponent', 'SPARQLTargetType', 'SPARQLFunction'].map((name) =>
  DataFactory.namedNode(PREFIXES.sh + name),
);

/**
 * Lays files over others: severity, message and other words about a shape that is there already take the place of the old ones.
 * @throws OmegraphError (shapes) for words about a shape that is not there
 */
export function overlay(below: ShapesDraft | undefined, sources: readonly ShapesSource[]): ShapesDraft {
  const graph = new Store(below?.graph.getQuads(null, null, null, null) ?? []);
  const fileOf = new Map(below?.fileOf ?? []);
  const defined = new Set(
    sources.flatMap(({ quads }) => quads.filter((q) => !isReplaced(q))).map((q) => q.subject.value),
  );
  for (const { file, quads } of sources) {
    for (const quad of quads) {
      const { subject, predicate } = quad;
      if (below !== undefined && below.graph.countQuads(subject, null, null, null) > 0) {
        if (isReplaced(quad)) graph.removeQuads(below.graph.getQuads(subject, predicate, null, null));
      } else if (below !== undefined && !defined.has(subject.value)) throw noSuchShape(file, quad);
      const before = fileOf.get(subject.value);
      if (before === undefined) fileOf.set(subject.value, file);
      else if (below?.fileOf.get(subject.value) === before) fileOf.set(subject.value, `${before}, ${file}`);
    }
  }
  for (const { quads } of sources) graph.addQuads([...quads]);
  return { graph, fileOf, files: [...(below?.files ?? []), ...sources.map((s) => s.file)] };
}

function noSuchShape(file: string, { subject, predicate }: Quad): OmegraphError {
  return new OmegraphError('shapes', {
    where: `${file}, ${subject.value}`,
    wrong: 'there is no such shape to change',
    found: predicate.value,
    remedy: 'correct the name of the shape, or give it a target and a constraint of its own',
  });
}

const isReplaced = (quad: Quad): boolean => REPLACED.some((p) => quad.predicate.equals(p));

/**
 * The shapes that a profile takes of others: those named by themselves, by their module or by their field, or all when none
 * is named; with all that they refer to. The profile that they come from is left behind.
 * @throws OmegraphError (shapes) for a name that is none of them
 */
export function taken(draft: ShapesDraft, names: readonly { readonly file: string; readonly q: Quad }[]): ShapesDraft {
  const { graph } = draft;
  const shapes = targetedShapes(graph);
  const wanted = new Set<string>();
  for (const { file, q } of names) {
    const meant = shapes.filter(
      (s) =>
        s.equals(q.object) ||
        [SH.group, OMG.field].some((p) => graph.countQuads(s, p, q.object as NamedNode, null) > 0),
    );
    if (meant.length === 0) {
      throw illFormedShapes(file, 'omg:takes', 'there is no such shape, module or field to take', q.object.value);
    }
    for (const shape of meant) wanted.add(shape.value);
  }
  const roots = names.length === 0 ? shapes : shapes.filter((s) => wanted.has(s.value));
  const always = ALWAYS.flatMap((type) => graph.getSubjects(RDF.type, type, null));
  const profiles = new Set(graph.getSubjects(RDF.type, OMG.AuditProfile, null).map((t) => t.value));
  const kept = reached(graph, [...roots, ...always], profiles);
  const without = (quad: Quad): boolean =>
    quad.predicate.equals(OMG.file) ||
    (names.length > 0 && !wanted.has(quad.subject.value) && TARGETS.includes(quad.predicate.value));
  const quads = graph.getQuads(null, null, null, null).filter((q) => kept.has(q.subject.value) && !without(q));
  return { ...draft, graph: new Store(quads) };
}

/** Everything that is said about some nodes, and about what they refer to. */
function reached(graph: Store, roots: readonly Term[], except: ReadonlySet<string>): Set<string> {
  const seen = new Set(roots.map((t) => t.value));
  const open = [...roots];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { object } of graph.getQuads(at as NamedNode, null, null, null)) {
      if (object.termType === 'Literal' || seen.has(object.value) || except.has(object.value)) continue;
      seen.add(object.value);
      open.push(object);
    }
  }
  return seen;
}

/** Nodes with a target: declared, by SHACL-AF's `sh:target`, or as a class that is a shape (SHACL section 2.1.3). */
export function targetedShapes(graph: Store): NamedNode[] {
  const nodes = new Map<string, NamedNode>();
  const add = (subject: Term): void => void nodes.set(subject.value, subject as NamedNode);
  for (const predicate of TARGETS) for (const subject of graph.getSubjects(predicate, null, null)) add(subject);
  for (const type of [SH.NodeShape, SH.PropertyShape])
    for (const subject of graph.getSubjects(RDF.type, type, null)) if (isClass(graph, subject)) add(subject);
  return [...nodes.values()];
}

/** An error about a clause of a shape. */
export function illFormedShapes(file: string, shape: string, wrong: string, found: string): OmegraphError {
  return new OmegraphError('shapes', {
    where: `${file}, ${shape}`,
    wrong,
    found,
    remedy: 'correct the shape; the rules are those of https://www.w3.org/TR/shacl/',
  });
}

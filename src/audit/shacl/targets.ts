import type { NamedNode, Store, Term } from 'n3';
import { PREFIXES, RDF, RDFS } from '../../rdf/vocabulary.js';
import type { Shape } from './compiledShapes.js';
import { instances, joinedIds } from './instances.js';
import type { Binding, CompiledTarget, ExtensionClause, ShapesExtension } from './registry.js';
import { objectsOf, sh } from './shapesGraph.js';

/** Properties that give a shape a target (SHACL section 2.1.3). */
export const TARGETS = ['targetNode', 'targetClass', 'targetSubjectsOf', 'targetObjectsOf', 'target'].map(sh);

const OWL_CLASS = `${PREFIXES.owl}Class`;

/**
 * Whether a node is a class in the shapes graph, so that a shape of that name targets its instances (section 2.1.3.3);
 * owl:Class counts as one also where the graph does not say that it is.
 */
export function isClass(graph: Store, node: Term): boolean {
  if (node.termType !== 'NamedNode') return false;
  const types = objectsOf(graph, node, RDF.type.value).map((type) => type.value);
  const seen = new Set(types);
  for (const type of seen) {
    if (type === `${PREFIXES.rdfs}Class` || type === OWL_CLASS) return true;
    for (const above of graph.getObjects(type, RDFS.subClassOf, null)) seen.add(above.value);
  }
  return false;
}

/** Reads the targets of a shape. */
export function readTargets(
  clause: (value: Term) => ExtensionClause,
  shape: Shape,
  graph: Store,
  extensions: readonly ShapesExtension[],
): CompiledTarget[] {
  const of = (name: string): Term[] => objectsOf(graph, shape.node, sh(name));
  const iri = (value: Term, name: string): NamedNode =>
    value.termType === 'NamedNode' ? value : clause(value).fault(`sh:${name} is not an IRI`, value.value);
  const types = of('targetClass').map((value) => iri(value, 'targetClass'));
  if (isClass(graph, shape.node)) types.push(shape.node as NamedNode);
  return [
    ...of('targetNode').map((value) => {
      if (value.termType === 'BlankNode') clause(value).fault('sh:targetNode is a blank node');
      return { bind: ({ id }: Binding) => [id(value)] };
    }),
    ...types.map((type) => ({
      predicates: [RDF.type.value, RDFS.subClassOf.value],
      bind: ({ graph: data }: Binding) => instances(data, type),
    })),
    ...of('targetSubjectsOf').map((value) => subjectsOf(iri(value, 'targetSubjectsOf').value, false)),
    ...of('targetObjectsOf').map((value) => subjectsOf(iri(value, 'targetObjectsOf').value, true)),
    ...of('target').map((value) => {
      const kinds = extensions.map((extension) => extension.target?.(clause(value)));
      return (
        kinds.find((target) => target !== undefined) ??
        clause(value).fault('sh:target is of no kind that is understood here', value.value)
      );
    }),
  ];
}

function subjectsOf(predicate: string, back: boolean): CompiledTarget {
  return {
    predicates: [predicate],
    bind({ graph }) {
      const column = graph.columnOf(predicate);
      return column === undefined ? [] : (back ? column.inverse : column).subjects;
    },
  };
}

/** Focus nodes of targets, each once, ascending. */
export function focusIds(binding: Binding, targets: readonly CompiledTarget[]): Uint32Array {
  const lists = targets.map((target) => {
    const ids = target.bind(binding);
    return ids instanceof Uint32Array ? ids : Uint32Array.from(ids).sort();
  });
  const all = joinedIds(lists);
  const distinct = new Uint32Array(all.length);
  let length = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) distinct[length++] = all[i] as number;
  return distinct.subarray(0, length);
}

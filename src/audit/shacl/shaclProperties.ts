import type { NamedNode, Store } from 'n3';
import { PREFIXES } from '../../rdf/vocabulary.js';
import type { Shape } from './compiledShapes.js';
import type { ConstraintComponent, Oddity, ShapesExtension } from './registry.js';
import { shapesFault } from './shapesGraph.js';

/** Properties of SHACL's namespace that are no parameters of components: targets, paths, what is not validated, reports. */
const OTHERS =
  `targetClass targetNode targetObjectsOf targetSubjectsOf path severity message deactivated name description
order group defaultValue inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath shapesGraph
suggestedShapesGraph entailment conforms result resultSeverity resultPath resultMessage focusNode value sourceShape
sourceConstraint sourceConstraintComponent detail shapesGraphWellFormed labelTemplate optional nodeKind`.split(/\s+/);

/** Properties of SPARQL constraints and of SHACL Advanced Features: rules that are not run are refused, not skipped. */
const BEYOND = new Set(
  `sparql select ask construct update prefixes declare prefix namespace parameter validator nodeValidator
  propertyValidator target rule condition subject predicate object js jsFunctionName jsLibrary expression filterShape
  nodes returnType ask this intersection union`.split(/\s+/),
);

/**
 * Looks for properties of SHACL's namespace on shapes that do not exist. @throws OmegraphError for one that exists and is
 * not understood, so that no rule is skipped
 */
export function refuseUnknown(
  graph: Store,
  shapes: Iterable<Shape>,
  components: readonly ConstraintComponent[],
  extensions: readonly ShapesExtension[],
  odd: Oddity,
): void {
  const known = new Set(OTHERS.map((name) => PREFIXES.sh + name));
  for (const { parameters, optional = [] } of components)
    for (const iri of [...parameters, ...optional]) known.add(iri);
  for (const { properties } of extensions) for (const name of properties) known.add(PREFIXES.sh + name);
  // A declaration of prefixes alone is harmless, and ontologies carry it.
  for (const name of ['declare', 'prefix', 'namespace']) known.add(PREFIXES.sh + name);
  for (const shape of shapes) {
    for (const { predicate } of graph.getQuads(shape.node as NamedNode, null, null, null)) {
      if (!predicate.value.startsWith(PREFIXES.sh) || known.has(predicate.value)) continue;
      const name = predicate.value.slice(PREFIXES.sh.length);
      if (BEYOND.has(name)) throw shapesFault(shape.named, 'this part of SHACL is not run here', `sh:${name}`);
      odd(shape.named, 'there is no such property in SHACL', `sh:${name}`);
    }
  }
}

import type { NamedNode, Term } from 'n3';
import type { ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import type { Severity } from '../../findings.js';
import type { ShaclPath } from '../shaclPath.js';

/** How a shape is run: by passes over the columns, by SPARQL on the embedded store, or by the reference engine. */
export type Way = 'columns' | 'sparql' | 'reference';

/** A shape with targets, or one that another refers to (SHACL section 2). */
export interface Shape {
  /** IRI or blank node in the shapes graph. */
  readonly node: Term;
  /** The nearest named shape: itself, or the one that leads to it. */
  readonly named: string;
  readonly path?: ShaclPath | undefined;
  /** Node of the path in the shapes graph, for `sh:resultPath`. */
  readonly pathNode?: Term | undefined;
  readonly severity: Severity;
  /** IRI of the severity as stated; a shapes graph may use its own. */
  readonly severityIri: string;
  /** `sh:message`, as stated. */
  readonly messages: readonly Term[];
  readonly deactivated: boolean;
  /** Whether it has a target of its own (`sh:target` and implicit class targets included). */
  readonly targeted: boolean;
  /** How it is run, and why not by columns where it is not. */
  readonly way: Way;
  readonly reason?: string | undefined;
}

/** One constraint of a shape (SHACL section 1.3). */
export interface Constraint {
  readonly shape: Shape;
  /** IRI of the constraint component, `sh:MinCountConstraintComponent`. */
  readonly component: NamedNode;
  /** The `sh:sparql` node or the like (`sh:sourceConstraint`). */
  readonly source?: Term | undefined;
}

/**
 * Receives a validation result: focus node, constraint, value node or `NO_TERM`; `extra` is what only SPARQL constraints state. With
 * `cut` it stands for results that were left out.
 */
export type Emit = (
  focus: TermId,
  constraint: Constraint,
  value: TermId,
  extra?: { readonly message?: string; readonly path?: Term; readonly cut?: boolean },
) => void;

/** A shapes graph, checked and compiled once; serves any number of containers. */
export interface CompiledShapes {
  /** Shapes with targets, in the order of the shapes graph. */
  readonly targeted: readonly Shape[];
  readonly byNode: ReadonlyMap<string, Shape>;
  /** IRIs of the predicates that the shapes look at; undefined when they look at all (`sh:closed`, SPARQL). */
  readonly predicates: ReadonlySet<string> | undefined;
  bind(graph: ContainerGraph): BoundShapes;
}

/** Shapes bound to the graph of one container. */
export interface BoundShapes {
  readonly graph: ContainerGraph;
  /** Focus nodes of a targeted shape, each once, ascending (SHACL section 2.1.3). */
  focusNodes(shape: Shape): Uint32Array;
  /** Validates nodes against a shape; synchronous, for shapes whose way is `columns`. */
  validate(shape: Shape, focus: Uint32Array, emit: Emit): void;
  /** The value nodes of a path, each once. The array is reused: read it before the next call. */
  values(path: ShaclPath, focus: TermId): ArrayLike<TermId>;
}

import type { NamedNode, Store, Term } from 'n3';
import type { ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import type { ShaclPath } from '../shaclPath.js';
import type { Constraint, Emit, Shape, Way } from './compiledShapes.js';

/** The value nodes of one focus node, each once: `ids[start]` … `ids[end - 1]`. Reused: read it before the next call. */
export interface Values {
  readonly ids: ArrayLike<TermId>;
  readonly start: number;
  readonly end: number;
}

/** Checks one focus node and its value nodes; synchronous. */
export type Check = (focus: TermId, values: Values, emit: Emit) => void;

/** A test of one node. */
export type NodeTest = (node: TermId) => boolean;

/** A constraint bound to the graph of one container. */
export interface BoundConstraint {
  readonly check: Check;
  /** The same for many focus nodes at once, where that is quicker; used for shapes with targets. */
  readonly checkAll?: ((focus: Uint32Array, emit: Emit) => void) | undefined;
}

/** What a constraint may ask when it is bound to the graph of one container. */
export interface Binding {
  readonly graph: ContainerGraph;
  /** The id of a constant of the shapes graph, which is added to the graph's terms when it is new. */
  id(term: Term): TermId;
  /** A test remembered for each term. */
  memo(test: NodeTest): NodeTest;
  /** Whether a node is a SHACL instance of a class (section 1.1: rdf:type/rdfs:subClassOf*). */
  instanceOf(type: Term): NodeTest;
  /** Whether a node conforms to a shape; remembered. */
  conforms(shape: Shape): NodeTest;
  /** Validates a node against a shape and passes its results on. */
  validates(shape: Shape): (node: TermId, emit: Emit) => void;
  /** The same for many nodes, each once. */
  validatesAll(shape: Shape): (focus: Uint32Array, emit: Emit) => void;
  /** The value nodes of a path. */
  walker(path: ShaclPath): (focus: TermId) => Values;
}

/** A constraint that has been read and checked; it is bound to one container after another. */
export interface CompiledConstraint {
  /** IRIs of the predicates it looks at besides the path of its shape; `'all'` when it may look at any. */
  readonly predicates?: readonly string[] | 'all' | undefined;
  /** Shapes it refers to. */
  readonly shapes?: readonly Shape[] | undefined;
  bind(binding: Binding): BoundConstraint | Check;
}

/** Hears of a clause that asks for nothing: a property that does not exist, a shape that is not there. */
export type Oddity = (shape: string, wrong: string, found: string) => void;

/** One use of a constraint component in a shape, to be compiled. */
export interface Clause {
  readonly graph: Store;
  readonly shape: Shape;
  /** To be handed to `emit`. */
  readonly constraint: Constraint;
  /** Value of the component's first parameter. */
  readonly value: Term;
  /** The one value of a parameter of this shape, by its IRI. @throws when there are several */
  parameter(iri: string): Term | undefined;
  /** The shape at a node, checked for recursion when all are read. @throws when there is none */
  shapeAt(node: Term): Shape;
  /** Ends the compilation with an error that names the shape and this clause. */
  fault(wrong: string, found?: string): never;
}

/** A constraint component (SHACL sections 4 and 6.2): an entry in the registry. */
export interface ConstraintComponent {
  readonly component: NamedNode;
  /** IRIs of its mandatory parameters: a shape that has values for all of them uses it, once for each value of the first. */
  readonly parameters: readonly string[];
  /** IRIs of further parameters. */
  readonly optional?: readonly string[] | undefined;
  /** Which shapes may use it; both when undefined (SHACL section 4 "not allowed at node shapes"). */
  readonly only?: 'node' | 'property' | undefined;
  /** A shape has at most one value of its first parameter. */
  readonly once?: boolean | undefined;
  /** How shapes that use it are run; by columns when undefined. */
  readonly way?: Way | undefined;
  /** Why not by columns: "has a SPARQL constraint". */
  readonly reason?: string | undefined;
  compile(clause: Clause): CompiledConstraint;
}

/** A custom target of a shape (SHACL Advanced Features section 3), checked and compiled. */
export interface CompiledTarget {
  readonly predicates?: readonly string[] | 'all' | undefined;
  /** Focus nodes in any order, repeats allowed; those of a `Uint32Array` are in ascending order. */
  bind(binding: Binding): Iterable<TermId>;
}

/** What a target or a rule of a shape is compiled from. */
export type ExtensionClause = Pick<Clause, 'graph' | 'shape' | 'value' | 'shapeAt' | 'fault'>;

/** What the ways beyond SHACL Core add; listed in `extensions.ts`. */
export interface ShapesExtension {
  /** Local names of properties of SHACL's namespace that it understands besides the parameters of its components. */
  readonly properties: readonly string[];
  /** Its constraint components, those that the shapes graph declares included. */
  components(graph: Store, fault: (node: Term, wrong: string, found?: string) => never): readonly ConstraintComponent[];
  /** Compiles a value of `sh:target`; undefined when it is not of a kind it knows. */
  target?(clause: ExtensionClause): CompiledTarget | undefined;
  /** Why shapes with such a target are not run by columns. */
  readonly targetReason?: string | undefined;
  /** Reads all `sh:rule`s; undefined when there are none. The function gives a graph with the triples that they infer. */
  rules?(
    graph: Store,
    shapes: ReadonlyMap<string, Shape>,
    fault: (node: Term, wrong: string, found?: string) => never,
  ): ((graph: ContainerGraph, bind: (graph: ContainerGraph) => RuleBinding) => ContainerGraph) | undefined;
}

/** What rules may ask of shapes while they run. */
export interface RuleBinding extends Binding {
  focusNodes(shape: Shape): Uint32Array;
}

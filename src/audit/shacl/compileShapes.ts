import type { Store, Term } from 'n3';
import { pathPredicates } from '../shaclPath.js';
import { termKey } from '../termKey.js';
import { bindShapes } from './bindShapes.js';
import type { CompiledShapes, Shape, Way } from './compiledShapes.js';
import { CORE_COMPONENTS } from './coreComponents.js';
import { EXTENSIONS } from './extensions.js';
import { readShapes } from './readShapes.js';
import type {
  CompiledConstraint,
  CompiledTarget,
  ConstraintComponent,
  ExtensionClause,
  Oddity,
  ShapesExtension,
} from './registry.js';
import { refuseUnknown } from './shaclProperties.js';
import { namedAbove, objectsOf, sh, shapesFault } from './shapesGraph.js';
import { readTargets } from './targets.js';

/** A shape with everything that is needed to bind it. */
export interface ShapeProgram {
  readonly shape: Shape;
  readonly targets: readonly CompiledTarget[];
  readonly constraints: readonly CompiledConstraint[];
}

/** What a shapes graph may use, and what becomes of clauses that ask for nothing. */
export interface CompileOptions {
  readonly extensions?: readonly ShapesExtension[];
  /**
   * Hears of properties of SHACL that do not exist (`sh:dataType`) and of shapes that are not there, which published
   * shapes graphs have and SHACL ignores; without it they are errors.
   */
  readonly odd?: Oddity;
}

const refuse: Oddity = (shape, wrong, found) => {
  throw shapesFault(shape, wrong, found);
};

/**
 * Checks and compiles a shapes graph (SHACL 1.0 Core, and what `extensions` add): each constraint becomes a function over
 * the columns of a graph. Keys of `byNode` are made by `termKey`.
 * @throws OmegraphError tagged 'shapes' that names the shape and the clause that is ill-formed, recursive or unknown
 */
export function compileShapes(
  graph: Store,
  { extensions = EXTENSIONS, odd = refuse }: CompileOptions = {},
): CompiledShapes {
  const fault = (node: Term, wrong: string, found?: string): never => {
    throw shapesFault(namedAbove(graph, node), wrong, found);
  };
  const components = [...CORE_COMPONENTS, ...extensions.flatMap((extension) => extension.components(graph, fault))];
  const shapes = readShapes(graph, components, odd);
  refuseUnknown(graph, shapes.values(), components, extensions, odd);
  const programs = new Map<Shape, ShapeProgram>();
  for (const shape of shapes.values()) {
    const uses = components.flatMap((component) =>
      valuesOf(graph, shape, component).map((value) => ({ component, value })),
    );
    hearUnused(graph, shape, components, new Set(uses.map(({ component }) => component)), odd);
    const clause = clauseOf(graph, shape, shapes);
    programs.set(shape, {
      shape,
      targets: readTargets(clause, shape, graph, extensions),
      constraints: uses.map(({ component, value }) => compileUse(component, clause(value))),
    });
    const beyond = uses.find(({ component }) => component.way !== undefined)?.component;
    const target = objectsOf(graph, shape.node, sh('target')).length > 0;
    if (beyond !== undefined) setWay(shape, beyond.way ?? 'sparql', beyond.reason);
    else if (target) setWay(shape, 'sparql', extensions.find((e) => e.targetReason !== undefined)?.targetReason);
  }
  settle(programs);
  const rules = extensions.flatMap((extension) => extension.rules?.(graph, shapes, fault) ?? []);
  return {
    targeted: [...shapes.values()].filter((shape) => shape.targeted),
    byNode: shapes,
    predicates: rules.length > 0 ? undefined : neededPredicates(programs.values()),
    bind: (data) => bindShapes(data, programs, rules),
  };
}

/** Values of the first parameter of a component that a shape uses. */
function valuesOf(graph: Store, shape: Shape, component: ConstraintComponent): Term[] {
  const all = component.parameters.map((iri) => objectsOf(graph, shape.node, iri));
  if (all.some((values) => values.length === 0)) return [];
  const name = component.parameters.map((iri) => iri.replace(/^.*[#/]/, 'sh:')).join(', ');
  if ((component.once === true || all.length > 1) && all.some((values) => values.length > 1)) {
    throw shapesFault(shape.named, `a shape has at most one ${name}`, all.flat().at(-1)?.value);
  }
  if (component.only === 'property' && shape.path === undefined) {
    throw shapesFault(shape.named, `${name} is for property shapes only`, all[0]?.[0]?.value);
  }
  return all[0] ?? [];
}

/** Parameters of SHACL's own that ask for nothing without another: sh:flags without sh:pattern. */
function hearUnused(
  graph: Store,
  shape: Shape,
  components: readonly ConstraintComponent[],
  used: ReadonlySet<ConstraintComponent>,
  odd: Oddity,
): void {
  const all = (of: Iterable<ConstraintComponent>): Set<string> =>
    new Set([...of].flatMap(({ parameters, optional = [] }) => [...parameters, ...optional]));
  const inUse = all(used);
  for (const iri of all(components)) {
    if (inUse.has(iri) || !iri.startsWith(sh(''))) continue;
    const [value] = objectsOf(graph, shape.node, iri);
    if (value !== undefined) odd(shape.named, `sh:${iri.slice(sh('').length)} asks for nothing by itself`, value.value);
  }
}

function clauseOf(graph: Store, shape: Shape, shapes: ReadonlyMap<string, Shape>): (value: Term) => ExtensionClause {
  const fault = (wrong: string, found?: string): never => {
    throw shapesFault(shape.named, wrong, found);
  };
  return (value) => ({
    graph,
    shape,
    value,
    fault,
    shapeAt: (node) => shapes.get(termKey(node)) ?? fault('it refers to a shape that is not there', node.value),
  });
}

function compileUse(component: ConstraintComponent, about: ExtensionClause): CompiledConstraint {
  const { graph, shape } = about;
  return component.compile({
    ...about,
    constraint: { shape, component: component.component },
    parameter(iri) {
      const [value, ...more] = objectsOf(graph, shape.node, iri);
      return more.length === 0 ? value : about.fault(`there are several values of <${iri}>`, more[0]?.value);
    },
  });
}

function setWay(shape: Shape, way: Way, reason: string | undefined): void {
  Object.assign(shape, { way, reason });
}

/** Levels of shapes within shapes; each takes a few frames of the stack when it is run. */
const DEEPEST = 250;

/** Refuses recursion (undefined in SHACL, section 3.4.3), and gives each shape the way of what it refers to. */
function settle(programs: ReadonlyMap<Shape, ShapeProgram>): void {
  const open = new Set<Shape>();
  const done = new Set<Shape>();
  const visit = (shape: Shape): void => {
    if (done.has(shape)) return;
    if (open.has(shape))
      throw shapesFault(shape.named, 'the shape refers to itself', [...open, shape].map((s) => s.named).join(' → '));
    if (open.size > DEEPEST) throw shapesFault(shape.named, 'shapes are nested too deeply', `${open.size} levels`);
    open.add(shape);
    for (const inner of (programs.get(shape)?.constraints ?? []).flatMap((constraint) => constraint.shapes ?? [])) {
      visit(inner);
      if (shape.way === 'columns' && inner.way !== 'columns') setWay(shape, inner.way, inner.reason);
    }
    open.delete(shape);
    done.add(shape);
  };
  for (const shape of programs.keys()) visit(shape);
}

function neededPredicates(programs: Iterable<ShapeProgram>): ReadonlySet<string> | undefined {
  const needed = new Set<string>();
  for (const { shape, targets, constraints } of programs) {
    if (shape.path !== undefined) for (const { value } of pathPredicates(shape.path)) needed.add(value);
    for (const { predicates } of [...targets, ...constraints]) {
      if (predicates === 'all') return undefined;
      for (const iri of predicates ?? []) needed.add(iri);
    }
  }
  return needed;
}

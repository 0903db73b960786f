import type { Term } from 'n3';
import type { ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import type { ShaclPath } from '../shaclPath.js';
import { termKey } from '../termKey.js';
import type { BoundShapes, Emit, Shape } from './compiledShapes.js';
import type { ShapeProgram } from './compileShapes.js';
import { instanceTest } from './instances.js';
import type { Walk } from './closureWalk.js';
import { pathWalker } from './pathWalker.js';
import type { BoundConstraint, NodeTest, RuleBinding, ShapesExtension, Values } from './registry.js';
import { focusIds } from './targets.js';
import { termMemo } from './termMemo.js';

type Rules = ReturnType<NonNullable<ShapesExtension['rules']>>;

/** A shape bound to a graph. */
interface Runner {
  readonly constraints: readonly BoundConstraint[];
  readonly values: (focus: TermId) => Values;
  /** Validates one node. */
  run(node: TermId, emit: Emit): void;
  /** Validates many nodes, each once. */
  runAll(focus: Uint32Array, emit: Emit): void;
  readonly conforms: NodeTest;
}

/** Binds compiled shapes to the graph of one container, after the rules of the shapes graph have added to it. */
export function bindShapes(
  data: ContainerGraph,
  programs: ReadonlyMap<Shape, ShapeProgram>,
  rules: readonly NonNullable<Rules>[] = [],
): BoundShapes {
  const inferred = rules.reduce((graph, rule) => rule(graph, (next) => binding(next, programs)), data);
  const bound = binding(inferred, programs);
  const walkers = new WeakMap<ShaclPath, (focus: TermId) => Values>();
  const list: TermId[] = [];
  return {
    graph: inferred,
    focusNodes: bound.focusNodes,
    validate(shape, focus, emit) {
      if (!shape.deactivated) bound.runner(shape).runAll(focus, emit);
    },
    values(path, focus) {
      let walk = walkers.get(path);
      if (walk === undefined) walkers.set(path, (walk = bound.walker(path)));
      const { ids, start, end } = walk(focus);
      list.length = 0;
      for (let i = start; i < end; i++) list.push(ids[i] as number);
      return list;
    },
  };
}

function binding(
  graph: ContainerGraph,
  programs: ReadonlyMap<Shape, ShapeProgram>,
): RuleBinding & { runner(shape: Shape): Runner } {
  const { terms } = graph;
  const tests = new Map<string, NodeTest>();
  const runners = new Map<Shape, Runner>();
  const closures = new Map<string, Walk>();
  const self = {
    graph,
    id: (term: Term) => terms.add(term),
    memo: (test: NodeTest) => termMemo(terms, test),
    instanceOf(type: Term) {
      const key = termKey(type);
      const test = tests.get(key) ?? instanceTest(graph, type);
      tests.set(key, test);
      return test;
    },
    conforms: (shape: Shape): NodeTest => runner(shape).conforms,
    validates: (shape: Shape) => runner(shape).run,
    validatesAll: (shape: Shape) => runner(shape).runAll,
    walker: (path: ShaclPath) => pathWalker(graph, path, closures),
    focusNodes: (shape: Shape) => focusIds(self, programs.get(shape)?.targets ?? []),
    runner,
  };
  function runner(shape: Shape): Runner {
    const known = runners.get(shape);
    if (known !== undefined) return known;
    const made = makeRunner(self, shape, programs.get(shape));
    runners.set(shape, made);
    return made;
  }
  return self;
}

function makeRunner(bound: RuleBinding, shape: Shape, program: ShapeProgram | undefined): Runner {
  const constraints = (shape.deactivated ? [] : (program?.constraints ?? [])).map((constraint) => {
    const check = constraint.bind(bound);
    return typeof check === 'function' ? { check } : check;
  });
  const itself = { ids: new Uint32Array(1), start: 0, end: 1 };
  const values =
    shape.path === undefined
      ? (focus: TermId): Values => {
          itself.ids[0] = focus;
          return itself;
        }
      : bound.walker(shape.path);
  let failed = false;
  const fail = (): void => {
    failed = true;
  };
  return {
    constraints,
    values,
    run(node, emit) {
      const found = values(node);
      for (const { check } of constraints) check(node, found, emit);
    },
    runAll(focus, emit) {
      const single = constraints.filter(({ checkAll }) => checkAll === undefined);
      for (const { checkAll } of constraints) checkAll?.(focus, emit);
      if (single.length === 0) return;
      for (let i = 0; i < focus.length; i++) {
        const node = focus[i] as number;
        const found = values(node);
        for (const { check } of single) check(node, found, emit);
      }
    },
    conforms: bound.memo((node) => {
      failed = false;
      const found = values(node);
      for (const { check } of constraints) {
        check(node, found, fail);
        if (failed) return false;
      }
      return true;
    }),
  };
}

import type { Column, ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import { pathText, type ShaclPath } from '../shaclPath.js';
import { closureWalk, type Walk } from './closureWalk.js';
import { distinctIds, idList, push } from './idList.js';
import type { Values } from './registry.js';

/**
 * The value nodes of a path from one focus node, each once (SPARQL 1.1 section 18.4); the object is reused. Walkers that
 * are given the same `closures` share what `p*` and `p+` reach.
 */
export function pathWalker(
  graph: ContainerGraph,
  path: ShaclPath,
  closures: Map<string, Walk> = new Map(),
): (focus: TermId) => Values {
  const direct = directColumn(graph, path);
  const values: { ids: Uint32Array; start: number; end: number } = { ids: new Uint32Array(0), start: 0, end: 0 };
  if (direct === 'none') return () => values;
  if (direct !== undefined) {
    const { subjects } = direct;
    values.ids = direct.objects;
    let next = 0;
    return (focus) => {
      // Focus nodes come in ascending order, so that the next subject is often the one that is asked for.
      const first = subjects[next] === focus ? next : direct.first(focus);
      if (first < 0) values.start = values.end = 0;
      else {
        next = first + 1;
        while (subjects[next] === focus) next++;
        values.start = first;
        values.end = next;
      }
      return values;
    };
  }
  const walk = compileWalk({ graph, closures }, path, false);
  const from = idList(1);
  const to = idList();
  from.length = 1;
  return (focus) => {
    from.ids[0] = focus;
    to.length = 0;
    walk(from, to);
    values.ids = to.ids;
    values.end = to.length;
    return values;
  };
}

/** The column that is the whole path, `'none'` when it has no triples, or undefined when the path is no single step. */
function directColumn(graph: ContainerGraph, path: ShaclPath, back = false): Column | 'none' | undefined {
  if (path.kind === 'inverse') return directColumn(graph, path.path, !back);
  if (path.kind !== 'predicate') return undefined;
  const column = graph.columnOf(path.predicate.value);
  return column === undefined ? 'none' : back ? column.inverse : column;
}

interface WalkScope {
  readonly graph: ContainerGraph;
  /** By the text of their path. */
  readonly closures: Map<string, Walk>;
}

function compileWalk(scope: WalkScope, path: ShaclPath, back: boolean): Walk {
  const { graph, closures } = scope;
  switch (path.kind) {
    case 'predicate':
      return step(graph, path, back);
    case 'inverse':
      return compileWalk(scope, path.path, !back);
    case 'sequence': {
      const steps = (back ? path.steps.toReversed() : path.steps).map((inner) => compileWalk(scope, inner, back));
      return sequence(steps);
    }
    case 'alternative': {
      const walks = path.paths.map((inner) => compileWalk(scope, inner, back));
      return union(walks, false);
    }
    case 'zeroOrOne':
      return union([compileWalk(scope, path.path, back)], true);
    case 'zeroOrMore':
    case 'oneOrMore': {
      const key = `${back ? '^' : ''}${pathText(path)}`;
      const walk =
        closures.get(key) ?? closureWalk(graph, compileWalk(scope, path.path, back), path.kind === 'zeroOrMore');
      closures.set(key, walk);
      return walk;
    }
  }
}

function step(graph: ContainerGraph, path: ShaclPath, back: boolean): Walk {
  const column = directColumn(graph, path, back);
  if (column === 'none' || column === undefined) return () => undefined;
  const { subjects, objects } = column;
  const distinct = distinctIds();
  return (from, to) => {
    const { ids, length } = from;
    if (length > 1) distinct.begin(to);
    for (let i = 0; i < length; i++) {
      const node = ids[i] as number;
      const first = column.first(node);
      if (first < 0) continue;
      for (let at = first; subjects[at] === node; at++) {
        if (length > 1) distinct.add(objects[at] as number);
        else push(to, objects[at] as number);
      }
    }
  };
}

function sequence(steps: readonly Walk[]): Walk {
  const between = steps.slice(1).map(() => idList());
  return (from, to) => {
    let source = from;
    for (let i = 0; i < steps.length; i++) {
      const target = between[i] ?? to;
      target.length = 0;
      (steps[i] as Walk)(source, target);
      source = target;
    }
  };
}

function union(walks: readonly Walk[], self: boolean): Walk {
  const found = idList();
  const distinct = distinctIds();
  return (from, to) => {
    distinct.begin(to);
    if (self) for (let i = 0; i < from.length; i++) distinct.add(from.ids[i] as number);
    for (const walk of walks) {
      found.length = 0;
      walk(from, found);
      for (let i = 0; i < found.length; i++) distinct.add(found.ids[i] as number);
    }
  };
}

import type { Column, ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import type { ShaclPath } from '../shaclPath.js';
import { distinctIds, idList, push, type IdList } from './idList.js';
import type { Values } from './registry.js';

/** Adds everything that a path leads to from the nodes of a list to an empty list, each node once. */
type Walk = (from: IdList, to: IdList) => void;

/** Ids that the closures of one path may keep; past it they are walked anew. */
const KEPT = 4_000_000;

/** The value nodes of a path from one focus node, each once (SPARQL 1.1 section 18.4); the object is reused. */
export function pathWalker(graph: ContainerGraph, path: ShaclPath): (focus: TermId) => Values {
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
  const walk = compileWalk(graph, path, false);
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

function compileWalk(graph: ContainerGraph, path: ShaclPath, back: boolean): Walk {
  switch (path.kind) {
    case 'predicate':
      return step(graph, path, back);
    case 'inverse':
      return compileWalk(graph, path.path, !back);
    case 'sequence': {
      const steps = (back ? path.steps.toReversed() : path.steps).map((inner) => compileWalk(graph, inner, back));
      return sequence(steps);
    }
    case 'alternative': {
      const walks = path.paths.map((inner) => compileWalk(graph, inner, back));
      return union(graph, walks, false);
    }
    case 'zeroOrOne':
      return union(graph, [compileWalk(graph, path.path, back)], true);
    case 'zeroOrMore':
      return closure(graph, compileWalk(graph, path.path, back), true);
    case 'oneOrMore':
      return closure(graph, compileWalk(graph, path.path, back), false);
  }
}

function step(graph: ContainerGraph, path: ShaclPath, back: boolean): Walk {
  const column = directColumn(graph, path, back);
  if (column === 'none' || column === undefined) return () => undefined;
  const { subjects, objects } = column;
  const distinct = distinctIds(graph.terms);
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
    steps.forEach((walk, i) => {
      const target = between[i] ?? to;
      target.length = 0;
      walk(source, target);
      source = target;
    });
  };
}

function union(graph: ContainerGraph, walks: readonly Walk[], self: boolean): Walk {
  const found = idList();
  const distinct = distinctIds(graph.terms);
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

/** `p*` or `p+`: what is reached from one node is kept, because hierarchies are asked for the same few nodes again and again. */
function closure(graph: ContainerGraph, walk: Walk, self: boolean): Walk {
  const distinct = distinctIds(graph.terms);
  const reached = new Map<TermId, Uint32Array>();
  const [one, found, single] = [idList(1), idList(), idList()];
  let kept = 0;
  one.length = 1;
  const reach = (node: TermId, to: IdList): void => {
    distinct.begin(to);
    if (self) distinct.add(node);
    else expand(node);
    for (let at = 0; at < to.length; at++) expand(to.ids[at] as number);
  };
  const expand = (node: TermId): void => {
    one.ids[0] = node;
    found.length = 0;
    walk(one, found);
    for (let i = 0; i < found.length; i++) distinct.add(found.ids[i] as number);
  };
  const from1 = (node: TermId): Uint32Array => {
    const known = reached.get(node);
    if (known !== undefined) return known;
    single.length = 0;
    reach(node, single);
    const ids = single.ids.slice(0, single.length);
    if (kept < KEPT) {
      reached.set(node, ids);
      kept += ids.length + 1;
    }
    return ids;
  };
  const merged = distinctIds(graph.terms);
  return (from, to) => {
    merged.begin(to);
    for (let i = 0; i < from.length; i++) {
      const ids = from1(from.ids[i] as number);
      for (let j = 0; j < ids.length; j++) merged.add(ids[j] as number);
    }
  };
}

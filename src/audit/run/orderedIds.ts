import type { TermId } from '../../graph/columns/containerGraph.js';
import { refKey } from '../stored/refs.js';
import type { ContainerSpace } from './containerSpace.js';
import { idSet } from './idSet.js';

/** Objects, each once, in the order of rows (`compareObjects`), without an object in memory for each. */
export function orderedIds(space: ContainerSpace, size: number, lists: readonly Iterable<TermId>[]): Uint32Array {
  const seen = idSet(size);
  const found: TermId[] = [];
  for (const list of lists) for (const id of list) if (seen.add(id)) found.push(id);
  const names = new Map<string, number>();
  const types = new Uint32Array(found.length);
  const numbers = new Float64Array(found.length);
  const rests = new Map<number, string>();
  for (const [i, id] of found.entries()) {
    const { type, number, rest } = refKey(space.reference(id));
    let at = names.get(type);
    if (at === undefined) names.set(type, (at = names.size));
    types[i] = at;
    numbers[i] = number;
    if (rest !== '') rests.set(i, rest);
  }
  const sorted = [...names.keys()].sort();
  const rank = Uint32Array.from(names.keys(), (type) => sorted.indexOf(type));
  const compare = (a: number, b: number): number => {
    const byType = (rank[types[a] ?? 0] ?? 0) - (rank[types[b] ?? 0] ?? 0);
    if (byType !== 0) return byType;
    const [n, m] = [numbers[a] ?? 0, numbers[b] ?? 0];
    if (n !== m) return n < m ? -1 : 1;
    const [rest, other] = [rests.get(a) ?? '', rests.get(b) ?? ''];
    if (rest !== other) return rest < other ? -1 : 1;
    return space.node(found[a] ?? 0) < space.node(found[b] ?? 0) ? -1 : 1;
  };
  const order = Uint32Array.from(found.keys()).sort(compare);
  return order.map((i) => found[i] ?? 0);
}

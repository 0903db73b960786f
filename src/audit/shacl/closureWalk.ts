import type { ContainerGraph, TermId } from '../../graph/columns/containerGraph.js';
import { distinctIds, idList, push, type IdList } from './idList.js';

/** Adds everything that a path leads to from the nodes of a list to an empty list, each node once. */
export type Walk = (from: IdList, to: IdList) => void;

/** Ids that one closure keeps at most; past it they are walked anew. */
const KEPT = 16_000_000;

/** `p*` (`self`) or `p+` of a walk: what is reached from a node is kept, because hierarchies are asked for the same nodes again and again. */
export function closureWalk(graph: ContainerGraph, walk: Walk, self: boolean): Walk {
  const { terms } = graph;
  const distinct = distinctIds();
  const merged = distinctIds();
  const [one, found, single] = [idList(1), idList(), idList()];
  one.length = 1;
  /** For each node the place of its stretch in `pool`, 0 when it is not kept; a stretch is its length and its ids. */
  let places: Uint32Array | undefined;
  const pool = idList(1 << 10);
  pool.length = 1;

  const expand = (node: TermId): void => {
    one.ids[0] = node;
    found.length = 0;
    walk(one, found);
    for (let i = 0; i < found.length; i++) distinct.add(found.ids[i] as number);
  };
  /** Fills `single`. */
  const reach = (node: TermId): void => {
    single.length = 0;
    distinct.begin(single);
    if (self) distinct.add(node);
    else expand(node);
    for (let at = 0; at < single.length; at++) expand(single.ids[at] as number);
  };
  /** Place of a node's ids in `pool`, or 0 when they are in `single` only. */
  const placeOf = (node: TermId): number => {
    places ??= new Uint32Array(terms.size);
    const known = places[node];
    if (known !== undefined && known !== 0) return known;
    reach(node);
    if (known === undefined || pool.length + single.length >= KEPT) return 0;
    const place = pool.length;
    push(pool, single.length);
    for (let i = 0; i < single.length; i++) push(pool, single.ids[i] as number);
    places[node] = place;
    return place;
  };
  return (from, to) => {
    if (from.length > 1) merged.begin(to);
    for (let i = 0; i < from.length; i++) {
      const place = placeOf(from.ids[i] as number);
      const { ids } = place === 0 ? single : pool;
      const start = place === 0 ? 0 : place + 1;
      const end = start + (place === 0 ? single.length : (ids[place] as number));
      for (let at = start; at < end; at++) {
        if (from.length > 1) merged.add(ids[at] as number);
        else push(to, ids[at] as number);
      }
    }
  };
}

import type { TermId } from '../../graph/columns/containerGraph.js';

/** A list of term ids that grows and is used again. */
export interface IdList {
  ids: Uint32Array;
  length: number;
}

/** An empty list. */
export const idList = (capacity = 16): IdList => ({ ids: new Uint32Array(capacity), length: 0 });

/** Adds an id at the end. */
export function push(list: IdList, id: TermId): void {
  if (list.length === list.ids.length) {
    const wider = new Uint32Array(list.ids.length * 2);
    wider.set(list.ids);
    list.ids = wider;
  }
  list.ids[list.length++] = id;
}

/** Lists up to this length are searched, longer ones have a set beside them. */
const SEARCHED = 24;

/** Adds ids to a list only once; for one list at a time. */
export interface DistinctIds {
  /** Makes ready for a list, which may hold distinct ids already. */
  begin(list: IdList): void;
  /** Adds an id; false when the list has it. */
  add(id: TermId): boolean;
}

/** A `DistinctIds`. */
export function distinctIds(): DistinctIds {
  let list: IdList = idList(1);
  let held: Set<TermId> | undefined;
  return {
    begin(next) {
      list = next;
      held = undefined;
    },
    add(id) {
      const { ids, length } = list;
      if (held === undefined && length > SEARCHED) held = new Set(ids.subarray(0, length));
      if (held !== undefined) {
        if (held.has(id)) return false;
        held.add(id);
      } else {
        for (let i = 0; i < length; i++) if (ids[i] === id) return false;
      }
      push(list, id);
      return true;
    },
  };
}

import type { TermId, TermTable } from '../../graph/columns/containerGraph.js';

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

/** Lists up to this length are searched, longer ones are marked in an array over all terms. */
const SEARCHED = 24;

/** Adds ids to a list only once; for one list at a time. */
export interface DistinctIds {
  /** Makes ready for a list, which may hold distinct ids already. */
  begin(list: IdList): void;
  /** Adds an id; false when the list has it. */
  add(id: TermId): boolean;
}

/** A `DistinctIds` over a table; its marks are made when a list first gets long. */
export function distinctIds(terms: TermTable): DistinctIds {
  let marks = new Uint32Array(0);
  let mark = 0;
  let list: IdList = idList(1);
  let marked = false;
  const markAll = (): void => {
    if (marks.length < terms.size) {
      marks = new Uint32Array(terms.size);
      mark = 0;
    }
    mark++;
    marked = true;
    for (let i = 0; i < list.length; i++) marks[list.ids[i] as number] = mark;
  };
  return {
    begin(next) {
      list = next;
      marked = false;
    },
    add(id) {
      if (!marked) {
        const { ids, length } = list;
        for (let i = 0; i < length; i++) if (ids[i] === id) return false;
        push(list, id);
        if (length + 1 > SEARCHED) markAll();
        return true;
      }
      if (marks[id] === mark) return false;
      marks[id] = mark;
      push(list, id);
      return true;
    },
  };
}

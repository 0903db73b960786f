import { DataFactory } from 'n3';
import { columnOfPairs } from './columns.js';
import { type Column, type ContainerGraph, NO_TERM, type TermId, type TermTable } from './containerGraph.js';

/** Triples of one predicate as they come. */
export interface GrowingPairs {
  readonly length: number;
  add(subject: TermId, object: TermId): void;
  /** The pairs so far, in the order they came. */
  pairs(): { readonly subjects: Uint32Array; readonly objects: Uint32Array };
}

/** An empty list of pairs. */
export function growingPairs(): GrowingPairs {
  let subjects = new Uint32Array(4);
  let objects = new Uint32Array(4);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add: (subject, object) => {
      if (length === subjects.length) {
        subjects = widened(subjects);
        objects = widened(objects);
      }
      subjects[length] = subject;
      objects[length++] = object;
    },
    pairs: () => ({ subjects: subjects.slice(0, length), objects: objects.slice(0, length) }),
  };
}

function widened(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(Math.ceil(numbers.length * (numbers.length < 4096 ? 2 : 1.5)));
  wider.set(numbers);
  return wider;
}

/** A graph over columns that are made when they are first asked for. */
export function graphOfColumns(
  terms: TermTable,
  read: number,
  columns: ReadonlyMap<TermId, () => Column>,
): ContainerGraph {
  const makers = new Map(columns);
  const made = new Map<TermId, Column>();
  const column = (predicate: TermId): Column | undefined => {
    const known = made.get(predicate);
    if (known !== undefined) return known;
    const column = makers.get(predicate)?.();
    if (column === undefined) return undefined;
    made.set(predicate, column);
    // What the column was made of can go.
    makers.delete(predicate);
    return column;
  };
  const predicates = [...columns.keys()].sort((a, b) => a - b);
  let size: number | undefined;
  return {
    get size() {
      size ??= predicates.reduce((sum, predicate) => sum + (column(predicate)?.length ?? 0), 0);
      return size;
    },
    read,
    terms,
    predicates,
    column,
    columnOf: (iri) => {
      const id = terms.find(DataFactory.namedNode(iri));
      return id === NO_TERM ? undefined : column(id);
    },
  };
}

/** A graph over lists of pairs by predicate. */
export function graphOfPairs(terms: TermTable, read: number, pairs: ReadonlyMap<TermId, GrowingPairs>): ContainerGraph {
  const columns = new Map<TermId, () => Column>();
  for (const [predicate, list] of pairs) {
    columns.set(predicate, () => {
      const { subjects, objects } = list.pairs();
      return columnOfPairs(predicate, subjects, objects);
    });
  }
  return graphOfColumns(terms, read, columns);
}

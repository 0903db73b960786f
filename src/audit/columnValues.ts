import { type Column, NO_TERM, type TermId } from '../graph/columns/containerGraph.js';

/** The first object of a subject. */
export function firstOf(column: Column | undefined, subject: TermId): TermId | undefined {
  const at = column?.first(subject) ?? -1;
  return at < 0 ? undefined : column?.objects[at];
}

/** The objects of a subject. */
export function objectsOf(column: Column | undefined, subject: TermId): TermId[] {
  const found: TermId[] = [];
  if (column === undefined) return found;
  const { subjects, objects } = column;
  const from = column.first(subject);
  for (let i = from; i >= 0 && subjects[i] === subject; i += 1) found.push(objects[i] ?? NO_TERM);
  return found;
}

/** The subjects of a column, each once. */
export function* subjectsOf(column: Column | undefined): Generator<TermId> {
  let last: TermId = NO_TERM;
  for (const subject of column?.subjects ?? []) {
    if (subject !== last) yield subject;
    last = subject;
  }
}

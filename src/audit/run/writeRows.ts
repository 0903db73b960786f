import { nquadsTerm } from '../../rdf/nquads.js';
import { PREFIXES } from '../../rdf/vocabulary.js';
import { type ContainerGraph, NO_TERM, TERM_KIND, type TermId } from '../../graph/columns/containerGraph.js';
import type { AuditedObject, AuditResult, ObjectLabel, ResultGroup } from '../model.js';
import type { ContainerSpace } from './containerSpace.js';
import type { FoundGroup, FoundResults } from './foundResults.js';
import type { BookedPlace, ScopeBook } from './scopeBook.js';
import type { ScopeTotal } from './scopes.js';
import type { ObjectRows } from './statuses.js';

const EXAMPLES = 10;
const PAIR_VALUE = `${PREFIXES.schema}value`;

/** What the rows of a container are made of. */
export interface RowMaking {
  readonly container: string;
  readonly graph: ContainerGraph;
  readonly space: ContainerSpace;
  readonly book: ScopeBook;
  /** Objects in the order of rows. */
  readonly order: Uint32Array;
}

/** Hands out results in order, counts them in their scopes and by shape, severity and message. */
export function writeResults(
  { container, graph, space, book, order }: RowMaking,
  found: FoundResults,
  write: (row: AuditResult) => void,
): ResultGroup[] {
  const counted = new Map<FoundGroup, { count: number; waived: number; examples: ResultGroup['examples'][number][] }>();
  const parts = new Map<readonly number[], readonly ObjectLabel[]>();
  const partsOf = (place: BookedPlace): readonly ObjectLabel[] => {
    let list = parts.get(place.parts);
    if (list === undefined) {
      list = place.parts.flatMap((n) => (space.parts[n] === undefined ? [] : space.object(space.parts[n].id)));
      parts.set(place.parts, list);
    }
    return list;
  };
  const says = pairText(graph);
  let at = NO_TERM;
  let focus: ObjectLabel | undefined;
  let image: ObjectLabel | undefined;
  let place: BookedPlace | undefined;
  for (const result of found.inOrder(order)) {
    if (focus === undefined || place === undefined || at !== result.focus) {
      at = result.focus;
      focus = space.object(at);
      place = book.place(at);
      image = place.image < 0 ? undefined : place.image === at ? focus : space.object(place.image);
    }
    const { waived, group, message, component } = result;
    book.result(place, group.severity, waived);
    let entry = counted.get(group);
    if (entry === undefined) counted.set(group, (entry = { count: 0, waived: 0, examples: [] }));
    entry[waived ? 'waived' : 'count'] += 1;
    if (!waived && entry.examples.length < EXAMPLES) {
      const within = image !== undefined && image.node !== focus.node ? { image: image.label } : {};
      entry.examples.push({ ...focus, ...within });
    }
    const value = result.value < 0 || result.value === at ? undefined : termText(graph, result.value);
    const { shape, severity } = group;
    const partOf = partsOf(place);
    write({
      container,
      focus,
      image,
      partOf,
      shape,
      severity,
      message,
      value,
      says: says(result.value),
      component,
      waived,
    });
  }
  return [...counted]
    .map(([{ shape, severity, message }, counts]) => ({ shape, severity, message, ...counts }))
    .sort((a, b) => a.shape - b.shape || (a.message < b.message ? -1 : 1));
}

/** Hands out the rows of objects in order. */
export function writeObjects(
  { container, space, book, order }: RowMaking,
  rows: ObjectRows,
  write: (row: AuditedObject) => void,
): void {
  const shared = new Map<readonly ScopeTotal[], Pick<AuditedObject, 'partOf' | 'group' | 'owner'>>();
  const name = (id: TermId): string | undefined => (id < 0 ? undefined : space.object(id).label);
  for (const id of order) {
    if (!rows.has(id)) continue;
    const place = book.place(id);
    let common = shared.get(place.scopes);
    if (common === undefined) {
      const partOf = place.parts.flatMap((n) => book.parts[n]?.ref ?? []);
      common = { partOf, group: name(place.group), owner: name(place.owner) };
      shared.set(place.scopes, common);
    }
    const { node, ref, label } = space.object(id);
    const { partOf, group, owner } = common;
    const type = space.typeOf(id);
    write({ container, node, ref, label, type, partOf, group, owner, statuses: rows.statuses(id) });
  }
}

/** The text of a key-value pair by its node; undefined for any other value. */
function pairText({ columnOf, terms }: ContainerGraph): (value: TermId) => string | undefined {
  const texts = columnOf(PAIR_VALUE);
  return (value) => {
    const at = texts === undefined || value < 0 ? -1 : texts.first(value);
    return texts === undefined || at < 0 ? undefined : terms.value(texts.objects[at] ?? NO_TERM);
  };
}

function termText({ terms }: ContainerGraph, id: TermId): string {
  return terms.kind(id) === TERM_KIND.blank ? `_:${terms.value(id)}` : nquadsTerm(terms.term(id));
}

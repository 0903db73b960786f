import type { Quad, Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import {
  type ContainerGraph,
  NO_TERM,
  TERM_KIND,
  type TermId,
  type TermTable,
} from '../../../graph/columns/containerGraph.js';
import { createSyncStore } from '../../../graph/syncStore.js';
import { PREFIXES } from '../../../rdf/vocabulary.js';
import { termKey } from '../../termKey.js';

/** Datatypes whose literals the store keeps as they are; those of any other in XSD it may write its own way. */
const KEPT = new Set([
  'string',
  'anyURI',
  'langString',
  'base64Binary',
  'hexBinary',
  'language',
  'token',
  'normalizedString',
]);
const CHUNK = 20_000;

/** For a table of terms, what the store writes otherwise than the graph does. */
interface Rewritten {
  /** Ids by the `termKey` of what the store writes; several where it writes different literals the same way. */
  readonly ids: Map<string, TermId[]>;
  /** Terms that have been looked at: those with a lower id. */
  seen: number;
}

const tables = new WeakMap<TermTable, Rewritten>();

/** The ids of a term of an answer in the graph: several where the store writes different literals the same way; it is added when it is new. */
export function answerIds({ terms }: ContainerGraph, term: Term): readonly TermId[] {
  const known = terms.find(term as never);
  if (!mayBeRewritten(term)) return [known === NO_TERM ? terms.add(term as never) : known];
  const others = rewritten(terms).ids.get(termKey(term as never)) ?? [];
  if (others.length > 0) return known === NO_TERM ? others : [known, ...others];
  return [known === NO_TERM ? terms.add(term as never) : known];
}

/** The value of a focus node among ids that the store cannot tell apart: the one that the node has, else the first. */
export function valueOf(graph: ContainerGraph, ids: readonly TermId[], focus: TermId): TermId {
  if (ids.length === 1) return ids[0] as TermId;
  const has = (id: TermId): boolean =>
    graph.predicates.some((predicate) => {
      const column = graph.column(predicate);
      if (column === undefined) return false;
      for (let i = column.first(focus); i >= 0 && column.subjects[i] === focus; i++) {
        if (column.objects[i] === id) return true;
      }
      return false;
    });
  return ids.find(has) ?? (ids[0] as TermId);
}

function mayBeRewritten(term: Term): boolean {
  return term.termType === 'Literal' && isRewritable(term.datatype.value);
}

function isRewritable(datatype: string): boolean {
  return datatype.startsWith(PREFIXES.xsd) && !KEPT.has(datatype.slice(PREFIXES.xsd.length));
}

function rewritten(terms: TermTable): Rewritten {
  let table = tables.get(terms);
  if (table === undefined) tables.set(terms, (table = { ids: new Map(), seen: 0 }));
  const ids: TermId[] = [];
  for (; table.seen < terms.size; table.seen++) {
    if (terms.kind(table.seen) === TERM_KIND.literal && isRewritable(terms.datatype(table.seen))) ids.push(table.seen);
  }
  for (let start = 0; start < ids.length; start += CHUNK) compare(terms, ids.slice(start, start + CHUNK), table.ids);
  return table;
}

/** Lets a store of its own write literals, and keeps what it wrote otherwise. */
function compare(terms: TermTable, ids: readonly TermId[], found: Map<string, TermId[]>): void {
  const store = createSyncStore();
  const property = DataFactory.namedNode('urn:omegraph:term');
  store.addQuads(
    ids.map(
      (id, i) =>
        DataFactory.quad(DataFactory.namedNode(`urn:omegraph:${i}`), property, terms.term(id) as never) as Quad,
    ),
  );
  for (const { s, o } of store.select('SELECT ?s ?o { ?s ?p ?o }')) {
    const id = ids[Number(s?.value.slice('urn:omegraph:'.length))] as TermId;
    const key = termKey(o as never);
    if (key === termKey(terms.term(id) as never)) continue;
    const same = found.get(key);
    if (same === undefined) found.set(key, [id]);
    else same.push(id);
  }
  store.free();
}

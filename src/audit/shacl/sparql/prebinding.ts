import { sparqlTokens } from '../../../graph/sparqlTokens.js';
import { type Prebindable, queryStructure, ROW } from './queryStructure.js';

/** Name of the graph that holds the values of pre-bound variables, and the subjects and predicates in it. */
export const PREBOUND = {
  graph: 'urn:omegraph:prebound',
  constants: 'urn:omegraph:constants',
  row: (index: number): string => `urn:omegraph:row:${index}`,
  variable: (name: string): string => `urn:omegraph:variable:${name}`,
} as const;

/** What variables of a query are given values before it is run. */
export interface Prebinding extends Prebindable {
  /** Those whose value differs from focus node to focus node: `this`, and `value` for ASK validators. */
  readonly rows: readonly string[];
  /** Those with one value for all. */
  readonly constants: readonly string[];
}

/** A query that joins a graph of values of its pre-bound variables wherever it speaks of them. */
export interface PreboundQuery {
  readonly sparql: string;
  /** Whether one run may serve many rows of values; else it is run for each row. */
  readonly forMany: boolean;
  /** Whether it says itself how many solutions it gives. */
  readonly limited: boolean;
  /** Whether it asks the shapes graph too. */
  readonly asksShapes: boolean;
  /** The rows and constants that the query speaks of. */
  readonly rows: readonly string[];
  readonly constants: readonly string[];
}

/**
 * Pre-binds the variables of a query (SHACL section 5.3.1 and Appendix A): each group of it that speaks of one joins the
 * graph `PREBOUND.graph`, so that values are never written into the text. @throws PrebindingFault on what is not allowed
 */
export function prebind(sparql: string, prebinding: Prebinding): PreboundQuery {
  const tokens = sparqlTokens(sparql);
  const { groups, selects } = queryStructure(tokens, prebinding);
  const mentioned = new Set(groups.flatMap((g) => [...g.mentions]).concat(selects.flatMap((s) => [...s.mentions])));
  const isAsk = tokens.some((t) => t.kind === 'word' && t.text.toUpperCase() === 'ASK');
  const used = prebinding.rows.filter((name) => mentioned.has(name));
  const rows = isAsk ? (used.length > 0 ? used : prebinding.rows.slice(-1)) : prebinding.rows;
  const constants = prebinding.constants.filter((name) => mentioned.has(name));
  const outermost = groups.find((group) => !group.closed);
  const edits: { at: number; length: number; text: string }[] = [];
  for (const group of groups) {
    const needs = new Set([...group.mentions, ...(group.owner?.mentions ?? []), ...(group === outermost ? rows : [])]);
    if (!group.closed) edits.push({ at: group.at, length: 0, text: join(rows, constants, needs) });
  }
  for (const token of tokens) {
    if (token.kind === 'name' && /^[?$]PATH$/.test(token.text) && prebinding.path !== undefined) {
      edits.push({ at: token.at, length: token.text.length, text: `(${prebinding.path})` });
    }
    if (token.kind === 'word' && token.text.toUpperCase() === 'ASK') {
      edits.push({ at: token.at, length: 3, text: `SELECT DISTINCT ${rows.map((name) => `?${name}`).join(' ')}` });
    }
  }
  const [outer] = selects;
  // Solutions of many rows are told apart by the variables that the query passes on.
  const told = isAsk || outer?.isSelect !== true || outer.star || rows.every((name) => outer.projection.has(name));
  const forMany = told && selects.every((s) => !s.limited && (!s.grouped || rows.every((name) => s.groupBy.has(name))));
  const limited = outer?.limited === true;
  return { sparql: edited(sparql, edits), forMany, limited, asksShapes: mentioned.has('shapesGraph'), rows, constants };
}

function join(rows: readonly string[], constants: readonly string[], needs: ReadonlySet<string>): string {
  const patterns = [
    ...rows.filter((n) => needs.has(n)).map((n) => `?${ROW} <${PREBOUND.variable(n)}> ?${n} .`),
    ...constants.filter((n) => needs.has(n)).map((n) => `<${PREBOUND.constants}> <${PREBOUND.variable(n)}> ?${n} .`),
  ];
  return patterns.length === 0 ? '' : ` GRAPH <${PREBOUND.graph}> { ${patterns.join(' ')} } `;
}

function edited(text: string, edits: readonly { at: number; length: number; text: string }[]): string {
  return edits
    .toSorted((a, b) => b.at - a.at)
    .reduce((all, e) => all.slice(0, e.at) + e.text + all.slice(e.at + e.length), text);
}

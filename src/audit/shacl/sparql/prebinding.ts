import { type SparqlToken, sparqlTokens } from '../../../graph/sparqlTokens.js';

/** Name of the graph that holds the values of pre-bound variables, and the subjects and predicates in it. */
export const PREBOUND = {
  graph: 'urn:omegraph:prebound',
  constants: 'urn:omegraph:constants',
  row: (index: number): string => `urn:omegraph:row:${index}`,
  variable: (name: string): string => `urn:omegraph:variable:${name}`,
} as const;

const ROW = 'omegraphRow';

/** What variables of a query are given values before it is run. */
export interface Prebinding {
  /** Variables that may be pre-bound, with values or without (SHACL section 5.3.1 "potentially pre-bound variables"). */
  readonly potential: readonly string[];
  /** Those whose value differs from focus node to focus node: `this`, and `value` for ASK validators. */
  readonly rows: readonly string[];
  /** Those with one value for all. */
  readonly constants: readonly string[];
  /** What `$PATH` stands for, in SPARQL syntax; undefined where it stands for nothing. */
  readonly path?: string | undefined;
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

/** A clause that SHACL does not allow in a query whose variables are pre-bound. */
export class PrebindingFault extends Error {
  readonly found: string;

  constructor(what: string, found: string) {
    super(`SHACL does not allow ${what} in this query`);
    this.found = found;
  }
}

interface Select {
  readonly kind: 'select';
  readonly nested: boolean;
  /** Every variable in its projection and its modifiers. */
  readonly mentions: Set<string>;
  readonly projection: Set<string>;
  readonly groupBy: Set<string>;
  star: boolean;
  phase: 'projection' | 'where' | 'modifiers';
  grouping: boolean;
  grouped: boolean;
  limited: boolean;
  parentheses: number;
}
interface Group {
  readonly kind: 'group';
  /** Place behind its opening brace. */
  readonly at: number;
  readonly mentions: Set<string>;
  /** The SELECT that it is the WHERE clause of. */
  readonly owner?: Select | undefined;
  /** Nothing can be put into it: the template of a CONSTRUCT, the braces around a subquery. */
  closed: boolean;
}

const FORBIDDEN = new Map([
  ['MINUS', 'MINUS'],
  ['VALUES', 'VALUES'],
  ['SERVICE', 'SERVICE'],
  ['FROM', 'FROM'],
]);
const AGGREGATES = /^(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)$/;

/**
 * Pre-binds the variables of a query (SHACL section 5.3.1 and Appendix A): each group of it that speaks of one joins the
 * graph `PREBOUND.graph`, so that values are never written into the text. @throws PrebindingFault on what is not allowed
 */
export function prebind(sparql: string, prebinding: Prebinding): PreboundQuery {
  const tokens = sparqlTokens(sparql);
  const { groups, selects } = structure(tokens, prebinding);
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
  const forMany = selects.every((s) => !s.limited && (!s.grouped || rows.every((name) => s.groupBy.has(name))));
  const limited = selects[0]?.limited === true;
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

/** The groups and the SELECTs of a query, in the order of their opening. */
function structure(tokens: readonly SparqlToken[], prebinding: Prebinding): { groups: Group[]; selects: Select[] } {
  const groups: Group[] = [];
  const selects: Select[] = [];
  const stack: (Select | Group)[] = [];
  const potential = new Set(prebinding.potential);
  const group = (token: SparqlToken, owner: Select | undefined, closed: boolean): void => {
    const opened: Group = { kind: 'group', at: token.at + 1, mentions: new Set(), owner, closed };
    groups.push(opened);
    stack.push(opened);
  };
  tokens.forEach((token, i) => {
    const top = stack.at(-1);
    const word = token.kind === 'word' ? token.text.toUpperCase() : '';
    const before = tokens[i - 1];
    const wordBefore = before?.kind === 'word' ? before.text.toUpperCase() : '';
    if (word === 'SELECT' || (word !== '' && top === undefined && /^(?:ASK|CONSTRUCT)$/.test(word))) {
      if (top?.kind === 'group') top.closed = true;
      const select = newSelect(stack.length > 0, word === 'SELECT' ? 'projection' : 'where');
      selects.push(select);
      stack.push(select);
    } else if (token.text === '{' && token.kind === 'open') {
      const owner = top?.kind === 'select' && top.phase !== 'modifiers' && top.parentheses === 0 ? top : undefined;
      const template = wordBefore === 'CONSTRUCT';
      if (owner !== undefined && !template) owner.phase = 'where';
      group(token, template ? undefined : owner, template);
    } else if (token.text === '}' && token.kind === 'close') {
      if (top?.kind === 'select' && stack.length > 1) close(stack.pop() as Select, prebinding);
      const closed = stack.pop();
      if (closed?.kind === 'group' && closed.owner !== undefined) closed.owner.phase = 'modifiers';
    } else if (top?.kind === 'select') inSelect(top, token, word, wordBefore);
    if (wordBefore === 'CONSTRUCT' && word === 'WHERE') throw fault('the short form CONSTRUCT WHERE', token.text);
    const forbidden = FORBIDDEN.get(word);
    if (forbidden !== undefined) throw fault(forbidden, forbidden);
    if (token.kind === 'name' && /^[?$]/.test(token.text)) {
      const name = token.text.slice(1);
      if (wordBefore === 'AS' && potential.has(name)) throw fault('AS with a variable that has its value', token.text);
      if (wordBefore === 'GRAPH' && name !== 'shapesGraph') throw fault('GRAPH with a variable', token.text);
      if (name === ROW) throw fault('this variable, which is used inside', token.text);
      if (name === 'PATH' && prebinding.path === undefined) throw fault('$PATH outside of property shapes', token.text);
      (top ?? stack[0])?.mentions.add(name);
    }
  });
  return { groups, selects };
}

const newSelect = (nested: boolean, phase: Select['phase']): Select => ({
  kind: 'select',
  nested,
  mentions: new Set(),
  projection: new Set(),
  groupBy: new Set(),
  star: false,
  phase,
  grouping: false,
  grouped: false,
  limited: false,
  parentheses: 0,
});

/** A token of the projection or of the modifiers of a SELECT. */
function inSelect(select: Select, { text, kind }: SparqlToken, word: string, wordBefore: string): void {
  if (text === '(') select.parentheses += 1;
  if (text === ')') select.parentheses -= 1;
  if (word === 'GROUP') select.grouped = select.grouping = true;
  if (/^(?:HAVING|ORDER|LIMIT|OFFSET)$/.test(word)) select.grouping = false;
  if (word === 'LIMIT' || word === 'OFFSET') select.limited = true;
  if (AGGREGATES.test(word)) select.grouped = true;
  if (text === '*' && select.parentheses === 0 && select.phase === 'projection') select.star = true;
  if (kind !== 'name' || !/^[?$]/.test(text)) return;
  const name = text.slice(1);
  const outside = select.parentheses === 0;
  if (select.phase === 'projection' && (outside || wordBefore === 'AS')) select.projection.add(name);
  if (select.grouping && outside) select.groupBy.add(name);
}

/** A subquery passes all potentially pre-bound variables on, but for those of the shapes graph. */
function close(select: Select, { potential }: Prebinding): void {
  if (!select.nested) return;
  if (select.star) throw fault('a subquery with SELECT *', '*');
  for (const name of potential) {
    if (name === 'shapesGraph' || name === 'currentShape' || select.projection.has(name)) continue;
    throw fault(`a subquery that does not select $${name}`, [...select.projection].map((n) => `?${n}`).join(' '));
  }
}

const fault = (what: string, found: string): PrebindingFault => new PrebindingFault(what, found);

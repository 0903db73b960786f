import type { SparqlToken } from '../../../graph/sparqlTokens.js';

/** What a query is looked at for. */
export interface Prebindable {
  /** Variables that may be pre-bound, with values or without (SHACL section 5.3.1 "potentially pre-bound variables"). */
  readonly potential: readonly string[];
  /** What `$PATH` stands for, in SPARQL syntax; undefined where it stands for nothing. */
  readonly path?: string | undefined;
}

/** A clause that SHACL does not allow in a query whose variables are pre-bound. */
export class PrebindingFault extends Error {
  readonly found: string;

  constructor(what: string, found: string) {
    super(`SHACL does not allow ${what} in this query`);
    this.found = found;
  }
}

/** A SELECT of a query; or the ASK or CONSTRUCT at its top. */
export interface Select {
  readonly kind: 'select';
  readonly nested: boolean;
  /** Or else ASK or CONSTRUCT, at the top. */
  readonly isSelect: boolean;
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

/** The inside of a pair of braces. */
export interface Group {
  readonly kind: 'group';
  /** Place behind its opening brace. */
  readonly at: number;
  readonly mentions: Set<string>;
  /** The SELECT that it is the WHERE clause of. */
  readonly owner?: Select | undefined;
  /** Nothing can be put into it: the template of a CONSTRUCT, the braces around a subquery. */
  closed: boolean;
}

const FORBIDDEN = /^(?:MINUS|VALUES|SERVICE|FROM)$/;
const AGGREGATES = /^(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)$/;
/** The variable that is used inside for the row of values. */
export const ROW = 'omegraphRow';

/** The groups and the SELECTs of a query, in the order of their opening. @throws PrebindingFault on what is not allowed */
export function queryStructure(
  tokens: readonly SparqlToken[],
  prebinding: Prebindable,
): { groups: Group[]; selects: Select[] } {
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
    if (FORBIDDEN.test(word)) throw fault(word, token.text);
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
  isSelect: phase === 'projection',
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
function close(select: Select, { potential }: Prebindable): void {
  if (!select.nested) return;
  if (select.star) throw fault('a subquery with SELECT *', '*');
  for (const name of potential) {
    if (name === 'shapesGraph' || name === 'currentShape' || select.projection.has(name)) continue;
    throw fault(`a subquery that does not select $${name}`, [...select.projection].map((n) => `?${n}`).join(' '));
  }
}

const fault = (what: string, found: string): PrebindingFault => new PrebindingFault(what, found);

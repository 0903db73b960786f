import { QueryRefusal } from './graphStore.js';
import { SPARQL_TOKEN as TOKEN } from './sparqlTokens.js';

/** What a linear look at a query tells before any engine sees it. */
export interface QueryForm {
  readonly form: 'select' | 'ask' | 'construct' | 'describe';
  /** Has FROM or FROM NAMED. */
  readonly hasDataset: boolean;
  /** Calls a function whose answer differs from run to run (NOW, RAND, UUID, STRUUID, BNODE). */
  readonly isVolatile: boolean;
}

/**
 * Limits of one query. The engine has no stack guard: 200 nested EXISTS, 300 nested calls, 1000 nested groups, 1000
 * OPTIONALs in a row, 5000 FILTERs or 1000 operators in a row overflow it, and no later query is answered.
 */
export const QUERY_LIMITS = { bytes: 64 * 1024, nesting: 100, clauses: 300, operators: 400 } as const;

const UPDATES = /^(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)$/;
const FORMS = /^(?:SELECT|ASK|CONSTRUCT|DESCRIBE)$/;
const CLAUSES = /^(?:OPTIONAL|MINUS|UNION|AS|LATERAL|EXISTS|FILTER)$/;
const VOLATILE = /^(?:NOW|RAND|UUID|STRUUID|BNODE)$/;

/**
 * Refuses, in one pass and without recursion, what would stop or misuse the engine: queries that are too large, too
 * deeply nested or too long-winded, updates, and SERVICE. @throws QueryRefusal
 */
export function checkQuery(sparql: string): QueryForm {
  const bytes = Buffer.byteLength(sparql);
  if (bytes > QUERY_LIMITS.bytes) {
    throw new QueryRefusal('too-large', {
      wrong: `the query has ${bytes} bytes, more than ${QUERY_LIMITS.bytes}`,
      remedy: 'shorten it, or ask in several queries',
    });
  }
  let depth = 0;
  let clauses = 0;
  let operators = 0;
  let form: QueryForm['form'] | undefined;
  let hasDataset = false;
  let isVolatile = false;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(sparql); match !== null; match = TOKEN.exec(sparql)) {
    const { open, close, operator, word, quote } = match.groups ?? {};
    if (open !== undefined) depth += 1;
    else if (close !== undefined) depth -= 1;
    else if (operator !== undefined) operators += 1;
    else if (quote !== undefined) throw unclosed(sparql, match.index);
    else if (word !== undefined) {
      const upper = word.toUpperCase();
      if (CLAUSES.test(upper)) clauses += 1;
      if (form === undefined && FORMS.test(upper)) form = upper.toLowerCase() as QueryForm['form'];
      else if (form === undefined && UPDATES.test(upper)) throw update(upper);
      else if (upper === 'SERVICE') throw service();
      else if (upper === 'FROM') hasDataset = true;
      else if (VOLATILE.test(upper)) isVolatile = true;
    }
    if (depth > QUERY_LIMITS.nesting) throw tooComplex(`nested deeper than ${QUERY_LIMITS.nesting} levels`);
    if (clauses > QUERY_LIMITS.clauses)
      throw tooComplex(`has more than ${QUERY_LIMITS.clauses} OPTIONAL, UNION, MINUS, EXISTS, FILTER and AS`);
    if (operators > QUERY_LIMITS.operators) throw tooComplex(`has more than ${QUERY_LIMITS.operators} operators`);
  }
  if (form === undefined) {
    throw new QueryRefusal('syntax', {
      wrong: 'no SELECT, ASK, CONSTRUCT or DESCRIBE was found',
      remedy: 'write a SPARQL query',
    });
  }
  return { form, hasDataset, isVolatile };
}

const unclosed = (sparql: string, at: number): QueryRefusal =>
  new QueryRefusal('syntax', {
    wrong: `line ${sparql.slice(0, at).split('\n').length}: a string is not closed`,
    found: sparql.slice(at, at + 30),
    remedy: 'close it with the quotes it begins with',
  });

const tooComplex = (what: string): QueryRefusal =>
  new QueryRefusal('too-complex', { wrong: `the query ${what}`, remedy: 'simplify it, for example with VALUES' });

const update = (keyword: string): QueryRefusal =>
  new QueryRefusal('update', {
    wrong: 'the graph is read only',
    found: keyword,
    remedy: 'send a query; change the data at its source and export again',
  });

const service = (): QueryRefusal =>
  new QueryRefusal('service', {
    wrong: 'SERVICE is not supported: queries never leave this store',
    remedy: 'ask the other endpoint yourself, and pass its answers on with VALUES',
  });

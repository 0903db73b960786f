import { asArray, asNumber, asObject, type Json, type JsonObject } from '../json.js';
import type { Query, WebSession } from './webSession.js';
import { WebFailure } from './webFailure.js';

/** Rows of a list of `/api/v0/m/` from one answer. */
export interface ListPart {
  readonly rows: readonly JsonObject[];
  readonly answer: Json;
  /** How many rows the server gives at most, which may be less than asked for. */
  readonly limit: number;
  /** How many the whole list has. */
  readonly total: number | undefined;
}

/** Rows that the server fails at. */
export interface FailedRows {
  readonly offset: number;
  readonly count: number;
  readonly why: string;
}

/** Asks for a range of a list; a failure that asking for less may help against is given back. */
export type AskPart = (offset: number, count: number) => Promise<ListPart | WebFailure>;

/** Asks for ranges of a list. @throws WebFailure when asking for less would not help, or shall not be tried */
export function askParts(session: Pick<WebSession, 'get'>, path: string, query: Query, halve = true): AskPart {
  return async (offset, count) => {
    try {
      return partOf(await session.get(path, [...query, ['limit', count], ['offset', offset]]), count, path);
    } catch (error) {
      if (halve && isNarrowable(error)) return error;
      throw error;
    }
  };
}

function partOf(answer: Json, count: number, path: string): ListPart {
  const envelope = asObject(answer);
  const meta = asObject(envelope?.meta);
  const rows = asArray(envelope?.data);
  if (rows === undefined) throw new WebFailure({ status: 502, path, wrong: 'the answer is no list of objects' });
  const used = asNumber(meta?.limit) ?? count;
  return {
    rows: rows.map(asObject).filter((row) => row !== undefined),
    answer,
    limit: used >= 1 ? Math.min(used, count) : count,
    total: asNumber(meta?.totalCount),
  };
}

/** Whether less of a list may succeed: the server failed, or may not read one of the rows (SecurityViolation). */
const isNarrowable = (error: unknown): error is WebFailure =>
  error instanceof WebFailure && (error.status >= 500 || error.status === 403);

/** Failures in a row after which a list is given up: ten lead to the first row of 500. */
const PATIENCE = 12;

/**
 * A range that failed as a whole, in halves, and so on, until the rows that fail alone are known; `end` is where the list ends,
 * as far as that is known. A list of which nothing comes is given up, and what is left of it fails as one.
 */
export async function* narrowed(
  ask: AskPart,
  range: FailedRows,
  end: () => number,
): AsyncGenerator<ListPart | { readonly failed: FailedRows }> {
  let misses = 1;
  /** Ranges that failed, the next one last. */
  const open: FailedRows[] = [range];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { offset, why } = next;
    const count = Math.min(next.count, end() - offset);
    if (count <= 0) continue;
    if (misses >= PATIENCE) {
      // What failed in a row lies in a row.
      const to = Math.min(
        open.reduce((most, rest) => Math.max(most, rest.offset + rest.count), offset + count),
        end(),
      );
      yield { failed: { offset, count: to - offset, why } };
      return;
    }
    if (count === 1) {
      yield { failed: { offset, count, why } };
      continue;
    }
    const middle = offset + Math.ceil(count / 2);
    const later: FailedRows[] = [];
    for (const [start, to] of [
      [offset, middle],
      [middle, offset + count],
    ] as const) {
      for (let from = start; from < to && from < end();) {
        const answer = misses >= PATIENCE ? undefined : await ask(from, to - from);
        if (answer === undefined || answer instanceof WebFailure) {
          misses += 1;
          later.unshift({ offset: from, count: to - from, why: answer?.message ?? why });
          break;
        }
        misses = 0;
        yield answer;
        if (answer.rows.length === 0) break;
        from += answer.limit;
      }
    }
    open.push(...later);
  }
}

/** A range of a list, in halves where it fails. */
export async function* rowsOf(
  session: Pick<WebSession, 'get'>,
  path: string,
  query: Query,
  offset: number,
  count: number,
): AsyncGenerator<{ readonly rows: readonly JsonObject[] } | { readonly failed: FailedRows }> {
  const ask = askParts(session, path, query);
  for (let from = offset; from < offset + count;) {
    const rest = offset + count - from;
    const answer = await ask(from, rest);
    if (answer instanceof WebFailure)
      return yield* narrowed(ask, { offset: from, count: rest, why: answer.message }, () => Number.POSITIVE_INFINITY);
    yield answer;
    if (answer.rows.length === 0) return;
    from += answer.limit;
  }
}

import { asArray, asNumber, asObject, type Json, type JsonObject } from '../json.js';
import { digitsOf } from './decodeContext.js';
import type { Query, WebSession } from './webSession.js';
import { WebFailure } from './webFailure.js';

/** Some rows of a list of `/api/v0/m/`, those seen before left out; or rows that the server fails at. */
export type Page =
  | { readonly rows: readonly JsonObject[]; readonly answer: Json }
  | { readonly failed: { readonly offset: number; readonly count: number; readonly why: string } };

/** How a list came through. */
export interface ListEnd {
  /** Ids of the rows that came. */
  readonly ids: ReadonlySet<string>;
  /** As the server counted at the end; undefined when it never answered. */
  readonly total: number | undefined;
  /** Rows that the server failed at. */
  readonly failed: number;
  /** The count changed each time that the list was read. */
  readonly moved: boolean;
}

/** The server's cap unless configured otherwise (`omero.web.api.max_limit`). */
export const LIST_LIMIT = 500;
/** How often a list is read at most, when it changes while it is read. */
const PASSES = 3;

interface Part {
  readonly rows: readonly JsonObject[];
  readonly answer: Json;
  readonly limit: number;
  readonly total: number | undefined;
}

/**
 * Reads a whole list page by page, one page ahead: by the limit that the server says it used, each object once, again
 * when its count moved or rows are missing. Pages that fail are halved until the row is known, unless told otherwise.
 */
export async function* pages(
  session: Pick<WebSession, 'get'>,
  path: string,
  query: Query = [],
  { limit = LIST_LIMIT, halve = true }: { readonly limit?: number; readonly halve?: boolean } = {},
): AsyncGenerator<Page, ListEnd> {
  const seen = new Set<string>();
  const failed = new Set<number>();
  const fresh = (rows: readonly JsonObject[]): JsonObject[] =>
    rows.filter((row) => {
      const id = digitsOf(row['@id']);
      // What has no id is for the decoder to complain about.
      if (id === undefined) return true;
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    });
  let total: number | undefined;
  let moved = false;
  for (let pass = 1; pass <= PASSES; pass += 1) {
    let first: number | undefined;
    let size = limit;
    let before: number | undefined;
    const ask = (offset: number, count: number): Promise<Part | WebFailure> =>
      part(session, path, query, offset, count).catch((error: unknown) => {
        if (halve && isNarrowable(error)) return error;
        throw error;
      });
    let next = ask(0, size);
    for (let offset = 0; ;) {
      const answer = await next;
      if (answer instanceof WebFailure) {
        for await (const page of halves(ask, offset, size, answer, () => total ?? Number.POSITIVE_INFINITY)) {
          if ('failed' in page) {
            if (total !== undefined && page.failed.offset >= total) continue;
            if (failed.has(page.failed.offset)) continue;
            failed.add(page.failed.offset);
            yield page;
          } else {
            total = page.total ?? total;
            const rows = fresh(page.rows);
            if (rows.length > 0) yield { rows, answer: page.answer };
          }
        }
        // Of a list of which no row can be had nobody knows where it ends.
        if (total === undefined) break;
        offset += size;
        if (offset >= total) break;
        next = ask(offset, size);
        continue;
      }
      total = answer.total ?? total;
      first ??= total;
      before = total;
      // The server may give fewer than asked for; what it says it used is what the next page starts from.
      size = answer.limit;
      offset += size;
      const rows = fresh(answer.rows);
      const isShort = answer.rows.length < size;
      // A row may stand in a list twice although the count takes it once: then the list goes on behind its count.
      const isLast = total === undefined ? isShort : offset >= total && (isShort || seen.size + failed.size >= total);
      if (!isLast) {
        next = ask(offset, size);
        next.catch(() => undefined);
      }
      if (rows.length > 0 || answer.rows.length === 0) yield { rows, answer: answer.answer };
      if (isLast) break;
    }
    moved = first !== undefined && before !== first;
    if (!moved && seen.size + failed.size >= (total ?? 0)) break;
  }
  return { ids: seen, total, failed: failed.size, moved };
}

/** Whether less of a list may succeed: the server failed, or may not read one of the rows (SecurityViolation). */
const isNarrowable = (error: unknown): error is WebFailure =>
  error instanceof WebFailure && (error.status >= 500 || error.status === 403);

/** Reads a range of a list, row by row where need be. */
export async function* rowsOf(
  session: Pick<WebSession, 'get'>,
  path: string,
  query: Query,
  offset: number,
  count: number,
): AsyncGenerator<JsonObject> {
  for (let at = offset; at < offset + count;) {
    const { rows, limit } = await part(session, path, query, at, offset + count - at);
    yield* rows;
    at += limit;
    if (rows.length === 0) return;
  }
}

async function part(
  session: Pick<WebSession, 'get'>,
  path: string,
  query: Query,
  offset: number,
  count: number,
): Promise<Part> {
  const answer = await session.get(path, [...query, ['limit', count], ['offset', offset]]);
  const envelope = asObject(answer);
  const meta = asObject(envelope?.meta);
  const rows = asArray(envelope?.data);
  if (rows === undefined) throw new WebFailure({ status: 502, path, wrong: 'the answer is no list of objects' });
  const used = asNumber(meta?.limit) ?? count;
  return {
    rows: rows.map(asObject).filter((row): row is JsonObject => row !== undefined),
    answer,
    limit: used >= 1 ? Math.min(used, count) : count,
    total: asNumber(meta?.totalCount),
  };
}

type Half = { readonly failed: { offset: number; count: number; why: string } } | Part;

/** The two halves of a range that failed as a whole, and so on; the rows that fail alone are named. */
async function* halves(
  ask: (offset: number, count: number) => Promise<Part | WebFailure>,
  offset: number,
  count: number,
  failure: WebFailure,
  end: () => number,
): AsyncGenerator<Half> {
  if (count <= 1) {
    yield { failed: { offset, count: 1, why: failure.message } };
    return;
  }
  const half = Math.ceil(count / 2);
  for (const [at, many] of [
    [offset, half],
    [offset + half, count - half],
  ] as const) {
    for (let from = at; from < at + many;) {
      if (from >= end()) return;
      const answer = await ask(from, at + many - from);
      if (answer instanceof WebFailure) {
        yield* halves(ask, from, at + many - from, answer, end);
        break;
      }
      yield answer;
      from += answer.limit;
      if (answer.rows.length === 0) break;
    }
  }
}

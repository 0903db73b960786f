import type { Json, JsonObject } from '../json.js';
import { digitsOf } from './decodeContext.js';
import { askParts, type FailedRows, narrowed } from './listPart.js';
import type { Query, WebSession } from './webSession.js';
import { WebFailure } from './webFailure.js';

/** Some rows of a list of `/api/v0/m/`, those seen before left out; or rows that the server fails at. */
export type Page = { readonly rows: readonly JsonObject[]; readonly answer: Json } | { readonly failed: FailedRows };

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

/**
 * Reads a whole list page by page, one page ahead: by the limit that the server says it used, each object once, again
 * when its count moved or rows are missing. Pages that fail are halved until the row is known, unless told otherwise.
 * @throws WebFailure when the list cannot be read at all
 */
export async function* pages(
  session: Pick<WebSession, 'get'>,
  path: string,
  query: Query = [],
  { limit = LIST_LIMIT, halve = true }: { readonly limit?: number; readonly halve?: boolean } = {},
): AsyncGenerator<Page, ListEnd> {
  const ask = askParts(session, path, query, halve);
  const seen = new Set<string>();
  const failed = new Map<number, FailedRows>();
  let failures = 0;
  let total: number | undefined;
  let moved = false;
  const isWhole = (): boolean => total !== undefined && seen.size + failures >= total;
  for (let pass = 1; pass <= PASSES; pass += 1) {
    let first: number | undefined;
    let size = limit;
    let next = ask(0, size);
    for (let offset = 0; ;) {
      const answer = await next;
      if (answer instanceof WebFailure) {
        const range = { offset, count: size, why: answer.message };
        for await (const part of narrowed(ask, range, () => total ?? Number.POSITIVE_INFINITY)) {
          if ('failed' in part) {
            if (failed.has(part.failed.offset)) continue;
            failed.set(part.failed.offset, part.failed);
            failures += part.failed.count;
            yield part;
            continue;
          }
          total = part.total ?? total;
          first ??= total;
          const rows = fresh(part.rows, seen);
          if (rows.length > 0) yield { rows, answer: part.answer };
        }
        offset += size;
        if (total === undefined) {
          // The count alone may be had where no row is.
          const counted = await ask(0, 0);
          if (!(counted instanceof WebFailure)) total = counted.total;
          first ??= total;
        }
        // Of a list of which not even the count can be had nobody knows where it ends.
        if (total === undefined || offset >= total) break;
        next = ask(offset, size);
        continue;
      }
      total = answer.total ?? total;
      first ??= total;
      // The server may give fewer than asked for; what it says it used is what the next page starts from.
      size = answer.limit;
      offset += size;
      const rows = fresh(answer.rows, seen);
      const isShort = answer.rows.length < size;
      // A row may stand in a list twice although the count takes it once: then the list goes on behind its count.
      const isLast = total === undefined ? isShort : offset >= total && (isShort || isWhole());
      if (!isLast) {
        next = ask(offset, size);
        // Whoever waits for it hears of it.
        next.catch(() => undefined);
      }
      if (rows.length > 0 || answer.rows.length === 0) yield { rows, answer: answer.answer };
      if (isLast) break;
    }
    moved = total !== first;
    if (!moved && (total === undefined || isWhole())) break;
  }
  return { ids: seen, total, failed: failures, moved };
}

/** The rows that were not seen yet; what has no id is for the decoder to complain about. */
const fresh = (rows: readonly JsonObject[], seen: Set<string>): readonly JsonObject[] =>
  rows.filter((row) => {
    const id = digitsOf(row['@id']);
    if (id === undefined) return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });

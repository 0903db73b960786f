import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** A request as the stand-in server sees it. */
export interface WebRequest {
  /** Counts from 1 in the order of arrival. */
  readonly number: number;
  readonly method: string;
  /** Below the prefix, with a leading slash and without the query: `/api/v0/m/projects/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Session user; undefined before login. */
  readonly userId: number | undefined;
}

/** An answer before it goes out; `Content-Length` is added from the body when it is missing. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer;
  /** Send only that many bytes of the body, then cut the connection. */
  readonly cutAfter?: number;
}

/**
 * The seam for faults, called for each request: work before `answer()` happens before the server looks at its rows
 * (expire sessions, rename, wait), what is returned goes out instead of the server's answer. `undefined` resets the
 * connection; a promise that stays open is a server that never answers.
 */
export type WebIntercept = (
  request: WebRequest,
  answer: () => WebAnswer,
) => WebAnswer | undefined | Promise<WebAnswer | undefined>;

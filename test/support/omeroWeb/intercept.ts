import type { IncomingHttpHeaders } from 'node:http';
import type { ServerRows } from './rows.js';
import type { Store } from './store.js';

/** A request as the stand-in hears it. */
export interface HeardRequest {
  /** Number of the request since the server started, from 1. */
  readonly number: number;
  readonly method: string;
  /** Path without the server's prefix and without the query; begins with `/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** What goes over the wire instead of a well-formed answer. */
export type Mishap =
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' }
  /** Only the first bytes of the body; `declared` says what Content-Length claims (the whole: the connection breaks). */
  | { readonly kind: 'cut'; readonly bytes: number; readonly declared: 'whole' | 'cut' };

/** An answer before it is sent; the server adds Content-Length and writes it, or does what `mishap` says. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
  readonly mishap?: Mishap;
}

/** What an interceptor may do to the server. */
export interface ServerControls {
  /** What the server holds; `changed()` after a change. */
  readonly store: Store;
  /** Ends all OMERO sessions: the cookies stay, but nobody is logged in. */
  expireSessions(): void;
}

/** Stands between a request and its answer: passes it on (`answer()`), changes it, or answers itself. */
export type Interceptor = (
  request: HeardRequest,
  answer: () => Promise<Reply>,
  controls: ServerControls,
) => Promise<Reply>;

/** Several interceptors as one; the first is the outermost. */
export function interceptAll(interceptors: readonly Interceptor[]): Interceptor {
  return (request, answer, controls) =>
    interceptors.reduceRight<() => Promise<Reply>>(
      (next, interceptor) => () => interceptor(request, next, controls),
      answer,
    )();
}

/** Which requests a fault strikes. */
export type When = (request: HeardRequest) => boolean;

/** Answers some requests itself. */
export const instead =
  (when: When, make: (request: HeardRequest) => Reply): Interceptor =>
  async (request, answer) =>
    when(request) ? make(request) : answer();

/** Changes the answers to some requests. */
export const changed =
  (when: When, change: (reply: Reply, request: HeardRequest) => Reply | Promise<Reply>): Interceptor =>
  async (request, answer) => {
    if (!when(request)) return answer();
    return change(await answer(), request);
  };

/** Somebody else works on the server: its rows change before these requests are answered. */
export const meanwhile =
  (when: When, work: (rows: ServerRows) => void): Interceptor =>
  (request, answer, { store }) => {
    if (when(request)) {
      work(store.rows);
      store.changed();
    }
    return answer();
  };

/** Path and query of a request. */
export function urlOf(request: HeardRequest): string {
  const query = request.query.toString();
  return query === '' ? request.path : `${request.path}?${query}`;
}

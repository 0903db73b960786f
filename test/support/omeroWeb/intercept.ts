import type { IncomingHttpHeaders } from 'node:http';

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
  /** Only the first bytes of the body; `declared` says what Content-Length claims. */
  | { readonly kind: 'cut'; readonly bytes: number; readonly declared: 'whole' | 'cut' | 'none' };

/** An answer before it is sent; the server adds Content-Length and writes it, or does what `mishap` says. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
  readonly mishap?: Mishap;
}

/** What an interceptor may do to the server. */
export interface ServerControls {
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

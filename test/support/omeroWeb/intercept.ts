import type { ServerRows } from './rows.js';
import type { Store } from './store.js';
import type { WebAnswer, WebIntercept, WebRequest } from './webAnswer.js';

/** What a fault may do to the server. */
export interface ServerControls {
  readonly store: Store;
  /** Ends all OMERO sessions: the cookies stay, but nobody is logged in. */
  expireSessions(): void;
}

/** Passes a request on (`answer()`), changes the answer, or answers itself; nothing at all resets the connection. */
export type Fault = (
  request: WebRequest,
  answer: () => Promise<WebAnswer | undefined>,
  controls: ServerControls,
) => Promise<WebAnswer | undefined>;

/**
 * Several faults as the server's one intercept; the first is the outermost. The controls are asked for at the first
 * request, so that they may name the server that is started with this very intercept.
 */
export function interceptAll(faults: readonly Fault[], controls: () => ServerControls): WebIntercept {
  return (request, answer) =>
    faults.reduceRight<() => Promise<WebAnswer | undefined>>(
      (next, fault) => () => fault(request, next, controls()),
      () => Promise.resolve(answer()),
    )();
}

/** Which requests a fault strikes. */
export type When = (request: WebRequest) => boolean;

/** Answers some requests itself. */
export const instead =
  (when: When, make: (request: WebRequest) => WebAnswer | undefined | Promise<WebAnswer>): Fault =>
  async (request, answer) =>
    when(request) ? make(request) : answer();

/** Changes the answers to some requests. */
export const changed =
  (when: When, change: (reply: WebAnswer, request: WebRequest) => WebAnswer | Promise<WebAnswer>): Fault =>
  async (request, answer) => {
    if (!when(request)) return answer();
    const reply = await answer();
    return reply && change(reply, request);
  };

/** Somebody else works on the server: its rows change before these requests are answered. */
export const meanwhile =
  (when: When, work: (rows: ServerRows) => void): Fault =>
  (request, answer, { store }) => {
    if (when(request)) {
      work(store.rows);
      store.changed();
    }
    return answer();
  };

/** Path and query of a request. */
export function urlOf(request: WebRequest): string {
  const query = request.query.toString();
  return query === '' ? request.path : `${request.path}?${query}`;
}

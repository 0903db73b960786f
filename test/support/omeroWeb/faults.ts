import { setTimeout as sleep } from 'node:timers/promises';
import { changed, type Interceptor, instead, type Reply, urlOf, type When } from './intercept.js';
import { fractionOf } from './random.js';

export type { When } from './intercept.js';

export const always: When = () => true;
/** Requests whose path (with query) matches. */
export const onPath =
  (pattern: RegExp): When =>
  (request) =>
    pattern.test(urlOf(request));
/** Only the n-th request (from 1) of those that come here. */
export const nth = (n: number): When => counted((count) => count === n);
/** Every n-th request of those that come here. */
export const every = (n: number): When => counted((count) => count % n === 0);
/** All requests after the first n of those that come here. */
export const after = (n: number): When => counted((count) => count > n);
/** The first n of those that come here. */
export const first = (n: number): When => counted((count) => count <= n);
/** The first n attempts at each URL, so that trying again helps. */
export function attempts(n: number): When {
  const tried = new Map<string, number>();
  return (request) => countUp(tried, urlOf(request)) <= n;
}
/** A share of the requests, by the seed, the URL and the number of the attempt: the order of arrival does not matter. */
export function share(fraction: number, seed = 1): When {
  const tried = new Map<string, number>();
  return (request) => {
    const url = urlOf(request);
    return fractionOf(`${seed} ${url} ${countUp(tried, url)}`) < fraction;
  };
}
/** Requests that satisfy all; the later ones see (and count) only what the earlier ones let through. */
export const all =
  (...conditions: readonly When[]): When =>
  (request) =>
    conditions.every((condition) => condition(request));

/** Every answer takes some milliseconds longer; a range is spread by the seed. */
export function latency(milliseconds: number | readonly [from: number, to: number], seed = 1): Interceptor {
  const [from, to] = typeof milliseconds === 'number' ? [milliseconds, milliseconds] : milliseconds;
  return async (request, answer) => {
    await wait(from + (to - from) * fractionOf(`${seed} ${request.number}`));
    return answer();
  };
}
/** The answer comes after so many milliseconds. */
export const slow = (when: When, milliseconds: number): Interceptor =>
  changed(when, async (reply) => {
    await wait(milliseconds);
    return reply;
  });
/** The request is heard and never answered. */
export const silent = (when: When): Interceptor => instead(when, () => ({ ...EMPTY, mishap: { kind: 'silence' } }));
/** The connection breaks without an answer. */
export const reset = (when: When): Interceptor => instead(when, () => ({ ...EMPTY, mishap: { kind: 'reset' } }));
/** A proxy's refusal (502, 503, 504, 429) as HTML; Retry-After in seconds, or as an HTTP date so many seconds ahead. */
export const refused = (
  when: When,
  status: 502 | 503 | 504 | 429,
  retryAfter?: { readonly seconds: number; readonly as?: 'seconds' | 'date' },
): Interceptor => instead(when, () => html(status, errorPage(status), retryAfter && retryAfterHeader(retryAfter)));
/** A part of the body; Content-Length claims the whole (and the connection breaks) or just this part. */
export const truncated = (when: When, declared: 'whole' | 'cut', part = 0.5): Interceptor =>
  changed(when, (reply) => ({
    ...reply,
    mishap: { kind: 'cut', bytes: Math.floor(Buffer.byteLength(reply.body) * part), declared },
  }));
/** An HTML error page with status 200. */
export const htmlPage = (when: When): Interceptor => instead(when, () => html(200, errorPage(500)));
/** The login page with status 200, as after a followed redirect. */
export const loginPage = (when: When): Interceptor => instead(when, () => html(200, LOGIN_PAGE));
/** The right body under another content type. */
export const wrongType = (when: When, type = 'text/plain; charset=utf-8'): Interceptor =>
  changed(when, (reply) => ({ ...reply, headers: { ...reply.headers, 'Content-Type': type } }));
/** A redirect (302) to the same path on another host. */
export const elsewhere = (when: When, origin = 'http://elsewhere.example.org'): Interceptor =>
  instead(when, (request) => ({ ...html(302, ''), headers: { ...HTML, Location: origin + urlOf(request) } }));
/** The OMERO session is gone when these requests come (logging in again gives a new one). */
export const expiry =
  (when: When): Interceptor =>
  (request, answer, controls) => {
    if (!/\/(login|token|servers)\/$/.test(request.path) && when(request)) controls.expireSessions();
    return answer();
  };

/** A 500 as omero-web words it. */
export const serverError = (when: When, message = 'Broken'): Interceptor => instead(when, () => error500(message));

const EMPTY: Reply = { status: 200, headers: {}, body: '' };
const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const LOGIN_PAGE = `<!DOCTYPE html>
<html><head><title>OMERO.web - Login</title></head><body>
<form action="/webclient/login/" method="post"><input name="username"/><input name="password" type="password"/></form>
</body></html>
`;
const REASONS = {
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
} as const;

const errorPage = (status: keyof typeof REASONS): string =>
  `<html>\n<head><title>${status} ${REASONS[status]}</title></head>\n<body>\n<center><h1>${status} ${REASONS[status]}</h1></center>\n</body>\n</html>\n`;

/** The answer of a view that raised an exception. */
export function error500(message: string): Reply {
  const stacktrace = `Traceback (most recent call last):\n  File "omeroweb/...", line 0, in ...\nException: ${message}\n`;
  return {
    status: 500,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message, stacktrace }),
  };
}

const html = (status: number, body: string, more: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { ...HTML, ...more },
  body,
});

function retryAfterHeader({ seconds, as }: { readonly seconds: number; readonly as?: 'seconds' | 'date' }) {
  const date = new Date(Date.now() + seconds * 1000).toUTCString();
  return { 'Retry-After': as === 'date' ? date : String(seconds) };
}

function counted(test: (count: number) => boolean): When {
  let count = 0;
  return () => test((count += 1));
}

function countUp(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

/** A timer that keeps nobody alive. */
const wait = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { ref: false });

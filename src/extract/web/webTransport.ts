import { OmegraphError } from '../../errors.js';
import { circuitBreaker } from './circuitBreaker.js';
import type { Hopeless } from './connectTrouble.js';
import { cookieJar, type WebCookies } from './cookieJar.js';
import { exchange, type WebAnswer, type WebRequest } from './exchange.js';
import { judge, type Verdict } from './judge.js';
import { backoff, type Phase, retriesOf, type Trouble } from './patience.js';
import { secretKeeper, type Secrets } from './secrets.js';
import { sessionSigns, type SessionSigns } from './sessionSigns.js';
import { type StopSign, stopSign } from './stopSign.js';
import { pathBelow } from './webBase.js';
import type { WebClock } from './webClock.js';

/** Something to ask the server. */
export interface Asking {
  readonly url: URL;
  readonly phase: Phase;
  /** Form fields of a POST. */
  readonly form?: readonly (readonly [name: string, value: string])[] | undefined;
  /** The token that a POST needs (Django's CSRF protection). */
  readonly token?: string | undefined;
}

/** What came of it once waiting was over. */
export type Settled = Extract<Verdict, { is: 'json' | 'loggedOut' | 'refused' | 'trouble' }> & {
  readonly headers?: Headers | undefined;
};

/** Numbers of a session so far. */
export interface WebStatistics {
  /** Requests sent, tries and logins included. */
  readonly requests: number;
  readonly retries: number;
  /** Received, inflated. */
  readonly bytes: number;
  /** Spent on answers, added up over requests that ran side by side. */
  readonly seconds: number;
}

/** Requests to one OMERO.web, with cookies, patience and limits; knows nothing of logins. */
export interface WebTransport {
  readonly base: URL;
  readonly cookies: WebCookies;
  readonly secrets: Secrets;
  readonly signs: SessionSigns;
  readonly stop: StopSign;
  readonly clock: WebClock;
  readonly statistics: WebStatistics;
  /** When the last request was sent. */
  readonly lastAsked: number;
  /**
   * Asks until there is an answer or patience ends.
   * @throws OmegraphError `server` when nothing will work, `limit` when the budget is used up; the signal's reason.
   */
  settle(asking: Asking): Promise<Settled>;
  /** One try, whatever comes of it. @throws as `settle`. */
  tryOnce(asking: Asking): Promise<WebAnswer | Trouble | Hopeless>;
  /** One last request that neither the stop sign nor the budget keeps back; never throws. */
  farewell(asking: Asking): Promise<void>;
  /** Says something to the user on the way. */
  say(text: string): void;
}

/** What a transport needs to know. */
export interface TransportOptions {
  readonly base: URL;
  readonly userAgent: string;
  /** Only to keep the password out of messages. */
  readonly credentials?: { readonly password: string } | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly maxRequests?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: ((why: string) => void) | undefined;
  readonly clock: WebClock;
}

const TIMEOUT_SECONDS = 90;
const MAX_BYTES = 256 * 2 ** 20;
const FAREWELL_SECONDS = 5;
const MAX_REDIRECTS = 3;
const SAID_WAIT = 2000;
const STAYS = 'what is saved stays; run the same command again';

/** A transport with an empty cookie jar. */
export async function webTransport(options: TransportOptions): Promise<WebTransport> {
  const { base, clock } = options;
  const cookies = await cookieJar();
  const secrets = secretKeeper(() => cookies.values());
  if (options.credentials !== undefined) secrets.add(options.credentials.password);
  const signs = sessionSigns();
  const stop = stopSign(options.signal);
  const breaker = circuitBreaker();
  const limits = {
    timeoutSeconds: options.timeoutSeconds ?? TIMEOUT_SECONDS,
    maxBytes: options.maxBytes ?? MAX_BYTES,
    stop,
    clock,
  };
  const count = { requests: 0, retries: 0, bytes: 0, seconds: 0 };
  let lastAsked = clock.now();
  let quietUntil = 0;

  /** Without what the server may have put into it. */
  const clean = <T extends { readonly wrong: string; readonly found?: string | undefined }>(said: T): T => ({
    ...said,
    wrong: secrets.clean(said.wrong),
    ...(said.found !== undefined && { found: secrets.clean(said.found) }),
  });
  const broken = (wrong: string, found: string | undefined, remedy: string): OmegraphError =>
    new OmegraphError('server', { where: base.href, remedy, ...clean({ wrong, found }) });
  const pathOf = (asking: Asking): string => secrets.clean(pathBelow(base, asking.url));

  function requestOf({ url, form, token }: Asking): WebRequest {
    const cookie = cookies.headerFor(url);
    return {
      url,
      headers: {
        Accept: 'application/json',
        'User-Agent': options.userAgent,
        'X-Requested-With': 'XMLHttpRequest',
        ...(cookie !== '' && { Cookie: cookie }),
        ...(token !== undefined && { 'X-CSRFToken': token }),
        ...(form !== undefined && { Referer: base.href, 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: new URLSearchParams(form as [string, string][]).toString() }),
    };
  }

  async function tryOnce(asking: Asking): Promise<WebAnswer | Trouble | Hopeless> {
    if (options.maxRequests !== undefined && count.requests >= options.maxRequests)
      throw new OmegraphError('limit', {
        where: base.href,
        wrong: `the budget of ${options.maxRequests} requests is used up`,
        remedy: 'raise it, or choose less; what is saved stays',
      });
    count.requests += 1;
    lastAsked = clock.now();
    const answer = await exchange(requestOf(asking), limits);
    if ('headers' in answer) {
      count.bytes += answer.bytes;
      count.seconds += answer.seconds;
      cookies.keep(answer.headers.getSetCookie(), asking.url);
    }
    signs.see('headers' in answer ? answer.headers.getSetCookie() : undefined);
    return answer;
  }

  /** One try with the redirects that stay within the base. */
  async function tryThrough(asking: Asking): Promise<Verdict & { headers?: Headers }> {
    let { url } = asking;
    for (let hops = 0; ; hops += 1) {
      const answer = await tryOnce({ ...asking, url });
      if (!('headers' in answer))
        return answer.kind === 'hopeless' ? { is: 'hopeless', hopeless: answer } : { is: 'trouble', trouble: answer };
      const verdict = judge(answer, { url, base, now: clock.now() });
      // A form is not sent a second time to wherever the server points.
      if (verdict.is !== 'moved' || asking.form !== undefined) return { ...verdict, headers: answer.headers };
      if (hops >= MAX_REDIRECTS)
        return { is: 'refused', status: answer.status, wrong: `the server leads on more than ${MAX_REDIRECTS} times` };
      url = verdict.to;
    }
  }

  async function waitFor(trouble: Trouble, attempt: number, asking: Asking): Promise<void> {
    const milliseconds = Math.max(backoff(attempt, clock.random), trouble.retryAfter ?? 0);
    // One that is asked to wait makes all wait.
    if (trouble.kind === 'busy') quietUntil = Math.max(quietUntil, clock.now() + milliseconds);
    if (milliseconds >= SAID_WAIT)
      options.onWait?.(`${pathOf(asking)}: ${trouble.wrong}; trying again in ${Math.ceil(milliseconds / 1000)} s`);
    await clock.pause(milliseconds, stop);
  }

  async function settle(asking: Asking): Promise<Settled> {
    for (let attempt = 0; ; attempt += 1) {
      stop.check();
      const quiet = quietUntil - clock.now();
      if (quiet > 0) await clock.pause(quiet, stop);
      const verdict = await tryThrough(asking);
      switch (verdict.is) {
        case 'hopeless':
          throw broken(verdict.hopeless.wrong, verdict.hopeless.found, verdict.hopeless.remedy);
        case 'moved':
          return { is: 'refused', status: 302, wrong: 'the server leads elsewhere' };
        case 'refused':
          return clean(verdict);
        case 'json':
          breaker.worked();
          return verdict;
        case 'loggedOut':
          return verdict;
        case 'trouble': {
          const trouble = clean(verdict.trouble);
          if (attempt < retriesOf(trouble.kind, asking.phase)) {
            count.retries += 1;
            await waitFor(trouble, attempt, asking);
            continue;
          }
          giveUp(trouble, asking);
          return { is: 'trouble', trouble };
        }
      }
    }
  }

  /** @throws OmegraphError when there is no use in asking for something else. */
  function giveUp(trouble: Trouble, asking: Asking): void {
    const said = `${pathOf(asking)}: ${trouble.wrong}`;
    if (asking.phase === 'opening') throw broken(trouble.wrong, trouble.found, trouble.remedy);
    if (trouble.kind === 'unreachable') throw broken(trouble.wrong, trouble.found, `${trouble.remedy}; ${STAYS}`);
    const isOpen = trouble.kind === 'failed' ? breaker.refused() : breaker.failed();
    if (isOpen) throw broken(`too many requests failed in a row, the last: ${said}`, trouble.found, STAYS);
  }

  return {
    base,
    cookies,
    secrets,
    signs,
    stop,
    clock,
    get statistics() {
      return { ...count };
    },
    get lastAsked() {
      return lastAsked;
    },
    settle,
    tryOnce,
    async farewell(asking) {
      try {
        await exchange(requestOf(asking), { ...limits, timeoutSeconds: FAREWELL_SECONDS, stop: stopSign() });
      } catch {
        // Nobody waits for it.
      }
    },
    say: (text) => options.onWait?.(secrets.clean(text)),
  };
}

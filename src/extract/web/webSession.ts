import { OmegraphError } from '../../errors.js';
import type { Json } from '../json.js';
import { limiter } from './limiter.js';
import { belowBase, pathBelow, webBase } from './webBase.js';
import { realClock, type WebClock } from './webClock.js';
import { WebFailure } from './webFailure.js';
import { chooseServer, findApi, listServers, type WebCredentials, type WebUser } from './webLogin.js';
import { type WebMembership, webMembership } from './webMembership.js';
import { type WebStatistics, webTransport } from './webTransport.js';

export { WebFailure } from './webFailure.js';
export type { WebCredentials, WebUser } from './webLogin.js';

/** Names and values of a query; names may repeat. */
export type Query = readonly (readonly [name: string, value: string | number])[];

/** An open session with an OMERO.web; only reads. */
export interface WebSession {
  /** The base as it is used: ends in `/`, without user. */
  readonly url: string;
  /** Who is logged in; nobody where the server shows things to the public. */
  readonly user: WebUser | undefined;
  /**
   * JSON of a path below the base (`api/v0/m/projects/`); waits its turn, tries again, logs in again once.
   * @throws WebFailure when the server refuses or fails at this request; OmegraphError when nothing works any more; the
   * signal's reason when it fires.
   */
  get(path: string, query?: Query): Promise<Json>;
  /** Body of a path below the base as it is, whatever its status. @throws as `get`. */
  text(path: string): Promise<string>;
  readonly statistics: WebStatistics;
  /** Logs out; never throws. */
  close(): Promise<void>;
}

/** How to open a session. */
export interface WebSessionOptions {
  /** Address of OMERO.web with its prefix; a pasted `/webclient/…` or `/api/…` is left out. */
  readonly url: string;
  /** Id, host or name, where OMERO.web offers several servers. */
  readonly server?: string | number | undefined;
  /** Without them the session is the public user's. */
  readonly credentials?: WebCredentials | undefined;
  /** Requests under way at the same time; default 2, because OMERO.web has five workers for everybody. */
  readonly connections?: number | undefined;
  /** Seconds without a byte after which an answer is given up; default 90. */
  readonly timeoutSeconds?: number | undefined;
  /** Requests after which the run stops. */
  readonly maxRequests?: number | undefined;
  /** `omegraph/1.2.3 (+https://…)`. */
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  /** Hears why the session waits, and what it corrected. */
  readonly onWait?: ((why: string) => void) | undefined;
}

const CONNECTIONS = 2;
/** OMERO ends a session after ten idle minutes. */
const IDLE_MILLISECONDS = 300_000;

/**
 * Opens a session: finds the API, chooses the server, logs in, or finds out what the public may see.
 * @throws OmegraphError `input` for a bad address, `config` when a server must be chosen, `server` for all that is wrong
 * with the server or the login; the signal's reason.
 */
export async function openWebSession(options: WebSessionOptions, clock: WebClock = realClock): Promise<WebSession> {
  const { url: base, said } = webBase(options.url);
  const transport = await webTransport({ ...options, base, clock });
  const { stop } = transport;
  const turns = limiter(Math.max(1, options.connections ?? CONNECTIONS), stop);
  let membership: WebMembership;
  try {
    if (said !== undefined) transport.say(said);
    const api = await findApi(transport);
    const server = chooseServer(await listServers(transport, api, 'opening'), options.server, base.href);
    membership = await webMembership(transport, api, server, options.credentials);
  } catch (error) {
    stop.release();
    throw error;
  }

  const at = (path: string, query: Query = []): URL => {
    const url = belowBase(base, path.replace(/^\/+/, ''));
    if (url === undefined)
      throw new OmegraphError('input', {
        where: base.href,
        wrong: 'a path leads out of the address',
        found: path,
        remedy: 'tell us; this is a mistake in omegraph or in the answers of the server',
      });
    for (const [name, value] of query) url.searchParams.append(name, String(value));
    return url;
  };

  const get = (path: string, query?: Query): Promise<Json> => {
    const url = at(path, query);
    const where = (): string => transport.secrets.clean(pathBelow(base, url));
    return turns.run(async () => {
      for (let wasClosed = false; ;) {
        const login = membership.login;
        const { settled, isOurs } = await membership.asMember(() => transport.settle({ url, phase: 'running' }));
        if (!isOurs) continue;
        switch (settled.is) {
          case 'json':
            membership.worked(login);
            return settled.json;
          case 'loggedOut':
            if (await membership.renew(login)) continue;
            // Once may be a whim of a proxy.
            if (!wasClosed) {
              wasClosed = true;
              continue;
            }
            throw new WebFailure({ status: 403, path: where(), wrong: 'the server does not open this to the session' });
          case 'refused':
            throw new WebFailure({ ...settled, path: where() });
          case 'trouble':
            throw new WebFailure({ ...settled.trouble, path: where() });
        }
      }
    });
  };

  const text = (path: string): Promise<string> => {
    const url = at(path);
    return turns.run(async () => {
      const answer = await transport.tryOnce({ url, phase: 'opening' });
      if ('headers' in answer) return answer.text;
      const { wrong, found } = answer;
      throw new WebFailure({ status: 504, path: pathBelow(base, url), wrong, found });
    });
  };

  const stopPinging = clock.every(IDLE_MILLISECONDS / 5, () => {
    if (clock.now() - transport.lastAsked < IDLE_MILLISECONDS) return;
    // A ping that fails is of no interest: the next request finds out.
    void text('webclient/keepalive_ping/').catch(() => undefined);
  });

  return {
    url: base.href,
    get user() {
      return membership.user;
    },
    get,
    text,
    get statistics() {
      return transport.statistics;
    },
    async close() {
      stopPinging();
      await membership.logOut();
      stop.release();
    },
  };
}

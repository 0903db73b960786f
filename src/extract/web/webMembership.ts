import { OmegraphError } from '../../errors.js';
import type { Phase } from './patience.js';
import { isOpenToPublic, sessionUser } from './publicTakeover.js';
import { logIn, saidIn, type WebApi, type WebCredentials, type WebServer, type WebUser } from './webLogin.js';
import type { Settled, WebTransport } from './webTransport.js';

/** Being logged in, or being the public user. */
export interface WebMembership {
  /** Nobody for the public user. */
  readonly user: WebUser | undefined;
  /** Number of the login that requests are made with now. */
  readonly login: number;
  /** A request of this login worked. */
  worked(login: number): void;
  /**
   * Makes the session good again after a request of this login was answered as if nobody were logged in.
   * @returns whether to ask again; false when the session is alive and only this request is refused.
   * @throws OmegraphError when the session is gone although it was just renewed.
   */
  renew(login: number): Promise<boolean>;
  /**
   * Asks, and says whether the answer is for the account that is logged in: where the server shows things to the public, an
   * ended session is answered as the public user, which sees less. One that is not is to be asked for again, as someone
   * who is logged in again by then.
   * @throws OmegraphError when the session is gone although it was just renewed.
   */
  asMember(ask: () => Promise<Settled>): Promise<{ readonly settled: Settled; readonly isOurs: boolean }>;
  /** Logs out; never throws. */
  logOut(): Promise<void>;
}

/**
 * Logs in with the credentials; without them finds out whether the public user may read.
 * @throws OmegraphError that says what to do.
 */
export async function webMembership(
  transport: WebTransport,
  api: WebApi,
  server: WebServer,
  credentials: WebCredentials | undefined,
): Promise<WebMembership> {
  let login = 0;
  let proven = 0;
  let user: WebUser | undefined;
  let token = '';
  let renewing: Promise<boolean> | undefined;
  /** Whether the server answers those whose session has ended as the public user. */
  let isOpen = false;
  /** Signs of another session that turned out to mean nothing. */
  let cleared = 0;
  const underWay = new Set<Promise<unknown>>();

  const enter = async (phase: Phase): Promise<void> => {
    if (credentials === undefined) return;
    ({ user, token } = await logIn(transport, api, server, credentials, phase));
    if (!isOpen) return;
    // The first answers of a session set its cookie too.
    await transport.tryOnce({ url: cheapObjects(api), phase });
    await sessionUser(transport);
    cleared = transport.signs.count;
  };

  /** Whether the session is the account's; where the server does not tell, `unknown`. */
  const isAlive = async (unknown: () => Promise<boolean>): Promise<boolean> => {
    const before = transport.signs.count;
    const found = isOpen ? await sessionUser(transport) : undefined;
    if (found === undefined) return unknown();
    // What came meanwhile may be newer than the answer.
    if (found === user?.id) cleared = Math.max(cleared, before);
    return found === user?.id;
  };
  const answersObjects = async (): Promise<boolean> =>
    (await transport.settle({ url: cheapObjects(api), phase: 'running' })).is === 'json';

  const enterAgain = async (): Promise<void> => {
    if (login !== proven) throw goneTwice(transport);
    transport.cookies.clear();
    transport.say('the session has ended; logging in again');
    await enter('running');
    login += 1;
  };
  /** Only one at a time finds out; the others wait for it. */
  const renewOnce = (unknown: () => Promise<boolean>): Promise<boolean> => {
    renewing ??= (async () => {
      if (await isAlive(unknown)) return false;
      await enterAgain();
      return true;
    })().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  if (credentials === undefined) await lookAsPublic(transport, api);
  else {
    checkCredentials(transport, credentials);
    transport.signs.attend();
    isOpen = await isOpenToPublic(transport, api);
    transport.cookies.clear();
    await enter('opening');
  }

  return {
    get user() {
      return user;
    },
    get login() {
      return login;
    },
    worked(of) {
      proven = Math.max(proven, of);
    },
    async renew(of) {
      // Another request that was under way has renewed it in the meantime.
      if (of !== login) return true;
      return renewOnce(answersObjects);
    },
    async asMember(ask) {
      if (!isOpen) return { settled: await ask(), isOurs: true };
      const of = login;
      const asking = ask();
      underWay.add(asking);
      try {
        const settled = await asking;
        underWay.delete(asking);
        // Who is not logged in, and what does not work, shows by itself.
        if (settled.is === 'loggedOut' || settled.is === 'trouble') return { settled, isOurs: true };
        // The sign may come with the answer to another request that the server got first.
        await Promise.allSettled(underWay);
        const signs = transport.signs.count;
        while (of === login && cleared < signs) {
          // A server that does not tell is not believed.
          await renewOnce(() => Promise.resolve(false));
        }
        return { settled, isOurs: of === login };
      } finally {
        underWay.delete(asking);
      }
    },
    async logOut() {
      if (user === undefined) return;
      await transport.farewell({
        url: new URL('webclient/logout/', transport.base),
        phase: 'opening',
        token,
        form: [['csrfmiddlewaretoken', token]],
      });
    },
  };
}

/** Requests that cost the server next to nothing and show whether a part of it is open. */
const cheapObjects = (api: WebApi): URL => new URL('m/projects/?limit=0', api.root);
const cheapAnnotations = ({ base }: WebTransport): URL => new URL('webclient/api/annotations/?image=0', base);

/** @throws OmegraphError that says which part of the server is not open to everybody. */
async function lookAsPublic(transport: WebTransport, api: WebApi): Promise<void> {
  const parts: readonly (readonly [string, Settled])[] = [
    ['/api/ (objects)', await transport.settle({ url: cheapObjects(api), phase: 'opening' })],
    ['/webclient/ (annotations)', await transport.settle({ url: cheapAnnotations(transport), phase: 'opening' })],
  ];
  const closed = parts.filter(([, settled]) => settled.is !== 'json');
  const [first] = closed;
  if (first === undefined) return;
  const isAll = closed.length === parts.length;
  throw new OmegraphError('server', {
    where: transport.base.href,
    wrong: isAll
      ? 'nobody is logged in, and the server shows nothing to the public'
      : `nobody is logged in, and the server does not open ${first[0]} to the public`,
    found: saidIn(first[1]),
    remedy: isAll
      ? 'give user and password (OMERO_USER and OMERO_PASSWORD, or a netrc file)'
      : 'give user and password, or ask the OMERO administrator to widen omero.web.public.url_filter',
  });
}

function checkCredentials(transport: WebTransport, { username, password }: WebCredentials): void {
  const missing = username === '' ? 'user name' : password === '' ? 'password' : undefined;
  if (missing === undefined) return;
  throw new OmegraphError('input', {
    where: transport.base.href,
    wrong: `the ${missing} is empty`,
    remedy: 'give user and password (OMERO_USER and OMERO_PASSWORD, or a netrc file), or neither for the public user',
  });
}

function goneTwice(transport: WebTransport): OmegraphError {
  return new OmegraphError('server', {
    where: transport.base.href,
    wrong: 'the session has ended again right after logging in',
    remedy:
      'what is saved stays; run the same command again, and if it stays, ask the OMERO administrator whether the account is closed or the server restarts',
  });
}

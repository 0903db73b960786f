import { OmegraphError } from '../../errors.js';
import type { Phase } from './patience.js';
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

  const enter = async (phase: Phase): Promise<void> => {
    if (credentials === undefined) return;
    ({ user, token } = await logIn(transport, api, server, credentials, phase));
  };

  const renewOnce = async (): Promise<boolean> => {
    const probe = await transport.settle({ url: cheapObjects(api), phase: 'running' });
    if (probe.is === 'json') return false;
    if (login !== proven) throw goneTwice(transport);
    transport.cookies.clear();
    transport.say('the session has ended; logging in again');
    await enter('running');
    login += 1;
    return true;
  };

  if (credentials === undefined) await lookAsPublic(transport, api);
  else {
    checkCredentials(transport, credentials);
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
      renewing ??= renewOnce().finally(() => {
        renewing = undefined;
      });
      return renewing;
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

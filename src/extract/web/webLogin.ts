import { OmegraphError } from '../../errors.js';
import { asArray, asObject, asText, type Json, type JsonObject } from '../json.js';
import type { Phase } from './patience.js';
import { belowBase } from './webBase.js';
import type { Settled, WebTransport } from './webTransport.js';

/** User name and password of an OMERO account. */
export interface WebCredentials {
  readonly username: string;
  readonly password: string;
}

/** Who is logged in, from the event context of the login. */
export interface WebUser {
  readonly id: number;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly memberOfGroups: readonly number[];
  readonly leaderOfGroups: readonly number[];
}

/** An OMERO server that an OMERO.web can log in to. */
export interface WebServer {
  readonly id: number;
  readonly host: string;
  readonly port: number | undefined;
  readonly name: string | undefined;
}

/** Where the JSON API of an OMERO.web lives. */
export interface WebApi {
  /** Ends in `/v0/`. */
  readonly root: URL;
  /** `X-OMERO-ApiVersion`, where the server tells it. */
  readonly version: string | undefined;
  /** The server's clock, as it writes it. */
  readonly date: string | undefined;
}

const NOT_OMERO = 'check the address: it is what stands before /webclient/ in the browser, its prefix included';

/** Finds version 0 of the JSON API. @throws OmegraphError when there is none. */
export async function findApi(transport: WebTransport, phase: Phase = 'opening'): Promise<WebApi> {
  const { base } = transport;
  const settled = await transport.settle({ url: new URL('api/', base), phase });
  const versions = settled.is === 'json' ? asArray(asObject(settled.json)?.data) : undefined;
  if (settled.is !== 'json' || versions === undefined)
    throw wrongAt(transport, 'this is no OMERO.web, or its JSON API is closed', saidIn(settled), NOT_OMERO);
  const v0 = versions.map(asObject).find((v) => String(v?.version) === '0');
  const address = asText(v0?.['url:base']);
  if (address === undefined)
    throw wrongAt(
      transport,
      'this OMERO.web does not offer version 0 of the JSON API',
      versions.map((v) => String(asObject(v)?.version)).join(', '),
      'OMERO.web 5.3 or later is needed; tell us if yours is newer than 5.31',
    );
  const headerOf = (name: string): string | undefined => settled.headers?.get(name) ?? undefined;
  const root = belowBase(base, address.endsWith('/') ? address : `${address}/`) ?? new URL('api/v0/', base);
  return { root, version: headerOf('x-omero-apiversion'), date: headerOf('date') };
}

/** The servers to choose from. @throws OmegraphError when the answer is no list of servers. */
export async function listServers(transport: WebTransport, api: WebApi, phase: Phase): Promise<readonly WebServer[]> {
  const settled = await transport.settle({ url: new URL('servers/', api.root), phase });
  const rows = settled.is === 'json' ? asArray(asObject(settled.json)?.data)?.map(asObject) : undefined;
  const servers = rows?.flatMap((row) => {
    const id = idOf(row?.id);
    return row === undefined || id === undefined
      ? []
      : [{ id, host: asText(row.host) ?? '', port: idOf(row.port), name: asText(row.server) }];
  });
  if (servers === undefined || servers.length === 0)
    throw wrongAt(transport, 'the list of OMERO servers is missing', saidIn(settled), NOT_OMERO);
  return servers;
}

/** The server meant: the only one, or the one with this id, host or name. @throws OmegraphError `config`. */
export function chooseServer(
  servers: readonly WebServer[],
  wanted: string | number | undefined,
  where: string,
): WebServer {
  const [first] = servers;
  if (wanted === undefined && servers.length === 1 && first !== undefined) return first;
  const text = String(wanted).toLowerCase();
  const fits = servers.filter(
    (s) =>
      String(s.id) === text ||
      s.name?.toLowerCase() === text ||
      s.host.toLowerCase() === text ||
      `${s.host}:${s.port ?? ''}`.toLowerCase() === text,
  );
  const exact = fits.find((s) => String(s.id) === text) ?? (fits.length === 1 ? fits[0] : undefined);
  if (wanted !== undefined && exact !== undefined) return exact;
  const list = servers.map(
    (s) => `${s.id}: ${s.name ?? s.host} (${s.host}${s.port === undefined ? '' : `:${s.port}`})`,
  );
  throw new OmegraphError('config', {
    where: 'server',
    wrong:
      wanted === undefined
        ? `${where} offers several OMERO servers`
        : fits.length > 1
          ? `several OMERO servers at ${where} are meant`
          : `${where} has no such OMERO server`,
    ...(wanted !== undefined && { found: String(wanted) }),
    remedy: `name one by id, host or name: ${list.join(', ')}`,
  });
}

/**
 * Logs in: token, then a form with user, password and server.
 * @throws OmegraphError that says what to do; never with the password.
 */
export async function logIn(
  transport: WebTransport,
  api: WebApi,
  server: WebServer,
  credentials: WebCredentials,
  phase: Phase,
): Promise<{ user: WebUser; token: string }> {
  const token = await freshToken(transport, api, phase);
  const settled = await transport.settle({
    url: new URL('login/', api.root),
    phase,
    token,
    form: [
      ['username', credentials.username],
      ['password', credentials.password],
      ['server', String(server.id)],
      ['csrfmiddlewaretoken', token],
    ],
  });
  const answer = settled.is === 'json' ? asObject(settled.json) : undefined;
  const context = asObject(answer?.eventContext);
  const uuid = asText(context?.sessionUuid);
  if (uuid !== undefined) transport.secrets.add(uuid);
  const user = answer?.success === true && context !== undefined ? userOf(context) : undefined;
  if (user === undefined) throw loginFailed(transport, settled);
  return { user, token };
}

/** A token for a POST (Django's CSRF protection); its cookie goes into the jar. */
export async function freshToken(transport: WebTransport, api: WebApi, phase: Phase): Promise<string> {
  const settled = await transport.settle({ url: new URL('token/', api.root), phase });
  const token = settled.is === 'json' ? asText(asObject(settled.json)?.data) : undefined;
  if (token === undefined) throw wrongAt(transport, 'no token for the login is given', saidIn(settled), NOT_OMERO);
  transport.secrets.add(token);
  return token;
}

function loginFailed(transport: WebTransport, settled: Settled): OmegraphError {
  const said = saidIn(settled);
  if (settled.is === 'refused' && settled.status === 403) {
    if (/csrf|referer|origin/i.test(said ?? ''))
      return wrongAt(
        transport,
        'the login is refused by the protection against forged requests',
        said,
        'write the address exactly as people open it in the browser (host, https, prefix); if it is right, the proxy drops cookies or the Referer header',
      );
    if (/^server:/i.test(said ?? ''))
      return wrongAt(
        transport,
        'OMERO.web does not take this server',
        said,
        'choose another one with the server option',
      );
    return wrongAt(
      transport,
      'the login is refused',
      said,
      'check user name and password in the browser; if they are right, OMERO.web cannot reach its OMERO server',
    );
  }
  if (settled.is === 'loggedOut' || settled.is === 'refused')
    return wrongAt(
      transport,
      'the login leads to a page instead of an answer',
      said,
      'if people sign in elsewhere (single sign-on, second factor), ask the OMERO administrator for an account with an OMERO password',
    );
  return wrongAt(transport, 'the login is not confirmed', said, 'check user name and password in the browser');
}

function userOf(context: JsonObject): WebUser | undefined {
  const id = idOf(context.userId);
  if (id === undefined) return undefined;
  return {
    id,
    name: asText(context.userName) ?? String(id),
    isAdmin: context.isAdmin === true,
    memberOfGroups: idsOf(context.memberOfGroups),
    leaderOfGroups: idsOf(context.leaderOfGroups),
  };
}

const idOf = (json: Json | undefined): number | undefined => {
  const n = typeof json === 'number' || (typeof json === 'string' && json !== '') ? Number(json) : Number.NaN;
  return Number.isInteger(n) ? n : undefined;
};
const idsOf = (json: Json | undefined): readonly number[] => (asArray(json) ?? []).flatMap((id) => idOf(id) ?? []);

/** What the server said, if anything. */
export function saidIn(settled: Settled): string | undefined {
  switch (settled.is) {
    case 'json':
      return asText(asObject(settled.json)?.message);
    case 'loggedOut':
      return 'not logged in';
    case 'refused':
      return settled.found === undefined ? settled.wrong : `${settled.status}: ${settled.found}`;
    case 'trouble':
      return settled.trouble.wrong;
  }
}

function wrongAt(transport: WebTransport, wrong: string, found: string | undefined, remedy: string): OmegraphError {
  const clean = found === undefined ? undefined : transport.secrets.clean(found);
  return new OmegraphError('server', { where: transport.base.href, wrong, found: clean, remedy });
}

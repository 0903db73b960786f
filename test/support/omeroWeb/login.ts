import { json } from './answers.js';
import type { Reply } from './intercept.js';
import type { PythonValue } from './pythonJson.js';
import type { OmeroWebOptions } from './serverOptions.js';
import type { Sessions, WebSession } from './sessions.js';
import type { Store } from './store.js';
import { viewerOf } from './viewer.js';
import type { IncomingHttpHeaders } from 'node:http';

const SEEN = { Vary: 'Cookie' };
const DEFAULT_SERVERS = [{ host: 'localhost', port: 4064, server: 'omero' }] as const;

/** `/api/v0/servers/`. */
export const serverList = (options: OmeroWebOptions): Reply =>
  json({ data: serversOf(options).map((server, at) => ({ id: at + 1, ...server })) }, 200, {
    'X-OMERO-ApiVersion': '0.2',
  });

const serversOf = (options: OmeroWebOptions) => options.servers ?? DEFAULT_SERVERS;

/** The form of a POST: urlencoded or, in new versions, JSON. */
export function formOf(headers: IncomingHttpHeaders, body: string): URLSearchParams {
  if (!(headers['content-type'] ?? '').startsWith('application/json')) return new URLSearchParams(body);
  try {
    const fields = JSON.parse(body) as Record<string, unknown>;
    return new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]));
  } catch {
    return new URLSearchParams();
  }
}

/** POST `/api/v0/login/` after the CSRF check. */
export function login(
  store: Store,
  options: OmeroWebOptions,
  sessions: Sessions,
  headers: IncomingHttpHeaders,
  form: URLSearchParams,
): Reply {
  const fields = ['server', 'username', 'password'].filter((name) => (form.get(name) ?? '') === '');
  const others = [...form.keys()].filter((name) => name !== 'csrfmiddlewaretoken');
  if (fields.length > 0) {
    const session = sessions.ofCookie(headers);
    if (others.length === 0 && session?.isAlive === true && !session.isPublic) return success(store, sessions, session);
    const label = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
    return json({ message: fields.map((name) => `${label(name)}: This field is required.`).join(' ') }, 403, SEEN);
  }
  const server = Number(form.get('server'));
  if (serversOf(options)[server - 1] === undefined) {
    const message = 'Server: Select a valid choice. That choice is not one of the available choices.';
    return json({ message }, 403, SEEN);
  }
  const userId = sessions.userWith(form.get('username'), form.get('password'));
  if (userId === undefined) {
    return json({ message: 'Connection not available, please check your user name and password.' }, 403);
  }
  return success(store, sessions, sessions.open(userId, headers));
}

function success(store: Store, sessions: Sessions, session: WebSession): Reply {
  const reply = json({ success: true, eventContext: eventContext(store, session) }, 200, SEEN);
  return { ...reply, headers: { ...reply.headers, 'Set-Cookie': [sessions.cookie(session)] } };
}

function eventContext(store: Store, session: WebSession): PythonValue {
  const user = store.byId('users', session.userId);
  const groups = store.rows.groups.filter((group) => group.members.includes(session.userId));
  const current = groups.find((group) => group.id === user?.defaultGroup) ?? groups[0];
  return {
    sessionId: session.sessionId,
    sessionUuid: session.sessionUuid,
    userId: session.userId,
    userName: user?.userName ?? '',
    groupId: current?.id ?? -1,
    groupName: current?.name ?? '',
    isAdmin: viewerOf(store, session.userId).isAdmin,
    eventId: -1,
    eventType: 'User',
    memberOfGroups: groups.map((group) => group.id).sort((a, b) => a - b),
    leaderOfGroups: groups.filter((group) => group.leaders?.includes(session.userId)).map((group) => group.id),
  };
}

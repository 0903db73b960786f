import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { HeardRequest } from './intercept.js';
import type { OmeroWebOptions } from './serverOptions.js';
import type { Store } from './store.js';

/** A Django session with the OMERO session behind it. */
export interface WebSession {
  readonly key: string;
  userId: number;
  isPublic: boolean;
  sessionId: number;
  sessionUuid: string;
  /** Whether the OMERO session still lives. */
  isAlive: boolean;
  /** Applications that have written into the session: the first answer of each sets the cookie again. */
  readonly touchedBy: Set<'api' | 'web'>;
}

/** All sessions of a server. */
export interface Sessions {
  /** The live session of a request: its cookie, a session or password in the query, or the public user. */
  of(request: HeardRequest, fullPath: string): WebSession | undefined;
  /** The session of the cookie, alive or not. */
  ofCookie(headers: IncomingHttpHeaders): WebSession | undefined;
  /** Opens an OMERO session in the session of the cookie or a new one. */
  open(userId: number, headers: IncomingHttpHeaders, isPublic?: boolean): WebSession;
  close(session: WebSession): void;
  expireAll(): void;
  /** OMERO sessions alive. */
  readonly count: number;
  cookie(session: WebSession): string;
  /** The user with that name and password on a server that exists. */
  userWith(name: string | null, password: string | null): number | undefined;
}

/** The cookies of a request. */
export function cookiesOf(headers: IncomingHttpHeaders): ReadonlyMap<string, string> {
  const pairs = (headers.cookie ?? '').split(/;\s*/).filter((pair) => pair.includes('='));
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** Sessions as OMERO.web keeps them. */
export function makeSessions(store: Store, options: OmeroWebOptions): Sessions {
  const name = options.sessionCookie ?? 'sessionid';
  const byKey = new Map<string, WebSession>();
  let opened = 171_318;
  const identity = options.newSession ?? (() => ({ sessionId: (opened += 1), sessionUuid: randomUUID() }));
  const ofCookie = (headers: IncomingHttpHeaders): WebSession | undefined =>
    byKey.get(cookiesOf(headers).get(name) ?? '');
  const open = (userId: number, headers: IncomingHttpHeaders, isPublic = false): WebSession => {
    const known = ofCookie(headers);
    const session: WebSession = {
      key: known?.key ?? randomBytes(16).toString('hex'),
      userId,
      isPublic,
      ...identity(),
      isAlive: true,
      // Becoming the public user is written into the session.
      touchedBy: (isPublic ? undefined : known?.touchedBy) ?? new Set(),
    };
    byKey.set(session.key, session);
    return session;
  };
  const userWith = (userName: string | null, password: string | null): number | undefined =>
    store.rows.users.find(
      (user) => user.userName === userName && user.password !== undefined && user.password === password,
    )?.id;
  const ofQuery = ({ query, headers }: HeardRequest): WebSession | undefined => {
    if ((options.servers ?? []).length > 1 && !query.has('server')) return undefined;
    const uuid = query.get('bsession');
    if (uuid !== null) return [...byKey.values()].find((session) => session.isAlive && session.sessionUuid === uuid);
    const userId = query.has('username') ? userWith(query.get('username'), query.get('password')) : undefined;
    return userId === undefined ? undefined : open(userId, headers);
  };
  const ofPublic = (request: HeardRequest, fullPath: string): WebSession | undefined => {
    const { publicUser } = options;
    if (publicUser === undefined || request.method !== 'GET') return undefined;
    if (publicUser.urlFilter !== undefined && !publicUser.urlFilter.test(fullPath)) return undefined;
    return open(publicUser.id, request.headers, true);
  };
  return {
    of: (request, fullPath) => {
      const session = ofCookie(request.headers);
      const isAnonymous = session?.isPublic === true;
      const filter = options.publicUser?.urlFilter;
      if (session?.isAlive === true && !isAnonymous) return session;
      if (session?.isAlive === true) return filter === undefined || filter.test(fullPath) ? session : undefined;
      return ofQuery(request) ?? ofPublic(request, fullPath);
    },
    ofCookie,
    open,
    close: (session) => {
      byKey.delete(session.key);
    },
    expireAll: () => {
      for (const session of byKey.values()) session.isAlive = false;
    },
    get count() {
      return [...byKey.values()].filter((session) => session.isAlive).length;
    },
    cookie: (session) => `${name}=${session.key}; HttpOnly; Path=/; SameSite=Lax`,
    userWith,
  };
}

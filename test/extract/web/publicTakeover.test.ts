import { describe, expect, it } from 'vitest';
import { asObject } from '../../../src/extract/json.js';
import type { WebSession } from '../../../src/extract/web/webSession.js';
import { generateOmero, READER } from '../../support/omeroWeb/generate.js';
import { changed, type Interceptor, interceptAll } from '../../support/omeroWeb/intercept.js';
import type { ServerRows } from '../../support/omeroWeb/rows.js';
import { type OmeroWebOptions, type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { exported, filesOf, removeFolder, sourceOf, temporaryFolder } from './exporting.js';
import { closeAfter, failure, open } from './sessions.js';

const EVERYBODY = 77;

/** A server that shows one group of two to everybody. */
function halfPublic(): ServerRows {
  const rows = generateOmero({ projects: 4, screens: 0, privateGroups: 0, seed: 4 });
  const first = rows.groups.find(({ id }) => id === rows.projects[0]?.group);
  if (first === undefined) throw new Error('no group');
  const open = {
    ...first,
    id: 900,
    name: 'for everybody',
    perm: 'rwr---' as const,
    members: [...first.members, EVERYBODY],
  };
  rows.groups.push(open);
  rows.users.push({ id: EVERYBODY, userName: 'public', firstName: 'Public', lastName: 'User', password: 'public' });
  for (const row of [...rows.projects, ...rows.datasets, ...rows.images]) if (row.id % 2 === 0) row.group = open.id;
  return rows;
}

async function served(options: OmeroWebOptions = {}): Promise<OmeroWebServer> {
  const server = await startOmeroWeb(openStore(halfPublic()), { publicUser: { id: EVERYBODY }, ...options });
  closeAfter(() => server.close());
  return server;
}
const opened = (server: OmeroWebServer): Promise<WebSession> =>
  open({ url: server.url, credentials: { username: READER.userName, password: READER.password } });
const projects = async (session: WebSession): Promise<unknown> =>
  asObject(asObject(await session.get('api/v0/m/projects/', [['limit', 0]]))?.meta)?.totalCount;
const logins = ({ log }: OmeroWebServer): number =>
  log.filter(({ method, path }) => method === 'POST' && path.includes('login')).length;
const pages = ({ log }: OmeroWebServer): number => log.filter(({ path }) => path === '/webclient/').length;

/** Ends all sessions before some requests. */
const ending =
  (when: (number: number) => boolean): Interceptor =>
  (request, answer, { expireSessions }) => {
    if (/\/(m|webclient\/api|webgateway)\//.test(request.path) && when(request.number)) expireSessions();
    return answer();
  };

describe('a server that shows things to the public', () => {
  it('shows its public user less than the account, with status 200', async () => {
    const server = await served();
    expect(await projects(await opened(server))).toBe(4);
    const nobody = await open({ url: server.url, credentials: undefined });
    expect(await projects(nobody)).toBe(2);
  });

  it.each([
    ['api/v0/m/projects/', 'meta'],
    ['webclient/api/tags/', 'tags'],
  ])('answers the account as before once its session has ended: %s', async (path, key) => {
    const server = await served();
    const session = await opened(server);
    const before = await session.get(path);
    expect(before).toHaveProperty(key);
    server.expireSessions();
    expect(await session.get(path)).toEqual(before);
    expect(logins(server)).toBe(2);
  });

  it('costs no more than one look at who is logged in, as long as the session lives', async () => {
    const server = await served();
    const session = await opened(server);
    for (let i = 0; i < 10; i += 1) await Promise.all([projects(session), session.get('webclient/api/tags/')]);
    expect(pages(server)).toBe(1);
    expect(logins(server)).toBe(1);
  });

  it('never lets half of two requests that run side by side be answered to the public', async () => {
    let next = 0;
    const slow: Interceptor = async (_request, answer) => {
      const reply = await answer();
      // The sign comes late, with an answer that others overtake.
      if ('Set-Cookie' in reply.headers) await new Promise((resolve) => setTimeout(resolve, 20));
      return reply;
    };
    const server = await served({ intercept: interceptAll([slow, ending(() => (next += 1) % 17 === 0)]) });
    const session = await opened(server);
    const counts = await Promise.all(Array.from({ length: 60 }, () => projects(session)));
    expect(new Set(counts)).toEqual(new Set([4]));
    expect(logins(server)).toBeGreaterThan(2);
  });

  it('is seen through when the answer that would have told is lost', async () => {
    let lose = false;
    const losing: Interceptor = async (_request, answer) => {
      const reply = await answer();
      if (!lose) return reply;
      lose = false;
      return { ...reply, mishap: { kind: 'reset' } };
    };
    const server = await served({ intercept: losing });
    const session = await opened(server);
    expect(await projects(session)).toBe(4);
    server.expireSessions();
    lose = true;
    expect(await projects(session)).toBe(4);
  });

  it('is seen through when a ping met the public user first', async () => {
    const server = await served();
    const session = await opened(server);
    server.expireSessions();
    await session.text('webclient/keepalive_ping/');
    await session.text('webclient/api/tags/');
    expect(await projects(session)).toBe(4);
  });

  it('is seen through where it opens only some of its paths', async () => {
    const server = await served({ publicUser: { id: EVERYBODY, urlFilter: /^\/api/ } });
    const session = await opened(server);
    const before = await session.get('webclient/api/tags/');
    server.expireSessions();
    expect(await session.get('webclient/api/tags/')).toEqual(before);
    server.expireSessions();
    expect(await projects(session)).toBe(4);
    expect(logins(server)).toBe(3);
  });

  it('is not mistaken by a load balancer that sets a cookie with each answer', async () => {
    let count = 0;
    const balancer = changed(
      () => true,
      (reply) => {
        const own = reply.headers['Set-Cookie'] ?? [];
        const cookies = [...(typeof own === 'string' ? [own] : own), `LB=${(count += 1)}; Path=/`];
        return { ...reply, headers: { ...reply.headers, 'Set-Cookie': cookies } };
      },
    );
    const server = await served({ intercept: balancer });
    const session = await opened(server);
    for (let i = 0; i < 5; i += 1) await projects(session);
    expect(pages(server)).toBe(1);
    server.expireSessions();
    expect(await projects(session)).toBe(4);
  });

  it('whose start page does not name the user is logged in to again at each sign', async () => {
    const silent = changed(
      ({ path }) => path === '/webclient/',
      (reply) => ({ ...reply, body: '<html>another page</html>' }),
    );
    const server = await served({ intercept: silent });
    const session = await opened(server);
    expect(await projects(session)).toBe(4);
    server.expireSessions();
    expect(await projects(session)).toBe(4);
    expect(logins(server)).toBe(2);
  });

  it('that ends each session at once stops the run', async () => {
    const server = await served({ intercept: ending((number) => number > 12) });
    const session = await opened(server);
    const error = await failure(
      (async () => {
        for (;;) await projects(session);
      })(),
    );
    expect(error).toMatchObject({ tag: 'server' });
    expect(error.message).toContain('the session has ended again right after logging in');
  });

  it('is exported whole, however often the session ends', async () => {
    const [one, two] = [await temporaryFolder(), await temporaryFolder()];
    closeAfter(() => Promise.all([removeFolder(one), removeFolder(two)]));
    let seen = 0;
    const server = await served();
    const broken = await served({ intercept: ending(() => (seen += 1) % 23 === 0) });
    await exported(sourceOf(server.url), one);
    await exported(sourceOf(broken.url), two);
    const graphs = async (folder: string): Promise<unknown> =>
      [...(await filesOf(folder))].filter(([path]) => /graphs\/(Project|orphans)/.test(path));
    expect(await graphs(two)).toEqual(await graphs(one));
    expect(logins(broken)).toBeGreaterThan(2);
  });
});

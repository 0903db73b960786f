import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { chooseServer } from '../../../src/extract/web/webLogin.js';
import { WebFailure } from '../../../src/extract/web/webSession.js';
import { after, all, expiry, first, loginPage, onPath } from '../../support/omeroWeb/faults.js';
import { interceptAll, type Interceptor } from '../../support/omeroWeb/intercept.js';
import type { OmeroWebServer } from '../../support/omeroWeb/server.js';
import { ADA, failure, golden, open, testClock, USER_AGENT } from './sessions.js';

const PROJECTS = 'api/v0/m/projects/';
const count = [['limit', 0]] as const;
const TWO = { data: [], meta: { totalCount: 2 } };
const logins = (server: OmeroWebServer): number =>
  server.log.filter((r) => r.method === 'POST' && r.path === '/api/v0/login/').length;

describe('a session of OMERO.web', () => {
  it('logs in, reads and logs out', async () => {
    const server = await golden();
    const session = await open({ url: server.url });
    expect(session.user).toEqual({
      id: 2,
      name: 'ada',
      isAdmin: false,
      memberOfGroups: [1, 3, 4],
      leaderOfGroups: [4],
    });
    expect(await session.get(PROJECTS, count)).toMatchObject(TWO);
    expect(server.openSessions).toBe(1);
    await session.close();
    expect(server.openSessions).toBe(0);
    expect(server.log.map((r) => `${r.method} ${r.path} ${r.status}`)).toEqual([
      'GET /api/ 200',
      'GET /api/v0/servers/ 200',
      // What nobody is let in to no public user answers once the session has ended.
      'GET /api/v0/m/experimentergroups/?limit=0 403',
      'GET /webclient/api/annotations/?image=0 403',
      'GET /webgateway/original_file_paths/0/ 403',
      'GET /api/v0/token/ 200',
      'POST /api/v0/login/ 200',
      'GET /api/v0/m/projects/?limit=0 200',
      'POST /webclient/logout/ 302',
    ]);
    expect(session.statistics).toMatchObject({ requests: 8, retries: 0 });
    expect(session.statistics.bytes).toBeGreaterThan(500);
  });

  it('says who asks, for JSON and as a script', async () => {
    const heard: Record<string, unknown>[] = [];
    const listen: Interceptor = (request, answer) => {
      heard.push({ method: request.method, ...request.headers });
      return answer();
    };
    const server = await golden({ intercept: listen });
    await open({ url: server.url });
    for (const headers of heard)
      expect(headers).toMatchObject({
        accept: 'application/json',
        'x-requested-with': 'XMLHttpRequest',
        'user-agent': USER_AGENT,
        'accept-encoding': expect.stringContaining('gzip') as string,
      });
    const post = heard.find((headers) => headers.method === 'POST');
    // Behind a TLS proxy that does not tell Django, an Origin header is refused while Referer is not looked at.
    expect(post).toMatchObject({ referer: server.url, 'x-csrftoken': expect.stringMatching(/^\w{64}$/) as string });
    expect(post).not.toHaveProperty('origin');
  });

  it('finds its way below a prefix, whatever host and scheme the server gives itself', async () => {
    for (const absoluteUrl of ['https://internal:4080', undefined]) {
      const server = await golden({ prefix: '/omero', ...(absoluteUrl && { absoluteUrl }) });
      const said: string[] = [];
      const url = server.url.replace(/\/$/, '/webclient/?show=project-101');
      const session = await open({ url, onWait: (why) => said.push(why) });
      expect(session.url).toBe(server.url);
      expect(said).toEqual([`${server.url} is used; "webclient/" at its end is left out`]);
      expect(await session.get(PROJECTS, count)).toMatchObject(TWO);
      const one = (await session.get('api/v0/m/projects/101/')) as { data: Record<string, string> };
      // An address out of an answer is followed below the base.
      expect(await session.get(one.data['url:datasets'] ?? '')).toMatchObject({ meta: { totalCount: 2 } });
    }
  });

  it('keeps cookies under any name', async () => {
    const server = await golden({ sessionCookie: 'omero_web_7', csrfCookie: 'xsrf' });
    const session = await open({ url: server.url });
    expect(await session.get(PROJECTS, count)).toMatchObject(TWO);
  });

  it('repeats names in a query and encodes values', async () => {
    const server = await golden();
    const session = await open({ url: server.url });
    await session.get('webclient/api/annotations/', [
      ['image', 301],
      ['image', 302],
      ['ns', 'a b&c/ü'],
    ]);
    expect(server.log.at(-1)?.path).toBe('/webclient/api/annotations/?image=301&image=302&ns=a+b%26c%2F%C3%BC');
  });

  it('refuses a path that leads out of the address', async () => {
    const server = await golden({ prefix: '/omero' });
    const session = await open({ url: server.url });
    expect(() => session.get('../../etc/')).toThrow('a path leads out of the address ("../../etc/")');
  });

  it('has two requests under way, or as many as asked for', async () => {
    for (const [connections, most] of [
      [undefined, 2],
      [1, 1],
      [5, 5],
    ] as const) {
      const slow: Interceptor = async (_request, answer) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return answer();
      };
      const server = await golden({ intercept: slow });
      const session = await open({ url: server.url, connections });
      await Promise.all(Array.from({ length: 12 }, () => session.get(PROJECTS, count)));
      expect(server.peakConcurrency).toBe(most);
    }
  });

  it('stops when its budget of requests is used up', async () => {
    const server = await golden();
    const session = await open({ url: server.url, maxRequests: 9 });
    await session.get(PROJECTS, count);
    await session.get(PROJECTS, count);
    const error = await failure(session.get(PROJECTS, count));
    expect(error).toMatchObject({ tag: 'limit' });
    expect(error.message).toContain('the budget of 9 requests is used up; raise it');
    await session.close();
    // Logging out is no harvest.
    expect(server.openSessions).toBe(0);
  });
});

describe('several OMERO servers', () => {
  const servers = [
    { host: 'omero.example.org', port: 4064, server: 'production' },
    { host: 'test.example.org', port: 14064, server: 'test' },
  ];

  it.each([2, '2', 'test', 'TEST', 'test.example.org', 'test.example.org:14064'])(
    'are chosen from by %j',
    async (wanted) => {
      const rows = servers.map(({ server: name, ...rest }, index) => ({ id: index + 1, name, ...rest }));
      expect(chooseServer(rows, wanted, 'https://h/').id).toBe(2);
      const server = await golden({ servers });
      expect((await open({ url: server.url, server: wanted })).user?.name).toBe('ada');
    },
  );

  it('must be told apart when they share a host', () => {
    const rows = [1, 2].map((id) => ({ id, host: 'h', port: 4060 + id, name: undefined }));
    expect(() => chooseServer(rows, 'h', 'https://h/')).toThrow(
      'several OMERO servers at https://h/ are meant ("h"); name one by id, host or name: 1: h (h:4061), 2: h (h:4062)',
    );
    expect(chooseServer(rows, 'h:4062', 'https://h/').id).toBe(2);
  });

  it.each([
    [undefined, 'offers several OMERO servers; name one'],
    ['staging', 'has no such OMERO server ("staging"); name one'],
    [3, 'has no such OMERO server ("3"); name one'],
  ])('must be chosen from: %j', async (wanted, said) => {
    const server = await golden({ servers });
    const error = await failure(open({ url: server.url, server: wanted }));
    expect(error).toMatchObject({ tag: 'config' });
    expect(error.message).toContain(said);
    expect(error.message).toContain('1: production (omero.example.org:4064), 2: test (test.example.org:14064)');
  });
});

describe('who may not log in', () => {
  it('hears what to check', async () => {
    const server = await golden();
    const error = await failure(open({ url: server.url, credentials: { username: 'ada', password: 'wrong' } }));
    expect(error.message).toBe(
      `${server.url}: the login is refused ("403: Connection not available, please check your user name and password."); ` +
        'check user name and password in the browser; if they are right, OMERO.web cannot reach its OMERO server',
    );
    expect(logins(server)).toBe(1);
  });

  it.each([
    [{ username: '', password: 'x' }, 'the user name is empty'],
    [{ username: 'ada', password: '' }, 'the password is empty'],
  ])('hears what is missing: %j', async (credentials, said) => {
    const server = await golden();
    await expect(open({ url: server.url, credentials })).rejects.toThrow(said);
    expect(logins(server)).toBe(0);
  });
});

describe('the public user', () => {
  const PUBLIC = { credentials: undefined };

  it('reads without a login, and there is nobody to log out', async () => {
    const server = await golden({ publicUser: { id: 4 } });
    const session = await open({ url: server.url, ...PUBLIC });
    expect(session.user).toBeUndefined();
    expect(await session.get(PROJECTS, count)).toHaveProperty('meta');
    expect(await session.get('webclient/api/annotations/', [['image', 301]])).toHaveProperty('annotations');
    await session.close();
    expect(server.log.some((r) => r.method === 'POST')).toBe(false);
  });

  it.each([
    [/^\/api/, 'the server does not open /webclient/ (annotations) to the public ("not logged in"); give user and'],
    [/^\/webclient/, 'the server does not open /api/ (objects) to the public ("not logged in"); give user and'],
  ])('is told which half is closed when %s is open', async (urlFilter, said) => {
    const server = await golden({ publicUser: { id: 4, urlFilter } });
    await expect(open({ url: server.url, ...PUBLIC })).rejects.toThrow(said);
  });

  it('is told to log in where nothing is open', async () => {
    const server = await golden();
    await expect(open({ url: server.url, ...PUBLIC })).rejects.toThrow(
      'the server shows nothing to the public ("not logged in"); give user and password',
    );
  });

  it('gets another session when the server has forgotten the first', async () => {
    const server = await golden({ publicUser: { id: 4 } });
    const session = await open({ url: server.url, ...PUBLIC });
    server.expireSessions();
    expect(await session.get(PROJECTS, count)).toHaveProperty('meta');
  });

  it('is refused a part that is closed, without stopping', async () => {
    const server = await golden({ publicUser: { id: 4, urlFilter: /^\/(api|webclient\/api\/annotations)/ } });
    const session = await open({ url: server.url, ...PUBLIC });
    const error = await failure(session.get('webclient/api/tags/'));
    expect(error).toBeInstanceOf(WebFailure);
    expect(error).toMatchObject({ status: 403, path: 'webclient/api/tags/' });
    expect(await session.get(PROJECTS, count)).toHaveProperty('meta');
  });
});

describe('a session that ends', () => {
  it.each([PROJECTS, 'webclient/api/annotations/'])('is renewed once, at %s', async (path) => {
    const server = await golden();
    const session = await open({ url: server.url });
    const before = await session.get(path, [['image', 301]]);
    server.expireSessions();
    expect(await session.get(path, [['image', 301]])).toEqual(before);
    expect(logins(server)).toBe(2);
  });

  it('is renewed once for all requests that are under way', async () => {
    const server = await golden();
    const session = await open({ url: server.url, connections: 4 });
    for (let round = 2; round < 5; round += 1) {
      server.expireSessions();
      const answers = await Promise.all(Array.from({ length: 20 }, () => session.get(PROJECTS, count)));
      expect(answers).toHaveLength(20);
      expect(logins(server)).toBe(round);
    }
  });

  it('is renewed as often as it takes, as long as the harvest gets on', async () => {
    const server = await golden({ intercept: expiry(all(onPath(/m\/projects\/\d/), (r) => r.number % 3 === 0)) });
    const session = await open({ url: server.url });
    for (let i = 0; i < 20; i += 1) await session.get('api/v0/m/projects/101/');
    expect(logins(server)).toBeGreaterThan(3);
  });

  it('stops the run when it ends again at once', async () => {
    const server = await golden({ intercept: expiry(all(onPath(/m\/projects/), after(1))) });
    const session = await open({ url: server.url });
    await session.get(PROJECTS, count);
    const error = await failure(session.get(PROJECTS, count));
    expect(error).toMatchObject({ tag: 'server' });
    expect(error.message).toContain(
      'the session has ended again right after logging in; what is saved stays; run the same',
    );
    expect(logins(server)).toBe(2);
  });

  it('is recognised by the login page with status 200', async () => {
    let isEnded = false;
    const page: Interceptor = loginPage((request) => isEnded && /m.projects/.test(request.path));
    const back: Interceptor = (request, answer) => {
      if (request.method === 'POST') isEnded = false;
      return answer();
    };
    const server = await golden({ intercept: interceptAll([page, back]) });
    const session = await open({ url: server.url });
    isEnded = true;
    expect(await session.get(PROJECTS, count)).toMatchObject(TWO);
    expect(logins(server)).toBe(2);
  });

  it('is not what a single login page says while the session is alive', async () => {
    const server = await golden({ intercept: loginPage(all(onPath(/m.projects.\d/), first(3))) });
    const session = await open({ url: server.url });
    expect(await failure(session.get('api/v0/m/projects/101/'))).toMatchObject({ name: 'WebFailure', status: 403 });
    expect(await session.get('api/v0/m/projects/101/')).toHaveProperty('data');
    expect(logins(server)).toBe(1);
  });

  it('stops the run when the password no longer holds', async () => {
    let isClosed = false;
    const close: Interceptor = (_request, answer, { store }) => {
      if (isClosed) for (const user of store.rows.users) Object.assign(user, { password: 'changed' });
      return answer();
    };
    const server = await golden({ intercept: close });
    const session = await open({ url: server.url });
    isClosed = true;
    server.expireSessions();
    await expect(session.get(PROJECTS, count)).rejects.toThrow('the login is refused');
  });

  it('is kept alive while nothing is asked', async () => {
    const server = await golden();
    const clock = testClock();
    const session = await open({ url: server.url }, clock);
    clock.pass(60_000);
    clock.pass(200_000);
    await session.get(PROJECTS, count);
    expect(server.log.some((r) => r.path.includes('keepalive'))).toBe(false);
    clock.pass(301_000);
    await session.get(PROJECTS, count);
    expect(server.log.filter((r) => r.path === '/webclient/keepalive_ping/')).toHaveLength(1);
    await session.close();
    clock.pass(301_000);
    expect(server.log.at(-1)?.path).toBe('/webclient/logout/');
  });
});

describe('a run that is stopped', () => {
  it('lets go of the server at once, and logs out', async () => {
    const controller = new AbortController();
    const server = await golden({
      intercept: (request, answer) =>
        request.path.includes('/m/projects') ? new Promise<never>(() => undefined) : answer(),
    });
    const session = await open({ url: server.url, signal: controller.signal });
    const waiting = Array.from({ length: 30 }, () => failure(session.get(PROJECTS, count)));
    setTimeout(() => controller.abort(new Error('interrupted by the user')), 20);
    for (const error of await Promise.all(waiting)) expect(error.message).toBe('interrupted by the user');
    await expect(session.get(PROJECTS, count)).rejects.toThrow('interrupted by the user');
    await session.close();
    expect(server.openSessions).toBe(0);
  });

  it('does not begin when it is stopped before', async () => {
    const server = await golden();
    await expect(open({ url: server.url, signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
    expect(server.log).toEqual([]);
  });

  it('leaves no listener on the signal', async () => {
    const controller = new AbortController();
    const server = await golden();
    const session = await open({ url: server.url, signal: controller.signal });
    await Promise.all(Array.from({ length: 40 }, () => session.get(PROJECTS, count)));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    await session.close();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    await failure(open({ url: server.url, signal: controller.signal, credentials: { ...ADA, password: 'no' } }));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});

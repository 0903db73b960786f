import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WebFailure } from '../../../src/extract/web/webSession.js';
import {
  all,
  always,
  attempts,
  elsewhere,
  first,
  htmlPage,
  onPath,
  refused,
  reset,
  serverError,
  silent,
  truncated,
  wrongType,
} from '../../support/omeroWeb/faults.js';
import { changed, instead, type Interceptor } from '../../support/omeroWeb/intercept.js';
import { failure, golden, open, someServer, testClock } from './sessions.js';

const PATH = 'api/v0/m/projects/101/';
const objects = onPath(/\/m\/projects/);
/** The first two attempts. */
const twice = () => all(objects, attempts(2));

describe('trouble that passes', () => {
  it.each([
    ['502 of a proxy', refused(twice(), 502)],
    ['503 of a proxy', refused(twice(), 503)],
    ['504 of a proxy', refused(twice(), 504)],
    ['429 of a proxy', refused(twice(), 429)],
    ['a connection that is reset', reset(twice())],
    ['an answer that breaks off', truncated(twice(), 'whole')],
    ['an answer whose end is cut off', truncated(twice(), 'cut')],
    ['an answer without a body', truncated(twice(), 'cut', 0)],
    ['a web page instead of JSON', htmlPage(twice())],
    ['another content type', wrongType(twice())],
    ['one 500', serverError(all(objects, attempts(1)))],
    [
      'bytes that are not UTF-8',
      changed(twice(), (reply) => ({ ...reply, body: Buffer.from('{"data":"\xff"}', 'latin1') })),
    ],
    [
      'gzip that breaks off',
      changed(
        twice(),
        gzipped((body) => gzipSync(body).subarray(0, 100)),
      ),
    ],
    [
      'gzip that is none',
      changed(
        twice(),
        gzipped(() => Buffer.from('no gzip')),
      ),
    ],
  ] as [string, Interceptor][])('%s is asked again', async (_what, intercept) => {
    const server = await golden({ intercept });
    const clock = testClock();
    const session = await open({ url: server.url }, clock);
    expect(await session.get(PATH)).toHaveProperty(['data', '@id'], 101);
    expect(clock.pauses).toEqual([750, 1500].slice(0, session.statistics.retries));
    expect(session.statistics.retries).toBeGreaterThan(0);
  });

  it('a server that is silent is asked once more', async () => {
    const server = await golden({ intercept: silent(all(objects, attempts(1))) });
    const session = await open({ url: server.url, timeoutSeconds: 0.3 });
    expect(await session.get(PATH)).toHaveProperty('data');
    expect(session.statistics).toMatchObject({ retries: 1 });
  });

  it.each(['seconds', 'date'] as const)('waits for all what Retry-After asks in %s, and says so', async (as) => {
    const server = await golden({ intercept: refused(all(objects, first(1)), 503, { seconds: 120, as }) });
    const clock = testClock();
    const said: string[] = [];
    const session = await open({ url: server.url, onWait: (why) => said.push(why) }, clock);
    await Promise.all([session.get(PATH), session.get(PATH)]);
    await session.get(PATH);
    expect(clock.pauses.some((ms) => ms > 118_000 && ms <= 120_000)).toBe(true);
    expect(said[0]).toMatch(
      /^api\/v0\/m\/projects\/101\/: the server answers 503 \(busy\); trying again in 1(19|20) s$/,
    );
  });

  it('waits no longer than ten minutes, whatever is asked', async () => {
    const server = await golden({ intercept: refused(twice(), 429, { seconds: 86_400 }) });
    const clock = testClock();
    const session = await open({ url: server.url }, clock);
    await session.get(PATH);
    expect(clock.pauses).toEqual([600_000, 600_000]);
  });

  it('is borne by a session that is being opened too', async () => {
    const server = await golden({ intercept: refused(attempts(1), 503) });
    expect((await open({ url: server.url })).user?.name).toBe('ada');
  });

  it('gets on after a server was away for two minutes', async () => {
    const clock = testClock();
    const start = clock.now();
    const away = refused((request) => objects(request) && clock.now() - start < 120_000, 503);
    const server = await golden({ intercept: away });
    const session = await open({ url: server.url }, clock);
    expect(await session.get(PATH)).toHaveProperty('data');
  });
});

describe('a request that fails although others work', () => {
  it.each([
    ['404', 'api/v0/m/projects/999999/', 404, 'Project 999999 not found', undefined],
    ['400', 'api/v0/m/projects/?limit=foo', 400, "invalid literal for int() with base 10: 'foo'", undefined],
    ['500 twice', 'api/v0/m/projects/?group=foo', 500, "invalid literal for int() with base 10: 'foo'", undefined],
    [
      '403 with a reason',
      PATH,
      403,
      'SecurityViolation',
      instead(objects, () => json(403, { message: 'SecurityViolation' })),
    ],
    ['414', PATH, 414, 'the request is too long', instead(objects, () => json(414, {}))],
    ['always 502', PATH, 502, '502 Bad Gateway', refused(objects, 502)],
    ['always 503', PATH, 503, '503 Service Unavailable', refused(objects, 503)],
    ['always cut', PATH, 502, 'the answer is no whole JSON', truncated(objects, 'cut')],
    ['always broken off', PATH, 502, 'the connection broke', truncated(objects, 'whole')],
    ['always a page', PATH, 502, 'the answer is not JSON but a web page ("500 Internal', htmlPage(objects)],
    ['always text', PATH, 502, 'the answer is not JSON but text/plain', wrongType(objects)],
    ['a redirect to nowhere', PATH, 302, 'answers 302 without saying where to', instead(objects, () => json(302, {}))],
  ] as [string, string, number, string, Interceptor | undefined][])(
    'is a failure of that request: %s',
    async (_what, path, status, said, intercept) => {
      const server = await golden({ ...(intercept && { intercept }) });
      const session = await open({ url: server.url });
      const error = await failure(session.get(path));
      expect(error).toBeInstanceOf(WebFailure);
      expect(error).toMatchObject({ status, path });
      expect(error.message).toContain(said);
      expect(error.message).toMatch(/^api\/v0\/m\/projects\/\S*: .*; .*/);
      expect(error.message).not.toContain('Traceback');
    },
  );

  it('is a 504 when no answer comes', async () => {
    const server = await golden({ intercept: silent(objects) });
    const session = await open({ url: server.url, timeoutSeconds: 0.2 });
    const error = await failure(session.get(PATH));
    expect(error).toMatchObject({ name: 'WebFailure', status: 504 });
    expect(error.message).toContain('no whole answer came in time (0.2 s)');
  });

  it('is a 504 when an answer stops in the middle', async () => {
    let isOpen = false;
    const url = await omeroLike((response) => {
      isOpen = true;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"data":');
    });
    const session = await open({ url, credentials: { username: 'a', password: 'bbbb' }, timeoutSeconds: 0.2 });
    expect(await failure(session.get(PATH))).toMatchObject({ status: 504 });
    expect(isOpen).toBe(true);
  });

  it('asks a gateway that waited for its worker only once more', async () => {
    const clock = testClock();
    const server = await golden({
      intercept: async (request, answer, controls) => {
        if (objects(request)) clock.pass(60_000);
        return refused(objects, 504)(request, answer, controls);
      },
    });
    const session = await open({ url: server.url }, clock);
    expect(await failure(session.get(PATH))).toMatchObject({ name: 'WebFailure', status: 504 });
    expect(server.log.filter((r) => r.path.includes('/m/projects'))).toHaveLength(2);
  });
});

describe('a server that does not work any more', () => {
  it('is left alone after ten failed requests in a row', async () => {
    const server = await golden({ intercept: refused(objects, 502) });
    const session = await open({ url: server.url });
    const errors: Error[] = [];
    for (let i = 0; i < 10; i += 1) errors.push(await failure(session.get(PATH)));
    expect(errors.map((error) => error.name)).toEqual([...Array<string>(9).fill('WebFailure'), 'OmegraphError']);
    expect(errors.at(-1)).toMatchObject({ tag: 'server' });
    expect(errors.at(-1)?.message).toBe(
      `${server.url}: too many requests failed in a row, the last: api/v0/m/projects/101/: the server answers 502 ("502 Bad Gateway"); what is saved stays; run the same command again`,
    );
  });

  it('is not given up for objects that fail among others that work', async () => {
    const server = await golden({ intercept: refused(onPath(/projects\/101/), 502) });
    const session = await open({ url: server.url });
    for (let i = 0; i < 25; i += 1) {
      expect(await failure(session.get(PATH))).toBeInstanceOf(WebFailure);
      await session.get('api/v0/m/projects/102/');
    }
  });

  it('is given up when it is gone', async () => {
    const server = await golden();
    const clock = testClock();
    const session = await open({ url: server.url }, clock);
    await server.close();
    const error = await failure(session.get(PATH));
    expect(error).toMatchObject({ tag: 'server' });
    expect(error.message).toContain('nothing listens there (connection refused) ("ECONNREFUSED")');
    expect(error.message).toContain('what is saved stays; run the same command again');
    // Long enough for a restart.
    expect(clock.pauses.reduce((a, b) => a + b, 0)).toBeGreaterThan(120_000);
  });
});

describe('redirects', () => {
  const to = (location: string): Interceptor =>
    instead(onPath(/old/), () => ({ status: 301, headers: { Location: location }, body: '' }));

  it('are followed within the address', async () => {
    const server = await golden({ prefix: '/omero', intercept: to('/omero/api/v0/m/projects/101/') });
    const session = await open({ url: server.url });
    expect(await session.get('api/old')).toHaveProperty(['data', '@id'], 101);
  });

  it('that go in circles are refused', async () => {
    const server = await golden({ intercept: to('/api/old') });
    const session = await open({ url: server.url });
    const error = await failure(session.get('api/old'));
    expect(error.message).toContain('the server leads on more than 3 times');
    expect(server.log.filter((r) => r.path === '/api/old')).toHaveLength(4);
  });

  it('to another host are never followed', async () => {
    let visits = 0;
    const other = await someServer((_request, response) => {
      visits += 1;
      response.end('{}');
    });
    const server = await golden({ intercept: elsewhere(objects, other.slice(0, -1)) });
    const session = await open({ url: server.url });
    const error = await failure(session.get(PATH));
    expect(error).toMatchObject({ tag: 'server' });
    expect(error.message).toContain(
      `the server leads to another host, which is not followed ("${other.slice(0, -1)}")`,
    );
    expect(visits).toBe(0);
  });

  it('out of the prefix are refused', async () => {
    const server = await golden({ prefix: '/omero', intercept: to('/elsewhere/') });
    const session = await open({ url: server.url });
    await expect(session.get('api/old')).rejects.toThrow('the server leads out of the address ("/elsewhere/")');
  });

  it('to https say which address to write', async () => {
    const server = await golden({
      intercept: instead(always, ({ headers }) => ({
        status: 301,
        headers: { Location: `https://${String(headers.host).replace(/:\d+$/, '')}/` },
        body: '',
      })),
    });
    await expect(open({ url: server.url })).rejects.toThrow(
      'the server asks for https; write https://127.0.0.1/ as the address',
    );
  });

  it.each([
    ['POST', 'the server leads to another host, which is not followed ("https://sso.example.org")'],
    ['GET', 'the server leads to another host, which is not followed ("https://sso.example.org")'],
  ])('to a single sign-on are told as such, at a %s', async (method, said) => {
    const server = await golden({
      intercept: instead(
        (request) => request.method === method && /log|api/.test(request.path),
        () => ({ status: 302, headers: { Location: 'https://sso.example.org/auth?x=1' }, body: '' }),
      ),
    });
    const error = await failure(open({ url: server.url }));
    expect(error.message).toContain(said);
    expect(error.message).toContain('single sign-on or a second factor, ask the OMERO administrator for an account');
  });
});

describe('what is no OMERO.web', () => {
  const page = (status: number, title: string) => (response: ServerResponse) =>
    response.writeHead(status, { 'Content-Type': 'text/html' }).end(`<html><title>${title}</title></html>`);
  it.each([
    ['a web site', page(200, 'Welcome'), 'the answer is not JSON but a web page ("Welcome")'],
    [
      'a 404',
      page(404, 'Not Found'),
      'this is no OMERO.web, or its JSON API is closed ("404: Not Found"); check the address',
    ],
    ['other JSON', (r: ServerResponse) => send(r, { hello: 'world' }), 'this is no OMERO.web'],
    ['a JSON text', (r: ServerResponse) => send(r, 'x'), 'this is no OMERO.web'],
    [
      'a list of other versions',
      (r: ServerResponse) => send(r, { data: [{ version: '1', 'url:base': '/' }] }),
      'does not offer version 0 of the JSON API ("1")',
    ],
    [
      'a password of the web server',
      page(401, 'Authorization Required'),
      'a web server before OMERO.web asks for a password of its own',
    ],
    [
      'an empty answer',
      (r: ServerResponse) => r.writeHead(200, { 'Content-Type': 'application/json' }).end(),
      'the answer is empty',
    ],
    [
      'half an object',
      (r: ServerResponse) => r.writeHead(200, { 'Content-Type': 'application/json' }).end('{"data":['),
      'the answer is no whole JSON (9 bytes); try again later',
    ],
    [
      'no type',
      (r: ServerResponse) => r.writeHead(200).end('{}'),
      'the answer is not JSON but something without a type',
    ],
    [
      'a login page',
      (r: ServerResponse) =>
        r.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Login</h1><input type=password name="password">'),
      'this is no OMERO.web, or its JSON API is closed ("not logged in")',
    ],
  ] as [string, (response: ServerResponse) => unknown, string][])('is told: %s', async (_what, answer, said) => {
    const url = await someServer((_request, response) => void answer(response));
    const error = await failure(open({ url }));
    expect(error).toMatchObject({ tag: 'server' });
    expect(error.message).toContain(`${url}: `);
    expect(error.message).toContain(said);
  });

  it('is told where a list of servers, a token or the login are odd', async () => {
    for (const [path, body, said] of [
      [/servers/, { data: [] }, 'the list of OMERO servers is missing'],
      [/servers/, { data: [{ host: 'h' }] }, 'the list of OMERO servers is missing'],
      [/token/, { data: 7 }, 'no token for the login is given'],
      [/login/, { success: false }, 'the login is not confirmed'],
      [/login/, { success: true }, 'the login is not confirmed'],
      [/login/, 'x', 'the login is not confirmed'],
    ] as const) {
      const server = await golden({ intercept: instead(onPath(path), () => json(200, body)) });
      await expect(open({ url: server.url })).rejects.toThrow(said);
    }
  });

  it('is told when cookies are lost on the way', async () => {
    const server = await golden({
      intercept: changed(always, (reply) => {
        const { 'Set-Cookie': _lost, ...headers } = reply.headers;
        return { ...reply, headers };
      }),
    });
    const error = await failure(open({ url: server.url }));
    expect(error.message).toContain(
      'the login is refused by the protection against forged requests ("403: CSRF Failed',
    );
    expect(error.message).toContain('the proxy drops cookies');
  });

  it('is told when another protocol answers', async () => {
    const ssh = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await new Promise<void>((resolve) => ssh.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(ssh.address() as AddressInfo).port}/`;
    await expect(open({ url })).rejects.toThrow('the answer is not HTTP');
    ssh.close();
  });

  it('is told at once when nothing listens, or the name is unknown', async () => {
    const url = await someServer(() => undefined);
    const gone = url.replace(/:\d+/, ':1');
    await expect(open({ url: gone })).rejects.toThrow('this port is reserved');
    const clock = testClock();
    await expect(open({ url: 'http://127.0.0.1:45/' }, clock)).rejects.toThrow('nothing listens there');
    await expect(open({ url: 'http://omero.invalid/' }, clock)).rejects.toThrow('no computer has this name');
    expect(clock.pauses.length).toBeLessThan(3);
  });

  it('is told when it is silent, and when it is stopped meanwhile', async () => {
    const url = await someServer(() => undefined);
    await expect(open({ url, timeoutSeconds: 0.1 })).rejects.toThrow('no whole answer came in time (0.1 s)');
    const signal = AbortSignal.timeout(20);
    const error = await failure(open({ url, signal }));
    expect(error.name).toBe('TimeoutError');
  });
});

describe('answers on the wire', () => {
  it('may be compressed', async () => {
    const server = await golden({ intercept: changed(objects, gzipped(gzipSync)) });
    const session = await open({ url: server.url });
    expect(await session.get(PATH)).toHaveProperty(['data', '@id'], 101);
  });

  it('keep ids beyond 2^53 digit by digit', async () => {
    const body = '{"data":{"@id":9007199254740993,"Name":"1234567890123456789"}}';
    const server = await golden({
      intercept: instead(objects, () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body })),
    });
    const session = await open({ url: server.url });
    expect(await session.get(PATH)).toEqual({ data: { '@id': '9007199254740993', Name: '1234567890123456789' } });
  });
});

const json = (status: number, body: unknown) => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

function send(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function gzipped(pack: (body: Buffer | string) => Buffer) {
  return (reply: Awaited<ReturnType<Interceptor>>) => ({
    ...reply,
    headers: { ...reply.headers, 'Content-Encoding': 'gzip' },
    body: pack(reply.body),
  });
}

/** A server that logs anybody in, and answers the rest as told. */
const omeroLike = (rest: (response: ServerResponse) => void): Promise<string> =>
  someServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/api/') send(response, { data: [{ version: '0', 'url:base': '/api/v0/' }] });
    else if (path.endsWith('servers/')) send(response, { data: [{ id: 1, host: 'h', port: 4064, server: 'o' }] });
    else if (path.endsWith('token/')) send(response, { data: 'some-token' });
    else if (path.endsWith('login/')) send(response, { success: true, eventContext: { userId: 1, userName: 'a' } });
    else if (path.includes('logout')) response.end();
    else rest(response);
  });

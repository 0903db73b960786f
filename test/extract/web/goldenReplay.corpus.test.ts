import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenStore, GOLDEN_PASSWORD } from '../../support/omeroWeb/goldenStore.js';
import { type OmeroWebOptions, type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';

/** A recorded answer, with the tokens of the recording masked. */
interface Golden {
  readonly request: { readonly method: string; readonly url: string };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly body: unknown;
}

interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

const FOLDER = '../shared/data/omero-golden-json';
const HOST = 'omero.example.org';
const names = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
  : [];

const OPTIONS: OmeroWebOptions = {
  newSession: () => ({ sessionId: 171319, sessionUuid: '0b30ee4a-c0b2-4b0f-9c61-f48b31bcad8c' }),
};
let plain: OmeroWebServer;
let secure: OmeroWebServer;
let open: OmeroWebServer;
const jars = new Map<string, string>();

describe.skipIf(names.length === 0)('the stand-in OMERO.web answers as the real views did', () => {
  beforeAll(async () => {
    plain = await startOmeroWeb(goldenStore(), OPTIONS);
    secure = await startOmeroWeb(goldenStore(), { ...OPTIONS, https: true });
    open = await startOmeroWeb(goldenStore(), { ...OPTIONS, publicUser: { id: 4 } });
  });
  afterAll(() => Promise.all([plain.close(), secure.close(), open.close()]));

  it('there are 100 golden answers', () => expect(names).toHaveLength(100));

  it.each(names)('%s', async (name) => {
    const text = readFileSync(`${FOLDER}/${name}.json`, 'utf8');
    const golden = JSON.parse(text) as Golden;
    const heard = await replay(name, golden);
    expect(heard.status).toBe(golden.status);
    expect(headersOf(heard, golden)).toEqual(golden.headers);
    expect(heard.cookies.map(cookieParts)).toEqual(goldenCookies(golden));
    if (golden.body === '') expect(heard.body).toBe('');
    else expect(maskedBody(name, canonical(heard.body))).toBe(maskedBody(name, canonical(bodyText(text))));
  });
});

/** Sends the recorded request as the user that the record's name says. */
async function replay(name: string, golden: Golden): Promise<Heard> {
  const url = golden.request.url.replace(/^https /, '').replace(/ \(.*\)$/, '');
  const { method } = golden.request;
  if (name.startsWith('login-')) return replayLogin(name, method, url);
  if (name === 'wc-ann-anon-xhr') return send(plain, method, url, { 'X-Requested-With': 'XMLHttpRequest' });
  if (name.includes('anon')) return send(plain, method, url);
  if (['api', 'api-v0', 'servers', 'token'].includes(name)) return send(plain, method, url);
  const user = /^as-(grace|root|public)/.exec(name)?.[1] ?? 'ada';
  const headers: Record<string, string> = {};
  // The recording had one client a user: the first answer of each application renews the session cookie.
  const key = golden.setCookies === undefined ? user : `${user} ${name}`;
  if (user === 'public' && !jars.has(key)) {
    if (golden.setCookies !== undefined) return send(open, method, url);
    jars.set(key, sessionOf(await send(open, 'GET', url)));
  }
  if (!jars.has(key)) {
    jars.set(key, sessionOf(await login(plain, user)));
    if (golden.setCookies === undefined) await touch(jars.get(key) ?? '');
  }
  headers['Cookie'] = jars.get(key) ?? '';
  const hasToken = method === 'POST';
  const token = await send(plain, 'GET', '/api/v0/token/');
  if (method !== 'GET') headers['Cookie'] += `; ${cookieOf(token, 'csrftoken')}`;
  if (hasToken) headers['X-CSRFToken'] = tokenOf(token);
  return send(user === 'public' ? open : plain, method, url, headers);
}

async function touch(cookie: string): Promise<void> {
  await send(plain, 'GET', '/api/v0/m/projects/?limit=0', { Cookie: cookie });
  await send(plain, 'GET', '/webclient/api/annotations/', { Cookie: cookie });
}

async function replayLogin(name: string, method: string, url: string): Promise<Heard> {
  if (method === 'GET') return send(plain, method, url);
  const server = name.includes('https') ? secure : plain;
  const token = await send(server, 'GET', '/api/v0/token/');
  const headers: Record<string, string> = { Cookie: cookieOf(token, 'csrftoken') };
  if (name !== 'login-nocsrf') headers['X-CSRFToken'] = tokenOf(token);
  if (name === 'login-https-referer') headers['Referer'] = `https://${HOST}/`;
  const password = name === 'login-badpw' ? 'wrong' : GOLDEN_PASSWORD;
  const fields = { username: 'ada', password, ...(name === 'login-noserver' ? {} : { server: '1' }) };
  if (name === 'login-json') {
    return send(server, method, url, { ...headers, 'Content-Type': 'application/json' }, JSON.stringify(fields));
  }
  return send(server, method, url, { ...headers, ...FORM }, new URLSearchParams(fields).toString());
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

async function login(server: OmeroWebServer, username: string): Promise<Heard> {
  const token = await send(server, 'GET', '/api/v0/token/');
  const form = new URLSearchParams({ username, password: GOLDEN_PASSWORD, server: '1' }).toString();
  const headers = { ...FORM, Cookie: cookieOf(token, 'csrftoken'), 'X-CSRFToken': tokenOf(token) };
  return send(server, 'POST', '/api/v0/login/', headers, form);
}

const cookieOf = (heard: Heard, name: string): string =>
  heard.cookies.find((cookie) => cookie.startsWith(`${name}=`))?.split(';')[0] ?? '';
const sessionOf = (heard: Heard): string => cookieOf(heard, 'sessionid');
const tokenOf = (heard: Heard): string => (JSON.parse(heard.body) as { data: string }).data;

function send(
  server: OmeroWebServer,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    const request = httpRequest({ port, host: '127.0.0.1', method, path, headers: { Host: HOST, ...headers } });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const heard = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(heard.filter(([name]) => name !== 'set-cookie')),
          cookies: response.headers['set-cookie'] ?? [],
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.end(body);
  });
}

/** All recorded headers must be there and no other that the views set; a masked stack trace has no length. */
function headersOf({ headers }: Heard, golden: Golden): Record<string, string> {
  const own = ['content-type', 'x-omero-apiversion', 'location', 'x-frame-options', 'vary', 'content-length'];
  const spelt = new Map(
    ['Content-Type', 'X-OMERO-ApiVersion', 'Location', 'X-Frame-Options', 'Vary', 'Content-Length'].map((name) => [
      name.toLowerCase(),
      name,
    ]),
  );
  const found = Object.fromEntries(own.flatMap((name) => (name in headers ? [[spelt.get(name), headers[name]]] : [])));
  const isTraced = typeof golden.body === 'object' && golden.body !== null && 'stacktrace' in golden.body;
  if (isTraced) found['Content-Length'] = golden.headers['Content-Length'];
  return found as Record<string, string>;
}

/** Name and attributes of a cookie; its value and date are of the day. */
function cookieParts(cookie: string): Record<string, unknown> {
  const [pair = '', ...attributes] = cookie.split('; ');
  const parts: Record<string, unknown> = { name: pair.slice(0, pair.indexOf('=')) };
  for (const attribute of attributes) {
    const [name = '', value] = attribute.split('=');
    parts[name.toLowerCase()] = value === undefined ? true : name === 'expires' ? '<date>' : value;
  }
  return parts;
}

function goldenCookies({ setCookies = {} }: Golden): Record<string, unknown>[] {
  return Object.entries(setCookies).map(([name, attributes]) => {
    const parts = Object.entries(attributes).filter(([attribute]) => attribute !== 'value');
    const values = parts.map(([key, value]) => [
      key,
      key === 'expires' ? '<date>' : value === true ? true : String(value),
    ]);
    return { name, ...Object.fromEntries(values) } as Record<string, unknown>;
  });
}

/** The body member of a record as text, so that floats keep their point. */
const bodyText = (record: string): string =>
  record
    .slice(record.indexOf('\n "body": ') + '\n "body": '.length)
    .replace(/,\n "setCookies": [\s\S]*$/, '')
    .replace(/\n\}\s*$/, '');

/** JSON without the blanks between its tokens and with escapes resolved: order of keys and floats stay. */
function canonical(json: string): string {
  return [...json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g)]
    .map(([token]) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token))
    .join('');
}

const maskedBody = (name: string, body: string): string =>
  name === 'token' ? body.replace(/"data":"[A-Za-z0-9]{64}"/, '"data":"<token>"') : body;

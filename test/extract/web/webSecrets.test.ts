import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { isOmegraphError } from '../../../src/errors.js';
import { checkOmeroWeb } from '../../../src/extract/web/webDoctor.js';
import { openWebSession, WebFailure, type WebSession } from '../../../src/extract/web/webSession.js';
import * as faults from '../../support/omeroWeb/faults.js';
import { changed, type HeardRequest, instead, type Interceptor } from '../../support/omeroWeb/intercept.js';
import { golden, testClock, USER_AGENT } from './sessions.js';

const PASSWORD = 'CANARY pä&ss"<w0rd>';
const SESSION = 'canary0session0cookie0';
const UUID = 'canary-uuid-0b30ee4a';
const LEAKS = /canary|p%C3%A4|Q0FOQVJZ|ss"<|w0rd/i;

/** What the server was sent by way of secrets, tokens and cookies among them. */
let sent: string[];
beforeEach(() => {
  sent = [];
});

/** Whether a text holds a secret in any form. */
const leaks = (text: string): boolean => LEAKS.test(text) || sent.some((secret) => text.includes(secret));

/** A server that knows Ada's canaries. */
async function canaryServer(intercept: Interceptor): Promise<string> {
  const server = await golden({
    newSession: () => ({ sessionId: 1, sessionUuid: UUID }),
    intercept: async (request, answer, controls) => {
      for (const user of controls.store.rows.users) Object.assign(user, { password: PASSWORD });
      const cookies = String(request.headers.cookie ?? '').split('; ');
      sent.push(...cookies.map((c) => c.replace(/^[^=]*=/, '')), String(request.headers['x-csrftoken'] ?? ''));
      sent = [...new Set(sent)].filter((secret) => secret.length >= 8);
      const reply = await intercept(request, answer, controls);
      const cookie = reply.headers['Set-Cookie'];
      if (cookie === undefined || request.method !== 'POST') return reply;
      const also = [...(typeof cookie === 'string' ? [cookie] : cookie), `affinity=${SESSION}; Path=/`];
      return { ...reply, headers: { ...reply.headers, 'Set-Cookie': also } };
    },
  });
  return server.url;
}

/** What a debug page shows: everything that came with the request, and the password. */
const shown = (request: HeardRequest): string =>
  [PASSWORD, encodeURIComponent(PASSWORD), request.headers.cookie, request.headers['x-csrftoken']].join(' ');

const echoed = (status: number, as: 'page' | 'JSON'): Interceptor =>
  instead(faults.always, (request) => ({
    status,
    headers: { 'Content-Type': as === 'page' ? 'text/html' : 'application/json' },
    body:
      as === 'page'
        ? `<html><title>${shown(request)}</title></html>`
        : JSON.stringify({ message: shown(request), detail: UUID, stacktrace: PASSWORD }),
  }));

/** Every way for a request to fail, striking when asked. */
const FAILURES: Readonly<Record<string, (when: faults.When) => Interceptor>> = {
  ...Object.fromEntries(
    [302, 400, 401, 403, 404, 405, 414, 429, 500, 502, 503, 504].flatMap((status) => [
      [`${status} with a page`, (when: faults.When) => strike(when, echoed(status, 'page'))],
      [`${status} with JSON`, (when: faults.When) => strike(when, echoed(status, 'JSON'))],
    ]),
  ),
  'a page': (when) => strike(when, echoed(200, 'page')),
  'JSON of something else': (when) => strike(when, echoed(200, 'JSON')),
  'a redirect with secrets': (when) =>
    instead(when, (request) => ({
      status: 302,
      headers: { Location: `https://sso.example.org/${encodeURIComponent(shown(request))}` },
      body: '',
    })),
  'a redirect out of the address': (when) =>
    instead(when, (request) => ({
      status: 302,
      headers: { Location: `/elsewhere/${encodeURIComponent(shown(request))}/?x=${UUID}` },
      body: '',
    })),
  'a cut answer': (when) => faults.truncated(when, 'cut'),
  'a broken answer': (when) => faults.truncated(when, 'whole'),
  'a reset': (when) => faults.reset(when),
  silence: (when) => faults.silent(when),
  'another type': (when) =>
    changed(when, (reply, request) => ({
      ...reply,
      headers: { ...reply.headers, 'Content-Type': `text/${request.headers['x-csrftoken'] ?? request.headers.cookie}` },
    })),
};

const strike =
  (when: faults.When, interceptor: Interceptor): Interceptor =>
  (request, answer, controls) =>
    when(request) ? interceptor(request, answer, controls) : answer();

/** All that anybody could print of a thrown value. */
function allOf(error: unknown): string {
  const texts: string[] = [];
  for (let at = error, depth = 0; at !== undefined && depth < 10; depth += 1) {
    texts.push(String(at), inspect(at, { depth: 10, showHidden: true }), JSON.stringify(at) ?? '');
    if (!(at instanceof Error)) break;
    texts.push(at.stack ?? '', JSON.stringify(Object.getOwnPropertyDescriptors(at)));
    at = at.cause;
  }
  return texts.join('\n');
}

describe('password, session and tokens', () => {
  const credentials = { username: 'ada', password: PASSWORD };

  it.each(
    Object.keys(FAILURES).flatMap((what) => ['/api/', 'servers', 'token', 'login', '/m/'].map((path) => [what, path])),
  )('are never said: %s at %s', async (what, path) => {
    const said: string[] = [];
    const at = new RegExp(path === '/api/' ? '^/api/$' : path);
    const url = await canaryServer(FAILURES[what]?.((r) => at.test(r.path)) ?? faults.reset(faults.always));
    const options = {
      url,
      credentials,
      userAgent: USER_AGENT,
      timeoutSeconds: 0.1,
      onWait: (w: string) => said.push(w),
    };
    let session: WebSession | undefined;
    let thrown: unknown;
    try {
      session = await openWebSession(options, testClock());
      await session.get('api/v0/m/projects/101/');
    } catch (error) {
      thrown = error;
    }
    if (thrown !== undefined) expect(isOmegraphError(thrown) || thrown instanceof WebFailure).toBe(true);
    expect(leaks(allOf(thrown))).toBe(false);
    expect(leaks(said.join('\n'))).toBe(false);
    expect(leaks(inspect(session, { depth: 10, showHidden: true }))).toBe(false);
    expect(leaks(JSON.stringify([session, session?.statistics]))).toBe(false);
    await session?.close();
  });

  it('are never said by the doctor', async () => {
    for (const path of [/^\/api\/$/, /servers/, /token/, /login/, /m\/exp/, /m\/proj/, /annotations/, /api\/images/]) {
      for (const make of [echoed(500, 'page'), echoed(403, 'JSON'), echoed(404, 'JSON')]) {
        const url = await canaryServer(strike((r) => path.test(r.path), make));
        const checks = [];
        for await (const check of checkOmeroWeb({ url, credentials, userAgent: USER_AGENT }, testClock()))
          checks.push(check);
        expect(checks.at(-1)?.ok).toBe(false);
        expect(leaks(JSON.stringify(checks))).toBe(false);
      }
    }
  });
});

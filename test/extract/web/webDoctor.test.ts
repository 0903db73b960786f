import { describe, expect, it } from 'vitest';
import { checkOmeroWeb, type WebCheck, type WebDoctorOptions } from '../../../src/extract/web/webDoctor.js';
import { onPath, reset, serverError } from '../../support/omeroWeb/faults.js';
import { changed, instead, meanwhile } from '../../support/omeroWeb/intercept.js';
import type { OmeroWebOptions } from '../../support/omeroWeb/server.js';
import { ADA, failure, golden, testClock, USER_AGENT } from './sessions.js';

async function examine(server: OmeroWebOptions = {}, options: Partial<WebDoctorOptions> = {}): Promise<WebCheck[]> {
  const { url } = await golden(server);
  return checks({ url, ...options });
}

async function checks(options: Partial<WebDoctorOptions> & { url: string }): Promise<WebCheck[]> {
  const found: WebCheck[] = [];
  for await (const check of checkOmeroWeb({ credentials: ADA, userAgent: USER_AGENT, ...options }, testClock()))
    found.push(check);
  return found;
}

const said = (found: readonly WebCheck[], name: string): string | undefined => found.find((c) => c.name === name)?.said;

describe('the doctor of an OMERO.web', () => {
  it('says what the account sees', async () => {
    const server = await golden();
    const found = await checks({ url: server.url });
    expect(found.map((c) => [c.name, c.ok, c.said.replace(/\d+ s$/, 'n s')])).toEqual([
      ['address', true, server.url],
      ['OMERO.web', true, 'version not told, JSON API 0.2'],
      ['clock', true, 'agrees within n s'],
      ['servers', true, 'omero of 1'],
      ['login', true, 'ada (Experimenter:2)'],
      ['groups', true, 'lab-annotate (read-annotate), lab-readonly (read-only), user (read-only)'],
      ['objects', true, '2 projects, 3 datasets, 1 screen'],
      ['annotations', true, 'can be asked for'],
      [
        'time zone',
        true,
        'acquisition dates are taken in UTC, and OMERO.web writes its dates so (2023-11-14T22:13:20+00:00)',
      ],
    ]);
    expect(server.openSessions).toBe(0);
  });

  it('reads the version out of the login page', async () => {
    const page = changed(onPath(/webclient.login/), (reply) => ({
      ...reply,
      body: '<link rel="stylesheet" href="/static/webgateway/css/ome.login.css?_5.31.0"/>',
    }));
    expect(said(await examine({ intercept: page }), 'OMERO.web')).toBe('version 5.31.0, JSON API 0.2');
  });

  it('warns of plain http and of what was left out of the address', async () => {
    const found = await checks({ url: 'http://omero.invalid/webclient/' });
    expect(said(found, 'address')).toBe(
      'http://omero.invalid/ is used; "webclient/" at its end is left out; ' +
        'plain http: the password can be read on the way; use https if you can',
    );
    expect(found.at(-1)).toMatchObject({ name: 'OMERO.web', ok: false });
  });

  it('warns administrators of what they see', async () => {
    const found = await examine({}, { credentials: { ...ADA, username: 'root' } });
    expect(said(found, 'login')).toContain('an administrator sees private groups too');
    expect(said(found, 'groups')).toContain('private-lab (private)');
  });

  it('tells the public user as nobody', async () => {
    const found = await examine({ publicUser: { id: 4 } }, { credentials: undefined });
    expect(said(found, 'login')).toBe('nobody: what the server shows to the public');
    expect(found.every((c) => c.ok)).toBe(true);
  });

  it.each([
    ['address', { url: 'omero.example.org' }, {}, 'write https:// before it'],
    ['address', { url: 'https://ada:pw@h/' }, {}, 'it carries a user name or password'],
    ['OMERO.web', {}, { intercept: reset(onPath(/^.api.$/)) }, 'the connection broke'],
    ['OMERO.web', {}, { intercept: instead(onPath(/^.api.$/), () => page('Hello')) }, 'a web page ("Hello")'],
    [
      'servers',
      { server: 'x' },
      {},
      'has no such OMERO server ("x"); name one by id, host or name: 1: omero (localhost',
    ],
    ['login', { credentials: { ...ADA, password: 'no' } }, {}, 'check user name and password in the browser'],
    ['login', { credentials: undefined }, {}, 'give user and password (OMERO_USER and OMERO_PASSWORD'],
    [
      'login',
      { credentials: undefined },
      { publicUser: { id: 4, urlFilter: /^.api/ } },
      'ask the OMERO administrator to widen',
    ],
    ['groups', {}, { intercept: serverError(onPath(/experimentergroups/)) }, 'the server answers 500 ("Broken")'],
    ['objects', {}, { intercept: instead(onPath(/m.projects/), () => JSON_) }, 'not a list as OMERO.web gives it'],
    ['annotations', {}, { intercept: serverError(onPath(/annotations/)) }, 'the server answers 500'],
  ] as [string, Partial<WebDoctorOptions>, OmeroWebOptions, string][])(
    'ends at %s, and says what to fix: %j',
    async (name, options, server, what) => {
      const found = await examine(server, options);
      expect(found.slice(0, -1).every((c) => c.ok)).toBe(true);
      expect(found.at(-1)).toMatchObject({ name, ok: false });
      expect(found.at(-1)?.said).toContain(what);
    },
  );

  it('finds an account that sees nothing', async () => {
    const empty = meanwhile(onPath(/login/), (rows) => {
      rows.projects.length = 0;
      rows.datasets.length = 0;
      rows.screens.length = 0;
    });
    const found = await examine({ intercept: empty });
    expect(found.find((c) => c.name === 'objects')).toMatchObject({
      ok: false,
      said: expect.stringMatching(/^nothing; ask the owner of the data/) as string,
    });
    expect(said(found, 'time zone')).toContain('there is no image to compare with');
  });

  it.each([
    [3600, 'this computer is 3600 s behind the server; set the clock that is wrong'],
    [-3600, 'this computer is 3600 s ahead of the server; set the clock that is wrong'],
  ])('finds clocks that are %i s apart', async (seconds, what) => {
    const intercept = changed(onPath(/^.api.$/), (reply) => ({
      ...reply,
      headers: { ...reply.headers, Date: new Date(Date.now() + seconds * 1000).toUTCString() },
    }));
    const clock = (await examine({ intercept })).find((c) => c.name === 'clock');
    expect(clock).toMatchObject({ ok: false });
    expect(clock?.said.replace(/\d{4} s/, '3600 s')).toBe(what);
  });

  it('compares the time zone with the dates that OMERO.web writes', async () => {
    const zone = async (server: OmeroWebOptions, timeZone?: string): Promise<string | undefined> =>
      said(await examine(server, { timeZone }), 'time zone');
    expect(await zone({ timeZone: 'Europe/Berlin' }, 'Europe/Berlin')).toContain(
      'are taken in Europe/Berlin, and OMERO.web writes its dates so (2023-11-14T23:13:20+01:00)',
    );
    expect(await zone({}, 'Asia/Kolkata')).toContain(
      'are taken in Asia/Kolkata (+05:30 then), but OMERO.web writes its dates with +00:00',
    );
    expect(await zone({ dates: 'naive' })).toContain('OMERO.web writes dates without zone; ask the administrator');
    expect(await zone({}, 'Mars/Olympus')).toContain('are taken in Mars/Olympus (which is no zone then)');
  });

  it('ends at once when it is stopped', async () => {
    const controller = new AbortController();
    const server = await golden();
    const examined = (async () => {
      for await (const check of checkOmeroWeb(
        { url: server.url, credentials: ADA, userAgent: USER_AGENT, signal: controller.signal },
        testClock(),
      ))
        if (check.name === 'login') controller.abort(new Error('stopped'));
    })();
    expect((await failure(examined)).message).toBe('stopped');
    expect(server.openSessions).toBe(0);
  });
});

const JSON_ = { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"data":7}' };
const page = (title: string) => ({
  status: 200,
  headers: { 'Content-Type': 'text/html' },
  body: `<title>${title}</title>`,
});

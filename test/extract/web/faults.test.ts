import { afterEach, describe, expect, it } from 'vitest';
import {
  brokenObject,
  duplicateRows,
  silentCut,
  unknownAnnotationClass,
} from '../../support/omeroWeb/brokenObjects.js';
import { logIn, type StandInClient } from '../../support/omeroWeb/client.js';
import { type FaultSpec, faultOf } from '../../support/omeroWeb/faultList.js';
import * as fault from '../../support/omeroWeb/faults.js';
import { all, always, attempts, every, first, nth, onPath, share } from '../../support/omeroWeb/faults.js';
import { generateOmero, READER } from '../../support/omeroWeb/generate.js';
import { interceptAll, type Interceptor, meanwhile } from '../../support/omeroWeb/intercept.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { spawnOmeroWeb } from '../../support/omeroWeb/spawn.js';
import { openStore } from '../../support/omeroWeb/store.js';

let server: OmeroWebServer | undefined;
afterEach(() => server?.close());

/** A client of a small server with faults on everything but the login. */
async function client(...faults: Interceptor[]): Promise<StandInClient> {
  const intercept = interceptAll(faults);
  server = await startOmeroWeb(openStore(generateOmero()), {
    intercept: (request, answer, controls) =>
      /\/(token|login)\/$/.test(request.path) ? answer() : intercept(request, answer, controls),
  });
  return logIn(server.url, READER);
}

const PROJECTS = 'api/v0/m/projects/';
const statuses = async (to: StandInClient, ...paths: string[]): Promise<number[]> => {
  const found: number[] = [];
  for (const path of paths) {
    const response = await to.fetch(path);
    found.push(response.status);
    await response.text();
  }
  return found;
};

describe('a fault of the stand-in server', () => {
  it('delays all answers, or some', async () => {
    const started = performance.now();
    await statuses(await client(fault.latency([20, 30]), fault.slow(onPath(/projects/), 30)), PROJECTS);
    expect(performance.now() - started).toBeGreaterThan(45);
  });

  it('keeps silent', async () => {
    const to = await client(fault.silent(always));
    const heard = await Promise.race([
      to.fetch(PROJECTS),
      new Promise((resolve) => setTimeout(resolve, 100, 'nothing')),
    ]);
    expect(heard).toBe('nothing');
  });

  it.each([502, 503, 504, 429] as const)('refuses with %i as a proxy does', async (status) => {
    const response = await (await client(fault.refused(always, status))).fetch(PROJECTS);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(response.headers.get('retry-after')).toBeNull();
  });

  it('says when to come back, in seconds or as a date', async () => {
    const seconds = await (await client(fault.refused(always, 503, { seconds: 7 }))).fetch(PROJECTS);
    expect(seconds.headers.get('retry-after')).toBe('7');
    await server?.close();
    const date = await (await client(fault.refused(always, 429, { seconds: 60, as: 'date' }))).fetch(PROJECTS);
    const ahead = Date.parse(date.headers.get('retry-after') ?? '') - Date.now();
    expect(ahead).toBeGreaterThan(50_000);
    expect(ahead).toBeLessThanOrEqual(60_000);
  });

  it('breaks the connection', async () => {
    await expect((await client(fault.reset(always))).fetch(PROJECTS)).rejects.toThrow();
  });

  it('cuts the body, with the connection or with a length that fits the part', async () => {
    const broken = await (await client(fault.truncated(always, 'whole'))).fetch(PROJECTS);
    await expect(broken.text()).rejects.toThrow();
    await server?.close();
    const short = await (await client(fault.truncated(always, 'cut', 0.25))).fetch(PROJECTS);
    const text = await short.text();
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(text).toMatch(/^\{/);
  });

  it('sends a page instead of JSON, with status 200', async () => {
    const error = await (await client(fault.htmlPage(always))).fetch(PROJECTS);
    expect([error.status, await error.text()]).toEqual([200, expect.stringContaining('Internal Server Error')]);
    await server?.close();
    const login = await (await client(fault.loginPage(always))).fetch(PROJECTS);
    expect([login.status, await login.text()]).toEqual([200, expect.stringContaining('name="password"')]);
  });

  it('calls JSON something else', async () => {
    const response = await (await client(fault.wrongType(always))).fetch(PROJECTS);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.json()).toHaveProperty('data');
  });

  it('sends to another host', async () => {
    const response = await (await client(fault.elsewhere(always))).fetch(`${PROJECTS}?limit=3`);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('http://elsewhere.example.org/api/v0/m/projects/?limit=3');
  });

  it('ends the session once, or again and again', async () => {
    const once = await client(fault.expiry(nth(2)));
    expect(await statuses(once, PROJECTS, PROJECTS)).toEqual([200, 403]);
    const again = await logIn(server?.url ?? '', READER);
    expect(await statuses(again, PROJECTS, PROJECTS)).toEqual([200, 200]);
    await server?.close();
    const forever = await client(fault.expiry(always));
    expect(await statuses(forever, PROJECTS)).toEqual([403]);
    expect(await statuses(await logIn(server?.url ?? '', READER), PROJECTS)).toEqual([403]);
  });
});

describe('what a fault strikes', () => {
  it('is counted among the requests that come to it', async () => {
    const to = await client(fault.serverError(all(onPath(/projects/), every(2))));
    expect(await statuses(to, PROJECTS, 'api/v0/m/screens/', PROJECTS, PROJECTS)).toEqual([200, 200, 500, 200]);
  });

  it('goes away when the same is asked again', async () => {
    const to = await client(fault.serverError(attempts(1)));
    const other = `${PROJECTS}?limit=1`;
    expect(await statuses(to, PROJECTS, PROJECTS, other, other)).toEqual([500, 200, 500, 200]);
  });

  it('is a share that depends on the seed and not on the order', async () => {
    const paths = Array.from({ length: 40 }, (_, i) => `${PROJECTS}?offset=${i}`);
    const one = await statuses(await client(fault.serverError(share(0.3, 5))), ...paths);
    await server?.close();
    const other = await statuses(await client(fault.serverError(share(0.3, 5))), ...paths.toReversed());
    expect(other.toReversed()).toEqual(one);
    const struck = one.filter((status) => status === 500).length;
    expect(struck).toBeGreaterThan(4);
    expect(struck).toBeLessThan(20);
  });
});

describe('an object at which the server fails', () => {
  it('takes the page and the batch with it that name it, and no other', async () => {
    const to = await client(brokenObject('Image:3'));
    const found = await statuses(
      to,
      'api/v0/m/images/3/',
      'api/v0/m/images/4/',
      'api/v0/m/datasets/1/images/?limit=2',
      'api/v0/m/datasets/1/images/?limit=500',
      'webclient/api/images/?id=1',
      'webclient/api/annotations/?image=1&image=3',
      'webclient/api/annotations/?image=4&dataset=3',
      'webclient/api/parent_links/?image=1,3',
    );
    expect(found).toEqual([500, 200, 200, 500, 500, 500, 200, 500]);
  });

  it('is on one row of a list, which can be found by halving', async () => {
    const to = await client(brokenObject('Image:3', ['page']));
    const rows = Array.from({ length: 7 }, (_, i) => `api/v0/m/datasets/1/images/?limit=1&offset=${i}`);
    const found = await statuses(to, ...rows);
    expect(found.filter((status) => status === 500)).toHaveLength(1);
  });

  it('may be a well, or break only the annotations', async () => {
    const well = await client(brokenObject('Well:2'));
    expect(await statuses(well, 'api/v0/m/wells/2/', 'api/v0/m/wells/1/')).toEqual([500, 200]);
    await server?.close();
    const batch = await client(brokenObject('Image:3', ['annotations']));
    expect(await statuses(batch, 'api/v0/m/images/3/', 'webclient/api/annotations/?image=3')).toEqual([200, 500]);
  });
});

describe('rows that are not what they were', () => {
  interface Annotations {
    readonly annotations: readonly { readonly class: string; readonly link: { readonly parent: { class: string } } }[];
  }
  interface Listed {
    readonly data: readonly { readonly '@id': number; readonly Name: string }[];
    readonly meta: { readonly totalCount: number };
  }

  it('are cut without a word, for each type of parent, unless a limit or page 0 was asked for', async () => {
    const to = await client(silentCut(2));
    const query = 'webclient/api/annotations/?image=1&image=2&dataset=1';
    const { annotations } = await to.json<Annotations>(query);
    const count = (type: string): number => annotations.filter(({ link }) => link.parent.class === type).length;
    expect([count('ImageI'), count('DatasetI')]).toEqual([2, 2]);
    const whole = (await to.json<Annotations>(`${query}&page=0`)).annotations.length;
    expect(whole).toBeGreaterThan(4);
    expect((await to.json<Annotations>(`${query}&limit=20000`)).annotations).toHaveLength(whole);
  });

  it('come twice while the count stays', async () => {
    const { data, meta } = await (await client(duplicateRows(onPath(/projects/)))).json<Listed>(PROJECTS);
    expect(data).toHaveLength(2 * meta.totalCount);
  });

  it('are of a class that nobody knows', async () => {
    const to = await client(unknownAnnotationClass(always));
    const { annotations } = await to.json<Annotations>('webclient/api/annotations/?image=1');
    expect(annotations[0]?.class).toBe('QuantumAnnotationI');
  });

  it('are renamed, added or gone between two pages', async () => {
    const page = (offset: number): string => `api/v0/m/datasets/1/images/?limit=3&offset=${offset}`;
    const work = meanwhile(all(onPath(/offset=3/), first(1)), (rows) => {
      const [image] = rows.images;
      if (image !== undefined) image.name = 'zzz last';
      rows.datasetImages.splice(
        rows.datasetImages.findIndex((link) => link.child === 2),
        1,
      );
    });
    const to = await client(work);
    const before = await to.json<Listed>(page(0));
    const after = await to.json<Listed>(page(3));
    expect([before.meta.totalCount, after.meta.totalCount]).toEqual([7, 6]);
    expect(JSON.stringify(await to.json<Listed>('api/v0/m/datasets/1/images/'))).toContain('zzz last');
  });
});

describe('faults as JSON', () => {
  it.each([
    [{ fault: 'refused', status: 503, path: 'projects' }, 503],
    [{ fault: 'serverError', nth: 1 }, 500],
    [{ fault: 'broken', ref: 'Project:1', in: ['page'] }, 500],
    [{ fault: 'expiry', first: 1 }, 403],
    [{ fault: 'latency', ms: 1 }, 200],
    [{ fault: 'serverError', after: 5 }, 200],
  ] satisfies [FaultSpec, number][])('%j answers %i', async (spec, status) => {
    expect(await statuses(await client(faultOf(spec)), PROJECTS)).toEqual([status]);
  });
});

describe('the stand-in server in a process of its own', () => {
  it('has the server, the faults and the log that its arguments ask for', async () => {
    const spawned = await spawnOmeroWeb([
      ...['--options', '{"projects":4,"privateGroups":0}', '--server', '{"prefix":"/omero"}'],
      ...['--fault', '{"fault":"serverError","path":"screens"}'],
    ]);
    try {
      expect(spawned.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/omero\/$/);
      const to = await logIn(spawned.url, { userName: spawned.username, password: spawned.password });
      expect(await to.json(`${PROJECTS}?limit=0`)).toMatchObject({ meta: { totalCount: 4 } });
      expect(await statuses(to, 'api/v0/m/screens/')).toEqual([500]);
      expect(await spawned.log()).toMatchObject([
        { method: 'GET', path: '/api/v0/token/', status: 200 },
        { method: 'POST', path: '/api/v0/login/', status: 200 },
        { method: 'GET', path: '/api/v0/m/projects/?limit=0', status: 200 },
        { method: 'GET', path: '/api/v0/m/screens/', status: 500 },
      ]);
      expect((await spawned.statistics()).requests).toBe(4);
    } finally {
      await spawned.close();
    }
    await expect(fetch(spawned.url)).rejects.toThrow();
  });
});

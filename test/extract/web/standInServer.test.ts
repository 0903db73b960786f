import { afterEach, describe, expect, it } from 'vitest';
import { goldenRows, GOLDEN_PASSWORD } from '../../support/omeroWeb/goldenStore.js';
import { pythonJson, float, type PythonValue } from '../../support/omeroWeb/pythonJson.js';
import type { ImageRow, ServerRows } from '../../support/omeroWeb/rows.js';
import { type OmeroWebOptions, type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';

const running: OmeroWebServer[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

async function start(options: OmeroWebOptions = {}, change: (rows: ServerRows) => void = () => {}) {
  const rows = goldenRows();
  change(rows);
  const server = await startOmeroWeb(openStore(rows), options);
  running.push(server);
  return server;
}

type Headers = Readonly<Record<string, string>>;
const get = (server: OmeroWebServer, path: string, headers: Headers = {}): Promise<Response> =>
  fetch(server.url + path, { headers, redirect: 'manual' });
const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

async function post(server: OmeroWebServer, path: string, form: Record<string, string>, headers: Headers = {}) {
  const token = await get(server, 'api/v0/token/');
  const { data } = (await token.json()) as { data: string };
  const cookie = [cookieOf(token), headers['Cookie']].filter((part) => part !== undefined).join('; ');
  return fetch(server.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, Cookie: cookie, 'X-CSRFToken': data },
    body: new URLSearchParams(form),
  });
}

const login = (server: OmeroWebServer, username: string, headers: Headers = {}, more: Record<string, string> = {}) =>
  post(server, 'api/v0/login/', { username, password: GOLDEN_PASSWORD, server: '1', ...more }, headers);

/** A session of ada's, or of somebody else. */
async function session(server: OmeroWebServer, username = 'ada'): Promise<(path: string) => Promise<Response>> {
  const cookie = cookieOf(await login(server, username));
  return (path) => get(server, path, { Cookie: cookie, 'X-Requested-With': 'XMLHttpRequest' });
}

interface Listed {
  readonly data: readonly { readonly '@id': number }[];
  readonly meta: { readonly limit: number; readonly maxLimit: number; readonly totalCount: number };
}
interface Annotated {
  readonly annotations: readonly { readonly id: number; readonly ns: string | null; readonly date: string }[];
}
const bodyOf = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;
const idsOf = async (response: Promise<Response>): Promise<number[]> =>
  (await bodyOf<Listed>(response)).data.map((item) => item['@id']);

const images = (count: number, first: number): ImageRow[] =>
  Array.from({ length: count }, (_, at) => ({
    id: first + at,
    owner: 2,
    group: 4,
    name: `made ${String(at).padStart(4, '0')}`,
    importDate: 0,
  }));

describe('the way into the stand-in OMERO.web', () => {
  it('lives below a prefix and puts it into its redirects and URLs', async () => {
    const server = await start({ prefix: '/omero', absoluteUrl: 'http://internal:4080' });
    expect(server.url).toMatch(/\/omero\/$/);
    const anonymous = await get(server, 'webclient/api/images/?id=201');
    expect(anonymous.headers.get('location')).toBe(
      '/omero/webclient/login/?url=%2Fomero%2Fwebclient%2Fapi%2Fimages%2F%3Fid%3D201',
    );
    const base = await bodyOf<Record<string, string>>(get(server, 'api/v0/'));
    expect(base['url:projects']).toBe('http://internal:4080/omero/api/v0/m/projects/');
  });
  it('redirects a path without its last slash', async () => {
    const answer = await get(await start(), 'api/v0/m/projects?limit=1');
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/api/v0/m/projects/?limit=1']);
  });
  it('shows pages, not JSON, where nothing is found and where people log in', async () => {
    const server = await start();
    for (const [path, status] of [
      ['api/v0/m/folders/', 404],
      ['webclient/login/', 200],
    ] as const) {
      const answer = await get(server, path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    }
  });
  it('asks for a Referer of its own host over HTTPS', async () => {
    const server = await start({ https: true });
    const host = new URL(server.url).host;
    expect((await login(server, 'ada')).status).toBe(403);
    expect((await login(server, 'ada', { Referer: 'https://elsewhere.example.org/' })).status).toBe(403);
    expect((await login(server, 'ada', { Referer: `https://${host}/` })).status).toBe(200);
  });
  it('masks its CSRF token anew each time and takes none but its own', async () => {
    const server = await start();
    const first = await get(server, 'api/v0/token/');
    const again = await get(server, 'api/v0/token/', { Cookie: cookieOf(first) });
    expect(again.headers.getSetCookie()).toEqual([]);
    expect(await again.json()).not.toEqual(await first.clone().json());
    const foreign = await fetch(`${server.url}api/v0/login/`, {
      method: 'POST',
      headers: { Cookie: cookieOf(first), 'X-CSRFToken': 'a'.repeat(64) },
    });
    expect(await foreign.json()).toEqual({
      message: "CSRF Failed: CSRF token from the 'X-Csrftoken' HTTP header incorrect.",
    });
  });
  it('lets several servers choose from, and takes no other', async () => {
    const servers = ['first', 'second'].map((server) => ({ host: `${server}.example.org`, port: 4064, server }));
    const server = await start({ servers });
    expect((await login(server, 'ada', {}, { server: '2' })).status).toBe(200);
    expect((await login(server, 'ada', {}, { server: '3' })).status).toBe(403);
  });
  it('calls its cookies as it is configured to', async () => {
    const server = await start({ sessionCookie: 'omerosession', csrfCookie: 'omerocsrf' });
    expect(cookieOf(await login(server, 'ada'))).toMatch(/^omerosession=/);
    expect(cookieOf(await get(server, 'api/v0/token/'))).toMatch(/^omerocsrf=/);
  });
  it('lets nobody in who has no password', async () => {
    expect((await login(await start(), 'guest', {}, { password: '' })).status).toBe(403);
  });
  it('forgets all sessions at once, in the words of each application, and takes the same cookie again', async () => {
    const server = await start();
    const cookie = cookieOf(await login(server, 'ada'));
    const ping = async (): Promise<string> =>
      (await get(server, 'webclient/keepalive_ping/', { Cookie: cookie })).text();
    expect(await ping()).toBe('OK');
    server.expireSessions();
    expect(await ping()).toBe('Connection Failed');
    const api = await get(server, 'api/v0/m/projects/', { Cookie: cookie });
    expect([api.status, await api.json()]).toEqual([403, { message: 'Not logged in' }]);
    expect((await get(server, 'webgateway/original_file_paths/301/', { Cookie: cookie })).status).toBe(302);
    await login(server, 'ada', { Cookie: cookie });
    expect(await ping()).toBe('OK');
  });
  it('closes the OMERO session at logout', async () => {
    const server = await start();
    const cookie = cookieOf(await login(server, 'ada'));
    expect(server.openSessions).toBe(1);
    expect((await get(server, 'webclient/logout/', { Cookie: cookie })).status).toBe(200);
    expect(server.openSessions).toBe(1);
    expect((await post(server, 'webclient/logout/', {}, { Cookie: cookie })).status).toBe(302);
    expect(server.openSessions).toBe(0);
  });
  it('lets the public user in where the filter allows, for GET only', async () => {
    const server = await start({ publicUser: { id: 4, urlFilter: /^\/webclient/ } });
    expect((await get(server, 'webclient/api/images/?id=201')).status).toBe(200);
    expect((await get(server, 'api/v0/m/projects/')).status).toBe(403);
    const empty = await post(
      server,
      'api/v0/login/',
      {},
      { Cookie: cookieOf(await get(server, 'webclient/api/tags/')) },
    );
    expect(empty.status).toBe(403);
  });
  it('goes on as the public user, who sees less, when a session has run out', async () => {
    const server = await start({ publicUser: { id: 4 } });
    const cookie = cookieOf(await login(server, 'ada'));
    const projects = (): Promise<number[]> => idsOf(get(server, 'api/v0/m/projects/', { Cookie: cookie }));
    expect(await projects()).toEqual([102, 101]);
    server.expireSessions();
    expect(await projects()).toEqual([]);
  });
  it('takes the id of an OMERO session in the query', async () => {
    const server = await start({ newSession: () => ({ sessionId: 7, sessionUuid: 'abc' }) });
    await login(server, 'ada');
    expect((await get(server, 'api/v0/m/projects/?bsession=abc&server=1')).status).toBe(200);
    expect((await get(server, 'api/v0/m/projects/?bsession=other&server=1')).status).toBe(403);
  });
  it('refuses request lines that gunicorn would refuse', async () => {
    const ada = await session(await start());
    const ids = (count: number): string =>
      Array.from({ length: count }, (_, at) => `image=${1_000_000 + at}`).join('&');
    expect((await ada(`webclient/api/annotations/?${ids(250)}`)).status).toBe(200);
    expect((await ada(`webclient/api/annotations/?${ids(300)}`)).status).toBe(400);
  });
});

describe('lists of the stand-in OMERO.web', () => {
  it('cut a large limit, take a negative one for none, and say which it was', async () => {
    const server = await start({}, (rows) => rows.images.push(...images(600, 1000)));
    const ada = await session(server);
    const list = (query: string): Promise<Listed> => bodyOf<Listed>(ada(`api/v0/m/images/?${query}`));
    const cut = await list('limit=9999');
    expect([cut.data.length, cut.meta.limit, cut.meta.totalCount]).toEqual([500, 500, 605]);
    expect((await list('limit=-1')).meta.limit).toBe(200);
    expect(
      new Set([...(await list('limit=500')).data, ...(await list('limit=500&offset=500')).data].map((i) => i['@id'])),
    ).toHaveProperty('size', 605);
  });
  it('follow the configured limits', async () => {
    const ada = await session(await start({ limit: 1, maxLimit: 2 }));
    const { meta } = await bodyOf<Listed>(ada('api/v0/m/images/'));
    expect([meta.limit, meta.maxLimit]).toEqual([1, 2]);
  });
  it('repeat a project that two people linked to the same dataset, and count it once', async () => {
    const server = await start({}, (rows) =>
      rows.projectDatasets.push({ id: 3009, parent: 101, child: 202, owner: 3 }),
    );
    const ada = await session(server);
    const { data, meta } = await bodyOf<Listed>(ada('api/v0/m/projects/?dataset=202'));
    expect([data.map((item) => item['@id']), meta.totalCount]).toEqual([[102, 101, 101], 2]);
  });
  it('are empty below a parent that is missing or hidden', async () => {
    const ada = await session(await start());
    expect(await idsOf(ada('api/v0/m/datasets/999/images/'))).toEqual([]);
    expect(await idsOf(ada('api/v0/m/projects/103/datasets/'))).toEqual([]);
  });
  it('order wells by column, then row', async () => {
    const server = await start({}, (rows) => {
      const well = { owner: 2, group: 3, plate: 412, samples: [] };
      rows.wells.push({ id: 1, ...well, row: 0, column: 1 }, { id: 2, ...well, row: 1, column: 0 });
      rows.wells.push({ id: 3, ...well, row: 0, column: 0 });
    });
    const ada = await session(server);
    expect(await idsOf(ada('api/v0/m/plates/412/wells/'))).toEqual([3, 2, 1]);
  });
  it('cut the fields of wells that a run or an index narrows', async () => {
    const server = await start({}, (rows) => {
      rows.plateAcquisitions.push({ id: 423, owner: 2, group: 3, plate: 411 });
      rows.wells[0]?.samples.push({ id: 443, image: 301, plateAcquisition: 423 });
    });
    const ada = await session(server);
    type Wells = { data: { WellSamples: { '@id': number }[] }[] };
    const fields = async (path: string): Promise<number[]> =>
      (await bodyOf<Wells>(ada(`api/v0/m/${path}/wells/`))).data.flatMap((well) =>
        well.WellSamples.map((one) => one['@id']),
      );
    expect(await fields('plateacquisitions/423')).toEqual([443]);
    expect(await fields('plates/411/wellsampleindex/1')).toEqual([442]);
    const run = await bodyOf<{ data: Record<string, unknown> }>(ada('api/v0/m/plateacquisitions/423/'));
    expect(run.data['omero:wellsampleIndex']).toEqual([2, 2]);
  });
  it('fail as a whole at a run without fields', async () => {
    const server = await start({}, (rows) => rows.plateAcquisitions.push({ id: 424, owner: 2, group: 3, plate: 411 }));
    const ada = await session(server);
    expect((await ada('api/v0/m/plates/411/plateacquisitions/')).status).toBe(500);
    const runs = await bodyOf<{ plate_acquisitions: { name: string }[] }>(
      ada('webclient/api/plate_acquisitions/?id=411'),
    );
    expect(runs.plate_acquisitions.map((run) => run.name)).toEqual(['Run 1', 'Run 424']);
  });
  it('show an image without channels that is a 404 by itself', async () => {
    const server = await start({}, (rows) => rows.images.push(...images(1, 900)));
    const ada = await session(server);
    expect(await idsOf(ada('api/v0/m/images/'))).toContain(900);
    expect((await ada('api/v0/m/images/900/')).status).toBe(404);
  });
  it('follow a rename between two pages once the store is told', async () => {
    const rows = goldenRows();
    const store = openStore(rows);
    const server = await startOmeroWeb(store);
    running.push(server);
    const ada = await session(server);
    expect(await idsOf(ada('api/v0/m/datasets/201/images/?limit=1'))).toEqual([301]);
    for (const row of rows.images) if (row.id === 301) row.name = 'zebra';
    store.changed();
    expect(await idsOf(ada('api/v0/m/datasets/201/images/?limit=1&offset=1'))).toEqual([301]);
  });
  it('answer 500 to a parameter that is no number, but 400 to a bad owner', async () => {
    const ada = await session(await start());
    expect((await ada('api/v0/m/datasets/?project=x')).status).toBe(500);
    expect((await ada('api/v0/m/datasets/?owner=x')).status).toBe(400);
    expect((await ada('webclient/api/images/?id=x')).status).toBe(400);
    expect((await ada('webclient/api/annotations/?image=1,2')).status).toBe(500);
  });
});

describe('who sees what in the stand-in OMERO.web', () => {
  const visible = async (user: string): Promise<number[]> =>
    (await idsOf((await session(await start(), user))('api/v0/m/images/'))).sort();
  it.each([
    ['root', [301, 302, 303, 304, 305, 306]],
    ['ada', [301, 302, 303, 304, 305]],
    ['grace', [301, 302, 303, 306]],
    ['public', [304, 305]],
  ])('%s sees what the groups let see', async (user, ids) => expect(await visible(user)).toEqual(ids));
  it('members of a private group see only their own things there, its leader sees all', async () => {
    const server = await start({}, (rows) => {
      const group = rows.groups.find((row) => row.id === 5);
      group?.members.push(2, 4);
      if (group !== undefined) group.leaders = [4];
    });
    expect(await idsOf((await session(server, 'ada'))('api/v0/m/projects/?group=5'))).toEqual([]);
    expect(await idsOf((await session(server, 'public'))('api/v0/m/projects/?group=5'))).toEqual([103]);
  });
  it('a world-readable group is open to all', async () => {
    const server = await start({}, (rows) => {
      for (const group of rows.groups) if (group.id === 5) group.perm = 'rwr-r-';
    });
    expect(await idsOf((await session(server, 'ada'))('api/v0/m/projects/?group=5'))).toEqual([103]);
  });
});

describe('annotations of the stand-in OMERO.web', () => {
  const annotations = async (query: string, options: OmeroWebOptions = {}): Promise<Annotated['annotations']> =>
    (await bodyOf<Annotated>((await session(await start(options)))(`webclient/api/annotations/?${query}`))).annotations;
  it('are cut without a word for each type of parent by itself', async () => {
    expect(await annotations('image=301&image=302&project=101&limit=1')).toHaveLength(2);
    expect(await annotations('image=301&page=0&limit=1')).toHaveLength(11);
    expect(await annotations('image=301', { pageSize: 0.05 })).toHaveLength(5);
  });
  it('come in the order of their namespaces, those without at the end', async () => {
    const namespaces = (await annotations('image=301')).map(({ ns }) => ns ?? '\uffff');
    expect(namespaces).toEqual([...namespaces].sort());
  });
  it('are dated as the version does it', async () => {
    const date = async (options: OmeroWebOptions): Promise<string | undefined> =>
      (await annotations('image=301&type=comment', options))[0]?.date;
    expect(await date({ timeZone: 'America/New_York' })).toBe('2023-11-14T17:30:05-05:00');
    expect(await date({ timeZone: 'Asia/Kolkata', dates: 'naive' })).toBe('2023-11-15T04:00:05');
    expect(await date({ timeZone: 'Asia/Kolkata', dates: 'literal-z' })).toBe('2023-11-15T04:00:05Z');
  });
  it('keep a long value that no float holds', async () => {
    const server = await start({}, (rows) => {
      for (const row of rows.annotations) if (row.class === 'LongAnnotationI') row.longValue = 2n ** 63n - 1n;
    });
    const answer = await (await session(server))('webclient/api/annotations/?image=301&type=rating');
    expect(await answer.text()).toContain('"longValue": 9223372036854775807');
  });
  it('give runs and wells without a name one of their own', async () => {
    const server = await start({}, (rows) => {
      for (const run of rows.plateAcquisitions) delete run.name;
      rows.wells[0]!.row = 27;
    });
    const text = await (await (await session(server))('webclient/api/annotations/?acquisition=421&well=431')).text();
    expect(text).toContain('"name": "Run 421"');
    expect(text).toContain('"name": "AB1"');
  });
  it('of a tag set are found under its id', async () => {
    const ada = await session(await start());
    const set = await bodyOf<{ tags: { id: number }[] }>(ada('webclient/api/tags/?id=1004'));
    expect(set.tags.map((tag) => tag.id)).toEqual([1003]);
    const tag = await bodyOf<Record<string, { id: number }[]>>(ada('webclient/api/tags/?id=1003'));
    expect([tag['projects']?.[0]?.id, tag['images']?.[0]?.id, tag['tags']]).toEqual([101, 301, []]);
  });
});

describe('parents, paths and tables of the stand-in OMERO.web', () => {
  it('parent links take lists of ids', async () => {
    const ada = await session(await start());
    const links = await bodyOf<{ data: { parent: { id: number }; child: { type: string; id: number } }[] }>(
      ada('webclient/api/parent_links/?image=301,302&dataset=202&plate=411'),
    );
    expect(links.data.map(({ parent, child }) => `${child.type} ${child.id} in ${parent.id}`)).toEqual([
      'image 301 in 201',
      'image 302 in 201',
      'image 302 in 202',
      'dataset 202 in 101',
      'dataset 202 in 102',
      'plate 411 in 401',
    ]);
  });
  it('paths lead to an image through all its containers, or its well', async () => {
    const ada = await session(await start());
    const paths = async (image: number): Promise<string[]> =>
      (
        await bodyOf<{ paths: { type: string; id: number }[][] }>(ada(`webclient/api/paths_to_object/?image=${image}`))
      ).paths.map((path) => path.map(({ type, id }) => `${type}-${id}`).join(' '));
    expect(await paths(302)).toEqual([
      'experimenter-2 project-101 dataset-201 image-302',
      'experimenter-2 project-101 dataset-202 image-302',
      'experimenter-3 project-102 dataset-202 image-302',
    ]);
    expect(await paths(304)).toEqual(['experimenter-2 screen-401 plate-411 well-431 image-304']);
    expect(await paths(303)).toEqual(['experimenter-3 orphaned-3 image-303']);
  });
  it('original files come with the fileset, or not at all', async () => {
    const ada = await session(await start());
    expect(await bodyOf(ada('webgateway/original_file_paths/301/'))).toMatchObject({ fileset: { id: 901 } });
    expect(await bodyOf(ada('webgateway/original_file_paths/304/'))).toEqual({});
    expect((await ada('webgateway/original_file_paths/306/')).status).toBe(404);
  });
  it('tables are found from the objects below them', async () => {
    const ada = await session(await start());
    for (const path of ['Screen/401', 'Screen.plateLinks.child/411', 'Screen.plateLinks.child.wells/431']) {
      const { data } = await bodyOf<{ data: { file: number }[] }>(ada(`webgateway/annotations/${path}/`));
      expect(data.map(({ file }) => file)).toEqual([2001]);
    }
    expect(await bodyOf(ada('webgateway/annotations/Screen.nothing/1/'))).toHaveProperty('error');
  });
  it('tables give their rows in pages and refuse too many with status 200', async () => {
    const ada = await session(await start({ maxTableRows: 1 }));
    const one = await ada('webgateway/table/2001/query/?query=*&offset=1&limit=1');
    expect(await one.text()).toContain('"rows": [[432, "a2", "H2BC1", 12.5]]');
    const all = await ada('webgateway/table/2001/query/?query=*');
    expect([all.status, await all.json()]).toEqual([
      200,
      {
        error: 'Trying to download 2 rows exceeds configured omero.web.max_table_download_rows of 1',
        status: 404,
      },
    ]);
    expect(await bodyOf(ada('webgateway/table/2001/metadata/'))).toMatchObject({ totalCount: 2 });
  });
});

describe('the seam for faults', () => {
  it('passes requests on, answers them itself and breaks connections', async () => {
    const server = await start({
      intercept: async (request, answer) => {
        if (request.path === '/api/') return { status: 503, headers: { 'Retry-After': '2' }, body: '' };
        const reply = await answer();
        if (request.path === '/api/v0/servers/') return { ...reply, mishap: { kind: 'reset' } };
        return request.path === '/api/v0/' ? { ...reply, mishap: { kind: 'cut', bytes: 9, declared: 'whole' } } : reply;
      },
    });
    expect((await get(server, 'api/')).headers.get('retry-after')).toBe('2');
    await expect(get(server, 'api/v0/servers/')).rejects.toThrow();
    await expect(get(server, 'api/v0/').then((answer) => answer.text())).rejects.toThrow();
    expect((await get(server, 'api/v0/token/')).status).toBe(200);
    expect(server.log.map(({ path, status }) => `${path} ${status}`)).toEqual([
      '/api/ 503',
      '/api/v0/servers/ 0',
      '/api/v0/ 200',
      '/api/v0/token/ 200',
    ]);
  });
});

describe('JSON as Python writes it', () => {
  it.each<[PythonValue, string]>([
    [{ a: float(325), b: [1, 2n, null], c: undefined }, '{"a": 325.0, "b": [1, 2, null]}'],
    [float(0.00001), '1e-05'],
    [float(1e16), '1e+16'],
    [float(123456789.5), '123456789.5'],
    [float(NaN), 'NaN'],
    ['µ "\n😀', '"\\u00b5 \\"\\n\\ud83d\\ude00"'],
  ])('case %#', (value, text) => expect(pythonJson(value)).toBe(text));
});

import { spawn } from 'node:child_process';
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestUnit } from '../../../src/extract/web/harvestUnit.js';
import { readServerMap, type ServerMap } from '../../../src/extract/web/serverMap.js';
import { unitsOf } from '../../../src/extract/web/units.js';
import { openWebSession, type WebSession } from '../../../src/extract/web/webSession.js';
import { generateOmero } from '../../support/omeroWeb/generate.js';
import type { HeardRequest } from '../../support/omeroWeb/intercept.js';
import { fractionOf } from '../../support/omeroWeb/random.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { CREDENTIALS, filesOf, removeFolder, temporaryFolder } from './exporting.js';

const MAIN = resolve('dist/cli/main.js');
let server: OmeroWebServer;
let home: string;
/** The record of an uninterrupted export, and how many requests it took. */
let whole: ReadonlyMap<string, string>;
let requests = 0;
/** Requests that only the harvest of one unit makes. */
const own = new Map<string, Set<string>>();
/** Hears each request; what it says true to is not answered. */
let onRequest: (request: HeardRequest) => boolean = () => false;

beforeAll(async () => {
  home = await temporaryFolder();
  server = await startOmeroWeb(openStore(generateOmero({ seed: 11, mixedOwners: 3 })), {
    intercept: async (request, answer) =>
      onRequest(request) ? { status: 200, headers: {}, body: '', mishap: { kind: 'silence' } } : answer(),
  });
  await learnOwnRequests();
  const before = server.log.length;
  const { code, err } = await run(join(home, 'whole'));
  expect([code, err]).toEqual([0, '']);
  requests = server.log.length - before;
  whole = await filesOf(join(home, 'whole'));
}, 60_000);
afterAll(async () => {
  await server.close();
  await removeFolder(home);
});

async function learnOwnRequests(): Promise<void> {
  const byUnit = new Map<string, Set<string>>();
  const keys = await withMap(async (_, map) => unitsOf(map).map(({ key }) => key));
  for (const key of keys) {
    // A map of its own for each unit, so that what a run asks once for all units is asked by each.
    await withMap(async (session, map) => {
      const before = server.log.length;
      for (const unit of unitsOf(map)) if (unit.key === key) for await (const _ of harvestUnit(session, map, unit, {}));
      byUnit.set(key, new Set(server.log.slice(before).map(({ path }) => path)));
    });
  }
  for (const [unit, paths] of byUnit) {
    const others = [...byUnit].flatMap(([key, more]) => (key === unit ? [] : [...more]));
    own.set(unit, new Set([...paths].filter((path) => !others.includes(path))));
  }
}

async function withMap<T>(work: (session: WebSession, map: ServerMap) => Promise<T>): Promise<T> {
  const session = await openWebSession({ url: server.url, credentials: CREDENTIALS, userAgent: 'test' });
  try {
    return await work(session, await readServerMap(session, [], undefined, { name: '', onFinding: () => {} }));
  } finally {
    await session.close();
  }
}

/** Runs an export in a process of its own; `hold` gets what kills it. */
async function run(
  data: string,
  hold: (kill: () => void) => void = () => {},
): Promise<{ code: number | null; err: string }> {
  const child = spawn(
    process.execPath,
    [MAIN, 'export', '--source', 'omero-web', '--url', server.url, '--data', data, '--quiet'],
    {
      cwd: home,
      env: {
        PATH: process.env.PATH,
        SOURCE_DATE_EPOCH: '1800000000',
        OMERO_USER: CREDENTIALS.username,
        OMERO_PASSWORD: CREDENTIALS.password,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  hold(() => child.kill('SIGKILL'));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  onRequest = () => false;
  return { code, err };
}

const isLogout = ({ path }: HeardRequest): boolean => path === '/webclient/logout/';

/** An export that is killed before its n-th request is answered, at the latest when it logs out; says what it asked for. */
async function killedAt(data: string, n: number): Promise<readonly string[]> {
  const before = server.log.length;
  const { code } = await run(data, (kill) => {
    onRequest = (request) => {
      if (request.number < before + n && !isLogout(request)) return false;
      kill();
      return true;
    };
  });
  expect(code).toBeNull();
  return server.log.slice(before).map(({ path }) => path);
}

/** Units of which the journal holds a whole file. */
async function finishedUnits(data: string): Promise<readonly string[]> {
  const folder = join(data, 'harvest');
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ndjson'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => (JSON.parse(text.slice(0, text.indexOf('\n'))) as { unit: string }).unit);
}

/** Requests that fetch again what was finished. */
const again = (asked: readonly string[], finished: readonly string[]): string[] =>
  asked.filter((path) => finished.some((unit) => own.get(unit)?.has(path)));

async function toTheEnd(data: string): Promise<readonly string[]> {
  const before = server.log.length;
  const { code, err } = await run(data);
  expect([code, err]).toEqual([0, expect.not.stringContaining('bug')]);
  expect(await filesOf(data)).toEqual(whole);
  return server.log.slice(before).map(({ path }) => path);
}

describe('an export that is killed', () => {
  it('knows requests of each unit that no other unit makes', () => {
    expect(own.size).toBeGreaterThan(10);
    for (const [unit, paths] of own) expect([unit, paths.size > 0]).toEqual([unit, true]);
  });

  it.each([1, 2, 3, 4, 5])(
    'goes on after each of four kills where it was, and ends with the same bytes (series %i)',
    async (series) => {
      const data = join(home, `killed-${series}`);
      await mkdir(data);
      let left = requests;
      let finished: readonly string[] = [];
      for (let kill = 1; kill <= 4; kill += 1) {
        // What comes before the units is asked for each time.
        const n = 1 + Math.floor(fractionOf(`kill ${series} ${kill}`) * left * 0.9);
        const asked = await killedAt(data, n);
        expect(again(asked, finished), `request ${n}`).toEqual([]);
        const now = await finishedUnits(data);
        expect(now).toEqual(expect.arrayContaining([...finished]));
        left -= now.slice(finished.length).reduce((sum, unit) => sum + (own.get(unit)?.size ?? 0), 0);
        finished = now;
      }
      expect(again(await toTheEnd(data), finished)).toEqual([]);
    },
    120_000,
  );

  it('asks for nothing again when it is killed while the graph is written', async () => {
    const data = join(home, 'killed-writing');
    await mkdir(data);
    const points: readonly [string, (kill: () => void) => (() => void) | void][] = [
      ['at the logout', (kill) => void (onRequest = (request) => isLogout(request) && (kill(), true))],
      ['when the first graph is there', (kill) => whenThere(data, /^graphs\/.*\.nq$/, kill)],
      ['when the description is there', (kill) => whenThere(data, /^graphs\/description/, kill)],
      ['when the record is whole', (kill) => whenThere(data, /^manifest\.json$/, kill)],
    ];
    let finished: readonly string[] = [];
    for (const [point, hold] of points) {
      const before = server.log.length;
      const releases: ((() => void) | void)[] = [];
      await run(data, (kill) => void releases.push(hold(kill)));
      releases[0]?.();
      const asked = server.log.slice(before).map(({ path }) => path);
      expect(again(asked, finished), point).toEqual([]);
      finished = await finishedUnits(data);
    }
    expect(finished).toHaveLength(own.size);
    expect(again(await toTheEnd(data), finished)).toEqual([]);
  }, 120_000);
});

/** Calls back as soon as such a file appears in the data folder. */
function whenThere(data: string, pattern: RegExp, call: () => void): () => void {
  const watcher: FSWatcher = watch(data, { recursive: true }, (_, name) => {
    if (name !== null && pattern.test(name)) call();
  });
  return () => watcher.close();
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { PARTS } from '../../../src/extract/web/parts.js';
import type { VisibilityPolicy } from '../../../src/extract/visibility.js';
import type { Interceptor } from '../../support/omeroWeb/intercept.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { canariesIn, canaryRows, DENIED_GROUP, DENIED_OWNER, hiddenObjects, READER, ROOT } from './canaryRows.js';
import { filesOf, removeFolder, temporaryFolder } from './exporting.js';

let server: OmeroWebServer;
let home: string;
let data: string;
let trouble: Interceptor | undefined;
/** Cookies, tokens and ids of sessions that the server has given out. */
const tokens = new Set<string>();
const listening: Interceptor = async (request, answer, controls) => {
  const reply = await (trouble === undefined ? answer() : trouble(request, answer, controls));
  for (const cookie of [reply.headers['Set-Cookie'] ?? []].flat()) tokens.add(/^[^=]*=([^;]*)/.exec(cookie)?.[1] ?? '');
  if (request.path.includes('/token/')) tokens.add((JSON.parse(String(reply.body)) as { data: string }).data);
  return reply;
};

beforeAll(async () => {
  server = await startOmeroWeb(openStore(canaryRows()), {
    intercept: listening,
    newSession: () => ({ sessionId: 1, sessionUuid: 'CANARY-always-session' }),
  });
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await temporaryFolder();
  data = join(home, 'data');
  trouble = undefined;
});
afterEach(() => removeFolder(home));

/** Runs a command; all that it printed, and all that it wrote, names of files included. */
async function omegraph(
  args: readonly string[],
  { visibility, account = READER }: { visibility?: VisibilityPolicy | undefined; account?: typeof READER } = {},
): Promise<{ readonly code: number; readonly printed: string; readonly written: string; readonly all: string }> {
  const config = join(home, 'omegraph.yaml');
  await mkdir(home, { recursive: true });
  await writeFile(
    config,
    JSON.stringify({ omero: { url: server.url, parts: PARTS }, data, ...(visibility && { visibility }) }),
  );
  let printed = '';
  const write = { write: (text: string) => (printed += text) };
  const env = { OMERO_USER: account.username, OMERO_PASSWORD: account.password, NETRC: join(home, 'none') };
  const code = await run(
    [...args, '--config', config],
    { stdout: write, stderr: write, env },
    new AbortController().signal,
  );
  const written = [...(await filesOf(data).catch(() => new Map<string, string>()))].flat().join('\n');
  return { code, printed, written: Buffer.from(written, 'latin1').toString(), all: printed + written };
}
const EXPORT = ['export', '--source', 'omero-web'];

const DENIES: VisibilityPolicy = { groups: { deny: [DENIED_GROUP] }, owners: { deny: [DENIED_OWNER.login] } };
const ALL = ['always', 'private', 'group', 'owner'];
const POLICIES: readonly (readonly [
  what: string,
  visibility: VisibilityPolicy | undefined,
  forbidden: readonly string[],
])[] = [
  ['no policy', undefined, ['always', 'private']],
  ['a group denied', { groups: { deny: ['ExperimenterGroup:7'] } }, ['always', 'private', 'group']],
  ['an owner denied by login', { owners: { deny: [DENIED_OWNER.login] } }, ['always', 'private', 'owner']],
  ['an owner denied by name', { owners: { deny: [DENIED_OWNER.name] } }, ['always', 'private', 'owner']],
  ['an owner denied by id', { owners: { deny: ['5'] } }, ['always', 'private', 'owner']],
  ['both denied', DENIES, ALL],
  ['groups allowed', { groups: { allow: ['lab', 'screening'] } }, ['always', 'private', 'group']],
  ['owners allowed', { owners: { allow: ['Ada Lovelace', 'Experimenter:3'] } }, ['always', 'private', 'owner']],
  ['levels', { levels: ['read-only', 'private'] }, ['always', 'private', 'group']],
  [
    'the private group allowed and denied',
    { groups: { allow: ['private group', 'lab'], deny: ['6'] } },
    ['always', 'private', 'group'],
  ],
  [
    'the private group allowed, not its level',
    { groups: { allow: ['private group'] }, levels: ['read-annotate'] },
    ALL,
  ],
  ['nobody allowed', { owners: { allow: [] } }, ALL],
];
const ACCOUNTS = [
  ['the leader of the private group', READER],
  ['an administrator', ROOT],
] as const;

/** Canaries and tokens in a text. */
const leaks = (text: string, forbidden: readonly string[]): readonly string[] => [
  ...canariesIn(text, forbidden),
  ...[...tokens].filter((token) => token.length > 8 && text.includes(token)),
];

describe.each(ACCOUNTS)('what %s sees', (_who, account) => {
  it.each(POLICIES)(
    'is published, under %s, without a trace of what is hidden',
    async (_what, visibility, forbidden) => {
      const exported = await omegraph([...EXPORT, '--json'], { visibility, account });
      expect(exported.code).toBe(0);
      expect(leaks(exported.all, forbidden)).toEqual([]);
      expect(hiddenObjects(forbidden).filter((iri) => exported.written.includes(iri))).toEqual([]);
    },
  );

  it.each(POLICIES)('is planned, under %s, without a trace of what is hidden', async (_what, visibility, forbidden) => {
    for (const more of [[], ['--json']]) {
      const { code, printed, written } = await omegraph([...EXPORT, '--dry-run', ...more], { visibility, account });
      expect(code).toBe(0);
      expect(leaks(printed, forbidden)).toEqual([]);
      expect(written).toBe('');
    }
  });

  it.each([
    'Project:101',
    'Project:102',
    'Dataset:201',
    'Image:301',
    'Image:302',
    'Screen:401',
    'Plate:411',
    'Image:304',
  ])('is published from %s on, and planned, without a trace of what is hidden', async (root) => {
    const exported = await omegraph([...EXPORT, root], { visibility: DENIES, account });
    expect(exported.code).toBe(0);
    expect(exported.written).toContain(`/${root.replace(':', '/')}>`);
    expect(leaks(exported.all, ALL)).toEqual([]);
    expect(
      leaks((await omegraph([...EXPORT, root, '--dry-run'], { visibility: DENIES, account })).printed, ALL),
    ).toEqual([]);
  });

  it('is refused by id and reason alone, where a root is hidden', async () => {
    for (const [list, type] of [
      ['projects', 'Project'],
      ['datasets', 'Dataset'],
      ['screens', 'Screen'],
      ['plates', 'Plate'],
      ['images', 'Image'],
    ] as const) {
      const hidden = canaryRows()[list].filter(({ name }) => name.startsWith('CANARY'));
      expect(hidden.length).toBeGreaterThanOrEqual(3);
      for (const { id } of hidden) {
        const { code, all } = await omegraph([...EXPORT, `${type}:${id}`], { visibility: DENIES, account });
        expect(code).toBe(2);
        expect(all).toMatch(/forbids to publish this object|there is no such object/);
        expect(leaks(all, ALL)).toEqual([]);
      }
    }
  });
});

describe('a canary', () => {
  it('would sing: what a policy names is published', async () => {
    const allowed = await omegraph(EXPORT, {
      visibility: { groups: { allow: ['private group', DENIED_GROUP, 'lab', 'screening'] } },
    });
    const found = canariesIn(allowed.written, ALL).join('\n');
    for (const kind of ['private', 'group', 'owner'])
      for (const what of [
        'project',
        'dataset',
        'image',
        'channel',
        'roi',
        'shape',
        'screen',
        'plate',
        'run',
        'well',
        'field-0',
        'key',
        'value',
        'tag',
        'lsid',
        'attached',
        'file',
        'row-of-hidden-image',
      ])
        expect(found, `${kind} ${what}`).toContain(`CANARY-${kind}-${what}`);
    for (const what of ['set', 'cell', 'column', 'last', 'institute'])
      expect(found, what).toContain(`CANARY-owner-${what}`);
    expect(leaks(allowed.all, ['always'])).toEqual([]);
  });

  it('that is visible loses its server folder and home, and keeps its name', async () => {
    const { written } = await omegraph(EXPORT, { visibility: DENIES });
    for (const name of ['cell_001.czi', 'cell_001.ini', 'orphan.tif', 'visible.pdf'])
      expect(written).toContain(`"${name}"`);
  });
});

describe('a run that goes wrong', () => {
  it('keeps nothing hidden in its journal, wherever it stops', async () => {
    let kept = 0;
    for (let requests = 12; requests < 140; requests += 9) {
      const stopped = await omegraph([...EXPORT, '--max-requests', String(requests), '--restart'], {
        visibility: DENIES,
        account: ROOT,
      });
      if (stopped.code === 0) break;
      if (stopped.written.includes('Project')) kept += 1;
      expect(leaks(stopped.all, ALL)).toEqual([]);
    }
    expect(kept).toBeGreaterThan(2);
  });

  it('says of what fails no more than its id', async () => {
    const body = JSON.stringify({ message: 'no such thing', stacktrace: 'Traceback: CANARY-always-stack' });
    trouble = async (request, answer) =>
      /(images\/30[12]|rois|original_file_paths|annotations|table)/.test(request.path) && request.number % 3 === 0
        ? { status: 500, headers: { 'Content-Type': 'application/json' }, body }
        : answer();
    const { all } = await omegraph([...EXPORT, '--json'], { visibility: DENIES, account: ROOT });
    expect(leaks(all, ALL)).toEqual([]);
  });

  it('says nothing of the account when the login is refused', async () => {
    const { code, all } = await omegraph(EXPORT, { account: { ...READER, password: 'CANARY-always-wrong' } });
    expect(code).toBe(2);
    expect(leaks(all, ALL)).toEqual([]);
  });

  it('is looked into by the doctor without more than the name of the account and of groups', async () => {
    const { printed } = await omegraph(['doctor']);
    expect(leaks(printed.replaceAll(READER.username, ''), ALL)).toEqual([]);
  });
});

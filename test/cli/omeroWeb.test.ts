import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.js';
import { generateOmero, READER } from '../support/omeroWeb/generate.js';
import { startOmeroWeb } from '../support/omeroWeb/server.js';
import type { OmeroWebServer } from '../support/omeroWeb/serverOptions.js';
import { openStore } from '../support/omeroWeb/store.js';

const home = mkdtempSync(join(tmpdir(), 'omegraph-cli-web-'));
const data = join(home, 'data');
const netrc = join(home, 'netrc');
const ACCOUNT = { OMERO_USER: READER.userName, OMERO_PASSWORD: READER.password };
let server: OmeroWebServer;

/** Runs a command against the stand-in; nothing of the tester's own environment or netrc is seen. */
async function omegraph(args: readonly string[], env: Readonly<Record<string, string>> = ACCOUNT) {
  let out = '';
  let err = '';
  const io = { stdout: { write: (t: string) => (out += t) }, stderr: { write: (t: string) => (err += t) } };
  const code = await run(args, { ...io, env: { NETRC: netrc, ...env } }, new AbortController().signal);
  return { code, out, err };
}
const fromServer = (...args: string[]): string[] => ['export', '--source', 'omero-web', '--url', server.url, ...args];

beforeAll(async () => {
  writeFileSync(netrc, '', { mode: 0o600 });
  server = await startOmeroWeb(openStore(generateOmero({ projects: 2, screens: 1, privateGroups: 1 })));
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

describe('omegraph with an OMERO server', () => {
  it('lists by group what would be published and what it costs, and writes nothing', async () => {
    const { code, out } = await omegraph(fromServer('--dry-run', '--data', data));
    expect(out).toMatch(/^Groups:\n {2}lab \d +read-/);
    expect(out).toMatch(/Would be read and published:\n(?:.*\n)*.*Project:1 /);
    expect(out).toMatch(/Cost: [\d ]+ requests, about /);
    expect(code).toBe(0);
    expect(existsSync(data)).toBe(false);
  });

  it('gives the plan as JSON, and more requests when more is asked for', async () => {
    const plain = await omegraph(fromServer('--dry-run', '--json', '--data', data));
    const more = await omegraph(fromServer('--dry-run', '--json', '--with', 'channels', '--data', data));
    const [few, many] = [plain, more].map(({ out }) => (JSON.parse(out) as { requests: number }).requests);
    expect(few).toBeGreaterThan(0);
    expect(many).toBeGreaterThan(few ?? 0);
  });

  it('exports a project, and links its objects to the pages of OMERO.web', async () => {
    const { code, out } = await omegraph(fromServer('--json', '--data', data, 'Project:1'));
    expect(code).toBe(0);
    const summary = JSON.parse(out) as { containers: { container: string; file: string; counts: object }[] };
    expect(summary.containers).toMatchObject([{ container: 'Project:1', counts: { Project: 1 } }]);
    const graph = readFileSync(join(data, summary.containers[0]?.file ?? ''), 'utf8');
    expect(graph).toContain(`<${server.url}webclient/`);
    expect(existsSync(join(data, 'harvest', 'header.json'))).toBe(false);
  });

  it('takes user and password from a netrc file that only its owner may read', async () => {
    const entry = `machine ${new URL(server.url).hostname} login ${READER.userName} password "${READER.password}"\n`;
    const file = join(home, 'mine');
    writeFileSync(file, entry, { mode: 0o600 });
    expect(await omegraph(fromServer('--dry-run', '--data', data), { NETRC: file })).toMatchObject({ code: 0 });
    const open = join(home, 'open');
    writeFileSync(open, entry, { mode: 0o644 });
    const { code, err } = await omegraph(fromServer('--dry-run', '--data', data), { NETRC: open });
    expect(code).toBe(2);
    expect(err).toContain('chmod 600');
    expect(err).not.toContain(READER.password);
  });

  it('stops at the budget of requests with exit code 2, and says what to do', async () => {
    const { code, err } = await omegraph(fromServer('--max-requests', '9', '--data', join(home, 'none')));
    expect(err).toContain('the budget of 9 requests is used up');
    expect(code).toBe(2);
    expect(existsSync(join(home, 'none', 'manifest.json'))).toBe(false);
  });

  it('looks at the server with doctor', async () => {
    const { code, out } = await omegraph(['doctor', '--url', server.url]);
    expect(out).toMatch(/^ok {3}OMERO login: reader/m);
    expect(code).toBe(0);
    const wrong = await omegraph(['doctor', '--url', server.url], { ...ACCOUNT, OMERO_PASSWORD: 'wrong' });
    expect(wrong.out).toMatch(/^FIX {2}OMERO login: .*check user name and password/m);
    expect(wrong.code).toBe(2);
  });

  it.each([
    [['export', '--source', 'omero-web'], 'the address of OMERO.web is not known; name it with --url'],
    [['export', '--source', 'examples/quickstart', '--with', 'rois'], '--with: this option is for OMERO servers'],
    [
      ['export', '--source', 'omero-web', '--source', 'examples/quickstart'],
      '--source: a server and files cannot be read in one export ("omero-web, examples/quickstart")',
    ],
    [['export', '--source', 'omero-web', '--with', 'planes'], 'Allowed choices are tables, well-pixels'],
    [['export', '--source', 'omero-web', '--url', 'http://ada:secret@omero.example.org'], 'user'],
  ])('refuses %j with exit code 2', async (args, message) => {
    const { code, err } = await omegraph(args);
    expect(err).toContain(message);
    expect(err).not.toContain('secret');
    expect(code).toBe(2);
  });
});

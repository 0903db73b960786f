import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.js';

const home = mkdtempSync(join(tmpdir(), 'omegraph-audit-bad-'));
const data = join(home, 'data');
const main = 'dist/cli/main.js';
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function omegraph(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
    env: {},
  };
  const code = await run(args, io, new AbortController().signal);
  return { code, out, err };
}

/** Path of a shapes file about labels. */
function shapes(name: string, body: string): string {
  const path = join(home, `${name}.ttl`);
  const prefixes = [
    'sh: <http://www.w3.org/ns/shacl#>',
    'rdfs: <http://www.w3.org/2000/01/rdf-schema#>',
    'ex: <http://x.org/>',
  ];
  const head = prefixes.map((prefix) => `@prefix ${prefix} .\n`).join('');
  writeFileSync(path, `${head}ex:S a sh:NodeShape ; sh:targetSubjectsOf rdfs:label ; ${body} .`);
  return path;
}

/** A copy of the record with something done to the N-Quads of each container. */
function recordOf(name: string, change: (text: string) => string): string {
  const folder = join(home, name);
  cpSync(data, folder, { recursive: true });
  rmSync(join(folder, 'audits'), { recursive: true, force: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    containers: { file: string; bytes: number }[];
  };
  for (const container of manifest.containers) {
    const path = join(folder, container.file);
    const text = change(readFileSync(path, 'utf8'));
    writeFileSync(path, text);
    container.bytes = Buffer.byteLength(text);
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

const kept = (folder: string): string[] => readdirSync(join(folder, 'audits')).sort();

beforeAll(async () => {
  await omegraph('export', '--source', 'examples/quickstart', '--data', data, '--quiet');
  for (let i = 0; i < 2; i += 1) expect((await omegraph('audit', '--data', data, '--quiet')).code).toBe(0);
});

describe('an audit', () => {
  const audit = ['audit', '--no-keep', '--data', data];

  it.each([
    ['a shape that refers to itself', 'sh:node ex:S', 'http://x.org/S: the shape refers to itself'],
    ['a list that is none', 'sh:or [ sh:nodeKind sh:IRI ]', 'is not a list'],
    [
      'a count that is none',
      'sh:property [ sh:path rdfs:label ; sh:minCount "x" ]',
      'sh:minCount is not a whole number',
    ],
    ['a pattern that is none', 'sh:pattern "(a"', 'sh:pattern is no regular expression: Unterminated group'],
    ['another language', 'sh:js [ a sh:JSConstraint ]', 'this part of SHACL is not run here ("sh:js")'],
    [
      'an unknown function',
      'sh:sparql [ sh:select "SELECT $this WHERE { FILTER(<http://x.org/f>($this)) }" ]',
      'The custom function <http://x.org/f> is not supported',
    ],
    ['an update', 'sh:sparql [ sh:select "DROP ALL" ]', 'the graph is read only'],
  ])('refuses %s, and names file, shape and clause', async (_, body, message) => {
    const { code, out, err } = await omegraph(...audit, '--shapes', shapes('bad', body));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('bad.ttl, http://x.org/S: ');
    expect(err).toContain(message);
  });

  it.each([
    [['--since', 'yesterday'], "'yesterday' is invalid. write a day, such as 2027-01-31."],
    [['--since', '2027-02-30'], 'write a day, such as 2027-01-31.'],
    [['--min-completeness', 'half'], 'write a number from 0 to 100.'],
    [['--deadline', '0'], 'write a whole number from 1 to 86400.'],
    [['--output', join(home, 'report.pdf')], 'the name of the file does not tell a format'],
    [['--output', home, '--format', 'csv'], 'the file cannot be written ("EISDIR")'],
    [['--fix-list', 'LICENSE'], 'LICENSE: the folder for the fix list cannot be made ("EEXIST")'],
  ])('refuses %j', async (options, message) => {
    const { code, err } = await omegraph(...audit, ...options);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('counts a container whose file was cut off as not audited, and says so with exit code 4', async () => {
    const folder = recordOf('cut', (text) => text.slice(0, text.length / 2));
    const { code, out } = await omegraph('audit', '--data', folder, '--format', 'json');
    expect(code).toBe(4);
    const report = JSON.parse(out) as { partial: boolean; notAudited: { reason: string }[] };
    expect(report.partial).toBe(true);
    expect(report.notAudited.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/\.nq:\d+: /),
      expect.stringMatching(/\.nq:\d+: /),
    ]);
  });

  it('takes two at the same time with the same clock, and keeps both', async () => {
    const folder = recordOf('twice', (text) => text);
    const fixed = (): Promise<number> =>
      run(
        ['audit', '--data', folder, '--quiet'],
        { stdout: { write: () => true }, stderr: { write: () => true }, env: { SOURCE_DATE_EPOCH: '1800000000' } },
        new AbortController().signal,
      );
    expect(await Promise.all([fixed(), fixed()])).toEqual([0, 0]);
    expect(kept(folder)).toEqual(['2027-01-15T08-00-00Z', '2027-01-15T08-00-00Z-2']);
  });
});

describe('a kept audit', () => {
  it.each([
    ['cut off', (folder: string) => truncateSync(join(folder, 'report.json'), 1000), 'Unterminated string in JSON'],
    [
      'without its parts',
      (folder: string) => writeFileSync(join(folder, 'report.json'), '{"format":"omegraph-audit","version":2}'),
      'profile is missing or not what it should be',
    ],
    [
      'of another version',
      (folder: string) => writeFileSync(join(folder, 'report.json'), '{"format":"omegraph-audit","version":9}'),
      'it is of version 9',
    ],
    [
      'with rows cut off',
      (folder: string) => {
        for (const file of readdirSync(join(folder, 'results'))) truncateSync(join(folder, 'results', file), 300);
      },
      'the rows of this audit cannot be read ("unexpected end of file")',
    ],
  ])('that is damaged (%s) is not compared with, and does not stop the next audit', async (what, damage, message) => {
    const folder = join(home, `damaged ${what}`);
    cpSync(data, folder, { recursive: true });
    const [first = ''] = kept(folder);
    damage(join(folder, 'audits', first));
    const diff = await omegraph('audit', 'diff', first, 'last', '--data', folder);
    expect(diff).toMatchObject({ code: 2, out: '' });
    expect(diff.err).toContain(join(folder, 'audits', first));
    expect(diff.err).toContain(message);
    const next = await omegraph('audit', '--data', folder, '--format', 'csv');
    expect(next.code).toBe(0);
    expect(next.out).toContain('container,');
  });

  it('is listed and compared in the data folder that is named after the command', async () => {
    expect((await omegraph('audit', 'list', '--data', data)).out.trim().split('\n')).toHaveLength(2);
    const { code, out } = await omegraph('audit', 'diff', '--data', data, '--json');
    expect(code).toBe(0);
    expect((JSON.parse(out) as { format: string }).format).toBe('omegraph-audit-diff');
  });
});

// A thread needs what is compiled.
describe.skipIf(!existsSync(main))('a pattern that has no end', () => {
  const endless = (): [string, string] => [
    shapes('endless', 'sh:property [ sh:path rdfs:label ; sh:pattern "^(([a-z])+)+$" ]'),
    recordOf('long', (text) => text.replaceAll('"fed 60 min"', `"${'a'.repeat(5000)}!"`)),
  ];
  const started = (...args: readonly string[]) => spawn(process.execPath, [main, 'audit', '--no-keep', ...args]);

  it('costs its container when the deadline has passed, and leaves no process behind', async () => {
    const [file, folder] = endless();
    const child = started('--data', folder, '--shapes', file, '--deadline', '2', '--format', 'json');
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(4);
    expect(out).toMatch(
      /"reason":\s*"Project:\S+: the audit of this container did not end \(it took longer than 2 seconds\)/,
    );
    rmSync(folder, { recursive: true });
  });

  it('is stopped by Ctrl-C', async () => {
    const [file, folder] = endless();
    const child = started('--data', folder, '--shapes', file);
    const end = new Promise((resolve) => child.on('close', resolve));
    setTimeout(() => child.kill('SIGINT'), 2500);
    expect(await end).toBe(130);
  });
});

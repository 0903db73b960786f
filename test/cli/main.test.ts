import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.js';

const QUICKSTART = 'examples/quickstart';
const home = mkdtempSync(join(tmpdir(), 'omegraph-cli-'));
const data = join(home, 'data');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function omegraph(args: readonly string[], signal = new AbortController().signal): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run(
    args,
    {
      stdout: { write: (t) => (out += t) },
      stderr: { write: (t) => (err += t) },
      env: { SOURCE_DATE_EPOCH: '1800000000' },
    },
    signal,
  );
  return { code, out, err };
}

const xml = (body: string): string =>
  `<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0" Name="a"><Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"><MetadataOnly/></Pixels>${body}</Image></OME>`;

beforeAll(async () => {
  const { code } = await omegraph(['export', '--source', QUICKSTART, '--data', data, '--quiet']);
  expect(code).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the command line', () => {
  it('answers --help with every command and exit code 0', async () => {
    const { code, out } = await omegraph(['--help']);
    expect(code).toBe(0);
    for (const name of ['export', 'audit', 'serve', 'bundle', 'mappings', 'doctor']) expect(out).toContain(`  ${name}`);
    expect(out).toContain('Exit codes');
  });

  it.each([
    [['exprot'], "unknown command 'exprot'"],
    [['export', '--sauce', 'x'], "unknown option '--sauce'"],
    [['export'], 'export: there is no source to read; name files or folders with --source'],
    [
      ['export', '--source', QUICKSTART, 'Kitten:1', '--data', join(home, 'x')],
      'argument: this is not an object ("Kitten:1"); write Type:id',
    ],
    [['export', '--source', QUICKSTART, 'Project:', '--data', join(home, 'x')], 'this is not an object ("Project:")'],
    [
      ['export', '--source', QUICKSTART, '--base', 'my server', '--data', join(home, 'x')],
      '--base: this is not an absolute IRI without query and fragment ("my server")',
    ],
    [['export', '--source', join(home, 'nowhere'), '--data', join(home, 'x')], 'nowhere'],
    [['audit', '--data', join(home, 'none')], 'run `omegraph export` first'],
    [['audit', '--data', data, '--format', 'pdf'], 'Allowed choices are table, html, json, csv, turtle'],
    [['audit', '--data', data, 'Project:99'], 'Project:99'],
    [['audit', '--data', data, '--profile', 'nope'], 'nope'],
    [['serve', '--port', 'http'], 'whole number from 0 to 65535'],
    [['bundle', 'zenodo', '--data', data], 'the record holds several containers; name one of: Project:'],
    [['bundle', 'zenodo', 'Project:1', '--data', data], 'the record does not hold this container ("Project:1")'],
    [
      ['export', '--config', join(home, 'no.yaml')],
      'no.yaml: the file cannot be read ("ENOENT"); name an existing configuration file',
    ],
  ])('refuses %j with exit code 2 and says what to do', async (args, message) => {
    const { code, out, err } = await omegraph(args);
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(existsSync(join(home, 'x', 'manifest.json'))).toBe(false);
  });

  it('exports the same bytes twice', async () => {
    const again = join(home, 'again');
    await omegraph(['export', '--source', QUICKSTART, '--data', again, '--quiet']);
    const files = (folder: string) => readdirSync(join(folder, 'graphs')).sort();
    expect(files(again)).toEqual(files(data));
    for (const file of files(data))
      expect(readFileSync(join(again, 'graphs', file))).toEqual(readFileSync(join(data, 'graphs', file)));
    expect(readFileSync(join(again, 'manifest.json'))).toEqual(readFileSync(join(data, 'manifest.json')));
  });

  it('prints one JSON object with --json and nothing else', async () => {
    const { code, out, err } = await omegraph([
      'export',
      '--source',
      QUICKSTART,
      '--data',
      join(home, 'json'),
      '--json',
    ]);
    const summary = JSON.parse(out) as { containers: { container: string; counts: { Image: number } }[] };
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(summary.containers.map((c) => c.counts.Image ?? 0).reduce((a, b) => a + b)).toBe(20);
  });

  it('ends with 4 when some files could not be read, and exports the others', async () => {
    const mixed = join(home, 'mixed');
    mkdirSync(mixed);
    writeFileSync(join(mixed, 'good.ome.xml'), xml(''));
    writeFileSync(join(mixed, 'truncated.ome.xml'), xml('').slice(0, 200));
    const { code, err } = await omegraph(['export', '--source', mixed, '--data', join(home, 'mixed-data')]);
    expect(code).toBe(4);
    expect(err).toContain('truncated.ome.xml');
    expect(err).toContain('not well-formed');
    expect(readdirSync(join(home, 'mixed-data', 'graphs')).some((f) => f.startsWith('orphans'))).toBe(true);
  });

  it('never publishes e-mail addresses, login names or the folder of the source', () => {
    const all = readdirSync(join(data, 'graphs'))
      .map((f) => readFileSync(join(data, 'graphs', f), 'utf8'))
      .join('');
    expect(all).toContain('Carberry');
    expect(all).not.toContain('@example.org');
    expect(all).not.toContain('jcarberry');
    expect(all + readFileSync(join(data, 'manifest.json'), 'utf8')).not.toContain(process.cwd());
  });

  it('exports only the objects that are named, with what contains them', async () => {
    const { containers } = JSON.parse(readFileSync(join(data, 'manifest.json'), 'utf8')) as {
      containers: { container: string }[];
    };
    const screen = containers.find((c) => c.container.startsWith('Screen:'))?.container ?? '';
    const { out } = await omegraph(['export', '--source', QUICKSTART, '--data', join(home, 'one'), '--json', screen]);
    const one = JSON.parse(out) as { containers: { container: string; counts: { Image: number } }[] };
    expect(one.containers.map((c) => [c.container, c.counts.Image])).toEqual([[screen, 6]]);
  });

  it('leaves the record alone when it is interrupted, and exits with 130', async () => {
    const before = readFileSync(join(data, 'manifest.json'));
    const controller = new AbortController();
    controller.abort();
    const { code, err } = await omegraph(['export', '--source', QUICKSTART, '--data', data], controller.signal);
    expect(code).toBe(130);
    expect(err).toContain('stopped');
    expect(readFileSync(join(data, 'manifest.json'))).toEqual(before);
    expect((await omegraph(['audit', '--data', data, '--json'])).code).toBe(0);
  });

  it('exits with 3 when a result reaches --fail-on, and writes the report whole', async () => {
    const file = join(home, 'missing.csv');
    const { code, out } = await omegraph([
      'audit',
      '--data',
      data,
      '--format',
      'csv',
      '--output',
      file,
      '--fail-on',
      'violation',
    ]);
    expect(code).toBe(3);
    expect(out).toBe('');
    const lines = readFileSync(file, 'utf8').split(/\r?\n/);
    expect(lines[0]).toMatch(/container/);
    expect(lines.length).toBeGreaterThan(20);
  });

  it.each(['table', 'json', 'csv', 'turtle'])('writes the audit as %s', async (format) => {
    const { code, out } = await omegraph(['audit', '--data', data, '--format', format]);
    expect(code).toBe(0);
    if (format !== 'turtle') expect(out).toContain('Starvation time course, live');
    if (format === 'json') expect((JSON.parse(out) as { format: string }).format).toBe('omegraph-audit');
    if (format === 'turtle') expect(out).toMatch(/sh:ValidationReport|shacl#ValidationReport/);
  });

  it('refuses a bundle with gaps, writes it as a draft when asked, and never over an existing folder', async () => {
    const { containers } = JSON.parse(readFileSync(join(data, 'manifest.json'), 'utf8')) as {
      containers: { container: string }[];
    };
    const project = containers.find((c) => c.container.startsWith('Project:'))?.container ?? '';
    const out = join(home, 'bia');
    const bundle = ['bundle', 'bioimage-archive', project, '--data', data, '--out', out];
    const refused = await omegraph(bundle);
    expect(refused.code).toBe(3);
    expect(refused.out).toContain('missing: ');
    expect(refused.out).toContain('Nothing was written');
    expect(existsSync(out)).toBe(false);
    expect((await omegraph([...bundle, '--draft'])).code).toBe(3);
    expect(readdirSync(out)).toContain('submission.tsv');
    expect(await omegraph([...bundle, '--draft'])).toMatchObject({ code: 2, err: expect.stringContaining('--force') });
  });

  it('explains a pair, checks the tables and lists them', async () => {
    const explained = await omegraph(['mappings', 'explain', 'Characteristics [Organism]', 'H. sapiens']);
    expect(explained.code).toBe(0);
    expect(explained.out).toContain('NCBITaxon:9606');
    expect((await omegraph(['mappings', 'check'])).out).toMatch(/\d+ tables, [\d\s]+ rows: no fault found/);
    expect((await omegraph(['mappings', 'list'])).out).toContain('organism.sssom.tsv');
  });

  it('has a doctor that sees a damaged record', async () => {
    const hurt = join(home, 'hurt');
    await omegraph(['export', '--source', QUICKSTART, '--data', hurt, '--quiet']);
    const config = join(home, 'doctor.yaml');
    writeFileSync(config, `data: ${hurt}\nserve: { port: 0 }\n`);
    const well = await omegraph(['doctor', '--config', config]);
    expect(well.out).not.toContain('FIX');
    expect(well.code).toBe(0);
    const file = join(hurt, 'graphs', readdirSync(join(hurt, 'graphs')).find((f) => f.startsWith('Project')) ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').replace('HeLa', 'HeIa'));
    const ill = await omegraph(['doctor', '--config', config]);
    expect(ill.out).toMatch(/FIX {2}record: .*Project/);
    expect(ill.code).toBe(2);
  });
});

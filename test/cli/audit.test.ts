import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/audit/model.js';
import { run } from '../../src/cli/main.js';

const QUICKSTART = 'examples/quickstart';
const SCREEN = join(QUICKSTART, 'screen');
const home = mkdtempSync(join(tmpdir(), 'omegraph-audit-'));
/** Of all tests that keep nothing. */
const data = join(home, 'data');
const at = (name: string): string => join(home, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');

/** Runs a command on a day of January 2027. */
async function omegraph(args: readonly string[], day = 1) {
  let [out, err] = ['', ''];
  const code = await run(
    args,
    {
      stdout: { write: (t) => (out += t) },
      stderr: { write: (t) => (err += t) },
      env: { SOURCE_DATE_EPOCH: String(Date.UTC(2027, 0, day, 8) / 1000) },
    },
    new AbortController().signal,
  );
  return { code, out, err };
}
const audit = (...args: string[]) => omegraph(['audit', '--data', data, '--no-keep', ...args]);
const report = async (...args: string[]): Promise<AuditReport> =>
  JSON.parse((await audit('--json', ...args)).out) as AuditReport;

/** A data folder of its own, with what was exported. */
function copied(name: string): string {
  cpSync(data, at(name), { recursive: true });
  return at(name);
}
const audits = (folder: string): string[] =>
  existsSync(join(folder, 'audits')) ? readdirSync(join(folder, 'audits')).sort() : [];
function written(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}
/** A rule that images state something. */
const rule = (name: string, path: string, severity: string): string => `
  <urn:${name}> a sh:PropertyShape ; sh:targetClass core:Image ; sh:path ${path} ; sh:minCount 1 ;
    sh:severity sh:${severity} ; sh:name "${name}" ; sh:message "No ${name}; write it down." .`;
const PREFIXES = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix core: <https://ld.openmicroscopy.org/core/> .
  @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rembi: <https://w3id.org/omegraph/rembi#> .`;

beforeAll(async () => {
  const { code } = await omegraph(['export', '--source', QUICKSTART, '--data', data, '--quiet']);
  expect(code).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the reports of omegraph audit', () => {
  it('are written to files in the format of their names, and only the verdict is said', async () => {
    const starts: Readonly<Record<string, RegExp>> = {
      'a.html': /^<!doctype html>/i,
      'a.json': /^\{\s*"format":\s*"omegraph-audit"/,
      'a.csv': /^"?container/,
      'a.ttl': /a sh:ValidationReport/,
      'a.dqv.ttl': /a dqv:QualityMeasurement/,
      'a.junit.xml': /<testsuites? /,
      'A.TXT': /^REMBI audit of 2 containers/,
    };
    const files = Object.keys(starts);
    const { code, out, err } = await audit(...files.flatMap((file) => ['--output', at(file)]));
    expect(code).toBe(0);
    expect(out).toBe('');
    for (const file of files) expect(err).toContain(`The report is in ${at(file)}.\n`);
    expect(err).toMatch(/\d+ % complete\. \d+ violations, \d+ warnings, \d+ infos\.\n$/);
    for (const [file, start] of Object.entries(starts)) expect(read(file)).toMatch(start);
    expect(read('a.ttl')).not.toContain('dqv:');
  });

  it('are in the format asked for where the name of the file leaves it open', async () => {
    const csv = await audit('--format', 'csv', '--output', at('rows'));
    expect(csv).toMatchObject({ code: 0, out: '' });
    expect(read('rows')).toBe(read('a.csv'));
    await audit('--format', 'junit', '--output', at('ci.xml'));
    expect(read('ci.xml')).toBe(read('a.junit.xml'));
  });

  it('go to stdout in the format asked for, beside the files', async () => {
    const { out, err } = await audit('--format', 'csv', '--output', at('b.json'));
    expect(out).toBe(read('a.csv'));
    expect(read('b.json')).toBe(read('a.json'));
    expect(err).toBe(`The report is in ${at('b.json')}.\n`);
    expect((await audit()).out).toBe(read('A.TXT'));
    expect((await audit('--json')).out).toBe(read('a.json'));
  });

  it('are of the containers that are named', async () => {
    const { containers, server } = await report('Screen:snltihx2x5ju.1');
    expect(containers.map((c) => c.container)).toEqual(['Screen:snltihx2x5ju.1']);
    expect(server.images).toBe(6);
  });

  it.each([
    [
      ['--output', 'audit.pdf'],
      '--output: the name of the file does not tell a format ("audit.pdf"); let it end in .txt, .html',
    ],
    [['--output', 'report'], 'or name a format with --format'],
    [['--output', join('no', 'such', 'a.csv')], 'the file cannot be written ("ENOENT")'],
    [['--min-completeness', '101'], 'write a number from 0 to 100'],
    [['--min-completeness', 'all'], 'write a number from 0 to 100'],
    [['--fail-on', 'error'], 'Allowed choices are violation, warning, info, never'],
    [['--shapes', 'none.ttl'], 'none.ttl'],
  ])('are refused with %j', async (args, message) => {
    const { code, out, err } = await audit(...args);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('the exit code of omegraph audit', () => {
  const only = (severity: string): string =>
    written(`${severity}.ttl`, `${PREFIXES} ${rule('germline', 'rembi:germline', severity)}`);

  it.each([
    ['Violation', 'never', 0],
    ['Violation', 'violation', 3],
    ['Violation', 'info', 3],
    ['Warning', 'violation', 0],
    ['Warning', 'warning', 3],
    ['Info', 'warning', 0],
    ['Info', 'info', 3],
  ] as const)('of results of severity %s and --fail-on %s is %i', async (severity, failOn, code) => {
    const found = await audit('--profile', only(severity), '--fail-on', failOn);
    expect(found.code).toBe(code);
    expect(found.out).toMatch(severity === 'Info' ? /20 infos\./ : /20 × No germline; write it down\./);
  });

  it('is 0 where nothing is wrong', async () => {
    const clean = written('clean.ttl', `${PREFIXES} ${rule('name', 'rdfs:label', 'Violation')}`);
    expect((await audit('--profile', clean, '--fail-on', 'info')).code).toBe(0);
  });

  it('is 3 where the record is less complete than it has to be, and says how much is wanted', async () => {
    const profile = ['--profile', 'rembi-minimum'];
    const percent = Math.floor(((await report(...profile)).server.completeness ?? 0) * 100);
    expect(await audit(...profile, '--min-completeness', String(percent))).toMatchObject({ code: 0 });
    const { code, err } = await audit(...profile, '--min-completeness', `${percent + 1} %`);
    expect(code).toBe(3);
    expect(err).toBe(`The record is ${percent} % complete; ${percent + 1} % is wanted.\n`);
  });
});

describe('the configuration of the audit', () => {
  const configured = (name: string, lines: string): string[] => ['--config', written(name, `data: ${data}\n${lines}`)];

  it('adds shapes of the site to the profile, beside those of the command line', async () => {
    const site = written('site.ttl', `${PREFIXES} ${rule('germline', 'rembi:germline', 'Violation')}`);
    const other = written('other.ttl', `${PREFIXES} ${rule('consent', 'rembi:consent', 'Warning')}`);
    const { shapes } = await report(...configured('shapes.yaml', `audit:\n  shapes: [${site}]\n`), '--shapes', other);
    const labels = shapes.map((s) => s.label);
    expect(labels).toEqual(expect.arrayContaining(['germline', 'consent', 'Organism']));
    expect(labels.filter((label) => label === 'germline')).toHaveLength(1);
  });

  it('grades fields anew and leaves out those that are off', async () => {
    const before = await report();
    const field = (of: AuditReport, name: string) => of.fields.find((f) => f.field.endsWith(`#${name}`));
    const args = configured('severity.yaml', 'audit:\n  severity: { biosampleIdentity: warning, imageType: "off" }\n');
    const after = await report(...args);
    expect([field(before, 'biosampleIdentity')?.severity, field(after, 'biosampleIdentity')?.severity]).toEqual([
      'violation',
      'warning',
    ]);
    expect(field(before, 'imageType')).toBeDefined();
    expect(field(after, 'imageType')).toBeUndefined();
    const { code, err } = await audit(...configured('typo.yaml', 'audit:\n  severity: { organisms: warning }\n'));
    expect(code).toBe(2);
    expect(err).toContain('"organisms"');
  });

  it('waives what need not be fixed until its day is over', async () => {
    const waiver = (until: string): string =>
      `audit:\n  waivers: [{ about: biosampleIdentity, on: "*", reason: a cell line, until: ${until} }]\n`;
    const [held, over] = await Promise.all([
      report(...configured('waived.yaml', waiver('2027-01-01'))),
      report(...configured('expired.yaml', waiver('2026-12-31'))),
    ]);
    expect(held.waivers).toMatchObject([{ used: 20, expired: false, reason: 'a cell line' }]);
    expect(over.waivers).toMatchObject([{ used: 0, expired: true }]);
    expect(over.server.results.violation - held.server.results.violation).toBe(20);
  });

  it('says how many audits are kept; with 0, as with --no-keep, it is none', async () => {
    const folder = copied('kept');
    const profile = written('label.ttl', `${PREFIXES} ${rule('label', 'rdfs:label', 'Violation')}`);
    const keeping = (args: readonly string[], day?: number) =>
      omegraph(['audit', '--quiet', '--data', folder, '--profile', profile, ...args], day);
    const config = (keep: number): string[] => configured(`keep-${keep}.yaml`, `audit: { keep: ${keep} }\n`);
    await keeping(config(0));
    await keeping(['--no-keep']);
    expect(audits(folder)).toEqual([]);
    for (const day of [1, 2, 3]) await keeping(config(2), day);
    expect(audits(folder)).toEqual(['2027-01-02T08-00-00Z', '2027-01-03T08-00-00Z']);
  });
});

describe('audits that were kept', () => {
  const folder = at('history');
  const here = (...args: string[]): string[] => [...args, '--data', folder];
  /** Of a screen of six images, with key-values from files beside it. */
  const exported = (day: number, ...files: string[]) =>
    omegraph(here('export', '--source', SCREEN, ...files.flatMap((file) => ['--key-values', file]), '--quiet'), day);
  const minimum = (...args: string[]): string[] => here('audit', '--profile', 'rembi-minimum', ...args);
  /** Writes a value below a key, in all rows of a table. */
  const filled = (file: string, key: string, value: string): string => {
    const [namespaces = '', head = '', ...rows] = read(file).trimEnd().split('\r\n');
    const column = head.split(',').indexOf(key);
    expect(column, `${key} in ${head}`).toBeGreaterThan(1);
    const lines = rows.map((row) => row.split(',').with(column, value).join(','));
    return written(`filled-${file.replace(/^.*\//, '')}`, `${[namespaces, head, ...lines].join('\r\n')}\r\n`);
  };

  it('are none at first, and there is nothing to compare with', async () => {
    expect((await exported(1)).code).toBe(0);
    expect(await omegraph(here('audit', 'list'))).toMatchObject({
      code: 0,
      out: 'No audit was kept yet; run `omegraph audit`.\n',
    });
    expect((await omegraph(here('audit', 'list', '--json'))).out).toBe('[]\n');
    const first = await omegraph(minimum('--since', '2026-12-01', '--fix-list', at('fixes')));
    expect(first.err).toContain('No audit against REMBI minimum was kept since 2026-12-01.\n');
    expect(first.err).toMatch(/The fix list is in .*fixes: \d+ files, \d+ cells to fill in\.\n/);
    const { code, err } = await omegraph(here('audit', 'diff'));
    expect(code).toBe(2);
    expect(err).toContain('there is no earlier audit of the same containers against the same profile to compare with');
  });

  it('tell what a filled-in fix list fixed', async () => {
    const files = readdirSync(at('fixes'));
    const table = files.find((file) => file.endsWith('.Screen.csv')) ?? '';
    expect(files).toEqual(expect.arrayContaining(['fix-list.json', table.replace('.Screen.csv', '.suggestions.md')]));
    expect((await exported(2, filled(`fixes/${table}`, 'Identity', 'HeLa (ATCC CCL-2)'))).code).toBe(0);
    const second = await omegraph(minimum('--since', '2027-01-01'), 2);
    expect(second.out).toContain('\nREMBI minimum audits\n');
    expect(second.out).toMatch(/\n {2}2027-01-01 08:00 .*\n {2}2027-01-02 08:00 /);
    const { code, out } = await omegraph(here('audit', 'diff'));
    expect(code).toBe(0);
    expect(out).toMatch(/^REMBI minimum audit, 2027-01-01 08:00 → 2027-01-02 08:00\n\n {2}fixed {7}6\n {2}new {9}0\n/);
    expect(out).toContain('     6 × The identity of the biosample is missing;');
    expect(second.out).toContain(out.trimEnd());
  });

  it('are listed with how complete they were', async () => {
    const { out } = await omegraph(here('audit', 'list'));
    const rows = out.trimEnd().split('\n');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(
      /^2027-01-01T08-00-00Z {2}REMBI minimum {2}\d+ % {2}6 images {2}\d+ violations {2}\d+ warnings$/,
    );
    const listed = JSON.parse((await omegraph(here('audit', 'list', '--json'))).out) as {
      name: string;
      summary: { results: { violation: number } };
    }[];
    const [before, after] = listed.map(({ summary }) => summary.results.violation);
    expect(listed.map(({ name }) => name)).toEqual(audits(folder));
    expect((before ?? 0) - (after ?? 0)).toBe(6);
  });

  it('are compared by day, name, word or folder, as JSON or a row a change', async () => {
    const diff = async (...args: string[]) => (await omegraph(here('audit', 'diff', ...args))).out;
    const json = await diff('--json');
    expect(JSON.parse(json)).toMatchObject({
      format: 'omegraph-audit-diff',
      counts: { fixed: 6, new: 0, gone: 0, added: 0 },
    });
    expect(await diff('previous', 'last', '--format', 'json')).toBe(json);
    expect(await diff('2027-01-01', '2027-01-02', '--format', 'json')).toBe(json);
    expect(await diff('2027-01-01T08:00', 'last', '--format', 'json')).toBe(json);
    expect(await diff(join(folder, 'audits', '2027-01-01T08-00-00Z'), '--format', 'json')).toBe(json);
    const back = await diff('2027-01-02', '2027-01-01', '--format', 'json');
    expect(JSON.parse(back)).toMatchObject({ counts: { fixed: 0, new: 6 } });
    const rows = (await diff('--format', 'csv')).trimEnd().split('\r\n');
    expect(rows[0]).toBe('change,container,object,label,severity,rule,message');
    expect(rows.filter((row) => row.startsWith('fixed,'))).toHaveLength(6);
    expect(rows.filter((row) => /^(?:new|gone|added|waived),/.test(row))).toEqual([]);
    expect(rows.find((row) => row.startsWith('fixed,'))).toMatch(/^fixed,Screen:\S+,Image:\S+,.*,violation,/);
  });

  it.each([
    [
      ['diff', '2031-01-01'],
      'no such audit is kept ("2031-01-01"); name one of: 2027-01-01T08-00-00Z, 2027-01-02T08-00-00Z',
    ],
    [['diff', '2027-01-01', 'yesterday'], 'no such audit is kept ("yesterday")'],
    [['diff', '--format', 'html'], 'Allowed choices are table, json, csv'],
  ])('are not found by %j', async (args, message) => {
    const { code, out, err } = await omegraph(here('audit', ...args));
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('are compared with those against the same profile only', async () => {
    await omegraph(here('audit', '--quiet'), 3);
    const previous = await omegraph(here('audit', 'diff'));
    expect(previous.code).toBe(2);
    const { code, err } = await omegraph(here('audit', 'diff', '2027-01-02', 'last'));
    expect(code).toBe(2);
    expect(err).toContain('the two are against different profiles');
    await omegraph(minimum('--quiet'), 4);
    expect((await omegraph(here('audit', 'diff'))).out).toMatch(
      /^REMBI minimum audit, 2027-01-02 08:00 → 2027-01-04 08:00\n/,
    );
  });

  it('are compared with those of the same containers only', async () => {
    const container = readdirSync(join(folder, 'graphs'))
      .find((name) => name.startsWith('Screen'))
      ?.replace(/^Screen-([^.]+\.[^.]+)\..*$/, 'Screen:$1');
    expect((await omegraph(minimum(container ?? ''), 5)).code).toBe(0);
    expect((await omegraph(here('audit', 'list'))).out).toContain(` ${container}\n`);
    const { code, err } = await omegraph(here('audit', 'diff'));
    expect(code).toBe(2);
    expect(err).toContain('there is no earlier audit of the same containers');
  });

  it('are not compared within the JSON report', async () => {
    const { code, out, err } = await omegraph(minimum('--json', '--since', '2027-01-01'), 6);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('run `omegraph audit diff 2027-01-01 last --json`');
  });
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditRecord } from '../../../src/audit/run/auditRecord.js';
import { auditFolder, findAudit, keepAudits, listAudits, openAudit } from '../../../src/audit/stored/snapshots.js';
import { all, recordOf, rembi } from '../run/auditing.js';
import { image } from '../studyGraph.js';

const RECORD = recordOf({ 'Project:1': `<Project/1> a core:Project . ${image(1, { parent: 'Project/1' })}` });
const at = (time: string): Date => new Date(time);
let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'omegraph-kept-'));
});
const kept = async (time: string): Promise<string> => {
  const folder = await auditFolder(data, at(time));
  await auditRecord(RECORD, rembi, { folder, now: () => at(time) });
  return basename(folder);
};

describe('kept audits', () => {
  it('are named after their moment and listed with their summaries, the oldest first', async () => {
    const names = [await kept('2026-02-01T10:00:00Z'), await kept('2026-01-01T10:00:00.123Z')];
    expect(names).toEqual(['2026-02-01T10-00-00Z', '2026-01-01T10-00-00Z']);
    const list = await listAudits(data);
    expect(list.map((k) => [k.name, k.summary?.auditedAt, k.summary?.images])).toEqual([
      ['2026-01-01T10-00-00Z', '2026-01-01T10:00:00.123Z', 1],
      ['2026-02-01T10-00-00Z', '2026-02-01T10:00:00.000Z', 1],
    ]);
    expect(list[0]?.summary).toMatchObject({ profile: { name: 'rembi' }, partial: false, containers: 1 });
  });

  it('are opened as they were, rows included', async () => {
    const held = await auditRecord(RECORD, rembi, { now: () => at('2026-01-01T10:00:00Z') });
    await kept('2026-01-01T10:00:00Z');
    const opened = await openAudit((await findAudit(data, 'last')).folder);
    expect(opened.report).toEqual(JSON.parse(JSON.stringify(held.report)));
    expect(await all(opened.results())).toEqual(await all(held.results()));
    expect(await all(opened.objects())).toEqual(await all(held.objects()));
  });

  it('of the same second stand beside each other, in their order', async () => {
    for (let i = 0; i < 11; i += 1) mkdirSync(await auditFolder(data, at('2026-01-01T10:00:00Z')), { recursive: true });
    expect((await listAudits(data)).map((k) => k.name).slice(-2)).toEqual([
      '2026-01-01T10-00-00Z-10',
      '2026-01-01T10-00-00Z-11',
    ]);
  });

  it('are found by name, by day, as the last or by folder', async () => {
    const names = [
      await kept('2026-01-01T10:00:00Z'),
      await kept('2026-01-01T12:00:00Z'),
      await kept('2026-02-01T10:00:00Z'),
    ];
    const found = async (which: string): Promise<string> => (await findAudit(data, which)).name;
    expect(await found('2026-01-01T10-00-00Z')).toBe(names[0]);
    expect(await found('2026-01-01T10:00:00Z')).toBe(names[0]);
    expect(await found('2026-01-01')).toBe(names[1]);
    expect(await found('last')).toBe(names[2]);
    expect((await findAudit('/nowhere', join(data, 'audits', names[1] ?? ''))).name).toBe(names[1]);
    await expect(findAudit(data, '2025')).rejects.toThrow(
      `no such audit is kept ("2025"); name one of: ${names.join(', ')}`,
    );
    await expect(findAudit(tmpdir(), 'last')).rejects.toThrow('run `omegraph audit` first');
  });

  it('go when there are too many, the oldest first; what a broken-off audit left goes after a day', async () => {
    for (const day of [1, 2, 3]) await kept(`2026-01-0${day}T10:00:00Z`);
    const left = ['.2026-01-04T10-00-00Z.99.writing', '.2026-01-05T10-00-00Z.99.writing'];
    for (const name of left) mkdirSync(join(data, 'audits', name));
    utimesSync(join(data, 'audits', left[0] ?? ''), 0, 0);
    mkdirSync(join(data, 'audits', 'mine'));
    expect(await keepAudits(data, 2)).toEqual(['2026-01-01T10-00-00Z']);
    expect(readdirSync(join(data, 'audits')).sort()).toEqual([
      left[1],
      '2026-01-02T10-00-00Z',
      '2026-01-03T10-00-00Z',
      'mine',
    ]);
    expect(await keepAudits(join(data, 'none'), 0)).toEqual([]);
  });

  it.each([
    ['no JSON', '{', 'the kept audit cannot be read'],
    ['something else', '{"format":"x"}', 'it is no report of an audit'],
    ['of another version', '{"format":"omegraph-audit","version":3}', 'it is of version 3'],
    ['half a report', '{"format":"omegraph-audit","version":2}', 'profile is missing or not what it should be'],
  ])('that hold %s are refused in words', async (_, text, words) => {
    const name = await kept('2026-01-01T10:00:00Z');
    const folder = join(data, 'audits', name);
    writeFileSync(join(folder, 'report.json'), text);
    await expect(openAudit(folder)).rejects.toThrow(words);
  });

  it('that are damaged are listed with what is wrong', async () => {
    const name = await kept('2026-01-01T10:00:00Z');
    rmSync(join(data, 'audits', name, 'summary.json'));
    const [entry] = await listAudits(data);
    expect(entry).toMatchObject({ name, problem: expect.stringContaining('remove its folder') as string });
  });

  it('whose rows are gone say so when they are read', async () => {
    const folder = join(data, 'audits', await kept('2026-01-01T10:00:00Z'));
    rmSync(join(folder, 'results'), { recursive: true });
    const opened = await openAudit(folder);
    await expect(all(opened.results())).rejects.toThrow('the rows of this audit cannot be read');
    expect(await all(opened.objects())).not.toEqual([]);
  });
});

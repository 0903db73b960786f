import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AuditOptions, auditRecord } from '../../../src/audit/run/auditRecord.js';
import { loadProfile, type Profile } from '../../../src/audit/profile.js';
import { compiled } from '../../../src/graph/workerFile.js';
import { BASE, image, within } from '../studyGraph.js';
import { all, counts, recordOf } from './auditing.js';

const rembi = await loadProfile('rembi-minimum');
const project = (id: number, images: number): string =>
  `<Project/${id}> a core:Project ; rdfs:label "study ${id}" . <Dataset/${id}> a core:Dataset . ${within(`Project/${id}`, `Dataset/${id}`)}
   ${Array.from({ length: images }, (_, i) => image(id * 100 + i, { parent: `Dataset/${id}` })).join('')}`;
const RECORD = recordOf({ 'Project:1': project(1, 2), 'Project:2': project(2, 3) });
const folder = (): string => mkdtempSync(join(tmpdir(), 'omegraph-audit-test-'));
const hasWorker = existsSync(compiled(new URL('../../../src/audit/run/auditWorker.js', import.meta.url)));
const AT = { now: () => new Date(0) };

describe('the audit of a record', () => {
  it('adds up its containers, in the order of the manifest', async () => {
    const { report } = await auditRecord(RECORD, rembi);
    expect(report.server).toMatchObject({ images: 5, imagesNotAudited: 0 });
    expect(report).toMatchObject({ conforms: false, partial: false });
    expect(report.containers.map((c) => [c.container, c.label, c.graph, c.images])).toEqual([
      ['Project:1', 'label of Project:1', `${BASE}/graph/Project/1`, 2],
      ['Project:2', 'label of Project:2', `${BASE}/graph/Project/2`, 3],
    ]);
    expect(counts(report, report.server, 'organism')).toEqual({ missing: 5 });
    expect(report.triples).toBe(RECORD.manifest.containers.reduce((n, c) => n + c.quads, 0));
  });

  it('hands out rows of all containers or of one', async () => {
    const audit = await auditRecord(RECORD, rembi);
    const results = await all(audit.results());
    expect(results).toHaveLength(Object.values(audit.report.server.results).reduce((a, b) => a + b));
    const second = await all(audit.results('Project:2'));
    expect(second).toEqual(results.filter((r) => r.container === 'Project:2'));
    expect(await all(audit.objects('Project:9'))).toEqual([]);
  });

  it('is plain data that survives JSON', async () => {
    const { report } = await auditRecord(RECORD, rembi, {
      ...AT,
      software: 'omegraph 1',
      web: 'https://o.example.org',
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(structuredClone(report))));
    expect(report).toMatchObject({
      auditedAt: '1970-01-01T00:00:00.000Z',
      software: 'omegraph 1',
      web: 'https://o.example.org',
      base: BASE,
    });
  });

  it('audits only the containers that are named', async () => {
    const { report } = await auditRecord(RECORD, rembi, { containers: ['Project:2'] });
    expect(report.containers.map((c) => c.container)).toEqual(['Project:2']);
  });

  it('refuses a container that the record does not hold, and names those it holds', async () => {
    await expect(auditRecord(RECORD, rembi, { containers: ['Project:9'] })).rejects.toThrow(
      'the record holds no such container ("Project:9"); name one of: Project:1, Project:2',
    );
  });

  it('counts a container that cannot be read as not audited, and goes on', async () => {
    const { report } = await auditRecord(recordOf({ 'Project:1': project(1, 1) }, ['Project:5']), rembi);
    expect(report.containers).toHaveLength(1);
    expect(report).toMatchObject({ partial: true, server: { images: 8, imagesNotAudited: 7 } });
    expect(report.notAudited).toMatchObject([{ container: 'Project:5', label: 'label of Project:5', images: 7 }]);
    expect(report.notAudited[0]?.reason).toMatch(/Project-5\.nq: .*; /);
    expect(counts(report, report.server, 'organism')).toEqual({ missing: 1, notAudited: 7 });
    expect(counts(report, report.server, 'studyDescription')).toEqual({ missing: 1, notAudited: 1 });
    expect(report.containers[0]?.completeness).toBe(report.server.completeness);
  });

  it.each([
    ['was cut off', (path: string) => truncateSync(path, 100)],
    ['is no N-Quads', (path: string) => writeFileSync(path, `${'x'.repeat(99)}\n`)],
  ])('counts a container whose file %s as not audited', async (_, spoil) => {
    const record = recordOf({ 'Project:1': project(1, 1), 'Project:2': project(2, 1) });
    const [first] = record.manifest.containers;
    if (first !== undefined) spoil(record.path(first));
    const { report } = await auditRecord(record, rembi);
    expect(report.notAudited.map((n) => n.container)).toEqual(['Project:1']);
    expect(report.containers.map((c) => c.container)).toEqual(['Project:2']);
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    await auditRecord(RECORD, rembi, { onProgress: ({ done, total, what }) => seen.push(`${done}/${total} ${what}`) });
    // the largest first
    expect(seen).toEqual(['0/2 label of Project:2', '1/2 label of Project:1', '2/2 done']);
  });

  it('finds nothing in an empty record', async () => {
    const { report } = await auditRecord(recordOf({}), rembi);
    expect(report).toMatchObject({ conforms: true, containers: [], shapeWarnings: [], server: { completeness: null } });
  });
});

describe('the folder of an audit', () => {
  it('holds the report and the rows of each container', async () => {
    const place = join(folder(), 'audits', 'one');
    const kept = await auditRecord(RECORD, rembi, { ...AT, folder: place });
    const held = await auditRecord(RECORD, rembi, AT);
    expect(readdirSync(place).sort()).toEqual(['objects', 'report.json', 'results', 'summary.json']);
    expect(readdirSync(join(place, 'results'))).toHaveLength(2);
    expect(kept.report).toEqual(held.report);
    expect(await all(kept.results())).toEqual(await all(held.results()));
    expect(await all(kept.objects())).toEqual(await all(held.objects()));
  });

  it('is whole or not there: an audit that is stopped leaves nothing', async () => {
    const above = folder();
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 1) stop.abort(new Error('stopped'));
    };
    const running = auditRecord(RECORD, rembi, { signal: stop.signal, onProgress, folder: join(above, 'a') });
    await expect(running).rejects.toThrow('stopped');
    expect(readdirSync(above)).toEqual([]);
  });

  it('is not written over, and not made where it cannot be', async () => {
    const above = folder();
    await expect(auditRecord(RECORD, rembi, { folder: above })).rejects.toThrow('there is something in the place');
    await expect(auditRecord(RECORD, rembi, { folder: '/proc/omegraph/audit' })).rejects.toThrow('cannot be kept here');
    rmSync(above, { recursive: true });
  });
});

describe('rows that cannot be written', () => {
  it.each([0, ...(hasWorker ? [2] : [])])('end the audit in words, with %i threads', async (workers) => {
    const above = folder();
    // the disk goes while the first container is audited
    const onProgress = (): void => {
      for (const name of readdirSync(above)) rmSync(join(above, name), { recursive: true });
    };
    const running = auditRecord(RECORD, rembi, { workers, folder: join(above, 'a'), onProgress });
    await expect(running).rejects.toThrow(/the rows of the audit cannot be written \("ENOENT: [^]*check the folder/);
    expect(readdirSync(above)).toEqual([]);
  });
});

describe('a bug', () => {
  it('crashes instead of being called a container that cannot be read', async () => {
    const broken = { ...RECORD, path: () => undefined as unknown as string };
    await expect(auditRecord(broken, rembi)).rejects.toThrow(TypeError);
  });
});

describe.skipIf(!hasWorker)('worker threads', () => {
  const run = (options: AuditOptions = {}, profile: Profile = rembi) =>
    auditRecord(RECORD, profile, { ...AT, workers: 2, ...options });

  it('find what this thread finds', async () => {
    const [own, theirs] = [await auditRecord(RECORD, rembi, { ...AT, workers: 0 }), await run()];
    expect(theirs.report).toEqual(own.report);
    expect(await all(theirs.results())).toEqual(await all(own.results()));
    const place = join(folder(), 'a');
    expect(await all((await run({ folder: place })).objects())).toEqual(await all(own.objects()));
  });

  it('that do not end in time cost their container, not the audit', async () => {
    const { report } = await run({ deadlineSeconds: 0.001 });
    expect(report.partial).toBe(true);
    expect(report.notAudited.map((n) => n.reason)).toEqual([
      expect.stringMatching(/^Project:1: the audit of this container did not end \(it took longer than 0 seconds\); /),
      expect.stringMatching(/^Project:2: /),
    ]);
    expect(report.server).toMatchObject({ images: 14, imagesNotAudited: 14, completeness: null });
  });

  it.each([
    ['one after the other, where two would be too large for the memory', 15_000_000, ['0/2', '1/2', '2/2']],
    ['side by side, where both are small', 1, ['0/2', '0/2', '2/2']],
  ])('hold containers %s', async (_, quads, steps) => {
    const containers = RECORD.manifest.containers.map((c) => ({ ...c, quads }));
    const seen: string[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }): void => void seen.push(`${done}/${total}`);
    const record = { ...RECORD, manifest: { ...RECORD.manifest, containers } };
    await auditRecord(record, rembi, { workers: 2, onProgress });
    expect(seen).toEqual(steps);
  });

  it('are stopped when the audit is', async () => {
    const above = folder();
    const stop = new AbortController();
    const running = run({
      signal: stop.signal,
      folder: join(above, 'a'),
      onProgress: () => stop.abort(new Error('stopped')),
    });
    await expect(running).rejects.toThrow('stopped');
    expect(readdirSync(above)).toEqual([]);
  });

  it('tell of a bug with its stack', async () => {
    const broken = { ...RECORD, path: () => ({}) as unknown as string };
    await expect(auditRecord(broken, rembi, { workers: 1 })).rejects.toThrow(/TypeError[^]*auditWorker/);
  });
});

import { describe, expect, it } from 'vitest';
import { type AuditableRecord, auditRecord } from '../../src/audit/auditRecord.js';
import { reaches } from '../../src/audit/auditReport.js';
import { loadProfile } from '../../src/audit/profile.js';
import { recordOf } from './memoryRecord.js';
import { BASE, image, within } from './studyGraph.js';

const rembi = await loadProfile('rembi');
const project = (id: number, images: number): string =>
  `<Project/${id}> a core:Project ; rdfs:label "study ${id}" . <Dataset/${id}> a core:Dataset . ${within(`Project/${id}`, `Dataset/${id}`)}
   ${Array.from({ length: images }, (_, i) => image(id * 100 + i, { parent: `Dataset/${id}` })).join('')}`;

const RECORD = recordOf({ 'Project:1': project(1, 2), 'Project:2': project(2, 3) });

describe('the audit of a record', () => {
  it('adds up its containers', async () => {
    const report = await auditRecord(RECORD, rembi);
    expect(report.totals).toMatchObject({ containers: 2, images: 5, conforms: false });
    expect(report.containers.map((c) => [c.container, c.label, c.graph, c.images])).toEqual([
      ['Project:1', 'label of Project:1', `${BASE}/graph/Project/1`, 2],
      ['Project:2', 'label of Project:2', `${BASE}/graph/Project/2`, 3],
    ]);
    const organism = report.totals.modules.flatMap((m) => m.fields).find((f) => f.label === 'Organism');
    expect(organism).toMatchObject({ applicable: 5, missing: 5 });
    expect(report.results).toHaveLength(Object.values(report.totals.results).reduce((a, b) => a + b));
  });

  it('is plain data that survives JSON', async () => {
    const report = await auditRecord(RECORD, rembi, { now: () => new Date(0) });
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(structuredClone(report))));
    expect(report.auditedAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it('audits only the containers that are named', async () => {
    const report = await auditRecord(RECORD, rembi, { containers: ['Project:2'] });
    expect(report.containers.map((c) => c.container)).toEqual(['Project:2']);
  });

  it('refuses a container that the record does not hold, and names those it holds', async () => {
    await expect(auditRecord(RECORD, rembi, { containers: ['Project:9'] })).rejects.toThrow(
      'the record holds no such container ("Project:9"); name one of: Project:1, Project:2',
    );
  });

  it('counts a container that cannot be read as not audited, and goes on', async () => {
    const report = await auditRecord(recordOf({ 'Project:1': project(1, 1) }, ['Project:5']), rembi);
    expect(report.containers).toHaveLength(1);
    expect(report.notAudited).toMatchObject([
      { container: 'Project:5', images: 7, reason: 'Project:5.nq: the file is gone; export again' },
    ]);
  });

  it('crashes on a bug instead of calling it a container that cannot be read', async () => {
    const record: AuditableRecord = { ...RECORD, dataset: () => Promise.reject(new TypeError('bug')) };
    await expect(auditRecord(record, rembi)).rejects.toThrow('bug');
  });

  it('lists as many results as asked for, counts the rest and hands out all', async () => {
    let handed = 0;
    const report = await auditRecord(RECORD, rembi, { resultLimit: 3, onResult: () => (handed += 1) });
    expect(report.results).toHaveLength(3);
    expect(report.resultsOmitted).toBe(handed - 3);
    expect(handed).toBeGreaterThan(50);
  });

  it('says which shapes found nothing to look at', async () => {
    const report = await auditRecord(RECORD, rembi);
    expect(report.idleShapes).toEqual([
      {
        shape: 'https://w3id.org/omegraph/shapes/rembi#plateImagingMethod',
        reason: 'the record holds nothing that it looks at (Plate)',
      },
    ]);
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    await auditRecord(RECORD, rembi, { onProgress: ({ done, total, what }) => seen.push(`${done}/${total} ${what}`) });
    expect(seen).toEqual(['0/2 label of Project:1', '1/2 label of Project:2', '2/2 done']);
  });

  it('stops between containers when it is interrupted', async () => {
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 1) stop.abort(new Error('stopped'));
    };
    await expect(auditRecord(RECORD, rembi, { signal: stop.signal, onProgress })).rejects.toThrow('stopped');
  });
});

describe('a severity to fail on', () => {
  it.each([
    [{ violation: 1, warning: 0, info: 0 }, ['violation', 'warning', 'info']],
    [{ violation: 0, warning: 1, info: 0 }, ['warning', 'info']],
    [{ violation: 0, warning: 0, info: 1 }, ['info']],
    [{ violation: 0, warning: 0, info: 0 }, []],
  ])('of %o is reached by %o', async (results, reached) => {
    const report = await auditRecord(recordOf({}), rembi);
    const counted = { ...report, totals: { ...report.totals, results } };
    const all = ['violation', 'warning', 'info', 'never'] as const;
    expect(all.filter((failOn) => reaches(counted, failOn))).toEqual(reached);
  });
});

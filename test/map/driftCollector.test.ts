import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessionQuestion } from '../../src/terms/accessionAudit.js';
import { driftCollector } from '../../src/map/driftCollector.js';
import { openTermIndex } from '../../src/terms/termIndex.js';

const terms = await openTermIndex(['ontologies/terms.idx']);
const human = (id: number): AccessionQuestion => ({
  kind: 'organism',
  value: 'Homo sapiens',
  accession: `NCBITaxon_${id}`,
});
const line = (value: string): AccessionQuestion => ({ kind: 'cellLine', value, accession: 'EFO_0001209' });

describe('drift', () => {
  it("is ids that count up beside one value; all but the value's own are told", () => {
    const collector = driftCollector(terms);
    for (let id = 9606; id < 9706; id++) collector.add('Screen:56', human(id));
    expect(collector.isDrift('Screen:56', human(9606))).toBe(false);
    expect(collector.isDrift('Screen:56', human(9650))).toBe(true);
    expect(collector.isDrift('Screen:57', human(9650))).toBe(false);
    expect(collector.findings()).toEqual([
      {
        code: 'accession-drift',
        severity: 'warning',
        focus: 'organism: Homo sapiens',
        at: 'Screen:56',
        detail: '100 ids from NCBITaxon:9606 to NCBITaxon:9705; write NCBITaxon:9606',
        count: 99,
      },
    ]);
  });

  it('names the right id even when no row has it, and says so when it does not know', () => {
    const collector = driftCollector(terms);
    const bare = driftCollector();
    for (let id = 9607; id < 9617; id++) for (const c of [collector, bare]) c.add('Screen:56', human(id));
    for (let i = 0; i < 5; i++) bare.add('Screen:56', human(9608));
    expect(collector.findings()[0]?.detail).toContain('write NCBITaxon:9606');
    expect(bare.findings()[0]?.detail).toContain('write NCBITaxon:9608 if that is right');
    expect(bare.findings()[0]?.count).toBe(9);
  });

  it("is values that count up beside one id, when they count from the id's own name", () => {
    const collector = driftCollector(terms);
    for (const value of ['MDA-MB-231', 'MDA-MB-232', 'MDA-MB-233', 'MDA-MB-234'])
      collector.add('Screen:1', line(value));
    for (const value of ['MDA-MB-232', 'MDA-MB-233', 'MDA-MB-234']) collector.add('Screen:2', line(value));
    expect(collector.isDrift('Screen:1', line('MDA-MB-231'))).toBe(false);
    expect(collector.isDrift('Screen:1', line('MDA-MB-233'))).toBe(true);
    expect(collector.isDrift('Screen:2', line('MDA-MB-232'))).toBe(true);
    expect(collector.findings().map((f) => [f.code, f.focus, f.detail, f.count])).toEqual([
      ['value-drift', 'cellLine: EFO:0001209', '4 values from MDA-MB-231 to MDA-MB-234; write MDA-MB-231', 3],
      ['value-drift', 'cellLine: EFO:0001209', '3 values from MDA-MB-232 to MDA-MB-234; write MDA-MB-231', 3],
    ]);
  });

  it('is not numbered clones, samples or donors of one thing', () => {
    const collector = driftCollector(terms);
    for (let n = 1; n < 20; n++) {
      collector.add('Screen:1', { kind: 'cellLine', value: `HeLa clone ${n}`, accession: 'EFO:0001185' });
      collector.add('Screen:1', { kind: 'organism', value: `mouse ${n}`, accession: '10090' });
    }
    expect(collector.findings()).toEqual([]);
  });

  it('is not a few ids, ids far apart, or those of different values or studies', () => {
    const collector = driftCollector(terms);
    for (const id of [9606, 9607, 9608]) collector.add('Screen:1', human(id));
    for (const id of [9606, 10090, 7227, 6239, 559292]) collector.add('Screen:2', human(id));
    for (let i = 0; i < 9; i++) {
      collector.add(`Screen:${i + 10}`, human(9606 + i));
      collector.add('Screen:3', { kind: 'cellLine', value: `line ${'abcdefghi'[i]}`, accession: `EFO:000120${i}` });
      collector.add('Screen:4', { kind: 'gene', value: 'MYC', accession: `ENSG0000013699${i}` });
    }
    expect(collector.findings()).toEqual([]);
  });

  it('is found whatever the order of rows, and however often each stands there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_000_000 }),
        fc.integer({ min: 4, max: 40 }),
        fc.infiniteStream(fc.nat()),
        (start, length, numbers) => {
          const random = (below: number): number => (numbers.next().value as number) % below;
          const ids = Array.from({ length }, (_, i) => start + i);
          const rows = [...ids, ...Array.from({ length: random(20) }, () => start + random(length))];
          rows.sort(() => random(3) - 1);
          const collector = driftCollector();
          for (const id of rows)
            collector.add('Project:1', {
              kind: 'cellLine',
              value: 'X',
              accession: `EFO:${String(id).padStart(7, '0')}`,
            });
          const [found, ...more] = collector.findings();
          expect(more).toEqual([]);
          expect(found?.detail).toContain(`${length} ids from EFO:${String(start).padStart(7, '0')}`);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is looked for in bounded memory: a million values, and drift after them is still found', () => {
    const collector = driftCollector();
    for (let i = 0; i < 4; i++) collector.add('Screen:1', human(9606 + i));
    for (let i = 0; i < 250_000; i++)
      collector.add('Screen:2', { kind: 'cellLine', value: `value ${i} x`, accession: 'EFO:0001185' });
    for (let i = 0; i < 5000; i++) collector.add('Screen:3', human(9606 + i));
    expect(collector.findings().map((f) => f.at)).toEqual(['Screen:1', 'Screen:3']);
    collector.add('Screen:1', { kind: 'organism', value: 'x'.repeat(100_000_000), accession: '9606' });
    collector.add('Screen:1', { kind: 'organism', value: '\u200b\u202e', accession: 'NCBITaxon:9606' });
  });
});

import { describe, expect, it } from 'vitest';
import { diffTable, trendTable } from '../../../src/audit/reports/diffTable.js';
import type { AuditTrend } from '../../../src/audit/stored/auditTrend.js';
import type { AuditDiff, DiffSide } from '../../../src/audit/stored/diffAudits.js';

const PROFILE = { name: 'rembi', label: 'REMBI', iri: 'https://w3id.org/omegraph/shapes/rembi' };
const NONE = { fixed: 0, gone: 0, waived: 0, open: 0, new: 0, added: 0 };
const side = (auditedAt: string, changes: Partial<DiffSide> = {}): DiffSide => ({
  auditedAt,
  software: 'omegraph 1.0.0',
  partial: false,
  images: 8,
  results: { violation: 0, warning: 0, info: 0 },
  onlyContainers: [],
  onlyShapes: [],
  notAudited: [],
  ...changes,
});
const shape = (name: string, counts: Partial<typeof NONE>): AuditDiff['shapes'][number] => ({
  ...{ shape: `https://w3id.org/omegraph/shapes/${name}`, label: name, severity: 'violation' },
  message: `The ${name} is missing; write it down.`,
  counts: { ...NONE, ...counts },
});
const diff = (changes: Partial<AuditDiff> = {}): AuditDiff => ({
  ...{ format: 'omegraph-audit-diff', version: 1, profile: PROFILE, base: 'https://omero.example.org' },
  before: side('2027-01-31T06:00:00.000Z'),
  after: side('2027-02-28T06:00:00.000Z'),
  counts: NONE,
  server: { before: 0.5, after: 0.5 },
  ...{ modules: [], fields: [], groups: [], owners: [], containers: [], shapes: [] },
  ...changes,
});
/** Thin spaces are hard to tell from others. */
const plain = (text: string): string => text.replaceAll('\u202f', '_');

describe('two audits compared in a terminal', () => {
  it('are results first, then what moved, then what was not compared', () => {
    const found = diff({
      before: side('2027-01-31T06:00:00.000Z', { onlyContainers: ['Project:9'], notAudited: ['Screen:4'] }),
      after: side('2027-02-28T06:00:00.000Z', { onlyShapes: ['https://example.org/site#GermlineShape'] }),
      counts: { fixed: 12_345, gone: 3, waived: 2, open: 40, new: 7, added: 1 },
      server: { before: 0.5, after: 0.625 },
      fields: [
        { field: 'urn:a', label: 'Organism', module: 'Biosample', before: 0.25, after: 0.5 },
        { field: 'urn:b', label: 'Imaging method', module: 'Image acquisition', before: 0.9, after: 0.2 },
        { field: 'urn:c', label: 'Study type', module: 'Study', before: 0.4, after: 0.4 },
        { field: 'urn:d', label: 'New field', module: 'Study', before: undefined, after: 1 },
        { field: 'urn:e', label: 'Nowhere asked before', module: 'Study', before: null, after: 0.01 },
      ],
      containers: [{ container: 'Project:52', label: 'Mitotic spindle', before: 0.996, after: 1 }],
      groups: [{ label: 'Lab A', before: 0.001, after: 0 }],
      shapes: [shape('organism', { fixed: 12_340 }), shape('method', { new: 2, fixed: 5 }), shape('cell', { new: 5 })],
    });
    expect(plain(diffTable(found))).toBe(`REMBI audit, 2027-01-31 06:00 → 2027-02-28 06:00

  fixed       12_345, 3 gone with their objects, 2 waived since
  new         7, 1 on objects that are new
  still open  40
  complete    50 % → 63 %  (+12.5 points)

Fields
  Imaging method                               90 % → 20 %  (-70 points)
  Organism                                     25 % → 50 %  (+25 points)
  Nowhere asked before                         – → 1 %

Containers
  Project:52 Mitotic spindle                   99 % → 100 %  (+0.4 points)

Groups
  Lab A                                        1 % → 0 %  (-0.1 points)

New
     5 × The cell is missing; write it down.
     2 × The method is missing; write it down.

Fixed
${'12_340 ×'.padStart(8)} The organism is missing; write it down.
     5 × The method is missing; write it down.

Containers only before, not compared: Project:9

Not audited before: Screen:4

Rules only after, not compared: GermlineShape
`);
  });

  it('are a few lines when nothing moved', () => {
    expect(diffTable(diff({ counts: { ...NONE, open: 4 } }))).toBe(`REMBI audit, 2027-01-31 06:00 → 2027-02-28 06:00

  fixed       0
  new         0
  still open  4
  complete    50 % → 50 %
`);
  });

  it('name the twelve that moved most, and count the others', () => {
    const fields = Array.from({ length: 15 }, (_, i) => ({
      ...{ field: `urn:${i}`, label: `Field ${i}`, module: 'Study', before: 0, after: (i + 1) / 100 },
    }));
    const shapes = fields.map(({ label }, i) => shape(label, { new: i + 1 }));
    const lines = diffTable(diff({ fields, shapes })).split('\n');
    const from = lines.indexOf('Fields');
    expect(lines[from + 1]).toBe(`  ${'Field 14'.padEnd(44)} 0 % → 15 %  (+15 points)`);
    expect(lines[from + 12]).toBe(`  ${'Field 3'.padEnd(44)} 0 % → 4 %  (+4 points)`);
    expect(lines[from + 13]).toBe('  and 3 more');
    expect(lines.slice(lines.indexOf('New')).at(13)).toBe('  and 3 more');
  });

  it('hold no line that is wider than a terminal, and nothing that steers it', () => {
    const containers = [
      { container: 'Project:1', label: `\u001b[31m${'long '.repeat(60)}`, before: 0, after: 1 },
      { container: 'Project:2', label: 'Project:2', before: 0, after: 0.5 },
    ];
    const long = { ...shape('x', { new: 1 }), message: `Write\nit down ${'and again '.repeat(30)}` };
    const onlyContainers = Array.from({ length: 20 }, (_, i) => `Project:${i}`);
    const text = diffTable(diff({ containers, shapes: [long], before: side('2027-01-31', { onlyContainers }) }));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(text).toContain('\n  Project:2  ');
    expect(text).toContain('Project:7 and 12 more');
  });
});

describe('a trend in a terminal', () => {
  const point = (auditedAt: string, images: number, completeness: number | null, partial = false) => ({
    ...{ auditedAt, images, completeness, partial, containers: 2 },
    results: { violation: images, warning: 3, info: 0 },
  });
  const trend = (changes: Partial<AuditTrend> = {}): AuditTrend => ({
    ...{ format: 'omegraph-audit-trend', version: 1, profile: PROFILE },
    points: [point('2027-01-31T06:00:00.000Z', 12_345, 0.5), point('2027-02-28T06:00:00.000Z', 8, null, true)],
    ...{ fields: [], groups: [], owners: [], containers: [], otherProfiles: 0 },
    ...changes,
  });

  it('is a line for each audit, the oldest first', () => {
    expect(plain(trendTable(trend()))).toBe(`REMBI audits
  when               complete     images  violations   warnings
  2027-01-31 06:00    50 %     12_345      12_345          3
  2027-02-28 06:00       –          8           8          3  not all was audited
`);
  });

  it('counts audits that are against other profiles', () => {
    expect(trendTable(trend({ otherProfiles: 1 }))).toContain('\n  1 audit against other profiles left out\n');
    expect(trendTable(trend({ otherProfiles: 2 }))).toContain('\n  2 audits against other profiles left out\n');
  });
});

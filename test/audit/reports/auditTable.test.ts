import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/audit/model.js';
import { tableText } from '../../../src/audit/reports/auditTable.js';
import { whatToFix } from '../../../src/audit/reports/whatToFix.js';
import { syntheticAudit } from '../syntheticAudit.js';
import { percent } from '../../../src/words.js';

const { report } = syntheticAudit({ containers: 10, images: 120 });
const table = tableText(report);

describe('the table', () => {
  it('fits a terminal of 100 columns', () => {
    expect(table.split('\n').filter((line) => [...line].length > 100)).toEqual([]);
  });

  it('tells groups, containers and modules', () => {
    expect(table).toContain('REMBI audit of 10 containers with 120 images\n');
    expect(table).toMatch(/^By group +images +complete +violations +warnings +infos$/m);
    expect(table).toMatch(/^Cell Division Lab +\d+ +\d+ % /m);
    expect(table).toMatch(/^Project:51 Spindle assembly in HeLa cells +12 +\d+ % /m);
    expect(table).toMatch(/^Image data +[█░]{10} +\d+ % {2}gaps: Type, /m);
  });

  it('tells what to do, the most frequent first, with examples', () => {
    expect(table).toMatch(/^Violations, most frequent first\n +\d+ × \w/m);
    expect(table).toMatch(/on Image:\d+ cell_\d{4}\.ome\.tiff, [^×]* in \d+ containers$/m);
    expect(table).toMatch(/… and \d+ more kinds: see the HTML report\./);
    expect(table).toMatch(/^\d+ infos on optional fields/m);
  });

  it('hides nothing: waivers, what was not audited, shapes that found nothing or ran elsewhere', () => {
    expect(table).toMatch(
      /Waivers \(36 results waived\)\n {2}Identity on Screen:114: 36 results, until 2026-12-31\. Beads/,
    );
    expect(table).toContain('has expired on 2025-06-30 and no longer holds');
    expect(table).toMatch(/Not audited\n {2}Project:900 Archive of 2016 \(12 images\): Project-900\.nq:17:/);
    expect(table).toMatch(/About the shapes\n {2}shape taxon: no object/);
    expect(table).toContain('Channel names differ was run by SPARQL: it has a SPARQL constraint');
    expect(table).toMatch(/The audit is partial: 12 images not audited\.\n$/);
  });

  it('shows parts of containers where there is room', () => {
    expect(tableText(syntheticAudit({ containers: 2, datasets: 2, images: 8 }).report)).toMatch(
      /^ {2}Dataset 2024-01 replicate 1 +2 /m,
    );
    expect(table).not.toMatch(/^ {2}Dataset /m);
  });

  it('of many containers shows the least complete', () => {
    const many = syntheticAudit({ containers: 60, datasets: 1, images: 60 });
    const text = tableText(many.report);
    expect(text).toMatch(/^Least complete containers /m);
    expect(text).toContain('… and 20 more containers: see the HTML report.');
    const shares = [...text.matchAll(/^(?:Project|Screen):\d+ .*?(\d+) % /gm)].map((m) => Number(m[1]));
    expect(shares).toHaveLength(40);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('names an example by what tells a reader most: its id, or its label where the id is a hash', () => {
    const shown = (ref: string, label: string, image?: string): string => {
      const [container] = report.containers;
      const example = { node: 'x:y', ref, label, image };
      const groups = [
        { shape: 0, severity: 'warning', message: 'm', count: 1, waived: 0, examples: [example] },
      ] as const;
      return tableText({ ...report, containers: [{ ...container!, groups }] });
    };
    expect(shown('Image:7', 'fed')).toContain('on Image:7 fed\n');
    expect(shown('Image:a1b2.0', 'fed')).toContain('on Image "fed"\n');
    expect(shown('Channel:a1b2.0:1', 'DAPI', 'fed')).toContain('on Channel "DAPI" of fed\n');
    expect(shown('Image:a1b2.0', 'Image:a1b2.0')).toContain('on Image:a1b2.0\n');
  });

  it('shows no control characters of names', () => {
    const evil = syntheticAudit({ containers: 2, images: 4, hostile: '\u001b[31m\u202e\u0007' });
    expect(tableText(evil.report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

describe('the verdict', () => {
  const clean: AuditReport = {
    ...report,
    conforms: true,
    partial: false,
    notAudited: [],
    containers: report.containers.map((c) => ({ ...c, groups: [] })),
  };

  it('says that all is well when nothing is missing', () => {
    expect(tableText(clean)).toContain('Conforms: nothing is missing');
  });

  it('does not call it well when nothing, or not everything, was audited', () => {
    expect(tableText({ ...clean, containers: [] })).toMatch(/Nothing was audited\.\n$/);
    expect(tableText({ ...clean, partial: true })).toContain(
      'Nothing is missing in what was audited. The audit is partial',
    );
  });

  it.each([
    [1, '100 %'],
    [0.9999, '99 %'],
    [0.5, '50 %'],
    [0.0001, '1 %'],
    [0, '0 %'],
    [null, '–'],
  ])('shows a share of %s as %s, so that only all of it is a hundred', (share, text) => {
    expect(percent(share)).toBe(text);
  });
});

describe('what to fix first', () => {
  const fixes = whatToFix(report);

  it('counts each shape over all containers, waived results left aside', () => {
    const counted = fixes.reduce((n, f) => n + f.count, 0);
    const { violation, warning, info } = report.server.results;
    expect(counted).toBe(violation + warning + info);
    expect(fixes.every((f) => f.containers.reduce((n, c) => n + c[1], 0) === f.count)).toBe(true);
  });

  it('is sorted by gravity, then by number', () => {
    const order = fixes.map((f) => ['violation', 'warning', 'info'].indexOf(f.severity) * 1e9 - f.count);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('says what each is worth: all of it done makes the record complete', () => {
    const gained = fixes.reduce((sum, f) => sum + f.gain, 0);
    expect((report.server.completeness ?? 0) + gained).toBeCloseTo(1, 9);
  });
});

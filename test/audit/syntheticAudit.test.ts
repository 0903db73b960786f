import { describe, expect, it } from 'vitest';
import { STATUS_LETTERS, STATUSES } from '../../src/audit/model.js';
import { syntheticAudit } from './syntheticAudit.js';

const audit = syntheticAudit({ containers: 10, images: 200 });
const { report } = audit;

describe('the made-up audit that the tests of reports use', () => {
  it('has counts that are those of its rows', async () => {
    const counts = report.fields.map(() => STATUSES.map(() => 0));
    let images = 0;
    for await (const o of audit.objects()) {
      if (o.type === 'Image') images += 1;
      STATUSES.forEach((status, s) =>
        report.fields.forEach((_, f) => {
          if (o.statuses[f] === STATUS_LETTERS[status]) counts[f]![s]! += 1;
        }),
      );
    }
    expect([report.server.images - report.server.imagesNotAudited, report.server.counts]).toEqual([images, counts]);
    const total = { violation: 0, warning: 0, info: 0, waived: 0 };
    for await (const r of audit.results()) total[r.waived ? 'waived' : r.severity] += 1;
    expect({ ...report.server.results, waived: report.server.waived }).toEqual(total);
  });

  it('holds every status, results of every severity, and the rows of one container alone', async () => {
    expect(STATUSES.filter((_, s) => report.server.counts.every((c) => c[s] === 0))).toEqual(['notAudited']);
    expect(Object.values(report.server.results).every((n) => n > 0)).toBe(true);
    const rows = [];
    for await (const o of audit.objects('Project:51')) rows.push(o.container);
    expect([new Set(rows), rows.length]).toEqual([new Set(['Project:51']), 25]);
  });
});

import { describe, expect, it } from 'vitest';
import { auditedBy } from '../../bench/auditAdapter.js';
import { DATA, goldAccessions, goldIsHere } from '../../bench/goldTables.js';
import { parseAccession } from '../../src/terms/accession.js';
import { openTermIndex } from '../../src/terms/termIndex.js';

const here = goldIsHere();
if (!here) console.log(`accessionAudit.corpus: skipped, because ${DATA}/gold is not there`);

describe.skipIf(!here)('the accession audit on gold pairs', async () => {
  const audit = auditedBy(await openTermIndex(['ontologies/terms.idx']));
  const pairs = here ? goldAccessions().filter((p) => parseAccession(p.accession) !== undefined) : [];
  const drifted = audit.drift(pairs);
  const flagged = pairs.map((p, i) => drifted.has(i) || audit.flags(p.field, p.value, p.accession));
  const share = (is: string): number => {
    const of = pairs.flatMap((p, i) => (p.is === is ? [flagged[i]] : []));
    return of.filter(Boolean).length / of.length;
  };

  it('flags every pair that a fill handle made', () => {
    expect(share('drift')).toBe(1);
  });

  it('flags at least 90 % of the wrong ids', () => {
    expect(share('wrong')).toBeGreaterThanOrEqual(0.9);
  });

  it('flags at most 1 % of the right ids', () => {
    expect(share('right')).toBeLessThanOrEqual(0.01);
  });
});

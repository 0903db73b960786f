import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { auditGithub } from '../../../src/audit/reports/auditGithub.js';
import { auditJUnit } from '../../../src/audit/reports/auditJUnit.js';
import { fails } from '../../../src/audit/reports/report.js';
import { syntheticAudit } from '../syntheticAudit.js';
import { written } from './reading.js';

const audit = syntheticAudit({ containers: 10, images: 60 });
const { report } = audit;

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** All elements of a document. @throws Error when it is not well-formed */
function elements(xml: string): Element[] {
  const found: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) =>
    found.push({ name, attributes: attributes as Record<string, string> }),
  );
  parser.write(xml).close();
  return found;
}

describe('the JUnit report', async () => {
  const all = elements(await written(auditJUnit, audit));
  const named = (name: string): Element[] => all.filter((e) => e.name === name);

  it('has a suite for each container, a case for each shape', () => {
    expect(named('testsuite')).toHaveLength(report.containers.length + report.notAudited.length);
    expect(named('testcase')).toHaveLength(report.containers.length * report.shapes.length + report.notAudited.length);
    expect(named('testsuites')[0]?.attributes.tests).toBe(String(named('testcase').length));
  });

  it('counts what it holds', () => {
    const sum = (attribute: string): number =>
      named('testsuite').reduce((n, s) => n + Number(s.attributes[attribute]), 0);
    for (const [attribute, name] of [
      ['failures', 'failure'],
      ['errors', 'error'],
      ['skipped', 'skipped'],
      ['tests', 'testcase'],
    ] as const)
      expect([attribute, sum(attribute)]).toEqual([attribute, named(name).length]);
    expect(named('testsuites')[0]?.attributes.failures).toBe(String(named('failure').length));
  });

  it('fails for what is as grave as asked, and for nothing when nothing shall fail', async () => {
    const failures = async (failOn: 'violation' | 'warning' | 'never'): Promise<number> =>
      elements(await written(auditJUnit, audit, { failOn })).filter((e) => e.name === 'failure').length;
    const groups = report.containers.flatMap((c) => c.groups.filter((g) => g.count > 0));
    expect(await failures('violation')).toBe(groups.filter((g) => g.severity === 'violation').length);
    expect(await failures('warning')).toBe(groups.filter((g) => g.severity !== 'info').length);
    expect(await failures('never')).toBe(0);
    expect([fails('warning'), fails('info', 'info'), fails('violation', 'never')]).toEqual([false, true, false]);
  });

  it('has an error for what was not audited, and skips what is waived', () => {
    expect(named('error')[0]?.attributes.message).toContain('Project-900.nq:17');
    expect(named('skipped')[0]?.attributes.message).toMatch(/^\d+ results? waived$/);
  });

  it('is well-formed whatever a name holds', async () => {
    const hostile = syntheticAudit({ containers: 3, images: 12, hostile: ']]>&<"\'\u0000\u001b\n\ud800' });
    const names = elements(await written(auditJUnit, hostile))
      .filter((e) => e.name === 'testsuite')
      .map((e) => e.attributes.name);
    expect(names[0]).toBe('Project:51 Spindle assembly in HeLa cells]]>&<"\'\ufffd\ufffd\n\ufffd');
  });
});

describe('the annotations for GitHub', async () => {
  const lines = (await written(auditGithub, audit)).split('\n').slice(0, -1);

  it('are one command a line', () => {
    expect(lines.filter((l) => !/^::(?:error|warning|notice) title=[^:,]*::[^\n]+$/.test(l))).toEqual([]);
  });

  it('begin with what was not audited, then violations as errors, warnings as warnings, and a summary', () => {
    expect(lines[0]).toMatch(/^::error title=Project%3A900 was not audited::Project-900\.nq:17/);
    const kinds = lines.map((l) => l.split(' ')[0]);
    expect([...kinds].sort((a, b) => kinds.indexOf(a) - kinds.indexOf(b))).toEqual(kinds);
    expect(lines.at(-1)).toMatch(/^::notice title=REMBI audit::\d+ %25 complete, /);
  });

  it('say that there are more when there are too many', async () => {
    const groups = Array.from({ length: 70 }, (_, i) => ({
      ...{ shape: 0, severity: 'violation' as const, message: `message ${i}`, count: i + 1, waived: 0, examples: [] },
    }));
    const many = { ...report, containers: report.containers.slice(0, 1).map((c) => ({ ...c, groups })) };
    const text = await written(auditGithub, { ...audit, report: many });
    expect(text.match(/^::error title=Study/gm)).toHaveLength(50);
    expect(text).toContain('::notice title=More::20 more kinds of results are in the report');
  });

  it('cannot be forged by a name', async () => {
    const hostile = syntheticAudit({ containers: 3, images: 12, hostile: '\n::error::forged%0A' });
    const text = await written(auditGithub, hostile);
    expect(text.split('\n').filter((l) => l.startsWith('::error::'))).toEqual([]);
    expect(text).not.toContain('forged%0A');
  });
});

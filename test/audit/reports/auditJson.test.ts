import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { auditJson } from '../../../src/audit/reports/auditJson.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { validate } from '../../../src/audit/run/auditRecord.js';
import { rembi } from '../run/auditing.js';
import { BASE, graphOf, image, within } from '../studyGraph.js';
import { syntheticAudit } from '../syntheticAudit.js';
import { all, withResults, written } from './reading.js';

const schema = JSON.parse(readFileSync('shapes/audit-report.schema.json', 'utf8')) as Record<string, unknown>;
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const valid = ajv.compile(schema);
const audit = syntheticAudit({ containers: 10, images: 60 });

describe('the JSON', () => {
  it('is the report with all its results, one a line', async () => {
    const text = await written(auditJson, audit);
    const results = await all(audit.results());
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(JSON.parse(text)).toEqual({ ...(plain(audit.report) as object), results: plain(results) });
    expect(text.split('\n').filter((line) => line.startsWith('    {"container":'))).toHaveLength(results.length);
  });

  it('is JSON when there are no results', async () => {
    expect((JSON.parse(await written(auditJson, withResults(audit, []))) as { results: unknown }).results).toEqual([]);
  });

  it('is what its published schema says', async () => {
    valid(JSON.parse(await written(auditJson, audit)));
    expect(valid.errors).toBeNull();
  });

  it('is what its published schema says for a real audit, in which much is unknown', async () => {
    const snippet = `<Project/1> a core:Project ; rdfs:label "Study" . <Dataset/1> a core:Dataset . ${within('Project/1', 'Dataset/1')}
      ${image(1, { parent: 'Dataset/1', facts: '<Image/1> rembi:organism "TBD" .' })}${image(2)}`;
    const real = await validate(containerGraphOf(graphOf(snippet)), rembi, {
      base: BASE,
      container: { container: 'Project:1' },
    });
    const parsed = JSON.parse(await written(auditJson, real)) as { results: unknown[] };
    valid(parsed);
    expect(valid.errors).toBeNull();
    expect(parsed.results.length).toBeGreaterThan(10);
  });

  it.each([
    ['a misspelt name', { complete: 1 }],
    ['another version', { version: 1 }],
    ['no images', { server: { ...audit.report.server, images: undefined } }],
    ['a status too few', { server: { ...audit.report.server, counts: [[1, 2]] } }],
    ['a share above one', { server: { ...audit.report.server, completeness: 51 } }],
  ])('with %s is refused by the schema', (_, change) => {
    expect(valid(JSON.parse(JSON.stringify({ ...audit.report, ...change })))).toBe(false);
  });
});

import fc from 'fast-check';
import { Parser, type Quad } from 'n3';
import { describe, expect, it } from 'vitest';
import { auditDqv } from '../../../src/audit/reports/auditDqv.js';
import { auditTurtle } from '../../../src/audit/reports/auditTurtle.js';
import { PREFIXES } from '../../../src/rdf/vocabulary.js';
import { syntheticAudit } from '../syntheticAudit.js';
import { all, withResults, written } from './reading.js';

const audit = syntheticAudit({ containers: 10, datasets: 2, images: 60 });
const { report } = audit;
const ROOT = 'https://omero.example.org/audit/2026-03-01T12:00:00.000Z';
const parsed = (text: string): Quad[] => new Parser().parse(text);
const noBlank = (quads: readonly Quad[]): readonly Quad[] =>
  quads.filter((q) => q.subject.termType !== 'NamedNode' || q.object.termType === 'BlankNode');

describe('the validation report', async () => {
  const quads = parsed(await written(auditTurtle, audit));
  const sh = (name: string): string => PREFIXES.sh + name;
  const of = (property: string): Quad[] => quads.filter((q) => q.predicate.value === sh(property));

  it('is Turtle without blank nodes, under the base', () => {
    expect(noBlank(quads)).toEqual([]);
    expect(quads.filter((q) => !q.subject.value.startsWith(ROOT))).toEqual([]);
  });

  it('holds what SHACL asks of each result, and no waived one', async () => {
    const results = (await all(audit.results())).filter((r) => !r.waived);
    expect(report.server.waived).toBeGreaterThan(0);
    expect(of('result')).toHaveLength(results.length);
    for (const property of ['focusNode', 'resultSeverity', 'sourceShape', 'sourceConstraintComponent', 'resultMessage'])
      expect([property, of(property).length]).toEqual([property, results.length]);
    expect(of('conforms').map((q) => q.object.value)).toEqual(['false']);
    expect(of('value').map((q) => q.object.value)).toContain('TBD');
  });

  it('writes values as the terms they are, and blank nodes not at all', async () => {
    const [first] = await all(audit.results());
    const values = ['"5"^^<http://x.example/t>', '"x"@en', '<http://x.example/>', '_:b1', 'odd "text"'];
    const odd = withResults(
      audit,
      values.map((value) => ({ ...first!, value })),
    );
    const told = parsed(await written(auditTurtle, odd)).filter((q) => q.predicate.value === sh('value'));
    expect(told.map((q) => q.object.value)).toEqual(['5', 'x', 'http://x.example/', 'odd "text"']);
  });

  it('gives a shape that is a blank node a name of its own', async () => {
    const shapes = report.shapes.map((s) => ({ ...s, shape: 'b0_1' }));
    const named = parsed(await written(auditTurtle, { ...audit, report: { ...report, shapes } }));
    expect(named.find((q) => q.predicate.value === sh('sourceShape'))?.object.value).toBe(`${ROOT}/shape/b0_1`);
  });

  it('stays Turtle with any text in it', async () => {
    const [first] = await all(audit.results());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (message, node) => {
        const focus = { ...first!.focus, node: `https://omero.example.org/Image/${node}` };
        const odd = withResults(audit, [{ ...first!, focus, message, value: message }]);
        const found = parsed(await written(auditTurtle, odd)).find((q) => q.predicate.value === sh('resultMessage'));
        expect(found?.object.value).toBe(message.toWellFormed());
      }),
    );
  });
});

describe('the quality measurements', async () => {
  const quads = parsed(await written(auditDqv, audit));
  const DQV = 'http://www.w3.org/ns/dqv#';
  const of = (property: string): Quad[] => quads.filter((q) => q.predicate.value === DQV + property);
  const valueOf = (name: string): string | undefined =>
    of('value').find((q) => q.subject.value === `${ROOT}/measurement/${name}`)?.object.value;

  it('are Turtle without blank nodes, each of one metric on one thing', () => {
    expect(noBlank(quads)).toEqual([]);
    const measurements = quads.filter((q) => q.object.value === `${DQV}QualityMeasurement`).map((q) => q.subject.value);
    expect(new Set(measurements).size).toBe(measurements.length);
    for (const property of ['computedOn', 'isMeasurementOf', 'value'])
      expect(of(property).map((q) => q.subject.value)).toEqual(measurements);
  });

  it('are of metrics that are defined, each in a dimension', () => {
    const metrics = quads.filter((q) => q.object.value === `${DQV}Metric`).map((q) => q.subject.value);
    expect(metrics).toHaveLength(1 + report.modules.length + 3);
    expect(of('inDimension').map((q) => q.subject.value)).toEqual(metrics);
    expect(of('isMeasurementOf').filter((q) => !metrics.includes(q.object.value))).toEqual([]);
  });

  it('say what the report says, of the record, of containers and of datasets', () => {
    const [container] = report.containers;
    expect(Number(valueOf('record/completeness'))).toBeCloseTo(report.server.completeness ?? -1, 5);
    expect(Number(valueOf('Project/51/completeness/Biosample'))).toBeCloseTo(container!.moduleCompleteness[2] ?? -1, 5);
    expect(valueOf('Project/51/Dataset/1/results/violation')).toBe(String(container!.parts[0]!.results.violation));
    const on = of('computedOn').find((q) => q.subject.value.endsWith('measurement/Project/51/completeness'));
    expect(on?.object.value).toBe('https://omero.example.org/Project/51');
  });

  it('leave out a measure of which nothing is asked', () => {
    const unused = report.containers.find((c) => c.moduleCompleteness[6] === null);
    const path = unused!.container.replace(':', '/');
    expect([valueOf(`${path}/completeness/Image%20correlation`), valueOf(`${path}/completeness`)]).toEqual([
      undefined,
      expect.any(String),
    ]);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredAudit } from '../../../src/audit/model.js';
import { auditRecord } from '../../../src/audit/run/auditRecord.js';
import { auditChanges } from '../../../src/audit/stored/auditChanges.js';
import { auditTrend } from '../../../src/audit/stored/auditTrend.js';
import { diffAudits } from '../../../src/audit/stored/diffAudits.js';
import type { Waiver } from '../../../src/audit/waivers.js';
import { all, recordOf, site } from '../run/auditing.js';
import { image, within } from '../studyGraph.js';

const field = (
  name: string,
  order = 1,
): string => `ex:${name} a sh:PropertyShape ; sh:targetClass core:Image ; sh:path rembi:${name} ;
  sh:minCount 1 ; sh:name "${name}" ; sh:message "No ${name}." ; sh:severity sh:Violation ; sh:group ex:group ; sh:order ${order} ;
  omg:field rembi:${name} .`;
const GROUP = 'ex:group a sh:PropertyGroup ; rdfs:label "All" .';
const PROFILE = site(GROUP + field('organism') + field('biologicalEntity', 2));
const project = (id: number, images: Readonly<Record<number, string>>): string =>
  `<Project/${id}> a core:Project . <Dataset/${id}> a core:Dataset . ${within(`Project/${id}`, `Dataset/${id}`)}
   ${Object.entries(images)
     .map(
       ([i, facts]) =>
         image(Number(i), { parent: `Dataset/${id}`, bare: true }) + (facts && `<Image/${i}> ${facts} .\n`),
     )
     .join('')}`;
const run = (
  graphs: Record<string, string>,
  waivers: Waiver[] = [],
  profile = PROFILE,
  time = 0,
): Promise<StoredAudit> => auditRecord(recordOf(graphs), profile, { waivers, now: () => new Date(time) });
const BOTH = 'rembi:organism "mouse" ; rembi:biologicalEntity "HeLa"';

describe('two audits compared', () => {
  it('tell what was fixed, is new and is still open, by object and shape', async () => {
    const a = await run({ 'Project:1': project(1, { 9: '', 10: BOTH, 11: '' }) });
    const b = await run({ 'Project:1': project(1, { 9: 'rembi:organism "mouse"', 10: '', 12: '' }) });
    const changes = (await all(auditChanges(a, b))).map((c) => `${c.change} ${c.result.focus.ref} ${c.shape.label}`);
    expect(changes).toEqual([
      'fixed Image:9 organism',
      'open Image:9 biologicalEntity',
      'new Image:10 organism',
      'new Image:10 biologicalEntity',
      'gone Image:11 organism',
      'gone Image:11 biologicalEntity',
      'added Image:12 organism',
      'added Image:12 biologicalEntity',
    ]);
    const diff = await diffAudits(a, b);
    expect(diff.counts).toEqual({ fixed: 1, gone: 2, waived: 0, open: 1, new: 2, added: 2 });
    expect(diff.server).toEqual({ before: 0.333333, after: 0.166666 });
    expect(diff.fields.map((f) => [f.label, f.before, f.after])).toEqual([
      ['organism', 1 / 3, 1 / 3],
      ['biologicalEntity', 1 / 3, 0],
    ]);
    expect(diff.shapes.map((s) => [s.label, s.counts.fixed, s.counts.new])).toEqual([
      ['organism', 1, 1],
      ['biologicalEntity', 0, 1],
    ]);
    expect(JSON.parse(JSON.stringify(diff))).toEqual(diff);
  });

  it('add up: what was open is fixed, gone, waived or still open; what is open now was open, or is new or added', async () => {
    const graph = fc.dictionary(
      fc.integer({ min: 1, max: 12 }).map(String),
      fc.constantFrom('', BOTH, 'rembi:organism "mouse"'),
    );
    const waivers = fc.constantFrom<Waiver[]>([], [{ about: 'organism', on: '*', reason: 'r' }]);
    await fc.assert(
      fc.asyncProperty(graph, graph, waivers, waivers, async (one, two, w1, w2) => {
        const a = await run({ 'Project:1': project(1, one) }, w1);
        const b = await run({ 'Project:1': project(1, two) }, w2);
        const { counts } = await diffAudits(a, b);
        const open = ({ report }: StoredAudit): number => report.server.results.violation;
        expect(counts.fixed + counts.gone + counts.waived + counts.open).toBe(open(a));
        expect(counts.open + counts.new + counts.added).toBe(open(b));
      }),
      { numRuns: 25 },
    );
  });

  it('tell what a waiver took out, and what comes back when it expires', async () => {
    const graphs = { 'Project:1': project(1, { 1: '' }) };
    const waiver = { about: 'organism', on: '*', reason: 'a phantom' };
    const [open, waived] = [await run(graphs), await run(graphs, [waiver])];
    expect((await diffAudits(open, waived)).counts).toMatchObject({ waived: 1, open: 1, fixed: 0 });
    expect((await diffAudits(waived, open)).counts).toMatchObject({ new: 1, open: 1 });
    expect((await diffAudits(waived, waived)).counts).toMatchObject({ open: 1, waived: 0 });
  });

  it('compare the containers that both have, and name the others', async () => {
    const one = project(1, { 1: '' });
    const a = await run({ 'Project:1': one, 'Project:2': project(2, { 2: '' }) });
    const b = await run({ 'Project:1': one, 'Project:3': project(3, { 3: '' }) });
    const diff = await diffAudits(a, b);
    expect(diff.counts).toMatchObject({ open: 2, fixed: 0, new: 0 });
    expect([diff.before.onlyContainers, diff.after.onlyContainers]).toEqual([['Project:2'], ['Project:3']]);
    expect(diff.containers.map((c) => [c.container, c.before, c.after, c.counts?.open])).toEqual([
      ['Project:1', 0, 0, 2],
      ['Project:3', undefined, 0, undefined],
      ['Project:2', 0, undefined, undefined],
    ]);
  });

  it('compare the shapes that both have, and name the others', async () => {
    const graphs = { 'Project:1': project(1, { 1: '' }) };
    const more = { ...site(GROUP + field('qcInfo') + field('organism')), iri: PROFILE.iri };
    const diff = await diffAudits(await run(graphs), await run(graphs, [], more));
    expect(diff.counts).toMatchObject({ open: 1, fixed: 0, new: 0 });
    expect(diff.before.onlyShapes).toEqual(['http://e.org/biologicalEntity']);
    expect(diff.after.onlyShapes).toEqual(['http://e.org/qcInfo']);
    expect(diff.fields.find((f) => f.label === 'qcInfo')).toMatchObject({ before: undefined, after: 0 });
  });

  it('are refused when they are of different profiles or records', async () => {
    const graphs = { 'Project:1': project(1, { 1: '' }) };
    const a = await run(graphs);
    const other = { report: { ...a.report, profile: { ...a.report.profile, iri: 'urn:other', label: 'Other' } } };
    await expect(diffAudits(a, { ...a, ...other })).rejects.toThrow(
      /the two are against different profiles \("site and Other"\); compare two audits of the same record/,
    );
    const elsewhere = { report: { ...a.report, base: 'https://elsewhere.org' } };
    await expect(diffAudits(a, { ...a, ...elsewhere })).rejects.toThrow('the two are of different records');
  });
});

describe('a trend', () => {
  it('follows completeness over audits, and leaves out those against other profiles', async () => {
    const steps = [
      { 1: '', 2: '' },
      { 1: BOTH, 2: '' },
      { 1: BOTH, 2: 'rembi:organism "mouse"' },
    ];
    const audits = await Promise.all(
      steps.map((s, i) => run({ 'Project:1': project(1, s) }, [], PROFILE, i * 86_400_000)),
    );
    const [first, second, last] = audits.map((a) => a.report);
    if (first === undefined || second === undefined || last === undefined) throw new Error('three');
    const other = { ...second, profile: { ...second.profile, iri: 'urn:other' } };
    const trend = await auditTrend([first, other, second], last);
    expect(trend.points.map((p) => [p.auditedAt.slice(0, 10), p.completeness, p.results.violation])).toEqual([
      ['1970-01-01', 0, 4],
      ['1970-01-02', 0.5, 2],
      ['1970-01-03', 0.75, 1],
    ]);
    expect(trend.otherProfiles).toBe(1);
    expect(trend.fields.map((f) => f.series)).toEqual([
      [0, 0.5, 1],
      [0, 0.5, 0.5],
    ]);
    expect(trend.containers).toEqual([{ container: 'Project:1', label: 'label of Project:1', series: [0, 0.5, 0.75] }]);
  });

  it('has a gap where a container was not there', async () => {
    const first = (await run({ 'Project:1': project(1, { 1: '' }) })).report;
    const last = (await run({ 'Project:1': project(1, { 1: '' }), 'Project:2': project(2, { 2: BOTH }) })).report;
    const trend = await auditTrend([first], last);
    expect(trend.containers.map((c) => c.series)).toEqual([
      [0, 0],
      [null, 1],
    ]);
  });
});

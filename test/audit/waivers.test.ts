import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../src/audit/model.js';
import { checkWaivers, type Waiver } from '../../src/audit/waivers.js';
import { audit, counts, letter, rembi, site } from './run/auditing.js';
import { image, within } from './studyGraph.js';

const STUDY = `<Project/1> a core:Project . <Dataset/1> a core:Dataset . <Dataset/2> a core:Dataset .
  ${within('Project/1', 'Dataset/1', 'Dataset/2')}
  ${image(1, { parent: 'Dataset/1' })}${image(2, { parent: 'Dataset/2' })}
  <Dataset/1> core:experimenter_group <ExperimenterGroup/3> ; core:experimenter <Experimenter/7> .
  <ExperimenterGroup/3> rdfs:label "Lab A" . <Experimenter/7> rdfs:label "Ada" .`;
const waived = (waivers: readonly Omit<Waiver, 'reason'>[], graph = STUDY, day = '2026-06-01') =>
  audit(graph, rembi, {
    waivers: waivers.map((w) => ({ reason: 'agreed', ...w })),
    now: () => new Date(`${day}T12:00:00Z`),
  });

describe('a waiver', () => {
  it.each([
    ['everything', '*', ['w', 'w']],
    ['the container', 'Project:1', ['w', 'w']],
    ['a dataset and what is in it', 'Dataset:1', ['w', 'm']],
    ['an image', 'Image:2', ['m', 'w']],
    ['a group', 'group: Lab A', ['w', 'm']],
    ['an owner', 'owner: Ada', ['w', 'm']],
    ['another container', 'Project:9', ['m', 'm']],
    ['another group', 'group: Lab B', ['m', 'm']],
  ])('holds on %s', async (_, on, letters) => {
    const found = await waived([{ about: 'organism', on }]);
    expect(['Image:1', 'Image:2'].map((ref) => letter(found, ref, 'organism'))).toEqual(letters);
    const used = letters.filter((l) => l === 'w').length;
    expect(found.report.waivers).toEqual([
      { about: 'https://w3id.org/omegraph/rembi#organism', on, reason: 'agreed', expired: false, used },
    ]);
    expect(found.report.server.waived).toBe(used);
    expect(found.results.filter((r) => r.waived).map((r) => r.focus.ref)).toHaveLength(used);
  });

  it.each([
    ['organism', 'rembi#organism'],
    ['Organism', 'rembi#organism'],
    ['rembi:organism', 'rembi#organism'],
    ['https://w3id.org/omegraph/rembi#organism', 'rembi#organism'],
    ['Signal/contrast mechanism', 'rembi#signalContrastMechanism'],
    ['organismGrounded', 'shapes/rembi#organismGrounded'],
    ['https://w3id.org/omegraph/shapes/rembi#organism', 'shapes/rembi#organism'],
  ])('may be about %s', async (about, iri) => {
    const { report } = await waived([{ about, on: '*' }]);
    expect(report.waivers[0]?.about).toContain(iri);
  });

  it('takes what it waives out of completeness and results, and shows it as waived', async () => {
    const [plain, found] = [await audit(STUDY), await waived([{ about: 'organism', on: '*' }])];
    expect(counts(found.report, found.report.server, 'organism')).toEqual({ waived: 2 });
    expect(found.report.server.results.violation).toBe(plain.report.server.results.violation - 2);
    expect(found.report.server.completeness ?? 0).toBeGreaterThan(plain.report.server.completeness ?? 1);
    const shape = found.report.shapes.findIndex((s) => s.shape.endsWith('rembi#organism'));
    expect(found.report.containers[0]?.groups.find((g) => g.shape === shape)).toMatchObject({
      ...{ count: 0, waived: 2, examples: [] },
    });
  });

  it('of one shape leaves the others of the field as they are', async () => {
    const graph = `${STUDY}<Dataset/1> rembi:organism "TBD" . <Dataset/2> rembi:organism "some beast" .`;
    const found = await waived([{ about: 'organismGrounded', on: '*' }], graph);
    expect(['Image:1', 'Image:2'].map((ref) => letter(found, ref, 'organism'))).toEqual(['x', 'w']);
  });

  it('of what is there waives nothing', async () => {
    const graph = `${STUDY}<Project/1> rembi:organism "mouse" ; schema:taxonomicRange obo:NCBITaxon_10090 .`;
    const found = await waived([{ about: 'organism', on: '*' }], graph);
    expect(counts(found.report, found.report.server, 'organism')).toEqual({ inherited: 2 });
    expect(found.report.waivers[0]?.used).toBe(0);
  });

  it('makes a graph conform whose every result is waived', async () => {
    const profile = site(
      'ex:l a sh:PropertyShape ; sh:targetClass core:Image ; sh:path rdfs:comment ; sh:minCount 1 .',
    );
    const options = { waivers: [{ about: 'http://e.org/l', on: '*', reason: 'r' }] };
    expect((await audit(STUDY, profile, options)).report.conforms).toBe(true);
    expect((await audit(STUDY, profile)).report.conforms).toBe(false);
  });

  it('holds to the end of its day and is told when it has expired', async () => {
    const waiver = { about: 'organism', on: '*', until: '2026-06-01' };
    expect((await waived([waiver], STUDY, '2026-06-01')).report.server.waived).toBe(2);
    const { report } = await waived([waiver], STUDY, '2026-06-02');
    expect(report.server.waived).toBe(0);
    expect(report.waivers[0]).toMatchObject({ until: '2026-06-01', expired: true, used: 0 });
  });

  it('that stands beside another counts what it took; two on one result count once', async () => {
    const { report } = await waived([
      { about: 'organism', on: 'Dataset:1' },
      { about: 'organism', on: '*' },
    ]);
    expect(report.waivers.map((w) => w.used)).toEqual([1, 1]);
    expect(report.server.waived).toBe(2);
  });

  it.each([
    [
      { about: 'organsm', on: '*' },
      'audit.waivers[0]: the profile has no such field or shape ("organsm"); name a field',
    ],
    [{ about: 'http://e.org/none#organism', on: '*' }, 'no such field or shape'],
    [{ about: 'organism', on: 'Lab A' }, '`on` names no place ("Lab A")'],
    [{ about: 'organism', on: 'group:' }, '`on` names no place'],
    [{ about: 'organism', on: '*', until: 'soon' }, 'until is not a day ("soon"); write a day as 2027-01-31'],
    [{ about: 'organism', on: '*', until: '2026-02-30' }, 'until is not a day'],
    [{ about: 'organism', on: '*', reason: ' ' }, 'gives no reason'],
  ])('%o is refused', async (waiver, words) => {
    await expect(waived([waiver])).rejects.toThrow(words);
  });
});

describe('the statuses of a waived field', () => {
  it('are those of the report', async () => {
    const { report } = await waived([]);
    expect(report.server.counts.every((c) => c.length === STATUSES.length)).toBe(true);
    expect(checkWaivers([], report, '2026-01-01')).toEqual([]);
  });
});

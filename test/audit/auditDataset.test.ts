import { describe, expect, it } from 'vitest';
import { auditDataset } from '../../src/audit/auditDataset.js';
import type { AuditResult, ContainerReport, FieldReport } from '../../src/audit/auditReport.js';
import { profileOf } from '../../src/audit/loadProfile.js';
import { loadProfile } from '../../src/audit/profile.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { BASE, graphOf, image, within } from './studyGraph.js';
import { turtle as quadsOf } from './turtle.js';

const rembi = await loadProfile('rembi');
const field = (scope: Pick<ContainerReport, 'modules'>, name: string): FieldReport => {
  const found = scope.modules.flatMap((m) => m.fields).find((f) => f.field === PREFIXES.rembi + name);
  if (found === undefined) throw new Error(name);
  return found;
};
const audit = async (turtle: string, profile = rembi): Promise<ContainerReport & { all: AuditResult[] }> => {
  const all: AuditResult[] = [];
  const report = await auditDataset(graphOf(turtle), { container: 'Project:1' }, profile, {
    onResult: (r) => all.push(r),
  });
  return { ...report, all };
};
const STUDY = `<Project/1> a core:Project ; rdfs:label "study" .
  <Dataset/1> a core:Dataset ; rdfs:label "fed" . <Dataset/2> a core:Dataset ; rdfs:label "starved" .
  ${within('Project/1', 'Dataset/1', 'Dataset/2')}
  ${image(1, { parent: 'Dataset/1' })}${image(2, { parent: 'Dataset/1' })}${image(3, { parent: 'Dataset/2' })}`;

describe('completeness', () => {
  it('tells what an image states itself from what it inherits and what is missing', async () => {
    const report = await audit(
      `${STUDY}<Image/1> rembi:organism "Homo sapiens" . <Dataset/1> rembi:organism "Homo sapiens" .`,
    );
    expect(field(report, 'organism')).toMatchObject({
      applicable: 3,
      filled: 1,
      inherited: 1,
      missing: 1,
      invalid: 0,
      notGrounded: 2,
    });
  });

  it('counts facts of OME as the own statement of an image', async () => {
    const report = await audit(`${STUDY}<Project/1> rembi:dimensionExtents "512 x 512" .`);
    expect(field(report, 'dimensionExtents')).toMatchObject({ filled: 3, inherited: 0, missing: 0 });
  });

  it('counts a placeholder as invalid, wherever it is inherited from', async () => {
    const report = await audit(`${STUDY}<Dataset/1> rembi:organism "TBD" . <Image/3> rembi:organism "Mus musculus" .`);
    expect(field(report, 'organism')).toMatchObject({
      applicable: 3,
      filled: 1,
      inherited: 0,
      missing: 0,
      invalid: 2,
      notGrounded: 1,
    });
  });

  it('does not call a grounded value free text', async () => {
    const report = await audit(
      `${STUDY}<Project/1> rembi:organism "human" ; schema:taxonomicRange obo:NCBITaxon_9606 .`,
    );
    expect(field(report, 'organism')).toMatchObject({ inherited: 3, notGrounded: 0 });
  });

  it('asks the fields of an optional module only where the module is used', async () => {
    const report = await audit(`${STUDY}<Image/1> rembi:fiducialsUsed "beads" .`);
    expect(field(report, 'fiducialsUsed')).toMatchObject({ applicable: 1, filled: 1 });
    expect(field(report, 'spatialAndTemporalAlignment')).toMatchObject({ applicable: 1, missing: 1 });
    expect(report.modules.find((m) => m.module === 'Analyzed data')?.completeness).toBeNull();
  });

  it('adds up: filled, inherited, missing and invalid are all that is applicable', async () => {
    const report = await audit(`${STUDY}<Dataset/1> rembi:organism "?" ; rembi:biologicalEntity "HeLa" .`);
    for (const f of report.modules.flatMap((m) => m.fields)) {
      expect(f.filled + f.inherited + f.missing + f.invalid).toBe(f.applicable);
      expect(f.notGrounded).toBeLessThanOrEqual(f.filled + f.inherited);
    }
  });

  it('is the mean of the expected fields; fields of severity info are a bonus', async () => {
    const report = await audit(
      `${STUDY}<Project/1> rembi:preparationMethod "fixed" ; rembi:experimentalStatus "test" .`,
    );
    // preparation method and the name of the channel, of four expected fields
    expect(report.modules.find((m) => m.module === 'Specimen')?.completeness).toBe(2 / 4);
  });

  it('is rolled up to datasets', async () => {
    const report = await audit(`${STUDY}<Dataset/2> rembi:organism "Homo sapiens" .`);
    expect(report.parts.map((p) => [p.ref, p.label, p.type, p.images, field(p, 'organism').missing])).toEqual([
      ['Dataset:1', 'fed', 'Dataset', 2, 2],
      ['Dataset:2', 'starved', 'Dataset', 1, 0],
    ]);
    const sum = report.parts.reduce((total, part) => total + part.results.violation, 0);
    const onProject = report.all.filter((r) => r.partOf.length === 0 && r.severity === 'violation').length;
    expect(sum + onProject).toBe(report.results.violation);
  });

  it('counts an image in two datasets in both, and once in the project', async () => {
    const report = await audit(`${STUDY}${within('Dataset/2', 'Image/1')}`);
    expect(report.parts.map((p) => p.images)).toEqual([2, 2]);
    expect(report.images).toBe(3);
    expect(field(report, 'organism').missing).toBe(3);
  });

  it('goes from the screen through plate, well and field to the image', async () => {
    const report =
      await audit(`<Screen/1> a core:Screen ; rembi:organism "Homo sapiens" . <Plate/1> a core:Plate ; rdfs:label "P1" .
      <Well/1> a core:Well . <WellSample/1> a core:WellSample . ${within('Screen/1', 'Plate/1')}
      ${within('Plate/1', 'Well/1')}${within('Well/1', 'WellSample/1')}${image(1, { parent: 'WellSample/1' })}`);
    expect(field(report, 'organism').inherited).toBe(1);
    expect(report.parts).toMatchObject([{ ref: 'Plate:1', type: 'Plate', images: 1 }]);
    expect(report.all.find((r) => r.focus.ref === 'Image:1')?.partOf).toMatchObject([{ label: 'P1' }]);
  });
});

describe('a result', () => {
  it('names the object, its image, its dataset and the remedy', async () => {
    const report = await audit(`${STUDY}<Channel/30> rembi:channelContent "DAPI" .`);
    expect(report.all.find((r) => r.focus.ref === 'Channel:30')).toMatchObject({
      container: 'Project:1',
      focus: { node: `${BASE}/Channel/30`, label: 'DAPI' },
      image: { ref: 'Image:3', label: 'image 3' },
      partOf: [{ ref: 'Dataset:2', label: 'starved' }],
      module: 'Specimen',
      fieldLabel: 'Channel – biological entity',
      severity: 'warning',
      aspect: 'presence',
    });
  });

  it('shows the value that is wrong', async () => {
    const report = await audit(`${STUDY}<Dataset/1> rembi:organism " tbd " .`);
    const wrong = report.all.filter((r) => r.shape.endsWith('#organismSaysSomething'));
    expect(wrong.map((r) => [r.focus.ref, r.value, r.aspect])).toEqual([
      ['Image:1', ' tbd ', 'validity'],
      ['Image:2', ' tbd ', 'validity'],
    ]);
  });

  it('is one for an object and shape, however many values fail', async () => {
    const report = await audit(`${STUDY}<Image/1> rembi:organism "TBD", "n/a", "?" .`);
    expect(report.all.filter((r) => r.shape.endsWith('#organismSaysSomething'))).toHaveLength(1);
  });

  it('is counted in a group with at most ten examples in the order of their ids', async () => {
    const many = Array.from({ length: 12 }, (_, i) => image(i + 10, { parent: 'Dataset/1', bare: true })).join('');
    const report = await audit(STUDY + many);
    const group = report.groups.find((g) => g.shape.endsWith('#organism'));
    expect(group).toMatchObject({ count: 15, severity: 'violation', module: 'Biosample', fieldLabel: 'Organism' });
    expect(group?.examples.map((e) => e.ref).slice(0, 4)).toEqual(['Image:1', 'Image:2', 'Image:3', 'Image:10']);
    expect(group?.examples).toHaveLength(10);
    expect(report.groups.reduce((n, g) => n + g.count, 0)).toBe(report.all.length);
  });
});

describe('shapes of a site', () => {
  const site = (turtle: string) =>
    profileOf('site', [
      {
        file: 'site.ttl',
        quads: quadsOf(
          `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix core: <${PREFIXES.core}> . @prefix ex: <http://e.org/> .
           @prefix rdfs: <${PREFIXES.rdfs}> . @prefix rembi: <${PREFIXES.rembi}> . ${turtle}`,
        ),
      },
    ]);

  it('without a field give results but count for no completeness', async () => {
    const profile = site(
      'ex:label a sh:PropertyShape ; sh:targetClass core:Dataset ; sh:path rdfs:label ; sh:pattern "^[A-Z]" .',
    );
    const report = await audit(STUDY, profile);
    expect(report.results.violation).toBe(2);
    expect(report.completeness).toBeNull();
  });

  it('may target subjects and objects of a property, and single nodes', async () => {
    for (const [target, refs] of [
      ['sh:targetSubjectsOf rembi:organism', ['Image:1']],
      ['sh:targetObjectsOf core:instrument', ['Instrument:1']],
      [`sh:targetNode <${BASE}/Image/2>`, ['Image:2']],
    ] as const) {
      const profile = site(`ex:s a sh:PropertyShape ; ${target} ; sh:path rdfs:seeAlso ; sh:minCount 1 .`);
      const report = await audit(`${STUDY}<Image/1> rembi:organism "x" ; core:instrument <Instrument/1> .`, profile);
      expect(report.all.map((r) => r.focus.ref)).toEqual(refs);
    }
  });

  it('within another shape keep their own name, severity and message', async () => {
    const profile = site(`ex:outer a sh:NodeShape ; sh:targetClass core:Dataset ; sh:property ex:inner .
      ex:inner a sh:PropertyShape ; sh:path rdfs:comment ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "Say more." .`);
    const report = await audit(STUDY, profile);
    expect(report.groups).toMatchObject([
      { shape: 'http://e.org/inner', severity: 'info', message: 'Say more.', count: 2 },
    ]);
  });
});

describe('an audit that cannot run to its end', () => {
  it('stops when it is interrupted', async () => {
    const stop = new AbortController();
    const running = auditDataset(graphOf(STUDY), { container: 'Project:1' }, rembi, {
      signal: stop.signal,
      onResult: () => stop.abort(new Error('stopped')),
    });
    await expect(running).rejects.toThrow('stopped');
  });

  it('finds nothing to ask in an empty graph', async () => {
    const report = await audit('');
    expect(report).toMatchObject({
      images: 0,
      triples: 0,
      conforms: true,
      completeness: null,
      label: 'Project:1',
      groups: [],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { PREFIXES } from '../../../src/rdf/vocabulary.js';
import { BASE, image, within } from '../studyGraph.js';
import { audit, counts, letter, site } from './auditing.js';

const STUDY = `<Project/1> a core:Project ; rdfs:label "study" .
  <Dataset/1> a core:Dataset ; rdfs:label "fed" . <Dataset/2> a core:Dataset ; rdfs:label "starved" .
  ${within('Project/1', 'Dataset/1', 'Dataset/2')}
  ${image(1, { parent: 'Dataset/1' })}${image(2, { parent: 'Dataset/1' })}${image(3, { parent: 'Dataset/2' })}`;

describe('the status of a field', () => {
  it('tells what an image states itself from what it inherits and what is missing', async () => {
    const found = await audit(
      `${STUDY}<Image/1> rembi:organism "human" ; schema:taxonomicRange obo:NCBITaxon_9606 .
       <Dataset/1> rembi:organism "human" ; schema:taxonomicRange obo:NCBITaxon_9606 .`,
    );
    expect(counts(found.report, found.report.server, 'organism')).toEqual({ filled: 1, inherited: 1, missing: 1 });
    expect(['Image:1', 'Image:2', 'Image:3'].map((ref) => letter(found, ref, 'organism'))).toEqual(['f', 'i', 'm']);
  });

  it('counts facts of OME as the own statement of an image', async () => {
    const { report } = await audit(`${STUDY}<Project/1> rembi:dimensionExtents "512 x 512" .`);
    expect(counts(report, report.server, 'dimensionExtents')).toEqual({ filled: 3 });
  });

  it('is invalid for a placeholder, wherever it is inherited from, and free text where a term is wanted', async () => {
    const { report } = await audit(
      `${STUDY}<Dataset/1> rembi:organism "TBD" . <Image/3> rembi:organism "Mus musculus" .`,
    );
    expect(counts(report, report.server, 'organism')).toEqual({ invalid: 2, notGrounded: 1 });
  });

  it('is not applicable where an optional module is not used, which counts for no completeness', async () => {
    const { report } = await audit(`${STUDY}<Image/1> rembi:fiducialsUsed "beads" .`);
    expect(counts(report, report.server, 'fiducialsUsed')).toEqual({ filled: 1, notApplicable: 2 });
    expect(counts(report, report.server, 'spatialAndTemporalAlignment')).toEqual({ missing: 1, notApplicable: 2 });
    expect(report.server.moduleCompleteness[report.modules.indexOf('Analyzed data')]).toBeNull();
  });

  it('is one for each object: statuses add up to the objects that the field is asked of', async () => {
    const { report } = await audit(`${STUDY}<Dataset/1> rembi:organism "?" ; rembi:biologicalEntity "HeLa" .`);
    for (const [i, field] of report.fields.entries()) {
      const sum = (report.server.counts[i] ?? []).reduce((a, b) => a + b, 0);
      const asked = { Image: 3, Channel: 3, Pixels: 3, Dataset: 2, Project: 1 } as Record<string, number>;
      expect([field.field, sum]).toEqual([field.field, field.askedOf.reduce((n, t) => n + (asked[t] ?? 0), 0)]);
    }
  });

  it('of channels stands in the row of their image, the gravest first', async () => {
    const found = await audit(
      `${STUDY}${image(4, { parent: 'Dataset/2', channels: 2 })}
       <Channel/40> rembi:channelBiologicalEntity "DNA" . <Channel/10> rembi:channelBiologicalEntity "DNA" .`,
    );
    expect(counts(found.report, found.report.server, 'channelContent')).toEqual({ filled: 5 });
    expect(['Image:1', 'Image:2', 'Image:4'].map((ref) => letter(found, ref, 'channelBiologicalEntity'))).toEqual([
      expect.stringMatching(/[fg]/),
      'm',
      'm',
    ]);
    expect(found.objects.map((o) => o.type)).not.toContain('Channel');
  });

  it('is a space where the field is not asked of the object', async () => {
    const found = await audit(STUDY);
    expect(letter(found, 'Project:1', 'organism')).toBe(' ');
    expect(letter(found, 'Image:1', 'studyDescription')).toBe(' ');
    expect(new Set(found.objects.map((o) => o.statuses.length))).toEqual(new Set([found.report.fields.length]));
  });

  it('is inherited around a circle of parts without end', async () => {
    const circle = `${within('Dataset/2', 'Project/1')}${within('Image/3', 'Dataset/2')}`;
    const found = await audit(`${STUDY}${circle}<Dataset/1> rembi:organism "mouse" .`);
    expect(letter(found, 'Image:1', 'organism')).toBe('g');
    expect(letter(found, 'Image:3', 'organism')).toBe('m');
    const all = await audit(`${STUDY}${circle}<Project/1> rembi:biosampleIdentity "sample 1" .`);
    expect(letter(all, 'Image:3', 'biosampleIdentity')).toBe('i');
  });
});

describe('completeness', () => {
  it('is the mean of the expected fields; fields of severity info are a bonus', async () => {
    const profile = site(`
      ex:group a sh:PropertyGroup ; rdfs:label "All" .
      ex:a a sh:PropertyShape ; sh:targetClass core:Image ; sh:path rembi:organism ; sh:minCount 1 ;
        sh:name "A" ; sh:message "m" ; sh:severity sh:Violation ; sh:group ex:group ; omg:field rembi:organism .
      ex:b a sh:PropertyShape ; sh:targetClass core:Image ; sh:path rembi:preparationMethod ; sh:minCount 1 ;
        sh:name "B" ; sh:message "m" ; sh:severity sh:Warning ; sh:group ex:group ; omg:field rembi:preparationMethod .
      ex:c a sh:PropertyShape ; sh:targetClass core:Image ; sh:path rembi:qcInfo ; sh:minCount 1 ;
        sh:name "C" ; sh:message "m" ; sh:severity sh:Info ; sh:group ex:group ; omg:field rembi:qcInfo .`);
    const { report } = await audit(`${STUDY}<Image/1> rembi:organism "x" . <Image/2> rembi:organism "x" .`, profile);
    expect(report.server.completeness).toBe(0.333333);
    expect(report.server.moduleCompleteness).toEqual([0.333333]);
    expect(report.containers[0]?.parts.map((p) => p.completeness)).toEqual([0.5, 0]);
  });

  it('is rolled up to datasets; an image in two of them counts in both, and once in the project', async () => {
    const { report } = await audit(
      `${STUDY}${within('Dataset/2', 'Image/1')}<Dataset/2> rembi:organism "Homo sapiens" .`,
    );
    const parts = report.containers[0]?.parts ?? [];
    expect(parts.map((p) => [p.ref, p.label, p.type, p.images])).toEqual([
      ['Dataset:1', 'fed', 'Dataset', 2],
      ['Dataset:2', 'starved', 'Dataset', 2],
    ]);
    expect(parts.map((p) => counts(report, p, 'organism'))).toEqual([
      { notGrounded: 1, missing: 1 },
      { notGrounded: 2 },
    ]);
    expect(report.server.images).toBe(3);
  });

  it('goes from the screen through plate, well and field to the image', async () => {
    const found =
      await audit(`<Screen/1> a core:Screen ; rembi:organism "Homo sapiens" . <Plate/1> a core:Plate ; rdfs:label "P1" .
      <Well/1> a core:Well . <WellSample/1> a core:WellSample . ${within('Screen/1', 'Plate/1')}
      ${within('Plate/1', 'Well/1')}${within('Well/1', 'WellSample/1')}${image(1, { parent: 'WellSample/1' })}`);
    expect(letter(found, 'Image:1', 'organism')).toBe('g');
    expect(found.report.containers[0]?.parts).toMatchObject([{ ref: 'Plate:1', type: 'Plate', images: 1 }]);
    expect(found.results.find((r) => r.focus.ref === 'Image:1')?.partOf).toMatchObject([{ label: 'P1' }]);
    expect(found.objects.find((o) => o.ref === 'Image:1')?.partOf).toEqual(['Plate:1']);
  });

  it('is rolled up to groups and owners, stated on the object or on the nearest thing above it', async () => {
    const people = `<ExperimenterGroup/3> rdfs:label "Lab A" . <ExperimenterGroup/4> rdfs:label "Lab B" .
      <Experimenter/7> rdfs:label "Ada" . <Dataset/1> core:experimenter_group <ExperimenterGroup/3> ; core:experimenter <Experimenter/7> .
      <Image/2> core:experimenter_group <ExperimenterGroup/4> . <Project/1> core:experimenter_group <ExperimenterGroup/4> .
      <Image/1> rembi:organism "mouse" .`;
    const { report, objects } = await audit(STUDY + people);
    expect(report.groups.map((g) => [g.label, g.ref, g.images, counts(report, g, 'organism')])).toEqual([
      ['Lab A', 'ExperimenterGroup:3', 1, { notGrounded: 1 }],
      ['Lab B', 'ExperimenterGroup:4', 2, { missing: 2 }],
    ]);
    expect(report.owners.map((o) => [o.label, o.node, o.images])).toEqual([
      ['Ada', `${BASE}/Experimenter/7`, 2],
      ['no owner stated', undefined, 1],
    ]);
    expect(report.containers[0]).toMatchObject({ group: 'Lab B', owner: undefined });
    expect(objects.find((o) => o.ref === 'Image:2')).toMatchObject({ group: 'Lab B', owner: 'Ada' });
    const sum = report.groups.reduce((n, g) => n + g.results.violation, 0);
    expect(sum).toBe(report.server.results.violation);
  });
});

describe('a result', () => {
  it('names the object, its image, its dataset and the remedy', async () => {
    const { report, results } = await audit(`${STUDY}<Channel/30> rembi:channelContent "DAPI" .`);
    const found = results.find((r) => r.focus.ref === 'Channel:30');
    expect(found).toMatchObject({
      container: 'Project:1',
      focus: { node: `${BASE}/Channel/30`, label: 'DAPI' },
      image: { ref: 'Image:3', label: 'image 3' },
      partOf: [{ ref: 'Dataset:2', label: 'starved' }],
      severity: 'warning',
      waived: false,
    });
    expect(report.shapes[found?.shape ?? -1]).toMatchObject({ module: 'Specimen', aspect: 'presence', way: 'columns' });
  });

  it('shows the value that is wrong, in N-Triples', async () => {
    const { report, results } = await audit(`${STUDY}<Dataset/1> rembi:organism " \\"tbd\\" ", " tbd " .`);
    const shape = report.shapes.findIndex((s) => s.shape.endsWith('#organismSaysSomething'));
    expect(results.filter((r) => r.shape === shape).map((r) => [r.focus.ref, r.value])).toEqual([
      ['Image:1', '" tbd "'],
      ['Image:2', '" tbd "'],
    ]);
  });

  it('tells what a key-value pair says', async () => {
    const pair = `<Image/1> core:hasAnnotation <MapAnnotation/5> . <MapAnnotation/5> core:mapEntry <MapAnnotation/5/entry/0> .
      <MapAnnotation/5/entry/0> schema:propertyID rembi:intrinsicVariable ; schema:value "my mutant" .`;
    const { report, results } = await audit(`${STUDY}<Image/1> rembi:intrinsicVariable "my mutant" . ${pair}`);
    const shape = report.shapes.findIndex((s) => s.shape.endsWith('#intrinsicVariableGrounded'));
    expect(results.find((r) => r.shape === shape)).toMatchObject({
      focus: { ref: 'Image:1' },
      value: `<${BASE}/MapAnnotation/5/entry/0>`,
      says: 'my mutant',
    });
  });

  it('is one for an object and shape, however many values fail', async () => {
    const { report, results } = await audit(`${STUDY}<Image/1> rembi:organism "TBD", "n/a", "?" .`);
    const shape = report.shapes.findIndex((s) => s.shape.endsWith('#organismSaysSomething'));
    expect(results.filter((r) => r.shape === shape)).toHaveLength(1);
  });

  it('comes in the order of references, with numbers as numbers', async () => {
    const many = Array.from({ length: 12 }, (_, i) => image(i + 10, { parent: 'Dataset/1', bare: true })).join('');
    const { report, results, objects } = await audit(STUDY + many);
    const images = [1, 2, 3, ...Array.from({ length: 12 }, (_, i) => i + 10)].map((n) => `Image:${n}`);
    expect([...new Set(results.map((r) => r.focus.ref))].filter((r) => r.startsWith('Image'))).toEqual(images);
    expect(objects.map((o) => o.ref)).toEqual(['Dataset:1', 'Dataset:2', ...images, 'Project:1']);
    const shape = report.shapes.findIndex((s) => s.shape.endsWith('rembi#organism'));
    const group = report.containers[0]?.groups.find((g) => g.shape === shape);
    expect(group).toMatchObject({ count: 15, severity: 'violation' });
    expect(group?.examples.map((e) => e.ref)).toEqual(images.slice(0, 10));
    expect(report.containers[0]?.groups.reduce((n, g) => n + g.count, 0)).toBe(results.length);
  });
});

describe('shapes of a site', () => {
  it('without a field give results but count for no completeness', async () => {
    const { report } = await audit(
      STUDY,
      site('ex:label a sh:PropertyShape ; sh:targetClass core:Dataset ; sh:path rdfs:label ; sh:pattern "^[A-Z]" .'),
    );
    expect(report.server.results.violation).toBe(2);
    expect(report.server.completeness).toBeNull();
    expect(report.fields).toEqual([]);
  });

  it.each([
    ['sh:targetSubjectsOf rembi:organism', ['Image:1']],
    ['sh:targetObjectsOf core:instrument', ['Instrument:1']],
    [`sh:targetNode <${BASE}/Image/2>`, ['Image:2']],
  ])('may target %s', async (target, refs) => {
    const profile = site(`ex:s a sh:PropertyShape ; ${target} ; sh:path rdfs:seeAlso ; sh:minCount 1 .`);
    const { results } = await audit(`${STUDY}<Image/1> rembi:organism "x" ; core:instrument <Instrument/1> .`, profile);
    expect(results.map((r) => r.focus.ref)).toEqual(refs);
  });

  it('within another shape keep their own name, severity and message', async () => {
    const profile = site(`ex:outer a sh:NodeShape ; sh:targetClass core:Dataset ; sh:property ex:inner .
      ex:inner a sh:PropertyShape ; sh:path rdfs:comment ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "Say more." .`);
    const { report } = await audit(STUDY, profile);
    const [group] = report.containers[0]?.groups ?? [];
    expect(group).toMatchObject({ severity: 'info', message: 'Say more.', count: 2 });
    expect(report.shapes[group?.shape ?? -1]?.shape).toBe('http://e.org/inner');
  });

  it('without a name within another say what they say, under the name of the outer one', async () => {
    const profile = site(`ex:outer a sh:NodeShape ; sh:targetClass core:Dataset ;
      sh:property [ sh:path rdfs:comment ; sh:minCount 1 ; sh:message "Nicht gesagt."@de, "Say more."@en ] ;
      sh:property [ sh:path dcterms:license ; sh:minCount 1 ; sh:message "No licence." ] .`);
    const { report, results } = await audit(STUDY, profile);
    expect(results.map((r) => `${r.focus.ref} ${r.message}`).sort()).toEqual([
      'Dataset:1 No licence.',
      'Dataset:1 Say more.',
      'Dataset:2 No licence.',
      'Dataset:2 Say more.',
    ]);
    expect(report.shapes.map((s) => s.shape)).toEqual(['http://e.org/outer']);
  });

  it('that look at nothing, or at what nobody states, are warned of', async () => {
    const profile = site(`ex:idle a sh:PropertyShape ; sh:targetClass core:Folder ; sh:path rdfs:label ; sh:minCount 1 .
      ex:typo a sh:PropertyShape ; sh:targetClass core:Image ; sh:path ( dcterms:isPartOf rdfs:lable ) ; sh:maxLength 5 .
      ex:outer a sh:NodeShape ; sh:targetClass core:Image ; sh:property [ sh:path core:nothing ; sh:maxCount 1 ] .
      ex:fine a sh:PropertyShape ; sh:targetClass core:Image ; sh:path ( [ sh:zeroOrMorePath core:nothing ] rdfs:label ) ; sh:minCount 1 .`);
    const { report } = await audit(STUDY, profile);
    expect(report.shapeWarnings.map((w) => [w.kind, w.shape]).sort()).toEqual([
      ['no-path', 'http://e.org/outer'],
      ['no-path', 'http://e.org/typo'],
      ['no-target', 'http://e.org/idle'],
      ...['fine', 'outer', 'typo'].map((name) => ['unknown-term', `http://e.org/${name}`]),
    ]);
    expect(report.shapeWarnings.find((w) => w.kind === 'no-path' && w.shape.endsWith('typo'))?.message).toBe(
      `http://e.org/typo: the record nowhere states what this shape looks at ("<${PREFIXES.dcterms}isPartOf>/<${PREFIXES.rdfs}lable>"); check the path for a wrong term, or do without the shape`,
    );
    expect(report.shapeWarnings.find((w) => w.kind === 'no-target')?.message).toContain('("Folder")');
  });
});

describe('a query with more solutions than are taken', () => {
  it('makes the audit partial, and says of which shape and container', async () => {
    const profile = site(`ex:huge a sh:NodeShape ; sh:targetNode <${BASE}/Image/1> ;
      sh:sparql [ sh:select "SELECT $this ?x { $this <urn:p> ?x, ?y }" ] .`);
    const many = Array.from({ length: 240 }, (_, i) => `<Image/1> <urn:p> ${i} .`).join(' ');
    const { report } = await audit(STUDY + many, profile);
    expect(report).toMatchObject({ partial: true, conforms: false, notAudited: [] });
    expect(report.shapeWarnings).toEqual([
      {
        shape: 'http://e.org/huge',
        kind: 'cut',
        message:
          'http://e.org/huge: its query gives more solutions than are taken, so objects that it is about may be missing in this report ("Project:1"); let the query give one solution for each object',
      },
    ]);
  });
});

describe('an audit of nothing', () => {
  it('asks for nothing and conforms', async () => {
    const { report, results, objects } = await audit('');
    expect(report).toMatchObject({ conforms: true, partial: false, triples: 0, groups: [], owners: [] });
    expect(report.server).toMatchObject({ images: 0, completeness: null });
    expect(report.containers[0]).toMatchObject({ container: 'Project:1', label: 'Project:1', groups: [], parts: [] });
    expect([results, objects]).toEqual([[], []]);
  });
});

describe('the reference engine', () => {
  it('finds what the passes over columns find', async () => {
    const graph = `${STUDY}<Dataset/1> rembi:organism "TBD" ; rembi:biologicalEntity "HeLa" . <Image/1> rembi:fiducialsUsed "x" .`;
    const profile = site(`
      ex:label a sh:PropertyShape ; sh:targetClass core:Image ; sh:path rembi:organism ; sh:minCount 1 ; sh:message "No." .
      ex:outer a sh:NodeShape ; sh:targetClass core:Dataset ; sh:property [ sh:path rembi:organism ; sh:pattern "^[a-z]" ] .`);
    const [ours, theirs] = [await audit(graph, profile), await audit(graph, profile, { engine: 'reference' })];
    expect(theirs.results).toEqual(ours.results);
    expect(theirs.objects).toEqual(ours.objects);
    expect(theirs.report.server).toEqual(ours.report.server);
    expect(new Set(theirs.report.shapes.map((s) => `${s.way}: ${s.reason}`))).toEqual(
      new Set(['reference: the reference engine was asked for']),
    );
  });
});

import { Store } from 'n3';
import { describe, expect, it } from 'vitest';
import { STATUSES, type AuditReport, type Status } from '../../src/audit/model.js';
import { loadProfile } from '../../src/audit/profile.js';
import { validate } from '../../src/audit/run/auditRecord.js';
import { pathPredicates, readPath } from '../../src/audit/shaclPath.js';
import { ontologyFacts } from '../../src/audit/ontologyFacts.js';
import { OMG, SH } from '../../src/audit/shaclTerms.js';
import { containerGraphOf } from '../../src/graph/columns/containerGraphOf.js';
import { mapRecord } from '../../src/map/mapRecord.js';
import { loadMappings } from '../../src/map/sssom.js';
import type { Annotation, MapAnnotation, ObjectRef, OmeObject, OmeRecord } from '../../src/ome/model.js';
import { irisUnder } from '../../src/rdf/iris.js';
import { REMBI_FIELDS } from '../../src/rdf/rembi.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { PREFIXES, RDF } from '../../src/rdf/vocabulary.js';
import { BASE } from '../audit/studyGraph.js';

const rembi = await loadProfile('rembi');
const PROFILES = await Promise.all(
  ['rembi', 'bioimage-archive', 'zenodo', 'gide'].map(async (name) => [name, await loadProfile(name)] as const),
);
const context = {
  iris: irisUnder(BASE),
  mappings: await loadMappings(['mappings']),
  terms: await openTermIndex(['ontologies/terms.idx']),
  biaBase: PREFIXES.bia,
};

const object = (
  of: OmeObject,
  more: { parents?: ObjectRef[]; parts?: ObjectRef[]; pairs?: [string, string][] } = {},
): OmeRecord => {
  const annotation: MapAnnotation = {
    type: 'MapAnnotation',
    ref: `MapAnnotation:${of.ref.replace(':', '-')}`,
    value: more.pairs ?? [],
  };
  return {
    kind: 'object',
    object: of,
    parents: more.parents ?? [],
    parts: more.parts ?? [],
    annotations: more.pairs === undefined ? [] : [annotation],
    containers: [],
  };
};
const length = { value: 0.1, unit: 'µm' };
/** An image that knows of itself all that OME can know. */
const IMAGE: OmeObject = {
  type: 'Image',
  ref: 'Image:1',
  name: 'cells',
  instrument: 'Instrument:1',
  fileset: 'Fileset:1',
  pixels: {
    type: 'Pixels',
    ref: 'Pixels:1',
    sizeX: 8,
    sizeY: 8,
    sizeZ: 3,
    sizeC: 1,
    sizeT: 1,
    physicalSizeX: length,
    physicalSizeY: length,
    physicalSizeZ: length,
    planes: { count: 3, exposureTimeMin: { value: 10, unit: 'ms' } },
    channels: [
      {
        type: 'Channel',
        ref: 'Channel:1',
        name: 'DAPI',
        fluor: 'DAPI',
        acquisitionMode: 'SpinningDiskConfocal',
        contrastMethod: 'Fluorescence',
        illuminationType: 'Epifluorescence',
        emissionWavelength: { value: 461, unit: 'nm' },
        excitationWavelength: { value: 405, unit: 'nm' },
        color: 65535,
        detectorSettings: { gain: 1, detector: 'Detector:1' },
        lightSourceSettings: { attenuation: 0.5, lightSource: 'Laser:1' },
      },
    ],
  },
};
const RECORDS: readonly OmeRecord[] = [
  object({ type: 'Project', ref: 'Project:1', name: 'study', description: 'Why and what.' }, { parts: ['Dataset:1'] }),
  object(
    { type: 'Dataset', ref: 'Dataset:1', name: 'fed', description: 'Fed cells.' },
    { parents: ['Project:1'], parts: ['Image:1'] },
  ),
  object(
    {
      type: 'Screen',
      ref: 'Screen:1',
      name: 'screen',
      description: 'Why and what.',
      kind: 'RNAi',
      protocolDescription: 'One plate a library.',
    },
    { parts: ['Plate:1'] },
  ),
  object({ type: 'Reagent', ref: 'Reagent:1', name: 'siRNA' }, { parents: ['Screen:1'] }),
  object({ type: 'Plate', ref: 'Plate:1', name: 'P1' }, { parents: ['Screen:1'] }),
  object(
    {
      type: 'Well',
      ref: 'Well:1',
      row: 0,
      column: 0,
      reagent: 'Reagent:1',
      wellSamples: [{ type: 'WellSample', ref: 'WellSample:1', image: 'Image:1' }],
    },
    { parents: ['Plate:1'] },
  ),
  object(IMAGE, { parents: ['Dataset:1'] }),
  object({
    type: 'Instrument',
    ref: 'Instrument:1',
    microscope: { model: 'Ti2' },
    objectives: [{ type: 'Objective', ref: 'Objective:1', lensNa: 1.4 }],
  }),
  object({ type: 'Fileset', ref: 'Fileset:1', originalFiles: ['OriginalFile:1'] }),
  object({
    type: 'OriginalFile',
    ref: 'OriginalFile:1',
    path: 'a.tiff',
    name: 'a.tiff',
    mimetype: 'image/tiff',
    size: 8,
  }),
  object({ type: 'ROI', ref: 'ROI:1', shapes: [] }, { parents: ['Image:1'] }),
];
const storeOf = (records: readonly OmeRecord[]): Store => {
  const store = new Store();
  for (const record of records) store.addQuads(mapRecord(record, context).quads);
  return store;
};
const audit = async (records: readonly OmeRecord[]): Promise<AuditReport> =>
  (await validate(containerGraphOf(storeOf(records)), rembi)).report;
/** Labels of the fields that all objects state, and at least one of itself. */
const filled = ({ fields, server }: AuditReport): string[] =>
  fields
    .filter((_, i) => {
      const of = (status: Status): number => server.counts[i]?.[STATUSES.indexOf(status)] ?? 0;
      return of('filled') + of('notGrounded') > 0 && of('missing') + of('invalid') === 0;
    })
    .map((f) => f.label);

describe('what an export emits', () => {
  /** Each field stated, and what a value can say besides. */
  const values: Readonly<Record<string, string>> = { Organism: 'Homo sapiens', 'Biological entity': 'neuron' };
  const pairs = Object.values(REMBI_FIELDS).map(({ label }): [string, string] => [
    label,
    values[label] ?? 'confocal microscopy',
  ]);
  const said: [string, string][] = [
    ['Concentration', '100 nM'],
    ['Age', '8-10 weeks'],
    ['Gene Identifier', 'ENSG00000141510'],
    ['Collection date', '2026-01-31'],
  ];
  const tag: Annotation = { type: 'TagAnnotation', ref: 'TagAnnotation:1', value: 'autophagy' };
  const stating = [
    object({ type: 'Dataset', ref: 'Dataset:2' }, { pairs: [...pairs, ...said] }),
    { ...object({ type: 'Dataset', ref: 'Dataset:3' }), annotations: [tag] },
  ];
  const store = storeOf([...RECORDS, ...stating]);

  it.each(PROFILES)('has every class that a shape of %s targets', (_, { shapes }) => {
    const classes = new Set(store.getObjects(null, RDF.type, null).map((t) => t.value));
    const targets = shapes.flatMap((s) => s.targets.classes.map((c) => c.value));
    expect([...new Set(targets)].filter((t) => !classes.has(t))).toEqual([]);
  });

  it.each(PROFILES)('has every predicate that a shape of %s walks along', (_, { graph }) => {
    const facts = ontologyFacts(containerGraphOf(store), context.terms).map((q) => q.predicate.value);
    // what ontologies say is in the graph of an audit; these two are of terms that are wrong
    const wrong = [OMG.contradictedBy.value, `${PREFIXES.owl}deprecated`];
    const predicates = new Set([...store.getPredicates(null, null, null).map((p) => p.value), ...facts, ...wrong]);
    const walked = graph.getQuads(null, SH.path, null, null).flatMap((q) => pathPredicates(readPath(graph, q.object)));
    expect([...new Set(walked.map((p) => p.value))].filter((p) => !predicates.has(p)).sort()).toEqual([]);
  });

  it('answers from the facts of OME all that OME knows', async () => {
    expect(filled(await audit(RECORDS))).toEqual([
      'Study description',
      'Imaging method',
      'Study component description',
      'Signal/contrast mechanism',
      'Channel – content',
      'Instrument attributes',
      'Image acquisition parameters',
      'Format and compression',
      'Dimension extents',
      'Size description',
      'Pixel/voxel size description',
      'Channel information',
    ]);
  });

  it('is filled in by the keys that the messages advise', async () => {
    const onScreen = ['Screen:1', 'Plate:1', 'Well:1', 'Reagent:1'];
    const [project, ...rest] = RECORDS.filter((r) => r.kind === 'object' && !onScreen.includes(r.object.ref));
    if (project?.kind !== 'object') throw new Error('no project');
    const before = await audit([project, ...rest]);
    const advised = (before.containers[0]?.groups ?? []).map((g): [string, string] => {
      const key = /key-value pair "([^"]+)"/.exec(g.message)?.[1] ?? '';
      return [key, key === 'Organism' ? 'Homo sapiens' : 'HeLa, fixed, raw'];
    });
    const after = await audit([object(project.object, { parts: ['Dataset:1'], pairs: advised }), ...rest]);
    expect(after.server.results.violation).toBe(0);
    const left = (after.containers[0]?.groups ?? []).flatMap((g) => after.shapes[g.shape] ?? []);
    expect(left.filter((shape) => shape.aspect !== 'grounding').map((shape) => shape.label)).toEqual([]);
    expect(after.server.completeness).toBe(1);
  });
});

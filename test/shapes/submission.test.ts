import { Store } from 'n3';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/audit/profile.js';
import { validate } from '../../src/audit/run/auditRecord.js';
import { blockingGaps } from '../../src/bundle/gaps.js';
import { readStudy } from '../../src/bundle/readStudy.js';
import { readStudyFile } from '../../src/bundle/studyFile.js';
import { containerGraphOf } from '../../src/graph/columns/containerGraphOf.js';
import { mapRecord } from '../../src/map/mapRecord.js';
import { loadMappings } from '../../src/map/sssom.js';
import type { OmeObject, OmeRecord, ObjectRef } from '../../src/ome/model.js';
import { irisUnder } from '../../src/rdf/iris.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { BASE } from '../audit/studyGraph.js';

const terms = await openTermIndex(['ontologies/terms.idx']);
const context = { iris: irisUnder(BASE), mappings: await loadMappings(['mappings']), terms, biaBase: PREFIXES.bia };
const profile = await loadProfile('bioimage-archive');
const head = await readStudyFile('examples/quickstart/study.yaml');

const PAIRS: Readonly<Record<string, string>> = {
  Organism: 'Homo sapiens',
  'Biological entity': 'neuron',
  'Preparation method': 'fixed in 4% PFA, stained with DAPI',
  'Imaging method': 'confocal microscopy',
  'Instrument attributes': 'Nikon Ti2 with a 60x/1.4 objective and an EMCCD camera',
  'Image acquisition parameters': 'exposure 100 ms, laser power 5 %',
};
interface Study {
  readonly pairs?: Readonly<Record<string, string | undefined>>;
  readonly dataset?: string;
  readonly withFile?: boolean;
}

/** The graph of a study with one image. */
function study({ pairs = {}, dataset = 'Neurons that were fed.', withFile = true }: Study): Store {
  const record = (object: OmeObject, more: Partial<Extract<OmeRecord, { kind: 'object' }>> = {}): OmeRecord => ({
    ...{ kind: 'object', object, parents: [], parts: [], annotations: [], containers: [] },
    ...more,
  });
  const value = Object.entries({ ...PAIRS, ...pairs }).flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const]));
  const fileset: ObjectRef = 'Fileset:1';
  const records = [
    record(
      {
        type: 'Project',
        ref: 'Project:1',
        name: 'Mitochondria of neurons that starve',
        description: 'Why and what, in a sentence.',
      },
      { parts: ['Dataset:1'], annotations: [{ type: 'MapAnnotation', ref: 'MapAnnotation:1', value }] },
    ),
    record(
      { type: 'Dataset', ref: 'Dataset:1', name: 'fed', ...(dataset !== '' && { description: dataset }) },
      { parents: ['Project:1'], parts: ['Image:1'] },
    ),
    record({ type: 'Image', ref: 'Image:1', name: 'cells', ...(withFile && { fileset }) }, { parents: ['Dataset:1'] }),
    ...(withFile
      ? [
          record({ type: 'Fileset', ref: fileset, originalFiles: ['OriginalFile:1'] }),
          record({ type: 'OriginalFile', ref: 'OriginalFile:1', path: 'a.tiff', name: 'a.tiff', size: 8 }),
        ]
      : []),
  ];
  return new Store(records.flatMap((r) => [...mapRecord(r, context).quads]));
}

async function answers(of: Study): Promise<{ audit: readonly string[]; bundle: readonly string[] }> {
  const store = study(of);
  const { report } = await validate(containerGraphOf(store), profile, { terms, base: BASE });
  const failing = report.containers.flatMap((c) => c.groups.filter((g) => g.severity === 'violation' && g.count > 0));
  const { components: _, ...studyFile } = head;
  const { gaps } = readStudy(store, 'Project:1', studyFile);
  return {
    audit: failing.map((g) => report.shapes[g.shape]?.label ?? ''),
    bundle: blockingGaps(gaps, 'bioimage-archive').map((g) => g.element),
  };
}

describe('the profile bioimage-archive and the bundle for it', () => {
  it('both let a study pass that has what the archive asks for', async () => {
    expect(await answers({})).toEqual({ audit: [], bundle: [] });
  });

  it.each<readonly [string, Study]>([
    ...Object.keys(PAIRS).map((key) => [`without the key ${key}`, { pairs: { [key]: undefined } }] as const),
    ['with an organism that is no taxon', { pairs: { Organism: 'my favourite beast' } }],
    ['with an imaging method that is no term', { pairs: { 'Imaging method': 'the usual way' } }],
    ['with a dataset that is not described', { dataset: '' }],
    ['with an image whose file is not known', { withFile: false }],
  ])('both send back a study %s', async (_, of) => {
    const { audit, bundle } = await answers(of);
    expect(audit).toHaveLength(1);
    expect(bundle).toHaveLength(1);
  });
});

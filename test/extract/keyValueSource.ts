import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyValueFiles } from '../../src/extract/csv/keyValueFile.js';
import type { MetadataSource } from '../../src/extract/metadataSource.js';
import { type KeyValueOptions, withKeyValues } from '../../src/extract/withKeyValues.js';
import { type Finding, findingSentence } from '../../src/findings.js';
import type { Annotation, ContainerRef, ObjectRef, OmeObject, OmeRecord } from '../../src/ome/model.js';

/** A record of an object of a server. */
export function object(
  ref: string,
  name: string,
  parents: readonly string[] = [],
  containers: readonly string[] = ['Project:1'],
  more: object = {},
): OmeRecord {
  return {
    kind: 'object',
    object: { type: ref.slice(0, ref.indexOf(':')), ref, name, ...more } as unknown as OmeObject,
    parents: parents as ObjectRef[],
    parts: [],
    annotations: [],
    containers: containers as ContainerRef[],
  };
}

/** A record of an annotation. */
export function annotated(
  annotation: { readonly ref: string; readonly namespace?: string; readonly value: unknown },
  targets: readonly string[],
  containers: readonly string[] = ['Project:1'],
): OmeRecord {
  const type = annotation.ref.slice(0, annotation.ref.indexOf(':'));
  return {
    kind: 'annotated',
    annotation: { type, ...annotation } as unknown as Annotation,
    targets: targets as ObjectRef[],
    containers: containers as ContainerRef[],
  };
}

/** A source of given records. */
export const sourceOf = (records: readonly OmeRecord[]): MetadataSource => ({
  name: 'server',
  async *records() {
    yield* records;
  },
});

/** Two projects: datasets of the same names, images of the same names. */
export const STUDY: readonly OmeRecord[] = [
  object('Project:1', 'Spindles'),
  object('Dataset:10', 'Control', ['Project:1']),
  object('Dataset:11', 'Taxol', ['Project:1']),
  object('Image:1461', 'a.tif', ['Dataset:10']),
  object('Image:1462', 'b.tif', ['Dataset:10']),
  object('Image:1470', 'a.tif', ['Dataset:11']),
  object('Project:2', 'Other', [], ['Project:2']),
  object('Dataset:20', 'Control', ['Project:2'], ['Project:2']),
  object('Image:1480', 'c.tif', ['Dataset:11'], ['Project:1']),
  object('Image:1480', 'c.tif', ['Dataset:20'], ['Project:2']),
  object('Plate:5', 'P001', [], ['orphans']),
  object('Plate:6', 'P002', [], ['orphans']),
  object('Well:50', '', ['Plate:5'], ['orphans'], {
    row: 0,
    column: 0,
    wellSamples: [{ type: 'WellSample', ref: 'WellSample:9', image: 'Image:9' }],
  }),
  object('Well:51', '', ['Plate:5'], ['orphans'], { row: 1, column: 11, wellSamples: [] }),
  object('Well:60', '', ['Plate:6'], ['orphans'], {
    row: 0,
    column: 0,
    wellSamples: [{ type: 'WellSample', ref: 'WellSample:8', image: 'Image:8' }],
  }),
  object('Image:9', 'field', [], ['orphans']),
  object('Image:8', 'field', [], ['orphans']),
];

/** What a source says with the key-values of CSV texts by file name. */
export async function heardWith(
  files: Readonly<Record<string, string | Uint8Array>>,
  {
    records = STUDY,
    before = '',
    ...options
  }: KeyValueOptions & { records?: readonly OmeRecord[]; before?: string } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-csv-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const source = withKeyValues(
      sourceOf(records),
      keyValueFiles(Object.keys(files).map((name) => before + join(folder, name))),
      options,
    );
    const findings: Finding[] = [];
    const heard: OmeRecord[] = [];
    for await (const record of source.records([], { onFinding: (f) => findings.push(f) })) heard.push(record);
    const added = heard.filter((record) => !records.includes(record));
    const maps = added.filter((r): r is OmeRecord & { kind: 'annotated' } => r.kind === 'annotated');
    return {
      heard,
      added,
      findings: findings.map(findingSentence),
      codes: findings.map((f) => `${f.code} ${f.at}`),
      /** Pairs of added map annotations by the objects that carry them. */
      pairs: maps.flatMap(({ annotation, targets, containers }) =>
        annotation.type === 'MapAnnotation'
          ? [[targets.join(' '), containers.join(' '), ...annotation.value.map((pair) => pair.join('='))]]
          : [],
      ),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

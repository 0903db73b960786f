import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  auditRecord,
  bundleBioImageArchive,
  bundleZenodo,
  exportRecord,
  fileSource,
  irisUnder,
  loadMappings,
  loadProfile,
  openRecord,
  REPORT_FORMATS,
  readStudy,
  readStudyFile,
} from '../src/index.js';

/** The whole path on the shipped study, compared byte by byte with what it gave when somebody last looked at it. */
const GOLDEN = 'test/golden/quickstart';
const NOW = new Date('2026-11-21T12:00:00Z');
const made = mkdtempSync(join(tmpdir(), 'omegraph-golden-'));

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((f) => statSync(join(folder, f)).isFile())
    .map((f) => f.split(sep).join('/'))
    .sort();

beforeAll(async () => {
  const data = join(made, 'data');
  await exportRecord({
    source: fileSource(['examples/quickstart']),
    roots: [],
    folder: data,
    map: {
      iris: irisUnder('https://omero.example.org'),
      mappings: await loadMappings(['mappings']),
      biaBase: 'http://bia/',
    },
    software: { name: 'omegraph', version: 'test' },
    now: () => NOW,
  });
  const record = await openRecord(data);
  const audit = await auditRecord(record, await loadProfile('rembi'), { now: () => NOW });
  for (const format of ['table', 'csv', 'turtle', 'dqv', 'junit'] as const) {
    const { write, extension } = REPORT_FORMATS[format];
    for await (const chunk of write(audit)) appendFileSync(join(made, `audit${extension}`), chunk);
  }
  const project = record.manifest.containers.find((c) => c.container.startsWith('Project:'))?.container ?? '';
  const graph = await record.dataset(project);
  const { study, gaps } = readStudy(graph, project, await readStudyFile('examples/quickstart/study.yaml'));
  await bundleBioImageArchive(study, join(made, 'bioimage-archive'), { gaps, allowGaps: true, today: '2026-11-21' });
  await bundleZenodo(study, join(made, 'zenodo'), {
    gaps,
    allowGaps: true,
    graph,
    withFiles: true,
    sourceRoot: 'examples/quickstart',
  });
  rmSync(join(made, 'data', 'manifest.json'));
  // The graph of the bundle says the same as the record, the images are checked by their checksums.
  for (const file of filesBelow(join(made, 'zenodo')).filter((f) => /graph\.nt$|\.zip$/.test(f)))
    rmSync(join(made, 'zenodo', file));
  for (const file of filesBelow(join(made, 'data')).filter((f) => f.includes('description')))
    rmSync(join(made, 'data', file));
  // Without the hash in its name a changed graph is a changed file, not another one.
  for (const file of readdirSync(join(made, 'data', 'graphs'))) {
    renameSync(
      join(made, 'data', 'graphs', file),
      join(made, 'data', 'graphs', file.replace(/\.[0-9a-f]{16}\.nq$/, '.nq')),
    );
  }
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(GOLDEN, { recursive: true, force: true });
    cpSync(made, GOLDEN, { recursive: true });
  }
}, 60_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));

describe('the quickstart', () => {
  it('gives the same files as ever', () => {
    expect(filesBelow(made)).toEqual(filesBelow(GOLDEN));
  });

  it('gives the same bytes as ever: graph, report and bundles', () => {
    const changed = filesBelow(GOLDEN).filter(
      (f) => !readFileSync(join(made, f)).equals(readFileSync(join(GOLDEN, f))),
    );
    expect(changed, 'run UPDATE_GOLDEN=1 npm test and read the diff').toEqual([]);
  });

  it('has the project, the screen and all images in its graph', () => {
    const nquads = filesBelow(GOLDEN)
      .filter((f) => f.startsWith('data/graphs/'))
      .map((f) => readFileSync(join(GOLDEN, f), 'utf8'))
      .join('');
    const count = (type: string) =>
      new Set(
        [...nquads.matchAll(new RegExp(`^(\\S+) \\S+#type> <https://ld.openmicroscopy.org/core/${type}>`, 'gm'))].map(
          (m) => m[1],
        ),
      ).size;
    expect({
      Project: count('Project'),
      Dataset: count('Dataset'),
      Screen: count('Screen'),
      Plate: count('Plate'),
      Image: count('Image'),
    }).toEqual({ Project: 1, Dataset: 2, Screen: 1, Plate: 1, Image: 20 });
  });
});

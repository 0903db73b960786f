import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { MetadataSource } from '../../src/extract/metadataSource.js';
import { findingSentence } from '../../src/findings.js';
import type { MapAnnotation, OmeRecord } from '../../src/ome/model.js';
import { exportRecord } from '../../src/pipeline.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { objectRecord } from './handMadeRecords.js';
import { context } from './mapContext.js';

const terms = await openTermIndex(['ontologies/terms.idx']);

/** Images of a project, each with one organism and the accession of its row in a spreadsheet. */
function* images(): Generator<OmeRecord> {
  for (let i = 0; i < 8; i++) {
    const annotation: MapAnnotation = {
      type: 'MapAnnotation',
      ref: `MapAnnotation:${i + 1}`,
      value: [
        ['Organism', 'Mus musculus'],
        ['Term Source 1 Accession', `NCBITaxon_${10090 + i}`],
        ['Concentration (microMolar)', '5'],
        ['Channels', 'Hoechst:nuclei; GFP:infection'],
      ],
    };
    const image = { type: 'Image', ref: `Image:${i + 1}`, name: `image ${i + 1}` } as const;
    yield objectRecord(image, { annotations: [annotation], containers: ['Project:1'] });
  }
}

it('an export tells drift at its end, and what values say besides their text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-drift-'));
  try {
    const source = {
      name: 'a test',
      async *records() {
        yield* images();
      },
    } as unknown as MetadataSource;
    const { findings } = await exportRecord({
      source,
      roots: [],
      folder,
      map: { ...context, terms },
      software: { name: 'omegraph', version: '0' },
      now: () => new Date('2027-01-15T08:00:00Z'),
    });
    const drift = findings.filter((f) => f.code === 'accession-drift');
    expect(drift.map((f) => findingSentence(f))).toEqual([
      'organism: Mus musculus (Project:1): the accessions beside this value count up, as the fill handle of a spreadsheet makes them (7 times) ' +
        '("8 ids from NCBITaxon:10090 to NCBITaxon:10097; write NCBITaxon:10090"); write the same accession in all rows',
    ]);
    const files = (await readdir(folder, { recursive: true })).filter((f) => f.endsWith('.nq'));
    const lines = (await Promise.all(files.map((f) => readFile(join(folder, f), 'utf8')))).join('');
    expect(lines).toContain(
      '<https://w3id.org/omegraph/ontology#quantity> <https://omero.example.org/quantity/µM/5e0>',
    );
    expect(lines).toContain(
      'MapAnnotation/1/entry/3/channel/1> <https://w3id.org/omegraph/rembi#channelBiologicalEntity> "infection"',
    );
    expect(lines).not.toContain('<https://w3id.org/omegraph/rembi#channelContent> "Hoechst:nuclei');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

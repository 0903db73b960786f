import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Parser, Store } from 'n3';
import { describe, expect, it } from 'vitest';
import { dataFor } from './randomData.js';
import { engineLines, ourLines, secondEngineLines } from './otherEngine.js';

const SHARED = join(process.cwd(), '..', 'shared', 'data');

/** Published shapes graphs, the files of each read together. */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  'DCAT-AP 3.0.1': ['dcat-ap/dcat-ap-SHACL.ttl', 'dcat-ap/ranges.ttl'],
  MIFA: ['bia/schemas/mifa/bia_mifa_models.shacl.ttl'],
  SSSOM: ['rdf-vocab/sssom_schema.shacl.ttl'],
  'FAIR Data Point': [
    'shape-catalog',
    'shape-data-service',
    'shape-dataset',
    'shape-distribution',
    'shape-fdp',
    'shape-metadata-service',
    'shape-resource',
  ].map((name) => `fdp/shapes/${name}.ttl`),
};

describe.skipIf(!existsSync(SHARED))('published shapes (skipped where ../shared is absent)', () => {
  for (const [name, files] of Object.entries(PUBLISHED)) {
    it.each([
      ['shacl-engine', engineLines],
      ['rdf-validate-shacl', secondEngineLines],
    ] as const)(`of ${name} give what %s gives on random data`, async (_name, theirs) => {
      const shapes = new Store();
      for (const file of files) {
        shapes.addQuads(new Parser({ baseIRI: 'http://example.org/' }).parse(readFileSync(join(SHARED, file), 'utf8')));
      }
      let results = 0;
      await fc.assert(
        fc.asyncProperty(dataFor(shapes), async (data) => {
          const ours = await ourLines(data, shapes, { odd: () => undefined });
          results += ours.length;
          expect(ours).toEqual(await theirs(data, shapes));
        }),
        { numRuns: 20, seed: 5 },
      );
      expect(results).toBeGreaterThan(50);
    });
  }
});

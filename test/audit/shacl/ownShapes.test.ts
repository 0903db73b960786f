import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../../src/audit/loadProfile.js';
import { ourLines, secondEngineLines } from './otherEngine.js';
import { dataFor } from './randomData.js';

describe('the shapes of a profile', () => {
  it.each(['rembi', 'bioimage-archive', 'zenodo', 'gide'])(
    '%s give what rdf-validate-shacl gives on random data',
    async (name) => {
      const { graph } = await loadProfile(name);
      let results = 0;
      await fc.assert(
        fc.asyncProperty(dataFor(graph), async (data) => {
          const ours = await ourLines(data, graph);
          results += ours.length;
          expect(ours).toEqual(await secondEngineLines(data, graph));
        }),
        { numRuns: 4 },
      );
      expect(results).toBeGreaterThan(0);
    },
  );
});

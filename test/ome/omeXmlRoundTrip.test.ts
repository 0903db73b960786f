import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomStudy } from './support/randomStudy.js';
import { read, recordsOf, statements, write } from './support/roundTrip.js';

test('any study is written and read back as the same records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const records = randomStudy((arbitrary) => g(() => arbitrary));
      const { nodes, findings } = await read((await write(records)).xml);
      expect(findings).toEqual([]);
      expect(statements(recordsOf(nodes))).toEqual(statements(records));
    }),
    { numRuns: 200 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/findings.js';
import { writeOmeXml } from '../../src/ome/omeXmlWriter.js';
import { omeXsd } from '../support/omeXsd.js';
import { randomStudy } from './support/randomStudy.js';

const validate = await omeXsd();
if (validate === undefined)
  console.log('skipped: the OME schemas are not beside the checkout (../shared/data/ome-xsd)');

test.skipIf(validate === undefined)('the schema refuses what is not OME-XML', () => {
  expect(validate?.('<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image/></OME>')).not.toEqual([]);
});

test.skipIf(validate === undefined)('any study is written as a valid document', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const findings: Finding[] = [];
      let xml = '';
      for await (const chunk of writeOmeXml(
        randomStudy((arbitrary) => g(() => arbitrary)),
        { onFinding: (f) => findings.push(f) },
      ))
        xml += chunk;
      expect(validate?.(xml)).toEqual([]);
      expect(findings).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

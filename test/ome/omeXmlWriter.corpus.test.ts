import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { omeXsd } from '../support/omeXsd.js';
import { randomStudy } from './support/randomStudy.js';
import { read, recordsOf, statements, write } from './support/roundTrip.js';

const validate = await omeXsd();
if (validate === undefined)
  console.log('skipped: the OME schemas are not beside the checkout (../shared/data/ome-xsd)');

test.skipIf(validate === undefined)('the schema refuses what is not OME-XML', () => {
  expect(validate?.('<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image/></OME>')).not.toEqual([]);
});

test.skipIf(validate === undefined)(
  'any study is written as a valid document, without a word of complaint',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const { xml, findings } = await write(randomStudy((arbitrary) => g(() => arbitrary)));
        expect(validate?.(xml)).toEqual([]);
        expect(findings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
);

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
/** Its XML annotations hold Channel elements that are none of OME's. */
const UNCHECKED = 'ome-types-testdata/invalid_xml_annotation.ome.xml';
const samples = ['ome-xml-spec-samples/2016-06', 'ome-types-testdata']
  .filter((folder) => existsSync(DATA + folder))
  .flatMap((folder) => readdirSync(DATA + folder).map((name) => `${folder}/${name}`))
  .filter(
    (path) =>
      path.endsWith('.xml') &&
      path !== UNCHECKED &&
      !path.includes('bad.') &&
      readFileSync(DATA + path).includes('OME/2016-06'),
  );

async function roundTrip(path: string) {
  const first = recordsOf((await read(readFileSync(DATA + path))).nodes);
  const { xml, findings } = await write(first);
  const second = await read(xml);
  expect(second.findings).toEqual([]);
  expect(statements(recordsOf(second.nodes))).toEqual(statements(first));
  return { complaints: validate?.(xml) ?? [], codes: new Set(findings.map(({ code }) => code)) };
}

test('the samples of OME-XML 2016-06 are there', () => {
  console.log(`${samples.length} samples of OME-XML 2016-06`);
  if (validate !== undefined) expect(samples.length).toBeGreaterThan(70);
});

test.skipIf(validate === undefined).each(samples)(
  '%s is read, written as a valid document and read again the same',
  async (path) => {
    const { complaints, codes } = await roundTrip(path);
    expect(complaints).toEqual([]);
    codes.delete('ome-xml-no-place');
    expect([...codes]).toEqual([]);
  },
);

test.skipIf(validate === undefined)(
  'XML annotations with elements of OME-XML are kept as they are, and that is said',
  async () => {
    const { complaints, codes } = await roundTrip(UNCHECKED);
    expect([...codes].sort()).toEqual(['ome-xml-unchecked']);
    expect(complaints.length).toBeGreaterThan(0);
    expect(complaints.filter((complaint) => !/\}(Channel|id)'/.test(complaint))).toEqual([]);
  },
);

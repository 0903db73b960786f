import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { quickstartFiles } from '../../examples/makeQuickstart.js';
import { fileSource } from '../../src/extract/fileSource.js';
import { writeOmeXml } from '../../src/ome/omeXmlWriter.js';
import { omeXsd } from '../support/omeXsd.js';

const validate = await omeXsd();
if (validate === undefined)
  console.log('skipped: the OME schemas are not beside the checkout (../shared/data/ome-xsd)');

test.skipIf(validate === undefined).each([...quickstartFiles()])(
  '%s of the quickstart is valid OME-XML 2016-06',
  (path, bytes) => {
    const text = new TextDecoder().decode(bytes);
    const start = text.indexOf('<?xml');
    const end = /\.(tiff|btf)$/.test(path) ? text.indexOf('\0', start) : text.length;
    expect(validate?.(text.slice(start, end))).toEqual([]);
  },
);

test.skipIf(validate === undefined)('all files of the quickstart can be written as one valid document', async () => {
  const folder = fileURLToPath(new URL('../../examples/quickstart/', import.meta.url));
  const codes = new Set<string>();
  const records = fileSource([folder]).records([], { onFinding: ({ code }) => codes.add(code) });
  let xml = '';
  for await (const chunk of writeOmeXml(records, { onFinding: ({ code }) => codes.add(code) })) xml += chunk;
  expect(validate?.(xml)).toEqual([]);
  expect(xml.match(/<Image /g)).toHaveLength(20);
  expect(xml.match(/<Project /g)).toHaveLength(1);
  expect([...codes]).toEqual(['ome-xml-no-place']);
});

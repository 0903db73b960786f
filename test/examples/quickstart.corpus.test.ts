import { expect, test } from 'vitest';
import { quickstartFiles } from '../../examples/makeQuickstart.js';
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

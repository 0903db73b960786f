import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAnyUri, isDateTime, isDouble, isLong } from '../../src/ome/writer/lexical.js';
import { omeXsd } from '../support/omeXsd.js';

const validate = await omeXsd();
const annotation = (type: string, namespace: string, value: string): string =>
  `<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><StructuredAnnotations><${type}Annotation ID="Annotation:1" Namespace="${namespace
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;')}"><Value>${value}</Value></${type}Annotation></StructuredAnnotations></OME>`;

test.skipIf(validate === undefined)('what counts as a namespace is an anyURI for libxml2 too', () => {
  const text = fc.oneof(
    fc.stringMatching(/^[a-z:/?#[\]@%0-9 .-]{0,9}$/),
    fc.string({ maxLength: 10 }),
    fc.webUrl().map((url) => url.replace('a', ':')),
  );
  fc.assert(
    fc.property(text.filter(isAnyUri), (uri) => {
      expect(validate?.(annotation('Tag', uri, ''))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test.skipIf(validate === undefined).each([
  ['Timestamp', isDateTime, /^-?\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(\.\d)?(Z|[+-][01]\d:[0-6]\d)?$/],
  ['Long', isLong, /^[+-]?\d{1,19}$/],
  ['Double', isDouble, /^[+-]?(\d{0,2}\.?\d{0,2}([eE][+-]?\d{0,2})?|INF|NaN)$/],
] as const)('what counts as the value of a %sAnnotation is valid for libxml2 too', (type, judge, pattern) => {
  fc.assert(
    fc.property(fc.stringMatching(pattern), (text) => {
      if (judge(text)) expect(validate?.(annotation(type, '', text)), text).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

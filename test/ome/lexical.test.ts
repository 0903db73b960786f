import { expect, test } from 'vitest';
import { floatText, isAnyUri, isDateTime, isDouble, isLong } from '../../src/ome/writer/lexical.js';

test.each([
  [0.1, '0.1'],
  [1e21, '1e+21'],
  [Number.POSITIVE_INFINITY, 'INF'],
  [Number.NEGATIVE_INFINITY, '-INF'],
  [Number.NaN, 'NaN'],
  [-0, '-0'],
])('the float %s is written %s', (value, text) => expect(floatText(value)).toBe(text));

test.each(['2026-03-10T14:00:15', '2026-03-10T14:00:15.123456Z', '2024-02-29T00:00:00+14:00', '-0001-01-01T00:00:00'])(
  '%s is a dateTime',
  (text) => expect(isDateTime(text)).toBe(true),
);
test.each([
  '2026-03-10',
  '2026-03-10 14:00:15',
  '2026-13-01T00:00:00',
  '2023-02-29T00:00:00',
  '0000-01-01T00:00:00',
  '',
])('%s is no dateTime', (text) => expect(isDateTime(text)).toBe(false));

test.each([
  '',
  'plain',
  'with blank',
  'openmicroscopy.org/omero/client/mapAnnotation',
  'https://example.org:80/a?b=c#d',
  'urn:x:y',
  'http://[::1]/',
  'µm/ü',
  'a%20b',
])('"%s" is an anyURI', (text) => expect(isAnyUri(text)).toBe(true));
test.each(['100%', '1a:b', ':x', 'a#b#c', '[x]', 'http://a:b/'])('"%s" is no anyURI', (text) =>
  expect(isAnyUri(text)).toBe(false),
);

test('longs fill 64 bits and doubles have words for the odd ones', () => {
  expect(['-9223372036854775808', '9223372036854775807', '+1', '9223372036854775808', '1.0', ''].map(isLong)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(['1.', '.5', '-1E-3', 'INF', '-INF', 'NaN', 'Infinity', '1e', '.'].map(isDouble)).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

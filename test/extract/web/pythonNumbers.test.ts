import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/extract/web/parseJson.js';

describe('Numbers that Python writes although JSON has none', () => {
  it.each([
    ['{"doubleValue": NaN}', { doubleValue: 'NaN' }],
    ['[[1, NaN, -Infinity], [Infinity]]', [[1, 'NaN', '-Infinity'], ['Infinity']]],
    ['{"a": "NaN, \\"Infinity", "b": NaN}', { a: 'NaN, "Infinity', b: 'NaN' }],
    ['{"NaN": NaN, "id": 9007199254740993}', { NaN: 'NaN', id: '9007199254740993' }],
    ['"NaN"', 'NaN'],
  ])('%s', (text, value) => expect(parseJson(text)).toEqual(value));

  it.each([['{"a": NaN'], ['{"a": NaN, "b": "cut o'], ['NaN NaN'], ['[Nan]'], ['<html>NaN</html>'], ['[xNaN]']])(
    'are no excuse for what is no JSON: %s',
    (text) => expect(() => parseJson(text)).toThrow(SyntaxError),
  );
});

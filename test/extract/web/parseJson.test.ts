import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/extract/web/parseJson.js';

const LONG = 10n ** 15n;

describe('JSON with long integers', () => {
  it.each([
    ['{"@id":9007199254740993}', { '@id': '9007199254740993' }],
    ['[-9223372036854775808,9223372036854775807]', ['-9223372036854775808', '9223372036854775807']],
    ['[999999999999999,1000000000000000]', [999999999999999, '1000000000000000']],
    ['[1234567890123456.0,1.25000000000000000000,1234567890123456e2]', [1234567890123456, 1.25, 1234567890123456e2]],
    [
      '{"sha1":"1234567890123456789","a\\"1234567890123456789":1}',
      { sha1: '1234567890123456789', 'a"1234567890123456789': 1 },
    ],
    [
      '["\\\\",1234567890123456789,"\\\\\\"",1234567890123456789]',
      ['\\', '1234567890123456789', '\\"', '1234567890123456789'],
    ],
    ['1234567890123456789', '1234567890123456789'],
  ])('keeps the digits of %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([
    '{1234567890123456789:1}',
    '01234567890123456789',
    '[1234567890123456789',
    '"1234567890123456789',
    '',
    '1234567890123456789.',
  ])('refuses %j as JSON.parse does', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('is JSON.parse for everything without long integers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        // A double of 16 digits or more is written as an integer up to 1e21.
        fc.pre(!/(?<![\d.])[1-9]\d{15,}(?![\d.eE])/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '')));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('gives every integer back digit by digit, wherever it stands', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.bigInt(-(2n ** 63n), 2n ** 63n),
        fc.string(),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any')),
      object: fc.dictionary(fc.string(), tie('any')),
    })).any;
    fc.assert(
      fc.property(value, (any) => {
        expect(parseJson(write(any))).toEqual(expected(any));
      }),
    );
  });
});

function write(any: unknown): string {
  if (typeof any === 'bigint') return any.toString();
  if (Array.isArray(any)) return `[ ${any.map(write).join(' , ')}]`;
  if (typeof any === 'object' && any !== null)
    return `{${Object.entries(any)
      .map(([k, v]) => `${JSON.stringify(k)} :${write(v)}`)
      .join(',')}}`;
  return JSON.stringify(any);
}

function expected(any: unknown): unknown {
  if (typeof any === 'bigint') return any < LONG && any > -LONG ? Number(any) : any.toString();
  if (Array.isArray(any)) return any.map(expected);
  if (typeof any === 'object' && any !== null) {
    // As JSON.parse does, also for a key such as __proto__.
    return JSON.parse(
      JSON.stringify(Object.fromEntries(Object.entries(any).map(([k, v]) => [k, expected(v)]))),
    ) as unknown;
  }
  return any;
}

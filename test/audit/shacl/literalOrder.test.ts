import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, compareValues } from '../../../src/audit/shacl/literalOrder.js';

const XSD = 'http://www.w3.org/2001/XMLSchema#';
const order = (a: string, typeA: string, b: string, typeB = typeA): string => {
  const result = compareValues(comparable(a, XSD + typeA), comparable(b, XSD + typeB));
  return result === undefined ? 'none' : result < 0 ? '<' : result > 0 ? '>' : '=';
};

describe('the order of literals', () => {
  it.each([
    ['10', 'integer', '9', 'integer', '>'],
    ['1.50', 'decimal', '1.5', 'double', '='],
    ['0.1', 'decimal', '0.1', 'float', '='],
    ['0.1', 'float', '0.1', 'double', '>'],
    ['-INF', 'double', '-5', 'byte', '<'],
    ['NaN', 'double', 'NaN', 'double', 'none'],
    ['9007199254740993', 'integer', '9007199254740992', 'integer', '>'],
    ['-9007199254740993', 'integer', '-9007199254740992.5', 'decimal', '<'],
    ['+1.', 'decimal', '1', 'integer', '='],
    ['300', 'byte', '5', 'byte', 'none'],
    ['five', 'integer', '5', 'integer', 'none'],
    ['5', 'string', '5', 'integer', 'none'],
    ['b', 'string', 'a', 'string', '>'],
    ['a', 'string', 'ab', 'string', '<'],
    ['\u{1F600}', 'string', '\uFF5E', 'string', '>'],
    ['true', 'boolean', '0', 'boolean', '>'],
    ['2024-03-01T00:00:00Z', 'dateTime', '2024-02-29T24:00:00Z', 'dateTime', '='],
    ['2024-01-01T00:00:00+02:00', 'dateTime', '2023-12-31T22:00:00Z', 'dateTime', '='],
    ['2024-01-01T12:00:00', 'dateTime', '2024-01-01T12:00:00Z', 'dateTime', 'none'],
    ['2024-01-02T12:00:00', 'dateTime', '2024-01-01T12:00:00Z', 'dateTime', '>'],
    ['2024-01-01T12:00:00.25', 'dateTime', '2024-01-01T12:00:00.5', 'dateTime', '<'],
    ['2024-01-01T12:00:00Z', 'dateTimeStamp', '2024-01-01T12:00:01Z', 'dateTime', '<'],
    ['-0044-03-15', 'date', '0001-01-01', 'date', '<'],
    ['12000-01-01', 'date', '9999-12-31', 'date', '>'],
    ['2024-01-01', 'date', '2024-01-01T00:00:00', 'dateTime', 'none'],
    ['2023-02-29', 'date', '2024-01-01', 'date', 'none'],
    ['10:00:00Z', 'time', '11:30:00+02:00', 'time', '>'],
    ['2023', 'gYear', '2024', 'gYear', '<'],
    ['2024-02', 'gYearMonth', '2024-01', 'gYearMonth', '>'],
    ['P1D', 'dayTimeDuration', 'PT24H', 'dayTimeDuration', '='],
    ['-PT1M', 'dayTimeDuration', 'PT0.5S', 'dayTimeDuration', '<'],
    ['P1Y', 'yearMonthDuration', 'P13M', 'yearMonthDuration', '<'],
    ['P1M', 'duration', 'P30D', 'duration', 'none'],
    ['http://a/', 'anyURI', 'http://b/', 'anyURI', 'none'],
  ])('has %s (%s) and %s (%s) as %s', (a, typeA, b, typeB, expected) => {
    expect(order(a, typeA, b, typeB)).toBe(expected);
    const turned = { '<': '>', '>': '<' }[expected] ?? expected;
    expect(order(b, typeB, a, typeA)).toBe(turned);
  });

  it('is that of the calendar for any two dates', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (a, b) => {
        const expected = a < b ? '<' : a > b ? '>' : '=';
        expect(order(a.toISOString(), 'dateTime', b.toISOString())).toBe(expected);
      }),
    );
  });

  it('is that of whole numbers of any size', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        expect(order(String(a), 'integer', String(b))).toBe(a < b ? '<' : a > b ? '>' : '=');
      }),
    );
  });
});

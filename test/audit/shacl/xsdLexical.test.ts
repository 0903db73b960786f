import { describe, expect, it } from 'vitest';
import { lexicalTest } from '../../../src/audit/shacl/xsdLexical.js';

const CASES: Readonly<Record<string, readonly [good: readonly string[], bad: readonly string[]]>> = {
  boolean: [
    ['true', 'false', '0', '1'],
    ['True', 'yes', ''],
  ],
  decimal: [
    ['1', '-1.5', '+.5', '1.', '00.10'],
    ['1e3', '.', '', '1,5', ' 1'],
  ],
  double: [
    ['1e3', '-1.5E-4', 'INF', '-INF', 'NaN', '.5'],
    ['1e', 'Infinity', '-NaN', ''],
  ],
  integer: [
    ['0', '-5', '+5', '123456789012345678901234567890'],
    ['1.0', '', 'abc', '1 '],
  ],
  byte: [
    ['-128', '127'],
    ['128', '-129'],
  ],
  unsignedByte: [
    ['0', '255', '-0'],
    ['-1', '256'],
  ],
  long: [['9223372036854775807'], ['9223372036854775808']],
  positiveInteger: [['1'], ['0', '-1']],
  negativeInteger: [['-1'], ['0']],
  date: [
    ['2024-02-29', '2024-01-31Z', '-0044-03-15', '12024-01-01+14:00'],
    ['2023-02-29', '2024-13-01', '24-01-01', '2024-1-1', '02024-01-01', '2024-01-01+15:00'],
  ],
  dateTime: [
    ['2024-02-29T23:59:59.999Z', '2024-01-01T24:00:00', '2024-01-01T00:00:00-05:00'],
    ['2024-02-30T00:00:00', '2024-01-01T24:00:01', '2024-01-01', '2024-01-01 00:00:00', '2024-01-01T00:00'],
  ],
  dateTimeStamp: [['2024-01-01T00:00:00Z'], ['2024-01-01T00:00:00']],
  time: [
    ['23:59:59', '00:00:00.5Z'],
    ['24:30:00', '1:00:00'],
  ],
  gYear: [
    ['2024', '-0001'],
    ['24', '02024'],
  ],
  gYearMonth: [['2024-12'], ['2024-13', '2024']],
  gMonthDay: [
    ['--02-29', '--12-31Z'],
    ['--02-30', '--04-31', '02-28'],
  ],
  gMonth: [['--12'], ['--13']],
  gDay: [['---31'], ['---32']],
  duration: [
    ['P1Y2M3DT4H5M6.7S', '-P1D', 'PT1M', 'P1Y'],
    ['P', 'PT', 'P1DT', '1D', 'P1S', 'P-1D'],
  ],
  dayTimeDuration: [['P1DT1H', 'PT0S'], ['P1Y']],
  yearMonthDuration: [['P1Y', 'P1Y2M'], ['P1D']],
  hexBinary: [
    ['', '0aFF'],
    ['0', 'xx'],
  ],
  base64Binary: [
    ['', 'QUJD', 'QUI=', 'QQ=='],
    ['QUJ', '===='],
  ],
  language: [
    ['en', 'en-GB'],
    ['', 'e n', 'toolonglanguage'],
  ],
  NCName: [
    ['a', '_b-1'],
    ['1a', 'a:b'],
  ],
  string: [['', 'anything\n'], []],
  anyURI: [['http://example.org/', 'a b'], []],
};

describe('a lexical form', () => {
  it.each(Object.entries(CASES))('of xsd:%s is told from what is none', (name, [good, bad]) => {
    const test = lexicalTest(`http://www.w3.org/2001/XMLSchema#${name}`);
    expect(good.filter((text) => !test(text))).toEqual([]);
    expect(bad.filter((text) => test(text))).toEqual([]);
  });

  it('of a datatype that is not of XML Schema is always well formed', () => {
    expect(lexicalTest('http://example.org/type')('x')).toBe(true);
    expect(lexicalTest('http://www.w3.org/2001/XMLSchema#constructor')('x')).toBe(true);
  });
});

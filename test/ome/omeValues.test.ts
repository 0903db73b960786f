import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENUMERATIONS, UNIT_SYMBOLS } from '../../src/ome/enumerations.js';
import { enumerationValue, wordList } from '../../src/ome/reader/enumerationValue.js';
import { dateTimeOf, floatOf } from '../../src/ome/reader/values.js';
import { UNITS, unitOf } from '../../src/ome/units.js';

describe('units', () => {
  it('are those of the schema, each with its dimension', () => {
    const listed = Object.entries(UNIT_SYMBOLS).flatMap(([dimension, symbols]) =>
      [...symbols].map((s) => `${dimension} ${s}`),
    );
    expect([...UNITS.values()].map((u) => `${u.dimension} ${u.symbol}`).sort()).toEqual(listed.sort());
    expect(new Set([...UNITS.values()].map((u) => u.name)).size).toBe(UNITS.size);
  });

  it.each([
    ['µm', 'MicroM', 'um', 'MICROMETER'],
    ['Å', 'ANGSTROM', 'Ao', 'ANGSTROM'],
    ['s', 'SEC', 's', 'SECOND'],
    ['°C', 'DEG_C', 'Cel', 'CELSIUS'],
    ['mW', 'MilliW', 'mW', 'MILLIWATT'],
    ['mm Hg', 'MilliM_HG', 'mm[Hg]', 'MMHG'],
    ['EV', 'ExaV', 'EV', 'EXAVOLT'],
    ['reference frame', undefined, undefined, 'REFERENCEFRAME'],
    ['thou', undefined, '[mil_i]', 'THOU'],
  ])('have a QUDT unit and a UCUM code: %s', (symbol, qudt, ucum, name) => {
    expect(unitOf(symbol)).toMatchObject({ symbol, qudt, ucum, name });
    expect(unitOf(name)?.symbol).toBe(symbol);
  });

  it('are known by common other spellings, and not by their scale alone', () => {
    expect(['um', '\u03bcm', '\u212b', 'micrometer', 'C', ' nm '].map((s) => unitOf(s)?.symbol)).toEqual([
      'µm',
      'µm',
      'Å',
      'µm',
      '°C',
      'nm',
    ]);
    expect(['', 'constructor', '__proto__', 'NM', 'furlong'].map((s) => unitOf(s))).toEqual(Array(5).fill(undefined));
  });
});

describe('enumerations', () => {
  it('keep every value of the schema', () => {
    for (const [name, values] of Object.entries(ENUMERATIONS))
      for (const value of values) expect(enumerationValue(name, value)).toBe(value);
  });

  it.each([
    ['ChannelAcquisitionMode', 'Laser Scanning Confocal', 'LaserScanningConfocalMicroscopy'],
    ['ChannelAcquisitionMode', 'wide-field', 'WideField'],
    ['DetectorType', 'EM-CCD', 'EMCCD'],
    ['DetectorType', 'Unknown', 'Other'],
    ['LaserLaserMedium', 'Nitrogen', 'N'],
    ['LaserLaserMedium', 'e-', 'EMinus'],
    ['LaserType', 'Metal Vapor', 'MetalVapor'],
    ['PixelType', 'Uint16', 'uint16'],
    ['ShapeFontFamily', 'TimesNewRoman', 'serif'],
    ['NamingConvention', 'Letter', 'letter'],
    ['PixelType', 'Unknown', undefined],
    ['DetectorType', 'eye', undefined],
    ['DetectorType', '', undefined],
  ])('%s "%s" is %s', (name, found, value) => {
    expect(enumerationValue(name, found)).toBe(value);
  });

  it('may be lists of words', () => {
    expect(wordList('Experiment', ' Time-lapse  PGI/Documentation ')).toBe('TimeLapse PGIDocumentation');
    expect(wordList('Experiment', 'FRET nonsense')).toBeUndefined();
    expect(wordList('Experiment', '')).toBeUndefined();
  });
});

it('numbers are those of xsd:double, whichever way they are looked at', () => {
  const lexical = /^[ \t\n\r]*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[ \t\n\r]*$/;
  const text = fc.oneof(
    fc.stringMatching(/^[ +-]?[0-9.eExbo_-]{0,6}[ n]?$/),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  fc.assert(
    fc.property(text, (raw) => {
      expect(floatOf(raw)).toBe(lexical.test(raw) ? Number(raw) : undefined);
    }),
    { numRuns: 5000, examples: [['0x1f'], ['0b1'], ['0o7'], [''], [' '], ['-'], ['5e3'], ['1e400'], ['-0']] },
  );
});

it.each([
  ['2026-02-29T00:00:00', undefined],
  ['2024-02-29T00:00:00', '2024-02-29T00:00:00'],
  ['2026-01-02 03:04:05', '2026-01-02T03:04:05'],
  [' 2026-01-02T03:04:05.123+01:00\n', '2026-01-02T03:04:05.123+01:00'],
  ['-0005-12-25T00:00:00', '-0005-12-25T00:00:00'],
  ['0000-01-01T00:00:00', undefined],
  ['2026-01-01T00:00:00+15:00', undefined],
  ['2026-13-01T00:00:00', undefined],
  ['2026-01-02', undefined],
  ['yesterday', undefined],
])('the date "%s" is %s', (raw, value) => {
  expect(dateTimeOf(raw)).toBe(value);
});

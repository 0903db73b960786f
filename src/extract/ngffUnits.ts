import type { Quantity } from '../ome/model.js';

const PREFIXES: Readonly<Record<string, string>> = {
  yotta: 'Y',
  zetta: 'Z',
  exa: 'E',
  peta: 'P',
  tera: 'T',
  giga: 'G',
  mega: 'M',
  kilo: 'k',
  hecto: 'h',
  deci: 'd',
  centi: 'c',
  milli: 'm',
  micro: '\u00b5',
  nano: 'n',
  pico: 'p',
  femto: 'f',
  atto: 'a',
  zepto: 'z',
  yocto: 'y',
};

const UNITS = new Map<string, string>([
  ['meter', 'm'],
  ['second', 's'],
  ['angstrom', '\u00c5'],
  ['foot', 'ft'],
  ['inch', 'in'],
  ['mile', 'mi'],
  ['parsec', 'pc'],
  ['yard', 'yd'],
  ['minute', 'min'],
  ['hour', 'h'],
  ['day', 'd'],
  ...Object.entries(PREFIXES).flatMap(([name, symbol]) => [
    [`${name}meter`, `${symbol}m`] as const,
    [`${name}second`, `${symbol}s`] as const,
  ]),
]);

/** The OME symbol (UnitsLength, UnitsTime) of an axis unit, which OME-Zarr writes as a UDUNITS-2 name (NGFF 0.4 "axes"). */
export function omeUnit(name: string): string | undefined {
  return UNITS.get(name);
}

/** A positive scale with its unit. */
export function scaled(value: number | undefined, unit: string | undefined): Quantity | undefined {
  return value !== undefined && value > 0 && unit !== undefined ? { value, unit } : undefined;
}

const PIXEL_TYPES: Readonly<Record<string, string>> = {
  b1: 'bit',
  bool: 'bit',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  f4: 'float',
  f8: 'double',
  c8: 'complex',
  c16: 'double-complex',
  int8: 'int8',
  int16: 'int16',
  int32: 'int32',
  uint8: 'uint8',
  uint16: 'uint16',
  uint32: 'uint32',
  float32: 'float',
  float64: 'double',
  complex64: 'complex',
  complex128: 'double-complex',
};

/** The OME PixelType of a Zarr data type (format 2 `<u2`, format 3 `uint16`); OME has no 64-bit integers. */
export function pixelType(dataType: string): string | undefined {
  return PIXEL_TYPES[dataType.replace(/^[<>|=]/, '')];
}

import type { Dimension } from './schema.js';

/** A unit of OME 2016-06 (Units* enumerations of ome.xsd). */
export interface OmeUnit {
  /** As the schema writes it: `µm`, `reference frame`. */
  readonly symbol: string;
  readonly dimension: Dimension;
  /** OMERO's name for it: `MICROMETER`. */
  readonly name: string;
  /** Local name in `http://qudt.org/vocab/unit/`, where QUDT has the unit. */
  readonly qudt?: string | undefined;
  /** Code of the Unified Code for Units of Measure, where it has one. */
  readonly ucum?: string | undefined;
}

/** SI prefixes: symbol, name, UCUM prefix. */
const SI = [
  ['Y', 'Yotta', 'Y'],
  ['Z', 'Zetta', 'Z'],
  ['E', 'Exa', 'E'],
  ['P', 'Peta', 'P'],
  ['T', 'Tera', 'T'],
  ['G', 'Giga', 'G'],
  ['M', 'Mega', 'M'],
  ['k', 'Kilo', 'k'],
  ['h', 'Hecto', 'h'],
  ['da', 'Deca', 'da'],
  ['', '', ''],
  ['d', 'Deci', 'd'],
  ['c', 'Centi', 'c'],
  ['m', 'Milli', 'm'],
  ['µ', 'Micro', 'u'],
  ['n', 'Nano', 'n'],
  ['p', 'Pico', 'p'],
  ['f', 'Femto', 'f'],
  ['a', 'Atto', 'a'],
  ['z', 'Zepto', 'z'],
  ['y', 'Yocto', 'y'],
] as const;

/** Scales of each base unit that QUDT has an IRI for; a name made by rule could mean another unit (`EV` is the electronvolt). */
const IN_QUDT: Readonly<Record<string, string>> = {
  M: 'Kilo Hecto Deca  Deci Centi Milli Micro Nano Pico Femto',
  SEC: 'Mega Kilo  Deci Milli Micro Nano Pico Femto Atto',
  PA: 'Giga Mega Kilo Hecto Deca  Milli Micro Pico',
  V: 'Exa Peta Tera Giga Mega Kilo  Milli Micro Nano Pico Femto',
  W: 'Exa Peta Tera Giga Mega Kilo  Milli Micro Nano Pico',
  HZ: 'Peta Tera Giga Mega Kilo  Milli',
};

function scaled(dimension: Dimension, symbol: string, name: string, qudt: string): OmeUnit[] {
  const known = new Set((IN_QUDT[qudt] ?? '').split(' '));
  return SI.map(([prefix, prefixName, ucum]) => ({
    symbol: prefix + symbol,
    dimension,
    name: prefixName.toUpperCase() + name,
    qudt: known.has(prefixName) ? prefixName + qudt : undefined,
    ucum: ucum + symbol,
  }));
}

type Row = readonly [symbol: string, name: string, qudt?: string | undefined, ucum?: string | undefined];
const listed = (dimension: Dimension, ...rows: Row[]): OmeUnit[] =>
  rows.map(([symbol, name, qudt, ucum]) => ({ symbol, dimension, name, qudt, ucum }));

/** Every unit of the schema by its symbol; QUDT 3 for the IRIs, UCUM 2.1 for the codes. */
export const UNITS: ReadonlyMap<string, OmeUnit> = new Map(
  [
    ...scaled('Length', 'm', 'METER', 'M'),
    ...listed(
      'Length',
      ['Å', 'ANGSTROM', 'ANGSTROM', 'Ao'],
      ['thou', 'THOU', undefined, '[mil_i]'],
      ['li', 'LINE', undefined, '[lne]'],
      ['in', 'INCH', 'IN', '[in_i]'],
      ['ft', 'FOOT', 'FT', '[ft_i]'],
      ['yd', 'YARD', 'YD', '[yd_i]'],
      ['mi', 'MILE', 'MI', '[mi_i]'],
      ['ua', 'ASTRONOMICALUNIT', 'AU', 'AU'],
      ['ly', 'LIGHTYEAR', 'LY', '[ly]'],
      ['pc', 'PARSEC', 'PARSEC', 'pc'],
      ['pt', 'POINT', 'PT', '[pnt]'],
      ['pixel', 'PIXEL', undefined, '{pixel}'],
      ['reference frame', 'REFERENCEFRAME'],
    ),
    ...scaled('Time', 's', 'SECOND', 'SEC'),
    ...listed('Time', ['min', 'MINUTE', 'MIN', 'min'], ['h', 'HOUR', 'HR', 'h'], ['d', 'DAY', 'DAY', 'd']),
    ...scaled('Pressure', 'Pa', 'PASCAL', 'PA'),
    ...listed(
      'Pressure',
      ['bar', 'BAR', 'BAR', 'bar'],
      ['Mbar', 'MEGABAR', 'MegaBAR', 'Mbar'],
      ['kbar', 'KILOBAR', 'KiloBAR', 'kbar'],
      ['dbar', 'DECIBAR', 'DeciBAR', 'dbar'],
      ['cbar', 'CENTIBAR', 'CentiBAR', 'cbar'],
      ['mbar', 'MILLIBAR', 'MilliBAR', 'mbar'],
      ['atm', 'ATMOSPHERE', 'ATM', 'atm'],
      ['psi', 'PSI', 'PSI', '[psi]'],
      ['Torr', 'TORR', 'TORR'],
      ['mTorr', 'MILLITORR', 'MilliTORR'],
      ['mm Hg', 'MMHG', 'MilliM_HG', 'mm[Hg]'],
    ),
    ...listed(
      'Temperature',
      ['°C', 'CELSIUS', 'DEG_C', 'Cel'],
      ['°F', 'FAHRENHEIT', 'DEG_F', '[degF]'],
      ['K', 'KELVIN', 'K', 'K'],
      ['°R', 'RANKINE', 'DEG_R', '[degR]'],
    ),
    ...scaled('ElectricPotential', 'V', 'VOLT', 'V'),
    ...scaled('Power', 'W', 'WATT', 'W'),
    ...scaled('Frequency', 'Hz', 'HERTZ', 'HZ'),
  ].map((unit) => [unit.symbol, unit]),
);

const BY_NAME: ReadonlyMap<string, OmeUnit> = new Map([...UNITS.values()].map((unit) => [unit.name, unit]));
/** Spellings that occur in files and mean one unit only. */
const SPELLINGS: Readonly<Record<string, string>> = {
  micron: 'µm',
  microns: 'µm',
  referenceframe: 'reference frame',
  pixels: 'pixel',
  sec: 's',
  hour: 'h',
  minute: 'min',
  C: '°C',
  F: '°F',
  R: '°R',
  mmHg: 'mm Hg',
};

/**
 * The unit of a symbol (`µm`), of OMERO's name (`MICROMETER`), or of a common other spelling (`um`, Greek mu, Å as the
 * Ångström sign); undefined when it is none of OME's.
 */
export function unitOf(symbolOrName: string): OmeUnit | undefined {
  const exact = UNITS.get(symbolOrName);
  if (exact !== undefined) return exact;
  const text = symbolOrName
    .trim()
    .normalize('NFC')
    .replace(/^[\u03bcu](?=m$|s$|Pa$|V$|W$|Hz$)/, 'µ');
  return UNITS.get(text) ?? UNITS.get(SPELLINGS[text] ?? '') ?? BY_NAME.get(text.toUpperCase().replace(/[\s_-]/g, ''));
}

import { unitOf } from '../ome/units.js';

/** A unit of a value: one of OME's, or one of those that samples and treatments need besides. */
export interface ValueUnit {
  /** As it is shown and named in the IRI of a quantity: `µM`. */
  readonly symbol: string;
  /** Code of the Unified Code for Units of Measure. */
  readonly ucum?: string | undefined;
  /** Local name in `http://qudt.org/vocab/unit/`. */
  readonly qudt?: string | undefined;
  /** Whether it is a unit of time. */
  readonly time?: boolean | undefined;
}

type Row = readonly [symbol: string, ucum: string, qudt: string | undefined, symbols: string, words: string];

/** Units that OME 2016-06 has not; QUDT 3 for the names, UCUM 2.1 for the codes. Symbols keep their case, words do not. */
const ROWS: readonly Row[] = [
  ['M', 'mol/L', 'MOL-PER-L', 'M|mol/[lL]', 'molar'],
  ['mM', 'mmol/L', 'MilliMOL-PER-L', 'mM|mmol/[lL]', 'milli-?molar'],
  ['µM', 'umol/L', 'MicroMOL-PER-L', '[µu]M|[µu]mol/[lL]', 'micro-?molar'],
  ['nM', 'nmol/L', 'NanoMOL-PER-L', 'nM|nmol/[lL]', 'nano-?molar'],
  ['pM', 'pmol/L', 'PicoMOL-PER-L', 'pM|pmol/[lL]', 'pico-?molar'],
  ['fM', 'fmol/L', 'FemtoMOL-PER-L', 'fM|fmol/[lL]', 'femto-?molar'],
  ['mol', 'mol', 'MOL', 'mol', 'moles?'],
  ['mmol', 'mmol', 'MilliMOL', 'mmol', 'milli-?moles?'],
  ['µmol', 'umol', 'MicroMOL', '[µu]mol', 'micro-?moles?'],
  ['nmol', 'nmol', 'NanoMOL', 'nmol', 'nano-?moles?|nmoles?'],
  ['pmol', 'pmol', 'PicoMOL', 'pmol', 'pico-?moles?|pmoles?'],
  ['fmol', 'fmol', 'FemtoMOL', 'fmol', 'femto-?moles?|fmoles?'],
  ['kg', 'kg', 'KiloGM', 'kg', 'kilo-?grams?'],
  ['g', 'g', 'GM', 'g', 'grams?'],
  ['mg', 'mg', 'MilliGM', 'mg', 'milli-?grams?'],
  ['µg', 'ug', 'MicroGM', '[µu]g|mcg', 'micro-?grams?'],
  ['ng', 'ng', 'NanoGM', 'ng', 'nano-?grams?'],
  ['pg', 'pg', 'PicoGM', 'pg', 'pico-?grams?'],
  ['L', 'L', 'L', 'L|l', 'lit(?:er|re)s?'],
  ['mL', 'mL', 'MilliL', 'm[lL]', 'milli-?lit(?:er|re)s?'],
  ['µL', 'uL', 'MicroL', '[µu][lL]', 'micro-?lit(?:er|re)s?'],
  ['nL', 'nL', 'NanoL', 'n[lL]', 'nano-?lit(?:er|re)s?'],
  ['wk', 'wk', 'WK', 'wks?|w', 'weeks?'],
  ['mo', 'mo', 'MO', 'mos?', 'months?'],
  ['a', 'a', 'YR', 'a|y|yrs?', 'years?'],
  ['%', '%', 'PERCENT', '%', 'per ?cent|pct'],
  ['°', 'deg', 'DEG', '°', 'degrees?'],
  ['rad', 'rad', 'RAD', 'rad', 'radians?'],
  ['×', '1', 'UNITLESS', '[×xX]', '-?fold|times'],
  ['Gy', 'Gy', 'GRAY', 'Gy', 'grays?'],
  ['rpm', '{rev}/min', 'REV-PER-MIN', 'rpm|RPM', 'revolutions per minute'],
  ['fps', '{frame}/s', 'FRAME-PER-SEC', 'fps', 'frames per second|frames/s(?:ec)?'],
  ['dpi', '{dot}/[in_i]', 'DPI', 'dpi|DPI', 'dots per inch'],
  ['ppm', '[ppm]', 'PPM', 'ppm', 'parts per million'],
  ['U', 'U', undefined, 'U', 'units?'],
  ['U/mL', 'U/mL', undefined, 'U/m[lL]', 'units?/m[lL]'],
  ['IU', '[iU]', 'IU', 'IU', 'international units?'],
  ['kDa', 'kDa', undefined, 'kDa', 'kilo-?daltons?'],
  ['A', 'A', 'A', 'A', 'amperes?|amps?'],
  ['mA', 'mA', 'MilliA', 'mA', 'milli-?amperes?'],
  ['µA', 'uA', 'MicroA', '[µu]A', 'micro-?amperes?'],
  ['nA', 'nA', 'NanoA', 'nA', 'nano-?amperes?'],
  ['pA', 'pA', 'PicoA', 'pA', 'pico-?amperes?'],
];

/** Masses for a volume or a body mass: how doses and concentrations are written. */
const MASSES = { g: 'GM', mg: 'MilliGM', µg: 'MicroGM', ng: 'NanoGM', pg: 'PicoGM' } as const;
const PER = {
  L: ['L', 'g|mg|µg|ng'],
  mL: ['MilliL', 'mg|µg|ng|pg'],
  µL: ['MicroL', 'ng'],
  kg: ['KiloGM', 'mg|µg'],
} as const;

/** What OME calls them is in the schema; this is what people write. */
const OME_WORDS: readonly (readonly [symbol: string, symbols: string, words: string])[] = [
  ['°C', '°C|o ?C|C|Cel|[dD]eg\\.? ?C', 'degrees? (?:c|celsius|centigrade)|celsius|degc'],
  ['K', 'K', 'kelvins?'],
  ['nm', 'nm', 'nano-?met(?:er|re)s?'],
  ['µm', '[µu]m', 'microns?|micro-?met(?:er|re)s?'],
  ['mm', 'mm', 'milli-?met(?:er|re)s?'],
  ['cm', 'cm', 'centi-?met(?:er|re)s?'],
  ['m', 'm', 'met(?:er|re)s?'],
  ['pm', 'pm', 'pico-?met(?:er|re)s?'],
  ['Å', 'Å', '[aå]ngstr[oö]ms?'],
  ['pixel', 'px|pxl', 'pixels?'],
  ['fs', 'fs', 'femto-?seconds?'],
  ['ps', 'ps', 'pico-?seconds?'],
  ['ns', 'ns', 'nano-?seconds?'],
  ['µs', '[µu]s', 'micro-?seconds?'],
  ['ms', 'ms', 'msecs?|milli-?seconds?'],
  ['s', 's', 'secs?|seconds?'],
  ['min', 'min|mins', 'min|mins|minutes?'],
  ['h', 'h|H', 'hrs?|hours?'],
  ['d', 'd', 'days?'],
  ['V', 'V', 'volts?'],
  ['mV', 'mV', 'milli-?volts?'],
  ['kV', 'kV|KV', 'kilo-?volts?'],
  ['W', 'W', 'watts?'],
  ['mW', 'mW', 'milli-?watts?'],
  ['µW', '[µu]W', 'micro-?watts?'],
  ['Hz', 'Hz', 'hertz'],
  ['kHz', 'kHz|KHz', 'kilo-?hertz'],
  ['MHz', 'MHz', 'mega-?hertz'],
  ['kPa', 'kPa', 'kilo-?pascals?'],
  ['Pa', 'Pa', 'pascals?'],
];

interface Spelled {
  readonly unit: ValueUnit;
  readonly symbols: RegExp;
  readonly words: RegExp;
}
const whole = (pattern: string, flags = 'u'): RegExp => new RegExp(`^(?:${pattern})$`, flags);

function spelled(unit: ValueUnit, symbols: string, words: string): Spelled {
  return { unit, symbols: whole(symbols), words: whole(words, 'iu') };
}

const OME: readonly Spelled[] = OME_WORDS.map(([symbol, symbols, words]) => {
  const { ucum, qudt, dimension } = unitOf(symbol) ?? { dimension: 'Length' };
  return spelled({ symbol, ucum, qudt, time: dimension === 'Time' }, symbols, words);
});
const TIMES: ReadonlySet<string> = new Set(['wk', 'mo', 'a']);
const OTHERS: readonly Spelled[] = ROWS.map(([symbol, ucum, qudt, symbols, words]) =>
  spelled({ symbol, ucum, qudt, time: TIMES.has(symbol) }, symbols, words),
);
const BY_SYMBOL: ReadonlyMap<string, ValueUnit> = new Map([...OME, ...OTHERS].map((s) => [s.unit.symbol, s.unit]));
const LONGEST = 40;
const CACHE = new Map<string, ValueUnit | undefined>();

/**
 * The unit of a text, the whole of it: symbols in their case (`mM` is molar, `mm` is a length), words in any case
 * (`Micromolar`); undefined when it is none or could be two.
 */
export function valueUnit(text: string): ValueUnit | undefined {
  if (text.length > LONGEST) return undefined;
  if (CACHE.has(text)) return CACHE.get(text);
  if (CACHE.size >= 2000) CACHE.clear();
  // Micro and degree have look-alikes: Greek mu, the ordinal sign, the ring above.
  const plain = text
    .trim()
    .replace(/℃/gu, '°C')
    .replace(/[\u03bc\u00b5]/gu, 'µ')
    .replace(/[º˚]/gu, '°')
    .replace(/\u212b/gu, 'Å')
    .replace(/\u212a/gu, 'K')
    .replace(/° (?=C)/u, '°')
    .replace(/\s+/gu, ' ');
  const found = plain === '' ? undefined : (simple(plain) ?? ratio(plain));
  CACHE.set(text, found);
  return found;
}

function simple(text: string): ValueUnit | undefined {
  return (
    BY_SYMBOL.get(text) ??
    [...OME, ...OTHERS].find((s) => s.symbols.test(text))?.unit ??
    (text.length > 2 ? [...OME, ...OTHERS].find((s) => s.words.test(text))?.unit : undefined) ??
    omeUnit(text)
  );
}

/** The rest of OME's symbols; its names in capitals and its one-letter spellings are not what people mean. */
function omeUnit(text: string): ValueUnit | undefined {
  const unit = text.length > 1 && text.length < 6 ? unitOf(text) : undefined;
  if (unit?.symbol !== text) return undefined;
  return { symbol: unit.symbol, ucum: unit.ucum, qudt: unit.qudt, time: unit.dimension === 'Time' };
}

/** `µg/mL`, `milligram per milliliter`, `mg kg-1`. */
function ratio(text: string): ValueUnit | undefined {
  const parts = /^(.+?) ?(?:\/| per ) ?(.+?)$/iu.exec(text) ?? /^(\S+) (\S+?)(?:-1|⁻¹)$/u.exec(text);
  if (parts === null) return undefined;
  const mass = simple(parts[1] ?? '')?.symbol as keyof typeof MASSES | undefined;
  const per = simple(parts[2] ?? '')?.symbol as keyof typeof PER | undefined;
  if (mass === undefined || per === undefined || !Object.hasOwn(PER, per) || !Object.hasOwn(MASSES, mass))
    return undefined;
  const [name, masses] = PER[per];
  return {
    symbol: `${mass}/${per}`,
    ucum: `${mass.replace('µ', 'u')}/${per.replace('µ', 'u')}`,
    qudt: masses.split('|').includes(mass) ? `${MASSES[mass]}-PER-${name}` : undefined,
  };
}

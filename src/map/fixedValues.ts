import type { ValueKind } from '../terms/valueKinds.js';

type Table = Readonly<Record<string, string>>;

const MALE = 'PATO:0000384';
const FEMALE = 'PATO:0000383';
/** Sexes by the letters and signs of tables; ontologies have "M" and "F" as names of other things. */
const SEXES: Table = {
  m: MALE,
  male: MALE,
  males: MALE,
  man: MALE,
  men: MALE,
  boy: MALE,
  '♂': MALE,
  männlich: MALE,
  maennlich: MALE,
  f: FEMALE,
  female: FEMALE,
  females: FEMALE,
  woman: FEMALE,
  women: FEMALE,
  girl: FEMALE,
  '♀': FEMALE,
  weiblich: FEMALE,
  mixed: 'PATO:0001338',
  'mixed sex': 'PATO:0001338',
  'both sexes': 'PATO:0001338',
  'male and female': 'PATO:0001338',
  'female and male': 'PATO:0001338',
  hermaphrodite: 'PATO:0001340',
  hermaphrodites: 'PATO:0001340',
};
/** Symbols of units (UCUM and how they are typed) in UO; case tells millimolar from millimetre. */
const UNITS: Table = {
  m: 'UO:0000008',
  cm: 'UO:0000015',
  mm: 'UO:0000016',
  µm: 'UO:0000017',
  um: 'UO:0000017',
  micron: 'UO:0000017',
  microns: 'UO:0000017',
  nm: 'UO:0000018',
  s: 'UO:0000010',
  sec: 'UO:0000010',
  ms: 'UO:0000028',
  min: 'UO:0000031',
  mins: 'UO:0000031',
  h: 'UO:0000032',
  hr: 'UO:0000032',
  hrs: 'UO:0000032',
  d: 'UO:0000033',
  M: 'UO:0000062',
  mM: 'UO:0000063',
  µM: 'UO:0000064',
  uM: 'UO:0000064',
  nM: 'UO:0000065',
  pM: 'UO:0000066',
  '°C': 'UO:0000027',
  '%': 'UO:0000187',
  g: 'UO:0000021',
  mg: 'UO:0000022',
  µg: 'UO:0000023',
  ug: 'UO:0000023',
  V: 'UO:0000218',
  Hz: 'UO:0000106',
};
/** "Disease: normal" says that there is none. */
const HEALTHY: Table = { normal: 'PATO:0000461', healthy: 'PATO:0000461', 'no disease': 'PATO:0000461' };

/** The CURIE of a value that a fixed table knows; only these letters and signs are believed. */
export function fixedTerm(kind: ValueKind, text: string): string | undefined {
  if (kind === 'unit') return own(UNITS, text.replace(/[μ]/g, 'µ'));
  if (kind === 'sex') return own(SEXES, text.toLowerCase().replace(/\.$/, ''));
  if (kind === 'disease') return own(HEALTHY, text.toLowerCase());
  return undefined;
}

const own = (table: Table, text: string): string | undefined => (Object.hasOwn(table, text) ? table[text] : undefined);

/** Kinds of which a fixed table holds all short texts, so that the ontologies are asked for words only. */
export const isFixedKind = (kind: ValueKind): boolean => kind === 'unit' || kind === 'sex';

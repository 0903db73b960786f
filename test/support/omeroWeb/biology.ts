import { mix, pick } from './random.js';

/** Words of microscopy for generated servers: names, keys and values as people type them. */

type Pair = readonly [key: string, value: string];
type Values = readonly [string, ...string[]];

const KEYS: readonly (readonly [key: string, values: Values])[] = [
  ['Organism', ['Homo sapiens', 'Mus musculus', 'Drosophila melanogaster', 'Danio rerio', 'S. cerevisiae', 'human']],
  ['Cell line', ['HeLa', 'U2OS', 'MCF-7', 'hTERT RPE-1', 'HEK 293T', 'NIH/3T3']],
  ['Gene', ['TUBB', 'H2BC1', 'ACTB', 'LMNB1', 'TP53', 'CENPA', 'KIF11']],
  ['Antibody', ['anti-tubulin (DM1A), 1:1000', 'anti-GFP', 'Alexa Fluor 488 goat anti-mouse', 'none']],
  ['Treatment', ['DMSO', 'nocodazole 100 ng/ml', 'siRNA pool', 'untreated', 'taxol 10 µM']],
  ['Temperature', ['37 °C', '25', '4 °C', 'room temperature']],
  ['Fixation', ['4% PFA, 10 min', 'methanol −20 °C', 'live']],
  ['Imaging Method', ['spinning disk confocal microscopy', 'widefield', 'confocal', 'light sheet', 'SIM']],
  ['Objective', ['63x/1.4 oil', '20x/0.8', '100× NA 1.49 TIRF']],
  ['Passage', ['12', '7', '0.50', '1e3', '007']],
  ['Operator', ['postdoc', 'student', 'facility']],
  ['Replicate', ['1', '2', '3', 'biological 2']],
  ['Time point', ['0 h', '24 h', '48h', 'day 3']],
  ['Phenotype', ['mitotic delay (CMPO_0000204)', 'normal', 'binuclear cell', '']],
  ['Dilution', ['1:100', '1/500', '']],
  ['Strain', ['C57BL/6J', 'BY4741', 'w1118']],
];

/** Pairs that break careless code. */
const ODD: readonly (readonly Pair[])[] = [
  [['', '']],
  [
    ['Gene', 'TUBB'],
    ['Gene', 'TUBB'],
    ['Gene', 'H2BC1'],
  ],
  [['', 'a value without a key']],
  [['a key without a value', '']],
  [['"quoted" key', 'said "no"\nand \\n meant it\r\nthen\ta tab']],
  [['µ-key', '10 µm ± 0.5 µm']],
  [['emoji 🔬', '👩‍🔬🧫 done']],
  [[' leading and trailing ', '  spaces  ']],
  [['<b>bold</b>', '<script>alert("&amp;")</script>']],
  [['URL', 'https://example.org/a?b=c&d=%20#e']],
  [['path', 'C:\\data\\new\\table.csv']],
  [['long', 'ACGT'.repeat(600)]],
  [['עברית', 'combining: é ≠ é']],
  [['null', 'null']],
  [['count', '9007199254740993']],
];

/** The key-value pairs of an object: a number of usual ones, and odd ones in front when asked. */
export function pairsOf(seed: number, id: number, count: number, odd: boolean): Pair[] {
  const pairs: Pair[] = odd ? [...(ODD[mix(seed, id) % ODD.length] ?? [])] : [];
  for (let i = 0; pairs.length < count; i += 1) {
    const [key, values] = KEYS[i % KEYS.length] ?? ['key', ['value']];
    const round = i < KEYS.length ? '' : ` ${Math.floor(i / KEYS.length) + 1}`;
    pairs.push([key + round, pick(values, seed + i, id)]);
  }
  return pairs.slice(0, Math.max(count, odd ? 1 : 0));
}

const ADJECTIVES: Values = ['Mitosis', 'Golgi', 'Actin', 'Nuclear envelope', 'Zebrafish heart', 'Neurite', 'Biofilm'];
const NOUNS: Values = ['time-lapse', 'screen', 'localisation', 'control', 'regeneration', 'pilot', 'atlas'];
const CONDITIONS: Values = ['control', 'siRNA #1', 'drug 10 µM', 'rescue', 'WT', 'Δ5', 'mock'];
const TAGS: Values = ['metaphase', 'good', 'out of focus', 'to publish', 'figure 2b', 'GFP', 'näive', 'check!'];

export const projectName = (seed: number, id: number): string =>
  `${pick(ADJECTIVES, seed, id)} ${pick(NOUNS, seed + 1, id)} ${id}`;
export const datasetName = (seed: number, id: number): string =>
  `${pick(CONDITIONS, seed, id)} — ${2015 + (mix(seed, id) % 11)}`;
export const tagText = (index: number): string =>
  (TAGS[index % TAGS.length] ?? TAGS[0]) + (index < TAGS.length ? '' : ` ${index}`);
/** Names sort otherwise than ids, and some are equal. */
export const imageName = (seed: number, id: number, series: number): string =>
  `${['cell', 'Cell', 'pos', 'µ-slide'][mix(seed, id) % 4]}_${String(mix(seed + 7, id) % 1000).padStart(3, '0')}.czi [Scene #${series + 1}]`;

export const PEOPLE: readonly (readonly [userName: string, firstName: string, lastName: string])[] = [
  ['ada', 'Ada', 'Lovelace'],
  ['grace', 'Grace', 'Hopper'],
  ['santiago', 'Santiago', 'Ramón y Cajal'],
  ['rosalind', 'Rosalind', 'Franklin'],
  ['ernst', 'Ernst', 'Abbe'],
  ['antonie', 'Antonie', 'van Leeuwenhoek'],
  ['osamu', 'Osamu', 'Shimomura'],
];

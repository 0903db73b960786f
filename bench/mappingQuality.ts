import { loadMappings } from '../src/map/sssom.js';
import { openTermIndex } from '../src/terms/termIndex.js';
import { fold, type MappingSet } from '../src/map/mappingSet.js';
import {
  DATA,
  type GoldKey,
  type GoldValue,
  goldAccessions,
  goldIsHere,
  goldKeys,
  goldTerms,
  goldValues,
  table,
} from './goldTables.js';
import { groundMapper, type Mapper, namesMapper, namesOnly, tableMapper, withoutTexts } from './mappingAdapter.js';
import {
  answered,
  isReachable,
  judgeKeys,
  type Judged,
  judgeValues,
  nilFalseAccepts,
  precision,
  recall,
  type Score,
  scoreAudit,
  scoreOf,
  scoresBy,
} from './mappingScores.js';
import { foreignAccepts } from './mappingTraps.js';

/**
 * Precision, recall and NIL false accepts of the mapping on the gold tables: `npm run bench:mapping -- [--errors] [--speed] [--names]`.
 * docs/mapping-quality.md says what is counted.
 */
const errors = process.argv.includes('--errors');
const speed = process.argv.includes('--speed');
if (!goldIsHere()) {
  console.log(`mappingQuality: skipped, because the gold tables (${DATA}/gold) are not there`);
  process.exit(0);
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`).padStart(8);
const HEAD = ['n'.padStart(5), 'NIL'.padStart(4), 'accepted', 'precision', '  recall', 'NIL false'].join('  ');
function line(name: string, s: Score): void {
  const counts = [String(s.positives).padStart(5), String(s.nils).padStart(4), String(answered(s)).padStart(8)];
  console.log(
    [
      name.padEnd(38),
      ...counts,
      percent(precision(s)).padStart(9),
      percent(recall(s)),
      percent(nilFalseAccepts(s)).padStart(9),
    ].join('  '),
  );
}
function title(text: string): void {
  console.log(`\n${text.padEnd(38)}  ${HEAD}`);
}
function list(name: string, judged: readonly Judged[]): void {
  const bad = judged.filter((j) => j.verdict === 'wrong' || j.verdict === 'false-accept' || j.verdict === 'open');
  if (!errors || bad.length === 0) return;
  console.log(`\n${name}: ${bad.length} not right`);
  for (const j of [...bad].sort((a, b) => (a.verdict === 'open' ? 1 : 0) - (b.verdict === 'open' ? 1 : 0)))
    console.log(
      `  ${j.verdict.padEnd(12)} ${j.group}: "${j.asked.slice(0, 90)}" → ${j.got ?? '–'} [${j.rule}], gold ${j.wanted}${j.sameName ? ' (same name)' : ''}`,
    );
}
function groups(judged: readonly Judged[]): void {
  for (const [name, score] of [...scoresBy(judged, (j) => j.group)].sort(([a], [b]) => (a < b ? -1 : 1)))
    line(`  ${name}`, score);
}
function rules(judged: readonly Judged[]): void {
  const all = scoreOf(judged);
  const byRule = [...scoresBy(judged, (j) => j.rule)].filter(([, s]) => answered(s) > 0);
  for (const [name, s] of byRule.sort(([, a], [, b]) => b.right - a.right))
    console.log(
      `  rule ${name.padEnd(31)}  accepted ${String(answered(s)).padStart(4)}, precision ${percent(precision(s))}, adds ${percent(s.right / all.positives)} of recall`,
    );
}

const gold = goldValues();
const keys = goldKeys();
const terms = goldTerms();
const mappings = await loadMappings(['mappings']);
const index = await openTermIndex(['ontologies/terms.idx', 'ontologies/edam-bioimaging.idx']);
/** `--names`: values by names of terms alone; `--tables`: by rows alone. */
const make = (set: MappingSet): Mapper =>
  process.argv.includes('--names')
    ? namesMapper(set, index)
    : process.argv.includes('--tables')
      ? tableMapper(set)
      : groundMapper(set, index);
const mapper: Mapper = make(mappings);
console.log(`mapper: ${mapper.name}; ${mappings.rows.length} rows in force`);

/** Groups of gold values by what they test. */
const NO_INDEX = new Set(['gene', 'compound', 'protein']);
const isPlain = (g: GoldValue): boolean => !NO_INDEX.has(g.field);
const sets: readonly (readonly [string, readonly GoldValue[]])[] = [
  ['values, all but phenotype', gold.filter((g) => g.set === 'values' && isPlain(g) && g.field !== 'phenotype')],
  ['hard strings', gold.filter((g) => g.set === 'hard')],
  ['imaging method, all strings', gold.filter((g) => g.field === 'imaging_method')],
  ['phenotype', gold.filter((g) => g.set === 'values' && g.field === 'phenotype')],
];
for (const [name, all] of sets) {
  const reachable = all.filter((g) => isReachable(g, terms));
  const judged = judgeValues(reachable, mapper, terms);
  title(name);
  line('terms that can be shipped', scoreOf(judged));
  if (!name.startsWith('imaging') && name !== 'phenotype') groups(judged);
  line('all terms, those of closed ontologies too', scoreOf(judgeValues(all, mapper, terms)));
  rules(judged);
  const sameName = judged.filter((j) => j.sameName).length;
  if (sameName > 0) console.log(`  ${sameName} of the wrong ones name a term of another ontology with the same name`);
  list(name, judged);
}

// Phenotypes are for people to choose from.
if (mapper.suggest !== undefined) {
  const asked = gold.filter((g) => g.field === 'phenotype' && isReachable(g, terms));
  for (const k of [1, 5]) {
    const hit = asked.filter((g) =>
      mapper.suggest?.(g.field, g.value, k).some((c) => g.terms.map(terms.current).includes(terms.current(c))),
    ).length;
    console.log(
      `phenotype suggestions, right term among the first ${k}: ${percent(hit / asked.length)} of ${asked.length}`,
    );
  }
} else console.log('phenotype suggestions: no such function yet');

// What is left when nobody had seen the texts.
title('values without what was learnt');
const plain = gold.filter((g) => isPlain(g) && g.field !== 'phenotype' && isReachable(g, terms));
const textsOf = (values: readonly GoldValue[]): ReadonlySet<string> => new Set(values.map((g) => fold(g.value)));
line('all', scoreOf(judgeValues(plain, mapper, terms)));
line(
  '… without rows for these texts',
  scoreOf(judgeValues(plain, make(withoutTexts(mappings, textsOf(plain))), terms)),
);
line('… without reviewed rows', scoreOf(judgeValues(plain, make(namesOnly(mappings)), terms)));
// Studies in four parts by their number; the texts that only the studies of one part have are asked as if the part was unknown.
const number = (study: string): number => Number(/\d+/.exec(study)?.[0] ?? 0);
const parts = [0, 1, 2, 3]
  .map((part) => plain.filter((g) => g.studies.length > 0 && g.studies.every((s) => number(s) % 4 === part)))
  .filter((own) => own.length > 0);
line('texts of one part of the studies', scoreOf(parts.flatMap((own) => judgeValues(own, mapper, terms))));
line(
  '… not learnt from that part',
  scoreOf(parts.flatMap((own) => judgeValues(own, make(withoutTexts(mappings, textsOf(own))), terms))),
);
const hard = gold.filter((g) => g.set === 'hard');
line('hard strings', scoreOf(judgeValues(hard, mapper, terms)));
line('… without rows for these texts', scoreOf(judgeValues(hard, make(withoutTexts(mappings, textsOf(hard))), terms)));
warn(
  'values',
  scoreOf(judgeValues(plain, mapper, terms)),
  scoreOf(judgeValues(plain, make(withoutTexts(mappings, textsOf(plain))), terms)),
);
warn(
  'hard strings',
  scoreOf(judgeValues(hard, mapper, terms)),
  scoreOf(judgeValues(hard, make(withoutTexts(mappings, textsOf(hard))), terms)),
);

/** Says how much of the recall comes from rows for exactly these texts. */
function warn(name: string, all: Score, without: Score): void {
  const share = 1 - without.right / all.right;
  console.log(
    `  ${name}: memorised share ${percent(share).trim()}${share > 0.25 ? '  WARNING: much of this will not carry over to other texts' : ''}`,
  );
}

const keySets: readonly (readonly [string, (k: GoldKey) => boolean])[] = [
  ['all', () => true],
  ['sure ones (confidence ≥ 0.8)', (k) => k.confidence >= 0.8],
];
for (const what of ['field', 'module'] as const) {
  title(`keys, ${what}`);
  for (const [name, of] of keySets) line(name, scoreOf(judgeKeys(keys.filter(of), mapper, what)));
  const judged = judgeKeys(keys, mapper, what);
  if (what === 'field') {
    groups(judged);
    rules(judged);
    list('keys', judged);
  }
  const texts = (of: readonly GoldKey[]): ReadonlySet<string> => new Set(of.map((k) => fold(k.key)));
  const without = scoreOf(judgeKeys(keys, make(withoutTexts(mappings, texts(keys))), what));
  line('without rows for these keys', without);
  warn('keys', scoreOf(judged), without);
  const sources = [...new Set(keys.flatMap((k) => k.sources))];
  const folds = sources.flatMap((s) => {
    const own = keys.filter((k) => k.sources.length === 1 && k.sources[0] === s);
    const left = judgeKeys(own, make(withoutTexts(mappings, texts(own))), what);
    if (what === 'field' && scoreOf(left).positives >= 5) line(`  only in ${s}, not learnt`, scoreOf(left));
    return left;
  });
  line('keys of one source, not learnt from it', scoreOf(folds));
}
const companions = keys.filter((k) => k.module === '_companion');
console.log(
  `companions recognised: ${companions.filter((k) => mapper.key(k.key).outcome === 'companion').length} of ${companions.length}`,
);

console.log('\naccession audit');
const accessions = goldAccessions();
for (const [name, of] of [
  [
    'terms of open ontologies',
    accessions.filter((a) => terms.ontologies.has(a.accession.split(':')[0] ?? '') && !NO_INDEX.has(a.field)),
  ],
  ['all but gene and compound', accessions.filter((a) => !NO_INDEX.has(a.field))],
  ['gene and compound identifiers', accessions.filter((a) => NO_INDEX.has(a.field))],
] as const) {
  const scores = scoreAudit(of, mapper);
  console.log(
    `  ${name.padEnd(32)} ${scores
      .filter((s) => s.n > 0)
      .map((s) => `${s.is}: ${s.flagged} of ${s.n} flagged (${percent(s.flagged / s.n).trim()})`)
      .join('; ')}`,
  );
  if (!errors) continue;
  for (const s of scores)
    for (const g of s.others.slice(0, 25))
      console.log(
        `    ${s.is}, ${s.is === 'right' ? 'flagged' : 'missed'}: ${g.field} "${g.value}" ${g.accession} ${terms.label(g.accession) ?? ''}`,
      );
}

console.log('\nforeign texts (values of other kinds, gene symbols, remarks); a few are right by chance');
for (const { field, asked, accepted } of foreignAccepts(gold, mapper)) {
  console.log(
    `  ${field.padEnd(24)} ${String(accepted.length).padStart(5)} of ${asked} accepted (${percent(accepted.length / asked).trim()})`,
  );
  if (errors)
    for (const a of accepted.slice(0, 30))
      console.log(
        `    "${a.value.slice(0, 60)}" → ${a.answer.curie} ${terms.label(a.answer.curie) ?? ''} [${a.answer.rule}]`,
      );
}

const pairs = table('gold/idr-server-kv.tsv.gz').map((r) => [r.key ?? '', r.value ?? ''] as const);
let mapped = 0;
for (const [key] of pairs) if (mapper.key(key).outcome !== 'unknown') mapped += 1;
console.log(`\npairs of a server: ${pairs.length}; ${percent(mapped / pairs.length).trim()} have a key that is known`);
if (speed) {
  const time = (name: string, n: number, work: () => void): void => {
    const start = performance.now();
    work();
    const seconds = (performance.now() - start) / 1000;
    console.log(`${name}: ${n} in ${seconds.toFixed(2)} s, ${Math.round(n / seconds).toLocaleString('en')}/s`);
  };
  const run = (of: readonly (readonly [string, string])[]) => () => {
    for (const [key, value] of of) mapper.pair(key, value);
  };
  time('pairs, cold cache', pairs.length, run(pairs));
  const many = Array.from({ length: 10 }, () => pairs).flat();
  time('pairs, warm cache (target 200,000/s)', many.length, run(many));
  const kinds = [
    'Organism',
    'Cell Line',
    'Imaging method',
    'Organism Part',
    'Disease',
    'Phenotype',
    'Cell Type',
    'Compound Name',
  ];
  const texts = plain.map((g) => g.value);
  const distinct = Array.from({ length: 1_000_000 }, (_, i) => {
    const text = texts[i % texts.length] ?? '';
    return [
      kinds[i % kinds.length] ?? '',
      i % 3 === 0 ? `${text} ${i}` : i % 3 === 1 ? `${text} (sample ${i})` : `cell ${i} of ${text}`,
    ] as const;
  });
  time('distinct texts (target 1 M in 60 s)', distinct.length, run(distinct));
}

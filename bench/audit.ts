import { execFileSync, fork, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateContainer, TRIPLES_PER_IMAGE } from './auditContainer.js';
import { type Engine, ours, rdfValidateShacl, type Round, shaclEngine } from './auditEngines.js';
import { measurePage } from './auditPage.js';
import { measureProfile } from './auditProfile.js';
import { AUDIT_SHAPES, CONSTRAINTS } from './auditShapes.js';

/**
 * Validation of a record beside other SHACL engines, each in a process of its own: `node bench/run.js audit [triples] [most] [images]`.
 * `triples` is the size of the file that all engines read (1 M), `most` how much ours alone reads in containers of 100 k
 * (100 M), `images` how many the whole profile is audited over and the
 * HTML report shows (100 000).
 */
const ROUNDS = 3;
const ENGINES: Readonly<Record<string, (shapes: string) => Engine>> = { ours, shaclEngine, rdfValidateShacl };
const LABELS: Readonly<Record<string, string>> = {
  ours: 'omegraph',
  shaclEngine: 'shacl-engine on n3',
  rdfValidateShacl: 'rdf-validate-shacl on n3',
  jena: 'Jena SHACL, warm JVM',
};
const MUSTS = { shaclEngine: 20, rdfValidateShacl: 20, jena: 3 };

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The side of the engine: a line of JSON for each file that arrives. */
async function runEngine([name = '', shapes = '']: readonly string[]): Promise<void> {
  const engine = ENGINES[name]?.(shapes);
  if (engine === undefined) throw new Error(`there is no engine of this name: ${name}`);
  process.on('message', (file) => {
    void engine(String(file)).then((round) => process.send?.(round));
  });
}

interface Runner {
  round(file: string): Promise<Round>;
  stop(): void;
}

function runnerOf(name: string, shapes: string): Runner {
  const child = fork(fileURLToPath(import.meta.url), ['--engine', name, shapes], {
    execArgv: ['--max-old-space-size=12288'],
  });
  return {
    round: (file) =>
      new Promise((resolve, reject) => {
        const failed = (code: number | null): void => reject(new Error(`${name} ended with ${code}`));
        child.once('exit', failed);
        child.once('message', (round) => {
          child.off('exit', failed);
          resolve(round as Round);
        });
        child.send(file);
      }),
    stop: () => void child.kill(),
  };
}

/** Rounds of Jena after one to warm up; none where Java or Maven is not at hand. */
function jena(shapes: string, file: string): Round[] | string {
  const pom = join(root, 'bench/jena/pom.xml');
  const classPath = join(root, 'node_modules/.cache/bench/jena.classpath');
  for (const tool of ['java', 'mvn']) {
    if (spawnSync(tool, ['-version']).error !== undefined) return `there is no \`${tool}\` on this machine`;
  }
  if (!existsSync(classPath)) {
    const got = spawnSync('mvn', [
      '-q',
      '-B',
      '-f',
      pom,
      'dependency:build-classpath',
      `-Dmdep.outputFile=${classPath}`,
    ]);
    if (got.status !== 0) return `Maven did not get it: ${String(got.stdout).trim().split('\n')[0]}`;
  }
  const out = execFileSync(
    'sh',
    [
      '-c',
      'exec java -cp "$(cat "$1")" "$2" "$3" "$4" "$5"',
      'sh',
      classPath,
      join(root, 'bench/jena/Shacl.java'),
      shapes,
      file,
      `${ROUNDS + 1}`,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return out
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Round);
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const mebibytes = (kib: number): string => `${(kib / 1024).toFixed(0)} MiB`;
const times = (factor: number): string => `${factor.toFixed(1)} ×`;

function table(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    );
}

async function main(triples: number, most: number, images: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
  try {
    const shapes = join(folder, 'shapes.ttl');
    writeFileSync(shapes, AUDIT_SHAPES);
    await compare(folder, shapes, triples);
    await grow(folder, shapes, most);
  } finally {
    rmSync(folder, { recursive: true });
  }
  await measureProfile(images);
  if (!(await measurePage(images))) process.exitCode = 1;
}

async function compare(folder: string, shapes: string, triples: number): Promise<void> {
  const file = join(folder, 'container.nq');
  const made = generateContainer(file, Math.round(triples / TRIPLES_PER_IMAGE));
  console.log(
    `${CONSTRAINTS} constraints over ${made.triples} triples, ${(made.bytes / 1e6).toFixed(0)} MB; medians of ${ROUNDS}\n`,
  );
  const rounds = new Map<string, readonly Round[]>();
  for (const name of Object.keys(ENGINES)) {
    const runner = runnerOf(name, shapes);
    const own: Round[] = [];
    for (let i = 0; i < ROUNDS; i++) own.push(await runner.round(file));
    runner.stop();
    rounds.set(name, own);
  }
  const java = jena(shapes, file);
  if (typeof java === 'string') console.log(`Jena SHACL is left out: ${java}`);
  else rounds.set('jena', java);
  rmSync(file);
  const cost = (own: readonly Round[]) => ({
    read: median(own.map((r) => r.read)),
    validate: median(own.map((r) => r.validate)),
    whole: median(own.map((r) => r.read + r.validate)),
    cpu: median(own.map((r) => r.cpu)),
    peak: Math.max(...own.map((r) => r.peak)),
  });
  const base = cost(rounds.get('ours') ?? []);
  const rows = [
    [
      '',
      'read',
      'validate',
      'both',
      'CPU',
      'peak memory',
      'results',
      'time / ours',
      'validation / ours',
      'CPU / ours',
      'memory / ours',
      'must',
    ],
  ];
  for (const [name, own] of rounds) {
    const { read, validate, whole, cpu, peak } = cost(own);
    const must = MUSTS[name as keyof typeof MUSTS];
    const met = whole / base.whole >= must && peak / base.peak >= 3;
    // On small files the start of the processes is what is measured.
    const verdict = triples < 1_000_000 ? 'not judged' : met ? 'met' : 'NOT MET';
    if (must !== undefined && verdict === 'NOT MET') process.exitCode = 1;
    rows.push([
      LABELS[name] ?? name,
      ...[read, validate, whole, cpu].map(seconds),
      mebibytes(peak),
      String(own[0]?.results),
      ...(must === undefined
        ? ['', '', '', '', '']
        : [
            times(whole / base.whole),
            times(validate / base.validate),
            times(cpu / base.cpu),
            times(peak / base.peak),
            `≥ ${must} ×, memory ≥ 3 ×: ${verdict}`,
          ]),
    ]);
  }
  table(rows);
  const all = [...rounds.values()].flat();
  const same = new Set(all.map((r) => r.results)).size === 1 && new Set(all.flatMap((r) => r.found ?? [])).size === 1;
  console.log(`\nresults of all engines ${same ? 'agree' : 'DO NOT AGREE'}\n`);
  if (!same) process.exitCode = 1;
}

/** Ours alone over containers of 100 k triples, made a few at a time and deleted again. */
async function grow(folder: string, shapes: string, most: number): Promise<void> {
  const images = Math.round(100_000 / TRIPLES_PER_IMAGE);
  const runner = runnerOf('ours', shapes);
  const rows = [
    ['containers', 'triples', 'read', 'validate', 'both', 'CPU', 'CPU per million', 'peak memory', 'results'],
  ];
  const sum = { read: 0, validate: 0, cpu: 0, triples: 0, results: 0, peak: 0 };
  let containers = 0;
  const file = join(folder, 'one.nq');
  const report = (): void => {
    rows.push([
      ...[containers, sum.triples].map(String),
      ...[sum.read, sum.validate, sum.read + sum.validate, sum.cpu, (sum.cpu / sum.triples) * 1e6].map(seconds),
      mebibytes(sum.peak),
      String(sum.results),
    ]);
  };
  for (let goal = 1_000_000; goal <= most; goal *= 10) {
    for (; sum.triples < goal; containers++) {
      generateContainer(file, images, containers + 1);
      const round = await runner.round(file);
      rmSync(file);
      sum.read += round.read;
      sum.validate += round.validate;
      sum.cpu += round.cpu;
      sum.triples += round.triples;
      sum.results += round.results;
      sum.peak = round.peak;
    }
    report();
  }
  runner.stop();
  console.log('omegraph over containers of 100 k triples, one after the other in one thread\n');
  table(rows);
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--engine') await runEngine(rest);
else await main(Number(first ?? 1_000_000), Number(rest[0] ?? 100_000_000), Number(rest[1] ?? 100_000));

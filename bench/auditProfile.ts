import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { loadProfile } from '../src/audit/loadProfile.js';
import { auditRecord } from '../src/audit/run/auditRecord.js';
import type { ContainerEntry, Manifest } from '../src/graph/manifest.js';
import { openRecord } from '../src/graph/record.js';
import { AUDIT_BASE, generateContainer } from './auditContainer.js';

/** What an audit cost. */
interface Audited {
  readonly ms: number;
  /** Of all threads. */
  readonly cpuMs: number;
  readonly triples: number;
  readonly images: number;
  readonly results: number;
  readonly completeness: number | null;
  /** Largest resident memory of the process, its threads included, in KiB. */
  readonly peak: number;
  readonly partial: boolean;
}

/**
 * The whole audit of a record, completeness, roll-ups and files of results included, for so many images and for twice as
 * many: `node bench/run.js audit-profile [images] [profile] [workers]`.
 */
const ROUNDS = 3;
const PER_PROJECT = 10_000;
const MOST_MS = 60_000;
const MOST_GROWTH = 2.2;

/** Writes a record of projects of 10 000 images into a folder. */
export function generateRecord(folder: string, images: number): void {
  mkdirSync(join(folder, 'graphs'), { recursive: true });
  const containers: ContainerEntry[] = [];
  for (let project = 1; (project - 1) * PER_PROJECT < images; project++) {
    const own = Math.min(PER_PROJECT, images - (project - 1) * PER_PROJECT);
    const file = `graphs/Project-${project}.nq`;
    const { triples, ...made } = generateContainer(join(folder, file), own, project);
    containers.push({
      ...made,
      file,
      quads: triples,
      container: `Project:${project}`,
      label: `Screen of compounds ${project}`,
      graph: `${AUDIT_BASE}/graph/Project/${project}`,
      exportedAt: '2026-11-01T00:00:00Z',
    });
  }
  const manifest: Manifest = {
    format: 'omegraph-record',
    version: 1,
    base: AUDIT_BASE,
    software: 'bench',
    source: 'synthetic',
    containers,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

/** The audit itself, in a process of its own; ontologies included when there is an index. */
async function audit(folder: string, profile: string, workers: string): Promise<Audited> {
  const record = await openRecord(folder);
  const loaded = await loadProfile(profile);
  const start = performance.now();
  const cpu = process.cpuUsage();
  const { report } = await auditRecord(record, loaded, {
    folder: join(folder, 'audit'),
    terms: [fileURLToPath(new URL('../../../ontologies/terms.idx', import.meta.url))],
    ...(workers !== '' && { workers: Number(workers) }),
  });
  const { images, results, completeness } = report.server;
  const { user, system } = process.cpuUsage(cpu);
  rmSync(join(folder, 'audit'), { recursive: true });
  return {
    ms: performance.now() - start,
    cpuMs: (user + system) / 1000,
    triples: report.triples,
    images,
    results: results.violation + results.warning + results.info,
    completeness,
    peak: process.resourceUsage().maxRSS,
    partial: report.partial,
  };
}

/** Prints both sizes; the exit code is 1 when one of the goals is not met. */
export async function measureProfile(images: number, profile = 'rembi', workers = ''): Promise<void> {
  console.log(`\nprofile ${profile} with completeness, projects of ${PER_PROJECT} images; medians of ${ROUNDS}\n`);
  const runs: Audited[] = [];
  for (const count of [images, images * 2]) {
    const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
    try {
      generateRecord(folder, count);
      const rounds: Audited[] = [];
      for (let i = 0; i < ROUNDS; i++) rounds.push(await inOwnProcess([folder, profile, workers]));
      const run = rounds.sort((a, b) => a.ms - b.ms)[ROUNDS >> 1] as Audited;
      runs.push(run);
      console.log(
        `${run.images} images, ${run.triples} triples: ${seconds(run.ms)} (${seconds(run.cpuMs)} CPU), ` +
          `peak memory ${(run.peak / 1024).toFixed(0)} MiB, ${run.results} results, ` +
          `completeness ${((run.completeness ?? 0) * 100).toFixed(1)} %${run.partial ? ', PARTIAL' : ''}`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const [once, twice] = runs as [Audited, Audited];
  const growth = twice.ms / once.ms;
  const met = once.ms <= MOST_MS && growth <= MOST_GROWTH && !once.partial && !twice.partial;
  // Of few images the start of the threads is what is measured.
  const verdict = images < 100_000 ? 'not judged' : met ? 'met' : 'NOT MET';
  console.log(`growth ${growth.toFixed(2)} × (must: ≤ ${MOST_GROWTH} ×, 100 000 images ≤ 60 s): ${verdict}`);
  if (verdict === 'NOT MET') process.exitCode = 1;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function inOwnProcess(parts: readonly string[]): Promise<Audited> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['--audit', ...parts]);
    child.once('message', (message) => resolve(message as Audited));
    child.once('exit', (code) => reject(new Error(`the audit ended with ${code}`)));
  });
}

const [first, folder = '', profile = '', workers = ''] = process.argv.slice(2);
if (first === '--audit') {
  const audited = await audit(folder, profile, workers);
  process.send?.(audited, undefined, undefined, () => process.exit());
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await measureProfile(Number(first ?? 100_000), folder || undefined, profile);
}

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { loadProfile } from '../src/audit/loadProfile.js';
import { auditHtml } from '../src/audit/reports/auditHtml.js';
import { auditRecord } from '../src/audit/run/auditRecord.js';
import { openRecord } from '../src/graph/record.js';
import { generateRecord } from './auditProfile.js';

/**
 * The HTML report of so many images, written and opened in headless Chromium: until it can be used, until a container is
 * shown with its images, and until all images are listed. `node bench/run.js audit-page [images]`.
 */
const ROUNDS = 3;
const MOST_MS = 2000;
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;

/** Milliseconds from asking for the page until its script says that it is ready; each time in a browser of its own. */
async function opened(address: string, executablePath: string): Promise<number> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const start = performance.now();
    await page.goto(address);
    await page.waitForSelector('html[data-ready]', { timeout: 120_000 });
    return performance.now() - start;
  } finally {
    await browser.close();
  }
}

/** Prints the table. @returns whether the page opens in time */
export async function measurePage(images: number): Promise<boolean> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) {
    console.log('HTML report: left out, as there is no Chromium here');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-page-'));
  try {
    generateRecord(folder, images);
    const audit = await auditRecord(await openRecord(folder), await loadProfile('rembi'));
    const path = join(folder, 'audit.html');
    const start = performance.now();
    const file = await open(path, 'w');
    for await (const chunk of auditHtml(audit)) await file.write(chunk);
    await file.close();
    const writing = performance.now() - start;
    const address = pathToFileURL(path).href;
    const { container } = audit.report.containers[0] ?? {};
    const cases = [
      ['until it can be used', ''],
      ['until a container is shown with its images', `#container=${container}`],
      ['until all images with gaps are found', '#list=1'],
    ] as const;
    const times: number[] = [];
    for (const [, hash] of cases) {
      const rounds: number[] = [];
      for (let i = 0; i < ROUNDS; i++) rounds.push(await opened(address + hash, executablePath));
      times.push(median(rounds));
    }
    console.log(
      `HTML report of ${images} images: ${(statSync(path).size / 1e6).toFixed(1)} MB, written in ${Math.round(writing)} ms`,
    );
    for (const [i, [what]] of cases.entries())
      console.log(`  ${what.padEnd(44)} ${String(Math.round(times[i] ?? NaN)).padStart(6)} ms`);
    return (times[0] ?? Infinity) <= MOST_MS;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const inTime = await measurePage(Number(process.argv[2] ?? 100_000));
  if (!inTime) {
    console.error(`The page takes longer than ${MOST_MS} ms to open.`);
    process.exitCode = 1;
  }
}

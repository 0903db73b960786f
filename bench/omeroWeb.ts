/**
 * Reading a live OMERO over OMERO.web's JSON API: `npm run bench omero-web [images]`. A generated stand-in server runs in a
 * process of its own, and so does each reader: (b) the source, with its journal and without; (a) a bare loop that fetches the
 * same URLs with the same concurrency and parses their JSON.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { omeroWebSource } from '../src/extract/web/webSource.js';
import { type SpawnedOmeroWeb, spawnOmeroWeb } from '../test/support/omeroWeb/spawn.js';

interface Measured {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly peakMB: number;
  /** Records, or bytes of JSON. */
  readonly things: number;
  /** Images among the records. */
  readonly images: number;
}

/** How a reader process reaches the server. */
interface Target {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly connections: number;
  /** File with the paths to fetch, or folder of the journal. */
  readonly path?: string;
}

const self = fileURLToPath(import.meta.url);
const CONNECTIONS = 2;
const ROUNDS = 3;
/** What the source reads, without the login. */
const PAGES = /\/(m|webclient\/api|webgateway)\//;

async function source({ url, username, password, connections, path }: Target): Promise<[number, number]> {
  const read = omeroWebSource({
    url,
    credentials: { username, password },
    connections,
    userAgent: 'omegraph bench',
    ...(path !== undefined && { journal: { folder: path } }),
  });
  let records = 0;
  let images = 0;
  const findings: string[] = [];
  for await (const record of read.records([], { onFinding: (f) => void findings.push(`${f.focus}: ${f.code}`) })) {
    records += 1;
    if (record.kind === 'object' && record.object.type === 'Image') images += 1;
  }
  await read.done?.();
  if (findings.length > 0) console.error(`${findings.length} findings: ${findings.slice(0, 3).join(', ')}`);
  return [records, images];
}

/** Logs in and fetches the paths, in their order, so many at a time. */
async function bare({ url, username, password, connections, path = '' }: Target): Promise<[number, number]> {
  const token = await fetch(`${url}api/v0/token/`);
  const csrf = ((await token.json()) as { data: string }).data;
  const cookie = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
  const login = await fetch(`${url}api/v0/login/`, {
    method: 'POST',
    headers: { Cookie: cookie(token), 'X-CSRFToken': csrf, Referer: url },
    body: new URLSearchParams({ username, password, server: '1' }),
  });
  if (login.status !== 200) throw new Error(`login: ${login.status} ${await login.text()}`);
  const headers = { Cookie: [cookie(token), cookie(login)].join('; '), 'X-Requested-With': 'XMLHttpRequest' };
  const paths = JSON.parse(readFileSync(path, 'utf8')) as string[];
  let bytes = 0;
  let next = 0;
  const loop = async (): Promise<void> => {
    for (let at = next++; at < paths.length; at = next++) {
      const text = await (await fetch(new URL((paths[at] ?? '').replace(/^\//, ''), url), { headers })).text();
      JSON.parse(text);
      bytes += text.length;
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return [bytes, 0];
}

async function measure(side: string, target: Target): Promise<void> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const [things, images] = await (side === 'bare' ? bare(target) : source(target));
  const used = process.cpuUsage(cpu);
  const measured: Measured = {
    cpuSeconds: (used.user + used.system) / 1e6,
    seconds: (performance.now() - started) / 1000,
    peakMB: process.resourceUsage().maxRSS / 1024,
    things,
    images,
  };
  process.stdout.write(JSON.stringify(measured));
}

async function run(side: 'bare' | 'source', target: Target): Promise<Measured> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [self, side, JSON.stringify(target)]);
  if (stderr !== '') console.error(stderr.trimEnd());
  return JSON.parse(stdout) as Measured;
}

/** The least time, since what is above it is the machine's doing; the median of the peaks, which the garbage collector scatters. */
function best(rounds: readonly Measured[]): Measured {
  const sorted = (of: (m: Measured) => number): number[] => rounds.map(of).sort((x, y) => x - y);
  const least = (of: (m: Measured) => number): number => sorted(of)[0] ?? 0;
  return {
    cpuSeconds: least((m) => m.cpuSeconds),
    seconds: least((m) => m.seconds),
    peakMB: sorted((m) => m.peakMB)[Math.floor(rounds.length / 2)] ?? 0,
    things: least((m) => m.things),
    images: least((m) => m.images),
  };
}

interface Compared {
  readonly requestsPerImage: number;
  readonly cpuRatio: number;
  readonly peakMB: number;
}

async function compare(images: number): Promise<Compared> {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
  const server: SpawnedOmeroWeb = await spawnOmeroWeb(['--images', String(images)]);
  try {
    const { url, username, password } = server;
    const target: Target = { url, username, password, connections: CONNECTIONS };
    const plain = await run('source', target);
    const log = await server.log();
    const pages = log
      .filter(({ method, status, path }) => method === 'GET' && status === 200 && PAGES.test(path))
      .map(({ path }) => path);
    const list = join(folder, 'paths.json');
    writeFileSync(list, JSON.stringify(pages));
    const before = (await server.statistics()).cpuSeconds;
    const loops = [await run('bare', { ...target, path: list })];
    const after = (await server.statistics()).cpuSeconds;
    const kept: Measured[] = [];
    // In turn, so that a busy machine is unfair to all alike.
    for (let round = 0; round < ROUNDS; round += 1) {
      kept.push(await run('source', { ...target, path: join(folder, 'journal') }));
      if (round === 0) continue;
      loops.push(await run('bare', { ...target, path: list }));
    }
    const loop = best(loops);
    const found = plain.images;
    if (found < images) throw new Error(`${found} images instead of ${images}`);
    console.log(`${found} images, ${log.length} requests: ${(log.length / found).toFixed(4)} an image`);
    const row = (what: string, m: Measured): void =>
      console.log(
        `  ${what.padEnd(20)} ${m.cpuSeconds.toFixed(1).padStart(6)} s CPU  ${m.seconds.toFixed(1).padStart(6)} s  peak ${m.peakMB.toFixed(0).padStart(4)} MB  ${(m.cpuSeconds / loop.cpuSeconds).toFixed(2)} × the bare loop`,
      );
    row('bare loop', loop);
    row('source', plain);
    row('source with journal', best(kept));
    console.log(
      `  the server took ${(after - before).toFixed(1)} s CPU for ${pages.length} pages, ${(loop.things / 1e6).toFixed(0)} MB of JSON`,
    );
    return {
      requestsPerImage: log.length / found,
      cpuRatio: best(kept).cpuSeconds / loop.cpuSeconds,
      peakMB: best(kept).peakMB,
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** Whether a ratio keeps what was promised. */
function verdict(what: string, value: number, most: number): void {
  console.log(`${value <= most ? 'kept  ' : 'MISSED'} ${what}: ${value.toFixed(3)} (at most ${most})`);
  if (value > most) process.exitCode = 1;
}

const [side = '100000', target = ''] = process.argv.slice(2);
if (side === 'source' || side === 'bare') await measure(side, JSON.parse(target) as Target);
else {
  const few = await compare(Number(side) / 10);
  const many = await compare(Number(side));
  verdict('requests an image', many.requestsPerImage, 0.05);
  verdict('CPU time to that of a bare loop, with journal', many.cpuRatio, 3);
  verdict('peak memory to that of a tenth of the images', many.peakMB / few.peakMB, 1.2);
}

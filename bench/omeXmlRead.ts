/**
 * Reading OME-XML against a bare saxes parse of the same file, each in a process of its own:
 * `node bench/run.js omeXmlRead [megabytes] [rounds]`, from the top folder.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { readOmeXml } from '../src/ome/omeXmlReader.js';
import { generateOmeXml } from './generate.js';

const SIDES = ['saxes-xmlns', 'saxes-plain', 'reader'] as const;
type Side = (typeof SIDES)[number];
interface Measured {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly peakMB: number;
  readonly things: number;
}

const self = fileURLToPath(import.meta.url);

async function bare(file: string, xmlns: boolean): Promise<number> {
  const parser = new SaxesParser({ xmlns });
  let elements = 0;
  parser.on('opentag', () => {
    elements += 1;
  });
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) parser.write(chunk as string);
  parser.close();
  return elements;
}

async function reader(file: string): Promise<number> {
  let nodes = 0;
  const identify = (id: string): string => `k7f3.${id.slice(id.indexOf(':') + 1)}`;
  const onFinding = (f: unknown): void => console.error(f);
  for await (const batch of readOmeXml(createReadStream(file), { file, identify, onFinding })) nodes += batch.length;
  return nodes;
}

async function measure(side: Side, file: string): Promise<void> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const things = side === 'reader' ? await reader(file) : await bare(file, side === 'saxes-xmlns');
  const used = process.cpuUsage(cpu);
  const measured: Measured = {
    cpuSeconds: (used.user + used.system) / 1e6,
    seconds: (performance.now() - started) / 1000,
    peakMB: process.resourceUsage().maxRSS / 1024,
    things,
  };
  process.stdout.write(JSON.stringify(measured));
}

function run(side: Side, file: string): Measured {
  const printed = execFileSync(process.execPath, [self, side, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as Measured;
}

function compare(megabytes: number, rounds: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
  try {
    for (const size of [megabytes, 2 * megabytes]) {
      const file = join(folder, `${size}.ome.xml`);
      const { images } = generateOmeXml(file, size * 1e6);
      const mb = statSync(file).size / 1e6;
      console.log(`${mb.toFixed(0)} MB, ${images} images`);
      const all = new Map<Side, Measured[]>(SIDES.map((side) => [side, []]));
      // In turn, so that a busy machine is unfair to all alike; the fastest round counts.
      for (let round = 0; round < rounds; round += 1) for (const side of SIDES) all.get(side)?.push(run(side, file));
      const best = (side: Side): Measured =>
        (all.get(side) ?? []).reduce((a, b) => (a.cpuSeconds <= b.cpuSeconds ? a : b));
      for (const side of SIDES) {
        const { cpuSeconds, seconds, peakMB, things } = best(side);
        const ratio = (best('saxes-xmlns').cpuSeconds / cpuSeconds) * 100;
        console.log(
          `  ${side.padEnd(12)} ${(mb / cpuSeconds).toFixed(1)} MB/s CPU  ${seconds.toFixed(1)} s  peak ${peakMB.toFixed(0)} MB  ${things} ${side === 'reader' ? 'nodes' : 'elements'}  ${ratio.toFixed(0)} % of saxes with namespaces`,
        );
      }
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [side, file] = process.argv.slice(2);
if (SIDES.includes(side as Side) && file !== undefined && existsSync(file)) await measure(side as Side, file);
else compare(Number(side ?? 150), Number(file ?? 3));

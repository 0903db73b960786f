/**
 * OME-XML → record of sorted N-Quads, against a bare saxes parse of the same file, each in a process of its own.
 * `npm run bench omeXmlToNQuads [megabytes]`, from the top folder.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { fileSource } from '../src/extract/fileSource.js';
import { loadMappings } from '../src/map/sssom.js';
import { exportRecord } from '../src/pipeline.js';
import { irisUnder } from '../src/rdf/iris.js';
import { generateOmeXml } from './generate.js';

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMB: number;
  readonly quads?: number;
}

const self = fileURLToPath(import.meta.url);

async function saxesOnly(file: string): Promise<number> {
  const parser = new SaxesParser({ xmlns: true });
  let elements = 0;
  parser.on('opentag', () => {
    elements += 1;
  });
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 16 }))
    parser.write(chunk as string);
  parser.close();
  return elements;
}

async function toRecord(file: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
  try {
    const { manifest } = await exportRecord({
      source: fileSource([file]),
      roots: [],
      folder,
      map: {
        iris: irisUnder('https://omero.example.org'),
        mappings: await loadMappings(['mappings']),
        biaBase: 'http://bia/',
      },
      software: { name: 'bench', version: '0' },
    });
    return manifest.containers.reduce((n, c) => n + c.quads, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs one side in a fresh process; prints what it measured. */
async function measure(side: string, file: string): Promise<void> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const quads = side === 'saxes' ? await saxesOnly(file) : await toRecord(file);
  const used = process.cpuUsage(cpu);
  const measured: Measured = {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    peakMB: process.resourceUsage().maxRSS / 1024,
    quads,
  };
  console.log(JSON.stringify(measured));
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function child(side: string, file: string): Measured {
  return JSON.parse(
    execFileSync(process.execPath, [...process.execArgv, self, side, file], { encoding: 'utf8', maxBuffer: 1 << 26 })
      .trim()
      .split('\n')
      .at(-1) ?? '{}',
  ) as Measured;
}

async function compare(megabytes: number): Promise<void> {
  const file = join(tmpdir(), `omegraph-bench-${megabytes}.ome.xml`);
  if (!existsSync(file)) await generateOmeXml(file, megabytes * 1e6);
  const size = statSync(file).size / 1e6;
  const runs = [1, 2, 3].map(() => ({ saxes: child('saxes', file), record: child('record', file) }));
  const saxes = median(runs.map((r) => r.saxes.seconds));
  const record = median(runs.map((r) => r.record.seconds));
  console.log(`\nfile of ${size.toFixed(0)} MB, ${runs[0]?.record.quads} quads, median of ${runs.length} runs`);
  console.table({
    'bare saxes parse': {
      'MB/s': (size / saxes).toFixed(1),
      seconds: saxes.toFixed(1),
      'peak MB': Math.max(...runs.map((r) => r.saxes.peakMB)).toFixed(0),
    },
    'OME-XML → record': {
      'MB/s': (size / record).toFixed(1),
      seconds: record.toFixed(1),
      'peak MB': Math.max(...runs.map((r) => r.record.peakMB)).toFixed(0),
    },
  });
  console.log(
    `ratio of throughput ${(saxes / record).toFixed(2)} (wanted ≥ 0.60), of memory see peak MB (wanted < 250)`,
  );
}

const [side = '', file = ''] = process.argv.slice(2);
if (side === 'saxes' || side === 'record') await measure(side, file);
else for (const megabytes of side === '' ? [150, 300] : [Number(side)]) await compare(megabytes);

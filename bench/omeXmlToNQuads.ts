/**
 * OME-XML → N-Quads against a bare saxes parse of the same file, each in a process of its own: once as a stream of lines
 * as they are made, once as the record (sorted, deduplicated, checksummed, with description). Two kinds of file: live
 * imaging (512 planes an image) and a screen (128 planes); both with 36 shapes and 24 key-value pairs an image.
 * `npm run bench omeXmlToNQuads [megabytes] [rounds]`, from the top folder.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { fileSource } from '../src/extract/fileSource.js';
import { mapRecord } from '../src/map/mapRecord.js';
import { loadMappings } from '../src/map/sssom.js';
import { exportRecord } from '../src/pipeline.js';
import { irisUnder } from '../src/rdf/iris.js';
import { nquadsWriter } from '../src/rdf/nquads.js';
import { generateOmeXml } from './generate.js';

const SIDES = ['saxes', 'nquads', 'record'] as const;
type Side = (typeof SIDES)[number];
const NAMES: Readonly<Record<Side, string>> = {
  saxes: 'bare saxes parse',
  nquads: 'OME-XML → N-Quads',
  record: 'OME-XML → record',
};
const KINDS = { 'live imaging': 512, screen: 128 } as const;

interface Measured {
  readonly seconds: number;
  readonly peakMB: number;
  readonly things: number;
}

const self = fileURLToPath(import.meta.url);

async function saxesOnly(file: string): Promise<number> {
  const parser = new SaxesParser({ xmlns: true });
  let elements = 0;
  parser.on('opentag', () => {
    elements += 1;
  });
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) parser.write(chunk as string);
  parser.close();
  return elements;
}

async function context() {
  return {
    iris: irisUnder('https://omero.example.org'),
    mappings: await loadMappings(['mappings']),
    biaBase: 'http://bia/',
  };
}

/** Lines as they are made, in the graphs of their containers; bytes are counted and dropped. */
async function toNQuads(file: string): Promise<number> {
  const map = await context();
  const writer = nquadsWriter();
  let quads = 0;
  let bytes = 0;
  for await (const record of fileSource([file]).records([], { onFinding: () => undefined })) {
    const mapped = mapRecord(record, map);
    for (const container of record.containers) {
      const end = ` <${map.iris.graph(container).value}> .\n`;
      let text = '';
      for (const quad of mapped.quads) text += writer.triple(quad) + end;
      bytes += Buffer.byteLength(text);
      quads += mapped.quads.length;
    }
  }
  if (bytes === 0) throw new Error('nothing was written');
  return quads;
}

async function toRecord(file: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
  try {
    const { manifest } = await exportRecord({
      source: fileSource([file]),
      roots: [],
      folder,
      map: await context(),
      software: { name: 'bench', version: '0' },
    });
    return manifest.containers.reduce((n, c) => n + c.quads, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs one side in this process and prints what it measured. */
async function measure(side: Side, file: string): Promise<void> {
  const started = performance.now();
  const things = await { saxes: saxesOnly, nquads: toNQuads, record: toRecord }[side](file);
  const measured: Measured = {
    seconds: (performance.now() - started) / 1000,
    peakMB: process.resourceUsage().maxRSS / 1024,
    things,
  };
  console.log(JSON.stringify(measured));
}

function child(side: Side, file: string): Measured {
  const out = execFileSync(process.execPath, [...process.execArgv, self, side, file], { encoding: 'utf8' });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Measured;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

function compare(kind: keyof typeof KINDS, megabytes: number, rounds: number): void {
  const file = join(tmpdir(), `omegraph-bench-${KINDS[kind]}-${megabytes}.ome.xml`);
  if (!existsSync(file)) generateOmeXml(file, megabytes * 1e6, KINDS[kind]);
  const size = statSync(file).size / 1e6;
  const runs = Array.from({ length: rounds }, () => SIDES.map((side) => child(side, file)));
  const of = (i: number): { seconds: number; peakMB: number; things: number } => ({
    seconds: median(runs.map((r) => r[i]?.seconds ?? 0)),
    peakMB: Math.max(...runs.map((r) => r[i]?.peakMB ?? 0)),
    things: runs[0]?.[i]?.things ?? 0,
  });
  const bare = of(0);
  console.log(`\n${kind}, ${size.toFixed(0)} MB, median of ${rounds} rounds`);
  for (const [i, side] of SIDES.entries()) {
    const m = of(i);
    console.log(
      [
        NAMES[side].padEnd(18),
        `${(size / m.seconds).toFixed(1).padStart(6)} MB/s`,
        `${m.seconds.toFixed(1).padStart(6)} s`,
        `peak ${m.peakMB.toFixed(0).padStart(4)} MB`,
        `${((100 * bare.seconds) / m.seconds).toFixed(0).padStart(4)} % of saxes`,
        `${m.things} ${side === 'saxes' ? 'elements' : 'quads'}`,
      ].join('  '),
    );
  }
}

const [first = '', second = ''] = process.argv.slice(2);
if ((SIDES as readonly string[]).includes(first)) await measure(first as Side, second);
else {
  for (const kind of ['live imaging', 'screen'] as const) {
    for (const megabytes of first === '' ? [150, 300] : [Number(first)]) compare(kind, megabytes, Number(second || 3));
  }
}

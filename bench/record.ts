import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DataFactory as df, type Quad } from 'n3';
import { createRecordWriter } from '../src/graph/recordWriter.js';
import { irisUnder } from '../src/rdf/iris.js';
import { nquadsWriter } from '../src/rdf/nquads.js';

/** The record writer against writing the same lines unsorted into memory: `node bench/run.js record [quads]`. */
const count = Number(process.argv[2] ?? 1_000_000);
const iris = irisUnder('https://omero.example.org');
const core = 'https://ld.openmicroscopy.org/core/';
const names = ['size_x', 'instrument', 'label', 'value', 'position_x', 'note', 'x', 'y'].map((p) =>
  df.namedNode(core + p),
);
const type = df.namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');
const hasPart = df.namedNode('http://purl.org/dc/terms/hasPart');
const integer = df.namedNode('http://www.w3.org/2001/XMLSchema#integer');
const double = df.namedNode('http://www.w3.org/2001/XMLSchema#double');
const dataset = iris.object('Dataset:1');

/** Ten quads an object, one of them from the dataset; ids are not in order. */
function* records(): Generator<Quad[]> {
  for (let i = 0; i * 10 < count; i++) {
    const id = (i * 7919) % 1_000_003;
    const image = iris.object(`Image:${id}`);
    const [sizeX, instrument, label, value, px, note, x, y] = names;
    yield [
      df.quad(dataset, hasPart, image),
      df.quad(image, type, df.namedNode(`${core}Image`)),
      df.quad(image, sizeX!, df.literal(String(i % 4096), integer)),
      df.quad(image, instrument!, iris.object(`Instrument:${i % 20}`)),
      df.quad(image, label!, df.literal(`plate_${i}_A${i % 12}.ome.tiff`)),
      df.quad(image, value!, df.literal(`text ${i}`)),
      df.quad(image, px!, df.literal(`${i / 7}e0`, double)),
      df.quad(image, note!, df.literal(`a remark ${i}`)),
      df.quad(image, x!, df.literal(`${i}`, integer)),
      df.quad(image, y!, df.literal(`${i}`, integer)),
    ];
  }
}

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

async function cost(work: () => void | Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}

async function record(folder: string): Promise<number> {
  const writer = await createRecordWriter(folder, {
    iris,
    software: 'bench',
    source: 'synthetic',
    ...(process.argv[3] && { memoryBytes: Number(process.argv[3]) * 2 ** 20 }),
  });
  for (const quads of records()) {
    const wait = writer.add('Project:1', quads);
    if (wait !== undefined) await wait;
  }
  const { containers } = await writer.finish();
  return containers[0]?.bytes ?? 0;
}

function linesOnly(): void {
  const writer = nquadsWriter();
  let text = '';
  for (const quads of records()) {
    for (const q of quads) text += `${writer.triple(q)}\n`;
    if (text.length > 1 << 19) {
      Buffer.from(text);
      text = '';
    }
  }
}

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
try {
  let bytes = 0;
  const show = (what: string, c: Cost): void =>
    console.log(
      `${what.padEnd(24)} ${c.wall.toFixed(0).padStart(6)} ms  ${c.cpu.toFixed(0).padStart(6)} ms CPU  ${(count / c.wall).toFixed(0)} k quads/s`,
    );
  const whole = await cost(async () => {
    bytes = await record(folder);
  });
  console.log(`file ${(bytes / 1e6).toFixed(0)} MB, peak memory ${(peak / 2 ** 20).toFixed(0)} MiB`);
  const made = await cost(() => {
    for (const _ of records());
  });
  show('make the quads', made);
  show('… and their lines', await cost(linesOnly));
  show('… and the record', whole);
} finally {
  clearInterval(watch);
  rmSync(folder, { recursive: true });
}

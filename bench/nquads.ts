import { DataFactory as df, type Quad, StreamWriter } from 'n3';
import { nquadsWriter } from '../src/rdf/nquads.js';

/** N-Quads writing against hand-joined template strings and n3's StreamWriter: `npx tsx bench/nquads.ts [triples]`. */
const count = Number(process.argv[2] ?? 400_000);
const base = 'https://omero.example.org';
const core = 'https://ld.openmicroscopy.org/core/';
const graph = df.namedNode(`${base}/graph/Project/1`);
const predicates = ['size_x', 'type', 'instrument', 'label', 'value', 'position_x', 'note'].map((p) =>
  df.namedNode(core + p),
);
const integer = df.namedNode('http://www.w3.org/2001/XMLSchema#integer');
const double = df.namedNode('http://www.w3.org/2001/XMLSchema#double');

/** Seven triples an image, as the mapping makes them. */
function quads(): Quad[] {
  const made: Quad[] = [];
  for (let i = 0; made.length < count; i++) {
    const image = df.namedNode(`${base}/Image/${i}`);
    const [sizeX, type, instrument, label, value, x, note] = predicates;
    made.push(
      df.quad(image, sizeX!, df.literal(String(i % 4096), integer), graph),
      df.quad(image, type!, df.namedNode(`${core}Image`), graph),
      df.quad(image, instrument!, df.namedNode(`${base}/Instrument/${i % 20}`), graph),
      df.quad(image, label!, df.literal(`plate_${i}_A${i % 12}.ome.tiff`), graph),
      df.quad(image, value!, df.literal(`tät ${i} µm`), graph),
      df.quad(image, x!, df.literal(`${i / 7}e0`, double), graph),
      df.quad(image, note!, df.literal(`a "quoted" remark\n${i}`), graph),
    );
  }
  return made.slice(0, count);
}

/** What a person writes by hand when every escape is already known not to be needed. */
function handJoined(all: readonly Quad[]): number {
  let bytes = 0;
  let out = '';
  for (const q of all) {
    const o = q.object;
    out +=
      o.termType === 'Literal'
        ? o.datatype.value.endsWith('#string')
          ? `<${q.subject.value}> <${q.predicate.value}> "${o.value}" <${q.graph.value}> .\n`
          : `<${q.subject.value}> <${q.predicate.value}> "${o.value}"^^<${o.datatype.value}> <${q.graph.value}> .\n`
        : `<${q.subject.value}> <${q.predicate.value}> <${o.value}> <${q.graph.value}> .\n`;
    if (out.length > 65_536) {
      bytes += Buffer.from(out).length;
      out = '';
    }
  }
  return bytes + Buffer.from(out).length;
}

function omegraph(all: readonly Quad[]): number {
  const writer = nquadsWriter();
  let bytes = 0;
  let out = '';
  for (const q of all) {
    out += writer.line(q);
    if (out.length > 65_536) {
      bytes += Buffer.from(out).length;
      out = '';
    }
  }
  return bytes + Buffer.from(out).length;
}

async function streamWriter(all: readonly Quad[]): Promise<number> {
  const writer = new StreamWriter({ format: 'application/n-quads' });
  let bytes = 0;
  const done = new Promise((resolve) => writer.on('end', resolve));
  writer.on('data', (chunk: string | Buffer) => {
    bytes += Buffer.byteLength(chunk);
  });
  for (const q of all) if (!writer.write(q)) await new Promise((resolve) => writer.once('drain', resolve));
  writer.end();
  await done;
  return bytes;
}

const cpu = async (work: () => number | Promise<number>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const all = quads();
const results: Record<string, number[]> = { 'hand-joined': [], omegraph: [], 'n3 StreamWriter': [] };
for (let round = 0; round < 5; round++) {
  results['hand-joined']?.push(await cpu(() => handJoined(all)));
  results.omegraph?.push(await cpu(() => omegraph(all)));
  results['n3 StreamWriter']?.push(await cpu(() => streamWriter(all)));
}
const times = Object.fromEntries(Object.entries(results).map(([name, runs]) => [name, median(runs)]));
for (const [name, ms] of Object.entries(times)) {
  console.log(
    `${name.padEnd(16)} ${ms.toFixed(0).padStart(6)} ms CPU  ${(count / ms).toFixed(0).padStart(6)} k quads/s`,
  );
}
const speed = (other: string): number => (times[other] ?? 0) / (times.omegraph ?? 1);
console.log(`of hand-joined strings: ${(100 * speed('hand-joined')).toFixed(0)} % (at least 60 %)`);
console.log(`of n3's StreamWriter: ${speed('n3 StreamWriter').toFixed(2)} times (more than 1)`);
if (speed('hand-joined') < 0.6 || speed('n3 StreamWriter') <= 1) process.exitCode = 1;

/**
 * Embedded store: time from `serve` to the first answer, memory, and typical queries, at 100 000 and 1 000 000 triples.
 * Each size runs in a process of its own. `npm run bench store [triples …]`, from the top folder.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../src/graph/oxigraphStore.js';
import { createService } from '../src/serve/service.js';

const BASE = 'https://omero.example.org';
const self = fileURLToPath(import.meta.url);

const P = {
  a: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type',
  label: 'http://www.w3.org/2000/01/rdf-schema#label',
  isPartOf: 'http://purl.org/dc/terms/isPartOf',
  hasPart: 'http://purl.org/dc/terms/hasPart',
  core: 'https://ld.openmicroscopy.org/core/',
  organism: 'https://w3id.org/omegraph/rembi#organism',
} as const;
const INTEGER = '"^^<http://www.w3.org/2001/XMLSchema#integer>';

/** Images with pixels, channels and key-value pairs, one dataset for 500 of them; about `triples` lines. */
function writeGraph(file: string, graph: string, triples: number): number {
  const out = openSync(file, 'w');
  let text = '';
  let quads = 0;
  const add = (s: string, p: string, o: string): void => {
    text += `<${BASE}/${s}> <${p}> ${o} <${graph}> .\n`;
    quads += 1;
    if (text.length < 1 << 20) return;
    writeSync(out, text);
    text = '';
  };
  const iri = (path: string): string => `<${BASE}/${path}>`;
  for (let i = 0; quads < triples; i += 1) {
    const [image, pixels, dataset] = [`Image/${i}`, `Pixels/${i}`, `Dataset/${Math.floor(i / 500)}`];
    if (i % 500 === 0) {
      add(dataset, P.a, `<${P.core}Dataset>`);
      add(dataset, P.label, `"Dataset ${i / 500}"`);
      add(dataset, P.isPartOf, iri('Project/1'));
      add(dataset, P.organism, `"organism ${(i / 500) % 7}"`);
    }
    add(image, P.a, `<${P.core}Image>`);
    add(image, P.label, `"image ${i}.tif"`);
    add(image, P.isPartOf, iri(dataset));
    add(dataset, P.hasPart, iri(image));
    add(image, P.hasPart, iri(pixels));
    for (const size of ['size_x', 'size_y', 'size_z', 'size_c', 'size_t'])
      add(pixels, P.core + size, `"${512 + (i % 5)}${INTEGER}`);
    add(image, `${P.core}hasAnnotation`, iri(`MapAnnotation/${i}`));
    for (let k = 0; k < 6; k += 1) {
      const entry = `MapAnnotation/${i}/entry/${k}`;
      add(`MapAnnotation/${i}`, `${P.core}mapEntry`, iri(entry));
      add(entry, P.a, `<${P.core}MapEntry>`);
      add(entry, `${P.core}key`, `"key ${k}"`);
      add(entry, `${P.core}value`, `"value ${(i * 7 + k) % 997}"`);
    }
    for (let c = 0; c < 3; c += 1) {
      add(`Channel/${i}.${c}`, P.a, `<${P.core}Channel>`);
      add(`Channel/${i}.${c}`, P.label, `"channel ${c}"`);
      add(pixels, P.hasPart, iri(`Channel/${i}.${c}`));
    }
  }
  writeSync(out, text);
  closeSync(out);
  return quads;
}

const CORE = `PREFIX core: <${P.core}> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX rembi: <https://w3id.org/omegraph/rembi#>`;
const QUERIES = {
  'count images': `${CORE} SELECT (COUNT(?i) AS ?n) { ?i a core:Image }`,
  'one image': `${CORE} SELECT * { <${BASE}/Image/7> ?p ?o }`,
  'images by inherited organism': `${CORE} SELECT ?o (COUNT(?i) AS ?n) { ?i a core:Image ; dcterms:isPartOf* ?c . ?c rembi:organism ?o } GROUP BY ?o`,
  'keys in use': `${CORE} SELECT ?k (COUNT(*) AS ?n) { ?e core:key ?k } GROUP BY ?k`,
} as const;

async function measure(triples: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-bench-'));
  try {
    const graph = `${BASE}/graph/Project/1`;
    const quads = writeGraph(join(folder, 'Project-1.nq'), graph, triples);
    const sha256 = createHash('sha256').update(String(quads)).digest('hex');
    const file = { file: 'Project-1.nq', graph, sha256, bytes: 0, quads };
    const container = {
      ...file,
      container: 'Project:1',
      label: 'bench',
      counts: {},
      exportedAt: '2026-01-01T00:00:00Z',
    };
    const manifest = {
      format: 'omegraph-record',
      version: 1,
      base: BASE,
      software: 'bench',
      source: 'bench',
      containers: [container],
    } as const;
    const startedAt = performance.now();
    const store = await openStore({ folder, manifest });
    const service = await createService({
      store,
      record: { manifest },
      host: '127.0.0.1',
      port: 0,
      deadlineMs: 60_000,
    });
    const rows: string[] = [];
    for (const [name, query] of Object.entries(QUERIES)) {
      const from = performance.now();
      const response = await fetch(`${service.url}/sparql`, {
        method: 'POST',
        headers: { 'content-type': 'application/sparql-query' },
        body: query,
      });
      await response.text();
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      if (rows.length === 0)
        console.log(
          `${quads} triples: ${seconds(performance.now() - startedAt)} from serve to the first answer, ${memory()} resident`,
        );
      rows.push(`  ${name.padEnd(30)} ${seconds(performance.now() - from)}`);
    }
    for (const path of ['/Image/7', '/Dataset/0']) {
      const from = performance.now();
      await (await fetch(service.url + path, { headers: { accept: 'text/html' } })).text();
      rows.push(`  ${`page ${path}`.padEnd(30)} ${seconds(performance.now() - from)}`);
    }
    console.log(rows.join('\n'));
    await service.close();
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const memory = (): string => `${Math.round(process.memoryUsage.rss() / 1e6)} MB`;

const [first, ...rest] = process.argv.slice(2);
if (first === '--one') await measure(Number(rest[0]));
else {
  const sizes = first === undefined ? ['100000', '1000000'] : [first, ...rest];
  for (const size of sizes)
    execFileSync(process.execPath, [...process.execArgv, self, '--one', size], { stdio: 'inherit' });
}

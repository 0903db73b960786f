import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DataFactory, Parser, type Quad, type Term } from 'n3';
import type { ContainerEntry, RecordFile } from '../../src/graph/manifest.js';
import type { StoreSource } from '../../src/graph/oxigraphStore.js';

export const BASE = 'https://omero.example.org';
export const STUDY = resolve('test/fixtures/store/study.trig');

/** Quads as N-Quads lines. */
export function nquads(quads: readonly Quad[]): string {
  return quads.map((q) => `${[q.subject, q.predicate, q.object, q.graph].map(written).join(' ')} .\n`).join('');
}

function written(term: Term): string {
  if (term.termType === 'NamedNode') return `<${term.value}>`;
  if (term.termType !== 'Literal') return '';
  const text = `"${term.value.replace(/["\\\n\r]/g, (c) => ({ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r' })[c] ?? c)}"`;
  return term.language ? `${text}@${term.language}` : `${text}^^<${term.datatype.value}>`;
}

/** Writes TriG as a data folder: one N-Quads file per graph and a manifest. */
export async function recordOf(trig: string, base = BASE): Promise<StoreSource> {
  return recordOfQuads(new Parser({ format: 'application/trig' }).parse(trig), base);
}

export async function recordOfQuads(quads: readonly Quad[], base = BASE): Promise<StoreSource> {
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-store-'));
  const containers: ContainerEntry[] = [];
  const others: Record<string, RecordFile> = {};
  for (const graph of new Set(quads.map((q) => q.graph.value))) {
    const own = quads.filter((q) => q.graph.value === graph);
    const name = graph.slice(`${base}/graph/`.length);
    const file = `graphs/${name.replace('/', '-')}.nq`;
    const text = nquads(own);
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const entry = { file, graph, sha256, bytes: Buffer.byteLength(text), quads: own.length };
    if (name === 'provenance' || name === 'description') others[name] = entry;
    else {
      const root = own.find((q) => q.subject.value === `${base}/${name}` && q.predicate.value.endsWith('#label'));
      containers.push({
        ...entry,
        container: name.replace('/', ':'),
        label: root?.object.value,
        counts: countsOf(own),
        exportedAt: '2026-01-02T03:04:05Z',
      });
    }
  }
  const manifest = {
    format: 'omegraph-record',
    version: 1,
    base,
    software: 'omegraph test',
    source: 'fixture',
    containers,
    ...others,
  } as const;
  return { folder, manifest };
}

function countsOf(quads: readonly Quad[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const core = 'https://ld.openmicroscopy.org/core/';
  for (const q of quads) {
    if (!q.predicate.value.endsWith('#type') || !q.object.value.startsWith(core)) continue;
    const type = q.object.value.slice(core.length);
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** The study of test/fixtures/store as a record. */
export async function studyRecord(): Promise<StoreSource> {
  return recordOf(await readFile(STUDY, 'utf8'));
}

/** A quad of plain IRIs. */
export function triple(s: string, p: string, o: string, g: string): Quad {
  const { namedNode, quad } = DataFactory;
  return quad(namedNode(s), namedNode(p), namedNode(o), namedNode(g));
}

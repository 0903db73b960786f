import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quad } from '@rdfjs/types';
import { Parser, Store } from 'n3';
import { parseAll } from '../../../src/rdf/parse.js';

const DATA = join(process.cwd(), '..', 'shared', 'data');
const SHAPES = join(DATA, 'rocrate-shapes');

/** Whether the corpus is there. */
export const hasCrates = existsSync(SHAPES);

/** Where crates are read: their relative IRIs are resolved against it. */
const BASE = 'https://example.org/crate/';

const CRATE = ['ro-crate/1.1'];
const WORKFLOW = [...CRATE, 'workflow-ro-crate'];
const WORKFLOW_RUN = [...WORKFLOW, 'process-run-crate', 'workflow-run-crate'];

/** The profiles of the corpus, each with those that it is based on. */
export const PROFILES: Readonly<Record<string, readonly string[]>> = {
  'ro-crate/1.1': CRATE,
  'ro-crate/1.2': ['ro-crate/1.2'],
  'process-run-crate': [...CRATE, 'process-run-crate'],
  'workflow-ro-crate': WORKFLOW,
  'workflow-run-crate': WORKFLOW_RUN,
  'provenance-run-crate': [...WORKFLOW_RUN, 'provenance-run-crate'],
  'workflow-testing-ro-crate': [...WORKFLOW, 'workflow-testing-ro-crate'],
  'isa-ro-crate': [...CRATE, 'isa-ro-crate'],
};

/** All shapes of some folders. */
export function shapesOf(folders: readonly string[]): Store {
  const files = folders.flatMap((folder) => turtleFiles(join(SHAPES, folder)));
  const shapes = new Store();
  for (const file of files) if (!/(?:profile|ontology)\.ttl$/.test(file)) shapes.addQuads(turtle(file));
  return shapes;
}

/** Their classes, which the makers of the profiles add to the data. */
export function ontologyOf(folders: readonly string[]): Quad[] {
  const files = folders.map((folder) => join(SHAPES, folder, 'ontology.ttl'));
  return files.filter((file) => existsSync(file)).flatMap(turtle);
}

function turtleFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ttl'))
    .sort()
    .map((file) => join(folder, file));
}

let parsed = 0;

function turtle(file: string): Quad[] {
  // A namespace is a literal, which no parser resolves.
  const text = readFileSync(file, 'utf8').replaceAll('sh:namespace "./"', `sh:namespace "${BASE}"`);
  return new Parser({ baseIRI: BASE, blankNodePrefix: `f${parsed++}-` }).parse(text);
}

/** Every RO-Crate of the corpus by its path, read with the context of RO-Crate 1.1. */
export async function crates(): Promise<Map<string, Quad[]>> {
  const context: unknown = JSON.parse(
    readFileSync(join(DATA, 'rocrate-contexts', 'ro-crate-1.1-context.jsonld'), 'utf8'),
  );
  const contexts = {
    'https://w3id.org/ro/crate/1.1/context': context,
    'https://w3id.org/ro/crate/1.2/context': context,
  };
  const files = ['rocrate-example', 'bia/ro-crate'].flatMap((folder) =>
    readdirSync(join(DATA, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('ro-crate-metadata.json'))
      .map((file) => join(folder, file)),
  );
  const all = new Map<string, Quad[]>();
  for (const file of files.sort()) {
    const text = readFileSync(join(DATA, file), 'utf8').replace(/^\uFEFF/, '');
    all.set(file, await parseAll(text, 'jsonld', { base: BASE, contexts, where: file }));
  }
  return all;
}

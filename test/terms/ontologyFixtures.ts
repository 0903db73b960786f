import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { SourceTerm } from '../../src/terms/build/sourceTerm.js';
import { type IndexOntology, writeIndex } from '../../src/terms/build/writeIndex.js';
import { indexOver } from '../../src/terms/indexFile.js';
import { type TermIndex, termIndexOver } from '../../src/terms/termIndex.js';

/** A term with what a test does not care about left out. */
export function sourceTerm(curie: string, label: string, more: Partial<SourceTerm> = {}): SourceTerm {
  return { curie, label, synonyms: [], obsolete: false, parents: [], ...more };
}

export function ontology(
  prefix: string,
  terms: readonly SourceTerm[],
  more: Partial<IndexOntology> = {},
): IndexOntology {
  const stem = `http://purl.obolibrary.org/obo/${prefix}_`;
  return { prefix, title: prefix, version: '1', licence: 'CC0-1.0', source: 'test', stem, terms, ...more };
}

/** An index over ontologies, one file each list. */
export function indexOf(...files: readonly (readonly IndexOntology[])[]): TermIndex {
  return termIndexOver(files.map((ontologies, i) => indexOver(writeIndex(ontologies), `file ${i}`)));
}

const made: string[] = [];
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-terms-'));
  made.push(folder);
  return folder;
}

export async function temporaryFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, content);
  return file;
}

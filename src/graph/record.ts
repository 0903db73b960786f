import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Quad } from '@rdfjs/types';
import { Store } from 'n3';
import { OmegraphError } from '../errors.js';
import { type Iris, irisUnder } from '../rdf/iris.js';
import { nquadsReader } from '../rdf/nquadsReader.js';
import { type ContainerEntry, type Manifest, parseManifest, type RecordFile } from './manifest.js';

/** What `verify` found wrong with one file of the record. */
export interface RecordProblem {
  /** Path within the data folder. */
  readonly file: string;
  readonly problem: 'missing' | 'bytes' | 'checksum';
  /** A full sentence: where, what is wrong, what to do. */
  readonly message: string;
}

/** A data folder opened for reading: the manifest of the moment it was opened and its files. */
export interface GraphRecord {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly iris: Iris;
  /** The manifest's entry of a container. @throws OmegraphError when the record does not hold it */
  container(container: string): ContainerEntry;
  /** Absolute path of a file of the manifest. */
  path(file: RecordFile): string;
  /** Lines of a container's N-Quads file, without line feeds, in UTF-8 byte order. @throws OmegraphError when the file cannot be read */
  lines(container: string): AsyncIterable<string>;
  /** Quads of a container, in its named graph. @throws OmegraphError when a line is not N-Quads */
  quads(container: string): AsyncIterable<Quad>;
  /** A container as an n3 store with all quads in the default graph; memory is about 0.7 kB a quad. */
  dataset(container: string): Promise<Store>;
  /** Quads of the provenance graph; none when there is no such file. */
  provenance(): AsyncIterable<Quad>;
  /** Quads of the description graph; none when there is no such file. */
  description(): AsyncIterable<Quad>;
  /** Reads every file and yields what does not agree with the manifest. */
  verify(): AsyncIterable<RecordProblem>;
}

/** Opens the record in a data folder. @throws OmegraphError when there is none or its manifest is broken */
export async function openRecord(folder: string): Promise<GraphRecord> {
  return recordOf(folder, await readManifest(folder));
}

/** The manifest of a data folder. @throws OmegraphError when it is missing, unreadable or not of the schema */
export async function readManifest(folder: string): Promise<Manifest> {
  const where = join(folder, 'manifest.json');
  let text: string;
  try {
    text = await readFile(where, 'utf8');
  } catch (cause) {
    throw new OmegraphError(
      'input',
      {
        where,
        wrong: 'the data folder holds no record that can be read',
        found: cause instanceof Error ? cause.message : undefined,
        remedy: 'run `omegraph export` first, or name the right folder with --data',
      },
      { cause },
    );
  }
  return parseManifest(text, where);
}

/** The manifest of a data folder, or undefined when the folder holds no record yet. @throws OmegraphError when it is broken */
export async function readManifestIfAny(folder: string): Promise<Manifest | undefined> {
  const exists = await access(join(folder, 'manifest.json')).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
  return exists ? readManifest(folder) : undefined;
}

/** A record with a manifest that is already known, such as one that is just being written. */
export function recordOf(folder: string, manifest: Manifest): GraphRecord {
  const path = (file: RecordFile): string => join(folder, file.file);
  const byName = new Map(manifest.containers.map((entry) => [entry.container, entry]));
  const container = (name: string): ContainerEntry => {
    const entry = byName.get(name);
    if (entry !== undefined) return entry;
    throw new OmegraphError('input', {
      where: folder,
      wrong: 'the record does not hold this container',
      found: name,
      remedy: `name one that it holds (${[...byName.keys()].slice(0, 8).join(', ') || 'it holds none'}), or export this one`,
    });
  };
  const quads = (file: RecordFile | undefined): AsyncIterable<Quad> =>
    fileQuads(file === undefined ? undefined : path(file));
  return {
    folder,
    manifest,
    iris: irisUnder(manifest.base),
    container,
    path,
    lines: (name) => fileLines(path(container(name))),
    quads: (name) => quads(container(name)),
    dataset: async (name) => {
      const store = new Store();
      for await (const { subject, predicate, object } of quads(container(name))) {
        store.addQuad(subject as never, predicate as never, object as never);
      }
      return store;
    },
    provenance: () => quads(manifest.provenance),
    description: () => quads(manifest.description),
    verify: () => problems(folder, manifest),
  };
}

/** Lines of a text file, without line feeds. @throws OmegraphError when it cannot be read */
export async function* fileLines(path: string): AsyncGenerator<string> {
  for await (const block of lineBlocks(path)) yield* block;
}

/** Lines in blocks of about 64 KiB: one await a block, not a line. @throws OmegraphError when the file cannot be read */
export async function* lineBlocks(path: string, encoding: 'utf8' | 'latin1' = 'utf8'): AsyncGenerator<string[]> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding })) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield lines;
    }
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
  if (rest !== '') yield [rest];
}

/** What to throw when a file of the record cannot be read; a cause that is no error of the system is thrown as it is. */
export function unreadableFile(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error && 'code' in cause)) return cause;
  return new OmegraphError(
    'input',
    {
      where: path,
      wrong: 'the file of the record cannot be read',
      found: cause.message,
      remedy: 'open the record again if an export has replaced it meanwhile; otherwise export again',
    },
    { cause },
  );
}

/** The error about a line that is not N-Quads; lines are counted from 1. */
export function malformedLine(path: string, number: number, line: string): OmegraphError {
  return new OmegraphError('input', {
    where: `${path}:${number}`,
    wrong: 'the line is not an N-Quad of a record',
    found: line,
    remedy: 'restore the file from a backup, or export again',
  });
}

async function* fileQuads(path: string | undefined): AsyncGenerator<Quad> {
  if (path === undefined) return;
  const reader = nquadsReader();
  let number = 0;
  for await (const block of lineBlocks(path)) {
    for (const line of block) {
      number += 1;
      const quad = reader.quad(line);
      if (quad === undefined) throw malformedLine(path, number, line);
      yield quad;
    }
  }
}

async function* problems(folder: string, manifest: Manifest): AsyncGenerator<RecordProblem> {
  const { containers, provenance, description } = manifest;
  for (const file of [...containers, provenance, description]) {
    if (file === undefined) continue;
    const problem = await problemOf(folder, file);
    if (problem !== undefined) yield problem;
  }
}

async function problemOf(folder: string, file: RecordFile): Promise<RecordProblem | undefined> {
  const path = join(folder, file.file);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const message = `${path}: the file cannot be read ("${cause.message}"); restore it from a backup, or export again`;
    return { file: file.file, problem: 'missing', message };
  }
  if (bytes !== file.bytes) {
    const message = `${path}: the file is not the one that was written ("${bytes} bytes instead of ${file.bytes}"); restore it from a backup, or export again`;
    return { file: file.file, problem: 'bytes', message };
  }
  if (hash.digest('hex') === file.sha256) return undefined;
  const message = `${path}: the file was changed after the export ("its SHA-256 is another one"); restore it from a backup, or export again`;
  return { file: file.file, problem: 'checksum', message };
}

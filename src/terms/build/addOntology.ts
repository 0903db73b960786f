import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { OmegraphError } from '../../errors.js';
import { openIndexFile } from '../indexFile.js';
import type { OntologyInfo } from '../term.js';
import { readOntology, type ReadOptions } from './readOntology.js';
import type { SourceNote } from './sourceTerm.js';
import { writeIndex } from './writeIndex.js';

/** Limits of a download. */
export interface DownloadLimits {
  /** Bytes; 1 GB when left out. */
  readonly bytes?: number;
  /** Milliseconds; ten minutes when left out. */
  readonly time?: number;
}

export interface AddOptions extends Omit<ReadOptions, 'where'> {
  readonly limits?: DownloadLimits;
  readonly signal?: AbortSignal;
}

/** An ontology that was added. */
export interface AddedOntology {
  readonly file: string;
  readonly ontology: OntologyInfo;
  readonly notes: readonly SourceNote[];
  /** Number of terms of other ontologies that were in the file and are not taken, by prefix. */
  readonly others: ReadonlyMap<string, number>;
}

/**
 * Makes an index file of an ontology in a folder, from a file or an address (http, https), whole or not at all. The source is
 * kept in it, for `updateOntologies`. @throws OmegraphError (input, server, limit)
 */
export async function addOntology(source: string, folder: string, options: AddOptions = {}): Promise<AddedOntology> {
  await mkdir(folder, { recursive: true });
  const isAddress = /^https?:\/\//i.test(source);
  const where = isAddress ? source : resolve(source);
  const download = join(folder, `.download-${process.pid}.tmp`);
  try {
    if (isAddress) await downloaded(source, download, options);
    const { ontology, notes, others } = await readOntology(isAddress ? download : where, { ...options, where });
    const file = join(folder, `${ontology.prefix}.idx`);
    const draft = `${file}.${process.pid}.tmp`;
    try {
      await writeFile(draft, writeIndex([ontology]));
      await rename(draft, file);
    } finally {
      await rm(draft, { force: true });
    }
    return { file, ontology: { ...ontology, terms: ontology.terms.length }, notes, others };
  } finally {
    await rm(download, { force: true });
  }
}

/** Makes the index files of a folder again from their sources, one after another; the file of one that fails stays as it is. */
export async function* updateOntologies(
  folder: string,
  options: Pick<AddOptions, 'limits' | 'signal'> = {},
): AsyncGenerator<
  | { readonly prefix: string; readonly added: AddedOntology }
  | { readonly prefix: string; readonly error: OmegraphError }
> {
  for (const file of await ontologyFiles(folder)) {
    const { ontologies } = await openIndexFile(file);
    for (const { prefix, source, title, licence } of ontologies)
      try {
        const named = title === prefix ? {} : { title };
        yield { prefix, added: await addOntology(source, folder, { ...options, ...named, prefix, licence }) };
      } catch (error) {
        if (!(error instanceof OmegraphError)) throw error;
        yield { prefix, error };
      }
  }
}

/** The index files of a folder, in order of their names; none when there is no folder. */
export async function ontologyFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  return (await readdir(folder))
    .filter((name) => name.endsWith('.idx'))
    .sort()
    .map((name) => join(folder, name));
}

async function downloaded(address: string, file: string, { limits = {}, signal }: AddOptions): Promise<void> {
  const most = limits.bytes ?? 1_000_000_000;
  const deadline = AbortSignal.timeout(limits.time ?? 600_000);
  let size = 0;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      size += piece.length;
      if (size > most)
        done(
          failed(
            'limit',
            address,
            `the download is larger than ${most} bytes`,
            'download the file by other means and name it',
          ),
        );
      else done(null, piece);
    },
  });
  try {
    const response = await fetch(address, {
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    });
    if (!response.ok || response.body === null)
      throw failed(
        'server',
        address,
        'the server does not give the file',
        'check the address',
        String(response.status),
      );
    await pipeline(Readable.fromWeb(response.body as ReadableStream), counted, createWriteStream(file));
  } catch (cause) {
    if (cause instanceof OmegraphError || signal?.aborted === true) throw cause;
    const wrong = deadline.aborted ? 'the download takes too long' : 'the file cannot be downloaded';
    const { message } = (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error) : (cause as Error);
    throw failed(
      'server',
      address,
      wrong,
      'check the address and the network, or download the file and name it',
      message,
    );
  }
}

function failed(tag: 'limit' | 'server', where: string, wrong: string, remedy: string, found?: string): OmegraphError {
  return new OmegraphError(tag, { where, wrong, found, remedy });
}

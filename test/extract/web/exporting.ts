import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MetadataSource } from '../../../src/extract/metadataSource.js';
import { omeroWebSource, type OmeroWebOptions } from '../../../src/extract/web/webSource.js';
import type { Finding } from '../../../src/findings.js';
import type { ObjectRef, OmeRecord } from '../../../src/ome/model.js';
import { loadMappings } from '../../../src/map/sssom.js';
import { type ExportSummary, exportRecord } from '../../../src/pipeline.js';
import { irisUnder } from '../../../src/rdf/iris.js';
import { READER } from '../../support/omeroWeb/generate.js';

export const CREDENTIALS = { username: READER.userName, password: READER.password };
const mappings = await loadMappings([resolve('mappings')]);
const BASE = 'https://omero.example.org';
const fixed = (): Date => new Date('2027-01-15T08:00:00Z');

/** A folder for one test. */
export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'omegraph-web-'));
export const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

/** The source of a stand-in server, read by its reader. */
export const sourceOf = (url: string, options: Partial<OmeroWebOptions> = {}): MetadataSource =>
  omeroWebSource({ url, credentials: CREDENTIALS, userAgent: 'omegraph/test', now: fixed, ...options });

/** Everything that a source says. */
export async function everything(
  source: MetadataSource,
  roots: readonly ObjectRef[] = [],
  signal?: AbortSignal,
): Promise<{ readonly records: readonly OmeRecord[]; readonly findings: readonly Finding[] }> {
  const records: OmeRecord[] = [];
  const findings: Finding[] = [];
  const options = { onFinding: (f: Finding) => void findings.push(f), ...(signal && { signal }) };
  for await (const record of source.records(roots, options)) records.push(record);
  return { records, findings };
}

/** Exports a source into a data folder under a fixed clock. */
export const exported = (
  source: MetadataSource,
  folder: string,
  roots: readonly ObjectRef[] = [],
  signal?: AbortSignal,
): Promise<ExportSummary> =>
  exportRecord({
    source,
    roots,
    folder,
    map: { iris: irisUnder(BASE), mappings, biaBase: BASE },
    software: { name: 'omegraph', version: '0' },
    now: fixed,
    signal,
  });

/** The files of a data folder by path, journal included. */
export async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found.set(path.slice(folder.length + 1), await readFile(path, 'latin1'));
  }
  return found;
}

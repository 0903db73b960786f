import type { MetadataSource } from './extract/metadataSource.js';
import type { Finding } from './findings.js';
import { findingTally } from './findingTally.js';
import type { Manifest } from './graph/manifest.js';
import { runQuads } from './graph/provenance.js';
import { createRecordWriter } from './graph/recordWriter.js';
import { driftCollector } from './map/driftCollector.js';
import { type MapContext, mapRecord } from './map/mapRecord.js';
import { mappingRowQuads } from './map/provenance.js';
import type { ObjectRef } from './ome/model.js';

/** What an export needs to know. */
export interface ExportOptions {
  readonly source: MetadataSource;
  /** Objects to export with what they contain; empty means all. */
  readonly roots: readonly ObjectRef[];
  /** Data folder that holds the record. */
  readonly folder: string;
  readonly map: MapContext;
  /** Name and version of the software, for provenance. */
  readonly software: { readonly name: string; readonly version: string };
  readonly signal?: AbortSignal | undefined;
  onProgress?(done: number, total: number, what: string): void;
  /** The clock; `SOURCE_DATE_EPOCH` replaces it for reproducible runs. */
  now?(): Date;
}

/** What an export did. */
export interface ExportSummary {
  readonly manifest: Manifest;
  readonly findings: readonly Finding[];
  /** Number of findings by severity. */
  readonly totals: { readonly violation: number; readonly warning: number; readonly info: number };
  readonly records: number;
}

/**
 * extract → map → graph: streams the source into the record. The previous record stays until the new one is whole.
 * @throws OmegraphError when the source or the folder fails; an AbortError when the signal fires.
 */
export async function exportRecord(options: ExportOptions): Promise<ExportSummary> {
  const { source, folder, map, signal } = options;
  const now = options.now ?? (() => new Date());
  const startedAt = now();
  const tally = findingTally();
  const onFinding = (f: Finding): void => tally.add(f);
  const drift = driftCollector(map.terms);
  const rows = new Set<Parameters<typeof mappingRowQuads>[0]>();
  const writer = await createRecordWriter(folder, {
    iris: map.iris,
    software: `${options.software.name} ${options.software.version}`,
    source: source.name,
    now,
  });
  let records = 0;
  try {
    const stream = source.records(options.roots, {
      onFinding,
      ...(signal && { signal }),
      onProgress: (p) => options.onProgress?.(p.done, p.total, p.what),
    });
    for await (const record of stream) {
      signal?.throwIfAborted();
      records += 1;
      const mapped = mapRecord(record, map);
      for (const container of record.containers) {
        const wait = writer.add(container, mapped.quads);
        if (wait !== undefined) await wait;
      }
      for (const f of mapped.findings) tally.add(f);
      for (const row of mapped.rows) rows.add(row);
      for (const seen of mapped.accessions) drift.add(record.containers[0] ?? '', seen);
    }
    signal?.throwIfAborted();
    for (const f of drift.findings()) tally.add(f);
    for (const row of rows) writer.provenance(mappingRowQuads(row, map.iris));
    const manifest = await writer.finish(
      (containers) =>
        runQuads({
          iris: map.iris,
          source: source.name,
          also: source.also,
          software: options.software,
          startedAt,
          endedAt: now(),
          containers,
        }),
      () => source.done?.() ?? Promise.resolve(),
    );
    return {
      manifest,
      findings: tally.rows(),
      totals: { violation: tally.total('violation'), warning: tally.total('warning'), info: tally.total('info') },
      records,
    };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

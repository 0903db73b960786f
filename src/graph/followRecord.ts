import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OmegraphError } from '../errors.js';
import type { GraphStore } from './graphStore.js';
import type { Manifest, RecordFile } from './manifest.js';
import { type GraphRecord, readManifest } from './record.js';

/** A record whose exports are taken over into a store while it is used. */
export interface FollowedRecord {
  /** The manifest of what the store holds. */
  readonly manifest: Manifest;
  /** Looks for a newer manifest and replaces the graphs that changed; what fails is told to `onFault` and the old stays. */
  refresh(): Promise<void>;
}

/** Follows a data folder: `refresh` may be called at any rate, the folder is looked at once in `everyMs` at most. */
export function followRecord(
  record: Pick<GraphRecord, 'folder' | 'manifest'>,
  store: Pick<GraphStore, 'replace'>,
  { everyMs = 1000, onFault }: { readonly everyMs?: number | undefined; onFault?(error: unknown): void } = {},
): FollowedRecord {
  const { folder } = record;
  let manifest = record.manifest;
  const loaded = new Map(recordFiles(manifest).map((f) => [f.graph, f.sha256]));
  let looking: Promise<void> | undefined;
  let lookedAt = 0;
  let seen = '';

  async function look(): Promise<void> {
    const { mtimeMs, size, ino } = await stat(join(folder, 'manifest.json'));
    const now = `${mtimeMs} ${size} ${ino}`;
    if (now === seen) return;
    // Noted before anything can fail: a record that the store refuses is not loaded again and again.
    seen = now;
    const latest = await readManifest(folder);
    if (latest.base !== manifest.base) throw otherBase(folder, latest.base, manifest.base);
    const files = recordFiles(latest);
    for (const graph of loaded.keys()) {
      if (files.some((f) => f.graph === graph)) continue;
      await store.replace(graph, { nquads: '' });
      loaded.delete(graph);
    }
    for (const { graph, sha256, file } of files) {
      if (loaded.get(graph) === sha256) continue;
      await store.replace(graph, { file: join(folder, file) });
      loaded.set(graph, sha256);
    }
    manifest = latest;
  }

  return {
    get manifest() {
      return manifest;
    },
    refresh() {
      if (looking === undefined && Date.now() - lookedAt >= everyMs) {
        looking = look()
          .catch((error: unknown) => onFault?.(error))
          .finally(() => {
            looking = undefined;
            lookedAt = Date.now();
          });
      }
      return looking ?? Promise.resolve();
    },
  };
}

function recordFiles({ containers, provenance, description }: Manifest): RecordFile[] {
  return [...containers, provenance, description].filter((f) => f !== undefined);
}

const otherBase = (where: string, found: string, base: string): OmegraphError =>
  new OmegraphError('input', {
    where,
    wrong: 'the data folder now holds a record of another base',
    found,
    remedy: `start the service again; it goes on with the record of ${base}`,
  });

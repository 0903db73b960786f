import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditedObject, AuditResult } from '../model.js';
import { rowFileName, type RowWriter, rowWriter } from '../stored/rowBytes.js';
import { objectLines, type RowKind, resultLines } from '../stored/rowLines.js';
import type { RowSinks } from './auditContainer.js';

/** Rows of one container, compressed. */
export type RowBytes = Readonly<Record<RowKind, Uint8Array>>;

/** Where the rows of a container go. */
export interface RowStore extends RowSinks {
  /** Ends both files; the bytes where no folder was named. */
  end(): RowBytes | undefined;
  /** Closes files that are not to be finished. */
  drop(): void;
}

/** Rows into files of a folder that holds `results/` and `objects/`, or into memory. @throws the system's error when the disk refuses */
export function rowStore(folder: string | undefined, container: string, base: string): RowStore {
  const results = opened(folder, 'results', container);
  const objects = opened(folder, 'objects', container);
  const writers: { results: RowWriter<AuditResult>; objects: RowWriter<AuditedObject> } = {
    results: rowWriter(resultLines(container, base), results.write),
    objects: rowWriter(objectLines(container, base), objects.write),
  };
  return {
    result: writers.results.add,
    object: writers.objects.add,
    end() {
      writers.results.end();
      writers.objects.end();
      const bytes = { results: results.close(), objects: objects.close() };
      return folder === undefined ? bytes : undefined;
    },
    drop() {
      results.close();
      objects.close();
    },
  };
}

function opened(
  folder: string | undefined,
  kind: RowKind,
  container: string,
): { write(bytes: Uint8Array): void; close(): Uint8Array } {
  if (folder === undefined) {
    const chunks: Uint8Array[] = [];
    return { write: (bytes) => void chunks.push(bytes), close: () => new Uint8Array(Buffer.concat(chunks)) };
  }
  const file = openSync(join(folder, rowFileName(kind, container)), 'w');
  let open = true;
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    },
    close() {
      if (open) closeSync(file);
      open = false;
      return new Uint8Array();
    },
  };
}

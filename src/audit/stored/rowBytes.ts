import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RowKind, RowLines } from './rowLines.js';

/** Receives compressed bytes in their order. */
export type ByteSink = (bytes: Uint8Array) => void;

/** Characters that are compressed at a time; members of a gzip file follow one another (RFC 1952 section 2.2). */
const BLOCK = 1 << 20;

/** Writes rows as compressed lines into a sink. */
export interface RowWriter<Row> {
  add(row: Row): void;
  /** Writes what is left; to be called once. */
  end(): void;
}

/** A writer of rows that compresses as it goes; synchronous, because it runs in a worker of its own. */
export function rowWriter<Row>(lines: RowLines<Row>, sink: ByteSink): RowWriter<Row> {
  let text = '';
  const flush = (): void => {
    sink(gzipSync(text, { level: 4 }));
    text = '';
  };
  return {
    add(row) {
      text += lines.add(row);
      if (text.length >= BLOCK) flush();
    },
    end() {
      text += lines.end();
      flush();
    },
  };
}

/** Path of a container's rows in the folder of an audit: readable, safe on every file system, never the same for two containers. */
export function rowFileName(kind: RowKind, container: string): string {
  const readable = container.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  const digest = createHash('sha256').update(container.toWellFormed()).digest('hex').slice(0, 8);
  return `${kind}/${readable}.${digest}.ndjson.gz`;
}

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphStatistics, statisticsCollector } from './graphStatistics.js';
import { arena, type HeldLines, heldLines } from './heldLines.js';
import { type Block, mergedBlocks } from './sortedBlocks.js';
import { createRunFile, type RunFile, type RunSegment } from './sortedRuns.js';

/** One sorted file as it stands on disk. */
export interface SortedFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly statistics: GraphStatistics;
}

/**
 * External merge sort of triples, one output file a container. Lines are kept as Latin-1 readings of their UTF-8 bytes, whose order in
 * JavaScript is UTF-8 byte order. Everything here is synchronous: it runs in a worker.
 */
export interface RecordSorter {
  /** Takes lines `<s> <p> <o>\n` in UTF-8. */
  add(container: number, lines: Uint8Array): void;
  /** Writes a container's lines sorted, without duplicates, each in the graph; the container is empty afterwards. */
  write(container: number, path: string, graph: string, focus: string): SortedFile;
  /** Number of bytes written to temporary runs so far. */
  readonly spilled: number;
  close(): void;
}

interface Pending {
  readonly held: HeldLines;
  readonly segments: RunSegment[];
}

/** A sorter that spills to `folder` when about `memoryBytes` of lines are held. */
export function recordSorter(folder: string, memoryBytes: number): RecordSorter {
  const containers = new Map<number, Pending>();
  const memory = arena();
  let bytes = 0;
  let runs: RunFile | undefined;

  const pending = (container: number): Pending => {
    const known = containers.get(container);
    if (known !== undefined) return known;
    const made: Pending = { held: heldLines(memory), segments: [] };
    containers.set(container, made);
    return made;
  };

  const spill = (): void => {
    runs ??= createRunFile(join(folder, 'runs'));
    for (const { held, segments } of containers.values()) {
      if (held.bytes > 0) segments.push(runs.write(held.take()));
    }
    bytes = 0;
    memory.reset();
  };

  return {
    get spilled() {
      return runs?.bytes ?? 0;
    },
    add: (container, lines) => {
      const { held } = pending(container);
      bytes -= held.bytes;
      held.add(lines);
      bytes += held.bytes;
      if (bytes > memoryBytes) spill();
    },
    write: (container, path, graph, focus) => {
      const { held, segments } = pending(container);
      containers.delete(container);
      bytes -= held.bytes;
      const buffer = Math.min(1 << 18, Math.max(1 << 14, Math.floor(memoryBytes / (4 * (segments.length + 1)))));
      const sources = segments.map((segment) => runs?.read(segment, buffer) ?? []);
      return writeFile(path, latin1(` ${graph} .\n`), latin1(focus), mergedBlocks([...sources, held.take()]));
    },
    close: () => {
      runs?.close();
      runs = undefined;
    },
  };
}

const WRITE = 1 << 20;

function writeFile(path: string, ending: string, focus: string, blocks: Iterable<Block>): SortedFile {
  const hash = createHash('sha256');
  const collector = statisticsCollector(focus);
  const file = openSync(path, 'wx', 0o644);
  const buffer = Buffer.allocUnsafe(WRITE);
  let filled = 0;
  let bytes = 0;
  const flush = (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
    hash.update(chunk);
    bytes += chunk.length;
  };
  try {
    for (const { subject, tails } of blocks) {
      collector.add(subject, tails);
      const text = subject + tails.join(ending + subject) + ending;
      if (filled + text.length > WRITE) {
        flush(buffer.subarray(0, filled));
        filled = 0;
      }
      if (text.length > WRITE) flush(Buffer.from(text, 'latin1'));
      else filled += buffer.write(text, filled, 'latin1');
    }
    flush(buffer.subarray(0, filled));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return { sha256: hash.digest('hex'), bytes, statistics: collector.statistics() };
}

/** The UTF-8 bytes of a text read as Latin-1, as all lines here are. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

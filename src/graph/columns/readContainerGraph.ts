import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { OmegraphError } from '../../errors.js';
import { malformedLine, unreadableFile } from '../record.js';
import type { ContainerGraph } from './containerGraph.js';
import { createLineParser, type LineParser } from './lineParser.js';
import { viewOf } from './tokenTable.js';

export interface ReadContainerGraphOptions {
  /** IRIs of the predicates wanted; all when absent. Lines of others are counted and hardly looked at. */
  readonly predicates?: ReadonlySet<string> | undefined;
  /** Length the file must have, as the manifest says; a file that was cut between two lines is not told otherwise. */
  readonly bytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const LINE_FEED = 0x0a;
const CHUNK = 1 << 20;
/** Bytes that the parser may look at beyond the last line. */
const SPARE = 8;

/**
 * Reads an N-Quads file of a record into columns; blocks of a MiB, so other work goes on meanwhile. Lines need not be sorted.
 * @throws OmegraphError when it cannot be read, has another length or a line that is not UTF-8 or not N-Quads; the signal's reason when aborted
 */
export async function readContainerGraph(
  file: string,
  { predicates, bytes, signal }: ReadContainerGraphOptions = {},
): Promise<ContainerGraph> {
  signal?.throwIfAborted();
  const parser = createLineParser(predicates);
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadableFile(file, cause);
  });
  try {
    let buffer = Buffer.allocUnsafeSlow(CHUNK + SPARE);
    let held = 0;
    let length = 0;
    for (;;) {
      // A line longer than the buffer.
      if (buffer.length - SPARE - held < CHUNK / 2) buffer = widened(buffer, held);
      const room = buffer.length - SPARE - held;
      const { bytesRead } = await handle.read(buffer, held, room, null).catch((cause: unknown) => {
        throw unreadableFile(file, cause);
      });
      signal?.throwIfAborted();
      length += bytesRead;
      const from = held;
      held += bytesRead;
      if (bytesRead === 0) {
        if (held > 0) buffer[held++] = LINE_FEED;
        takeLines(parser, buffer, held, file);
        break;
      }
      const end = buffer.subarray(from, held).lastIndexOf(LINE_FEED) + 1;
      if (end === 0) continue;
      takeLines(parser, buffer, from + end, file);
      buffer.copyWithin(0, from + end, held);
      held -= from + end;
    }
    if (bytes !== undefined && bytes !== length) {
      throw new OmegraphError('input', {
        where: file,
        wrong: 'the file is not the one that was written',
        found: `${length} bytes instead of ${bytes}`,
        remedy: 'restore the file from a backup, or export again',
      });
    }
    return parser.graph();
  } finally {
    await handle.close();
  }
}

function takeLines(parser: LineParser, buffer: Buffer, end: number, file: string): void {
  const lines = buffer.subarray(0, end);
  const before = parser.read;
  const bad = isUtf8(lines) ? parser.take(buffer, viewOf(buffer), end) : badUtf8(lines);
  if (bad === -1) return;
  let number = before + 1;
  for (let at = 0; at < bad; at++) if (lines[at] === LINE_FEED) number += 1;
  throw malformedLine(file, number, lines.toString('utf8', bad, Math.min(bad + 1000, lines.indexOf(LINE_FEED, bad))));
}

/** Place of the first line that is not UTF-8. */
function badUtf8(lines: Buffer): number {
  let start = 0;
  for (;;) {
    const end = lines.indexOf(LINE_FEED, start);
    if (end === -1 || !isUtf8(lines.subarray(start, end))) return start;
    start = end + 1;
  }
}

function widened(buffer: Buffer, held: number): Buffer<ArrayBuffer> {
  const wider = Buffer.allocUnsafeSlow((buffer.length - SPARE) * 2 + SPARE);
  buffer.copy(wider, 0, 0, held);
  return wider;
}

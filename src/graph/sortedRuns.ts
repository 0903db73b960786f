import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Block } from './sortedBlocks.js';

/** Where one sorted run of a container stands in the run file. */
export interface RunSegment {
  readonly start: number;
  readonly end: number;
}

/** One temporary file with all sorted runs one after the other: one open file, however often was spilled. */
export interface RunFile {
  write(blocks: Iterable<Block>): RunSegment;
  /** Reads a run back with buffers of about `buffer` bytes. */
  read(segment: RunSegment, buffer: number): Iterable<Block>;
  readonly bytes: number;
  close(): void;
}

const WRITE = 1 << 20;

/** Makes the run file. A block is written as its subject, a line feed, and its tails; tails start with a blank, so that `\n<` starts a block. */
export function createRunFile(path: string): RunFile {
  const file = openSync(path, 'wx+', 0o600);
  let size = 0;
  const append = (text: string): void => {
    const chunk = Buffer.from(text, 'latin1');
    for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at, chunk.length - at, size + at);
    size += chunk.length;
  };
  return {
    get bytes() {
      return size;
    },
    write: (blocks) => {
      const start = size;
      let text = '';
      for (const { subject, tails } of blocks) {
        text += `${subject}\n${tails.join('\n')}\n`;
        if (text.length > WRITE) {
          append(text);
          text = '';
        }
      }
      append(text);
      return { start, end: size };
    },
    read: (segment, buffer) => readBlocks(file, segment, buffer),
    close: () => closeSync(file),
  };
}

function* readBlocks(file: number, { start, end }: RunSegment, buffer: number): Generator<Block> {
  let next = start;
  let text = '';
  let wanted = buffer;
  const more = (): void => {
    const chunk = Buffer.allocUnsafe(Math.min(wanted, end - next));
    let read = 0;
    while (read < chunk.length) {
      const got = readSync(file, chunk, read, chunk.length - read, next + read);
      if (got === 0) throw new Error('the file of temporary runs is shorter than what was written to it');
      read += got;
    }
    next += read;
    text += chunk.toString('latin1');
  };
  while (next < end || text !== '') {
    if (next < end) more();
    let at = 0;
    for (;;) {
      const found = text.indexOf('\n<', at);
      const stop = found >= 0 ? found : next >= end ? text.length - 1 : -1;
      if (stop <= at) break;
      const head = text.indexOf('\n', at);
      yield { subject: text.slice(at, head), tails: text.slice(head + 1, stop).split('\n') };
      at = stop + 1;
    }
    // A block longer than the buffer is read with a larger one, or each round would copy it again.
    wanted = at === 0 ? wanted * 2 : buffer;
    text = text.slice(at);
  }
}

import { once } from 'node:events';
import { Writable } from 'node:stream';
import type { Context } from './command.js';

/** Writes a long text to stdout as it is made, no faster than it is read there; @throws the signal's reason when it fires */
export async function printChunks(chunks: AsyncIterable<string>, { io, terminal, signal }: Context): Promise<void> {
  terminal.clear();
  const { stdout } = io;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    if (stdout.write(chunk) === false && stdout instanceof Writable) await once(stdout, 'drain', { signal });
  }
}

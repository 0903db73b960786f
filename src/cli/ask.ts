import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Io } from './terminal.js';

/** Whether somebody sits at a terminal who can be asked. */
export function canAsk(io: Io): boolean {
  return io.stdin?.isTTY === true && io.stderr.isTTY === true && !io.env.CI;
}

/**
 * Asks one question on the terminal; what is typed is not shown when it is `hidden`. An empty answer is `''`.
 * @throws the signal's reason when it fires
 */
export async function ask(io: Io, question: string, hidden: boolean, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  if (io.stdin === undefined) return '';
  io.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: io.stdin,
    output: hidden ? silent : (io.stderr as unknown as NodeJS.WritableStream),
    terminal: true,
    historySize: 0,
  });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
      // On a terminal in raw mode Ctrl-C arrives here, not as a signal to the process.
      lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  } finally {
    lines.close();
    if (hidden) io.stderr.write('\n');
  }
}

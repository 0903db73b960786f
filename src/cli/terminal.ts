import { oneLine } from '../errors.js';
import { grouped } from '../words.js';

/** Where a command writes; the process's own streams, or buffers in tests. */
export interface Io {
  /** Where answers come from, if anybody is there to be asked. */
  readonly stdin?: NodeJS.ReadStream | undefined;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: {
    write(text: string): unknown;
    readonly isTTY?: boolean | undefined;
    readonly columns?: number | undefined;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Results go to stdout, everything said on the way to stderr. */
export interface Terminal {
  /** A line of the result. */
  print(text: string): void;
  /** A line said on the way; silent with `--quiet`. */
  say(text: string): void;
  /** A line that is never silent: what stopped the run. */
  complain(text: string): void;
  /** One line that is written over; only on a terminal. */
  progress(text: string): void;
  /** Removes the progress line. */
  clear(): void;
}

/** A terminal over streams; progress is off with `--quiet`, `--json`, `CI` or where stderr is no terminal. */
export function terminal(io: Io, options: { quiet?: boolean; json?: boolean }): Terminal {
  const live = io.stderr.isTTY === true && !options.quiet && !options.json && !io.env.CI;
  let shown = false;
  let last = 0;
  const clear = (): void => {
    if (shown) io.stderr.write('\r\u001b[2K');
    shown = false;
  };
  return {
    print(text) {
      clear();
      io.stdout.write(`${text}\n`);
    },
    say(text) {
      if (options.quiet || options.json) return;
      clear();
      io.stderr.write(`${text}\n`);
    },
    complain(text) {
      clear();
      io.stderr.write(`${text}\n`);
    },
    progress(text) {
      const now = Date.now();
      if (!live || now - last < 100) return;
      last = now;
      io.stderr.write(`\r\u001b[2K${oneLine(text, (io.stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
    clear,
  };
}

/** Rows as aligned columns; numbers to the right, texts on one line. */
export function columns(table: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  const rows = table.map((row) =>
    row.map((cell, i) => {
      const isNumber = typeof cell === 'number';
      const text = isNumber ? grouped(cell) : oneLine(cell);
      widths[i] = Math.max(widths[i] ?? 0, text.length);
      return { isNumber, text };
    }),
  );
  return rows
    .map((row) =>
      row
        .map(({ isNumber, text }, i) => (isNumber ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

import { Command, InvalidArgumentError } from 'commander';
import { type Config, loadConfig } from '../config.js';
import { OmegraphError } from '../errors.js';
import type { ObjectRef } from '../ome/model.js';
import { type Io, type Terminal, terminal } from './terminal.js';

/** The exit codes of every command, documented in docs/cli.md. */
export const EXIT = { done: 0, crash: 1, wrong: 2, below: 3, partial: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly json: boolean;
  readonly io: Io;
}

/** How commands are run: set up by main, so that tests can call them without a process. */
export interface Runtime {
  readonly io: Io;
  readonly signal: AbortSignal;
  exit(code: ExitCode): void;
}

/** A command with the common options, its example, and an action that answers with an exit code. */
export function command<Options extends CommonOptions>(
  runtime: Runtime,
  parts: {
    name: string;
    summary: string;
    example: string;
    arguments?: readonly { name: string; description: string }[];
    options?: (command: Command) => Command;
    action(args: readonly string[], options: Options, context: Context): Promise<ExitCode>;
  },
): Command {
  const made = new Command(parts.name).description(parts.summary);
  for (const argument of parts.arguments ?? []) made.argument(argument.name, argument.description);
  parts.options?.(made);
  made
    .option('--config <file>', 'configuration file (default: omegraph.yaml in the working folder)', path)
    .option('--json', 'print one JSON object for scripts')
    .option('--quiet', 'say nothing but results and errors')
    .addHelpText('after', `\nExample:\n  ${parts.example.split('\n').join('\n  ')}\n`)
    .action(async () => {
      const options = made.opts<Options>();
      const context: Context = {
        config: await loadConfig(options.config),
        terminal: terminal(runtime.io, options),
        signal: runtime.signal,
        json: options.json ?? false,
        io: runtime.io,
      };
      try {
        runtime.exit(
          await parts.action(
            made.processedArgs.flat().filter((a): a is string => a !== undefined),
            options,
            context,
          ),
        );
      } finally {
        context.terminal.clear();
      }
    });
  return made;
}

/** Collects an option that may be given several times. */
export function several(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** A path, for an option: a shell variable that is not set would otherwise mean the working folder. */
export function path(value: string): string {
  if (value === '') throw new InvalidArgumentError('write a path; nothing was given.');
  return value;
}

/** A path, for an option that may be given several times. */
export function severalPaths(value: string, before: readonly string[] | undefined): string[] {
  return several(path(value), before);
}

/** A whole number in a range, for an option. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (!Number.isInteger(n) || n < from || n > to)
      throw new InvalidArgumentError(`write a whole number from ${from} to ${to}.`);
    return n;
  };
}

const ROOT_TYPES = ['Project', 'Dataset', 'Image', 'Screen', 'Plate'];

/** `Project:52 Image:7,8` as references. @throws OmegraphError (input) on anything else. */
export function objectRefs(words: readonly string[]): ObjectRef[] {
  return words.flatMap((word) => {
    const [type = '', ids = ''] = [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)];
    const parts = ids.split(',').filter((id) => id !== '');
    if (!word.includes(':') || !ROOT_TYPES.includes(type) || parts.length === 0) {
      throw new OmegraphError('input', {
        where: 'argument',
        wrong: 'this is not an object',
        found: word,
        remedy: `write Type:id, such as Project:52 or Image:7,8, with one of ${ROOT_TYPES.join(', ')}`,
      });
    }
    return parts.map((id) => `${type}:${id}` as ObjectRef);
  });
}

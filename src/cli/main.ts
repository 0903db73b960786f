#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { isOmegraphError } from '../errors.js';
import { auditCommand } from './audit.js';
import { bundleCommand } from './bundle.js';
import { EXIT, type ExitCode, type Runtime } from './command.js';
import { doctorCommand } from './doctor.js';
import { exportCommand } from './export.js';
import { keyValuesCommand } from './keyValues.js';
import { mappingsCommand } from './mappings.js';
import { serveCommand } from './serve.js';
import { software } from './software.js';
import type { Io } from './terminal.js';
import { termsCommand } from './terms.js';

/** The whole command line; commands are in the order of the work. */
export function program(runtime: Runtime): Command {
  const made = new Command('omegraph')
    // Or an option after `audit diff` would be taken for one of `audit`.
    .enablePositionalOptions()
    .description('From OMERO and OME files to a REMBI knowledge graph: export, audit, serve, bundle.')
    .version(software().version)
    .addHelpText(
      'after',
      '\nExample:\n  omegraph export --source ./my-study && omegraph audit && omegraph serve\n\nExit codes: 0 done, 1 crash, 2 wrong input, configuration or server, 3 data below --fail-on, 4 partial, 130 interrupted.\n',
    );
  for (const make of [
    exportCommand,
    auditCommand,
    serveCommand,
    bundleCommand,
    keyValuesCommand,
    mappingsCommand,
    termsCommand,
    doctorCommand,
  ]) {
    made.addCommand(make(runtime));
  }
  const quietly = (command: Command): void => {
    command.exitOverride().configureOutput({
      writeOut: (text) => runtime.io.stdout.write(text),
      writeErr: (text) => runtime.io.stderr.write(text),
    });
    command.commands.forEach(quietly);
  };
  quietly(made);
  return made;
}

/** Runs one command line (without `node` and script) and answers with its exit code; never throws. */
export async function run(args: readonly string[], io: Io, signal: AbortSignal): Promise<ExitCode> {
  return answered(
    async () => {
      let code: ExitCode = EXIT.done;
      const runtime: Runtime = {
        io,
        signal,
        exit: (given) => {
          code = given;
        },
      };
      await program(runtime).parseAsync([...args], { from: 'user' });
      return code;
    },
    io,
    signal,
  );
}

/** The exit code of some work: what stops it is said on stderr in one line; only a bug shows its stack. */
export async function answered(work: () => Promise<ExitCode>, io: Io, signal: AbortSignal): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrong;
    if (signal.aborted) {
      io.stderr.write(
        'omegraph: stopped; nothing half-written was left behind. Run the same command again to go on.\n',
      );
      return EXIT.interrupted;
    }
    if (isOmegraphError(error)) {
      io.stderr.write(`omegraph: ${error.message}\n`);
      return EXIT.wrong;
    }
    io.stderr.write(
      `omegraph: this is a bug, please report it with the lines below.\n${String((error as Error)?.stack ?? error)}\n`,
    );
    return EXIT.crash;
  }
}

/** Runs as a process: first Ctrl-C stops cleanly, a second one at once. */
export async function runProcess(work: (signal: AbortSignal) => Promise<ExitCode>): Promise<void> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // A closed pipe (`omegraph … | head`) is no crash.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.done);
      if (stream === process.stdout)
        process.stderr.write(`omegraph: stdout: it cannot be written ("${error.code}"); write to another place\n`);
      process.exit(EXIT.wrong);
    });
  }
  process.exitCode = await work(controller.signal);
  process.removeListener('SIGINT', stop);
  process.removeListener('SIGTERM', stop);
}

if (process.argv[1] !== undefined && isMain(process.argv[1]))
  await runProcess((signal) => run(process.argv.slice(2), process, signal));

function isMain(script: string): boolean {
  return /[\\/](omegraph|main\.js)$/.test(script);
}

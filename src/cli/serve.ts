import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isOmegraphError } from '../errors.js';
import { followRecord } from '../graph/followRecord.js';
import { openStore } from '../graph/oxigraphStore.js';
import { openRecord } from '../graph/record.js';
import type { ReviewDesk } from '../serve/reviewDesk.js';
import { createService } from '../serve/service.js';
import type { TermIndex } from '../terms/termIndex.js';
import { runAudit } from './audit.js';
import { clock } from './clock.js';
import { reviewFile } from './mappingsSuggest.js';
import { reviewDesk } from './reviewDesk.js';
import { siteTerms } from './terms.js';
import {
  type CommonOptions,
  type Context,
  command,
  EXIT,
  type ExitCode,
  path,
  type Runtime,
  wholeNumber,
} from './command.js';

interface Options extends CommonOptions {
  readonly data?: string;
  readonly host?: string;
  readonly port?: number;
  readonly deadline?: number;
  readonly review?: string | true;
}

/** `omegraph serve`: record → SPARQL and pages. */
export function serveCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'serve',
    summary: 'answer SPARQL queries and show a page for every object',
    example: 'omegraph serve --port 8080',
    options: (made) =>
      made
        .option('--data <folder>', 'data folder with the record', path)
        .option('--host <address>', 'address to listen on', path)
        .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65535))
        .option('--deadline <seconds>', 'a query that runs longer is stopped', wholeNumber(1, 86400))
        .option(
          '--review [file]',
          'show a page that writes decisions into the table of `mappings suggest`, to this machine only (default: where that command writes it)',
        ),
    action: (_args, options, context) => serveUntilStopped(options, context),
  });
}

/** Serves until the signal fires; says where. */
export async function serveUntilStopped(options: Options, context: Context): Promise<ExitCode> {
  const { terminal, signal, json } = context;
  const service = await startService(options, context);
  if (json) terminal.print(JSON.stringify({ url: service.url }));
  else
    terminal.say(
      `Serving ${service.url} (SPARQL at ${service.url}/sparql, audit at ${service.url}/audit${options.review === undefined ? '' : `, review at ${service.url}/review`}). Ctrl-C stops.`,
    );
  if (!signal.aborted) await once(signal, 'abort');
  await service.close();
  return EXIT.done;
}

/** Opens the record and its store and starts the service; `close` ends all of it. */
export async function startService(
  options: Options,
  context: Context,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { config, terminal } = context;
  const folder = options.data ?? config.data;
  const review = options.review === undefined ? undefined : await openDesk(options.review, context);
  const record = await openRecord(folder);
  terminal.progress('loading the record into the store');
  const store = await openStore(record, { maxQuads: config.serve.maxQuads });
  try {
    const onFault = (error: unknown): void =>
      terminal.complain(
        `omegraph: ${isOmegraphError(error) ? error.message : String((error as Error)?.stack ?? error)}`,
      );
    const service = await createService({
      store,
      record: followRecord(record, store, { onFault }),
      onFault,
      audit: async () => (await runAudit(folder, [], {}, context)).audit,
      review,
      host: options.host ?? config.serve.host,
      port: options.port ?? config.serve.port,
      deadlineMs: (options.deadline ?? config.serve.deadlineSeconds) * 1000,
    });
    return {
      url: service.url,
      close: async () => {
        await service.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The table under review. @throws OmegraphError when there is none or it is malformed */
async function openDesk(file: string | true, { config, io }: Context): Promise<ReviewDesk> {
  const now = clock(io);
  let terms: Promise<TermIndex> | undefined;
  const desk = reviewDesk(
    resolve(file === true || file === '' ? reviewFile(config) : file),
    () => (terms ??= siteTerms(config)),
    () => now().toISOString().slice(0, 10),
  );
  await desk.subjects();
  return desk;
}

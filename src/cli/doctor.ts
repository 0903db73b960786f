import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadProfile } from '../audit/loadProfile.js';
import { type Config, OMERO_WEB } from '../config.js';
import { isOmegraphError } from '../errors.js';
import { checkOmeroWeb } from '../extract/web/webDoctor.js';
import { openRecord } from '../graph/record.js';
import { mappingStatistics } from '../map/mappingStatistics.js';
import { tryAddress } from '../serve/service.js';
import { counted } from '../words.js';
import { type CommonOptions, type Context, command, EXIT, type Runtime } from './command.js';
import { omeroWebOptions } from './exportSource.js';
import { mapContext } from './mapContext.js';

interface Options extends CommonOptions {
  readonly url?: string;
}

interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was seen, or what is wrong and what to do. */
  readonly said: string;
}

/** `omegraph doctor`: is everything in place? */
export function doctorCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'doctor',
    summary: 'check installation, configuration, OMERO, tables, shapes and the record, and say what to fix',
    example: 'omegraph doctor\nomegraph doctor --url https://omero.example.org',
    options: (made) =>
      made.option('--url <address>', 'look at this OMERO.web; otherwise at the one of the configuration, if any'),
    action: async (_args, options, context) => {
      const { config, terminal, json } = context;
      const checks: Check[] = [];
      const note = (check: Check): void => {
        checks.push(check);
        if (!json) terminal.print(`${check.ok ? 'ok  ' : 'FIX '} ${check.name}: ${check.said}`);
      };
      for (const [name, look] of Object.entries(CHECKS)) note(await checked(name, () => look(config)));
      if ((options.url ?? config.omero.url) !== undefined) {
        for await (const check of omeroChecks(options, context)) note({ ...check, name: `OMERO ${check.name}` });
      }
      const ok = checks.every((c) => c.ok);
      if (json) terminal.print(JSON.stringify({ ok, checks }, null, 2));
      return ok ? EXIT.done : EXIT.wrong;
    },
  });
}

/** What is to be said about the server; that it cannot even be tried, for want of a password, is said too. */
async function* omeroChecks(options: Options, context: Context): AsyncGenerator<Check> {
  let omero;
  try {
    omero = await omeroWebOptions(options, context);
  } catch (error) {
    if (!isOmegraphError(error)) throw error;
    yield { name: 'credentials', ok: false, said: error.message };
    return;
  }
  yield* checkOmeroWeb({ ...omero, signal: context.signal });
}

/** What is looked at, in order; each answers what it saw or throws what is wrong. */
const CHECKS: Readonly<Record<string, (config: Config) => Promise<string>>> = {
  'Node.js': async () => {
    if (Number(process.versions.node.split('.')[0]) < 20)
      throw new Error(`${process.version} is too old; install Node.js 20 or later`);
    return process.version;
  },
  configuration: async (config) => `base ${config.base}, data folder ${config.data}`,
  'mapping tables': async (config) => {
    const tables = mappingStatistics((await mapContext(config)).mappings);
    return `${counted(tables.length, 'table')}, ${counted(
      tables.reduce((n, t) => n + t.rows, 0),
      'row',
    )}`;
  },
  shapes: async (config) => {
    const profile = await loadProfile(config.profile, config.audit);
    return `profile ${profile.name}, ${counted(profile.shapes.length, 'shape')}`;
  },
  sources: async (config) => {
    if (config.source?.includes(OMERO_WEB)) return `the OMERO server ${config.omero.url ?? 'that --url names'}`;
    for (const path of config.source ?? []) await access(path, constants.R_OK);
    return config.source === undefined
      ? 'none configured; name them with export --source'
      : counted(config.source.length, 'path');
  },
  'data folder': async (config) => {
    const there = await access(config.data).then(
      () => true,
      () => false,
    );
    await access(there ? config.data : dirname(resolve(config.data)), constants.W_OK);
    return there && (await readdir(config.data)).length > 0 ? 'there and writable' : 'will be made by the first export';
  },
  record: async (config) => {
    const there = await access(resolve(config.data, 'manifest.json')).then(
      () => true,
      () => false,
    );
    if (!there) return 'none yet; run omegraph export';
    const record = await openRecord(config.data);
    const problems: string[] = [];
    for await (const problem of record.verify()) problems.push(problem.message);
    if (problems.length > 0) throw new Error(problems.join('; '));
    const quads = record.manifest.containers.reduce((n, c) => n + c.quads, 0);
    return `${counted(record.manifest.containers.length, 'container')}, ${counted(quads, 'triple')}, all checksums right`;
  },
  port: async (config) => {
    const { host, port } = config.serve;
    await tryAddress(host, port);
    return `${host}:${port} is free`;
  },
};

async function checked(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, said: await look() };
  } catch (error) {
    const system = error as NodeJS.ErrnoException;
    const said =
      isOmegraphError(error) || system.code === undefined
        ? system.message
        : `${system.path ?? ''}: ${system.code}; check that it exists and that you may use it`;
    return { name, ok: false, said };
  }
}

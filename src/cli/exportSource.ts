import { join, resolve } from 'node:path';
import { type Config, OMERO_WEB } from '../config.js';
import { OmegraphError } from '../errors.js';
import { keyValueFiles } from '../extract/csv/keyValueFile.js';
import { fileSource } from '../extract/fileSource.js';
import type { MetadataSource } from '../extract/metadataSource.js';
import { findCredentials } from '../extract/web/credentials.js';
import type { Part } from '../extract/web/parts.js';
import { withKeyValues } from '../extract/withKeyValues.js';
import { type OmeroWebOptions, omeroWebSource } from '../extract/web/webSource.js';
import { ask, canAsk } from './ask.js';
import type { Context } from './command.js';
import { clock } from './clock.js';
import { software } from './software.js';

/** The options of a command that say where metadata comes from. */
export interface SourceOptions {
  readonly source?: string[];
  readonly data?: string;
  readonly url?: string;
  readonly with?: Part[];
  readonly without?: Part[];
  readonly maxRequests?: number;
  readonly restart?: boolean;
  readonly keyValues?: string[];
  readonly splitKeyValues?: string;
  readonly replaceKeyValues?: boolean;
}

/**
 * The source that options and configuration name, with the key-values of the CSV files that they name.
 * @throws OmegraphError when there is none, or two kinds at once
 */
export async function exportSource(options: SourceOptions, context: Context): Promise<MetadataSource> {
  const files = keyValueFiles(options.keyValues ?? context.config.keyValues ?? []);
  const stray = (['splitKeyValues', 'replaceKeyValues'] as const).find((option) => options[option] !== undefined);
  if (files.length === 0 && stray !== undefined) {
    throw new OmegraphError('input', {
      where: stray === 'splitKeyValues' ? '--split-key-values' : '--replace-key-values',
      wrong: 'there are no key-values to read',
      remedy: 'name a CSV file with --key-values, or leave the option out',
    });
  }
  return withKeyValues(await bareSource(options, context), files, {
    split: options.splitKeyValues,
    replace: options.replaceKeyValues,
  });
}

async function bareSource(options: SourceOptions, context: Context): Promise<MetadataSource> {
  const { config } = context;
  const named = options.source ?? config.source ?? [];
  if (named.length === 0) {
    throw new OmegraphError('input', {
      where: 'export',
      wrong: 'there is no source to read',
      remedy: `name files or folders with --source, or ${OMERO_WEB} for a server, or set "source" in omegraph.yaml`,
    });
  }
  const visibility = config.visibility ? { visibility: config.visibility } : {};
  if (!named.includes(OMERO_WEB)) {
    const stray = (['url', 'with', 'without', 'maxRequests', 'restart'] as const).find((o) => options[o] !== undefined);
    if (stray === undefined) return fileSource(named, visibility);
    throw new OmegraphError('input', {
      where: `--${stray === 'maxRequests' ? 'max-requests' : stray}`,
      wrong: 'this option is for OMERO servers',
      remedy: `add --source ${OMERO_WEB}, or leave the option out`,
    });
  }
  if (named.length > 1) {
    throw new OmegraphError('input', {
      where: '--source',
      wrong: 'a server and files cannot be read in one export',
      found: named.join(', '),
      remedy: 'export them one after the other into the same data folder',
    });
  }
  const omero = await omeroWebOptions(options, context);
  return omeroWebSource({
    ...omero,
    journal: { folder: join(resolve(options.data ?? config.data), 'harvest'), restart: options.restart ?? false },
    now: clock(context.io),
  });
}

/** Whether the source is a server. */
export const isOmeroWeb = (options: SourceOptions, config: Config): boolean =>
  (options.source ?? config.source ?? []).includes(OMERO_WEB);

/** How to reach the configured OMERO.web, with credentials from the environment, a netrc file or the terminal. */
export async function omeroWebOptions(options: SourceOptions, context: Context): Promise<OmeroWebOptions> {
  const { config, terminal, io } = context;
  const { connections, timeoutSeconds, timeZone, server, netrc } = config.omero;
  const url = omeroUrl(config, options);
  const maxRequests = options.maxRequests ?? config.omero.maxRequests;
  const credentials = await findCredentials(url, {
    env: io.env,
    ...(netrc !== undefined && { netrc }),
    ...(canAsk(io) && { ask: (question: string, hidden: boolean) => ask(io, question, hidden, context.signal) }),
  });
  return {
    url,
    ...(server !== undefined && { server }),
    ...(credentials && { credentials }),
    connections,
    timeoutSeconds,
    timeZone,
    ...(maxRequests !== undefined && { maxRequests }),
    parts: [...new Set([...config.omero.parts, ...(options.with ?? [])])].filter((p) => !options.without?.includes(p)),
    userAgent: `omegraph/${software().version} (+https://w3id.org/omegraph)`,
    ...(config.visibility && { visibility: config.visibility }),
    onWait: (why) => terminal.say(why),
  };
}

function omeroUrl(config: Config, options: SourceOptions): string {
  const url = options.url ?? config.omero.url;
  if (url !== undefined) return url;
  throw new OmegraphError('input', {
    where: `--source ${OMERO_WEB}`,
    wrong: 'the address of OMERO.web is not known',
    remedy: 'name it with --url, or as "omero: { url: … }" in omegraph.yaml',
  });
}

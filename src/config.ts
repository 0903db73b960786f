import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { CONFIG_SCHEMA } from './configSchema.js';
import { splitKeyValueFile } from './extract/csv/keyValueFile.js';
import { checkedYaml, readYamlFile } from './yamlDocument.js';

/** A checked configuration; paths are absolute. */
export type Config = FromSchema<typeof CONFIG_SCHEMA>;

/** The word that names an OMERO server as the source. */
export const OMERO_WEB = 'omero-web';

/** The file that is read when none is named. */
export const CONFIG_FILE = 'omegraph.yaml';

/**
 * Reads the configuration: the named file, else `omegraph.yaml` in the working folder, else the defaults.
 * Paths in the file are relative to it. @throws OmegraphError (config) with file, line and remedy.
 */
export async function loadConfig(file?: string): Promise<Config> {
  const chosen = file ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  if (chosen === undefined) return withAbsolutePaths(parseConfig('', CONFIG_FILE), process.cwd());
  const source = await readYamlFile(chosen, 'config', 'name an existing configuration file with --config');
  return withAbsolutePaths(parseConfig(source.text, chosen), dirname(resolve(chosen)));
}

/** Checks the text of a configuration and fills in the defaults. @throws OmegraphError (config). */
export function parseConfig(text: string, file: string): Config {
  return checkedYaml({ file, text }, CONFIG_SCHEMA, 'config') as Config;
}

function withAbsolutePaths(config: Config, folder: string): Config {
  const path = (p: string): string => resolve(folder, p);
  return {
    ...config,
    data: path(config.data),
    audit: { ...config.audit, ...(config.audit.shapes && { shapes: config.audit.shapes.map(path) }) },
    // A profile is the name of a shipped one, or a folder.
    profile: /[\\/.]/.test(config.profile) ? path(config.profile) : config.profile,
    ...(config.keyValues && {
      keyValues: config.keyValues.map(splitKeyValueFile).map((file) => file.prefix + path(file.path)),
    }),
    ...(config.source && { source: config.source.map((p) => (p === OMERO_WEB ? p : path(p))) }),
    terms: { ...config.terms, ...(config.terms.ontologies && { ontologies: config.terms.ontologies.map(path) }) },
    ...(config.mappings && { mappings: config.mappings.map(path) }),
    ...(config.study !== undefined && { study: path(config.study) }),
    omero: { ...config.omero, ...(config.omero.netrc !== undefined && { netrc: path(config.omero.netrc) }) },
  };
}

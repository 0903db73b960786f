import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { checkedYaml, readYamlFile } from './yamlDocument.js';

const names = {
  type: 'array',
  items: { type: 'string', minLength: 1 },
  remedy: 'write a list of names',
} as const;
/** No file system takes a NUL. */
const PATH = { type: 'string', minLength: 1, pattern: '^[^\\u0000]*$' } as const;
const allowDeny = {
  type: 'object',
  additionalProperties: false,
  properties: { allow: names, deny: names },
} as const;

/** The one schema of `omegraph.yaml`: types, defaults, descriptions (quoted in docs/configuration.md) and remedies. */
export const CONFIG_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['base', 'data', 'biaBase', 'profile'],
  properties: {
    base: {
      type: 'string',
      format: 'base',
      default: 'http://localhost:8080',
      description: 'IRI under which all objects are named; choose it once and keep it',
      remedy: 'write an absolute IRI without ? and #, such as https://omero.example.org',
    },
    data: {
      ...PATH,
      default: 'omegraph-data',
      description: 'data folder: the record of all exports',
      remedy: 'write a folder path',
    },
    source: {
      type: 'array',
      items: PATH,
      description: 'files and folders to read when `export` names none',
      remedy: 'write a list of paths',
    },
    mappings: {
      type: 'array',
      items: PATH,
      description: 'folders with your own SSSOM tables; they override the shipped ones',
      remedy: 'write a list of folders that hold keys/ and values/',
    },
    profile: {
      ...PATH,
      default: 'rembi',
      description: 'profile of shapes to audit against: the name of a shipped one or a folder',
      remedy: 'write rembi or the path of a folder with Turtle files',
    },
    biaBase: {
      type: 'string',
      format: 'iri',
      default: 'http://bia/',
      description: "base of BIA's properties, which are provisional",
      remedy: 'write an absolute IRI that ends in / or #',
    },
    web: {
      type: 'string',
      format: 'iri',
      description: 'address of OMERO.web, for links from objects back to OMERO',
      remedy: 'write the address of OMERO.web, such as https://omero.example.org',
    },
    study: {
      ...PATH,
      description: 'study file for `bundle`: authors, licence, release date, funding',
      remedy: 'write the path of a YAML file',
    },
    visibility: {
      type: 'object',
      additionalProperties: false,
      description: 'which groups and owners may be published; `deny` wins over `allow`',
      properties: { groups: allowDeny, owners: allowDeny },
    },
    serve: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'the HTTP service',
      required: ['host', 'port', 'deadlineSeconds', 'maxQuads'],
      properties: {
        host: { type: 'string', minLength: 1, default: '127.0.0.1', description: 'address to listen on' },
        port: {
          type: 'integer',
          minimum: 0,
          maximum: 65535,
          default: 8080,
          description: 'port to listen on; 0 takes a free one',
          remedy: 'write a number from 0 to 65535',
        },
        deadlineSeconds: {
          type: 'number',
          exclusiveMinimum: 0,
          default: 30,
          description: 'a SPARQL query that runs longer is stopped',
          remedy: 'write a number of seconds',
        },
        maxQuads: {
          type: 'integer',
          minimum: 1,
          default: 8000000,
          description: 'the embedded store refuses a record larger than this',
          remedy: 'write a number; above 10 million the embedded store runs out of memory',
        },
      },
    },
  },
} as const;

/** A checked configuration; paths are absolute. */
export type Config = FromSchema<typeof CONFIG_SCHEMA>;

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
    // A profile is the name of a shipped one, or a folder.
    profile: /[\\/.]/.test(config.profile) ? path(config.profile) : config.profile,
    ...(config.source && { source: config.source.map(path) }),
    ...(config.mappings && { mappings: config.mappings.map(path) }),
    ...(config.study !== undefined && { study: path(config.study) }),
  };
}

import { GROUP_LEVELS } from './extract/visibility.js';
import { DEFAULT_PARTS, PARTS } from './extract/web/parts.js';

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
  required: ['base', 'data', 'biaBase', 'profile', 'audit', 'omero', 'terms'],
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
      description: 'files and folders to read when `export` names none, or `omero-web` alone',
      remedy: 'write a list of paths, or omero-web',
    },
    keyValues: {
      type: 'array',
      items: PATH,
      description:
        'CSV files whose key-values are added to the objects that they name; `Well=file.csv` where ids and names are of wells, `Dataset:7=file.csv` for a sheet about one object',
      remedy: 'write a list of paths',
    },
    omero: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'the OMERO server that `--source omero-web` reads; user and password come from elsewhere',
      required: ['connections', 'timeoutSeconds', 'parts', 'timeZone'],
      properties: {
        url: {
          type: 'string',
          format: 'iri',
          description: 'address of OMERO.web, with its prefix if it has one',
          remedy: 'write the address that people open in the browser, such as https://omero.example.org',
        },
        server: {
          type: 'string',
          minLength: 1,
          description: 'which server to log in to, by host, name or id, where OMERO.web offers several',
        },
        netrc: {
          ...PATH,
          description: 'netrc file with user and password (mode 0600); otherwise $NETRC, then ~/.netrc',
          remedy: 'write a file path',
        },
        connections: {
          type: 'integer',
          minimum: 1,
          maximum: 8,
          default: 2,
          description: 'requests under way at the same time; OMERO.web has five workers for everybody',
          remedy: 'write a number from 1 to 8; ask the administrator before you go above 2',
        },
        timeoutSeconds: {
          type: 'number',
          exclusiveMinimum: 0,
          default: 90,
          description: 'an answer that takes longer is asked for again',
          remedy: 'write a number of seconds',
        },
        maxRequests: {
          type: 'integer',
          minimum: 1,
          description: 'an export stops, and can be resumed, after so many requests',
          remedy: 'write a number of requests',
        },
        parts: {
          type: 'array',
          items: { type: 'string', enum: PARTS },
          default: DEFAULT_PARTS,
          description: `what is read beside objects and annotations: ${PARTS.join(', ')}`,
          remedy: `write a list of ${PARTS.join(', ')}`,
        },
        timeZone: {
          type: 'string',
          format: 'time-zone',
          default: 'UTC',
          description: 'time zone of the OMERO server, for acquisition dates',
          remedy: 'write an IANA name such as Europe/Berlin',
        },
      },
    },
    mappings: {
      type: 'array',
      items: PATH,
      description: 'folders with your own SSSOM tables; they override the shipped ones',
      remedy: 'write a list of folders that hold keys/ and values/',
    },
    terms: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'ontologies beyond the shipped ones',
      required: ['ols'],
      properties: {
        ols: {
          type: 'string',
          format: 'iri',
          default: 'https://www.ebi.ac.uk/ols4',
          description:
            'terminology service with the OLS4 interface, asked only with `--online`; also https://api.terminology.tib.eu or https://semanticlookup.zbmed.de/ols',
          remedy: 'write the address before /api, such as https://www.ebi.ac.uk/ols4',
        },
        ontologies: {
          type: 'array',
          items: PATH,
          description: 'index files (.idx) that `terms add` made elsewhere; they win over the shipped ones',
          remedy: 'write a list of .idx files',
        },
      },
    },
    profile: {
      ...PATH,
      default: 'rembi',
      description:
        'profile of shapes to audit against: rembi-minimum, rembi, bioimage-archive, zenodo, gide, or a folder or Turtle file',
      remedy: 'write rembi or the path of a folder with Turtle files',
    },
    audit: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'your own rules for the audit, on top of the profile',
      required: ['keep'],
      properties: {
        shapes: {
          type: 'array',
          items: PATH,
          description:
            'Turtle files with further shapes, or with other severities and messages for those of the profile',
          remedy: 'write a list of .ttl files',
        },
        severity: {
          type: 'object',
          additionalProperties: {
            type: 'string',
            enum: ['violation', 'warning', 'info', 'off'],
            remedy: 'write a field of the profile with violation, warning, info or off',
          },
          description: 'how grave it is when a field is missing: `organism: warning`; `off` does not ask for it',
        },
        waivers: {
          type: 'array',
          description:
            'what need not be fixed: `about` a field or shape, `on` (Project:52, Dataset:7, "group: Lab A", "owner: Ada Lovelace" or "*"), the `reason`, and `until` which day',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['about', 'on', 'reason'],
            properties: {
              about: { type: 'string', minLength: 1, remedy: 'write a field such as organism, or the IRI of a shape' },
              on: { type: 'string', minLength: 1, remedy: 'write Project:52, Dataset:7, "group: Lab A" or "*"' },
              reason: { type: 'string', minLength: 1, remedy: 'say why it need not be fixed' },
              until: { type: 'string', format: 'date', remedy: 'write a day as 2027-01-31' },
            },
          },
        },
        keep: {
          type: 'integer',
          minimum: 0,
          maximum: 10_000,
          default: 100,
          description: 'audits that are kept in the data folder to compare with; the oldest go first',
          remedy: 'write a number from 0 to 10000',
        },
      },
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
      properties: {
        groups: allowDeny,
        owners: allowDeny,
        levels: {
          type: 'array',
          items: { type: 'string', enum: GROUP_LEVELS },
          description:
            'permission levels of groups that may be published; all but private when left out, and a private group only when `groups.allow` names it',
          remedy: `write a list of ${GROUP_LEVELS.join(', ')}`,
        },
      },
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

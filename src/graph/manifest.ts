import { Ajv, type JSONSchemaType } from 'ajv';
import { OmegraphError } from '../errors.js';

/** One file of the record with what is needed to trust it. */
export interface RecordFile {
  /** Path within the data folder, with `/`; it ends in the first digits of the checksum, so that a file is never replaced by another. */
  readonly file: string;
  /** IRI of the named graph all its quads are in. */
  readonly graph: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly quads: number;
}

export interface ContainerEntry extends RecordFile {
  /** `Project:52`, `Screen:3` or `orphans`. */
  readonly container: string;
  readonly label?: string | undefined;
  /** Number of objects by OME type. */
  readonly counts: Readonly<Record<string, number>>;
  readonly exportedAt: string;
}

/** `manifest.json`: what a data folder holds. */
export interface Manifest {
  readonly format: 'omegraph-record';
  readonly version: 1;
  readonly base: string;
  readonly software: string;
  /** The source as the user named it, without credentials. */
  readonly source: string;
  readonly containers: readonly ContainerEntry[];
  readonly provenance?: RecordFile | undefined;
  readonly description?: RecordFile | undefined;
}

const iri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|^`\\\\]*$' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const text = { type: 'string' } as const;
const file = {
  // A path that stays in the data folder: a manifest may come from elsewhere.
  file: { type: 'string', pattern: '^(?:[A-Za-z0-9_~%][A-Za-z0-9._~%-]*/)*[A-Za-z0-9_~%][A-Za-z0-9._~%-]*$' },
  graph: iri,
  sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  bytes: count,
  quads: count,
} as const;
const fileRequired = ['file', 'graph', 'sha256', 'bytes', 'quads'] as const;
const recordFile = { type: 'object', properties: file, required: fileRequired } as const;

/** JSON Schema of `manifest.json`; properties of later minor versions are allowed. */
export const MANIFEST_SCHEMA = {
  type: 'object',
  properties: {
    format: { const: 'omegraph-record' },
    version: { const: 1 },
    base: iri,
    software: text,
    source: text,
    containers: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          ...file,
          container: { type: 'string', minLength: 1 },
          label: text,
          counts: { type: 'object', additionalProperties: count },
          exportedAt: text,
        },
        required: [...fileRequired, 'container', 'counts', 'exportedAt'],
      },
    },
    provenance: recordFile,
    description: recordFile,
  },
  required: ['format', 'version', 'base', 'software', 'source', 'containers'],
} as const;

const validate = new Ajv({ allErrors: false }).compile<Manifest>(
  MANIFEST_SCHEMA as unknown as JSONSchemaType<Manifest>,
);

/** A manifest from its JSON; `where` names the file in messages. @throws OmegraphError when it is no JSON or not of the schema */
export function parseManifest(json: string, where: string): Manifest {
  const broken = (wrong: string, found?: string, cause?: unknown): OmegraphError =>
    new OmegraphError(
      'input',
      { where, wrong, found, remedy: 'restore the file from a backup, or export again into an empty folder' },
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw broken('the manifest is not JSON', cause instanceof Error ? cause.message : undefined, cause);
  }
  if (validate(value)) {
    const names = value.containers.map((entry) => entry.container);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice === undefined) return value;
    throw broken('the manifest names a container twice', twice);
  }
  const [error] = validate.errors ?? [];
  throw broken(
    `the manifest does not have the form of a record at ${error?.instancePath || 'its top'}: ${error?.message ?? 'unknown'}`,
    valueAt(value, error?.instancePath ?? ''),
  );
}

/** The manifest's JSON, with keys in a fixed order. */
export function manifestJson(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What stands at a JSON pointer (RFC 6901), as JSON. */
function valueAt(value: unknown, pointer: string): string | undefined {
  let at = value;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  }
  return pointer === '' ? undefined : JSON.stringify(at);
}

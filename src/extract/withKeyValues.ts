import { createHash } from 'node:crypto';
import { finding } from '../findings.js';
import type { ObjectRef, OmeRecord } from '../ome/model.js';
import type { KeyValueRow, NamedTarget } from './csv/csvContext.js';
import { csvKeyValues } from './csv/csvKeyValues.js';
import type { Separator } from './csv/csvSeparator.js';
import type { KeyValueFile } from './csv/keyValueFile.js';
import { scopeOf } from './identity.js';
import { keyValueTags } from './keyValueTags.js';
import type { ExtractOptions, MetadataSource } from './metadataSource.js';
import { namedObjects, type NamedObject, type Resolved } from './namedObjects.js';
import { type RecordSpill, recordSpill } from './recordSpill.js';
import { replacedKeyValues } from './replacedKeyValues.js';

/** How key-values of CSV files come to the objects of a source. */
export interface KeyValueOptions {
  /** Guessed for each file when left out. */
  readonly separator?: Separator | undefined;
  /** Splits a cell into several values. */
  readonly split?: string | undefined;
  /** Map annotations of the same namespace on the same object are left out; those that a file named `….replace.csv` replaces always are. */
  readonly replace?: boolean | undefined;
}

/**
 * A source with the key-values of CSV files for its objects: annotations of the objects that the run publishes, in their containers.
 * An object is named by its id or, where no other has it, by its name; nothing is guessed. The files are read before the source,
 * so that what is wrong with them is said at once; their pairs come behind its records.
 */
export function withKeyValues(
  source: MetadataSource,
  files: readonly KeyValueFile[],
  options: KeyValueOptions = {},
): MetadataSource {
  if (files.length === 0) return source;
  const { plan, done } = source;
  return {
    name: source.name,
    also: [...(source.also ?? []), ...files.map(({ label }) => label)],
    records: (roots, extract) => annotatedRecords(source, files, options, roots, extract),
    ...(plan && {
      async plan(roots: readonly ObjectRef[], extract: ExtractOptions) {
        const rows = await readFiles(files, options, extract);
        rows.close();
        return plan.call(source, roots, extract);
      },
    }),
    ...(done && { done: () => done.call(source) }),
  };
}

async function* annotatedRecords(
  source: MetadataSource,
  files: readonly KeyValueFile[],
  options: KeyValueOptions,
  roots: readonly ObjectRef[],
  extract: ExtractOptions,
): AsyncGenerator<OmeRecord> {
  const { onFinding, signal } = extract;
  const objects = namedObjects();
  const tags = keyValueTags(onFinding);
  const namespaces = new Set<string>();
  const rows = await readFiles(files, options, extract, (row) => {
    objects.want(row.target);
    for (const tag of row.tags) tags.want(tag);
    for (const namespace of replacedIn(row, options)) namespaces.add(namespace);
  });
  const replaced = namespaces.size > 0 ? replacedKeyValues(namespaces) : undefined;
  const rowsSeen = twiceNamed();
  try {
    for await (const record of source.records(roots, extract)) {
      objects.see(record);
      tags.see(record);
      const passed = replaced === undefined ? record : replaced.keep(record);
      if (passed !== undefined) yield passed;
    }
    for await (const row of rows.values()) {
      signal?.throwIfAborted();
      const at = `${row.file}:${row.line}`;
      const found = objects.resolve(row.target);
      if (found.kind !== 'object') {
        onFinding(notFound(row.target, found, at));
        continue;
      }
      const { object } = found;
      sayDisagreement(row.target, object, at, extract);
      for (const namespace of replacedIn(row, options)) replaced?.replace(object.ref, namespace);
      if (row.sets.length === 0 && row.tags.length === 0) continue;
      const before = rowsSeen(row, object.ref);
      if (before === 'same') continue;
      if (before !== undefined)
        onFinding(finding('key-values-object-twice', object.ref, { at, detail: `first in line ${before}` }));
      const { containers } = object;
      yield* mapAnnotations(row, object);
      for (const tag of row.tags) yield* tags.records(tag, row.file, at, object.ref, containers);
    }
    if (replaced !== undefined) yield* replaced.rest();
  } finally {
    rows.close();
    replaced?.close();
  }
}

/** Namespaces in which a row takes the place of what its object has: as its file says, or of all its pairs where the user asked for it. */
function replacedIn(row: KeyValueRow, { replace }: KeyValueOptions): readonly string[] {
  const stated = replace === true ? row.sets.map(({ namespace }) => namespace) : [];
  return [...(row.replaces ?? []), ...stated];
}

/** Reads the files to their end. @throws OmegraphError (input) with file and line */
async function readFiles(
  files: readonly KeyValueFile[],
  { separator, split }: KeyValueOptions,
  { onFinding, onProgress, signal }: ExtractOptions,
  onRow?: (row: KeyValueRow) => void,
): Promise<RecordSpill<KeyValueRow>> {
  const rows = recordSpill<KeyValueRow>();
  try {
    for (const [done, file] of files.entries()) {
      onProgress?.({ done, total: files.length, what: file.label });
      for await (const row of csvKeyValues(file, { separator, split, onFinding })) {
        signal?.throwIfAborted();
        onRow?.(row);
        rows.add(row);
      }
    }
    return rows;
  } catch (error) {
    rows.close();
    throw error;
  }
}

/** The annotations of a row: `MapAnnotation:{scope}.{line}`, with the place of the namespace in the row from the second on. */
function* mapAnnotations({ file, line, sets }: KeyValueRow, object: NamedObject): Generator<OmeRecord> {
  const scope = scopeOf(`key-values ${file}`);
  for (const [i, { namespace, pairs }] of sets.entries()) {
    yield {
      kind: 'annotated',
      annotation: {
        type: 'MapAnnotation',
        ref: `MapAnnotation:${scope}.${line}${i === 0 ? '' : `.${i + 1}`}`,
        namespace,
        description: `${file}:${line}`,
        value: pairs,
      },
      targets: [object.ref],
      containers: object.containers,
    };
  }
}

const shown = ({ ref, type, name, within }: NamedTarget): string =>
  ref ?? [`${type} "${name}"`, ...within.map((outer) => `in ${outer.type} "${outer.name}"`)].join(' ');

function notFound(target: NamedTarget, found: Exclude<Resolved, { kind: 'object' }>, at: string) {
  return found.kind === 'unknown'
    ? finding('key-values-object-unknown', shown(target), { at, detail: found.hint })
    : finding('key-values-object-ambiguous', shown(target), { at, detail: found.refs.join(', ') });
}

function sayDisagreement({ ref, name }: NamedTarget, object: NamedObject, at: string, { onFinding }: ExtractOptions) {
  if (ref === undefined || name === undefined || object.name === undefined) return;
  const [said, is] = [name, object.name].map((text) => text.normalize('NFC').trim());
  if (said !== is) onFinding(finding('key-values-name-disagrees', ref, { at, detail: `${said} / ${is}` }));
}

/** Says of each row whether its file named the object before: in which line, or that the row says the same. */
function twiceNamed(): (row: KeyValueRow, ref: ObjectRef) => number | 'same' | undefined {
  const seen = new Map<string, { readonly line: number; readonly contents: Set<string> }>();
  return ({ file, line, sets, tags }, ref) => {
    const key = `${file}\n${ref}`;
    const content = createHash('sha256')
      .update(JSON.stringify([sets, tags]))
      .digest('base64');
    const before = seen.get(key);
    if (before?.contents.has(content)) return 'same';
    before?.contents.add(content);
    if (before === undefined) seen.set(key, { line, contents: new Set([content]) });
    return before?.line;
  };
}

import { parse } from 'yaml';
import { OmegraphError } from '../errors.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { tableCells } from './tableText.js';

/** Columns of a table: slots of SSSOM 1.0 that say something about a mapping of a text. */
const COLUMNS = [
  ...(['subject_label', 'subject_type', 'subject_source', 'predicate_id', 'predicate_label', 'object_id'] as const),
  ...(['object_label', 'object_source', 'mapping_justification', 'confidence', 'author_id', 'author_label'] as const),
  ...([
    'reviewer_id',
    'reviewer_label',
    'mapping_date',
    'mapping_source',
    'mapping_tool',
    'comment',
    'see_also',
  ] as const),
  ...(['similarity_score', 'review_date'] as const),
] as const;
/** Our own slots, which a table declares in its head (SSSOM 1.0, "Non-standard slots"). */
export const EXTENSIONS = {
  value_kind: `${PREFIXES.omg}valueKind`,
  subject_form: `${PREFIXES.omg}subjectForm`,
  review: `${PREFIXES.omg}review`,
  occurrences: `${PREFIXES.omg}occurrences`,
} as const;
export type Column = (typeof COLUMNS)[number] | keyof typeof EXTENSIONS;
/** Slots that the head may give for all rows (SSSOM 1.0, propagatable slots). */
const PROPAGATED: readonly Column[] = [
  'subject_type',
  'subject_source',
  'object_source',
  'mapping_date',
  'mapping_tool',
];
const REQUIRED: readonly Column[] = ['subject_label', 'predicate_id', 'object_id', 'mapping_justification'];
const REQUIRED_HEAD = ['mapping_set_id', 'license'] as const;
/** Prefixes that SSSOM has built in, and ours. */
const BUILT_IN: Readonly<Record<string, string>> = {
  sssom: PREFIXES.sssom,
  semapv: PREFIXES.semapv,
  skos: PREFIXES.skos,
  owl: PREFIXES.owl,
  rdf: PREFIXES.rdf,
  rdfs: PREFIXES.rdfs,
  rembi: PREFIXES.rembi,
};
/** What the head of a table says for all its rows. */
export interface Head {
  readonly setId: string;
  readonly setVersion: string | undefined;
  readonly prefixes: ReadonlyMap<string, string>;
  readonly propagated: ReadonlyMap<Column, string>;
  /** Slots that `extension_definitions` declares: ours, and others that are read over. */
  readonly extensions: ReadonlySet<string>;
}

/** What is wrong with a table, as a tagged error. */
export function broken(where: string, wrong: string, remedy: string, found?: string): OmegraphError {
  return new OmegraphError('mapping', { where, wrong, found, remedy });
}

/** Reads the commented YAML head of a table. @throws OmegraphError (mapping) when it is malformed */
export function readHead(lines: readonly string[], file: string): Head {
  let yaml: unknown;
  try {
    yaml = parse(lines.map((line) => line.slice(1)).join('\n'));
  } catch (cause) {
    const remedy = 'write the head as YAML, each line after a #';
    throw new OmegraphError(
      'mapping',
      { where: file, wrong: 'the head of the table is not valid YAML', remedy },
      { cause },
    );
  }
  const slots = new Map(Object.entries(typeof yaml === 'object' && yaml !== null ? yaml : {}));
  for (const slot of REQUIRED_HEAD) {
    if (typeof slots.get(slot) !== 'string')
      throw broken(`${file}:1`, `the head lacks ${slot}`, `add a line "#${slot}: …"`);
  }
  const map: unknown = slots.get('curie_map');
  const prefixes = new Map(Object.entries(BUILT_IN));
  for (const [prefix, stem] of Object.entries(typeof map === 'object' && map !== null ? map : {})) {
    if (typeof stem !== 'string' || !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(stem)) {
      throw broken(`${file}:1`, `the prefix ${prefix} in curie_map is no absolute IRI`, 'correct it', String(stem));
    }
    prefixes.set(prefix, stem);
  }
  const setId = String(slots.get('mapping_set_id'));
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(setId)) {
    throw broken(
      `${file}:1`,
      'mapping_set_id is no absolute IRI',
      'write one such as https://example.org/mappings/keys',
      setId,
    );
  }
  const version = slots.get('mapping_set_version');
  const propagated = PROPAGATED.flatMap((slot) => {
    const value = slots.get(slot);
    return value === undefined || value === null ? [] : [[slot, String(value)] as const];
  });
  return {
    setId,
    setVersion: version === undefined ? undefined : String(version),
    prefixes,
    propagated: new Map(propagated),
    extensions: readExtensions(slots.get('extension_definitions'), file),
  };
}

/** The names of the declared extension slots; ours must have our property, so that a column means what it says. */
function readExtensions(definitions: unknown, file: string): ReadonlySet<string> {
  const names = new Set<string>();
  if (definitions === undefined || definitions === null) return names;
  if (!Array.isArray(definitions))
    throw broken(`${file}:1`, 'extension_definitions is no list', 'write "#  - slot_name: …" for each slot');
  for (const definition of definitions as readonly unknown[]) {
    const slots = new Map(Object.entries(typeof definition === 'object' && definition !== null ? definition : {}));
    const name: unknown = slots.get('slot_name');
    if (typeof name !== 'string')
      throw broken(`${file}:1`, 'an extension definition lacks slot_name', 'add a line "#  - slot_name: …"');
    const property: unknown = slots.get('property');
    if (Object.hasOwn(EXTENSIONS, name)) {
      const ours = EXTENSIONS[name as keyof typeof EXTENSIONS];
      if (property !== ours) {
        const found = typeof property === 'string' ? property : '';
        throw broken(
          `${file}:1`,
          `the slot ${name} has another property than ours`,
          `write "property: ${ours}"`,
          found,
        );
      }
    }
    names.add(name);
  }
  return names;
}

/** Reads the line of column names. @throws OmegraphError (mapping) for a column that is no slot */
export function readColumns(line: string, head: Head, where: string): readonly Column[] {
  if (line.trim() === '') throw broken(where, 'the table has no line of column names', 'add one after the head');
  const columns = tableCells(line);
  for (const column of columns) {
    if (Object.hasOwn(EXTENSIONS, column) && !head.extensions.has(column)) {
      const remedy = `add "#extension_definitions:" with "#  - slot_name: ${column}" to the head`;
      throw broken(where, 'this column is an extension slot that the head does not declare', remedy, column);
    }
    if (!(COLUMNS as readonly string[]).includes(column) && !head.extensions.has(column)) {
      throw broken(where, 'this column is no slot of SSSOM that we use', `use only ${COLUMNS.join(', ')}`, column);
    }
  }
  const twice = columns.find((c, i) => columns.indexOf(c) !== i);
  if (twice !== undefined) throw broken(where, 'a column is there twice', 'remove one of them', twice);
  const lacking = REQUIRED.find((c) => !columns.includes(c));
  if (lacking !== undefined) throw broken(where, `the column ${lacking} is missing`, 'add it');
  return columns as Column[];
}

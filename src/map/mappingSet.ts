import type { RembiField } from '../rdf/rembi.js';
import type { ValueKind } from '../terms/valueKinds.js';

interface Row {
  /** Path of the table, and line (1-based) in it. */
  readonly file: string;
  readonly line: number;
  /** `mapping_set_id` and `mapping_set_version` of the table. */
  readonly setId: string;
  readonly setVersion?: string | undefined;
  /** `subject_label`: the text that is mapped. */
  readonly subject: string;
  /** IRIs of `predicate_id` and `mapping_justification`. */
  readonly predicate: string;
  readonly justification: string;
  /** IRI of `object_id`; `sssom:NoTermFound` when it is known that nothing fits. */
  readonly object: string;
  readonly objectLabel?: string | undefined;
  readonly confidence?: number | undefined;
}

/**
 * What the subject of a key row is when it is not a whole key (`subject_form`): words with which a key starts or ends
 * and that are not all of it, the namespace of an annotation, or the id of a property type.
 */
export const KEY_FORMS = ['start', 'end', 'namespace', 'propertyType'] as const;
export type KeyForm = (typeof KEY_FORMS)[number];

/** A row that maps a user's key to a REMBI field; without a field the key is known to be none. */
export interface KeyMapping extends Row {
  readonly kind: 'key';
  readonly field: RembiField | undefined;
  /** `value_kind`: what sort of thing the values of the key are. */
  readonly valueKind?: ValueKind | undefined;
  /** `subject_form`; a row without one is about a whole key. */
  readonly form?: KeyForm | undefined;
}

/** A row that maps a value of a field to an ontology term; without a term the value is known to have none. */
export interface ValueMapping extends Row {
  readonly kind: 'value';
  /** `subject_source`: the field whose values the row is about. */
  readonly field: RembiField;
  readonly term: string | undefined;
}

export type MappingRow = KeyMapping | ValueMapping;

/** Rows by their subject: as written, and folded (`null` where two rows of one folder disagree). */
export interface SubjectIndex<R extends MappingRow> {
  readonly exact: ReadonlyMap<string, R>;
  readonly folded: ReadonlyMap<string, R | null>;
}

/** All mapping tables in force. */
export interface MappingSet {
  readonly keys: SubjectIndex<KeyMapping>;
  /** Key rows that are not about a whole key, those of later folders first. */
  readonly keyForms: readonly KeyMapping[];
  readonly values: ReadonlyMap<RembiField, SubjectIndex<ValueMapping>>;
  /** Label of each term that a value table names. */
  readonly labels: ReadonlyMap<string, string>;
  /** Number of the folder that each row comes from; a higher one speaks first, 0 are the shipped tables. */
  readonly folders: ReadonlyMap<MappingRow, number>;
  /** Rows in force, in the order of their tables. */
  readonly rows: readonly MappingRow[];
}

/**
 * A text without what people vary: case, blanks, dashes, underscores, dots, camel case and typographic forms
 * (Unicode NFKC). Brackets and signs that carry meaning stay.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.,:;/'"’`´*?\p{Pd}\p{Cf}]+/gu, '');
}

interface Building<R extends MappingRow> {
  readonly exact: Map<string, R>;
  readonly folded: Map<string, R | null>;
  /** Folder number and rows of each folded subject. */
  readonly byFold: Map<string, { folder: number; rows: R[] }>;
}

const building = <R extends MappingRow>(): Building<R> => ({ exact: new Map(), folded: new Map(), byFold: new Map() });

function addRow<R extends MappingRow>(index: Building<R>, row: R, folder: number): void {
  const folded = fold(row.subject);
  let group = index.byFold.get(folded);
  if (group === undefined || group.folder !== folder) {
    // A later folder speaks for all spellings of its subject.
    for (const old of group?.rows ?? []) index.exact.delete(old.subject);
    index.folded.delete(folded);
    group = { folder, rows: [] };
    index.byFold.set(folded, group);
  }
  group.rows.push(row);
  index.exact.set(row.subject, row);
  const known = index.folded.get(folded);
  if (known === undefined) index.folded.set(folded, row);
  else if (known !== null && known.object !== row.object) index.folded.set(folded, null);
}

/** The rows of folders as one set; each later folder overrides the ones before it. */
export function mappingSet(folders: readonly (readonly MappingRow[])[]): MappingSet {
  const keys = building<KeyMapping>();
  const values = new Map<RembiField, Building<ValueMapping>>();
  const labels = new Map<string, string>();
  const forms: KeyMapping[][] = [];
  const from = new Map<MappingRow, number>();
  folders.forEach((rows, folder) => {
    forms.unshift([]);
    for (const row of rows) {
      from.set(row, folder);
      if (row.kind === 'key') {
        if (row.form === undefined) addRow(keys, row, folder);
        else forms[0]?.push(row);
      } else {
        const index = values.get(row.field) ?? building<ValueMapping>();
        values.set(row.field, index);
        addRow(index, row, folder);
        if (row.term !== undefined && row.objectLabel !== undefined) labels.set(row.term, row.objectLabel);
      }
    }
  });
  const rowsOf = (index: Building<KeyMapping> | Building<ValueMapping>): MappingRow[] =>
    [...index.byFold.values()].flatMap<MappingRow>((group) => group.rows);
  const keyForms = forms.flat();
  return {
    keys,
    keyForms,
    folders: from,
    values,
    labels,
    rows: [...rowsOf(keys), ...keyForms, ...[...values.values()].flatMap(rowsOf)],
  };
}

import { type AnnotatedType, type AnnotationLinkRow, type LinkRow, type ServerRows, type WellRow } from './rows.js';

/** The tables that objects are found in by id. */
export type TableName = {
  [K in keyof ServerRows]: ServerRows[K] extends { id: number }[] ? K : never;
}[keyof ServerRows];
export type RowOf<T extends TableName> = ServerRows[T][number];

type LinkTable = 'projectDatasets' | 'datasetImages' | 'screenPlates' | 'tagSets';
type Belonging = 'plateAcquisitions' | 'wells' | 'rois';

/** Rows with indexes that are made when they are first asked for. */
export interface Store {
  readonly rows: ServerRows;
  byId<T extends TableName>(table: T, id: number): RowOf<T> | undefined;
  /** Links of a table that start at a parent, in the order of the rows. */
  children(table: LinkTable, parent: number): readonly LinkRow[];
  /** Links of a table that end at a child. */
  parents(table: LinkTable, child: number): readonly LinkRow[];
  /** Runs and wells of a plate, ROIs of an image. */
  belonging<T extends Belonging>(table: T, of: number): readonly RowOf<T>[];
  /** Annotation links of an object. */
  annotationsOf(type: AnnotatedType, parent: number): readonly AnnotationLinkRow[];
  /** Links of an annotation to objects. */
  annotated(annotation: number): readonly AnnotationLinkRow[];
  /** Wells that an image is a field of. */
  wellsOf(image: number): readonly WellRow[];
  /** A value that is worked out once and kept until the rows change. */
  kept<T>(key: string, work: () => T): T;
  /** To be called after rows were added, removed, renamed or linked anew. */
  changed(): void;
}

/** Opens a store over rows; the rows stay the caller's and may be changed, followed by `changed()`. */
export function openStore(rows: ServerRows): Store {
  let kept = new Map<string, unknown>();
  const keep = <T>(key: string, work: () => T): T => {
    if (!kept.has(key)) kept.set(key, work());
    return kept.get(key) as T;
  };
  const index = <R>(name: string, all: () => readonly R[], keyOf: (row: R) => number): Map<number, R[]> =>
    keep(name, () => grouped(all(), keyOf));
  return {
    rows,
    byId: <T extends TableName>(table: T, id: number) => {
      const all = rows[table] as readonly RowOf<T>[];
      return keep(`id ${table}`, () => new Map(all.map((row) => [row.id, row]))).get(id);
    },
    children: (table, parent) =>
      index(
        `down ${table}`,
        () => rows[table],
        (link) => link.parent,
      ).get(parent) ?? [],
    parents: (table, child) =>
      index(
        `up ${table}`,
        () => rows[table],
        (link) => link.child,
      ).get(child) ?? [],
    belonging: <T extends Belonging>(table: T, of: number) => {
      const all = rows[table] as readonly RowOf<T>[];
      const keyOf = (row: RowOf<T>): number => ('plate' in row ? row.plate : row.image);
      return index(`of ${table}`, () => all, keyOf).get(of) ?? [];
    },
    annotationsOf: (type, parent) => {
      const ofType = (): AnnotationLinkRow[] => rows.annotationLinks.filter((link) => link.parentType === type);
      return index(`annotations ${type}`, ofType, (link) => link.parent).get(parent) ?? [];
    },
    annotated: (annotation) =>
      index(
        'annotated',
        () => rows.annotationLinks,
        (link) => link.annotation,
      ).get(annotation) ?? [],
    wellsOf: (image) => {
      const fields = (): { well: WellRow; image: number }[] =>
        rows.wells.flatMap((well) => well.samples.map((sample) => ({ well, image: sample.image })));
      return (index('fields', fields, (field) => field.image).get(image) ?? []).map((field) => field.well);
    },
    kept: keep,
    changed: () => {
      kept = new Map();
    },
  };
}

function grouped<R>(rows: readonly R[], keyOf: (row: R) => number): Map<number, R[]> {
  const groups = new Map<number, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

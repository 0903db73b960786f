import { type AnnotatedType, annotatedType } from './keyValueFile.js';

/** The namespace of key-values that people may edit in OMERO.web: that of a column without one. */
export const CLIENT_NAMESPACE = 'openmicroscopy.org/omero/client/mapAnnotation';

/** A column of key-values. */
export interface KeyColumn {
  readonly index: number;
  readonly key: string;
  readonly namespace: string;
}

/** What the columns of a table with one object a row mean. */
export interface TableLayout {
  readonly kind: 'table';
  /** Columns with the id and the name of the row's object. */
  readonly id: number | undefined;
  readonly name: number | undefined;
  /** What they are of; undefined when the columns do not say. */
  readonly type: AnnotatedType | undefined;
  /** Columns that name what the object lies in. */
  readonly within: readonly { readonly index: number; readonly type: AnnotatedType }[];
  readonly tags: readonly number[];
  readonly keys: readonly KeyColumn[];
  /** Columns without a header. */
  readonly unnamed: readonly number[];
}

/** What is wrong with a header, and what to do. */
export interface LayoutFault {
  readonly kind: 'fault';
  readonly wrong: string;
  readonly found: string;
  readonly remedy: string;
}

/** Column names of omero-scripts (Import_from_csv, 5.8.4) for parents: in capitals only, so that `Well` beside OBJECT_ID is a key. */
const PARENTS = /^(?:PROJECT|DATASET|SCREEN|PLATE|RUN|PLATEACQUISITION|WELL)$/;
/** Columns that name objects where there is no OBJECT_ID or OBJECT_NAME: `Image Name`, `Dataset_name`, `Plate`, `dataset`. */
const LEVEL = /^(project|dataset|screen|plate|run|plate ?acquisition|well|image)(?: (name|id))?$/;
const FILE_NAME = /^file ?name$/;
const DEPTH: Readonly<Record<AnnotatedType, number>> = {
  Project: 1,
  Screen: 1,
  Dataset: 2,
  Plate: 2,
  PlateAcquisition: 3,
  Well: 4,
  Image: 5,
};

/** Reads the header of a table; undefined when no column names objects. */
export function tableLayout(
  header: readonly string[],
  namespaces: readonly string[] | undefined,
): TableLayout | LayoutFault | undefined {
  const names = header.map((cell) => cell.trim());
  const folded = names.map((name) => name.toLowerCase().replace(/[\s_-]+/g, ' '));
  const all = (wanted: (name: string, index: number) => boolean): number[] =>
    names.flatMap((_, i) => (wanted(folded[i] ?? '', i) ? [i] : []));
  const ids = all((name) => name === 'object id');
  const objectNames = all((name) => name === 'object name');
  if (ids.length > 1 || objectNames.length > 1) {
    return fault('two columns name the objects', ids.length > 1 ? 'OBJECT_ID' : 'OBJECT_NAME', 'leave one of them out');
  }
  const columns = (roles: Pick<TableLayout, 'id' | 'name' | 'type' | 'within'>): TableLayout => {
    const taken = new Set([roles.id, roles.name, ...roles.within.map(({ index }) => index)]);
    const free = names.flatMap((_, i) => (taken.has(i) ? [] : [i]));
    const isTag = (i: number): boolean => folded[i] === 'tag';
    return {
      kind: 'table',
      ...roles,
      tags: free.filter(isTag),
      keys: free
        .filter((i) => !isTag(i) && names[i] !== '')
        .map((index) => ({ index, key: names[index] ?? '', namespace: namespaceOf(namespaces, index) })),
      unnamed: free.filter((i) => names[i] === ''),
    };
  };
  if (ids.length + objectNames.length > 0) {
    const within = all((_, i) => PARENTS.test(names[i] ?? '')).flatMap((index) => levelAt(names[index] ?? '', index));
    return columns({ id: ids[0], name: objectNames[0], type: undefined, within });
  }
  return byLevels(folded, columns);
}

/** The deepest level that columns name is what the rows are about; the others say where it lies. */
function byLevels(
  folded: readonly string[],
  columns: (roles: Pick<TableLayout, 'id' | 'name' | 'type' | 'within'>) => TableLayout,
): TableLayout | LayoutFault | undefined {
  const levels = folded.flatMap((name, index) => {
    const [, word, what = 'name'] = LEVEL.exec(name) ?? [];
    return word === undefined ? [] : levelAt(word, index).map((level) => ({ ...level, what }));
  });
  const file = folded.findIndex((name) => FILE_NAME.test(name));
  if (file >= 0 && !levels.some(({ type }) => type === 'Image'))
    levels.push({ index: file, type: 'Image', what: 'name' });
  const deepest = Math.max(0, ...levels.map(({ type }) => DEPTH[type]));
  const targets = levels.filter(({ type }) => DEPTH[type] === deepest);
  const [target] = targets;
  if (target === undefined) return undefined;
  const of = (what: string): number | undefined => targets.find((level) => level.what === what)?.index;
  if (targets.some(({ type }) => type !== target.type) || targets.length > new Set(targets.map((t) => t.what)).size) {
    const found = targets.map(({ index }) => folded[index]).join(', ');
    return fault('several columns name objects', found, 'name the objects in one column OBJECT_ID or OBJECT_NAME');
  }
  const within = levels.filter(({ type, what }) => DEPTH[type] < deepest && what === 'name');
  return columns({ id: of('id'), name: of('name'), type: target.type, within });
}

const levelAt = (word: string, index: number): { index: number; type: AnnotatedType }[] => {
  const type = annotatedType(word);
  return type === undefined ? [] : [{ index, type }];
};

const fault = (wrong: string, found: string, remedy: string): LayoutFault => ({ kind: 'fault', wrong, found, remedy });

/** The namespace of a column; the cell that holds the word `namespace` itself has none. */
export function namespaceOf(namespaces: readonly string[] | undefined, index: number): string {
  const stated = index === 0 ? '' : (namespaces?.[index]?.trim() ?? '');
  return stated === '' ? CLIENT_NAMESPACE : stated;
}

/** Whether a row is the one with the namespaces of the columns. */
export const isNamespaceRow = (cells: readonly string[]): boolean => cells[0]?.trim().toLowerCase() === 'namespace';

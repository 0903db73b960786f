import { errorBody, json, ViewError } from './answers.js';
import type { PythonValue } from './pythonJson.js';
import { float } from './pythonJson.js';
import { ANNOTATED_TYPES, type AnnotatedType, type AnnotationRow, force, type TableRow } from './rows.js';
import { intOf, type View, type ViewContext } from './view.js';
import { annotatedObject } from './webclientAnnotations.js';

const BULK = 'openmicroscopy.org/omero/bulk_annotations';

/** `/webgateway/original_file_paths/<image>/`. */
export const originalFilePaths: View = ({ store, viewer, parts: [id] }) => {
  const image = store.byId('images', Number(id));
  if (image === undefined || !viewer.canRead(image.group, image.owner)) throw new ViewError(404, 'Http404', '');
  const fileset = image.fileset === undefined ? undefined : store.byId('filesets', image.fileset);
  if (fileset === undefined) return json({});
  return json({
    repo: force<readonly string[]>(fileset.repo),
    client: force<readonly string[]>(fileset.client),
    fileset: { id: fileset.id },
  });
};

/** `/webgateway/annotations/<Type[.path]>/<id>/`: tables of the object, or of those that the path leads up to. */
export const bulkAnnotations: View = (context) => {
  const { store, viewer, parts } = context;
  const [target = '', ...path] = (parts[0] ?? '').split('.');
  const type = ANNOTATED_TYPES.find((one) => one === target);
  const ids = type === undefined ? undefined : climb(context, type, path, Number(parts[1]));
  if (type === undefined || ids === undefined) {
    return json({ error: `['${[target, ...path].join("', '")}'] cannot be queried`, query: '' });
  }
  const data = ids.flatMap((id) => {
    const parent = annotatedObject(store, type, id);
    if (parent === undefined || !viewer.canRead(parent.group, parent.owner)) return [];
    return store.annotationsOf(type, id).flatMap((link) => {
      const annotation = store.byId('annotations', link.annotation);
      if (!isFile(annotation) || !viewer.canRead(parent.group, link.owner)) return [];
      const file = store.byId('files', annotation.file);
      if (file === undefined || (annotation.ns !== BULK && file.mimetype !== 'OMERO.tables')) return [];
      return [
        {
          id: annotation.id,
          name: file.name,
          file: file.id,
          ns: annotation.ns ?? null,
          parentType: type,
          parentId: id,
          owner: fullName(context, annotation.owner),
          addedBy: fullName(context, link.owner),
          addedOn: link.date,
        },
      ];
    });
  });
  return json({ data });
};

const isFile = (row: AnnotationRow | undefined): row is Extract<AnnotationRow, { class: 'FileAnnotationI' }> =>
  row?.class === 'FileAnnotationI';

function fullName({ store }: ViewContext, id: number): string {
  const user = store.byId('users', id);
  return `${user?.firstName ?? ''} ${user?.lastName ?? ''}`;
}

/** Ids of the objects that a path starts at when its end is the id; undefined for paths that nobody follows. */
function climb({ store }: ViewContext, type: AnnotatedType, path: readonly string[], id: number): number[] | undefined {
  const up = (table: 'projectDatasets' | 'datasetImages' | 'screenPlates', ids: readonly number[]): number[] => [
    ...new Set(ids.flatMap((one) => store.parents(table, one).map((link) => link.parent))),
  ];
  const plateOf = (well: number): number[] => [store.byId('wells', well)?.plate].filter((one) => one !== undefined);
  const wellsOf = (image: number): number[] => store.wellsOf(image).map((well) => well.id);
  switch ([type, ...path].join('.')) {
    case type:
      return [id];
    case 'Plate.wells':
      return plateOf(id);
    case 'Screen.plateLinks.child':
      return up('screenPlates', [id]);
    case 'Screen.plateLinks.child.wells':
      return up('screenPlates', plateOf(id));
    case 'Project.datasetLinks.child':
      return up('projectDatasets', [id]);
    case 'Dataset.imageLinks.child':
      return up('datasetImages', [id]);
    case 'Project.datasetLinks.child.imageLinks.child':
      return up('projectDatasets', up('datasetImages', [id]));
    case 'Plate.wells.wellSamples.image':
      return wellsOf(id).flatMap(plateOf);
    case 'Screen.plateLinks.child.wells.wellSamples.image':
      return up('screenPlates', wellsOf(id).flatMap(plateOf));
    default:
      return undefined;
  }
}

/** `/webgateway/table/<file>/metadata/`. */
export const tableMetadata: View = (context) => {
  const table = tableOf(context);
  if (table === undefined) return json({ error: `Table ${context.parts[0]} not found` });
  const columns = table.columns.map(({ name, description = '', type }) => ({ name, description, type }));
  return json({ columns, totalCount: table.rowCount, user_metadata: {} });
};

/** `/webgateway/table/<file>/query/?query=*`: rows; too many at once are an error with status 200. */
export const tableQuery: View = (context) => {
  try {
    return json(queried(context));
  } catch (error) {
    if (error instanceof ViewError) return json(errorBody(error), error.status);
    throw error;
  }
};

function queried(context: ViewContext): PythonValue {
  const { query, options } = context;
  const asked = query.get('query') ?? '';
  if (asked === '') return { error: 'Must specify query parameter, use * to retrieve all' };
  const table = tableOf(context);
  const offset = intOf(query, 'offset') ?? 0;
  const limit = intOf(query, 'limit');
  if (table === undefined) return { error: `Table ${context.parts[0]} not found` };
  const wanted = hits(table, asked);
  if (wanted === undefined) return { error: `Error executing query: ${asked}` };
  const found = wanted.slice(offset, offset + (limit ?? table.rowCount));
  const most = options.maxTableRows ?? 10_000;
  if (found.length > most) {
    const text = `Trying to download ${found.length} rows exceeds configured omero.web.max_table_download_rows of ${most}`;
    return { error: text, status: 404 };
  }
  const names = query.getAll('col_names');
  const all = table.columns.map((_, at) => at);
  const places = names.length === 0 ? all : names.map((name) => table.columns.findIndex((one) => one.name === name));
  const columns = places.filter((at) => at >= 0);
  return {
    data: {
      column_types: columns.map((at) => table.columns[at]?.type ?? ''),
      columns: columns.map((at) => table.columns[at]?.name ?? ''),
      rows: found.map((index) => columns.map((at) => cell(table, at, table.row(index)[at] ?? null))),
    },
    meta: { rowCount: table.rowCount, totalCount: wanted.length, limit: limit ?? null, offset },
  };
}

const cell = (table: TableRow, at: number, value: string | number | boolean | null): PythonValue =>
  typeof value === 'number' && table.columns[at]?.type === 'DoubleColumn' ? float(value) : value;

/** Rows that `*`, `Column-7` or `(Column==7)` ask for. */
function hits(table: TableRow, asked: string): readonly number[] | undefined {
  const all = Array.from({ length: table.rowCount }, (_, index) => index);
  if (asked === '*') return all;
  const [, name = '', value = ''] = /^\(?(\w+)(?:-|==)(\d+)\)?$/.exec(asked) ?? [];
  const at = table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  return at < 0 ? undefined : all.filter((index) => table.row(index)[at] === Number(value));
}

function tableOf({ store, viewer, parts: [id] }: ViewContext): TableRow | undefined {
  const file = Number(id);
  const isReadable = store.rows.annotations.some(
    (row) => isFile(row) && row.file === file && viewer.canRead(row.group, row.owner),
  );
  return isReadable ? store.rows.tables.find((table) => table.file === file) : undefined;
}

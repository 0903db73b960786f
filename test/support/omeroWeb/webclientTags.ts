import { html, json, ViewError } from './answers.js';
import type { Reply } from './intercept.js';
import type { PythonValue } from './pythonJson.js';
import {
  type AnnotatedType,
  type AnnotationRow,
  type DataRow,
  type ImageRow,
  type PlateAcquisitionRow,
} from './rows.js';
import type { WellRow } from './rows.js';
import { byName, intOf, onPage, truthOf, type View, type ViewContext } from './view.js';
import { permsCss } from './viewer.js';
import { annotatedObject, wellLabel } from './webclientAnnotations.js';
import { containerItem, imageItem, runItem } from './webclientTree.js';

const TAG_SET = 'openmicroscopy.org/omero/insight/tagset';
type TagRow = Extract<AnnotationRow, { class: 'TagAnnotationI' | 'CommentAnnotationI' | 'XmlAnnotationI' }>;

/** `/webclient/api/tags/`: all tags, those outside tag sets (`orphaned`), or what is in and under one (`id`). */
export const tags: View = (context) => {
  try {
    return tagList(context);
  } catch (error) {
    if (error instanceof ViewError && error.exception === 'ValueError') return html(400, 'Invalid parameter value');
    throw error;
  }
};

function tagList(context: ViewContext): Reply {
  const { store, query, viewer, options } = context;
  const id = intOf(query, 'id');
  const page = intOf(query, 'page') ?? 1;
  const limit = intOf(query, 'limit') ?? options.pageSize ?? 200;
  const owner = intOf(query, 'experimenter_id') ?? -1;
  const isOrphaned = (row: AnnotationRow): boolean =>
    !store.parents('tagSets', row.id).some((link) => store.byId('annotations', link.parent)?.ns === TAG_SET);
  const candidates =
    id === undefined
      ? store.rows.annotations.filter((row) => !truthOf(query, 'orphaned') || isOrphaned(row))
      : store.children('tagSets', id).map((link) => store.byId('annotations', link.child));
  const rows = candidates
    .filter((row): row is TagRow => row?.class === 'TagAnnotationI')
    .filter((row) => viewer.canRead(row.group, row.owner) && (owner === -1 || row.owner === owner))
    .sort((a, b) => a.id - b.id);
  const items = onPage(rows, page, limit).map((row) => tagItem(context, row));
  return json({ ...(id === undefined ? {} : taggedObjects(context, id, page, limit)), tags: items });
}

function tagItem({ store, viewer }: ViewContext, row: TagRow): PythonValue {
  return {
    id: row.id,
    value: row.textValue,
    description: row.description === '' ? undefined : row.description,
    ownerId: row.owner,
    permsCss: permsCss(viewer, row.group, row.owner),
    set: row.ns === TAG_SET,
    childCount: store.children('tagSets', row.id).length,
  };
}

function taggedObjects(context: ViewContext, tag: number, page: number, limit: number): Record<string, PythonValue> {
  const { store, viewer } = context;
  const rowsOf = <R extends DataRow>(type: AnnotatedType): R[] => {
    const links = store.annotated(tag).filter((link) => link.parentType === type);
    const rows = [...new Set(links.map((link) => link.parent))].map((id) => annotatedObject(store, type, id));
    const visible = rows.filter((row): row is R => row !== undefined && viewer.canRead(row.group, row.owner));
    return [...onPage(byName(visible), page, limit)];
  };
  const containers = (type: AnnotatedType, list: 'projects' | 'datasets' | 'screens' | 'plates'): PythonValue =>
    rowsOf(type).map((row) => containerItem(context, list, row));
  return {
    projects: containers('Project', 'projects'),
    datasets: containers('Dataset', 'datasets'),
    images: rowsOf<ImageRow>('Image').map((row) => imageItem(context, row)),
    screens: containers('Screen', 'screens'),
    plates: containers('Plate', 'plates'),
    acquisitions: rowsOf<PlateAcquisitionRow>('PlateAcquisition').map((row) => runItem(context, row)),
    wells: rowsOf<WellRow>('Well').map((row) => wellItem(context, row)),
  };
}

function wellItem({ store, viewer }: ViewContext, row: WellRow): PythonValue {
  const plate = store.byId('plates', row.plate);
  return {
    id: row.id,
    ownerId: row.owner,
    plateId: row.plate,
    permsCss: permsCss(viewer, row.group, row.owner),
    name: `${plate?.name ?? ''} - ${wellLabel(row, plate)}`,
  };
}

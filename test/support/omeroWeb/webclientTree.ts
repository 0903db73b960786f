import { html, json, pythonInt, ViewError } from './answers.js';
import type { Reply } from './intercept.js';
import { listGroups, type ListName, listRows, type Narrowing } from './lists.js';
import type { PythonValue } from './pythonJson.js';
import { type DataRow, force, type ImageRow, type NamedRow, type PixelsRow, type PlateAcquisitionRow } from './rows.js';
import { intOf, onPage, truthOf, type View, type ViewContext } from './view.js';
import { permsCss } from './viewer.js';

/** Parameters that all lists of the tree share. */
interface Paging {
  readonly page: number;
  readonly limit: number;
  readonly group: number;
  readonly owner: number;
}

/** A view with its bad parameters answered as the tree does: 400 as a page, 403 for a group of others. */
function treeView(ownerName: string, view: (context: ViewContext, paging: Paging) => Reply): View {
  return (context) => {
    const { query, options, viewer, store } = context;
    try {
      const paging = {
        page: intOf(query, 'page') ?? 1,
        limit: intOf(query, 'limit') ?? options.pageSize ?? 200,
        group: intOf(query, 'group') ?? -1,
        owner: intOf(query, ownerName) ?? -1,
      };
      const group = store.byId('groups', paging.group);
      if (paging.group !== -1 && !viewer.isAdmin && group?.members.includes(viewer.id) !== true) {
        return html(403, `Not a member of Group: ${paging.group}`);
      }
      return view(context, paging);
    } catch (error) {
      if (error instanceof ViewError && error.exception === 'ValueError') return html(400, 'Invalid parameter value');
      throw error;
    }
  };
}

function rowsOnPage({ store, viewer }: ViewContext, list: ListName, narrowing: Narrowing, paging: Paging): DataRow[] {
  const rows = listRows(store, list, narrowing).filter(
    (row) =>
      viewer.canRead(row.group, row.owner) &&
      (paging.group === -1 || row.group === paging.group) &&
      (paging.owner === -1 || row.owner === paging.owner),
  );
  return [...onPage(rows, paging.page, paging.limit)];
}

/** `/webclient/api/images/`: `?id=<dataset>` or `?orphaned=true`. */
export const images = treeView('experimenter_id', (context, paging) => {
  const dataset = intOf(context.query, 'id');
  const by = dataset === undefined ? undefined : { name: 'dataset', id: dataset };
  const rows = rowsOnPage(context, 'images', { by, orphaned: truthOf(context.query, 'orphaned') }, paging);
  return json({ images: rows.map((row) => imageItem(context, row as ImageRow)) });
});

/** An image of the tree, with sizes and dates where they are asked for. */
export function imageItem({ query, viewer, dateText }: ViewContext, row: ImageRow): PythonValue {
  const pixels = truthOf(query, 'sizeXYZ') && row.pixels !== undefined ? force<PixelsRow>(row.pixels) : undefined;
  const withDate = truthOf(query, 'date');
  return {
    id: row.id,
    archived: row.archived === true,
    name: row.name,
    ownerId: row.owner,
    permsCss: permsCss(viewer, row.group, row.owner),
    filesetId: row.fileset,
    sizeX: pixels?.sizeX,
    sizeY: pixels?.sizeY,
    sizeZ: pixels?.sizeZ,
    sizeT: pixels?.sizeT,
    date: withDate ? dateText(row.importDate) : undefined,
    acqDate: withDate && row.acquisitionDate !== undefined ? dateText(row.acquisitionDate) : undefined,
  };
}

/** A container of the tree with the number of its children. */
export function containerItem(context: ViewContext, list: ListName, row: DataRow): PythonValue {
  const { store, viewer } = context;
  const links = { projects: 'projectDatasets', datasets: 'datasetImages', screens: 'screenPlates' } as const;
  const children =
    list in links
      ? store.children(links[list as keyof typeof links], row.id).length
      : store.belonging('plateAcquisitions', row.id).length;
  return {
    id: row.id,
    name: (row as NamedRow).name,
    ownerId: row.owner,
    childCount: children,
    permsCss: permsCss(viewer, row.group, row.owner),
  };
}

const containerList = (list: 'datasets' | 'plates', parent: string): View =>
  treeView('experimenter_id', (context, paging) => {
    const id = intOf(context.query, 'id');
    const rows = rowsOnPage(context, list, { by: id === undefined ? undefined : { name: parent, id } }, paging);
    return json({ [list]: rows.map((row) => containerItem(context, list, row)) });
  });

/** `/webclient/api/datasets/?id=<project>`. */
export const datasets = containerList('datasets', 'project');
/** `/webclient/api/plates/?id=<screen>`. */
export const plates = containerList('plates', 'screen');

/** `/webclient/api/plate_acquisitions/?id=<plate>`. */
export const plateAcquisitions = treeView('experimenter_id', (context, paging) => {
  const plate = intOf(context.query, 'id');
  if (plate === undefined) return html(400, 'id (plate) must be specified');
  const rows = [...context.store.belonging('plateAcquisitions', plate)]
    .filter((row) => context.viewer.canRead(row.group, row.owner))
    .sort((a, b) => a.id - b.id);
  return json({ plate_acquisitions: onPage(rows, paging.page, paging.limit).map((row) => runItem(context, row)) });
});

/** A run of the tree; without a name it is called after its times or its id. */
export function runItem({ viewer }: ViewContext, row: PlateAcquisitionRow): PythonValue {
  const time = (millis: number): string =>
    new Date(millis)
      .toISOString()
      .replace('T', ' ')
      .replace(/(\.000)?Z$/, '');
  const { startTime, endTime } = row;
  const made =
    startTime === undefined || endTime === undefined ? `Run ${row.id}` : `${time(startTime)} - ${time(endTime)}`;
  return {
    id: row.id,
    name: row.name ?? made,
    ownerId: row.owner,
    permsCss: permsCss(viewer, row.group, row.owner),
  };
}

/** `/webclient/api/containers/?id=<experimenter>`: each kind paged by itself. */
export const containers = treeView('id', (context, paging) => {
  const items = (list: 'projects' | 'datasets' | 'screens' | 'plates'): PythonValue =>
    rowsOnPage(context, list, { orphaned: true }, paging).map((row) => containerItem(context, list, row));
  const orphans = rowsOnPage(context, 'images', { orphaned: true }, { ...paging, page: 0 }).length;
  return json({
    projects: items('projects'),
    datasets: items('datasets'),
    screens: items('screens'),
    plates: items('plates'),
    orphaned: { id: paging.owner, childCount: orphans, name: 'Orphaned Images' },
  });
});

/** `/webclient/api/groups/?member=`: all but the group `user`. */
export const groups = treeView('experimenter_id', ({ store, query }, paging) => {
  const member = intOf(query, 'member') ?? -1;
  const rows = listGroups(store, member === -1 ? undefined : member).filter((group) => group.name !== 'user');
  return json({ groups: onPage(rows, paging.page, paging.limit).map(({ id, name, perm }) => ({ id, name, perm })) });
});

/** `/webclient/api/experimenters/<id>/`. */
export const experimenter: View = ({ store, parts: [id = ''] }) => {
  const user = store.byId('users', pythonInt(id));
  if (user === undefined) throw new ViewError(404, 'Http404', `No Experimenter found with ID ${id}`);
  const { userName: omeName, firstName, lastName } = user;
  return json({ experimenter: { id: user.id, omeName, firstName, lastName } });
};

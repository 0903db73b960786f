import { json, jsonText, ViewError } from './answers.js';
import { detailsFor } from './details.js';
import type { Reply } from './intercept.js';
import { type ListName, listGroups, listRows, listUsers, NARROWED_BY, TABLE_OF } from './lists.js';
import { imageJson, type MarshalContext, plainJson, roiJson, shapeJson, wellJson } from './marshal.js';
import { textJson } from './pythonJson.js';
import { type DataRow, force, type GroupRow, type ImageRow, type RoiRow, type ShapeRow, type WellRow } from './rows.js';
import { isChannelless, runSamples, urlsOf } from './objectUrls.js';
import { intOf, type View, type ViewContext } from './view.js';

const VERSIONED = { 'X-OMERO-ApiVersion': '0.2' };
/** Names in messages that differ from the list's. */
const OMERO_TYPE: Readonly<Record<string, string>> = {
  projects: 'Project',
  datasets: 'Dataset',
  images: 'Image',
  screens: 'Screen',
  plates: 'Plate',
  plateacquisitions: 'PlateAcquisition',
  wells: 'Well',
  rois: 'Roi',
  shapes: 'Shape',
  experimenters: 'Experimenter',
  experimentergroups: 'ExperimenterGroup',
};
/** Child links that are counted. */
const CHILDREN = { projects: 'projectDatasets', datasets: 'datasetImages', screens: 'screenPlates' } as const;

/** `/api/`, `/api/v0/` and `/api/v0/servers/`: no session needed. */
export const apiVersions: View = ({ absolute }) =>
  json({ data: [{ version: '0', 'url:base': absolute('/api/v0/') }] }, 200, VERSIONED);

export const apiBase: View = ({ absolute }) => {
  const lists = ['experimenters', 'experimentergroups', 'projects', 'datasets', 'images', 'screens', 'plates', 'rois'];
  const url = (path: string): string => absolute(`/api/v0/${path}/`);
  return json(
    {
      ...Object.fromEntries(lists.map((list) => [`url:${list}`, url(`m/${list}`)])),
      ...Object.fromEntries(['token', 'servers', 'login'].map((name) => [`url:${name}`, url(name)])),
      'url:save': url('m/save'),
      'url:schema': 'http://www.openmicroscopy.org/Schemas/OME/2016-06',
    },
    200,
    VERSIONED,
  );
};

/** `/m/{list}/`, and lists below an object: parts are the parent's list and id, the list, and a well-sample index. */
export const objectList: View = (context) => {
  const [parentList, parentId, list = '', index] = context.parts;
  const { query } = context;
  const offset = intOf(query, 'offset', 400);
  const limit = intOf(query, 'limit', 400);
  const owner = intOf(query, 'owner', 400);
  const group = intOf(query, 'group') ?? -1;
  const page = {
    offset: offset === undefined || offset < 0 ? 0 : offset,
    limit: Math.min(
      limit === undefined || limit < 0 ? (context.options.limit ?? 200) : limit,
      context.options.maxLimit ?? 500,
    ),
  };
  const by = narrowingOf(context, list, parentList, parentId);
  if (list === 'experimenters' || list === 'experimentergroups') return listOfPeople(context, list, by?.id, page);
  if (list === 'shapes') return listOfShapes(context, page);
  const name = list as ListName;
  const rows = listRows(context.store, name, { by, orphaned: query.get('orphaned') === 'true' }).filter(
    (row) =>
      context.viewer.canRead(row.group, row.owner) &&
      (group === -1 || row.group === group) &&
      (owner === undefined || row.owner === owner) &&
      (index === undefined || runSamples(row as WellRow, by, Number(index)).length > 0),
  );
  const onPage = rows.slice(page.offset, page.offset + page.limit);
  const normalised = query.get('normalize') === 'true';
  const marshal = marshalContext(context, normalised);
  const texts = onPage.map((row) => {
    const more = childCount(context, name, row) + urlsOf(name, row, marshal, true);
    if (name === 'wells') {
      const samples =
        by?.name === 'plateacquisition' || index !== undefined ? runSamples(row as WellRow, by, index) : undefined;
      return wellJson(row as WellRow, samples ?? (row as WellRow).samples, marshal, false, more);
    }
    return rowJson(name, row, marshal, 'pixels', more);
  });
  const total = new Set(rows.map((row) => row.id)).size;
  return listJson(texts, page, total, context, normalised ? people(context, onPage) : '');
};

/** `/m/{list}/{id}/`. */
export const singleObject: View = (context) => {
  const [list = '', idText = ''] = context.parts;
  const id = Number(idText);
  const marshal = marshalContext(context, false);
  const missing = (): ViewError =>
    new ViewError(404, 'omeroweb.api.api_exceptions.NotFoundError', `${OMERO_TYPE[list]} ${id} not found`);
  if (list === 'experimenters' || list === 'experimentergroups') {
    const row = list === 'experimenters' ? context.store.byId('users', id) : context.store.byId('groups', id);
    if (row === undefined) throw missing();
    return data(personJson(context, row, false));
  }
  if (list === 'shapes') {
    const found = shapesOf(context).find(({ shape }) => shape.id === id);
    if (found === undefined) throw missing();
    const url = `, "url:roi": ${textJson(marshal.url(`rois/${found.roi.id}/`))}`;
    return data(shapeJson(found.shape, found.roi, marshal, url));
  }
  const name = list as ListName;
  const row = context.store.byId(TABLE_OF[name], id) as DataRow | undefined;
  if (row === undefined || !context.viewer.canRead(row.group, row.owner)) throw missing();
  if (name === 'images' && isChannelless(row as ImageRow)) throw missing();
  const more = childCount(context, name, row) + urlsOf(name, row, marshal, false);
  return data(rowJson(name, row, marshal, 'channels', more));
};

/** Methods that nobody thought of. */
export const wrongMethod: View = () => {
  throw new ViewError(
    500,
    'TypeError',
    'In order to allow non-dict objects to be serialized set the safe parameter to False.',
  );
};

const data = (text: string): Reply => jsonText(`{"data": ${text}}`, 200, VERSIONED);

function narrowingOf(context: ViewContext, list: string, parentList: string | undefined, parentId: string | undefined) {
  if (parentList !== undefined && parentList !== '') {
    return { name: parentList.replace(/s$/, ''), id: Number(parentId) };
  }
  for (const name of NARROWED_BY[list as ListName] ?? []) {
    const id = name === 'plateacquisition' ? undefined : intOf(context.query, name);
    if (id !== undefined) return { name, id };
  }
  return undefined;
}

function marshalContext(context: ViewContext, normalised: boolean): MarshalContext {
  const { store, viewer } = context;
  return {
    store,
    normalised,
    details: detailsFor(store, viewer),
    url: (path) => context.absolute(`/api/v0/m/${path}`),
  };
}

function rowJson(list: ListName, row: DataRow, marshal: MarshalContext, load: 'pixels' | 'channels', more: string) {
  if (list === 'images') return imageJson(row as ImageRow, marshal, load, more);
  if (list === 'wells') return wellJson(row as WellRow, (row as WellRow).samples, marshal, true, more);
  if (list === 'rois') return roiJson(row as RoiRow, marshal, more);
  const types = { projects: 'Project', datasets: 'Dataset', screens: 'Screen', plates: 'Plate' } as const;
  if (list === 'plateacquisitions') return plainJson('PlateAcquisition', row, marshal, more);
  return plainJson(types[list], row, marshal, more);
}

function childCount(context: ViewContext, list: ListName, row: DataRow): string {
  if (context.query.get('childCount') !== 'true' || !(list in CHILDREN)) return '';
  const links = context.store.children(CHILDREN[list as keyof typeof CHILDREN], row.id);
  const count = links.filter((link) => context.viewer.canRead(row.group, link.owner)).length;
  return `, "omero:childCount": ${count}`;
}

function people({ store, viewer }: ViewContext, rows: readonly DataRow[]): string {
  const details = detailsFor(store, viewer);
  const users = [...new Set(rows.map((row) => row.owner))].map((id) => store.byId('users', id));
  const groups = [...new Set(rows.map((row) => row.group))].map((id) => store.byId('groups', id));
  const userTexts = users.flatMap((user) => (user === undefined ? [] : [details.user(user, '')]));
  const groupTexts = groups.flatMap((group) => (group === undefined ? [] : [details.group(group, '')]));
  return `"experimenters": [${userTexts.join(', ')}], "experimenterGroups": [${groupTexts.join(', ')}], `;
}

interface Page {
  readonly offset: number;
  readonly limit: number;
}

function listJson(texts: readonly string[], page: Page, total: number, context: ViewContext, head = ''): Reply {
  const meta = `{"offset": ${page.offset}, "limit": ${page.limit}, "maxLimit": ${context.options.maxLimit ?? 500}, "totalCount": ${total}}`;
  return jsonText(`{${head}"data": [${texts.join(', ')}], "meta": ${meta}}`, 200, VERSIONED);
}

function listOfPeople(context: ViewContext, list: string, of: number | undefined, page: Page): Reply {
  const rows = list === 'experimenters' ? listUsers(context.store, of) : listGroups(context.store, of);
  const texts = rows.slice(page.offset, page.offset + page.limit).map((row) => personJson(context, row, true));
  return listJson(texts, page, rows.length, context);
}

function personJson(
  context: ViewContext,
  row: ReturnType<typeof listUsers | typeof listGroups>[number],
  inList: boolean,
) {
  const details = detailsFor(context.store, context.viewer);
  const url = (key: string, path: string): string =>
    `, "url:${key}": ${textJson(context.absolute(`/api/v0/m/${path}`))}`;
  if ('userName' in row) {
    const own = `experimenters/${row.id}/`;
    return details.user(
      row,
      (inList ? url('experimenter', own) : '') + url('experimentergroups', `${own}experimentergroups/`),
    );
  }
  const own = `experimentergroups/${row.id}/`;
  const count = context.query.get('childCount') === 'true' ? memberCount(row) : '';
  return details.group(
    row,
    count + (inList ? url('experimentergroup', own) : '') + url('experimenters', `${own}experimenters/`),
  );
}

const memberCount = (group: GroupRow): string => `, "omero:childCount": ${group.members.length}`;

function shapesOf({ store, viewer }: ViewContext): { shape: ShapeRow; roi: RoiRow }[] {
  return store.rows.rois
    .filter((roi) => viewer.canRead(roi.group, roi.owner))
    .flatMap((roi) => force(roi.shapes).map((shape) => ({ shape, roi })));
}

function listOfShapes(context: ViewContext, page: Page): Reply {
  const shapes = shapesOf(context);
  const marshal = marshalContext(context, false);
  const onPage = shapes.slice(page.offset, page.offset + page.limit);
  const texts = onPage.map(({ shape, roi }) => shapeJson(shape, roi, marshal, ''));
  return listJson(texts, page, shapes.length, context);
}

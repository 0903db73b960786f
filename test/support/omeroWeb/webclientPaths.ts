import { json, pythonInt } from './answers.js';
import type { PythonValue } from './pythonJson.js';
import type { DataRow } from './rows.js';
import { intOf, type View, type ViewContext } from './view.js';

const PARENTS = [
  ['image', 'dataset', 'datasetImages', 'images'],
  ['dataset', 'project', 'projectDatasets', 'datasets'],
  ['plate', 'screen', 'screenPlates', 'plates'],
] as const;

/** `/webclient/api/parent_links/`: links above images, datasets and plates; commas allowed. */
export const parentLinks: View = ({ store, viewer, query }) => {
  const data = PARENTS.flatMap(([child, parent, table, children]) => {
    const ids = new Set(query.getAll(child).flatMap((ids) => ids.split(',').map((id) => pythonInt(id))));
    const links = [...ids].flatMap((id) => store.parents(table, id));
    return links
      .filter((link) => {
        const row = store.byId(children, link.child);
        return row !== undefined && viewer.canRead(row.group, row.owner) && viewer.canRead(row.group, link.owner);
      })
      .sort((a, b) => a.id - b.id)
      .map((link) => ({
        id: link.id,
        parent: { type: parent, id: link.parent },
        child: { type: child, id: link.child },
      }));
  });
  return json({ data });
};

interface Step {
  readonly [key: string]: PythonValue;
  readonly type: string;
  readonly id: number;
}

/** `/webclient/api/paths_to_object/`: all ways from an owner down to an image, dataset, project, plate or screen. */
export const pathsToObject: View = (context) => {
  const { query, store, viewer } = context;
  const ids = ['image', 'dataset', 'project', 'plate', 'screen'].map((name) => [name, intOf(query, name)] as const);
  const [type, id] = ids.find(([, value]) => value !== undefined) ?? ['image', undefined];
  const row = id === undefined ? undefined : objectOf(context, type, id);
  if (row === undefined || !viewer.canRead(row.group, row.owner)) return json({ paths: [] });
  const ways = waysTo(context, type, row.id).map((way): PythonValue => {
    const top = way[0] === undefined ? row : objectOf(context, way[0].type, way[0].id);
    return [{ type: 'experimenter', id: (top ?? row).owner }, ...way];
  });
  return json({ paths: store.rows.users.length === 0 ? [] : ways });
};

function objectOf({ store }: ViewContext, type: string, id: number): DataRow | undefined {
  const tables = {
    image: 'images',
    dataset: 'datasets',
    project: 'projects',
    plate: 'plates',
    screen: 'screens',
  } as const;
  return type in tables ? store.byId(tables[type as keyof typeof tables], id) : undefined;
}

function waysTo(context: ViewContext, type: string, id: number): Step[][] {
  const { store } = context;
  const above = (name: string, table: 'projectDatasets' | 'datasetImages' | 'screenPlates'): Step[][] =>
    store.parents(table, id).flatMap((link) => waysTo(context, name, link.parent));
  const here = (ways: readonly Step[][], step: Step): Step[][] =>
    (ways.length === 0 ? [[]] : ways).map((way) => [...way, step]);
  switch (type) {
    case 'image': {
      const ways = above('dataset', 'datasetImages');
      const wells = store
        .wellsOf(id)
        .flatMap((well) => waysTo(context, 'plate', well.plate).map((way) => [...way, { type: 'well', id: well.id }]));
      if (ways.length > 0) return here(ways, { type, id });
      if (wells.length > 0) return here(wells, { type, id });
      return [
        [
          { type: 'orphaned', id: store.byId('images', id)?.owner ?? -1 },
          { type, id },
        ],
      ];
    }
    case 'dataset':
      return here(above('project', 'projectDatasets'), {
        type,
        id,
        childCount: store.children('datasetImages', id).length,
      });
    case 'plate':
      return here(above('screen', 'screenPlates'), { type, id });
    default:
      return [[{ type, id }]];
  }
}

import type { DataRow, GroupRow, UserRow, WellRow } from './rows.js';
import type { RowOf, Store, TableName } from './store.js';
import { byName } from './view.js';

/** Names of the lists below `/api/v0/m/` and the tables behind them. */
export const TABLE_OF = {
  projects: 'projects',
  datasets: 'datasets',
  images: 'images',
  screens: 'screens',
  plates: 'plates',
  plateacquisitions: 'plateAcquisitions',
  wells: 'wells',
  rois: 'rois',
} as const satisfies Record<string, TableName>;
export type ListName = keyof typeof TABLE_OF;

/** What narrows a list: ids by the name of the parameter or of the parent in the path. */
export interface Narrowing {
  readonly by?: { readonly name: string; readonly id: number } | undefined;
  readonly orphaned?: boolean;
}

/** Which names narrow which list. */
export const NARROWED_BY: Readonly<Record<ListName | 'experimenters' | 'experimentergroups', readonly string[]>> = {
  projects: ['dataset'],
  datasets: ['project', 'image'],
  images: ['dataset'],
  screens: ['plate'],
  plates: ['screen', 'well'],
  plateacquisitions: ['plate'],
  wells: ['plate', 'plateacquisition'],
  rois: ['image'],
  experimenters: ['experimentergroup'],
  experimentergroups: ['experimenter'],
};

/** Lists longer than this are sorted once and kept. */
const LONG = 1000;

/** Rows of a list in the server's order, of all groups; an object may repeat where two people made the same link. */
export function listRows(store: Store, list: ListName, narrowing: Narrowing): readonly DataRow[] {
  const key = `list ${list} ${narrowing.by?.name ?? ''} ${narrowing.by?.id ?? ''} ${narrowing.orphaned ?? false}`;
  if (narrowing.by === undefined) return store.kept(key, () => sorted(list, selected(store, list, narrowing)));
  const rows = selected(store, list, narrowing);
  return rows.length > LONG ? store.kept(key, () => sorted(list, rows)) : sorted(list, rows);
}

function selected(store: Store, list: ListName, { by, orphaned }: Narrowing): readonly DataRow[] {
  const all = store.rows[TABLE_OF[list]] as readonly DataRow[];
  if (by !== undefined) return narrowed(store, list, by.name, by.id);
  if (orphaned !== true) return all;
  if (list === 'datasets') return all.filter((row) => store.parents('projectDatasets', row.id).length === 0);
  if (list === 'plates') return all.filter((row) => store.parents('screenPlates', row.id).length === 0);
  if (list !== 'images') return all;
  return all.filter((row) => store.parents('datasetImages', row.id).length === 0 && store.wellsOf(row.id).length === 0);
}

function narrowed(store: Store, list: ListName, name: string, id: number): readonly DataRow[] {
  const found = <T extends TableName>(table: T, ids: readonly number[]): RowOf<T>[] =>
    ids.map((one) => store.byId(table, one)).filter((row) => row !== undefined);
  const parents = (table: 'projectDatasets' | 'datasetImages' | 'screenPlates'): number[] =>
    store.parents(table, id).map((link) => link.parent);
  const children = (table: 'projectDatasets' | 'datasetImages' | 'screenPlates'): number[] =>
    store.children(table, id).map((link) => link.child);
  switch (`${list} ${name}`) {
    case 'projects dataset':
      return found('projects', parents('projectDatasets'));
    case 'datasets project':
      return found('datasets', children('projectDatasets'));
    case 'datasets image':
      return found('datasets', parents('datasetImages'));
    case 'images dataset':
      return found('images', [...new Set(children('datasetImages'))]);
    case 'screens plate':
      return found('screens', parents('screenPlates'));
    case 'plates screen':
      return found('plates', [...new Set(children('screenPlates'))]);
    case 'plates well':
      return found(
        'plates',
        found('wells', [id]).map((well) => well.plate),
      );
    case 'plateacquisitions plate':
      return store.belonging('plateAcquisitions', id);
    case 'wells plate':
      return store.belonging('wells', id);
    case 'wells plateacquisition':
      return found('plateAcquisitions', [id])
        .flatMap((run) => store.belonging('wells', run.plate))
        .filter((well) => well.samples.some((sample) => sample.plateAcquisition === id));
    case 'rois image':
      return store.belonging('rois', id);
    default:
      return store.rows[TABLE_OF[list]] as readonly DataRow[];
  }
}

function sorted(list: ListName, rows: readonly DataRow[]): readonly DataRow[] {
  if (list === 'rois') return [...rows].sort((a, b) => a.id - b.id);
  if (list !== 'wells') return byName(rows);
  return [...(rows as readonly WellRow[])].sort((a, b) => a.column - b.column || a.row - b.row || a.id - b.id);
}

/** Users by last name, first name; of one group when it is given. */
export function listUsers(store: Store, group: number | undefined): readonly UserRow[] {
  const members = group === undefined ? undefined : new Set(store.byId('groups', group)?.members);
  const key = (user: UserRow): string => `${user.lastName.toLowerCase()}\u0000${user.firstName.toLowerCase()}`;
  return store.rows.users
    .filter((user) => members === undefined || members.has(user.id))
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
}

/** Groups by name; of one user when it is given. */
export function listGroups(store: Store, user: number | undefined): readonly GroupRow[] {
  return byName(store.rows.groups.filter((group) => user === undefined || group.members.includes(user)));
}

import { json } from './answers.js';
import { float, type PythonValue } from './pythonJson.js';
import {
  ANNOTATED_TYPES,
  type AnnotatedType,
  type AnnotationLinkRow,
  type AnnotationRow,
  type DataRow,
  force,
  type PlateRow,
  type WellRow,
} from './rows.js';
import type { Store } from './store.js';
import { intOf, onPage, type View, type ViewContext } from './view.js';
import { pythonInt } from './answers.js';
import type { Rights } from './viewer.js';

const RATING = 'openmicroscopy.org/omero/insight/rating';
const PARAMETERS: Readonly<Record<AnnotatedType, string>> = {
  Project: 'project',
  Dataset: 'dataset',
  Image: 'image',
  Screen: 'screen',
  Plate: 'plate',
  PlateAcquisition: 'acquisition',
  Well: 'well',
};
const TABLES = {
  Project: 'projects',
  Dataset: 'datasets',
  Image: 'images',
  Screen: 'screens',
  Plate: 'plates',
  PlateAcquisition: 'plateAcquisitions',
  Well: 'wells',
} as const;

/** An object that annotations may be linked to. */
export const annotatedObject = (store: Store, type: AnnotatedType, id: number): DataRow | undefined =>
  store.byId(TABLES[type], id);

/** `/webclient/api/annotations/`: one entry a link; limit and page count for each type of parent. */
export const annotations: View = (context) => {
  const { query } = context;
  const page = intOf(query, 'page') ?? 1;
  const limit = intOf(query, 'limit') ?? (context.options.pageSize ?? 200) * 100;
  const asked = ANNOTATED_TYPES.map((type) => {
    const ids = query.getAll(PARAMETERS[type]).filter((value) => value !== '');
    return { type, ids: new Set(ids.map((value) => pythonInt(value))) };
  });
  const people = new Set<number>();
  const entries = asked.flatMap(({ type, ids }) => {
    const links = [...ids].flatMap((id) => visibleLinks(context, type, id)).filter((found) => isWanted(found, query));
    links.sort((a, b) => nullsLast(a.annotation.ns, b.annotation.ns) || a.link.id - b.link.id);
    return onPage(links, page, limit).map((found) => {
      people.add(found.link.owner).add(found.annotation.owner);
      return entryOf(context, found);
    });
  });
  return json({ annotations: entries, experimenters: peopleOf(context.store, people) });
};

interface Found {
  readonly parent: DataRow;
  readonly link: AnnotationLinkRow;
  readonly annotation: AnnotationRow;
}

function visibleLinks({ store, viewer }: ViewContext, type: AnnotatedType, id: number): Found[] {
  const parent = annotatedObject(store, type, id);
  if (parent === undefined || !viewer.canRead(parent.group, parent.owner)) return [];
  return store.annotationsOf(type, id).flatMap((link) => {
    const annotation = store.byId('annotations', link.annotation);
    if (annotation === undefined || !viewer.canRead(parent.group, link.owner)) return [];
    return viewer.canRead(parent.group, annotation.owner) ? [{ parent, link, annotation }] : [];
  });
}

const CLASS_OF: Readonly<Record<string, AnnotationRow['class']>> = {
  map: 'MapAnnotationI',
  tag: 'TagAnnotationI',
  file: 'FileAnnotationI',
  comment: 'CommentAnnotationI',
  rating: 'LongAnnotationI',
};

function isWanted({ annotation }: Found, query: URLSearchParams): boolean {
  const ns = query.get('ns');
  const type = query.get('type');
  if (ns !== null && annotation.ns !== ns) return false;
  if (type === 'rating') return annotation.class === 'LongAnnotationI' && annotation.ns === RATING;
  if (type !== 'custom') return type === null || CLASS_OF[type] === undefined || annotation.class === CLASS_OF[type];
  const common = ['MapAnnotationI', 'TagAnnotationI', 'FileAnnotationI', 'CommentAnnotationI'];
  return !common.includes(annotation.class) && annotation.ns !== RATING;
}

function nullsLast(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined || a < b ? -1 : 1;
}

function entryOf(context: ViewContext, { parent, link, annotation }: Found): PythonValue {
  const { viewer, dateText } = context;
  const name = nameOf(context.store, link.parentType, parent);
  const rights = permissions(viewer.rights(parent.group, annotation.owner));
  return {
    id: annotation.id,
    ns: annotation.ns ?? null,
    name: annotation.name ?? null,
    description: annotation.description ?? null,
    owner: { id: annotation.owner },
    date: dateText(annotation.date),
    permissions:
      annotation.class === 'FileAnnotationI' ? { ...rights, canDownload: context.options.canDownload ?? true } : rights,
    link: {
      id: link.id,
      owner: { id: link.owner },
      parent: { id: parent.id, class: `${link.parentType}I`, name: name === '' ? undefined : name },
      date: dateText(link.date),
      permissions: permissions(viewer.rights(parent.group, link.owner)),
    },
    class: annotation.class,
    ...valueOf(context.store, annotation),
  };
}

const permissions = (rights: Rights) => ({
  canDelete: rights.canDelete,
  canAnnotate: rights.canAnnotate,
  canLink: rights.canLink,
  canEdit: rights.canEdit,
});

function valueOf(store: Store, annotation: AnnotationRow): Readonly<Record<string, PythonValue>> {
  switch (annotation.class) {
    case 'MapAnnotationI':
      return { values: force<readonly (readonly [string, string])[]>(annotation.values) };
    case 'LongAnnotationI':
      return { longValue: annotation.longValue };
    case 'DoubleAnnotationI':
      return { doubleValue: float(annotation.doubleValue) };
    case 'BooleanAnnotationI':
      return { boolValue: annotation.boolValue };
    case 'TimestampAnnotationI':
      return { timeValue: annotation.timeValue };
    case 'TermAnnotationI':
      return { termValue: annotation.termValue };
    case 'FileAnnotationI': {
      const file = store.byId('files', annotation.file);
      if (file === undefined) return {};
      const { id, name, size, path, mimetype = null } = file;
      return { file: { id, name, size, path, mimetype } };
    }
    case 'ListAnnotationI':
      return {};
    default:
      return { textValue: annotation.textValue };
  }
}

/** The name of a parent; runs and wells without one get one made up. */
export function nameOf(store: Store, type: AnnotatedType, row: DataRow): string {
  if (type === 'Well') return wellLabel(row as WellRow, store.byId('plates', (row as WellRow).plate));
  const name = (row as { name?: string }).name ?? '';
  return name === '' && type === 'PlateAcquisition' ? `Run ${row.id}` : name;
}

/** `A1`: letters for rows and numbers for columns unless the plate says otherwise. */
export function wellLabel(well: WellRow, plate: PlateRow | undefined): string {
  const row = plate?.rowNamingConvention === 'number' ? String(well.row + 1) : letters(well.row);
  return row + (plate?.columnNamingConvention === 'letter' ? letters(well.column) : String(well.column + 1));
}

const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

function peopleOf(store: Store, ids: ReadonlySet<number>): PythonValue {
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => store.byId('users', id))
    .filter((user) => user !== undefined)
    .map(({ id, userName, firstName, lastName }) => ({ id, omeName: userName, firstName, lastName }));
}

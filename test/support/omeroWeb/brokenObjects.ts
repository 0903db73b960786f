import { always, error500 } from './faults.js';
import { changed, type HeardRequest, type Interceptor, type Reply, type When } from './intercept.js';

/**
 * Where the server fails at an object: asked for alone, on a page of `/api/v0/m/` that lists it, on a page of the webclient's
 * own lists, in a batch of annotations or parents that names it.
 */
export type FailingIn = 'single' | 'page' | 'light' | 'annotations';

/** The server fails (500) wherever it meets this object (`Image:7`), for ever. */
export function brokenObject(
  ref: `${string}:${number | string}`,
  failingIn: readonly FailingIn[] = ['single', 'page', 'light', 'annotations'],
): Interceptor {
  const [type = '', id = ''] = ref.split(':');
  const meets = (request: HeardRequest, reply: Reply): boolean =>
    (failingIn.includes('single') && isAsked(request, type, id)) ||
    (failingIn.includes('annotations') && isNamed(request, type, id)) ||
    (failingIn.includes(request.path.includes('/webclient/') ? 'light' : 'page') && isListed(reply, type, id));
  return changed(always, (reply, request) =>
    reply.status === 200 && meets(request, reply) ? error500(`${ref} is broken`) : reply,
  );
}

/** Names in the paths of `/api/v0/m/` and parameter names of `/webclient/api/annotations/`. */
const WORDS: Readonly<Record<string, readonly [path: string, parameter: string]>> = {
  Project: ['projects', 'project'],
  Dataset: ['datasets', 'dataset'],
  Image: ['images', 'image'],
  Screen: ['screens', 'screen'],
  Plate: ['plates', 'plate'],
  PlateAcquisition: ['plateacquisitions', 'acquisition'],
  Well: ['wells', 'well'],
  ROI: ['rois', 'roi'],
};

const isAsked = ({ path }: HeardRequest, type: string, id: string): boolean =>
  path.includes(`/m/${WORDS[type]?.[0]}/${id}/`) || (type === 'Image' && path.endsWith(`/original_file_paths/${id}/`));

const isNamed = ({ path, query }: HeardRequest, type: string, id: string): boolean =>
  /\/webclient\/api\/(annotations|parent_links)\/$/.test(path) &&
  query
    .getAll(WORDS[type]?.[1] ?? '')
    .flatMap((ids) => ids.split(','))
    .includes(id);

function isListed(reply: Reply, type: string, id: string): boolean {
  const rows = rowsOf(reply);
  if (rows === undefined) return false;
  const [key, list] = rows;
  return list.some((row) =>
    key === 'data'
      ? idText(row['@id']) === id && String(row['@type']).endsWith(`#${type}`)
      : key === `${type.toLowerCase()}s` && idText(row['id']) === id,
  );
}

type Row = Readonly<Record<string, unknown>>;

// Python writes numbers that JavaScript would round or refuse; they travel as texts with a mark.
const NUMBERS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?\d{16,}(?![\d.eE])/g;
const MARK = '\u0001';
const parse = (json: string): unknown =>
  JSON.parse(json.replace(NUMBERS, (found) => (found.startsWith('"') ? found : JSON.stringify(MARK + found))));
const text = (value: unknown): string => JSON.stringify(value).replace(/"\\u0001([^"]*)"/g, '$1');
const idText = (id: unknown): string => String(id).replace(MARK, '');

/** The rows of a list and the key of its envelope. */
function rowsOf(
  reply: Reply,
): readonly [key: string, rows: readonly Row[], whole: Record<string, unknown>] | undefined {
  if (!String(reply.headers['Content-Type']).startsWith('application/json')) return undefined;
  const whole = parse(String(reply.body)) as Record<string, unknown>;
  const key = ['data', 'annotations', 'images', 'datasets', 'plates', 'tags'].find((name) =>
    Array.isArray(whole[name]),
  );
  return key === undefined ? undefined : [key, whole[key] as readonly Row[], whole];
}

const withRows = (when: When, change: (rows: readonly Row[], key: string) => readonly Row[]): Interceptor =>
  changed(when, (reply) => {
    const found = reply.status === 200 ? rowsOf(reply) : undefined;
    if (found === undefined) return reply;
    const [key, rows, whole] = found;
    return { ...reply, body: text({ ...whole, [key]: change(rows, key) }) };
  });

/**
 * Annotations cut at so many entries of each parent type, without a word. A limit in the request is obeyed as the real
 * server does, unless `evenIfAsked`; `page=0` is never cut.
 */
export const silentCut = (limit: number, evenIfAsked = false): Interceptor =>
  withRows(
    ({ path, query }) =>
      path.endsWith('/webclient/api/annotations/') &&
      query.get('page') !== '0' &&
      (evenIfAsked || query.get('limit') === null),
    (rows) => {
      const count = new Map<string, number>();
      return rows.filter((row) => {
        const parent = String((row['link'] as { parent?: { class?: string } } | undefined)?.parent?.class);
        count.set(parent, (count.get(parent) ?? 0) + 1);
        return (count.get(parent) ?? 0) <= limit;
      });
    },
  );

/** Each row of a list twice, as when two people made the same link. */
export const duplicateRows = (when: When): Interceptor => withRows(when, (rows) => rows.flatMap((row) => [row, row]));

/** A class of annotation that nobody knows, on the first annotation of each answer. */
export const unknownAnnotationClass = (when: When, name = 'QuantumAnnotationI'): Interceptor =>
  withRows(when, (rows, key) =>
    key === 'annotations' ? rows.map((r, i) => (i === 0 ? { ...r, class: name } : r)) : rows,
  );

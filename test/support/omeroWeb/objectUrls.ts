import { ViewError } from './answers.js';
import type { ListName } from './lists.js';
import type { MarshalContext } from './marshal.js';
import { textJson } from './pythonJson.js';
import { type DataRow, force, type ImageRow, type PixelsRow, type WellRow, type WellSampleRow } from './rows.js';
import type { Store } from './store.js';

/** URLs of each class, in the views' order: key and path behind the object's own; `own` only in lists. */
const URLS: Readonly<Record<ListName, readonly (readonly [key: string, below: string])[]>> = {
  projects: [
    ['datasets', 'datasets/'],
    ['project', ''],
  ],
  datasets: [
    ['images', 'images/'],
    ['dataset', ''],
    ['projects', 'projects/'],
  ],
  images: [
    ['image', ''],
    ['datasets', 'datasets/'],
  ],
  screens: [
    ['plates', 'plates/'],
    ['screen', ''],
  ],
  plates: [
    ['screens', 'screens/'],
    ['wells', 'wells/'],
    ['plate', ''],
    ['plateacquisitions', 'plateacquisitions/'],
  ],
  plateacquisitions: [['plateacquisition', '']],
  wells: [
    ['well', ''],
    ['plates', 'plates/'],
  ],
  rois: [['roi', '']],
};

/**
 * Members that the view adds behind the fields: `url:*` and the range of well-sample indexes.
 * @throws ViewError (500) at a run without well samples
 */
export function urlsOf(list: ListName, row: DataRow, marshal: MarshalContext, inList: boolean): string {
  const own = `${list}/${row.id}/`;
  const member = ([key, below]: readonly [string, string]): string =>
    `, "url:${key}": ${textJson(marshal.url(own + below))}`;
  const urls = URLS[list].filter(([, below]) => inList || below !== '').map(member);
  if (list === 'images' && !inList) urls.push(member(['rois', 'rois/']));
  if (list === 'plateacquisitions' || (list === 'plates' && !inList)) {
    const indexes = indexRange(marshal.store, list, row);
    if (list === 'plateacquisitions' && indexes.length === 0) {
      throw new ViewError(500, 'IndexError', 'list index out of range');
    }
    urls.push(`, "omero:wellsampleIndex": [${indexes.join(', ')}]`);
    const [first = 0, last = -1] = indexes;
    const each = Array.from({ length: last - first + 1 }, (_, at) =>
      textJson(marshal.url(`${own}wellsampleindex/${first + at}/wells/`)),
    );
    urls.push(`, "url:wellsampleindex_wells": [${each.join(', ')}]`);
  }
  return urls.join('');
}

/** Smallest and largest index of the well samples of a plate or run; empty without any. */
function indexRange(store: Store, list: 'plates' | 'plateacquisitions', row: DataRow): readonly number[] {
  const run = list === 'plateacquisitions' ? store.byId('plateAcquisitions', row.id) : undefined;
  let [first, last] = [Infinity, -Infinity];
  for (const well of store.belonging('wells', run?.plate ?? row.id)) {
    well.samples.forEach((sample, index) => {
      if (run !== undefined && sample.plateAcquisition !== run.id) return;
      first = Math.min(first, index);
      last = Math.max(last, index);
    });
  }
  return first > last ? [] : [first, last];
}

/** The samples of a well that a run or an index leaves. */
export function runSamples(
  well: WellRow,
  by: { readonly name: string; readonly id: number } | undefined,
  index: number | string | undefined,
): readonly WellSampleRow[] {
  return well.samples.filter(
    (sample, at) =>
      (by?.name !== 'plateacquisition' || sample.plateAcquisition === by.id) &&
      (index === undefined || at === Number(index)),
  );
}

/** Whether the inner join on channels loses the image. */
export function isChannelless(row: ImageRow): boolean {
  const pixels = row.pixels === undefined ? undefined : force<PixelsRow>(row.pixels);
  return pixels?.channels === undefined || force(pixels.channels).length === 0;
}

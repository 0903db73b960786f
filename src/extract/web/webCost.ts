import { BATCH, URL_LENGTH } from './annotationBatches.js';
import { WELL_LIMIT } from './harvestPlate.js';
import { LIST_LIMIT } from './paging.js';
import type { Part } from './parts.js';
import type { ServerMap } from './serverMap.js';
import type { Unit } from './units.js';

/** What requests are for. */
export const COSTS = [
  'login, groups, people and containers',
  'images',
  'filesets and import dates',
  'containers of images',
  'plates and wells',
  'annotations',
  'Pixels of fields (well-pixels)',
  'channels',
  'ROIs (rois)',
  'file paths (files)',
  'tables',
  'tag sets',
] as const;
export type CostKind = (typeof COSTS)[number];

/** Requests by what they are for. */
export type Cost = Readonly<Partial<Record<CostKind, number>>>;

/** What is assumed of what the map does not tell. */
export interface CostGuess {
  /** Fields of a well, over all runs. */
  readonly fields: number;
  /** Runs of a plate. */
  readonly runs: number;
  /** Digits of the id of an image. */
  readonly idLength: number;
}

export const GUESS: CostGuess = { fields: 1, runs: 1, idLength: 8 };

/** The requests that the harvest of a unit makes when nothing goes wrong, tables left out. */
export function unitCost(
  map: ServerMap,
  unit: Unit,
  {
    parts,
    urlLength,
    guess,
  }: { readonly parts: ReadonlySet<Part>; readonly urlLength: number; readonly guess: CostGuess },
): Cost {
  if (unit.kind === 'image') {
    return { ...ofImages(1), images: 1, 'plates and wells': unit.image.wells.length, annotations: 1 };
  }
  const row = unit.kind === 'orphans' ? undefined : map.containers.get(unit.ref);
  const self = row?.visible === true ? 1 : 0;
  if (unit.kind === 'container' && row?.whole === true && row.object.type === 'Plate') {
    const { wells, images } = plateSize(row.object, guess);
    const pages = pagesOf(wells, WELL_LIMIT);
    return {
      ...ofImages(images, pages),
      'plates and wells': pages + self,
      annotations: batches(self * (wells + 1 + guess.runs) + images, pages),
      'Pixels of fields (well-pixels)': parts.has('well-pixels') ? wells : 0,
      images: 0,
      'filesets and import dates': 0,
      channels: parts.has('channels') ? images : 0,
    };
  }
  const isList = unit.kind === 'orphans' || (row?.whole === true && row.object.type === 'Dataset');
  if (!isList) return { annotations: self };
  const images = (unit.kind === 'orphans' ? map.orphanedImages : row?.children) ?? 0;
  const pages = pagesOf(images, LIST_LIMIT);
  return { ...ofImages(images, pages), images: pages, annotations: batches(images + self, pages) };

  /** What images cost beside their list and annotations. */
  function ofImages(count: number, pages = 1): Cost {
    return {
      'filesets and import dates': count === 0 ? 0 : pages,
      'containers of images': count > 0 && hasOtherDataset(map, unit) ? linkRequests(count, pages) : 0,
      channels: parts.has('channels') && unit.kind !== 'image' ? count : 0,
      'ROIs (rois)': parts.has('rois') ? count : 0,
      'file paths (files)': parts.has('files') ? count : 0,
    };
  }

  function linkRequests(count: number, pages: number): number {
    const perRequest = Math.max(1, Math.floor((URL_LENGTH - urlLength) / (guess.idLength + 3)));
    return pages * Math.ceil(count / pages / perRequest);
  }
}

/** Wells and images of a plate, as far as its rows and columns tell; a plate that does not say has 96 wells. */
export function plateSize(
  { rows, columns }: { readonly rows?: number | undefined; readonly columns?: number | undefined },
  { fields }: CostGuess,
): { readonly wells: number; readonly images: number } {
  const wells = rows === undefined || columns === undefined ? 96 : rows * columns;
  return { wells, images: wells * fields };
}

/** Requests added up. */
export function addCosts(costs: Iterable<Cost>): Cost {
  const sum: Partial<Record<CostKind, number>> = {};
  for (const cost of costs) for (const kind of COSTS) sum[kind] = (sum[kind] ?? 0) + (cost[kind] ?? 0);
  return sum;
}

const pagesOf = (count: number, limit: number): number => Math.max(1, Math.ceil(count / limit));

/** Requests for the annotations of objects that come in pages of much the same size. */
const batches = (count: number, pages: number): number => pages * Math.ceil(count / pages / BATCH);

function hasOtherDataset(map: ServerMap, unit: Unit): boolean {
  for (const [ref, { visible }] of map.containers)
    if (visible && ref !== unit.key && ref.startsWith('Dataset:')) return true;
  return false;
}

import { OmegraphError } from '../../errors.js';
import type { ObjectRef } from '../../ome/model.js';
import { asArray, asObject, type Json } from '../json.js';
import { idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import type { MappedRows } from './mapAll.js';
import { listRows, type MapReading, type MapRow, singleJson, singleRow } from './mapRows.js';
import { ownershipOf } from './ownership.js';
import { parentLinks } from './parentLinks.js';
import type { MapImage } from './serverMap.js';
import { findImage } from './namedImage.js';

/** What some roots make of a server. */
export interface MappedRoots extends MappedRows {
  /** Containers that are read with what they contain. */
  readonly whole: ReadonlySet<ObjectRef>;
  readonly images: readonly (MapImage & { readonly group: string | undefined; readonly owner: string | undefined })[];
}

const LISTS: Readonly<Record<string, readonly [list: string, above: string | undefined, below: string | undefined]>> = {
  Project: ['projects', undefined, 'datasets'],
  Dataset: ['datasets', 'projects', undefined],
  Screen: ['screens', undefined, 'plates'],
  Plate: ['plates', 'screens', undefined],
};

/**
 * The roots with what is below and above them, and nothing else: two requests a container; of an image four, and one more a container
 * above it.
 * @throws OmegraphError `input` when a root is not there or is of another type
 */
export async function mapRoots(reading: MapReading, roots: readonly ObjectRef[], source: string): Promise<MappedRoots> {
  const rows = new Map<ObjectRef, MapRow>();
  const parents = new Map<ObjectRef, ObjectRef[]>();
  const whole = new Set<ObjectRef>();
  const images: MappedRoots['images'][number][] = [];
  const link = (child: ObjectRef, parent: ObjectRef): void => {
    const known = parents.get(child) ?? [];
    parents.set(child, known);
    if (!known.includes(parent)) known.push(parent);
  };
  /** A container and those above it. */
  const take = async (ref: ObjectRef): Promise<boolean> => {
    if (rows.has(ref)) return true;
    const [list = '', above] = LISTS[typeOf(ref)] ?? [];
    const row = await singleRow(reading, list, idOf(ref));
    if (row === undefined) return false;
    rows.set(ref, row);
    if (above === undefined) return true;
    for (const [parent, found] of await listRows(reading, `api/v0/m/${list}/${idOf(ref)}/${above}/`)) {
      if (!rows.has(parent)) rows.set(parent, found);
      link(ref, parent);
    }
    return true;
  };
  for (const root of new Set(roots)) {
    reading.signal?.throwIfAborted();
    if (root.startsWith('Image:')) {
      const image = await imageRoot(reading, root);
      if (image === undefined) throw unknown(source, root);
      images.push(image);
      for (const ref of [...image.datasets, ...image.wells.map(({ plate }) => plate)]) await take(ref);
      continue;
    }
    const [list = '', , below] = LISTS[typeOf(root)] ?? [];
    if (list === '') throw notARoot(source, root);
    if (!(await take(root))) throw unknown(source, root);
    whole.add(root);
    if (below === undefined) continue;
    for (const [child, found] of await listRows(reading, `api/v0/m/${list}/${idOf(root)}/${below}/`)) {
      rows.set(child, found);
      whole.add(child);
      link(child, root);
    }
  }
  return { rows, parents, whole, images };
}

async function imageRoot({ session }: MapReading, ref: ObjectRef): Promise<MappedRoots['images'][number] | undefined> {
  const datasets = (await parentLinks(session, [ref])).parents.get(ref) ?? [];
  // OMERO.web tells the wells of an image only where no dataset has it.
  const wells = datasets.length > 0 ? [] : await wellsOf(session, ref);
  const row =
    (await singleJson(session, `api/v0/m/images/${idOf(ref)}/`)) ??
    (await findImage(session, { ref, datasets, wells }));
  if (row === undefined) return undefined;
  const { group, owner } = ownershipOf(row);
  return { ref, datasets, wells, group, owner };
}

/** The wells of an image with their plates, out of the paths to it. */
async function wellsOf(session: MapReading['session'], ref: ObjectRef): Promise<MapImage['wells']> {
  const answer = asObject(await session.get('webclient/api/paths_to_object/', [['image', idOf(ref)]]));
  const wells = new Map<string, ObjectRef>();
  for (const path of asArray(answer?.paths) ?? []) {
    const steps = new Map<Json | undefined, string | undefined>(
      (asArray(path) ?? []).map((step) => [asObject(step)?.type, digitsOf(asObject(step)?.id)]),
    );
    const [well, plate] = [steps.get('well'), steps.get('plate')];
    if (well !== undefined && plate !== undefined) wells.set(well, `Plate:${plate}`);
  }
  return [...wells].map(([id, plate]) => ({ id, plate }));
}

const typeOf = (ref: ObjectRef): string => ref.slice(0, ref.indexOf(':'));

const unknown = (where: string, found: ObjectRef): OmegraphError =>
  new OmegraphError('input', {
    where,
    wrong: 'there is no such object in the source',
    found,
    remedy: 'check the id, and that this account may read the object',
  });

const notARoot = (where: string, found: ObjectRef): OmegraphError =>
  new OmegraphError('input', {
    where,
    wrong: 'an OMERO server is not exported from such an object on',
    found,
    remedy: 'name a Project, Dataset, Image, Screen or Plate',
  });

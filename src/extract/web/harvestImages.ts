import { finding } from '../../findings.js';
import type { ContainerRef, Image, ObjectRef } from '../../ome/model.js';
import type { JsonObject } from '../json.js';
import { idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import { decodeObject } from './decodeObject.js';
import { harvestAnnotations } from './harvestAnnotations.js';
import type { HarvestLine } from './harvestLine.js';
import type { FactList, ImageFacts } from './imageFacts.js';
import { harvestRois, withChannels } from './imageParts.js';
import { filesetLine, harvestFiles } from './originalPaths.js';
import { ownershipOf } from './ownership.js';
import { parentLinks } from './parentLinks.js';
import type { ServerMap } from './serverMap.js';
import type { Place, UnitContext } from './unitContext.js';
import { containersOf } from './units.js';
import { WebFailure } from './webFailure.js';

/** Where images were met. */
export interface ImagesIn {
  /** The visible dataset or plate whose list it was. */
  readonly in: ObjectRef | undefined;
  /** Other visible plates that they are in. */
  readonly also?: readonly ObjectRef[];
  /** Other objects whose annotations are asked for in the same breath. */
  readonly beside?: ReadonlyMap<ObjectRef, Place>;
  readonly facts?: FactList | undefined;
  /** Whether the images came with their channels. */
  readonly whole?: boolean;
  /** Filesets that were told already. */
  readonly filesets: Set<string>;
}

/** Encoded images as images of the unit; see `harvestImages`. */
export async function* harvestImageRows(
  context: UnitContext,
  rows: readonly JsonObject[],
  place: ImagesIn,
): AsyncGenerator<HarvestLine> {
  const facts = place.facts?.take(rows.flatMap((row) => digitsOf(row['@id']) ?? []));
  const visible = rows.filter((row) => {
    const { group, owner } = ownershipOf(row);
    return context.map.visibility.isVisible(group, owner);
  });
  const images = visible
    .map((row) => decodeObject(row, context.decode))
    .filter((object): object is Image => object?.type === 'Image');
  yield* harvestImages(context, images, place, facts);
}

/**
 * Visible images with all their parents of the run, then their channels, ROIs, files and annotations as far as the run reads
 * them. Their containers are those of all their parents.
 */
export async function* harvestImages(
  context: UnitContext,
  images: readonly Image[],
  place: ImagesIn,
  taken?: Promise<ReadonlyMap<string, ImageFacts>>,
): AsyncGenerator<HarvestLine> {
  const [datasets, facts] = await Promise.all([datasetsOf(context, images, place.in), taken]);
  const places = new Map<ObjectRef, Place>();
  const plates = [place.in, ...(place.also ?? [])].filter(isPlate);
  /** Most images have the same parents. */
  const shared = new Map<string, readonly ContainerRef[]>();
  for (const image of images) {
    const above = [...(datasets.get(image.ref) ?? []), ...plates];
    const key = above.join(' ');
    const containers = shared.get(key) ?? containersOf(context.map, above);
    shared.set(key, containers);
    places.set(image.ref, { containers, group: groupOf(image) });
  }
  const told = context.reads('channels') && place.whole !== true ? withChannels(context, images, places) : images;
  for await (const image of told) {
    if ('failed' in image) {
      yield image;
      continue;
    }
    const { fileset, importDate } = facts?.get(idOf(image.ref)) ?? {};
    const own = places.get(image.ref);
    if (own === undefined) continue;
    const ref = fileset === undefined ? undefined : (`Fileset:${fileset}` as const);
    const object = ref === undefined && importDate === undefined ? image : { ...image, fileset: ref, importDate };
    yield context.object(object, datasets.get(image.ref) ?? [], own.containers);
    yield* filesOf(context, image, fileset, own, place.filesets);
  }
  yield* context.said();
  if (context.reads('rois')) yield* harvestRois(context, places);
  yield* harvestAnnotations(context, new Map([...(place.beside ?? []), ...places]));
}

/** The files of each fileset once in each place; of plates, where filesets are not known, once for each name of a file. */
async function* filesOf(
  context: UnitContext,
  { ref, name }: Image,
  fileset: string | undefined,
  place: Place,
  done: Set<string>,
): AsyncGenerator<HarvestLine> {
  // Bio-Formats calls the images of a file `file [series]`.
  const file = fileset ?? `? ${(name ?? '').replace(/ ?\[[^[\]]*\]$/, '')}`;
  const key = `${file}\n${place.containers.join(' ')}`;
  if (done.has(key)) return;
  done.add(key);
  if (context.reads('files')) yield* harvestFiles(context, ref, place);
  else if (fileset !== undefined) yield filesetLine(context, fileset, place);
}

/** The visible datasets of the run that images are in. */
async function datasetsOf(
  context: UnitContext,
  images: readonly Image[],
  within: ObjectRef | undefined,
): Promise<ReadonlyMap<ObjectRef, readonly ObjectRef[]>> {
  const { session, map } = context;
  const refs = images.map(({ ref }) => ref);
  let links: ReadonlyMap<ObjectRef, readonly ObjectRef[]> = new Map();
  try {
    if (hasDatasets(map, within)) links = (await parentLinks(session, refs)).parents;
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    context.say(finding('web-list-unreadable', context.unit, { detail: error.message }));
  }
  return new Map(
    refs.map((ref) => {
      const linked = (links.get(ref) ?? []).filter((parent) => map.containers.get(parent)?.visible === true);
      const own = within?.startsWith('Dataset:') && !linked.includes(within) ? [within] : [];
      return [ref, [...own, ...linked]];
    }),
  );
}

/** Whether the run has a visible dataset other than this one. */
function hasDatasets(map: ServerMap, within: ObjectRef | undefined): boolean {
  for (const [ref, { visible }] of map.containers) {
    if (visible && ref !== within && ref.startsWith('Dataset:')) return true;
  }
  return false;
}

const isPlate = (ref: ObjectRef | undefined): ref is ObjectRef => ref?.startsWith('Plate:') === true;

/** Id of the group of an object that names it. */
export const groupOf = (object: { readonly experimenterGroup?: ObjectRef | undefined }): string | undefined =>
  object.experimenterGroup === undefined ? undefined : idOf(object.experimenterGroup);

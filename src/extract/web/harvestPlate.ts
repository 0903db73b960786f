import type { Image, ObjectRef, Well } from '../../ome/model.js';
import { asArray, asObject, type JsonObject } from '../json.js';
import { ahead } from './ahead.js';
import { idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import { decodeWell } from './decodeWell.js';
import { groupOf, harvestImages } from './harvestImages.js';
import type { HarvestLine } from './harvestLine.js';
import { ownershipOf } from './ownership.js';
import type { Place, UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';

/** Wells a page: their fields and images come whole, with all their owners. */
export const WELL_LIMIT = 48;

/** What is known of the plate that wells are in. */
export interface WellsIn {
  /** Undefined when the plate is hidden: then only images of its wells are told. */
  readonly plate: ObjectRef | undefined;
  readonly place: Place;
  /** Other objects whose annotations are asked for in the same breath. */
  readonly beside?: ReadonlyMap<ObjectRef, Place>;
  readonly filesets: Set<string>;
  /** The images that are wanted; all when left out. */
  readonly only?: ReadonlySet<ObjectRef>;
}

/**
 * Encoded wells with their fields, runs and images. Where the run reads Pixels of fields, each well is asked for again, since
 * lists leave them out.
 */
export async function* harvestWellRows(
  context: UnitContext,
  rows: readonly JsonObject[],
  within: WellsIn,
): AsyncGenerator<HarvestLine> {
  const wells: JsonObject[] = [];
  if (!context.reads('well-pixels')) wells.push(...rows);
  else {
    for await (const found of ahead(rows, 2, (row) => whole(context, row))) {
      context.signal?.throwIfAborted();
      wells.push(found.row);
      if (found.why === undefined) continue;
      const ref: ObjectRef = `Well:${digitsOf(found.row['@id'])}`;
      yield context.failed(ref, { kind: 'row', unit: context.unit, target: ref }, found.why);
    }
  }
  yield* harvestWells(context, wells, within);
}

async function whole(context: UnitContext, row: JsonObject): Promise<{ row: JsonObject; why?: string }> {
  const id = digitsOf(row['@id']);
  if (id === undefined) return { row };
  try {
    const answer = asObject(await context.session.get(`api/v0/m/wells/${id}/`));
    return { row: asObject(answer?.data) ?? row };
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    return { row, why: error.message };
  }
}

/** Wells as they were encoded. */
async function* harvestWells(
  context: UnitContext,
  rows: readonly JsonObject[],
  { plate, place, beside, filesets, only }: WellsIn,
): AsyncGenerator<HarvestLine> {
  const { visibility } = context.map;
  const places = new Map<ObjectRef, Place>(beside);
  const images: Image[] = [];
  /** Of wells that are hidden. */
  const strays: Image[] = [];
  for (const row of rows) {
    const decoded = decodeWell(row, context.decode);
    if (decoded === undefined) continue;
    const shown = decoded.images.filter(
      (image) =>
        (only === undefined || only.has(image.ref)) &&
        visibility.isVisible(groupOf(image), image.experimenter && idOf(image.experimenter)),
    );
    const { group, owner } = ownershipOf(row);
    if (plate === undefined || !visibility.isVisible(group, owner)) {
      strays.push(...shown);
      continue;
    }
    images.push(...shown);
    const refs = new Set<ObjectRef | undefined>([undefined, ...shown.map(({ ref }) => ref)]);
    const well: Well = {
      ...decoded.well,
      wellSamples: decoded.well.wellSamples.filter((field) => refs.has(field.image)),
    };
    yield context.object(well, [plate], place.containers);
    places.set(well.ref, { group, containers: place.containers });
    if (only !== undefined) continue;
    const fields = new Set(well.wellSamples.map(({ ref }) => ref as ObjectRef));
    const hidden = hiddenRuns(context, row);
    for (const run of decoded.runs) {
      if (hidden.has(run.ref)) continue;
      context.runs.add(run.ref);
      const wellSamples = run.wellSamples?.filter((ref) => fields.has(ref)) ?? [];
      yield context.object({ ...run, wellSamples }, [plate], place.containers);
    }
  }
  yield* context.said();
  yield* harvestImages(context, images, { in: plate, beside: places, filesets });
  if (strays.length > 0) yield* harvestImages(context, strays, { in: undefined, filesets });
}

/** Runs that the fields of a well name and that are not to be published. */
function hiddenRuns({ map: { visibility } }: UnitContext, row: JsonObject): ReadonlySet<ObjectRef> {
  const hidden = new Set<ObjectRef>();
  for (const sample of asArray(row.WellSamples) ?? []) {
    const run = asObject(asObject(sample)?.PlateAcquisition);
    const id = digitsOf(run?.['@id']);
    if (run === undefined || id === undefined) continue;
    const { group, owner } = ownershipOf(run);
    if (!visibility.isVisible(group, owner)) hidden.add(`PlateAcquisition:${id}`);
  }
  return hidden;
}

import { asObject, type JsonObject } from '../json.js';
import { idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import { harvestImageRows } from './harvestImages.js';
import type { HarvestLine } from './harvestLine.js';
import { harvestWellRows } from './harvestPlate.js';
import { factList } from './imageFacts.js';
import { pages } from './paging.js';
import type { MapImage } from './serverMap.js';
import type { UnitContext } from './unitContext.js';
import { containersOf } from './units.js';
import { WebFailure } from './webFailure.js';
import type { WebSession } from './webSession.js';

/** An image that the run was asked for by name: itself, and the wells that it is a field of. */
export async function* harvestNamedImage(context: UnitContext, image: MapImage): AsyncGenerator<HarvestLine> {
  const { session, map, unit } = context;
  const filesets = new Set<string>();
  for (const { id, plate } of image.wells) {
    const well = asObject(asObject(await session.get(`api/v0/m/wells/${id}/`))?.data);
    if (well === undefined) continue;
    const place = { containers: containersOf(map, [plate]), group: map.containers.get(plate)?.group };
    yield* harvestWellRows(context, [well], { plate, place, filesets, only: new Set([image.ref]) });
  }
  const found = await findImage(session, image);
  if (found === undefined) return;
  const [dataset] = image.datasets;
  const facts =
    dataset === undefined && image.wells.length > 0
      ? undefined
      : factList(session, dataset === undefined ? [['orphaned', 'true']] : [['id', idOf(dataset)]], unit, context.say);
  const beside = image.wells.map(({ plate }) => plate);
  yield* harvestImageRows(context, [found], { in: dataset, also: beside, facts, filesets, whole: true });
}

/** An image by id; one without channels is not found by itself, so the lists that it is in are looked through. */
export async function findImage(
  session: Pick<WebSession, 'get'>,
  { ref, datasets, wells }: MapImage,
): Promise<JsonObject | undefined> {
  try {
    return asObject(asObject(await session.get(`api/v0/m/images/${idOf(ref)}/`))?.data);
  } catch (error) {
    if (!(error instanceof WebFailure) || error.status !== 404) throw error;
  }
  const [dataset] = datasets;
  const [well] = wells;
  if (dataset === undefined && well !== undefined) {
    const row = asObject(asObject(await session.get(`api/v0/m/wells/${well.id}/`))?.data);
    const fields = Array.isArray(row?.WellSamples) ? row.WellSamples : [];
    return fields
      .map((field) => asObject(asObject(field)?.Image))
      .find((image) => digitsOf(image?.['@id']) === idOf(ref));
  }
  const list =
    dataset === undefined
      ? pages(session, 'api/v0/m/images/', [['orphaned', 'true']])
      : pages(session, `api/v0/m/datasets/${idOf(dataset)}/images/`);
  for await (const page of list) {
    const row = 'rows' in page ? page.rows.find((one) => digitsOf(one['@id']) === idOf(ref)) : undefined;
    if (row !== undefined) return row;
  }
  return undefined;
}

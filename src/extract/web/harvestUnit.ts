import { finding } from '../../findings.js';
import type { ObjectRef } from '../../ome/model.js';
import { harvestAnnotations } from './harvestAnnotations.js';
import type { HarvestLine, HarvestOptions, RetryTask } from './harvestLine.js';
import { harvestList, harvestPlate, harvestRow, harvestRows } from './harvestLists.js';
import { harvestRois, singleImage } from './imageParts.js';
import { harvestNamedImage } from './namedImage.js';
import { harvestFiles } from './originalPaths.js';
import type { ServerMap } from './serverMap.js';
import { harvestTables } from './tables.js';
import { harvestTagSets } from './tagSets.js';
import { type Place, type UnitContext, unitContext } from './unitContext.js';
import { containersOf, type Unit, unitsOf } from './units.js';
import { WebFailure } from './webFailure.js';
import type { WebSession } from './webSession.js';

/**
 * Reads one unit. What the server fails at although other requests go through is a `failed` line.
 * @throws OmegraphError when the server is broken; the signal's reason when it fires
 */
export async function* harvestUnit(
  session: WebSession,
  map: ServerMap,
  unit: Unit,
  options: HarvestOptions,
): AsyncGenerator<HarvestLine> {
  const context = unitContext(session, map, unit.key, options);
  try {
    yield* linesOf(context, unit);
    yield* harvestTagSets(context);
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    yield context.failed(unit.key, { kind: 'unit', unit: unit.key }, error.message);
  }
  yield* context.said();
  yield* context.named();
}

/** Does failed work once more; what still fails is the finding `object-unreadable`. @throws as `harvestUnit` */
export async function* retryFailed(
  session: WebSession,
  map: ServerMap,
  retry: RetryTask,
  options: HarvestOptions,
): AsyncGenerator<HarvestLine> {
  const context = unitContext(session, map, retry.unit, options);
  try {
    for await (const line of both(again(context, retry), harvestTagSets(context))) {
      if ('failed' in line) yield unreadable(line.failed.ref, line.failed.why);
      else yield line;
    }
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    yield unreadable(refOf(retry), error.message);
  }
  yield* context.said();
  yield* context.named();
}

function refOf(retry: RetryTask): string {
  if ('target' in retry) return retry.kind === 'row' ? retry.target : `${retry.target}/${retry.kind}`;
  return retry.kind === 'rows' ? `${retry.unit}/${retry.offset}` : retry.unit;
}

async function* both<T>(first: AsyncGenerator<T>, second: AsyncGenerator<T>): AsyncGenerator<T> {
  yield* first;
  yield* second;
}

const unreadable = (ref: string, why: string): HarvestLine => ({
  finding: finding('object-unreadable', ref, { detail: why }),
});

async function* linesOf(context: UnitContext, unit: Unit): AsyncGenerator<HarvestLine> {
  if (unit.kind === 'orphans') return yield* harvestList(context, unit.key, new Map());
  if (unit.kind === 'image') {
    yield* harvestNamedImage(context, unit.image);
    return yield* harvestTables(context, unit.key);
  }
  const row = context.map.containers.get(unit.ref);
  if (row === undefined) return;
  const { object, parents, group, visible, whole } = row;
  const place: Place = { containers: containersOf(context.map, [unit.ref]), group };
  const self = new Map<ObjectRef, Place>();
  if (visible) {
    yield context.object(object, parents, place.containers);
    self.set(unit.ref, place);
  }
  if (whole && object.type === 'Dataset') yield* harvestList(context, unit.ref, self);
  else if (whole && object.type === 'Plate') yield* harvestPlate(context, unit.ref, place, self);
  else yield* harvestAnnotations(context, self);
  if (visible && whole) yield* harvestTables(context, unit.ref);
}

async function* again(context: UnitContext, retry: RetryTask): AsyncGenerator<HarvestLine> {
  switch (retry.kind) {
    case 'unit': {
      const unit = unitsOf(context.map).find(({ key }) => key === retry.unit);
      if (unit !== undefined) yield* linesOf(context, unit);
      return;
    }
    case 'rows':
      return yield* harvestRows(context, retry.unit as Unit['key'], retry.offset, retry.count);
    case 'row':
      return yield* harvestRow(context, retry.unit as Unit['key'], retry.target);
    case 'annotations':
      return yield* harvestAnnotations(context, new Map(retry.targets.map((place) => [place.target, place])));
    case 'channels': {
      const image = await singleImage(context, retry.target);
      if (image !== undefined) yield context.object(image, [], retry.containers);
      return;
    }
    case 'rois':
      return yield* harvestRois(context, new Map([[retry.target, retry]]));
    case 'files':
      return yield* harvestFiles(context, retry.target, retry);
  }
}

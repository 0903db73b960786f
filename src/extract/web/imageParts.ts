import { finding } from '../../findings.js';
import type { Image, ObjectRef } from '../../ome/model.js';
import { asObject } from '../json.js';
import { ahead } from './ahead.js';
import { idOf } from './annotationBatches.js';
import { decodeObject } from './decodeObject.js';
import type { FailedObject, HarvestLine } from './harvestLine.js';
import { ownershipOf } from './ownership.js';
import { pages } from './paging.js';
import type { Place, UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';

type Failed = { readonly failed: FailedObject };

/**
 * The images with their channels, one request each. One without channels is not found by that request although lists show it;
 * it stays as the list had it.
 */
export async function* withChannels(
  context: UnitContext,
  images: readonly Image[],
  places: ReadonlyMap<ObjectRef, Place>,
): AsyncGenerator<Image | Failed> {
  for await (const found of ahead(images, 2, (image) => single(context, image))) {
    context.signal?.throwIfAborted();
    if (!('why' in found)) {
      yield found;
      continue;
    }
    yield found.image;
    const { ref } = found.image;
    yield context.failed(`${ref}/channels`, retryOf('channels', context, ref, places.get(ref)), found.why);
  }
}

async function single(context: UnitContext, image: Image): Promise<Image | { image: Image; why: string }> {
  try {
    return (await singleImage(context, image.ref)) ?? image;
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    if (error.status !== 404) return { image, why: error.message };
    context.say(finding('channels-absent', image.ref));
    return image;
  }
}

/** A visible image with its channels. @throws WebFailure */
export async function singleImage({ session, decode, map }: UnitContext, ref: ObjectRef): Promise<Image | undefined> {
  const row = asObject(asObject(await session.get(`api/v0/m/images/${idOf(ref)}/`))?.data) ?? {};
  const { group, owner } = ownershipOf(row);
  const image = map.visibility.isVisible(group, owner) ? decodeObject(row, decode) : undefined;
  return image?.type === 'Image' && image.ref === ref ? image : undefined;
}

/** The ROIs of images, asked for image by image, since a ROI does not say where it lies. */
export async function* harvestRois(
  context: UnitContext,
  places: ReadonlyMap<ObjectRef, Place>,
): AsyncGenerator<HarvestLine> {
  for await (const lines of ahead(places, 2, ([ref, place]) => roisOf(context, ref, place))) {
    context.signal?.throwIfAborted();
    yield* lines;
  }
}

async function roisOf(context: UnitContext, image: ObjectRef, place: Place): Promise<HarvestLine[]> {
  const lines: HarvestLine[] = [];
  const retry = retryOf('rois', context, image, place);
  try {
    for await (const page of pages(context.session, `api/v0/m/images/${idOf(image)}/rois/`, [['normalize', 'true']])) {
      if ('failed' in page) {
        // Once is enough: they are asked for again all together.
        if (!lines.some((line) => 'failed' in line))
          lines.push(context.failed(`${image}/rois`, retry, page.failed.why));
        continue;
      }
      context.map.people.learn(page.answer);
      for (const row of page.rows) {
        const { group, owner } = ownershipOf(row);
        if (!context.map.visibility.isVisible(group, owner)) continue;
        const roi = decodeObject(row, context.decode);
        if (roi === undefined) continue;
        if (context.reads('tables')) context.seen.set(roi.ref, place);
        lines.push(context.object(roi, [image], place.containers));
      }
    }
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    lines.push(context.failed(`${image}/rois`, retry, error.message));
  }
  return [...lines, ...context.said()];
}

/** The task of asking once more for something of an object. */
export function retryOf(
  kind: 'channels' | 'rois' | 'files',
  { unit }: UnitContext,
  target: ObjectRef,
  place: Place | undefined,
) {
  return { kind, unit, target, group: place?.group, containers: place?.containers ?? [] } as const;
}

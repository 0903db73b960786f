import type { Annotation, ContainerRef, ObjectRef } from '../../ome/model.js';
import { annotationBatches } from './annotationBatches.js';
import { decodeAnnotations } from './decodeAnnotations.js';
import type { HarvestLine } from './harvestLine.js';
import type { Place, UnitContext } from './unitContext.js';

/**
 * The annotations of objects that are visible, in the containers of the objects. Left out is what the policy forbids: a link
 * whose annotation, or whose linking, is of someone who is not to be published.
 */
export async function* harvestAnnotations(
  context: UnitContext,
  places: ReadonlyMap<ObjectRef, Place>,
): AsyncGenerator<HarvestLine> {
  if (context.reads('tables')) for (const [ref, place] of places) context.seen.set(ref, place);
  for await (const batch of annotationBatches(context.session, [...places.keys()])) {
    context.signal?.throwIfAborted();
    if ('failed' in batch) {
      yield failedLine(context, batch.failed, places, batch.why);
      continue;
    }
    context.map.people.learnLight(batch.answer);
    const found = new Map<
      string,
      { annotation: Annotation; targets: Set<ObjectRef>; containers: readonly ContainerRef[] }
    >();
    for (const link of decodeAnnotations(batch.answer, context.decode)) {
      const place = places.get(link.target);
      if (place === undefined || !isPublic(context, place, link.owner, link.linkOwner)) continue;
      const { annotation, target, table } = link;
      if (table !== undefined) context.tables.set(table, { carrier: target, annotation });
      if (annotation.type === 'TagAnnotation') meet(context, annotation, place);
      const key = `${annotation.ref} ${place.containers.join(' ')}`;
      const known = found.get(key) ?? { annotation, targets: new Set(), containers: place.containers };
      found.set(key, known);
      known.targets.add(target);
    }
    for (const { annotation, targets, containers } of found.values())
      yield context.annotated(annotation, [...targets], containers);
    yield* context.said();
  }
}

function failedLine(
  context: UnitContext,
  targets: readonly ObjectRef[],
  places: ReadonlyMap<ObjectRef, Place>,
  why: string,
): HarvestLine {
  const rows = targets.flatMap((target) => {
    const place = places.get(target);
    return place === undefined ? [] : [{ target, ...place }];
  });
  const name = targets.length > 1 ? `${targets[0]} … ${targets.at(-1)}` : targets[0];
  return context.failed(`${name}/annotations`, { kind: 'annotations', unit: context.unit, targets: rows }, why);
}

function isPublic(
  { map: { visibility } }: UnitContext,
  { group }: Place,
  owner: string | undefined,
  linkOwner: string | undefined,
): boolean {
  return visibility.isVisible(group, owner) && visibility.isVisible(group, linkOwner);
}

function meet(context: UnitContext, annotation: Annotation, { group, containers }: Place): void {
  const known = context.tags.get(annotation.ref) ?? { annotation, group, containers: new Set<ContainerRef>() };
  context.tags.set(annotation.ref, known);
  for (const container of containers) known.containers.add(container);
}

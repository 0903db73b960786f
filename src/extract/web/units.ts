import type { ContainerRef, ObjectRef } from '../../ome/model.js';
import type { MapImage, ServerMap } from './serverMap.js';

/** What is harvested, journalled and harvested again as one. */
export type Unit =
  | { readonly key: ObjectRef; readonly kind: 'container'; readonly ref: ObjectRef }
  | { readonly key: 'orphans'; readonly kind: 'orphans' }
  | { readonly key: ObjectRef; readonly kind: 'image'; readonly image: MapImage };

/** The units of a run in the order of their harvest: containers, then images without any, then images asked for by name. */
export function unitsOf(map: ServerMap): readonly Unit[] {
  return [
    ...[...map.containers].flatMap(([ref, { visible, group }]): Unit[] => {
      // What others own may lie in a hidden dataset or plate.
      const isPassage =
        map.roots.length === 0 && /^(Dataset|Plate):/.test(ref) && map.visibility.whyGroupHidden(group) === undefined;
      return visible || isPassage ? [{ key: ref, kind: 'container', ref }] : [];
    }),
    ...((map.orphanedImages ?? 0) > 0 ? [{ key: 'orphans', kind: 'orphans' } as const] : []),
    ...map.images.map((image): Unit => ({ key: image.ref, kind: 'image', image })),
  ];
}

/** The files of the record that an object of the map belongs to: the Projects and Screens above it, else the orphans. */
export function containersOf(map: ServerMap, refs: readonly ObjectRef[]): readonly ContainerRef[] {
  const found = new Set<ContainerRef>();
  for (const ref of refs) {
    if (/^(Project|Screen):/.test(ref)) found.add(ref as ContainerRef);
    else {
      const parents = map.containers.get(ref)?.parents ?? [];
      if (parents.length === 0) found.add('orphans');
      for (const parent of parents) found.add(parent as ContainerRef);
    }
  }
  return found.size === 0 ? ['orphans'] : [...found].sort();
}

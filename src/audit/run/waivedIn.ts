import type { TermId } from '../../graph/columns/containerGraph.js';
import type { CheckedWaiver } from '../waivers.js';
import type { ContainerSpace } from './containerSpace.js';
import type { WaivedBy } from './foundResults.js';

/** The waivers that hold in one container. */
export function waivedIn(waivers: readonly CheckedWaiver[], container: string, space: ContainerSpace): WaivedBy {
  const byShape = new Map<number, { readonly number: number; holds(id: TermId): boolean }[]>();
  for (const [number, waiver] of waivers.entries()) {
    if (waiver.expired) continue;
    const holds = placeTest(waiver, container, space);
    if (holds === undefined) continue;
    for (const shape of waiver.shapes) byShape.set(shape, [...(byShape.get(shape) ?? []), { number, holds }]);
  }
  return (shape, focus) => byShape.get(shape)?.find(({ holds }) => holds(focus))?.number ?? -1;
}

/** Whether a waiver holds for an object; undefined when it holds for nothing here. */
function placeTest(
  { place }: CheckedWaiver,
  container: string,
  space: ContainerSpace,
): ((id: TermId) => boolean) | undefined {
  switch (place.kind) {
    case 'all':
      return () => true;
    case 'group':
    case 'owner': {
      const { kind, name } = place;
      return (id) => {
        const at = space.place(id)[kind];
        if (at < 0) return false;
        const { label, ref } = space.object(at);
        return label === name || ref === name;
      };
    }
    case 'object': {
      if (place.ref === container) return () => true;
      const type = place.ref.slice(0, place.ref.indexOf(':'));
      const nodes = [...space.instances(type)].filter((id) => space.object(id).ref === place.ref);
      const within = space.within(nodes);
      return nodes.length === 0 ? undefined : (id) => within.has(id);
    }
  }
}

import type { ObjectRef } from '../ome/model.js';
import type { ContainerSet, ContainmentNode } from './containers.js';

/** People, instruments and experiments: they lie in every container that refers to them. */
export interface HeldObjects<Node extends ContainmentNode> {
  /** Holds an object; the containers that asked for it before it came. */
  hold(node: Node): readonly ContainerSet[];
  /** The held objects that now are needed in these containers for the first time: the named ones and what they refer to. */
  use(refs: readonly (ObjectRef | undefined)[], set: ContainerSet): Node[];
  /** Those that nothing has used so far. */
  unused(): Node[];
  /** Those that were asked for and never came. */
  absent(): readonly string[];
}

/** Types that `HeldObjects` is for. */
export const HELD: ReadonlySet<string> = new Set(['Instrument', 'Experiment', 'Experimenter', 'ExperimenterGroup']);

/** Nothing held yet. */
export function heldObjects<Node extends ContainmentNode>(): HeldObjects<Node> {
  const held = new Map<string, { readonly nodes: Node[]; readonly sets: Set<ContainerSet> }>();
  const entryOf = (ref: string) => {
    const entry = held.get(ref) ?? { nodes: [], sets: new Set() };
    held.set(ref, entry);
    return entry;
  };
  const use = (refs: readonly (ObjectRef | undefined)[], set: ContainerSet): Node[] => {
    const found: Node[] = [];
    for (const ref of refs) {
      if (ref === undefined) continue;
      const entry = entryOf(ref);
      if (entry.sets.has(set)) continue;
      entry.sets.add(set);
      for (const node of entry.nodes) found.push(node, ...use(refersTo(node), set));
    }
    return found;
  };
  return {
    hold(node) {
      const entry = entryOf(node.object.ref);
      entry.nodes.push(node);
      return [...entry.sets];
    },
    use,
    unused: () => [...held.values()].filter(({ sets }) => sets.size === 0).flatMap(({ nodes }) => nodes),
    absent: () => [...held].filter(([, { nodes }]) => nodes.length === 0).map(([ref]) => ref),
  };
}

function refersTo({ object }: ContainmentNode): readonly (ObjectRef | undefined)[] {
  switch (object.type) {
    case 'Experiment':
      return [object.experimenter, ...(object.microbeamManipulations ?? []).map((m) => m.experimenter)];
    case 'ExperimenterGroup':
      return [...(object.experimenters ?? []), ...(object.leaders ?? [])];
    default:
      return [];
  }
}

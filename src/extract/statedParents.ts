import type { ObjectRef, OmeObject } from '../ome/model.js';
import type { Containers, ContainmentNode } from './containers.js';
import type { Selection } from './selection.js';

/** Parents that state what is in them; a plate is the parent of an image only by way of a well. */
const DIRECT: Readonly<Partial<Record<OmeObject['type'], string>>> = {
  Dataset: 'Project:',
  Image: 'Dataset:',
  Plate: 'Screen:',
};

/**
 * The parents that an object names itself and those of the export that name it, so that each container of the object says of all
 * of them.
 */
export function statedParents(
  { object: { ref, type }, parents }: ContainmentNode,
  containers: Containers,
  selection: Selection,
): readonly ObjectRef[] {
  const above = DIRECT[type];
  if (above === undefined) return parents;
  const linked = containers
    .parents(ref)
    .filter((parent) => parent.startsWith(above) && (selection.isAbove(parent) || selection.includes(parent, [])));
  return [...new Set([...parents, ...linked])];
}

import type { ObjectRef, OmeRecord } from '../ome/model.js';
import type { PlannedContainer, PlannedGroup, SourcePlan } from './metadataSource.js';

interface Counted {
  label?: string | undefined;
  group?: ObjectRef | undefined;
  owner?: ObjectRef | undefined;
  readonly images: Set<ObjectRef>;
}

/** What a stream of records would publish: its containers with their images, and those of each group. */
export async function filePlan(records: AsyncIterable<OmeRecord>): Promise<SourcePlan> {
  const containers = new Map<string, Counted>();
  const names = new Map<ObjectRef, string>();
  const at = (container: string): Counted => {
    const known = containers.get(container) ?? { images: new Set<ObjectRef>() };
    containers.set(container, known);
    return known;
  };
  for await (const record of records) {
    if (record.kind !== 'object') continue;
    const { object } = record;
    for (const container of record.containers) {
      const counted = at(container);
      if (object.type === 'Image') counted.images.add(object.ref);
      if (object.ref !== container || (object.type !== 'Project' && object.type !== 'Screen')) continue;
      counted.label ??= object.name;
      counted.group ??= object.experimenterGroup;
      counted.owner ??= object.experimenter;
    }
    if (object.type === 'ExperimenterGroup' && object.name !== undefined) names.set(object.ref, object.name);
    if (object.type === 'Experimenter') {
      const name = [object.firstName, object.lastName].filter((part) => part !== undefined && part !== '').join(' ');
      if (name !== '') names.set(object.ref, name);
    }
  }
  const nameOf = (ref: ObjectRef | undefined): string | undefined => ref && (names.get(ref) ?? ref);
  const planned = [...containers].map(([ref, { label, group, owner, images }]): PlannedContainer => ({
    ref: ref as PlannedContainer['ref'],
    label,
    group: nameOf(group),
    owner: nameOf(owner),
    visible: true,
    images: images.size,
  }));
  const groups = new Map<ObjectRef, { containers: number; images: number }>();
  for (const { group, images } of containers.values()) {
    if (group === undefined) continue;
    const known = groups.get(group) ?? { containers: 0, images: 0 };
    groups.set(group, { containers: known.containers + 1, images: known.images + images.size });
  }
  return {
    containers: planned,
    groups: [...groups].map(([ref, counts]): PlannedGroup => ({
      id: ref.slice(ref.indexOf(':') + 1),
      name: nameOf(ref) ?? ref,
      visible: true,
      ...counts,
    })),
    parts: [],
    requests: 0,
    seconds: 0,
  };
}

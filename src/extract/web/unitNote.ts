import { createHash } from 'node:crypto';
import type { ObjectRef, OmeRecord } from '../../ome/model.js';
import { asArray, asObject, asText, type Json } from '../json.js';
import type { HarvestLine } from './harvestLine.js';
import type { ServerMap } from './serverMap.js';
import type { Unit } from './units.js';

/** Gathers what the lines of a unit rest on: the containers that they name, and whose the objects are. */
export interface UnitNote {
  see(line: HarvestLine): void;
  /** As plain JSON, for the journal. */
  json(): Json;
}

const CONTAINER = /^(Project|Dataset|Screen|Plate):/;

/**
 * The note of a unit. What was read before an interruption is believed only while everything that made it publishable and
 * placed it is as it was: the unit, each container named in it (name, group, owner, parents, count of children), and that the
 * groups and owners may still be published.
 */
export function unitNote(map: ServerMap, unit: Unit): UnitNote {
  const containers = new Set<ObjectRef>();
  const groups = new Set<ObjectRef>();
  const owners = new Set<ObjectRef>();
  const see = (record: OmeRecord): void => {
    for (const ref of record.containers) if (ref !== 'orphans') containers.add(ref);
    if (record.kind === 'annotated') {
      if (record.annotation.annotator !== undefined) owners.add(record.annotation.annotator);
      return;
    }
    const { object, parents } = record;
    for (const ref of parents) if (CONTAINER.test(ref)) containers.add(ref);
    if ('experimenterGroup' in object && object.experimenterGroup !== undefined) groups.add(object.experimenterGroup);
    if ('experimenter' in object && object.experimenter !== undefined) owners.add(object.experimenter);
  };
  return {
    see(line) {
      if ('record' in line) see(line.record);
      else if ('failed' in line && 'containers' in line.failed.retry) {
        const { containers: where, group } = line.failed.retry;
        for (const ref of where) if (ref !== 'orphans') containers.add(ref);
        if (group !== undefined) groups.add(`ExperimenterGroup:${group}`);
      }
    },
    json: () => ({
      unit: unitState(map, unit),
      containers: [...containers].sort().map((ref) => [ref, containerState(map, ref) ?? '']),
      groups: [...groups].sort(),
      owners: [...owners].sort(),
    }),
  };
}

/** Whether a unit may be replayed under a map that was read since. */
export function noteHolds(note: Json, map: ServerMap, unit: Unit): boolean {
  const { unit: was, containers, groups, owners } = asObject(note) ?? {};
  if (asText(was) === undefined || asText(was) !== unitState(map, unit)) return false;
  const same = asArray(containers)?.every((entry) => {
    const [ref, state] = asArray(entry) ?? [];
    return state === containerState(map, asText(ref) as ObjectRef);
  });
  if (same !== true) return false;
  const isOpen = (id: string): boolean => map.visibility.whyGroupHidden(id) === undefined;
  const groupIds = idsIn(groups);
  // A policy judges groups and owners apart, so an owner is asked about with any group that passes.
  const open = groupIds[0] ?? map.groups.find(({ id }) => isOpen(id))?.id;
  return groupIds.every(isOpen) && idsIn(owners).every((owner) => map.visibility.isVisible(open, owner));
}

/** State of what the unit is made from. */
function unitState(map: ServerMap, unit: Unit): string {
  if (unit.kind === 'orphans') return hashOf(map.orphanedImages);
  if (unit.kind === 'image') return hashOf(unit.image);
  return containerState(map, unit.ref) ?? '';
}

/** What the map says of a container; undefined when it does not hold it. */
function containerState(map: ServerMap, ref: ObjectRef): string | undefined {
  const container = map.containers.get(ref);
  return container === undefined ? undefined : hashOf(container);
}

const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 16);

const idsIn = (refs: Json | undefined): readonly string[] =>
  (asArray(refs) ?? []).map((ref) => (asText(ref) ?? '').replace(/^[^:]*:/, ''));

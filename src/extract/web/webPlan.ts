import type { PlannedContainer, PlannedGroup, SourcePlan } from '../metadataSource.js';
import { groupLevel } from '../visibility.js';
import type { HarvestOptions } from './harvestLine.js';
import { DEFAULT_PARTS } from './parts.js';
import { samplePlan, secondsOf } from './planSample.js';
import type { MapContainer, ServerMap } from './serverMap.js';
import { unitsOf } from './units.js';
import { addCosts, COSTS, type CostGuess, plateSize, unitCost } from './webCost.js';
import type { WebSession } from './webSession.js';

/** Requests of a login and logout. */
const LOGOUT = 1;

/**
 * What a run over a map would read and publish, how many requests it would take and how long. A few lists are read on trial,
 * to see what the map does not tell and how long answers take.
 */
export async function webPlan(
  session: WebSession,
  map: ServerMap,
  harvest: HarvestOptions & { readonly connections?: number | undefined },
): Promise<SourcePlan> {
  const before = session.statistics;
  const parts = new Set(harvest.parts ?? DEFAULT_PARTS);
  const sample = await samplePlan(session, map, harvest);
  const urlLength = session.url.length;
  const costs = unitsOf(map).map((unit) => unitCost(map, unit, { parts, urlLength, guess: sample.guess }));
  const cost = addCosts([
    {
      'login, groups, people and containers': before.requests + LOGOUT,
      tables: sample.tables,
      'tag sets': sample.tagSets,
    },
    ...costs,
  ]);
  const rows = COSTS.map((what) => ({ what, requests: cost[what] ?? 0 })).filter(({ requests }) => requests > 0);
  const containers = plannedContainers(map, sample.guess);
  return {
    containers,
    groups: plannedGroups(map, sample.guess),
    parts: rows,
    requests: rows.reduce((sum, { requests }) => sum + requests, 0),
    seconds: secondsOf(cost, sample.latency, harvest.connections),
  };
}

function plannedContainers(map: ServerMap, guess: CostGuess): readonly PlannedContainer[] {
  const levels = new Map(map.groups.map(({ id, perm }) => [id, groupLevel(perm)]));
  const names = new Map(map.groups.map(({ id, name }) => [id, name]));
  const all: PlannedContainer[] = [...map.containers].map(([ref, row]) => ({
    ref,
    // Of what is hidden nothing is told but why.
    label: row.visible ? row.object.name : undefined,
    group: row.group === undefined ? undefined : (names.get(row.group) ?? `ExperimenterGroup:${row.group}`),
    owner: row.visible && row.owner !== undefined ? nameOf(map, row.owner) : undefined,
    level: row.group === undefined ? undefined : levels.get(row.group),
    visible: row.visible,
    why: row.visible ? undefined : map.visibility.whyHidden(row.group, row.owner),
    images: imagesIn(row, guess),
  }));
  for (const { ref } of map.images) all.push({ ref, visible: true, images: 1 });
  if ((map.orphanedImages ?? 0) > 0)
    all.push({ ref: 'orphans', label: 'images without a dataset', visible: true, images: map.orphanedImages });
  return all;
}

function plannedGroups(map: ServerMap, guess: CostGuess): readonly PlannedGroup[] {
  const rows = new Map<string, MapContainer[]>();
  for (const row of map.containers.values()) {
    if (row.group === undefined) continue;
    const known = rows.get(row.group) ?? [];
    rows.set(row.group, known);
    known.push(row);
  }
  return [...rows].map(([id, inGroup]) => {
    const group = map.groups.find((one) => one.id === id);
    const shown = inGroup.filter(({ visible }) => visible);
    const why = map.visibility.whyGroupHidden(id);
    return {
      id,
      name: group?.name ?? `ExperimenterGroup:${id}`,
      ...(group && { level: groupLevel(group.perm) }),
      visible: why === undefined,
      ...(why !== undefined && { why }),
      containers: shown.length,
      images: shown.reduce((sum, row) => sum + (imagesIn(row, guess) ?? 0), 0),
    };
  });
}

/** Images directly in a container: counted by the server in datasets, wells times fields on plates. */
function imagesIn({ object, children, whole }: MapContainer, guess: CostGuess): number | undefined {
  if (!whole) return undefined;
  if (object.type === 'Dataset') return children;
  return object.type === 'Plate' && object.rows !== undefined ? plateSize(object, guess).images : undefined;
}

function nameOf(map: ServerMap, owner: string): string {
  const { firstName, lastName } = map.people.person(owner);
  const name = [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ');
  return name === '' ? `Experimenter:${owner}` : name;
}

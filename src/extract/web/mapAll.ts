import { type Finding, finding } from '../../findings.js';
import type { ObjectRef } from '../../ome/model.js';
import { asNumber, asObject } from '../json.js';
import { idOf } from './annotationBatches.js';
import { listRows, type MapReading, type MapRow } from './mapRows.js';
import { parentLinks } from './parentLinks.js';

/** Containers of a server with all their parents. */
export interface MappedRows {
  readonly rows: Map<ObjectRef, MapRow>;
  readonly parents: Map<ObjectRef, readonly ObjectRef[]>;
}

/**
 * All containers of the server. Datasets come as one list (500 a request) and their links in batches (some 400 a request): for D
 * datasets in P projects that is D/500 + D/400 requests, where a list for each project would take P. Plates come screen by
 * screen, because a list of all plates makes the server read them all for each page.
 */
export async function mapAll(
  reading: MapReading,
  isWorthwhile: (row: MapRow) => boolean,
): Promise<MappedRows & { readonly orphanedImages: number }> {
  const { session } = reading;
  const [projects, datasets, screens] = [
    await listRows(reading, 'api/v0/m/projects/'),
    await listRows(reading, 'api/v0/m/datasets/'),
    await listRows(reading, 'api/v0/m/screens/'),
  ];
  const parents = new Map((await parentLinks(session, [...datasets.keys()])).parents);
  const plates = await listRows(reading, 'api/v0/m/plates/', [['orphaned', 'true']]);
  for (const [screen, row] of screens) {
    if (!isWorthwhile(row)) continue;
    for (const [plate, found] of await listRows(reading, `api/v0/m/screens/${idOf(screen)}/plates/`)) {
      plates.set(plate, found);
      parents.set(plate, [...(parents.get(plate) ?? []), screen]);
    }
  }
  const orphans = asObject(
    await session.get('api/v0/m/images/', [
      ['orphaned', 'true'],
      ['limit', 0],
    ]),
  );
  return {
    rows: new Map([...projects, ...datasets, ...screens, ...plates]),
    parents,
    orphanedImages: asNumber(asObject(orphans?.meta)?.totalCount) ?? 0,
  };
}

/** Containers of which the server counts more children than it lists; links that two users made are asked for where it does. */
export async function unlistedChildren(
  session: MapReading['session'],
  { rows, parents }: MappedRows,
  isRead: (ref: ObjectRef) => boolean,
): Promise<readonly Finding[]> {
  const children = new Map<ObjectRef, ObjectRef[]>();
  for (const [child, above] of parents) {
    for (const ref of above) {
      const known = children.get(ref) ?? [];
      children.set(ref, known);
      known.push(child);
    }
  }
  const findings: Finding[] = [];
  for (const [ref, { children: expected = 0 }] of rows) {
    const listed = children.get(ref) ?? [];
    if (!/^(Project|Screen):/.test(ref) || !isRead(ref) || listed.length >= expected) continue;
    const found = (await parentLinks(session, listed)).counts.get(ref) ?? 0;
    if (found < expected) findings.push(finding('children-unlisted', ref, { detail: `${found} of ${expected}` }));
  }
  return findings;
}

import { OmegraphError } from '../../errors.js';
import { type Finding, finding } from '../../findings.js';
import type { Dataset, ObjectRef, Plate, Project, Screen } from '../../ome/model.js';
import { type Visibility, type VisibilityPolicy, visibilityOf } from '../visibility.js';
import { mapAll, unlistedChildren } from './mapAll.js';
import { listGroups, listPeople } from './mapPeople.js';
import { mapRoots } from './mapRoots.js';
import type { MapReading, MapRow } from './mapRows.js';
import { type People, people } from './people.js';
import type { WebSession } from './webSession.js';

/** A Project, Dataset, Screen or Plate of the run, visible or not. */
export interface MapContainer {
  readonly object: Project | Dataset | Screen | Plate;
  /** Ids. */
  readonly group: string | undefined;
  readonly owner: string | undefined;
  /** Visible containers above it that belong to the run. */
  readonly parents: readonly ObjectRef[];
  /** Datasets, images or plates in it as the server counts them; unknown for plates. */
  readonly children: number | undefined;
  readonly visible: boolean;
  /** False for what only stands above a root: it is read without what it contains. */
  readonly whole: boolean;
}

/** An image that the run was asked for by name. */
export interface MapImage {
  readonly ref: ObjectRef;
  /** Visible datasets that it is in. */
  readonly datasets: readonly ObjectRef[];
  /** Wells that it is a field of, with their visible plates. */
  readonly wells: readonly { readonly id: string; readonly plate: ObjectRef }[];
}

/** A permission group of the server. */
export interface MapGroup {
  readonly id: string;
  readonly name: string;
  /** `rwra--` */
  readonly perm: string;
}

/** What a run reads of a server: its containers, groups and people, but no images. */
export interface ServerMap {
  /** Empty: everything. */
  readonly roots: readonly ObjectRef[];
  /** In the order in which they are read; hidden ones too. */
  readonly containers: ReadonlyMap<ObjectRef, MapContainer>;
  readonly images: readonly MapImage[];
  /** Images in no dataset and no well; undefined when roots leave them out. */
  readonly orphanedImages: number | undefined;
  readonly groups: readonly MapGroup[];
  /** Names of people, in memory only. */
  readonly people: People;
  readonly visibility: Visibility;
}

/** How a map is made. */
export interface ServerMapOptions {
  /** The source as the user named it, for messages. */
  readonly name: string;
  readonly timeZone?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  onFinding(f: Finding): void;
}

/**
 * Reads what there is to read. It is as large as the containers are many; images are only counted.
 * @throws OmegraphError `input` when a root does not exist, is no Project, Dataset, Image, Screen or Plate, or may not be
 * published; `server` when a list that all rests on fails
 */
export async function readServerMap(
  session: WebSession,
  roots: readonly ObjectRef[],
  policy: VisibilityPolicy | undefined,
  options: ServerMapOptions,
): Promise<ServerMap> {
  const decode = { onFinding: options.onFinding, timeZone: options.timeZone ?? 'UTC' };
  const known = people(decode);
  const reading: MapReading = { session, decode, people: known, signal: options.signal };
  const groups = await listGroups(reading);
  const names = await listPeople(reading);
  const visibility = visibilityOf(policy, groups, names);
  for (const name of visibility.unknownNames) options.onFinding(finding('policy-name-unknown', name));
  const whyHidden = ({ group, owner }: MapRow | RootImage): string | undefined => visibility.whyHidden(group, owner);

  const all = roots.length === 0;
  const mapped = all
    ? await mapAll(reading, ({ group }) => visibility.whyGroupHidden(group) === undefined)
    : await mapRoots(reading, roots, options.name);
  const images = 'images' in mapped ? mapped.images : [];
  for (const root of roots) {
    const found = mapped.rows.get(root) ?? images.find(({ ref }) => ref === root);
    const why = found && whyHidden(found);
    if (why !== undefined) throw hiddenRoot(options.name, root, why);
  }
  const isVisible = (ref: ObjectRef): boolean => {
    const row = mapped.rows.get(ref);
    return row !== undefined && whyHidden(row) === undefined;
  };
  const containers = new Map<ObjectRef, MapContainer>();
  for (const [ref, row] of mapped.rows) {
    containers.set(ref, {
      ...row,
      parents: (mapped.parents.get(ref) ?? []).filter(isVisible),
      visible: isVisible(ref),
      whole: !('whole' in mapped) || mapped.whole.has(ref),
    });
  }
  for (const f of await unlistedChildren(
    session,
    mapped,
    (ref) => isVisible(ref) && containers.get(ref)?.whole === true,
  ))
    options.onFinding(f);
  return {
    roots,
    containers,
    images: images.map(({ ref, datasets, wells }) => ({
      ref,
      datasets: datasets.filter(isVisible),
      wells: wells.filter(({ plate }) => isVisible(plate)),
    })),
    orphanedImages: 'orphanedImages' in mapped ? mapped.orphanedImages : undefined,
    groups,
    people: known,
    visibility,
  };
}

type RootImage = { readonly group: string | undefined; readonly owner: string | undefined };

function hiddenRoot(where: string, found: ObjectRef, why: string): OmegraphError {
  return new OmegraphError('input', {
    where,
    wrong: `the visibility policy forbids to publish this object: ${why}`,
    found,
    remedy: 'change the policy, or leave the object out',
  });
}

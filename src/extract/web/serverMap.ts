import type { Dataset, ObjectRef, Plate, Project, Screen } from '../../ome/model.js';
import type { Finding } from '../../findings.js';
import type { Visibility, VisibilityPolicy } from '../visibility.js';
import type { People } from './people.js';
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
  /** In the order in which they are read. */
  readonly containers: ReadonlyMap<ObjectRef, MapContainer>;
  readonly images: readonly MapImage[];
  /** Images in no dataset and no well; undefined when roots leave them out. */
  readonly orphanedImages: number | undefined;
  readonly groups: readonly MapGroup[];
  /** Names of people, in memory only. */
  readonly people: People;
  readonly visibility: Visibility;
  /** Whether the policy forbids nothing of a group but what single people own. */
  isGroupVisible(group: string | undefined): boolean;
  /** Whether the policy looks at owners. */
  readonly ownersMatter: boolean;
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
 * Reads what there is to read.
 * @throws OmegraphError `input` when a root does not exist, is no Project, Dataset, Image, Screen or Plate, or may not be published
 */
export async function readServerMap(
  _session: WebSession,
  _roots: readonly ObjectRef[],
  _policy: VisibilityPolicy | undefined,
  _options: ServerMapOptions,
): Promise<ServerMap> {
  throw new Error('to be written');
}

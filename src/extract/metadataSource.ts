import type { Finding } from '../findings.js';
import type { ObjectRef, OmeRecord } from '../ome/model.js';

/** What a run wants to hear about while a source is read. */
export interface ExtractOptions {
  readonly signal?: AbortSignal;
  onFinding(f: Finding): void;
  onProgress?(p: { done: number; total: number; what: string }): void;
}

/** A container that a run would read: a Project, Dataset, Screen or Plate, or `orphans`. */
export interface PlannedContainer {
  readonly ref: ObjectRef | 'orphans';
  readonly label?: string | undefined;
  /** Name of the group that it belongs to. */
  readonly group?: string | undefined;
  /** Name of the person who owns it; never a login. */
  readonly owner?: string | undefined;
  /** Permission level of its group. */
  readonly level?: string | undefined;
  /** Whether it would be published. */
  readonly visible: boolean;
  /** Why not. */
  readonly why?: string | undefined;
  /**
   * Images in it: of a server those directly in it, as it counts them (on plates wells times fields); of files also those below.
   * Undefined where nobody counts.
   */
  readonly images?: number | undefined;
}

/** What a run would read and publish of a group. */
export interface PlannedGroup {
  readonly id: string;
  readonly name: string;
  readonly level?: string | undefined;
  readonly visible: boolean;
  readonly why?: string | undefined;
  /** Containers that would be published. */
  readonly containers: number;
  /** Images that would be published, as far as the source counts them. */
  readonly images: number;
}

/** What a run would do, without doing it. */
export interface SourcePlan {
  readonly containers: readonly PlannedContainer[];
  readonly groups: readonly PlannedGroup[];
  /** Requests that the run would make when nothing goes wrong, by what they are for; empty for files. */
  readonly parts: readonly { readonly what: string; readonly requests: number }[];
  /** Sum of `parts`. */
  readonly requests: number;
  /** How long the run would take, estimated from how long answers took; 0 for files. */
  readonly seconds: number;
}

/** One origin of metadata: files, OMERO.web, the OMERO database, each behind the same stream. */
export interface MetadataSource {
  /** The source as the user named it, without credentials. */
  readonly name: string;
  /** Names of what it reads beside that, such as files of key-values; for provenance. */
  readonly also?: readonly string[] | undefined;
  /**
   * Streams the records of the roots with everything below them; no roots means everything.
   * @throws OmegraphError `input` when a root is not in the source; the signal's reason when it fires.
   */
  records(roots: readonly ObjectRef[], options: ExtractOptions): AsyncIterable<OmeRecord>;
  /** What `records` of the roots would read and publish. @throws OmegraphError as `records` does */
  plan?(roots: readonly ObjectRef[], options: ExtractOptions): Promise<SourcePlan>;
  /** Is called once all records are safe in the graph: what the source kept for an interrupted run may go. */
  done?(): Promise<void>;
}

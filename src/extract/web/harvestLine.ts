import type { Finding } from '../../findings.js';
import type { ContainerRef, ObjectRef, OmeRecord } from '../../ome/model.js';
import type { Part } from './parts.js';

/** What the harvest of a unit says, in an order that a second harvest repeats; plain JSON, so that a journal can keep it. */
export type HarvestLine =
  { readonly record: OmeRecord } | { readonly finding: Finding } | { readonly failed: FailedObject };

/** Something that the server failed at while other requests went through; it is asked for again at the end of the run. */
export interface FailedObject {
  /** `Image:7`, or `Dataset:201/images/40` where not even the id is known. */
  readonly ref: string;
  readonly retry: RetryTask;
  /** The server's words. */
  readonly why: string;
}

/** Work that can be done again, as plain JSON. */
export type RetryTask =
  | { readonly kind: 'unit'; readonly unit: string }
  /** Rows of the list that a unit reads: images of a dataset or the orphans, wells of a plate. */
  | { readonly kind: 'rows'; readonly unit: string; readonly offset: number; readonly count: number }
  | {
      readonly kind: 'annotations';
      readonly unit: string;
      readonly targets: readonly {
        readonly target: ObjectRef;
        readonly containers: readonly ContainerRef[];
        readonly group?: string | undefined;
      }[];
    }
  /** An image or well that a unit lists. */
  | { readonly kind: 'row'; readonly unit: string; readonly target: ObjectRef }
  /** What belongs to an image. */
  | {
      readonly kind: 'channels' | 'rois' | 'files';
      readonly unit: string;
      readonly target: ObjectRef;
      readonly group?: string | undefined;
      readonly containers: readonly ContainerRef[];
    };

/** How a harvest is done. */
export interface HarvestOptions {
  /** `DEFAULT_PARTS` when left out. */
  readonly parts?: readonly Part[] | undefined;
  /** IANA zone of the OMERO server, `UTC` when left out. */
  readonly timeZone?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an export of OMERO.web may read beside objects and annotations, each at its own price in requests. */
export const PARTS = ['tables', 'well-pixels', 'files', 'channels', 'rois'] as const;

export type Part = (typeof PARTS)[number];

/** What is read unless told otherwise: a request a thousand table rows, and one a well. */
export const DEFAULT_PARTS: readonly Part[] = ['tables', 'well-pixels'];

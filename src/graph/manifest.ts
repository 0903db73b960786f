/** One file of the record with what is needed to trust it. */
export interface RecordFile {
  /** Path within the data folder, with `/`. */
  readonly file: string;
  /** IRI of the named graph all its quads are in. */
  readonly graph: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly quads: number;
}

export interface ContainerEntry extends RecordFile {
  /** `Project:52`, `Screen:3` or `orphans`. */
  readonly container: string;
  readonly label?: string | undefined;
  /** Number of objects by OME type. */
  readonly counts: Readonly<Record<string, number>>;
  readonly exportedAt: string;
}

/** `manifest.json`: what a data folder holds. */
export interface Manifest {
  readonly format: 'omegraph-record';
  readonly version: 1;
  readonly base: string;
  readonly software: string;
  /** The source as the user named it, without credentials. */
  readonly source: string;
  readonly containers: readonly ContainerEntry[];
  readonly provenance?: RecordFile | undefined;
  readonly description?: RecordFile | undefined;
}

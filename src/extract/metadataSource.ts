import type { Finding } from '../findings.js';
import type { ObjectRef, OmeRecord } from '../ome/model.js';

/** What a run wants to hear about while a source is read. */
export interface ExtractOptions {
  readonly signal?: AbortSignal;
  onFinding(f: Finding): void;
  onProgress?(p: { done: number; total: number; what: string }): void;
}

/** One origin of metadata: files, OMERO.web, the OMERO database, each behind the same stream. */
export interface MetadataSource {
  /** The source as the user named it, without credentials. */
  readonly name: string;
  /**
   * Streams the records of the roots with everything below them; no roots means everything.
   * @throws OmegraphError `input` when a root is not in the source; the signal's reason when it fires.
   */
  records(roots: readonly ObjectRef[], options: ExtractOptions): AsyncIterable<OmeRecord>;
}

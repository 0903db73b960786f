import { basename, resolve } from 'node:path';
import { type Finding, finding } from '../findings.js';
import type { ObjectRef, OmeRecord } from '../ome/model.js';
import { readOmeXml } from '../ome/omeXmlReader.js';
import { containers as emptyContainers } from './containers.js';
import { type DocumentContext, type DocumentHints, documentRecords, type ObjectNode } from './documentRecords.js';
import { scanDocument } from './documentScan.js';
import { openDocuments } from './documents.js';
import { filePlan } from './filePlan.js';
import { fingerprints } from './fingerprints.js';
import type { ExtractOptions, MetadataSource } from './metadataSource.js';
import { ownerships } from './ownerships.js';
import { DamagedArchive } from './packRules.js';
import { selection } from './selection.js';
import type { SourceDocument } from './sourceDocument.js';
import { findSourceFiles, reason } from './sourceFiles.js';
import { isRestrictive, type VisibilityPolicy } from './visibility.js';

export interface FileSourceOptions {
  /** Whose objects may be published; everything when left out. */
  readonly visibility?: VisibilityPolicy | undefined;
}

/**
 * Files and folders as a source: OME-XML, companion OME-XML, OME-TIFF, OME-Zarr, omero-cli-transfer packs. A folder is
 * read with what is below it; paths in the graph are relative to the folder that holds all the given paths.
 */
export function fileSource(paths: readonly string[], options: FileSourceOptions = {}): MetadataSource {
  // Resolved first, so that `.`, `..` and `study/` have the name of the folder they mean.
  const name = paths.map((path) => basename(resolve(path)) || '/').join(', ');
  const records: MetadataSource['records'] = (roots, extract) =>
    fileRecords(paths, name, roots, options.visibility, extract);
  return { name, records, plan: (roots, extract) => filePlan(records(roots, extract)) };
}

async function* fileRecords(
  paths: readonly string[],
  name: string,
  roots: readonly ObjectRef[],
  policy: VisibilityPolicy | undefined,
  { signal, onFinding, onProgress }: ExtractOptions,
): AsyncGenerator<OmeRecord> {
  const files = await findSourceFiles(paths, onFinding, signal);
  let looked = 0;
  const onFile = (what: string): void => onProgress?.({ done: looked++, total: files.files.length, what });
  const { documents, plain } = await openDocuments(files, { onFinding, onFile, signal });
  try {
    const containers = emptyContainers();
    const chosen = selection(roots, containers, name);
    const owners = ownerships(policy);
    const restrictive = isRestrictive(policy);
    const whole = restrictive || !chosen.all;
    if (restrictive) {
      for (const document of documents) {
        signal?.throwIfAborted();
        await eachObject(document.nodes(ignore), ({ object }) => owners.learn(object)).catch(ignore);
      }
    }
    const note = (node: ObjectNode): void => {
      owners.judge(node.object);
      if (owners.isHidden(node.object.ref)) return;
      chosen.seen(node.object.ref);
      containers.note({ ...node, parents: node.parents.filter((parent) => !owners.isHidden(parent)) });
    };
    const hints = new Map<SourceDocument, DocumentHints>();
    for (const document of documents) {
      signal?.throwIfAborted();
      // What cannot be read is said in the second pass.
      hints.set(document, await firstPass(document, note, whole).catch(() => UNKNOWN));
    }
    chosen.assertSeen(['Project', 'Dataset', 'Screen', 'Plate']);

    const context: DocumentContext = {
      containers,
      selection: chosen,
      fingerprints: fingerprints(),
      isHidden: owners.isHidden,
      restrictive,
      onFinding,
    };
    for (const [done, document] of documents.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ done, total: documents.length, what: document.label });
      yield* readable(document, onFinding, documentRecords(document, context, hints.get(document) ?? UNKNOWN), signal);
    }
    onProgress?.({ done: documents.length, total: documents.length, what: '' });
    chosen.assertSeen();
    for (const tiff of plain) onFinding(finding('file-not-ome', tiff.path));
  } finally {
    for (const document of documents) await document.close();
  }
}

const ignore = (): void => {};
const UNKNOWN: DocumentHints = { noted: false, lateAnnotationRefs: true };

/** Collects the containment of a document: from its header where that holds all, else from the whole of it. */
async function firstPass(
  document: SourceDocument,
  note: (node: ObjectNode) => void,
  whole: boolean,
): Promise<DocumentHints> {
  if (document.bytes === undefined) {
    if (!whole) return { noted: false, lateAnnotationRefs: false };
    await eachObject(document.nodes(ignore), note);
    return { noted: true, lateAnnotationRefs: false };
  }
  const scan = scanDocument(document.bytes());
  const read = (bytes: AsyncIterable<Uint8Array>) =>
    readOmeXml(bytes, { file: document.label, identify: document.identify, onFinding: ignore });
  await eachObject(read(scan.header()), note);
  const rest = await scan.rest();
  if (whole || rest.lateContainers) await eachObject(document.nodes(ignore), note);
  return { noted: true, lateAnnotationRefs: rest.lateAnnotationRefs };
}

async function eachObject(stream: ReturnType<SourceDocument['nodes']>, on: (node: ObjectNode) => void): Promise<void> {
  for await (const nodes of stream) for (const node of nodes) if (node.kind === 'object') on(node);
}

/** The records of a document; what the system refuses to read is a finding, and the run goes on. */
async function* readable(
  document: SourceDocument,
  onFinding: (f: Finding) => void,
  records: AsyncIterable<OmeRecord>,
  signal: AbortSignal | undefined,
): AsyncGenerator<OmeRecord> {
  try {
    for await (const record of records) {
      signal?.throwIfAborted();
      yield record;
    }
  } catch (error) {
    signal?.throwIfAborted();
    const damaged = error instanceof DamagedArchive;
    if (!damaged && (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    const code = damaged ? 'pack-malformed' : 'file-unreadable';
    onFinding(finding(code, document.label, { detail: reason(error) }));
  }
}

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { Finding } from '../findings.js';
import { type OmeNode, readOmeXml } from '../ome/omeXmlReader.js';
import { documentIdentity, type Identify, packIdentity, scopeOf } from './identity.js';
import { zarrNodes } from './zarrNodes.js';

/** A file that belongs to a document's images. */
export interface DocumentFile {
  /** Path from the source's root; what is published. */
  readonly path: string;
  readonly name: string;
  readonly size?: number | undefined;
  readonly mimetype?: string | undefined;
}

/** One body of OME metadata that is read as a whole: an OME-XML file, a set of OME-TIFFs, an OME-Zarr, a pack. */
export interface SourceDocument {
  /** Path from the source's root: what its plain ids are unique within. */
  readonly path: string;
  /** Name of the file that is read, for messages. */
  readonly label: string;
  /** Whether its ids are those of an OMERO server (omero-cli-transfer). */
  readonly pack: boolean;
  /** Names an element by its id as written. */
  readonly identify: Identify;
  /** Whether other documents may speak of the same object: by LSID, or by the ids of a server. */
  isShared(ref: string): boolean;
  /** Files that are known before it is read. */
  readonly files: readonly DocumentFile[];
  /** The XML; Zarrs have none. */
  readonly bytes?: (() => AsyncIterable<Uint8Array>) | undefined;
  /** The objects, each time from the start. */
  nodes(onFinding: (f: Finding) => void): AsyncIterable<readonly OmeNode[]>;
  /** A file that the metadata names, where it is there. */
  locate(fileName: string): Promise<DocumentFile | undefined>;
  close(): Promise<void>;
}

const MIME_TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.(tiff?|tf[28]|btf)$/i, 'image/tiff'],
  [/\.(xml|ome)$/i, 'application/xml'],
  [/\.zip$/i, 'application/zip'],
  [/\.png$/i, 'image/png'],
  [/\.jpe?g$/i, 'image/jpeg'],
];

/** The media type that a file's name tells. */
export const mimetypeOf = (name: string): string | undefined => MIME_TYPES.find(([pattern]) => pattern.test(name))?.[1];

/** A file under the root, with its size; `undefined` when it is not there or no file. */
export async function fileAt(root: string, path: string): Promise<DocumentFile | undefined> {
  const info = await stat(join(root, path)).catch(() => undefined);
  if (info === undefined || !info.isFile()) return undefined;
  return { path, name: posix.basename(path), size: info.size, mimetype: mimetypeOf(path) };
}

/**
 * The path of a file that metadata names, from the root; absolute paths (which tell of somebody's computer) count by
 * their last part, and what leads out of the root is nothing.
 */
export function besidePath(documentPath: string, fileName: string): string | undefined {
  const name = /^[/\\]|^[A-Za-z]:/.test(fileName) ? fileName.split(/[/\\]/).at(-1) : fileName;
  if (name === undefined || name === '' || name.includes('\0')) return undefined;
  const path = posix.join(posix.dirname(documentPath), name);
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** What all documents of XML have in common. */
export function xmlDocument(made: {
  readonly root: string;
  readonly path: string;
  readonly label?: string;
  readonly pack?: boolean;
  readonly files: readonly DocumentFile[];
  bytes(): AsyncIterable<Uint8Array>;
  close?(): Promise<void>;
}): SourceDocument {
  const { root, path, pack = false } = made;
  const label = made.label ?? path;
  const identify = pack ? packIdentity(path) : documentIdentity(path);
  return {
    path,
    label,
    pack,
    identify,
    isShared: sharedOutside(path),
    files: made.files,
    bytes: made.bytes,
    nodes: (onFinding) => readOmeXml(made.bytes(), { file: label, identify, onFinding }),
    async locate(fileName) {
      const beside = besidePath(path, fileName);
      return beside === undefined ? undefined : fileAt(root, beside);
    },
    close: made.close ?? (async () => {}),
  };
}

/** An OME-XML file as it lies on disk. */
export async function fileDocument(root: string, path: string): Promise<SourceDocument> {
  const file = await fileAt(root, path);
  return xmlDocument({ root, path, files: file === undefined ? [] : [file], bytes: () => fileBytes(join(root, path)) });
}

/** The bytes of a file in pieces of 256 KiB, read ahead; opened when the first is asked for. */
export async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: 262144 });
}

/** An OME-Zarr; the metadata of `OME/METADATA.ome.xml` is richer and is used instead where it is there. */
export async function zarrDocument(root: string, path: string): Promise<SourceDocument> {
  const files = [{ path, name: basename(path) }];
  const metadata = join(root, path, 'OME', 'METADATA.ome.xml');
  if ((await stat(metadata).catch(() => undefined))?.isFile()) {
    // Its TiffData names the file that was converted, which is not part of the Zarr.
    const document = xmlDocument({
      root,
      path,
      label: `${path}/OME/METADATA.ome.xml`,
      files,
      bytes: () => fileBytes(metadata),
    });
    return { ...document, locate: async () => undefined };
  }
  const identify = documentIdentity(path);
  return {
    path,
    label: path,
    pack: false,
    identify,
    isShared: () => false,
    files,
    nodes: (onFinding) => zarrNodes(join(root, path), { path, identify, onFinding }),
    locate: async () => undefined,
    close: async () => {},
  };
}

function sharedOutside(path: string): (ref: string) => boolean {
  const scope = `${scopeOf(path.normalize('NFC'))}.`;
  return (ref) => !ref.startsWith(scope, ref.indexOf(':') + 1);
}

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type Finding, finding } from '../findings.js';
import { readOmeXml } from '../ome/omeXmlReader.js';
import { documentIdentity } from './identity.js';
import { besidePath, type DocumentFile, fileAt, type SourceDocument, xmlDocument } from './sourceDocument.js';
import { reason, type SourceFile } from './sourceFiles.js';
import { descriptionBytes, findTiffDescription } from './tiffDescription.js';

/** What a folder's TIFFs turned out to be. */
export interface TiffDocuments {
  readonly documents: readonly SourceDocument[];
  /** TIFFs whose metadata lies in a companion file, by the companion's path. */
  readonly companions: ReadonlyMap<string, readonly SourceFile[]>;
  /** TIFFs without OME metadata; a companion may name them. */
  readonly plain: readonly SourceFile[];
}

/** One TIFF's description, as far as its part in a set needs it. */
interface Described {
  readonly bytes: () => AsyncIterable<Uint8Array>;
  /** Hash of the XML without the root's UUID, which alone differs between the files of a set. */
  readonly hash: string;
  readonly companion: string | undefined;
  readonly fileNames: readonly string[];
}

/**
 * Groups OME-TIFFs into documents (OME-TIFF specification, "Multiple file data sets"): files whose metadata lists one
 * another and is the same are read once, named after the first of them in code unit order.
 */
export async function tiffDocuments(
  root: string,
  files: readonly SourceFile[],
  onFinding: (f: Finding) => void,
  onFile: (path: string) => void,
): Promise<TiffDocuments> {
  const sets = new Map<string, { readonly hash: string; readonly files: Map<string, DocumentFile> }>();
  const documents: SourceDocument[] = [];
  const companions = new Map<string, SourceFile[]>();
  const plain: SourceFile[] = [];
  for (const tiff of files) {
    onFile(tiff.path);
    const described = await describe(tiff, onFinding);
    if (described === 'broken') continue;
    if (described === 'plain') {
      plain.push(tiff);
      continue;
    }
    if (described.companion !== undefined) {
      const path = besidePath(tiff.path, described.companion);
      const there = path === undefined ? undefined : await fileAt(root, path);
      if (there === undefined) onFinding(finding('companion-missing', tiff.path, { detail: described.companion }));
      else companions.set(there.path, [...(companions.get(there.path) ?? []), tiff]);
      continue;
    }
    const set = sets.get(tiff.path);
    if (set?.hash === described.hash) continue;
    const own = await fileAt(root, tiff.path);
    const members = new Map<string, DocumentFile>(own === undefined ? [] : [[own.path, own]]);
    for (const name of described.fileNames) {
      const path = besidePath(tiff.path, name);
      const member = path === undefined || members.has(path) ? undefined : await fileAt(root, path);
      if (member !== undefined) members.set(member.path, member);
    }
    for (const path of members.keys()) if (!sets.has(path)) sets.set(path, { hash: described.hash, files: members });
    const scope = [...members.keys()].reduce((a, b) => (b < a && sets.get(b)?.files === members ? b : a), tiff.path);
    documents.push(
      xmlDocument({ root, path: scope, label: tiff.path, files: [...members.values()], bytes: described.bytes }),
    );
  }
  return { documents, companions, plain: plain.filter((tiff) => !sets.has(tiff.path)) };
}

/** A document this small may be a mere pointer to a companion file. */
const MOST_POINTER = 65536;

async function describe(tiff: SourceFile, onFinding: (f: Finding) => void): Promise<Described | 'plain' | 'broken'> {
  const malformed = (detail: string): 'broken' => {
    onFinding(finding('tiff-malformed', tiff.path, { detail }));
    return 'broken';
  };
  try {
    const handle = await open(tiff.file);
    try {
      const found = await findTiffDescription(handle, (await handle.stat()).size);
      if (found.kind === 'malformed') return malformed(found.why);
      if (found.kind === 'none') return 'plain';
      const scan = await scanXml(descriptionBytes(handle, found));
      if (!scan.isOme) return 'plain';
      const bytes = (): AsyncGenerator<Uint8Array> => tiffXml(tiff.file, found);
      const names =
        scan.namesFiles || (scan.pointsElsewhere && found.length < MOST_POINTER)
          ? await readNames(bytes(), tiff.path)
          : undefined;
      return { bytes, hash: scan.hash, companion: names?.companion, fileNames: names?.fileNames ?? [] };
    } finally {
      await handle.close();
    }
  } catch (error) {
    onFinding(finding('file-unreadable', tiff.path, { detail: reason(error) }));
    return 'broken';
  }
}

async function* tiffXml(
  file: string,
  at: { readonly offset: number; readonly length: number },
): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    yield* descriptionBytes(handle, at);
  } finally {
    await handle.close();
  }
}

const ROOT = /<(?:[\w.-]+:)?OME[\s>][^>]*/;

/** Looks at the bytes of a description without parsing it. */
async function scanXml(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ isOme: boolean; hash: string; namesFiles: boolean; pointsElsewhere: boolean }> {
  const hash = createHash('sha256');
  const seen = { isOme: false, namesFiles: false, pointsElsewhere: false };
  let tail = '';
  let first = true;
  for await (const chunk of bytes) {
    const text = Buffer.from(chunk).toString('latin1');
    hash.update(
      first ? text.replace(ROOT, (root) => root.replace(/\sUUID\s*=\s*("[^"]*"|'[^']*')/, '')) : text,
      'latin1',
    );
    first = false;
    const both = tail + text;
    seen.isOme ||= ROOT.test(both);
    seen.namesFiles ||= both.includes('FileName');
    seen.pointsElsewhere ||= both.includes('BinaryOnly');
    tail = text.slice(-256);
    if (!seen.isOme && both.length > MOST_POINTER) break;
  }
  return { ...seen, hash: hash.digest('hex') };
}

/** The file names in the metadata; what is wrong with it is said when it is read in full. */
async function readNames(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
): Promise<{ companion: string | undefined; fileNames: readonly string[] }> {
  const fileNames = new Set<string>();
  let companion: string | undefined;
  for await (const nodes of readOmeXml(bytes, { file: path, identify: documentIdentity(path), onFinding: () => {} })) {
    for (const node of nodes) {
      if (node.kind === 'file') fileNames.add(node.fileName);
      else if (node.kind === 'binaryOnly') companion = node.metadataFile;
    }
  }
  return { companion, fileNames: [...fileNames] };
}

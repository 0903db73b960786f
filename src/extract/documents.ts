import { join } from 'node:path';
import { type Finding, finding } from '../findings.js';
import { openTarPack, openZipPack } from './packArchive.js';
import { TRANSFER_XML } from './packRules.js';
import {
  type DocumentFile,
  fileAt,
  fileBytes,
  fileDocument,
  type SourceDocument,
  xmlDocument,
  zarrDocument,
} from './sourceDocument.js';
import { reason, type SourceFile, type SourceFiles } from './sourceFiles.js';
import { tiffDocuments } from './tiffDocuments.js';

/** The documents of a source, sorted by path, and what may turn out to be no metadata at all. */
export interface Documents {
  readonly documents: readonly SourceDocument[];
  /** TIFFs without OME metadata; known to be images only once a document names them. */
  readonly plain: readonly SourceFile[];
}

/** Opens everything that was found; what cannot be opened is a finding. Archives stay open until their document is closed. */
export async function openDocuments(
  { root, files }: SourceFiles,
  on: { onFinding(f: Finding): void; onFile(path: string): void; readonly signal?: AbortSignal | undefined },
): Promise<Documents> {
  const documents: SourceDocument[] = [];
  try {
    const tiffs = await tiffDocuments(
      root,
      files.filter((f) => f.kind === 'tiff'),
      on.onFinding,
      (path) => {
        on.signal?.throwIfAborted();
        on.onFile(path);
      },
    );
    documents.push(...tiffs.documents);
    const companions = new Map(tiffs.companions);
    for (const file of files) {
      on.signal?.throwIfAborted();
      if (file.kind === 'tiff') continue;
      on.onFile(file.path);
      const document = await openOne(root, file, on);
      if (document === undefined) continue;
      documents.push(withFiles(document, await located(root, companions.get(file.path) ?? [])));
      companions.delete(file.path);
    }
    // A companion outside the files that were named is read all the same: without it the images have no metadata.
    for (const [path, pointers] of companions) {
      documents.push(withFiles(await fileDocument(root, path), await located(root, pointers)));
    }
    return {
      documents: documents.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0)),
      plain: tiffs.plain,
    };
  } catch (error) {
    for (const document of documents) await document.close();
    throw error;
  }
}

const withFiles = (document: SourceDocument, more: readonly DocumentFile[]): SourceDocument =>
  more.length === 0 ? document : { ...document, files: [...document.files, ...more] };

async function located(root: string, files: readonly SourceFile[]): Promise<DocumentFile[]> {
  return (await Promise.all(files.map((f) => fileAt(root, f.path)))).filter((f) => f !== undefined);
}

async function openOne(
  root: string,
  { file, path, kind, named }: SourceFile,
  { onFinding, signal }: { onFinding(f: Finding): void; readonly signal?: AbortSignal | undefined },
): Promise<SourceDocument | undefined> {
  switch (kind) {
    case 'zarr':
      return zarrDocument(root, path);
    case 'packFolder':
      return xmlDocument({
        root,
        path,
        label: `${path}/${TRANSFER_XML}`,
        pack: true,
        files: [],
        bytes: () => fileBytes(join(file, TRANSFER_XML)),
      });
    case 'zip':
    case 'tar': {
      try {
        const archive = kind === 'zip' ? await openZipPack(file) : await openTarPack(file, signal);
        if (archive.kind === 'pack') {
          const label = `${path}/${TRANSFER_XML}`;
          return xmlDocument({ root, path, label, pack: true, files: [], bytes: archive.open, close: archive.close });
        }
        // Some other archive that happens to lie in the folder is no damage.
        const code =
          archive.kind === 'unsafe'
            ? 'pack-unsafe'
            : archive.kind === 'absent' && !named
              ? 'file-not-ome'
              : 'pack-malformed';
        onFinding(finding(code, path, { detail: archive.why }));
      } catch (error) {
        signal?.throwIfAborted();
        onFinding(finding('file-unreadable', path, { detail: reason(error) }));
      }
      return undefined;
    }
    default:
      return fileDocument(root, path);
  }
}

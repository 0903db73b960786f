import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { OmegraphError } from '../errors.js';
import { type Finding, finding } from '../findings.js';
import { TRANSFER_XML } from './packRules.js';
import { bytesAt } from './tiffDescription.js';
import { readZarrNode } from './zarrGroup.js';

/** What a file or folder was found to be, by its name or (`named` by the user) its first bytes. */
export type SourceKind = 'xml' | 'tiff' | 'zarr' | 'packFolder' | 'zip' | 'tar';

export interface SourceFile {
  /** Absolute path. */
  readonly file: string;
  /** Path from the source's root, with `/`: what is published and what ids are made from. */
  readonly path: string;
  readonly kind: SourceKind;
  /** Whether the user named this very file. */
  readonly named: boolean;
}

export interface SourceFiles {
  /** Absolute path of the folder that all paths are relative to. */
  readonly root: string;
  /** Sorted by path in code unit order. */
  readonly files: readonly SourceFile[];
}

const OME_XML = /\.(ome\.xml|ome)$/i;
const XML = /\.xml$/i;
const TIFF = /\.(tiff?|tf[28]|btf)$/i;
const ZIP = /\.zip$/i;
const TAR = /\.(tar|tar\.gz|tgz)$/i;
/** Files that make a folder a Zarr group or array. */
const ZARR_FILES = ['zarr.json', '.zattrs', '.zgroup', '.zarray'];
/** Pipes and devices cannot be read twice, and a pipe that nobody writes to is waited for without end. */
const NOT_PLAIN = 'not a plain file';
/** Enough for an XML declaration, a comment and the root element. */
const SNIFFED = 4096;

/**
 * Finds what can be read under the given files and folders, without descending into Zarr groups and packs. Links are
 * followed, but no folder is read twice. @throws OmegraphError `input` when a path does not exist.
 */
export async function findSourceFiles(
  paths: readonly string[],
  onFinding: (f: Finding) => void,
  signal?: AbortSignal,
): Promise<SourceFiles> {
  const found = new Map<string, Omit<SourceFile, 'path'>>();
  const bases: string[] = [];
  const visited = new Set<string>();
  for (const path of paths.map((p) => resolve(p))) {
    const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (info instanceof Error) {
      if (info.code !== 'ENOENT' && info.code !== 'ENOTDIR') {
        onFinding(finding('file-unreadable', basename(path), { detail: info.code ?? info.message }));
        bases.push(dirname(path));
        continue;
      }
      throw new OmegraphError(
        'input',
        { where: path, wrong: 'there is no such file or folder', remedy: 'check the path of the source' },
        { cause: info },
      );
    }
    const before = found.size;
    if (info.isDirectory()) await walk(path, true);
    else if (!info.isFile()) onFinding(finding('file-unreadable', basename(path), { detail: NOT_PLAIN }));
    else {
      const kind = kindByName(path) ?? (await kindByContent(path).catch(() => undefined));
      if (kind === undefined) onFinding(finding('file-not-ome', basename(path)));
      else found.set(path, { file: path, kind, named: true });
    }
    if (found.size === before && info.isDirectory()) onFinding(finding('folder-empty', basename(path)));
    bases.push(info.isDirectory() && !found.has(path) ? path : dirname(path));
  }
  const root = commonFolder(bases);
  const files = [...found.values()].map((f) => ({ ...f, path: relative(root, f.file).split(sep).join('/') }));
  return { root, files: files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) };

  async function walk(top: string, named: boolean): Promise<void> {
    const links: string[] = [];
    const linkedFiles: string[] = [];
    const folders = [top];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop() ?? links.shift()) {
      signal?.throwIfAborted();
      try {
        const real = await realpath(folder);
        if (visited.has(real)) continue;
        visited.add(real);
        const entries = await readdir(folder, { withFileTypes: true });
        const names = new Set(entries.map((entry) => entry.name));
        const kind = await folderKind(folder, names);
        if (kind === 'array') continue;
        if (kind !== undefined) {
          found.set(folder, { file: folder, kind, named: named && folder === top });
          continue;
        }
        for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
          const file = join(folder, entry.name);
          if (entry.isDirectory()) folders.push(file);
          else if (entry.isFile()) await add(file);
          else if (entry.isSymbolicLink()) {
            const target = await stat(file).catch(() => undefined);
            if (target?.isDirectory()) links.push(file);
            else if (target?.isFile()) linkedFiles.push(file);
            else
              onFinding(
                finding('file-unreadable', relative(top, file), {
                  detail: target === undefined ? 'a broken link' : NOT_PLAIN,
                }),
              );
          } else if (kindByName(file) !== undefined)
            onFinding(finding('file-unreadable', relative(top, file), { detail: NOT_PLAIN }));
        }
      } catch (error) {
        signal?.throwIfAborted();
        onFinding(finding('file-unreadable', relative(top, folder) || basename(folder), { detail: reason(error) }));
      }
    }
    for (const file of linkedFiles) if (!found.has(await realpath(file))) await add(file);
  }

  async function add(file: string): Promise<void> {
    const kind = kindByName(file);
    if (kind === undefined) return;
    if (kind === 'xml' && !OME_XML.test(file)) {
      const sniffed = await kindByContent(file).catch(() => 'xml' as const);
      if (sniffed !== 'xml') return onFinding(finding('file-not-ome', basename(file)));
    }
    if (!found.has(file)) found.set(file, { file, kind, named: false });
  }
}

/** The code of a system error, without the path that its message holds. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message ?? String(error);
}

function kindByName(name: string): SourceKind | undefined {
  if (XML.test(name) || OME_XML.test(name)) return 'xml';
  if (TIFF.test(name)) return 'tiff';
  if (ZIP.test(name)) return 'zip';
  return TAR.test(name) ? 'tar' : undefined;
}

/** What a file is by its first bytes: TIFF, zip, gzip, or XML that mentions OME. */
async function kindByContent(path: string): Promise<SourceKind | undefined> {
  const handle = await open(path);
  try {
    const bytes = await bytesAt(handle, 0, SNIFFED);
    const head = bytes.toString('latin1');
    if (/^(II[*+]\0|MM\0[*+])/.test(head)) return 'tiff';
    if (head.startsWith('PK\u0003\u0004')) return 'zip';
    // UTF-16 has a NUL in every other byte of ASCII text.
    const text = head.replaceAll('\0', '');
    return /^[^<]{0,8}</.test(text) && /openmicroscopy\.org|<([\w.-]+:)?OME[\s>]/.test(text) ? 'xml' : undefined;
  } finally {
    await handle.close();
  }
}

async function folderKind(folder: string, names: ReadonlySet<string>): Promise<SourceKind | 'array' | undefined> {
  if (names.has(TRANSFER_XML)) return 'packFolder';
  const isZarr = /\.zarr$/i.test(folder);
  if (!ZARR_FILES.some((name) => names.has(name))) return isZarr ? 'zarr' : undefined;
  if (names.has('.zarray')) return 'array';
  const node = await readZarrNode(folder);
  if (node === undefined || 'problem' in node) return 'zarr';
  if (node.array !== undefined) return 'array';
  return ['multiscales', 'plate', 'well', 'image-label', 'bioformats2raw.layout'].some((key) => key in node.ome)
    ? 'zarr'
    : undefined;
}

/** The deepest folder that holds all the given ones. */
function commonFolder(folders: readonly string[]): string {
  const [first = '.', ...rest] = folders.map((folder) => folder.split(sep));
  const shared = rest.reduce<readonly string[]>(
    (path, other) => {
      const end = path.findIndex((part, i) => part !== other[i]);
      return end < 0 ? path : path.slice(0, end);
    },
    first as readonly string[],
  );
  return shared.length <= 1 ? sep : shared.join(sep);
}

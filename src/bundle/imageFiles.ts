import type { NamedNode } from 'n3';
import { byNumbers, type StudyGraph } from './studyGraph.js';

/** One file of the source. */
export interface SourceFile {
  readonly path: string;
  readonly sizeBytes?: number | undefined;
  readonly sha256?: string | undefined;
}

/**
 * Original files of an image: those of its fileset. Where a fileset has several images and several files, as plates
 * have, a file belongs to the images whose names contain its own; all others, such as a companion file, are
 * files of every image.
 */
export function filesOf(graph: StudyGraph, image: NamedNode): SourceFile[] {
  const filesets = [
    ...graph.nodes(image, 'core:fileset'),
    ...graph.nodes(image, 'dcterms:isPartOf').filter((parent) => graph.hasType(parent, 'Fileset')),
  ];
  const files = new Map<string, SourceFile>();
  for (const fileset of new Map(filesets.map((f) => [f.value, f])).values()) {
    const owners = filesetOwners(graph, fileset);
    for (const [path, { file, images }] of owners)
      if (images.size === 0 || images.has(image.value)) files.set(path, file);
  }
  return [...files.values()].sort((a, b) => byNumbers(a.path, b.path));
}

type Owners = ReadonlyMap<string, { readonly file: SourceFile; readonly images: ReadonlySet<string> }>;
const known = new WeakMap<StudyGraph, Map<string, Owners>>();

/** The files of a fileset by path, each with the images that it belongs to by name; none means all. */
function filesetOwners(graph: StudyGraph, fileset: NamedNode): Owners {
  const ofGraph = known.get(graph) ?? new Map<string, Owners>();
  known.set(graph, ofGraph);
  const before = ofGraph.get(fileset.value);
  if (before !== undefined) return before;
  const files = filesetFiles(graph, fileset);
  const inside = graph.nodes(fileset, 'dcterms:hasPart').filter((part) => graph.hasType(part, 'Image'));
  const owners = new Map<string, { file: SourceFile; images: ReadonlySet<string> }>();
  const names = new Map(inside.map((image) => [image.value, plain(graph.label(image) ?? '')]));
  const stems = new Map(files.map((file) => [file.path, plain(stemOf(file.path))]));
  // The longest file name inside an image's name decides: A1 is inside A11 as well.
  const best = new Map<string, string>();
  if (inside.length > 1 && files.length > 1) {
    for (const [image, name] of names) {
      const matching = [...stems].filter(([, stem]) => stem !== '' && name.includes(stem));
      const longest = Math.max(0, ...matching.map(([, stem]) => stem.length));
      const [only, another] = matching.filter(([, stem]) => stem.length === longest);
      if (only !== undefined && another === undefined) best.set(image, only[0]);
    }
  }
  // Only when every image has a file of its own do the names tell something.
  const told = best.size === inside.length ? best : new Map<string, string>();
  for (const file of files) {
    const images = new Set([...told].filter(([, path]) => path === file.path).map(([image]) => image));
    owners.set(file.path, { file, images });
  }
  ofGraph.set(fileset.value, owners);
  return owners;
}

/** The many files of an OME-Zarr count as its one folder. */
function filesetFiles(graph: StudyGraph, fileset: NamedNode): SourceFile[] {
  const files = new Map<string, SourceFile>();
  for (const file of graph.nodes(fileset, 'dcterms:hasPart')) {
    if (!graph.hasType(file, 'OriginalFile')) continue;
    const whole = wholePath(graph.text(file, 'core:path') ?? '', graph.text(file, 'core:file_name') ?? '');
    if (whole === '') continue;
    const zarr = /^(?:[^/]+\/)*?[^/]*\.zarr(?=\/)/.exec(whole)?.[0];
    const path = zarr ?? whole;
    const size = graph.number(file, 'core:size');
    const before = files.get(path)?.sizeBytes;
    files.set(path, {
      path,
      sizeBytes: zarr !== undefined && size !== undefined ? (before ?? 0) + size : size,
      sha256: zarr === undefined ? sha256Of(graph, file) : undefined,
    });
  }
  return [...files.values()];
}

/** The file name without folder and extension, those of OME included. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?:\.companion)?(?:\.ome)?(?:\.[0-9A-Za-z]{1,5})?$/i, '');
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** OMERO keeps folder and name apart, files of a folder come with the whole path. */
function wholePath(path: string, name: string): string {
  const clean = path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  if (name === '' || clean === name || clean.endsWith(`/${name}`)) return clean;
  return `${clean.replace(/\/+$/, '')}/${name}`.replace(/^\//, '');
}

function sha256Of(graph: StudyGraph, file: NamedNode): string | undefined {
  const [checksum] = graph.nodes(file, 'spdx:checksum');
  if (checksum === undefined) return undefined;
  const value = graph.text(checksum, 'spdx:checksumValue');
  return value !== undefined && /^[0-9a-f]{64}$/i.test(value) ? value.toLowerCase() : undefined;
}

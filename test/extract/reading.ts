import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FileSourceOptions, fileSource } from '../../src/extract/fileSource.js';
import type { Finding } from '../../src/findings.js';
import type { ObjectRef, OmeRecord } from '../../src/ome/model.js';

/** A folder for one test, filled with files by path. */
export async function folderWith(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'omegraph-files-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What a source said. */
export interface Heard {
  readonly records: readonly OmeRecord[];
  readonly findings: readonly Finding[];
  /** `code focus` of each finding. */
  readonly codes: readonly string[];
  /** Containers by ref, over all records of an object or annotation. */
  readonly where: Readonly<Record<string, string>>;
  /** Annotations by carrier. */
  readonly carried: Readonly<Record<string, readonly string[]>>;
  objects(type: string): readonly (OmeRecord & { kind: 'object' })[];
}

/** Reads paths to the end. Refs lose their scope (`Image:0`) unless `scoped`. */
export async function hear(
  paths: readonly string[],
  roots: readonly string[] = [],
  options: FileSourceOptions & { readonly scoped?: boolean } = {},
): Promise<Heard> {
  const findings: Finding[] = [];
  const records: OmeRecord[] = [];
  const bare = options.scoped ? (text: string) => text : unscoped;
  for await (const record of fileSource(paths, options).records(roots as readonly ObjectRef[], {
    onFinding: (f) => findings.push(f),
  })) {
    records.push(
      JSON.parse(JSON.stringify(record), (_key, value: unknown) =>
        typeof value === 'string' ? bare(value) : value,
      ) as OmeRecord,
    );
  }
  const where = new Map<string, Set<string>>();
  const carried = new Map<string, Set<string>>();
  for (const record of records) {
    const ref = record.kind === 'object' ? record.object.ref : record.annotation.ref;
    where.set(ref, new Set([...(where.get(ref) ?? []), ...record.containers]));
    if (record.kind === 'annotated') {
      for (const target of record.targets) carried.set(target, new Set([...(carried.get(target) ?? []), ref]));
    }
  }
  return {
    records,
    findings,
    codes: findings.map((f) => `${f.code} ${f.focus}`),
    where: Object.fromEntries([...where].map(([ref, set]) => [ref, [...set].sort().join(' ')])),
    carried: Object.fromEntries([...carried].map(([ref, set]) => [ref, [...set].sort()])),
    objects: (type) =>
      records.filter((r): r is OmeRecord & { kind: 'object' } => r.kind === 'object' && r.object.type === type),
  };
}

/** A ref without the scope of its document. */
export const unscoped = (text: string): string => text.replace(/^([A-Za-z]+:)[a-z2-7]{12}\./, '$1');

/** A 2016-06 document. */
export const ome = (content: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"${attributes}>${content}</OME>\n`;
/** An image with one plane; `content` stands before, `after` behind its Pixels. */
export const image = (id: string, { content = '', after = '', tiff = '' } = {}): string =>
  `<Image ID="${id}" Name="${id}">${content}<Pixels ID="${id.replace('Image', 'Pixels')}" DimensionOrder="XYZCT" Type="uint8" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1">${tiff}</Pixels>${after}</Image>`;
/** References to objects. */
export const refs = (element: string, ...ids: string[]): string => ids.map((id) => `<${element} ID="${id}"/>`).join('');
/** A section with map annotations of one pair each. */
export const maps = (...ids: string[]): string =>
  `<StructuredAnnotations>${ids.map((id) => `<MapAnnotation ID="${id}"><Value><M K="key">${id}</M></Value></MapAnnotation>`).join('')}</StructuredAnnotations>`;
/** An LSID of one authority. */
export const lsid = (type: string, id: string): string => `urn:lsid:example.org:${type}:${id}`;

import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Finding, finding } from '../findings.js';
import type { ObjectRef, OmeObject, PlateAcquisition, WellSample } from '../ome/model.js';
import type { OmeNode } from '../ome/omeXmlReader.js';
import type { Identify } from './identity.js';
import { asArray, asNumber, asObject, asText, type JsonObject } from './json.js';
import { ngffProblems } from './ngffChecks.js';
import { isInside } from './ngffMultiscale.js';
import { readZarrNode, type ZarrNode } from './zarrGroup.js';
import { zarrImage } from './zarrImage.js';

export interface ZarrOptions {
  /** Path of the Zarr from the source's root, for messages. */
  readonly path: string;
  readonly identify: Identify;
  onFinding(f: Finding): void;
}

/** How many groups of one Zarr are read at a time; each is a few small files. */
const AT_ONCE = 16;

/**
 * An OME-Zarr (NGFF 0.4 and 0.5; older ones and drafts as far as they agree) as OME objects in the order of OME-XML: a
 * plate, its wells, its images; or the images of a bioformats2raw layout; or one image. Labels and chunks are not read.
 */
export async function* zarrNodes(folder: string, options: ZarrOptions): AsyncGenerator<readonly OmeNode[]> {
  const reading: Reading = { ...options, told: new Set() };
  const root = await readGroup(folder, '', reading);
  if (root === undefined) return;
  yield* contentNodes(folder, root, { ...reading, root });
}

/** What the groups of one Zarr share while it is read. */
interface Reading extends ZarrOptions {
  /** The top group, once it is read. */
  readonly root?: ZarrNode;
  /** Versions that were complained about. */
  readonly told: Set<string>;
}

async function* contentNodes(folder: string, root: ZarrNode, options: Reading): AsyncGenerator<readonly OmeNode[]> {
  const { ome } = root;
  if (asObject(ome.plate) !== undefined) yield* plateNodes(folder, root, options);
  else if (asObject(ome.well) !== undefined)
    yield* wellNodes(folder, [{ path: '', row: undefined, column: undefined }], root.version, [], options);
  else if (asArray(ome.multiscales) !== undefined) yield* imageNodes(folder, [''], root.version, options);
  else if (ome['bioformats2raw.layout'] !== undefined)
    yield* imageNodes(folder, await series(folder, options), root.version, options);
}

/** Only groups with content of their own carry a version; the top of a bioformats2raw layout has none in 0.4. */
const hasVersion = (ome: JsonObject): boolean =>
  ['multiscales', 'plate', 'image-label', 'version'].some((key) => key in ome);

const at = (options: Reading, group: string): string => posix.join(options.path, group);

/** Reads a group and reports what is wrong with it; `undefined` when there is nothing to read. */
async function readGroup(
  folder: string,
  group: string,
  options: Reading,
  inherited?: string,
): Promise<ZarrNode | undefined> {
  if (group === '' && options.root !== undefined) return options.root;
  const node = await readZarrNode(join(folder, group));
  const malformed = (detail: string): undefined =>
    void options.onFinding(finding('zarr-malformed', options.path, { at: at(options, group), detail }));
  if (node === undefined) return malformed('it has no zarr.json, .zattrs or .zgroup');
  if ('problem' in node) return malformed(node.problem);
  const version = node.version ?? inherited;
  for (const problem of ngffProblems(node.ome, version)) malformed(problem);
  const unknown = version ?? 'no version';
  if (hasVersion(node.ome) && !/^0\.[45]$/.test(unknown) && !options.told.has(unknown)) {
    options.told.add(unknown);
    options.onFinding(finding('zarr-version-unknown', options.path, { at: at(options, group), detail: unknown }));
  }
  return node;
}

/** The images of a bioformats2raw layout: as OME/ lists them, else the folders 0, 1, 2 … (NGFF section "bioformats2raw.layout"). */
async function series(folder: string, options: Reading): Promise<readonly string[]> {
  const listed = await readZarrNode(join(folder, 'OME'));
  const paths = listed === undefined || 'problem' in listed ? undefined : asArray(listed.ome.series)?.map(asText);
  if (paths !== undefined)
    return paths.filter((path): path is string => path !== undefined && safe(path, 'OME/series', options));
  const numbered = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
  return numbered.sort((a, b) => Number(a) - Number(b));
}

function safe(path: string, where: string, options: Reading): boolean {
  if (isInside(path)) return true;
  options.onFinding(
    finding('zarr-malformed', options.path, { at: at(options, where), detail: `the path ${path} leaves the folder` }),
  );
  return false;
}

const local = (group: string): string => (group === '' ? '0' : group.replaceAll('/', '.'));

async function* imageNodes(
  folder: string,
  groups: readonly string[],
  version: string | undefined,
  options: Reading,
): AsyncGenerator<readonly OmeNode[]> {
  for (let i = 0; i < groups.length; i += AT_ONCE) {
    const batch = await Promise.all(
      groups.slice(i, i + AT_ONCE).map((group) => imageNode(folder, group, version, options)),
    );
    yield batch.filter((node) => node !== undefined);
  }
}

async function imageNode(
  folder: string,
  group: string,
  version: string | undefined,
  options: Reading,
): Promise<OmeNode | undefined> {
  const node = await readGroup(folder, group, options, version);
  const multiscale = asObject(asArray(node?.ome.multiscales)?.[0]);
  if (node === undefined || multiscale === undefined) return undefined;
  const path = asText(asObject(asArray(multiscale.datasets)?.[0])?.path);
  const level = path !== undefined && isInside(path) ? await readZarrNode(join(folder, group, path)) : undefined;
  const array = level === undefined || 'problem' in level ? undefined : level.array;
  if (array === undefined && path !== undefined) {
    options.onFinding(
      finding('zarr-malformed', options.path, {
        at: at(options, posix.join(group, path)),
        detail: 'there is no readable array',
      }),
    );
  }
  const image = zarrImage(multiscale, asObject(node.ome.omero), array, {
    name: posix.join(posix.basename(options.path), group),
    ref: (type, suffix = '') => options.identify(`${type}:${local(group)}${suffix}`, type),
    where: at(options, group),
    onFinding: options.onFinding,
  });
  return objectNode(image);
}

const objectNode = (
  object: OmeObject,
  parents: readonly ObjectRef[] = [],
  children: readonly ObjectRef[] = [],
): OmeNode => ({
  kind: 'object',
  object,
  parents,
  children,
  annotations: [],
  line: 0,
});

interface WellPlace {
  readonly path: string;
  readonly row: number | undefined;
  readonly column: number | undefined;
}

async function* plateNodes(folder: string, root: ZarrNode, options: Reading): AsyncGenerator<readonly OmeNode[]> {
  const plate = asObject(root.ome.plate) ?? {};
  const names = (key: string): (string | undefined)[] =>
    (asArray(plate[key]) ?? []).map((entry) => asText(asObject(entry)?.name));
  const [rows, columns] = [names('rows'), names('columns')];
  const indexIn = (list: readonly (string | undefined)[], name: string | undefined): number | undefined =>
    list.includes(name) ? list.indexOf(name) : undefined;
  const seen = new Set<string>();
  const wells = (asArray(plate.wells) ?? []).flatMap((entry): WellPlace[] => {
    const well = asObject(entry);
    const path = asText(well?.path);
    if (path === undefined || seen.has(path) || !safe(path, 'plate/wells', options)) return [];
    seen.add(path);
    const [row, column] = path.split('/');
    return [
      {
        path,
        row: asNumber(well?.rowIndex) ?? indexIn(rows, row),
        column: asNumber(well?.columnIndex) ?? indexIn(columns, column),
      },
    ];
  });
  const ref = options.identify('Plate:0', 'Plate') as `Plate:${string}`;
  const acquisitions = (asArray(plate.acquisitions) ?? [])
    .map(asObject)
    .filter((a) => a !== undefined && asNumber(a.id) !== undefined) as JsonObject[];
  const acquisitionRef = (id: number): `PlateAcquisition:${string}` =>
    options.identify(`PlateAcquisition:${id}`, 'PlateAcquisition') as `PlateAcquisition:${string}`;
  yield [
    objectNode(
      {
        type: 'Plate',
        ref,
        name: asText(plate.name) ?? posix.basename(options.path),
        rows: rows.length,
        columns: columns.length,
        rowNamingConvention: convention(rows),
        columnNamingConvention: convention(columns),
      },
      [],
      [...wells.map((well) => wellRef(well, options)), ...acquisitions.map((a) => acquisitionRef(Number(a.id)))],
    ),
  ];
  const fields = new Map<number, ObjectRef[]>();
  yield* wellNodes(
    folder,
    wells,
    root.version,
    [ref],
    options,
    (acquisition, sample) => {
      const list = fields.get(acquisition) ?? [];
      fields.set(acquisition, list);
      list.push(sample);
    },
    () =>
      acquisitions.map((a) =>
        objectNode(acquisitionOf(a, acquisitionRef(Number(a.id)), fields.get(Number(a.id)) ?? []), [ref]),
      ),
  );
}

function acquisitionOf(
  a: JsonObject,
  ref: `PlateAcquisition:${string}`,
  wellSamples: readonly ObjectRef[],
): PlateAcquisition {
  const date = (value: number | undefined): string | undefined =>
    value === undefined || Math.abs(value) > 8.64e15 ? undefined : new Date(value).toISOString();
  return {
    type: 'PlateAcquisition',
    ref,
    name: asText(a.name),
    description: asText(a.description),
    maximumFieldCount: asNumber(a.maximumfieldcount),
    startTime: date(asNumber(a.starttime)),
    endTime: date(asNumber(a.endtime)),
    wellSamples,
  };
}

const wellRef = (well: WellPlace, options: Reading): `Well:${string}` =>
  options.identify(`Well:${local(well.path)}`, 'Well') as `Well:${string}`;

/** How rows or columns are named (NamingConvention of ome.xsd). */
function convention(names: readonly (string | undefined)[]): string | undefined {
  if (names.length === 0) return undefined;
  if (names.every((name) => /^[A-Z]+$/.test(name ?? ''))) return 'letter';
  return names.every((name) => /^\d+$/.test(name ?? '')) ? 'number' : undefined;
}

/** The wells, then what `between` has to say about them, then their images, as the schema orders them. */
async function* wellNodes(
  folder: string,
  wells: readonly WellPlace[],
  version: string | undefined,
  parents: readonly ObjectRef[],
  options: Reading,
  onField: (acquisition: number, sample: ObjectRef) => void = () => {},
  between: () => readonly OmeNode[] = () => [],
): AsyncGenerator<readonly OmeNode[]> {
  const images: string[] = [];
  for (let i = 0; i < wells.length; i += AT_ONCE) {
    const batch = wells.slice(i, i + AT_ONCE);
    const groups = await Promise.all(batch.map((well) => readGroup(folder, well.path, options, version)));
    yield batch.map((well, j) => {
      const wellSamples: WellSample[] = [];
      for (const [index, entry] of (asArray(asObject(groups[j]?.ome.well)?.images) ?? []).entries()) {
        const field = asText(asObject(entry)?.path);
        if (field === undefined || !safe(field, well.path, options)) continue;
        const group = posix.join(well.path, field);
        const ref = options.identify(`WellSample:${local(group)}`, 'WellSample') as `WellSample:${string}`;
        wellSamples.push({ type: 'WellSample', ref, index, image: options.identify(`Image:${local(group)}`, 'Image') });
        images.push(group);
        const acquisition = asNumber(asObject(entry)?.acquisition);
        if (acquisition !== undefined) onField(acquisition, ref);
      }
      return objectNode(
        { type: 'Well', ref: wellRef(well, options), row: well.row, column: well.column, wellSamples },
        parents,
      );
    });
  }
  yield between();
  yield* imageNodes(folder, images, version, options);
}

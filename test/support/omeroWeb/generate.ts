import { datasetName, imageName, PEOPLE, projectName } from './biology.js';
import { annotate } from './generateAnnotations.js';
import { type GenerateOptions, SMALL } from './generateOptions.js';
import { generateScreens } from './generateScreens.js';
import { mix } from './random.js';
import {
  type ChannelRow,
  type DataRow,
  emptyRows,
  type ImageRow,
  type LinkRow,
  type NamedRow,
  type Perm,
  type PixelsRow,
  type ServerRows,
  type ShapeRow,
} from './rows.js';

/** Rows under construction. */
export interface Making {
  readonly options: GenerateOptions;
  readonly rows: ServerRows;
  /** The next id of a table. */
  next(table: string): number;
  /** Links parent to child, by the owner of the child. */
  link(table: 'projectDatasets' | 'datasetImages' | 'screenPlates' | 'tagSets', parent: DataRow, child: DataRow): void;
  /** Group and owner of the n-th study. */
  ownership(index: number): { readonly group: number; readonly owner: number };
}

/** The user that exports: member of every group, owner of nothing. */
export const READER = { id: 2, userName: 'reader', password: 'a reader’s password' } as const;
/** The administrator. */
export const ROOT = { id: 0, userName: 'root', password: 'root password' } as const;

/** A server of so many things. The same options give the same rows. */
export function generateOmero(some: Partial<GenerateOptions> = {}): ServerRows {
  const options = { ...SMALL, ...some };
  const making = startMaking(options);
  const { rows } = making;
  addPeople(making);
  for (let p = 0; p < options.projects; p += 1) {
    const ownership = making.ownership(p);
    const project = named(making, 'project', (id) => projectName(options.seed, id), ownership);
    rows.projects.push(project);
    for (let d = 0; d < options.datasetsPerProject; d += 1) {
      const dataset = addDataset(making, ownership, options.imagesPerDataset);
      making.link('projectDatasets', project, dataset);
    }
  }
  shareLinks(making, 'datasetImages', options.imagesInTwoDatasets, rows.datasets, rows.images);
  shareLinks(making, 'projectDatasets', options.datasetsInTwoProjects, rows.projects, rows.datasets);
  if (options.orphans > 0) {
    addDataset(making, making.ownership(0), 2);
    for (let i = 0; i < options.orphans; i += 1) addImage(making, making.ownership(i), i);
  }
  generateScreens(making);
  duplicate(rows.projectDatasets, Math.floor(options.duplicateLinks / 2), making);
  duplicate(rows.datasetImages, Math.ceil(options.duplicateLinks / 2), making);
  for (const image of rows.images.slice(0, options.withoutPixels)) delete image.pixels;
  addRois(making);
  annotate(making);
  return rows;
}

function startMaking(options: GenerateOptions): Making {
  const rows = emptyRows();
  const ids = new Map<string, number>();
  const base = options.bigIds ? 2 ** 53 : 0;
  const next = (table: string): number => {
    const count = (ids.get(table) ?? 0) + 1;
    ids.set(table, count);
    // Above 2^53 only even numbers exist.
    return options.bigIds ? base + 2 * count : count;
  };
  const dataGroups = options.groups + options.privateGroups;
  return {
    options,
    rows,
    next,
    link: (table, parent, child) =>
      void rows[table].push({ id: next(table), parent: parent.id, child: child.id, owner: child.owner }),
    ownership: (index) => ({
      group: FIRST_GROUP + (index % Math.max(1, dataGroups)),
      owner: FIRST_OWNER + ((index + Math.floor(index / Math.max(1, dataGroups))) % Math.max(1, options.users)),
    }),
  };
}

const FIRST_GROUP = 3;
const FIRST_OWNER = 10;
const LEVELS: readonly Perm[] = ['rwra--', 'rwr---', 'rwrw--', 'rwr-r-'];

function addPeople({ rows, options }: Making): void {
  const owners = Array.from({ length: Math.max(1, options.users) }, (_, i) => FIRST_OWNER + i);
  rows.users.push(
    { ...ROOT, firstName: 'root', lastName: 'root', isAdmin: true },
    { ...READER, firstName: 'Harvest', lastName: 'Reader', email: 'reader@example.org', defaultGroup: FIRST_GROUP },
    ...owners.map((id, i) => {
      const [login = '', firstName = '', lastName = ''] = PEOPLE[i % PEOPLE.length] ?? [];
      const userName = i < PEOPLE.length ? login : `${login}${i}`;
      return { id, userName, firstName, lastName, email: `${userName}@example.org`, password: `${userName} secret` };
    }),
  );
  const everybody = [READER.id, ...owners];
  rows.groups.push(
    { id: 0, name: 'system', perm: 'rw----', members: [ROOT.id], leaders: [ROOT.id] },
    { id: 1, name: 'user', perm: 'rwr-r-', members: [ROOT.id, ...everybody] },
  );
  for (let i = 0; i < Math.max(1, options.groups) + options.privateGroups; i += 1) {
    const hidden = i >= Math.max(1, options.groups);
    rows.groups.push({
      id: FIRST_GROUP + i,
      name: hidden ? `private ${i}` : `lab ${i}`,
      ...(i % 2 === 0 && { description: `Group number ${i}` }),
      perm: hidden ? 'rw----' : (LEVELS[i % LEVELS.length] ?? 'rwr---'),
      members: everybody,
    });
  }
}

function named(
  making: Making,
  table: string,
  name: (id: number) => string,
  ownership: { group: number; owner: number },
): NamedRow {
  const id = making.next(table);
  const odd = mix(making.options.seed, id) % 3 === 0;
  return { id, ...ownership, name: name(id), ...(odd && { description: `About "${id}".\nSecond line & <more> µ.` }) };
}

function addDataset(making: Making, ownership: { group: number; owner: number }, images: number): NamedRow {
  const dataset = named(making, 'dataset', (id) => datasetName(making.options.seed, id), ownership);
  making.rows.datasets.push(dataset);
  const { mixedOwners } = making.options;
  for (let i = 0; i < images; i += 1) {
    const isGuest = mixedOwners > 0 && i % mixedOwners === mixedOwners - 1;
    const owner = isGuest ? otherOwner(making, ownership.owner) : ownership.owner;
    making.link('datasetImages', dataset, addImage(making, { ...ownership, owner }, i));
  }
  return dataset;
}

/** Another user who owns data, or the same when there is no other. */
export const otherOwner = ({ options }: Making, owner: number): number =>
  FIRST_OWNER + ((owner - FIRST_OWNER + 1) % Math.max(1, options.users));

const IMPORTED = Date.UTC(2023, 10, 14, 22, 13, 20);
const ACQUIRED = Date.UTC(2023, 0, 1);
/** Images of one file. */
const SERIES = 5;

/** An image, in the fileset of its neighbours. */
export function addImage(making: Making, ownership: { group: number; owner: number }, index: number): ImageRow {
  const { options, rows } = making;
  const series = index % SERIES;
  const name = (id: number): string => imageName(options.seed, id, series);
  const image: ImageRow = { ...named(making, 'image', name, ownership), importDate: IMPORTED + index * 1000 };
  const last = rows.filesets.at(-1);
  if (series === 0 || last === undefined) addFileset(making, image.id);
  image.fileset = rows.filesets.at(-1)?.id ?? 0;
  image.series = series;
  if (index % 4 !== 3) image.acquisitionDate = ACQUIRED + rows.images.length * 60_000 + (index % 3 === 0 ? 250 : 0);
  const { id } = image;
  const number = rows.images.length + 1;
  image.pixels = () => pixelsOf(id, number, options.channels);
  if (mix(options.seed + 3, id) % 97 === 0) {
    image.externalInfo = {
      id: making.next('externalInfo'),
      entityId: id,
      entityType: 'LabID:Image',
      lsid: `https://labid.example.org/id/${id}`,
      uuid: `0f8fad5b-d9cb-469f-a165-${String(id).padStart(12, '0').slice(-12)}`,
    };
  }
  rows.images.push(image);
  return image;
}

function addFileset({ rows, next }: Making, image: number): void {
  rows.filesets.push({
    id: next('fileset'),
    repo: () => [`ada_2/2023-11/14/22-13-20.${String(image % 1000).padStart(3, '0')}/cell_${image}.czi`],
    client: () => [`home/ada/secret project/cell_${image}.czi`],
  });
}

function pixelsOf(id: number, image: number, channels: number): PixelsRow {
  return {
    id,
    type: ['uint8', 'uint16', 'float'][image % 3] ?? 'uint8',
    sizeX: 1024,
    sizeY: 512 + (image % 7),
    sizeZ: 1 + (image % 5),
    sizeC: Math.max(1, channels),
    sizeT: 1 + (image % 2),
    significantBits: [8, 12, 32][image % 3] ?? 8,
    physicalSizeX: [0.325, 'MICROMETER'],
    physicalSizeY: [0.325, 'MICROMETER'],
    ...(image % 5 > 0 && { physicalSizeZ: [1, 'MICROMETER'] as const }),
    channels: () => Array.from({ length: channels }, (_, c) => channelOf(id * 16 + c, c)),
  };
}

const FLUORS = ['EGFP', 'mCherry', 'DAPI', 'Cy5'] as const;
const channelOf = (id: number, index: number): ChannelRow => ({
  id,
  logicalChannel: id,
  color: [16711935, -16776961, 65535, -1][index % 4] ?? -1,
  name: `Channel ${index}`,
  fluor: FLUORS[index % 4] ?? 'EGFP',
  emissionWavelength: [509.5 + index, 'NANOMETER'],
  excitationWavelength: [488 + index, 'NANOMETER'],
  samplesPerPixel: 1,
});

/** Links some children a second time, to another parent of the same group. */
function shareLinks(
  making: Making,
  table: 'datasetImages' | 'projectDatasets',
  count: number,
  parents: readonly DataRow[],
  children: readonly DataRow[],
): void {
  let left = count;
  for (const child of children) {
    if (left <= 0) return;
    const own = making.rows[table].find((link) => link.child === child.id)?.parent;
    const at = parents.findIndex((parent) => parent.id === own);
    const other = parents.find((parent, i) => i > at && parent.group === child.group);
    if (own === undefined || other === undefined) continue;
    making.link(table, other, child);
    left -= 1;
  }
}

function duplicate(table: LinkRow[], count: number, making: Making): void {
  for (const link of table.slice(0, count))
    table.push({ ...link, id: making.next('again'), owner: otherOwner(making, link.owner) });
}

function addRois({ options, rows, next }: Making): void {
  if (options.rois === 0) return;
  const images = rows.images.filter((_, i) => i % Math.max(1, options.imagesPerDataset) < 3);
  for (const { id: image, group, owner } of images) {
    for (let i = 0; i < options.rois; i += 1) {
      const id = next('roi');
      rows.rois.push({ id, image, group, owner, name: `nucleus ${id}`, shapes: shapesOf(id) });
    }
  }
}

const shapesOf = (roi: number) => (): ShapeRow[] => [
  {
    id: roi * 4,
    type: 'Rectangle',
    x: 10,
    y: 20,
    width: 98,
    height: 135.5,
    text: 'n1',
    theZ: 0,
    strokeColor: -993737532,
  },
  { id: roi * 4 + 1, type: 'Ellipse', x: 5, y: 6, radiusX: 2.5, radiusY: 3.5, theC: 0 },
  { id: roi * 4 + 2, type: 'Polygon', points: '10,10 20,20 30,10' },
];

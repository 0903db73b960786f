import type { RoiRow } from './shapeRows.js';

export type { RoiRow, ShapeRow, ShapeType } from './shapeRows.js';

/** Rows of a stand-in OMERO server: what its database holds, as plain objects that tests may write down or change. */

/** A value, or how to work it out when it is asked for (saves memory in servers of 100 000 images). */
export type Lazy<T> = T | (() => T);

/** The value behind a `Lazy`. */
export function force<T extends object>(lazy: Lazy<T>): T {
  return typeof lazy === 'function' ? (lazy as () => T)() : lazy;
}

/** Value, name of the unit enumeration (`MICROMETER`), and a symbol when it is not the usual one. */
export type Quantity = readonly [value: number, unit: string, symbol?: string];

/** Milliseconds since 1970, as OMERO keeps times. */
export type Millis = number;

export interface ExternalInfoRow {
  id: number;
  entityId: number;
  entityType: string;
  lsid?: string;
  uuid?: string;
}

/** What every data object has: an owner (user id) and a group (group id). */
export interface DataRow {
  id: number;
  owner: number;
  group: number;
  externalInfo?: ExternalInfoRow;
}

export interface UserRow {
  id: number;
  userName: string;
  firstName: string;
  lastName: string;
  middleName?: string;
  email?: string;
  institution?: string;
  /** Without a password nobody can log in as this user. */
  password?: string;
  isAdmin?: boolean;
  /** The group that the session starts in; the first of the user's groups when left out. */
  defaultGroup?: number;
}

/** `rw----` private, `rwr---` read-only, `rwra--` read-annotate, `rwrw--` read-write, `rwr-r-` world-readable. */
export type Perm = 'rw----' | 'rwr---' | 'rwra--' | 'rwrw--' | 'rwr-r-';

export interface GroupRow {
  id: number;
  name: string;
  description?: string;
  perm: Perm;
  members: number[];
  leaders?: number[];
}

export interface NamedRow extends DataRow {
  name: string;
  description?: string;
}

export type ProjectRow = NamedRow;
export type DatasetRow = NamedRow;

export interface ScreenRow extends NamedRow {
  protocolDescription?: string;
  protocolIdentifier?: string;
  reagentSetDescription?: string;
  reagentSetIdentifier?: string;
  type?: string;
}

export interface PlateRow extends NamedRow {
  columnNamingConvention?: string;
  rowNamingConvention?: string;
  columns?: number;
  rows?: number;
  defaultSample?: number;
  externalIdentifier?: string;
  status?: string;
  wellOriginX?: Quantity;
  wellOriginY?: Quantity;
}

export interface PlateAcquisitionRow extends DataRow {
  plate: number;
  name?: string;
  description?: string;
  maximumFieldCount?: number;
  startTime?: Millis;
  endTime?: Millis;
}

export interface WellSampleRow {
  id: number;
  image: number;
  plateAcquisition?: number;
  positionX?: Quantity;
  positionY?: Quantity;
  timepoint?: Millis;
}

export interface WellRow extends DataRow {
  plate: number;
  /** Counted from 0. */
  column: number;
  row: number;
  externalDescription?: string;
  externalIdentifier?: string;
  type?: string;
  color?: number;
  status?: string;
  /** In the order of the server's index. */
  samples: WellSampleRow[];
}

export interface ChannelRow {
  id: number;
  logicalChannel: number;
  color?: number;
  lookupTable?: string;
  emissionWavelength?: Quantity;
  excitationWavelength?: Quantity;
  fluor?: string;
  name?: string;
  ndFilter?: number;
  pinholeSize?: Quantity;
  pockelCellSetting?: number;
  samplesPerPixel?: number;
  contrastMethod?: string;
  illumination?: string;
  acquisitionMode?: string;
  photometricInterpretation?: string;
}

export interface PixelsRow {
  id: number;
  type: string;
  sizeX: number;
  sizeY: number;
  sizeZ: number;
  sizeC: number;
  sizeT: number;
  significantBits?: number;
  physicalSizeX?: Quantity;
  physicalSizeY?: Quantity;
  physicalSizeZ?: Quantity;
  timeIncrement?: Quantity;
  waveStart?: number;
  waveIncrement?: number;
  methodology?: string;
  sha1?: string;
  /** Left out or empty: the server answers 404 for the single image. */
  channels?: Lazy<readonly ChannelRow[]>;
}

export interface ImageRow extends NamedRow {
  /** Creation time of the row, which OMERO.web calls the import date. */
  importDate: Millis;
  acquisitionDate?: Millis;
  archived?: boolean;
  partial?: boolean;
  series?: number;
  fileset?: number;
  pixels?: Lazy<PixelsRow>;
}

export interface FileRow {
  id: number;
  name: string;
  path: string;
  size: number;
  mimetype?: string;
}

interface AnnotationBase extends DataRow {
  ns?: string;
  name?: string;
  description?: string;
  /** Creation time. */
  date: Millis;
}

/** Annotations of every class, discriminated by the name that OMERO.web gives the class. */
export type AnnotationRow = AnnotationBase &
  (
    | { class: 'MapAnnotationI'; values: Lazy<readonly (readonly [key: string, value: string])[]> }
    | { class: 'TagAnnotationI' | 'CommentAnnotationI' | 'XmlAnnotationI'; textValue: string }
    | { class: 'LongAnnotationI'; longValue: number | bigint }
    | { class: 'DoubleAnnotationI'; doubleValue: number }
    | { class: 'BooleanAnnotationI'; boolValue: boolean }
    | { class: 'TimestampAnnotationI'; timeValue: Millis }
    | { class: 'TermAnnotationI'; termValue: string }
    | { class: 'FileAnnotationI'; file: number }
    | { class: 'ListAnnotationI' }
  );

export type AnnotationClass = AnnotationRow['class'];

/** The types that OMERO.web shows annotations of, in the order in which it asks for them. */
export const ANNOTATED_TYPES = ['Project', 'Dataset', 'Image', 'Screen', 'Plate', 'PlateAcquisition', 'Well'] as const;
export type AnnotatedType = (typeof ANNOTATED_TYPES)[number];

/** One link of an annotation to an object; the same annotation may have many, also several to one object. */
export interface AnnotationLinkRow {
  id: number;
  parentType: AnnotatedType;
  parent: number;
  annotation: number;
  owner: number;
  date: Millis;
}

/** Project to Dataset, Dataset to Image, Screen to Plate, tag set to tag; unique on parent, child and owner. */
export interface LinkRow {
  id: number;
  parent: number;
  child: number;
  owner: number;
}

export interface FilesetRow {
  id: number;
  /** Paths of the managed repository with the file name. */
  repo: Lazy<readonly string[]>;
  /** Paths on the computer that imported. */
  client: Lazy<readonly string[]>;
}

/** A table of OMERO.tables behind an OriginalFile. */
export interface TableRow {
  /** Id of the OriginalFile. */
  file: number;
  columns: readonly { name: string; type: string; description?: string }[];
  rowCount: number;
  row(index: number): readonly (string | number | boolean | null)[];
}

/** Everything a stand-in server holds. */
export interface ServerRows {
  users: UserRow[];
  groups: GroupRow[];
  projects: ProjectRow[];
  datasets: DatasetRow[];
  images: ImageRow[];
  screens: ScreenRow[];
  plates: PlateRow[];
  plateAcquisitions: PlateAcquisitionRow[];
  wells: WellRow[];
  rois: RoiRow[];
  annotations: AnnotationRow[];
  annotationLinks: AnnotationLinkRow[];
  projectDatasets: LinkRow[];
  datasetImages: LinkRow[];
  screenPlates: LinkRow[];
  /** Tag set (parent) to tag (child). */
  tagSets: LinkRow[];
  files: FileRow[];
  filesets: FilesetRow[];
  tables: TableRow[];
  /** Ids of enumeration values that matter, by `PixelsType:uint16`; others are made up. */
  enums: Record<string, number>;
}

/** A server without anything in it: spread it and add what the test is about. */
export function emptyRows(): ServerRows {
  return {
    users: [],
    groups: [],
    projects: [],
    datasets: [],
    images: [],
    screens: [],
    plates: [],
    plateAcquisitions: [],
    wells: [],
    rois: [],
    annotations: [],
    annotationLinks: [],
    projectDatasets: [],
    datasetImages: [],
    screenPlates: [],
    tagSets: [],
    files: [],
    filesets: [],
    tables: [],
    enums: {},
  };
}

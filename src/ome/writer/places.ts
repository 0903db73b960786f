import type { ObjectRef, OmeType } from '../model.js';

/** What OME-XML 2016-06 has places for, and what it requires: facts of ome.xsd that are not attributes. */

const LIGHT_SOURCES = ['Laser', 'Arc', 'Filament', 'LightEmittingDiode', 'GenericExcitationSource'];
const SHAPES = ['Rectangle', 'Mask', 'Point', 'Ellipse', 'Line', 'Polyline', 'Polygon', 'Label'];
const ANNOTATIONS = [
  'Map',
  'File',
  'Comment',
  'Tag',
  'Term',
  'Timestamp',
  'XML',
  'Long',
  'Double',
  'Boolean',
  'List',
].map((kind) => `${kind}Annotation`);
const FAMILIES = [
  ['LightSource', LIGHT_SOURCES],
  ['Shape', SHAPES],
  ['Annotation', ANNOTATIONS],
] as const;

/** The elements that share an ID type (`LightSource:…`), by element; all others have their own. */
export const ID_FAMILY: ReadonlyMap<string, { readonly prefix: string; readonly members: readonly string[] }> = new Map(
  FAMILIES.flatMap(([prefix, members]) => members.map((type) => [type, { prefix, members }] as const)),
);

/** Elements that hold AnnotationRef. */
export const ANNOTATABLE: ReadonlySet<string> = new Set([
  ...'Project Dataset Folder Screen Reagent Plate PlateAcquisition Well Experimenter ExperimenterGroup Image Channel ROI'.split(
    ' ',
  ),
  ...'Instrument Detector Objective Filter Dichroic'.split(' '),
  ...LIGHT_SOURCES,
  ...SHAPES,
  ...ANNOTATIONS,
]);

/** Pairs of parent and child that are written as a reference inside the parent, with the name of the reference. */
export const LINKS: Readonly<Record<string, string>> = {
  'Project Dataset': 'DatasetRef',
  'Dataset Image': 'ImageRef',
  'Folder Folder': 'FolderRef',
  'Folder Image': 'ImageRef',
  'Folder ROI': 'ROIRef',
  'Image ROI': 'ROIRef',
  'Screen Plate': 'PlateRef',
};

/** Parents that write these children inside themselves. */
export const NESTED_IN: Readonly<Record<string, string>> = {
  Well: 'Plate',
  PlateAcquisition: 'Plate',
  Reagent: 'Screen',
};

/** Attributes without which an element is not valid (`use="required"`), by our keys; ID is always there. */
export const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Pixels: ['dimensionOrder', 'kind', 'sizeX', 'sizeY', 'sizeZ', 'sizeC', 'sizeT'],
  Well: ['column', 'row'],
  WellSample: ['index'],
  StageLabel: ['name'],
  Rectangle: ['x', 'y', 'width', 'height'],
  Mask: ['x', 'y', 'width', 'height'],
  Point: ['x', 'y'],
  Ellipse: ['x', 'y', 'radiusX', 'radiusY'],
  Line: ['x1', 'y1', 'x2', 'y2'],
  Polyline: ['points'],
  Polygon: ['points'],
  Label: ['x', 'y'],
};

/** What stands for an unknown required value when placeholders are allowed: the smallest that the schema takes. */
export const PLACEHOLDERS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  Pixels: { dimensionOrder: 'XYZCT', kind: 'uint8', sizeX: 1, sizeY: 1, sizeZ: 1, sizeC: 1, sizeT: 1 },
  WellSample: { index: 0 },
  StageLabel: { name: '' },
};

/** The type in a reference: `Image` of `Image:1461`. */
export const typeOf = (ref: ObjectRef): OmeType => ref.slice(0, ref.indexOf(':')) as OmeType;

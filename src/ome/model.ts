import type { EnumKind, OME_SCHEMA, OmeElement, QuantityKind } from './schema.js';

/** OMERO's own notation: `Image:1461` for objects of a server, `Image:{scope}.{local}` for objects of files. */
export type ObjectRef = `${OmeType}:${string}`;

/** What has a page and an IRI of its own. */
export type OmeType = OmeObject['type'] | Annotation['type'] | PartType;

/** Objects that travel inside another one, with ids of their own. */
export type PartType =
  | 'Pixels'
  | 'Channel'
  | 'WellSample'
  | LightSource['type']
  | 'Detector'
  | 'Objective'
  | 'FilterSet'
  | 'Filter'
  | 'Dichroic'
  | 'MicrobeamManipulation'
  | Shape['type'];

/** A value with an OME unit symbol (`µm`, `reference frame`); source: Units* enumerations of the 2016-06 schema. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

/** A key with its value, in the annotation's own order; repeated and empty keys are kept. */
export type KeyValue = readonly [key: string, value: string];

type ValueOf<K> = K extends QuantityKind
  ? Quantity
  : K extends EnumKind
    ? string
    : K extends 'int' | 'float' | 'color'
      ? number
      : K extends 'boolean'
        ? boolean
        : string;

/** The attributes of an element, all optional: files leave out even what the schema requires. */
export type Attributes<E extends OmeElement> = {
  readonly [K in Exclude<keyof (typeof OME_SCHEMA)[E], 'type'>]?: ValueOf<(typeof OME_SCHEMA)[E][K]> | undefined;
} & ((typeof OME_SCHEMA)[E] extends { type: unknown }
  ? {
      /** The `Type` attribute; `type` itself names the class. */
      readonly kind?: string | undefined;
    }
  : unknown);

type Typed<T extends string> = { readonly type: T; readonly ref: `${T}:${string}` };

/** Names that other systems gave to an object of OMERO (`ExternalInfo` of the OMERO model). */
export interface ExternalInfo {
  readonly lsid?: string | undefined;
  readonly uuid?: string | undefined;
}

/** Who owns an object (OMERO) or did the experiment (OME-XML). */
interface Owned {
  readonly experimenter?: ObjectRef | undefined;
  readonly experimenterGroup?: ObjectRef | undefined;
  readonly externalInfo?: ExternalInfo | undefined;
}

export type Project = Typed<'Project'> & Attributes<'Project'> & Owned;
export type Dataset = Typed<'Dataset'> & Attributes<'Dataset'> & Owned;
export type Folder = Typed<'Folder'> & Attributes<'Folder'> & Owned;
export type Screen = Typed<'Screen'> & Attributes<'Screen'> & Owned;
export type Plate = Typed<'Plate'> & Attributes<'Plate'> & Owned;
export type Reagent = Typed<'Reagent'> & Attributes<'Reagent'>;
export type PlateAcquisition = Typed<'PlateAcquisition'> &
  Attributes<'PlateAcquisition'> & { readonly wellSamples?: readonly ObjectRef[] | undefined };
export type WellSample = Typed<'WellSample'> & Attributes<'WellSample'> & { readonly image?: ObjectRef | undefined };
export type Well = Typed<'Well'> &
  Attributes<'Well'> &
  Owned & { readonly reagent?: ObjectRef | undefined; readonly wellSamples: readonly WellSample[] };

export type Experimenter = Typed<'Experimenter'> & Attributes<'Experimenter'>;
export type ExperimenterGroup = Typed<'ExperimenterGroup'> &
  Attributes<'ExperimenterGroup'> & {
    readonly experimenters?: readonly ObjectRef[] | undefined;
    readonly leaders?: readonly ObjectRef[] | undefined;
  };
export type MicrobeamManipulation = Typed<'MicrobeamManipulation'> &
  Attributes<'MicrobeamManipulation'> & {
    readonly rois?: readonly ObjectRef[] | undefined;
    readonly experimenter?: ObjectRef | undefined;
    readonly lightSourceSettings?: readonly LightSourceSettings[] | undefined;
  };
export type Experiment = Typed<'Experiment'> &
  Attributes<'Experiment'> & {
    readonly experimenter?: ObjectRef | undefined;
    readonly microbeamManipulations?: readonly MicrobeamManipulation[] | undefined;
  };

export type Microscope = Attributes<'Microscope'>;
interface LightSourceMore {
  /** Laser only: the light source that pumps it. */
  readonly pump?: ObjectRef | undefined;
  /** GenericExcitationSource only. */
  readonly map?: readonly KeyValue[] | undefined;
}
export type LightSource =
  | (Typed<'Laser'> & Attributes<'Laser'> & LightSourceMore)
  | (Typed<'Arc'> & Attributes<'Arc'> & LightSourceMore)
  | (Typed<'Filament'> & Attributes<'Filament'> & LightSourceMore)
  | (Typed<'LightEmittingDiode'> & Attributes<'LightEmittingDiode'> & LightSourceMore)
  | (Typed<'GenericExcitationSource'> & Attributes<'GenericExcitationSource'> & LightSourceMore);
export type Detector = Typed<'Detector'> & Attributes<'Detector'>;
export type Objective = Typed<'Objective'> & Attributes<'Objective'>;
export type TransmittanceRange = Attributes<'TransmittanceRange'>;
export type Filter = Typed<'Filter'> &
  Attributes<'Filter'> & { readonly transmittanceRange?: TransmittanceRange | undefined };
export type Dichroic = Typed<'Dichroic'> & Attributes<'Dichroic'>;
/** Filters of a light path or filter set, in the order of the light. */
export interface Filters {
  readonly excitationFilters?: readonly ObjectRef[] | undefined;
  readonly dichroic?: ObjectRef | undefined;
  readonly emissionFilters?: readonly ObjectRef[] | undefined;
}
export type FilterSet = Typed<'FilterSet'> & Attributes<'FilterSet'> & Filters;
export type Instrument = Typed<'Instrument'> & {
  readonly microscope?: Microscope | undefined;
  readonly lightSources?: readonly LightSource[] | undefined;
  readonly detectors?: readonly Detector[] | undefined;
  readonly objectives?: readonly Objective[] | undefined;
  readonly filterSets?: readonly FilterSet[] | undefined;
  readonly filters?: readonly Filter[] | undefined;
  readonly dichroics?: readonly Dichroic[] | undefined;
};

export type LightSourceSettings = Attributes<'LightSourceSettings'> & { readonly lightSource?: ObjectRef | undefined };
export type DetectorSettings = Attributes<'DetectorSettings'> & { readonly detector?: ObjectRef | undefined };
export type ObjectiveSettings = Attributes<'ObjectiveSettings'> & { readonly objective?: ObjectRef | undefined };
export type ImagingEnvironment = Attributes<'ImagingEnvironment'> & { readonly map?: readonly KeyValue[] | undefined };
export type StageLabel = Attributes<'StageLabel'>;
export type Channel = Typed<'Channel'> &
  Attributes<'Channel'> & {
    readonly lightSourceSettings?: LightSourceSettings | undefined;
    readonly detectorSettings?: DetectorSettings | undefined;
    readonly filterSet?: ObjectRef | undefined;
    readonly lightPath?: Filters | undefined;
  };
/** What is kept of the Plane elements: planes are not kept one by one. */
export interface PlaneSummary {
  readonly count: number;
  /** Smallest and largest exposure time over all planes, in the unit of the first. */
  readonly exposureTimeMin?: Quantity | undefined;
  readonly exposureTimeMax?: Quantity | undefined;
  /** Largest DeltaT: how long the acquisition took. */
  readonly deltaTMax?: Quantity | undefined;
  /** Stage position of the first plane that states one. */
  readonly positionX?: Quantity | undefined;
  readonly positionY?: Quantity | undefined;
  readonly positionZ?: Quantity | undefined;
}
export type Pixels = Typed<'Pixels'> &
  Attributes<'Pixels'> & {
    readonly channels: readonly Channel[];
    readonly planes?: PlaneSummary | undefined;
    /** SHA-1 of the pixel data where the source knows it. */
    readonly sha1?: string | undefined;
  };
export type Image = Typed<'Image'> &
  Attributes<'Image'> &
  Owned & {
    readonly experiment?: ObjectRef | undefined;
    readonly instrument?: ObjectRef | undefined;
    readonly objectiveSettings?: ObjectiveSettings | undefined;
    readonly imagingEnvironment?: ImagingEnvironment | undefined;
    readonly stageLabel?: StageLabel | undefined;
    readonly microbeamManipulations?: readonly ObjectRef[] | undefined;
    readonly pixels?: Pixels | undefined;
    readonly fileset?: ObjectRef | undefined;
    /** Index of the image in its fileset. */
    readonly series?: number | undefined;
    /** When it was imported into OMERO, ISO 8601. */
    readonly importDate?: string | undefined;
  };

type ShapeMore = {
  readonly transform?: readonly [a00: number, a10: number, a01: number, a11: number, a02: number, a12: number];
};
export type Shape =
  | (Typed<'Rectangle'> & Attributes<'Rectangle'> & ShapeMore)
  | (Typed<'Mask'> & Attributes<'Mask'> & ShapeMore)
  | (Typed<'Point'> & Attributes<'Point'> & ShapeMore)
  | (Typed<'Ellipse'> & Attributes<'Ellipse'> & ShapeMore)
  | (Typed<'Line'> & Attributes<'Line'> & ShapeMore)
  | (Typed<'Polyline'> & Attributes<'Polyline'> & ShapeMore)
  | (Typed<'Polygon'> & Attributes<'Polygon'> & ShapeMore)
  | (Typed<'Label'> & Attributes<'Label'> & ShapeMore);
export type Roi = Typed<'ROI'> & Attributes<'ROI'> & { readonly shapes: readonly Shape[] };

/** A file of an image, as OMERO or a folder export knows it; `path` is relative to the source's root, never a client path. */
export type OriginalFile = Typed<'OriginalFile'> & {
  readonly path: string;
  readonly name: string;
  /** Bytes. */
  readonly size?: number | undefined;
  readonly mimetype?: string | undefined;
  readonly checksum?: { readonly algorithm: 'SHA-1' | 'SHA-256' | 'MD5'; readonly value: string } | undefined;
};
export type Fileset = Typed<'Fileset'> & { readonly originalFiles: readonly ObjectRef[] };

export type OmeObject =
  | Project
  | Dataset
  | Folder
  | Screen
  | Plate
  | Reagent
  | PlateAcquisition
  | Well
  | Image
  | Roi
  | Instrument
  | Experiment
  | Experimenter
  | ExperimenterGroup
  | Fileset
  | OriginalFile;

interface AnnotationBase {
  readonly namespace?: string | undefined;
  readonly description?: string | undefined;
  readonly annotator?: ObjectRef | undefined;
  /** ISO 8601, where the source knows it. */
  readonly date?: string | undefined;
}
export type MapAnnotation = Typed<'MapAnnotation'> & AnnotationBase & { readonly value: readonly KeyValue[] };
export type FileAnnotation = Typed<'FileAnnotation'> &
  AnnotationBase & {
    readonly file?:
      | { readonly fileName: string; readonly size?: number | undefined; readonly mimeType?: string | undefined }
      | undefined;
  };
/** Annotations with one text: comments, tags, terms, time stamps (xsd:dateTime) and XML fragments (as text). */
export type TextAnnotation = Typed<
  'CommentAnnotation' | 'TagAnnotation' | 'TermAnnotation' | 'TimestampAnnotation' | 'XMLAnnotation'
> &
  AnnotationBase & { readonly value: string };
/** `lexical` is the number as written, so that 64-bit longs survive. */
export type NumberAnnotation = Typed<'LongAnnotation' | 'DoubleAnnotation'> &
  AnnotationBase & { readonly value: string };
export type BooleanAnnotation = Typed<'BooleanAnnotation'> & AnnotationBase & { readonly value: boolean };
export type ListAnnotation = Typed<'ListAnnotation'> & AnnotationBase;
export type Annotation =
  MapAnnotation | FileAnnotation | TextAnnotation | NumberAnnotation | BooleanAnnotation | ListAnnotation;

/** What an export writes into one file: a Project, a Screen, or everything that belongs to neither. */
export type ContainerRef = `Project:${string}` | `Screen:${string}` | 'orphans';

/**
 * The unit of the stream. An object comes with its direct parents and parts and the annotations known at that point;
 * annotations that a source reads later come as `annotated` records with all their targets. Repeating a fact is
 * harmless: the record of an export is a set.
 */
export type OmeRecord =
  | {
      readonly kind: 'object';
      readonly object: OmeObject;
      readonly parents: readonly ObjectRef[];
      readonly parts: readonly ObjectRef[];
      readonly annotations: readonly Annotation[];
      readonly containers: readonly ContainerRef[];
    }
  | {
      readonly kind: 'annotated';
      readonly annotation: Annotation;
      /** The objects that carry it: images, parts such as channels or shapes, or other annotations. */
      readonly targets: readonly ObjectRef[];
      readonly containers: readonly ContainerRef[];
    };

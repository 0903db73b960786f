/**
 * The OME model 2016-06 as one table: every object, its attributes, their kinds and default units
 * (http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd). The types of model.ts, the reader, the writer and the
 * mapping to RDF are all read off this table, so an attribute is named once.
 */

/** Dimensions of OME units (Units* enumerations of the schema). */
export type Dimension = 'Length' | 'Time' | 'Pressure' | 'Temperature' | 'ElectricPotential' | 'Power' | 'Frequency';

export interface QuantityKind {
  readonly dimension: Dimension;
  /** The schema's default for the `…Unit` attribute. */
  readonly unit: string;
}
export interface EnumKind {
  /** Name of the enumeration, also the class of its values in `core:` (`core:DetectorType#CMOS`). */
  readonly enum: string;
}
/**
 * - `text`: a child element with character content (Description)
 * - `dateTimeChild`: the same with an xsd:dateTime (AcquisitionDate)
 * - `color`: signed 32-bit integer RGBA
 */
export type Kind =
  'string' | 'text' | 'int' | 'float' | 'boolean' | 'dateTime' | 'dateTimeChild' | 'color' | QuantityKind | EnumKind;

const length = (unit = 'µm') => ({ dimension: 'Length', unit }) as const;
const FRAME = length('reference frame');
const time = { dimension: 'Time', unit: 's' } as const;
const volt = { dimension: 'ElectricPotential', unit: 'V' } as const;
const hertz = (unit: 'Hz' | 'MHz') => ({ dimension: 'Frequency', unit }) as const;
const of = <const Name extends string>(name: Name) => ({ enum: name }) as const;

const manufacturerSpec = {
  manufacturer: 'string',
  model: 'string',
  serialNumber: 'string',
  lotNumber: 'string',
} as const;
const lightSource = { ...manufacturerSpec, power: { dimension: 'Power', unit: 'mW' } } as const;
const shape = {
  fillColor: 'color',
  fillRule: of('ShapeFillRule'),
  strokeColor: 'color',
  strokeWidth: length('pixel'),
  strokeDashArray: 'string',
  text: 'string',
  fontFamily: of('ShapeFontFamily'),
  fontSize: length('pt'),
  fontStyle: of('ShapeFontStyle'),
  locked: 'boolean',
  theZ: 'int',
  theT: 'int',
  theC: 'int',
} as const;
const xy = { x: 'float', y: 'float' } as const;

/** Attributes (and text children) of each element, in the schema's order; keys are the names of model.ts. */
export const OME_SCHEMA = {
  Project: { name: 'string', description: 'text' },
  Dataset: { name: 'string', description: 'text' },
  Folder: { name: 'string', description: 'text' },
  Experiment: { type: 'string', description: 'text' },
  MicrobeamManipulation: { type: 'string', description: 'text' },
  Screen: {
    name: 'string',
    protocolIdentifier: 'string',
    protocolDescription: 'string',
    reagentSetDescription: 'string',
    reagentSetIdentifier: 'string',
    type: 'string',
    description: 'text',
  },
  Reagent: { name: 'string', reagentIdentifier: 'string', description: 'text' },
  Plate: {
    name: 'string',
    status: 'string',
    externalIdentifier: 'string',
    columnNamingConvention: of('NamingConvention'),
    rowNamingConvention: of('NamingConvention'),
    wellOriginX: FRAME,
    wellOriginY: FRAME,
    rows: 'int',
    columns: 'int',
    fieldIndex: 'int',
    description: 'text',
  },
  PlateAcquisition: {
    name: 'string',
    endTime: 'dateTime',
    startTime: 'dateTime',
    maximumFieldCount: 'int',
    description: 'text',
  },
  Well: {
    column: 'int',
    row: 'int',
    externalDescription: 'string',
    externalIdentifier: 'string',
    type: 'string',
    color: 'color',
  },
  WellSample: { positionX: FRAME, positionY: FRAME, timepoint: 'dateTime', index: 'int' },
  Experimenter: {
    firstName: 'string',
    middleName: 'string',
    lastName: 'string',
    email: 'string',
    institution: 'string',
    userName: 'string',
  },
  ExperimenterGroup: { name: 'string', description: 'text' },
  Instrument: {},
  Microscope: { ...manufacturerSpec, type: of('MicroscopeType') },
  Laser: {
    ...lightSource,
    type: of('LaserType'),
    laserMedium: of('LaserLaserMedium'),
    wavelength: length('nm'),
    frequencyMultiplication: 'int',
    tuneable: 'boolean',
    pulse: of('LaserPulse'),
    pockelCell: 'boolean',
    repetitionRate: hertz('Hz'),
  },
  Arc: { ...lightSource, type: of('ArcType') },
  Filament: { ...lightSource, type: of('FilamentType') },
  LightEmittingDiode: lightSource,
  GenericExcitationSource: lightSource,
  Detector: {
    ...manufacturerSpec,
    gain: 'float',
    voltage: volt,
    offset: 'float',
    zoom: 'float',
    amplificationGain: 'float',
    type: of('DetectorType'),
  },
  Objective: {
    ...manufacturerSpec,
    correction: of('ObjectiveCorrection'),
    immersion: of('ObjectiveImmersion'),
    lensNa: 'float',
    nominalMagnification: 'float',
    calibratedMagnification: 'float',
    workingDistance: length(),
    iris: 'boolean',
  },
  FilterSet: manufacturerSpec,
  Filter: { ...manufacturerSpec, type: of('FilterType'), filterWheel: 'string' },
  TransmittanceRange: {
    cutIn: length('nm'),
    cutOut: length('nm'),
    cutInTolerance: length('nm'),
    cutOutTolerance: length('nm'),
    transmittance: 'float',
  },
  Dichroic: manufacturerSpec,
  Image: { name: 'string', acquisitionDate: 'dateTimeChild', description: 'text' },
  ObjectiveSettings: { correctionCollar: 'float', medium: of('ObjectiveSettingsMedium'), refractiveIndex: 'float' },
  ImagingEnvironment: {
    temperature: { dimension: 'Temperature', unit: '°C' },
    airPressure: { dimension: 'Pressure', unit: 'mbar' },
    humidity: 'float',
    co2Percent: 'float',
  },
  StageLabel: { name: 'string', x: FRAME, y: FRAME, z: FRAME },
  Pixels: {
    dimensionOrder: of('PixelsDimensionOrder'),
    type: of('PixelType'),
    significantBits: 'int',
    interleaved: 'boolean',
    bigEndian: 'boolean',
    sizeX: 'int',
    sizeY: 'int',
    sizeZ: 'int',
    sizeC: 'int',
    sizeT: 'int',
    physicalSizeX: length(),
    physicalSizeY: length(),
    physicalSizeZ: length(),
    timeIncrement: time,
  },
  Channel: {
    name: 'string',
    samplesPerPixel: 'int',
    illuminationType: of('ChannelIlluminationType'),
    pinholeSize: length(),
    acquisitionMode: of('ChannelAcquisitionMode'),
    contrastMethod: of('ChannelContrastMethod'),
    excitationWavelength: length('nm'),
    emissionWavelength: length('nm'),
    fluor: 'string',
    ndFilter: 'float',
    pockelCellSetting: 'int',
    color: 'color',
  },
  LightSourceSettings: { attenuation: 'float', wavelength: length('nm') },
  DetectorSettings: {
    offset: 'float',
    gain: 'float',
    voltage: volt,
    zoom: 'float',
    readOutRate: hertz('MHz'),
    binning: of('Binning'),
    integration: 'int',
  },
  LightPath: {},
  ROI: { name: 'string', description: 'text' },
  Rectangle: { ...shape, ...xy, width: 'float', height: 'float' },
  Mask: { ...shape, ...xy, width: 'float', height: 'float' },
  Point: { ...shape, ...xy },
  Ellipse: { ...shape, ...xy, radiusX: 'float', radiusY: 'float' },
  Line: {
    ...shape,
    x1: 'float',
    y1: 'float',
    x2: 'float',
    y2: 'float',
    markerStart: of('Marker'),
    markerEnd: of('Marker'),
  },
  Polyline: { ...shape, points: 'string', markerStart: of('Marker'), markerEnd: of('Marker') },
  Polygon: { ...shape, points: 'string' },
  Label: { ...shape, ...xy },
} as const satisfies Record<string, Record<string, Kind>>;

export type OmeElement = keyof typeof OME_SCHEMA;

/** XML attribute names that are not the key with a capital first letter. */
const XML_NAMES: Readonly<Record<string, string>> = {
  lensNa: 'LensNA',
  ndFilter: 'NDFilter',
  co2Percent: 'CO2Percent',
};

/** `physicalSizeX` → `PhysicalSizeX`, `lensNa` → `LensNA`. */
export function xmlName(key: string): string {
  return XML_NAMES[key] ?? key.charAt(0).toUpperCase() + key.slice(1);
}

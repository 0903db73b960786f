/** How a field is written: as it is, as a float, as a value with a unit, as an enumeration object. */
export type FieldKind = 'plain' | 'float' | 'LengthI' | 'TimeI' | { readonly enumeration: string };
export type Field = readonly [key: string, column: string, kind?: FieldKind];

const NAMED: readonly Field[] = [
  ['Name', 'name'],
  ['Description', 'description'],
];

const TEXT_STYLE: readonly Field[] = [
  ['FillColor', 'fillColor'],
  ['FillRule', 'fillRule'],
  ['FontFamily', 'fontFamily'],
  ['FontSize', 'fontSize', 'LengthI'],
  ['FontStyle', 'fontStyle'],
  ['Locked', 'locked'],
  ['StrokeColor', 'strokeColor'],
  ['StrokeDashArray', 'strokeDashArray'],
  ['StrokeWidth', 'strokeWidth', 'LengthI'],
  ['Text', 'text'],
  ['TheC', 'theC'],
  ['TheT', 'theT'],
  ['TheZ', 'theZ'],
];

const floats = (...names: readonly string[]): Field[] =>
  names.map((name) => [name, name.charAt(0).toLowerCase() + name.slice(1), 'float']);

const MARKERS: readonly Field[] = [
  ['MarkerStart', 'markerStart'],
  ['MarkerEnd', 'markerEnd'],
];

/** Keys of each class in the order in which omero-marshal writes them. */
export const FIELDS = {
  Project: NAMED,
  Dataset: NAMED,
  Screen: [
    ...NAMED,
    ['ProtocolDescription', 'protocolDescription'],
    ['ProtocolIdentifier', 'protocolIdentifier'],
    ['ReagentSetDescription', 'reagentSetDescription'],
    ['ReagentSetIdentifier', 'reagentSetIdentifier'],
    ['Type', 'type'],
  ],
  Plate: [
    ...NAMED,
    ['ColumnNamingConvention', 'columnNamingConvention'],
    ['RowNamingConvention', 'rowNamingConvention'],
    ['Columns', 'columns'],
    ['Rows', 'rows'],
    ['omero:defaultSample', 'defaultSample'],
    ['ExternalIdentifier', 'externalIdentifier'],
    ['Status', 'status'],
    ['WellOriginX', 'wellOriginX', 'LengthI'],
    ['WellOriginY', 'wellOriginY', 'LengthI'],
  ],
  PlateAcquisition: [
    ...NAMED,
    ['MaximumFieldCount', 'maximumFieldCount'],
    ['StartTime', 'startTime'],
    ['EndTime', 'endTime'],
  ],
  Well: [
    ['Column', 'column'],
    ['Row', 'row'],
    ['ExternalDescription', 'externalDescription'],
    ['ExternalIdentifier', 'externalIdentifier'],
    ['Type', 'type'],
    ['Color', 'color'],
    ['omero:status', 'status'],
  ],
  WellSample: [
    ['PositionX', 'positionX', 'LengthI'],
    ['PositionY', 'positionY', 'LengthI'],
    ['Timepoint', 'timepoint'],
  ],
  Image: [
    ['AcquisitionDate', 'acquisitionDate'],
    ['omero:archived', 'archived'],
    ['Description', 'description'],
    ['Name', 'name'],
    ['omero:partial', 'partial'],
    ['omero:series', 'series'],
  ],
  Pixels: [
    ['omero:methodology', 'methodology'],
    ['PhysicalSizeX', 'physicalSizeX', 'LengthI'],
    ['PhysicalSizeY', 'physicalSizeY', 'LengthI'],
    ['PhysicalSizeZ', 'physicalSizeZ', 'LengthI'],
    ['omero:sha1', 'sha1'],
    ['SignificantBits', 'significantBits'],
    ['SizeX', 'sizeX'],
    ['SizeY', 'sizeY'],
    ['SizeZ', 'sizeZ'],
    ['SizeC', 'sizeC'],
    ['SizeT', 'sizeT'],
    ['TimeIncrement', 'timeIncrement', 'TimeI'],
    ['omero:waveIncrement', 'waveIncrement', 'float'],
    ['omero:waveStart', 'waveStart', 'float'],
    ['Type', 'type', { enumeration: 'PixelsType' }],
  ],
  Channel: [
    ['Color', 'color'],
    ['omero:lookupTable', 'lookupTable'],
    ['omero:LogicalChannelId', 'logicalChannel'],
    ['EmissionWavelength', 'emissionWavelength', 'LengthI'],
    ['ExcitationWavelength', 'excitationWavelength', 'LengthI'],
    ['Fluor', 'fluor'],
    ['Name', 'name'],
    ['NDFilter', 'ndFilter', 'float'],
    ['PinholeSize', 'pinholeSize', 'LengthI'],
    ['PockelCellSetting', 'pockelCellSetting'],
    ['SamplesPerPixel', 'samplesPerPixel'],
    ['ContrastMethod', 'contrastMethod', { enumeration: 'ContrastMethod' }],
    ['Illumination', 'illumination', { enumeration: 'Illumination' }],
    ['AcquisitionMode', 'acquisitionMode', { enumeration: 'AcquisitionMode' }],
    ['omero:photometricInterpretation', 'photometricInterpretation', { enumeration: 'PhotometricInterpretation' }],
  ],
  ROI: NAMED,
  Shape: TEXT_STYLE,
  AffineTransform: floats('A00', 'A10', 'A01', 'A11', 'A02', 'A12'),
  Rectangle: floats('X', 'Y', 'Width', 'Height'),
  Mask: floats('X', 'Y', 'Width', 'Height'),
  Ellipse: floats('X', 'Y', 'RadiusX', 'RadiusY'),
  Point: floats('X', 'Y'),
  Label: floats('X', 'Y'),
  Line: [...floats('X1', 'Y1', 'X2', 'Y2'), ...MARKERS],
  Polyline: [['Points', 'points'], ...MARKERS],
  Polygon: [['Points', 'points']],
} as const satisfies Record<string, readonly Field[]>;

/** Symbols of OMERO's unit names, as OME-XML writes them. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  METER: 'm',
  CENTIMETER: 'cm',
  MILLIMETER: 'mm',
  MICROMETER: 'µm',
  NANOMETER: 'nm',
  PICOMETER: 'pm',
  ANGSTROM: 'Å',
  INCH: 'in',
  POINT: 'pt',
  PIXEL: 'pixel',
  REFERENCEFRAME: 'reference frame',
  DAY: 'd',
  HOUR: 'h',
  MINUTE: 'min',
  SECOND: 's',
  MILLISECOND: 'ms',
  MICROSECOND: 'µs',
  NANOSECOND: 'ns',
};

import type { Annotation, Channel, Image, OmeObject, OmeRecord, Shape } from '../../src/ome/model.js';

type ObjectRecord = Extract<OmeRecord, { kind: 'object' }>;

/** A record of an object with nothing around it. */
export function objectRecord(object: OmeObject, more: Partial<Omit<ObjectRecord, 'kind' | 'object'>> = {}): OmeRecord {
  return { kind: 'object', object, parents: [], parts: [], annotations: [], containers: ['orphans'], ...more };
}

/** A record of an annotation with the objects that carry it. */
export function annotatedRecord(
  annotation: Annotation,
  ...targets: `${'Image' | 'Channel' | 'Dataset'}:${string}`[]
): OmeRecord {
  return { kind: 'annotated', annotation, targets, containers: ['orphans'] };
}

const spec = { manufacturer: 'Maker', model: 'M1', serialNumber: 'S-1', lotNumber: 'L-1' };
const micrometre = (value: number) => ({ value, unit: 'µm' });
const nanometre = (value: number) => ({ value, unit: 'nm' });

const channels: Channel[] = [
  {
    type: 'Channel',
    ref: 'Channel:31',
    name: 'DAPI',
    samplesPerPixel: 1,
    illuminationType: 'Epifluorescence',
    pinholeSize: micrometre(50),
    acquisitionMode: 'LaserScanningConfocalMicroscopy',
    contrastMethod: 'Fluorescence',
    excitationWavelength: nanometre(405),
    emissionWavelength: nanometre(461.5),
    fluor: 'DAPI',
    ndFilter: 0.5,
    pockelCellSetting: 3,
    color: 16777215,
    filterSet: 'FilterSet:71',
    lightSourceSettings: { attenuation: 0.2, wavelength: nanometre(405), lightSource: 'Laser:51' },
    detectorSettings: {
      offset: 1,
      gain: 2.5,
      voltage: { value: 600, unit: 'V' },
      zoom: 1.5,
      readOutRate: { value: 10, unit: 'MHz' },
      binning: '2x2',
      integration: 4,
      detector: 'Detector:61',
    },
    lightPath: {
      excitationFilters: ['Filter:81', 'Filter:82'],
      dichroic: 'Dichroic:91',
      emissionFilters: ['Filter:83'],
    },
  },
  { type: 'Channel', ref: 'Channel:32' },
];

const image: Image = {
  type: 'Image',
  ref: 'Image:1',
  name: 'cells.ome.tiff #1',
  acquisitionDate: '2026-03-04T05:06:07.5',
  description: 'first line\nsecond line',
  experimenter: 'Experimenter:2',
  experimenterGroup: 'ExperimenterGroup:3',
  experiment: 'Experiment:4',
  instrument: 'Instrument:5',
  objectiveSettings: { correctionCollar: 0.17, medium: 'Oil', refractiveIndex: 1.518, objective: 'Objective:55' },
  imagingEnvironment: {
    temperature: { value: 37, unit: '°C' },
    airPressure: { value: 1013, unit: 'mbar' },
    humidity: 0.9,
    co2Percent: 0.05,
    map: [['O2', '21 %']],
  },
  stageLabel: {
    name: 'A1',
    x: { value: 10, unit: 'reference frame' },
    y: { value: -2.5, unit: 'mm' },
    z: { value: 0, unit: 'reference frame' },
  },
  microbeamManipulations: ['MicrobeamManipulation:41'],
  pixels: {
    type: 'Pixels',
    ref: 'Pixels:9',
    dimensionOrder: 'XYZCT',
    kind: 'uint16',
    significantBits: 12,
    interleaved: false,
    bigEndian: true,
    sizeX: 512,
    sizeY: 256,
    sizeZ: 5,
    sizeC: 2,
    sizeT: 1,
    physicalSizeX: micrometre(0.1),
    physicalSizeY: micrometre(1e-7),
    physicalSizeZ: micrometre(1),
    timeIncrement: { value: 30, unit: 's' },
    channels,
    planes: {
      count: 10,
      exposureTimeMin: { value: 10, unit: 'ms' },
      exposureTimeMax: { value: 100, unit: 'ms' },
      deltaTMax: { value: 3600, unit: 's' },
      positionX: { value: 1.5, unit: 'reference frame' },
      positionY: { value: 2.5, unit: 'reference frame' },
      positionZ: { value: 3.5, unit: 'µm' },
    },
    sha1: '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
  },
  fileset: 'Fileset:6',
  series: 0,
  importDate: '2023-11-14T22:13:20Z',
  externalInfo: { lsid: 'https://labid.example.org/id/abc', uuid: '0f8fad5b-d9cb-469f-a165-70867728950e' },
};

const style = {
  fillColor: -1,
  fillRule: 'EvenOdd',
  strokeColor: 255,
  strokeWidth: { value: 1, unit: 'pixel' },
  strokeDashArray: '1 2',
  text: 'nucleus',
  fontFamily: 'sans-serif',
  fontSize: { value: 12, unit: 'pt' },
  fontStyle: 'Bold',
  locked: true,
  theZ: 0,
  theT: 1,
  theC: 2,
};
const shapes: Shape[] = [
  {
    type: 'Rectangle',
    ref: 'Rectangle:1',
    ...style,
    x: 1,
    y: 2,
    width: 3.5,
    height: 4,
    transform: [1, 0, 0, 1, 10, -20.5],
  },
  { type: 'Mask', ref: 'Mask:2', x: 1, y: 2, width: 3, height: 4 },
  { type: 'Point', ref: 'Point:3', x: 1, y: 2 },
  { type: 'Ellipse', ref: 'Ellipse:4', x: 1, y: 2, radiusX: 3, radiusY: 4 },
  { type: 'Line', ref: 'Line:5', x1: 1, y1: 2, x2: 3, y2: 4, markerStart: 'Arrow', markerEnd: 'Arrow' },
  { type: 'Polyline', ref: 'Polyline:6', points: '0,0 1,1', markerStart: 'Arrow' },
  { type: 'Polygon', ref: 'Polygon:7', points: '0,0 1,1 1,0' },
  { type: 'Label', ref: 'Label:8', x: 1, y: 2, text: 'here' },
];

/** One of each object of OME with every attribute, by the name of its golden file. */
export const OBJECT_RECORDS: Readonly<Record<string, readonly OmeRecord[]>> = {
  project: [
    objectRecord(
      {
        type: 'Project',
        ref: 'Project:52',
        name: 'Mitosis',
        description: 'How cells divide',
        experimenter: 'Experimenter:2',
        experimenterGroup: 'ExperimenterGroup:3',
      },
      { parts: ['Dataset:7'] },
    ),
  ],
  dataset: [
    objectRecord({ type: 'Dataset', ref: 'Dataset:7', name: 'fixed', description: '' }, { parents: ['Project:52'] }),
  ],
  folder: [
    objectRecord(
      { type: 'Folder', ref: 'Folder:a1b2.0', name: 'best', description: 'picked' },
      { parents: ['Folder:a1b2.1'], parts: ['Image:a1b2.0', 'ROI:a1b2.0'] },
    ),
  ],
  screen: [
    objectRecord(
      {
        type: 'Screen',
        ref: 'Screen:3',
        name: 'kinome',
        protocolIdentifier: 'P1',
        protocolDescription: 'reverse transfection',
        reagentSetDescription: 'siRNA',
        reagentSetIdentifier: 'R1',
        kind: 'RNAi',
        description: 'a screen',
      },
      { parts: ['Plate:4'] },
    ),
  ],
  plate: [
    objectRecord(
      {
        type: 'Plate',
        ref: 'Plate:4',
        name: 'P001',
        status: 'done',
        externalIdentifier: 'BC001',
        columnNamingConvention: 'number',
        rowNamingConvention: 'letter',
        wellOriginX: { value: 0, unit: 'reference frame' },
        wellOriginY: { value: 1.5, unit: 'mm' },
        rows: 8,
        columns: 12,
        fieldIndex: 1,
        description: 'first plate',
      },
      { parents: ['Screen:3'] },
    ),
  ],
  plateAcquisition: [
    objectRecord(
      {
        type: 'PlateAcquisition',
        ref: 'PlateAcquisition:8',
        name: 'run 1',
        startTime: '2026-01-01T00:00:00Z',
        endTime: '2026-01-01T01:00:00+01:00',
        maximumFieldCount: 2,
        description: 'first run',
        wellSamples: ['WellSample:1', 'WellSample:2'],
      },
      { parents: ['Plate:4'] },
    ),
  ],
  reagent: [
    objectRecord(
      { type: 'Reagent', ref: 'Reagent:5', name: 'siAURKB', reagentIdentifier: 's495', description: 'an siRNA' },
      { parents: ['Screen:3'] },
    ),
  ],
  well: [
    objectRecord(
      {
        type: 'Well',
        ref: 'Well:26',
        row: 26,
        column: 11,
        externalDescription: 'edge',
        externalIdentifier: 'AA12',
        kind: 'sample',
        color: 65535,
        reagent: 'Reagent:5',
        wellSamples: [
          {
            type: 'WellSample',
            ref: 'WellSample:1',
            index: 0,
            positionX: { value: 1, unit: 'reference frame' },
            positionY: { value: 2, unit: 'reference frame' },
            timepoint: '2026-01-01T00:10:00',
            image: 'Image:1',
          },
          { type: 'WellSample', ref: 'WellSample:2' },
        ],
      },
      { parents: ['Plate:4'] },
    ),
  ],
  image: [objectRecord(image, { parents: ['Dataset:7'] })],
  roi: [
    objectRecord(
      { type: 'ROI', ref: 'ROI:11', name: 'cell 1', description: 'a cell', shapes },
      { parents: ['Image:1'] },
    ),
  ],
  instrument: [
    objectRecord({
      type: 'Instrument',
      ref: 'Instrument:5',
      microscope: { ...spec, kind: 'Inverted' },
      lightSources: [
        {
          type: 'Laser',
          ref: 'Laser:51',
          ...spec,
          power: { value: 20, unit: 'mW' },
          kind: 'SolidState',
          laserMedium: 'GaAs',
          wavelength: nanometre(405),
          frequencyMultiplication: 2,
          tuneable: false,
          pulse: 'CW',
          pockelCell: true,
          repetitionRate: { value: 80, unit: 'MHz' },
          pump: 'Laser:52',
        },
        { type: 'Arc', ref: 'Arc:53', kind: 'Hg' },
        { type: 'Filament', ref: 'Filament:54', kind: 'Halogen' },
        { type: 'LightEmittingDiode', ref: 'LightEmittingDiode:56', ...spec },
        {
          type: 'GenericExcitationSource',
          ref: 'GenericExcitationSource:57',
          map: [
            ['lines', '3'],
            ['lines', '4'],
          ],
        },
      ],
      detectors: [
        {
          type: 'Detector',
          ref: 'Detector:61',
          ...spec,
          gain: 1,
          voltage: { value: 500, unit: 'mV' },
          offset: 0.1,
          zoom: 2,
          amplificationGain: 3,
          kind: 'CMOS',
        },
      ],
      objectives: [
        {
          type: 'Objective',
          ref: 'Objective:55',
          ...spec,
          correction: 'PlanApo',
          immersion: 'Oil',
          lensNa: 1.4,
          nominalMagnification: 63,
          calibratedMagnification: 62.8,
          workingDistance: micrometre(190),
          iris: false,
        },
      ],
      filterSets: [
        {
          type: 'FilterSet',
          ref: 'FilterSet:71',
          ...spec,
          excitationFilters: ['Filter:81'],
          dichroic: 'Dichroic:91',
          emissionFilters: ['Filter:83'],
        },
      ],
      filters: [
        {
          type: 'Filter',
          ref: 'Filter:81',
          ...spec,
          kind: 'BandPass',
          filterWheel: 'W1',
          transmittanceRange: {
            cutIn: nanometre(400),
            cutOut: nanometre(410),
            cutInTolerance: nanometre(1),
            cutOutTolerance: nanometre(2),
            transmittance: 0.95,
          },
        },
      ],
      dichroics: [{ type: 'Dichroic', ref: 'Dichroic:91', ...spec }],
    }),
  ],
  experiment: [
    objectRecord({
      type: 'Experiment',
      ref: 'Experiment:4',
      kind: 'FourDPlus,Photobleaching',
      description: 'FRAP',
      experimenter: 'Experimenter:2',
      microbeamManipulations: [
        {
          type: 'MicrobeamManipulation',
          ref: 'MicrobeamManipulation:41',
          kind: 'FRAP',
          description: 'bleach',
          rois: ['ROI:11'],
          experimenter: 'Experimenter:2',
          lightSourceSettings: [{ attenuation: 0.5, lightSource: 'Laser:51' }],
        },
      ],
    }),
  ],
  experimenter: [
    objectRecord({
      type: 'Experimenter',
      ref: 'Experimenter:2',
      firstName: 'Ada',
      middleName: 'B.',
      lastName: 'Lovelace',
      email: 'ada@example.org',
      userName: 'ada',
      institution: 'Analytical Engines',
    }),
  ],
  experimenterGroup: [
    objectRecord({
      type: 'ExperimenterGroup',
      ref: 'ExperimenterGroup:3',
      name: 'lab',
      description: 'a lab',
      experimenters: ['Experimenter:2'],
      leaders: ['Experimenter:2'],
    }),
  ],
  fileset: [objectRecord({ type: 'Fileset', ref: 'Fileset:6', originalFiles: ['OriginalFile:10', 'OriginalFile:11'] })],
  originalFile: [
    objectRecord({
      type: 'OriginalFile',
      ref: 'OriginalFile:10',
      path: 'plate 1/cells.ome.tiff',
      name: 'cells.ome.tiff',
      size: 5_000_000_000,
      mimetype: 'image/tiff',
      checksum: { algorithm: 'SHA-256', value: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    }),
  ],
};

/** One of each class of annotation, on an object or on its own. */
export const ANNOTATION_RECORDS: Readonly<Record<string, readonly OmeRecord[]>> = {
  mapAnnotation: [
    annotatedRecord(
      {
        type: 'MapAnnotation',
        ref: 'MapAnnotation:7',
        namespace: 'openmicroscopy.org/omero/client/mapAnnotation',
        description: 'by hand',
        annotator: 'Experimenter:2',
        date: '2026-02-03T04:05:06Z',
        value: [
          ['Organism', 'human'],
          ['Organism', 'Homo sapiens'],
          ['imaging_method', 'FIB-SEM'],
          ['Characteristics [Cell Line]', 'HeLa'],
          ['Cell Line Term Accession', 'CLO:0003684'],
          ['Image Name', 'a.tif'],
          ['lab jargon', 'x'],
          ['', 'no key'],
          ['no value', ''],
        ],
      },
      'Image:1',
      'Dataset:7',
    ),
  ],
  fileAnnotation: [
    annotatedRecord(
      {
        type: 'FileAnnotation',
        ref: 'FileAnnotation:12',
        namespace: 'n',
        file: { fileName: 'table.csv', size: 12, mimeType: 'text/csv' },
      },
      'Dataset:7',
    ),
  ],
  textAnnotations: [
    objectRecord(
      { type: 'Dataset', ref: 'Dataset:7' },
      {
        annotations: [
          { type: 'CommentAnnotation', ref: 'CommentAnnotation:1', value: 'a "quoted" remark' },
          { type: 'TagAnnotation', ref: 'TagAnnotation:2', value: 'mitosis', description: 'a tag' },
          { type: 'TermAnnotation', ref: 'TermAnnotation:3', value: 'GO:0000278' },
          { type: 'TimestampAnnotation', ref: 'TimestampAnnotation:4', value: '2026-01-01T00:00:00Z' },
          { type: 'XMLAnnotation', ref: 'XMLAnnotation:5', value: '<a b="c">d</a>' },
        ],
      },
    ),
  ],
  typedAnnotations: [
    annotatedRecord({ type: 'LongAnnotation', ref: 'LongAnnotation:6', value: '9223372036854775807' }, 'Image:1'),
    annotatedRecord({ type: 'DoubleAnnotation', ref: 'DoubleAnnotation:7', value: '1.50' }, 'Image:1'),
    annotatedRecord({ type: 'BooleanAnnotation', ref: 'BooleanAnnotation:8', value: true }, 'Image:1'),
    annotatedRecord({ type: 'ListAnnotation', ref: 'ListAnnotation:9', namespace: 'tags' }, 'Image:1'),
  ],
};

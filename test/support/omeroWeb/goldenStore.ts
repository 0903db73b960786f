import {
  type AnnotationLinkRow,
  type AnnotationRow,
  emptyRows,
  type ImageRow,
  type Millis,
  type PixelsRow,
} from './rows.js';
import type { Quantity, RoiRow, ServerRows, ShapeRow } from './rows.js';
import { openStore, type Store } from './store.js';

/** The small study of the golden answers: users ada, grace, root and public; groups of all levels; one of each class. */
export const goldenStore = (): Store => openStore(goldenRows());

/** Everybody's password in the golden study. */
export const GOLDEN_PASSWORD = 'secret';

const READ_ONLY = 3;
const ANNOTATE = 4;
const PRIVATE = 5;
const ADA = 2;
const GRACE = 3;
const IMPORTED = Date.UTC(2023, 10, 14, 22, 13, 20);
/** Annotations and links are made one a second, by the last digits of their ids. */
const annotated = (id: number): Millis => Date.UTC(2023, 10, 14, 22, 30, 0) + (id - 1000) * 1000;
const linked = (id: number): Millis => Date.UTC(2023, 10, 14, 23, 36, 40) + (id - 5000) * 1000;

/** The rows of the golden study. */
export function goldenRows(): ServerRows {
  return {
    ...emptyRows(),
    ...peopleRows(),
    ...containerRows(),
    ...plateRows(),
    images: imageRows(),
    rois: roiRows(),
    annotations: annotationRows(),
    annotationLinks: annotationLinkRows(),
    tagSets: [{ id: 5101, parent: 1004, child: 1003, owner: ADA }],
    files: [
      { id: 2001, name: 'bulk_annotations', path: '/', size: 4096, mimetype: 'OMERO.tables' },
      { id: 2002, name: 'protocol v2.pdf', path: '/home/ada/', size: 12345, mimetype: 'application/pdf' },
    ],
    filesets: [
      {
        id: 901,
        repo: ['ada_2/2023-11/14/22-13-20.000/cell_001.czi'],
        client: ['Users/ada/Desktop/cell_001.czi'],
      },
      { id: 902, repo: ['grace_3/2023-11/14/22-13-20.000/A_tiff.tif'], client: ['home/grace/A_tiff.tif'] },
    ],
    tables: [
      {
        file: 2001,
        columns: [
          { name: 'Well', type: 'WellColumn' },
          { name: 'Well Name', type: 'StringColumn' },
          { name: 'Gene', type: 'StringColumn' },
          { name: 'Concentration', type: 'DoubleColumn' },
        ],
        rowCount: 2,
        row: (index) => (index === 0 ? [431, 'a1', 'TUBB', 20] : [432, 'a2', 'H2BC1', 12.5]),
      },
    ],
    enums: {
      'PixelsType:uint8': 3,
      'PixelsType:uint16': 6,
      'Illumination:Epifluorescence': 1,
      'AcquisitionMode:LaserScanningConfocalMicroscopy': 2,
      'ContrastMethod:Fluorescence': 3,
      'PhotometricInterpretation:Monochrome': 5,
    },
  };
}

function peopleRows(): Pick<ServerRows, 'users' | 'groups'> {
  const password = GOLDEN_PASSWORD;
  const blank = { middleName: '', email: '' };
  return {
    users: [
      { id: 0, userName: 'root', firstName: 'root', lastName: 'root', ...blank, password },
      { id: 1, userName: 'guest', firstName: 'Guest', lastName: 'Account', ...blank },
      {
        id: ADA,
        userName: 'ada',
        firstName: 'Ada',
        middleName: 'M.',
        lastName: 'Lovelace',
        email: 'ada@example.org',
        institution: 'Analytical Institute',
        password,
        defaultGroup: ANNOTATE,
      },
      { id: GRACE, userName: 'grace', firstName: 'Grace', lastName: 'Hopper', ...blank, password },
      { id: 4, userName: 'public', firstName: 'Public', lastName: 'User', password },
    ],
    groups: [
      { id: 0, name: 'system', perm: 'rw----', members: [0] },
      { id: 1, name: 'user', perm: 'rwr---', members: [0, ADA, GRACE, 4] },
      { id: 2, name: 'guest', perm: 'rwr---', members: [1] },
      { id: READ_ONLY, name: 'lab-readonly', description: 'Read-only lab group', perm: 'rwr---', members: [ADA, 4] },
      {
        id: ANNOTATE,
        name: 'lab-annotate',
        description: 'Read-annotate lab group',
        perm: 'rwra--',
        members: [ADA, GRACE],
        leaders: [ADA],
      },
      { id: PRIVATE, name: 'private-lab', perm: 'rw----', members: [GRACE] },
    ],
  };
}

function containerRows(): Pick<ServerRows, 'projects' | 'datasets' | 'projectDatasets' | 'datasetImages'> {
  const ofAda = { owner: ADA, group: ANNOTATE };
  const ofGrace = { owner: GRACE, group: ANNOTATE };
  const description = 'Live cell imaging of HeLa H2B-GFP.\nSecond line with "quotes" & <angle> and µ.';
  return {
    projects: [
      { id: 101, ...ofAda, name: 'Mitosis time-lapse', description },
      { id: 102, ...ofGrace, name: 'Empty project' },
      { id: 103, owner: GRACE, group: PRIVATE, name: 'Secret plans', description: '' },
    ],
    datasets: [
      { id: 201, ...ofAda, name: 'control', description: 'untreated' },
      { id: 202, ...ofAda, name: 'nocodazole 100 nM' },
      { id: 203, ...ofGrace, name: 'Orphan dataset' },
    ],
    projectDatasets: [
      { id: 3001, parent: 101, child: 201, owner: ADA },
      { id: 3002, parent: 101, child: 202, owner: ADA },
      { id: 3003, parent: 102, child: 202, owner: GRACE },
    ],
    datasetImages: [
      { id: 3011, parent: 201, child: 301, owner: ADA },
      { id: 3012, parent: 201, child: 302, owner: ADA },
      { id: 3013, parent: 202, child: 302, owner: ADA },
    ],
  };
}

function plateRows(): Pick<ServerRows, 'screens' | 'plates' | 'plateAcquisitions' | 'wells' | 'screenPlates'> {
  const lab = { owner: ADA, group: READ_ONLY };
  const origin: Quantity = [0, 'REFERENCEFRAME'];
  const conventions = { columnNamingConvention: 'number', rowNamingConvention: 'letter' };
  const at = (x: number): { positionX: Quantity; positionY: Quantity } => ({
    positionX: [x, 'REFERENCEFRAME'],
    positionY: [36711.98, 'REFERENCEFRAME'],
  });
  return {
    screens: [
      {
        id: 401,
        ...lab,
        name: 'siRNA screen',
        description: 'Genome-wide',
        protocolDescription: 'Protocol text',
        protocolIdentifier: 'PROT-1',
        reagentSetDescription: 'Reagent set',
        reagentSetIdentifier: 'RS-1',
        type: 'primary',
      },
    ],
    plates: [
      {
        id: 411,
        ...lab,
        ...conventions,
        name: 'plate1',
        columns: 3,
        rows: 2,
        externalIdentifier: '003857',
        status: 'done',
        wellOriginX: origin,
        wellOriginY: origin,
      },
      { id: 412, owner: GRACE, group: ANNOTATE, ...conventions, name: 'orphan plate', columns: 12, rows: 8 },
      { id: 413, ...lab, name: 'plate with empty run', columns: 3, rows: 2 },
    ],
    plateAcquisitions: [
      {
        id: 421,
        ...lab,
        plate: 411,
        name: 'Run 1',
        maximumFieldCount: 2,
        startTime: 1252938959000,
        endTime: 1252939813000,
      },
      { id: 422, ...lab, plate: 413 },
    ],
    wells: [
      {
        id: 431,
        ...lab,
        plate: 411,
        column: 0,
        row: 0,
        externalDescription: 'siRNA pool',
        externalIdentifier: 'W-A01',
        type: 'sample',
        color: -16776961,
        status: 'ok',
        samples: [
          { id: 441, image: 304, plateAcquisition: 421, ...at(21864.47), timepoint: 1252939626000 },
          { id: 442, image: 305, plateAcquisition: 421, ...at(21964.47) },
        ],
      },
      { id: 432, ...lab, plate: 411, column: 1, row: 0, samples: [] },
    ],
    screenPlates: [{ id: 3021, parent: 401, child: 411, owner: ADA }],
  };
}

const SHA1 = 'c25a0cecaae3bcba80528f13f796cf70c0a2caf2';

function imageRows(): ImageRow[] {
  const um = (value: number): Quantity => [value, 'MICROMETER'];
  const nm = (value: number): Quantity => [value, 'NANOMETER'];
  const pixels = (id: number, sizeX: number, sizeY: number, more: Partial<PixelsRow>): PixelsRow => ({
    id,
    type: 'uint16',
    significantBits: 16,
    sha1: SHA1,
    sizeX,
    sizeY,
    sizeZ: 1,
    sizeC: 1,
    sizeT: 1,
    ...more,
  });
  const channel = (id: number) => ({
    id,
    logicalChannel: id + 100,
    samplesPerPixel: 1,
    photometricInterpretation: 'Monochrome',
  });
  const field = { physicalSizeX: um(0.65), physicalSizeY: um(0.65) };
  const ofAda = { owner: ADA, group: ANNOTATE, importDate: IMPORTED, fileset: 901 };
  const inWell = { owner: ADA, group: READ_ONLY, importDate: IMPORTED };
  return [
    {
      id: 301,
      ...ofAda,
      name: 'cell_001.czi [Scene #1]',
      description: 'first scene',
      acquisitionDate: 1672531200000,
      series: 0,
      externalInfo: {
        id: 11,
        entityId: 301,
        entityType: 'LabID:Image',
        lsid: 'https://labid.example.org/id/abc',
        uuid: '0f8fad5b-d9cb-469f-a165-70867728950e',
      },
      pixels: pixels(501, 1024, 512, {
        physicalSizeX: um(0.325),
        physicalSizeY: um(0.325),
        physicalSizeZ: um(1),
        sizeZ: 5,
        sizeC: 2,
        sizeT: 3,
        timeIncrement: [30, 'SECOND'],
        channels: [
          {
            ...channel(601),
            color: 16711935,
            emissionWavelength: nm(509.5),
            excitationWavelength: nm(488),
            fluor: 'EGFP',
            name: 'H2B-GFP',
            ndFilter: 0.5,
            pinholeSize: um(44.5),
            illumination: 'Epifluorescence',
            acquisitionMode: 'LaserScanningConfocalMicroscopy',
          },
          {
            ...channel(602),
            color: -16776961,
            lookupTable: 'fire.lut',
            emissionWavelength: nm(610),
            excitationWavelength: nm(561),
            fluor: 'mCherry',
            name: 'mCherry-Tubulin',
            contrastMethod: 'Fluorescence',
          },
        ],
      }),
    },
    {
      id: 302,
      ...ofAda,
      name: 'cell_001.czi [Scene #2]',
      acquisitionDate: 1672531260000,
      series: 1,
      pixels: pixels(502, 1024, 512, {
        physicalSizeX: nm(325),
        physicalSizeY: nm(325),
        significantBits: 12,
        channels: [channel(603)],
      }),
    },
    {
      id: 303,
      owner: GRACE,
      group: ANNOTATE,
      importDate: IMPORTED,
      fileset: 902,
      name: 'A_tiff.tif',
      description: '',
      series: 0,
      pixels: pixels(503, 640, 480, {
        type: 'uint8',
        significantBits: 8,
        sizeC: 3,
        channels: [{ ...channel(604), color: -16776961, samplesPerPixel: 3 }],
      }),
    },
    {
      id: 304,
      ...inWell,
      name: 'plate1.HTD [Well A01 Field #1]',
      acquisitionDate: 1252939626000,
      series: 0,
      pixels: pixels(504, 512, 512, { ...field, channels: [channel(605)] }),
    },
    {
      id: 305,
      ...inWell,
      name: 'plate1.HTD [Well A01 Field #2]',
      acquisitionDate: 1252939630000,
      series: 1,
      pixels: pixels(505, 512, 512, { ...field, channels: [channel(606)] }),
    },
    {
      id: 306,
      owner: GRACE,
      group: PRIVATE,
      importDate: IMPORTED,
      name: 'secret.tif',
      pixels: pixels(506, 64, 64, { channels: [channel(607)] }),
    },
  ];
}

function roiRows(): RoiRow[] {
  const points = '10,10 20,20 30,10';
  const font = { fontFamily: 'sans-serif', fontStyle: 'Normal' };
  const shapes: ShapeRow[] = [
    {
      id: 811,
      type: 'Rectangle',
      fillColor: 1073741824,
      ...font,
      fontSize: [12, 'POINT'],
      locked: false,
      strokeColor: -993737532,
      strokeWidth: [1, 'PIXEL'],
      text: 'n1',
      theT: 2,
      theZ: 1,
      transform: { id: 7811, a00: 1, a10: 0, a01: 0.5, a11: 0, a02: 1, a12: -3 },
      x: 10,
      y: 20,
      width: 98,
      height: 135.5,
    },
    { id: 812, type: 'Ellipse', theC: 0, x: 5, y: 6, radiusX: 2.5, radiusY: 3.5 },
    { id: 813, type: 'Point', text: 'Point µ', x: 1.5, y: 2.5 },
    { id: 814, type: 'Line', x1: 0, y1: 0, x2: 10, y2: 12, markerStart: 'Arrow', markerEnd: 'Arrow' },
    { id: 815, type: 'Polyline', points },
    { id: 816, type: 'Polygon', strokeColor: 16711935, points },
    { id: 817, type: 'Label', ...font, fontSize: [14, 'POINT'], text: 'label text', x: 3, y: 4 },
    { id: 818, type: 'Mask', fillColor: 65535, x: 0, y: 0, width: 8, height: 8 },
  ];
  return [
    { id: 801, owner: ADA, group: ANNOTATE, image: 301, name: 'nucleus', description: 'segmented', shapes },
    { id: 802, owner: GRACE, group: ANNOTATE, image: 301, shapes: [] },
  ];
}

function annotationRows(): AnnotationRow[] {
  const by = (id: number, owner: number, ns?: string) => ({
    id,
    owner,
    group: ANNOTATE,
    date: annotated(id),
    ...(ns === undefined ? {} : { ns }),
  });
  const omero = 'openmicroscopy.org';
  return [
    {
      ...by(1001, ADA, `${omero}/omero/client/mapAnnotation`),
      class: 'MapAnnotationI',
      values: [
        ['Organism', 'Homo sapiens'],
        ['Cell line', 'HeLa'],
        ['Gene', 'TUBB'],
        ['Gene', 'H2BC1'],
        ['', ''],
        ['µ-key', 'value with "quotes"\nand newline'],
      ],
    },
    {
      ...by(1002, GRACE, `${omero}/mapr/organism`),
      description: 'bulk',
      class: 'MapAnnotationI',
      values: [['Organism', 'Homo sapiens']],
    },
    { ...by(1003, ADA), description: 'mitotic phase', class: 'TagAnnotationI', textValue: 'metaphase' },
    {
      ...by(1004, ADA, `${omero}/omero/insight/tagset`),
      description: 'phases',
      class: 'TagAnnotationI',
      textValue: 'Mitosis phases',
    },
    { ...by(1005, GRACE), class: 'CommentAnnotationI', textValue: 'Check focus at T=2' },
    { ...by(1006, ADA, `${omero}/omero/bulk_annotations`), class: 'FileAnnotationI', file: 2001 },
    { ...by(1007, ADA), description: 'protocol', class: 'FileAnnotationI', file: 2002 },
    { ...by(1008, GRACE, `${omero}/omero/insight/rating`), class: 'LongAnnotationI', longValue: 4 },
    { ...by(1009, ADA, 'example.org/snr'), class: 'DoubleAnnotationI', doubleValue: 12.75 },
    { ...by(1010, ADA, 'example.org/qc'), class: 'BooleanAnnotationI', boolValue: true },
    { ...by(1011, ADA, 'example.org/fixed-at'), class: 'TimestampAnnotationI', timeValue: 1672531200000 },
    { ...by(1012, ADA, 'example.org/go'), class: 'TermAnnotationI', termValue: 'GO:0000278' },
    {
      ...by(1013, ADA, 'example.org/xml'),
      description: 'xml note',
      class: 'XmlAnnotationI',
      textValue: '<a xmlns="http://x.org/">1 &lt; 2</a>',
    },
    { ...by(1014, ADA, `${omero}/omero/client/mapAnnotation`), class: 'MapAnnotationI', values: [] },
  ];
}

/** Parent and annotation of the links 5001 and following; the third place is an owner other than ada. */
const LINKS = [
  ['Project', 101, 1001],
  ['Project', 101, 1003],
  ['Dataset', 201, 1005, GRACE],
  ['Dataset', 202, 1002, GRACE],
  ['Image', 301, 1001],
  ['Image', 301, 1002, GRACE],
  ['Image', 301, 1003, GRACE],
  ['Image', 301, 1005, GRACE],
  ['Image', 301, 1007],
  ['Image', 301, 1008, GRACE],
  ['Image', 301, 1009],
  ['Image', 301, 1010],
  ['Image', 301, 1011],
  ['Image', 301, 1012],
  ['Image', 301, 1013],
  ['Image', 302, 1001],
  ['Image', 302, 1014],
  ['Screen', 401, 1002],
  ['Plate', 411, 1006],
  ['PlateAcquisition', 421, 1005, GRACE],
  ['Well', 431, 1002],
  ['Screen', 401, 1006],
] as const;

const annotationLinkRows = (): AnnotationLinkRow[] =>
  LINKS.map(([parentType, parent, annotation, owner = ADA], at) => ({
    id: 5001 + at,
    parentType,
    parent,
    annotation,
    owner,
    date: linked(5001 + at),
  }));

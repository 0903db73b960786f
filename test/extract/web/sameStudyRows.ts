import type { AnnotatedType, AnnotationLinkRow, AnnotationRow, ServerRows } from '../../support/omeroWeb/rows.js';
import { emptyRows } from '../../support/omeroWeb/rows.js';

const ADA = 2;
const GRACE = 3;
const LAB = 4;
const SCREENING = 5;
export const STUDY_READER = { username: 'reader', password: 'a word to read with' };

const TAG_SET = 'openmicroscopy.org/omero/insight/tagset';
const MAP = 'openmicroscopy.org/omero/client/mapAnnotation';
const at = (text: string): number => Date.parse(text);
const IMPORTED = at('2023-11-14T22:13:20Z');
const ANNOTATED = at('2023-11-15T08:00:00Z');
const um = (value: number) => [value, 'MICROMETER'] as const;
const nm = (value: number) => [value, 'NANOMETER'] as const;
const frame = (value: number) => [value, 'REFERENCEFRAME'] as const;

const annotation = (id: number, owner: number, ns?: string) => ({
  id,
  owner,
  group: LAB,
  date: ANNOTATED,
  ...(ns !== undefined && { ns }),
});

/** One annotation of each class, and what is special about some. */
const ANNOTATIONS: readonly AnnotationRow[] = [
  {
    ...annotation(1001, ADA, MAP),
    class: 'MapAnnotationI',
    values: [
      ['Organism', 'Homo sapiens'],
      ['Cell line', 'HeLa'],
      ['Gene', 'TUBB'],
      ['', ''],
      ['µ-key', 'value with "quotes"\nand newline'],
    ],
  },
  {
    ...annotation(1002, GRACE, 'openmicroscopy.org/mapr/gene'),
    description: 'from a table',
    class: 'MapAnnotationI',
    values: [
      ['Gene', 'TUBB'],
      ['Gene', 'H2BC1'],
    ],
  },
  { ...annotation(1003, ADA), description: 'mitotic phase', class: 'TagAnnotationI', textValue: 'metaphase' },
  { ...annotation(1004, ADA, TAG_SET), description: 'phases', class: 'TagAnnotationI', textValue: 'Mitosis phases' },
  { ...annotation(1005, GRACE), class: 'CommentAnnotationI', textValue: 'Check focus at T=2' },
  { ...annotation(1006, ADA), description: 'protocol', class: 'FileAnnotationI', file: 2002 },
  { ...annotation(1007, GRACE, 'openmicroscopy.org/omero/insight/rating'), class: 'LongAnnotationI', longValue: 4 },
  { ...annotation(1008, ADA, 'example.org/count'), class: 'LongAnnotationI', longValue: 9007199254740995n },
  { ...annotation(1009, ADA, 'example.org/snr'), class: 'DoubleAnnotationI', doubleValue: 12.75 },
  { ...annotation(1010, ADA, 'example.org/whole'), class: 'DoubleAnnotationI', doubleValue: 5 },
  { ...annotation(1011, ADA, 'example.org/qc'), class: 'BooleanAnnotationI', boolValue: true },
  {
    ...annotation(1012, ADA, 'example.org/fixed-at'),
    class: 'TimestampAnnotationI',
    timeValue: at('2023-01-01T00:00:00Z'),
  },
  { ...annotation(1013, ADA, 'example.org/go'), class: 'TermAnnotationI', termValue: 'GO:0000278' },
  {
    ...annotation(1014, ADA, 'example.org/xml'),
    description: 'xml note',
    class: 'XmlAnnotationI',
    textValue: '<a xmlns="http://x.org/">1 &lt; 2</a>',
  },
  { ...annotation(1015, ADA, 'example.org/list'), class: 'ListAnnotationI' },
  { ...annotation(1016, ADA, MAP), class: 'MapAnnotationI', values: [] },
  { ...annotation(1017, ADA, 'openmicroscopy.org/omero/bulk_annotations'), class: 'FileAnnotationI', file: 2001 },
];

/** Which annotations each object carries. */
const CARRIED: readonly (readonly [type: AnnotatedType, id: number, annotations: readonly number[]])[] = [
  ['Project', 101, [1001, 1003, 1006]],
  ['Project', 102, [1003]],
  ['Dataset', 201, [1005, 1017]],
  ['Image', 301, [1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 1016]],
  ['Image', 302, [1001, 1002]],
  ['Image', 303, [1003]],
  ['Image', 304, [1002]],
  ['Screen', 401, [1001, 1003]],
  ['Plate', 411, [1005]],
  ['PlateAcquisition', 421, [1007]],
  ['Well', 431, [1002, 1007]],
];

function links(): AnnotationLinkRow[] {
  let id = 5000;
  return CARRIED.flatMap(([parentType, parent, annotations]) =>
    annotations.map((carried) => ({
      id: (id += 1),
      parentType,
      parent,
      annotation: carried,
      owner: GRACE,
      date: ANNOTATED,
    })),
  );
}

/** The study as an OMERO server keeps it. */
export function studyRows(): ServerRows {
  const lab = { owner: ADA, group: LAB };
  const screening = { owner: ADA, group: SCREENING };
  const pixels = { type: 'uint16', significantBits: 12, sizeX: 512, sizeY: 256, sizeZ: 1, sizeC: 1, sizeT: 1 };
  return {
    ...emptyRows(),
    users: [
      {
        id: ADA,
        userName: 'ada',
        firstName: 'Ada',
        middleName: 'M.',
        lastName: 'Lovelace',
        email: 'ada@example.org',
        institution: 'Analytical Institute',
      },
      { id: GRACE, userName: 'grace', firstName: 'Grace', lastName: 'Hopper' },
      {
        id: 9,
        userName: STUDY_READER.username,
        password: STUDY_READER.password,
        firstName: 'Some',
        lastName: 'Reader',
      },
    ],
    groups: [
      { id: LAB, name: 'lab', description: 'Read-annotate lab group', perm: 'rwra--', members: [ADA, GRACE, 9] },
      { id: SCREENING, name: 'screening', perm: 'rwr---', members: [ADA, GRACE, 9] },
    ],
    projects: [
      { id: 101, ...lab, name: 'Mitosis time-lapse', description: 'HeLa H2B-GFP.\nA second line with "quotes" & <µ>' },
      { id: 102, owner: GRACE, group: LAB, name: 'Reanalysis' },
    ],
    datasets: [
      { id: 201, ...lab, name: 'control', description: 'untreated' },
      { id: 202, ...lab, name: 'shared by two projects' },
      { id: 203, owner: GRACE, group: SCREENING, name: 'in no project' },
    ],
    images: [
      {
        id: 301,
        ...lab,
        name: 'cell_001.czi [Scene #1]',
        description: 'first scene',
        acquisitionDate: at('2023-01-01T00:00:00Z'),
        importDate: IMPORTED,
        series: 0,
        fileset: 901,
        externalInfo: {
          id: 11,
          entityId: 301,
          entityType: 'LabID:Image',
          lsid: 'https://labid.example.org/id/abc',
          uuid: '0f8fad5b-d9cb-469f-a165-70867728950e',
        },
        pixels: {
          ...pixels,
          id: 501,
          sizeC: 4,
          sizeZ: 5,
          sizeT: 3,
          physicalSizeX: um(0.325),
          physicalSizeY: um(0.325),
          physicalSizeZ: um(1),
          timeIncrement: [30, 'SECOND'],
          methodology: 'unknown',
          sha1: 'c25a0cecaae3bcba80528f13f796cf70c0a2caf2',
          channels: [
            {
              id: 601,
              logicalChannel: 701,
              color: 16711935,
              emissionWavelength: nm(509.5),
              excitationWavelength: nm(488),
              fluor: 'EGFP',
              name: 'H2B-GFP',
              ndFilter: 0.5,
              pinholeSize: um(44.5),
              pockelCellSetting: 3,
              samplesPerPixel: 1,
              contrastMethod: 'Fluorescence',
              illumination: 'Epifluorescence',
              acquisitionMode: 'LaserScanningConfocalMicroscopy',
              photometricInterpretation: 'Monochrome',
            },
            { id: 602, logicalChannel: 702, color: -16776961, lookupTable: 'fire.lut', samplesPerPixel: 3 },
          ],
        },
      },
      {
        id: 302,
        ...lab,
        name: 'in two datasets',
        acquisitionDate: at('2023-01-01T00:01:00.250Z'),
        importDate: IMPORTED,
        series: 1,
        fileset: 901,
        pixels: {
          ...pixels,
          id: 502,
          physicalSizeX: nm(325),
          physicalSizeY: [2.5, 'PIXEL'],
          timeIncrement: [0.5, 'MILLISECOND'],
          channels: [{ id: 603, logicalChannel: 703 }],
        },
      },
      {
        id: 303,
        owner: GRACE,
        group: LAB,
        name: 'orphaned',
        importDate: IMPORTED,
        series: 0,
        fileset: 902,
        pixels: { ...pixels, id: 503, type: 'float', channels: [{ id: 604, logicalChannel: 704 }] },
      },
      ...[304, 305].map((id, i) => ({
        id,
        ...screening,
        name: `plate [Well A${i + 1}]`,
        importDate: IMPORTED,
        series: i,
        fileset: 903,
        pixels: { ...pixels, id: id + 200, channels: [{ id: id + 301, logicalChannel: id + 401 }] },
      })),
    ],
    screens: [
      {
        id: 401,
        ...screening,
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
        ...screening,
        name: 'plate1',
        description: 'the first',
        columnNamingConvention: 'number',
        rowNamingConvention: 'letter',
        columns: 3,
        rows: 2,
        defaultSample: 0,
        externalIdentifier: '003857',
        status: 'done',
        wellOriginX: frame(0),
        wellOriginY: um(1.5),
      },
      { id: 412, ...screening, name: 'a plate in no screen' },
    ],
    plateAcquisitions: [
      {
        id: 421,
        ...screening,
        plate: 411,
        name: 'Run 1',
        description: 'morning',
        maximumFieldCount: 2,
        startTime: at('2009-09-14T14:35:59Z'),
        endTime: at('2009-09-14T14:50:13Z'),
      },
      { id: 422, ...screening, plate: 411, name: 'Run 2' },
    ],
    wells: [
      {
        id: 431,
        ...screening,
        plate: 411,
        column: 0,
        row: 0,
        externalDescription: 'siRNA pool',
        externalIdentifier: 'W-A01',
        type: 'sample',
        color: -16776961,
        status: 'ok',
        samples: [
          {
            id: 441,
            image: 304,
            plateAcquisition: 421,
            positionX: frame(21964.47),
            positionY: frame(-36711.98),
            timepoint: at('2009-09-14T14:40:00Z'),
          },
        ],
      },
      {
        id: 432,
        ...screening,
        plate: 411,
        column: 1,
        row: 0,
        samples: [{ id: 442, image: 305, plateAcquisition: 422 }],
      },
    ],
    rois: [
      {
        id: 801,
        ...lab,
        image: 301,
        name: 'nucleus',
        description: 'segmented',
        shapes: [
          {
            id: 811,
            type: 'Rectangle',
            fillColor: 1073741824,
            fillRule: 'EvenOdd',
            fontFamily: 'sans-serif',
            fontSize: [12, 'POINT'],
            fontStyle: 'Normal',
            locked: false,
            strokeColor: -993737532,
            strokeDashArray: '5 2',
            strokeWidth: [1, 'PIXEL'],
            text: 'n1',
            theC: 0,
            theT: 2,
            theZ: 1,
            transform: { id: 7811, a00: 1, a10: 0, a01: 0.5, a11: 0, a02: 1, a12: -3 },
            x: 10,
            y: 20,
            width: 98,
            height: 135.5,
          },
          { id: 812, type: 'Ellipse', x: 5, y: 6, radiusX: 2.5, radiusY: 3.5 },
          { id: 813, type: 'Point', text: 'Point µ', x: 1.5, y: 2.5 },
          { id: 814, type: 'Line', x1: 0, y1: 0, x2: 10, y2: 12, markerStart: 'Arrow', markerEnd: 'Arrow' },
          { id: 815, type: 'Polyline', points: '10,10 20,20 30,10' },
          { id: 816, type: 'Polygon', strokeColor: 16711935, points: '10,10 20,20 30,10' },
          { id: 817, type: 'Label', fontSize: [14, 'POINT'], text: 'label text', x: 3, y: 4 },
        ],
      },
      {
        id: 802,
        ...lab,
        image: 302,
        shapes: [{ id: 818, type: 'Mask', fillColor: 65535, x: 0, y: 0, width: 8, height: 8 }],
      },
    ],
    annotations: [...ANNOTATIONS],
    annotationLinks: links(),
    projectDatasets: [
      { id: 1, parent: 101, child: 201, owner: ADA },
      { id: 2, parent: 101, child: 202, owner: ADA },
      { id: 3, parent: 102, child: 202, owner: GRACE },
      { id: 4, parent: 102, child: 202, owner: ADA },
    ],
    datasetImages: [
      { id: 1, parent: 201, child: 301, owner: ADA },
      { id: 2, parent: 201, child: 302, owner: ADA },
      { id: 3, parent: 202, child: 302, owner: GRACE },
    ],
    screenPlates: [{ id: 1, parent: 401, child: 411, owner: ADA }],
    tagSets: [{ id: 1, parent: 1004, child: 1003, owner: ADA }],
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
      { id: 902, repo: ['grace_3/2023-11/14/22-13-20.000/orphan.tif'], client: ['home/grace/orphan.tif'] },
      { id: 903, repo: ['ada_2/2023-11/14/22-13-20.000/plate.HTD'], client: ['home/ada/plate.HTD'] },
    ],
    tables: [
      {
        file: 2001,
        columns: [
          { name: 'Image', type: 'ImageColumn' },
          { name: 'Compound', type: 'StringColumn' },
        ],
        rowCount: 1,
        row: () => [301, 'nocodazole'],
      },
    ],
  };
}

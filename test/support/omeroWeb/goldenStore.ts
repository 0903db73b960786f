import { annotationLinkRows, annotationRows } from './goldenAnnotations.js';
import { imageRows, roiRows } from './goldenImages.js';
import { ADA, ANNOTATE, GRACE, peopleRows, PRIVATE, READ_ONLY } from './goldenPeople.js';
import { emptyRows, type Quantity, type ServerRows } from './rows.js';
import { openStore, type Store } from './store.js';

export { GOLDEN_PASSWORD } from './goldenPeople.js';

/** The small study of the golden answers: users ada, grace, root and public; groups of all levels; one of each class. */
export const goldenStore = (): Store => openStore(goldenRows());

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

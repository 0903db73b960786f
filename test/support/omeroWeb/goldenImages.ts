import { ADA, ANNOTATE, GRACE, PRIVATE, READ_ONLY } from './goldenPeople.js';
import type { ImageRow, PixelsRow, Quantity, RoiRow, ShapeRow } from './rows.js';

const IMPORTED = Date.UTC(2023, 10, 14, 22, 13, 20);
const SHA1 = 'c25a0cecaae3bcba80528f13f796cf70c0a2caf2';

/** Images of the golden study. */
export function imageRows(): ImageRow[] {
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

/** ROIs of the golden study, with a shape of each class. */
export function roiRows(): RoiRow[] {
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

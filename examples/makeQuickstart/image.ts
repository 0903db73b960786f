import { annotationRefs, lsid, owner, ref, spots, uuidOf } from './common.js';
import { el, type XmlElement } from './xml.js';

const SIZE = 16;

/** What differs between the images of the study. */
export interface ImageSpec {
  /** Number of the image in its file. */
  readonly index: number;
  readonly name: string;
  readonly description?: string;
  readonly date?: string;
  readonly channels: readonly XmlElement[];
  readonly frames: number;
  /** Seconds from one frame to the next. */
  readonly interval?: number;
  /** Instrument and objective by their LSID names; left out when the file does not say. */
  readonly instrument?: readonly [instrument: string, objective: string, medium: string];
  /** Sample distance in µm. */
  readonly physicalSize?: number;
  /** Exposure time per channel in ms. */
  readonly exposures?: readonly number[];
  readonly stage?: readonly [x: number, y: number];
  readonly environment?: XmlElement;
  readonly experiment?: string;
  readonly annotations: readonly XmlElement[];
  readonly rois: readonly XmlElement[];
  readonly bigEndian: boolean;
}

/** The planes of an image in the order XYCZT. */
export const planesOf = (image: ImageSpec, seed: number): Uint16Array[] =>
  spots(seed, image.channels.length * image.frames, SIZE);
export const SIZE_XY = { x: SIZE, y: SIZE } as const;

/** TiffData for each plane, as it lies in `fileName`. */
export const tiffData = (image: ImageSpec, fileName: string): XmlElement[] =>
  planePositions(image).map(([c, t], ifd) =>
    el(
      'TiffData',
      { IFD: ifd, FirstZ: 0, FirstC: c, FirstT: t, PlaneCount: 1 },
      el('UUID', { FileName: fileName }, uuidOf(fileName)),
    ),
  );

/** The planes themselves as base64 inside the XML. */
export const binData = (image: ImageSpec, planes: readonly Uint16Array[]): XmlElement[] =>
  planes.map((plane) => {
    const bytes = Buffer.alloc(plane.length * 2);
    for (const [i, value] of plane.entries()) {
      if (image.bigEndian) bytes.writeUInt16BE(value, i * 2);
      else bytes.writeUInt16LE(value, i * 2);
    }
    const text = bytes.toString('base64');
    return el('BinData', { BigEndian: image.bigEndian, Length: text.length }, text);
  });

/** The Image element with its pixel storage. */
export function imageElement(image: ImageSpec, storage: readonly XmlElement[]): XmlElement {
  const id = (type: string) => `${type}:${image.index}`;
  return el(
    'Image',
    { ID: id('Image'), Name: image.name },
    image.date === undefined ? undefined : el('AcquisitionDate', {}, image.date),
    owner[0],
    image.description === undefined ? undefined : el('Description', {}, image.description),
    image.experiment === undefined ? undefined : ref('ExperimentRef', image.experiment),
    owner[1],
    image.instrument && ref('InstrumentRef', lsid('Instrument', image.instrument[0])),
    image.instrument &&
      el('ObjectiveSettings', {
        ID: lsid('Objective', image.instrument[1]),
        Medium: image.instrument[2],
        RefractiveIndex: image.instrument[2] === 'Oil' ? 1.518 : 1,
      }),
    image.environment,
    el(
      'Pixels',
      {
        ID: id('Pixels'),
        DimensionOrder: 'XYCZT',
        Type: 'uint16',
        SignificantBits: 12,
        Interleaved: false,
        BigEndian: image.bigEndian,
        SizeX: SIZE,
        SizeY: SIZE,
        SizeZ: 1,
        SizeC: image.channels.length,
        SizeT: image.frames,
        PhysicalSizeX: image.physicalSize,
        PhysicalSizeY: image.physicalSize,
        TimeIncrement: image.interval,
      },
      image.channels.map((channel, c) => ({
        ...channel,
        attributes: { ID: `Channel:${image.index}:${c}`, ...channel.attributes },
      })),
      storage,
      image.exposures && planePositions(image).map(([c, t]) => planeElement(image, c, t)),
    ),
    image.rois.map((roi) => ref('ROIRef', String(roi.attributes.ID))),
    annotationRefs(...image.annotations),
  );
}

function planeElement(image: ImageSpec, c: number, t: number): XmlElement {
  const [x, y] = image.stage ?? [];
  return el('Plane', {
    TheZ: 0,
    TheT: t,
    TheC: c,
    // the channels are taken one after the other, half a second apart
    DeltaT: t * (image.interval ?? 0) + c * 0.5,
    ExposureTime: image.exposures?.[c],
    ExposureTimeUnit: 'ms',
    PositionX: x,
    PositionXUnit: x === undefined ? undefined : 'µm',
    PositionY: y,
    PositionYUnit: y === undefined ? undefined : 'µm',
  });
}

function planePositions(image: ImageSpec): [c: number, t: number][] {
  return Array.from({ length: image.frames }, (_, t) =>
    image.channels.map((_channel, c): [number, number] => [c, t]),
  ).flat();
}

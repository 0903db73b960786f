import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Writes a synthetic OME-XML 2016-06 file of about so many bytes: images with so many planes (a multiple of 32) and TiffData, ROIs with shapes and
 * map annotations, all linked, in the mixture of a real screening companion file. The same size gives the same bytes.
 */
export function generateOmeXml(
  path: string,
  bytes: number,
  planes = 128,
): { readonly images: number; readonly bytes: number } {
  const file = openSync(path, 'w');
  let written = 0;
  let part = '';
  const write = (text: string): void => {
    part += text;
    if (part.length < 1 << 20) return;
    written += writeSync(file, part);
    part = '';
  };
  write(HEAD);
  let images = 0;
  // The annotation and the regions of each image come after all images.
  while (written + part.length + images * REST_BYTES < bytes) {
    image(images, planes, write);
    images += 1;
  }
  write('<StructuredAnnotations>\n');
  for (let i = 0; i < images; i += 1) annotation(i, write);
  write('</StructuredAnnotations>\n');
  for (let i = 0; i < images; i += 1) for (let j = 0; j < ROIS; j += 1) roi(i, j, write);
  write('</OME>\n');
  written += writeSync(file, part);
  closeSync(file);
  return { images, bytes: written };
}

const ROIS = 12;
/** About what the annotation and the regions of one image take. */
const REST_BYTES = 18_300;
const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" UUID="urn:uuid:0f6a1c9e-0000-4000-8000-000000000000" Creator="omegraph bench" xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd">
<Instrument ID="Instrument:0">
<Microscope Manufacturer="Zeiss" Model="Axio Observer" Type="Inverted"/>
<Laser ID="LightSource:0" Model="488" Power="20.0" PowerUnit="mW" Type="SolidState" Wavelength="488.0" WavelengthUnit="nm"/>
<Detector ID="Detector:0" Model="Orca" Type="CMOS"/>
<Objective ID="Objective:0" LensNA="1.4" NominalMagnification="63.0" Immersion="Oil" Correction="PlanApo" WorkingDistance="190.0" WorkingDistanceUnit="µm"/>
</Instrument>
`;

function image(i: number, planes: number, write: (text: string) => void): void {
  write(`<Image ID="Image:${i}" Name="plate_0001_${well(i)}_field_${i % 9} [µ-slide]">
<AcquisitionDate>2026-01-02T03:${two(i)}:05</AcquisitionDate>
<Description>Cells of well ${well(i)}, stained &amp; fixed, field ${i % 9}.</Description>
<InstrumentRef ID="Instrument:0"/>
<ObjectiveSettings ID="Objective:0" Medium="Oil" RefractiveIndex="1.518"/>
<Pixels ID="Pixels:${i}" DimensionOrder="XYZCT" Type="uint16" SignificantBits="16" BigEndian="false" Interleaved="false" SizeX="2048" SizeY="2048" SizeZ="16" SizeC="2" SizeT="${planes / 32}" PhysicalSizeX="0.108" PhysicalSizeXUnit="µm" PhysicalSizeY="0.108" PhysicalSizeYUnit="µm" PhysicalSizeZ="0.3" PhysicalSizeZUnit="µm">
`);
  for (let c = 0; c < 2; c += 1) {
    write(`<Channel ID="Channel:${i}:${c}" Name="${c === 0 ? 'DAPI' : 'GFP'}" SamplesPerPixel="1" Color="${c === 0 ? 65535 : 16711935}" AcquisitionMode="SpinningDiskConfocal" EmissionWavelength="${c === 0 ? 461 : 509}.0" EmissionWavelengthUnit="nm">
<LightSourceSettings ID="LightSource:0" Attenuation="0.2"/>
<DetectorSettings ID="Detector:0" Gain="1.5" Binning="1x1"/>
<LightPath/>
</Channel>
`);
  }
  for (let p = 0; p < planes; p += 1) {
    const [z, c, t] = [p % 16, (p >> 4) % 2, p >> 5];
    write(`<TiffData FirstC="${c}" FirstT="${t}" FirstZ="${z}" IFD="${p}" PlaneCount="1">
<UUID FileName="plate_0001_${well(i)}_${i}.ome.tiff">urn:uuid:0f6a1c9e-0000-4000-8000-${String(i).padStart(12, '0')}</UUID>
</TiffData>
`);
  }
  for (let p = 0; p < planes; p += 1) {
    const [z, c, t] = [p % 16, (p >> 4) % 2, p >> 5];
    write(
      `<Plane TheC="${c}" TheT="${t}" TheZ="${z}" DeltaT="${(p * 0.35 + i * 0.001).toFixed(4)}" DeltaTUnit="s" ExposureTime="0.${50 + (p % 7)}" ExposureTimeUnit="s" PositionX="${(i * 13.7).toFixed(2)}" PositionXUnit="µm" PositionY="${(i * 3.1).toFixed(2)}" PositionYUnit="µm" PositionZ="${(z * 0.3).toFixed(2)}" PositionZUnit="µm"/>\n`,
    );
  }
  write('</Pixels>\n');
  for (let j = 0; j < ROIS; j += 1) write(`<ROIRef ID="ROI:${i}.${j}"/>\n`);
  write(`<AnnotationRef ID="Annotation:${i}"/>\n</Image>\n`);
}

const PAIRS = 24;
function annotation(i: number, write: (text: string) => void): void {
  write(`<MapAnnotation ID="Annotation:${i}" Namespace="openmicroscopy.org/omero/client/mapAnnotation">\n<Value>\n`);
  write(
    '<M K="Organism">Homo sapiens</M>\n<M K="Cell Line">HeLa</M>\n<M K="Imaging Method">spinning disk confocal microscopy</M>\n',
  );
  for (let k = 3; k < PAIRS; k += 1) write(`<M K="Measured feature ${k}">${(i * k * 0.37).toFixed(3)} ± ${k}</M>\n`);
  write('</Value>\n</MapAnnotation>\n');
}

function roi(i: number, j: number, write: (text: string) => void): void {
  write(`<ROI ID="ROI:${i}.${j}" Name="cell ${j}">\n<Union>\n`);
  const common = `TheZ="${j % 16}" TheT="0" TheC="0" FillColor="16777215" StrokeColor="-16776961" StrokeWidth="1.0" StrokeWidthUnit="pixel" FontSize="12.0" FontSizeUnit="pt"`;
  write(
    `<Rectangle ID="Shape:${i}.${j}.0" ${common} X="${j * 11.5}" Y="${i % 2048}.25" Width="40.0" Height="31.5"/>\n`,
  );
  write(
    `<Ellipse ID="Shape:${i}.${j}.1" ${common} X="${j * 11.5}" Y="${i % 2048}.25" RadiusX="20.0" RadiusY="15.75"/>\n`,
  );
  const points = Array.from(
    { length: 24 },
    (_, p) => `${(j * 11.5 + p).toFixed(1)},${((i + p * p) % 2048).toFixed(1)}`,
  ).join(' ');
  write(`<Polygon ID="Shape:${i}.${j}.2" ${common} Points="${points}"/>\n</Union>\n</ROI>\n`);
}

const well = (i: number): string => `${String.fromCharCode(65 + (i % 16))}${1 + ((i >> 4) % 24)}`;
const two = (i: number): string => String(i % 60).padStart(2, '0');

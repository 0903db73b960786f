import { ome, refs } from '../reading.js';
import { BINARY, carries, file, one, pairs, value } from './sameStudyElements.js';

/** Where an image lay on the server, in the annotation that omero-cli-transfer makes of it. */
const serverPath = (id: number, path: string): string =>
  `<XMLAnnotation ID="Annotation:-${id}" Namespace="openmicroscopy.org/cli/transfer"><Value><CLITransferServerPath xmlns=""><Path>${path}</Path></CLITransferServerPath></Value></XMLAnnotation>`;
const packed = (id: number, name: string, more: string, sizes: string, type: string, after: string): string =>
  `<Image ID="Image:${id}" Name="${name}">${more}<Pixels DimensionOrder="XYZCT" ID="Pixels:${id + 200}" SizeX="512" SizeY="256" ${sizes} Type="${type}">${BINARY}</Pixels>${after}${refs('AnnotationRef', `Annotation:-${id}`)}</Image>`;

/** What omero-cli-transfer says of the study in the transfer.xml of a pack: with the ids of the server, without people. */
export const studyTransferXml = ome(
  `<Project ID="Project:101" Name="Mitosis time-lapse"><Description>HeLa H2B-GFP.\nA second line with "quotes" &amp; &lt;µ&gt;</Description>` +
    `${refs('DatasetRef', 'Dataset:201', 'Dataset:202')}${carries(1001, 1003, 1006)}</Project>` +
    `<Project ID="Project:102" Name="Reanalysis"><Description/>${refs('DatasetRef', 'Dataset:202')}${carries(1003)}</Project>` +
    `<Dataset ID="Dataset:201" Name="control"><Description>untreated</Description>${refs('ImageRef', 'Image:301', 'Image:302')}${carries(1005, 1017)}</Dataset>` +
    `<Dataset ID="Dataset:202" Name="shared by two projects">${refs('ImageRef', 'Image:302')}</Dataset>` +
    '<Dataset ID="Dataset:203" Name="in no project"/>' +
    '<Plate ID="Plate:411" Name="plate1" Rows="2" Columns="3" ColumnNamingConvention="number" RowNamingConvention="letter"><Description>the first</Description>' +
    `<Well ID="Well:431" Column="0" Row="0" Color="-16776961"><WellSample ID="WellSample:441" Index="0">${refs('ImageRef', 'Image:304')}</WellSample>${carries(1002, 1007)}</Well>` +
    `<Well ID="Well:432" Column="1" Row="0"><WellSample ID="WellSample:442" Index="1">${refs('ImageRef', 'Image:305')}</WellSample></Well>${carries(1005)}</Plate>` +
    '<Plate ID="Plate:412" Name="a plate in no screen"/>' +
    `<Screen ID="Screen:401" Name="siRNA screen"><Description>Genome-wide</Description>${refs('PlateRef', 'Plate:411')}${carries(1001, 1003)}</Screen>` +
    packed(
      301,
      'cell_001.czi [Scene #1]',
      '<AcquisitionDate>2023-01-01T00:00:00</AcquisitionDate><Description>first scene</Description>',
      'SizeZ="5" SizeC="4" SizeT="3"',
      'uint16',
      refs('ROIRef', 'ROI:801') + carries(1001, 1002, 1003, 1005, 1006, 1007, 1008, 1012, 1016),
    ) +
    packed(
      302,
      'in two datasets',
      '<AcquisitionDate>2023-01-01T00:01:00.250</AcquisitionDate><Description/>',
      one,
      'uint16',
      carries(1001, 1002),
    ) +
    packed(303, 'orphaned', '', one, 'float', carries(1003)) +
    packed(304, 'plate [Well A1]', '', one, 'uint16', carries(1002)) +
    packed(305, 'plate [Well A2]', '', one, 'uint16', '') +
    `<StructuredAnnotations>${[
      pairs(1001, undefined, 'openmicroscopy.org/omero/client/mapAnnotation', [
        ['Organism', 'Homo sapiens'],
        ['Cell line', 'HeLa'],
        ['Gene', 'TUBB'],
        ['', ''],
        ['µ-key', 'value with "quotes"\nand newline'],
      ]),
      pairs(1002, undefined, 'openmicroscopy.org/mapr/gene', [['Gene', 'H2BC1']], 'from a table'),
      value('TagAnnotation', 1003, undefined, '', 'metaphase', 'mitotic phase'),
      value('CommentAnnotation', 1005, undefined, '', 'Check focus at T=2'),
      file(1006, undefined, '', 'protocol v2.pdf', 12345, 'application/pdf', 'protocol'),
      value('LongAnnotation', 1007, undefined, 'openmicroscopy.org/omero/insight/rating', '4'),
      value('LongAnnotation', 1008, undefined, 'example.org/count', '9007199254740995'),
      value('TimestampAnnotation', 1012, undefined, 'example.org/fixed-at', '2023-01-01T00:00:00'),
      pairs(1016, undefined, 'openmicroscopy.org/omero/client/mapAnnotation', []),
      file(1017, undefined, 'openmicroscopy.org/omero/bulk_annotations', 'bulk_annotations', 4096, 'OMERO.tables'),
      serverPath(301, 'ada_2/2023-11/14/22-13-20.000/cell_001.czi'),
      serverPath(302, 'ada_2/2023-11/14/22-13-20.000/cell_001.czi'),
      serverPath(303, 'grace_3/2023-11/14/22-13-20.000/orphan.tif'),
      serverPath(304, 'ada_2/2023-11/14/22-13-20.000/plate.HTD'),
      serverPath(305, 'ada_2/2023-11/14/22-13-20.000/plate.HTD'),
    ].join('')}</StructuredAnnotations>` +
    '<ROI ID="ROI:801" Name="nucleus"><Union>' +
    '<Rectangle ID="Shape:811" FillColor="1073741824" FontSize="12" StrokeColor="-993737532" StrokeWidth="1" Text="n1" TheC="0" TheT="2" TheZ="1" X="10" Y="20" Width="98" Height="135.5"/>' +
    '<Ellipse ID="Shape:812" X="5" Y="6" RadiusX="2.5" RadiusY="3.5"/><Point ID="Shape:813" Text="Point µ" X="1.5" Y="2.5"/>' +
    '<Line ID="Shape:814" X1="0" Y1="0" X2="10" Y2="12" MarkerStart="Arrow" MarkerEnd="Arrow"/>' +
    '<Polyline ID="Shape:815" Points="10,10 20,20 30,10"/><Polygon ID="Shape:816" StrokeColor="16711935" Points="10,10 20,20 30,10"/>' +
    '<Label ID="Shape:817" FontSize="14" Text="label text" X="3" Y="4"/></Union><Description>segmented</Description></ROI>',
);

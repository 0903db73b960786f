import { ome, refs } from '../reading.js';
import { BINARY, carries, file, one, owned, pairs, PIXELS, value } from './sameStudyElements.js';

/** What Bio-Formats or an OMERO export may say of the study of `studyRows`, as OME-XML 2016-06. */
export const studyXml = ome(
  `<Project ID="Project:101" Name="Mitosis time-lapse"><Description>HeLa H2B-GFP.\nA second line with "quotes" &amp; &lt;µ&gt;</Description>` +
    `${owned(2, 4)}${refs('DatasetRef', 'Dataset:201', 'Dataset:202')}${carries(1001, 1003, 1006)}</Project>` +
    `<Project ID="Project:102" Name="Reanalysis">${owned(3, 4)}${refs('DatasetRef', 'Dataset:202')}${carries(1003)}</Project>` +
    `<Dataset ID="Dataset:201" Name="control"><Description>untreated</Description>${owned(2, 4)}${refs('ImageRef', 'Image:301', 'Image:302')}${carries(1005, 1017)}</Dataset>` +
    `<Dataset ID="Dataset:202" Name="shared by two projects">${owned(2, 4)}${refs('ImageRef', 'Image:302')}</Dataset>` +
    `<Dataset ID="Dataset:203" Name="in no project">${owned(3, 5)}</Dataset>` +
    '<Experiment ID="Experiment:1" Type="TimeLapse"><Description>overnight</Description></Experiment>' +
    '<Plate ID="Plate:411" Name="plate1" Status="done" ExternalIdentifier="003857" ColumnNamingConvention="number" RowNamingConvention="letter"' +
    ' WellOriginX="0" WellOriginY="1.5" WellOriginYUnit="µm" Rows="2" Columns="3" FieldIndex="0"><Description>the first</Description>' +
    '<Well ID="Well:431" Column="0" Row="0" ExternalDescription="siRNA pool" ExternalIdentifier="W-A01" Type="sample" Color="-16776961">' +
    `<WellSample ID="WellSample:441" Index="0" PositionX="21964.47" PositionY="-36711.98" Timepoint="2009-09-14T14:40:00">${refs('ImageRef', 'Image:304')}</WellSample>` +
    `${refs('ReagentRef', 'Reagent:1')}${carries(1002, 1007)}</Well>` +
    `<Well ID="Well:432" Column="1" Row="0"><WellSample ID="WellSample:442" Index="1">${refs('ImageRef', 'Image:305')}</WellSample></Well>` +
    carries(1005) +
    '<PlateAcquisition ID="PlateAcquisition:421" Name="Run 1" MaximumFieldCount="2" StartTime="2009-09-14T14:35:59" EndTime="2009-09-14T14:50:13">' +
    `<Description>morning</Description>${refs('WellSampleRef', 'WellSample:441')}${carries(1007)}</PlateAcquisition>` +
    `<PlateAcquisition ID="PlateAcquisition:422" Name="Run 2">${refs('WellSampleRef', 'WellSample:442')}</PlateAcquisition></Plate>` +
    '<Plate ID="Plate:412" Name="a plate in no screen"/>' +
    '<Screen ID="Screen:401" Name="siRNA screen" ProtocolIdentifier="PROT-1" ProtocolDescription="Protocol text" ReagentSetDescription="Reagent set"' +
    ' ReagentSetIdentifier="RS-1" Type="primary"><Description>Genome-wide</Description><Reagent ID="Reagent:1" Name="siRNA 1"/>' +
    `${refs('PlateRef', 'Plate:411')}${carries(1001, 1003)}</Screen>` +
    '<Experimenter ID="Experimenter:2" FirstName="Ada" MiddleName="M." LastName="Lovelace" Email="ada@example.org" Institution="Analytical Institute" UserName="ada"/>' +
    '<Experimenter ID="Experimenter:3" FirstName="Grace" LastName="Hopper" UserName="grace"/>' +
    `<ExperimenterGroup ID="ExperimenterGroup:4" Name="lab"><Description>Read-annotate lab group</Description>${refs('ExperimenterRef', 'Experimenter:2', 'Experimenter:3')}${refs('Leader', 'Experimenter:2')}</ExperimenterGroup>` +
    '<ExperimenterGroup ID="ExperimenterGroup:5" Name="screening"/>' +
    '<Instrument ID="Instrument:1"><Microscope Model="Observer"/><Objective ID="Objective:1" LensNA="1.4"/></Instrument>' +
    `<Image ID="Image:301" Name="cell_001.czi [Scene #1]"><AcquisitionDate>2023-01-01T00:00:00</AcquisitionDate>${refs('ExperimenterRef', 'Experimenter:2')}` +
    `<Description>first scene</Description>${refs('ExperimentRef', 'Experiment:1')}${refs('ExperimenterGroupRef', 'ExperimenterGroup:4')}${refs('InstrumentRef', 'Instrument:1')}<ObjectiveSettings ID="Objective:1" RefractiveIndex="1.5"/>` +
    '<ImagingEnvironment Temperature="37"/><StageLabel Name="start" X="1"/>' +
    `<Pixels ID="Pixels:501" ${PIXELS} Type="uint16" SignificantBits="12" Interleaved="false" BigEndian="true" SizeZ="5" SizeC="4" SizeT="3" PhysicalSizeX="0.325" PhysicalSizeY="0.325" PhysicalSizeZ="1" TimeIncrement="30">` +
    '<Channel ID="Channel:601" Name="H2B-GFP" SamplesPerPixel="1" IlluminationType="Epifluorescence" PinholeSize="44.5" AcquisitionMode="LaserScanningConfocalMicroscopy"' +
    ' ContrastMethod="Fluorescence" ExcitationWavelength="488" EmissionWavelength="509.5" Fluor="EGFP" NDFilter="0.5" PockelCellSetting="3" Color="16711935"><LightPath/></Channel>' +
    `<Channel ID="Channel:602" SamplesPerPixel="3" Color="-16776961"/>${BINARY}<Plane TheZ="0" TheT="0" TheC="0" ExposureTime="0.1"/></Pixels>` +
    `${refs('ROIRef', 'ROI:801')}${carries(1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 1016)}</Image>` +
    `<Image ID="Image:302" Name="in two datasets"><AcquisitionDate>2023-01-01T00:01:00.250</AcquisitionDate>${owned(2, 4)}` +
    `<Pixels ID="Pixels:502" ${PIXELS} Type="uint16" SignificantBits="12" ${one} PhysicalSizeX="325" PhysicalSizeXUnit="nm" PhysicalSizeY="2.5" PhysicalSizeYUnit="pixel" TimeIncrement="0.5" TimeIncrementUnit="ms">` +
    `<Channel ID="Channel:603"/>${BINARY}</Pixels>${refs('ROIRef', 'ROI:802')}${carries(1001, 1002)}</Image>` +
    `<Image ID="Image:303" Name="orphaned">${owned(3, 4)}<Pixels ID="Pixels:503" ${PIXELS} Type="float" SignificantBits="12" ${one}><Channel ID="Channel:604"/>${BINARY}</Pixels>${carries(1003)}</Image>` +
    `<Image ID="Image:304" Name="plate [Well A1]">${owned(2, 5)}<Pixels ID="Pixels:504" ${PIXELS} Type="uint16" SignificantBits="12" ${one}><Channel ID="Channel:605"/>${BINARY}</Pixels>${carries(1002)}</Image>` +
    `<Image ID="Image:305" Name="plate [Well A2]">${owned(2, 5)}<Pixels ID="Pixels:505" ${PIXELS} Type="uint16" SignificantBits="12" ${one}><Channel ID="Channel:606"/>${BINARY}</Pixels></Image>` +
    `<StructuredAnnotations>${[
      pairs(1001, 2, 'openmicroscopy.org/omero/client/mapAnnotation', [
        ['Organism', 'Homo sapiens'],
        ['Cell line', 'HeLa'],
        ['Gene', 'TUBB'],
        ['', ''],
        ['µ-key', 'value with "quotes"\nand newline'],
      ]),
      pairs(
        1002,
        3,
        'openmicroscopy.org/mapr/gene',
        [
          ['Gene', 'TUBB'],
          ['Gene', 'H2BC1'],
        ],
        'from a table',
      ),
      value('TagAnnotation', 1003, 2, '', 'metaphase', 'mitotic phase'),
      value(
        'TagAnnotation',
        1004,
        2,
        'openmicroscopy.org/omero/insight/tagset',
        'Mitosis phases',
        'phases',
        carries(1003),
      ),
      value('CommentAnnotation', 1005, 3, '', 'Check focus at T=2'),
      file(1006, 2, '', 'protocol v2.pdf', 12345, 'application/pdf', 'protocol'),
      value('LongAnnotation', 1007, 3, 'openmicroscopy.org/omero/insight/rating', '4'),
      value('LongAnnotation', 1008, 2, 'example.org/count', '9007199254740995'),
      value('DoubleAnnotation', 1009, 2, 'example.org/snr', '12.75'),
      value('DoubleAnnotation', 1010, 2, 'example.org/whole', '5.0'),
      value('BooleanAnnotation', 1011, 2, 'example.org/qc', 'true'),
      value('TimestampAnnotation', 1012, 2, 'example.org/fixed-at', '2023-01-01T00:00:00'),
      value('TermAnnotation', 1013, 2, 'example.org/go', 'GO:0000278'),
      value('XMLAnnotation', 1014, 2, 'example.org/xml', '<a xmlns="http://x.org/">1 &lt; 2</a>', 'xml note'),
      '<ListAnnotation ID="Annotation:1015" Namespace="example.org/list" Annotator="Experimenter:2"/>',
      pairs(1016, 2, 'openmicroscopy.org/omero/client/mapAnnotation', []),
      file(1017, 2, 'openmicroscopy.org/omero/bulk_annotations', 'bulk_annotations', 4096, 'OMERO.tables'),
      value('CommentAnnotation', 1099, 2, '', 'on the ROI'),
    ].join('')}</StructuredAnnotations>` +
    '<ROI ID="ROI:801" Name="nucleus"><Union>' +
    '<Rectangle ID="Shape:811" FillColor="1073741824" FillRule="EvenOdd" FontFamily="sans-serif" FontSize="12" FontStyle="Normal" Locked="false" StrokeColor="-993737532"' +
    ' StrokeDashArray="5 2" StrokeWidth="1" Text="n1" TheC="0" TheT="2" TheZ="1" X="10" Y="20" Width="98" Height="135.5">' +
    '<Transform A00="1" A10="0" A01="0.5" A11="0" A02="1" A12="-3"/></Rectangle>' +
    '<Ellipse ID="Shape:812" X="5" Y="6" RadiusX="2.5" RadiusY="3.5"/><Point ID="Shape:813" Text="Point µ" X="1.5" Y="2.5"/>' +
    '<Line ID="Shape:814" X1="0" Y1="0" X2="10" Y2="12" MarkerStart="Arrow" MarkerEnd="Arrow"/>' +
    '<Polyline ID="Shape:815" Points="10,10 20,20 30,10"/><Polygon ID="Shape:816" StrokeColor="16711935" Points="10,10 20,20 30,10"/>' +
    '<Label ID="Shape:817" FontSize="14" Text="label text" X="3" Y="4"/></Union>' +
    `${carries(1099)}<Description>segmented</Description></ROI>` +
    '<ROI ID="ROI:802"><Union><Mask ID="Shape:818" FillColor="65535" X="0" Y="0" Width="8" Height="8"/></Union></ROI>',
);

import { describe, expect, it } from 'vitest';
import { codes, NS, objects, readText } from './support/readText.js';

/** A document of an older version, with the prefixes that were usual. */
const older = (version: string, inside: string): string => {
  const ns = ['SPW', 'SA', 'ROI', 'CA'].map((name) => ` xmlns:${name}="${NS}/${name}/${version}"`).join('');
  return `<OME xmlns="${NS}/OME/${version}"${ns} xmlns:Bin="${NS}/BinaryFile/${version}">${inside}</OME>`;
};
const FC = 'http://www.openmicroscopy.org/XMLschemas';
const of2003 = (inside: string): string =>
  `<OME xmlns="${FC}/OME/FC/ome.xsd" xmlns:CA="${FC}/CA/RC1/CA.xsd" xmlns:Bin="${FC}/BinaryFile/RC1/BinaryFile.xsd">${inside}</OME>`;

describe('2003-FC', () => {
  it('has channel infos, pixel sizes and colour domains in the image', async () => {
    const read = await readText(
      of2003(`<Image ID="urn:lsid:x.org:Image:1" Name="n" PixelSizeX="0.2" PixelSizeZ="1" TimeIncrement="5" DefaultPixels="urn:lsid:x.org:Pixels:1">
        <CreationDate>2004-01-02T03:04:05</CreationDate><GroupRef ID="urn:lsid:x.org:Group:1"/><DatasetRef ID="urn:lsid:x.org:Dataset:1"/>
        <ObjectiveRef ID="urn:lsid:x.org:Objective:1"/>
        <ChannelInfo ID="urn:lsid:x.org:LogicalChannel:1" Mode="Laser Scanning Confocal" ExWave="488" EmWave="520" NDfilter="0.3">
          <LightSourceRef ID="urn:lsid:x.org:LightSource:1" Attenuation="0.1"/><DetectorRef ID="urn:lsid:x.org:Detector:1" Gain="2"/>
          <ChannelComponent Pixels="urn:lsid:x.org:Pixels:1" ColorDomain="Green" Index="1"/>
          <ChannelComponent Pixels="urn:lsid:x.org:Pixels:1" ColorDomain="Red" Index="0"/>
        </ChannelInfo>
        <PlateRef ID="urn:lsid:x.org:Plate:1" Well="B03" Sample="2"/>
        <Pixels ID="urn:lsid:x.org:Pixels:1" DimensionOrder="XYZCT" PixelType="Uint16" BigEndian="true" SizeX="4" SizeY="4" SizeZ="1" SizeC="2" SizeT="1"><Bin:BinData>AA</Bin:BinData></Pixels>
        <CA:CustomAttributes><Exposure Time="1"/></CA:CustomAttributes>
      </Image>
      <Instrument ID="urn:lsid:x.org:Instrument:1"><LightSource ID="urn:lsid:x.org:LightSource:1" Manufacturer="m"><Laser Type="Metal Vapor" Medium="Nitrogen" Tunable="true" FrequencyDoubled="true" Power="3"/></LightSource></Instrument>`),
    );
    expect(read.findings).toEqual([]);
    expect(read.nodes[0]).toMatchObject({ version: '2003-FC' });
    const common = {
      acquisitionMode: 'LaserScanningConfocalMicroscopy',
      excitationWavelength: { value: 488, unit: 'nm' },
      emissionWavelength: { value: 520, unit: 'nm' },
      ndFilter: 0.3,
      lightSourceSettings: { lightSource: 'Laser:lsid:x.org:LightSource:1', attenuation: 0.1 },
      detectorSettings: { detector: 'Detector:lsid:x.org:Detector:1', gain: 2 },
    };
    expect(objects(read, 'Image')[0]).toMatchObject({
      acquisitionDate: '2004-01-02T03:04:05',
      experimenterGroup: 'ExperimenterGroup:lsid:x.org:Group:1',
      objectiveSettings: { objective: 'Objective:lsid:x.org:Objective:1' },
      pixels: {
        kind: 'uint16',
        bigEndian: true,
        physicalSizeX: { value: 0.2, unit: 'µm' },
        physicalSizeZ: { value: 1, unit: 'µm' },
        timeIncrement: { value: 5, unit: 's' },
        channels: [
          { ...common, color: -16776961 },
          { ...common, color: 16711935 },
        ],
      },
    });
    expect(read.nodes.find((n) => n.kind === 'object' && n.object.type === 'Image')).toMatchObject({
      parents: ['Dataset:lsid:x.org:Dataset:1'],
    });
    expect(objects(read, 'Well')[0]).toMatchObject({
      row: 1,
      column: 2,
      wellSamples: [{ index: 2, image: 'Image:lsid:x.org:Image:1' }],
    });
    expect(read.nodes).toContainEqual(
      expect.objectContaining({
        annotation: expect.objectContaining({
          type: 'XMLAnnotation',
          value: `<Exposure Time="1" xmlns="${FC}/OME/FC/ome.xsd"/>`,
        }),
      }),
    );
    expect(objects(read, 'Instrument')[0]?.lightSources).toMatchObject([
      {
        type: 'Laser',
        manufacturer: 'm',
        kind: 'MetalVapor',
        laserMedium: 'N',
        tuneable: true,
        frequencyMultiplication: 2,
        power: { value: 3, unit: 'mW' },
      },
    ]);
  });

  it('has a filter that is a set of three', async () => {
    const read = await readText(
      of2003(`<Instrument ID="Instrument:1"><Objective ID="Objective:1" Manufacturer="z"><LensNA>1.4</LensNA><Magnification>63</Magnification></Objective>
        <Filter ID="Filter:1"><ExFilter Manufacturer="c" Model="e" LotNumber="1" Type="BandPass"/><Dichroic Manufacturer="c" Model="d" LotNumber="2"/><EmFilter Manufacturer="c" Model="m" LotNumber="3"/></Filter></Instrument>`),
    );
    expect(read.findings).toEqual([]);
    expect(objects(read, 'Instrument')[0]).toMatchObject({
      objectives: [{ lensNa: 1.4, nominalMagnification: 63 }],
      filterSets: [
        {
          ref: 'FilterSet:1',
          excitationFilters: ['Filter:1/ExFilter'],
          dichroic: 'Dichroic:Filter:1/Dichroic',
          emissionFilters: ['Filter:1/EmFilter'],
        },
      ],
      filters: [
        { ref: 'Filter:1/ExFilter', model: 'e', kind: 'BandPass' },
        { ref: 'Filter:1/EmFilter', model: 'm' },
      ],
      dichroics: [{ ref: 'Dichroic:Filter:1/Dichroic', lotNumber: '2' }],
    });
  });

  it('says people and their groups in child elements', async () => {
    const read = await readText(
      of2003(`<Experimenter ID="Experimenter:1"><FirstName>Ada</FirstName><LastName>L</LastName><Email>a@example.org</Email><Institution>I</Institution><OMEName>ada</OMEName><GroupRef ID="Group:1"/></Experimenter>
        <Group ID="Group:1" Name="g"><Leader ID="Experimenter:1"/><Contact ID="Experimenter:2"/></Group>`),
    );
    expect(objects(read, 'Experimenter')).toEqual([
      {
        type: 'Experimenter',
        ref: 'Experimenter:1',
        firstName: 'Ada',
        lastName: 'L',
        email: 'a@example.org',
        institution: 'I',
        userName: 'ada',
      },
    ]);
    expect(objects(read, 'ExperimenterGroup')).toEqual([
      {
        type: 'ExperimenterGroup',
        ref: 'ExperimenterGroup:1',
        name: 'g',
        leaders: ['Experimenter:1', 'Experimenter:2'],
        experimenters: ['Experimenter:1'],
      },
    ]);
  });
});

describe('2007-06 and 2008-02', () => {
  it('have timing and position of planes in elements, percents, boxes as regions and manipulations in the image', async () => {
    const read = await readText(
      older(
        '2007-06',
        `<Experiment ID="Experiment:1" Type="Time-lapse 4-D+"><MicrobeamManipulationRef ID="MicrobeamManipulation:1"/></Experiment>
      <Instrument ID="Instrument:1"><FilterSet ID="FilterSet:1" ExFilterRef="Filter:1" DichroicRef="Dichroic:1" EmFilterRef="Filter:2"/><Filter ID="Filter:1"><TransmittanceRange CutIn="400" CutOut="500" Transmittance="80"/></Filter></Instrument>
      <Image ID="Image:1" Name="n" DefaultPixels="Pixels:2">
        <LogicalChannel ID="LogicalChannel:1" SecondaryEmissionFilter="Filter:2"><ChannelComponent Pixels="Pixels:2" Index="0"/></LogicalChannel>
        <Pixels ID="Pixels:1" SizeX="1"/>
        <Pixels ID="Pixels:2" SizeX="2"><Plane TheZ="0" TheC="0" TheT="0"><PlaneTiming DeltaT="2" ExposureTime="0.1"/><StagePosition PositionX="1" PositionY="2" PositionZ="3"/></Plane></Pixels>
        <ROI ID="ROI:1" X0="1" Y0="2" X1="11" Y1="22" Z0="3" Z1="3"/>
        <MicrobeamManipulation ID="MicrobeamManipulation:1" Type="FRAP"><ROIRef ID="ROI:1"/><ExperimenterRef ID="Experimenter:1"/></MicrobeamManipulation>
      </Image>`,
      ),
    );
    expect(codes(read)).toEqual(['ome-element-unknown']);
    expect(objects(read, 'Experiment')).toEqual([
      {
        type: 'Experiment',
        ref: 'Experiment:1',
        kind: 'TimeLapse FourDPlus',
        microbeamManipulations: [
          {
            type: 'MicrobeamManipulation',
            ref: 'MicrobeamManipulation:1',
            kind: 'FRAP',
            rois: ['ROI:1'],
            experimenter: 'Experimenter:1',
          },
        ],
      },
    ]);
    expect(objects(read, 'Image')[0]).toMatchObject({
      microbeamManipulations: ['MicrobeamManipulation:1'],
      pixels: {
        ref: 'Pixels:2',
        sizeX: 2,
        channels: [{ ref: 'Channel:1', lightPath: { emissionFilters: ['Filter:2'] } }],
        planes: { count: 1, deltaTMax: { value: 2, unit: 's' }, positionZ: { value: 3, unit: 'reference frame' } },
      },
    });
    expect(objects(read, 'ROI')[0]?.shapes).toEqual([
      { type: 'Rectangle', ref: 'Rectangle:ROI:1/0', x: 1, y: 2, width: 10, height: 20, theZ: 3 },
    ]);
    expect(read.nodes.find((n) => n.kind === 'object' && n.object.type === 'ROI')).toMatchObject({
      parents: ['Image:1'],
    });
    expect(objects(read, 'Instrument')[0]).toMatchObject({
      filterSets: [{ excitationFilters: ['Filter:1'], dichroic: 'Dichroic:1', emissionFilters: ['Filter:2'] }],
      filters: [{ transmittanceRange: { transmittance: 0.8 } }],
    });
  });

  it('have descriptions of plates as attributes and positions of wells by other names', async () => {
    const read = await readText(
      older(
        '2008-02',
        `<SPW:Plate ID="Plate:1" Name="p" Description="d"><SPW:ScreenRef ID="Screen:1"/><SPW:Well ID="Well:1" Row="0" Column="1"><SPW:WellSample ID="WellSample:1" PosX="1" PosY="2" Index="0"><SPW:ImageRef ID="Image:1"/></SPW:WellSample></SPW:Well></SPW:Plate>
      <SPW:Screen ID="Screen:1" Name="s"><SPW:Reagent ID="Reagent:1" Description="r"/><SPW:ScreenAcquisition ID="ScreenAcquisition:1" StartTime="2008-01-01T00:00:00"><SPW:WellSampleRef ID="WellSample:1"/></SPW:ScreenAcquisition></SPW:Screen>`,
      ),
    );
    expect(read.findings).toEqual([]);
    expect(objects(read, 'Plate')).toEqual([{ type: 'Plate', ref: 'Plate:1', name: 'p', description: 'd' }]);
    expect(objects(read, 'Well')[0]?.wellSamples).toEqual([
      {
        type: 'WellSample',
        ref: 'WellSample:1',
        index: 0,
        image: 'Image:1',
        positionX: { value: 1, unit: 'reference frame' },
        positionY: { value: 2, unit: 'reference frame' },
      },
    ]);
    expect(objects(read, 'Reagent')[0]?.description).toBe('r');
    expect(objects(read, 'PlateAcquisition')).toMatchObject([
      { startTime: '2008-01-01T00:00:00', wellSamples: ['WellSample:1'] },
    ]);
    expect(read.nodes.find((n) => n.kind === 'object' && n.object.type === 'Plate')).toMatchObject({
      parents: ['Screen:1'],
    });
  });
});

describe('2008-09', () => {
  it('has shapes in the words of SVG', async () => {
    const shape = (id: number, inside: string): string => `<Shape ID="Shape:${id}" theZ="1" theT="2">${inside}</Shape>`;
    const read = await readText(
      older(
        '2008-09',
        `<Image ID="Image:1"><ROI ID="ROI:1"><Union>${shape(1, '<Rect x="1" y="2" width="3" height="4" transform="translate(5 6)"/>')}${shape(2, '<Circle cx="1" cy="2" r="3"/>')}${shape(3, '<Ellipse cx="1" cy="2" rx="3" ry="4"/>')}${shape(4, '<Polygon points="1,1 2,2"/>')}</Union></ROI></Image>`,
      ),
    );
    expect(read.findings).toEqual([]);
    const common = { theZ: 1, theT: 2 };
    expect(objects(read, 'ROI')[0]?.shapes).toEqual([
      {
        type: 'Rectangle',
        ref: 'Rectangle:1',
        ...common,
        x: 1,
        y: 2,
        width: 3,
        height: 4,
        transform: [1, 0, 0, 1, 5, 6],
      },
      { type: 'Ellipse', ref: 'Ellipse:2', ...common, x: 1, y: 2, radiusX: 3, radiusY: 3 },
      { type: 'Ellipse', ref: 'Ellipse:3', ...common, x: 1, y: 2, radiusX: 3, radiusY: 4 },
      { type: 'Polygon', ref: 'Polygon:4', ...common, points: '1,1 2,2' },
    ]);
  });

  it('has annotations that name what carries them', async () => {
    const read = await readText(
      older(
        '2008-09',
        `<SA:StructuredAnnotations><SA:StringAnnotation ID="Annotation:1" Namespace="n"><SA:Link>Image:1</SA:Link><SA:Link>LogicalChannel:2</SA:Link><SA:Value>v</SA:Value></SA:StringAnnotation>
      <SA:ListAnnotation ID="Annotation:2" Namespace="n"><SA:Link>Dataset:1</SA:Link><SA:List><SA:Link>Annotation:1</SA:Link></SA:List></SA:ListAnnotation>
      <SA:FileAnnotation ID="Annotation:3" Namespace="n"><SA:Link>constructor:1</SA:Link><SA:FileName>f.txt</SA:FileName><SA:MimeType>text/plain</SA:MimeType></SA:FileAnnotation></SA:StructuredAnnotations>`,
      ),
    );
    expect(codes(read)).toEqual(['ome-value-invalid']);
    expect(read.nodes.filter((n) => n.kind === 'annotated')).toEqual([
      { kind: 'annotated', target: 'Image:1', annotations: ['1'] },
      { kind: 'annotated', target: 'Channel:2', annotations: ['1'] },
      { kind: 'annotated', target: 'Dataset:1', annotations: ['2'] },
      { kind: 'annotated', target: 'ListAnnotation:2', annotations: ['1'] },
    ]);
    expect(read.nodes.flatMap((n) => (n.kind === 'annotation' ? [n.annotation] : []))).toMatchObject([
      { type: 'CommentAnnotation', value: 'v', namespace: 'n' },
      { type: 'ListAnnotation' },
      { type: 'FileAnnotation', file: { fileName: 'f.txt', mimeType: 'text/plain' } },
    ]);
  });
});

describe('2009-09 to 2011-06', () => {
  it('have unsigned colours, shapes inside Shape, texts, closed lines and paths', async () => {
    const read = await readText(
      older(
        '2010-04',
        `<Image ID="Image:1"><AcquiredDate>2010-01-01T00:00:00</AcquiredDate><Pixels ID="Pixels:1" Type="float"><Channel ID="Channel:1" Color="4278190335"/></Pixels></Image>
      <ROI:ROI ID="ROI:1" Name="r"><ROI:Union>
        <ROI:Shape ID="Shape:1" Fill="4294967295" Stroke="1" StrokeWidth="2" Label="l" FontFamily="Arial" FontStyle="Regular" FillRule="even-odd" Transform="matrix(1 2 3 4 5 6)"><ROI:Rectangle X="1" Y="2" Width="3" Height="4"/></ROI:Shape>
        <ROI:Shape ID="Shape:2"><ROI:Text X="1" Y="2"><ROI:Value> hi </ROI:Value></ROI:Text></ROI:Shape>
        <ROI:Shape ID="Shape:3" MarkerEnd="Arrow"><ROI:Polyline Points="1,1 2,2" Closed="false"/></ROI:Shape>
        <ROI:Shape ID="Shape:4"><ROI:Polyline Points="1,1 2,2" Closed="true"/></ROI:Shape>
        <ROI:Shape ID="Shape:5"><ROI:Path Definition="M 1 2 L 3 4 L 5 6 z"/></ROI:Shape>
        <ROI:Shape ID="Shape:6"><ROI:Path Definition="M 1 2 C 3 4 5 6 7 8"/></ROI:Shape>
      </ROI:Union><ROI:Description>d</ROI:Description></ROI:ROI>`,
      ),
    );
    expect(codes(read)).toEqual(['ome-value-invalid', 'ome-attribute-missing']);
    expect(objects(read, 'Image')[0]).toMatchObject({
      acquisitionDate: '2010-01-01T00:00:00',
      pixels: { channels: [{ color: -16776961 }] },
    });
    expect(objects(read, 'ROI')[0]).toEqual({
      type: 'ROI',
      ref: 'ROI:1',
      name: 'r',
      description: 'd',
      shapes: [
        {
          ...{ type: 'Rectangle', ref: 'Rectangle:1', x: 1, y: 2, width: 3, height: 4 },
          ...{
            fillColor: -1,
            strokeColor: 1,
            strokeWidth: { value: 2, unit: 'pixel' },
            text: 'l',
            fontFamily: 'sans-serif',
          },
          ...{ fontStyle: 'Normal', fillRule: 'EvenOdd', transform: [1, 2, 3, 4, 5, 6] },
        },
        { type: 'Label', ref: 'Label:2', x: 1, y: 2, text: ' hi ' },
        { type: 'Polyline', ref: 'Polyline:3', points: '1,1 2,2', markerEnd: 'Arrow' },
        { type: 'Polygon', ref: 'Polygon:4', points: '1,1 2,2' },
        { type: 'Polygon', ref: 'Polygon:5', points: '1,2 3,4 5,6' },
      ],
    });
  });

  it('name a well by its status and a person by the display name', async () => {
    const read = await readText(
      older(
        '2011-06',
        `<SPW:Plate ID="Plate:1"><SPW:Well ID="Well:1" Row="0" Column="0" Status="empty" Color="-2147483648"/></SPW:Plate><Experimenter ID="Experimenter:1" DisplayName="Ada"/>`,
      ),
    );
    expect(objects(read, 'Well')).toMatchObject([{ kind: 'empty', color: -2147483648 }]);
    expect(objects(read, 'Experimenter')).toMatchObject([{ userName: 'Ada' }]);
  });
});

it('light sources and shapes before 2016-06 carry annotations on their wrapper', async () => {
  const ref = '<SA:AnnotationRef ID="Annotation:1"/>';
  const read = await readText(
    older(
      '2015-01',
      `<Instrument ID="Instrument:1"><LightSource ID="LightSource:1" Power="1" PowerUnit="W"><Arc Type="Hg"/>${ref}</LightSource></Instrument>
    <ROI:ROI ID="ROI:1"><ROI:Union><ROI:Shape ID="Shape:1"><ROI:Line X1="1" Y1="2" X2="3" Y2="4" MarkerStart="Arrow"/>${ref}<ROI:Transform A00="1" A10="0" A01="0" A11="1" A02="0" A12="9"/></ROI:Shape></ROI:Union></ROI:ROI>`,
    ),
  );
  expect(read.findings).toEqual([]);
  expect(read.nodes.flatMap((n) => (n.kind === 'annotated' ? [n.target] : []))).toEqual(['Arc:1', 'Line:1']);
  expect(objects(read, 'Instrument')[0]?.lightSources).toMatchObject([
    { type: 'Arc', power: { value: 1, unit: 'W' }, kind: 'Hg' },
  ]);
  expect(objects(read, 'ROI')[0]?.shapes).toMatchObject([
    { type: 'Line', x1: 1, markerStart: 'Arrow', transform: [1, 0, 0, 1, 0, 9] },
  ]);
});

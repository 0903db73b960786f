import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findingSentence } from '../../src/findings.js';
import { OME_SCHEMA, xmlName } from '../../src/ome/schema.js';
import { codes, NS, objects, ome, pixels, readText } from './support/readText.js';

describe('an image of 2016-06', () => {
  it('comes with its attributes, pixels, channels, settings and references', async () => {
    const read = await readText(
      ome(`
      <Instrument ID="Instrument:0">
        <Laser ID="LightSource:0" Type="SolidState" Power="20" Wavelength="488"><Pump ID="LightSource:1"/></Laser>
        <Arc ID="LightSource:1" Type="Hg"/>
        <Objective ID="Objective:0" LensNA="1.4" Immersion="Oil"/>
      </Instrument>
      <Image ID="Image:0" Name="one">
        <AcquisitionDate> 2026-01-02T03:04:05Z </AcquisitionDate>
        <ExperimenterRef ID="Experimenter:3"/>
        <Description> kept  as it is </Description>
        <InstrumentRef ID="Instrument:0"/>
        <ObjectiveSettings ID="Objective:0" RefractiveIndex="1.5"/>
        <ImagingEnvironment Temperature="37" CO2Percent="0.05"><Map><M K="pressure">high</M></Map></ImagingEnvironment>
        <StageLabel Name="here" X="1" XUnit="mm"/>
        ${pixels(
          `<Channel ID="Channel:0:0" Color="-16776961" EmissionWavelength="509" NDFilter="0.5">
          <LightSourceSettings ID="LightSource:0" Attenuation="0.5"/><DetectorSettings ID="Detector:0" Binning="2x2"/>
          <FilterSetRef ID="FilterSet:0"/>
          <LightPath><ExcitationFilterRef ID="Filter:0"/><DichroicRef ID="Dichroic:0"/><EmissionFilterRef ID="Filter:1"/></LightPath>
        </Channel><MetadataOnly/>`,
          ' PhysicalSizeX="0.1" PhysicalSizeY="100" PhysicalSizeYUnit="nm"',
        )}
        <ROIRef ID="ROI:0"/><AnnotationRef ID="Annotation:5"/>
      </Image>`),
    );
    expect(read.findings).toEqual([]);
    expect(objects(read, 'Image')).toEqual([
      {
        type: 'Image',
        ref: 'Image:0',
        name: 'one',
        acquisitionDate: '2026-01-02T03:04:05Z',
        experimenter: 'Experimenter:3',
        description: ' kept  as it is ',
        instrument: 'Instrument:0',
        objectiveSettings: { objective: 'Objective:0', refractiveIndex: 1.5 },
        imagingEnvironment: { temperature: { value: 37, unit: '°C' }, co2Percent: 0.05, map: [['pressure', 'high']] },
        stageLabel: { name: 'here', x: { value: 1, unit: 'mm' } },
        pixels: {
          type: 'Pixels',
          ref: 'Pixels:0',
          dimensionOrder: 'XYZCT',
          kind: 'uint8',
          sizeX: 4,
          sizeY: 4,
          sizeZ: 1,
          sizeC: 1,
          sizeT: 1,
          physicalSizeX: { value: 0.1, unit: 'µm' },
          physicalSizeY: { value: 100, unit: 'nm' },
          channels: [
            {
              type: 'Channel',
              ref: 'Channel:0:0',
              color: -16776961,
              emissionWavelength: { value: 509, unit: 'nm' },
              ndFilter: 0.5,
              lightSourceSettings: { lightSource: 'Laser:0', attenuation: 0.5 },
              detectorSettings: { detector: 'Detector:0', binning: '2x2' },
              filterSet: 'FilterSet:0',
              lightPath: { excitationFilters: ['Filter:0'], dichroic: 'Dichroic:0', emissionFilters: ['Filter:1'] },
            },
          ],
        },
      },
    ]);
    expect(read.nodes.find((n) => n.kind === 'object' && n.object.type === 'Image')).toMatchObject({
      children: ['ROI:0'],
      annotations: ['5'],
      line: 8,
    });
    expect(objects(read, 'Instrument')[0]?.lightSources?.[0]).toMatchObject({ pump: 'Arc:1' });
  });

  it('finds a light source that is written after it, and says when there is none', async () => {
    const image = (id: number): string =>
      `<Image ID="Image:${id}">${pixels(`<Channel ID="Channel:${id}"><LightSourceSettings ID="LightSource:${id}"/></Channel>`)}</Image>`;
    const read = await readText(
      ome(`${image(1)}${image(2)}<Instrument ID="Instrument:0"><Arc ID="LightSource:1"/></Instrument>`),
    );
    const lights = objects(read, 'Image').map((i) => i.pixels?.channels[0]?.lightSourceSettings?.lightSource);
    expect(lights).toEqual(['Arc:1', undefined]);
    expect(codes(read)).toEqual(['ome-reference-dangling']);
  });

  it('sums up its planes, whatever their units', async () => {
    const plane = (more: string): string => `<Plane TheZ="0" TheC="0" TheT="0" ${more}/>`;
    const read = await readText(
      ome(
        `<Image ID="Image:0">${pixels(
          plane('ExposureTime="0.5" DeltaT="1" PositionX="3" PositionXUnit="mm"') +
            plane('ExposureTime="250" ExposureTimeUnit="ms" DeltaT="2" DeltaTUnit="min" PositionX="9"') +
            plane('ExposureTime="long"'),
        )}</Image>`,
      ),
    );
    expect(objects(read, 'Image')[0]?.pixels?.planes).toEqual({
      count: 3,
      exposureTimeMin: { value: 0.25, unit: 's' },
      exposureTimeMax: { value: 0.5, unit: 's' },
      deltaTMax: { value: 120, unit: 's' },
      positionX: { value: 3, unit: 'mm' },
    });
    expect(codes(read)).toEqual(['ome-value-invalid']);
  });

  it('tells each file of its pixel data once', async () => {
    const tiff = (name: string): string => `<TiffData IFD="0"><UUID FileName="${name}">urn:uuid:1</UUID></TiffData>`;
    const read = await readText(
      ome(`<Image ID="Image:0">${pixels(tiff('a') + tiff('a') + tiff('b') + tiff('a'))}</Image>`),
    );
    expect(read.nodes.filter((n) => n.kind === 'file')).toEqual([
      { kind: 'file', fileName: 'a', uuid: 'urn:uuid:1' },
      { kind: 'file', fileName: 'b', uuid: 'urn:uuid:1' },
    ]);
  });
});

test('every attribute of the model arrives', async () => {
  const inside: Record<string, (e: string) => string> = {
    Microscope: (e) => `<Instrument ID="Instrument:0">${e}</Instrument>`,
    Reagent: (e) => `<Screen ID="Screen:0">${e}</Screen>`,
    Well: (e) => `<Plate ID="Plate:0">${e}</Plate>`,
    PlateAcquisition: (e) => `<Plate ID="Plate:0">${e}</Plate>`,
    WellSample: (e) => `<Plate ID="Plate:0"><Well ID="Well:0">${e}</Well></Plate>`,
    MicrobeamManipulation: (e) => `<Experiment ID="Experiment:0">${e}</Experiment>`,
    Channel: (e) => `<Image ID="Image:0"><Pixels ID="Pixels:0">${e}</Pixels></Image>`,
    TransmittanceRange: (e) => `<Instrument ID="Instrument:0"><Filter ID="Filter:0">${e}</Filter></Instrument>`,
  };
  for (const name of ['LightSourceSettings', 'DetectorSettings'])
    inside[name] = (e) =>
      `<Image ID="Image:0"><Pixels ID="Pixels:0"><Channel ID="Channel:0">${e}</Channel></Pixels></Image>`;
  for (const name of ['Pixels', 'ObjectiveSettings', 'ImagingEnvironment', 'StageLabel'])
    inside[name] = (e) => `<Image ID="Image:0">${e}</Image>`;
  for (const name of [
    'Laser',
    'Arc',
    'Filament',
    'LightEmittingDiode',
    'GenericExcitationSource',
    'Detector',
    'Objective',
    'FilterSet',
    'Filter',
    'Dichroic',
  ])
    inside[name] = (e) => `<Instrument ID="Instrument:0">${e}</Instrument>`;
  for (const name of ['Rectangle', 'Mask', 'Point', 'Ellipse', 'Line', 'Polyline', 'Polygon', 'Label'])
    inside[name] = (e) => `<ROI ID="ROI:0"><Union>${e}</Union></ROI>`;
  const enums: Record<string, string> = {
    PixelsDimensionOrder: 'XYZCT',
    PixelType: 'bit',
    MicroscopeType: 'Upright',
    LaserPulse: 'CW',
    ShapeFillRule: 'NonZero',
    ShapeFontFamily: 'serif',
    ShapeFontStyle: 'Bold',
    Marker: 'Arrow',
    NamingConvention: 'letter',
  };
  let attributes = 0;
  for (const [element, kinds] of Object.entries(OME_SCHEMA)) {
    for (const [key, kind] of Object.entries(kinds)) {
      const word = element === 'Experiment' ? 'FRET' : element === 'MicrobeamManipulation' ? 'FLIP' : 'some text';
      const value =
        typeof kind === 'object'
          ? 'enum' in kind
            ? (enums[kind.enum] ?? 'Other')
            : '0.5'
          : ((
              {
                string: key === 'type' ? word : 'some text',
                text: 'some text',
                float: '0.5',
                boolean: 'true',
                dateTime: '2026-01-02T03:04:05',
                dateTimeChild: '2026-01-02T03:04:05',
              } as Record<string, string>
            )[kind] ?? '7');
      const id = `ID="${/^(Laser|Arc|Filament|LightE|Generic)/.test(element) || element === 'LightSourceSettings' ? 'LightSource' : element}:7"`;
      const known = /Range|Environment|StageLabel|Microscope$/.test(element) ? '' : id;
      const child = kind === 'text' || kind === 'dateTimeChild';
      const written = child
        ? `<${element} ${known}><${xmlName(key)}>${value}</${xmlName(key)}></${element}>`
        : `<${element} ${known} ${xmlName(key)}="${value}"/>`;
      const lights = '<Instrument ID="Instrument:9"><Laser ID="LightSource:7"/></Instrument>';
      const read = await readText(
        ome(`${element === 'LightSourceSettings' ? lights : ''}${(inside[element] ?? ((e) => e))(written)}`),
      );
      const found = read.findings.filter((f) => f.detail?.includes(' ID=') !== true).map(findingSentence);
      expect(found, `${element}.${key}`).toEqual([]);
      const text = JSON.stringify(read.nodes);
      expect(text, `${element}.${key}`).toContain(`"${key === 'type' ? 'kind' : key}":`);
      attributes += 1;
    }
  }
  expect(attributes).toBeGreaterThan(200);
});

describe('annotations', () => {
  it('keep every pair of a map: order, repeats, empty keys and values, blanks as XML gives them', async () => {
    const read = await readText(
      ome(`<StructuredAnnotations><MapAnnotation ID="Annotation:1" Namespace="" Annotator="Experimenter:2"><Description>d</Description><Value>
        <M K="b"> two  words </M><M K="a"/><M K="b">again</M><M>no key</M><M K="">empty</M><M K="x"><![CDATA[<&>]]>&amp;&#10;</M><M K=" k&#9;"></M>
      </Value></MapAnnotation></StructuredAnnotations>`),
    );
    expect(read.findings).toEqual([]);
    expect(read.nodes[1]).toEqual({
      kind: 'annotation',
      key: '1',
      line: 2,
      annotation: {
        type: 'MapAnnotation',
        ref: 'MapAnnotation:1',
        namespace: '',
        annotator: 'Experimenter:2',
        description: 'd',
        value: [
          ['b', ' two  words '],
          ['a', ''],
          ['b', 'again'],
          ['', 'no key'],
          ['', 'empty'],
          ['x', '<&>&\n'],
          [' k\t', ''],
        ],
      },
    });
  });

  it('are read in every kind', async () => {
    const kinds = {
      Comment: ['c', 'c'],
      Tag: ['t', 't'],
      Term: ['GO:1', 'GO:1'],
      Timestamp: ['2026-01-02T03:04:05', '2026-01-02T03:04:05'],
      Long: [' 9223372036854775807 ', '9223372036854775807'],
      Double: ['1.50', '1.50'],
      Boolean: ['1', true],
    };
    const elements = Object.entries(kinds).map(
      ([k, [v]], i) => `<${k}Annotation ID="Annotation:${i}"><Value>${v}</Value></${k}Annotation>`,
    );
    const read = await readText(
      ome(
        `<StructuredAnnotations>${elements.join('')}<FileAnnotation ID="Annotation:f"><BinaryFile FileName="a.csv" Size="12" MIMEType="text/csv"><BinData Length="1" BigEndian="true">AA==</BinData></BinaryFile></FileAnnotation><ListAnnotation ID="Annotation:l"><AnnotationRef ID="Annotation:0"/></ListAnnotation></StructuredAnnotations>`,
      ),
    );
    expect(read.findings).toEqual([]);
    const values = read.nodes.flatMap((n) =>
      n.kind === 'annotation' && 'value' in n.annotation ? [n.annotation.value] : [],
    );
    expect(values).toEqual(Object.values(kinds).map(([, v]) => v));
    expect(read.nodes).toContainEqual({ kind: 'annotated', target: 'ListAnnotation:l', annotations: ['0'] });
    expect(read.nodes).toContainEqual(
      expect.objectContaining({
        annotation: {
          type: 'FileAnnotation',
          ref: 'FileAnnotation:f',
          file: { fileName: 'a.csv', size: 12, mimeType: 'text/csv' },
        },
      }),
    );
  });

  it('of XML stand on their own: prefixes of the document are declared again', async () => {
    const read = await readText(
      ome(
        '<StructuredAnnotations><XMLAnnotation ID="Annotation:1"><Value><p:a q="1 &lt; &quot;2&quot;">x &amp; y<b xmlns="">z</b><c/></p:a></Value></XMLAnnotation></StructuredAnnotations>',
        ' xmlns:p="http://p.example/"',
      ),
    );
    const value = `<p:a q="1 &lt; &quot;2&quot;" xmlns:p="http://p.example/">x &amp; y<b xmlns="">z</b><c xmlns="${NS}/OME/2016-06"/></p:a>`;
    expect(read.nodes[1]).toMatchObject({ annotation: { value } });
  });

  it('of parts and of annotations are told with the part', async () => {
    const ref = '<AnnotationRef ID="Annotation:1"/>';
    const read = await readText(
      ome(`<Instrument ID="Instrument:0"><Laser ID="LightSource:0">${ref}</Laser><Detector ID="Detector:0">${ref}</Detector></Instrument>
        <Image ID="Image:0">${pixels(`<Channel ID="Channel:0">${ref}<LightPath>${ref}</LightPath></Channel><Plane TheZ="0" TheC="0" TheT="0">${ref}</Plane>`)}</Image>
        <StructuredAnnotations><TagAnnotation ID="Annotation:2">${ref}<Value>t</Value></TagAnnotation></StructuredAnnotations>
        <ROI ID="ROI:0"><Union><Point ID="Shape:0" X="1" Y="2">${ref}</Point></Union></ROI>`),
    );
    expect(read.nodes.flatMap((n) => (n.kind === 'annotated' ? [n.target] : []))).toEqual([
      'Laser:0',
      'Detector:0',
      'Channel:0',
      'Channel:0',
      'Pixels:0',
      'TagAnnotation:2',
      'Point:0',
    ]);
  });
});

describe('the document', () => {
  it('tells its version, UUID, creator and rights first', async () => {
    const rights = '<Rights><RightsHolder>H</RightsHolder><RightsHeld>R</RightsHeld></Rights>';
    const read = await readText(ome(`${rights}<Image ID="Image:0"/>`, ' UUID="urn:uuid:1" Creator="c"'));
    expect(read.nodes[0]).toEqual({
      kind: 'root',
      version: '2016-06',
      uuid: 'urn:uuid:1',
      creator: 'c',
      rights: { holder: 'H', held: 'R' },
    });
  });

  it('may point to a companion file', async () => {
    const read = await readText(ome('<BinaryOnly MetadataFile="m.companion.ome" UUID="urn:uuid:2"/>'));
    expect(read.nodes[1]).toEqual({ kind: 'binaryOnly', metadataFile: 'm.companion.ome', uuid: 'urn:uuid:2' });
  });

  it('may have any prefix for the OME namespace, and elements of other namespaces are not OME elements', async () => {
    const read = await readText(
      `<o:OME xmlns:o="${NS}/OME/2016-06" xmlns="http://x.example/"><Image ID="Image:9"/><o:Image ID="Image:0" x:Name="no" xmlns:x="http://x.example/"><Description>no</Description><o:Description>yes</o:Description></o:Image></o:OME>`,
    );
    expect(objects(read, 'Image')).toEqual([{ type: 'Image', ref: 'Image:0', description: 'yes' }]);
    expect(read.findings.map((f) => f.detail)).toEqual(['OME/Image', 'Image/Description']);
  });

  it.each([
    ['an element', '<Image ID="Image:0"><q:x/></Image>'],
    ['an attribute', '<Image ID="Image:0" q:x="1"/>'],
    [
      'an element inside an XML annotation',
      '<StructuredAnnotations><XMLAnnotation ID="Annotation:0"><Value><q:x/></Value></XMLAnnotation></StructuredAnnotations>',
    ],
    ['an element that is passed over', '<Unknown><q:x/></Unknown>'],
    ['an element after its declaration has ended', '<Image ID="Image:0" xmlns:q="http://q.example/"/><q:x/>'],
  ])('is not well-formed when the prefix of %s is not bound', async (_, inside) => {
    expect(codes(await readText(ome(inside))).filter((c) => c !== 'ome-element-unknown')).toEqual(['xml-malformed']);
  });

  it('is not well-formed when two attributes are the same one, or a prefix is unbound again', async () => {
    const two = await readText(
      ome('<Image xmlns:a="http://x.example/" xmlns:b="http://x.example/" a:n="1" b:n="2" ID="Image:0"/>'),
    );
    expect(codes(two)).toEqual(['xml-malformed']);
    expect(codes(await readText(ome('<Image xmlns:a="" ID="Image:0"/>')))).toEqual(['xml-malformed']);
  });

  it('says the same however it is cut into chunks', async () => {
    const text = ome(
      `<Image ID="Image:0" Name="µm 𝒳 é"><Description>tät\r\n𝒳</Description>${pixels('<Plane TheZ="0" TheC="0" TheT="0" ExposureTime="1"/>')}</Image><StructuredAnnotations><MapAnnotation ID="Annotation:1"><Value><M K="µ">é</M></Value></MapAnnotation></StructuredAnnotations>`,
    );
    const whole = await readText(text);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), async (size) => {
        expect(await readText(text, size)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('gives elements without ID one from their position, and says so', async () => {
    const text = ome(
      '<Plate ID="Plate:1"><Well Row="0" Column="0"><WellSample Index="0"/><WellSample Index="1"/></Well><Well Row="0" Column="1"/></Plate>',
    );
    const read = await readText(text);
    expect(objects(read, 'Well').map((w) => [w.ref, ...w.wellSamples.map((s) => s.ref)])).toEqual([
      ['Well:Plate:1/0', 'WellSample:Well:Plate:1/0/0', 'WellSample:Well:Plate:1/0/1'],
      ['Well:Plate:1/1'],
    ]);
    expect(codes(read)).toEqual(['ome-attribute-missing', 'ome-attribute-missing']);
    expect(await readText(text)).toEqual(read);
  });
});

describe('values', () => {
  it.each([
    ['SizeX', 'twelve'],
    ['SizeX', '-1'],
    ['SizeX', '1.5'],
    ['PhysicalSizeX', '0'],
    ['PhysicalSizeX', '0,5'],
    ['PhysicalSizeX', '0x1f'],
    ['PhysicalSizeX', ''],
    ['BigEndian', 'yes'],
    ['Type', 'uint9'],
  ])('of another type are left out with a finding: %s="%s"', async (name, value) => {
    const read = await readText(ome(`<Image ID="Image:0"><Pixels ID="Pixels:0" ${name}="${value}"/></Image>`));
    expect(objects(read, 'Image')[0]?.pixels).toEqual({ type: 'Pixels', ref: 'Pixels:0', channels: [] });
    expect(read.findings.map(findingSentence)).toEqual([
      expect.stringContaining(`a.ome.xml:2: a value is not of its type and is left out ("Pixels ${name}="${value}"")`),
    ]);
  });

  it('with a unit of another dimension are left out', async () => {
    const read = await readText(
      ome('<Image ID="Image:0"><Pixels ID="Pixels:0" PhysicalSizeX="1" PhysicalSizeXUnit="s"/></Image>'),
    );
    expect(objects(read, 'Image')[0]?.pixels?.physicalSizeX).toBeUndefined();
    expect(codes(read)).toEqual(['unit-unknown']);
  });

  it('may be the special numbers of xsd:float', async () => {
    const read = await readText(ome('<Image ID="Image:0"><StageLabel Name="n" X="INF" Y="-INF" Z="NaN"/></Image>'));
    expect(objects(read, 'Image')[0]?.stageLabel).toMatchObject({
      x: { value: Number.POSITIVE_INFINITY },
      y: { value: Number.NEGATIVE_INFINITY },
      z: { value: Number.NaN },
    });
  });

  it('that are not of the model are counted, not repeated', async () => {
    const read = await readText(
      ome(`<Image ID="Image:0">${'<Odd a="1"><Odd/></Odd>'.repeat(5)}</Image><Image ID="Image:1" Odd="1"/>`),
    );
    expect(read.findings).toEqual([
      {
        code: 'ome-element-unknown',
        severity: 'info',
        focus: 'a.ome.xml',
        at: 'a.ome.xml:2',
        detail: 'Image/Odd',
        count: 5,
      },
      { code: 'ome-element-unknown', severity: 'info', focus: 'a.ome.xml', at: 'a.ome.xml:2', detail: 'Image/@Odd' },
    ]);
  });
});

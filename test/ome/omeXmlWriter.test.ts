import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/findings.js';
import type { Annotation, Image, ObjectRef, OmeObject, OmeRecord } from '../../src/ome/model.js';
import { type OmeXmlWriterOptions, writeOmeXml } from '../../src/ome/omeXmlWriter.js';

const of = (object: OmeObject, parents: ObjectRef[] = [], annotations: Annotation[] = []): OmeRecord => ({
  kind: 'object',
  object,
  parents,
  parts: [],
  annotations,
  containers: ['orphans'],
});
const image = (n: number, more: Partial<Image> = {}): Image => ({
  type: 'Image',
  ref: `Image:${n}`,
  pixels: {
    type: 'Pixels',
    ref: `Pixels:${n}`,
    dimensionOrder: 'XYZCT',
    kind: 'uint8',
    sizeX: 4,
    sizeY: 3,
    sizeZ: 1,
    sizeC: 1,
    sizeT: 1,
    channels: [],
  },
  ...more,
});
const tag = (n: number, value: string): Annotation => ({ type: 'TagAnnotation', ref: `TagAnnotation:${n}`, value });

async function write(records: readonly OmeRecord[], options: Partial<OmeXmlWriterOptions> = {}) {
  const findings: Finding[] = [];
  let xml = '';
  for await (const chunk of writeOmeXml(records, { onFinding: (f) => findings.push(f), ...options })) xml += chunk;
  const codes = findings.map(({ code, focus, detail }) =>
    [code, focus, detail].filter((part) => part !== undefined).join(' '),
  );
  return { xml, findings, codes, body: xml.slice(xml.indexOf('\n', xml.indexOf('<OME ')) + 1) };
}

test('records in any order become one document in the order of the schema', async () => {
  const { body, codes } = await write([
    { kind: 'annotated', annotation: tag(1, 'good'), targets: ['Image:1', 'Dataset:3'], containers: ['orphans'] },
    of({ type: 'ROI', ref: 'ROI:5', shapes: [{ type: 'Point', ref: 'Point:8', x: 1, y: 2.5 }], description: 'here' }, [
      'Image:1',
    ]),
    of(
      image(1, {
        name: 'a < b & "c"',
        acquisitionDate: '2026-03-10T14:00:15',
        description: ' two\nlines ',
        experimenter: 'Experimenter:2',
      }),
      ['Dataset:3'],
    ),
    of({ type: 'Experimenter', ref: 'Experimenter:2', lastName: 'Carberry' }),
    of({ type: 'Dataset', ref: 'Dataset:3' }, ['Project:4']),
    of({ type: 'Project', ref: 'Project:4', name: 'P', description: 'D' }),
  ]);
  expect(codes).toEqual([]);
  expect(body).toBe(`  <Project ID="Project:4" Name="P">
    <Description>D</Description>
    <DatasetRef ID="Dataset:3"/>
  </Project>
  <Dataset ID="Dataset:3">
    <ImageRef ID="Image:1"/>
    <AnnotationRef ID="Annotation:1"/>
  </Dataset>
  <Experimenter ID="Experimenter:2" LastName="Carberry"/>
  <Image ID="Image:1" Name="a &lt; b &amp; &quot;c&quot;">
    <AcquisitionDate>2026-03-10T14:00:15</AcquisitionDate>
    <ExperimenterRef ID="Experimenter:2"/>
    <Description> two\nlines </Description>
    <Pixels ID="Pixels:1" DimensionOrder="XYZCT" Type="uint8" SizeX="4" SizeY="3" SizeZ="1" SizeC="1" SizeT="1">
      <MetadataOnly/>
    </Pixels>
    <ROIRef ID="ROI:5"/>
    <AnnotationRef ID="Annotation:1"/>
  </Image>
  <StructuredAnnotations>
    <TagAnnotation ID="Annotation:1">
      <Value>good</Value>
    </TagAnnotation>
  </StructuredAnnotations>
  <ROI ID="ROI:5">
    <Union>
      <Point ID="Shape:8" X="1" Y="2.5"/>
    </Union>
    <Description>here</Description>
  </ROI>
</OME>
`);
});

test('the root names the creator and the UUID', async () => {
  const { xml } = await write([], { creator: 'omegraph "1"', uuid: 'urn:uuid:6d2b1b6a-0000-4000-8000-000000000001' });
  expect(xml).toContain(
    ' UUID="urn:uuid:6d2b1b6a-0000-4000-8000-000000000001" Creator="omegraph &quot;1&quot;">\n</OME>',
  );
});

test('StructuredAnnotations is not written when there is no annotation', async () => {
  expect((await write([of(image(1))])).xml).not.toContain('StructuredAnnotations');
});

test('map annotations keep order, repeats, empty keys and empty values', async () => {
  const value = [
    ['b', '1'],
    ['a', '2'],
    ['b', '1'],
    ['', 'x'],
    ['y', ''],
  ] as const;
  const { body } = await write([
    of(image(1), [], [{ type: 'MapAnnotation', ref: 'MapAnnotation:1', namespace: 'n', value }]),
  ]);
  expect(body).toContain(`    <MapAnnotation ID="Annotation:1" Namespace="n">
      <Value>
        <M K="b">1</M>
        <M K="a">2</M>
        <M K="b">1</M>
        <M K="">x</M>
        <M K="y"/>
      </Value>
    </MapAnnotation>`);
});

describe('characters', () => {
  test('line ends and tabs in attributes are character references, so that a reader keeps them', async () => {
    expect((await write([of(image(1, { name: 'a\tb\nc\rd' }))])).xml).toContain('Name="a&#9;b&#10;c&#13;d"');
  });
  test('control characters and lone surrogates are replaced and reported', async () => {
    const { xml, codes } = await write([of(image(1, { name: 'a\u0000b\u000bc\ud800d\uffffe😀' }))]);
    expect(xml).toContain('Name="a\ufffdb\ufffdc\ufffdd\ufffde😀"');
    expect(codes).toEqual(['text-control-character Image:1']);
  });
  test('blanks in an id are encoded, the same in each reference to it', async () => {
    const { xml } = await write([
      of(image(1, { ref: 'Image:a b' }), ['Dataset:1']),
      of({ type: 'Dataset', ref: 'Dataset:1' }),
    ]);
    expect(xml).toContain('<ImageRef ID="Image:a%20b"/>');
    expect(xml).toContain('<Image ID="Image:a%20b"');
  });
});

describe('quantities', () => {
  test('a unit is written where it is not the schema default', async () => {
    const channel = (n: number, unit: string) =>
      ({ type: 'Channel', ref: `Channel:${n}`, pinholeSize: { value: 50, unit } }) as const;
    const pixels = { ...image(1).pixels, channels: [channel(0, 'µm'), channel(1, 'nm')] } as Image['pixels'];
    const { xml } = await write([of(image(1, { pixels }))]);
    expect(xml).toContain('<Channel ID="Channel:0" PinholeSize="50"/>');
    expect(xml).toContain('<Channel ID="Channel:1" PinholeSize="50" PinholeSizeUnit="nm"/>');
  });
  test.each([
    [
      'a unit of another dimension',
      { temperature: { value: 37, unit: 'nm' } },
      'ImagingEnvironment Temperature',
      '37 nm',
    ],
    ['a fraction above one', { humidity: 40 }, 'ImagingEnvironment Humidity', '40'],
  ])('%s is left out and reported', async (_, imagingEnvironment, at, detail) => {
    const { xml, findings } = await write([of(image(1, { imagingEnvironment }))]);
    expect(xml).toContain('<ImagingEnvironment/>');
    expect(findings).toEqual([{ code: 'ome-value-invalid', severity: 'warning', focus: 'Image:1', at, detail }]);
  });
});

describe('what the schema requires and nobody knows', () => {
  const noSize = image(1, {
    pixels: { type: 'Pixels', ref: 'Pixels:1', dimensionOrder: 'XYZCT', kind: 'uint12', sizeX: 4, channels: [] },
  });
  test('an image without sizes is left out with the references to it, and that is said', async () => {
    const { xml, codes } = await write(
      [of(noSize), of({ type: 'Folder', ref: 'Folder:1' }), of(image(2), ['Folder:1'])].concat({
        kind: 'object',
        object: { type: 'Folder', ref: 'Folder:2' },
        parents: [],
        parts: ['Image:1'],
        annotations: [],
        containers: [],
      }),
    );
    expect(xml).not.toContain('Image:1"');
    expect(codes).toEqual([
      'ome-xml-incomplete Image:1 Type SizeY SizeZ SizeC SizeT',
      'ome-reference-dangling Folder:2 Image:1',
    ]);
  });
  test('with placeholders it is written with the smallest values, and that is said', async () => {
    const { xml, codes } = await write([of(noSize), of({ type: 'Image', ref: 'Image:2' })], { placeholders: true });
    expect(xml).toContain('Type="uint8" SizeX="4" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"');
    expect(xml).toContain('<Pixels ID="Pixels:2" DimensionOrder="XYZCT"');
    expect(codes).toEqual([
      'ome-xml-placeholder Image:1 Type SizeY SizeZ SizeC SizeT',
      'ome-xml-placeholder Image:2 DimensionOrder Type SizeX SizeY SizeZ SizeC SizeT',
    ]);
  });
  test.each<[string, OmeObject, ObjectRef[], string]>([
    ['an image without pixels', { type: 'Image', ref: 'Image:1' }, [], 'Image:1 Pixels'],
    ['a ROI without shapes', { type: 'ROI', ref: 'ROI:1', shapes: [] }, [], 'ROI:1 Union'],
    ['a well without a row', { type: 'Well', ref: 'Well:1', column: 0, wellSamples: [] }, ['Plate:1'], 'Well:1 Row'],
    ['a well without a plate', { type: 'Well', ref: 'Well:1', column: 0, row: 0, wellSamples: [] }, [], 'Well:1 Plate'],
  ])('%s is left out', async (_, object, parents, said) => {
    const { xml, codes } = await write([of(object, parents), of({ type: 'Plate', ref: 'Plate:1' })]);
    expect(codes).toEqual([`ome-xml-incomplete ${said}`]);
    expect(xml).not.toContain(`ID="${object.ref}"`);
  });
  test('a shape without coordinates is left out, the other shapes stay', async () => {
    const { xml, codes } = await write([
      of({
        type: 'ROI',
        ref: 'ROI:1',
        shapes: [
          { type: 'Line', ref: 'Line:1', x1: 0 },
          { type: 'Mask', ref: 'Mask:2', x: 0, y: 0, width: 2, height: 2 },
        ],
      }),
    ]);
    expect(codes).toEqual(['ome-xml-incomplete Line:1 Y1 X2 Y2']);
    expect(xml).toContain('<BinData BigEndian="false" Length="0"/>');
  });
  test('settings without their device and a manipulation without its person are left out', async () => {
    const { xml, codes } = await write([
      of({
        type: 'Experiment',
        ref: 'Experiment:1',
        microbeamManipulations: [
          {
            type: 'MicrobeamManipulation',
            ref: 'MicrobeamManipulation:1',
            rois: ['ROI:1'],
            experimenter: 'Experimenter:9',
          },
          { type: 'MicrobeamManipulation', ref: 'MicrobeamManipulation:2' },
        ],
      }),
      of(image(1, { objectiveSettings: { medium: 'Oil' }, microbeamManipulations: ['MicrobeamManipulation:1'] })),
    ]);
    expect(xml).not.toMatch(/Manipulation|ObjectiveSettings/);
    expect(codes).toEqual([
      'ome-xml-incomplete MicrobeamManipulation:2 ROIRef and ExperimenterRef',
      'ome-reference-dangling MicrobeamManipulation:1 Experimenter:9',
      'ome-xml-incomplete Image:1 ID',
      'ome-reference-dangling Image:1 MicrobeamManipulation:1',
    ]);
  });
});

describe('references', () => {
  test('those that the schema checks are left out when their object is not written', async () => {
    const { xml, codes } = await write([
      of(image(1, { instrument: 'Instrument:9', objectiveSettings: { objective: 'Objective:9' } }), ['Dataset:9']),
    ]);
    expect(xml).not.toMatch(/Ref |ObjectiveSettings/);
    expect(codes).toEqual([
      'ome-reference-dangling Dataset:9 Image:1',
      'ome-reference-dangling Image:1 Instrument:9',
      'ome-reference-dangling Image:1 Objective:9',
    ]);
  });
  test('those that the schema lets point elsewhere stay', async () => {
    const { xml, codes } = await write([
      {
        kind: 'object',
        object: { type: 'Dataset', ref: 'Dataset:1' },
        parents: [],
        parts: ['Image:77'],
        annotations: [],
        containers: [],
      },
    ]);
    expect(xml).toContain('<ImageRef ID="Image:77"/>');
    expect(codes).toEqual([]);
  });
  test('light sources of different types with the same number get different IDs', async () => {
    const channels = [
      { type: 'Channel', ref: 'Channel:0', lightSourceSettings: { lightSource: 'Laser:1' } },
      { type: 'Channel', ref: 'Channel:1', lightSourceSettings: { lightSource: 'Arc:1' } },
    ] as const;
    const { xml, codes } = await write([
      of(image(1, { pixels: { ...image(1).pixels, channels } as Image['pixels'] })),
      of({
        type: 'Instrument',
        ref: 'Instrument:1',
        lightSources: [
          { type: 'Arc', ref: 'Arc:1' },
          { type: 'Laser', ref: 'Laser:1' },
        ],
      }),
    ]);
    expect(codes).toEqual([]);
    const ids = [...xml.matchAll(/<(Laser|Arc|LightSourceSettings) ID="([^"]+)"/g)].map(
      ([, name, id]) => `${name} ${id}`,
    );
    expect(ids).toEqual([
      'Arc LightSource:Arc.1',
      'Laser LightSource:1',
      'LightSourceSettings LightSource:1',
      'LightSourceSettings LightSource:Arc.1',
    ]);
  });
  test('the same object twice is written once; with other content it is reported', async () => {
    const { xml, codes } = await write([of(image(1)), of(image(1)), of(image(1, { name: 'other' }))]);
    expect(xml.match(/<Image /g)).toHaveLength(1);
    expect(codes).toEqual(['id-duplicate Image:1']);
  });
  test('wells stand in their plate and reagents in their screen', async () => {
    const { body, codes } = await write([
      of(
        {
          type: 'Well',
          ref: 'Well:1',
          column: 0,
          row: 1,
          reagent: 'Reagent:1',
          wellSamples: [{ type: 'WellSample', ref: 'WellSample:1', index: 0 }],
        },
        ['Plate:1'],
      ),
      of({ type: 'Reagent', ref: 'Reagent:1', name: 'siRNA' }, ['Screen:1']),
      of({ type: 'PlateAcquisition', ref: 'PlateAcquisition:1', wellSamples: ['WellSample:1'] }, ['Plate:1']),
      of({ type: 'Plate', ref: 'Plate:1', description: 'p' }, ['Screen:1']),
      of({ type: 'Screen', ref: 'Screen:1' }),
      of({ type: 'Well', ref: 'Well:2', column: 0, row: 1, wellSamples: [] }, ['Plate:9']),
    ]);
    expect(codes).toEqual(['ome-reference-dangling Plate:9 Well']);
    expect(body).toBe(`  <Plate ID="Plate:1">
    <Description>p</Description>
    <Well ID="Well:1" Column="0" Row="1">
      <WellSample ID="WellSample:1" Index="0"/>
      <ReagentRef ID="Reagent:1"/>
    </Well>
    <PlateAcquisition ID="PlateAcquisition:1">
      <WellSampleRef ID="WellSample:1"/>
    </PlateAcquisition>
  </Plate>
  <Screen ID="Screen:1">
    <Reagent ID="Reagent:1" Name="siRNA"/>
    <PlateRef ID="Plate:1"/>
  </Screen>
</OME>
`);
  });
});

describe('annotation values', () => {
  test.each<[string, Annotation]>([
    ['text around the elements', { type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value: 'x<a/>' }],
    ['an open element', { type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value: '<a>' }],
    ['an end tag of ours', { type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value: '</Value><Value>' }],
    ['an unbound prefix', { type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value: '<p:a/>' }],
    ['a DOCTYPE', { type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value: '<!DOCTYPE a><a/>' }],
    ['a control character', { type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value: '<a>\u0001</a>' }],
    ['a long beyond 64 bits', { type: 'LongAnnotation', ref: 'LongAnnotation:1', value: '9223372036854775808' }],
    ['a double in words', { type: 'DoubleAnnotation', ref: 'DoubleAnnotation:1', value: 'one' }],
    [
      'a day that does not exist',
      { type: 'TimestampAnnotation', ref: 'TimestampAnnotation:1', value: '2026-02-30T00:00:00' },
    ],
  ])('%s is refused and reported', async (_, annotation) => {
    const { xml, codes } = await write([of(image(1), [], [annotation])]);
    expect(xml).not.toContain('Annotation');
    expect(codes).toEqual([`ome-value-invalid ${annotation.ref} ${'value' in annotation ? annotation.value : ''}`]);
  });
  test('an XML fragment is written as it is', async () => {
    const value = '<a xmlns="urn:x">1 &lt; 2<!-- c --><![CDATA[<]]></a>\n<b xmlns=""/>';
    const { xml } = await write([of(image(1), [], [{ type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value }])]);
    expect(xml).toContain(`<Value>${value}</Value>`);
  });
  test('elements of OME-XML inside a fragment are kept, and that is said', async () => {
    const value = '<Channel xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">3</Channel>';
    const { xml, codes } = await write([of(image(1), [], [{ type: 'XMLAnnotation', ref: 'XMLAnnotation:1', value }])]);
    expect(xml).toContain(value);
    expect(codes).toEqual(['ome-xml-unchecked XMLAnnotation:1']);
  });
  test('a namespace that is no URI reference is left out', async () => {
    const { xml, codes } = await write([of(image(1), [], [{ ...tag(1, 'x'), namespace: '100%' }])]);
    expect(xml).toContain('<TagAnnotation ID="Annotation:1">');
    expect(codes).toEqual(['ome-value-invalid TagAnnotation:1 100%']);
  });
  test('a file annotation names its file without the bytes', async () => {
    const file = { fileName: 'a.csv', size: 12, mimeType: 'text/csv' };
    const { xml } = await write([of(image(1), [], [{ type: 'FileAnnotation', ref: 'FileAnnotation:1', file }])]);
    expect(xml).toContain(
      '<BinaryFile FileName="a.csv" Size="12" MIMEType="text/csv">\n        <BinData BigEndian="false" Length="0"/>',
    );
  });
});

test('what OME-XML has no place for is counted by kind', async () => {
  const { findings } = await write([
    of({ type: 'Fileset', ref: 'Fileset:1', originalFiles: ['OriginalFile:1'] }),
    of({ type: 'OriginalFile', ref: 'OriginalFile:1', path: 'a', name: 'a' }),
    of(image(1, { fileset: 'Fileset:1' }), [], [{ ...tag(1, 'x'), date: '2026-01-01T00:00:00Z' }]),
    of(
      image(2, {
        fileset: 'Fileset:1',
        pixels: { ...(image(2).pixels as NonNullable<Image['pixels']>), planes: { count: 3 } },
      }),
    ),
    of({ type: 'Screen', ref: 'Screen:1', experimenter: 'Experimenter:1' }),
    { kind: 'annotated', annotation: tag(2, 'y'), targets: ['Pixels:1'], containers: [] },
  ]);
  expect(findings.map(({ code, focus, count }) => `${code} ${focus} ${count}`)).toEqual([
    'ome-xml-no-place Fileset 1',
    'ome-xml-no-place OriginalFile 1',
    'ome-xml-no-place fileset of an Image 2',
    'ome-xml-no-place date of an annotation 1',
    'ome-xml-no-place plane summary of Pixels 1',
    'ome-xml-no-place owner of a Screen 1',
    'ome-xml-no-place annotation of a Pixels 1',
  ]);
});

describe('memory', () => {
  const study = Array.from({ length: 3000 }, (_, n) =>
    of(image(n, { description: `number ${n}, \ud83d\ude00` }), ['Dataset:1']),
  );
  const records = [of({ type: 'Dataset', ref: 'Dataset:1' }), ...study];

  test('content beyond the limit waits in a temporary file and comes back the same', async () => {
    const temporaryFolder = await mkdtemp(join(tmpdir(), 'omegraph-test-'));
    const [small, large] = [await write(records, { spoolBytes: 1000, temporaryFolder }), await write(records)];
    expect(small.xml).toBe(large.xml);
    expect(await readdir(temporaryFolder)).toEqual([]);
  });
  test('the temporary file goes away when the reader stops early or the source fails', async () => {
    const temporaryFolder = await mkdtemp(join(tmpdir(), 'omegraph-test-'));
    const options = { onFinding: () => undefined, spoolBytes: 1000, temporaryFolder };
    for await (const _ of writeOmeXml(records, options)) {
      expect(await readdir(temporaryFolder)).toHaveLength(1);
      break;
    }
    expect(await readdir(temporaryFolder)).toEqual([]);
    async function* broken(): AsyncGenerator<OmeRecord> {
      yield* records;
      throw new Error('gone');
    }
    await expect(writeOmeXml(broken(), options).next()).rejects.toThrow('gone');
    expect(await readdir(temporaryFolder)).toEqual([]);
  });
  test('the document comes in chunks', async () => {
    let chunks = 0;
    for await (const chunk of writeOmeXml(records, { onFinding: () => undefined })) {
      chunks += 1;
      expect(chunk.length).toBeLessThan(2 * 64 * 1024);
    }
    expect(chunks).toBeGreaterThan(5);
  });
});

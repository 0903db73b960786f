import { describe, expect, it } from 'vitest';
import { packIdentity } from '../../../src/extract/identity.js';
import { decodeObject } from '../../../src/extract/web/decodeObject.js';
import { decodeWell } from '../../../src/extract/web/decodeWell.js';
import { isUnloaded, ownershipOf } from '../../../src/extract/web/ownership.js';
import { readOmeXml } from '../../../src/ome/omeXmlReader.js';
import { encoded, enumeration, listening, quantity } from './decoding.js';

const OWNED = { experimenter: 'Experimenter:2', experimenterGroup: 'ExperimenterGroup:4' };

describe('Objects of the JSON API', () => {
  it.each([
    [
      'Project',
      { Name: 'Mitosis', Description: 'Two\nlines' },
      { name: 'Mitosis', description: 'Two\nlines', ...OWNED },
    ],
    ['Dataset', { Name: 'control', 'omero:childCount': 3, 'url:images': 'http://x' }, { name: 'control', ...OWNED }],
    [
      'Screen',
      { Name: 's', ProtocolIdentifier: 'P1', ReagentSetDescription: 'r', Type: 'primary' },
      { name: 's', protocolIdentifier: 'P1', reagentSetDescription: 'r', kind: 'primary', ...OWNED },
    ],
    [
      'Plate',
      {
        ...{ Name: 'p', ColumnNamingConvention: 'number', RowNamingConvention: 'letter', Columns: 3, Rows: 2 },
        ...{ FieldIndex: 1, Status: 'done', WellOriginX: quantity(0, 'REFERENCEFRAME', 'reference frame') },
      },
      {
        ...{ name: 'p', columnNamingConvention: 'number', rowNamingConvention: 'letter', columns: 3, rows: 2 },
        ...{ fieldIndex: 1, status: 'done', wellOriginX: { value: 0, unit: 'reference frame' }, ...OWNED },
      },
    ],
    [
      'PlateAcquisition',
      { Name: 'Run 1', MaximumFieldCount: 2, StartTime: 1252938959000 },
      { name: 'Run 1', maximumFieldCount: 2, startTime: '2009-09-14T14:35:59' },
    ],
    [
      'Experimenter',
      { FirstName: 'Ada', MiddleName: '', LastName: 'Lovelace', Email: 'a@b', Institution: 'I', UserName: 'ada' },
      { firstName: 'Ada', middleName: '', lastName: 'Lovelace', email: 'a@b', institution: 'I', userName: 'ada' },
    ],
    ['ExperimenterGroup', { Name: 'lab', Description: 'ours' }, { name: 'lab', description: 'ours' }],
  ])('a %s has the attributes that its keys name', (type, keys, attributes) => {
    const context = listening();
    expect(decodeObject(encoded(type, 7, keys), context)).toEqual({ type, ref: `${type}:7`, ...attributes });
    expect(context.told).toEqual([]);
  });

  it('takes the class from the part of @type after #, whatever schema version stands before it', () => {
    const json = { '@type': 'http://www.openmicroscopy.org/Schemas/SPW/2015-01#Screen', '@id': 1, Name: 'old' };
    expect(decodeObject(json, listening())).toEqual({ type: 'Screen', ref: 'Screen:1', name: 'old' });
  });

  it('keeps ids above 2^53, which come as digits', () => {
    expect(decodeObject(encoded('Dataset', '9007199254740993', {}), listening())?.ref).toBe('Dataset:9007199254740993');
  });

  it.each([
    [{ '@id': 2 ** 53 }, 'ome-value-invalid Dataset/@@id'],
    [{ '@id': -1 }, 'ome-value-invalid Dataset/@@id'],
    [{ '@id': '7/../8' }, 'ome-value-invalid Dataset/@@id'],
    [{}, 'web-value-missing Dataset/@@id'],
  ])('leaves out an object whose id is none: %j', (id, told) => {
    const context = listening();
    expect(decodeObject({ '@type': 'x#Dataset', ...id }, context)).toBeUndefined();
    expect(context.told).toEqual([told]);
  });

  it('leaves out an object of an unknown class with a finding', () => {
    const context = listening();
    expect(decodeObject({ '@type': 'x#Instrument', '@id': 1 }, context)).toBeUndefined();
    expect(decodeObject({ '@id': 1 }, context)).toBeUndefined();
    expect(context.told).toEqual(['web-class-unknown Instrument/@class', 'web-class-unknown @type/@class']);
  });

  it('makes an object that was not loaded one with its ref and owner alone', () => {
    const bare = { '@type': 'x#Image', '@id': 5 };
    expect(isUnloaded(bare)).toBe(true);
    expect(isUnloaded(encoded('Image', 5, {}))).toBe(true);
    expect(isUnloaded(encoded('Image', 5, { Name: 'a' }))).toBe(false);
    expect(decodeObject(bare, listening())).toEqual({ type: 'Image', ref: 'Image:5' });
  });

  it('knows group and owner whether details are whole or shortened', () => {
    expect(ownershipOf(encoded('Image', 5, {}))).toEqual({ group: '4', owner: '2' });
    const short = { 'omero:details': { owner: { '@id': 3 }, group: { '@id': '9007199254740993' } } };
    expect(ownershipOf(short)).toEqual({ group: '9007199254740993', owner: '3' });
    expect(ownershipOf({ 'omero:details': { owner: 3, group: null } })).toEqual({});
    expect(ownershipOf({})).toEqual({});
  });

  it('keeps the names that other systems gave to an object', () => {
    const json = encoded('Dataset', 1, {});
    const info = { '@type': 'TBD#ExternalInfo', EntityId: 301, Lsid: 'https://labid.example.org/abc', Uuid: '0f8f' };
    const external = { ...json, 'omero:details': { ...json['omero:details'], externalInfo: info } };
    expect(decodeObject(external, listening())).toMatchObject({
      externalInfo: { lsid: 'https://labid.example.org/abc', uuid: '0f8f' },
    });
  });

  it('tells once a class of a key that it does not know', () => {
    const context = listening();
    decodeObject(encoded('Dataset', 1, { 'omero:newKey': 1, Name: 'n' }), context);
    decodeObject(encoded('Dataset', 2, { 'omero:newKey': 1 }), context);
    expect(new Set(context.told)).toEqual(new Set(['ome-element-unknown Dataset/@omero:newKey']));
  });

  it('repairs texts that XML could not hold, with a finding', () => {
    const context = listening();
    expect(decodeObject(encoded('Dataset', 1, { Name: 'a\u0000b\ud800\tc' }), context)).toMatchObject({
      name: 'a\ufffdb\ufffd\tc',
    });
    expect(context.told).toEqual(['text-control-character Dataset:1/@Name']);
  });
});

const PIXELS = {
  ...{ SizeX: 1024, SizeY: 512, SizeZ: 5, SizeC: 2, SizeT: 3, SignificantBits: 16 },
  PhysicalSizeX: quantity(325, 'NANOMETER', 'nm'),
  TimeIncrement: quantity(30, 'SECOND', 's', 'TimeI'),
  Type: enumeration('PixelsType', 'uint16'),
  'omero:sha1': 'c25a0cecaae3bcba80528f13f796cf70c0a2caf2',
  'omero:methodology': 'left out',
};

describe('Images', () => {
  it('say the same as OME-XML of the same image', async () => {
    const context = listening();
    const channel = encoded('Channel', 601, {
      ...{ Color: -16776961, Name: 'DAPI', Fluor: 'DAPI', NDFilter: 0.5, PockelCellSetting: 3, SamplesPerPixel: 1 },
      EmissionWavelength: quantity(450.5, 'NANOMETER', 'nm'),
      PinholeSize: quantity(44.5, 'MICROMETER', 'µm'),
      Illumination: enumeration('Illumination', 'Epifluorescence'),
      AcquisitionMode: enumeration('AcquisitionMode', 'LaserScanningConfocalMicroscopy'),
      ContrastMethod: enumeration('ContrastMethod', 'Fluorescence'),
      'omero:lookupTable': 'fire.lut',
    });
    const { 'omero:sha1': _sha1, ...pixels } = PIXELS;
    const json = encoded('Image', 301, {
      ...{ AcquisitionDate: 1672531200000, Name: 'a.czi', Description: 'd' },
      Pixels: encoded('Pixels', 501, { ...pixels, Channels: [channel] }),
    });
    const xml = `<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
      <Image ID="Image:301" Name="a.czi"><AcquisitionDate>2023-01-01T00:00:00</AcquisitionDate><Description>d</Description>
        <ExperimenterRef ID="Experimenter:2"/><ExperimenterGroupRef ID="ExperimenterGroup:4"/>
        <Pixels ID="Pixels:501" Type="uint16" SignificantBits="16" SizeX="1024" SizeY="512" SizeZ="5" SizeC="2" SizeT="3"
          PhysicalSizeX="325.0" PhysicalSizeXUnit="nm" TimeIncrement="30.0">
          <Channel ID="Channel:601" Color="-16776961" Name="DAPI" Fluor="DAPI" NDFilter="0.5" PockelCellSetting="3"
            SamplesPerPixel="1" EmissionWavelength="450.5" PinholeSize="44.5" IlluminationType="Epifluorescence"
            AcquisitionMode="LaserScanningConfocalMicroscopy" ContrastMethod="Fluorescence"/>
        </Pixels></Image></OME>`;
    const read = readOmeXml(chunks(xml), { file: 'a.xml', identify: packIdentity('a'), onFinding: context.onFinding });
    const objects = [];
    for await (const nodes of read) for (const node of nodes) if (node.kind === 'object') objects.push(node.object);
    expect([decodeObject(json, context)]).toEqual(objects);
    expect(context.told).toEqual([]);
  });

  it('have series, hash and no channels in a list', () => {
    const json = encoded('Image', 7, { Name: 'n', 'omero:series': 1, Pixels: encoded('Pixels', 8, PIXELS) });
    expect(decodeObject(json, listening())).toMatchObject({
      series: 1,
      pixels: { sha1: 'c25a0cecaae3bcba80528f13f796cf70c0a2caf2', channels: [], kind: 'uint16', sizeX: 1024 },
    });
  });

  it('have no hash where the importer wrote a word instead', () => {
    const json = encoded('Image', 7, { Pixels: encoded('Pixels', 8, { 'omero:sha1': 'Pending...' }) });
    const context = listening();
    expect(decodeObject(json, context)).toMatchObject({ pixels: { channels: [] } });
    expect(decodeObject(json, context)).not.toHaveProperty('pixels.sha1');
    expect(context.told).toEqual([]);
  });

  it('state acquisition as the wall clock of the server without a zone', () => {
    const json = encoded('Image', 7, { AcquisitionDate: 1688205600000 });
    expect(decodeObject(json, listening())).toMatchObject({ acquisitionDate: '2023-07-01T10:00:00' });
    expect(decodeObject(json, listening('Europe/Berlin'))).toMatchObject({ acquisitionDate: '2023-07-01T12:00:00' });
  });

  const invalid = 'ome-value-invalid';
  it.each([
    [{ Name: 7 }, `${invalid} Image:7/@Name`],
    [{ Description: ['x'] }, `${invalid} Image:7/@Description`],
    [{ AcquisitionDate: 'yesterday' }, `${invalid} Image:7/@AcquisitionDate`],
    [{ AcquisitionDate: 1e300 }, `${invalid} Image:7/@AcquisitionDate`],
    [{ 'omero:series': -1 }, `${invalid} Image:7/@omero:series`],
    [{ Pixels: [] }, `${invalid} Image:7/@Pixels`],
    [{ Pixels: { '@type': 'x#Pixels' } }, 'web-value-missing Pixels/@@id'],
  ])('leave out what is not of its type: %j', (keys, told) => {
    const context = listening();
    expect(decodeObject(encoded('Image', 7, keys), context)).toEqual({ type: 'Image', ref: 'Image:7', ...OWNED });
    expect(context.told).toEqual([told]);
  });

  it.each([
    [{ PhysicalSizeX: quantity(1, 'PARSNIP', 'psn') }, 'unit-unknown Pixels:8/@PhysicalSizeX'],
    [{ PhysicalSizeX: quantity(1, 'SECOND', 's') }, 'unit-unknown Pixels:8/@PhysicalSizeX'],
    [{ PhysicalSizeX: { Value: 1 } }, 'unit-unknown Pixels:8/@PhysicalSizeX'],
    [{ PhysicalSizeX: 0.3 }, `${invalid} Pixels:8/@PhysicalSizeX`],
    [{ PhysicalSizeX: quantity('NaN', 'MICROMETER', 'µm') }, `${invalid} Pixels:8/@PhysicalSizeX`],
    [{ PhysicalSizeX: quantity(0, 'MICROMETER', 'µm') }, `${invalid} Pixels:8/@PhysicalSizeX`],
    [{ SizeX: 1.5 }, `${invalid} Pixels:8/@SizeX`],
    [{ SizeX: '1024' }, `${invalid} Pixels:8/@SizeX`],
    [{ Type: enumeration('PixelsType', 'uint17') }, `${invalid} Pixels:8/@Type`],
    [{ Type: {} }, `${invalid} Pixels:8/@Type`],
    [{ Channels: {} }, `${invalid} Pixels:8/@Channels`],
    [{ Channels: [null] }, `${invalid} Pixels:8/@Channels`],
  ])('have Pixels without what is not of its type: %j', (keys, told) => {
    const context = listening();
    const json = encoded('Image', 7, { Pixels: encoded('Pixels', 8, keys) });
    expect(decodeObject(json, context)).toMatchObject({ pixels: { type: 'Pixels', ref: 'Pixels:8', channels: [] } });
    expect(decodeObject(json, listening())).not.toHaveProperty(`pixels.physicalSizeX`);
    expect(context.told).toEqual([told]);
  });

  it('take the symbol where the name of a unit is not known', () => {
    const json = encoded('Image', 7, { Pixels: encoded('Pixels', 8, { PhysicalSizeX: quantity(2, 'NEW', 'nm') }) });
    expect(decodeObject(json, listening())).toMatchObject({ pixels: { physicalSizeX: { value: 2, unit: 'nm' } } });
  });

  it('repair values of older OMERO enumerations as OME-XML has them repaired', () => {
    const channel = encoded('Channel', 9, { Illumination: enumeration('Illumination', 'Unknown') });
    const json = encoded('Image', 7, { Pixels: encoded('Pixels', 8, { Channels: [channel] }) });
    expect(decodeObject(json, listening())).toMatchObject({ pixels: { channels: [{ illuminationType: 'Other' }] } });
  });
});

describe('Wells', () => {
  const run = (id: number) => encoded('PlateAcquisition', id, { Name: `Run ${id}` });
  const field = (id: number, image: number, of: number) =>
    encoded('WellSample', id, {
      ...{ PositionX: quantity(21964.47, 'REFERENCEFRAME', 'reference frame'), Timepoint: 1252939630000 },
      ...{ Image: encoded('Image', image, { Name: `f${image}` }), PlateAcquisition: run(of) },
    });
  const well = encoded('Well', 431, {
    ...{ Column: 0, Row: 0, Type: 'sample', Color: -16776961, 'omero:status': 'ok', ExternalIdentifier: 'W-A01' },
    WellSamples: [field(441, 304, 421), field(442, 305, 421), field(443, 306, 422)],
  });

  it('come with their fields, images and runs', () => {
    const context = listening();
    const decoded = decodeWell(well, context);
    expect(decoded?.well).toMatchObject({
      ...{
        ref: 'Well:431',
        column: 0,
        row: 0,
        kind: 'sample',
        color: -16776961,
        externalIdentifier: 'W-A01',
        ...OWNED,
      },
      wellSamples: [
        {
          ...{ ref: 'WellSample:441', image: 'Image:304', timepoint: '2009-09-14T14:47:10' },
          positionX: { value: 21964.47, unit: 'reference frame' },
        },
        { ref: 'WellSample:442', image: 'Image:305' },
        { ref: 'WellSample:443', image: 'Image:306' },
      ],
    });
    expect(decoded?.images.map((image) => [image.ref, image.name])).toEqual([
      ['Image:304', 'f304'],
      ['Image:305', 'f305'],
      ['Image:306', 'f306'],
    ]);
    expect(decoded?.runs).toEqual([
      ...[{ type: 'PlateAcquisition', ref: 'PlateAcquisition:421', name: 'Run 421' }].map((r) => ({
        ...r,
        wellSamples: ['WellSample:441', 'WellSample:442'],
      })),
      { type: 'PlateAcquisition', ref: 'PlateAcquisition:422', name: 'Run 422', wellSamples: ['WellSample:443'] },
    ]);
    expect(context.told).toEqual([]);
  });

  it('give their fields no index, which the place in a list that was cut would not be', () => {
    expect(decodeWell(well, listening())?.well.wellSamples.some((sample) => sample.index !== undefined)).toBe(false);
  });

  it('may have fields without image or run, and none at all', () => {
    const context = listening();
    const bare = encoded('Well', 1, { WellSamples: [{ '@type': 'x#WellSample', '@id': 5 }, 'odd'] });
    expect(decodeWell(bare, context)).toMatchObject({
      well: { wellSamples: [{ type: 'WellSample', ref: 'WellSample:5' }] },
      images: [],
      runs: [],
    });
    expect(decodeObject(encoded('Well', 2, {}), context)).toMatchObject({ ref: 'Well:2', wellSamples: [] });
    expect(context.told).toEqual(['ome-value-invalid Well:1/@WellSamples']);
  });
});

describe('ROIs', () => {
  const shapes = (...list: object[]) => encoded('ROI', 801, { Name: 'nucleus', shapes: list }) as never;

  it.each([
    ['Rectangle', { X: 10, Y: 20, Width: 98, Height: 135.5 }, { x: 10, y: 20, width: 98, height: 135.5 }],
    [
      'Ellipse',
      { X: 5, Y: 6, RadiusX: 2.5, RadiusY: 3.5, TheC: 0 },
      { x: 5, y: 6, radiusX: 2.5, radiusY: 3.5, theC: 0 },
    ],
    ['Point', { X: 1.5, Y: 2.5, Text: 'µ' }, { x: 1.5, y: 2.5, text: 'µ' }],
    ['Line', { X1: 0, Y1: 1, X2: 2, Y2: 3, MarkerEnd: 'Arrow' }, { x1: 0, y1: 1, x2: 2, y2: 3, markerEnd: 'Arrow' }],
    ['Polyline', { Points: '10,10 20,20' }, { points: '10,10 20,20' }],
    ['Polygon', { Points: 'points[1,2, 3,4] points1[1,2]' }, { points: 'points[1,2, 3,4] points1[1,2]' }],
    [
      'Label',
      { X: 3, Y: 4, FontSize: quantity(14, 'POINT', 'pt'), FontFamily: 'sans-serif', FontStyle: 'Normal' },
      { x: 3, y: 4, fontSize: { value: 14, unit: 'pt' }, fontFamily: 'sans-serif', fontStyle: 'Normal' },
    ],
    [
      'Mask',
      { X: 0, Y: 0, Width: 8, Height: 8, FillColor: 65535 },
      { x: 0, y: 0, width: 8, height: 8, fillColor: 65535 },
    ],
  ])('have %s shapes', (type, keys, attributes) => {
    const context = listening();
    expect(decodeObject(shapes(encoded(type, 811, keys)), context)).toEqual({
      ...{ type: 'ROI', ref: 'ROI:801', name: 'nucleus' },
      shapes: [{ type, ref: `${type}:811`, ...attributes }],
    });
    expect(context.told).toEqual([]);
  });

  it('have shapes with stroke, lock, plane and transform', () => {
    const transform = encoded('AffineTransform', 9, { A00: 1, A10: 0, A01: 0.5, A11: 0, A02: 1, A12: -3 });
    const keys = {
      StrokeWidth: quantity(1, 'PIXEL', 'pixel'),
      StrokeColor: -993737532,
      Locked: false,
      TheZ: 1,
      TheT: 2,
    };
    const json = shapes(encoded('Point', 1, { ...keys, Transform: transform }));
    expect(decodeObject(json, listening())).toMatchObject({
      shapes: [
        {
          ...{ strokeWidth: { value: 1, unit: 'pixel' }, strokeColor: -993737532, locked: false, theZ: 1, theT: 2 },
          transform: [1, 0, 0.5, 0, 1, -3],
        },
      ],
    });
  });

  it('leave out shapes of unknown classes and transforms that are not whole', () => {
    const context = listening();
    const json = shapes(
      encoded('Path', 1, {}),
      encoded('Point', 2, { Transform: { A00: 1 } }),
      encoded('Point', 3, { X: '1' }),
    );
    expect(decodeObject(json, context)).toMatchObject({ shapes: [{ ref: 'Point:2' }, { ref: 'Point:3' }] });
    expect(context.told).toEqual([
      'web-class-unknown Path/@class',
      'ome-value-invalid Point:2/@Transform',
      'ome-value-invalid Point:3/@X',
    ]);
  });

  it('may have no shapes, and numbers that JSON does not know', () => {
    const context = listening();
    expect(decodeObject(encoded('ROI', 1, {}), context)).toEqual({ type: 'ROI', ref: 'ROI:1', shapes: [] });
    expect(decodeObject(shapes(encoded('Point', 2, { X: 'NaN', Y: '-Infinity' })), context)).toMatchObject({
      shapes: [{ x: Number.NaN, y: Number.NEGATIVE_INFINITY }],
    });
    expect(context.told).toEqual([]);
  });
});

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

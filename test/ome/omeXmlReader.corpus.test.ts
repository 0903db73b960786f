import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { findingSentence } from '../../src/findings.js';
import { objects, type ReadText, readText } from './support/readText.js';

const DATA = '../shared/data';
const folders = ['ome-xml-spec-samples', 'ome-types-testdata', 'cmso-samples', 'ome-zarr-samples'];
const files = existsSync(DATA)
  ? folders.flatMap((folder) =>
      (readdirSync(join(DATA, folder), { recursive: true }) as string[])
        .filter((f) => /\.ome\.xml$|\.companion\.ome$/.test(f))
        .map((f) => join(DATA, folder, f)),
    )
  : [];
if (files.length === 0) console.log('omeXmlReader.corpus: ../shared/data is not here, nothing is read');

/** Samples that are wrong on purpose or by mistake, with what has to be said. */
const WRONG: Readonly<Record<string, readonly RegExp[]>> = {
  'bad.ome.xml': [/:6: an ID has not the form .* \("Channel ID="InvalidName""\)/],
  'invalid_xml_annotation.ome.xml': [/:17: an ID has not the form .* \("XMLAnnotation ID="XMLAnnotation:0""\)/],
  'MMStack.ome.xml': [/:5: an ID .* \("Instrument ID="Microscope""\)/, /:7: an ID .* \("Detector ID="Camera""\)/],
};

/** Elements of OME; the content of XML annotations is not OME's, whatever its names. */
const here = 'not(ancestor::*[local-name()="Value" or local-name()="CustomAttributes"])';
const count = (doc: XmlDocument, name: string, more = ''): number =>
  doc.find(`//*[local-name()="${name}" and contains(namespace-uri(), "openmicroscopy") and ${here}]${more}`).length;
const text = (doc: XmlDocument, path: string): string[] => doc.find(path).map((n) => n.content);

const OBJECTS = 'Project Dataset Folder Screen Plate Reagent Well Image ROI Instrument Experiment Experimenter'.split(
  ' ',
);
const ANNOTATIONS = 'Map File Comment String Tag Term Timestamp XML Xml Long Double Boolean List'.split(' ');
const DEVICES = {
  Detector: 'detectors',
  Objective: 'objectives',
  FilterSet: 'filterSets',
  Filter: 'filters',
  Dichroic: 'dichroics',
} as const;

let documents = 0;
const versions = new Map<string, number>();

/** The same facts, as an XML library counts them. */
function compare(read: ReadText, doc: XmlDocument): void {
  for (const type of OBJECTS) {
    const found = read.nodes.filter((n) => n.kind === 'object' && n.object.type === type).length;
    expect(found, type).toBe(count(doc, type));
  }
  expect(objects(read, 'ExperimenterGroup').length).toBe(count(doc, 'ExperimenterGroup') + count(doc, 'Group'));
  const annotations = read.nodes.flatMap((n) => (n.kind === 'annotation' ? [n.annotation] : []));
  expect(annotations.length).toBe(ANNOTATIONS.reduce((sum, kind) => sum + count(doc, `${kind}Annotation`), 0));

  const pixels = objects(read, 'Image').flatMap((i) => (i.pixels === undefined ? [] : [i.pixels]));
  const images = doc.find(`//*[local-name()="Image" and ${here}]`) as XmlElement[];
  expect(pixels.length).toBe(images.filter((i) => i.find('*[local-name()="Pixels"]').length > 0).length);
  const older = count(doc, 'LogicalChannel') + count(doc, 'ChannelInfo') > 0;
  const channels = pixels.reduce((sum, p) => sum + p.channels.length, 0);
  if (older) {
    const ids = new Set(pixels.map((p) => p.ref.slice(7)));
    const components = text(doc, '//*[local-name()="ChannelComponent"]/@Pixels').filter((id) =>
      ids.has(id.replace('Pixels:', '')),
    );
    expect(channels).toBe(components.length);
  } else expect(channels).toBe(count(doc, 'Channel'));
  if (pixels.length === count(doc, 'Pixels')) {
    expect(pixels.reduce((sum, p) => sum + (p.planes?.count ?? 0), 0)).toBe(count(doc, 'Plane'));
    const sizes = (axis: string): string[] => text(doc, `//*[local-name()="Pixels" and ${here}]/@Size${axis}`);
    expect(pixels.map((p) => String(p.sizeX))).toEqual(sizes('X'));
    expect(pixels.map((p) => String(p.sizeT))).toEqual(sizes('T'));
  }

  const shapes = objects(read, 'ROI').flatMap((r) => r.shapes);
  const wrapped = count(doc, 'Shape') - count(doc, 'Shape', '[*[local-name()="Path"]]');
  const bare = doc.find(`//*[local-name()="Union" and ${here}]/*[local-name()!="Shape"]`).length;
  expect(shapes.length).toBeGreaterThanOrEqual(wrapped + bare);
  expect(shapes.length).toBeLessThanOrEqual(count(doc, 'Shape') + bare);

  const instruments = objects(read, 'Instrument');
  for (const [name, key] of Object.entries(DEVICES))
    expect(
      instruments.reduce((sum, i) => sum + (i[key]?.length ?? 0), 0),
      name,
    ).toBe(count(doc, name, '[parent::*[local-name()="Instrument"]]'));
  const lights = ['Laser', 'Arc', 'Filament', 'LightEmittingDiode', 'GenericExcitationSource'];
  expect(instruments.reduce((sum, i) => sum + (i.lightSources?.length ?? 0), 0)).toBe(
    lights.reduce((sum, l) => sum + count(doc, l), 0),
  );

  const pairs = annotations.flatMap((a) => (a.type === 'MapAnnotation' ? a.value : []));
  const m = doc.find('//*[local-name()="MapAnnotation"]/*[local-name()="Value"]/*[local-name()="M"]') as XmlElement[];
  expect(pairs).toEqual(m.map((e) => [e.attr('K')?.value ?? '', e.content]));
  expect(objects(read, 'Image').map((i) => i.name)).toEqual(images.map((i) => i.attr('Name')?.value));
  const told = new Set(text(doc, '//*[local-name()="TiffData"]/*[local-name()="UUID"]/@FileName'));
  expect(read.nodes.flatMap((n) => (n.kind === 'file' ? [n.fileName] : []))).toEqual([...told]);

  const targets = read.nodes.reduce(
    (sum, n) => sum + (n.kind === 'object' || n.kind === 'annotated' ? n.annotations.length : 0),
    0,
  );
  expect(targets).toBe(count(doc, 'AnnotationRef') + doc.find('//*[local-name()="Link"]').length);
}

describe.skipIf(files.length === 0)('every OME-XML sample', () => {
  it.each(files.map((f) => relative(DATA, f)))('%s says what an XML library finds in it', async (file) => {
    const bytes = readFileSync(join(DATA, file));
    const read = await readText(bytes);
    const doc = XmlDocument.fromBuffer(bytes);
    try {
      compare(read, doc);
    } finally {
      doc.dispose();
    }
    const sentences = read.findings.map(findingSentence);
    const wrong = WRONG[file.split('/').at(-1) ?? ''];
    expect(read.findings.filter((f) => f.severity === 'violation')).toEqual([]);
    if (wrong === undefined) expect(read.findings.filter((f) => f.code === 'ome-id-form')).toEqual([]);
    else expect(sentences).toEqual(wrong.map((w) => expect.stringMatching(w)));
    const version = /Schemas\/OME\/(\d{4}-\d\d)/.exec(bytes.toString('utf8', 0, 4000))?.[1] ?? '2003-FC';
    expect(read.nodes[0]).toMatchObject({ kind: 'root', version });
    versions.set(version, (versions.get(version) ?? 0) + 1);
    documents += 1;
  });

  it('of 2016-06 gives no finding at all', async () => {
    for (const file of files.filter((f) => f.includes('ome-xml-spec-samples/2016-06'))) {
      const read = await readText(readFileSync(file));
      expect(read.findings.map(findingSentence), file).toEqual([]);
    }
  });

  it('is told apart from one that is cut anywhere: whole objects stay, and the end is told', async () => {
    const bytes = readFileSync(join(DATA, 'ome-types-testdata/timestampannotation.ome.xml'));
    const whole = (await readText(bytes)).nodes.map((n) => JSON.stringify(n));
    for (let cut = 400; cut < bytes.length - 20; cut += 397) {
      const read = await readText(bytes.subarray(0, cut));
      expect(read.findings.map((f) => f.code)).toContain('xml-malformed');
      for (const node of read.nodes) expect(whole).toContain(JSON.stringify(node));
    }
  });

  afterAll(() => {
    const each = [...versions].sort().map(([version, n]) => `${version}: ${n}`);
    console.log(`omeXmlReader.corpus: ${documents} documents read (${each.join(', ')})`);
  });
});

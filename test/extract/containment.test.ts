import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { folderWith, type Heard, hear, image, lsid, maps, ome, refs } from './reading.js';

const removals: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0)) await remove();
});
async function read(
  files: Readonly<Record<string, string | Uint8Array>>,
  roots: readonly string[] = [],
): Promise<Heard> {
  const folder = await folderWith(files);
  removals.push(folder.remove);
  return hear([folder.path], roots);
}

const project = (id: string, ...datasets: string[]): string =>
  `<Project ID="${id}" Name="${id}">${refs('DatasetRef', ...datasets)}</Project>`;
const dataset = (id: string, ...images: string[]): string =>
  `<Dataset ID="${id}" Name="${id}">${refs('ImageRef', ...images)}</Dataset>`;
const roi = (id: string, content = ''): string =>
  `<ROI ID="${id}">${content}<Union><Point ID="Shape:${id}" X="1" Y="2"/></Union></ROI>`;

describe('the container of an object', () => {
  it('is the Project above its Dataset, and the orphans without one', async () => {
    const { where, codes } = await read({
      'a.ome.xml': ome(
        project('Project:1', 'Dataset:1') +
          dataset('Dataset:1', 'Image:1') +
          dataset('Dataset:2', 'Image:2') +
          image('Image:1') +
          image('Image:2') +
          image('Image:3'),
      ),
    });
    expect(where).toMatchObject({
      'Project:1': 'Project:1',
      'Dataset:1': 'Project:1',
      'Image:1': 'Project:1',
      'Dataset:2': 'orphans',
      'Image:2': 'orphans',
      'Image:3': 'orphans',
    });
    expect(codes).toEqual([]);
  });

  it('is every Project that it is in', async () => {
    const { where } = await read({
      'a.ome.xml': ome(
        project('Project:1', 'Dataset:1') +
          project('Project:2', 'Dataset:2', 'Dataset:1') +
          dataset('Dataset:1', 'Image:1') +
          dataset('Dataset:2', 'Image:2') +
          image('Image:1') +
          image('Image:2'),
      ),
    });
    expect(where).toMatchObject({
      'Dataset:1': 'Project:1 Project:2',
      'Image:1': 'Project:1 Project:2',
      'Image:2': 'Project:2',
    });
  });

  it('is the Screen above its Plate, although plates come before screens', async () => {
    const well =
      '<Well ID="Well:1" Column="0" Row="0"><WellSample ID="WellSample:1" Index="0"><ImageRef ID="Image:1"/></WellSample></Well>';
    const { where } = await read({
      'a.ome.xml': ome(
        `<Plate ID="Plate:1">${well}<PlateAcquisition ID="PlateAcquisition:1"/></Plate><Plate ID="Plate:2"/><Screen ID="Screen:1"><Reagent ID="Reagent:1"/>${refs('PlateRef', 'Plate:1')}</Screen>${image('Image:1')}`,
      ),
    });
    expect(where).toMatchObject({
      'Screen:1': 'Screen:1',
      'Reagent:1': 'Screen:1',
      'Plate:1': 'Screen:1',
      'PlateAcquisition:1': 'Screen:1',
      'Well:1': 'Screen:1',
      'Image:1': 'Screen:1',
      'Plate:2': 'orphans',
    });
  });

  it('is that of the images for ROIs, annotations, instruments, people, experiments and files', async () => {
    const people =
      '<Experimenter ID="Experimenter:1" LastName="A"/><Experimenter ID="Experimenter:2" LastName="B"/><Experimenter ID="Experimenter:3" LastName="C"/><ExperimenterGroup ID="ExperimenterGroup:1"><ExperimenterRef ID="Experimenter:2"/></ExperimenterGroup>';
    const content =
      refs('ExperimenterRef', 'Experimenter:1') +
      refs('ExperimentRef', 'Experiment:1') +
      refs('ExperimenterGroupRef', 'ExperimenterGroup:1') +
      refs('InstrumentRef', 'Instrument:1');
    const { where, carried, codes } = await read({
      'a.ome.xml': ome(
        project('Project:1', 'Dataset:1') +
          project('Project:2', 'Dataset:2') +
          dataset('Dataset:1', 'Image:1') +
          dataset('Dataset:2', 'Image:2') +
          `<Experiment ID="Experiment:1"><ExperimenterRef ID="Experimenter:3"/></Experiment>${people}<Instrument ID="Instrument:1"><Detector ID="Detector:1">${refs('AnnotationRef', 'Annotation:3')}</Detector></Instrument>` +
          image('Image:1', { content, after: refs('ROIRef', 'ROI:1') + refs('AnnotationRef', 'Annotation:1') }) +
          image('Image:2', {
            content: refs('InstrumentRef', 'Instrument:1'),
            after: refs('AnnotationRef', 'Annotation:1', 'Annotation:2'),
          }) +
          maps('Annotation:1', 'Annotation:2', 'Annotation:3') +
          roi('ROI:1'),
      ),
    });
    expect(codes).toEqual([]);
    expect(where).toMatchObject({
      'ROI:1': 'Project:1',
      'Experiment:1': 'Project:1',
      'Experimenter:1': 'Project:1',
      'Experimenter:2': 'Project:1',
      'Experimenter:3': 'Project:1',
      'ExperimenterGroup:1': 'Project:1',
      'Instrument:1': 'Project:1 Project:2',
      'MapAnnotation:1': 'Project:1 Project:2',
      'MapAnnotation:2': 'Project:2',
      'MapAnnotation:3': 'Project:1 Project:2',
      'Fileset:0': 'Project:1 Project:2',
    });
    expect(carried).toEqual({
      'Image:1': ['MapAnnotation:1'],
      'Image:2': ['MapAnnotation:1', 'MapAnnotation:2'],
      'Detector:1': ['MapAnnotation:3'],
    });
  });

  it('of what no image refers to is where the rest of the document is', async () => {
    const { where, codes } = await read({
      'a.ome.xml': ome(
        project('Project:1', 'Dataset:1') +
          dataset('Dataset:1', 'Image:1') +
          '<Experimenter ID="Experimenter:1" LastName="A"/><Instrument ID="Instrument:1"/>' +
          image('Image:1') +
          maps('Annotation:1') +
          roi('ROI:9'),
      ),
    });
    expect(where).toMatchObject({
      'Experimenter:1': 'Project:1',
      'Instrument:1': 'Project:1',
      'MapAnnotation:1': 'Project:1',
      'ROI:9': 'Project:1',
    });
    expect(codes).toEqual([]);
  });

  it('of a folder is that of the images in it and below it', async () => {
    const { where } = await read({
      'a.ome.xml': ome(
        project('Project:1', 'Dataset:1') +
          dataset('Dataset:1', 'Image:1') +
          `<Folder ID="Folder:1">${refs('FolderRef', 'Folder:2')}</Folder><Folder ID="Folder:2">${refs('FolderRef', 'Folder:1')}${refs('ImageRef', 'Image:1')}</Folder><Folder ID="Folder:3">${refs('ROIRef', 'ROI:1')}</Folder>` +
          image('Image:1', { after: refs('ROIRef', 'ROI:1') }) +
          roi('ROI:1'),
      ),
    });
    expect(where).toMatchObject({ 'Folder:1': 'Project:1', 'Folder:2': 'Project:1', 'Folder:3': 'Project:1' });
  });

  it.each([
    ['', 'xmlns'],
    ['ome:', 'xmlns:ome'],
  ])('is found where containers stand behind the images (prefix "%s")', async (prefix, declaration) => {
    const content = image('Image:1') + dataset('Dataset:1', 'Image:1') + project('Project:1', 'Dataset:1');
    const xml = ome(content)
      .replace('xmlns', declaration)
      .replace(/<(\/?)(?=\w)/g, `<$1${prefix}`);
    const { where, codes } = await read({ 'a.ome.xml': xml });
    expect(codes).toEqual([]);
    expect(where).toMatchObject({ 'Image:1': 'Project:1', 'Dataset:1': 'Project:1' });
  });

  it('is found in the links of older versions, which point upwards', async () => {
    const old = `<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2008-09"><Project ID="Project:1" Name="p"/><Dataset ID="Dataset:1" Name="d"><ProjectRef ID="Project:1"/></Dataset><Image ID="Image:1" Name="i" DefaultPixels="Pixels:1"><CreationDate>2008-01-01T00:00:00</CreationDate><DatasetRef ID="Dataset:1"/><Pixels ID="Pixels:1" DimensionOrder="XYZCT" PixelType="uint8" BigEndian="false" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"/></Image></OME>`;
    const { where, objects } = await read({ 'a.ome.xml': old });
    expect(where).toMatchObject({ 'Image:1': 'Project:1', 'Dataset:1': 'Project:1' });
    expect(objects('Image')[0]?.parents).toEqual(['Dataset:1']);
  });
});

describe('several files', () => {
  it('with the same plain ids hold different objects', async () => {
    const folder = await folderWith({ 'a.ome.xml': ome(image('Image:0')), 'b.ome.xml': ome(image('Image:0')) });
    removals.push(folder.remove);
    const { objects } = await hear([folder.path], [], { scoped: true });
    expect(new Set(objects('Image').map((r) => r.object.ref)).size).toBe(2);
  });

  it('with the same LSIDs speak of the same Project, each knowing some of its content', async () => {
    const file = (n: number): string =>
      ome(
        project(lsid('Project', 'p'), lsid('Dataset', 'd')) +
          dataset(lsid('Dataset', 'd'), `Image:${n}`) +
          image(`Image:${n}`),
      );
    const { where, codes, objects } = await read({ 'a.ome.xml': file(1), 'b.ome.xml': file(2) });
    expect(where).toMatchObject({ 'Image:1': 'Project:p', 'Image:2': 'Project:p' });
    expect(objects('Dataset').flatMap((r) => r.parts)).toEqual(['Image:1', 'Image:2']);
    expect(codes).toEqual([]);
  });

  it('may state the Project of a Dataset in another file than its images', async () => {
    const { where } = await read({
      'a.ome.xml': ome(dataset(lsid('Dataset', 'd'), 'Image:1') + image('Image:1')),
      'z.ome.xml': ome(project(lsid('Project', 'p'), lsid('Dataset', 'd'))),
    });
    expect(where).toMatchObject({ 'Image:1': 'Project:p', 'Dataset:d': 'Project:p' });
  });

  it('that disagree about an LSID are told so, and the first is right', async () => {
    const one = `<Project ID="${lsid('Project', 'p')}" Name="first">${refs('DatasetRef', lsid('Dataset', 'a'))}</Project>`;
    const { findings, objects } = await read({
      'a.ome.xml': ome(one),
      'b.ome.xml': ome(one.replace('first', 'second').replace('Dataset:a', 'Dataset:b')),
    });
    expect(findings).toMatchObject([{ code: 'id-duplicate', at: 'b.ome.xml', detail: 'first in a.ome.xml' }]);
    const said = objects('Project').map((r) => [(r.object as { name?: string }).name, r.parts]);
    expect(said).toEqual([
      ['first', ['Dataset:a']],
      [undefined, ['Dataset:b']],
    ]);
  });

  it('that disagree about the image of an LSID are told so, and the second image is left out', async () => {
    const one = image(lsid('Image', 'i'));
    const { codes, objects } = await read({
      'a.ome.xml': ome(one),
      'b.ome.xml': ome(one.replace('SizeX="1"', 'SizeX="2"')),
    });
    expect(codes.map((code) => code.split(' ')[0])).toEqual(['id-duplicate']);
    expect(objects('Image')).toHaveLength(1);
  });

  it('that agree about annotations and devices merge in silence, whatever plain ids are inside', async () => {
    const file = (n: number): string =>
      ome(
        `<Instrument ID="${lsid('Instrument', 'x')}"><Objective ID="Objective:0" Model="M"/></Instrument>` +
          image(`Image:${n}`, {
            content: refs('InstrumentRef', lsid('Instrument', 'x')),
            after: refs('AnnotationRef', lsid('Annotation', 't')),
          }) +
          maps(lsid('Annotation', 't')),
      );
    const { codes, carried } = await read({ 'a.ome.xml': file(1), 'b.ome.xml': file(2) });
    expect(codes).toEqual([]);
    expect(carried).toEqual({ 'Image:1': ['MapAnnotation:t'], 'Image:2': ['MapAnnotation:t'] });
  });

  it('One file that uses an id twice is told so', async () => {
    const { codes, objects } = await read({ 'a.ome.xml': ome(image('Image:0') + image('Image:0')) });
    expect(codes.map((code) => code.split(' ')[0])).toEqual(['id-duplicate']);
    expect(objects('Image')).toHaveLength(1);
  });

  it('put every image into the same containers, however their statements are spread', async () => {
    const count = { projects: 3, datasets: 4, images: 6 };
    const link = (from: number, to: number) =>
      fc.tuple(fc.nat({ max: from - 1 }), fc.nat({ max: to - 1 }), fc.nat({ max: 3 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(link(count.projects, count.datasets), { maxLength: 8 }),
        fc.array(link(count.datasets, count.images), { maxLength: 12 }),
        async (projectLinks, datasetLinks) => {
          const file = (n: number): string => {
            const of = (links: readonly (readonly [number, number, number])[], parent: number) =>
              links.filter(([p, , f]) => p === parent && f === n).map(([, child]) => child);
            const projects = [...Array(count.projects).keys()].map(
              (p) =>
                `<Project ID="${lsid('Project', `${p}`)}">${refs('DatasetRef', ...of(projectLinks, p).map((d) => lsid('Dataset', `${d}`)))}</Project>`,
            );
            const datasets = [...Array(count.datasets).keys()].map(
              (d) =>
                `<Dataset ID="${lsid('Dataset', `${d}`)}">${refs('ImageRef', ...of(datasetLinks, d).map((i) => lsid('Image', `${i}`)))}</Dataset>`,
            );
            return ome(
              projects.join('') +
                datasets.join('') +
                (n === 2 ? [...Array(count.images).keys()].map((i) => image(lsid('Image', `${i}`))).join('') : ''),
            );
          };
          const folder = await folderWith({
            '0.ome.xml': file(0),
            '1.ome.xml': file(1),
            '2.ome.xml': file(2),
            '3.ome.xml': file(3),
          });
          try {
            const { where } = await hear([folder.path]);
            for (let i = 0; i < count.images; i += 1) {
              const datasets = datasetLinks.filter(([, child]) => child === i).map(([d]) => d);
              const containers = new Set(
                datasets.flatMap((d) => {
                  const above = projectLinks.filter(([, child]) => child === d).map(([p]) => `Project:${p}`);
                  return above.length === 0 ? ['orphans'] : above;
                }),
              );
              expect(where[`Image:${i}`]).toBe(containers.size === 0 ? 'orphans' : [...containers].sort().join(' '));
            }
          } finally {
            await folder.remove();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('an annotation', () => {
  it('that a ROI refers to behind it is found again, also on several', async () => {
    const { carried, codes } = await read({
      'a.ome.xml': ome(
        image('Image:1', { after: refs('ROIRef', 'ROI:1', 'ROI:2') + refs('AnnotationRef', 'Annotation:1') }) +
          maps('Annotation:1', 'Annotation:2', 'Annotation:3') +
          roi('ROI:1', refs('AnnotationRef', 'Annotation:1', 'Annotation:2')) +
          roi('ROI:2', refs('AnnotationRef', 'Annotation:2')),
      ),
    });
    expect(carried).toEqual({
      'Image:1': ['MapAnnotation:1'],
      'ROI:1': ['MapAnnotation:1', 'MapAnnotation:2'],
      'ROI:2': ['MapAnnotation:2'],
    });
    expect(codes).toEqual([]);
  });

  it('may carry annotations', async () => {
    const note = (id: string, ...on: string[]): string =>
      `<CommentAnnotation ID="${id}">${refs('AnnotationRef', ...on)}<Value>text</Value></CommentAnnotation>`;
    const { carried, where } = await read({
      'a.ome.xml': ome(
        project('Project:1', 'Dataset:1') +
          dataset('Dataset:1', 'Image:1') +
          image('Image:1', { after: refs('AnnotationRef', 'Annotation:2') }) +
          `<StructuredAnnotations>${note('Annotation:1')}${note('Annotation:2', 'Annotation:1', 'Annotation:3')}${note('Annotation:3')}</StructuredAnnotations>`,
      ),
    });
    expect(carried).toEqual({
      'Image:1': ['CommentAnnotation:2'],
      'CommentAnnotation:2': ['CommentAnnotation:1', 'CommentAnnotation:3'],
    });
    expect(where).toMatchObject({ 'CommentAnnotation:1': 'Project:1', 'CommentAnnotation:3': 'Project:1' });
  });

  it('that is not in the file is a dangling reference, counted', async () => {
    const { findings, carried } = await read({
      'a.ome.xml': ome(
        image('Image:1', { after: refs('AnnotationRef', 'Annotation:1', 'Annotation:8', 'Annotation:9') }) +
          maps('Annotation:1'),
      ),
    });
    expect(findings).toMatchObject([{ code: 'ome-reference-dangling', focus: 'a.ome.xml', count: 2 }]);
    expect(carried).toEqual({ 'Image:1': ['MapAnnotation:1'] });
  });

  it('keeps its carrier when the image waits for a light source that never comes', async () => {
    const settings = '<Channel ID="Channel:1"><LightSourceSettings ID="LightSource:404"/></Channel>';
    const { carried, codes } = await read({
      'a.ome.xml': ome(
        image('Image:1', { tiff: settings, after: refs('AnnotationRef', 'Annotation:1') }) + maps('Annotation:1'),
      ),
    });
    expect(carried).toEqual({ 'Image:1': ['MapAnnotation:1'] });
    expect(codes).toEqual(['ome-reference-dangling a.ome.xml']);
  });
});

describe('roots', () => {
  const study = ome(
    project('Project:1', 'Dataset:1', 'Dataset:2') +
      project('Project:2', 'Dataset:3') +
      dataset('Dataset:1', 'Image:1', 'Image:2') +
      dataset('Dataset:2', 'Image:3') +
      dataset('Dataset:3', 'Image:4') +
      '<Experimenter ID="Experimenter:1" LastName="A"/><Experimenter ID="Experimenter:2" LastName="B"/>' +
      image('Image:1', {
        content: refs('ExperimenterRef', 'Experimenter:1'),
        after: refs('ROIRef', 'ROI:1') + refs('AnnotationRef', 'Annotation:1'),
      }) +
      image('Image:2', { after: refs('ROIRef', 'ROI:2') }) +
      image('Image:3', { after: refs('AnnotationRef', 'Annotation:2') }) +
      image('Image:4') +
      image('Image:5') +
      maps('Annotation:1', 'Annotation:2') +
      roi('ROI:1') +
      roi('ROI:2') +
      roi('ROI:3'),
  );
  const readRoots = async (...local: string[]) => {
    const folder = await folderWith({ 'a.ome.xml': study });
    removals.push(folder.remove);
    const all = await hear([folder.path], [], { scoped: true });
    const scope = /:([a-z2-7]{12}\.)/.exec(all.objects('Image')[0]?.object.ref ?? '')?.[1] ?? '';
    return hear(
      [folder.path],
      local.map((ref) => ref.replace(':', `:${scope}`)),
    );
  };
  const chosen = (heard: Heard) =>
    Object.keys(heard.where)
      .filter((ref) => !/^(Fileset|OriginalFile):/.test(ref))
      .sort();

  it('that are a Project give all below it and nothing else', async () => {
    expect(chosen(await readRoots('Project:2'))).toEqual(['Dataset:3', 'Image:4', 'Project:2']);
  });

  it('that are a Dataset give it, what is below, and the Project above without its other Datasets', async () => {
    const heard = await readRoots('Dataset:1');
    expect(chosen(heard)).toEqual([
      'Dataset:1',
      'Experimenter:1',
      'Image:1',
      'Image:2',
      'MapAnnotation:1',
      'Project:1',
      'ROI:1',
      'ROI:2',
    ]);
    expect(heard.objects('Project')[0]?.parts).toEqual(['Dataset:1']);
  });

  it('that are images give them with what is on them, and what is above', async () => {
    const heard = await readRoots('Image:2', 'Image:5');
    expect(chosen(heard)).toEqual(['Dataset:1', 'Image:2', 'Image:5', 'Project:1', 'ROI:2']);
    expect(heard.where).toMatchObject({ 'Image:2': 'Project:1', 'Image:5': 'orphans' });
    expect(heard.objects('Dataset')[0]?.parts).toEqual(['Image:2']);
  });

  it.each(['Project:9', 'Image:9', 'Screen:1'])(
    'that are not there (%s) stop the run with the way out',
    async (ref) => {
      await expect(readRoots(ref)).rejects.toThrow(
        /there is no such object in the source \("\w+:[a-z2-7]{12}\.\d"\); export everything once/,
      );
    },
  );
});

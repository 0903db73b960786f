import { describe, expect, it } from 'vitest';
import { readStudy } from '../../src/bundle/readStudy.js';
import { parseStudyFile } from '../../src/bundle/studyFile.js';
import type { StudyFile } from '../../src/bundle/studyFileSchema.js';
import { byNumbers, refOf } from '../../src/bundle/studyGraph.js';
import { fixtureText, graphOf } from './support/graphOf.js';

const PREFIXES = `
@prefix core: <https://ld.openmicroscopy.org/core/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <http://schema.org/> .
@prefix rembi: <https://w3id.org/omegraph/rembi#> . @base <https://x.example/> .
`;
let annotations = 0;
/** A map annotation on an object. */
function pairs(target: string, ...rows: readonly (readonly [key: string, value: string, field?: string])[]): string {
  annotations += 1;
  const id = `MapAnnotation/${annotations}`;
  return rows
    .map(([key, value, field], i) => {
      const entry = `<${id}/entry/${i}>`;
      const mapped = field === undefined ? '' : `; schema:propertyID rembi:${field}`;
      return `<${target}> core:hasAnnotation <${id}> . <${id}> core:mapEntry ${entry} .
        ${entry} core:index ${i} ; core:key "${key}" ; core:value "${value}" ${mapped} .`;
    })
    .join('\n');
}
function dataset(id: number, name: string, ...images: number[]): string {
  return [
    `<Dataset/${id}> a core:Dataset ; rdfs:label "${name}" .`,
    ...images.map(
      (
        i,
      ) => `<Image/${i}> a core:Image ; rdfs:label "image ${i}" ; dcterms:isPartOf <Dataset/${id}> ; core:fileset <Fileset/${i}> .
        <Fileset/${i}> a core:Fileset ; dcterms:hasPart <OriginalFile/${i}> .
        <OriginalFile/${i}> a core:OriginalFile ; core:path "${name}/${i}.tiff" ; core:file_name "${i}.tiff" ; core:size 5 .`,
    ),
  ].join('\n');
}
const read = (turtle: string, file: StudyFile = {}, container = 'orphans') =>
  readStudy(graphOf(PREFIXES + turtle), container, file);

describe('a study', () => {
  const file = parseStudyFile(fixtureText('study.yaml'), 'study.yaml');
  const { study, gaps } = readStudy(graphOf(fixtureText('project.ttl')), 'Project:52', file);

  it('has its head from the graph and the study file', () => {
    expect(study.title).toBe('Mitotic spindle in nocodazole-treated HeLa cells');
    expect(study.description).toMatch(/^Spinning disk stacks/);
    expect(study.license).toBe('CC BY 4.0');
    expect(study.acquired).toEqual({ first: '2025-03-01', last: '2025-03-05' });
  });

  it('has one component for each Dataset, with its files in order', () => {
    expect(study.studyComponents.map((c) => [c.name, c.source, c.files.length])).toEqual([
      ['Control', 'Dataset:102', 1],
      ['Nocodazole', 'Dataset:101', 3],
    ]);
  });

  it('lists a file with several images once, with all of them', () => {
    expect(study.studyComponents[0]?.files[0]?.images).toEqual([
      { ref: 'Image:4', name: 'ctrl.czi #1' },
      { ref: 'Image:5', name: 'ctrl.czi #2' },
    ]);
  });

  it('inherits what is said of the Project and grounds it', () => {
    expect(study.biosamples.map((b) => b.organisms)).toEqual([
      [
        {
          scientificName: 'Homo sapiens',
          commonName: 'human',
          taxonIri: 'http://purl.obolibrary.org/obo/NCBITaxon_9606',
        },
      ],
      [
        {
          scientificName: 'Homo sapiens',
          commonName: 'human',
          taxonIri: 'http://purl.obolibrary.org/obo/NCBITaxon_9606',
        },
      ],
    ]);
  });

  it('composes the instrument from the OME objects where no key says it', () => {
    expect(study.imageAcquisitions[0]?.instrument).toBe(
      'Microscope: Nikon Ti2 (Inverted). Objective: Nikon Plan Apo 60x/1.4 oil. Detector: Andor Zyla 4.2 (CMOS).',
    );
  });

  it('puts what differs into columns and what is the same into sections and the description', () => {
    const [, treated] = study.studyComponents;
    const columns = treated?.files.map((f) => f.attributes.map((a) => a.name));
    expect(new Set(columns?.map((c) => c.join()))).toEqual(
      new Set(['Time of treatment,Remark,Dimensions (XYZCT),Channel 0,Channel 1']),
    );
    expect(treated?.description).toBe('Cells treated for 4 h. For all files: Freezer box: B7.');
    expect(study.biosamples[1]?.extrinsicVariables).toEqual(['Compound: nocodazole']);
    expect(study.biosamples[1]?.experimentalVariables).toEqual(['Time of treatment (see the file list)']);
  });

  it('separates growth from preparation', () => {
    expect(study.specimens[1]).toMatchObject({
      samplePreparation: 'Fixation: 4% PFA, 10 min',
      growthProtocol: 'Growth medium: DMEM, 10% FBS',
    });
  });

  it('refers to sections by their exact and unique titles', () => {
    const titles = {
      biosample: study.biosamples,
      specimen: study.specimens,
      imageAcquisition: study.imageAcquisitions,
    };
    for (const [kind, sections] of Object.entries(titles)) {
      const all = sections.map((s) => s.title);
      expect(new Set(all).size).toBe(all.length);
      const used = study.studyComponents.flatMap((c) => c.associations.map((a) => a[kind as keyof typeof titles]));
      expect(used.filter((title) => !all.includes(title ?? ''))).toEqual([]);
    }
  });

  it('has no e-mail address but those of the study file', () => {
    const { authors, ...rest } = study;
    expect(JSON.stringify(rest)).not.toMatch(/@lab\.example/);
    expect(JSON.stringify(rest)).toContain('contact (e-mail address left out)');
    expect(authors[0]?.email).toBe('jc@example.org');
  });

  it('lacks nothing that an archive requires once graph and study file are complete', () => {
    expect(gaps.filter((gap) => gap.requiredBy.length > 0)).toEqual([]);
    expect(gaps.map((gap) => gap.element)).toEqual(['ORCID', 'Channel – biological entity']);
  });

  it('is the same whatever the order of the triples', () => {
    const store = graphOf(fixtureText('project.ttl'));
    const reversed = graphOf('');
    reversed.addQuads(store.getQuads(null, null, null, null).reverse());
    expect(readStudy(reversed, 'Project:52', file)).toEqual({ study, gaps });
  });
});

describe('a study without a study file', () => {
  const { study, gaps } = readStudy(graphOf(fixtureText('screen.ttl')), 'Screen:3');

  it('makes up nothing', () => {
    expect(study).toMatchObject({ authors: [], keywords: [], organizations: [] });
    expect(study.license).toBeUndefined();
    expect(study.releaseDate).toBeUndefined();
    expect(study.specimens).toEqual([]);
    expect(study.imageAcquisitions).toEqual([]);
  });

  it('says what to fill in', () => {
    expect(gaps.filter((g) => g.module === 'Study').map((g) => g.element)).toEqual([
      'Description',
      'Keywords',
      'License',
      'Release date',
      'Funding',
      'Authors',
    ]);
    const lacking = gaps
      .filter((g) => g.images !== undefined && g.requiredBy.length > 0)
      .map((g) => [g.element, g.images]);
    expect(lacking).toEqual([
      ['Description', 2],
      ['Biological entity', 2],
      ['Preparation method', 2],
      ['Imaging method', 2],
      ['Instrument attributes', 2],
      ['Image acquisition parameters', 2],
      ['File', 2],
    ]);
  });

  it('has one component for each Plate and inherits from Well, reagent and Screen', () => {
    expect(study.studyComponents.map((c) => c.source)).toEqual(['Plate:30']);
    expect(study.biosamples.map((b) => b.title)).toEqual(['Homo sapiens']);
    expect(study.biosamples[0]?.intrinsicVariables).toEqual(['Gene Symbol (see the file list)']);
  });
});

describe('grouping', () => {
  it('takes images outside any dataset together as one component', () => {
    const { study } = read('<Image/1> a core:Image ; rdfs:label "a" . <Image/2> a core:Image ; rdfs:label "b" .');
    expect(study.studyComponents.map((c) => c.name)).toEqual(['Images outside any dataset']);
  });

  it('makes one biosample for each organism and entity, and says in the list which file has which', () => {
    const { study } = read(
      dataset(1, 'D', 1, 2, 3) +
        pairs('Dataset/1', ['Organism', 'Mus musculus', 'organism']) +
        pairs('Image/1', ['Cell line', 'A', 'biologicalEntity']) +
        pairs('Image/2', ['Cell line', 'B', 'biologicalEntity']) +
        pairs('Image/3', ['Cell line', 'A', 'biologicalEntity']),
    );
    expect(study.biosamples.map((b) => b.title)).toEqual(['A', 'B']);
    expect(study.studyComponents[0]?.associations).toEqual([{ biosample: 'A' }, { biosample: 'B' }]);
    const cells = study.studyComponents[0]?.files.map((f) => f.attributes.find((a) => a.name === 'Biosample')?.value);
    expect(cells).toEqual(['A', 'B', 'A']);
    expect(study.studyComponents[0]?.files.map((f) => f.association)).toEqual([0, 1, 0]);
  });

  it('writes equal sections once for all components', () => {
    const { study } = read(
      dataset(1, 'D', 1) +
        dataset(2, 'E', 2) +
        pairs('Dataset/1', ['Cell line', 'A', 'biologicalEntity']) +
        pairs('Dataset/2', ['Cell line', 'A', 'biologicalEntity']),
    );
    expect(study.biosamples.map((b) => b.title)).toEqual(['A']);
  });

  it('gives equal names with different content different titles', () => {
    const { study } = read(
      dataset(1, 'D', 1) +
        dataset(2, 'E', 2) +
        pairs('Dataset/1', ['Cell line', 'A', 'biologicalEntity'], ['Drug', 'x', 'extrinsicVariable']) +
        pairs('Dataset/2', ['Cell line', 'A', 'biologicalEntity'], ['Drug', 'y', 'extrinsicVariable']),
    );
    expect(study.biosamples.map((b) => b.title)).toEqual(['A', 'A, Drug: y']);
  });

  it('lets the nearest value win', () => {
    const { study } = read(
      `<Project/1> a core:Project . <Dataset/1> dcterms:isPartOf <Project/1> . ${dataset(1, 'D', 1)}
      ${pairs('Project/1', ['Organism', 'far', 'organism'], ['Drug', 'far', 'extrinsicVariable'], ['Dose', '1', 'extrinsicVariable'])}
      ${pairs('Image/1', ['Species', 'near', 'organism'], ['Drug', 'near', 'extrinsicVariable'])}`,
      {},
      'Project:1',
    );
    expect(study.biosamples[0]?.organisms[0]?.scientificName).toBe('near');
    expect(study.biosamples[0]?.extrinsicVariables).toEqual(['Drug: near', 'Dose: 1']);
  });

  it('survives containers that contain each other', () => {
    const loop =
      '<Dataset/1> dcterms:isPartOf <Dataset/2> . <Dataset/2> a core:Dataset ; dcterms:isPartOf <Dataset/1> .';
    expect(read(dataset(1, 'D', 1) + loop).study.studyComponents).toHaveLength(1);
  });

  it('counts the files of an OME-Zarr as its one folder with their sizes summed up', () => {
    const { study } =
      read(`<Image/1> a core:Image ; core:fileset <Fileset/1> . <Fileset/1> dcterms:hasPart <OriginalFile/1>, <OriginalFile/2> .
      <OriginalFile/1> a core:OriginalFile ; core:path "a/b.ome.zarr/0/.zarray" ; core:file_name ".zarray" ; core:size 2 .
      <OriginalFile/2> a core:OriginalFile ; core:path "a/b.ome.zarr/0" ; core:file_name "0.0" ; core:size 3 .`);
    expect(study.studyComponents[0]?.files).toMatchObject([{ path: 'a/b.ome.zarr', sizeBytes: 5 }]);
  });

  it.each<[string, string[], string[], Record<string, number[]>]>([
    [
      'a plate with a companion file',
      ['P A1 field 1', 'P A11 field 1'],
      ['P_A1.ome.tiff', 'P_A11.ome.tiff', 'P.companion.ome'],
      { 'P.companion.ome': [0, 1], 'P_A1.ome.tiff': [0], 'P_A11.ome.tiff': [1] },
    ],
    [
      'two fields in one file',
      ['A1 field 1', 'A1 field 2', 'A2 field 1'],
      ['A1.tif', 'A2.tif'],
      { 'A1.tif': [0, 1], 'A2.tif': [2] },
    ],
    ['names that tell nothing', ['one', 'two'], ['a.tif', 'b.tif'], { 'a.tif': [0, 1], 'b.tif': [0, 1] }],
    ['names that tell of one image only', ['a', 'two'], ['a.tif', 'b.tif'], { 'a.tif': [0, 1], 'b.tif': [0, 1] }],
  ])('gives the files of one fileset to the images that they are named for: %s', (_, images, files, expected) => {
    const turtle = [
      ...images.map(
        (name, i) =>
          `<Image/${i}> a core:Image ; rdfs:label "${name}" ; core:fileset <Fileset/1> . <Fileset/1> dcterms:hasPart <Image/${i}> .`,
      ),
      ...files.map(
        (name, i) =>
          `<OriginalFile/${i}> a core:OriginalFile ; core:path "${name}" . <Fileset/1> dcterms:hasPart <OriginalFile/${i}> .`,
      ),
    ];
    const list = read(turtle.join('\n')).study.studyComponents[0]?.files ?? [];
    const found = list.map((f) => [f.path, f.images.map((image) => Number(image.ref.slice('Image:'.length)))]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('says how many values a file of many images has instead of listing them', () => {
    const images = Array.from(
      { length: 12 },
      (_, i) => `<Image/${i}> a core:Image ; core:fileset <Fileset/1> . ${pairs(`Image/${i}`, ['Gene', `g${i}`])}`,
    );
    const file = '<OriginalFile/1> a core:OriginalFile ; core:path "a.czi" .';
    const { study } = read(`${images.join('\n')} <Fileset/1> dcterms:hasPart <OriginalFile/1> . ${file}`);
    expect(study.studyComponents[0]?.files[0]?.attributes).toEqual([{ name: 'Gene', value: '12 values' }]);
  });

  it('takes different words for one organism as the same value', () => {
    const taxon = '<http://purl.obolibrary.org/obo/NCBITaxon_9606>';
    const grounded = (image: number, key: string, value: string): string =>
      `${pairs(`Image/${image}`, [key, value, 'organism'])} <MapAnnotation/${annotations}/entry/0> schema:valueReference ${taxon} .`;
    const { study } = read(
      `${dataset(1, 'D', 1, 2)} ${grounded(1, 'species', 'human')} ${grounded(2, 'Organism', 'H. sapiens')} ${taxon} rdfs:label "Homo sapiens" .`,
    );
    expect(study.biosamples.map((b) => b.organisms.map((o) => o.scientificName))).toEqual([['Homo sapiens']]);
    expect(study.studyComponents[0]?.files.flatMap((f) => f.attributes)).toEqual([]);
  });

  it('joins the values of a repeated key in its one cell', () => {
    const { study } = read(dataset(1, 'D', 1, 2) + pairs('Image/1', ['Gene', 'a'], ['Gene', 'b'], ['Gene', 'a']));
    expect(study.studyComponents[0]?.files[0]?.attributes).toContainEqual({ name: 'Gene', value: 'a; b' });
  });

  it('renames keys that are columns of ours', () => {
    const { study } = read(dataset(1, 'D', 1, 2) + pairs('Image/1', ['Files', 'x'], ['Image name', 'y']));
    expect(study.studyComponents[0]?.files[0]?.attributes.map((a) => a.name)).toEqual(['Key Files', 'Key Image name']);
  });

  it.each([
    [
      'numbered from 0',
      [
        ['Channel 0 - content', 'DAPI', 'channelContent'],
        ['Channel 0 - biological entity', 'DNA', 'channelBiologicalEntity'],
      ],
    ],
    [
      'numbered from 1',
      [
        ['Channel 1 content', 'DAPI', 'channelContent'],
        ['Channel 1 biological entity', 'DNA', 'channelBiologicalEntity'],
      ],
    ],
    ['in one pair', [['Channels', 'DAPI:DNA;GFP:tubulin']]],
  ] as const)('reads what channels show: %s', (_, rows) => {
    const { study } = read(dataset(1, 'D', 1) + pairs('Image/1', ...rows));
    expect(study.studyComponents[0]?.files[0]?.attributes[0]).toEqual({ name: 'Channel 0', value: 'DNA (DAPI)' });
  });

  it('takes the study file for a component before the graph, and its * for all components', () => {
    const { study, gaps } = read(
      dataset(1, 'D', 1) + dataset(2, 'E', 2) + pairs('Image/1', ['Organism', 'x', 'organism']),
      {
        components: [
          {
            name: '*',
            description: 'All',
            biosample: {
              biologicalEntity: 'liver',
              organism: { scientificName: 'Mus musculus', taxon: 'NCBITaxon:10090' },
            },
          },
          { name: 'E', description: 'Only E', specimen: { samplePreparation: 'Sliced' } },
        ],
      },
    );
    expect(study.studyComponents.map((c) => c.description?.split('.')[0])).toEqual(['All', 'Only E']);
    expect(study.biosamples).toMatchObject([
      {
        biologicalEntity: 'liver',
        organisms: [
          {
            scientificName: 'Mus musculus',
            commonName: 'mouse',
            taxonIri: 'http://purl.obolibrary.org/obo/NCBITaxon_10090',
          },
        ],
      },
    ]);
    expect(study.specimens.map((s) => s.samplePreparation)).toEqual(['Sliced']);
    expect(gaps.some((gap) => gap.element.startsWith('Organism'))).toBe(false);
    expect(gaps.filter((gap) => gap.element === 'Preparation method').map((gap) => gap.where)).toEqual([
      'Dataset:1 "D"',
    ]);
  });

  it('reports organisms and methods that are not grounded', () => {
    const { gaps } = read(
      dataset(1, 'D', 1) + pairs('Image/1', ['Organism', 'mouse?', 'organism'], ['Method', 'SPIM', 'imagingMethod']),
    );
    expect(gaps.map((gap) => gap.element)).toEqual(
      expect.arrayContaining(['Organism (NCBI taxon)', 'Imaging method (FBbi term)']),
    );
  });
});

describe('references and order', () => {
  it('come from the last two steps of an IRI', () => {
    expect(refOf('https://x.example/Image/1461')).toBe('Image:1461');
    expect(refOf('https://x.example/Image/ab%2Fc.0')).toBe('Image:ab/c.0');
    expect(refOf('https://x.example/Image/100%')).toBe('Image:100%');
  });

  it('put 9 before 10', () => {
    expect(['Image:10', 'Image:9', 'Dataset:1'].sort(byNumbers)).toEqual(['Dataset:1', 'Image:9', 'Image:10']);
  });
});

import { fileColumns } from './fileColumns.js';
import type { ImageGroup, StudyImage } from './imageGroups.js';
import {
  acquisitionDraft,
  acquisitionIdentity,
  biosampleDraft,
  type Draft,
  ended,
  factsOf,
  sampleIdentity,
  specimenDraft,
  specimenIdentity,
} from './sections.js';
import type {
  Associations,
  Biosample,
  DataFile,
  FileAttribute,
  ImageAcquisition,
  ImageAnalysis,
  ImageCorrelation,
  Specimen,
  StudyComponent,
  StudyDescription,
} from './studyDescription.js';
import type { ComponentTexts, StudyFile } from './studyFileSchema.js';
import { byNumbers } from './studyGraph.js';
import { joinedUpTo, titles } from './titles.js';

/** The parts of a study that are read from its images. */
export type StudySections = Pick<
  StudyDescription,
  'studyComponents' | 'biosamples' | 'specimens' | 'imageAcquisitions' | 'imageCorrelations' | 'imageAnalyses'
>;

type Entitled<D extends { readonly titles: readonly string[] }> = Omit<D, 'titles'> & { readonly title: string };

/** A list of sections in which equal content is written once; `add` gives the title to refer to it by. */
interface Register<D extends { readonly titles: readonly string[] }> {
  readonly list: Entitled<D>[];
  add(draft: D | undefined, component: string): string | undefined;
}

function register<D extends { readonly titles: readonly string[] }>(): Register<D> {
  const list: Entitled<D>[] = [];
  const known = new Map<string, string>();
  const free = titles();
  return {
    list,
    add(draft, component) {
      if (draft === undefined) return undefined;
      const content = JSON.stringify(draft);
      const before = known.get(content);
      if (before !== undefined) return before;
      const { titles: candidates, ...rest } = draft;
      const title = free.take([...candidates, `${candidates[0]} (${component})`]);
      known.set(content, title);
      list.push({ title, ...rest });
      return title;
    },
  };
}

/** Groups images into study components, and their distinct values into biosamples, specimens and acquisitions. */
export function studySections(groups: readonly ImageGroup[], studyFile: StudyFile): StudySections {
  const registers = {
    biosample: register<Draft<Biosample>>(),
    specimen: register<Draft<Specimen>>(),
    imageAcquisition: register<Draft<ImageAcquisition>>(),
    imageAnalysis: register<Draft<ImageAnalysis>>(),
    imageCorrelation: register<Draft<ImageCorrelation>>(),
  };
  const names = titles();
  const seen = new Set<string>();
  const studyComponents = groups.map((group): StudyComponent => {
    const texts = componentTexts(studyFile, group.name);
    const byImage = associationsByImage(group, texts, studyFile, registers);
    const associations = [...new Map([...byImage.values()].map((a) => [JSON.stringify(a), a])).values()].filter(
      (a) => Object.keys(a).length > 0,
    );
    const { cells, constants } = fileColumns(group.images);
    const own = (image: StudyImage): Associations => byImage.get(image.ref) ?? {};
    const row = (image: StudyImage): ImageRow => ({
      attributes: [...(cells.get(image.ref) ?? []), ...associationCells(associations, own(image))],
      association: associations.findIndex((a) => JSON.stringify(a) === JSON.stringify(own(image))),
    });
    const told = texts.description ?? constantText(group.images, ['studyComponentDescription']) ?? group.description;
    const all = constants.length === 0 ? undefined : ended(`For all files: ${constants.join('; ')}`);
    return {
      name: names.take([group.name]),
      description: told === undefined ? undefined : [ended(told), all].filter(Boolean).join(' '),
      source: group.source,
      files: dataFiles(group.images, row, seen),
      associations,
    };
  });
  return {
    studyComponents,
    biosamples: registers.biosample.list,
    specimens: registers.specimen.list,
    imageAcquisitions: registers.imageAcquisition.list,
    imageCorrelations: registers.imageCorrelation.list,
    imageAnalyses: registers.imageAnalysis.list,
  };
}

interface Registers {
  readonly biosample: Register<Draft<Biosample>>;
  readonly specimen: Register<Draft<Specimen>>;
  readonly imageAcquisition: Register<Draft<ImageAcquisition>>;
  readonly imageAnalysis: Register<Draft<ImageAnalysis>>;
  readonly imageCorrelation: Register<Draft<ImageCorrelation>>;
}

/** Titles of the sections that each image belongs to; new sections are added to the registers. */
function associationsByImage(
  group: ImageGroup,
  texts: Omit<ComponentTexts, 'name'>,
  studyFile: StudyFile,
  registers: Registers,
): ReadonlyMap<string, Associations> {
  const byImage = new Map<string, Associations>(group.images.map((image) => [image.ref, {}]));
  const assign = (kind: keyof Associations, images: readonly StudyImage[], title: string | undefined): void => {
    if (title === undefined) return;
    for (const image of images) byImage.set(image.ref, { ...byImage.get(image.ref), [kind]: title });
  };
  const everything = (): string => '';
  const { biosample, specimen, imageAcquisition } = texts;
  const oneSample = biosample?.organism !== undefined && biosample.biologicalEntity !== undefined;
  for (const images of parts(group.images, oneSample ? everything : sampleIdentity)) {
    assign('biosample', images, registers.biosample.add(biosampleDraft(images, biosample), group.name));
  }
  for (const images of parts(group.images, specimen?.samplePreparation ? everything : specimenIdentity)) {
    assign('specimen', images, registers.specimen.add(specimenDraft(images, specimen), group.name));
  }
  const oneWay = imageAcquisition?.methods !== undefined && imageAcquisition.instrument !== undefined;
  for (const images of parts(group.images, oneWay ? everything : acquisitionIdentity)) {
    assign(
      'imageAcquisition',
      images,
      registers.imageAcquisition.add(acquisitionDraft(images, imageAcquisition), group.name),
    );
  }
  assign(
    'imageCorrelation',
    group.images,
    registers.imageCorrelation.add(correlationDraft(group, studyFile), group.name),
  );
  assign('imageAnalysis', group.images, registers.imageAnalysis.add(analysisDraft(group, studyFile), group.name));
  return byImage;
}

function analysisDraft(group: ImageGroup, studyFile: StudyFile): Draft<ImageAnalysis> | undefined {
  const stated = forComponent(studyFile.imageAnalyses, group.name);
  if (stated !== undefined) return { titles: [stated.title], overview: stated.overview, features: stated.features };
  const overview = constantText(group.images, ['analysisMethod', 'imageProcessingMethod']);
  return overview === undefined ? undefined : { titles: [overview], overview };
}

function correlationDraft(group: ImageGroup, studyFile: StudyFile): Draft<ImageCorrelation> | undefined {
  const stated = forComponent(studyFile.imageCorrelations, group.name);
  const alignment = stated?.alignment ?? constantText(group.images, ['spatialAndTemporalAlignment']);
  if (alignment === undefined) return undefined;
  return {
    titles: [stated?.title ?? alignment],
    alignment,
    fiducials: stated?.fiducials ?? constantText(group.images, ['fiducialsUsed']),
    transformationMatrix: stated?.transformationMatrix ?? constantText(group.images, ['transformationMatrix']),
  };
}

function forComponent<T extends { readonly components?: readonly string[] }>(
  list: readonly T[] | undefined,
  name: string,
): T | undefined {
  return list?.find((item) => item.components === undefined || item.components.includes(name));
}

/** What the study file says about a component: its own entry before the one for all (`*`). */
export function componentTexts(studyFile: StudyFile, name: string): Omit<ComponentTexts, 'name'> {
  const find = (wanted: string): ComponentTexts | undefined => studyFile.components?.find((c) => c.name === wanted);
  const [all, own] = [find('*'), find(name)];
  const merged = {
    description: own?.description ?? all?.description,
    biosample: all?.biosample || own?.biosample ? { ...all?.biosample, ...own?.biosample } : undefined,
    specimen: all?.specimen || own?.specimen ? { ...all?.specimen, ...own?.specimen } : undefined,
    imageAcquisition:
      all?.imageAcquisition || own?.imageAcquisition
        ? { ...all?.imageAcquisition, ...own?.imageAcquisition }
        : undefined,
  };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

function parts(images: readonly StudyImage[], identity: (image: StudyImage) => string): StudyImage[][] {
  const byIdentity = new Map<string, StudyImage[]>();
  for (const image of images) {
    const key = identity(image);
    const part = byIdentity.get(key);
    if (part === undefined) byIdentity.set(key, [image]);
    else part.push(image);
  }
  return [...byIdentity.values()];
}

function constantText(
  images: readonly StudyImage[],
  fields: readonly Parameters<typeof factsOf>[1][],
): string | undefined {
  const texts = new Set(
    images.map((image) =>
      [...new Set(fields.flatMap((field) => factsOf(image, field).map((f) => f.value.trim())))].join('; '),
    ),
  );
  const [text] = texts;
  return texts.size === 1 && text !== '' ? text : undefined;
}

/** When a component has several combinations, each file says which is its own. */
function associationCells(all: readonly Associations[], own: Associations): FileAttribute[] {
  const columns = [
    ['Biosample', 'biosample'],
    ['Specimen', 'specimen'],
    ['Image acquisition', 'imageAcquisition'],
  ] as const;
  return columns.flatMap(([name, kind]) => {
    const value = own[kind];
    return value !== undefined && new Set(all.map((a) => a[kind])).size > 1 ? [{ name, value }] : [];
  });
}

/** Values that a cell lists; a file with more images than that says how many. */
const MOST_VALUES = 10;

interface ImageRow {
  readonly attributes: readonly FileAttribute[];
  /** -1 when nothing is known of the image's sample, preparation and acquisition. */
  readonly association: number;
}

/** One entry a file: images of one file share its row, a file is in one list only. */
function dataFiles(
  images: readonly StudyImage[],
  rowOf: (image: StudyImage) => ImageRow,
  seen: Set<string>,
): DataFile[] {
  const members = new Map<string, { file: StudyImage['files'][number]; inside: StudyImage[] }>();
  for (const image of images) {
    for (const file of image.files) {
      if (seen.has(file.path)) continue;
      const member = members.get(file.path) ?? { file, inside: [] };
      member.inside.push(image);
      members.set(file.path, member);
    }
  }
  const files = [...members.values()].map(({ file, inside }): DataFile => {
    const rows = inside.map(rowOf);
    const attributes = new Map<string, Set<string>>();
    for (const { name, value } of rows.flatMap((row) => row.attributes)) {
      attributes.set(name, (attributes.get(name) ?? new Set()).add(value));
    }
    const association = rows[0]?.association ?? -1;
    return {
      ...file,
      images: inside.map(({ ref, name }) => ({ ref, name })),
      attributes: [...attributes].map(([name, values]) => ({ name, value: joinedUpTo(MOST_VALUES, values, 'values') })),
      facts: [...new Set(inside.flatMap((image) => image.facts))],
      association: association < 0 ? undefined : association,
    };
  });
  for (const path of members.keys()) seen.add(path);
  return files.sort((a, b) => byNumbers(a.path, b.path));
}

/** What a generated server holds; what is left out has the value of `SMALL`. */
export interface GenerateOptions {
  readonly seed: number;
  readonly projects: number;
  readonly datasetsPerProject: number;
  readonly imagesPerDataset: number;
  /** Key-value pairs on each image of a dataset. */
  readonly pairsPerImage: number;
  readonly screens: number;
  readonly platesPerScreen: number;
  /** Plate acquisitions; 0 gives fields without a run. */
  readonly runsPerPlate: number;
  readonly wellRows: number;
  readonly wellColumns: number;
  /** Fields of each well in each run. */
  readonly fields: number;
  /** Groups that hold data, of changing permission levels (never private). */
  readonly groups: number;
  /** Private groups (`rw----`) that hold data. */
  readonly privateGroups: number;
  /** Users who own data, besides root and the reader. */
  readonly users: number;
  /** Every n-th image of a dataset belongs to another user than the dataset; 0: none. */
  readonly mixedOwners: number;
  /** Every fourth image has a tag, every third of these links is another user's. */
  readonly tags: number;
  /** Tag sets that share out the tags. */
  readonly tagSets: number;
  /** Map annotations of another user that are each linked to 20 images. */
  readonly sharedAnnotations: number;
  /** Images without a dataset; when there are any, also a dataset without a project and a plate without a screen. */
  readonly orphans: number;
  /** Images that lie in the next dataset of their group too. */
  readonly imagesInTwoDatasets: number;
  /** Datasets that lie in the next project of their group too. */
  readonly datasetsInTwoProjects: number;
  /** Container links that a second user made again. */
  readonly duplicateLinks: number;
  /** Bulk-annotation tables, one on each of the first screens, then projects. */
  readonly tables: number;
  /** ROIs on each of the first three images of a dataset. */
  readonly rois: number;
  readonly channels: number;
  /** Objects of each type that carry every class of annotation. */
  readonly everyClass: number;
  /** File annotations on each project. */
  readonly attachments: number;
  /** Plates with a further run that has no field: its list is a 500. */
  readonly emptyRuns: number;
  /** Images of the first dataset without Pixels. */
  readonly withoutPixels: number;
  /** Comments on the second image. */
  readonly crowd: number;
  /** One image in so many has odd pairs; 0: none. */
  readonly oddOneIn: number;
  /** Ids lie above 2^53. */
  readonly bigIds: boolean;
}

/** A server with one or two of everything. */
export const SMALL: GenerateOptions = {
  seed: 1,
  projects: 3,
  datasetsPerProject: 2,
  imagesPerDataset: 7,
  pairsPerImage: 4,
  screens: 1,
  platesPerScreen: 2,
  runsPerPlate: 1,
  wellRows: 2,
  wellColumns: 3,
  fields: 2,
  groups: 2,
  privateGroups: 1,
  users: 3,
  mixedOwners: 0,
  tags: 4,
  tagSets: 1,
  sharedAnnotations: 1,
  orphans: 3,
  imagesInTwoDatasets: 2,
  datasetsInTwoProjects: 1,
  duplicateLinks: 2,
  tables: 1,
  rois: 1,
  channels: 2,
  everyClass: 1,
  attachments: 1,
  emptyRuns: 1,
  withoutPixels: 1,
  crowd: 0,
  oddOneIn: 5,
  bigIds: false,
};

/** Images with ten pairs each in datasets of 500, and tags, but nothing else: the load of the benchmark. */
export function loadOf(images: number): Partial<GenerateOptions> {
  const datasets = Math.max(1, Math.round(images / 500));
  return {
    ...LOAD,
    projects: Math.max(1, Math.round(datasets / 20)),
    datasetsPerProject: Math.min(20, datasets),
    imagesPerDataset: Math.ceil(images / datasets),
  };
}

const LOAD: Partial<GenerateOptions> = {
  pairsPerImage: 10,
  screens: 0,
  privateGroups: 0,
  orphans: 0,
  imagesInTwoDatasets: 0,
  datasetsInTwoProjects: 0,
  duplicateLinks: 0,
  sharedAnnotations: 0,
  tables: 0,
  rois: 0,
  attachments: 0,
  everyClass: 0,
  withoutPixels: 0,
  oddOneIn: 50,
};

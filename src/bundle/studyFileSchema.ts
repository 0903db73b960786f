import type { Author, Grant, License, Organization, Publication, StudyLink } from './studyDescription.js';

/** Texts of a study component that the graph does not hold; they count for all its images. */
export interface ComponentTexts {
  /** Name of the Dataset or Plate, or `*` for all. */
  readonly name: string;
  readonly description?: string;
  readonly biosample?: {
    readonly title?: string;
    readonly organism?: { readonly scientificName: string; readonly commonName?: string; readonly taxon?: string };
    readonly biologicalEntity?: string;
    readonly description?: string;
    readonly intrinsicVariables?: readonly string[];
    readonly extrinsicVariables?: readonly string[];
    readonly experimentalVariables?: readonly string[];
  };
  readonly specimen?: {
    readonly title?: string;
    readonly samplePreparation?: string;
    readonly growthProtocol?: string;
  };
  readonly imageAcquisition?: {
    readonly title?: string;
    readonly instrument?: string;
    readonly parameters?: string;
    readonly methods?: readonly { readonly label: string; readonly fbbi?: string }[];
  };
}

/** The study file (YAML): what the graph cannot know. Documented in docs/study-file.md. */
export interface StudyFile {
  readonly title?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: License;
  readonly releaseDate?: string;
  readonly authors?: readonly (Omit<Author, 'affiliations'> & { readonly affiliations?: readonly string[] })[];
  readonly organizations?: readonly Organization[];
  readonly funding?: { readonly statement?: string; readonly grants?: readonly Grant[] };
  readonly publications?: readonly Publication[];
  readonly links?: readonly StudyLink[];
  readonly acknowledgements?: string;
  readonly components?: readonly ComponentTexts[];
  readonly imageCorrelations?: readonly {
    readonly title: string;
    readonly alignment: string;
    readonly fiducials?: string;
    readonly transformationMatrix?: string;
    readonly components?: readonly string[];
  }[];
  readonly imageAnalyses?: readonly {
    readonly title: string;
    readonly overview: string;
    readonly features?: string;
    readonly components?: readonly string[];
  }[];
  readonly annotations?: readonly {
    readonly title: string;
    readonly overview: string;
    readonly types: readonly string[];
    readonly method: string;
    readonly criteria?: string;
    readonly coverage?: string;
    readonly confidence?: string;
    readonly files: readonly { readonly path: string; readonly sourceImage: string }[];
  }[];
}

/** Roles of the form BioImages.v5. */
export const ROLES = [
  'corresponding author',
  'data steward',
  'data acquisition',
  'data analyst',
  'experiment performer',
  'first author',
  'investigator',
  'principal investigator',
  'software development',
  'submitter',
] as const;

/** Annotation types of MIFA, as the form BioImages.v5 lists them. */
export const ANNOTATION_TYPES = [
  'class_labels',
  'bounding_boxes',
  'counts',
  'derived_annotations',
  'geometrical_annotations',
  'graphs',
  'point_annotations',
  'segmentation_mask',
  'tracks',
  'weak_annotations',
  'other',
] as const;

const text = { type: 'string', format: 'said', description: 'write the text, or leave the key out' };
const texts = { type: 'array', items: text, description: 'write a list, one item a line: "- text"' };
const date = { type: 'string', format: 'day', description: 'write it as YYYY-MM-DD' };
const named = { type: 'array', items: text, description: 'list names of Datasets or Plates' };

function record(required: readonly string[], properties: Record<string, object>, description: string): object {
  return { type: 'object', additionalProperties: false, required, properties, description };
}
function list(items: object, description: string): object {
  return { type: 'array', items, description };
}

/** JSON Schema of the study file; each `description` is the remedy of its error message. All scalars are read as text. */
export const STUDY_FILE_SCHEMA = record(
  [],
  {
    title: text,
    description: text,
    keywords: texts,
    license: { type: 'string', enum: ['CC0', 'CC BY 4.0'], description: 'write CC0 or CC BY 4.0' },
    releaseDate: date,
    authors: list(
      record(
        ['name'],
        {
          name: text,
          email: { type: 'string', format: 'address', description: 'write an address like name@example.org' },
          orcid: {
            type: 'string',
            format: 'orcid',
            description: 'write the bare ORCID iD, like 0000-0002-1825-0097, and check its digits',
          },
          role: { type: 'string', enum: ROLES, description: `write one of: ${ROLES.join(', ')}` },
          affiliations: list(text, 'list ids of organizations: [o1, o2]'),
        },
        'an author has name, email, orcid, role and affiliations',
      ),
      'write a list of authors, each starting with "- name:"',
    ),
    organizations: list(
      record(
        ['id', 'name'],
        {
          id: { type: 'string', pattern: '^[A-Za-z0-9_-]+$', description: 'use letters, digits, - and _' },
          name: text,
          address: text,
          ror: {
            type: 'string',
            format: 'ror',
            description: 'write the full ROR address, like https://ror.org/02catss52',
          },
        },
        'an organization has id, name, address and ror',
      ),
      'write a list of organizations, each starting with "- id:"',
    ),
    funding: record(
      [],
      {
        statement: text,
        grants: list(record([], { agency: text, id: text }, 'a grant has agency and id'), 'write a list of grants'),
      },
      'funding has statement and grants',
    ),
    publications: list(
      record(
        [],
        {
          title: text,
          authors: text,
          doi: {
            type: 'string',
            format: 'doi',
            description: 'write the DOI without https://doi.org/, like 10.1234/abc',
          },
          year: {
            type: 'string',
            pattern: '^[12][0-9]{3}$',
            description: 'write the year with four digits, or leave it out',
          },
          pubmedId: { type: 'string', pattern: '^[1-9][0-9]*$', description: 'write digits only, or leave it out' },
        },
        'a publication has title, authors, doi, year and pubmedId',
      ),
      'write a list of publications',
    ),
    links: list(
      record(
        ['url'],
        {
          url: { type: 'string', format: 'web', description: 'write an address with http:// or https://' },
          description: text,
        },
        'a link has url and description',
      ),
      'write a list of links',
    ),
    acknowledgements: text,
    components: list(
      record(
        ['name'],
        {
          name: text,
          description: text,
          biosample: record(
            [],
            {
              title: text,
              organism: record(
                ['scientificName'],
                {
                  scientificName: text,
                  commonName: text,
                  taxon: { type: 'string', pattern: '^NCBITaxon:[0-9]+$', description: 'write it like NCBITaxon:9606' },
                },
                'an organism has scientificName, commonName and taxon',
              ),
              biologicalEntity: text,
              description: text,
              intrinsicVariables: texts,
              extrinsicVariables: texts,
              experimentalVariables: texts,
            },
            'see docs/study-file.md for the keys of a biosample',
          ),
          specimen: record(
            [],
            { title: text, samplePreparation: text, growthProtocol: text },
            'a specimen has title, samplePreparation and growthProtocol',
          ),
          imageAcquisition: record(
            [],
            {
              title: text,
              instrument: text,
              parameters: text,
              methods: list(
                record(
                  ['label'],
                  {
                    label: text,
                    fbbi: { type: 'string', pattern: '^FBbi:[0-9]{8}$', description: 'write it like FBbi:00000251' },
                  },
                  'a method has label and fbbi',
                ),
                'write a list of methods',
              ),
            },
            'an imageAcquisition has title, instrument, parameters and methods',
          ),
        },
        'see docs/study-file.md for the keys of a component',
      ),
      'write a list of components, each starting with "- name:"',
    ),
    imageCorrelations: list(
      record(
        ['title', 'alignment'],
        { title: text, alignment: text, fiducials: text, transformationMatrix: text, components: named },
        'an image correlation has title, alignment, fiducials, transformationMatrix and components',
      ),
      'write a list of image correlations',
    ),
    imageAnalyses: list(
      record(
        ['title', 'overview'],
        { title: text, overview: text, features: text, components: named },
        'an image analysis has title, overview, features and components',
      ),
      'write a list of image analyses',
    ),
    annotations: list(
      record(
        ['title', 'overview', 'types', 'method', 'files'],
        {
          title: text,
          overview: text,
          types: list(
            { type: 'string', enum: ANNOTATION_TYPES, description: `use: ${ANNOTATION_TYPES.join(', ')}` },
            'write a list of types',
          ),
          method: text,
          criteria: text,
          coverage: text,
          confidence: text,
          files: list(
            record(['path', 'sourceImage'], { path: text, sourceImage: text }, 'a file has path and sourceImage'),
            'write a list of files with path and sourceImage',
          ),
        },
        'see docs/study-file.md for the keys of an annotation',
      ),
      'write a list of annotations',
    ),
  },
  'see docs/study-file.md for the keys of a study file',
);

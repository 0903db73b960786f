import type { DataFile, StudyDescription } from '../../../src/bundle/studyDescription.js';

function field(n: number, hours: string): DataFile {
  return {
    path: `images/fov_00${n}.ome.tiff`,
    sizeBytes: 1048576,
    images: [{ ref: `Image:${1884806 + n}`, name: `fov 00${n}` }],
    attributes: [
      { name: 'Starvation time (h)', value: hours },
      { name: 'Channel 0', value: 'TOM20 (Alexa Fluor 488)' },
      { name: 'Channel 1', value: 'DNA (DAPI)' },
    ],
    facts: [],
    association: 0,
  };
}

/** The fictitious study of the archive examples, every part filled in. */
export const FULL_STUDY: StudyDescription = {
  container: 'Project:51',
  title: 'Mitochondrial morphology in starved HeLa cells',
  description: 'Confocal stacks of HeLa cells, fed or starved for 4 h, to quantify mitochondrial networks.',
  keywords: ['mitochondria', 'starvation', 'HeLa'],
  license: 'CC0',
  releaseDate: '2027-01-15',
  authors: [
    {
      name: 'Josiah Carberry',
      email: 'jc@example.org',
      orcid: '0000-0002-1825-0097',
      role: 'corresponding author',
      affiliations: ['o1'],
    },
    { name: 'Marie Example', email: 'me@example.org', role: 'data analyst', affiliations: ['o1', 'o2'] },
  ],
  organizations: [
    { id: 'o1', name: 'European Bioinformatics Institute', address: 'Hinxton, UK', ror: 'https://ror.org/02catss52' },
    { id: 'o2', name: 'University of Somewhere' },
  ],
  funding: {
    statement: 'Supported by the Example Trust, grant EX-12345.',
    grants: [{ agency: 'Example Trust', id: 'EX-12345' }],
  },
  publications: [
    {
      title: 'Mitochondria in starvation',
      authors: 'Carberry J, Example M',
      doi: '10.1234/example',
      year: '2026',
      pubmedId: '12345678',
    },
  ],
  links: [{ url: 'https://omero.example.org/webclient/?show=project-51', description: 'Source OMERO project' }],
  acknowledgements: 'We thank the imaging core facility.',
  studyComponents: [
    {
      name: 'Starvation time course',
      description: 'One z-stack per field of view.',
      files: [field(1, '0'), field(2, '4')],
      associations: [
        {
          biosample: 'HeLa Kyoto',
          specimen: 'PFA fixation and TOM20 staining',
          imageAcquisition: 'Spinning disk confocal',
          imageCorrelation: 'CLEM overlay',
          imageAnalysis: 'Network analysis',
        },
      ],
    },
  ],
  biosamples: [
    {
      title: 'HeLa Kyoto',
      organisms: [
        {
          scientificName: 'Homo sapiens',
          commonName: 'human',
          taxonIri: 'http://purl.obolibrary.org/obo/NCBITaxon_9606',
        },
      ],
      biologicalEntity: 'HeLa Kyoto cell line',
      description: 'Cervical carcinoma cell line with H2B-mCherry',
      intrinsicVariables: ['stable expression of H2B-mCherry'],
      extrinsicVariables: ['EBSS starvation'],
      experimentalVariables: ['starvation time'],
      terms: [],
    },
  ],
  specimens: [
    {
      title: 'PFA fixation and TOM20 staining',
      samplePreparation: '4% PFA, permeabilised, anti-TOM20 Alexa 488, DAPI, mounted in ProLong.',
      growthProtocol: 'DMEM, 10% FBS, 37 C, 5% CO2.',
      channels: [
        {
          identifier: '0',
          content: 'Alexa Fluor 488',
          biologicalEntity: 'TOM20',
          contrastMechanism: 'fluorescence',
        },
        { identifier: '1', content: 'DAPI', biologicalEntity: 'DNA', contrastMechanism: 'fluorescence' },
      ],
    },
  ],
  imageAcquisitions: [
    {
      title: 'Spinning disk confocal',
      instrument: 'Yokogawa CSU-W1 on Nikon Ti2, 60x/1.4 oil',
      parameters: '405 and 488 nm excitation, 0.108 um pixels, 0.2 um z step.',
      methods: [{ label: 'spinning disk confocal microscopy', fbbi: 'http://purl.obolibrary.org/obo/FBbi_00000253' }],
    },
  ],
  imageCorrelations: [
    {
      title: 'CLEM overlay',
      alignment: 'Manual overlay',
      fiducials: 'gold beads',
      transformationMatrix: 'transform.csv',
    },
  ],
  imageAnalyses: [{ title: 'Network analysis', overview: 'MiNA in Fiji 1.54.', features: 'branch length' }],
  annotations: [
    {
      title: 'Mitochondria masks',
      overview: 'Instance masks drawn by experts',
      types: ['segmentation_mask'],
      method: 'Two experts in napari; consensus by overlap.',
      criteria: 'only in-focus cells',
      coverage: '100%',
      files: [
        {
          path: 'annotations/fov_001_mask.tiff',
          sizeBytes: 65536,
          images: [],
          attributes: [{ name: 'Annotation type', value: 'segmentation_mask' }],
          facts: [],
          sourceImage: 'images/fov_001.ome.tiff',
        },
      ],
    },
  ],
};

/** The same study with what an archive requires and no more. */
export const MINIMAL_STUDY: StudyDescription = {
  ...FULL_STUDY,
  keywords: ['mitochondria'],
  acknowledgements: undefined,
  authors: FULL_STUDY.authors.slice(0, 1).map(({ role: _, ...author }) => author),
  organizations: [{ id: 'o1', name: 'European Bioinformatics Institute' }],
  funding: { grants: [] },
  publications: [],
  links: [],
  imageCorrelations: [],
  imageAnalyses: [],
  annotations: [],
  biosamples: FULL_STUDY.biosamples.map((sample) => ({
    ...sample,
    description: undefined,
    intrinsicVariables: [],
    extrinsicVariables: [],
    experimentalVariables: [],
  })),
  specimens: FULL_STUDY.specimens.map((specimen) => ({ ...specimen, growthProtocol: undefined })),
  studyComponents: FULL_STUDY.studyComponents.map((component) => ({
    ...component,
    associations: component.associations.map(({ imageCorrelation: _, imageAnalysis: __, ...needed }) => needed),
  })),
};

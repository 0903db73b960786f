import { tidy } from './identifiers.js';
import type { PageTabAttribute, PageTabLink, PageTabSection, PageTabSubmission } from './pageTab.js';
import { taxonNumber } from './sections.js';
import {
  type Biosample,
  type ImageAcquisition,
  LICENSES,
  type Organism,
  type StudyDescription,
} from './studyDescription.js';
import { curie } from './studyGraph.js';

export interface PageTabOptions {
  /** Folder in the user's space that all paths are relative to. */
  readonly rootPath: string;
  /** Spelling of annotation sections: `Annotation` (form v5) or `Annotations` (form v4, read by BIA's ingest). */
  readonly annotationSection: 'v5' | 'v4';
  /** Names of the file lists, component by component and annotation by annotation. */
  readonly componentLists: readonly string[];
  readonly annotationLists: readonly string[];
}

/** A study as a submission to the collection BioImages by the form BioImages.v5. What is missing is left out, never made up. */
export function pageTabOfStudy(study: StudyDescription, options: PageTabOptions): PageTabSubmission {
  const license = study.license;
  return {
    type: 'submission',
    attributes: [
      ...said('Title', study.title),
      ...said('ReleaseDate', study.releaseDate),
      { name: 'AttachTo', value: 'BioImages' },
      { name: 'Template', value: 'BioImages.v5' },
      { name: 'RootPath', value: options.rootPath },
      // An attribute without a value asks BioStudies to mint a DOI.
      { name: 'DOI' },
    ],
    section: section(
      'Study',
      'study-1',
      [
        ...said('Title', study.title),
        ...said('ReleaseDate', study.releaseDate),
        ...said('Description', study.description),
        ...study.keywords.flatMap((keyword) => said('Keywords', keyword)),
        ...said('Acknowledgements', study.acknowledgements),
        ...(license === undefined
          ? []
          : [{ name: 'License', value: license, valqual: [{ name: 'URL', value: LICENSES[license].legalCode }] }]),
        ...said('Funding statement', study.funding.statement),
      ],
      [
        ...people(study),
        ...samples(study),
        ...methods(study),
        ...annotations(study, options),
        ...components(study, options),
      ],
      study.links.map((link) => ({ url: link.url, attributes: said('Description', link.description) })),
    ),
  };
}

function people(study: StudyDescription): PageTabSection[] {
  return [
    ...study.authors.map((author, i) =>
      section('Author', `author-${i + 1}`, [
        ...said('Name', author.name),
        ...said('E-mail', author.email),
        ...said('Role', author.role),
        ...said('ORCID', author.orcid),
        ...author.affiliations.map((id) => ({ name: 'affiliation', value: id, reference: true as const })),
      ]),
    ),
    ...study.organizations.map((organization) =>
      section('Organization', organization.id, [
        ...said('Name', organization.name),
        ...said('Address', organization.address),
        ...said('RORID', organization.ror),
      ]),
    ),
    ...study.publications.map((publication, i) =>
      section('Publication', `publ-${i + 1}`, [
        ...said('Pubmed ID', publication.pubmedId),
        ...said('Title', publication.title),
        ...said('Authors', publication.authors),
        ...said('DOI', publication.doi),
        ...said('Year', publication.year),
      ]),
    ),
    ...study.funding.grants.map((grant, i) =>
      section('Funding', `fund-${i + 1}`, [...said('Agency', grant.agency), ...said('grant_id', grant.id)]),
    ),
  ];
}

function samples(study: StudyDescription): PageTabSection[] {
  let organisms = 0;
  return [
    ...study.biosamples.map((sample, i) =>
      section(
        'Biosample',
        `Biosample-${i + 1}`,
        biosampleAttributes(sample),
        // The nested form is the one whose taxon survives the archive's own conversion.
        sample.organisms.map((organism) => organismSection(organism, ++organisms)),
      ),
    ),
    ...study.specimens.map((specimen, i) =>
      section('Specimen', `Specimen-${i + 1}`, [
        ...said('Title', specimen.title),
        ...said('Sample preparation protocol', specimen.samplePreparation),
        ...said('Growth protocol', specimen.growthProtocol),
      ]),
    ),
  ];
}

function biosampleAttributes(sample: Biosample): PageTabAttribute[] {
  return [
    ...said('Title', sample.title),
    ...sample.organisms.map((organism) => {
      const taxon = taxonNumber(organism.taxonIri);
      const common = organism.commonName === undefined ? '' : ` (${organism.commonName})`;
      const value = tidy(organism.scientificName + common);
      return { name: 'Organism', value, ...(taxon && { valqual: term('NCBITaxon', `NCBITaxon_${taxon}`) }) };
    }),
    ...said('Biological entity', sample.biologicalEntity),
    ...said('Description', sample.description),
    ...sample.intrinsicVariables.flatMap((text) => said('Intrinsic variable', text)),
    ...sample.extrinsicVariables.flatMap((text) => said('Extrinsic variable', text)),
    ...sample.experimentalVariables.flatMap((text) => said('Experimental variable', text)),
  ];
}

function organismSection(organism: Organism, number: number): PageTabSection {
  const taxon = taxonNumber(organism.taxonIri);
  return section('Organism', `Organism-${number}`, [
    ...said('Scientific name', organism.scientificName),
    ...said('Common name', organism.commonName),
    ...said('NCBI taxon ID', taxon && `NCBI:txid${taxon}`),
  ]);
}

function methods(study: StudyDescription): PageTabSection[] {
  return [
    ...study.imageAcquisitions.map((acquisition, i) =>
      section('Image acquisition', `Image acquisition-${i + 1}`, acquisitionAttributes(acquisition)),
    ),
    ...study.imageCorrelations.map((correlation, i) =>
      section('Image correlation', `Image correlation-${i + 1}`, [
        ...said('Title', correlation.title),
        ...said('Spatial and temporal alignment', correlation.alignment),
        ...said('Fiducials used', correlation.fiducials),
        ...said('Transformation matrix', correlation.transformationMatrix),
      ]),
    ),
    ...study.imageAnalyses.map((analysis, i) =>
      section('Image analysis', `Image analysis-${i + 1}`, [
        ...said('Title', analysis.title),
        ...said('Image analysis overview', analysis.overview),
      ]),
    ),
  ];
}

function acquisitionAttributes(acquisition: ImageAcquisition): PageTabAttribute[] {
  return [
    ...said('Title', acquisition.title),
    ...said('Imaging instrument', acquisition.instrument),
    ...said('Image acquisition parameters', acquisition.parameters),
    ...acquisition.methods.map(({ label, fbbi }) => {
      const [prefix = '', id = ''] = fbbi === undefined ? [] : curie(fbbi).split(':');
      const isFbbi = prefix === 'FBbi' && id !== '';
      return { name: 'Imaging method', value: tidy(label), ...(isFbbi && { valqual: term('fbbi', `FBbi_${id}`) }) };
    }),
  ];
}

function annotations(study: StudyDescription, options: PageTabOptions): PageTabSection[] {
  const type = options.annotationSection === 'v5' ? 'Annotation' : 'Annotations';
  return study.annotations.map((annotation, i) =>
    section(type, `Annotation-${i + 1}`, [
      ...said('Title', annotation.title),
      ...said('Annotation Overview', annotation.overview),
      ...annotation.types.flatMap((kind) => said('Annotation Type', kind)),
      ...said('Annotation Method', annotation.method),
      ...said('Annotation Confidence Level', annotation.confidence),
      ...said('Annotation Criteria', annotation.criteria),
      ...said('Annotation Coverage', annotation.coverage),
      ...said('File List', options.annotationLists[i]),
    ]),
  );
}

function components(study: StudyDescription, options: PageTabOptions): PageTabSection[] {
  let associations = 0;
  return study.studyComponents.map((component, i) =>
    section(
      'Study Component',
      `Study Component-${i + 1}`,
      [
        ...said('Name', component.name),
        ...said('Description', component.description),
        ...said('File List', options.componentLists[i]),
      ],
      component.associations.map((association) =>
        section('Associations', `asso-${++associations}`, [
          ...said('Biosample', association.biosample),
          ...said('Specimen', association.specimen),
          ...said('Image acquisition', association.imageAcquisition),
          ...said('Image correlation', association.imageCorrelation),
          ...said('Image analysis', association.imageAnalysis),
        ]),
      ),
    ),
  );
}

function term(ontology: string, id: string): { name: string; value: string }[] {
  return [
    { name: 'Ontology', value: ontology },
    { name: 'TermId', value: id },
  ];
}

function said(name: string, value: string | undefined): PageTabAttribute[] {
  const text = value === undefined ? '' : tidy(value);
  return text === '' ? [] : [{ name, value: text }];
}

function section(
  type: string,
  accno: string,
  attributes: readonly PageTabAttribute[],
  subsections: readonly PageTabSection[] = [],
  links: readonly PageTabLink[] = [],
): PageTabSection {
  return {
    accno,
    type,
    attributes,
    ...(links.length > 0 && { links }),
    ...(subsections.length > 0 && { subsections }),
  };
}

import type { RembiField } from '../rdf/rembi.js';

/** A term of an ontology with the label it is shown by. */
export interface OntologyTerm {
  readonly iri: string;
  readonly label: string;
}

/** One key-value pair that holds for an image, its own or inherited from what contains it. */
export interface KeyValueFact {
  readonly key: string;
  readonly value: string;
  /** The REMBI element that the key is mapped to. */
  readonly field?: RembiField | undefined;
  readonly term?: OntologyTerm | undefined;
  /** The object that carries the annotation (`Dataset:12`). */
  readonly on: string;
}

/** A named value of a file: one cell of a file list. */
export interface FileAttribute {
  readonly name: string;
  readonly value: string;
}

/** One file (or one folder, for OME-Zarr) of a study component or an annotation. */
export interface DataFile {
  /** Path as the source knows it, relative to its root, with `/`. */
  readonly path: string;
  readonly sizeBytes?: number | undefined;
  readonly sha256?: string | undefined;
  /** The images inside, as references (`Image:1461`) with their names. */
  readonly images: readonly { readonly ref: string; readonly name: string }[];
  /** What differs between the files of the component, in the order of the columns. */
  readonly attributes: readonly FileAttribute[];
  /** Every key-value pair that holds for the images inside. */
  readonly facts: readonly KeyValueFact[];
  /** Path of the image that an annotation file was made from. */
  readonly sourceImage?: string | undefined;
  /** Position of the file's combination in `StudyComponent.associations`. */
  readonly association?: number | undefined;
}

/** One combination of sample, preparation and acquisition, each by its exact title (BioImages.v5, Associations). */
export interface Associations {
  readonly biosample?: string | undefined;
  readonly specimen?: string | undefined;
  readonly imageAcquisition?: string | undefined;
  readonly imageCorrelation?: string | undefined;
  readonly imageAnalysis?: string | undefined;
}

/** What was imaged together: a Dataset or a Plate (REMBI, Study component). */
export interface StudyComponent {
  readonly name: string;
  readonly description?: string | undefined;
  /** The object it was read from (`Dataset:12`). */
  readonly source?: string | undefined;
  readonly files: readonly DataFile[];
  readonly associations: readonly Associations[];
}

export interface Organism {
  readonly scientificName: string;
  readonly commonName?: string | undefined;
  /** `http://purl.obolibrary.org/obo/NCBITaxon_9606` when grounded. */
  readonly taxonIri?: string | undefined;
}

/** REMBI, Biosample. */
export interface Biosample {
  readonly title: string;
  readonly organisms: readonly Organism[];
  readonly biologicalEntity?: string | undefined;
  readonly description?: string | undefined;
  readonly intrinsicVariables: readonly string[];
  readonly extrinsicVariables: readonly string[];
  readonly experimentalVariables: readonly string[];
  /** Terms of the entity and the variables, for catalogues. */
  readonly terms: readonly OntologyTerm[];
}

/** What one channel shows and how (REMBI, Specimen, Channel). */
export interface SignalChannel {
  readonly identifier: string;
  readonly content?: string | undefined;
  readonly biologicalEntity?: string | undefined;
  readonly contrastMechanism?: string | undefined;
}

/** REMBI, Specimen. */
export interface Specimen {
  readonly title: string;
  readonly samplePreparation?: string | undefined;
  readonly growthProtocol?: string | undefined;
  readonly channels: readonly SignalChannel[];
}

/** An imaging method; `fbbi` is the term's IRI (`http://purl.obolibrary.org/obo/FBbi_00000251`). */
export interface ImagingMethod {
  readonly label: string;
  readonly fbbi?: string | undefined;
}

/** REMBI, Image acquisition. */
export interface ImageAcquisition {
  readonly title: string;
  readonly instrument?: string | undefined;
  readonly parameters?: string | undefined;
  readonly methods: readonly ImagingMethod[];
}

/** REMBI, Image correlation. */
export interface ImageCorrelation {
  readonly title: string;
  readonly alignment?: string | undefined;
  readonly fiducials?: string | undefined;
  readonly transformationMatrix?: string | undefined;
}

/** REMBI, Analyzed data. */
export interface ImageAnalysis {
  readonly title: string;
  readonly overview: string;
  readonly features?: string | undefined;
}

/** MIFA, Annotations: masks, outlines, labels that come as files. */
export interface StudyAnnotation {
  readonly title: string;
  readonly overview?: string | undefined;
  readonly types: readonly string[];
  readonly method?: string | undefined;
  readonly criteria?: string | undefined;
  readonly coverage?: string | undefined;
  readonly confidence?: string | undefined;
  readonly files: readonly DataFile[];
}

export interface Author {
  /** Given name first: "Josiah Carberry". */
  readonly name: string;
  readonly email?: string | undefined;
  /** Bare: 0000-0002-1825-0097. */
  readonly orcid?: string | undefined;
  readonly role?: string | undefined;
  /** Ids of `organizations`. */
  readonly affiliations: readonly string[];
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly address?: string | undefined;
  /** Full URL: https://ror.org/02catss52. */
  readonly ror?: string | undefined;
}

export interface Grant {
  readonly agency?: string | undefined;
  readonly id?: string | undefined;
}

export interface Publication {
  readonly title?: string | undefined;
  readonly authors?: string | undefined;
  /** Without https://doi.org/. */
  readonly doi?: string | undefined;
  readonly year?: string | undefined;
  readonly pubmedId?: string | undefined;
}

export interface StudyLink {
  readonly url: string;
  readonly description?: string | undefined;
}

/** What any archive wants to know about a study; read from one container's graph and a study file. */
export interface StudyDescription {
  /** `Project:52`, `Screen:3` or `orphans`. */
  readonly container: string;
  readonly containerIri?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly keywords: readonly string[];
  readonly license?: License | undefined;
  /** YYYY-MM-DD. */
  readonly releaseDate?: string | undefined;
  readonly authors: readonly Author[];
  readonly organizations: readonly Organization[];
  readonly funding: { readonly statement?: string | undefined; readonly grants: readonly Grant[] };
  readonly publications: readonly Publication[];
  readonly links: readonly StudyLink[];
  readonly acknowledgements?: string | undefined;
  readonly studyComponents: readonly StudyComponent[];
  readonly biosamples: readonly Biosample[];
  readonly specimens: readonly Specimen[];
  readonly imageAcquisitions: readonly ImageAcquisition[];
  readonly imageCorrelations: readonly ImageCorrelation[];
  readonly imageAnalyses: readonly ImageAnalysis[];
  readonly annotations: readonly StudyAnnotation[];
  /** First and last acquisition date of the images (YYYY-MM-DD), where known. */
  readonly acquired?: { readonly first: string; readonly last: string } | undefined;
}

/** The licences that the BioImage Archive accepts, with their names elsewhere. */
export const LICENSES = {
  CC0: {
    name: 'Creative Commons Zero v1.0 Universal',
    spdx: 'CC0-1.0',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    legalCode: 'https://creativecommons.org/publicdomain/zero/1.0/legalcode',
  },
  'CC BY 4.0': {
    name: 'Creative Commons Attribution 4.0 International',
    spdx: 'CC-BY-4.0',
    url: 'https://creativecommons.org/licenses/by/4.0/',
    legalCode: 'https://creativecommons.org/licenses/by/4.0/legalcode',
  },
} as const;

export type License = keyof typeof LICENSES;

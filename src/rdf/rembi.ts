import { DataFactory, type NamedNode } from 'n3';
import { PREFIXES } from './vocabulary.js';

/** The modules of REMBI (Sarkans et al. 2021, Nat Methods 18:1418, Table 1), in the paper's order. */
export const REMBI_MODULES = [
  'Study',
  'Study component',
  'Biosample',
  'Specimen',
  'Image acquisition',
  'Image data',
  'Image correlation',
  'Analyzed data',
] as const;
export type RembiModule = (typeof REMBI_MODULES)[number];

interface RembiFieldRow {
  readonly module: RembiModule;
  /** The element's name in REMBI. */
  readonly label: string;
  /** Local name of BIA's nearest property (base configurable), where there is one. */
  readonly bia?: string;
}

/** The 35 elements of REMBI; the key is the local name of the property in `https://w3id.org/omegraph/rembi#`. */
export const REMBI_FIELDS = {
  studyType: { module: 'Study', label: 'Study type' },
  studyDescription: { module: 'Study', label: 'Study description' },
  generalDatasetInformation: { module: 'Study', label: 'General dataset information' },
  imagingMethod: { module: 'Study component', label: 'Imaging method', bia: 'imagingMethodName' },
  studyComponentDescription: { module: 'Study component', label: 'Study component description' },
  biosampleIdentity: { module: 'Biosample', label: 'Identity' },
  biologicalEntity: { module: 'Biosample', label: 'Biological entity', bia: 'biologicalEntityDescription' },
  organism: { module: 'Biosample', label: 'Organism' },
  intrinsicVariable: { module: 'Biosample', label: 'Intrinsic variable', bia: 'intrinsicVariableDescription' },
  extrinsicVariable: { module: 'Biosample', label: 'Extrinsic variable', bia: 'extrinsicVariableDescription' },
  experimentalVariable: {
    module: 'Biosample',
    label: 'Experimental variables',
    bia: 'experimentalVariableDescription',
  },
  experimentalStatus: { module: 'Specimen', label: 'Experimental status' },
  locationWithinBiosample: { module: 'Specimen', label: 'Location within biosample' },
  preparationMethod: { module: 'Specimen', label: 'Preparation method' },
  signalContrastMechanism: {
    module: 'Specimen',
    label: 'Signal/contrast mechanism',
    bia: 'signalContrastMechanismDescription',
  },
  channelContent: { module: 'Specimen', label: 'Channel – content', bia: 'channelContentDescription' },
  channelBiologicalEntity: { module: 'Specimen', label: 'Channel – biological entity', bia: 'channelBiologicalEntity' },
  instrumentAttributes: {
    module: 'Image acquisition',
    label: 'Instrument attributes',
    bia: 'imagingInstrumentDescription',
  },
  imageAcquisitionParameters: { module: 'Image acquisition', label: 'Image acquisition parameters' },
  imageType: { module: 'Image data', label: 'Type' },
  formatAndCompression: { module: 'Image data', label: 'Format and compression' },
  dimensionExtents: { module: 'Image data', label: 'Dimension extents' },
  sizeDescription: { module: 'Image data', label: 'Size description' },
  pixelSizeDescription: { module: 'Image data', label: 'Pixel/voxel size description' },
  channelInformation: { module: 'Image data', label: 'Channel information' },
  imageProcessingMethod: { module: 'Image data', label: 'Image processing method' },
  contrastInversion: { module: 'Image data', label: 'Contrast inversion' },
  qcInfo: { module: 'Image data', label: 'QC info' },
  spatialAndTemporalAlignment: { module: 'Image correlation', label: 'Spatial and temporal alignment' },
  fiducialsUsed: { module: 'Image correlation', label: 'Fiducials used', bia: 'fiducialsUsed' },
  transformationMatrix: { module: 'Image correlation', label: 'Transformation matrix', bia: 'transformationMatrix' },
  relatedImages: { module: 'Image correlation', label: 'Related images and relationship' },
  analysisResultType: { module: 'Analyzed data', label: 'Analysis result type' },
  dataUsedForAnalysis: { module: 'Analyzed data', label: 'Data used for analysis' },
  analysisMethod: { module: 'Analyzed data', label: 'Analysis method and details' },
} as const satisfies Record<string, RembiFieldRow>;

export type RembiField = keyof typeof REMBI_FIELDS;

/** The property of a REMBI field, `https://w3id.org/omegraph/rembi#organism`. */
export const REMBI: { readonly [F in RembiField]: NamedNode } = Object.freeze(
  Object.fromEntries(Object.keys(REMBI_FIELDS).map((f) => [f, DataFactory.namedNode(PREFIXES.rembi + f)])),
) as { readonly [F in RembiField]: NamedNode };

/** Whether a text is the name of a field. */
export function isRembiField(text: string): text is RembiField {
  return Object.hasOwn(REMBI_FIELDS, text);
}

/** The field behind a property IRI, or undefined when it is not one of REMBI's. */
export function rembiFieldOf(iri: string): RembiField | undefined {
  if (!iri.startsWith(PREFIXES.rembi)) return undefined;
  const local = iri.slice(PREFIXES.rembi.length);
  return Object.hasOwn(REMBI_FIELDS, local) ? (local as RembiField) : undefined;
}

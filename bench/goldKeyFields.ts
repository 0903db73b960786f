import { REMBI_FIELDS, type RembiField, type RembiModule } from '../src/rdf/rembi.js';

/** What a gold key may be mapped to; no fields when it is known to be none of REMBI's. */
export interface GoldKeyTarget {
  readonly fields: readonly RembiField[];
  readonly modules: readonly RembiModule[];
}

/** Gold writes modules without blanks. */
const MODULES: Readonly<Record<string, RembiModule>> = {
  Study: 'Study',
  StudyComponent: 'Study component',
  Biosample: 'Biosample',
  Specimen: 'Specimen',
  ImageAcquisition: 'Image acquisition',
  ImageData: 'Image data',
  ImageCorrelation: 'Image correlation',
  AnalyzedData: 'Analyzed data',
};

const EXTENTS = ['dimensionExtents', 'sizeDescription', 'pixelSizeDescription'] as const;
const CORRELATION = ['spatialAndTemporalAlignment', 'fiducialsUsed', 'transformationMatrix', 'relatedImages'] as const;

/**
 * Gold field names (in their order of trial, by their start, within a module; `*` is any module) and the fields of REMBI that
 * answer them. Where gold folds several fields of REMBI into one name, or names two modules, each of them is right.
 */
const TABLE: readonly (readonly [module: string, start: string, fields: readonly RembiField[]])[] = [
  ['Study', 'Organism', ['organism']],
  ['Study', 'Study type', ['studyType']],
  ['Study', 'Study description', ['studyDescription']],
  ['Study', 'General dataset info', ['generalDatasetInformation']],
  ['Study|StudyComponent', 'Study description', ['studyDescription', 'studyComponentDescription']],
  ['StudyComponent', 'Imaging method', ['imagingMethod']],
  ['StudyComponent', 'Study component description', ['studyComponentDescription']],
  ['Biosample', 'Organism', ['organism']],
  ['Biosample', 'Biological entity', ['biologicalEntity']],
  ['Biosample', 'Identity', ['biosampleIdentity']],
  ['Biosample', 'Intrinsic variable', ['intrinsicVariable']],
  ['Biosample', 'Extrinsic variable', ['extrinsicVariable']],
  ['Biosample', 'Experimental variables', ['experimentalVariable']],
  ['Biosample|Specimen', 'Biological entity', ['biologicalEntity', 'locationWithinBiosample']],
  ['Biosample|Specimen', 'Location within biosample', ['biologicalEntity', 'locationWithinBiosample']],
  ['Specimen', 'Experimental status', ['experimentalStatus']],
  ['Specimen', 'Location within biosample', ['locationWithinBiosample']],
  ['Specimen', 'Preparation method', ['preparationMethod']],
  ['Specimen', 'Signal/contrast mechanism', ['signalContrastMechanism']],
  ['Specimen', 'Channel – content +', ['channelContent', 'channelBiologicalEntity']],
  ['Specimen', 'Channel – content', ['channelContent']],
  ['Specimen', 'Channel – biological entity', ['channelBiologicalEntity']],
  ['Specimen|StudyComponent', 'Preparation method', ['preparationMethod', 'studyComponentDescription']],
  [
    'Specimen|StudyComponent|AnalyzedData',
    'Protocol type',
    ['preparationMethod', 'studyComponentDescription', 'analysisMethod'],
  ],
  ['ImageAcquisition', 'Instrument attributes', ['instrumentAttributes']],
  ['ImageAcquisition', 'Image acquisition parameters', ['imageAcquisitionParameters']],
  ['ImageData', 'Dimension extents', EXTENTS],
  ['ImageData', 'Type / Format', ['imageType', 'formatAndCompression']],
  ['ImageData', 'Image processing method', ['imageProcessingMethod', 'qcInfo', 'contrastInversion']],
  ['ImageCorrelation', 'Spatial and temporal alignment', CORRELATION],
  ['AnalyzedData', 'Analysis method', ['analysisMethod']],
  ['AnalyzedData', 'Analysis result type / method', ['analysisResultType', 'analysisMethod']],
  ['AnalyzedData', 'Analysis result', ['analysisResultType']],
];

/**
 * What gold's module and field mean in REMBI; undefined for the few names that REMBI has no element for (an image's own
 * description, a link): they are left out of the counts.
 */
export function goldKeyTarget(module: string, field: string): GoldKeyTarget | undefined {
  // Companions, containers, comments, sections, units, tool artefacts.
  if (module.startsWith('_')) return { fields: [], modules: [] };
  const fields = TABLE.find(([m, start]) => m === module && field.startsWith(start))?.[2];
  if (fields === undefined) return undefined;
  const named = module.split('|').flatMap((m) => MODULES[m] ?? []);
  return { fields, modules: [...new Set([...named, ...fields.map((f) => REMBI_FIELDS[f].module)])] };
}

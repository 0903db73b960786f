import type { Severity } from '../../src/findings.js';
import type { FieldInfo, ShapeInfo } from '../../src/audit/model.js';

const REMBI = 'https://w3id.org/omegraph/rembi#';
const SHAPES = 'https://w3id.org/omegraph/shapes/rembi#';

/** Module › field, severity when missing, types asked, how usual it is that somebody states it, whether a term is wanted. */
const ROWS: readonly (readonly [string, string, string, Severity, string, number, boolean?])[] = [
  ['Study', 'studyType', 'Study type', 'info', 'Project Screen', 0.3],
  ['Study', 'studyDescription', 'Study description', 'violation', 'Project Screen', 0.8],
  ['Study', 'generalDatasetInformation', 'General dataset information', 'violation', 'Project Screen', 0.4],
  ['Study component', 'imagingMethod', 'Imaging method', 'violation', 'Image', 0.75, true],
  ['Study component', 'studyComponentDescription', 'Study component description', 'violation', 'Dataset Plate', 0.6],
  ['Biosample', 'biosampleIdentity', 'Identity', 'violation', 'Image', 0.5],
  ['Biosample', 'biologicalEntity', 'Biological entity', 'violation', 'Image', 0.75, true],
  ['Biosample', 'organism', 'Organism', 'violation', 'Image', 0.9, true],
  ['Biosample', 'intrinsicVariable', 'Intrinsic variable', 'warning', 'Image', 0.5, true],
  ['Biosample', 'extrinsicVariable', 'Extrinsic variable', 'warning', 'Image', 0.55, true],
  ['Biosample', 'experimentalVariable', 'Experimental variables', 'warning', 'Image', 0.4],
  ['Specimen', 'experimentalStatus', 'Experimental status', 'info', 'Image', 0.35],
  ['Specimen', 'locationWithinBiosample', 'Location within biosample', 'info', 'Image', 0.15],
  ['Specimen', 'preparationMethod', 'Preparation method', 'violation', 'Image', 0.6],
  ['Specimen', 'signalContrastMechanism', 'Signal/contrast mechanism', 'warning', 'Image', 0.5],
  ['Specimen', 'channelContent', 'Channel – content', 'warning', 'Image', 0.65],
  ['Specimen', 'channelBiologicalEntity', 'Channel – biological entity', 'warning', 'Image', 0.4],
  ['Image acquisition', 'instrumentAttributes', 'Instrument attributes', 'violation', 'Image', 0.85],
  ['Image acquisition', 'imageAcquisitionParameters', 'Image acquisition parameters', 'violation', 'Image', 0.8],
  ['Image data', 'imageDataType', 'Type', 'warning', 'Image', 0.5],
  ['Image data', 'formatAndCompression', 'Format and compression', 'warning', 'Image', 1],
  ['Image data', 'dimensionExtents', 'Dimension extents', 'warning', 'Image', 1],
  ['Image data', 'sizeDescription', 'Size description', 'info', 'Image', 0.9],
  ['Image data', 'pixelSizeDescription', 'Pixel/voxel size description', 'warning', 'Image', 0.92],
  ['Image data', 'channelInformation', 'Channel information', 'warning', 'Image', 0.97],
  ['Image data', 'imageProcessingMethod', 'Image processing method', 'info', 'Image', 0.2],
  ['Image data', 'contrastInversion', 'Contrast inversion', 'info', 'Image', 0.05],
  ['Image data', 'qcInfo', 'QC info', 'info', 'Image', 0.1],
  ['Image correlation', 'spatialTemporalAlignment', 'Spatial and temporal alignment', 'violation', 'Image', 0.6],
  ['Image correlation', 'fiducialsUsed', 'Fiducials used', 'warning', 'Image', 0.4],
  ['Image correlation', 'transformationMatrix', 'Transformation matrix', 'warning', 'Image', 0.3],
  ['Image correlation', 'relatedImages', 'Related images and relationship', 'warning', 'Image', 0.3],
  ['Analyzed data', 'analysisResultType', 'Analysis result type', 'warning', 'Image', 0.7],
  ['Analyzed data', 'dataUsedForAnalysis', 'Data used for analysis', 'warning', 'Image', 0.6],
  ['Analyzed data', 'analysisMethod', 'Analysis method and details', 'violation', 'Image', 0.5],
];

/** The 35 elements of REMBI as fields of a made-up profile. */
export const FIELDS: readonly FieldInfo[] = ROWS.map(([module, name, label, severity, askedOf]) => ({
  field: REMBI + name,
  label,
  description: `What REMBI asks under ${module} › ${label}.`,
  module,
  severity,
  askedOf: askedOf.split(' '),
}));

export const MODULES: readonly string[] = [...new Set(ROWS.map((r) => r[0]))];
export const USUAL: readonly number[] = ROWS.map((r) => r[5]);
export const WANTS_TERM: readonly boolean[] = ROWS.map((r) => r[6] === true);

/** Modules that are asked only where they are used. */
export const OPTIONAL_MODULES: readonly string[] = ['Image correlation', 'Analyzed data'];

const where = (types: string): string => types.toLowerCase().replace(' ', ' or ');

/** For each field a shape that asks for it, one that refuses placeholders, and where a term is wanted one for that. */
export const SHAPE_INFOS: readonly ShapeInfo[] = ROWS.flatMap(
  ([module, name, label, severity, askedOf, , term], field): ShapeInfo[] => {
    const common = { description: '', module, field, way: 'columns' } as const;
    return [
      {
        ...common,
        shape: SHAPES + name,
        label,
        message: `${label} is missing; add a key-value pair "${label}" to the ${where(askedOf)} or to what contains it.`,
        severity,
        aspect: 'presence',
      },
      {
        ...common,
        shape: `${SHAPES}${name}Valid`,
        label: `${label} says something`,
        message: `${label} is only a placeholder; replace it by what is meant.`,
        severity,
        aspect: 'validity',
      },
      ...(term === true
        ? [
            {
              ...common,
              shape: `${SHAPES}${name}Grounded`,
              label: `${label} is a term`,
              message: `${label} is free text; add the accession of the term, or spell it as the ontology does.`,
              severity: 'warning',
              aspect: 'grounding',
            } as const,
          ]
        : []),
    ];
  },
);

/** A shape about something else than a field, run by SPARQL. */
export const CHANNEL_SHAPE: ShapeInfo = {
  shape: 'https://example.org/site-shapes#channelNames',
  label: 'Channel names differ',
  description: 'Two channels of one image must not have the same name.',
  message: 'Two channels of the image have the same name; rename one of them in OMERO.',
  severity: 'warning',
  aspect: 'validity',
  way: 'sparql',
  reason: 'it has a SPARQL constraint',
};

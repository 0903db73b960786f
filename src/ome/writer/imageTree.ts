import type { Channel, Image, Pixels, Roi, Shape } from '../model.js';
import { filterTrees, lightSourceSettingsTrees, mapTree, settingsTrees } from './instrumentTree.js';
import { floatText } from './lexical.js';
import type { Pen } from './pen.js';
import type { Rules } from './writable.js';
import type { XmlTree } from './xmlTree.js';

/** An Image with its children in the schema's order (ome.xsd, element Image). */
export function imageTree(image: Image, pen: Pen, rules: Rules): XmlTree {
  const { ref, objectiveSettings, imagingEnvironment, stageLabel } = image;
  if (objectiveSettings !== undefined && objectiveSettings.objective === undefined) {
    rules.report('ome-xml-incomplete', ref, { at: 'ObjectiveSettings', detail: 'ID' });
  }
  return pen.element('Image', image, ref, ref, [
    ...pen.text('Image', 'acquisitionDate', image, ref),
    ...pen.references('ExperimenterRef', [image.experimenter], ref),
    ...pen.text('Image', 'description', image, ref),
    ...pen.references('ExperimentRef', [image.experiment], ref),
    ...pen.references('ExperimenterGroupRef', [image.experimenterGroup], ref),
    ...pen.references('InstrumentRef', [image.instrument], ref),
    ...(objectiveSettings === undefined
      ? []
      : settingsTrees('ObjectiveSettings', objectiveSettings, objectiveSettings.objective, ref, pen)),
    ...(imagingEnvironment === undefined
      ? []
      : [
          pen.element(
            'ImagingEnvironment',
            imagingEnvironment,
            ref,
            undefined,
            imagingEnvironment.map && [mapTree('Map', imagingEnvironment.map, ref, pen)],
          ),
        ]),
    ...(stageLabel === undefined ? [] : [pen.element('StageLabel', stageLabel, ref, undefined)]),
    ...(image.pixels === undefined ? [] : [pixelsTree(image.pixels, pen, rules)]),
    ...pen.linked(ref, 'ROI'),
    ...pen.references('MicrobeamManipulationRef', image.microbeamManipulations ?? [], ref),
    ...pen.annotationRefs(ref),
  ]);
}

/** Pixels with MetadataOnly: the writer never holds pixel data. */
function pixelsTree(pixels: Pixels, pen: Pen, rules: Rules): XmlTree {
  return pen.element('Pixels', pixels, pixels.ref, pixels.ref, [
    ...pixels.channels.map((channel) => channelTree(channel, pen, rules)),
    { name: 'MetadataOnly', attributes: '' },
  ]);
}

function channelTree(channel: Channel, pen: Pen, rules: Rules): XmlTree {
  const { ref, lightSourceSettings, detectorSettings, lightPath } = channel;
  for (const [at, settings, device] of [
    ['LightSourceSettings', lightSourceSettings, lightSourceSettings?.lightSource],
    ['DetectorSettings', detectorSettings, detectorSettings?.detector],
  ] as const) {
    if (settings !== undefined && device === undefined) rules.report('ome-xml-incomplete', ref, { at, detail: 'ID' });
  }
  return pen.element('Channel', channel, ref, ref, [
    ...lightSourceSettingsTrees(lightSourceSettings, ref, pen),
    ...(detectorSettings === undefined
      ? []
      : settingsTrees('DetectorSettings', detectorSettings, detectorSettings.detector, ref, pen)),
    ...pen.references('FilterSetRef', [channel.filterSet], ref),
    ...pen.annotationRefs(ref),
    ...(lightPath === undefined
      ? []
      : [pen.element('LightPath', {}, ref, undefined, filterTrees(lightPath, ref, pen))]),
  ]);
}

/** A ROI with its shapes; Description comes last (ome.xsd, element ROI). */
export function roiTree(roi: Roi, pen: Pen): XmlTree {
  return pen.element('ROI', roi, roi.ref, roi.ref, [
    { name: 'Union', attributes: '', children: roi.shapes.map((shape) => shapeTree(shape, pen)) },
    ...pen.annotationRefs(roi.ref),
    ...pen.text('ROI', 'description', roi, roi.ref),
  ]);
}

const CELLS = ['A00', 'A10', 'A01', 'A11', 'A02', 'A12'] as const;

function shapeTree(shape: Shape, pen: Pen): XmlTree {
  const { ref, transform } = shape;
  return pen.element(shape.type, shape, ref, ref, [
    ...(transform === undefined
      ? []
      : [
          {
            name: 'Transform',
            attributes: CELLS.map((cell, i) => pen.attribute(cell, floatText(transform[i] ?? 0), ref)).join(''),
          },
        ]),
    ...pen.annotationRefs(ref),
    ...(shape.type === 'Mask' ? [NO_DATA] : []),
  ]);
}

/** BinData is required where the writer has no bytes to give. */
export const NO_DATA: XmlTree = { name: 'BinData', attributes: ' BigEndian="false" Length="0"' };

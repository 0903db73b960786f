import type {
  Experiment,
  ExperimenterGroup,
  MicrobeamManipulation,
  OmeObject,
  Plate,
  PlateAcquisition,
  Screen,
  Well,
} from '../model.js';
import { imageTree, roiTree } from './imageTree.js';
import { instrumentTree, lightSourceSettingsTrees } from './instrumentTree.js';
import type { Pen } from './pen.js';
import type { Rules } from './writable.js';
import type { XmlTree } from './xmlTree.js';

/** Elements that come one by one out of the spool; Plate and Screen hold others and are written by `frameOf`. */
export type Whole = Exclude<OmeObject, Plate | Screen | { type: 'Fileset' } | { type: 'OriginalFile' }>;

/** An object as an element with its children in the schema's order (ome.xsd). */
export function objectTree(object: Whole, pen: Pen, rules: Rules): XmlTree {
  const { ref } = object;
  switch (object.type) {
    case 'Project':
    case 'Dataset':
      return pen.element(object.type, object, ref, ref, [
        ...pen.text(object.type, 'description', object, ref),
        ...pen.references('ExperimenterRef', [object.experimenter], ref),
        ...pen.references('ExperimenterGroupRef', [object.experimenterGroup], ref),
        ...pen.linked(ref, object.type === 'Project' ? 'Dataset' : 'Image'),
        ...pen.annotationRefs(ref),
      ]);
    case 'Folder':
      return pen.element('Folder', object, ref, ref, [
        ...pen.text('Folder', 'description', object, ref),
        ...['Folder', 'Image', 'ROI'].flatMap((type) => pen.linked(ref, type)),
        ...pen.annotationRefs(ref),
      ]);
    case 'Reagent':
      return pen.element('Reagent', object, ref, ref, [
        ...pen.text('Reagent', 'description', object, ref),
        ...pen.annotationRefs(ref),
      ]);
    case 'Experimenter':
      return pen.element('Experimenter', object, ref, ref, pen.annotationRefs(ref));
    case 'ExperimenterGroup':
      return groupTree(object, pen);
    case 'Experiment':
      return experimentTree(object, pen);
    case 'Instrument':
      return instrumentTree(object, pen);
    case 'Image':
      return imageTree(object, pen, rules);
    case 'ROI':
      return roiTree(object, pen);
    case 'Well':
      return wellTree(object, pen);
    case 'PlateAcquisition':
      return acquisitionTree(object, pen);
  }
}

function groupTree(group: ExperimenterGroup, pen: Pen): XmlTree {
  return pen.element('ExperimenterGroup', group, group.ref, group.ref, [
    ...pen.text('ExperimenterGroup', 'description', group, group.ref),
    ...pen.references('ExperimenterRef', group.experimenters ?? [], group.ref, false),
    ...pen.references('Leader', group.leaders ?? [], group.ref),
    ...pen.annotationRefs(group.ref),
  ]);
}

function experimentTree(experiment: Experiment, pen: Pen): XmlTree {
  return pen.element('Experiment', experiment, experiment.ref, experiment.ref, [
    ...pen.text('Experiment', 'description', experiment, experiment.ref),
    ...pen.references('ExperimenterRef', [experiment.experimenter], experiment.ref),
    ...(experiment.microbeamManipulations ?? [])
      .filter((one) => hasItsPerson(one, pen))
      .map((one) =>
        pen.element('MicrobeamManipulation', one, one.ref, one.ref, [
          ...pen.text('MicrobeamManipulation', 'description', one, one.ref),
          ...pen.references('ROIRef', one.rois ?? [], one.ref, false),
          ...pen.references('ExperimenterRef', [one.experimenter], one.ref),
          ...(one.lightSourceSettings ?? []).flatMap((settings) => lightSourceSettingsTrees(settings, one.ref, pen)),
        ]),
      ),
  ]);
}

/** A manipulation must name its experimenter; one whose experimenter is not written is not written either. */
function hasItsPerson(manipulation: MicrobeamManipulation, pen: Pen): boolean {
  const { ref, experimenter } = manipulation;
  if (experimenter !== undefined && pen.reachable(experimenter, ref)) return true;
  pen.forget(ref);
  return false;
}

function wellTree(well: Well, pen: Pen): XmlTree {
  return pen.element('Well', well, well.ref, well.ref, [
    ...well.wellSamples.map((sample) =>
      pen.element('WellSample', sample, sample.ref, sample.ref, pen.references('ImageRef', [sample.image], sample.ref)),
    ),
    ...pen.references('ReagentRef', [well.reagent], well.ref),
    ...pen.annotationRefs(well.ref),
  ]);
}

function acquisitionTree(acquisition: PlateAcquisition, pen: Pen): XmlTree {
  return pen.element('PlateAcquisition', acquisition, acquisition.ref, acquisition.ref, [
    ...pen.text('PlateAcquisition', 'description', acquisition, acquisition.ref),
    ...pen.references('WellSampleRef', acquisition.wellSamples ?? [], acquisition.ref, false),
    ...pen.annotationRefs(acquisition.ref),
  ]);
}

/** A Plate or Screen around the objects it holds: each is a child, or the name of a topic whose objects stand there. */
export function frameOf(
  object: Plate | Screen,
  pen: Pen,
): { tree: XmlTree; content: (XmlTree | 'Well' | 'PlateAcquisition' | 'Reagent')[] } {
  const { ref } = object;
  const tree = pen.element(object.type, object, ref, ref);
  const description = pen.text(object.type, 'description', object, ref);
  return object.type === 'Plate'
    ? { tree, content: [...description, 'Well', ...pen.annotationRefs(ref), 'PlateAcquisition'] }
    : { tree, content: [...description, 'Reagent', ...pen.linked(ref, 'Plate'), ...pen.annotationRefs(ref)] };
}

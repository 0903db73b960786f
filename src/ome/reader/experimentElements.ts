import { type Draft, type ElementRule, type Frame, push, type Reading } from './elementRule.js';
import { among, as, COMMON, object, part, reference } from './elements.js';
import { lightSourceSettings } from './settingsElements.js';

const manyLights = lightSourceSettings((parent, draft) => push(parent.draft, 'lightSourceSettings', draft));
/** A MicrobeamManipulation; `put` says where it goes. */
export const manipulation = (put: (parent: Frame, draft: Draft, reading: Reading, frame: Frame) => void): ElementRule =>
  part('MicrobeamManipulation', put, {
    children: {
      ROIRef: reference('ROI', among('rois')),
      ExperimenterRef: reference('Experimenter', as('experimenter')),
      LightSourceSettings: manyLights,
      LightSourceRef: manyLights,
    },
  });

/** Experiment. */
export const EXPERIMENT: ElementRule = object('Experiment', {
  children: {
    ...COMMON,
    ExperimenterRef: reference('Experimenter', as('experimenter')),
    MicrobeamManipulation: manipulation((experiment, draft) => push(experiment.draft, 'microbeamManipulations', draft)),
    MicrobeamManipulationRef: reference('MicrobeamManipulation', among('$manipulations')),
  },
  close(frame, reading) {
    // Before 2009-09 the manipulation itself stands in an image, which comes later.
    if (frame.draft.$manipulations === undefined) reading.emitObject(frame);
    else reading.emitLast(frame);
  },
});

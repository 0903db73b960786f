import type { Draft, ElementRule, Frame, Reading } from './elementRule.js';
import { settings } from './elements.js';

/** `ID` of settings is a reference to the device. */
export const device =
  (key: string, type: 'Objective' | 'Detector') =>
  (frame: Frame, reading: Reading): void => {
    const id = frame.attributes.ID?.trim();
    if (id === undefined || id === '') reading.missing(frame, 'ID');
    else frame.draft[key] = reading.ref(type, id);
  };
/** Sets the settings under a name of the object around. */
export const given =
  (key: string) =>
  (parent: Frame, draft: Draft): void => {
    parent.draft[key] = draft;
  };

/** Settings of a light source, whose `ID` is a reference to it. */
export const lightSourceSettings = (put: (parent: Frame, draft: Draft) => void): ElementRule =>
  settings('LightSourceSettings', put, {
    also: 'ID',
    open(frame, reading) {
      const id = frame.attributes.ID?.trim();
      if (id === undefined || id === '') reading.missing(frame, 'ID');
      else reading.lightSource(frame.draft, 'lightSource', id);
    },
  });

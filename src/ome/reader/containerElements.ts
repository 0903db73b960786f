import type { ObjectRef } from '../model.js';
import { CUSTOM_ATTRIBUTES } from './annotationElements.js';
import { type ElementRule, push } from './elementRule.js';
import { among, as, asChild, asParent, COMMON, OWNED, object, part, reference, text } from './elements.js';

const wellSampleRef = reference('WellSample', among('wellSamples'));
const plateAcquisition = object('PlateAcquisition', { children: { WellSampleRef: wellSampleRef } });
const reagent = object('Reagent', { olderNames: { Description: 'Description' } });

const wellSample = part('WellSample', (well, draft) => push(well.draft, 'wellSamples', draft), {
  olderNames: { PosX: 'PositionX', PosY: 'PositionY' },
  children: { ImageRef: reference('Image', as('image')) },
});
const well = object('Well', {
  olderNames: { Status: 'Type' },
  children: { WellSample: wellSample, ReagentRef: reference('Reagent', as('reagent')) },
  open(frame) {
    frame.draft.wellSamples = [];
  },
});

/** Child elements of older versions that are attributes today. */
const name = (key: string): ElementRule =>
  text((parent, content) => {
    if (content !== '') parent.draft[key] = content.trim();
  });

/** Projects, screens, people: what contains or owns images (OME and SPW schemas). */
export const CONTAINER_ELEMENTS: Readonly<Record<string, ElementRule>> = {
  Project: object('Project', { children: { ...OWNED, DatasetRef: reference('Dataset', asChild) } }),
  Dataset: object('Dataset', {
    children: {
      ...OWNED,
      ImageRef: reference('Image', asChild),
      ProjectRef: reference('Project', asParent),
      CustomAttributes: CUSTOM_ATTRIBUTES,
    },
  }),
  Folder: object('Folder', {
    children: {
      ...OWNED,
      FolderRef: reference('Folder', asChild),
      ImageRef: reference('Image', asChild),
      ROIRef: reference('ROI', asChild),
    },
  }),
  Screen: object('Screen', {
    olderNames: { ExternRef: 'ProtocolIdentifier' },
    children: {
      ...OWNED,
      Reagent: reagent,
      PlateRef: reference('Plate', asChild),
      ScreenAcquisition: plateAcquisition,
    },
  }),
  Plate: object('Plate', {
    olderNames: { ExternRef: 'ExternalIdentifier', DefaultSample: 'FieldIndex' },
    children: {
      ...OWNED,
      Well: well,
      PlateAcquisition: plateAcquisition,
      ScreenRef: reference('Screen', asParent),
    },
  }),
  Experimenter: object('Experimenter', {
    also: 'DisplayName',
    children: {
      ...COMMON,
      FirstName: name('firstName'),
      LastName: name('lastName'),
      Email: name('email'),
      Institution: name('institution'),
      OMEName: name('userName'),
      GroupRef: reference('ExperimenterGroup', (parent, ref, reading) => {
        if (parent.ref !== undefined) reading.member(ref, parent.ref);
      }),
    },
    close(frame, reading) {
      const { draft, attributes } = frame;
      // The only name that a file before 2012-06 may have.
      if (draft.firstName === undefined && draft.lastName === undefined && draft.userName === undefined)
        if (attributes.DisplayName !== undefined) draft.userName = attributes.DisplayName;
      reading.emitObject(frame);
    },
  }),
  ExperimenterGroup: experimenterGroup(false),
  Group: experimenterGroup(true),
};

function experimenterGroup(membersComeLater: boolean): ElementRule {
  const leader = reference('Experimenter', (parent, ref: ObjectRef) => {
    const leaders = parent.draft.leaders as ObjectRef[] | undefined;
    if (leaders?.includes(ref) !== true) push(parent.draft, 'leaders', ref);
  });
  return object('ExperimenterGroup', {
    children: {
      ...COMMON,
      ExperimenterRef: reference('Experimenter', among('experimenters')),
      Leader: leader,
      Contact: leader,
    },
    ...(membersComeLater && { close: (frame, reading) => reading.emitLast(frame) }),
  });
}

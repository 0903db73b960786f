import type { OmeNode } from '../omeXmlReader.js';
import { CUSTOM_ATTRIBUTES, STRUCTURED_ANNOTATIONS } from './annotationElements.js';
import { CONTAINER_ELEMENTS } from './containerElements.js';
import { type Draft, type ElementRule, parentOf, type Reading, rule } from './elementRule.js';
import { text } from './elements.js';
import { EXPERIMENT } from './experimentElements.js';
import { IMAGE } from './imageElements.js';
import { INSTRUMENT } from './instrumentElements.js';
import { ROI } from './roiElements.js';

const rights = rule({
  children: {
    RightsHolder: text((frame, content) => {
      frame.draft.holder = content;
    }),
    RightsHeld: text((frame, content) => {
      frame.draft.held = content;
    }),
  },
  close(frame) {
    parentOf(frame).draft.rights = frame.draft;
  },
});

/** Children of OME that are objects; the root itself is told before the first of them. */
const AFTER_ROOT: Readonly<Record<string, ElementRule>> = {
  ...CONTAINER_ELEMENTS,
  Experiment: EXPERIMENT,
  Instrument: INSTRUMENT,
  Image: IMAGE,
  ROI,
  StructuredAnnotations: STRUCTURED_ANNOTATIONS,
  CustomAttributes: CUSTOM_ATTRIBUTES,
};

/** Tells what the root says, once. */
export function emitRoot(draft: Draft, reading: Reading): void {
  if (draft.told === true) return;
  draft.told = true;
  const {
    uuid,
    creator,
    rights: held,
  } = draft as { uuid?: string; creator?: string; rights?: { holder?: string; held?: string } };
  const node: OmeNode = {
    kind: 'root',
    version: reading.version,
    ...(uuid !== undefined && { uuid }),
    ...(creator !== undefined && { creator }),
    ...(held !== undefined && { rights: held }),
  };
  reading.emit(node);
}

/** OME, the root of every version. */
export const ROOT: ElementRule = rule({
  also: 'UUID Creator',
  children: {
    ...AFTER_ROOT,
    Rights: rights,
    BinaryOnly: rule({
      also: 'MetadataFile UUID',
      open(frame, reading) {
        const { MetadataFile, UUID } = frame.attributes;
        emitRoot(parentOf(frame).draft, reading);
        if (MetadataFile === undefined) return reading.missing(frame, 'MetadataFile');
        reading.emit({ kind: 'binaryOnly', metadataFile: MetadataFile, uuid: UUID ?? '' });
      },
    }),
  },
  open(frame) {
    const { UUID, Creator } = frame.attributes;
    if (UUID !== undefined) frame.draft.uuid = UUID;
    if (Creator !== undefined) frame.draft.creator = Creator;
  },
  close: (frame, reading) => emitRoot(frame.draft, reading),
});

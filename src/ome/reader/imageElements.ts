import type { ObjectRef } from '../model.js';
import { CUSTOM_ATTRIBUTES } from './annotationElements.js';
import { CHANNEL, channelsOf, LOGICAL_CHANNEL } from './channelElements.js';
import { type Draft, type ElementRule, parentOf, push, rule, SKIPPED } from './elementRule.js';
import {
  among,
  as,
  asChild,
  asParent,
  beginPart,
  COMMON,
  map,
  OWNED,
  object,
  reference,
  settings,
  text,
} from './elements.js';
import { manipulation } from './experimentElements.js';
import { PLANE, TIFF_DATA } from './planeElements.js';
import type { PlaneCounter } from './planeSummary.js';
import { ROI } from './roiElements.js';
import { device, given } from './settingsElements.js';
import { attributeRules, dateTimeOf, isFault, readValue } from './values.js';

const objectiveSettings = settings('ObjectiveSettings', given('objectiveSettings'), {
  also: 'ID',
  open: device('objective', 'Objective'),
});

const pixelsBegin = beginPart('Pixels');
const pixels: ElementRule = rule({
  schema: 'Pixels',
  olderNames: { PixelType: 'Type' },
  also: 'ID',
  children: { ...COMMON, Channel: CHANNEL, Plane: PLANE, TiffData: TIFF_DATA, BinData: SKIPPED, MetadataOnly: SKIPPED },
  open(frame, reading) {
    pixelsBegin(frame, reading);
    frame.draft.channels = [];
  },
  close(frame, reading) {
    const image = parentOf(frame);
    const { $planes, ...own } = frame.draft;
    if ($planes !== undefined) own.planes = ($planes as PlaneCounter).summary();
    if (image.draft.$logicalChannels !== undefined && (own.channels as unknown[]).length === 0)
      own.channels = channelsOf(image, frame.id, reading);
    // Before 2009-09 an image could have several; the schema names the default one.
    const isDefault = image.attributes.DefaultPixels?.trim() === frame.id;
    if (image.draft.pixels !== undefined) reading.unknown(frame, 'Pixels after the first');
    if (image.draft.pixels === undefined || isDefault) image.draft.pixels = own;
  },
});

const date = text((image, content, reading, frame) => {
  const value = dateTimeOf(content);
  if (value === undefined) reading.invalid(frame, frame.name, content);
  else image.draft.acquisitionDate = value;
});

/** A position in a plate as 2003-FC writes it: `PlateRef` of an image, with the well by name. */
const plateRef = rule({
  also: 'ID Well Sample',
  open(frame, reading) {
    const { ID, Well, Sample } = frame.attributes;
    const image = parentOf(frame);
    if (ID === undefined || Well === undefined || image.ref === undefined) return reading.missing(frame, 'Well');
    const place = /^\s*([A-Za-z]+)\s*-?\s*(\d+)\s*$/.exec(Well);
    const id = `Well:${ID}/${Well.trim()}`;
    const index = Number(Sample ?? 0);
    const sample = reading.ref('WellSample', `WellSample:${ID}/${Well.trim()}/${image.id}`);
    reading.emit({
      kind: 'object',
      object: {
        type: 'Well',
        ref: reading.ref('Well', id) as `Well:${string}`,
        ...(place !== null && { row: lettersToRow(place[1] ?? ''), column: Number(place[2]) - 1 }),
        wellSamples: [
          {
            type: 'WellSample',
            ref: sample as `WellSample:${string}`,
            image: image.ref,
            ...(Number.isInteger(index) && { index }),
          },
        ],
      },
      parents: [reading.ref('Plate', ID)],
      children: [],
      annotations: [],
      line: frame.line,
    });
  },
});
const lettersToRow = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const physicalSizes = attributeRules('Pixels', {
  PixelSizeX: 'PhysicalSizeX',
  PixelSizeY: 'PhysicalSizeY',
  PixelSizeZ: 'PhysicalSizeZ',
});
const OLDER_SIZES = ['PixelSizeX', 'PixelSizeY', 'PixelSizeZ', 'TimeIncrement'] as const;

/** Image and what it holds. */
export const IMAGE: ElementRule = object('Image', {
  also: `DefaultPixels ${OLDER_SIZES.join(' ')}`,
  children: {
    ...OWNED,
    AcquisitionDate: date,
    AcquiredDate: date,
    CreationDate: date,
    ExperimentRef: reference('Experiment', as('experiment')),
    InstrumentRef: reference('Instrument', as('instrument')),
    ObjectiveSettings: objectiveSettings,
    ObjectiveRef: objectiveSettings,
    ImagingEnvironment: settings('ImagingEnvironment', given('imagingEnvironment'), {
      children: {
        Map: map((parent, pairs) => {
          parent.draft.map = pairs;
        }),
      },
    }),
    StageLabel: settings('StageLabel', given('stageLabel')),
    Pixels: pixels,
    LogicalChannel: LOGICAL_CHANNEL,
    ChannelInfo: LOGICAL_CHANNEL,
    DatasetRef: reference('Dataset', asParent),
    ROIRef: reference('ROI', asChild),
    ROI,
    MicrobeamManipulationRef: reference('MicrobeamManipulation', among('microbeamManipulations')),
    MicrobeamManipulation: manipulation((image, draft, reading) => {
      push(image.draft, 'microbeamManipulations', draft.ref);
      reading.manipulations.set(draft.ref as ObjectRef, draft);
    }),
    PlateRef: plateRef,
    CustomAttributes: CUSTOM_ATTRIBUTES,
  },
  close(frame, reading) {
    const { $logicalChannels: _channels, ...own } = frame.draft;
    const sizes: Draft = {};
    for (const name of OLDER_SIZES) {
      const found = frame.attributes[name];
      const attribute = physicalSizes.get(name);
      if (found === undefined || attribute === undefined || attribute === null) continue;
      const value = readValue(attribute, found, undefined);
      if (isFault(value)) reading.invalid(frame, name, found);
      else sizes[attribute.key] = value;
    }
    if (own.pixels !== undefined && Object.keys(sizes).length > 0) own.pixels = { ...sizes, ...(own.pixels as Draft) };
    frame.draft = own;
    reading.emitObject(frame);
  },
});

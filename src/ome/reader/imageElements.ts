import type { ObjectRef } from '../model.js';
import {
  among,
  as,
  asChild,
  asParent,
  beginPart,
  COMMON,
  type Draft,
  type ElementRule,
  type Frame,
  map,
  OWNED,
  object,
  parentOf,
  part,
  push,
  type Reading,
  reference,
  rule,
  SKIPPED,
  settings,
  text,
} from './elementRule.js';
import { FILTER_REFERENCES, filtersOfAttributes } from './instrumentElements.js';
import { ownText } from './ownText.js';
import { type PlaneCounter, planeCounter } from './planeSummary.js';
import { ROI } from './roiElements.js';
import { attributeRules, dateTimeOf, isFault, readValue } from './values.js';

/** `ID` of settings is a reference to the device. */
const device =
  (key: string, type: 'Objective' | 'Detector') =>
  (frame: Frame, reading: Reading): void => {
    const id = frame.attributes.ID?.trim();
    if (id === undefined || id === '') reading.missing(frame, 'ID');
    else frame.draft[key] = reading.ref(type, id);
  };
const given =
  (key: string) =>
  (parent: Frame, draft: Draft): void => {
    parent.draft[key] = draft;
  };

const lightSourceSettings = (put: (parent: Frame, draft: Draft) => void): ElementRule =>
  settings('LightSourceSettings', put, {
    also: 'ID',
    open(frame, reading) {
      const id = frame.attributes.ID?.trim();
      if (id === undefined || id === '') reading.missing(frame, 'ID');
      else reading.lightSource(frame.draft, 'lightSource', id);
    },
  });
const oneLight = lightSourceSettings(given('lightSourceSettings'));
const detectorSettings = settings('DetectorSettings', given('detectorSettings'), {
  also: 'ID',
  open: device('detector', 'Detector'),
});
const objectiveSettings = settings('ObjectiveSettings', given('objectiveSettings'), {
  also: 'ID',
  open: device('objective', 'Objective'),
});

const channelChildren: Readonly<Record<string, ElementRule>> = {
  LightSourceSettings: oneLight,
  LightSourceRef: oneLight,
  DetectorSettings: detectorSettings,
  DetectorRef: detectorSettings,
  FilterSetRef: reference('FilterSet', as('filterSet')),
  FilterRef: reference('FilterSet', as('filterSet')),
  LightPath: rule({
    children: { ...FILTER_REFERENCES, ...COMMON },
    close: (frame) => given('lightPath')(parentOf(frame), frame.draft),
  }),
};
const OLDER_CHANNEL = {
  Mode: 'AcquisitionMode',
  ExWave: 'ExcitationWavelength',
  EmWave: 'EmissionWavelength',
  NdFilter: 'NDFilter',
  NDfilter: 'NDFilter',
};
const SECONDARY = ['SecondaryExcitationFilter', '', 'SecondaryEmissionFilter'] as const;
const secondaryFilters = (frame: Frame, reading: Reading): void => {
  if (
    frame.attributes.SecondaryExcitationFilter === undefined &&
    frame.attributes.SecondaryEmissionFilter === undefined
  )
    return;
  const lightPath = {};
  filtersOfAttributes(frame, lightPath, SECONDARY, reading);
  frame.draft.lightPath = lightPath;
};
const channel = part('Channel', (pixels, draft) => push(pixels.draft, 'channels', draft), {
  olderNames: OLDER_CHANNEL,
  also: 'SecondaryExcitationFilter SecondaryEmissionFilter',
  children: channelChildren,
  open: secondaryFilters,
});

/** Channels of the versions before 2009-09 stand in the image; their components say which Pixels and which index. */
interface Component {
  readonly pixels: string | undefined;
  readonly index: number;
  readonly color: number;
}
const colorOfDomain = (domain: string): number => {
  const first = /[rgb]/i.exec(domain)?.[0]?.toLowerCase();
  return (first === 'r' ? 0xff0000ff : first === 'g' ? 0x00ff00ff : first === 'b' ? 0x0000ffff : 0xffffffff) | 0;
};
const logicalChannel = part(
  'Channel',
  (image, draft, _reading, frame) => push(image.draft, '$logicalChannels', { draft, id: frame.id }),
  {
    prefix: 'LogicalChannel',
    olderNames: OLDER_CHANNEL,
    also: 'SecondaryExcitationFilter SecondaryEmissionFilter',
    children: {
      ...channelChildren,
      ChannelComponent: rule({
        also: 'Pixels Index ColorDomain',
        open(frame) {
          const { Pixels, Index, ColorDomain } = frame.attributes;
          const component = {
            pixels: Pixels,
            index: Number(Index ?? 0),
            color: colorOfDomain(ColorDomain ?? ''),
          } satisfies Component;
          push(parentOf(frame).draft, '$components', component);
        },
      }),
    },
    open: secondaryFilters,
  },
);

/** The logical channels of an image as channels of its Pixels, one a component. */
function channelsOf(image: Frame, pixelsId: string, reading: Reading): Draft[] {
  const logical = (image.draft.$logicalChannels ?? []) as { readonly draft: Draft; readonly id: string }[];
  const found = logical.flatMap(({ draft, id }, order) => {
    const { $components, ...own } = draft;
    const components = (($components ?? []) as Component[]).filter(
      (c) => c.pixels === undefined || c.pixels === pixelsId,
    );
    if ($components === undefined) return [{ index: order, channel: own }];
    return components.map((component, i) => ({
      index: Number.isFinite(component.index) ? component.index : order,
      channel: {
        ...own,
        // The first component keeps the id, so that annotations of the logical channel stay with it.
        ...(i > 0 && { ref: reading.ref('Channel', `${id}:${i}`) }),
        ...(component.color !== -1 && own.color === undefined && { color: component.color }),
      },
    }));
  });
  return found.sort((a, b) => a.index - b.index).map(({ channel: made }) => made);
}

const planesOf = (pixels: Frame): PlaneCounter => {
  const known = pixels.draft.$planes as PlaneCounter | undefined;
  if (known !== undefined) return known;
  const made = planeCounter();
  pixels.draft.$planes = made;
  return made;
};
const PLANE_ATTRIBUTES =
  'TheZ TheT TheC DeltaT DeltaTUnit ExposureTime ExposureTimeUnit PositionX PositionXUnit PositionY PositionYUnit PositionZ PositionZUnit';
const plane = rule({
  also: `${PLANE_ATTRIBUTES} ID`,
  children: {
    AnnotationRef: COMMON.AnnotationRef as ElementRule,
    HashSHA1: SKIPPED,
    PlaneTiming: planePart(),
    StagePosition: planePart(),
  },
  open(frame, reading) {
    const planes = planesOf(parentOf(frame));
    planes.count();
    planes.add(frame.attributes, (name, found) => reading.invalid(frame, name, found));
  },
});
function planePart(): ElementRule {
  return rule({
    also: PLANE_ATTRIBUTES,
    open(frame, reading) {
      planesOf(parentOf(parentOf(frame))).add(frame.attributes, (name, found) => reading.invalid(frame, name, found));
    },
  });
}

/** Pixel data are not read; the files that hold them are told. */
const tiffData = rule({
  also: 'IFD FirstZ FirstT FirstC PlaneCount NumPlanes',
  children: {
    UUID: rule({
      also: 'FileName',
      text: true,
      close(frame, reading) {
        const { FileName } = frame.attributes;
        const uuid = frame.text.trim();
        const fileName = FileName === undefined || FileName === '' ? undefined : reading.newFile(FileName);
        if (fileName !== undefined)
          reading.emit({ kind: 'file', fileName, ...(uuid !== '' && { uuid: ownText(uuid) }) });
      },
    }),
  },
});

const pixelsBegin = beginPart('Pixels');
const pixels: ElementRule = rule({
  schema: 'Pixels',
  olderNames: { PixelType: 'Type' },
  also: 'ID',
  children: { ...COMMON, Channel: channel, Plane: plane, TiffData: tiffData, BinData: SKIPPED, MetadataOnly: SKIPPED },
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

const manyLights = lightSourceSettings((parent, draft) => push(parent.draft, 'lightSourceSettings', draft));
const manipulation = (put: (parent: Frame, draft: Draft, reading: Reading, frame: Frame) => void): ElementRule =>
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
    LogicalChannel: logicalChannel,
    ChannelInfo: logicalChannel,
    DatasetRef: reference('Dataset', asParent),
    ROIRef: reference('ROI', asChild),
    ROI,
    MicrobeamManipulationRef: reference('MicrobeamManipulation', among('microbeamManipulations')),
    MicrobeamManipulation: manipulation((image, draft, reading) => {
      push(image.draft, 'microbeamManipulations', draft.ref);
      reading.manipulations.set(draft.ref as ObjectRef, draft);
    }),
    PlateRef: plateRef,
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

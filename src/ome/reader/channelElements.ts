import { type Draft, type ElementRule, type Frame, parentOf, push, type Reading, rule } from './elementRule.js';
import { as, COMMON, part, reference, settings } from './elements.js';
import { FILTER_REFERENCES, filtersOfAttributes } from './instrumentElements.js';
import { device, given, lightSourceSettings } from './settingsElements.js';

const oneLight = lightSourceSettings(given('lightSourceSettings'));
const detectorSettings = settings('DetectorSettings', given('detectorSettings'), {
  also: 'ID',
  open: device('detector', 'Detector'),
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
/** Channel. */
export const CHANNEL = part('Channel', (pixels, draft) => push(pixels.draft, 'channels', draft), {
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
/** LogicalChannel (2007-06, 2008) and ChannelInfo (2003-FC). */
export const LOGICAL_CHANNEL = part(
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
export function channelsOf(image: Frame, pixelsId: string, reading: Reading): Draft[] {
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
        // Components are channels of their own now, so no pixel has samples of the others.
        ...(components.length > 1 && { samplesPerPixel: undefined }),
        // The first component keeps the id, so that annotations of the logical channel stay with it.
        ...(i > 0 && { ref: reading.ref('Channel', `${id}:${i}`) }),
        ...(component.color !== -1 && own.color === undefined && { color: component.color }),
      },
    }));
  });
  return found.sort((a, b) => a.index - b.index).map(({ channel: made }) => made);
}

import type { OmeType } from '../model.js';
import { type Draft, type ElementRule, type Frame, idOf, parentOf, push, type Reading, rule } from './elementRule.js';
import { among, as, COMMON, map, object, part, reference, settings, text } from './elements.js';
import { attributeRules, floatOf, isFault, readValue } from './values.js';

const LIGHT_SOURCES = ['Laser', 'Arc', 'Filament', 'LightEmittingDiode', 'GenericExcitationSource'] as const;
type LightSourceType = (typeof LIGHT_SOURCES)[number];

const pump = rule({
  also: 'ID',
  open(frame, reading) {
    const id = frame.attributes.ID?.trim();
    if (id === undefined || id === '') reading.missing(frame, 'ID');
    else reading.lightSource(parentOf(frame).draft, 'pump', id);
  },
});
const lightSourceChildren: Readonly<Record<string, ElementRule>> = {
  Pump: pump,
  Map: map((parent, pairs) => {
    parent.draft.map = pairs;
  }),
};
const OLDER_LASER = { Medium: 'LaserMedium', Tunable: 'Tuneable' };

/** A light source as it stands in an instrument since 2016-06. */
const lightSource = (type: LightSourceType): ElementRule =>
  part(type, (instrument, draft) => push(instrument.draft, 'lightSources', draft), {
    prefix: 'LightSource',
    olderNames: type === 'Laser' ? OLDER_LASER : {},
    children: lightSourceChildren,
    open: (frame, reading) => reading.knowLightSource(frame.id, type),
  });

/** The same inside a LightSource element, which has the id and the manufacturer (before 2016-06). */
const wrapped = (type: LightSourceType): ElementRule =>
  rule({
    schema: type,
    olderNames: type === 'Laser' ? OLDER_LASER : {},
    also: type === 'Laser' ? 'FrequencyDoubled' : '',
    children: lightSourceChildren,
    close(frame) {
      const { draft } = parentOf(frame);
      Object.assign(draft, frame.draft, { type });
      if (/^\s*(true|1)\s*$/.test(frame.attributes.FrequencyDoubled ?? '')) draft.frequencyMultiplication = 2;
    },
  });

const lightSourceWrapper = rule({
  schema: 'LightEmittingDiode',
  also: 'ID',
  children: { ...COMMON, ...Object.fromEntries(LIGHT_SOURCES.map((type) => [type, wrapped(type)])) },
  open(frame, reading) {
    frame.id = idOf(frame, 'LightSource', reading);
    // A placeholder, so that annotations wait here until the type is known.
    frame.ref = reading.ref('Laser', frame.id);
    frame.isNode = true;
  },
  close(frame, reading) {
    const type = frame.draft.type as LightSourceType | undefined;
    if (type === undefined) return reading.missing(frame, LIGHT_SOURCES.join(' or '));
    reading.knowLightSource(frame.id, type);
    const ref = reading.ref(type, frame.id);
    push(parentOf(frame).draft, 'lightSources', { ...frame.draft, type, ref });
    if (frame.annotations !== undefined)
      reading.emit({ kind: 'annotated', target: ref, annotations: frame.annotations });
  },
});

/** Whole percents until 2008-02, a fraction since. */
const PERCENT_VERSIONS: ReadonlySet<string> = new Set(['2003-FC', '2007-06', '2008-02']);
const transmittanceRange = settings(
  'TransmittanceRange',
  (filter, draft) => {
    filter.draft.transmittanceRange = draft;
  },
  {
    also: 'Transmittance',
    open(frame, reading) {
      const found = frame.attributes.Transmittance;
      if (found === undefined) return;
      const value = (floatOf(found) ?? Number.NaN) / (PERCENT_VERSIONS.has(reading.version) ? 100 : 1);
      if (value >= 0 && value <= 1) frame.draft.transmittance = value;
      else reading.invalid(frame, 'Transmittance', found);
    },
  },
);
/** Filters of a filter set or light path. */
export const FILTER_REFERENCES: Readonly<Record<string, ElementRule>> = {
  ExcitationFilterRef: reference('Filter', among('excitationFilters')),
  DichroicRef: reference('Dichroic', as('dichroic')),
  EmissionFilterRef: reference('Filter', among('emissionFilters')),
};

/** Adds the filters that attributes name (`ExFilterRef` of 2007-06 and 2008, `SecondaryEmissionFilter` …). */
export function filtersOfAttributes(
  frame: Frame,
  draft: Draft,
  names: readonly [string, string, string],
  reading: Reading,
): void {
  const id = (name: string): string | undefined => frame.attributes[name]?.trim() || undefined;
  const [excitation, dichroic, emission] = [id(names[0]), id(names[1]), id(names[2])];
  if (excitation !== undefined) push(draft, 'excitationFilters', reading.ref('Filter', excitation));
  if (dichroic !== undefined) draft.dichroic = reading.ref('Dichroic', dichroic);
  if (emission !== undefined) push(draft, 'emissionFilters', reading.ref('Filter', emission));
}

const olderFilter = (type: 'Filter' | 'Dichroic', key: string): ElementRule => {
  const list = type === 'Filter' ? 'filters' : 'dichroics';
  return rule({
    schema: type,
    open(frame, reading) {
      const parent = parentOf(frame);
      frame.id = `${type}:${parent.id}/${frame.name}`;
      frame.ref = reading.ref(type as OmeType, frame.id);
      frame.draft = { type, ref: frame.ref };
    },
    close(frame) {
      const parent = parentOf(frame);
      push(parentOf(parent).draft, list, frame.draft);
      if (key === 'dichroic') parent.draft.$dichroic = frame.ref;
      else push(parent.draft, `$${key}`, frame.ref);
    },
  });
};

/** Filter: today a single filter; in 2003-FC a set of an excitation filter, a dichroic and an emission filter. */
const filter = part(
  'Filter',
  (instrument, draft, reading, frame) => {
    const { $excitationFilters, $dichroic, $emissionFilters, $set, ...own } = draft;
    if (
      $excitationFilters === undefined &&
      $dichroic === undefined &&
      $emissionFilters === undefined &&
      $set === undefined
    )
      return push(instrument.draft, 'filters', draft);
    const links = { excitationFilters: $excitationFilters, dichroic: $dichroic, emissionFilters: $emissionFilters };
    push(instrument.draft, 'filterSets', {
      ...own,
      ...($set as Draft | undefined),
      ...Object.fromEntries(Object.entries(links).filter(([, value]) => value !== undefined)),
      type: 'FilterSet',
      ref: reading.ref('FilterSet', frame.id),
    });
  },
  {
    children: {
      TransmittanceRange: transmittanceRange,
      ExFilter: olderFilter('Filter', 'excitationFilters'),
      Dichroic: olderFilter('Dichroic', 'dichroic'),
      EmFilter: olderFilter('Filter', 'emissionFilters'),
      FilterSet: settings('FilterSet', (parent, draft) => {
        parent.draft.$set = draft;
      }),
    },
  },
);

/** Child elements of Objective before 2009-09 that are attributes today. */
const objectiveRules = attributeRules('Objective', { Magnification: 'NominalMagnification' });
const olderChild = (name: string): ElementRule =>
  text((objective, content, reading, frame) => {
    const attribute = objectiveRules.get(name);
    if (attribute === undefined || attribute === null) return;
    const value = readValue(attribute, content.trim(), undefined);
    if (isFault(value)) reading.invalid(frame, name, content);
    else objective.draft[attribute.key] = value;
  });
const OLDER_OBJECTIVE = [
  'Correction',
  'Immersion',
  'LensNA',
  'Magnification',
  'NominalMagnification',
  'CalibratedMagnification',
  'WorkingDistance',
];

/** Instrument and what it holds. */
export const INSTRUMENT: ElementRule = object('Instrument', {
  children: {
    Microscope: settings('Microscope', (instrument, draft) => {
      instrument.draft.microscope = draft;
    }),
    ...Object.fromEntries(LIGHT_SOURCES.map((type) => [type, lightSource(type)])),
    LightSource: lightSourceWrapper,
    Detector: part('Detector', (instrument, draft) => push(instrument.draft, 'detectors', draft)),
    Objective: part('Objective', (instrument, draft) => push(instrument.draft, 'objectives', draft), {
      children: Object.fromEntries(OLDER_OBJECTIVE.map((name) => [name, olderChild(name)])),
    }),
    FilterSet: part('FilterSet', (instrument, draft) => push(instrument.draft, 'filterSets', draft), {
      also: 'ExFilterRef DichroicRef EmFilterRef',
      children: FILTER_REFERENCES,
      open: (frame, reading) =>
        filtersOfAttributes(frame, frame.draft, ['ExFilterRef', 'DichroicRef', 'EmFilterRef'], reading),
    }),
    Filter: filter,
    Dichroic: part('Dichroic', (instrument, draft) => push(instrument.draft, 'dichroics', draft)),
  },
});

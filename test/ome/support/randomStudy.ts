import fc from 'fast-check';
import { ENUMERATIONS, UNIT_SYMBOLS, WORD_LISTS } from '../../../src/ome/enumerations.js';
import type {
  Annotation,
  Attributes,
  Channel,
  Filters,
  Image,
  KeyValue,
  LightSource,
  ObjectRef,
  OmeObject,
  OmeRecord,
  Shape,
  Well,
} from '../../../src/ome/model.js';
import { type Kind, OME_SCHEMA, type OmeElement } from '../../../src/ome/schema.js';

/** Draws one value from an arbitrary. */
type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

const XML_CHARACTER = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
  { weight: 1, arbitrary: fc.constantFrom(0x9, 0xa, 0xd, 0x26, 0x3c, 0x3e, 0x22, 0x27, 0xb5, 0x85, 0x2028, 0xfffd) },
  { weight: 1, arbitrary: fc.integer({ min: 0xa0, max: 0xd7ff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x10000, max: 0x10ffff }) },
);
/** Any text that XML 1.0 can carry, blanks at its ends and markup included. */
export const xmlText: fc.Arbitrary<string> = fc
  .array(XML_CHARACTER, { maxLength: 12 })
  .map((codes) => String.fromCodePoint(...codes));

const FRACTIONS = new Set(['humidity', 'co2Percent', 'transmittance', 'attenuation']);
const REQUIRED: Partial<Record<OmeElement, readonly string[]>> = {
  Pixels: ['dimensionOrder', 'type', 'sizeX', 'sizeY', 'sizeZ', 'sizeC', 'sizeT'],
  Well: ['column', 'row'],
  WellSample: ['index'],
  StageLabel: ['name'],
};
const SHAPE_REQUIRED = new Set('x y width height radiusX radiusY x1 y1 x2 y2 points'.split(' '));

const positive = fc.double({ min: 0.001, max: 1e6, noNaN: true });
const dateTime = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().replace('.000', ''));

function attributeValue(element: OmeElement, key: string, kind: Kind): fc.Arbitrary<unknown> {
  if (typeof kind === 'object') {
    if ('enum' in kind) return fc.constantFrom(...(ENUMERATIONS[kind.enum] ?? []));
    return fc.record({
      value: key === 'fontSize' ? fc.integer({ min: 0, max: 100 }) : positive,
      unit: fc.constantFrom(...UNIT_SYMBOLS[kind.dimension]),
    });
  }
  switch (kind) {
    case 'int':
      return fc.integer({ min: 1, max: 2 ** 31 - 1 });
    case 'color':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    case 'float':
      return FRACTIONS.has(key)
        ? fc.double({ min: 0, max: 1, noNaN: true })
        : fc.double({ min: -1e6, max: 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'dateTime':
    case 'dateTimeChild':
      return dateTime;
    default: {
      const words = key === 'type' ? WORD_LISTS[element] : undefined;
      return words === undefined ? xmlText : fc.subarray([...words], { minLength: 1 }).map((list) => list.join(' '));
    }
  }
}

function attributes<E extends OmeElement>(element: E, draw: Draw): Attributes<E> {
  const drawn: Record<string, unknown> = {};
  const required: readonly string[] = REQUIRED[element] ?? [];
  for (const [key, kind] of Object.entries<Kind>(OME_SCHEMA[element])) {
    const must = required.includes(key) || ('locked' in OME_SCHEMA[element] && SHAPE_REQUIRED.has(key));
    if (must || draw(fc.integer({ min: 0, max: 3 })) === 0)
      drawn[key === 'type' ? 'kind' : key] = draw(attributeValue(element, key, kind));
  }
  return drawn as Attributes<E>;
}

const LIGHT_SOURCES = ['Laser', 'Arc', 'Filament', 'LightEmittingDiode', 'GenericExcitationSource'] as const;
const SHAPES = ['Rectangle', 'Mask', 'Point', 'Ellipse', 'Line', 'Polyline', 'Polygon', 'Label'] as const;

/** A random study in which every reference points to something: the records of one container, in a mixed order. */
export function randomStudy(draw: Draw): OmeRecord[] {
  const records: Extract<OmeRecord, { kind: 'object' }>[] = [];
  const targets: ObjectRef[] = [];
  const containers = ['Project:0'] as const;
  const numbers = new Map<string, number>();
  const next = <T extends string>(type: T, family: string = type): `${T}:${string}` => {
    const n = numbers.get(family) ?? 0;
    numbers.set(family, n + 1);
    return `${type}:k7.${n}`;
  };
  const some = <T>(make: () => T, max = 2): T[] => Array.from({ length: draw(fc.integer({ min: 0, max })) }, make);
  const maybe = <K extends string, T>(key: K, choices: readonly T[]): { [P in K]?: T } =>
    choices.length > 0 && draw(fc.boolean()) ? ({ [key]: draw(fc.constantFrom(...choices)) } as { [P in K]?: T }) : {};
  const pick = <T>(choices: readonly T[]): T[] => draw(fc.subarray([...choices]));
  const pairs = (): KeyValue[] => draw(fc.array(fc.tuple(xmlText, xmlText), { maxLength: 4 }));
  const add = <O extends OmeObject>(object: O, parents: ObjectRef[] = []): O['ref'] => {
    records.push({ kind: 'object', object, parents, parts: [], annotations: [], containers });
    return object.ref;
  };
  const annotatable = <R extends ObjectRef>(ref: R): R => {
    targets.push(ref);
    return ref;
  };

  const people = some(() =>
    annotatable(add({ type: 'Experimenter', ref: next('Experimenter'), ...attributes('Experimenter', draw) })),
  );
  const groups = some(() =>
    annotatable(
      add({
        type: 'ExperimenterGroup',
        ref: next('ExperimenterGroup'),
        ...attributes('ExperimenterGroup', draw),
        experimenters: pick(people),
        leaders: pick(people),
      }),
    ),
  );
  const owner = () => ({ ...maybe('experimenter', people), ...maybe('experimenterGroup', groups) });

  const devices = {
    lightSources: [] as ObjectRef[],
    detectors: [] as ObjectRef[],
    objectives: [] as ObjectRef[],
    filterSets: [] as ObjectRef[],
  };
  const filterRefs: ObjectRef[] = [];
  const dichroicRefs: ObjectRef[] = [];
  const filtersOf = (): Filters => ({
    excitationFilters: pick(filterRefs),
    ...maybe('dichroic', dichroicRefs),
    emissionFilters: pick(filterRefs),
  });
  const lightSource = (): LightSource => {
    const type = draw(fc.constantFrom(...LIGHT_SOURCES));
    const ref = annotatable(next(type, 'LightSource'));
    const more =
      type === 'Laser'
        ? maybe('pump', devices.lightSources)
        : type === 'GenericExcitationSource' && draw(fc.boolean())
          ? { map: pairs() }
          : {};
    devices.lightSources.push(ref);
    return { type, ref, ...attributes(type, draw), ...more } as LightSource;
  };
  const instruments = some(() => {
    const filters = some(() => {
      const ref = annotatable(next('Filter'));
      filterRefs.push(ref);
      const transmittanceRange = draw(fc.boolean())
        ? { transmittanceRange: attributes('TransmittanceRange', draw) }
        : {};
      return { type: 'Filter' as const, ref, ...attributes('Filter', draw), ...transmittanceRange };
    });
    const dichroics = some(() => {
      const ref = annotatable(next('Dichroic'));
      dichroicRefs.push(ref);
      return { type: 'Dichroic' as const, ref, ...attributes('Dichroic', draw) };
    });
    return annotatable(
      add({
        type: 'Instrument',
        ref: next('Instrument'),
        ...(draw(fc.boolean()) ? { microscope: attributes('Microscope', draw) } : {}),
        lightSources: some(lightSource, 3),
        detectors: some(() => {
          const ref = annotatable(next('Detector'));
          devices.detectors.push(ref);
          return { type: 'Detector' as const, ref, ...attributes('Detector', draw) };
        }),
        objectives: some(() => {
          const ref = annotatable(next('Objective'));
          devices.objectives.push(ref);
          return { type: 'Objective' as const, ref, ...attributes('Objective', draw) };
        }),
        filterSets: some(() => {
          const ref = next('FilterSet');
          devices.filterSets.push(ref);
          return { type: 'FilterSet' as const, ref, ...attributes('FilterSet', draw), ...filtersOf() };
        }),
        filters,
        dichroics,
      }),
    );
  });

  const projects = some(() =>
    annotatable(add({ type: 'Project', ref: next('Project'), ...attributes('Project', draw), ...owner() })),
  );
  const datasets = some(() =>
    annotatable(
      add({ type: 'Dataset', ref: next('Dataset'), ...attributes('Dataset', draw), ...owner() }, pick(projects)),
    ),
  );
  const folders: ObjectRef[] = [];
  for (let n = draw(fc.integer({ min: 0, max: 2 })); n > 0; n -= 1) {
    folders.push(
      annotatable(add({ type: 'Folder', ref: next('Folder'), ...attributes('Folder', draw) }, pick(folders))),
    );
  }

  const lightSettings = () =>
    devices.lightSources.length === 0
      ? {}
      : {
          lightSourceSettings: {
            ...attributes('LightSourceSettings', draw),
            lightSource: draw(fc.constantFrom(...devices.lightSources)),
          },
        };
  const channel = (): Channel => ({
    type: 'Channel',
    ref: annotatable(next('Channel')),
    ...attributes('Channel', draw),
    ...(draw(fc.boolean()) ? lightSettings() : {}),
    ...(devices.detectors.length > 0 && draw(fc.boolean())
      ? {
          detectorSettings: {
            ...attributes('DetectorSettings', draw),
            detector: draw(fc.constantFrom(...devices.detectors)),
          },
        }
      : {}),
    ...maybe('filterSet', devices.filterSets),
    ...(draw(fc.boolean()) ? { lightPath: filtersOf() } : {}),
  });
  const experiments = some(
    () =>
      add({
        type: 'Experiment',
        ref: next('Experiment'),
        ...attributes('Experiment', draw),
        ...maybe('experimenter', people),
      }),
    1,
  );
  const images = some(() => {
    const image: Image = {
      type: 'Image',
      ref: annotatable(next('Image')),
      ...attributes('Image', draw),
      ...owner(),
      ...maybe('experiment', experiments),
      ...maybe('instrument', instruments),
      ...(devices.objectives.length > 0 && draw(fc.boolean())
        ? {
            objectiveSettings: {
              ...attributes('ObjectiveSettings', draw),
              objective: draw(fc.constantFrom(...devices.objectives)),
            },
          }
        : {}),
      ...(draw(fc.boolean())
        ? {
            imagingEnvironment: {
              ...attributes('ImagingEnvironment', draw),
              ...(draw(fc.boolean()) ? { map: pairs() } : {}),
            },
          }
        : {}),
      ...(draw(fc.boolean()) ? { stageLabel: attributes('StageLabel', draw) } : {}),
      pixels: { type: 'Pixels', ref: next('Pixels'), ...attributes('Pixels', draw), channels: some(channel, 3) },
    };
    return add(image, [...pick(datasets), ...pick(folders)]);
  }, 3);
  some(() => {
    const shape = (): Shape => {
      const type = draw(fc.constantFrom(...SHAPES));
      const number = fc.double({ min: -10, max: 10, noNaN: true });
      const transform = draw(fc.boolean())
        ? { transform: draw(fc.tuple(number, number, number, number, number, number)) }
        : {};
      return { type, ref: annotatable(next(type, 'Shape')), ...attributes(type, draw), ...transform } as Shape;
    };
    const shapes = [shape(), ...some(shape)];
    return annotatable(
      add({ type: 'ROI', ref: next('ROI'), ...attributes('ROI', draw), shapes }, [...pick(images), ...pick(folders)]),
    );
  });

  const screens = some(
    () => annotatable(add({ type: 'Screen', ref: next('Screen'), ...attributes('Screen', draw) })),
    1,
  );
  const reagents = screens.flatMap((screen) =>
    some(() => annotatable(add({ type: 'Reagent', ref: next('Reagent'), ...attributes('Reagent', draw) }, [screen]))),
  );
  some(() => {
    const plate = annotatable(add({ type: 'Plate', ref: next('Plate'), ...attributes('Plate', draw) }, pick(screens)));
    // one well sample an image: the schema's key is of the image
    const free = numbers.get('Plate') === 1 ? [...images] : [];
    const samples: ObjectRef[] = [];
    some(() => {
      const well: Well = {
        type: 'Well',
        ref: annotatable(next('Well')),
        ...attributes('Well', draw),
        ...maybe('reagent', reagents),
        wellSamples: some(() => {
          const ref = next('WellSample');
          samples.push(ref);
          const image = draw(fc.boolean()) ? free.pop() : undefined;
          return {
            type: 'WellSample' as const,
            ref,
            ...attributes('WellSample', draw),
            ...(image === undefined ? {} : { image }),
          };
        }),
      };
      return add(well, [plate]);
    });
    some(() =>
      annotatable(
        add(
          {
            type: 'PlateAcquisition',
            ref: next('PlateAcquisition'),
            ...attributes('PlateAcquisition', draw),
            wellSamples: pick(samples),
          },
          [plate],
        ),
      ),
    );
  });

  const annotations = some(() => randomAnnotation(draw, next, people), 6);
  const annotated: OmeRecord[] = [];
  for (const annotation of annotations) {
    const carriers = pick([...targets, ...annotations.filter((one) => one !== annotation).map(({ ref }) => ref)]);
    const [first] = records.filter(({ object }) => object.ref === carriers[0]);
    if (first === undefined) annotated.push({ kind: 'annotated', annotation, targets: carriers, containers });
    else {
      records[records.indexOf(first)] = { ...first, annotations: [...first.annotations, annotation] };
      annotated.push({ kind: 'annotated', annotation, targets: carriers.slice(1), containers });
    }
  }
  return draw(fc.shuffledSubarray([...records, ...annotated], { minLength: records.length + annotated.length }));
}

const FRAGMENTS = [
  '',
  '<a xmlns="https://example.org/x">b &amp; c</a>',
  '<p:q xmlns:p="urn:p" k="v"><p:r/> t </p:q>\n<s xmlns="urn:s"/>',
];

function randomAnnotation(
  draw: Draw,
  next: <T extends string>(type: T, family?: string) => `${T}:${string}`,
  people: readonly ObjectRef[],
): Annotation {
  const type = draw(
    fc.constantFrom(
      ...([
        'Map',
        'Map',
        'Map',
        'File',
        'Comment',
        'Tag',
        'Term',
        'Timestamp',
        'XML',
        'Long',
        'Double',
        'Boolean',
        'List',
      ] as const),
    ),
  );
  const id = <T extends Annotation['type']>(name: T) => ({ type: name, ref: next(name, 'Annotation') });
  const base = {
    ...(draw(fc.boolean())
      ? {
          namespace: draw(
            fc.constantFrom(
              'openmicroscopy.org/omero/client/mapAnnotation',
              'https://example.org/a?b#c',
              'plain',
              'with blank',
              '',
            ),
          ),
        }
      : {}),
    ...(draw(fc.boolean()) ? { description: draw(xmlText) } : {}),
    ...(people.length > 0 && draw(fc.boolean()) ? { annotator: draw(fc.constantFrom(...people)) } : {}),
  };
  switch (type) {
    case 'Map':
      return { ...id('MapAnnotation'), ...base, value: draw(fc.array(fc.tuple(xmlText, xmlText), { maxLength: 5 })) };
    case 'File':
      return {
        ...id('FileAnnotation'),
        ...base,
        file: {
          fileName: draw(xmlText),
          size: draw(fc.nat()),
          ...(draw(fc.boolean()) ? { mimeType: 'text/csv' } : {}),
        },
      };
    case 'Comment':
    case 'Tag':
    case 'Term':
      return { ...id(`${type}Annotation`), ...base, value: draw(xmlText) };
    case 'Timestamp':
      return { ...id('TimestampAnnotation'), ...base, value: draw(dateTime) };
    case 'XML':
      return { ...id('XMLAnnotation'), ...base, value: draw(fc.constantFrom(...FRAGMENTS)) };
    case 'Long':
      return {
        ...id('LongAnnotation'),
        ...base,
        value: String(draw(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))),
      };
    case 'Double':
      return { ...id('DoubleAnnotation'), ...base, value: draw(fc.constantFrom('0.50', '-1.0E10', 'NaN', 'INF', '7')) };
    case 'Boolean':
      return { ...id('BooleanAnnotation'), ...base, value: draw(fc.boolean()) };
    case 'List':
      return { ...id('ListAnnotation'), ...base };
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/extract/json.js';
import { annotationPeople, decodeAnnotations } from '../../../src/extract/web/decodeAnnotations.js';
import { decodeObject } from '../../../src/extract/web/decodeObject.js';
import { decodeTable, tableAnnotations } from '../../../src/extract/web/decodeTable.js';
import { decodeWell } from '../../../src/extract/web/decodeWell.js';
import { ownershipOf } from '../../../src/extract/web/ownership.js';
import { OME_SCHEMA, type OmeElement, xmlName } from '../../../src/ome/schema.js';
import { listening } from './decoding.js';

const anyJson = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const CLASSES = 'Project Dataset Screen Plate PlateAcquisition Well Image ROI Experimenter ExperimenterGroup'.split(
  ' ',
);
const INNER = [
  'Pixels',
  'Channels',
  'WellSamples',
  'shapes',
  'Transform',
  'omero:details',
  'omero:series',
  'Illumination',
];
const KEYS = [
  ...new Set([...Object.values(OME_SCHEMA).flatMap((element) => Object.keys(element).map(xmlName)), ...INNER]),
  ...['Value', 'Unit', 'Symbol', 'value', 'owner', 'group', 'externalInfo', 'Lsid', 'Image', '__proto__'],
];
const TYPES = [...CLASSES, 'Pixels', 'Channel', 'WellSample', 'Rectangle', 'Polygon', 'LengthI', 'toString', ''];

/** Objects that look like OMERO's, with anything in any place. */
const lookAlike = fc.letrec<{ object: JsonObject; value: Json }>((tie) => ({
  object: fc
    .tuple(
      fc.constantFrom(...TYPES),
      fc.oneof(fc.nat(), anyJson),
      fc.dictionary(fc.constantFrom(...KEYS), tie('value') as fc.Arbitrary<Json>, { maxKeys: 4 }),
    )
    .map(([type, id, keys]) => ({ '@type': `ome#${type}`, '@id': id, ...keys })),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyJson,
    tie('object') as fc.Arbitrary<Json>,
    fc.array(tie('object') as fc.Arbitrary<Json>, { maxLength: 3 }),
  ),
})).object;

describe('Whatever a server answers', () => {
  it('an object is decoded or there is a finding', () => {
    fc.assert(
      fc.property(lookAlike, (json) => {
        const context = listening();
        const object = decodeObject(json, context);
        if (object === undefined) expect(context.told.length).toBeGreaterThan(0);
        else expect(object.ref).toMatch(new RegExp(`^${object.type}:\\d+$`));
        decodeWell(json, context);
        ownershipOf(json);
      }),
      { numRuns: 200 },
    );
  });

  it('attributes are of their types, or left out with a finding', () => {
    const elements = CLASSES.filter((type): type is OmeElement => type in OME_SCHEMA);
    fc.assert(
      fc.property(fc.constantFrom(...elements), fc.dictionary(fc.constantFrom(...KEYS), anyJson), (type, keys) => {
        const context = listening();
        const object = decodeObject({ '@type': `x#${type}`, '@id': 1, ...keys }, context) as unknown as Record<
          string,
          unknown
        >;
        for (const [name, kind] of Object.entries(OME_SCHEMA[type])) {
          const value = object[name === 'type' ? 'kind' : name];
          if (value === undefined) continue;
          if (kind === 'int' || kind === 'color') expect(Number.isInteger(value)).toBe(true);
          else if (typeof kind === 'string') expect(typeof value).toBe('string');
        }
        for (const [key, value] of Object.entries(keys)) {
          const name = Object.keys(OME_SCHEMA[type]).find((attribute) => xmlName(attribute) === key);
          if (name === undefined || value === null || value === '') continue;
          const kept = object[name === 'type' ? 'kind' : name] !== undefined;
          expect(kept || context.told.some((t) => t.endsWith(`${type}:1/@${key}`))).toBe(true);
        }
      }),
    );
  });

  it('annotations and tables are decoded or there is a finding', () => {
    const entry = fc.record(
      {
        class: fc.oneof(
          fc
            .constantFrom('Map', 'Tag', 'File', 'Long', 'Double', 'Boolean', 'Timestamp', 'List')
            .map((n) => `${n}AnnotationI`),
          anyJson,
        ),
        id: fc.oneof(fc.nat(), anyJson),
        link: fc.oneof(
          anyJson,
          fc.record({
            parent: fc.record({ id: fc.oneof(fc.nat(), anyJson), class: fc.constantFrom('ImageI', 'RoiI') }),
          }),
        ),
        ...{ owner: anyJson, ns: anyJson, date: anyJson, values: anyJson, textValue: anyJson, longValue: anyJson },
        ...{ doubleValue: anyJson, timeValue: anyJson, file: anyJson, boolValue: anyJson, description: anyJson },
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anyJson, fc.record({ annotations: fc.array(entry) }) as fc.Arbitrary<Json>), (json) => {
        const context = listening();
        const links = decodeAnnotations(json, context);
        const asked = (json as { annotations?: readonly Json[] } | null)?.annotations;
        if (!Array.isArray(asked) || links.length < asked.length) expect(context.told.length).toBeGreaterThan(0);
        annotationPeople(json);
        const table = decodeTable('1', json, context) ?? {
          fileId: '1',
          columns: [{ name: 'Image', type: 'Image' }],
          rowCount: 0,
        };
        tableAnnotations(table, { data: { rows: [json, [json, 1]] } }, 0, context);
      }),
      { numRuns: 500 },
    );
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asArray, asObject, asText, type Json, type JsonObject } from '../../../src/extract/json.js';
import { groupLevel } from '../../../src/extract/visibility.js';
import { annotationPeople, decodeAnnotations } from '../../../src/extract/web/decodeAnnotations.js';
import { LEFT_OUT } from '../../../src/extract/web/decodeAttributes.js';
import { classOf } from '../../../src/extract/web/decodeContext.js';
import { decodeObject } from '../../../src/extract/web/decodeObject.js';
import { decodeWell } from '../../../src/extract/web/decodeWell.js';
import { OME_SCHEMA, type OmeElement, xmlName } from '../../../src/ome/schema.js';
import { listening } from './decoding.js';

const GOLDEN = '../shared/data/omero-golden-json';
const found = existsSync(GOLDEN);
if (!found) console.log(`${GOLDEN} is not here: the golden answers of OMERO.web are not decoded`);

interface Golden {
  readonly request: { readonly url: string };
  readonly body: Json;
}
const answers: readonly (readonly [name: string, golden: Golden])[] = (found ? readdirSync(GOLDEN) : [])
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(join(GOLDEN, name), 'utf8')) as Golden]);

const objectsOf = (body: Json): JsonObject[] => {
  const answer = asObject(body);
  return [answer?.data, answer?.experimenters, answer?.experimenterGroups]
    .flatMap((part) => asArray(part) ?? [part ?? null])
    .map((part) => asObject(part))
    .filter((part) => part !== undefined)
    .filter((part) => part['@type'] !== undefined);
};
// Shapes alone have no place in the model: they are read with their ROI, which is why nothing asks for them.
const isAsked = ([, { request }]: (typeof answers)[number]): boolean => !request.url.includes('/m/shapes/');
const withObjects = answers.filter((golden) => isAsked(golden) && objectsOf(golden[1].body).length > 0);
const withAnnotations = answers.filter(([, { body }]) => asObject(body)?.annotations !== undefined);

describe.skipIf(!found)('The golden answers of OMERO.web', () => {
  it('hold objects and annotations', () => {
    expect(withObjects.length).toBeGreaterThan(50);
    expect(withAnnotations.length).toBeGreaterThan(15);
  });

  it.each(withObjects)('%s decodes whole', (_name, { body }) => {
    const context = listening();
    for (const json of objectsOf(body)) {
      const object = decodeObject(json, context);
      expect(object?.ref).toBe(`${classOf(json)}:${String(json['@id'])}`);
      if (classOf(json) === 'Well') expect(decodeWell(json, context)?.images.length).toBe(fieldsOf(json).length);
    }
    expect(context.told).toEqual([]);
  });

  it.each(withAnnotations)('%s has all its annotations', (_name, { body }) => {
    const context = listening();
    const entries = asArray(asObject(body)?.annotations) ?? [];
    const links = decodeAnnotations(body, context);
    expect(links.length).toBe(entries.length);
    links.forEach((link, i) => {
      expect(link.annotation.ref).toMatch(new RegExp(`:${String(asObject(entries[i])?.id)}$`));
    });
    const people = new Set(annotationPeople(body).map((person) => person.ref));
    for (const { annotation, linkOwner } of links) {
      expect(people).toContain(annotation.annotator);
      expect(people).toContain(`Experimenter:${linkOwner}`);
    }
    expect(JSON.stringify(links)).not.toMatch(/\/home\//);
    expect(context.told).toEqual([]);
  });

  it('have every attribute that they state in what is decoded', () => {
    const lost: string[] = [];
    for (const [name, { body }] of withObjects)
      for (const json of objectsOf(body)) {
        const decode = classOf(json) === 'Well' ? decodeWell : decodeObject;
        const decoded = JSON.stringify(decode(json, listening()) ?? null);
        for (const [element, part] of elementsIn(json))
          for (const [attribute, kind] of Object.entries(OME_SCHEMA[element])) {
            const value = part[attribute === 'illuminationType' ? 'Illumination' : xmlName(attribute)];
            if (value === undefined || (kind === 'text' && value === '')) continue;
            const key = attribute === 'type' ? 'kind' : attribute;
            if (!decoded.includes(`"${key}":`)) lost.push(`${name}: ${element}.${attribute}`);
          }
      }
    expect(lost).toEqual([]);
  });

  it('have groups of every level', () => {
    const perms = new Set<string>();
    for (const [, { body }] of answers)
      walk(body, '', (type, object) => {
        if (type !== 'ExperimenterGroup') return;
        perms.add(asText(asObject(asObject(object['omero:details'])?.permissions)?.perm) ?? '');
      });
    expect([...perms].filter((perm) => groupLevel(perm) === 'private')).toEqual(['rw----']);
  });

  it('hold no key that is neither decoded nor left out for a reason', () => {
    const unknown = new Set<string>();
    const seen = new Set<string>();
    for (const [, { body }] of [...withObjects, ...withAnnotations]) {
      walk(body, '', (type, object) => {
        for (const key of Object.keys(object)) {
          seen.add(`${type} ${key}`);
          if (!isKnown(type, key)) unknown.add(`${type} ${key}`);
        }
      });
    }
    expect([...unknown]).toEqual([]);
    // A list that names what no answer holds any more hides what is missed.
    const stale = Object.entries(OTHER_KEYS).flatMap(([type, keys]) =>
      Object.keys(keys)
        .filter((key) => !seen.has(`${type} ${key}`))
        .map((key) => `${type} ${key}`),
    );
    expect(stale).toEqual([]);
  });
});

const READ = 'read';
const LINKS = 'the place of the object in the answer';
const VIEWER = 'what the account that looks may do';
const SECRET = 'tells of a computer or a login';
const ENUM = { '@type': LINKS, '@id': 'number of a value in one database', 'omero:details': VIEWER, value: READ };
const QUANTITY = { '@type': LINKS, Unit: READ, Symbol: READ, Value: READ };
const RIGHTS = { canDelete: VIEWER, canAnnotate: VIEWER, canLink: VIEWER, canEdit: VIEWER };
const OBJECT = { '@type': READ, '@id': READ, 'omero:details': READ };

/** Keys of what is no element of OME, and whether they are read or why not; a path where there is no `@type`. */
const OTHER_KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': { data: READ, meta: READ, experimenters: READ, experimenterGroups: READ, annotations: READ },
  meta: { offset: READ, limit: READ, maxLimit: READ, totalCount: READ },
  Details: { '@type': LINKS, owner: READ, group: READ, permissions: READ, externalInfo: READ },
  owner: { '@id': READ, id: READ },
  group: { '@id': READ },
  Permissions: {
    ...{ '@type': LINKS, perm: READ, ...RIGHTS, isWorldWrite: VIEWER, isWorldRead: VIEWER, isGroupWrite: VIEWER },
    ...{ isGroupRead: VIEWER, isGroupAnnotate: VIEWER, isUserWrite: VIEWER, isUserRead: VIEWER },
  },
  ExternalInfo: {
    ...{ '@type': LINKS, '@id': 'number of a row of the database', 'omero:details': VIEWER },
    ...{ EntityId: 'the id of the object again', EntityType: 'the class of the object again', Lsid: READ, Uuid: READ },
  },
  LengthI: QUANTITY,
  TimeI: QUANTITY,
  PixelsType: ENUM,
  Illumination: ENUM,
  AcquisitionMode: ENUM,
  ContrastMethod: ENUM,
  PhotometricInterpretation: { ...ENUM, value: 'the OME model has no place for it' },
  AffineTransform: { ...OBJECT, A00: READ, A10: READ, A01: READ, A11: READ, A02: READ, A12: READ },
  annotations: {
    ...{ id: READ, ns: READ, name: READ, description: READ, owner: READ, date: READ, permissions: VIEWER, link: READ },
    ...{ class: READ, values: READ, textValue: READ, termValue: READ, longValue: READ, doubleValue: READ },
    ...{ boolValue: READ, timeValue: READ, file: READ },
  },
  permissions: { ...RIGHTS, canDownload: VIEWER },
  link: {
    ...{ id: 'number of a row of the database', owner: READ, parent: READ, permissions: VIEWER },
    date: 'when the link was made: the graph says only when the annotation was',
  },
  parent: { id: READ, class: READ, name: 'read with the object itself' },
  file: { id: READ, name: READ, size: READ, mimetype: READ, path: SECRET },
  experimenters: { id: READ, firstName: READ, lastName: READ, omeName: SECRET },
};
/** Keys of elements that are not attributes. */
const STRUCTURE: Readonly<Record<string, readonly string[]>> = {
  Image: ['Pixels', 'omero:series'],
  Pixels: ['Channels', 'omero:sha1'],
  Channel: ['Illumination'],
  Well: ['WellSamples'],
  WellSample: ['Image', 'PlateAcquisition'],
  ROI: ['shapes'],
  Rectangle: ['Transform'],
};

function isKnown(type: string, key: string): boolean {
  if (!(type in OME_SCHEMA)) return OTHER_KEYS[type]?.[key] !== undefined;
  return (
    key in OBJECT ||
    // Links of the API to itself.
    key.startsWith('url:') ||
    LEFT_OUT[key] !== undefined ||
    STRUCTURE[type]?.includes(key) === true ||
    Object.keys(OME_SCHEMA[type as OmeElement]).some((attribute) => xmlName(attribute) === key)
  );
}

const fieldsOf = (well: JsonObject): readonly Json[] => asArray(well.WellSamples) ?? [];

/** Calls with every object inside a value: its class, or the key that it stands under. */
function walk(value: Json, key: string, on: (type: string, object: JsonObject) => void): void {
  for (const entry of asArray(value) ?? []) walk(entry, key, on);
  const object = asObject(value);
  if (object === undefined) return;
  on(classOf(object) ?? key, object);
  for (const [inner, part] of Object.entries(object)) walk(part, inner, on);
}

/** The elements of OME that are decoded with an object: its parts, but not who owns them and what has a record of its own. */
function elementsIn(json: JsonObject): [OmeElement, JsonObject][] {
  const elements: [OmeElement, JsonObject][] = [];
  const { 'omero:details': _details, ...rest } = json;
  walk(rest, '', (type, part) => {
    const own = ['Pixels', 'Channel', 'WellSample'].includes(type) || part === rest;
    if (type in OME_SCHEMA && own) elements.push([type as OmeElement, part]);
  });
  for (const shape of asArray(json.shapes) ?? []) {
    const part = asObject(shape);
    const type = part && classOf(part);
    if (part !== undefined && type !== undefined && type in OME_SCHEMA) elements.push([type as OmeElement, part]);
  }
  return elements;
}

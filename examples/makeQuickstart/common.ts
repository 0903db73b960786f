import { createHash } from 'node:crypto';
import { el, print, type XmlChild, type XmlElement } from './xml.js';

const OME = 'http://www.openmicroscopy.org/Schemas/OME/2016-06';

/** An LSID of the study: the files that name the same LSID speak of the same object. */
export const lsid = (type: string, id: string): string => `urn:lsid:quickstart.omegraph.org:${type}:${id}`;

/** A UUID that is the same on every run, made from a name. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(`quickstart/${name}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The OME document with its declaration. */
export function document(uuid: string, ...children: XmlChild[]): string {
  const root = el(
    'OME',
    {
      xmlns: OME,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${OME} ${OME}/ome.xsd`,
      UUID: uuid,
      Creator: 'omegraph examples/makeQuickstart.ts',
    },
    ...children,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(root)}`;
}

/** A reference element: `ref('DatasetRef', id)`. */
export const ref = (name: string, id: string): XmlElement => el(name, { ID: id });
/** References to annotations. */
export const annotationRefs = (...annotations: readonly XmlElement[]): XmlElement[] =>
  annotations.map((annotation) => ref('AnnotationRef', String(annotation.attributes.ID)));

export type Pairs = readonly (readonly [key: string, value: string])[];
export const CLIENT = 'openmicroscopy.org/omero/client/mapAnnotation';
export const BULK = 'openmicroscopy.org/omero/bulk_annotations';
export const LAB = 'https://lab.example.org/imaging-sheet/v2';

/** Key-value pairs as a MapAnnotation, in the given order. */
export const keyValues = (id: string, pairs: Pairs, namespace?: string): XmlElement =>
  el(
    'MapAnnotation',
    { ID: id, Namespace: namespace },
    el(
      'Value',
      {},
      pairs.map(([key, value]) => (value === '' ? el('M', { K: key }) : el('M', { K: key }, value))),
    ),
  );
/** An annotation with one value. */
export const annotation = (
  type: string,
  id: string,
  value: string,
  namespace?: string,
  description?: string,
): XmlElement =>
  el(
    `${type}Annotation`,
    { ID: id, Namespace: namespace, Annotator: CARBERRY_ID },
    description === undefined ? undefined : el('Description', {}, description),
    el('Value', {}, value),
  );

const CARBERRY_ID = lsid('Experimenter', 'carberry');

/** The people of the study; all of them are made up. */
export const EXPERIMENTER = el('Experimenter', {
  ID: CARBERRY_ID,
  FirstName: 'Josiah',
  LastName: 'Carberry',
  Email: 'josiah.carberry@example.org',
  Institution: 'Brown University',
  UserName: 'jcarberry',
});
export const GROUP = el(
  'ExperimenterGroup',
  { ID: lsid('ExperimenterGroup', 'psychoceramics'), Name: 'Psychoceramics imaging' },
  ref('ExperimenterRef', CARBERRY_ID),
  ref('Leader', CARBERRY_ID),
);
export const owner = [
  ref('ExperimenterRef', CARBERRY_ID),
  ref('ExperimenterGroupRef', lsid('ExperimenterGroup', 'psychoceramics')),
] as const;

/** 16-bit planes of blurred spots, the same for the same seed: stand-ins for cells. */
export function spots(seed: number, planes: number, size = 16): Uint16Array[] {
  let state = seed * 2654435761;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: planes }, () => {
    const centres = Array.from({ length: 3 }, () => [random() * size, random() * size, 2 + random() * 2] as const);
    return Uint16Array.from({ length: size * size }, (_, i) => {
      const [x, y] = [i % size, Math.floor(i / size)];
      // a rational bump instead of exp(), whose last bits differ between machines
      const light = centres.map(([cx, cy, r]) => 1 / (1 + ((x - cx) ** 2 + (y - cy) ** 2) / r ** 2) ** 2);
      return Math.floor(120 + 40 * random() + 3000 * light.reduce((sum, value) => sum + value, 0));
    });
  });
}

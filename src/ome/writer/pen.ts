import type { ObjectRef } from '../model.js';
import { type Kind, OME_SCHEMA, type OmeElement, xmlName } from '../schema.js';
import { isAnyUri, lexical } from './lexical.js';
import { ANNOTATABLE, ID_FAMILY, LINKS, typeOf } from './places.js';
import type { Rules } from './writable.js';
import { escapeAttribute, escapeText } from '../xmlEscapes.js';
import { type XmlTree, xmlCharacters } from './xmlTree.js';

/** What the writer knows of all records when it writes the first element. */
export interface Surroundings extends Rules {
  /** Whether an object with this reference is written. */
  known(ref: ObjectRef): boolean;
  /** Takes back that an object is written. */
  forget(ref: ObjectRef): void;
  /** Children that are written as references, in the order they were met. */
  linked(parent: ObjectRef): Iterable<ObjectRef>;
  annotations(target: ObjectRef): Iterable<ObjectRef>;
}

/** Makes elements out of model objects: attributes by the table of schema.ts, references only to what is written. */
export interface Pen {
  /** An element with the attributes of its row in the schema, an ID when `id` is given. */
  element(
    name: OmeElement,
    object: object,
    focus: ObjectRef,
    id: ObjectRef | undefined,
    children?: readonly XmlTree[],
  ): XmlTree;
  /** The text children of an element (Description, AcquisitionDate) by key, where it has them. */
  text(element: OmeElement, key: string, object: object, focus: ObjectRef): XmlTree[];
  /** One text element. */
  textElement(name: string, value: string, focus: ObjectRef): XmlTree;
  attribute(name: string, value: string, focus: ObjectRef): string;
  /** `ID="…"` as ready text. */
  idAttribute(ref: ObjectRef): string;
  /** A reference element for each object; those that the schema checks (xsd:keyref) are left out when the object is not written. */
  references(name: string, refs: readonly (ObjectRef | undefined)[], focus: ObjectRef, checked?: boolean): XmlTree[];
  /** Whether an object is written; when not, says that the reference to it is left out. */
  reachable(ref: ObjectRef, focus: ObjectRef): boolean;
  /** Takes back that an object is written: later references to it are left out. */
  forget(ref: ObjectRef): void;
  /** References to the children of one type, as their links were met. */
  linked(parent: ObjectRef, childType: string): XmlTree[];
  annotationRefs(target: ObjectRef): XmlTree[];
  /** A namespace as an attribute, where it is an xsd:anyURI. */
  namespace(value: string | undefined, focus: ObjectRef): string;
}

/** A pen over what is known; @see Pen. */
export function pen(around: Surroundings): Pen {
  const clean = (value: string, focus: ObjectRef): string =>
    xmlCharacters(value, () => around.report('text-control-character', focus));
  const attribute = (name: string, value: string, focus: ObjectRef): string =>
    ` ${name}="${escapeAttribute(clean(value, focus))}"`;

  const isWritten = (ref: ObjectRef): boolean =>
    around.known(ref) || namesakes(ref).some((namesake) => around.known(namesake));

  /** Objects of different types can have the same number; the schema wants one ID for all light sources, shapes, annotations. */
  const idOf = (ref: ObjectRef): string => {
    const type = typeOf(ref);
    const local = clean(ref.slice(type.length + 1), ref).replace(/\s/gu, encodeURIComponent);
    const family = ID_FAMILY.get(type);
    if (family === undefined) return `${type}:${local}`;
    const owner = namesakes(ref).find((namesake) => around.known(namesake)) ?? ref;
    return owner === ref || !around.known(ref) ? `${family.prefix}:${local}` : `${family.prefix}:${type}.${local}`;
  };
  const idAttribute = (ref: ObjectRef): string => ` ID="${escapeAttribute(idOf(ref))}"`;

  const reachable = (ref: ObjectRef, focus: ObjectRef): boolean => {
    if (isWritten(ref)) return true;
    around.report('ome-reference-dangling', focus, { detail: ref });
    return false;
  };
  const references: Pen['references'] = (name, refs, focus, checked = true) =>
    refs.flatMap((ref) =>
      ref === undefined || (checked && !reachable(ref, focus)) ? [] : [{ name, attributes: idAttribute(ref) }],
    );

  const attributes = (name: OmeElement, object: object, focus: ObjectRef): string => {
    const values = object as Readonly<Record<string, unknown>>;
    let text = '';
    for (const [key, kind] of Object.entries<Kind>(OME_SCHEMA[name])) {
      if (kind === 'text' || kind === 'dateTimeChild') continue;
      const value = values[key === 'type' ? 'kind' : key];
      if (value === undefined) continue;
      const written = lexical(name, key, kind, value);
      if (written === undefined) {
        const detail = typeof value === 'object' ? Object.values(value as object).join(' ') : String(value);
        around.report('ome-value-invalid', focus, { at: `${name} ${xmlName(key)}`, detail });
        continue;
      }
      text += attribute(xmlName(key), written.value, focus);
      if (written.unit !== undefined) text += attribute(`${xmlName(key)}Unit`, written.unit, focus);
    }
    return text;
  };

  const textElement = (name: string, value: string, focus: ObjectRef): XmlTree => ({
    name,
    attributes: '',
    text: escapeText(clean(value, focus)),
  });

  return {
    attribute,
    idAttribute,
    references,
    reachable,
    forget: around.forget,
    textElement,
    element: (name, object, focus, id, children) => ({
      name,
      attributes: (id === undefined ? '' : idAttribute(id)) + attributes(name, object, focus),
      children,
    }),
    text(element, key, object, focus) {
      const value = (object as Readonly<Record<string, unknown>>)[key];
      if (value === undefined) return [];
      const kind = (OME_SCHEMA[element] as Readonly<Record<string, Kind>>)[key];
      if (kind !== undefined && lexical(element, key, kind, value) !== undefined) {
        return [textElement(xmlName(key), String(value), focus)];
      }
      around.report('ome-value-invalid', focus, { at: `${element} ${xmlName(key)}`, detail: String(value) });
      return [];
    },
    linked(parent, childType) {
      const name = LINKS[`${typeOf(parent)} ${childType}`];
      if (name === undefined) return [];
      const children = [...around.linked(parent)].filter((child) => typeOf(child) === childType);
      return references(name, children, parent, !UNCHECKED.has(`${typeOf(parent)} ${childType}`));
    },
    annotationRefs(target) {
      return ANNOTATABLE.has(typeOf(target))
        ? references('AnnotationRef', [...around.annotations(target)], target)
        : [];
    },
    namespace(value, focus) {
      if (value === undefined) return '';
      if (isAnyUri(value)) return attribute('Namespace', value, focus);
      around.report('ome-value-invalid', focus, { at: 'Namespace', detail: value });
      return '';
    },
  };
}

/** Links that ome.xsd does not check (no xsd:keyref that matches): they may point out of the file. */
const UNCHECKED: ReadonlySet<string> = new Set(['Project Dataset', 'Dataset Image', 'Image ROI']);

/** References that would be written with the same ID, in the family's order, the given one included. */
function namesakes(ref: ObjectRef): ObjectRef[] {
  const type = typeOf(ref);
  const local = ref.slice(type.length);
  return (ID_FAMILY.get(type)?.members ?? []).map((member) => `${member}${local}` as ObjectRef);
}

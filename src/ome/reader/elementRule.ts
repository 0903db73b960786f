import type { ObjectRef, OmeType } from '../model.js';
import type { OmeNode } from '../omeXmlReader.js';
import type { OmeElement } from '../schema.js';
import { type AttributeRule, attributeRules } from './values.js';

/** An object of the model while it is read. */
export type Draft = Record<string, unknown>;

/** An element that is open. */
export interface Frame {
  readonly rule: ElementRule;
  /** Local name. */
  readonly name: string;
  readonly parent: Frame | undefined;
  /** As in the file; names without prefix. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  /** What its attributes and children have given so far. */
  draft: Draft;
  /** Character content, when the rule asks for it. */
  text: string;
  /** ID attribute, or the one made from the position. */
  id: string;
  /** The object or part that the element is; settings and references have none. */
  ref: ObjectRef | undefined;
  /** Whether the object is a node of its own; annotations of parts come as `annotated` nodes. */
  isNode: boolean;
  parents: ObjectRef[] | undefined;
  children: ObjectRef[] | undefined;
  annotations: string[] | undefined;
  /** Elements without ID so far, by name. */
  nameless: Map<string, number> | undefined;
}

/** A frame as it is before anything is read. */
export function newFrame(
  rule: ElementRule,
  name: string,
  parent: Frame | undefined,
  attributes: Readonly<Record<string, string>>,
  line: number,
): Frame {
  return {
    rule,
    name,
    parent,
    attributes,
    line,
    draft: {},
    text: '',
    id: '',
    ref: undefined,
    isNode: false,
    parents: undefined,
    children: undefined,
    annotations: undefined,
    nameless: undefined,
  };
}

/** What rules may do. */
export interface Reading {
  /** The version of the root's schema. */
  readonly version: string;
  emit(node: OmeNode): void;
  /** Emits the object of a frame as it is now, with a light source reference that is not known yet filled in later. */
  emitObject(frame: Frame): void;
  /** Keeps an object until the end: what comes later belongs to it. */
  emitLast(frame: Frame): void;
  ref(type: OmeType, id: string): ObjectRef;
  key(annotationId: string): string;
  /** Sets `draft[key]` to the light source of an id, now or when its element comes. */
  lightSource(draft: Draft, key: string, id: string): void;
  /** Says which element a light source id is. */
  knowLightSource(id: string, type: OmeType): void;
  /** A member of a group, said by the experimenter (before 2012-06). */
  member(group: ObjectRef, experimenter: ObjectRef): void;
  /** A manipulation inside an Image, which an Experiment refers to (before 2009-09). */
  manipulations: Map<string, Draft>;
  /** A copy of a file name that was not told yet; the memory of them is bounded. */
  newFile(fileName: string): string | undefined;
  invalid(frame: Frame, name: string, found: string): void;
  oddId(frame: Frame, id: string): void;
  missing(frame: Frame, name: string): void;
  unknown(frame: Frame, name: string): void;
}

export interface ElementRule {
  /** Rules of attributes by XML name; null for those that are read by `open` or said by another one. */
  readonly attributes: ReadonlyMap<string, AttributeRule | null>;
  readonly children: ReadonlyMap<string, ElementRule>;
  /** Whether character content is collected. */
  readonly text?: boolean;
  /** Whether the content is kept as XML text, in `text`. */
  readonly fragment?: boolean;
  /** Whether the element and all inside it is passed over without a word. */
  readonly skipped?: boolean;
  /** Runs before attributes are read, so that `ref` and `id` are known. */
  readonly open?: (frame: Frame, reading: Reading) => void;
  readonly close?: (frame: Frame, reading: Reading) => void;
}

const NO_CHILDREN: ReadonlyMap<string, ElementRule> = new Map();

/** A rule from the schema's attributes for an element (with names of older versions) and its own. */
export function rule(parts: {
  readonly schema?: OmeElement;
  readonly olderNames?: Readonly<Record<string, string>>;
  /** Attributes that `open` or `close` read. */
  readonly also?: string;
  readonly children?: Readonly<Record<string, ElementRule>> | undefined;
  readonly text?: boolean;
  readonly fragment?: boolean;
  readonly skipped?: boolean;
  readonly open?: ElementRule['open'];
  readonly close?: ElementRule['close'];
}): ElementRule {
  const attributes = parts.schema === undefined ? new Map() : attributeRules(parts.schema, parts.olderNames);
  for (const name of (parts.also ?? '').split(' ').filter(Boolean)) attributes.set(name, null);
  return {
    attributes,
    children: parts.children === undefined ? NO_CHILDREN : new Map(Object.entries(parts.children)),
    ...(parts.text === true && { text: true }),
    ...(parts.fragment === true && { fragment: true }),
    ...(parts.skipped === true && { skipped: true }),
    ...(parts.open !== undefined && { open: parts.open }),
    ...(parts.close !== undefined && { close: parts.close }),
  };
}

/** An element that holds nothing for the model: pixel data, hashes, markers. */
export const SKIPPED: ElementRule = rule({ skipped: true });

/** Adds to a list of a draft. */
export function push(draft: Draft, key: string, value: unknown): void {
  const list = draft[key];
  if (Array.isArray(list)) list.push(value);
  else draft[key] = [value];
}

/** The parent of a frame that is inside another one by its rule. */
export function parentOf(frame: Frame): Frame {
  if (frame.parent === undefined) throw new TypeError(`${frame.name} has no parent`);
  return frame.parent;
}

/** The nearest element around that is an object or part. */
export function ownerOf(frame: Frame): Frame | undefined {
  let owner = frame.parent;
  while (owner !== undefined && owner.ref === undefined) owner = owner.parent;
  return owner;
}

/** Names that ids of older versions have. */
const OLDER_PREFIXES: Readonly<Record<string, string>> = {
  ExperimenterGroup: 'Group',
  PlateAcquisition: 'ScreenAcquisition',
};

/** Says when an id has not the form that ome.xsd asks for; a ROI may have any. */
function checkId(frame: Frame, id: string, prefix: string, reading: Reading): void {
  if (prefix === 'ROI' && /^\S+$/.test(id)) return;
  if (!new RegExp(`^(?:\\S+:)?(?:${prefix}|${OLDER_PREFIXES[prefix] ?? prefix}):\\S+$`).test(id))
    reading.oddId(frame, id);
}

/** The ID attribute; where a file has none, one from the parent's id and the position. */
export function idOf(frame: Frame, prefix: string, reading: Reading): string {
  const id = frame.attributes.ID?.trim();
  if (id !== undefined && id !== '') {
    if (!id.startsWith(prefix) || id.charCodeAt(prefix.length) !== 58) checkId(frame, id, prefix, reading);
    return id;
  }
  reading.missing(frame, 'ID');
  const owner = ownerOf(frame);
  const around = owner ?? parentOf(frame);
  around.nameless ??= new Map();
  const index = around.nameless.get(prefix) ?? 0;
  around.nameless.set(prefix, index + 1);
  return `${prefix}:${owner === undefined ? '' : `${owner.id}/`}${index}`;
}

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

/** Says when an id has not the form that ome.xsd asks for; a ROI may have any. It is used as it is: references need it. */
function checkId(frame: Frame, id: string, prefix: string, reading: Reading): void {
  const type = prefix === 'ROI' ? '\\S*' : `(?:${prefix}|${OLDER_PREFIXES[prefix] ?? prefix})`;
  if (!new RegExp(`^(?:\\S+:)?${type}:\\S+$`).test(id) && !(prefix === 'ROI' && /^\S+$/.test(id)))
    reading.invalid(frame, 'ID', id);
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

/** A child element that refers to an object by its ID attribute. */
export function reference(
  type: OmeType,
  found: (parent: Frame, ref: ObjectRef, reading: Reading) => void,
): ElementRule {
  return rule({
    also: 'ID',
    open(frame, reading) {
      const id = frame.attributes.ID?.trim();
      if (id === undefined || id === '') reading.missing(frame, 'ID');
      else found(parentOf(frame), reading.ref(type, id), reading);
    },
  });
}

export const asChild = (parent: Frame, ref: ObjectRef): void => {
  parent.children ??= [];
  parent.children.push(ref);
};
export const asParent = (parent: Frame, ref: ObjectRef): void => {
  parent.parents ??= [];
  parent.parents.push(ref);
};
/** Sets a reference of the object around. */
export const as =
  (key: string) =>
  (parent: Frame, ref: ObjectRef): void => {
    parent.draft[key] = ref;
  };
/** Adds to a list of references of the object around. */
export const among =
  (key: string) =>
  (parent: Frame, ref: ObjectRef): void => {
    push(parent.draft, key, ref);
  };

/** A child element whose text is given to the parent. */
export function text(found: (parent: Frame, text: string, reading: Reading, frame: Frame) => void): ElementRule {
  return rule({
    text: true,
    also: 'lang',
    close(frame, reading) {
      found(parentOf(frame), frame.text, reading, frame);
    },
  });
}

/** AnnotationRef: annotations of objects stay with them, those of parts and of annotations are told at once. */
const annotationRef = rule({
  also: 'ID',
  open(frame, reading) {
    const id = frame.attributes.ID?.trim();
    if (id === undefined || id === '') return reading.missing(frame, 'ID');
    annotate(frame, reading.key(id), reading);
  },
});

/** Tells that the object around carries an annotation. */
export function annotate(frame: Frame, key: string, reading: Reading): void {
  const owner = ownerOf(frame);
  if (owner?.ref === undefined) return;
  if (owner.isNode) {
    owner.annotations ??= [];
    owner.annotations.push(key);
  } else {
    reading.emit({ kind: 'annotated', target: owner.ref, annotations: [key] });
  }
}

const description = text((parent, content) => {
  if (content !== '') parent.draft.description = content;
});
/** Children that most objects may have. */
export const COMMON: Readonly<Record<string, ElementRule>> = { Description: description, AnnotationRef: annotationRef };
/** Who owns it. */
export const OWNED: Readonly<Record<string, ElementRule>> = {
  ...COMMON,
  ExperimenterRef: reference('Experimenter', as('experimenter')),
  ExperimenterGroupRef: reference('ExperimenterGroup', as('experimenterGroup')),
  GroupRef: reference('ExperimenterGroup', as('experimenterGroup')),
};

/** Makes the frame an object of its own; one inside another object has it as its parent. */
export function beginObject(type: OmeType, prefix: string = type): (frame: Frame, reading: Reading) => void {
  return (frame, reading) => {
    frame.id = idOf(frame, prefix, reading);
    frame.ref = reading.ref(type, frame.id);
    frame.isNode = true;
    frame.draft = { type, ref: frame.ref };
    const owner = ownerOf(frame);
    if (owner?.ref !== undefined) frame.parents = [owner.ref];
  };
}

/** Makes the frame a part of the object around. */
export function beginPart(type: OmeType, prefix: string = type): (frame: Frame, reading: Reading) => void {
  return (frame, reading) => {
    frame.id = idOf(frame, prefix, reading);
    frame.ref = reading.ref(type, frame.id);
    frame.draft = { type, ref: frame.ref };
  };
}

/** An element that is a node of its own. */
export function object(
  type: OmeType & OmeElement,
  parts: {
    readonly olderNames?: Readonly<Record<string, string>>;
    readonly also?: string;
    readonly children?: Readonly<Record<string, ElementRule>>;
    readonly open?: (frame: Frame, reading: Reading) => void;
    readonly close?: (frame: Frame, reading: Reading) => void;
  } = {},
): ElementRule {
  const begin = beginObject(type);
  return rule({
    schema: type,
    olderNames: parts.olderNames ?? {},
    also: `ID ${parts.also ?? ''}`,
    children: { ...COMMON, ...parts.children },
    open(frame, reading) {
      begin(frame, reading);
      parts.open?.(frame, reading);
    },
    close: parts.close ?? ((frame, reading) => reading.emitObject(frame)),
  });
}

/** An element with an id inside another object. */
export function part(
  type: OmeType & OmeElement,
  given: (parent: Frame, draft: Draft, reading: Reading, frame: Frame) => void,
  parts: {
    readonly prefix?: string;
    readonly olderNames?: Readonly<Record<string, string>>;
    readonly also?: string;
    readonly children?: Readonly<Record<string, ElementRule>>;
    readonly open?: (frame: Frame, reading: Reading) => void;
  } = {},
): ElementRule {
  const begin = beginPart(type, parts.prefix);
  return rule({
    schema: type,
    olderNames: parts.olderNames ?? {},
    also: `ID ${parts.also ?? ''}`,
    children: { ...COMMON, ...parts.children },
    open(frame, reading) {
      begin(frame, reading);
      parts.open?.(frame, reading);
    },
    close: (frame, reading) => given(parentOf(frame), frame.draft, reading, frame),
  });
}

/** An element without id that belongs to the object around, under a name of its own. */
export function settings(
  schema: OmeElement,
  given: (parent: Frame, draft: Draft, reading: Reading) => void,
  parts: {
    readonly olderNames?: Readonly<Record<string, string>>;
    readonly also?: string;
    readonly children?: Readonly<Record<string, ElementRule>>;
    readonly open?: (frame: Frame, reading: Reading) => void;
  } = {},
): ElementRule {
  return rule({
    schema,
    olderNames: parts.olderNames ?? {},
    also: parts.also ?? '',
    children: parts.children,
    ...(parts.open !== undefined && { open: parts.open }),
    close: (frame, reading) => given(parentOf(frame), frame.draft, reading),
  });
}

const pair = rule({
  also: 'K',
  text: true,
  close(frame) {
    push(parentOf(frame).draft, 'pairs', [frame.attributes.K ?? '', frame.text] as const);
  },
});
/** A list of keys with values (complexType Map). */
export function map(given: (parent: Frame, pairs: readonly (readonly [string, string])[]) => void): ElementRule {
  return rule({
    children: { M: pair },
    close: (frame) => given(parentOf(frame), (frame.draft.pairs ?? []) as readonly (readonly [string, string])[]),
  });
}

import type { ObjectRef, OmeType } from '../model.js';
import type { OmeElement } from '../schema.js';
import {
  type Draft,
  type ElementRule,
  type Frame,
  idOf,
  ownerOf,
  parentOf,
  push,
  type Reading,
  rule,
} from './elementRule.js';

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

import type { Annotation, OmeType } from '../model.js';
import {
  type Draft,
  type ElementRule,
  type Frame,
  ownerOf,
  parentOf,
  type Reading,
  rule,
  SKIPPED,
} from './elementRule.js';
import { beginPart, COMMON, map, reference, text } from './elements.js';
import { booleanOf, dateTimeOf, floatOf, integerOf } from './values.js';

/** A value as the model keeps it; undefined when it is not of its type. */
type ValueReader = (content: string) => unknown;

function value(read: ValueReader): ElementRule {
  return text((annotation, content, reading, frame) => {
    const found = read(content);
    if (found === undefined) reading.invalid(frame, 'Value', content);
    else annotation.draft.value = found;
  });
}
const asIs: ValueReader = (content) => content;

const OBJECT_TYPES: ReadonlySet<string> = new Set(
  'Project Dataset Folder Experiment Plate Screen Experimenter Instrument Image Pixels Channel ROI Reagent Well WellSample PlateAcquisition Detector Objective Filter FilterSet Dichroic'.split(
    ' ',
  ),
);
const OLDER_TYPES: ReadonlyMap<string, OmeType> = new Map<string, OmeType>([
  ['Group', 'ExperimenterGroup'],
  ['LogicalChannel', 'Channel'],
  ['ScreenAcquisition', 'PlateAcquisition'],
]);

/** Link (2008-09): the annotation names what carries it, by an id that says its type. */
const link = text((annotation, content, reading, frame) => {
  const id = content.trim();
  const type = /^(?:urn:lsid:[^:]+:)?(\w+):/.exec(id)?.[1] ?? '';
  if (type === 'Annotation') {
    // Links of a list name its members.
    if (annotation.name === 'List')
      reading.emit({ kind: 'annotated', target: refOf(annotation), annotations: [reading.key(id)] });
    return;
  }
  const target = OBJECT_TYPES.has(type) ? (type as OmeType) : OLDER_TYPES.get(type);
  if (target === undefined) return reading.invalid(frame, 'Link', content);
  reading.emit({ kind: 'annotated', target: reading.ref(target, id), annotations: [reading.key(ownerId(annotation))] });
});
const refOf = (frame: Frame) => (frame.ref ?? ownerOf(frame)?.ref) as Annotation['ref'];
const ownerId = (frame: Frame): string => (frame.ref === undefined ? (ownerOf(frame)?.id ?? '') : frame.id);

function annotation(
  type: Annotation['type'],
  children: Readonly<Record<string, ElementRule>>,
  ready: (draft: Draft) => boolean = (d) => d.value !== undefined,
): ElementRule {
  const begin = beginPart(type, 'Annotation');
  return rule({
    also: 'ID Namespace Annotator',
    children: { ...COMMON, Link: link, ...children },
    open(frame, reading) {
      begin(frame, reading);
      const { Namespace, Annotator } = frame.attributes;
      if (Namespace !== undefined) frame.draft.namespace = Namespace;
      if (Annotator !== undefined && Annotator.trim() !== '')
        frame.draft.annotator = reading.ref('Experimenter', Annotator.trim());
    },
    close(frame, reading) {
      if (!ready(frame.draft)) return reading.missing(frame, 'Value');
      reading.emit({
        kind: 'annotation',
        annotation: frame.draft as unknown as Annotation,
        key: reading.key(frame.id),
        line: frame.line,
      });
    },
  });
}

const file = (frame: Frame): Draft => {
  frame.draft.file ??= {};
  return frame.draft.file as Draft;
};
const sizeOf = (frame: Frame, found: string, reading: Reading): number | undefined => {
  const size = Number(integerOf(found) ?? Number.NaN);
  if (Number.isSafeInteger(size) && size >= 0) return size;
  reading.invalid(frame, 'Size', found);
  return undefined;
};
const fileAnnotation = annotation(
  'FileAnnotation',
  {
    BinaryFile: rule({
      also: 'FileName Size MIMEType MimeType',
      children: { External: SKIPPED, BinData: SKIPPED },
      open(frame, reading) {
        const { FileName, Size, MIMEType, MimeType } = frame.attributes;
        const found = file(parentOf(frame));
        found.fileName = FileName ?? '';
        const size = Size === undefined ? undefined : sizeOf(frame, Size, reading);
        if (size !== undefined) found.size = size;
        const mimeType = MIMEType ?? MimeType;
        if (mimeType !== undefined) found.mimeType = mimeType;
      },
    }),
    // 2008-09
    FileName: text((frame, content) => {
      file(frame).fileName = content.trim();
    }),
    MimeType: text((frame, content) => {
      file(frame).mimeType = content.trim();
    }),
    ExternalFile: SKIPPED,
    BinData: SKIPPED,
  },
  () => true,
);
const xmlValue = rule({
  fragment: true,
  close(frame) {
    parentOf(frame).draft.value = frame.text;
  },
});
const comment = annotation('CommentAnnotation', { Value: value(asIs) });
const xml = annotation('XMLAnnotation', { Value: xmlValue });

/** StructuredAnnotations: every kind of annotation (SA schema). */
export const STRUCTURED_ANNOTATIONS: ElementRule = rule({
  children: {
    MapAnnotation: annotation('MapAnnotation', {
      Value: map((parent, pairs) => {
        parent.draft.value = pairs;
      }),
    }),
    FileAnnotation: fileAnnotation,
    CommentAnnotation: comment,
    StringAnnotation: comment,
    TagAnnotation: annotation('TagAnnotation', { Value: value(asIs) }),
    TermAnnotation: annotation('TermAnnotation', { Value: value(asIs) }),
    TimestampAnnotation: annotation('TimestampAnnotation', { Value: value(dateTimeOf) }),
    LongAnnotation: annotation('LongAnnotation', { Value: value(integerOf) }),
    DoubleAnnotation: annotation('DoubleAnnotation', {
      Value: value((content) => (floatOf(content) === undefined ? undefined : content.trim())),
    }),
    BooleanAnnotation: annotation('BooleanAnnotation', { Value: value(booleanOf) }),
    XMLAnnotation: xml,
    XmlAnnotation: xml,
    ListAnnotation: annotation(
      'ListAnnotation',
      {
        List: rule({ children: { Link: link, AnnotationRef: COMMON.AnnotationRef as ElementRule } }),
        ExperimenterRef: reference('Experimenter', () => {}),
      },
      () => true,
    ),
  },
});

/** CustomAttributes (before 2010-04): each element inside is kept as an XML annotation of the object around. */
export const CUSTOM_ATTRIBUTES: ElementRule = rule({
  fragment: true,
  close(frame, reading) {
    if (frame.text.trim() === '') return;
    const owner = ownerOf(frame);
    const id = `Annotation:${owner === undefined ? '' : `${owner.id}/`}CustomAttributes`;
    const annotation = {
      type: 'XMLAnnotation',
      ref: reading.ref('XMLAnnotation', id) as `XMLAnnotation:${string}`,
      value: frame.text,
    } as const;
    reading.emit({ kind: 'annotation', annotation, key: reading.key(id), line: frame.line });
    if (owner === undefined) return;
    owner.annotations ??= [];
    owner.annotations.push(reading.key(id));
  },
});

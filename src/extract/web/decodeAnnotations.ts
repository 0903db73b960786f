import type { Annotation, Experimenter, KeyValue, ObjectRef, OmeType } from '../../ome/model.js';
import { asArray, asObject, asText, type Json, type JsonObject } from '../json.js';
import { momentOf, numberText } from './decodeAttributes.js';
import { cleanText, type DecodeContext, digitsOf, tell } from './decodeContext.js';
import { isAbsent, parts } from './encodedParts.js';
import { webDate } from './wallClock.js';

/** One link of an annotation to an object that carries it; an annotation on three objects has three. */
export interface AnnotationLink {
  readonly annotation: Annotation;
  readonly target: ObjectRef;
  /** Id of the person who made the annotation. */
  readonly owner?: string;
  /** Id of the person who put it on the object. */
  readonly linkOwner?: string;
  readonly isTagSet: boolean;
  /** Id of the OriginalFile when it is a table, whose rows may be annotations of other objects. */
  readonly table?: string;
}

/** Namespace of the tables whose rows annotate what their id columns name. */
export const BULK_ANNOTATIONS = 'openmicroscopy.org/omero/bulk_annotations';
const TAG_SET = 'openmicroscopy.org/omero/insight/tagset';
const TABLE = 'OMERO.tables';

/** Ice classes of what can carry an annotation. */
const TARGETS: Readonly<Record<string, OmeType>> = {
  ProjectI: 'Project',
  DatasetI: 'Dataset',
  ImageI: 'Image',
  ScreenI: 'Screen',
  PlateI: 'Plate',
  PlateAcquisitionI: 'PlateAcquisition',
  WellI: 'Well',
};

/**
 * The links in an answer of `/webclient/api/annotations/`, in its order. Links of the same annotation share one object. What
 * cannot be decoded is a finding. Paths of attached files are never kept: they tell of people's computers.
 */
export function decodeAnnotations(json: Json, context: DecodeContext): readonly AnnotationLink[] {
  const answer = asObject(json);
  if (answer === undefined || !Array.isArray(answer.annotations)) {
    tell(context, 'web-answer-odd', 'annotations', 'annotations', json);
    return [];
  }
  const known = new Map<string, Annotation | undefined>();
  return parts(answer.annotations, 'annotations', 'annotations', context).flatMap((entry): AnnotationLink[] => {
    const name = asText(entry.class);
    const id = digitsOf(entry.id);
    const key = `${name} ${id}`;
    if (!known.has(key)) known.set(key, decodeAnnotation(entry, context));
    const annotation = known.get(key);
    const target = annotation && targetOf(entry, annotation.ref, context);
    if (annotation === undefined || target === undefined) return [];
    return [{ annotation, target, ...about(entry, annotation) }];
  });
}

function about(entry: JsonObject, annotation: Annotation): Omit<AnnotationLink, 'annotation' | 'target'> {
  const owner = idIn(entry.owner);
  const linkOwner = idIn(asObject(entry.link)?.owner);
  const file = asObject(entry.file);
  const isTable = annotation.namespace === BULK_ANNOTATIONS || file?.mimetype === TABLE;
  const table = annotation.type === 'FileAnnotation' && isTable ? digitsOf(file?.id) : undefined;
  return {
    ...(owner !== undefined && { owner }),
    ...(linkOwner !== undefined && { linkOwner }),
    isTagSet: annotation.type === 'TagAnnotation' && annotation.namespace === TAG_SET,
    ...(table !== undefined && { table }),
  };
}

const idIn = (json: Json | undefined): string | undefined => digitsOf(asObject(json)?.id);

function targetOf(entry: JsonObject, ref: string, context: DecodeContext): ObjectRef | undefined {
  const parent = asObject(asObject(entry.link)?.parent);
  const name = asText(parent?.class) ?? '';
  const type = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined;
  const id = digitsOf(parent?.id);
  if (type !== undefined && id !== undefined) return `${type}:${id}`;
  tell(context, parent === undefined ? 'web-value-missing' : 'web-class-unknown', ref, 'link', parent);
  return undefined;
}

/** Reads the value of an annotation; undefined when there is none, or none of its type. */
type ValueReader = (entry: JsonObject, ref: string, context: DecodeContext) => object | undefined;

const text =
  (key: string): ValueReader =>
  (entry, ref, context) => {
    const value = asText(entry[key]);
    return value === undefined ? undefined : { value: cleanText(value, context, ref, key) };
  };

const CLASSES: Readonly<
  Record<string, { readonly type: Annotation['type']; readonly key: string; value: ValueReader }>
> = {
  MapAnnotationI: { type: 'MapAnnotation', key: 'values', value: mapValue },
  TagAnnotationI: { type: 'TagAnnotation', key: 'textValue', value: text('textValue') },
  CommentAnnotationI: { type: 'CommentAnnotation', key: 'textValue', value: text('textValue') },
  XmlAnnotationI: { type: 'XMLAnnotation', key: 'textValue', value: text('textValue') },
  TermAnnotationI: { type: 'TermAnnotation', key: 'termValue', value: text('termValue') },
  TimestampAnnotationI: {
    type: 'TimestampAnnotation',
    key: 'timeValue',
    value: (entry, _ref, context) => given(momentOf(entry.timeValue, context)),
  },
  LongAnnotationI: { type: 'LongAnnotation', key: 'longValue', value: (entry) => given(integerText(entry.longValue)) },
  DoubleAnnotationI: {
    type: 'DoubleAnnotation',
    key: 'doubleValue',
    value: (entry) => given(numberText(entry.doubleValue)),
  },
  BooleanAnnotationI: {
    type: 'BooleanAnnotation',
    key: 'boolValue',
    value: ({ boolValue }) => (typeof boolValue === 'boolean' ? { value: boolValue } : undefined),
  },
  FileAnnotationI: { type: 'FileAnnotation', key: 'file', value: fileValue },
  ListAnnotationI: { type: 'ListAnnotation', key: '', value: () => ({}) },
};

const given = (value: string | undefined): object | undefined => (value === undefined ? undefined : { value });

/** A 64-bit integer with all its digits; above 2^53 it comes as a text. */
function integerText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? value : undefined;
}

function decodeAnnotation(entry: JsonObject, context: DecodeContext): Annotation | undefined {
  const name = asText(entry.class);
  const known = name !== undefined && Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
  const id = digitsOf(entry.id);
  if (known === undefined || id === undefined) {
    const [code, key] =
      known === undefined ? (['web-class-unknown', 'class'] as const) : (['ome-value-invalid', 'id'] as const);
    tell(context, code, name ?? 'annotation', key, entry[key]);
    return undefined;
  }
  const ref = `${known.type}:${id}`;
  const value = known.value(entry, ref, context);
  if (value === undefined) {
    const code = isAbsent(entry[known.key]) ? 'web-value-missing' : 'ome-value-invalid';
    tell(context, code, ref, known.key, entry[known.key]);
    return undefined;
  }
  if (!isAbsent(entry.name) && entry.name !== '') tell(context, 'ome-element-unknown', known.type, 'name');
  return { type: known.type, ref, ...baseOf(entry, ref, context), ...value } as Annotation;
}

function baseOf(entry: JsonObject, ref: string, context: DecodeContext): object {
  const namespace = textIn(entry, 'ns', ref, context);
  const description = textIn(entry, 'description', ref, context);
  const annotator = idIn(entry.owner);
  const date = isAbsent(entry.date) ? undefined : webDate(asText(entry.date) ?? '');
  if (date === undefined && !isAbsent(entry.date)) tell(context, 'ome-value-invalid', ref, 'date', entry.date);
  return {
    ...(namespace !== undefined && { namespace }),
    ...(description !== undefined && { description }),
    ...(annotator !== undefined && { annotator: `Experimenter:${annotator}` }),
    ...(date !== undefined && { date }),
  };
}

/** A text that may be missing, null or empty, which all mean the same. */
function textIn(json: JsonObject, key: string, ref: string, context: DecodeContext): string | undefined {
  const value = json[key];
  if (isAbsent(value) || value === '') return undefined;
  if (typeof value === 'string') return cleanText(value, context, ref, key);
  tell(context, 'ome-value-invalid', ref, key, value);
  return undefined;
}

function mapValue(entry: JsonObject, ref: string, context: DecodeContext): object | undefined {
  const pairs = asArray(entry.values);
  if (pairs === undefined) return undefined;
  const value = pairs.flatMap((pair): KeyValue[] => {
    const [key, content] = asArray(pair)?.map((side) => (side === null ? '' : asText(side))) ?? [];
    if (key !== undefined && content !== undefined)
      return [[cleanText(key, context, ref, 'values'), cleanText(content, context, ref, 'values')]];
    tell(context, 'ome-value-invalid', ref, 'values', pair);
    return [];
  });
  return { value };
}

/** A path of a computer where a name should be: only what is behind its last separator is a name. */
const PATH = /^(?:[/\\]|~\/|[A-Za-z]:[/\\])/;

function fileValue(entry: JsonObject, ref: string, context: DecodeContext): object | undefined {
  // A file that may not be read has no entry.
  if (isAbsent(entry.file)) return {};
  const file = asObject(entry.file);
  if (file === undefined) return undefined;
  const name = textIn(file, 'name', ref, context) ?? '';
  const size = Number(digitsOf(file.size) ?? Number.NaN);
  const mimeType = textIn(file, 'mimetype', ref, context);
  if (!isAbsent(file.size) && !Number.isSafeInteger(size)) tell(context, 'ome-value-invalid', ref, 'size', file.size);
  return {
    file: {
      fileName: PATH.test(name) ? name.replace(/^.*[/\\]/, '') : name,
      ...(Number.isSafeInteger(size) && { size }),
      ...(mimeType !== undefined && { mimeType }),
    },
  };
}

/** The people in an answer of `/webclient/api/annotations/`: who made its annotations and links. */
export function annotationPeople(json: Json): readonly Experimenter[] {
  return (asArray(asObject(json)?.experimenters) ?? []).flatMap((entry): Experimenter[] => {
    const person = asObject(entry);
    const id = digitsOf(person?.id);
    if (person === undefined || id === undefined) return [];
    const firstName = asText(person.firstName);
    const lastName = asText(person.lastName);
    const userName = asText(person.omeName);
    return [
      {
        type: 'Experimenter',
        ref: `Experimenter:${id}`,
        ...(firstName !== undefined && { firstName }),
        ...(lastName !== undefined && { lastName }),
        ...(userName !== undefined && { userName }),
      },
    ];
  });
}

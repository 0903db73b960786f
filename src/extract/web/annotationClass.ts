import type { Annotation, KeyValue } from '../../ome/model.js';
import { asArray, asObject, asText, type Json, type JsonObject } from '../json.js';
import { momentOf, numberText } from './decodeAttributes.js';
import { cleanText, type DecodeContext, digitsOf, tell } from './decodeContext.js';
import { isAbsent } from './encodedParts.js';

/** Reads what an annotation of a class has beside the others; undefined when there is no value, or none of its type. */
export type ValueReader = (entry: JsonObject, ref: string, context: DecodeContext) => object | undefined;

const text =
  (key: string): ValueReader =>
  (entry, ref, context) => {
    const value = asText(entry[key]);
    return value === undefined ? undefined : { value: cleanText(value, context, ref, key) };
  };

/** How a class of annotations is read. */
export interface AnnotationClass {
  readonly type: Annotation['type'];
  /** The key that holds the value. */
  readonly key: string;
  readonly value: ValueReader;
}

const CLASSES: Readonly<Record<string, AnnotationClass>> = {
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
    value: (entry) => given(doubleText(entry.doubleValue)),
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

/** A double with the point that it has in Python and in OME-XML (`5.0`). */
function doubleText(value: Json | undefined): string | undefined {
  return Number.isInteger(value) && Math.abs(value as number) < 1e16 ? (value as number).toFixed(1) : numberText(value);
}

/** How annotations of an Ice class (`MapAnnotationI`) are read; undefined for a class that is not known. */
export function annotationClass(name: string | undefined): AnnotationClass | undefined {
  return name !== undefined && Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
}

/** A text that may be missing, null or empty, which all mean the same. */
export function textIn(json: JsonObject, key: string, ref: string, context: DecodeContext): string | undefined {
  const value = json[key];
  if (isAbsent(value) || value === '') return undefined;
  if (typeof value === 'string') return cleanText(value, context, ref, key);
  tell(context, 'ome-value-invalid', ref, key, value);
  return undefined;
}

function mapValue(entry: JsonObject, ref: string, context: DecodeContext): object | undefined {
  const pairs = asArray(entry.values);
  if (pairs === undefined) return undefined;
  const value: KeyValue[] = [];
  for (const pair of pairs) {
    const sides = asArray(pair);
    const key = sideOf(sides?.[0]);
    const content = sideOf(sides?.[1]);
    if (key === undefined || content === undefined) tell(context, 'ome-value-invalid', ref, 'values', pair);
    else value.push([cleanText(key, context, ref, 'values'), cleanText(content, context, ref, 'values')]);
  }
  return { value };
}

/** Half a pair; OMERO's database lets a value be null. */
const sideOf = (side: Json | undefined): string | undefined => (side === null ? '' : asText(side));

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

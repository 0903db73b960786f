import type { Annotation, Experimenter, ObjectRef, OmeType } from '../../ome/model.js';
import { asArray, asObject, asText, type Json, type JsonObject } from '../json.js';
import { annotationClass, textIn } from './annotationClass.js';
import { type DecodeContext, digitsOf, tell } from './decodeContext.js';
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

function decodeAnnotation(entry: JsonObject, context: DecodeContext): Annotation | undefined {
  const name = asText(entry.class);
  const known = annotationClass(name);
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

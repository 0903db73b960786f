import type { Annotation, ObjectRef, OmeObject, OmeRecord } from '../../../src/ome/model.js';

/**
 * What can be said of an object or annotation as one line each, so that rows of a server and records of an export can be
 * compared. A fact begins with its kind.
 */
const fact = (kind: string, subject: string, ...rest: readonly unknown[]): string =>
  [kind, subject, ...rest.map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))].join('\t');

export const facts = {
  object: (ref: string, label: readonly unknown[], owner?: string, group?: string): string =>
    fact('object', ref, label, owner ?? '', group ?? ''),
  description: (ref: string, text: string): string => fact('description', ref, [text]),
  in: (child: string, parent: string): string => fact('in', child, parent),
  container: (ref: string, container: string): string => fact('container', ref, container),
  field: (well: string, sample: string, image: string): string => fact('field', well, sample, image),
  run: (run: string, sample: string): string => fact('run', run, sample),
  annotation: (
    ref: string,
    ns: string | undefined,
    description: string | undefined,
    owner: string,
    value: unknown,
  ): string => fact('annotation', ref, ns ?? '', [description ?? ''], owner, value),
  carries: (target: string, annotation: string): string => fact('carries', target, annotation),
  fileset: (image: string, fileset: string, series: number): string => fact('fileset', image, fileset, series),
  imported: (image: string, date: string): string => fact('imported', image, date),
  acquired: (image: string, date: string): string => fact('acquired', image, date),
  pixels: (image: string, type: string, sizes: readonly unknown[]): string => fact('pixels', image, type, sizes),
  externalInfo: (ref: string, lsid?: string, uuid?: string): string =>
    fact('externalInfo', ref, lsid ?? '', uuid ?? ''),
} as const;

const OPTIONAL: ReadonlySet<string> = new Set(['fileset', 'pixels', 'externalInfo', 'acquired', 'imported']);
/** Objects that a generated server knows no truth of. */
const UNCOMPARED = /^(Fileset|OriginalFile|Pixels|Channel|Instrument|Shape)/;

/** Whether a fact may be said without being expected: it depends on what was asked for, or says of an object only that it is. */
export const isHarmless = (line: string): boolean =>
  OPTIONAL.has(line.slice(0, line.indexOf('\t'))) ||
  line.startsWith('container\tMapAnnotation:table.') ||
  /^object\t[^\t]+\t\[null\]\t\t$/.test(line);

/** The facts of a record. */
export function* factsOf(record: OmeRecord): Generator<string> {
  if (record.kind === 'annotated') {
    yield* annotationFacts(record.annotation, record.targets, record.containers);
    return;
  }
  const { object, parents, parts, containers } = record;
  if (!UNCOMPARED.test(object.type)) {
    yield* objectFacts(object);
    for (const parent of parents) yield facts.in(object.ref, parent);
    for (const part of parts) if (!UNCOMPARED.test(part)) yield facts.in(part, object.ref);
    for (const container of containers) yield facts.container(object.ref, container);
  }
  for (const annotation of record.annotations) yield* annotationFacts(annotation, [object.ref], containers);
}

function* annotationFacts(
  annotation: Annotation,
  targets: readonly ObjectRef[],
  containers: readonly string[],
): Generator<string> {
  const { ref, namespace, description, annotator } = annotation;
  yield facts.annotation(ref, namespace, description, annotator ?? '', valueOf(annotation));
  for (const target of targets) yield facts.carries(target, ref);
  for (const container of containers) yield facts.container(ref, container);
}

function valueOf(annotation: Annotation): unknown {
  switch (annotation.type) {
    case 'FileAnnotation':
      return [annotation.file?.fileName, annotation.file?.size, annotation.file?.mimeType];
    case 'ListAnnotation':
      return null;
    case 'DoubleAnnotation':
      return Number(annotation.value);
    default:
      return annotation.value;
  }
}

function* objectFacts(object: OmeObject): Generator<string> {
  const { ref } = object;
  const { experimenter, experimenterGroup, externalInfo } = object as Partial<Extract<OmeObject, { type: 'Image' }>>;
  yield facts.object(ref, labelOf(object), experimenter, experimenterGroup);
  if ('description' in object && object.description !== undefined) yield facts.description(ref, object.description);
  if (externalInfo !== undefined) yield facts.externalInfo(ref, externalInfo.lsid, externalInfo.uuid);
  if (object.type === 'Well') {
    for (const { ref: sample, image } of object.wellSamples) yield facts.field(ref, sample, image ?? '');
  }
  if (object.type === 'PlateAcquisition') for (const sample of object.wellSamples ?? []) yield facts.run(ref, sample);
  if (object.type !== 'Image') return;
  const { fileset, series, importDate, acquisitionDate, pixels } = object;
  if (fileset !== undefined) yield facts.fileset(ref, fileset, series ?? -1);
  if (importDate !== undefined) yield facts.imported(ref, importDate);
  if (acquisitionDate !== undefined) yield facts.acquired(ref, acquisitionDate);
  if (pixels === undefined) return;
  const { type, sizeX, sizeY, sizeZ, sizeC, sizeT } = pixels as typeof pixels & { kind?: string };
  yield facts.pixels(ref, pixels.kind ?? type, [sizeX, sizeY, sizeZ, sizeC, sizeT]);
}

function labelOf(object: OmeObject): readonly unknown[] {
  switch (object.type) {
    case 'Well':
      return [object.row, object.column];
    case 'Experimenter':
      return [object.firstName, object.lastName];
    default:
      return ['name' in object ? object.name : undefined];
  }
}

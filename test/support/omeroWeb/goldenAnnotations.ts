import { ADA, ANNOTATE, GRACE } from './goldenPeople.js';
import type { AnnotationLinkRow, AnnotationRow, Millis } from './rows.js';

/** Annotations and links are made one a second, by the last digits of their ids. */
const annotated = (id: number): Millis => Date.UTC(2023, 10, 14, 22, 30, 0) + (id - 1000) * 1000;
const linked = (id: number): Millis => Date.UTC(2023, 10, 14, 23, 36, 40) + (id - 5000) * 1000;

/** Annotations of the golden study: one of each class. */
export function annotationRows(): AnnotationRow[] {
  const by = (id: number, owner: number, ns?: string) => ({
    id,
    owner,
    group: ANNOTATE,
    date: annotated(id),
    ...(ns === undefined ? {} : { ns }),
  });
  const omero = 'openmicroscopy.org';
  return [
    {
      ...by(1001, ADA, `${omero}/omero/client/mapAnnotation`),
      class: 'MapAnnotationI',
      values: [
        ['Organism', 'Homo sapiens'],
        ['Cell line', 'HeLa'],
        ['Gene', 'TUBB'],
        ['Gene', 'H2BC1'],
        ['', ''],
        ['µ-key', 'value with "quotes"\nand newline'],
      ],
    },
    {
      ...by(1002, GRACE, `${omero}/mapr/organism`),
      description: 'bulk',
      class: 'MapAnnotationI',
      values: [['Organism', 'Homo sapiens']],
    },
    { ...by(1003, ADA), description: 'mitotic phase', class: 'TagAnnotationI', textValue: 'metaphase' },
    {
      ...by(1004, ADA, `${omero}/omero/insight/tagset`),
      description: 'phases',
      class: 'TagAnnotationI',
      textValue: 'Mitosis phases',
    },
    { ...by(1005, GRACE), class: 'CommentAnnotationI', textValue: 'Check focus at T=2' },
    { ...by(1006, ADA, `${omero}/omero/bulk_annotations`), class: 'FileAnnotationI', file: 2001 },
    { ...by(1007, ADA), description: 'protocol', class: 'FileAnnotationI', file: 2002 },
    { ...by(1008, GRACE, `${omero}/omero/insight/rating`), class: 'LongAnnotationI', longValue: 4 },
    { ...by(1009, ADA, 'example.org/snr'), class: 'DoubleAnnotationI', doubleValue: 12.75 },
    { ...by(1010, ADA, 'example.org/qc'), class: 'BooleanAnnotationI', boolValue: true },
    { ...by(1011, ADA, 'example.org/fixed-at'), class: 'TimestampAnnotationI', timeValue: 1672531200000 },
    { ...by(1012, ADA, 'example.org/go'), class: 'TermAnnotationI', termValue: 'GO:0000278' },
    {
      ...by(1013, ADA, 'example.org/xml'),
      description: 'xml note',
      class: 'XmlAnnotationI',
      textValue: '<a xmlns="http://x.org/">1 &lt; 2</a>',
    },
    { ...by(1014, ADA, `${omero}/omero/client/mapAnnotation`), class: 'MapAnnotationI', values: [] },
  ];
}

/** Parent and annotation of the links 5001 and following; the third place is an owner other than ada. */
const LINKS = [
  ['Project', 101, 1001],
  ['Project', 101, 1003],
  ['Dataset', 201, 1005, GRACE],
  ['Dataset', 202, 1002, GRACE],
  ['Image', 301, 1001],
  ['Image', 301, 1002, GRACE],
  ['Image', 301, 1003, GRACE],
  ['Image', 301, 1005, GRACE],
  ['Image', 301, 1007],
  ['Image', 301, 1008, GRACE],
  ['Image', 301, 1009],
  ['Image', 301, 1010],
  ['Image', 301, 1011],
  ['Image', 301, 1012],
  ['Image', 301, 1013],
  ['Image', 302, 1001],
  ['Image', 302, 1014],
  ['Screen', 401, 1002],
  ['Plate', 411, 1006],
  ['PlateAcquisition', 421, 1005, GRACE],
  ['Well', 431, 1002],
  ['Screen', 401, 1006],
] as const;

/** Their links. */
export const annotationLinkRows = (): AnnotationLinkRow[] =>
  LINKS.map(([parentType, parent, annotation, owner = ADA], at) => ({
    id: 5001 + at,
    parentType,
    parent,
    annotation,
    owner,
    date: linked(5001 + at),
  }));

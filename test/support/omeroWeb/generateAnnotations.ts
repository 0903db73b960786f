import { pairsOf, tagText } from './biology.js';
import { type Making, otherOwner } from './generate.js';
import type { AnnotatedType, AnnotationRow, DataRow } from './rows.js';

const CLIENT = 'openmicroscopy.org/omero/client/mapAnnotation';
const TAG_SET = 'openmicroscopy.org/omero/insight/tagset';
const WRITTEN = Date.UTC(2023, 10, 14, 22, 30);
const LINKED = Date.UTC(2023, 10, 14, 23, 36);

type Body = AnnotationRow extends infer Row
  ? Row extends AnnotationRow
    ? Omit<Row, keyof DataRow | 'date'>
    : never
  : never;

/** What lies on the objects of a generated server. */
export function annotate(making: Making): void {
  const { options, rows } = making;
  const write = (on: DataRow, body: Body): AnnotationRow => {
    const id = making.next('annotation');
    const row = {
      id,
      group: on.group,
      owner: on.owner,
      date: WRITTEN + rows.annotations.length * 1000,
      ...body,
    } as AnnotationRow;
    rows.annotations.push(row);
    return row;
  };
  const attach: Attach = (parentType, on, annotation, owner = on.owner) => {
    const id = making.next('annotationLink');
    rows.annotationLinks.push({
      id,
      parentType,
      parent: on.id,
      annotation: annotation.id,
      owner,
      date: LINKED + rows.annotationLinks.length * 1000,
    });
  };
  const pairs = (type: AnnotatedType, on: DataRow, count: number, ns: string, salt = 0, odd = false): void => {
    const { seed } = options;
    const { id } = on;
    attach(type, on, write(on, { class: 'MapAnnotationI', ns, values: () => pairsOf(seed + salt, id, count, odd) }));
  };

  const inDatasets = new Set(rows.datasetImages.map((link) => link.child));
  rows.images.forEach((image, i) => {
    const count = inDatasets.has(image.id) ? options.pairsPerImage : Math.min(2, options.pairsPerImage);
    const odd = options.oddOneIn > 0 && i % options.oddOneIn === 1;
    if (i % 7 === 6 && count > 1) {
      pairs('Image', image, 1, 'openmicroscopy.org/mapr/gene', 100);
      pairs('Image', image, count - 1, CLIENT, 0, odd);
    } else if (count > 0) pairs('Image', image, count, CLIENT, 0, odd);
  });
  for (const project of rows.projects) pairs('Project', project, 3, CLIENT, 200);
  for (const dataset of rows.datasets) pairs('Dataset', dataset, 2, CLIENT, 300);
  for (const screen of rows.screens) pairs('Screen', screen, 3, CLIENT, 400);
  for (const well of rows.wells) pairs('Well', well, 2, 'openmicroscopy.org/mapr/gene', 500);
  for (const plate of rows.plates)
    attach('Plate', plate, write(plate, { class: 'CommentAnnotationI', textValue: 'plate' }));

  shared(making, write, attach);
  tags(making, write, attach);
  for (const project of rows.projects) {
    for (let i = 0; i < options.attachments; i += 1) attach('Project', project, file(making, project, write));
  }
  everyClass(making, write, attach);
  const crowded = rows.images[1];
  for (let i = 0; crowded !== undefined && i < options.crowd; i += 1) {
    attach('Image', crowded, write(crowded, { class: 'CommentAnnotationI', textValue: `remark ${i}` }));
  }
  tables(making, write, attach);
}

type Write = (on: DataRow, body: Body) => AnnotationRow;
type Attach = (type: AnnotatedType, on: DataRow, annotation: AnnotationRow, owner?: number) => void;

/** Annotations may only be linked inside their group. */
function shared(making: Making, write: Write, attach: Attach): void {
  const { options, rows } = making;
  for (let i = 0; i < options.sharedAnnotations; i += 1) {
    const first = rows.images[(i * 20) % Math.max(1, rows.images.length)];
    if (first === undefined) return;
    const by = { ...first, owner: otherOwner(making, first.owner) };
    const annotation = write(by, {
      class: 'MapAnnotationI',
      ns: CLIENT,
      description: 'shared',
      values: [
        ['Protocol', `shared protocol ${i}`],
        ['Step', '1'],
        ['Step', '2'],
      ],
    });
    const others = rows.images.filter((image) => image.group === first.group).slice(i * 20, i * 20 + 20);
    for (const image of others) attach('Image', image, annotation);
  }
}

/** Tags of each group that holds data, a tag set over them, tags on every fourth image and each dataset. */
function tags(making: Making, write: Write, attach: Attach): void {
  const { options, rows } = making;
  if (options.tags === 0) return;
  for (const group of new Set(rows.images.map((image) => image.group))) {
    const images = rows.images.filter((image) => image.group === group);
    const [first] = images;
    if (first === undefined) continue;
    const all = Array.from({ length: options.tags }, (_, i) =>
      write(first, { class: 'TagAnnotationI', textValue: tagText(i), ...(i % 2 === 0 && { description: 'a tag' }) }),
    );
    const tagOf = (i: number): AnnotationRow => all[i % all.length] ?? all[0]!;
    images.forEach((image, i) => {
      const by = i % 12 === 8 ? otherOwner(making, image.owner) : image.owner;
      if (i % 4 === 0) attach('Image', image, tagOf(i / 4), by);
    });
    rows.datasets
      .filter((dataset) => dataset.group === group)
      .forEach((dataset, i) => attach('Dataset', dataset, tagOf(i)));
    for (let s = 0; s < options.tagSets; s += 1) {
      const set = write(first, {
        class: 'TagAnnotationI',
        ns: TAG_SET,
        textValue: `set ${s}`,
        description: 'a tag set',
      });
      all.filter((_, i) => i % options.tagSets === s).forEach((tag) => making.link('tagSets', set, tag));
    }
  }
}

function file({ rows, next }: Making, on: DataRow, write: Write): AnnotationRow {
  const id = next('file');
  rows.files.push({
    id,
    name: `protocol v${id}.pdf`,
    path: '/home/ada/',
    size: 12345 + rows.files.length,
    mimetype: 'application/pdf',
  });
  return write(on, { class: 'FileAnnotationI', description: 'protocol', file: id });
}

/** One annotation of each class on the first objects of each type. */
function everyClass(making: Making, write: Write, attach: Attach): void {
  const { rows, options } = making;
  const types: readonly (readonly [AnnotatedType, readonly DataRow[]])[] = [
    ['Image', rows.images],
    ['Project', rows.projects],
    ['Dataset', rows.datasets],
    ['Screen', rows.screens],
    ['Plate', rows.plates],
    ['PlateAcquisition', rows.plateAcquisitions],
    ['Well', rows.wells],
  ];
  for (const [type, all] of types) {
    for (const on of all.slice(0, options.everyClass)) {
      for (const body of BODIES) attach(type, on, write(on, body));
      attach(type, on, file(making, on, write));
    }
  }
}

const BODIES: readonly Body[] = [
  { class: 'MapAnnotationI', ns: 'example.org/empty', values: [] },
  { class: 'MapAnnotationI', values: [['no namespace', 'µ']] },
  { class: 'CommentAnnotationI', textValue: 'Check focus at T=2\n"second" line 🔬' },
  { class: 'TagAnnotationI', textValue: 'only here' },
  { class: 'LongAnnotationI', ns: 'openmicroscopy.org/omero/insight/rating', longValue: 4 },
  { class: 'LongAnnotationI', ns: 'example.org/count', longValue: 9007199254740993n },
  { class: 'LongAnnotationI', ns: 'example.org/min', longValue: -9223372036854775808n },
  { class: 'DoubleAnnotationI', ns: 'example.org/snr', doubleValue: 12.75 },
  { class: 'DoubleAnnotationI', ns: 'example.org/none', doubleValue: Number.NaN },
  { class: 'BooleanAnnotationI', ns: 'example.org/qc', boolValue: false },
  { class: 'TimestampAnnotationI', ns: 'example.org/fixed-at', timeValue: Date.UTC(2023, 0, 1) },
  { class: 'TermAnnotationI', ns: 'example.org/go', termValue: 'GO:0000278' },
  {
    class: 'XmlAnnotationI',
    ns: 'example.org/xml',
    description: 'xml note',
    textValue: '<a xmlns="http://x.org/">1 &lt; 2</a>',
  },
  { class: 'ListAnnotationI', ns: 'example.org/list' },
];

const BULK = 'openmicroscopy.org/omero/bulk_annotations';

/** A table with a row for each well of a screen, or each image of a project. */
function tables({ rows, options, next }: Making, write: Write, attach: Attach): void {
  const carriers = [
    ...rows.screens.map((on) => ['Screen', on] as const),
    ...rows.projects.map((on) => ['Project', on] as const),
  ].slice(0, options.tables);
  for (const [type, on] of carriers) {
    const members =
      type === 'Screen'
        ? rows.wells.filter((well) => rows.screenPlates.some((l) => l.parent === on.id && l.child === well.plate))
        : rows.images.filter((image) =>
            rows.datasetImages.some(
              (l) =>
                l.child === image.id && rows.projectDatasets.some((p) => p.parent === on.id && p.child === l.parent),
            ),
          );
    const id = next('file');
    rows.files.push({ id, name: 'bulk_annotations', path: '', size: 4096, mimetype: 'OMERO.tables' });
    rows.tables.push({
      file: id,
      columns: [
        { name: type === 'Screen' ? 'Well' : 'Image', type: type === 'Screen' ? 'WellColumn' : 'ImageColumn' },
        { name: 'siRNA', type: 'StringColumn' },
        { name: 'Cell count', type: 'LongColumn' },
        { name: 'Score', type: 'DoubleColumn' },
      ],
      rowCount: members.length,
      row: (index) => [members[index]?.id ?? -1, `siRNA "${index}" µ`, index * 10, index / 4],
    });
    attach(type, on, write(on, { class: 'FileAnnotationI', ns: BULK, file: id }));
  }
}

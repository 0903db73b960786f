import type { VisibilityPolicy } from '../../../src/extract/visibility.js';
import { READER } from './generate.js';
import { type AnnotatedType, type AnnotationRow, type DataRow, force, type LinkRow, type ServerRows } from './rows.js';
import { rightsOf } from './rights.js';
import { facts } from './truthFacts.js';

export interface TruthOptions {
  /** Id of the user that reads. */
  readonly user?: number | undefined;
  readonly policy?: VisibilityPolicy | undefined;
  /** Whether ROIs are read. */
  readonly rois?: boolean | undefined;
  /** Whether the rows of bulk tables are read (as by default). */
  readonly tables?: boolean | undefined;
}

/** What an export of a whole server must say: straight from its rows, without any HTTP. */
export interface Truth {
  /** Objects by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** Facts, unsorted; some may come twice. */
  facts(): Iterable<string>;
}

/** The truth about a server for a user under a policy. */
export function truthOf(rows: ServerRows, options: TruthOptions = {}): Truth {
  const rights = rightsOf(rows, options.user ?? READER.id, options.policy);
  const all = () => gather(rows, rights.isVisible, rights.isOwnerVisible, options);
  const counts: Record<string, number> = {};
  for (const line of all()) {
    const type = /^object\t([A-Za-z]+):/.exec(line)?.[1];
    if (type !== undefined) counts[type] = (counts[type] ?? 0) + 1;
  }
  return { counts, facts: all };
}

type Visible = (row: DataRow) => boolean;

/** The facts of all that is visible; people and groups come last, with the containers in which they are named. */
function* gather(
  rows: ServerRows,
  isVisible: Visible,
  isOwnerVisible: (id: number) => boolean,
  options: TruthOptions,
): Generator<string> {
  const containers = new Map<string, readonly string[]>();
  const named = new Map<string, Set<string>>();
  const name = (ref: string, where: readonly string[]): void => {
    const known = named.get(ref) ?? new Set();
    named.set(ref, known);
    for (const container of where) known.add(container);
  };
  function* object(
    type: string,
    row: DataRow & { name?: string; description?: string },
    where: readonly string[],
    parents: readonly string[],
    label: readonly unknown[] = [row.name],
    owned = true,
  ): Generator<string> {
    const ref = `${type}:${row.id}`;
    containers.set(ref, where);
    const owner = `Experimenter:${row.owner}`;
    const group = `ExperimenterGroup:${row.group}`;
    yield owned ? facts.object(ref, label, owner, group) : facts.object(ref, label);
    if (owned) for (const who of [owner, group]) name(who, where);
    if (row.description !== undefined && row.description !== '') yield facts.description(ref, row.description);
    if (row.externalInfo !== undefined) yield facts.externalInfo(ref, row.externalInfo.lsid, row.externalInfo.uuid);
    for (const parent of parents) yield facts.in(ref, parent);
    for (const container of where) yield facts.container(ref, container);
  }
  const above = (ids: readonly number[], type: string): string[] =>
    [...new Set(ids)].map((id) => `${type}:${id}`).filter((ref) => containers.has(ref));
  const around = (parents: readonly string[]): readonly string[] => {
    const found = [...new Set(parents.flatMap((ref) => containers.get(ref) ?? []))].sort();
    return found.length === 0 ? ['orphans'] : found;
  };

  for (const row of rows.projects.filter(isVisible)) yield* object('Project', row, [`Project:${row.id}`], []);
  for (const row of rows.screens.filter(isVisible)) yield* object('Screen', row, [`Screen:${row.id}`], []);
  const projectsOf = parentsBy(rows.projectDatasets);
  for (const row of rows.datasets.filter(isVisible)) {
    const parents = above(projectsOf.get(row.id) ?? [], 'Project');
    yield* object('Dataset', row, around(parents), parents);
  }
  const screensOf = parentsBy(rows.screenPlates);
  for (const row of rows.plates.filter(isVisible)) {
    const parents = above(screensOf.get(row.id) ?? [], 'Screen');
    yield* object('Plate', row, around(parents), parents);
  }

  const samples = new Map<number, string[]>();
  const platesOf = new Map<number, string>();
  for (const row of rows.wells.filter(isVisible)) {
    const parents = above([row.plate], 'Plate');
    yield* object('Well', row, around(parents), parents, [row.row, row.column]);
    for (const { id, image, plateAcquisition } of row.samples) {
      yield facts.field(`Well:${row.id}`, `WellSample:${id}`, `Image:${image}`);
      platesOf.set(image, `Plate:${row.plate}`);
      if (plateAcquisition === undefined) continue;
      const run = samples.get(plateAcquisition) ?? [];
      samples.set(plateAcquisition, run);
      run.push(`WellSample:${id}`);
    }
  }
  for (const row of rows.plateAcquisitions.filter(isVisible)) {
    const fields = samples.get(row.id);
    // A run without fields is nowhere in OMERO.web's JSON once its plate's list fails.
    const parents = above([row.plate], 'Plate');
    yield* object('PlateAcquisition', row, around(parents), parents, [row.name], false);
    for (const sample of fields ?? []) yield facts.run(`PlateAcquisition:${row.id}`, sample);
  }

  const datasetsOf = parentsBy(rows.datasetImages);
  for (const row of rows.images.filter(isVisible)) {
    const ref = `Image:${row.id}`;
    const parents = above(datasetsOf.get(row.id) ?? [], 'Dataset');
    const plate = platesOf.get(row.id);
    yield* object('Image', row, around(plate === undefined ? parents : [...parents, plate]), parents);
    const isField = plate !== undefined;
    if (!isField && row.fileset !== undefined) yield facts.fileset(ref, `Fileset:${row.fileset}`, row.series ?? -1);
    if (!isField) yield facts.imported(ref, new Date(row.importDate).toISOString().replace('.000Z', 'Z'));
    if (row.acquisitionDate !== undefined)
      yield facts.acquired(ref, new Date(row.acquisitionDate).toISOString().replace(/(\.000)?Z$/, ''));
    const pixels = row.pixels === undefined ? undefined : force(row.pixels);
    if (pixels === undefined) continue;
    yield facts.pixels(ref, pixels.type, [pixels.sizeX, pixels.sizeY, pixels.sizeZ, pixels.sizeC, pixels.sizeT]);
  }
  if (options.rois === true) {
    for (const row of rows.rois.filter((roi) => containers.has(`Image:${roi.image}`))) {
      const parents = [`Image:${row.image}`];
      yield* object('ROI', row, around(parents), parents, [row.name], false);
    }
  }

  const annotations = new Map(rows.annotations.map((row) => [row.id, row]));
  const annotationContainers = new Map<AnnotationRow, Set<string>>();
  for (const link of rows.annotationLinks) {
    const target = `${link.parentType}:${link.parent}`;
    const row = annotations.get(link.annotation);
    const where = containers.get(target);
    if (row === undefined || where === undefined || !isOwnerVisible(link.owner) || !isOwnerVisible(row.owner)) continue;
    yield facts.carries(target, annotationRef(row));
    const known = annotationContainers.get(row) ?? new Set();
    annotationContainers.set(row, known);
    for (const container of where) known.add(container);
  }
  for (const link of rows.tagSets) {
    const [set, tag] = [annotations.get(link.parent), annotations.get(link.child)];
    const where = tag && annotationContainers.get(tag);
    if (set === undefined || tag === undefined || where === undefined || !isVisible(set)) continue;
    yield facts.carries(annotationRef(set), annotationRef(tag));
    const known = annotationContainers.get(set) ?? new Set();
    annotationContainers.set(set, known);
    for (const container of where) known.add(container);
  }
  const files = new Map(rows.files.map((file) => [file.id, file]));
  for (const [row, where] of annotationContainers) {
    const ref = annotationRef(row);
    const owner = `Experimenter:${row.owner}`;
    const file = row.class === 'FileAnnotationI' ? files.get(row.file) : undefined;
    const value = file === undefined ? valueOf(row) : [file.name, file.size, file.mimetype];
    yield facts.annotation(ref, row.ns, row.description, owner, value);
    for (const container of where) yield facts.container(ref, container);
    name(owner, [...where]);
    if (row.class === 'FileAnnotationI' && options.tables !== false)
      yield* tableFacts(rows, row, owner, containers, where);
  }

  for (const user of rows.users) {
    const where = named.get(`Experimenter:${user.id}`);
    if (where === undefined) continue;
    yield facts.object(`Experimenter:${user.id}`, [user.firstName, user.lastName]);
    for (const container of where) yield facts.container(`Experimenter:${user.id}`, container);
  }
  for (const group of rows.groups) {
    const ref = `ExperimenterGroup:${group.id}`;
    const where = named.get(ref);
    if (where === undefined) continue;
    yield facts.object(ref, [group.name]);
    if (group.description !== undefined && group.description !== '') yield facts.description(ref, group.description);
    for (const container of where) yield facts.container(ref, container);
  }
}

function parentsBy(links: readonly LinkRow[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const { child, parent } of links) {
    const known = found.get(child) ?? [];
    found.set(child, known);
    known.push(parent);
  }
  return found;
}

const annotationRef = ({ class: name, id }: AnnotationRow): string =>
  `${name === 'XmlAnnotationI' ? 'XMLAnnotation' : name.slice(0, -1)}:${id}`;

function valueOf(row: AnnotationRow): unknown {
  switch (row.class) {
    case 'MapAnnotationI':
      return force(row.values);
    case 'TagAnnotationI':
    case 'CommentAnnotationI':
    case 'XmlAnnotationI':
      return row.textValue;
    case 'LongAnnotationI':
      return String(row.longValue);
    case 'DoubleAnnotationI':
      return row.doubleValue;
    case 'BooleanAnnotationI':
      return row.boolValue;
    case 'TimestampAnnotationI':
      return new Date(row.timeValue).toISOString().replace(/(\.000)?Z$/, '');
    case 'TermAnnotationI':
      return row.termValue;
    case 'FileAnnotationI':
      return [];
    case 'ListAnnotationI':
      return null;
  }
}

/** Rows of a bulk table as map annotations of what its first column names. */
function* tableFacts(
  rows: ServerRows,
  annotation: AnnotationRow & { class: 'FileAnnotationI' },
  owner: string,
  containers: ReadonlyMap<string, readonly string[]>,
  carriers: ReadonlySet<string>,
): Generator<string> {
  const table = rows.tables.find((one) => one.file === annotation.file);
  for (let i = 0; table !== undefined && i < table.rowCount; i += 1) {
    const [id, ...cells] = table.row(i);
    const target = `${(table.columns[0]?.type ?? '').replace('Column', '') as AnnotatedType}:${id}`;
    const all = containers.get(target);
    if (all === undefined) continue;
    // What lies elsewhere too may have its row only where the table is.
    const where = all.filter((container) => carriers.has(container));
    const ref = `MapAnnotation:table.${table.file}.${i}`;
    const pairs = cells.map((cell, c) => [table.columns[c + 1]?.name, String(cell)]);
    yield facts.annotation(ref, annotation.ns, undefined, owner, pairs);
    yield facts.carries(target, ref);
    for (const container of where) yield facts.container(ref, container);
  }
}

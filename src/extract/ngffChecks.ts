import { asArray, asNumber, asObject, asText, type Json, type JsonObject } from './json.js';
import { axesOf, isInside, transformationsOf } from './ngffMultiscale.js';

/** What is wrong, each as `json/path: what is wrong`. */
type Problems = Generator<string, void>;

/**
 * What breaks the rules of OME-Zarr in the attributes of one group. The rules are those that 0.4, 0.5 and the 0.6 drafts
 * share (NGFF sections "multiscales", "omero", "image-label", "plate", "well"); older versions are asked for less.
 */
export function* ngffProblems(ome: JsonObject, version: string | undefined): Problems {
  const old = /^0\.[123]$/.test(version ?? '');
  if ('multiscales' in ome) yield* multiscaleProblems(ome.multiscales, old);
  if ('omero' in ome) yield* omeroProblems(ome.omero);
  if ('image-label' in ome) yield* labelProblems(asObject(ome['image-label']));
  if ('plate' in ome) yield* plateProblems(asObject(ome.plate), old);
  if ('well' in ome) yield* wellProblems(asObject(ome.well));
}

function* multiscaleProblems(value: Json | undefined, old: boolean): Problems {
  const list = asArray(value) ?? [];
  if (list.length === 0) yield 'multiscales: is not a list with at least one image';
  for (const [i, entry] of list.entries()) {
    const at = `multiscales/${i}`;
    const multiscale = asObject(entry) ?? {};
    const axes = axesOf(multiscale);
    if (axes !== undefined) yield* axisProblems(axes, `${at}/axes`);
    else if (!old) yield `${at}/axes: is missing`;
    const datasets = asArray(multiscale.datasets) ?? [];
    if (datasets.length === 0) yield `${at}/datasets: is missing or empty`;
    for (const [j, dataset] of datasets.entries()) {
      const path = asText(asObject(dataset)?.path);
      if (path === undefined || !isInside(path)) yield `${at}/datasets/${j}/path: is not a path inside the image`;
      if (!old) yield* transformationProblems(dataset, `${at}/datasets/${j}`, axes?.length);
    }
    for (const t of transformationsOf(multiscale))
      yield* vectorProblems(t, `${at}/coordinateTransformations`, undefined);
  }
}

function* axisProblems(axes: readonly Json[], at: string): Problems {
  const names = axes.map((axis) => asText(axis) ?? asText(asObject(axis)?.name));
  if (axes.length < 2 || axes.length > 5) yield `${at}: there are ${axes.length} axes, not 2 to 5`;
  if (names.includes(undefined)) yield `${at}: an axis has no name`;
  else if (new Set(names).size < names.length) yield `${at}: two axes have the same name`;
  // Version 0.3 names its axes and says no more about them.
  if (axes.every((axis) => typeof axis === 'string')) return;
  const types = axes.map((axis) => asObject(axis)?.type);
  const spaces = types.filter((type) => type === 'space').length;
  if (spaces < 2 || spaces > 3) yield `${at}: there are ${spaces} axes of type space, not 2 or 3`;
  if (types.filter((type) => type === 'time').length > 1) yield `${at}: there is more than one time axis`;
  if (types.filter((type) => type !== 'space' && type !== 'time').length > 1)
    yield `${at}: there is more than one channel or custom axis`;
  for (const [i, name] of names.entries()) {
    if ((name === 'x' || name === 'y') && types[i] !== 'space')
      yield `${at}/${i}: the axis ${name} is not of type space`;
  }
}

const TRANSFORMATIONS: readonly unknown[] = ['scale', 'translation', 'sequence', 'identity'];

function* transformationProblems(dataset: Json, parent: string, dimensions: number | undefined): Problems {
  const at = `${parent}/coordinateTransformations`;
  const all = transformationsOf(dataset);
  if (all.length === 0) yield `${at}: is missing or empty`;
  else if (!all.every((t) => TRANSFORMATIONS.includes(t.type)))
    yield `${at}: a transformation is neither scale nor translation`;
  else if (all.filter((t) => t.type === 'scale').length > 1) yield `${at}: there is more than one scale`;
  else if (!all.some((t) => t.type === 'scale' || t.type === 'identity')) yield `${at}: there is no scale`;
  for (const t of all) yield* vectorProblems(t, at, dimensions);
}

function* vectorProblems(t: JsonObject, at: string, dimensions: number | undefined): Problems {
  if ((t.type !== 'scale' && t.type !== 'translation') || typeof t.path === 'string') return;
  const vector = asArray(t[t.type]);
  if (vector === undefined || vector.some((n) => asNumber(n) === undefined))
    yield `${at}: ${t.type} is not a list of numbers`;
  else if (dimensions !== undefined && vector.length !== dimensions) {
    yield `${at}: ${t.type} has ${vector.length} numbers for ${dimensions} axes`;
  }
}

function* omeroProblems(value: Json | undefined): Problems {
  const channels = asArray(asObject(value)?.channels);
  if (channels === undefined) yield 'omero/channels: is missing';
  for (const [i, entry] of (channels ?? []).entries()) {
    const { color, window } = asObject(entry) ?? {};
    const at = `omero/channels/${i}`;
    if (color !== undefined && !/^#?[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$/.test(asText(color) ?? ''))
      yield `${at}/color: is not RRGGBB`;
    const missing = ['min', 'max', 'start', 'end'].filter((key) => asNumber(asObject(window)?.[key]) === undefined);
    if (window !== undefined && missing.length > 0)
      yield `${at}/window: ${missing.join(', ')} is missing or not a number`;
  }
}

function* labelProblems(label: JsonObject | undefined): Problems {
  if (label === undefined) yield 'image-label: is not an object';
  for (const key of ['colors', 'properties']) {
    if (label?.[key] === undefined) continue;
    const list = (asArray(label[key]) ?? []).map(asObject);
    if (list.length === 0) yield `image-label/${key}: is not a list with at least one entry`;
    const values = list.map((entry) => asNumber(entry?.['label-value']));
    if (values.includes(undefined)) yield `image-label/${key}: an entry has no label-value`;
    if (new Set(values).size < values.length) yield `image-label/${key}: two entries have the same label-value`;
    for (const rgba of list.map((entry) => entry?.rgba)) {
      const isColor = asArray(rgba)?.length === 4 && asArray(rgba)?.every((n) => isCount(n) && Number(n) <= 255);
      if (rgba !== undefined && !isColor) yield `image-label/${key}/rgba: is not four numbers from 0 to 255`;
    }
  }
}

const isCount = (value: Json | undefined, least = 0): boolean => Number.isInteger(value) && Number(value) >= least;

/** Integers of an acquisition and the least each may be. */
const ACQUISITION_COUNTS = [
  ['maximumfieldcount', 1],
  ['starttime', 0],
  ['endtime', 0],
] as const;

function* plateProblems(plate: JsonObject | undefined, old: boolean): Problems {
  for (const key of ['rows', 'columns']) {
    const names = (asArray(plate?.[key]) ?? []).map((entry) => asText(asObject(entry)?.name));
    if (names.length === 0) yield `plate/${key}: is missing or empty`;
    else if (!names.every((name) => /^[A-Za-z0-9]+$/.test(name ?? '')))
      yield `plate/${key}: a name is missing or not alphanumeric`;
    else if (new Set(names).size < names.length) yield `plate/${key}: two have the same name`;
  }
  if (plate?.field_count !== undefined && !isCount(plate.field_count, 1))
    yield 'plate/field_count: is not a positive integer';
  if (plate?.name !== undefined && asText(plate.name) === undefined) yield 'plate/name: is not a text';
  if (plate?.acquisitions !== undefined && asArray(plate.acquisitions) === undefined)
    yield 'plate/acquisitions: is not a list';
  for (const [i, entry] of (asArray(plate?.acquisitions) ?? []).entries()) {
    const acquisition = asObject(entry);
    const at = `plate/acquisitions/${i}`;
    if (!isCount(acquisition?.id)) yield `${at}/id: is missing or not an integer from 0`;
    for (const [key, least] of ACQUISITION_COUNTS) {
      if (acquisition?.[key] !== undefined && !isCount(acquisition[key], least))
        yield `${at}/${key}: is not an integer from ${least}`;
    }
  }
  const wells = (asArray(plate?.wells) ?? []).map(asObject);
  if (wells.length === 0) yield 'plate/wells: is missing or empty';
  if (new Set(wells.map((well) => well?.path)).size < wells.length) yield 'plate/wells: two wells have the same path';
  for (const [i, well] of wells.entries()) {
    if (!/^[A-Za-z0-9]+\/[A-Za-z0-9]+$/.test(asText(well?.path) ?? ''))
      yield `plate/wells/${i}/path: is not row/column`;
    const missing = ['rowIndex', 'columnIndex'].filter((key) => !isCount(well?.[key]));
    if (!old && missing.length > 0) yield `plate/wells/${i}: ${missing.join(', ')} is missing or not an integer from 0`;
  }
}

function* wellProblems(well: JsonObject | undefined): Problems {
  const images = (asArray(well?.images) ?? []).map(asObject);
  const paths = images.map((image) => asText(image?.path));
  if (images.length === 0) yield 'well/images: is missing or empty';
  if (!paths.every((path) => /^[A-Za-z0-9]+$/.test(path ?? '')))
    yield 'well/images: a path is missing or not alphanumeric';
  if (new Set(paths).size < paths.length) yield 'well/images: two images have the same path';
  if (images.some((image) => image?.acquisition !== undefined && !isCount(image.acquisition))) {
    yield 'well/images: an acquisition is not an integer from 0';
  }
}

import { type Details, OME } from './details.js';
import { type Field, FIELDS, SYMBOLS } from './marshalFields.js';
import { floatText, textJson } from './pythonJson.js';
import { force, type ImageRow, type PixelsRow, type RoiRow, type ShapeRow, type WellRow } from './rows.js';
import type { DataRow, Quantity, WellSampleRow } from './rows.js';
import type { Store } from './store.js';

/** What the encoding of one answer depends on. */
export interface MarshalContext {
  readonly store: Store;
  readonly details: Details;
  /** Owner and group of the objects at the top as ids only. */
  readonly normalised: boolean;
  /** URL of an object or list below `/m/`. */
  url(path: string): string;
}

/** Members to put behind the others, each beginning with `, `. */
type More = string;

/** An object without parts: projects, datasets, screens, plates, runs. */
export function plainJson(
  type: 'Project' | 'Dataset' | 'Screen' | 'Plate' | 'PlateAcquisition',
  row: DataRow,
  context: MarshalContext,
  more: More,
): string {
  return objectJson(type, row, detailsOf(row, context, context.normalised), context, more);
}

/** An image with its Pixels unless left out, and their channels when they are loaded. */
export function imageJson(row: ImageRow, context: MarshalContext, load: 'none' | 'pixels' | 'channels', more: More) {
  const pixels = load === 'none' || row.pixels === undefined ? undefined : force<PixelsRow>(row.pixels);
  const part = pixels === undefined ? '' : `, "Pixels": ${pixelsJson(pixels, row, context, load === 'channels')}`;
  const details = detailsOf(row, context, context.normalised);
  return objectJson('Image', row, details, context, part + more);
}

function pixelsJson(pixels: PixelsRow, image: ImageRow, context: MarshalContext, withChannels: boolean): string {
  const details = context.details.ofData(image.group, image.owner, false);
  const channels = withChannels && pixels.channels !== undefined ? force(pixels.channels) : [];
  const texts = channels.map((channel) => objectJson('Channel', channel, details, context, ''));
  return objectJson(
    'Pixels',
    pixels,
    details,
    context,
    texts.length === 0 ? '' : `, "Channels": [${texts.join(', ')}]`,
  );
}

/** A well with some of its fields. */
export function wellJson(
  row: WellRow,
  samples: readonly WellSampleRow[],
  context: MarshalContext,
  withPixels: boolean,
  more: More,
): string {
  const inner = { ...context, normalised: false };
  const details = context.details.ofData(row.group, row.owner, false);
  const texts = samples.map((sample) => {
    const image = context.store.byId('images', sample.image);
    const run =
      sample.plateAcquisition === undefined
        ? undefined
        : context.store.byId('plateAcquisitions', sample.plateAcquisition);
    const url = `, "url:image": ${textJson(context.url(`images/${sample.image}/`))}`;
    const imageText =
      image === undefined ? '' : `, "Image": ${imageJson(image, inner, withPixels ? 'pixels' : 'none', url)}`;
    const runText = run === undefined ? '' : `, "PlateAcquisition": ${plainJson('PlateAcquisition', run, inner, '')}`;
    return objectJson('WellSample', sample, details, context, imageText + runText);
  });
  const part = texts.length === 0 ? '' : `, "WellSamples": [${texts.join(', ')}]`;
  return objectJson('Well', row, detailsOf(row, context, context.normalised), context, part + more);
}

/** A region of interest with its shapes. */
export function roiJson(row: RoiRow, context: MarshalContext, more: More): string {
  const texts = force(row.shapes).map((shape) => shapeJson(shape, row, context, ''));
  const part = texts.length === 0 ? '' : `, "shapes": [${texts.join(', ')}]`;
  return objectJson('ROI', row, detailsOf(row, context, context.normalised), context, part + more);
}

/** A shape; it has owner and group of its ROI. */
export function shapeJson(shape: ShapeRow, roi: RoiRow, context: MarshalContext, more: More): string {
  const details = context.details.ofData(roi.group, roi.owner, false);
  const transform =
    shape.transform === undefined
      ? ''
      : `, "Transform": ${objectJson('AffineTransform', shape.transform, details, context, '')}`;
  const head = `{"@type": "${OME}${shape.type}", "@id": ${shape.id}, "omero:details": ${details}`;
  return `${head}${members(FIELDS.Shape, shape, context)}${transform}${members(FIELDS[shape.type], shape, context)}${more}}`;
}

const detailsOf = (row: DataRow, context: MarshalContext, normalised: boolean): string =>
  context.details.ofData(row.group, row.owner, normalised, row.externalInfo);

function objectJson(
  type: keyof typeof FIELDS,
  row: { id: number },
  details: string,
  context: MarshalContext,
  more: More,
): string {
  const head = `{"@type": "${OME}${type}", "@id": ${row.id}, "omero:details": ${details}`;
  return `${head}${members(FIELDS[type], row, context)}${more}}`;
}

function members(fields: readonly Field[], row: object, context: MarshalContext): string {
  const columns = row as Readonly<Record<string, unknown>>;
  let text = '';
  for (const [key, column, kind = 'plain'] of fields) {
    const value = columns[column];
    if (value !== undefined) text += `, "${key}": ${valueJson(value, kind, context)}`;
  }
  return text;
}

function valueJson(value: unknown, kind: NonNullable<Field[2]>, context: MarshalContext): string {
  if (typeof kind === 'object') return enumJson(kind.enumeration, String(value), context);
  if (kind === 'float') return floatText(value as number);
  if (kind === 'plain') return typeof value === 'string' ? textJson(value) : String(value);
  const [number, unit, symbol = SYMBOLS[unit] ?? unit.toLowerCase()] = value as Quantity;
  return `{"@type": "TBD#${kind}", "Unit": "${unit}", "Symbol": ${textJson(symbol)}, "Value": ${floatText(number)}}`;
}

function enumJson(enumeration: string, value: string, { store, details }: MarshalContext): string {
  const id = store.rows.enums[`${enumeration}:${value}`] ?? 100 + value.length;
  return `{"@type": "TBD#${enumeration}", "@id": ${id}, "omero:details": ${details.ofEnum()}, "value": ${textJson(value)}}`;
}

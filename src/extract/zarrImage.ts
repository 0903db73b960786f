import { type Finding, finding } from '../findings.js';
import type { Channel, Image, ObjectRef, Pixels, Quantity } from '../ome/model.js';
import { asArray, asNumber, asObject, asText, type Json, type JsonObject } from './json.js';
import { axesOf, transformationsOf } from './ngffMultiscale.js';
import { omeUnit, pixelType, scaled } from './ngffUnits.js';
import type { ZarrArray } from './zarrGroup.js';

export interface ZarrImageOptions {
  /** Name for an image that has none. */
  readonly name: string;
  ref(type: 'Image' | 'Pixels' | 'Channel', suffix?: string): ObjectRef;
  readonly where: string;
  onFinding(f: Finding): void;
}

interface Axis {
  readonly name: string;
  readonly unit: string | undefined;
}

/**
 * An image of a multiscale (NGFF 0.4 and 0.5 "multiscales", "omero"): the array of the first level gives sizes and type,
 * its scale with the units of the axes the physical sizes, the channels of `omero` names and colours. The rendering
 * window of a channel is no part of the OME model and is left out.
 */
export function zarrImage(
  multiscale: JsonObject,
  omero: JsonObject | undefined,
  array: ZarrArray | undefined,
  options: ZarrImageOptions,
): Image {
  const axes = namedAxes(multiscale, array);
  const size = (name: string): number | undefined => {
    const i = axes.findIndex((axis) => axis.name === name);
    return array === undefined ? undefined : i < 0 ? 1 : array.shape[i];
  };
  const scale = scaleOf(multiscale, axes.length);
  const physical = (name: string): Quantity | undefined => {
    const i = axes.findIndex((axis) => axis.name === name);
    const unit = axes[i]?.unit;
    if (unit === undefined) return undefined;
    const symbol = omeUnit(unit);
    if (symbol === undefined)
      options.onFinding(finding('unit-unknown', options.where, { at: `axis ${name}`, detail: unit }));
    return scaled(scale?.[i], symbol);
  };
  const type = array === undefined ? undefined : pixelType(array.dataType);
  if (array !== undefined && type === undefined) {
    options.onFinding(finding('ome-value-invalid', options.where, { at: 'data type', detail: array.dataType }));
  }
  const pixels: Pixels = {
    type: 'Pixels',
    ref: options.ref('Pixels') as `Pixels:${string}`,
    kind: type,
    bigEndian: array?.bigEndian,
    dimensionOrder: dimensionOrder(axes),
    sizeX: size('x'),
    sizeY: size('y'),
    sizeZ: size('z'),
    sizeC: size('c'),
    sizeT: size('t'),
    physicalSizeX: physical('x'),
    physicalSizeY: physical('y'),
    physicalSizeZ: physical('z'),
    timeIncrement: physical('t'),
    channels: (asArray(omero?.channels) ?? []).map((channel, i) =>
      channelOf(asObject(channel), options.ref('Channel', `:${i}`)),
    ),
  };
  const name = asText(multiscale.name) ?? asText(omero?.name);
  return {
    type: 'Image',
    ref: options.ref('Image') as `Image:${string}`,
    name: name === undefined || name === '' ? options.name : name,
    pixels,
  };
}

/** The axes by name; before 0.3 they were always t, c, z, y, x. */
function namedAxes(multiscale: JsonObject, array: ZarrArray | undefined): readonly Axis[] {
  const stated = axesOf(multiscale);
  const axes: readonly Json[] = stated ?? ['t', 'c', 'z', 'y', 'x'].slice(-(array?.shape.length ?? 5));
  return axes.map((entry) => {
    const axis = asObject(entry);
    const name = asText(entry) ?? asText(axis?.name) ?? '';
    return {
      name: axis?.type === 'channel' ? 'c' : axis?.type === 'time' ? 't' : name.toLowerCase(),
      unit: asText(axis?.unit),
    };
  });
}

/** The scale of the first level times that of the whole multiscale. */
function scaleOf(multiscale: JsonObject, dimensions: number): readonly (number | undefined)[] | undefined {
  const vector = (holder: Json | undefined): readonly Json[] | undefined =>
    asArray(transformationsOf(holder).find((t) => t.type === 'scale')?.scale);
  const level = vector(asArray(multiscale.datasets)?.[0]);
  if (level?.length !== dimensions) return undefined;
  const whole = multiscale.axes === undefined ? undefined : vector(multiscale);
  return level.map((n, i) => {
    const factor = whole?.length === dimensions ? asNumber(whole[i]) : 1;
    const value = asNumber(n);
    return value === undefined || factor === undefined ? undefined : value * factor;
  });
}

/** OME writes the fastest axis first, Zarr last; axes that are missing follow. */
function dimensionOrder(axes: readonly Axis[]): string {
  const stated = axes.map((axis) => axis.name.toUpperCase()).filter((name) => /^[XYZCT]$/.test(name));
  const order = [...new Set([...stated.reverse(), ...'XYZCT'])].join('');
  return order.startsWith('XY') ? order : 'XYZCT';
}

function channelOf(channel: JsonObject | undefined, ref: ObjectRef): Channel {
  const label = channel?.label;
  return {
    type: 'Channel',
    ref: ref as `Channel:${string}`,
    name: asText(label) ?? (asNumber(label) === undefined ? undefined : String(label)),
    color: rgba(asText(channel?.color)),
  };
}

/** RRGGBB as OME's signed RGBA, opaque. */
function rgba(color: string | undefined): number | undefined {
  const hex = /^#?([0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?$/.exec(color ?? '')?.[1];
  return hex === undefined ? undefined : (Number.parseInt(hex, 16) << 8) | 0xff;
}

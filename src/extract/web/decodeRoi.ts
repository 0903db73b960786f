import type { Roi, Shape } from '../../ome/model.js';
import type { JsonObject } from '../json.js';
import { decodeAttributes, refIn } from './decodeAttributes.js';
import { classOf, type DecodeContext, tell } from './decodeContext.js';
import { part, parts } from './encodedParts.js';

const SHAPES = ['Rectangle', 'Mask', 'Point', 'Ellipse', 'Line', 'Polyline', 'Polygon', 'Label'] as const;
const isShape = (type: string | undefined): type is Shape['type'] =>
  (SHAPES as readonly (string | undefined)[]).includes(type);

const ROI_KEYS = new Set(['shapes']);
const SHAPE_KEYS = new Set(['Transform']);

/** A ROI with its shapes. It does not say its image, which is known to those who asked for it by image. */
export function decodeRoi(json: JsonObject, context: DecodeContext): Roi | undefined {
  const ref = refIn('ROI', json, context);
  if (ref === undefined) return undefined;
  const shapes = parts(json.shapes, ref, 'shapes', context).flatMap((shape) => decodeShape(shape, context) ?? []);
  return { type: 'ROI', ref, ...decodeAttributes('ROI', json, ref, context, ROI_KEYS), shapes };
}

function decodeShape(json: JsonObject, context: DecodeContext): Shape | undefined {
  const type = classOf(json);
  if (!isShape(type)) {
    tell(context, 'web-class-unknown', type ?? 'shapes', 'class', json['@type']);
    return undefined;
  }
  const ref = refIn(type, json, context);
  if (ref === undefined) return undefined;
  const transform = transformOf(part(json.Transform, ref, 'Transform', context), ref, context);
  return {
    type,
    ref,
    ...decodeAttributes(type, json, ref, context, SHAPE_KEYS),
    ...(transform !== undefined && { transform }),
  } as Shape;
}

const MATRIX = ['A00', 'A10', 'A01', 'A11', 'A02', 'A12'] as const;

function transformOf(json: JsonObject | undefined, ref: string, context: DecodeContext): Shape['transform'] {
  if (json === undefined) return undefined;
  const matrix = MATRIX.map((name) => json[name]);
  if (matrix.every((number) => typeof number === 'number')) return matrix as unknown as Shape['transform'];
  tell(context, 'ome-value-invalid', ref, 'Transform', json);
  return undefined;
}

import type { Shape } from '../model.js';
import {
  type Draft,
  type ElementRule,
  type Frame,
  idOf,
  parentOf,
  push,
  type Reading,
  rule,
  SKIPPED,
} from './elementRule.js';
import { COMMON, object, part, text } from './elements.js';
import { floatOf } from './values.js';

const SHAPES = [
  'Rectangle',
  'Mask',
  'Point',
  'Ellipse',
  'Line',
  'Polyline',
  'Polygon',
  'Label',
] as const satisfies readonly Shape['type'][];
type ShapeType = (typeof SHAPES)[number];

/** Names of shape attributes before 2012-06. */
const OLDER_SHAPE = {
  Fill: 'FillColor',
  Stroke: 'StrokeColor',
  Label: 'Text',
  theZ: 'TheZ',
  theT: 'TheT',
  theC: 'TheC',
};
/** Names of 2008-09, which are SVG's. */
const SVG: Readonly<Record<string, string>> = {
  ...{ x: 'X', y: 'Y', width: 'Width', height: 'Height', cx: 'X', cy: 'Y', rx: 'RadiusX', ry: 'RadiusY' },
  ...{ x1: 'X1', y1: 'Y1', x2: 'X2', y2: 'Y2', points: 'Points' },
};

const MATRIX = ['A00', 'A10', 'A01', 'A11', 'A02', 'A12'] as const;
const transform = rule({
  also: MATRIX.join(' '),
  open(frame, reading) {
    const matrix = MATRIX.map((name) => floatOf(frame.attributes[name] ?? ''));
    if (matrix.some((n) => n === undefined))
      reading.invalid(frame, 'Transform', MATRIX.map((n) => frame.attributes[n] ?? '').join(' '));
    else parentOf(frame).draft.transform = matrix;
  },
});

/** A transform before 2012-06: one SVG function, or six numbers. */
function transformOf(written: string): readonly number[] | undefined {
  const [, name, list] = /^\s*(matrix|translate|scale|rotate)?\s*[([]?([^()[\]]*)[)\]]?\s*$/.exec(written) ?? [];
  const numbers = (list ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  if (list === undefined || numbers.some(Number.isNaN)) return undefined;
  const [a = 0, b] = numbers;
  if (name === undefined || name === 'matrix') return numbers.length === 6 ? numbers : undefined;
  if (name === 'translate' && numbers.length <= 2) return [1, 0, 0, 1, a, b ?? 0];
  if (name === 'scale' && numbers.length <= 2) return [a, 0, 0, b ?? a, 0, 0];
  if (name !== 'rotate' || (numbers.length !== 1 && numbers.length !== 3)) return undefined;
  const angle = (a * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [, x = 0, y = 0] = numbers;
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}
function readTransform(frame: Frame, draft: Draft, reading: Reading): void {
  const written = frame.attributes.Transform ?? frame.attributes.transform;
  if (written === undefined || written.trim() === '' || written.trim() === 'none') return;
  const matrix = transformOf(written);
  if (matrix === undefined) reading.invalid(frame, 'Transform', written);
  else draft.transform = matrix;
}

const shapeChildren: Readonly<Record<string, ElementRule>> = { ...COMMON, Transform: transform, BinData: SKIPPED };
const shape = (type: ShapeType): ElementRule =>
  part(type, (union, draft) => push(parentOf(union).draft, 'shapes', draft), {
    prefix: 'Shape',
    children: shapeChildren,
  });

/** A shape inside a Shape element, which has the id and what all shapes have (before 2016-06). */
const wrapped = (
  type: ShapeType,
  more: (frame: Frame, draft: Draft, reading: Reading) => ShapeType = () => type,
): ElementRule =>
  rule({
    schema: type,
    olderNames: SVG,
    also: 'Closed r transform',
    children: {
      ...shapeChildren,
      MaskPixels: SKIPPED,
      // A text in 2009-09 to 2011-06 stands in an element of its own.
      Value: text((frame, content) => {
        frame.draft.text = content;
      }),
    },
    close(frame, reading) {
      const { draft } = parentOf(frame);
      Object.assign(draft, frame.draft);
      readTransform(frame, draft, reading);
      draft.type = more(frame, draft, reading);
    },
  });

const CIRCLE = (frame: Frame, draft: Draft, reading: Reading): ShapeType => {
  const radius = floatOf(frame.attributes.r ?? '');
  if (radius === undefined) reading.invalid(frame, 'r', frame.attributes.r ?? '');
  else Object.assign(draft, { radiusX: radius, radiusY: radius });
  return 'Ellipse';
};
/** A path of straight lines as points, `x,y x,y`. */
const path = rule({
  also: 'Definition',
  open(frame, reading) {
    const definition = frame.attributes.Definition ?? '';
    const [, list, closed] = /^\s*M([^A-Za-z]+(?:L[^A-Za-z]+)*)([zZ])?\s*$/.exec(definition) ?? [];
    const numbers = (list ?? '').split(/[\s,L]+/).filter(Boolean);
    if (list === undefined || numbers.length % 2 === 1 || numbers.some((n) => Number.isNaN(Number(n)))) {
      return reading.invalid(frame, 'Definition', definition);
    }
    const { draft } = parentOf(frame);
    draft.type = closed === undefined ? 'Polyline' : 'Polygon';
    draft.points = Array.from({ length: numbers.length / 2 }, (_, i) => `${numbers[2 * i]},${numbers[2 * i + 1]}`).join(
      ' ',
    );
  },
});

const shapeWrapper = rule({
  schema: 'Line',
  olderNames: OLDER_SHAPE,
  also: 'ID Transform transform',
  children: {
    ...shapeChildren,
    ...Object.fromEntries(SHAPES.map((type) => [type, wrapped(type)])),
    Polyline: wrapped('Polyline', (frame) =>
      /^\s*(true|1)\s*$/.test(frame.attributes.Closed ?? '') ? 'Polygon' : 'Polyline',
    ),
    Rect: wrapped('Rectangle'),
    Circle: wrapped('Ellipse', CIRCLE),
    Text: wrapped('Label'),
    Path: path,
    ShapeDisplayOptions: rule({
      schema: 'Line',
      olderNames: OLDER_SHAPE,
      close: (frame) => {
        Object.assign(parentOf(frame).draft, frame.draft);
      },
    }),
  },
  open(frame, reading) {
    frame.id = idOf(frame, 'Shape', reading);
    readTransform(frame, frame.draft, reading);
    // A placeholder, so that annotations wait here until the type is known.
    frame.ref = reading.ref('Point', frame.id);
    frame.isNode = true;
  },
  close(frame, reading) {
    const type = frame.draft.type as ShapeType | undefined;
    if (type === undefined) return reading.missing(frame, SHAPES.join(' or '));
    const { type: _type, description, ...own } = frame.draft;
    if (description !== undefined) reading.unknown(frame, 'Description');
    if (type !== 'Line' && type !== 'Polyline') {
      // Any shape could have line ends; since 2012-06 only lines have them.
      if (own.markerStart !== undefined || own.markerEnd !== undefined) reading.unknown(frame, `Marker of a ${type}`);
      delete own.markerStart;
      delete own.markerEnd;
    }
    const ref = reading.ref(type, frame.id);
    push(parentOf(parentOf(frame)).draft, 'shapes', { type, ref, ...own });
    if (frame.annotations !== undefined)
      reading.emit({ kind: 'annotated', target: ref, annotations: frame.annotations });
  },
});

/** The box of 2003-FC and 2007-06: two corners of an image. */
const CORNERS = ['X0', 'Y0', 'X1', 'Y1', 'Z0', 'Z1', 'T0', 'T1'] as const;
function boxOf(frame: Frame, reading: Reading): Draft | undefined {
  if (frame.attributes.X0 === undefined) return undefined;
  const [x0, y0, x1, y1, z0, z1, t0, t1] = CORNERS.map((name) => floatOf(frame.attributes[name] ?? ''));
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) {
    reading.invalid(frame, 'X0', CORNERS.map((name) => frame.attributes[name] ?? '').join(' '));
    return undefined;
  }
  const plane = {
    ...(z0 !== undefined && z0 === z1 && { theZ: z0 }),
    ...(t0 !== undefined && t0 === t1 && { theT: t0 }),
  };
  const ref = reading.ref('Rectangle', `Shape:${frame.id}/0`);
  return {
    type: 'Rectangle',
    ref,
    x: Math.min(x0, x1),
    y: Math.min(y0, y1),
    width: Math.abs(x1 - x0),
    height: Math.abs(y1 - y0),
    ...plane,
  };
}

/** ROI with its shapes; before 2009-09 it stands in its image. */
export const ROI: ElementRule = object('ROI', {
  also: `${CORNERS.join(' ')}`,
  children: {
    Union: rule({
      children: { ...Object.fromEntries(SHAPES.map((type) => [type, shape(type)])), Shape: shapeWrapper },
    }),
  },
  open(frame, reading) {
    const box = boxOf(frame, reading);
    frame.draft.shapes = box === undefined ? [] : [box];
  },
});

import { el, type XmlElement } from './xml.js';

/** ROI `ROI:{index}` with its shapes; shapes get the ids `Shape:{index}:{n}`. */
export const roi = (
  index: number,
  name: string,
  description: string | undefined,
  ...shapes: XmlElement[]
): XmlElement =>
  el(
    'ROI',
    { ID: `ROI:${index}`, Name: name },
    el(
      'Union',
      {},
      shapes.map((shape, n) => ({ ...shape, attributes: { ID: `Shape:${index}:${n}`, ...shape.attributes } })),
    ),
    description === undefined ? undefined : el('Description', {}, description),
  );

const YELLOW = -65281;
const stroke = { StrokeColor: YELLOW, StrokeWidth: 1, StrokeWidthUnit: 'pixel' } as const;

/** The outline of a nucleus as an ellipse. */
export const nucleus = (x: number, y: number): XmlElement =>
  el('Ellipse', { ...stroke, TheZ: 0, TheT: 0, X: x, Y: y, RadiusX: 3.5, RadiusY: 2.5 });
/** A cell's bounding box. */
export const box = (x: number, y: number, width: number, height: number): XmlElement =>
  el('Rectangle', { ...stroke, X: x, Y: y, Width: width, Height: height });
/** The outline of a cell. */
export const outline = (points: string): XmlElement =>
  el('Polygon', { ...stroke, FillColor: 16711872, Points: points });
/** A traced mitochondrion. */
export const trace = (points: string): XmlElement => el('Polyline', { ...stroke, Points: points });
/** A line along which the intensity was measured. */
export const profile = (x1: number, y1: number, x2: number, y2: number): XmlElement =>
  el('Line', { ...stroke, X1: x1, Y1: y1, X2: x2, Y2: y2, MarkerEnd: 'Arrow' });
/** A place worth a look. */
export const point = (x: number, y: number): XmlElement => el('Point', { ...stroke, X: x, Y: y, TheT: 1 });
/** A text in the image. */
export const label = (x: number, y: number, text: string): XmlElement =>
  el('Label', {
    Text: text,
    FontFamily: 'sans-serif',
    FontSize: 12,
    FontSizeUnit: 'pt',
    FontStyle: 'Normal',
    X: x,
    Y: y,
  });
/** An 8 × 8 segmentation mask: one bit a pixel, turned by 15 degrees. */
export const mask = (x: number, y: number): XmlElement =>
  el(
    'Mask',
    { FillColor: 16711808, X: x, Y: y, Width: 8, Height: 8 },
    el('Transform', { A00: 0.966, A10: 0.259, A01: -0.259, A11: 0.966, A02: 0, A12: 0 }),
    el('BinData', { BigEndian: false, Length: 12 }, 'GDx+//9+PBg='),
  );

import type { DataRow, Lazy, Quantity } from './rows.js';

/** Classes of shapes that OMERO knows. */
export type ShapeType = 'Rectangle' | 'Ellipse' | 'Point' | 'Line' | 'Polyline' | 'Polygon' | 'Label' | 'Mask';

export interface ShapeRow {
  id: number;
  type: ShapeType;
  fillColor?: number;
  fillRule?: string;
  fontFamily?: string;
  fontSize?: Quantity;
  fontStyle?: string;
  locked?: boolean;
  strokeColor?: number;
  strokeDashArray?: string;
  strokeWidth?: Quantity;
  text?: string;
  theC?: number;
  theT?: number;
  theZ?: number;
  transform?: { id: number; a00: number; a10: number; a01: number; a11: number; a02: number; a12: number };
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  radiusX?: number;
  radiusY?: number;
  x1?: number;
  y1?: number;
  x2?: number;
  y2?: number;
  markerStart?: string;
  markerEnd?: string;
  points?: string;
}

export interface RoiRow extends DataRow {
  image: number;
  name?: string;
  description?: string;
  shapes: Lazy<readonly ShapeRow[]>;
}

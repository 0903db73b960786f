import { Parser, type Quad } from 'n3';

/** Turtle in a test as quads. */
export function turtle(text: string): Quad[] {
  return new Parser({ format: 'text/turtle' }).parse(text);
}

import type { Quad } from 'n3';
import { termKey } from '../../../../src/audit/termKey.js';
import { compileShapes } from '../../../../src/audit/shacl/compileShapes.js';
import { validateShapes } from '../../../../src/audit/shacl/validateShapes.js';
import { containerGraphOf } from '../../../../src/graph/columns/containerGraphOf.js';
import { turtle } from '../../turtle.js';
import { shapesOf, TEST_PREFIXES } from '../shapes.js';

/** Declares the prefix `ex:` for queries. */
export const DECLARED = `ex:declared sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .\n`;

/** What shapes say of data, both in Turtle: `focus [path] value: message`, sorted. */
export async function report(data: string | readonly Quad[], shapes: string): Promise<string[]> {
  const quads = typeof data === 'string' ? turtle(TEST_PREFIXES + data) : data;
  const graph = containerGraphOf(quads as never[]);
  const { results } = await validateShapes(graph, compileShapes(shapesOf(DECLARED + shapes)));
  return results
    .map(({ focusNode, path, value, message, messages }) => {
      const about = [focusNode, path, value].map((term) => (term === undefined ? '-' : termKey(term as never)));
      return `${about.join(' ')}: ${message ?? messages[0]?.value ?? ''}`.replaceAll('http://example.org/', 'ex:');
    })
    .sort();
}

/** A node shape for ex:Image with a SELECT constraint and further clauses. */
export const selects = (query: string, more = '', ofConstraint = ''): string =>
  `ex:Shape a sh:NodeShape ; sh:targetClass ex:Image ; ${more}
   sh:sparql [ sh:prefixes ex:declared ; ${ofConstraint} sh:select '''${query}''' ] .`;

/** The message of the error that compiling shapes ends with. */
export function compileError(shapes: string): string {
  try {
    compileShapes(shapesOf(DECLARED + shapes));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no error';
}

import { DataFactory, type NamedNode, Store, type Term } from 'n3';
import { describe, expect, it } from 'vitest';
import { pathText, readPath } from '../../src/audit/shaclPath.js';
import { unsupportedPath } from '../../src/audit/shacl/referenceLimits.js';
import { SH } from '../../src/audit/shaclTerms.js';
import { turtle as quadsOf } from './turtle.js';

const EX = 'http://example.org/';
const node = (name: string): NamedNode => DataFactory.namedNode(EX + name);
const shapes = (path: string) =>
  quadsOf(
    `@prefix ex: <${EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> .
     ex:shape a sh:PropertyShape ; sh:targetNode ex:n0 ; sh:path ${path} ; sh:in () .`,
  );
const pathOf = (turtle: string) => {
  const store = new Store(shapes(turtle));
  return readPath(store, store.getObjects(node('shape'), SH.path, null)[0] as Term);
};

describe('a SHACL path', () => {
  it.each([
    ['[ sh:zeroOrMorePath [ sh:inversePath ex:p ] ]'],
    ['[ sh:inversePath [ sh:oneOrMorePath ex:p ] ]'],
    ['[ sh:alternativePath ( ( ex:p ex:p ) [ sh:inversePath ex:p ] ) ]'],
  ])('%s is one that shacl-engine walks wrongly', (turtle) => {
    expect(unsupportedPath(pathOf(turtle))).toBeTypeOf('string');
  });

  it.each([
    ['ex:p', '<p>'],
    ['( [ sh:zeroOrMorePath ex:p ] ex:q )', '(<p>*)/<q>'],
    ['[ sh:alternativePath ( [ sh:inversePath ex:p ] [ sh:zeroOrOnePath ex:q ] ) ]', '(^<p>)|(<q>?)'],
    ['[ sh:inversePath ( ex:p ex:q ) ]', '^(<p>/<q>)'],
    ['[ sh:oneOrMorePath [ sh:inversePath ex:p ] ]', '(^<p>)+'],
  ])('%s reads %s in SPARQL', (turtle, text) => {
    expect(pathText(pathOf(turtle)).replaceAll(EX, '')).toBe(text);
  });

  it.each([
    ['( ex:p )', 'at least two members'],
    ['[ sh:alternativePath ex:p ]', 'list of at least two'],
    ['[ ex:p ex:q ]', 'none of the paths'],
    ['"p"', 'an IRI or a blank node'],
  ])('%s is refused', (turtle, message) => {
    expect(() => pathOf(turtle)).toThrow(message);
  });
});

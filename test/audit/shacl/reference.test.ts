import { describe, expect, it } from 'vitest';
import { compileShapes } from '../../../src/audit/shacl/compileShapes.js';
import { referenceResults } from '../../../src/audit/shacl/reference.js';
import { type ShaclReport, validateShapes } from '../../../src/audit/shacl/validateShapes.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { turtle } from '../turtle.js';
import { shapesOf, TEST_PREFIXES } from './shapes.js';

const GRAPH = containerGraphOf(
  turtle(
    `${TEST_PREFIXES} ex:a a ex:Image ; ex:name "one", "two" . ex:b a ex:Image ; ex:size 3 . ex:c ex:size "x" .`,
  ) as never[],
);
const SHAPES = `ex:declared sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
  ex:Image a sh:NodeShape ; sh:targetClass ex:Image ; sh:severity sh:Warning ; sh:message "not an image" ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:sparql [ sh:prefixes ex:declared ; sh:select "SELECT $this ?value { $this ex:size ?value }" ] .
  ex:Sized a sh:NodeShape ; sh:targetClass ex:HasSize ; sh:property [ sh:path ex:size ; sh:datatype xsd:integer ] .
  ex:Rule a sh:NodeShape ; sh:target [ sh:prefixes ex:declared ; sh:select "SELECT ?this { ?this ex:size ?s }" ] ;
    sh:rule [ sh:subject sh:this ; sh:predicate rdf:type ; sh:object ex:HasSize ] .`;

const lines = ({ results }: ShaclReport): string[] =>
  results
    .map((r) =>
      [r.focusNode, r.path, r.value, r.sourceShape, r.sourceConstraintComponent, { value: r.severity }]
        .map((term) => term?.value ?? '-')
        .join(' '),
    )
    .sort();

describe('the reference engine', () => {
  it('finds what the compiled shapes find, SPARQL, targets and rules included', async () => {
    const shapes = shapesOf(SHAPES);
    const theirs = await referenceResults(GRAPH, shapes);
    expect(theirs.conforms).toBe(false);
    expect(lines(theirs).length).toBe(4);
    expect(lines(theirs)).toEqual(lines(await validateShapes(GRAPH, compileShapes(shapes))));
  });

  it('reads patterns as SPARQL does', async () => {
    const shapes = shapesOf(
      'ex:Shape a sh:NodeShape ; sh:targetObjectsOf ex:name ; sh:pattern "^\\\\p{L}{3}$" ; sh:flags "s" .',
    );
    expect(await referenceResults(GRAPH, shapes)).toMatchObject({ conforms: true });
  });

  it('is not asked what it would answer wrongly', async () => {
    for (const [clause, wrong] of [
      [
        'sh:property [ sh:path [ sh:oneOrMorePath [ sh:inversePath ex:p ] ] ; sh:minCount 1 ]',
        'sh:oneOrMorePath of anything but a predicate',
      ],
      ['sh:hasValue 1, 2', 'several sh:hasValue in one shape'],
      [
        'sh:property [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ] ] ]',
        'sh:qualifiedValueShape below another path',
      ],
    ]) {
      await expect(referenceResults(GRAPH, shapesOf(`ex:Shape a sh:NodeShape ; ${clause} .`))).rejects.toThrowError(
        `shape <http://example.org/Shape>: the reference engine cannot do this ("${wrong}")`,
      );
    }
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(referenceResults(GRAPH, shapesOf(SHAPES), { signal })).rejects.toThrowError('stop');
  });
});

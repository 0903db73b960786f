import { describe, expect, it } from 'vitest';
import { compileError, report } from './sparqlRun.js';

describe('a SPARQL target', () => {
  it('gives the nodes that its query selects as ?this, each once', async () => {
    const shapes = `ex:Shape a sh:NodeShape ; sh:nodeKind sh:Literal ; sh:target [ a sh:SPARQLTarget ; sh:prefixes ex:declared ;
      sh:select "SELECT ?this { VALUES ?class { ex:Image ex:Plate } ?this a ?class . MINUS { ?this ex:size 1 } }" ] .`;
    const data = 'ex:a a ex:Image, ex:Plate . ex:b a ex:Plate . ex:c a ex:Image ; ex:size 1 . ex:d a ex:Other .';
    expect(await report(data, shapes)).toEqual(['ex:a - ex:a: ', 'ex:b - ex:b: ']);
  });

  it('of a declared type has the values of its parameters', async () => {
    const shapes = `ex:OfSize a rdfs:Class, sh:SPARQLTargetType ; rdfs:subClassOf sh:Target ; sh:parameter [ sh:path ex:least ] ;
        sh:prefixes ex:declared ; sh:select "SELECT ?this { ?this ex:size ?size FILTER (?size >= $least) }" .
      ex:Shape a sh:NodeShape ; sh:nodeKind sh:Literal ; sh:target [ a ex:OfSize ; ex:least 2 ] .`;
    expect(await report('ex:a ex:size 1 . ex:b ex:size 2 . ex:c ex:size 3 .', shapes)).toEqual([
      'ex:b - ex:b: ',
      'ex:c - ex:c: ',
    ]);
    expect(compileError(shapes.replace('ex:least 2', 'ex:most 2'))).toContain(
      'its sh:target: a parameter of the target has no value ("http://example.org/least")',
    );
  });

  it.each([
    ['another language', '[ a sh:JSTarget ]', 'sh:target is of no kind that is understood here'],
    [
      'a query without ?this',
      '[ sh:select "SELECT ?s { ?s ?p ?o }" ]',
      'its sh:target: the query does not speak of ?this',
    ],
    ['a query that cannot be read', '[ sh:select "SELECT ?this { ?this }" ]', 'its sh:target: sh:select: line 1'],
    [
      'an unknown prefix',
      '[ sh:select "SELECT ?this { ?this no:p 1 }" ]',
      'a prefix that its sh:prefixes do not declare',
    ],
  ])('is refused with %s', (_what, target, wrong) => {
    expect(compileError(`ex:Shape a sh:NodeShape ; sh:target ${target} .`)).toContain(wrong);
  });
});

/** A shape that shows what triples a rule made: every value of ex:made is a result. */
const SHOW =
  'ex:Show a sh:NodeShape ; sh:targetSubjectsOf ex:made ; sh:property [ sh:path ex:made ; sh:nodeKind sh:BlankNode ] .';
const made = async (data: string, rules: string): Promise<string[]> =>
  (await report(data, SHOW + rules)).map((line) => line.replace(' ex:made', '').slice(0, -2));

describe('a rule', () => {
  it('adds a triple for each target node that meets its conditions, before anything is validated', async () => {
    const rule = `ex:Rule a sh:NodeShape ; sh:targetClass ex:Image ; sh:rule [ a sh:TripleRule ;
      sh:subject sh:this ; sh:predicate ex:made ; sh:object ex:Large ; sh:condition [ sh:property [ sh:path ex:size ; sh:minInclusive 5 ; sh:minCount 1 ] ] ] .`;
    expect(await made('ex:a a ex:Image ; ex:size 5 . ex:b a ex:Image ; ex:size 4 . ex:c a ex:Image .', rule)).toEqual([
      'ex:a ex:Large',
    ]);
  });

  it('takes subjects and objects along paths, and leaves out triples with a literal as subject', async () => {
    const rule = `ex:Rule a sh:NodeShape ; sh:targetClass ex:Image ; sh:rule [ a sh:TripleRule ;
      sh:subject [ sh:path ex:part ] ; sh:predicate ex:made ; sh:object [ sh:path ex:name ; sh:nodes [ sh:path ex:of ] ] ] .`;
    const data =
      'ex:a a ex:Image ; ex:part ex:p, "literal" ; ex:of ex:x, ex:y . ex:x ex:name "X" . ex:y ex:name ex:Y .';
    expect(await made(data, rule)).toEqual(['ex:p "X"^http://www.w3.org/2001/XMLSchema#string', 'ex:p ex:Y']);
  });

  it('may be a CONSTRUCT query, with the target nodes as $this', async () => {
    const rule = `ex:Rule a sh:NodeShape ; sh:targetClass ex:Image ; sh:rule [ a sh:SPARQLRule ; sh:prefixes ex:declared ;
      sh:construct "CONSTRUCT { $this ex:made ?double } WHERE { $this ex:size ?size BIND (?size * 2 AS ?double) }" ] .`;
    expect(await made('ex:a a ex:Image ; ex:size 4 . ex:b ex:size 3 .', rule)).toEqual([
      'ex:a "8"^http://www.w3.org/2001/XMLSchema#integer',
    ]);
  });

  it('sees what rules before it made, in the order of sh:order of shapes, then of rules', async () => {
    const rule = (order: number, from: string, to: string): string =>
      `sh:rule [ sh:order ${order} ; sh:prefixes ex:declared ; sh:construct "CONSTRUCT { $this ex:made ex:${to} } WHERE { $this ex:made ex:${from} }" ] ;`;
    const shapes = `ex:Last a sh:NodeShape ; sh:order 2 ; sh:targetNode ex:a ; ${rule(0, 'three', 'four')} .
      ex:First a sh:NodeShape ; sh:order 1 ; sh:targetNode ex:a ; ${rule(2, 'two', 'three')} ${rule(1, 'one', 'two')} ${rule(0, 'four', 'never')} .`;
    expect(await made('ex:a ex:made ex:one .', shapes)).toEqual([
      'ex:a ex:four',
      'ex:a ex:one',
      'ex:a ex:three',
      'ex:a ex:two',
    ]);
  });

  it('gives new target nodes to shapes and SPARQL constraints', async () => {
    const shapes = `ex:Rule a sh:NodeShape ; sh:targetSubjectsOf ex:size ; sh:rule [
        sh:subject sh:this ; sh:predicate rdf:type ; sh:object ex:Measured ] .
      ex:Shape a sh:NodeShape ; sh:targetClass ex:Measured ; sh:sparql [ sh:prefixes ex:declared ; sh:select "SELECT $this { $this a ex:Measured }" ] .`;
    expect(await report('ex:a ex:size 1 . ex:b ex:name "b" .', shapes)).toEqual(['ex:a - ex:a: ']);
  });

  it('is not run when it or its shape is deactivated', async () => {
    const rule = (ofShape: string, ofRule: string): string =>
      `ex:Rule a sh:NodeShape ; ${ofShape} sh:targetNode ex:a ; sh:rule [ ${ofRule} sh:subject sh:this ; sh:predicate ex:made ; sh:object 1 ] .`;
    expect((await made('', rule('', ''))).length).toBe(1);
    expect(await made('', rule('sh:deactivated true ;', ''))).toEqual([]);
    expect(await made('', rule('', 'sh:deactivated true ;'))).toEqual([]);
  });

  it.each([
    [
      'another language',
      '[ a sh:JSRule ]',
      'its sh:rule: it is neither a triple rule with one sh:subject nor a SPARQL rule ("http://www.w3.org/ns/shacl#JSRule")',
    ],
    ['no object', '[ sh:subject sh:this ; sh:predicate ex:p ]', 'nor a SPARQL rule'],
    [
      'another node expression',
      '[ sh:subject sh:this ; sh:predicate ex:p ; sh:object [ sh:union ( ex:a ) ] ]',
      'this kind of node expression is not run here ("http://www.w3.org/ns/shacl#union")',
    ],
    [
      'a condition that is no shape',
      '[ sh:subject sh:this ; sh:predicate ex:p ; sh:object 1 ; sh:condition ex:nothing ]',
      'sh:condition is not a shape ("http://example.org/nothing")',
    ],
    [
      'an order that is no number',
      '[ sh:order "first" ; sh:subject sh:this ; sh:predicate ex:p ; sh:object 1 ]',
      'sh:order is not a number ("first")',
    ],
    [
      'the short form of CONSTRUCT',
      '[ sh:prefixes ex:declared ; sh:construct "CONSTRUCT WHERE { $this ex:p ?o }" ]',
      'SHACL does not allow the short form CONSTRUCT WHERE',
    ],
  ])('is refused with %s', (_what, rule, wrong) => {
    expect(compileError(`ex:Shape a sh:NodeShape ; sh:targetNode ex:a ; sh:rule ${rule} .`)).toContain(wrong);
  });
});

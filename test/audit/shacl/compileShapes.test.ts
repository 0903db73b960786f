import { describe, expect, it } from 'vitest';
import { compileShapes } from '../../../src/audit/shacl/compileShapes.js';
import { isOmegraphError } from '../../../src/errors.js';
import { shapesOf } from './shapes.js';

function messageOf(text: string): string {
  try {
    compileShapes(shapesOf(text));
  } catch (error) {
    if (!isOmegraphError(error)) throw error;
    expect(error.tag).toBe('shapes');
    return error.message;
  }
  return 'no error';
}

/** Clauses of the property shape `[ sh:path ex:p ; … ]` of ex:S and what is said of them. */
const CLAUSES: readonly (readonly [clause: string, message: string])[] = [
  ['sh:minCount "one"', 'sh:minCount is not a whole number ("one")'],
  ['sh:minCount -1', 'sh:minCount is not a whole number ("-1")'],
  ['sh:minCount 1, 2', 'a shape has at most one sh:minCount'],
  ['sh:pattern "("', 'sh:pattern is no regular expression'],
  ['sh:pattern "a" ; sh:flags "g"', 'sh:pattern is no regular expression: there is no flag "g" ("a")'],
  ['sh:pattern ex:a', 'sh:pattern is not a string'],
  ['sh:flags "i"', 'sh:flags asks for nothing by itself ("i")'],
  ['sh:qualifiedValueShape [ sh:class ex:C ]', 'sh:qualifiedValueShape asks for nothing by itself'],
  ['sh:qualifiedMinCount 1', 'sh:qualifiedMinCount asks for nothing by itself ("1")'],
  ['sh:qualifiedMinCount "x" ; sh:qualifiedValueShape [ sh:class ex:C ]', 'sh:qualifiedMinCount is not a whole number'],
  ['sh:nodeKind sh:Iri', 'sh:nodeKind is none of the six of SHACL ("http://www.w3.org/ns/shacl#Iri")'],
  ['sh:datatype xsd:string, xsd:date', 'a shape has at most one sh:datatype'],
  ['sh:datatype "string"', 'sh:datatype is not an IRI ("string")'],
  ['sh:class "C"', 'sh:class is not an IRI ("C")'],
  ['sh:minInclusive ex:one', 'sh:minInclusive is not a literal'],
  ['sh:maxExclusive "x"@en', 'sh:maxExclusive is not of a datatype with an order ("x")'],
  ['sh:lessThan "p"', 'sh:lessThan is not an IRI'],
  ['sh:equals "p"', 'sh:equals is not an IRI'],
  ['sh:uniqueLang "yes"', 'sh:uniqueLang is neither true nor false ("yes")'],
  ['sh:in "a"', 'sh#in> is not a list ("a")'],
  ['sh:in ex:list', 'sh#in> is not a list ("http://example.org/list")'],
  ['sh:in _:l', 'sh#in> is not a list'],
  ['sh:or _:l', 'a list is broken: each member has one rdf:first and one rdf:rest'],
  ['sh:and ( "x" )', 'sh#and> refers to a shape that is not there ("x")'],
  ['sh:not ex:Missing', 'sh#not> refers to a shape that is not there ("http://example.org/Missing")'],
  ['sh:node ex:Missing', 'sh#node> refers to a shape that is not there'],
  ['sh:node ex:P', 'the value of sh:node is a property shape ("http://example.org/P")'],
  ['sh:property ex:N', 'the value of sh:property has no sh:path ("http://example.org/N")'],
  ['sh:severity "bad"', 'sh:severity is not an IRI ("bad")'],
  ['sh:deactivated "perhaps"', 'sh:deactivated is neither true nor false ("perhaps")'],
  ['sh:closed "yes"', 'sh:closed is neither true nor false ("yes")'],
  ['sh:dataType xsd:string', 'there is no such property in SHACL ("sh:dataType")'],
  ['sh:js [ sh:jsFunctionName "f" ]', 'this part of SHACL is not run here ("sh:js")'],
  ['sh:path ex:q', 'a shape has at most one sh:path'],
];

describe('a shapes graph that cannot be meant', () => {
  it.each(CLAUSES)('names the shape and the clause of %s', (clause, wrong) => {
    const message = messageOf(`ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; ${clause} ] .
      ex:P sh:path ex:p . ex:N a sh:NodeShape . _:l rdf:first ex:N .`);
    expect(message).toContain('shape <http://example.org/S>: ');
    expect(message).toContain(wrong.replace('sh#', 'shacl#'));
    expect(message).toContain('; mend the shapes graph');
  });

  it.each([
    ['"p"', 'a path is an IRI or a blank node, not "p"'],
    ['( ex:p )', 'a sequence path has at least two members'],
    ['[ ]', 'none of the paths of SHACL'],
    ['[ sh:inversePath ex:p, ex:q ]', 'one path, not several'],
    ['[ sh:inversePath ex:p ; sh:zeroOrOnePath ex:q ]', 'one path, not several'],
    ['[ sh:alternativePath ex:p ]', 'sh:alternativePath is a list of at least two paths'],
    ['[ sh:alternativePath "p" ]', 'sh:alternativePath is a list of at least two paths'],
    ['( ex:p [ sh:inversePath [ sh:oneOrMorePath "x" ] ] )', 'not "x"'],
    ['_:a . _:a sh:inversePath _:a', 'a path that holds itself has no end'],
    ['_:a . _:a rdf:first ex:p ; rdf:rest _:a', 'a list is broken'],
  ])('names the path %s', (path, wrong) => {
    const message = messageOf(`ex:S sh:targetClass ex:C ; sh:path ${path} .`);
    expect(message).toContain('shape <http://example.org/S>: sh:path is ill-formed');
    expect(message).toContain(wrong);
  });

  it.each([
    ['sh:minCount 1', 'sh:minCount is for property shapes only'],
    ['sh:uniqueLang true', 'sh:uniqueLang is for property shapes only'],
    ['sh:lessThan ex:p', 'sh:lessThan is for property shapes only'],
    ['sh:targetClass "C"', 'sh:targetClass is not an IRI'],
    ['sh:targetNode [ ]', 'sh:targetNode is a blank node'],
    ['sh:target [ a ex:Target ]', 'sh:target is of no kind that is understood here'],
    ['a sh:PropertyShape', 'a property shape has exactly one sh:path ("none")'],
  ])('refuses %s on a node shape', (clause, wrong) => {
    expect(messageOf(`ex:S sh:targetSubjectsOf ex:q ; ${clause} .`)).toContain(
      `shape <http://example.org/S>: ${wrong}`,
    );
  });

  it.each([
    'ex:S sh:targetClass ex:C ; sh:node ex:S .',
    'ex:S sh:targetClass ex:C ; sh:not [ sh:property [ sh:path ex:p ; sh:node ex:S ] ] .',
    'ex:S sh:or ( [ sh:class ex:C ] ex:T ) . ex:T sh:property [ sh:path ex:p ; sh:qualifiedValueShape ex:S ; sh:qualifiedMinCount 1 ] .',
    'ex:S sh:xone ( ex:S ) .',
  ])('may not refer to itself: %s', (text) => {
    expect(messageOf(text)).toMatch(
      /shape <http:\/\/example\.org\/[ST]>: the shape refers to itself \("http:.* → http:/,
    );
  });

  it('is not nested without end', () => {
    const nested = (depth: number): string => '[ sh:not '.repeat(depth) + '[ sh:class ex:C ]' + ' ]'.repeat(depth);
    expect(messageOf(`ex:S sh:targetClass ex:C ; sh:not ${nested(100)} .`)).toBe('no error');
    expect(messageOf(`ex:S sh:targetClass ex:C ; sh:not ${nested(2000)} .`)).toContain('shapes are nested too deeply');
    const path = '[ sh:inversePath '.repeat(2000) + 'ex:p' + ' ]'.repeat(2000);
    expect(messageOf(`ex:S sh:targetClass ex:C ; sh:path ${path} .`)).toContain('paths are nested more than 100 deep');
  });

  it('is read all the same where clauses that ask for nothing are heard of', () => {
    const heard: string[] = [];
    const shapes = shapesOf(`ex:S sh:targetClass ex:C ; sh:dataType xsd:string ; sh:property ex:gone ; sh:node ex:lost ;
      sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:flags "i" ] .`);
    const compiled = compileShapes(shapes, { odd: (...parts) => heard.push(parts.join(' ')) });
    expect(compiled.targeted.map((shape) => shape.named)).toEqual(['http://example.org/S']);
    expect(heard.length).toBe(4);
    expect(heard.every((line) => line.startsWith('http://example.org/S '))).toBe(true);
  });
});

describe('a compiled shapes graph', () => {
  it('says which predicates it looks at', () => {
    const { predicates } = compileShapes(
      shapesOf(`ex:S sh:targetSubjectsOf ex:s ; sh:targetObjectsOf ex:o ; sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ;
        sh:equals ex:e ; sh:not [ sh:property [ sh:path ex:deep ; sh:class ex:C ] ] ] .`),
    );
    const local = [...(predicates ?? [])].map((iri) => iri.replace(/^.*[/#]/, '')).sort();
    expect(local).toEqual(['deep', 'e', 'o', 'p', 'q', 's', 'subClassOf', 'type']);
  });

  it('looks at all predicates when a shape is closed', () => {
    expect(compileShapes(shapesOf('ex:S sh:targetClass ex:C ; sh:closed true .')).predicates).toBeUndefined();
    expect(compileShapes(shapesOf('ex:S sh:targetClass ex:C ; sh:closed false .')).predicates?.size).toBe(2);
  });

  it('knows its shapes, their paths, severities, messages and whether they have targets', () => {
    const { byNode, targeted } = compileShapes(
      shapesOf(`ex:S a rdfs:Class, sh:NodeShape ; sh:severity ex:Grave ; sh:message "Nein"@de, "No" ; sh:property ex:P .
        ex:P sh:path ex:p ; sh:severity sh:Warning ; sh:deactivated true ; sh:minCount 1 .`),
    );
    expect(targeted.map((shape) => shape.named)).toEqual(['http://example.org/S']);
    expect(byNode.get('http://example.org/S')).toMatchObject({
      severity: 'violation',
      severityIri: 'http://example.org/Grave',
      targeted: true,
      way: 'columns',
      path: undefined,
    });
    expect(byNode.get('http://example.org/S')?.messages.length).toBe(2);
    expect(byNode.get('http://example.org/P')).toMatchObject({
      severity: 'warning',
      deactivated: true,
      targeted: false,
      path: { kind: 'predicate' },
    });
  });
});

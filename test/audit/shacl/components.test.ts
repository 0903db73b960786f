import { describe, expect, it } from 'vitest';
import type { Term } from 'n3';
import { compileShapes } from '../../../src/audit/shacl/compileShapes.js';
import { validateShapes } from '../../../src/audit/shacl/validateShapes.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { turtle } from '../turtle.js';
import { shapesOf, TEST_PREFIXES } from './shapes.js';

const local = (text: string): string => text.replace(/^.*[/#]/, '').replace('ConstraintComponent', '');
const said = (term: Term | undefined): string => (term === undefined ? '-' : local(term.value));

/** Results as `focus value Component`, sorted. */
async function results(shape: string, data: string): Promise<string[]> {
  const graph = containerGraphOf(turtle(TEST_PREFIXES + data));
  const report = await validateShapes(graph, compileShapes(shapesOf(`ex:S ${shape} .`)));
  expect(report.conforms).toBe(report.results.length === 0);
  return report.results
    .map((r) => `${said(r.focusNode as Term)} ${said(r.value as Term)} ${local(r.sourceConstraintComponent.value)}`)
    .sort();
}

/** A property shape on ex:p of ex:a; values of ex:p; the results on ex:a. */
const ON_VALUES: readonly (readonly [clause: string, data: string, expected: readonly string[]])[] = [
  ['sh:minCount 2', 'ex:a ex:p 1 .', ['a - MinCount']],
  ['sh:minCount 2', 'ex:a ex:p 1, 2 .', []],
  ['sh:minCount 1', '', ['a - MinCount']],
  ['sh:maxCount 1', 'ex:a ex:p 1, 2 .', ['a - MaxCount']],
  ['sh:maxCount 0', '', []],
  [
    'sh:class ex:C',
    'ex:a ex:p ex:x, ex:y, "z" . ex:x a ex:D . ex:D rdfs:subClassOf ex:E . ex:E rdfs:subClassOf ex:C, ex:D . ex:y a ex:Other .',
    ['a y Class', 'a z Class'],
  ],
  [
    'sh:datatype xsd:integer',
    'ex:a ex:p 1, "1"^^xsd:int, "x"^^xsd:integer, ex:b, "2" .',
    ['a 1 Datatype', 'a 2 Datatype', 'a b Datatype', 'a x Datatype'],
  ],
  ['sh:datatype rdf:langString', 'ex:a ex:p "hi"@en, "ho" .', ['a ho Datatype']],
  ['sh:nodeKind sh:BlankNodeOrIRI', 'ex:a ex:p ex:b, "x", [ ] .', ['a x NodeKind']],
  ['sh:nodeKind sh:Literal', 'ex:a ex:p ex:b, "x" .', ['a b NodeKind']],
  [
    'sh:minInclusive 5 ; sh:maxExclusive 7',
    'ex:a ex:p 5, 4.9, 7, 6e0, "6", "6"@en, ex:b .',
    [
      'a 4.9 MinInclusive',
      'a 6 MaxExclusive',
      'a 6 MaxExclusive',
      'a 6 MinInclusive',
      'a 6 MinInclusive',
      'a 7 MaxExclusive',
      'a b MaxExclusive',
      'a b MinInclusive',
    ],
  ],
  ['sh:minExclusive 5 ; sh:maxInclusive 7', 'ex:a ex:p 5, 7 .', ['a 5 MinExclusive']],
  [
    'sh:minLength 3 ; sh:maxLength 4',
    'ex:a ex:p "ab", "abc", "abcde", "\u{1F600}\u{1F600}\u{1F600}", 1234 .',
    ['a ab MinLength', 'a abcde MaxLength'],
  ],
  ['sh:minLength 0', 'ex:a ex:p [ ] .', ['a n MinLength']],
  ['sh:pattern "^http" ; sh:flags "i"', 'ex:a ex:p ex:b, "HTTP", "ftp", [ ] .', ['a ftp Pattern', 'a n Pattern']],
  [
    'sh:languageIn ( "en" "DE-AT" )',
    'ex:a ex:p "a"@en, "b"@en-GB, "c"@de, "d"@de-at, "e"@eng, "f" .',
    ['a c LanguageIn', 'a e LanguageIn', 'a f LanguageIn'],
  ],
  ['sh:languageIn ( "*" )', 'ex:a ex:p "a"@en, "f" .', ['a f LanguageIn']],
  ['sh:uniqueLang true', 'ex:a ex:p "a"@en, "b"@EN, "c"@en, "d"@de, "e", "f" .', ['a - UniqueLang']],
  ['sh:uniqueLang false', 'ex:a ex:p "a"@en, "b"@en .', []],
  ['sh:equals ex:q', 'ex:a ex:p 1, 2 ; ex:q 2, 3 .', ['a 1 Equals', 'a 3 Equals']],
  ['sh:equals ex:nowhere', 'ex:a ex:p 1 .', ['a 1 Equals']],
  ['sh:disjoint ex:q', 'ex:a ex:p 1, 2 ; ex:q 2, 3 .', ['a 2 Disjoint']],
  ['sh:lessThan ex:q', 'ex:a ex:p 1, 2, "x" ; ex:q 2 .', ['a 2 LessThan', 'a x LessThan']],
  ['sh:lessThanOrEquals ex:q', 'ex:a ex:p 1, 2, 3 ; ex:q 2 .', ['a 3 LessThanOrEquals']],
  ['sh:hasValue "b"@en, 1', 'ex:a ex:p "b", 1 .', ['a - HasValue']],
  ['sh:in ( 1 "x" ex:b )', 'ex:a ex:p 1, "x", ex:b, 1.0, "x"@en .', ['a 1.0 In', 'a x In']],
  ['sh:in ()', 'ex:a ex:p 1 .', ['a 1 In']],
  ['sh:not [ sh:class ex:C ]', 'ex:a ex:p ex:x, ex:y . ex:x a ex:C .', ['a x Not']],
  ['sh:and ( [ sh:minLength 2 ] [ sh:maxLength 3 ] )', 'ex:a ex:p "a", "ab", "abcd" .', ['a a And', 'a abcd And']],
  ['sh:or ( [ sh:maxLength 1 ] [ sh:minLength 3 ] )', 'ex:a ex:p "a", "ab", "abc" .', ['a ab Or']],
  ['sh:xone ( [ sh:maxLength 2 ] [ sh:minLength 2 ] )', 'ex:a ex:p "a", "ab", "abc" .', ['a ab Xone']],
  ['sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]', 'ex:a ex:p ex:x, ex:y . ex:x ex:q 1 .', ['a y Node']],
  ['sh:node [ sh:deactivated true ; sh:class ex:C ]', 'ex:a ex:p ex:x .', []],
  ['sh:node [ sh:severity sh:Info ; sh:class ex:C ]', 'ex:a ex:p ex:x .', ['a x Node']],
  ['sh:property [ sh:path ex:q ; sh:minCount 1 ]', 'ex:a ex:p ex:x, ex:y . ex:x ex:q 1 .', ['y - MinCount']],
  [
    'sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1',
    'ex:a ex:p ex:x, ex:y . ex:x a ex:C . ex:y a ex:C .',
    ['a - QualifiedMaxCount'],
  ],
  [
    'sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1',
    'ex:a ex:p ex:y .',
    ['a - QualifiedMinCount'],
  ],
  ['sh:deactivated true ; sh:minCount 1', '', []],
];

/** A node shape on ex:a. */
const ON_NODES: readonly (readonly [clause: string, data: string, expected: readonly string[]])[] = [
  ['sh:class ex:C', 'ex:a ex:p 1 .', ['a a Class']],
  ['sh:hasValue ex:b', 'ex:a ex:p 1 .', ['a - HasValue']],
  ['sh:equals ex:p', 'ex:a ex:p ex:a, ex:b .', ['a b Equals']],
  [
    'sh:closed true ; sh:ignoredProperties ( rdf:type )',
    'ex:a a ex:C ; ex:p 1, 2 ; ex:q 3 .',
    ['a 1 Closed', 'a 2 Closed', 'a 3 Closed'],
  ],
  ['sh:closed true ; sh:property [ sh:path ex:p ; sh:deactivated true ]', 'ex:a ex:p 1, 2 ; ex:q 3 .', ['a 3 Closed']],
  ['sh:closed true ; sh:property [ sh:path [ sh:inversePath ex:p ] ]', 'ex:a ex:p 1 .', ['a 1 Closed']],
  ['sh:property [ sh:path ( ex:p ex:q ) ; sh:maxCount 1 ]', 'ex:a ex:p ex:x, ex:y . ex:x ex:q 1 . ex:y ex:q 1 .', []],
  [
    'sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ] , [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1 ]',
    'ex:a ex:p ex:x . ex:x a ex:C, ex:D .',
    ['a - QualifiedMinCount'],
  ],
  ['sh:not [ sh:not [ sh:class ex:C ] ]', 'ex:a a ex:C .', []],
];

/** Targets of a shape that refuses every node. */
const TARGETS: readonly (readonly [target: string, data: string, focus: readonly string[]])[] = [
  ['sh:targetNode ex:a, "x", ex:nowhere', 'ex:a ex:p 1 .', ['a', 'nowhere', 'x']],
  [
    'sh:targetClass ex:C',
    'ex:a a ex:C, ex:D . ex:b a ex:D . ex:D rdfs:subClassOf ex:C . ex:c a ex:Other .',
    ['a', 'b'],
  ],
  ['sh:targetClass ex:C', 'ex:a ex:p ex:C .', []],
  ['sh:targetSubjectsOf ex:p', 'ex:a ex:p 1, 2 . ex:b ex:p 1 . ex:c ex:q 1 .', ['a', 'b']],
  ['sh:targetObjectsOf ex:p', 'ex:a ex:p 1, 2 . ex:b ex:p 1 .', ['1', '2']],
  ['sh:targetObjectsOf ex:p ; sh:targetNode ex:a ; sh:targetSubjectsOf ex:p', 'ex:a ex:p ex:a .', ['a']],
  ['a rdfs:Class, sh:NodeShape', 'ex:a a ex:S .', ['a']],
  ['a <http://www.w3.org/2002/07/owl#Class>, sh:NodeShape', 'ex:a a ex:S .', ['a']],
  ['a sh:NodeShape', 'ex:a a ex:S .', []],
  ['sh:targetNode ex:a ; sh:deactivated true', '', []],
];

/** Blank nodes have labels of their own; `n` stands for any. */
const unlabelled = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/ n\d+-\S+ /, ' n '));

describe('a constraint component of SHACL Core', () => {
  it.each(ON_VALUES)('on values: %s on %s', async (clause, data, expected) => {
    const shape = `sh:targetNode ex:a ; sh:path ex:p ; ${clause}`;
    expect(unlabelled(await results(shape, data))).toEqual(expected);
  });

  it.each(ON_NODES)('on nodes: %s on %s', async (clause, data, expected) => {
    expect(await results(`sh:targetNode ex:a ; ${clause}`, data)).toEqual(expected);
  });
});

describe('a target', () => {
  it.each(TARGETS)('%s on %s', async (target, data, focus) => {
    expect(await results(`${target} ; sh:in ()`, data)).toEqual(focus.map((node) => `${node} ${node} In`));
  });
});

describe('a validation result', () => {
  const shape = `ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ( ex:p ex:q ) ; sh:minCount 1 ;
    sh:severity ex:Grave ; sh:message "Add it"@en .`;

  it('names severity, messages, path and shape as the shapes graph has them', async () => {
    const shapes = shapesOf(shape);
    const [result] = (await validateShapes(containerGraphOf([]), compileShapes(shapes))).results;
    expect(result).toMatchObject({
      severity: 'http://example.org/Grave',
      sourceShape: { value: 'http://example.org/P' },
    });
    expect(result?.messages.map((message) => message.value)).toEqual(['Add it']);
    expect(
      result?.path?.equals(shapes.getObjects('http://example.org/P', 'http://www.w3.org/ns/shacl#path', null)[0]!),
    ).toBe(true);
    expect(result).not.toHaveProperty('value');
  });

  it('is not waited for once the run is called off', async () => {
    const signal = AbortSignal.abort(new Error('called off'));
    await expect(validateShapes(containerGraphOf([]), compileShapes(shapesOf(shape)), { signal })).rejects.toThrow(
      'called off',
    );
  });
});

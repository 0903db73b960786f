import { describe, expect, it } from 'vitest';
import { compileError, report } from './sparqlRun.js';

const LANGUAGE = `ex:LanguageComponent a sh:ConstraintComponent ; sh:parameter [ sh:path ex:lang ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:message "{$value} is not in {?lang}" ;
    sh:ask "ASK { FILTER (isLiteral($value) && langMatches(lang($value), $lang)) }" ] .`;

const BETWEEN = `ex:BetweenComponent a sh:ConstraintComponent ;
  sh:parameter [ sh:path ex:from ], [ sh:path ex:to ], [ sh:path ex:step ; sh:optional true ] ;
  sh:nodeValidator [ sh:prefixes ex:declared ;
    sh:select "SELECT $this ?value { $this ex:size ?value FILTER (?value < $from || ?value > $to) }" ] ;
  sh:propertyValidator [ sh:prefixes ex:declared ;
    sh:select "SELECT $this ?value { $this $PATH ?value FILTER (?value < $from || ?value > $to || (bound($step) && ?value = $step)) }" ] .`;

describe('a constraint component that the shapes graph declares', () => {
  it('with an ASK validator says which value nodes do not pass, once for each value of its parameter', async () => {
    const shapes = `${LANGUAGE} ex:Shape a sh:NodeShape ; sh:targetClass ex:Image ; sh:property ex:Name .
      ex:Name sh:path ex:name ; ex:lang "de", "en" .`;
    expect(await report('ex:a a ex:Image ; ex:name "Bild"@de, "image"@en-gb . ex:b a ex:Image .', shapes)).toEqual([
      'ex:a ex:name "Bild"de^http://www.w3.org/1999/02/22-rdf-syntax-ns#langString: Bild is not in en',
      'ex:a ex:name "image"en-gb^http://www.w3.org/1999/02/22-rdf-syntax-ns#langString: image is not in de',
    ]);
  });

  it('with an ASK validator tests the focus node of a node shape', async () => {
    const shapes = `${LANGUAGE} ex:Shape a sh:NodeShape ; sh:targetObjectsOf ex:name ; ex:lang "de" .`;
    const found = await report('ex:a ex:name "Bild"@de, "image"@en, "plain" .', shapes);
    expect(found.map((line) => line.replace(/^.*: /, ''))).toEqual(['image is not in de', 'plain is not in de']);
  });

  it('may ask of the focus node and its value together', async () => {
    const shapes = `ex:SelfComponent a sh:ConstraintComponent ; sh:parameter [ sh:path ex:notSelf ] ;
        sh:validator [ sh:ask "ASK { FILTER (!$notSelf || $this != $value) }" ] .
      ex:Shape a sh:NodeShape ; sh:targetClass ex:Image ; sh:property [ sh:path ex:of ; ex:notSelf true ] .`;
    const data = 'ex:a a ex:Image ; ex:of ex:a, ex:b . ex:b a ex:Image ; ex:of ex:a .';
    expect(await report(data, shapes)).toEqual(['ex:a ex:of ex:a: ']);
  });

  it('takes the validator for its kind of shape, and leaves an optional parameter unbound', async () => {
    const data = 'ex:a a ex:Image ; ex:size 3 , 5 ; ex:width 9 .';
    const shapes = (clauses: string): string =>
      `${BETWEEN} ex:Shape a sh:NodeShape ; sh:targetClass ex:Image ; ${clauses} .`;
    expect(await report(data, shapes('ex:from 4 ; ex:to 9'))).toEqual([
      'ex:a - "3"^http://www.w3.org/2001/XMLSchema#integer: ',
    ]);
    expect(await report(data, shapes('sh:property [ sh:path ex:width ; ex:from 1 ; ex:to 9 ]'))).toEqual([]);
    expect(await report(data, shapes('sh:property [ sh:path ex:width ; ex:from 1 ; ex:to 9 ; ex:step 9 ]'))).toEqual([
      'ex:a ex:width "9"^http://www.w3.org/2001/XMLSchema#integer: ',
    ]);
    expect(await report(data, shapes('ex:from 4'))).toEqual([]);
  });

  it('takes hostile values of parameters for what they are', async () => {
    const shapes = `${LANGUAGE} ex:Shape a sh:NodeShape ; sh:targetObjectsOf ex:name ; ex:lang "de\\") || (\\"1\\" = \\"1" .`;
    expect((await report('ex:a ex:name "Bild"@de .', shapes)).length).toBe(1);
  });

  it.each([
    ['several values of one of its parameters', `${BETWEEN} ex:Shape ex:from 1, 2 ; ex:to 3 .`, 'at most one'],
    [
      'a validator in another language',
      'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:c ] ; sh:validator [ sh:jsFunctionName "f" ] . ex:Shape a sh:NodeShape ; ex:c 1 .',
      'the validator of <http://example.org/C> is no SPARQL query',
    ],
    [
      'no validator for its kind of shape',
      'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:c ] ; sh:nodeValidator [ sh:select "SELECT $this { }" ] . ex:Shape a sh:PropertyShape ; sh:path ex:p ; ex:c 1 .',
      '<http://example.org/C> has no validator for property shapes',
    ],
    [
      'only optional parameters',
      'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:c ; sh:optional true ] .',
      'a constraint component has at least one parameter that is not optional',
    ],
    [
      'a parameter whose name is taken',
      'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:this ] .',
      'the name of a parameter cannot be that of a variable',
    ],
    [
      'a parameter with a composed path',
      'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path [ sh:inversePath ex:p ] ] .',
      'a parameter has exactly one sh:path, an IRI',
    ],
    [
      'a query that gives a parameter a value',
      'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:c ] ; sh:validator [ sh:ask "ASK { BIND (1 AS ?c) }" ] . ex:Shape a sh:NodeShape ; ex:c 1 .',
      'AS with a variable that has its value',
    ],
  ])('is refused with %s', (_what, shapes, wrong) => expect(compileError(shapes)).toContain(wrong));
});

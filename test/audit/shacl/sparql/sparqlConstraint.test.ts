import fc from 'fast-check';
import { DataFactory } from 'n3';
import { describe, expect, it } from 'vitest';
import { compileShapes } from '../../../../src/audit/shacl/compileShapes.js';
import { containerGraphOf } from '../../../../src/graph/columns/containerGraphOf.js';
import { turtle } from '../../turtle.js';
import { shapesOf, TEST_PREFIXES } from '../shapes.js';
import { compileError, DECLARED, report, selects } from './sparqlRun.js';

const DATA = `ex:a a ex:Image ; ex:name "one", "two" ; ex:size 3 . ex:b a ex:Image ; ex:name "three" .
ex:c a ex:Other ; ex:name "four" .`;

describe('a SPARQL constraint', () => {
  it('gives a result for each solution, with its value, on target nodes only', async () => {
    expect(
      await report(DATA, selects('SELECT $this ?value { $this ex:name ?value }', 'sh:message "no names" ;')),
    ).toEqual([
      'ex:a - "one"^http://www.w3.org/2001/XMLSchema#string: no names',
      'ex:a - "two"^http://www.w3.org/2001/XMLSchema#string: no names',
      'ex:b - "three"^http://www.w3.org/2001/XMLSchema#string: no names',
    ]);
  });

  it('has the focus node as its value where a node shape selects none, and the path it selects', async () => {
    const query = 'SELECT $this (ex:size AS ?path) { FILTER NOT EXISTS { $this ex:size ?size } }';
    expect(await report(DATA, selects(query))).toEqual(['ex:b ex:size ex:b: ']);
  });

  it('reads $PATH as the path of its property shape, however it is composed', async () => {
    const shapes = `ex:Shape a sh:NodeShape ; sh:targetClass ex:Image ; sh:property [
      sh:path [ sh:alternativePath ( ( ex:part ex:name ) [ sh:inversePath ex:of ] ) ] ;
      sh:sparql [ sh:prefixes ex:declared ; sh:select "SELECT $this ?value { $this $PATH ?value }" ] ] .`;
    const data = 'ex:a a ex:Image ; ex:part [ ex:name "p" ] . ex:x ex:of ex:a . ex:y ex:of ex:z .';
    expect((await report(data, shapes)).map((line) => line.replace(/ _:\S+/, ' path'))).toEqual([
      'ex:a path "p"^http://www.w3.org/2001/XMLSchema#string: ',
      'ex:a path ex:x: ',
    ]);
  });

  it('fills the variables of its message in, and prefers the message a solution gives', async () => {
    const named = 'sh:message "{$this} is called {?value}, {?unbound}" ;';
    expect(await report(DATA, selects('SELECT $this ?value { $this ex:name ?value ; ex:size 3 }', '', named))).toEqual([
      'ex:a - "one"^http://www.w3.org/2001/XMLSchema#string: ex:a is called one, {?unbound}',
      'ex:a - "two"^http://www.w3.org/2001/XMLSchema#string: ex:a is called two, {?unbound}',
    ]);
    const query = 'SELECT $this ("too small" AS ?message) { $this ex:size ?size }';
    expect(await report(DATA, selects(query, '', named))).toEqual(['ex:a - ex:a: too small']);
  });

  it('asks nothing when it is deactivated', async () => {
    expect(await report(DATA, selects('SELECT $this { }', '', 'sh:deactivated true ;'))).toEqual([]);
  });

  it('groups, limits and nests for each focus node alone', async () => {
    const count = 'SELECT $this (COUNT(?n) AS ?value) { $this ex:name ?n } GROUP BY $this HAVING (COUNT(?n) > 1)';
    expect(await report(DATA, selects(count))).toEqual(['ex:a - "2"^http://www.w3.org/2001/XMLSchema#integer: ']);
    expect(await report(DATA, selects('SELECT $this { $this ex:name ?n } ORDER BY ?n LIMIT 1'))).toEqual([
      'ex:a - ex:a: ',
      'ex:b - ex:b: ',
    ]);
    const nested = 'SELECT $this ?value { { SELECT $this (MIN(?n) AS ?value) { $this ex:name ?n } GROUP BY $this } }';
    expect((await report(DATA, selects(nested))).length).toBe(2);
  });

  it('belongs to its focus node though the query does not select $this', async () => {
    expect(await report(DATA, selects('SELECT ?value { $this ex:name ?value FILTER(?value != "two") }'))).toEqual([
      'ex:a - "one"^http://www.w3.org/2001/XMLSchema#string: ',
      'ex:b - "three"^http://www.w3.org/2001/XMLSchema#string: ',
    ]);
  });

  it('knows blank nodes of the data again', async () => {
    const data = '[] a ex:Image ; ex:part _:p . _:p ex:name "part" .';
    const lines = await report(data, selects('SELECT $this ?value { $this ex:part ?value FILTER(isBlank($this)) }'));
    expect(lines).toEqual([expect.stringMatching(/^_:\S+ - _:\S+: $/)]);
  });

  it('gives literals as the data write them, though the store writes them its own way', async () => {
    const data = 'ex:a a ex:Image ; ex:size 0.50, "7"^^xsd:int . ex:b a ex:Image ; ex:size 0.5 .';
    expect(await report(data, selects('SELECT $this ?value { $this ex:size ?value }'))).toEqual([
      'ex:a - "0.50"^http://www.w3.org/2001/XMLSchema#decimal: ',
      'ex:a - "7"^http://www.w3.org/2001/XMLSchema#int: ',
      'ex:b - "0.5"^http://www.w3.org/2001/XMLSchema#decimal: ',
    ]);
    const target = 'ex:Shape a sh:NodeShape ; sh:targetNode 0.50, 0.5 ; sh:sparql [ sh:select "SELECT $this { }" ] .';
    expect((await report('', target)).map((line) => line.split(' ')[0])).toEqual([
      '"0.5"^http://www.w3.org/2001/XMLSchema#decimal',
      '"0.50"^http://www.w3.org/2001/XMLSchema#decimal',
    ]);
  });

  it('takes hostile values for what they are: they never become part of a query', async () => {
    const { namedNode, literal, quad } = DataFactory;
    const hostile = namedNode('http://example.org/a> } DROP ALL # \\');
    const quads = turtle(`${TEST_PREFIXES} ex:a a ex:Image .`).map((q) => quad(hostile, q.predicate, q.object));
    for (const text of [
      `" } DROP ALL # \\`,
      `'''
`,
    ])
      quads.push(quad(hostile, namedNode('http://example.org/name'), literal(text)));
    const lines = await report(quads, selects('SELECT $this ?value { $this ex:name ?value FILTER(?value = ?value) }'));
    expect(lines).toEqual([
      `${hostile.value.replace('http://example.org/', 'ex:')} - "" } DROP ALL # \\"^http://www.w3.org/2001/XMLSchema#string: `,
      `${hostile.value.replace('http://example.org/', 'ex:')} - "'''
"^http://www.w3.org/2001/XMLSchema#string: `,
    ]);
  });

  it('bounds the solutions of one focus node and says that there are more', async () => {
    const many = Array.from({ length: 240 }, (_, i) => `ex:n ex:p ${i} .`).join(' ');
    const lines = await report(`ex:a a ex:Image . ${many}`, selects('SELECT $this ?x { ex:n ex:p ?x, ?y }'));
    expect(lines.length).toBe(50_001);
    expect(lines).toContain(
      'ex:a - -: The query of this shape gives more than 50000 solutions; the others are left out',
    );
  });

  it('may ask the shapes graph and the shape at hand', async () => {
    const query =
      'SELECT $this ?value { $this ex:size ?value GRAPH $shapesGraph { $currentShape ex:most ?m } FILTER(?value > ?m) }';
    expect(await report(DATA, selects(query, 'ex:most 2 ;'))).toEqual([
      'ex:a - "3"^http://www.w3.org/2001/XMLSchema#integer: ',
    ]);
    expect(await report(DATA, selects(query, 'ex:most 3 ;'))).toEqual([]);
  });

  it('ends the validation when its query reports a failure', async () => {
    await expect(report(DATA, selects('SELECT $this (true AS ?failure) { }'))).rejects.toThrowError(
      'shape <http://example.org/Shape>: its query reports a failure',
    );
  });

  it('is run on the graph it is bound to, whichever was bound last', () => {
    const shapes = compileShapes(shapesOf(DECLARED + selects('SELECT $this ?value { $this ex:name ?value }')));
    const bound = ['one', 'two'].map((name) =>
      shapes.bind(containerGraphOf(turtle(`${TEST_PREFIXES} ex:a a ex:Image ; ex:name "${name}" .`) as never[])),
    );
    const found = [0, 1, 0].flatMap((i) => {
      const values: string[] = [];
      const [one, shape] = [bound[i], shapes.targeted[0]];
      if (one === undefined || shape === undefined) return [];
      one.validate(shape, one.focusNodes(shape), (_f, _c, value) => values.push(one.graph.terms.value(value)));
      return values;
    });
    expect(found).toEqual(['one', 'two', 'one']);
  });

  it('is said of the shape and of those that refer to it', () => {
    const { targeted } = compileShapes(
      shapesOf(`ex:Outer a sh:NodeShape ; sh:targetClass ex:Image ; sh:node ex:Inner .
        ex:Inner sh:sparql [ sh:select "SELECT $this { }" ] . ex:Plain a sh:NodeShape ; sh:targetClass ex:Image .`),
    );
    expect(targeted.map(({ named, way, reason }) => [named.slice(19), way, reason])).toEqual([
      ['Outer', 'sparql', 'has a SPARQL constraint'],
      ['Plain', 'columns', undefined],
    ]);
  });

  it('answers for many nodes at once what it answers for each alone', async () => {
    const queries = [
      'SELECT $this ?value { $this ex:p ?value FILTER NOT EXISTS { $this ex:q ?value } }',
      'SELECT $this { { $this ex:p ex:n1 } UNION { FILTER($this = ex:n2) } OPTIONAL { $this ex:q ?q } FILTER(!bound(?q)) }',
      'SELECT DISTINCT $this ?value { ?value ex:p+ $this . { FILTER($this != ?value || true) } }',
      'SELECT $this ?value { { SELECT $this (COUNT(*) AS ?value) { $this ex:p|ex:q ?o } GROUP BY $this } FILTER(?value > 1) }',
      'SELECT $this ?value { OPTIONAL { $this ex:p ?value . FILTER($this != ?value) } BIND($this AS ?that) FILTER EXISTS { ?that ex:q ?x } }',
    ].map((query) =>
      compileShapes(
        shapesOf(`${DECLARED} ${selects(query).replace('sh:targetClass ex:Image', 'sh:targetSubjectsOf ex:p')}`),
      ),
    );
    const triple = fc.tuple(fc.nat(4), fc.constantFrom('p', 'q'), fc.nat(4));
    fc.assert(
      fc.property(fc.array(triple, { maxLength: 12 }), fc.constantFrom(...queries), (triples, shapes) => {
        const text = triples.map(([s, p, o]) => `ex:n${s} ex:${p} ex:n${o} .`).join(' ');
        const bound = shapes.bind(containerGraphOf(turtle(TEST_PREFIXES + text) as never[]));
        const [shape] = shapes.targeted;
        if (shape === undefined) return;
        const focus = bound.focusNodes(shape);
        const found = (nodes: Uint32Array): string[] => {
          const lines: string[] = [];
          bound.validate(shape, nodes, (node, _constraint, value) => lines.push(`${node} ${value}`));
          return lines;
        };
        expect(found(focus).sort()).toEqual([...focus].flatMap((node) => found(Uint32Array.of(node))).sort());
      }),
      { numRuns: 60 },
    );
  });
});

describe('a SPARQL constraint that cannot be meant is an error that names the shape', () => {
  it.each([
    ['syntax', 'SELECT $this WHERE {\n $this ex:name }', 'sh:select: line 2, column 16: the query cannot be read'],
    [
      'a prefix that is not declared',
      'SELECT $this { $this no:name ?v }',
      'the query uses a prefix that its sh:prefixes do not declare ("no:")',
    ],
    [
      'an unknown function',
      'SELECT $this { FILTER(ex:fn($this)) }',
      'The custom function <http://example.org/fn> is not supported',
    ],
    ['another form', 'ASK { $this ex:name ?v }', 'sh:select is of another form ("ASK")'],
    ['an update', 'DELETE WHERE { ?s ?p ?o }', 'the graph is read only'],
    ['SERVICE', 'SELECT $this { SERVICE <http://example.org/> { ?s ?p ?o } }', 'SERVICE is not supported'],
    ['MINUS', 'SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }', 'SHACL does not allow MINUS'],
    ['VALUES', 'SELECT $this { VALUES ?x { 1 } }', 'SHACL does not allow VALUES'],
    ['FROM', 'SELECT $this FROM <http://example.org/> { }', 'SHACL does not allow FROM'],
    [
      'AS $this',
      'SELECT $this { BIND(1 AS $this) }',
      'SHACL does not allow AS with a variable that has its value in this query ("$this")',
    ],
    ['a graph variable', 'SELECT $this { GRAPH ?g { $this ?p ?o } }', 'SHACL does not allow GRAPH with a variable'],
    [
      'a subquery without $this',
      'SELECT $this { { SELECT ?s { ?s ?p ?o } } }',
      'SHACL does not allow a subquery that does not select $this',
    ],
    [
      'a subquery with *',
      'SELECT $this { { SELECT * { $this ?p ?o } } }',
      'SHACL does not allow a subquery with SELECT *',
    ],
    [
      '$PATH on a node shape',
      'SELECT $this { $this $PATH ?value }',
      'SHACL does not allow $PATH outside of property shapes',
    ],
    ['a variable of ours', 'SELECT $this { $this ?omegraphRow ?value }', 'this variable, which is used inside'],
  ])('%s', (_what, query, wrong) => {
    const message = compileError(selects(query));
    expect(message).toMatch(/^shape <http:\/\/example\.org\/Shape>: /);
    expect(message).toContain(wrong);
  });

  it.each(['sh:js [ sh:jsFunctionName "f" ]', 'sh:expression [ sh:path ex:p ]'])('another language: %s', (clause) => {
    expect(compileError(`ex:Shape a sh:NodeShape ; ${clause} .`)).toMatch(
      /^shape <http:\/\/example\.org\/Shape>: this part of SHACL is not run here \("sh:(?:js|expression)"\)/,
    );
  });

  it('nesting that the engine would not survive', () => {
    const deep = `SELECT $this { ${'{ '.repeat(150)} $this ?p ?o ${'} '.repeat(150)} }`;
    expect(compileError(selects(deep))).toContain('nested deeper than 100 levels');
  });

  it.each([
    ['no query', '[ sh:message "m" ]', 'it has no sh:select'],
    ['two queries', '[ sh:select "SELECT $this { }", "SELECT $this {  }" ]', 'it has several sh:select'],
    ['a literal', '"SELECT $this { }"', 'sh:sparql is neither an IRI nor a blank node'],
    ['a query that is an IRI', '[ sh:select ex:query ]', 'sh:select is not a text'],
    [
      'a prefix declared twice',
      '[ sh:prefixes ex:declared, [ sh:declare [ sh:prefix "ex" ; sh:namespace "http://other/" ] ] ; sh:select "SELECT $this { $this ex:p 1 }" ]',
      'sh:prefixes declare a prefix twice',
    ],
    [
      'a relative namespace',
      '[ sh:prefixes [ sh:declare [ sh:prefix "r" ; sh:namespace "./" ] ] ; sh:select "SELECT $this { $this r:p 1 }" ]',
      'the namespace of a prefix is no absolute IRI ("./")',
    ],
    [
      'a namespace that would end its token',
      '[ sh:prefixes [ sh:declare [ sh:prefix "r" ; sh:namespace "http://x/> SELECT <" ] ] ; sh:select "SELECT $this { $this r:p 1 }" ]',
      'the namespace of a prefix is no IRI',
    ],
  ])('%s', (_what, constraint, wrong) => {
    expect(compileError(`ex:Shape a sh:NodeShape ; sh:sparql ${constraint} .`)).toContain(wrong);
  });
});

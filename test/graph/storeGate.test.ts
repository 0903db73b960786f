import fc from 'fast-check';
import { DataFactory } from 'n3';
import { describe, expect, it } from 'vitest';
import { QueryRefusal, type RefusalReason } from '../../src/graph/graphStore.js';
import { checkQuery, QUERY_LIMITS } from '../../src/graph/sparqlGate.js';
import { sparql } from '../../src/graph/sparqlText.js';

function reasonOf(query: string): RefusalReason | undefined {
  try {
    checkQuery(query);
    return undefined;
  } catch (error) {
    return error instanceof QueryRefusal ? error.reason : undefined;
  }
}
const times = (text: string, n: number): string => text.repeat(n);

describe('the gate before the SPARQL engine', () => {
  it.each([
    ['SELECT * {}', 'select'],
    ['# insert nothing\nPREFIX insert: <http://x/delete> ask {}', 'ask'],
    ['BASE <http://x/> CONSTRUCT WHERE { ?s ?p "INSERT" }', 'construct'],
    ['prefix select: <http://x/> DESCRIBE select:ask', 'describe'],
  ])('reads the form of %s', (query, form) => {
    expect(checkQuery(query).form).toBe(form);
  });

  it.each([
    'INSERT DATA { <a:a> <a:b> <a:c> }',
    'PREFIX select: <http://x/> DELETE WHERE { ?s ?p ?o }',
    '# SELECT\nLOAD <http://localhost/>',
    'drop all',
    'WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }',
  ])('refuses the update %s', (query) => {
    expect(reasonOf(query)).toBe('update');
  });

  it.each([
    'SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }',
    'SELECT * { service silent ?x { ?s ?p ?o } }',
    'SELECT * { "" <a:b> """x"""^^<a:c> . SERVICE<http://localhost/>{} }',
    "SELECT * { ?a <b:c> '#' . SERVICE <http://localhost/> {} }",
  ])('refuses the federated query %s', (query) => {
    expect(reasonOf(query)).toBe('service');
  });

  it.each([
    'SELECT ?service { ?service <http://x/SERVICE> "SERVICE" }',
    'PREFIX service: <http://x/> SELECT * { ?s service:service ?o } # SERVICE',
    "SELECT * { ?s ?p '''it's SERVICE''' }",
    'SELECT * { ?s ?p "a \\" SERVICE" }',
  ])('lets the word pass where it is a name or a text: %s', (query) => {
    expect(reasonOf(query)).toBeUndefined();
  });

  it('sees FROM and functions whose answer changes', () => {
    expect(checkQuery('SELECT * FROM <a:g> {}')).toMatchObject({ hasDataset: true, isVolatile: false });
    expect(checkQuery('SELECT (NOW() AS ?n) { ?from <a:from> "FROM" }')).toMatchObject({
      hasDataset: false,
      isVolatile: true,
    });
  });

  it.each<[string, (n: number) => string]>([
    ['groups', (n) => `ASK {${times('{', n)}${times('}', n)}}`],
    ['OPTIONALs', (n) => `ASK {${times('OPTIONAL{', n)}${times('}', n)}}`],
    ['brackets', (n) => `ASK {FILTER(${times('(', n)}1${times(')', n)})}`],
    ['paths', (n) => `ASK {?s ${times('(', n)}<a:a>${times(')*', n)} ?o}`],
    ['EXISTS', (n) => `ASK {${times('FILTER EXISTS{', n)}${times('}', n)}}`],
    ['subqueries', (n) => `ASK {${times('{SELECT * {', n)}${times('}}', n)}}`],
    ['calls', (n) => `ASK {FILTER(${times('STR(', n)}1${times(')', n)})}`],
    ['UNIONs in a row', (n) => `ASK {{}${times('UNION{}', n)}}`],
    ['OPTIONALs in a row', (n) => `ASK {${times('OPTIONAL{}', n)}}`],
    ['MINUS in a row', (n) => `ASK {${times('MINUS{}', n)}}`],
    ['BINDs in a row', (n) => `ASK {${times('BIND(1 AS ?x)', n)}}`],
    ['negations', (n) => `ASK {FILTER(${times('!', n)}true)}`],
    ['sums', (n) => `ASK {FILTER(1${times('+1', n)})}`],
    ['alternatives', (n) => `ASK {FILTER(?x${times('||?x', n)})}`],
    ['path alternatives', (n) => `ASK {?s <a:a>${times('|<a:a>', n)} ?o}`],
    ['groups hidden behind strings', (n) => `ASK {${times('{?s ?p "}" . ?s ?p <a:}> ', n)}${times('}', n)}}`],
  ])('refuses thousands of %s before they reach the engine', (_, query) => {
    for (const n of [2000, 5000, 100_000]) expect(['too-complex', 'too-large']).toContain(reasonOf(query(n)));
  });

  it('lets a list of values be as long as the query may be', () => {
    expect(reasonOf(`ASK { VALUES ?x { ${times('<a:b> ', 9000)} } }`)).toBeUndefined();
    expect(reasonOf(`ASK { ?s ?p "${times('({[', 9000)}" } # ${times('{', 9000)}`)).toBeUndefined();
  });

  it('refuses queries larger than the limit in bytes, not in characters', () => {
    expect(reasonOf(`ASK { ?s ?p "${times('é', QUERY_LIMITS.bytes / 2)}" }`)).toBe('too-large');
  });

  it.each(['"', "'", '"""', 'ASK { ?s ?p "abc }', "ASK { ?s ?p '''abc'' }", 'ASK { ?s ?p "line\nbreak" }'])(
    'names an unclosed string: %s',
    (query) => {
      expect(reasonOf(query)).toBe('syntax');
    },
  );

  it('reads any text in one pass, however odd', () => {
    const pieces = fc.constantFrom(
      '"',
      '\\',
      "'",
      '<',
      '>',
      '{',
      '.',
      '-',
      ':',
      'a',
      '?',
      '#',
      '\n',
      '@',
      '"""\\',
      '.-',
      '\u{10ffff}',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), (unit) => {
        reasonOf(unit.join('').repeat(15_000).slice(0, 64_000));
      }),
      { numRuns: 200 },
    );
  });
});

describe('terms written into queries', () => {
  it('never lets a text end its own quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const query = sparql`ASK { ?s ?p ${DataFactory.literal(text)} }`.sparql;
        expect(checkQuery(query).form).toBe('ask');
        expect(
          query.startsWith('ASK { ?s ?p "') && query.endsWith('"^^<http://www.w3.org/2001/XMLSchema#string> }'),
        ).toBe(true);
      }),
    );
  });

  it('refuses an IRI that would break out of its brackets', () => {
    expect(() => sparql`ASK { ${DataFactory.namedNode('http://x/> ?p ?o } #')} ?p ?o }`).toThrow(TypeError);
  });

  it('writes lists for VALUES, numbers as integers and language tags', () => {
    const { namedNode, literal } = DataFactory;
    expect(sparql`VALUES ?x { ${[namedNode('a:b'), literal('x', 'en')]} } LIMIT ${10.7}`.sparql).toBe(
      'VALUES ?x { <a:b> "x"@en } LIMIT 10',
    );
  });
});

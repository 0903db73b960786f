import type { Term } from '@rdfjs/types';
import fc from 'fast-check';
import { DataFactory as df, type Quad, Store } from 'n3';
import { describe, expect, it } from 'vitest';
import { type ContainerGraph, NO_TERM, TERM_KIND } from '../../../src/graph/columns/containerGraph.js';
import { containerGraphOf, withTriples } from '../../../src/graph/columns/containerGraphOf.js';
import { arbitraryQuads, keyOf, sortedKeys, triplesOf } from './columnsFixture.js';

const ex = (name: string) => df.namedNode(`https://example.org/${name}`);

/** What must hold in every column: order, distinct pairs, `first`, and the inverse. */
function expectSoundColumns(graph: ContainerGraph): void {
  expect([...graph.predicates]).toEqual([...graph.predicates].sort((a, b) => a - b));
  let size = 0;
  for (const predicate of graph.predicates) {
    const column = graph.column(predicate)!;
    size += column.length;
    expect(column.predicate).toBe(predicate);
    expect(column.length).toBeGreaterThan(0);
    for (const one of [column, column.inverse]) {
      expect(one.subjects.length).toBe(column.length);
      expect(one.objects.length).toBe(column.length);
      const firsts = new Map<number, number>();
      for (let at = 0; at < one.length; at++) {
        const subject = one.subjects[at]!;
        if (!firsts.has(subject)) firsts.set(subject, at);
        if (at === 0) continue;
        const before = one.subjects[at - 1]!;
        expect(before < subject || (before === subject && one.objects[at - 1]! < one.objects[at]!)).toBe(true);
      }
      for (let id = 0; id < graph.terms.size + 3; id++) expect(one.first(id)).toBe(firsts.get(id) ?? -1);
      expect(one.first(NO_TERM)).toBe(-1);
    }
    expect(column.inverse.inverse).toBe(column);
  }
  expect(graph.size).toBe(size);
}

describe('the columns of a graph', () => {
  it('hold the triples that an n3 store holds, each once', () => {
    fc.assert(
      fc.property(arbitraryQuads, (quads) => {
        const graph = containerGraphOf(quads);
        expectSoundColumns(graph);
        expect(graph.read).toBe(quads.length);
        const store = new Store(quads.map((q) => df.quad(q.subject, q.predicate, q.object)) as never);
        const distinct = new Set([...store].map((q) => keyOf(q as Quad)));
        expect(new Set(sortedKeys(triplesOf(graph)))).toEqual(distinct);
        expect(graph.size).toBe(distinct.size);
      }),
    );
  });

  it('know every term by number and every number by term', () => {
    fc.assert(
      fc.property(arbitraryQuads, (quads) => {
        const { terms } = containerGraphOf(quads);
        for (let id = 0; id < terms.size; id++) {
          const term = terms.term(id);
          expect(terms.find(term)).toBe(id);
          expect(terms.add(term)).toBe(id);
          expect(term.value).toBe(terms.value(id));
          const kind = { NamedNode: TERM_KIND.iri, BlankNode: TERM_KIND.blank, Literal: TERM_KIND.literal };
          expect(kind[term.termType as keyof typeof kind]).toBe(terms.kind(id));
          expect(terms.datatype(id)).toBe(term.termType === 'Literal' ? term.datatype.value : '');
          expect(terms.language(id)).toBe(term.termType === 'Literal' ? term.language : '');
        }
      }),
    );
  });

  it('keep to the predicates that are asked for and still count what was read', () => {
    const quads = [df.quad(ex('a'), ex('p'), ex('b')), df.quad(ex('a'), ex('q'), df.literal('left out'))] as Quad[];
    const graph = containerGraphOf(quads, new Set([ex('p').value, ex('absent').value]));
    expect(graph.size).toBe(1);
    expect(graph.read).toBe(2);
    expect(graph.columnOf(ex('q').value)).toBeUndefined();
    expect(graph.columnOf(ex('absent').value)).toBeUndefined();
    expect(graph.terms.find(df.literal('left out'))).toBe(NO_TERM);
  });

  it('tell literals apart by text, datatype and language, the language without case', () => {
    const { terms } = containerGraphOf([]);
    const xsd = (name: string) => df.namedNode(`http://www.w3.org/2001/XMLSchema#${name}`);
    const some = [
      df.literal(''),
      df.literal('1'),
      df.literal('1', xsd('integer')),
      df.literal('1', xsd('decimal')),
      df.literal('1', 'en'),
      df.literal('1', 'en-GB'),
      df.literal('https://example.org/a'),
      ex('a'),
      df.blankNode('a'),
      df.literal('_:a'),
    ];
    expect(new Set(some.map((term) => terms.add(term))).size).toBe(some.length);
    expect(terms.add(df.literal('1', xsd('string')))).toBe(terms.find(df.literal('1')));
    const british = terms.find(df.literal('1', 'EN-gb'));
    expect(british).toBe(terms.find(df.literal('1', 'en-GB')));
    expect(terms.add(df.literal('1', 'EN-gb'))).toBe(british);
  });

  it('keep a language tag as it was first written', () => {
    const { terms } = containerGraphOf([]);
    // n3 writes tags in lower case; other makers of RDF/JS terms do not.
    const id = terms.add({
      termType: 'Literal',
      value: 'colour',
      language: 'en-GB',
      datatype: df.namedNode(''),
    } as unknown as Term);
    expect(terms.language(id)).toBe('en-GB');
  });

  it('refuse a variable as a term and find none', () => {
    const { terms } = containerGraphOf([]);
    expect(terms.find(df.variable('x'))).toBe(NO_TERM);
    expect(() => terms.add(df.variable('x'))).toThrow(/Variable/);
  });

  it('take terms that no N-Quads file could hold, such as IRIs with quotes and spaces', () => {
    const { terms } = containerGraphOf([]);
    const odd = [
      df.namedNode('a b'),
      df.namedNode('"'),
      df.literal('x', df.namedNode('urn:"@en')),
      df.literal('x"@en'),
    ];
    for (const term of odd) expect(terms.term(terms.add(term)).equals(term)).toBe(true);
  });

  it('hold terms of a megabyte', () => {
    const { terms } = containerGraphOf([]);
    const huge = df.literal('é'.repeat(1 << 20));
    expect(terms.value(terms.add(huge))).toBe(huge.value);
    expect(terms.find(df.literal('é'.repeat((1 << 20) - 1)))).toBe(NO_TERM);
  });

  it('are empty for an empty graph', () => {
    const graph = containerGraphOf([]);
    expect([graph.size, graph.read, graph.terms.size, graph.predicates.length]).toEqual([0, 0, 0, 0]);
  });
});

describe('a graph with further triples', () => {
  it('holds both, keeps numbers of terms, and leaves the first graph as it was', () => {
    fc.assert(
      fc.property(arbitraryQuads, arbitraryQuads, (some, more) => {
        const graph = containerGraphOf(some);
        const before = sortedKeys(triplesOf(graph));
        const terms = Array.from({ length: graph.terms.size }, (_, id) => graph.terms.term(id));
        const both = withTriples(graph, more);
        expectSoundColumns(both);
        expect(sortedKeys(triplesOf(both))).toEqual(sortedKeys(triplesOf(containerGraphOf([...some, ...more]))));
        expect(sortedKeys(triplesOf(graph))).toEqual(before);
        terms.forEach((term, id) => expect(both.terms.find(term)).toBe(id));
      }),
    );
  });

  it('shares the columns that did not change', () => {
    const graph = containerGraphOf([df.quad(ex('a'), ex('p'), ex('b')), df.quad(ex('a'), ex('q'), ex('b'))] as Quad[]);
    const both = withTriples(graph, [df.quad(ex('c'), ex('q'), ex('b'))] as Quad[]);
    expect(both.columnOf(ex('p').value)).toBe(graph.columnOf(ex('p').value));
    expect(both.columnOf(ex('q').value)).not.toBe(graph.columnOf(ex('q').value));
    expect([both.size, both.read]).toEqual([3, 2]);
    expect(graph.size).toBe(2);
  });
});

import { DataFactory } from 'n3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { containerGraphOf } from '../../src/graph/columns/containerGraphOf.js';
import { createSyncStore, queryFault } from '../../src/graph/syncStore.js';

const { namedNode, blankNode, literal, quad } = DataFactory;
const P = namedNode('http://example.org/p');

describe('the embedded store in the thread of its caller', () => {
  it('gives the triples of a container back, blank nodes by their labels and texts to the letter', () => {
    const objects = [
      blankNode('label'),
      namedNode('http://example.org/ä?x=1#y'),
      literal('line\nfeed "quoted" \\ \u{1F52C}'),
      literal('', 'en'),
      literal('<b>', namedNode('http://example.org/type')),
    ];
    const quads = objects.flatMap((o) => [quad(namedNode('http://example.org/s'), P, o), quad(blankNode('b0'), P, o)]);
    const store = createSyncStore();
    store.addContainer(containerGraphOf(quads as never[]));
    const found = store.select('SELECT ?s ?o { ?s ?p ?o }').map(({ s, o }) => quad(s as never, P, o as never));
    expect(found.length).toBe(quads.length);
    for (const q of quads) expect(found.some((f) => f.equals(q))).toBe(true);
    store.free();
  });

  it('keeps named graphs apart from the default graph, and takes them away', () => {
    const store = createSyncStore();
    store.addQuads([quad(P, P, literal('1'))] as never[]);
    store.addQuads([quad(P, P, literal('2')), quad(P, P, blankNode('x'))] as never[], 'urn:g');
    expect(store.select('SELECT ?o { ?s ?p ?o }').map(({ o }) => o?.value)).toEqual(['1']);
    const inGraph = 'SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }';
    expect(
      store
        .select(inGraph)
        .map(({ o }) => o?.value)
        .sort(),
    ).toEqual(['2', 'x']);
    store.clear('urn:g');
    expect(store.select(inGraph)).toEqual([]);
    store.clear('urn:g');
    expect(store.construct('CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }')).toEqual([]);
    expect(store.construct('CONSTRUCT { ?s ?p 2 } WHERE { ?s ?p ?o }').map((q) => q.object.value)).toEqual(['2']);
    store.free();
  });

  it('leaves what is unbound out of a solution', () => {
    const store = createSyncStore();
    expect(store.select('SELECT ?a ?b { BIND (1 AS ?a) }')).toEqual([
      { a: literal('1', namedNode('http://www.w3.org/2001/XMLSchema#integer')) },
    ]);
    store.free();
  });

  it('says what is wrong with a query before there are data', () => {
    expect(queryFault('SELECT ?s { ?s ?p ?o }')).toBeUndefined();
    expect(queryFault('SELECT ?s { ?s ?p }')).toMatch(/^error at 1:/);
    expect(queryFault('SELECT ?s { FILTER(<urn:f>(?s)) }')).toContain('<urn:f> is not supported');
  });
});

describe('a store whose engine dies', () => {
  afterEach(() => {
    vi.doUnmock('oxigraph');
    vi.resetModules();
  });

  it('says so, and takes no more questions', async () => {
    vi.resetModules();
    class Store {
      query(): never {
        throw Object.assign(new Error('unreachable'), { name: 'RuntimeError' });
      }
    }
    vi.doMock('oxigraph', () => ({ default: { Store } }));
    const { createSyncStore: create } = await import('../../src/graph/syncStore.js');
    const store = create();
    const died = expect.objectContaining({
      tag: 'limit',
      where: 'embedded store',
      message: expect.stringContaining('it died while it was running a query ("unreachable")') as string,
    }) as Error;
    expect(() => store.select('SELECT * { }')).toThrowError(died);
    expect(() => create()).toThrowError(died);
    expect(() => store.clear('urn:g')).toThrowError(died);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, recordOf } from '../graph/storeFixture.js';
import { raw, type Served, serve } from './serviceFixture.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const DIRECT = { 'content-type': 'application/sparql-query' };
const DATA = 'http://kasei.us/2009/09/sparql/data';
const encode = encodeURIComponent;

/** Three graphs that each hold one typed resource named after the graph, as in the W3C's protocol tests. */
const trig = [1, 2, 3]
  .map((n) => `GRAPH <${DATA}/data${n}.rdf> { <${DATA}/data${n}.rdf> a <http://xmlns.com/foaf/0.1/Document> }`)
  .join('\n');

let served: Served;
let endpoint: string;
beforeAll(async () => {
  served = await serve(await recordOf(trig, DATA.replace(/\/data$/, '')));
  endpoint = `${served.url}/sparql`;
});
afterAll(() => served.close());

const both = `ASK { <${DATA}/data1.rdf> a ?t . <${DATA}/data2.rdf> a ?t }`;
const named = `ASK { GRAPH ?g1 { <${DATA}/data1.rdf> a ?t } GRAPH ?g2 { <${DATA}/data2.rdf> a ?t } }`;
const defaults = `default-graph-uri=${encode(`${DATA}/data1.rdf`)}&default-graph-uri=${encode(`${DATA}/data2.rdf`)}`;
const names = defaults.replace(/default-/g, 'named-');

describe('the query operation of the SPARQL 1.1 Protocol', () => {
  it.each<[string, Parameters<typeof raw>[1] & { query?: string }, boolean]>([
    ['query_get', { query: `?query=${encode('ASK {}')}&default-graph-uri=${encode(`${DATA}/data0.rdf`)}` }, true],
    [
      'query_post_form',
      {
        method: 'POST',
        headers: FORM,
        body: `query=${encode('ASK {}')}`,
        query: `?default-graph-uri=${encode(`${DATA}/data0.rdf`)}`,
      },
      true,
    ],
    ['query_post_direct', { method: 'POST', headers: DIRECT, body: 'ASK {}' }, true],
    ['query_dataset_default_graphs_get', { query: `?query=${encode(both)}&${defaults}` }, true],
    ['query_dataset_default_graphs_post', { method: 'POST', headers: DIRECT, body: both, query: `?${defaults}` }, true],
    ['query_dataset_named_graphs_get', { query: `?query=${encode(named)}&${names}` }, true],
    ['query_dataset_named_graphs_post', { method: 'POST', headers: DIRECT, body: named, query: `?${names}` }, true],
    [
      'query_dataset_full',
      {
        method: 'POST',
        headers: DIRECT,
        body: named.replace('ASK {', `ASK { <${DATA}/data3.rdf> a ?t`),
        query: `?default-graph-uri=${encode(`${DATA}/data3.rdf`)}&${names}`,
      },
      true,
    ],
    [
      'query_multiple_dataset',
      {
        method: 'POST',
        headers: DIRECT,
        body: named.replace('ASK', `ASK FROM <${DATA}/data3.rdf>`),
        query: `?${names}`,
      },
      true,
    ],
    [
      'a dataset in the form',
      { method: 'POST', headers: FORM, body: `query=${encode(both)}&default-graph-uri=${encode(`${DATA}/data1.rdf`)}` },
      false,
    ],
    [
      'a charset in the content type',
      {
        method: 'POST',
        headers: { 'content-type': 'application/sparql-query; charset="UTF-8"' },
        body: 'ASK { FILTER("é" = "\\u00e9") }',
      },
      true,
    ],
    ['a slash behind the path', { query: `/?query=${encode('ASK {}')}` }, true],
  ])('answers %s', async (_, { query = '', ...options }, expected) => {
    const { status, headers, body } = await raw(endpoint + query, options);
    expect([status, headers['content-type']]).toEqual([200, 'application/sparql-results+json']);
    expect(JSON.parse(body).boolean).toBe(expected);
  });

  const update = 'INSERT DATA { <a:a> <a:b> <a:c> }';
  it.each<[string, Parameters<typeof raw>[1] & { query?: string }, number, string]>([
    ['bad_query_method: PUT', { method: 'PUT', headers: DIRECT, body: 'ASK {}' }, 405, 'method'],
    ['bad_query_method: DELETE', { method: 'DELETE', query: `?query=${encode('ASK {}')}` }, 405, 'method'],
    [
      'bad_multiple_queries',
      { query: `?query=${encode('ASK {}')}&query=${encode('SELECT * {}')}` },
      400,
      'several-queries',
    ],
    [
      'two queries in a form',
      { method: 'POST', headers: FORM, body: 'query=ASK%20%7B%7D&query=ASK%20%7B%7D' },
      400,
      'several-queries',
    ],
    [
      'a query in the body and one in the address',
      { method: 'POST', headers: DIRECT, body: 'ASK {}', query: '?query=ASK%20%7B%7D' },
      400,
      'several-queries',
    ],
    ['two queries in one text', { method: 'POST', headers: DIRECT, body: 'ASK {} ASK {}' }, 400, 'syntax'],
    [
      'bad_query_wrong_media_type',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'ASK {}' },
      415,
      'media-type',
    ],
    ['bad_query_missing_form_type', { method: 'POST', body: `query=${encode('ASK {}')}` }, 415, 'media-type'],
    ['bad_query_missing_direct_type', { method: 'POST', body: 'ASK {}' }, 415, 'media-type'],
    [
      'bad_query_non_utf8',
      {
        method: 'POST',
        headers: { 'content-type': 'application/sparql-query; charset=UTF-16' },
        body: Buffer.from('ASK {}', 'utf16le'),
      },
      415,
      'charset',
    ],
    [
      'bytes that are no UTF-8',
      { method: 'POST', headers: DIRECT, body: Buffer.from([0x41, 0x53, 0x4b, 0xff]) },
      400,
      'charset',
    ],
    ['bad_query_syntax', { query: `?query=${encode('ASK {')}` }, 400, 'syntax'],
    ['bad_update_get', { query: `?update=${encode(update)}` }, 403, 'update'],
    [
      'bad_multiple_updates',
      { method: 'POST', headers: FORM, body: `update=${encode(update)}&update=${encode(update)}` },
      403,
      'update',
    ],
    [
      'bad_update_wrong_media_type',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: update },
      415,
      'media-type',
    ],
    ['bad_update_missing_form_type', { method: 'POST', body: `update=${encode(update)}` }, 415, 'media-type'],
    [
      'bad_update_non_utf8',
      {
        method: 'POST',
        headers: { 'content-type': 'application/sparql-update; charset=UTF-16' },
        body: Buffer.from(update, 'utf16le'),
      },
      403,
      'update',
    ],
    ['bad_update_syntax', { method: 'POST', headers: FORM, body: 'update=INSERT%20DATA' }, 403, 'update'],
    [
      'bad_update_dataset_conflict',
      { method: 'POST', headers: FORM, body: `using-named-graph-uri=a%3Ab&update=${encode(update)}` },
      403,
      'update',
    ],
    [
      'an update sent as an update',
      { method: 'POST', headers: { 'content-type': 'application/sparql-update' }, body: update },
      403,
      'update',
    ],
    ['an update sent as a query', { method: 'POST', headers: DIRECT, body: update }, 403, 'update'],
    ['SERVICE', { query: `?query=${encode('ASK { SERVICE <http://localhost:1/> {} }')}` }, 403, 'service'],
    ['a form without a query', { method: 'POST', headers: FORM, body: 'format=csv' }, 400, 'no-query'],
    ['an empty query', { query: '?query=' }, 400, 'syntax'],
    ['a graph that is no IRI', { query: `?query=${encode('ASK {}')}&default-graph-uri=a%20b` }, 400, 'syntax'],
    [
      'a query over 64 KiB',
      { method: 'POST', headers: DIRECT, body: `ASK {} #${'x'.repeat(65_536)}` },
      413,
      'too-large',
    ],
    ['a body over the limit', { method: 'POST', headers: DIRECT, body: 'x'.repeat(10_000_000) }, 413, 'too-large'],
    [
      'a body over the limit in chunks',
      { method: 'POST', headers: { ...DIRECT, 'transfer-encoding': 'chunked' }, body: 'x'.repeat(10_000_000) },
      413,
      'too-large',
    ],
    [
      'a thousand nested groups',
      { method: 'POST', headers: DIRECT, body: `ASK ${'{'.repeat(1000)}${'}'.repeat(1000)}` },
      400,
      'too-complex',
    ],
  ])('refuses %s', async (_, { query = '', ...options }, status, code) => {
    const answer = await raw(endpoint + query, options);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
    const problem = JSON.parse(answer.body);
    expect(problem).toMatchObject({ status, code });
    expect(problem.detail).toMatch(/;|ask for|send/);
  });

  it('names the methods that are possible', async () => {
    expect((await raw(endpoint, { method: 'PUT' })).headers.allow).toBe('GET, HEAD, POST, OPTIONS');
    expect((await raw(served.url, { method: 'POST' })).headers.allow).toBe('GET, HEAD, OPTIONS');
  });

  it('leaves the data as they were after every update', async () => {
    expect(await served.store.size()).toBe(3);
  });
});

describe('the format of an answer', () => {
  const select = `?query=${encode('SELECT ?s { ?s a ?t }')}`;
  const graph = `?query=${encode('CONSTRUCT WHERE { ?s a ?t }')}`;
  it.each([
    [select, undefined, 'application/sparql-results+json'],
    [select, '*/*', 'application/sparql-results+json'],
    [select, 'application/json', 'application/sparql-results+json'],
    [select, 'application/sparql-results+xml', 'application/sparql-results+xml'],
    [select, 'application/xml', 'application/sparql-results+xml'],
    [select, 'text/csv', 'text/csv; charset=utf-8'],
    [select, 'text/tab-separated-values', 'text/tab-separated-values; charset=utf-8'],
    [select, 'text/*', 'text/csv; charset=utf-8'],
    [select, 'text/csv;q=0.5, application/sparql-results+xml;q=0.9', 'application/sparql-results+xml'],
    [select, 'application/sparql-results+json;q=0, */*;q=0.1', 'application/sparql-results+xml'],
    [select, 'text/turtle, */*;q=0.1', 'application/sparql-results+json'],
    [`${select}&format=csv`, 'application/sparql-results+json', 'text/csv; charset=utf-8'],
    [`${select}&format=application/sparql-results%2Bxml`, undefined, 'application/sparql-results+xml'],
    [graph, undefined, 'text/turtle; charset=utf-8'],
    [graph, 'application/n-triples', 'application/n-triples'],
    [graph, 'application/ld+json', 'application/ld+json'],
    [graph, 'application/rdf+xml', 'application/rdf+xml'],
    [graph, 'application/n-quads', 'application/n-quads'],
    [graph, 'application/trig', 'application/trig'],
    [`${graph}&format=turtle`, 'application/ld+json', 'text/turtle; charset=utf-8'],
  ])('of %s for Accept %s is %s', async (query, accept, type) => {
    const { status, headers, body } = await raw(endpoint + query, { headers: accept ? { accept } : {} });
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(headers.vary).toMatch(/\bAccept\b/);
    expect(body).not.toBe('');
  });

  it.each([
    [select, 'text/turtle'],
    [graph, 'text/csv'],
    [select, 'image/png'],
    [select, '*/*;q=0'],
    [`${select}&format=ttl`, '*/*'],
    [`${select}&format=docx`, '*/*'],
  ])('of %s for Accept %s does not exist, which is said with the list of those that do', async (query, accept) => {
    const { status, body } = await raw(endpoint + query, { headers: { accept } });
    expect([status, JSON.parse(body).code]).toEqual([406, 'format']);
    expect(body).toMatch(/text\/(csv|turtle)/);
  });

  it('of a query in a browser is the query page with the query in it', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const { headers, body } = await raw(endpoint + select, { headers: { accept } });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('data-run="yes">\nSELECT ?s { ?s a ?t }</textarea>');
  });

  it('for a spreadsheet is a file to be saved, not a page', async () => {
    expect((await raw(`${endpoint}${select}&format=csv`)).headers['content-disposition']).toBe(
      'attachment; filename=results.csv',
    );
  });
});

describe('caching', () => {
  const ask = `?query=${encode('ASK {}')}`;
  const tagOf = async (query: string, headers = {}): Promise<string> =>
    String((await raw(endpoint + query, { headers })).headers.etag);

  it('gives an entity tag that depends on query, dataset and format, and answers 304 to it', async () => {
    const tag = await tagOf(ask);
    expect(tag).toMatch(/^"[\w-]{32}"$/);
    expect(await tagOf(ask)).toBe(tag);
    const others = await Promise.all([
      tagOf(`?query=${encode('ASK { }')}`),
      tagOf(ask, { accept: 'text/csv' }),
      tagOf(`${ask}&default-graph-uri=a%3Ab`),
      tagOf(`${ask}&named-graph-uri=a%3Ab`),
    ]);
    expect(new Set([tag, ...others]).size).toBe(5);
    const { status, body } = await raw(endpoint + ask, { headers: { 'if-none-match': `"x", W/${tag}` } });
    expect([status, body]).toEqual([304, '']);
  });

  it('gives none to queries whose answer changes, and none to problems', async () => {
    const { headers } = await raw(`${endpoint}?query=${encode('SELECT (NOW() AS ?n) {}')}`);
    expect([headers.etag, headers['cache-control']]).toEqual([undefined, 'no-store']);
    expect((await raw(`${endpoint}?query=${encode('ASK {')}`)).headers.etag).toBeUndefined();
  });

  it('ends when the data change', async () => {
    const own = await serve(await recordOf(trig));
    const tag = async (): Promise<unknown> => (await raw(`${own.url}/sparql${ask}`)).headers.etag;
    const before = await tag();
    await own.store.replace(`${BASE}/graph/Project/9`, { nquads: `<a:s> <a:p> <a:o> <${BASE}/graph/Project/9> .\n` });
    expect(await tag()).not.toBe(before);
    await own.close();
  });
});

describe('other origins, methods and clients', () => {
  it('may ask from any origin without credentials, also for problems', async () => {
    for (const path of ['?query=ASK%20%7B%7D', '?query=x']) {
      const { headers } = await raw(endpoint + path, { headers: { origin: 'https://evil.example' } });
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('get an answer to a preflight', async () => {
    const { status, headers } = await raw(endpoint, {
      method: 'OPTIONS',
      headers: { origin: 'https://x.example', 'access-control-request-method': 'POST' },
    });
    expect(status).toBe(204);
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD, POST, OPTIONS');
    expect(headers['access-control-allow-headers']).toContain('Content-Type');
  });

  it('get the head alone by HEAD', async () => {
    const { status, headers, body } = await raw(`${endpoint}?query=${encode('ASK {}')}`, { method: 'HEAD' });
    expect([status, headers['content-type'], body]).toEqual([200, 'application/sparql-results+json', '']);
  });

  it('are told nothing by headers that anyone can send', async () => {
    const { body } = await raw(`${endpoint}`, {
      headers: {
        accept: 'application/n-triples',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        host: 'evil.example',
      },
    });
    expect(body).toContain(`<${endpoint}>`);
    expect(body).not.toContain('evil');
  });
});

describe('the description of the service', () => {
  it.each(['text/turtle', 'application/rdf+xml', 'application/ld+json', undefined])(
    'is given as %s for the bare address',
    async (accept) => {
      const { status, body } = await raw(endpoint, { headers: accept ? { accept } : {} });
      expect(status).toBe(200);
      for (const part of [
        'sparql-service-description#',
        endpoint,
        'SPARQL11Query',
        'UnionDefaultGraph',
        `${DATA}/data1.rdf`,
      ])
        expect(body).toContain(part);
      expect(body).toMatch(/(?:#|sd:)Service\b/);
      expect(body).not.toMatch(/_:|nodeID/);
    },
  );

  it('is the query page for a browser', async () => {
    expect((await raw(endpoint, { headers: { accept: 'text/html' } })).body).toContain('<textarea');
  });
});

describe('a query that must be stopped', () => {
  const cross =
    'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x . ?y ?z ?a1 . ?b1 ?c1 ?d1 . ?e1 ?f1 ?g1 . ?h1 ?i1 ?j1 . ?k1 ?l1 ?m1 . ?n2 ?o1 ?p1 . ?q1 ?r1 ?s1 . ?t1 ?u1 ?v1 }';

  it('is answered by 503 with the time to wait, and others are answered after it', async () => {
    const own = await serve(await recordOf(trig), { deadlineMs: 300 });
    const { status, headers, body } = await raw(`${own.url}/sparql`, { method: 'POST', headers: DIRECT, body: cross });
    expect([status, headers['retry-after'], JSON.parse(body).code]).toEqual([503, '10', 'deadline']);
    // The deadline is so short that on a busy machine even this may be asked to come again, which is what a client does then.
    const asked = async (): Promise<number> => (await raw(`${own.url}/sparql?query=ASK%20%7B%7D`)).status;
    await expect.poll(asked, { timeout: 20_000 }).toBe(200);
    await own.close();
  });

  it('is stopped when its client goes', async () => {
    const own = await serve(await recordOf(trig), { deadlineMs: 60_000 });
    const controller = new AbortController();
    const gone = fetch(`${own.url}/sparql`, {
      method: 'POST',
      headers: DIRECT,
      body: cross,
      signal: controller.signal,
    }).catch((e: Error) => e.name);
    setTimeout(() => controller.abort(), 200);
    expect(await gone).toBe('AbortError');
    expect((await raw(`${own.url}/sparql?query=ASK%20%7B%7D`)).status).toBe(200);
    await own.close();
  });
});

it('says that it is well, and that a port is taken', async () => {
  expect(JSON.parse((await raw(`${served.url}/healthz`)).body)).toMatchObject({ status: 'ok', quads: 3 });
  const port = Number(new URL(served.url).port);
  await expect(serve(await recordOf(trig), { port })).rejects.toThrow(
    `127.0.0.1:${port}: the port is taken by another program`,
  );
});

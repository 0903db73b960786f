import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFactory } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OmegraphError } from '../../src/errors.js';
import { type GraphStore, QueryRefusal } from '../../src/graph/graphStore.js';
import { openStore, type StoreSource } from '../../src/graph/oxigraphStore.js';
import { BASE, nquads, recordOf, recordOfQuads, studyRecord, triple } from './storeFixture.js';

const JSON_FORMAT = 'application/sparql-results+json';
const deadlineMs = 20_000;
const CROSS = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?q }';

let record: StoreSource;
let store: GraphStore;
beforeAll(async () => {
  record = await studyRecord();
  store = await openStore(record);
});
afterAll(() => store.close());

async function count(query: string, s: GraphStore = store, dataset = {}): Promise<number> {
  const answer = await s.query(query, { format: JSON_FORMAT, deadlineMs, ...dataset });
  return JSON.parse(answer.body).results.bindings.length;
}
const refusal = (p: Promise<unknown>): Promise<string> =>
  p.then(
    () => 'answered',
    (e: unknown) => (e instanceof QueryRefusal ? e.reason : String(e)),
  );
const ask = (s: GraphStore = store): Promise<string> =>
  s.query('ASK {}', { format: 'text/csv', deadlineMs }).then((a) => a.body.trim());

describe('the embedded store', () => {
  it('holds every quad of the record', async () => {
    const { containers, provenance, description } = record.manifest;
    const quads = [...containers, provenance, description].reduce((sum, f) => sum + (f?.quads ?? 0), 0);
    expect(await store.size()).toBe(quads);
  });

  it('asks the union of all graphs unless told otherwise', async () => {
    expect(await count('SELECT ?i { ?i a <https://ld.openmicroscopy.org/core/Image> }')).toBe(4);
  });

  it('asks one graph by GRAPH, by FROM and by the protocol', async () => {
    const screen = `${BASE}/graph/Screen/3`;
    const images = '?i a <https://ld.openmicroscopy.org/core/Image>';
    expect(await count(`SELECT ?i { GRAPH <${screen}> { ${images} } }`)).toBe(1);
    expect(await count(`SELECT ?i FROM <${screen}> { ${images} }`)).toBe(1);
    expect(await count(`SELECT ?i { ${images} }`, store, { defaultGraphs: [screen] })).toBe(1);
  });

  it('lets the dataset of the protocol replace the one of the query, and leaves empty what it does not name', async () => {
    const [screen, project] = [`${BASE}/graph/Screen/3`, `${BASE}/graph/Project/52`];
    const images = '?i a <https://ld.openmicroscopy.org/core/Image>';
    expect(await count(`SELECT ?i FROM <${project}> { ${images} }`, store, { defaultGraphs: [screen] })).toBe(1);
    expect(await count(`SELECT ?i { GRAPH ?g { ${images} } }`, store, { defaultGraphs: [screen] })).toBe(0);
    expect(await count(`SELECT ?i { GRAPH ?g { ${images} } }`, store, { namedGraphs: [screen, project] })).toBe(4);
    expect(await count(`SELECT ?i { ${images} }`, store, { namedGraphs: [screen] })).toBe(0);
  });

  it('refuses a dataset that is no IRI', async () => {
    expect(await refusal(store.query('ASK {}', { format: 'text/csv', deadlineMs, defaultGraphs: ['a b'] }))).toBe(
      'syntax',
    );
  });

  it.each([
    ['SELECT * { ?s ?p ?o } LIMIT 1', 'application/sparql-results+xml', 'bindings', '<?xml version="1.0"?><sparql'],
    ['SELECT ?s { ?s ?p ?o } LIMIT 1', 'text/csv', 'bindings', 's\r\n'],
    ['SELECT ?s { ?s ?p ?o } LIMIT 1', 'text/tab-separated-values', 'bindings', '?s\n'],
    ['ASK {}', JSON_FORMAT, 'boolean', '{"head":{},"boolean":true}'],
    [`DESCRIBE <${BASE}/Image/9>`, 'text/turtle', 'graph', `<${BASE}/Image/9>`],
    [`DESCRIBE <${BASE}/Image/9>`, 'application/n-triples', 'graph', `<${BASE}/Image/9>`],
    [`DESCRIBE <${BASE}/Image/9>`, 'application/ld+json', 'graph', '[{"@id"'],
    [`DESCRIBE <${BASE}/Image/9>`, 'application/rdf+xml', 'graph', '<?xml'],
    [`CONSTRUCT WHERE { <${BASE}/Image/9> ?p ?o }`, 'application/trig', 'graph', `<${BASE}/Image/9>`],
    [`CONSTRUCT WHERE { <${BASE}/Image/9> ?p ?o }`, 'application/n-quads', 'graph', `<${BASE}/Image/9>`],
  ] as const)('answers %s as %s', async (query, format, kind, start) => {
    const answer = await store.query(query, { format, deadlineMs });
    expect(answer).toMatchObject({ kind, mediaType: format });
    expect(answer.body.slice(0, start.length)).toBe(start);
  });

  it('throws a bug, not a refusal, when asked for a format that the form of the query cannot have', async () => {
    await expect(store.query('ASK {}', { format: 'text/turtle', deadlineMs })).rejects.toThrow(TypeError);
  });

  it.each([
    ['SELECT ?x WHERE { ?s ?p ?o ', /line 1, column 28/],
    ['SELECT *\n{ ?s foo:bar ?o }', /line 2, column \d+: this prefix is not declared; add a PREFIX line/],
    ['ASK {} ASK {}', /line 1, column/],
    ['', /no SELECT, ASK, CONSTRUCT or DESCRIBE/],
  ])('says where the syntax of %j is wrong', async (query, message) => {
    const answer = store.query(query, { format: JSON_FORMAT, deadlineMs });
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toMatchObject({ reason: 'syntax' });
  });

  it('answers on after everything that the gate lets pass at its limits', { timeout: 120_000 }, async () => {
    const nested = (open: string, inner: string, close: string, n: number): string =>
      open.repeat(n) + inner + close.repeat(n);
    const hostile = [
      `ASK {${nested('{', '', '}', 99)}}`,
      `ASK {${nested('FILTER EXISTS{', '', '}', 99)}}`,
      `ASK {${nested('FILTER(EXISTS{', '', '})', 49)}}`,
      `ASK {${nested('OPTIONAL{', '', '}', 99)}}`,
      `ASK {${nested('{SELECT * {', '', '}}', 49)}}`,
      `ASK {FILTER(${nested('STR(', '1', ')', 98)})}`,
      `ASK {FILTER(${nested('IF(!', 'true', ',1,2)', 98)})}`,
      `ASK {FILTER(${nested('-(1+', '1', ')', 98)})}`,
      `ASK {{}${'UNION{}'.repeat(300)}}`,
      `ASK {${'OPTIONAL{?s ?p ?o}'.repeat(300)}}`,
      `ASK {${'MINUS{?s ?p ?o}'.repeat(300)}}`,
      `ASK {${Array.from({ length: 300 }, (_, i) => `BIND(1 AS ?x${i})`).join('')}}`,
      `ASK {FILTER(${'!'.repeat(400)}true)}`,
      `ASK {FILTER(1${'+1'.repeat(400)})}`,
      `ASK {FILTER(false${'||false'.repeat(400)})}`,
      `ASK {?s <a:a>${'|<a:a>'.repeat(399)} ?o}`,
      `ASK {${'FILTER(true)'.repeat(300)}}`,
      `ASK {${nested('{{} UNION ', '{}', '}', 99)}}`,
      `ASK {${nested('{?s ?p ?o MINUS{?s ?p ?o OPTIONAL', '{}', '}}', 49)}}`,
    ];
    const outcomes = await Promise.all(
      hostile.map((q) => refusal(store.query(q, { format: JSON_FORMAT, deadlineMs: 5000 }))),
    );
    expect(hostile.filter((_, i) => outcomes[i] === 'crash')).toEqual([]);
    expect(await ask()).toBe('true');
  });
});

describe('a query that must be stopped', () => {
  it('is stopped at its deadline, and the next one is answered', async () => {
    expect(await refusal(store.query(CROSS, { format: JSON_FORMAT, deadlineMs: 300 }))).toBe('deadline');
    expect(await ask()).toBe('true');
    expect(await count('SELECT ?i { ?i a <https://ld.openmicroscopy.org/core/Image> }')).toBe(4);
  });

  it('is stopped when the client has gone', async () => {
    const controller = new AbortController();
    const outcome = refusal(store.query(CROSS, { format: JSON_FORMAT, deadlineMs, signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    expect(await outcome).toBe('aborted');
    expect(await ask()).toBe('true');
    expect(await refusal(store.query('ASK {}', { format: JSON_FORMAT, deadlineMs, signal: controller.signal }))).toBe(
      'aborted',
    );
  });

  it('is not begun when its client went while it waited', async () => {
    const controller = new AbortController();
    const first = refusal(store.query(CROSS, { format: JSON_FORMAT, deadlineMs: 300 }));
    const second = refusal(store.query('ASK {}', { format: JSON_FORMAT, deadlineMs, signal: controller.signal }));
    controller.abort();
    expect(await second).toBe('aborted');
    expect(await first).toBe('deadline');
  });

  it('leaves other queries their turn when there is a second worker', async () => {
    const two = await openStore(record, { workers: 2 });
    const slow = refusal(two.query(CROSS, { format: JSON_FORMAT, deadlineMs: 1500 }));
    expect(await ask(two)).toBe('true');
    expect(await slow).toBe('deadline');
    await two.close();
  });

  it('is turned away when too many wait', async () => {
    const small = await openStore(record, { maxWaiting: 1 });
    const slow = refusal(small.query(CROSS, { format: JSON_FORMAT, deadlineMs: 500 }));
    const waits = ask(small);
    expect(await refusal(small.query('ASK {}', { format: JSON_FORMAT, deadlineMs }))).toBe('busy');
    expect(await slow).toBe('deadline');
    expect(await waits).toBe('true');
    await small.close();
  });

  it('is stopped when it takes more memory than one query may', async () => {
    const small = await openStore(record, { maxQueryBytes: 64 * 1024 * 1024 });
    const all = 'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }';
    expect(await refusal(small.query(all, { format: JSON_FORMAT, deadlineMs }))).toBe('memory');
    expect(await ask(small)).toBe('true');
    await small.close();
  });

  it('that kills the engine is reported, and the store is loaded again', async () => {
    const long = `ASK { FILTER(1 IN (${Array(20_000).fill('2').join(',')})) }`;
    expect(await refusal(store.query(long, { format: JSON_FORMAT, deadlineMs }))).toBe('crash');
    expect(await ask()).toBe('true');
  });
});

describe('opening a store', () => {
  const quads = [triple(`${BASE}/Image/1`, 'a:b', 'a:c', `${BASE}/graph/Project/1`)];

  it('refuses a record over the limit before reading a byte of it', async () => {
    const { manifest } = await recordOfQuads(quads);
    const huge = {
      ...manifest,
      containers: manifest.containers.map((c) => ({ ...c, file: 'is-not-there.nq', quads: 9_000_000 })),
    };
    await expect(openStore({ folder: '/nowhere', manifest: huge })).rejects.toThrow(
      '/nowhere: 9000000 quads are more than the 8000000 that the embedded store takes; serve fewer containers',
    );
    await expect(openStore({ folder: '/nowhere', manifest: huge })).rejects.toMatchObject({ tag: 'limit' });
  });

  it('names the file that is missing or no N-Quads', async () => {
    const source = await recordOfQuads(quads);
    const file = join(source.folder, source.manifest.containers[0]?.file ?? '');
    await writeFile(file, '<a b> <c:c> <d:d> .\n');
    await expect(openStore(source)).rejects.toThrow(`${file}: the N-Quads cannot be loaded`);
    await rm(file);
    await expect(openStore(source)).rejects.toBeInstanceOf(OmegraphError);
  });

  it('opens an empty record', async () => {
    const empty = await openStore(await recordOfQuads([]));
    expect(await empty.size()).toBe(0);
    await empty.close();
  });

  it('answers no more once closed', async () => {
    const closing = await openStore(await recordOfQuads(quads));
    const running = refusal(closing.query(CROSS, { format: JSON_FORMAT, deadlineMs }));
    const waits = refusal(closing.query('ASK {}', { format: JSON_FORMAT, deadlineMs }));
    await closing.close();
    expect(await running).toBe('closed');
    expect(await waits).toBe('closed');
    expect(await refusal(closing.query('ASK {}', { format: JSON_FORMAT, deadlineMs }))).toBe('closed');
  });
});

describe('replacing a graph', () => {
  const graph = `${BASE}/graph/Project/1`;
  const old = '<a:1> <a:p> <a:o>';
  const images = 'SELECT ?s { ?s ?p ?o }';
  const open = (): Promise<GraphStore> =>
    recordOf(`GRAPH <${graph}> { ${old} } GRAPH <${BASE}/graph/Screen/2> { <a:2> <a:p> <a:o> }`).then((r) =>
      openStore(r),
    );

  it('leaves nothing of the old one and nothing else changed, also after a restart of the worker', async () => {
    const s = await open();
    const before = s.version();
    await s.replace(graph, {
      nquads: nquads([triple('a:3', 'a:p', 'a:o', graph), triple('a:4', 'a:p', 'a:o', graph)]),
    });
    expect(s.version()).not.toBe(before);
    for (const restart of [false, true]) {
      if (restart)
        await refusal(s.query(CROSS.replace('COUNT(*)', 'COUNT(DISTINCT ?a)'), { format: JSON_FORMAT, deadlineMs: 1 }));
      expect(await count(images, s)).toBe(3);
      expect(await count(`SELECT ?s { GRAPH <${graph}> { ?s ?p ?o } }`, s)).toBe(2);
    }
    expect(await s.size()).toBe(3);
    await s.close();
  });

  it('reads the new graph from a file', async () => {
    const s = await open();
    const file = join(await mkdtemp(join(tmpdir(), 'omegraph-')), 'new.nq');
    await writeFile(file, nquads([triple('a:5', 'a:p', 'a:o', graph)]));
    await s.replace(graph, { file });
    expect(await count('SELECT ?o { <a:5> ?p ?o }', s)).toBe(1);
    await s.close();
  });

  it.each([
    ['lines that are no N-Quads', '<a b> <c> <d> .\n'],
    ['quads of another graph', nquads([triple('a:3', 'a:p', 'a:o', `${BASE}/graph/Project/9`)])],
    ['triples without a graph', '<a:3> <a:p> <a:o> .\n'],
  ])('keeps the old one when it is given %s', async (_, lines) => {
    const s = await open();
    const before = s.version();
    await expect(s.replace(graph, { nquads: lines })).rejects.toBeInstanceOf(OmegraphError);
    expect(await count(`SELECT * { GRAPH <${graph}> { <a:1> ?p ?o } }`, s)).toBe(1);
    expect(await count('SELECT * { ?s ?p ?o }', s)).toBe(2);
    expect(s.version()).toBe(before);
    await s.close();
  });

  it('keeps the old one when the new one is over the limit', async () => {
    const s = await openStore(await recordOfQuads([triple('a:1', 'a:p', 'a:o', graph)]), { maxQuads: 1 });
    const two = nquads([triple('a:3', 'a:p', 'a:o', graph), triple('a:4', 'a:p', 'a:o', graph)]);
    await expect(s.replace(graph, { nquads: two })).rejects.toMatchObject({ tag: 'limit' });
    expect(await count(images, s)).toBe(1);
    await s.close();
  });

  it('refuses a graph that is no IRI', async () => {
    const s = await open();
    await expect(s.replace('x> DROP ALL', { nquads: '' })).rejects.toMatchObject({ tag: 'input' });
    await s.close();
  });

  it('changes all workers, one replacement after the other', async () => {
    const s = await openStore(await recordOf(`GRAPH <${graph}> { ${old} }`), { workers: 2 });
    const lines = (n: number): string =>
      nquads(Array.from({ length: n }, (_, i) => triple(`a:${i}`, 'a:p', 'a:o', graph)));
    await Promise.all([s.replace(graph, { nquads: lines(2) }), s.replace(graph, { nquads: lines(5) })]);
    expect(await Promise.all([count(images, s), count(images, s), count(images, s)])).toEqual([5, 5, 5]);
    await s.close();
  });
});

it('an index is rebuilt from the record and never written back: a literal may change its lexical form in the store only', async () => {
  const { namedNode, literal, quad } = DataFactory;
  const double = namedNode('http://www.w3.org/2001/XMLSchema#double');
  const graph = namedNode(`${BASE}/graph/Project/1`);
  const s = await openStore(
    await recordOfQuads([quad(namedNode('a:s'), namedNode('a:p'), literal('1.0E6', double), graph)]),
  );
  const { body } = await s.query('SELECT ?o { ?s ?p ?o }', { format: 'text/csv', deadlineMs });
  expect(Number(body.split('\r\n')[1])).toBe(1e6);
  await s.close();
});

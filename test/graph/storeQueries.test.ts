import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphStore } from '../../src/graph/graphStore.js';
import { openStore } from '../../src/graph/oxigraphStore.js';
import { loadQueries, parseQueryFile } from '../../src/graph/queries.js';
import { checkQuery } from '../../src/graph/sparqlGate.js';
import { STUDY, studyRecord } from './storeFixture.js';

const queries = await loadQueries();
let store: GraphStore;
beforeAll(async () => {
  store = await openStore(await studyRecord());
});
afterAll(() => store.close());

describe('the example queries', () => {
  it('are at least eight, each with a title, a description and keywords', () => {
    expect(queries.length).toBeGreaterThanOrEqual(8);
    expect(queries.filter((q) => !q.description || q.keywords.length === 0)).toEqual([]);
    expect(new Set(queries.map((q) => q.title)).size).toBe(queries.length);
  });

  it.each(queries.map((q) => [q.title, q] as const))('find something in a small study: %s', async (_, { text }) => {
    const isGraph = checkQuery(text).form === 'construct';
    const format = isGraph ? 'application/n-triples' : 'application/sparql-results+json';
    const { body } = await store.query(text, { format, deadlineMs: 20_000 });
    const found = isGraph ? body.split('\n').length - 1 : JSON.parse(body).results.bindings.length;
    expect(found).toBeGreaterThanOrEqual(1);
  });

  const rowsOf = async (name: string): Promise<Record<string, { value: string }>[]> => {
    const text = queries.find((q) => q.name.endsWith(name))?.text ?? '';
    const { body } = await store.query(text, { format: 'application/sparql-results+json', deadlineMs: 20_000 });
    return JSON.parse(body).results.bindings;
  };

  it('count an image for an organism or a method that its dataset or project states', async () => {
    expect(await rowsOf('images-by-organism')).toMatchObject([
      { name: { value: 'Homo sapiens' }, images: { value: '2' } },
    ]);
    expect(await rowsOf('images-by-imaging-method')).toMatchObject([
      { term: { value: 'confocal microscopy' }, images: { value: '3' } },
    ]);
  });

  it('list the dataset and the plate that lack an organism, and no other', async () => {
    expect((await rowsOf('datasets-without-organism')).map((r) => r.name?.value).sort()).toEqual([
      'Nocodazole 100 nM',
      'P1',
    ]);
  });

  it('put unmapped keys before mapped ones, empty keys included', async () => {
    const keys = (await rowsOf('keys')).map((r) => [r.key?.value, r.field !== undefined]);
    expect(keys.map(([, mapped]) => mapped)).toEqual([false, false, true, true, true]);
    expect(
      keys
        .slice(0, 2)
        .map(([key]) => key)
        .sort(),
    ).toEqual(['', 'Cell line']);
  });
});

describe('the head of a query file', () => {
  it('is read into title, description over several lines, and keywords', () => {
    const query = parseQueryFile(
      '# title: A\n# description: one\n# two\n# keywords: a, b,\n\nSELECT * # end\n{}\n',
      'x/01-a.rq',
    );
    expect(query).toEqual({
      name: '01-a',
      title: 'A',
      description: 'one two',
      keywords: ['a', 'b'],
      text: 'SELECT * # end\n{}',
    });
  });

  it.each([
    ['# description: no title\nASK {}', 'the query has no title'],
    ['# title: empty\n', 'there is no query'],
  ])('is refused when it is incomplete: %j', (content, message) => {
    expect(() => parseQueryFile(content, 'q.rq')).toThrow(`q.rq: ${message}`);
  });

  it('of a folder that does not exist gives no queries', async () => {
    expect(await loadQueries('/nowhere')).toEqual([]);
  });
});

it('the fixture study has no blank nodes', async () => {
  expect(await readFile(STUDY, 'utf8')).not.toMatch(/_:|\[/);
});

import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { olsClient, type OlsOptions } from '../../src/terms/ols.js';
import { temporaryFolder } from './ontologyFixtures.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A stand-in for OLS4 that answers one request after another as told, the last answer for good. */
async function service(...answers: readonly Answer[]): Promise<{ base: string; asked: URL[]; agents: string[] }> {
  const asked: URL[] = [];
  const agents: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(new URL(request.url ?? '/', 'http://stand-in'));
    agents.push(request.headers['user-agent'] ?? '');
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ols4`, asked, agents };
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
/** The Solr shape of `GET /api/search`. */
const docs = (...found: readonly object[]): Answer =>
  json({ responseHeader: { QTime: 3, status: 0 }, response: { numFound: found.length, start: 0, docs: found } });
const DOC = {
  iri: 'http://purl.obolibrary.org/obo/FBbi_00000253',
  label: 'spinning disk confocal microscopy',
  short_form: 'FBbi_00000253',
  obo_id: 'FBbi:00000253',
  ontology_prefix: 'FBBI',
};

async function client(base: string, more: Partial<OlsOptions> = {}) {
  const waits: number[] = [];
  let clock = 0;
  const made = olsClient({
    base,
    cache: join(await temporaryFolder(), 'ols'),
    userAgent: 'omegraph/test',
    now: () => clock,
    wait: async (ms) => {
      waits.push(ms);
      clock += ms;
    },
    ...more,
  });
  return { made, waits };
}

describe('the client for terminology services', () => {
  it('asks OLS4 for classes in use of the ontologies and reads terms in their own spelling', async () => {
    const { base, asked, agents } = await service(
      docs(DOC, {
        ...DOC,
        iri: 'http://purl.obolibrary.org/obo/FBbi_00000251',
        label: 'confocal microscopy',
        obo_id: 'FBbi:00000251',
      }),
    );
    const { made } = await client(base);
    expect(await made.search('spinning disc confocal', ['FBbi', 'EFO'], 5)).toMatchObject([
      { curie: 'FBbi:00000253', iri: DOC.iri, label: DOC.label, ontology: 'FBbi' },
      { curie: 'FBbi:00000251' },
    ]);
    expect(asked[0]?.pathname).toBe('/ols4/api/search');
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({
      ...{ q: 'spinning disc confocal', ontology: 'fbbi,efo', type: 'class', obsoletes: 'false', rows: '5' },
    });
    expect(agents).toEqual(['omegraph/test']);
  });

  it('takes addresses with and without the path of the interface', async () => {
    const { base, asked } = await service(docs(DOC));
    for (const written of [base, `${base}/`, `${base}/api`, `${base}/api/v2`])
      expect((await (await client(written)).made.search('x', [], 1))?.length).toBe(1);
    expect(new Set(asked.map((u) => u.pathname))).toEqual(new Set(['/ols4/api/search']));
    for (const odd of ['ols', 'ftp://x.example', 'https://x.example/?q=1'])
      await expect(client(odd)).rejects.toThrow('terms.ols: this is no address of a terminology service');
  });

  it('asks the same thing once and keeps the answer on disk', async () => {
    const { base, asked } = await service(docs(DOC));
    const cache = await temporaryFolder();
    const first = (await client(base, { cache })).made;
    await first.search('x', ['FBbi'], 5);
    const second = (await client(base, { cache })).made;
    expect((await second.search('x', ['FBbi'], 5))?.length).toBe(1);
    expect([asked.length, second.report.fromCache, second.report.asked]).toEqual([1, 1, 0]);
    await second.search('y', ['FBbi'], 5);
    expect(asked.length).toBe(2);
  });

  it('asks again when the answer that it kept is damaged', async () => {
    const { base, asked } = await service(docs(DOC));
    const cache = await temporaryFolder();
    await (await client(base, { cache })).made.search('x', [], 5);
    for (const file of await readdir(cache)) await writeFile(join(cache, file), '{"url":');
    expect((await (await client(base, { cache })).made.search('x', [], 5))?.length).toBe(1);
    expect(asked.length).toBe(2);
  });

  it('leaves time between questions', async () => {
    const { base } = await service(docs(DOC));
    const { made, waits } = await client(base, { pause: 400 });
    await Promise.all(['a', 'b', 'c'].map((t) => made.search(t, [], 1)));
    expect(waits).toEqual([400, 400]);
  });

  it('waits as long as a busy service asks for, then asks again', async () => {
    const { base, asked } = await service(json({}, 429, { 'Retry-After': '7' }), json({}, 503), docs(DOC));
    const { made, waits } = await client(base, { pause: 0 });
    expect((await made.search('x', [], 1))?.length).toBe(1);
    expect([asked.length, waits]).toEqual([3, [7000, 2000]]);
  });

  it('does not ask again what the service refuses', async () => {
    const { base, asked } = await service(json({ error: 'no' }, 400));
    const { made } = await client(base);
    expect(await made.search('x', [], 1)).toBeUndefined();
    expect([asked.length, made.report.trouble, made.report.unanswered]).toEqual([1, 'HTTP 400', 1]);
  });

  it.each([
    ['no JSON', ((_q, r) => void r.end('<html>maintenance</html>')) as Answer],
    ['JSON of another shape', json({ hits: [] })],
  ])('takes %s for no answer', async (_what, answer) => {
    const { made } = await client((await service(answer)).base);
    expect(await made.search('x', [], 1)).toBeUndefined();
    expect(made.report.trouble).toBe('the answer is not one of OLS');
  });

  it('leaves out documents that are no terms', async () => {
    const odd = [
      {},
      { ...DOC, iri: 'javascript:alert(1)' },
      { ...DOC, label: 7 },
      { ...DOC, iri: 'http://x.example/a b' },
    ];
    const { made } = await client((await service(docs(...odd, DOC, DOC))).base);
    expect((await made.search('x', [], 9))?.map((t) => t.curie)).toEqual(['FBbi:00000253']);
  });

  it('gives up on a service that is away, and goes on with older answers', async () => {
    const { base } = await service(docs(DOC));
    const cache = await temporaryFolder();
    await (await client(base, { cache })).made.search('kept', [], 5);
    closers.splice(0).forEach((close) => close());
    const { made } = await client(base, { cache, days: 0 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) expect(await made.search(text, [], 5)).toBeUndefined();
    expect((await made.search('kept', [], 5))?.length).toBe(1);
    expect(made.report).toMatchObject({ asked: 12, unanswered: 5, stale: 1 });
    expect(made.report.trouble).toMatch(/ECONNREFUSED|connect/);
  });

  it('does not wait for ever', async () => {
    const { base, asked } = await service(() => undefined);
    const { made } = await client(base, { timeout: 30 });
    expect(await made.search('x', [], 1)).toBeUndefined();
    expect([asked.length, made.report.trouble]).toEqual([4, 'no answer within 0.03 s']);
  });

  it('stops at once when the run is stopped', async () => {
    const { base } = await service(() => undefined);
    const stop = new AbortController();
    const { made } = await client(base, { signal: stop.signal });
    const asking = made.search('x', [], 1);
    stop.abort();
    await expect(asking).rejects.toThrow();
  });
});

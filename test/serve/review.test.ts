import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReviewAct, ReviewDesk, ReviewSubject } from '../../src/serve/reviewDesk.js';
import { raw, type Served, serve } from './serviceFixture.js';

const candidate = {
  object: 'rembi:organism',
  label: 'Biosample / Organism',
  score: 0.8,
  because: 'like "<b>Tier</b>"',
  decision: 'open',
  isNone: false,
} as const;
const subject = (id: string, more: Partial<ReviewSubject> = {}): ReviewSubject => ({
  id,
  text: `text <script>${id}</script>`,
  kind: 'key',
  field: undefined,
  objects: 3,
  where: 'in A',
  state: 'open',
  candidates: [candidate, { ...candidate, object: 'sssom:NoTermFound', label: 'no field', isNone: true }],
  ...more,
});
const done: [string, ReviewAct, string][] = [];
let subjects = [
  subject('one'),
  subject('two'),
  subject('three', { kind: 'value', field: 'Biosample / Organism', state: 'decided' }),
];
const desk: ReviewDesk = {
  file: 'our/review/suggested.sssom.tsv',
  fields: [{ object: 'rembi:organism', label: 'Biosample / Organism' }],
  subjects: async () => subjects,
  decide: async (id, act, reviewer) => {
    done.push([id, act, reviewer]);
    if (act.act === 'other' && act.object === '') return 'Choose a field first.';
    subjects = subjects.map((s) => (s.id === id ? { ...s, state: 'decided' } : s));
    return undefined;
  },
};

let served: Served;
beforeAll(async () => {
  served = await serve(undefined, { review: desk });
});
afterAll(() => served.close());

const get = (path: string, headers: Record<string, string> = {}) => raw(served.url + path, { headers });
const tokenOf = async (): Promise<string> =>
  /name="token" value="([^"]+)"/.exec((await get('/review?show=decided')).body)?.[1] ?? '';
const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  raw(`${served.url}/review`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });

describe('the review page', () => {
  it('shows what is to decide with candidates, as forms without script, and nothing of the texts as HTML', async () => {
    const { status, body, headers } = await get('/review');
    expect(status).toBe(200);
    expect(body).toContain('text &lt;script&gt;one');
    expect(body).not.toMatch(/<script/);
    expect(body).toContain('<button type="submit" class="primary" name="act" value="accept rembi:organism">');
    expect(body).not.toContain('&lt;script&gt;three');
    expect((await get('/review?show=decided')).body).toContain('&lt;script&gt;three');
    expect((await get('/review?kind=value')).body).toContain('Nothing is left to decide here');
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    expect((await get('/', { accept: 'text/html' })).body).toContain('href="/review"');
  });

  it('shares nothing with pages of other origins, and answers to no other name', async () => {
    const { headers } = await get('/review', { origin: 'https://evil.example' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    expect((await get('/review', { host: 'evil.example' })).status).toBe(403);
    expect((await get('/review', { host: 'localhost.evil.example:80' })).status).toBe(403);
    expect((await get('/review', { host: '[::1]:80' })).status).toBe(200);
  });

  it('takes no form without its token, or from another site', async () => {
    const token = await tokenOf();
    const fields = { id: 'one', act: 'accept rembi:organism' };
    expect((await post(fields)).status).toBe(403);
    expect((await post({ ...fields, token: `${token}x` })).status).toBe(403);
    expect((await post({ ...fields, token }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await post({ ...fields, token, act: 'explode' })).status).toBe(400);
    expect((await post({ ...fields, token, act: 'accept' })).status).toBe(400);
    expect(done).toEqual([]);
  });

  it('hands a decision to the table with the name of the reviewer and goes on to the next text', async () => {
    const token = await tokenOf();
    const { status, headers } = await post({
      token,
      id: 'one',
      next: 'two',
      show: 'open',
      kind: 'key',
      reviewer: 'Ada',
      act: 'accept rembi:organism',
    });
    expect([status, headers.location]).toEqual([303, '/review?show=open&kind=key&reviewer=Ada#s-two']);
    expect(done).toEqual([['one', { act: 'accept', object: 'rembi:organism' }, 'Ada']]);
    expect((await post({ token, id: 'two', next: '"><x', act: 'none' })).headers.location).toBe('/review?show=open');
  });

  it('says why a decision cannot be taken', async () => {
    const { status, body } = await post({ token: await tokenOf(), id: 'two', act: 'other', object: ' ' });
    expect(status).toBe(400);
    expect(body).toContain('<p class="notice" role="alert">Choose a field first.</p>');
  });

  it('is not there when nobody asked for it', async () => {
    const plain = await serve();
    try {
      expect((await raw(`${plain.url}/review`, { headers: { accept: 'text/html' } })).status).toBe(404);
      expect((await raw(`${plain.url}/`, { headers: { accept: 'text/html' } })).body).not.toContain('/review');
    } finally {
      await plain.close();
    }
  });

  it('is not served beyond this machine', async () => {
    await expect(serve(undefined, { review: desk, host: '0.0.0.0' })).rejects.toThrow(
      '--review: the review page writes a file, so it is served to this machine only ("0.0.0.0")',
    );
  });
});

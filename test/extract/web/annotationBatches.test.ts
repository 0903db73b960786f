import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/extract/json.js';
import { annotationBatches } from '../../../src/extract/web/annotationBatches.js';
import { parentLinks } from '../../../src/extract/web/parentLinks.js';
import { type Query, WebFailure } from '../../../src/extract/web/webSession.js';
import type { ObjectRef } from '../../../src/ome/model.js';

const BASE = 'https://omero.example.org/a/prefix/';
const urlOf = (path: string, query: Query): string =>
  `${BASE}${path}?${new URLSearchParams(query.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;

/** A server with so many links on each object; what a type has more than `limit` is cut, in an order of the server's own. */
function serverOf(linksOn: (type: string, id: string) => number, broken: ReadonlySet<string> = new Set()) {
  const urls: string[] = [];
  const get = (path: string, query: Query = []): Promise<Json> => {
    urls.push(urlOf(path, query));
    if (query.some(([name, value]) => broken.has(`${name} ${value}`)))
      return Promise.reject(new WebFailure({ status: 500, path, wrong: 'broken' }));
    const whole = query.some(([name, value]) => name === 'page' && value === 0);
    const limit = Number(query.find(([name]) => name === 'limit')?.[1] ?? 20_000);
    const types = new Map<string, Json[]>();
    for (const [name, value] of query) {
      if (name === 'limit' || name === 'page') continue;
      const entries = types.get(name) ?? [];
      types.set(name, entries);
      for (let i = 0; i < linksOn(name, String(value)); i += 1)
        entries.push({ id: i, link: { parent: { class: `${name}I`, id: Number(value) } } });
    }
    return Promise.resolve({
      annotations: [...types.values()].flatMap((entries) => (whole ? entries : entries.toReversed().slice(0, limit))),
    });
  };
  return { session: { url: BASE, get }, urls };
}

async function read(session: Parameters<typeof annotationBatches>[0], targets: readonly ObjectRef[]) {
  const counts = new Map<string, number>();
  const failed: ObjectRef[] = [];
  for await (const batch of annotationBatches(session, targets)) {
    if ('failed' in batch) failed.push(...batch.failed);
    else {
      const { annotations } = batch.answer as { annotations: { link: { parent: { class: string; id: number } } }[] };
      for (const { link } of annotations) {
        const key = `${link.parent.class} ${link.parent.id}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return { counts, failed };
}

const images = (n: number, from = 1): ObjectRef[] =>
  Array.from({ length: n }, (_, i): ObjectRef => `Image:${from + i}`);

describe('annotations asked for in batches', () => {
  it('are 100 objects a request, of all types, each id a parameter of its own', async () => {
    const { session, urls } = serverOf(() => 1);
    const { counts } = await read(session, ['Dataset:1', 'Well:2', 'PlateAcquisition:3', ...images(200)]);
    expect(counts.size).toBe(203);
    expect(urls).toHaveLength(3);
    expect(urls[0]).toContain('dataset=1&well=2&acquisition=3&image=1&image=2&');
    for (const url of urls) expect(url).not.toMatch(/,|%2C/);
  });

  it('fit the shortest request line in use, also with a long prefix and ids of 19 digits', async () => {
    const { session, urls } = serverOf(() => 0);
    const url = `${BASE}${'p'.repeat(1000)}/`;
    const runs = Array.from({ length: 300 }, (_, i): ObjectRef => `PlateAcquisition:${9n * 10n ** 18n + BigInt(i)}`);
    await read({ ...session, url }, runs);
    expect(Math.max(...urls.map((one) => one.length - BASE.length + url.length))).toBeLessThanOrEqual(4000);
    expect(urls).toHaveLength(4);
  });

  it('are asked for again in halves when the answer is as long as it may be, and an object alone without a limit', async () => {
    const { session, urls } = serverOf((_, id) => (id === '7' ? 12_000 : 20));
    const { counts } = await read(session, images(100));
    expect(counts.get('imageI 7')).toBe(12_000);
    expect(counts.get('imageI 8')).toBe(20);
    expect(urls.some((url) => url.endsWith('image=7&page=0'))).toBe(true);
  });

  it('are not asked of types that OMERO.web tells nothing of', async () => {
    const { session, urls } = serverOf(() => 1);
    await read(session, ['ROI:1', 'Experimenter:2']);
    expect(urls).toEqual([]);
  });

  it('name the object that the server fails at, and give those of all others', async () => {
    const { session, urls } = serverOf(() => 1, new Set(['image 42']));
    const { counts, failed } = await read(session, images(100));
    expect(failed).toEqual(['Image:42']);
    expect(counts.size).toBe(99);
    expect(urls.length).toBeLessThan(20);
  });

  it('are given up when the server fails at everything, and fail as one', async () => {
    const everything = new Set(images(100).map((ref) => ref.replace('Image:', 'image ')));
    const { session, urls } = serverOf(() => 1, everything);
    const { failed } = await read(session, images(100));
    expect([...failed].sort()).toEqual(images(100).sort());
    expect(urls.length).toBeLessThan(20);
  });

  it('come whole whatever the server cuts (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ type: fc.constantFrom('Image', 'Dataset', 'Well'), many: fc.integer({ min: 0, max: 6000 }) }),
          {
            maxLength: 30,
          },
        ),
        async (objects) => {
          const { session } = serverOf((_, id) => objects[Number(id)]?.many ?? 0);
          const refs = objects.map(({ type }, i): ObjectRef => `${type as 'Image'}:${i}`);
          const { counts } = await read(session, refs);
          objects.forEach(({ type, many }, i) => {
            expect(counts.get(`${type.toLowerCase()}I ${i}`) ?? 0).toBe(many);
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('links to parents', () => {
  it('are asked for as many at a time as a request line takes, and count each link of two users', async () => {
    const urls: string[] = [];
    const get = (path: string, query: Query = []): Promise<Json> => {
      urls.push(urlOf(path, query));
      const ids = String(query[0]?.[1]).split(',');
      const link = (id: string, parent: number) => ({
        id: 1,
        parent: { type: 'dataset', id: parent },
        child: { type: 'image', id: Number(id) },
      });
      return Promise.resolve({ data: ids.flatMap((id) => [link(id, 5), link(id, 5), link(id, 6)]) });
    };
    const refs = images(1000, 1_000_000);
    const { parents, counts } = await parentLinks({ url: BASE, get }, refs);
    expect(parents.size).toBe(1000);
    expect(parents.get('Image:1000999')).toEqual(['Dataset:5', 'Dataset:6']);
    expect(counts.get('Dataset:5')).toBe(2000);
    expect(Math.max(...urls.map((url) => url.length))).toBeLessThanOrEqual(4000);
    expect(urls).toHaveLength(3);
  });
});

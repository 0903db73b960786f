import { existsSync } from 'node:fs';
import { DataFactory, type Quad } from 'n3';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, recordOfQuads } from '../graph/storeFixture.js';
import { auditOf, raw, type Served, serve } from './serviceFixture.js';

const { namedNode, literal, quad } = DataFactory;

/** Texts that become live where a page forgets to escape. */
const HOSTILE = [
  '<script>window.hit=1</script>',
  '<img src=x onerror="window.hit=1">',
  '"><svg onload=window.hit=1>',
  "' onmouseover='window.hit=1",
  '" autofocus onfocus="window.hit=1',
  '</textarea><script>window.hit=1</script>',
  '</title><img src=x onerror=window.hit=1>',
  '<a href="javascript:window.hit=1">x</a>',
  '<style>*{display:none}</style><meta http-equiv="refresh" content="0;url=javascript:window.hit=1">',
  '<!--<img src=x onerror=window.hit=1>-->',
  '&lt;img src=x onerror=window.hit=1&gt;',
  '{{constructor.constructor("window.hit=1")()}}${window.hit=1}',
  '\u003cscript\u003ewindow.hit=1\u003c/script\u003e',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><button>x',
];
/** IRIs that N-Triples allows and a link must not trust. */
const HOSTILE_IRIS = [
  'javascript:window.hit=1',
  'JavaScript:window.hit=1//',
  'data:text/html,%3Cscript%3Ewindow.hit=1%3C/script%3E',
  "https://evil.example/'onmouseover='window.hit=1",
  `${BASE}/x'onclick='window.hit=1`,
  `${BASE}//evil.example/`,
  `${BASE}/..//evil.example`,
  `${BASE}/Image/1&quot;onclick=window.hit=1`,
  'vbscript:window.hit=1',
];
const CORE = 'https://ld.openmicroscopy.org/core/';
const image = (i: number): string => `${BASE}/Image/${i}`;

function hostileQuads(): Quad[] {
  const graph = namedNode(`${BASE}/graph/Project/1`);
  const quads: Quad[] = [];
  const add = (s: string, p: string, o: string | Quad['object']): void => {
    quads.push(quad(namedNode(s), namedNode(p), typeof o === 'string' ? namedNode(o) : o, graph));
  };
  const label = 'http://www.w3.org/2000/01/rdf-schema#label';
  add(`${BASE}/Project/1`, label, literal(HOSTILE[0] ?? ''));
  HOSTILE.forEach((text, i) => {
    add(image(i), 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', `${CORE}Image`);
    add(image(i), label, literal(text));
    add(image(i), 'http://www.w3.org/2000/01/rdf-schema#comment', literal(text));
    add(image(i), `${CORE}odd`, literal(text, 'en-x-img'));
    add(image(i), `${CORE}typed`, literal(text, namedNode("https://evil.example/'onmouseover='x")));
    add(image(i), 'http://purl.org/dc/terms/isPartOf', `${BASE}/Project/1`);
    add(`${BASE}/Project/1`, 'http://purl.org/dc/terms/hasPart', image(i));
    add(image(i), `${CORE}hasAnnotation`, `${BASE}/MapAnnotation/${i}`);
    add(`${BASE}/MapAnnotation/${i}`, `${CORE}namespace`, literal(text));
    const entry = `${BASE}/MapAnnotation/${i}/entry/0`;
    add(`${BASE}/MapAnnotation/${i}`, `${CORE}mapEntry`, entry);
    add(entry, `${CORE}key`, literal(text));
    add(entry, `${CORE}value`, literal(text));
    add(entry, 'http://schema.org/propertyID', HOSTILE_IRIS[i % HOSTILE_IRIS.length] ?? '');
    add(entry, 'http://schema.org/valueReference', HOSTILE_IRIS[i % HOSTILE_IRIS.length] ?? '');
    for (const iri of HOSTILE_IRIS) {
      add(image(i), `${CORE}link`, iri);
      add(image(i), iri, literal(text));
      add(image(i), 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', iri);
    }
  });
  return quads;
}

let served: Served;
let paths: string[];
beforeAll(async () => {
  const source = await recordOfQuads(hostileQuads());
  const entry = source.manifest.containers[0];
  const manifest = {
    ...source.manifest,
    source: HOSTILE[1] ?? '',
    containers: entry ? [{ ...entry, label: HOSTILE[2], counts: { [HOSTILE[1] ?? '']: 3 } }] : [],
  };
  const audit = auditOf(HOSTILE[3], (report) => ({
    ...report,
    base: `${BASE}/${HOSTILE[2]}`,
    software: HOSTILE[0] ?? '',
    web: HOSTILE_IRIS[0],
    profile: { name: HOSTILE[1] ?? '', label: HOSTILE[4] ?? '', iri: HOSTILE_IRIS[0] ?? '' },
    fields: report.fields.map((f) => ({ ...f, label: HOSTILE[6] ?? '', description: HOSTILE[4] ?? '' })),
    shapes: report.shapes.map((s) => ({
      ...s,
      label: HOSTILE[7] ?? '',
      shape: HOSTILE_IRIS[1] ?? '',
      reason: HOSTILE[8],
    })),
    groups: [{ ...report.server, label: HOSTILE[9] ?? '' }],
    containers: report.containers.map((c) => ({
      ...c,
      label: HOSTILE[5] ?? '',
      group: HOSTILE[9],
      parts: c.parts.map((p) => ({ ...p, label: HOSTILE[10] ?? '' })),
      groups: c.groups.map((g) => ({ ...g, message: HOSTILE[13] ?? '' })),
    })),
    notAudited: [{ container: HOSTILE[14] ?? '', images: 0, reason: HOSTILE[1] ?? '' }],
    shapeWarnings: [{ shape: HOSTILE_IRIS[2] ?? '', kind: 'no-target', message: HOSTILE[0] ?? '' }],
    waivers: [{ about: HOSTILE[1] ?? '', on: HOSTILE[2] ?? '', reason: HOSTILE[3] ?? '', expired: false, used: 1 }],
  }));
  served = await serve({ ...source, manifest }, { audit: async () => audit });
  paths = [
    '/',
    '/audit',
    '/audit#container=Project:52',
    '/audit#container=Project:52&part=Dataset:102&field=0',
    '/Project/1',
    ...HOSTILE.map((_, i) => `/Image/${i}`),
    '/MapAnnotation/0/entry/0',
    ...HOSTILE_IRIS.map((iri) => `/describe?iri=${encodeURIComponent(iri)}`),
    ...HOSTILE.map((text) => `/describe?iri=${encodeURIComponent(text)}`),
    ...HOSTILE.map((text) => `/sparql?query=${encodeURIComponent(text)}`),
    ...HOSTILE.map((text) => `/sparql?format=csv&query=${encodeURIComponent(text)}`),
    ...HOSTILE.map((text) => `/${encodeURIComponent(text)}`),
    `/Project/1?page=${encodeURIComponent(HOSTILE[2] ?? '')}`,
  ];
});
afterAll(() => served.close());

describe('names, keys, values and IRIs of the data', () => {
  it('are texts in the source of every page, never tags or attributes', async () => {
    for (const path of paths.filter((p) => !p.includes('#'))) {
      const { body } = await raw(served.url + path, { headers: { accept: 'text/html' } });
      const tags = body.match(/<[a-z!/][^>]*>/gi) ?? [];
      const odd = tags.filter(
        (t) =>
          /^<(?:script(?! src="\/assets\/(?:query|audit)\.js" defer>)|img|svg(?! class="swatch")|style|base|form(?! id="query-form")|!--|iframe|object)/i.test(
            t,
          ) || /\son\w+\s*=/i.test(t.replace(/"[^"]*"/g, '""')),
      );
      expect([path, odd]).toEqual([path, []]);
      expect(
        [...body.matchAll(/\b(?:href|src|action)="([^"]*)"/g)]
          .map((m) => m[1])
          .filter((u) => /^\s*(?:javascript|vbscript|data:text)/i.test(u ?? '')),
      ).toEqual([]);
    }
  });
});

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) =>
  existsSync(p),
);

describe.skipIf(executablePath === undefined)(
  'names, keys, values and IRIs of the data in a browser (needs Chromium)',
  () => {
    let browser: Browser;
    let page: Page;
    const outside: string[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
      // Scripts that slip in shall run: what is tested is the escaping, not only the policy behind it.
      page = await (await browser.newContext({ bypassCSP: true })).newPage();
      page.on('request', (r) => {
        if (!r.url().startsWith(served.url) && !r.url().startsWith('data:,')) outside.push(r.url());
      });
    });
    afterAll(() => browser.close());

    /** Elements and attributes on the page that could act. */
    const live = (): Promise<unknown> =>
      page.evaluate(() => {
        const { document, hit } = globalThis as unknown as {
          hit?: number;
          document: {
            querySelectorAll(
              s: string,
            ): Iterable<{ outerHTML: string; attributes: Iterable<{ name: string }>; href?: unknown }>;
          };
        };
        const found = [
          ...document.querySelectorAll(
            'script:not([src="/assets/query.js"], [src="/assets/audit.js"]), img, iframe, object, base, meta[http-equiv], style',
          ),
        ].map((e) => e.outerHTML);
        for (const e of document.querySelectorAll('*')) {
          if ([...e.attributes].some((a) => a.name.startsWith('on'))) found.push(e.outerHTML);
          if (typeof e.href === 'string' && !/^https?:|^data:,$/.test(e.href)) found.push(e.outerHTML);
        }
        return { hit, found };
      });

    it('make nothing live on any page', { timeout: 120_000 }, async () => {
      for (const path of paths.filter((p) => !p.includes('format=csv'))) {
        await page.goto(served.url + path);
        if (path.startsWith('/audit')) await page.waitForSelector('html[data-ready]');
        expect([path, await live()]).toEqual([path, { hit: undefined, found: [] }]);
      }
      expect(outside).toEqual([]);
    });

    it('make nothing live in the table of results, the graph and the errors of the query page', async () => {
      await page.goto(`${served.url}/sparql`);
      for (const query of [
        'SELECT * { ?s ?p ?o }',
        'CONSTRUCT WHERE { ?s ?p ?o }',
        'ASK {}',
        HOSTILE[1] ?? '',
        `SELECT * { ?s <${HOSTILE[3]}> ?o }`,
        'SELECT ("x" AS ?onerror) {}',
      ]) {
        await page.fill('#query-text', query);
        await page.click('#run');
        await expect.poll(() => page.textContent('#status'), { timeout: 15_000 }).toMatch(/^(?!Running)./);
        expect([query, await live()]).toEqual([query, { hit: undefined, found: [] }]);
      }
      expect(outside).toEqual([]);
    });
  },
);

describe.skipIf(executablePath === undefined)('the query page in a browser (needs Chromium)', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage();
  });
  afterAll(() => browser.close());
  const settled = async (): Promise<string> => {
    await expect.poll(() => page.textContent('#status'), { timeout: 15_000 }).toMatch(/^(?!Running)./);
    return (await page.textContent('#status')) ?? '';
  };

  it('runs a query by Ctrl-Enter, shows the rows, and links to pages of this service', async () => {
    await page.goto(`${served.url}/sparql`);
    await page.fill('#query-text', `SELECT ?i ?n { ?i a <${CORE}Image> BIND(1 AS ?n) } ORDER BY ?i`);
    await page.press('#query-text', 'Control+Enter');
    expect(await settled()).toMatch(new RegExp(`^${HOSTILE.length} rows · `));
    expect(await page.getAttribute('#results a', 'href')).toBe('/Image/0');
    expect(page.url()).toContain('?query=SELECT');
    await page.reload();
    expect(await settled()).toMatch(/rows/);
  });

  it('runs an example by a click', async () => {
    await page.goto(`${served.url}/sparql`);
    await page.click('button.example');
    expect(await settled()).toMatch(/1 row/);
    expect(await page.inputValue('#query-text')).toContain('SELECT ?type');
  });

  it('shows what is wrong and selects the line', async () => {
    await page.goto(`${served.url}/sparql`);
    await page.fill('#query-text', 'SELECT *\n{ ?s foo:bar ?o }');
    await page.click('#run');
    expect(await settled()).toContain('line 2, column');
    expect(
      await page.evaluate(
        'getSelection().toString() || document.getElementById("query-text").value.slice(document.getElementById("query-text").selectionStart, document.getElementById("query-text").selectionEnd)',
      ),
    ).toBe('{ ?s foo:bar ?o }');
  });

  it('downloads an answer as CSV', async () => {
    await page.goto(`${served.url}/sparql`);
    await page.fill('#query-text', 'SELECT (1 AS ?x) {}');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    expect(download.suggestedFilename()).toBe('results.csv');
  });
});

import fc from 'fast-check';
import { Parser } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberText } from '../../src/serve/factValue.js';
import { escapeHtml, html } from '../../src/serve/html.js';
import { linksFor, localName, shortIri } from '../../src/serve/links.js';
import { BASE, recordOfQuads, studyRecord, triple } from '../graph/storeFixture.js';
import { auditOf, raw, type Served, serve } from './serviceFixture.js';

let served: Served;
beforeAll(async () => {
  served = await serve(await studyRecord(), { audit: async () => auditOf() });
});
afterAll(() => served.close());

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
async function pageOf(path: string, accept: string = BROWSER.accept): Promise<string> {
  const { status, body } = await raw(served.url + path, { headers: { accept } });
  expect([path, status]).toEqual([path, 200]);
  return body;
}
/** The text that a reader sees, blanks folded. */
const textOf = (page: string): string =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[ \n]+/g, ' ');

describe('every page', () => {
  it.each([
    '/',
    '/sparql',
    '/Image/9',
    '/audit',
    '/describe?iri=http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FNCBITaxon_9606',
    '/nowhere',
  ])('such as %s allows no script, style or request but those of the service', async (path) => {
    const { headers, body } = await raw(served.url + path, { headers: BROWSER });
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(body).not.toMatch(/<script(?! src="\/assets\/(?:query|audit)\.js" defer>)|style="|\son\w+=/);
    const loaded = [...body.matchAll(/<(?:link|script|img)\b[^>]*?(?:href|src)="([^"]*)"/g)].map((m) => m[1] ?? '');
    expect(loaded.filter((u) => !u.startsWith('/') && u !== 'data:,')).toEqual([]);
  });

  it('finds its style and its script, which is JavaScript', async () => {
    expect((await raw(`${served.url}/assets/style.css`)).headers['content-type']).toMatch(/^text\/css/);
    expect((await raw(`${served.url}/assets/audit.css`)).headers['content-type']).toMatch(/^text\/css/);
    for (const name of ['query', 'audit']) {
      const script = await raw(`${served.url}/assets/${name}.js`);
      expect(script.headers['content-type']).toMatch(/^text\/javascript/);
      expect(() => new Function(script.body)).not.toThrow();
      expect(script.body).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|outerHTML|eval\(/);
    }
  });
});

describe('the start page', () => {
  it('counts objects, lists containers with their completeness, and says how to query', async () => {
    const page = await pageOf('/');
    const text = textOf(page);
    expect(text).toContain('4 images');
    expect(page).toContain('<a href="/Project/52"');
    expect(text).toMatch(/Mitotic spindle study Project 3 \d+ 67 %/);
    expect(text).toMatch(/Biosample 67 %/);
    expect(text).toContain(`curl ${served.url}/sparql`);
  });

  it('is the description of the dataset for programs', async () => {
    expect(await pageOf('/', 'text/turtle')).toContain('Example microscopy graph');
  });

  it('does without an audit', async () => {
    const own = await serve();
    const { status, body } = await raw(own.url, { headers: BROWSER });
    expect([status, body.includes('Completeness')]).toEqual([200, false]);
    expect((await raw(`${own.url}/audit`)).status).toBe(404);
    await own.close();
  });

  it('does not wait for an audit that takes long', async () => {
    const own = await serve(undefined, { audit: () => new Promise(() => undefined) });
    expect(textOf((await raw(own.url, { headers: BROWSER })).body)).toContain('The audit is running');
    await own.close();
  });
});

describe('the page of an image', () => {
  it('shows label, type and what it is part of', async () => {
    const page = await pageOf('/Image/9');
    expect(page).toContain('<h1>cell_01 &lt;metaphase&gt; &amp; &quot;spindle&quot;</h1>');
    const crumbs = /<ol class="crumbs">.*<\/ol>/s.exec(page)?.[0] ?? '';
    expect([...crumbs.matchAll(/href="([^"]*)"/g)].map((m) => m[1])).toEqual(['/Project/52', '/Dataset/101']);
  });

  it('shows sizes, pixel sizes, times, instrument and channels as people write them', async () => {
    const text = textOf(await pageOf('/Image/9'));
    expect(text).toContain('512 × 512 pixels, 31 z planes, 2 channels, uint16');
    expect(text).toContain('0.108 × 0.108 µm');
    expect(text).toContain('2024-03-05 10:20:30 UTC');
    expect(text).toContain('Zeiss LSM 880');
    expect(text).toContain('Plan-Apochromat 63x/1.4 Oil (63×, NA 1.4)');
    expect(text).toContain('461\u00a0nm');
  });

  it('shows its own and inherited key-value pairs with REMBI field and term, empty ones too', async () => {
    const text = textOf(await pageOf('/Image/9'));
    expect(text).toContain('Cell line HeLa not mapped');
    expect(text).toContain('Organism human Organism Homo sapiens NCBITaxon:9606 Control');
    expect(text).toContain('(empty) (empty) not mapped');
    expect(text).toContain(
      'Imaging Method confocal Imaging method confocal microscopy FBbi:00000251 Mitotic spindle study',
    );
  });

  it('does not say again below what its key-value pairs and its heading say', async () => {
    const text = textOf(await pageOf('/Dataset/101'));
    expect(text.match(/\bhuman\b/g)).toHaveLength(1);
    expect(text).not.toContain('Meaning');
    expect(textOf(await pageOf('/Project/52')).match(/Mitotic spindle study/g)).toHaveLength(2);
  });

  it('links to its parts, to what links to it, and to its other formats', async () => {
    const page = await pageOf('/Image/9');
    for (const href of [
      '/Pixels/9',
      '/ROI/4',
      '/Instrument/1',
      '/FileAnnotation/6',
      '/Image/9.ttl',
      '/Image/9.jsonld',
      '/Image/9.nt',
    ]) {
      expect(page).toContain(`href="${href}"`);
    }
    expect(page).toContain('<link rel="alternate" type="text/turtle" href="/Image/9.ttl">');
    expect(textOf(page)).toContain('1 link from elsewhere');
  });
});

describe('the page of any other thing', () => {
  it.each([
    ['a quantity', '/Pixels/9/physical_size_x', 'µm'],
    ['a key-value pair', '/MapAnnotation/2/entry/0', 'Organism'],
    ['an annotation of a file', '/FileAnnotation/6', '1.05 MB (1048576 bytes)'],
    ['pixels', '/Pixels/9', '0.108\u00a0µm'],
    ['a well with an odd id', '/Well/a1b2.A%2F1', 'A1'],
    ['a thing with a letter outside ASCII, as browsers send it', '/WellSample/%C3%A91', 'WellSample'],
    ['a named graph', '/graph/Project/52', 'was generated by'],
    ['a term', '/describe?iri=http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FNCBITaxon_9606', 'Homo sapiens'],
    [
      'an enumeration',
      `/describe?iri=${encodeURIComponent('https://ld.openmicroscopy.org/core/PixelType#uint16')}`,
      'Pixels',
    ],
  ])('shows %s', async (_, path, expected) => {
    expect(textOf(await pageOf(path))).toContain(expected);
  });

  it('has every part in pages of a hundred', async () => {
    const g = `${BASE}/graph/Project/1`;
    const quads = Array.from({ length: 250 }, (_, i) =>
      triple(`${BASE}/Dataset/1`, 'http://purl.org/dc/terms/hasPart', `${BASE}/Image/${i}`, g),
    );
    const own = await serve(await recordOfQuads(quads));
    const seen = new Set<string>();
    for (const page of [1, 2, 3]) {
      const { body } = await raw(`${own.url}/Dataset/1?page=${page}`, { headers: BROWSER });
      const found = [...body.matchAll(/href="(\/Image\/\d+)"/g)].map((m) => m[1] ?? '');
      expect(found.length).toBe(page === 3 ? 50 : 100);
      for (const href of found) seen.add(href);
      expect(body).toContain(`Page ${page} of 3`);
    }
    expect(seen.size).toBe(250);
    expect((await raw(`${own.url}/Dataset/1?page=-1`, { headers: BROWSER })).body).toContain('Page 1 of 3');
    await own.close();
  });
});

describe('an entity for programs', () => {
  const parse = (body: string): number => new Parser({ format: 'text/turtle' }).parse(body).length;

  it.each([
    ['/Image/9', 'text/turtle', 'text/turtle; charset=utf-8'],
    ['/Image/9', 'application/n-triples', 'application/n-triples'],
    ['/Image/9', 'application/ld+json', 'application/ld+json'],
    ['/Image/9', 'application/rdf+xml', 'application/rdf+xml'],
    ['/Image/9.ttl', 'text/html', 'text/turtle; charset=utf-8'],
    ['/Image/9.nt', '*/*', 'application/n-triples'],
    ['/Image/9.jsonld', '*/*', 'application/ld+json'],
    ['/Image/9.html', 'text/turtle', 'text/html; charset=utf-8'],
    ['/Well/a1b2.A%2F1', 'text/turtle', 'text/turtle; charset=utf-8'],
    [
      '/describe?iri=http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FNCBITaxon_9606&format=nt',
      'text/html',
      'application/n-triples',
    ],
  ])('at %s for Accept %s is %s', async (path, accept, type) => {
    const { status, headers, body } = await raw(served.url + path, { headers: { accept } });
    expect([status, headers['content-type'], headers.vary]).toEqual([200, type, 'Accept']);
    if (type.startsWith('text/turtle') || type === 'application/n-triples') expect(parse(body)).toBeGreaterThan(3);
  });

  it('keeps the IRIs of the graph, and brings its quantities, pairs and the labels of its terms along', async () => {
    const image = await pageOf('/Image/9', 'application/n-triples');
    expect(image).toContain(`<${BASE}/Image/9> <http://purl.org/dc/terms/isPartOf> <${BASE}/Dataset/101>`);
    expect(image).toContain(`<${BASE}/Image/9/objective_settings>`);
    expect(image).toContain('"Cell line"');
    expect(await pageOf('/Pixels/9', 'application/n-triples')).toContain('"µm"');
    expect(await pageOf('/Dataset/101', 'application/n-triples')).toContain('"Homo sapiens"');
    expect(image).not.toContain(served.url);
    expect(image).not.toContain('_:');
  });

  it('is 304 when the client has it, 406 in a format there is not, 404 when the graph knows nothing of it', async () => {
    const { headers } = await raw(`${served.url}/Image/9`, { headers: { accept: 'text/turtle' } });
    const again = await raw(`${served.url}/Image/9`, {
      headers: { accept: 'text/turtle', 'if-none-match': String(headers.etag) },
    });
    expect(again.status).toBe(304);
    expect((await raw(`${served.url}/Image/9`, { headers: { accept: 'image/png' } })).status).toBe(406);
    const missing = await raw(`${served.url}/Image/404`, { headers: { accept: 'application/json' } });
    expect([missing.status, missing.headers['content-type']]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(missing.body).detail).toContain(`<${BASE}/Image/404>`);
  });

  it.each([
    '/Image/9%00',
    '/Image/%ff',
    '/..%2f..%2fetc/passwd',
    '/Image/9%3E%20%3Fp',
    '/%',
    '/Image/9.docx',
    '/describe',
    '/describe?iri=a%20b',
    '/describe?iri=x&iri=y',
  ])('is a problem, not a fault, at the odd path %s', async (path) => {
    const { status } = await raw(served.url + path, { headers: { accept: 'application/json' } });
    expect([400, 404]).toContain(status);
  });
});

describe('links', () => {
  const links = linksFor('https://omero.example.org', 'http://localhost:8080/omegraph/');

  it.each([
    ['https://omero.example.org/Image/9', '/omegraph/Image/9'],
    ['https://omero.example.org/', '/omegraph/'],
    [
      'https://omero.example.org.evil/Image/9',
      '/omegraph/describe?iri=https%3A%2F%2Fomero.example.org.evil%2FImage%2F9',
    ],
    [
      'https://omero.example.org//evil.example/',
      '/omegraph/describe?iri=https%3A%2F%2Fomero.example.org%2F%2Fevil.example%2F',
    ],
    [
      'https://omero.example.org/a/../sparql',
      '/omegraph/describe?iri=https%3A%2F%2Fomero.example.org%2Fa%2F..%2Fsparql',
    ],
    ['https://omero.example.org/sparql', '/omegraph/describe?iri=https%3A%2F%2Fomero.example.org%2Fsparql'],
    ['https://omero.example.org/x#y', '/omegraph/describe?iri=https%3A%2F%2Fomero.example.org%2Fx%23y'],
    [
      'http://purl.obolibrary.org/obo/NCBITaxon_9606',
      '/omegraph/describe?iri=http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FNCBITaxon_9606',
    ],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['urn:uuid:1', undefined],
  ])('lead from %s to %s', (iri, href) => {
    expect(links.href(iri)).toBe(href);
  });

  it('never lead out of the service', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string(), (url, tail) => {
        for (const iri of [url, `https://omero.example.org/${tail}`, `https://omero.example.org${tail}`, tail]) {
          const href = links.href(iri);
          if (href !== undefined) expect(new URL(href, 'http://localhost:8080').host).toBe('localhost:8080');
        }
      }),
    );
  });

  it('are short for terms and words for properties', () => {
    expect(shortIri('http://purl.obolibrary.org/obo/FBbi_00000251')).toBe('FBbi:00000251');
    expect(shortIri('https://ld.openmicroscopy.org/core/Image')).toBe('core:Image');
    expect(shortIri('http://other.example/x')).toBe('http://other.example/x');
    expect(localName('https://ld.openmicroscopy.org/core/physical_size_x')).toBe('physical size x');
    expect(localName('http://schema.org/taxonomicRange')).toBe('taxonomic range');
  });
});

describe('the audit', () => {
  it('is the page of the report, which asks the service for its data', async () => {
    const page = await pageOf('/audit');
    expect(textOf(page)).toContain('REMBI audit 67 % complete: 3 images in 1 container.');
    expect(textOf(/<noscript>.*<\/noscript>/s.exec(page)?.[0] ?? '')).toContain('Biosample 67 %');
    expect(page).toContain('<div class="audit" data-at="/audit" data-pages="">');
    expect(page).toContain('<a href="/audit.csv">CSV</a><a href="/audit.json">JSON</a>');
  });

  it('tells its script all but the rows at once, and the rows of a container when asked', async () => {
    const summary = await raw(`${served.url}/audit/summary.json`);
    expect(JSON.parse(summary.body)).toMatchObject({
      profile: { label: 'REMBI' },
      containers: [{ container: 'Project:52', parts: 1 }],
      fixes: [{ shape: 0, count: 1, gain: 1 / 3, containers: [[0, 1]] }],
      unlisted: [],
    });
    const rows = await raw(`${served.url}/audit/containers/0.json`);
    expect(JSON.parse(rows.body)).toMatchObject({
      parts: [{ ref: 'Dataset:102' }],
      rows: {
        refs: ['Image:9', 'Image:10', 'Image:11'],
        parts: [[], [], [0]],
        statuses: [0, 0, 1],
        statusTable: ['i', 'm'],
      },
    });
    const missing = await raw(`${served.url}/audit/containers/1.json`);
    expect([missing.status, missing.headers['content-type']]).toEqual([404, 'application/problem+json']);
  });

  it('packs what its script asks for when the browser can unpack it', async () => {
    const { headers } = await raw(`${served.url}/audit/summary.json`, { headers: { 'accept-encoding': 'gzip' } });
    expect([headers['content-encoding'], headers.vary]).toEqual(['gzip', 'Accept-Encoding']);
  });

  it('is there as JSON and CSV too', async () => {
    const json = await raw(`${served.url}/audit.json`);
    expect(json.headers['content-type']).toBe('application/json');
    expect(JSON.parse(json.body)).toMatchObject({ format: 'omegraph-audit', version: 2, results: [{ shape: 0 }] });
    const csv = await raw(`${served.url}/audit.csv`);
    expect([csv.headers['content-type'], csv.headers['content-disposition']]).toEqual([
      'text/csv; charset=utf-8',
      'attachment; filename=audit.csv',
    ]);
    expect(csv.body.split('\r\n')[1]).toMatch(
      /^Project:52,Nocodazole 100 nM,cell_03,Image:11,Biosample,Organism,violation,missing/,
    );
  });

  it('runs once for one state of the data, and again after it failed', async () => {
    let runs = 0;
    const own = await serve(undefined, {
      audit: async () => {
        runs += 1;
        if (runs === 1) throw new Error('disk');
        return auditOf();
      },
    });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await raw(`${own.url}/audit.json`)).status);
    expect([statuses, runs]).toEqual([[500, 200, 200], 2]);
    await own.close();
  });
});

describe('HTML templates', () => {
  it('escape every text, so that none of it becomes markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`<p title="${text}">${text}</p>`.html).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
      }),
    );
  });

  it('keep pieces of HTML, join lists, and leave out what is not there', () => {
    expect(html`<ul>${['a', '<'].map((x) => html`<li>${x}</li>`)}${undefined}${false}${0}</ul>`.html).toBe(
      '<ul><li>a</li><li>&lt;</li>0</ul>',
    );
  });

  it('show control and direction characters instead of obeying them', () => {
    expect(escapeHtml('a\u0000b\u202ec\ud800')).toBe('a\ufffdb\ufffdc\ufffd');
  });

  it('write numbers without the noise of floating point', () => {
    expect(['0.10800000000000001', '1.4e0', '63.0', 'NaN', ''].map(numberText)).toEqual([
      '0.108',
      '1.4',
      '63',
      'NaN',
      '',
    ]);
  });
});

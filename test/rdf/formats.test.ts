import type { Quad } from '@rdfjs/types';
import fc from 'fast-check';
import jsonld from 'jsonld';
import { DataFactory as df, Store } from 'n3';
import oxigraph from 'oxigraph';
import { describe, expect, it } from 'vitest';
import { OmegraphError } from '../../src/errors.js';
import { FORMAT_NAMES, FORMATS, type FormatName, formatOfFile, formatOfMediaType } from '../../src/rdf/formats.js';
import { safeIri } from '../../src/rdf/iris.js';
import { nquadsLine } from '../../src/rdf/nquads.js';
import { parseAll } from '../../src/rdf/parse.js';
import { serializeText } from '../../src/rdf/serialize.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';

const quad = (s: string, p: string, o: string | ReturnType<typeof df.literal>, g?: string): Quad =>
  df.quad(
    df.namedNode(s),
    df.namedNode(p),
    typeof o === 'string' ? df.namedNode(o) : o,
    g === undefined ? df.defaultGraph() : df.namedNode(g),
  ) as Quad;
const lines = (quads: Iterable<Quad>): string[] => [...new Set([...quads].map(nquadsLine))].sort();
const inDefault = (q: Quad): Quad => df.quad(q.subject, q.predicate, q.object) as Quad;

const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '"',
    '\\',
    '\n',
    '\r',
    '\t',
    '\r\n',
    '\u0000',
    '\u0085',
    '\u2028',
    '\ud800',
    'a\udc00b',
    '\u{1f52c}',
    '"@en',
    '"^^<a:b>',
    '> <a:b> <c:d> .\n',
    ']]>',
    '<b>&amp;',
    '{"@id":"x:y"}',
    'true',
    '007',
    '@prefix',
    '\ufeff',
    '\uffff',
  ),
);
const hostileIri = fc
  .tuple(
    fc.constantFrom('http://e.org/', 'https://ld.openmicroscopy.org/core/', 'urn:x:', 'schema:', 'a:', PREFIXES.rdf),
    hostileText,
  )
  .map(([start, rest]) => start + rest);
/** Properties that XML can name, among them ones with a namespace of their own. */
const property = fc.constantFrom(
  `${PREFIXES.core}size_x`,
  `${PREFIXES.rdf}type`,
  `${PREFIXES.rdfs}label`,
  'http://e.org/p-1.x',
  'urn:own:name',
  'http://e.org/#_p',
);
const literal = fc.oneof(
  hostileText.map((t) => df.literal(t)),
  fc.tuple(hostileText, fc.constantFrom('en', 'de-at', 'x-klingon')).map(([t, l]) => df.literal(t, l)),
  fc
    .tuple(
      fc.constantFrom('5', '-07', '1.50', '.5', '1e0', '1.E3', 'true', '1', 'NaN', ' 5', '5.', 'é'),
      fc.constantFrom('integer', 'decimal', 'double', 'boolean', 'dateTime').map((d) => df.namedNode(PREFIXES.xsd + d)),
    )
    .map(([t, d]) => df.literal(t, d)),
  fc.tuple(hostileText, hostileIri).map(([t, d]) => df.literal(t, df.namedNode(safeIri(d)))),
);
const anyQuad = fc
  .tuple(
    hostileIri,
    property,
    fc.oneof(hostileIri, literal),
    fc.option(fc.constantFrom('http://e.org/g1', 'http://e.org/g2'), { nil: undefined }),
  )
  .map(([s, p, o, g]) => quad(s, p, o, g));
const anyQuads = fc.array(anyQuad, { maxLength: 12 });

/** What comes back: lone surrogates are U+FFFD, IRIs are safe, and what a format cannot hold is replaced. */
function expected(quads: readonly Quad[], format: FormatName): string[] {
  return lines(
    quads
      .map((q) => (FORMATS[format].graphs ? q : inDefault(q)))
      .map((q) => (format === 'rdfxml' ? withoutNonXml(q) : q)),
  );
}
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
function withoutNonXml(q: Quad): Quad {
  const clean = (t: string): string => safeIri(t).replace(NO_XML, '\ufffd');
  const object =
    q.object.termType === 'Literal'
      ? df.literal(
          q.object.value.toWellFormed().replace(NO_XML, '\ufffd'),
          q.object.language || df.namedNode(clean(q.object.datatype.value)),
        )
      : df.namedNode(clean(q.object.value));
  return df.quad(df.namedNode(clean(q.subject.value)), q.predicate, object) as Quad;
}

describe.each(FORMAT_NAMES)('%s', (format) => {
  it('gives back every graph that was written, hostile texts and IRIs included', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuads, async (quads) => {
        const text = await serializeText(quads, format);
        expect(lines(await parseAll(text, format, { where: 'round trip' }))).toEqual(expected(quads, format));
      }),
      { numRuns: 300 },
    );
  });

  it('is read by a second parser as the same graph', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuads, async (quads) => {
        const text = await serializeText(quads, format);
        const read = oxigraph.parse(text, { format: FORMATS[format].mediaType });
        expect(lines(read as unknown as Quad[])).toEqual(expected(quads, format));
      }),
      { numRuns: 200 },
    );
  });

  it('is byte for byte the same in whatever order the quads come', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuads, async (quads) => {
        const text = await serializeText(quads, format);
        expect(await serializeText([...quads].reverse(), format)).toBe(text);
        expect(await serializeText([...quads, ...quads], format)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  it('writes an empty graph that is read as an empty graph', async () => {
    expect(await parseAll(await serializeText([], format), format)).toEqual([]);
  });

  it('refuses to write blank nodes and relative IRIs', async () => {
    const blank = { termType: 'BlankNode', value: 'b', equals: () => false };
    await expect(
      serializeText([df.quad(blank as never, df.namedNode('a:b'), df.namedNode('a:b')) as Quad], format),
    ).rejects.toThrow(/BlankNode/);
    await expect(serializeText([quad('Image/1', 'a:b', 'a:b')], format)).rejects.toThrow(
      /not an absolute IRI: Image\/1/,
    );
  });

  it('names file and line of what is wrong', async () => {
    const broken: Readonly<Record<FormatName, string>> = {
      turtle: '<a:a> <a:b> 5 .\n<a:a> <a:b> }',
      trig: '<a:g> {\n<a:a> <a:b> . }',
      ntriples: '<a:a> <a:b> <a:c> .\n<a:a> <a:b> 5 .',
      nquads: '<a:a> <a:b> <a:c> <a:g> .\n<a:a> <a:b> <a:c> <a:g> <a:h> .',
      jsonld: '{\n  "@id": }',
      rdfxml: '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n</rdf:Rdf>',
    };
    const failure = await parseAll(broken[format], format, { where: 'data/study.x' }).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(OmegraphError);
    expect((failure as OmegraphError).where).toMatch(
      format === 'jsonld' ? /^data\/study.x(:2)?$/ : /^data\/study.x:2$/,
    );
    expect(String(failure)).toMatch(new RegExp(`this is not ${FORMATS[format].label}: .*; correct it`));
  });

  it('refuses relative IRIs when there is no base, and bytes that are not UTF-8', async () => {
    const relative: Readonly<Record<FormatName, string>> = {
      turtle: '<a> <a:b> 5 .',
      trig: '<a> <a:b> 5 .',
      ntriples: '<a> <a:b> "5" .',
      nquads: '<a> <a:b> "5" .',
      jsonld: '{"@id":"a:a","a:b":{"@type":"@id","@value":3}}',
      rdfxml:
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="x"><rdf:value>1</rdf:value></rdf:Description></rdf:RDF>',
    };
    await expect(parseAll(relative[format], format)).rejects.toBeInstanceOf(OmegraphError);
    await expect(parseAll(new Uint8Array([0x22, 0xff, 0x22]), format)).rejects.toBeInstanceOf(OmegraphError);
  });

  it('is read from pieces that cut characters', async () => {
    const quads = [quad('http://e.org/é', 'http://e.org/p', df.literal('µ\u{1f52c}'))];
    const bytes = Buffer.from(await serializeText(quads, format));
    const pieces = [...bytes].map((b) => Uint8Array.of(b));
    expect(lines(await parseAll(pieces, format))).toEqual(lines(quads));
  });
});

describe('the formats', () => {
  const sample = [
    quad('http://e.org/Image/1', `${PREFIXES.rdfs}label`, df.literal('A "b"')),
    quad('http://e.org/Image/1', `${PREFIXES.core}size_x`, df.literal('512', df.namedNode(`${PREFIXES.xsd}integer`))),
    quad('http://e.org/Image/1', `${PREFIXES.rdf}type`, `${PREFIXES.core}Image`),
    quad('http://e.org/Image/1', `${PREFIXES.core}size_x`, df.literal('16', df.namedNode(`${PREFIXES.xsd}integer`))),
  ];

  it('write Turtle as people write it: prefixes that occur, type first, sorted', async () => {
    expect(await serializeText(sample, 'turtle')).toBe(
      [
        '@prefix core: <https://ld.openmicroscopy.org/core/> .',
        '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .',
        '',
        '<http://e.org/Image/1>',
        '  a core:Image ;',
        '  rdfs:label "A \\"b\\"" ;',
        '  core:size_x 16,',
        '    512 .',
        '',
      ].join('\n'),
    );
  });

  it('write JSON-LD with one context', async () => {
    expect(JSON.parse(await serializeText(sample, 'jsonld', { prefixes: { core: PREFIXES.core } }))).toEqual({
      '@context': { core: 'https://ld.openmicroscopy.org/core/' },
      '@graph': [
        {
          '@id': 'http://e.org/Image/1',
          '@type': ['core:Image'],
          [`${PREFIXES.rdfs}label`]: ['A "b"'],
          'core:size_x': [
            { '@value': '16', '@type': `${PREFIXES.xsd}integer` },
            { '@value': '512', '@type': `${PREFIXES.xsd}integer` },
          ],
        },
      ],
    });
  });

  it('say so when RDF/XML has no name for a property', async () => {
    for (const p of ['http://e.org/123', 'http://e.org/', `${PREFIXES.rdf}li`, `${PREFIXES.rdf}about`]) {
      await expect(serializeText([quad('a:a', p, 'a:b')], 'rdfxml')).rejects.toThrow(
        /^RDF\/XML: a property cannot be written.*choose Turtle/,
      );
    }
  });

  it('are found by media type and by file ending', () => {
    expect(formatOfMediaType('Text/Turtle; charset=utf-8')).toBe('turtle');
    expect(formatOfMediaType('application/json')).toBe('jsonld');
    expect(formatOfMediaType('image/png')).toBeUndefined();
    expect(formatOfFile('/data/a.b/Study.OWL')).toBe('rdfxml');
    expect(formatOfFile('graphs/Project-1.0123456789abcdef.nq')).toBe('nquads');
    expect(formatOfFile('Makefile')).toBeUndefined();
  });

  it('never fetch a JSON-LD context, but take one that is given', async () => {
    const text = JSON.stringify({ '@context': 'https://schema.org/', '@id': 'http://e.org/1', name: 'x' });
    await expect(parseAll(text, 'jsonld', { where: 'up.jsonld' })).rejects.toThrow(
      /up.jsonld: a JSON-LD context would have to be fetched.*https:\/\/schema.org\//,
    );
    const contexts = { 'https://schema.org/': { '@context': { '@vocab': 'http://schema.org/' } } };
    expect(await parseAll(text, 'jsonld', { contexts })).toHaveLength(1);
    expect(
      await parseAll(text.replace('https://schema.org/', '__proto__'), 'jsonld', { contexts, base: 'a:b' }).catch(
        (e: unknown) => String(e),
      ),
    ).toMatch(/not JSON-LD|fetched/);
  });

  it('refuse RDF/XML with a DOCTYPE, whatever it declares', async () => {
    const bomb =
      '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>';
    await expect(parseAll(bomb, 'rdfxml')).rejects.toThrow(/DOCTYPE is not accepted/);
    await expect(
      parseAll('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&nbsp;</rdf:RDF>', 'rdfxml'),
    ).rejects.toThrow(/entity/);
  });

  it('refuse nesting that only an attack has', async () => {
    const deep = 200_000;
    await expect(parseAll(`${'<a xmlns="u:">'.repeat(deep)}`, 'rdfxml')).rejects.toThrow(/nested deeper than/);
    await expect(parseAll(`${'{"a:b":'.repeat(deep)}1${'}'.repeat(deep)}`, 'jsonld')).rejects.toBeInstanceOf(
      OmegraphError,
    );
  });

  it('read triples about triples as an error, not as something else', async () => {
    await expect(parseAll('<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .', 'turtle')).rejects.toBeInstanceOf(OmegraphError);
  });

  it('read RDF/XML as oxigraph does', async () => {
    const head =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/" xml:base="http://b/d">';
    const documents = [
      '<e:T rdf:ID="foo" e:attr="v" xml:lang="en"><e:p>a &amp; b</e:p><rdf:li>one</rdf:li><rdf:li>two</rdf:li></e:T>',
      '<rdf:Description rdf:about=""><e:p><e:X rdf:about="#x"><e:q rdf:resource="../r"/></e:X></e:p><e:s/></rdf:Description>',
      '<rdf:Description rdf:about="a" rdf:type="http://e/Y" e:one="1"/>',
      '<rdf:Description rdf:about="a"><e:p rdf:ID="st" rdf:datatype="http://dt">  5\n</e:p><e:q xml:lang="de">x</e:q></rdf:Description>',
    ];
    for (const document of documents) {
      const text = `<?xml version="1.0"?>${head}${document}</rdf:RDF>`;
      expect(lines(await parseAll(text, 'rdfxml')), document).toEqual(
        lines(oxigraph.parse(text, { format: 'application/rdf+xml' }) as unknown as Quad[]),
      );
    }
  });

  it('read CDATA of RDF/XML as text', async () => {
    const text =
      '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="a:a"><rdf:value>a<![CDATA[<b>]]></rdf:value></rdf:Description>';
    expect((await parseAll(text, 'rdfxml'))[0]?.object.value).toBe('a<b>');
  });

  it('read collections and blank nodes of RDF/XML', async () => {
    const text =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"><e:T rdf:nodeID="n"><e:p rdf:parseType="Collection"><e:X rdf:about="a:1"/><e:X rdf:about="a:2"/></e:p><e:p rdf:parseType="Resource"><e:z>1</e:z></e:p><e:q rdf:nodeID="n"/></e:T></rdf:RDF>';
    const store = new Store(await parseAll(text, 'rdfxml'));
    expect(store.size).toBe(11);
    const [list] = store.getObjects(null, df.namedNode('http://e/p'), null);
    expect(store.getObjects(list ?? null, df.namedNode(`${PREFIXES.rdf}first`), null)[0]?.value).toBe('a:1');
    const [self] = store.getQuads(null, df.namedNode('http://e/q'), null, null);
    expect(self?.object.equals(self.subject)).toBe(true);
  });

  it('agree with jsonld when JSON-LD is expanded and written anew', async () => {
    const text = await serializeText(sample, 'jsonld');
    const nquads = (await jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads' })) as unknown as string;
    expect(nquads.trim().split('\n').sort()).toEqual(lines(sample).map((l) => l.trim()));
  });
});

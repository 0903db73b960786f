import type { Quad } from '@rdfjs/types';
import fc from 'fast-check';
import { DataFactory as df, Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { safeIri } from '../../src/rdf/iris.js';
import { nquadsLine, nquadsTerm, nquadsWriter, quoted } from '../../src/rdf/nquads.js';
import { nquadsReader } from '../../src/rdf/nquadsReader.js';

const s = df.namedNode('http://e.org/s');
const p = df.namedNode('http://e.org/p');
const quad = (o: ReturnType<typeof df.literal> | ReturnType<typeof df.namedNode>): Quad => df.quad(s, p, o) as Quad;
/** A literal of another library, without n3's inner form. */
const foreign = (value: string, language: string, datatype: string) => ({
  termType: 'Literal' as const,
  value,
  language,
  datatype: { termType: 'NamedNode' as const, value: datatype, equals: () => false },
  equals: () => false,
});

describe('canonical N-Quads', () => {
  it('escape exactly what RDFC-1.0 says: seven short forms, other controls as \\u00XX, nothing else', () => {
    expect(quoted('\b\t\n\f\r"\\')).toBe('"\\b\\t\\n\\f\\r\\"\\\\"');
    expect(quoted('\u0000\u0007\u000b\u000e\u001f\u007f')).toBe('"\\u0000\\u0007\\u000B\\u000E\\u001F\\u007F"');
    expect(quoted("\u0080\u2028é'\u{1f52c}")).toBe('"\u0080\u2028é\'\u{1f52c}"');
  });

  it('write lone surrogates as U+FFFD', () => {
    expect(quoted('a\ud800b\udc00"')).toBe('"a\ufffdb\ufffd\\""');
    expect(nquadsTerm(df.namedNode('a:\ud800'))).toBe('<a:%EF%BF%BD>');
  });

  it('cannot be broken out of by an IRI, a language or a datatype', () => {
    expect(nquadsLine(quad(df.namedNode('a:s> <a:evil> "x" .\n<a:t')))).toBe(
      '<http://e.org/s> <http://e.org/p> <a:s%3E%20%3Ca:evil%3E%20%22x%22%20.%0A%3Ca:t> .\n',
    );
    expect(() => nquadsLine(quad(df.literal('x', 'en> <a:evil')))).toThrow(/not a language tag/);
    expect(nquadsLine(quad(df.literal('x', df.namedNode('a:d> <a:g'))))).toContain('^^<a:d%3E%20%3Ca:g> .');
  });

  it('are the same for literals of n3 and of other libraries', () => {
    for (const [value, language, datatype] of [
      ['x', '', 'http://www.w3.org/2001/XMLSchema#string'],
      ['say "x"^^<a:b>', '', 'http://www.w3.org/2001/XMLSchema#string'],
      ['5', '', 'http://www.w3.org/2001/XMLSchema#integer'],
      ['ä"', 'de', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'],
    ] as const) {
      const own = language === '' ? df.literal(value, df.namedNode(datatype)) : df.literal(value, language);
      const line = nquadsLine(df.quad(s, p, foreign(value, language, datatype) as never) as Quad);
      expect(line).toBe(nquadsLine(quad(own)));
      expect(line).toBe(`${nquadsTerm(s)} ${nquadsTerm(p)} ${nquadsTerm(own)} .\n`);
    }
  });

  it('name the graph, and refuse blank nodes and relative IRIs wherever they stand', () => {
    const writer = nquadsWriter();
    expect(writer.line(df.quad(s, p, s, p) as Quad)).toBe(
      '<http://e.org/s> <http://e.org/p> <http://e.org/s> <http://e.org/p> .\n',
    );
    const blank = { termType: 'BlankNode', value: 'b0' } as never;
    for (const bad of [df.quad(blank, p, s), df.quad(s, blank, s), df.quad(s, p, blank), df.quad(s, p, s, blank)]) {
      expect(() => writer.line(bad as Quad)).toThrow('a BlankNode cannot be written: b0');
    }
    const relative = df.namedNode('Image/1');
    for (const bad of [
      df.quad(relative, p, s),
      df.quad(s, relative, s),
      df.quad(s, p, relative),
      df.quad(s, p, s, relative),
    ]) {
      expect(() => writer.line(bad as Quad)).toThrow('not an absolute IRI: Image/1');
    }
  });

  it('are read back by our reader and by n3 as they were', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '\\', '\\u0041', '\\"', '\n', "'", '" .', '"@en'),
    );
    const object = fc.oneof(
      text.map((t) => df.literal(t)),
      text.map((t) => df.literal(t, 'en-gb')),
      fc.tuple(text, text).map(([t, d]) => df.literal(t, df.namedNode(safeIri(`a:${d}`)))),
      text.map((t) => df.namedNode(safeIri(`a:${t}`))),
    );
    fc.assert(
      fc.property(object, fc.boolean(), (o, named) => {
        const before = df.quad(s, p, o, named ? s : df.defaultGraph()) as Quad;
        const line = nquadsLine(before);
        for (const after of [
          nquadsReader().quad(line.slice(0, -1)),
          new Parser({ format: 'application/n-quads' }).parse(line)[0] as Quad,
        ]) {
          expect(after && nquadsLine(after)).toBe(line);
          expect(after?.object.value).toBe(o.value.toWellFormed());
          expect(after?.graph.value).toBe(before.graph.value);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are not read when they are cut or joined', () => {
    const reader = nquadsReader();
    const line = '<a:a> <a:b> "x"^^<a:c> <a:g> .';
    expect(reader.quad(line)).toBeDefined();
    for (let end = 0; end < line.length; end++) expect(reader.quad(line.slice(0, end))).toBeUndefined();
    for (const bad of ['', '# x', `${line} `, `${line}${line}`, '_:b <a:b> <a:c> .', '<a:a> <a:b c> <a:c> .']) {
      expect(reader.quad(bad)).toBeUndefined();
    }
  });

  it('are read also with literals of many megabytes', () => {
    const text = 'a"\n'.repeat(1_000_000);
    expect(nquadsReader().quad(nquadsLine(quad(df.literal(text))).slice(0, -1))?.object.value).toBe(text);
  });
});

describe('a safe IRI', () => {
  it('stays as it is when it is already safe, IPv6 hosts and percent-encodings included', () => {
    for (const iri of [
      'http://[::1]:8080/a?b=c#d',
      'http://e.org/%C3%A9é/\u{1f52c}',
      'urn:lsid:x:y',
      `a:~!$&'()*+,;=:@/?`,
    ]) {
      expect(safeIri(iri)).toBe(iri);
    }
  });

  it('encodes what strict parsers refuse', () => {
    expect(safeIri('http://e.org/a[1] %zz#b#c\u2028\ue000\ufeff')).toBe(
      'http://e.org/a%5B1%5D%20%25zz#b%23c%E2%80%A8%EE%80%80%EF%BB%BF',
    );
  });

  it('is safe once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeIri(safeIri(text))).toBe(safeIri(text));
      }),
      { numRuns: 1000 },
    );
  });
});

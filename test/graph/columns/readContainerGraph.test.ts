import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Quad } from '@rdfjs/types';
import fc from 'fast-check';
import { DataFactory as df } from 'n3';
import { afterAll, describe, expect, it } from 'vitest';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { readContainerGraph, type ReadContainerGraphOptions } from '../../../src/graph/columns/readContainerGraph.js';
import { nquadsLine } from '../../../src/rdf/nquads.js';
import { nquadsReader } from '../../../src/rdf/nquadsReader.js';
import { arbitraryRecordQuads, sortedKeys, triplesOf } from './columnsFixture.js';

const folder = mkdtempSync(join(tmpdir(), 'omegraph-columns-'));
const file = join(folder, 'container.nq');
afterAll(() => rmSync(folder, { recursive: true }));

const read = async (text: string | Uint8Array, options?: ReadContainerGraphOptions) => {
  writeFileSync(file, text);
  return readContainerGraph(file, options);
};
const quadOf = (line: string): Quad | undefined => nquadsReader().quad(line);
const line = (object: string, predicate = 'p', subject = 's', graph = ' <urn:g>') =>
  `<urn:${subject}> <urn:${predicate}> ${object}${graph} .`;
const only = async (text: string) => {
  const triples = triplesOf(await read(text));
  expect(triples).toHaveLength(1);
  return triples[0]!;
};

describe('a file of the record read into columns', () => {
  it('holds what the quads hold that were written, in any order of lines', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecordQuads, fc.boolean(), async (quads, sorted) => {
        const lines = quads.map((quad) => nquadsLine(quad));
        if (sorted) lines.sort();
        const graph = await read(lines.join(''));
        expect(sortedKeys(triplesOf(graph))).toEqual(sortedKeys(triplesOf(containerGraphOf(quads))));
        expect(graph.read).toBe(quads.length);
      }),
    );
  });

  it('holds what the exporter writes for a study', async () => {
    const golden = fileURLToPath(new URL('../../golden/quickstart/data/graphs/', import.meta.url));
    const files = readdirSync(golden).filter((name) => name.endsWith('.nq'));
    expect(files.length).toBeGreaterThan(1);
    for (const name of files) {
      const lines = readFileSync(join(golden, name), 'utf8').trimEnd().split('\n');
      const graph = await readContainerGraph(join(golden, name), { bytes: statSync(join(golden, name)).size });
      const expected = containerGraphOf(lines.flatMap((written) => quadOf(written) ?? []));
      expect(graph.read).toBe(lines.length);
      expect(sortedKeys(triplesOf(graph))).toEqual(sortedKeys(triplesOf(expected)));
    }
  });

  it('holds only the predicates asked for, and counts the lines of the others', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecordQuads, async (quads) => {
        const predicates = new Set(['https://example.org/p', 'https://example.org/type', 'urn:absent']);
        const graph = await read(quads.map((quad) => nquadsLine(quad)).join(''), { predicates });
        expect(sortedKeys(triplesOf(graph))).toEqual(sortedKeys(triplesOf(containerGraphOf(quads, predicates))));
        expect(graph.read).toBe(quads.length);
      }),
    );
  });

  it('takes and refuses the lines that the line reader takes and refuses', async () => {
    const parts = fc.constantFrom(
      ...[
        '<urn:s>',
        '<urn:p>',
        '<urn:o>',
        '<urn:g>',
        '"a"',
        '"é𝛼"',
        '"',
        '<',
        '>',
        '^^',
        '@',
        '@en',
        '@en-GB',
        '@-x',
        '_:b',
      ],
      ...[
        '^^<urn:t>',
        '^^<http://www.w3.org/2001/XMLSchema#string>',
        ' ',
        '  ',
        '.',
        ' .',
        '\\',
        '\\"',
        '\\u0041',
        '\t',
      ],
      ...['\\U0001D6FC', '\\uD83D\\uDE00', '\\q', 'x', '<urn:a b>', '<>', '#', '\r', '\u007f'],
    );
    const usual = fc.tuple(
      fc.constantFrom('<urn:s> ', '<urn:s> ', '<urn:s2> '),
      fc.constantFrom('<urn:p> ', '<urn:p> ', '<urn:p2> '),
      fc.array(parts, { minLength: 1, maxLength: 3 }).map((some) => some.join('')),
      fc.constantFrom(' <urn:g> .', ' <urn:g> .', ' .', ' <urn:h> .'),
    );
    const odd = fc.array(parts, { maxLength: 8 });
    const lines = fc.oneof({ weight: 6, arbitrary: usual }, odd).map((some) => some.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 5 }), async (some) => {
        const quads = some.map(quadOf);
        const bad = quads.indexOf(undefined);
        const reading = read(`${some.join('\n')}\n`);
        if (bad !== -1) await expect(reading).rejects.toThrow(`${file}:${bad + 1}: the line is not an N-Quad`);
        else {
          const expected = sortedKeys(triplesOf(containerGraphOf(quads as Quad[])));
          expect(sortedKeys(triplesOf(await reading))).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['an empty text', '""', df.literal('')],
    ['characters beyond ASCII', '"µm 细胞 𝛼"', df.literal('µm 细胞 𝛼')],
    ['escapes of canonical N-Quads', '"a\\"b\\\\c\\n\\u0001"', df.literal('a"b\\c\n\u0001')],
    ['escapes by code point', '"\\u00E9\\U0001D6FC\\t"', df.literal('é𝛼\t')],
    ['control characters that are not escaped', '"a\tb"', df.literal('a\tb')],
    ['a datatype', '"1"^^<urn:t>', df.literal('1', df.namedNode('urn:t'))],
    ['xsd:string in full', '"1"^^<http://www.w3.org/2001/XMLSchema#string>', df.literal('1')],
    ['a language', '"chat"@fr', df.literal('chat', 'fr')],
    ['what looks like the end of a line', '"x <urn:g> ."', df.literal('x <urn:g> .')],
    ['an IRI beyond ASCII', '<urn:é>', df.namedNode('urn:é')],
  ])('reads %s', async (_, written, expected) => {
    expect((await only(line(written))).object.equals(expected)).toBe(true);
    expect((await only(line(written, 'p', 's', ''))).object.equals(expected)).toBe(true);
  });

  it('keeps a language tag as it is written, and knows it without case', async () => {
    const { terms, size } = await read(`${line('"colour"@en-GB')}\n${line('"colour"@en-gb')}\n`);
    expect(size).toBe(1);
    expect(terms.language(terms.find(df.literal('colour', 'en-gb')))).toBe('en-GB');
  });

  it('counts a literal once however it is written', async () => {
    const graph = await read(`${line('"A"')}\n${line('"\\u0041"')}\n${line('"A"', 'p', 's', ' <urn:h>')}\n`);
    expect([graph.size, graph.read]).toEqual([1, 3]);
  });

  it('reads a last line without a line feed, an empty file, and a line longer than a block', async () => {
    expect((await read(line('"x"'))).size).toBe(1);
    expect((await read('')).size).toBe(0);
    const huge = 'é"\\'.repeat(200_000);
    const text = nquadsLine(df.quad(df.namedNode('urn:s'), df.namedNode('urn:p'), df.literal(huge)) as Quad);
    const graph = await read(`${line('"before"')}\n${text}${line('"after"')}\n`);
    expect(graph.size).toBe(3);
    expect(graph.terms.find(df.literal(huge))).toBeGreaterThan(-1);
  });

  it('reads lines that lie across blocks', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) =>
      line(`"${'é'.repeat(i % 40)}${i}"`, `p${i % 7}`, `s${i >> 3}`),
    );
    const graph = await read(lines.join('\n'));
    expect([graph.read, graph.size, graph.predicates.length]).toEqual([40_000, 40_000, 7]);
    const last = graph.columnOf(`urn:p${39_999 % 7}`)!;
    expect(last.first(graph.terms.find(df.namedNode(`urn:s${39_999 >> 3}`)))).toBeGreaterThan(-1);
  });

  it.each([
    ['an empty line', `${line('"a"')}\n\n`, 2],
    ['a carriage return', `${line('"a"')}\r\n`, 1],
    ['a file cut within a line', `${line('"a"')}\n${line('"b"')}\n<urn:s> <urn:p> "tru`, 3],
    ['a file cut within a line of another predicate', `${line('"a"')}\n<urn:s> <urn:q> "tru`, 2],
    ['a blank node', `${line('_:b')}\n`, 1],
    ['a literal as subject', '"a" <urn:p> <urn:o> .\n', 1],
    ['a missing full stop', '<urn:s> <urn:p> <urn:o> <urn:g>\n', 1],
    ['text of another kind', 'PK\u0003\u0004', 1],
  ])('refuses %s by its line', async (_, text, number) => {
    const message = `${file}:${number}: the line is not an N-Quad of a record`;
    await expect(read(text)).rejects.toThrow(message);
    await expect(read(text, { predicates: new Set(['urn:p']) })).rejects.toThrow(message);
  });

  it('refuses bytes that are not UTF-8 by their line, wanted or not', async () => {
    const text = Buffer.from(`${line('"a"')}\n${line('"b*"')}\n`);
    text[text.indexOf('*')] = 0xe9;
    await expect(read(text)).rejects.toThrow(`${file}:2: the line is not an N-Quad`);
    await expect(read(text, { predicates: new Set() })).rejects.toThrow(`${file}:2: the line is not an N-Quad`);
  });

  it('refuses a file that ends within a character', async () => {
    const text = Buffer.from(`${line('"a"')}\n<urn:s> <urn:p> "µ`);
    await expect(read(text.subarray(0, -1))).rejects.toThrow(`${file}:2: the line is not an N-Quad`);
  });

  it('refuses a file that is missing, a folder, or not as long as the manifest says', async () => {
    await expect(readContainerGraph(join(folder, 'absent.nq'))).rejects.toThrow(
      /absent\.nq: the file of the record cannot/,
    );
    await expect(readContainerGraph(folder)).rejects.toThrow(/the file of the record cannot be read/);
    await expect(read(`${line('"a"')}\n`, { bytes: 5 })).rejects.toThrow(
      /not the one that was written \("\d+ bytes instead of 5"/,
    );
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const reading = read(`${line('"a"')}\n`, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });
});

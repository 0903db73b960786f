import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvParser, type CsvRow, csvRows, LONGEST_CELL } from '../../../src/extract/csv/csvRows.js';

const parse = (text: string, separator = ',', cut: readonly number[] = []): CsvRow[] => {
  const parser = csvParser(separator, 'a.csv');
  const rows: CsvRow[] = [];
  let from = 0;
  for (const to of [...cut.filter((n) => n < text.length), text.length].sort((a, b) => a - b)) {
    rows.push(...parser.push(text.slice(from, to)));
    from = to;
  }
  return [...rows, ...parser.end()];
};
const cells = (text: string, separator?: string) => parse(text, separator).map((row) => row.cells);

describe('rows of CSV', () => {
  it('are those of RFC 4180: quotes hold separators, line breaks and quotes written twice', () => {
    expect(cells('a,"b,c","d ""e""","f\r\ng"\r\n1,,"",4\r\n')).toEqual([
      ['a', 'b,c', 'd "e"', 'f\r\ng'],
      ['1', '', '', '4'],
    ]);
  });

  it('end with CRLF, LF or CR, in one file too, and the last row needs none', () => {
    expect(cells('a,b\r\nc,d\ne,f\rg,h')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ]);
  });

  it('have quotes only where a cell begins: 5" stays 5"', () => {
    expect(cells('5" disc,a "b" c,"x"y\n')).toEqual([['5" disc', 'a "b" c', 'xy']]);
  });

  it('know the line that they begin on, also behind line breaks in quotes', () => {
    expect(parse('k\r\n"a\r\nb\r\nc"\r\nx\n"d\ne"\ny\n').map((row) => [row.line, row.cells[0]])).toEqual([
      [1, 'k'],
      [2, 'a\r\nb\r\nc'],
      [5, 'x'],
      [6, 'd\ne'],
      [8, 'y'],
    ]);
  });

  it('without any text are left out, but counted as lines', () => {
    expect(parse('a,b\n\n,\n  \nc,d\n').map((row) => row.line)).toEqual([1, 5]);
  });

  it('come back as they were written, wherever the pieces of the text end', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', '\r', ' ', '😀'),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.array(fc.nat(80)),
        (rows, separator, end, cut) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map((row) => row.map(quoted).join(separator) + end).join('');
          const wanted = rows.filter((row) => row.some((c) => c.trim() !== ''));
          expect(parse(text, separator, cut).map((row) => row.cells)).toEqual(wanted);
          // The lines are counted the same, too.
          expect(parse(text, separator, cut)).toEqual(parse(text, separator));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('with a quote left open are an error that names the line of the quote', () => {
    expect(() => parse('id,k\n1,x\n2,"open\n3,y\n4,z\n')).toThrow(
      'a.csv:3: a quote that begins here is not closed ("open 3,y 4,z "); close it, or write quotes within a cell twice',
    );
  });

  it('with a cell of 100 MB are an error long before all of it is read', async () => {
    let given = 0;
    async function* endless() {
      yield 'id,k\n1,"';
      for (; given < 1600; given += 1) yield 'x'.repeat(64 * 1024);
    }
    const reading = (async () => {
      for await (const _ of csvRows(endless(), ',', 'a.csv'));
    })();
    await expect(reading).rejects.toThrow(
      /^a\.csv:2: a cell has more than 1000000 characters .*quote that begins here/,
    );
    expect(given).toBeLessThan(20);
    expect(parse(`a,${'x'.repeat(LONGEST_CELL)}\n`)[0]?.cells[1]).toHaveLength(LONGEST_CELL);
  });

  it('with more cells than any spreadsheet has are an error', () => {
    expect(() => parse('a,'.repeat(20_000))).toThrow('a.csv:1: a row has more than 16384 cells');
  });
});

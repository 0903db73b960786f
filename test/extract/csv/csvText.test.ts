import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guessSeparator } from '../../../src/extract/csv/csvSeparator.js';
import { csvText } from '../../../src/extract/csv/csvText.js';
import { type Finding, findingSentence } from '../../../src/findings.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-csv-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Uint8Array | string) {
  const path = join(folder, 'a.csv');
  await writeFile(path, bytes);
  const findings: Finding[] = [];
  const { encoding, chunks } = await csvText(path, 'a.csv', (f) => findings.push(f));
  let text = '';
  for await (const chunk of chunks()) text += chunk;
  return { encoding, text, findings };
}
const TEXT = 'OBJECT_NAME,Temperature\nBild 1,37 °C\nBild 2,5 µm\n';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the text of a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a byte order mark, as Excel writes it', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le'],
    ['big-endian UTF-16 with a byte order mark', utf16be(`\ufeff${TEXT}`), 'utf-16be'],
    ['UTF-16 without a byte order mark', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['big-endian UTF-16 without a byte order mark', utf16be(TEXT), 'utf-16be'],
  ])('is read from %s without a word', async (_, bytes, encoding) => {
    expect(await read(bytes)).toEqual({ encoding, text: TEXT, findings: [] });
  });

  it('is read from Windows-1252, the Latin-1 of spreadsheets, with a finding that names the first line', async () => {
    const { text, findings } = await read(Buffer.from(TEXT, 'latin1'));
    expect(text).toBe(TEXT);
    expect(findings.map(findingSentence)).toEqual([
      'a.csv:2: the file is not UTF-8; it is read as Windows-1252 ("Bild 1,37 °C"); check the signs beyond ASCII in it, and save it as "CSV UTF-8"',
    ]);
  });

  it('keeps signs whose bytes are cut by the end of a block', async () => {
    const long = `k,v\n${'a'.repeat(65_529)},µµµµ\n`;
    for (const shift of ['', 'b']) expect((await read(shift + long)).text).toBe(shift + long);
    const late = `${'k,v\n'.repeat(40_000)}Bild,37 °C\n`;
    const { text, findings } = await read(Buffer.from(late, 'latin1'));
    expect(text).toBe(late);
    expect(findings[0]?.at).toBe('a.csv:40001');
  });

  it('is refused where the file is a workbook, an image or otherwise binary', async () => {
    await expect(read(Buffer.from('PK\u0003\u0004rest of a workbook'))).rejects.toThrow(
      'a.csv:1: this is a spreadsheet or archive, not CSV; open it where it was made and save it as "CSV UTF-8"',
    );
    await expect(read(Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 2, 3, 0, 0]))).rejects.toThrow('binary file');
  });

  it('is an error with a remedy where there is no file', async () => {
    await expect(csvText(join(folder, 'none.csv'), 'none.csv', () => undefined)).rejects.toThrow(
      /none\.csv: the file of key-values cannot be read \("ENOENT"\)/,
    );
  });
});

describe('the separator of a CSV file', () => {
  it.each([
    ['commas', 'OBJECT_ID,Organism\n1,human\n', ','],
    ['semicolons, with decimal commas in the values', 'OBJECT_ID;Dose;Size\n1;0,5;1,2\n2;2,5;3\n', ';'],
    ['tabs, with commas in the values', 'OBJECT_NAME\tChannels\nx\tDAPI, GFP, RFP\n', '\t'],
    ['commas, with semicolons in the values', 'OBJECT_ID,A,B\n1,x;y;z,b\n2,x;y;z,b\n', ','],
    ['semicolons in quotes between commas', 'OBJECT_ID,A\n1,"x;y"\n2,"x;y"\n', ','],
    ['the separator that the first line states', 'sep=;\nOBJECT_ID;A,B\n1;2,3\n', ';'],
    ['commas in a sheet whose heads stand alone', 'Study:\nTitle,x\nOrganism,y\n', ','],
  ])('is guessed: %s', (_, text, separator) => {
    expect(guessSeparator(text)).toBe(separator);
  });

  it('is not guessed where there are no columns', () => {
    expect(guessSeparator('OBJECT_ID\n1\n2\n')).toBeUndefined();
    expect(guessSeparator('')).toBeUndefined();
  });
});

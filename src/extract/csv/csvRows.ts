import { OmegraphError } from '../../errors.js';

/** A row of a CSV file with the line that it begins on, from 1. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Characters of one cell: what is longer is a quote that nobody closed. */
export const LONGEST_CELL = 1_000_000;
/** Cells of a row: those of a spreadsheet. */
const MOST_CELLS = 16_384;

/**
 * Rows of CSV text (RFC 4180, with CRLF, LF or CR between rows, any one character between cells, and quotes only where a cell begins),
 * in blocks as the text comes. Rows without any text are left out.
 * @throws OmegraphError (input) with file and line when a quote is not closed, or a cell or row has no end
 */
export async function* csvRows(
  chunks: AsyncIterable<string>,
  separator: string,
  file: string,
): AsyncGenerator<readonly CsvRow[]> {
  const parser = csvParser(separator, file);
  for await (const chunk of chunks) {
    const rows = parser.push(chunk);
    if (rows.length > 0) yield rows;
  }
  const rows = parser.end();
  if (rows.length > 0) yield rows;
}

/** A parser that is given text piece by piece; pieces may end anywhere. */
export interface CsvParser {
  /** The rows that are whole now. */
  push(text: string): CsvRow[];
  /** The last row, when no line end closes it. */
  end(): CsvRow[];
}

/** A parser at the beginning of a file. `csv-parse` 7.0 counts a CRLF inside quotes as two lines and names the last line for a quote left open. */
export function csvParser(separator: string, file: string): CsvParser {
  const comma = separator.charCodeAt(0);
  let rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let rowLine = 1;
  let quoteLine = 0;
  /** Where in a cell: at its start, in plain text, in quotes, or behind a quote that may have closed it. */
  let at: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  let afterCr = false;

  const add = (text: string): void => {
    cell += text;
    if (cell.length <= LONGEST_CELL) return;
    const open = at === 'quoted';
    throw new OmegraphError('input', {
      where: `${file}:${open ? quoteLine : rowLine}`,
      wrong: `a cell has more than ${LONGEST_CELL} characters`,
      found: cell.slice(0, 60),
      remedy: open ? 'look for a quote that begins here and is not closed' : 'check that the file is CSV',
    });
  };
  const endCell = (): void => {
    cells.push(cell);
    cell = '';
    at = 'start';
    if (cells.length <= MOST_CELLS) return;
    throw new OmegraphError('input', {
      where: `${file}:${rowLine}`,
      wrong: `a row has more than ${MOST_CELLS} cells`,
      remedy: 'check that the file is CSV with one row a line',
    });
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((text) => text.trim() !== '')) rows.push({ cells, line: rowLine });
    cells = [];
    rowLine = line;
  };
  /** Counts the line ends of quoted text; a CRLF is one of them, also where a piece ends between its characters. */
  const countLines = (text: string): void => {
    for (let i = 0; i < text.length; i += 1) {
      const c = text.charCodeAt(i);
      if (c === CR || (c === LF && !afterCr)) line += 1;
      afterCr = c === CR;
    }
  };
  /** The rest of quoted text; answers where it ends. */
  const quoted = (text: string, from: number): number => {
    const end = text.indexOf('"', from);
    const part = text.slice(from, end < 0 ? text.length : end);
    countLines(part);
    add(part);
    if (end < 0) return text.length;
    afterCr = false;
    at = 'closing';
    return end + 1;
  };

  return {
    push(text) {
      for (let i = 0; i < text.length;) {
        if (at === 'quoted') {
          i = quoted(text, i);
          continue;
        }
        const c = text.charCodeAt(i);
        if (at === 'closing' && c === QUOTE) {
          add('"');
          at = 'quoted';
          i += 1;
        } else if (c === QUOTE && at === 'start') {
          at = 'quoted';
          quoteLine = line;
          afterCr = false;
          i += 1;
        } else if (c === comma) {
          afterCr = false;
          endCell();
          i += 1;
        } else if (c === LF && afterCr) {
          // The second half of a CRLF whose row has ended.
          afterCr = false;
          i += 1;
        } else if (c === LF || c === CR) {
          line += 1;
          afterCr = c === CR;
          endRow();
          i += 1;
        } else {
          const from = i;
          for (i += 1; i < text.length; i += 1) {
            const next = text.charCodeAt(i);
            if (next === comma || next === LF || next === CR) break;
          }
          afterCr = false;
          at = 'plain';
          add(text.slice(from, i));
        }
      }
      const whole = rows;
      rows = [];
      return whole;
    },
    end() {
      if (at === 'quoted') {
        throw new OmegraphError('input', {
          where: `${file}:${quoteLine}`,
          wrong: 'a quote that begins here is not closed',
          found: cell.slice(0, 60),
          remedy: 'close it, or write quotes within a cell twice',
        });
      }
      if (cell !== '' || cells.length > 0 || at !== 'start') endRow();
      const last = rows;
      rows = [];
      return last;
    },
  };
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

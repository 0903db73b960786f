import { csvParser, type CsvRow } from './csvRows.js';

/** What may stand between the cells, in the order of preference. */
export const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Characters that the guess looks at, and rows. */
export const SAMPLE = 64 * 1024;
const ROWS = 20;

/**
 * The separator of a file by its beginning: the one with which rows have the same number of cells, more than one; of two such, the
 * one that names a column of objects, then the one with more cells. Undefined when no separator makes columns. A line `sep=;`, which
 * spreadsheets write, decides at once.
 */
export function guessSeparator(sample: string): Separator | undefined {
  const stated = statedSeparator(sample.split(/[\r\n]/, 1)[0] ?? '');
  if (stated !== undefined) return stated;
  let best: { separator: Separator; score: number } | undefined;
  for (const separator of SEPARATORS) {
    const score = scoreOf(firstRows(sample, separator));
    if (score > 0 && (best === undefined || score > best.score)) best = { separator, score };
  }
  return best?.separator;
}

/** The separator that a first line `sep=;` states. */
export function statedSeparator(line: string): Separator | undefined {
  return /^"?sep=([,;\t])"?[,;\t]*$/i.exec(line)?.[1] as Separator | undefined;
}

function firstRows(sample: string, separator: string): readonly CsvRow[] {
  const parser = csvParser(separator, '');
  const rows = parser.push(sample);
  try {
    if (sample.length < SAMPLE) rows.push(...parser.end());
  } catch {
    // With a wrong separator a quote may stay open; with the right one the reader says so.
  }
  return rows.slice(0, ROWS);
}

/** The share of rows with the most frequent width counts most, then what names columns of objects, then the width. */
function scoreOf(rows: readonly CsvRow[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of rows) if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [width = 0, often = 0] = [...widths].sort(([a, n], [b, m]) => m - n || b - a)[0] ?? [];
  const names = (cell: string): boolean => /^(?:OBJECT_ID|OBJECT_NAME)$/i.test(cell.trim());
  const isNamed = rows.slice(0, 2).some((row) => row.cells.length > 1 && row.cells.some(names));
  return often === 0 ? 0 : (100 * often) / rows.length + (isNamed ? 50 : 0) + Math.min(width, 40) / 4;
}

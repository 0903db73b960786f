import { type CsvContext, type CsvOptions, type KeyValueRow, wrong } from './csvContext.js';
import { isNamespaceRow, tableLayout } from './csvLayout.js';
import { type CsvRow, csvRows } from './csvRows.js';
import { guessSeparator, SAMPLE, type Separator, statedSeparator } from './csvSeparator.js';
import { csvText } from './csvText.js';
import type { KeyValueFile } from './keyValueFile.js';
import { isSheetHeader, keyValueSheet } from './keyValueSheet.js';
import { keyValueTable } from './keyValueTable.js';

/**
 * The key-values of a CSV file in the conventions of omero-scripts (Import_from_csv, 5.8.4), with one object a row, or of a sheet
 * about one object with a key a row. Row by row: memory does not grow with the file.
 * @throws OmegraphError (input) with file and line when the file is no CSV, or names no objects
 */
export async function* csvKeyValues(file: KeyValueFile, options: CsvOptions): AsyncGenerator<KeyValueRow> {
  const text = await csvText(file.path, file.label, options.onFinding);
  const rows = eachRow(await separated(text.chunks(), file, options.separator));
  let header = await next(rows);
  if (header !== undefined && header.line === 1 && statedSeparator(header.cells[0]?.trim() ?? '') !== undefined)
    header = await next(rows);
  // With `;` between the cells the line `sep=;` has two of them.
  if (header?.line === 1 && /^sep=$/i.test(header.cells[0] ?? '')) header = await next(rows);
  let namespaces: readonly string[] | undefined;
  if (header !== undefined && isNamespaceRow(header.cells)) {
    namespaces = header.cells;
    header = await next(rows);
  }
  if (header === undefined) {
    throw wrong(file, 1, { wrong: 'the file has no rows', found: '', remedy: 'check that it is the right file' });
  }
  const context: CsvContext = { ...options, file, namespaces };
  if (isSheetHeader(header.cells)) return yield* keyValueSheet(context, header, true, rows);
  const layout = tableLayout(header.cells, namespaces);
  if (layout?.kind === 'fault') throw wrong(file, header.line, layout);
  if (layout !== undefined) return yield* keyValueTable(context, header, layout, rows);
  if (file.about !== undefined && header.cells.length <= 2) return yield* keyValueSheet(context, header, false, rows);
  if (file.about !== undefined) return yield* oneRow(context, header, rows);
  throw wrong(file, header.line, {
    wrong: 'no column names the objects that the values are of',
    found: header.cells.join(', '),
    remedy: `add a column OBJECT_ID or OBJECT_NAME, or name the one object that the file is about, as in Dataset:7=${file.label}`,
  });
}

/** A header and one row of values, about the object that the user named. */
async function* oneRow(context: CsvContext, header: CsvRow, rows: AsyncIterable<CsvRow>): AsyncGenerator<KeyValueRow> {
  const { about = '', ...file } = context.file;
  const named = { line: header.line, cells: ['OBJECT_ID', ...header.cells] };
  // The cell that holds the word `namespace` is no longer the first.
  const namespaces = ['', '', ...(context.namespaces?.slice(1) ?? [])];
  const layout = tableLayout(named.cells, namespaces);
  async function* single(): AsyncGenerator<CsvRow> {
    let found = 0;
    for await (const { cells, line } of rows) {
      found += 1;
      if (found === 1) yield { line, cells: [about, ...cells] };
      else {
        throw wrong(context.file, line, {
          wrong: `the file is to be about ${about}, but has more than one row of values`,
          found: cells.slice(0, 3).join(', '),
          remedy: 'name the object of each row in a column OBJECT_ID, or head two columns Key and Value',
        });
      }
    }
  }
  if (layout?.kind === 'table') yield* keyValueTable({ ...context, file, namespaces }, named, layout, single());
}

async function separated(
  chunks: AsyncIterable<string>,
  file: KeyValueFile,
  separator: Separator | undefined,
): Promise<AsyncIterable<readonly CsvRow[]>> {
  const stream = chunks[Symbol.asyncIterator]();
  let sample = '';
  while (sample.length < SAMPLE) {
    const { value, done } = await stream.next();
    if (done === true) break;
    sample += value;
  }
  async function* all(): AsyncGenerator<string> {
    yield sample;
    for (let step = await stream.next(); step.done !== true; step = await stream.next()) yield step.value;
  }
  const found = separator ?? guessSeparator(sample);
  if (found !== undefined) return csvRows(all(), found, file.label);
  throw wrong(file, 1, {
    wrong: 'no separator was found between columns',
    found: sample.trim().slice(0, 80),
    remedy: 'save the file with commas, semicolons or tabs between its cells',
  });
}

async function* eachRow(blocks: AsyncIterable<readonly CsvRow[]>): AsyncGenerator<CsvRow> {
  for await (const block of blocks) yield* block;
}

async function next(rows: AsyncGenerator<CsvRow>): Promise<CsvRow | undefined> {
  const { value, done } = await rows.next();
  return done === true ? undefined : value;
}

/** Words that Import_from_csv (5.8.4) takes for something else than a key. */
const TAKEN = /^(?:OBJECT_ID|OBJECT_NAME|PROJECT|DATASET|SCREEN|PLATE|RUN|PLATEACQUISITION|WELL|[Tt][Aa][Gg])$/;
/** The namespace of a column without one: that of pairs that people edit in OMERO.web. */
export const CLIENT_NAMESPACE = 'openmicroscopy.org/omero/client/mapAnnotation';

/** Whether a key is the name of a column that Import_from_csv takes for something else. */
export const isTakenKey = (key: string): boolean => TAKEN.test(key.trim());

/** A table with an object a row, as Import_from_csv of omero-scripts (5.8.4) reads it. */
export interface ImportTable {
  readonly columns: readonly { readonly namespace: string; readonly key: string }[];
  /** As many cells as there are columns. */
  rows(): Iterable<{ readonly id: string; readonly name: string; readonly cells: readonly string[] }>;
}

/** The rows of a table as CSV (RFC 4180), each with its line end: namespaces, header, objects. */
export function* importCsvRows({ columns, rows }: ImportTable, separator: ',' | ';' | '\t' = ','): Generator<string> {
  const row = (cells: readonly string[]): string => `${cells.map((text) => cell(text, separator)).join(separator)}\r\n`;
  yield row(['namespace', '', ...columns.map(({ namespace }) => namespace)]);
  yield row(['OBJECT_ID', 'OBJECT_NAME', ...columns.map(({ key }) => key)]);
  for (const { id, name, cells } of rows()) yield row([id, name, ...cells]);
}

/** A cell as RFC 4180 has it; nothing is added but the quotes that it needs. */
function cell(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

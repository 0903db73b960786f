/**
 * What Import_from_csv of omero-scripts (5.8.4) does with a file, with its parameters as they are when it opens: an own
 * reading of its rules, apart from that of the product.
 */
const CLIENT = 'openmicroscopy.org/omero/client/mapAnnotation';
const EXCLUDED = ['OBJECT_ID', 'OBJECT_NAME', 'PROJECT', 'DATASET', 'SCREEN', 'PLATE', 'RUN', 'WELL'];

/** Cells as Python's csv module has them in its own dialect, of text that is read with universal newlines. */
export function csvCells(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted, begun]: [string[], string, boolean, boolean] = [[], '', false, false];
  const plain = text.replace(/\r\n?/g, '\n');
  for (let i = 0; i < plain.length; i += 1) {
    const c = plain[i] ?? '';
    if (quoted && c === '"' && plain[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (quoted) {
      if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && !begun) {
      quoted = true;
      begun = true;
    } else if (c === ',' || c === '\n') {
      row.push(cell);
      [cell, begun] = ['', false];
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else {
      cell += c;
      begun = true;
    }
  }
  return rows;
}

/** The map annotations that the script makes; @throws where it stops. */
export function importedPairs(text: string): { id: string; namespace: string; pairs: [string, string][] }[] {
  const rows = csvCells(text);
  const width = rows[0]?.length ?? 0;
  for (const row of rows) if (row.length !== width) throw new Error('CSV rows length mismatch');
  let namespaces = Array.from({ length: width }, () => CLIENT);
  if (rows[0]?.[0]?.toLowerCase() === 'namespace') {
    namespaces = (rows.shift() ?? []).map((cell) => cell.trim() || CLIENT);
  }
  const header = (rows.shift() ?? []).map((cell) => cell.trim());
  const idAt = header.indexOf('OBJECT_ID');
  if (idAt < 0) throw new Error('no column of ids');
  const columns = header
    .map((_, i) => i)
    .filter((i) => !EXCLUDED.includes(header[i] ?? '') || header.indexOf(header[i] ?? '') !== i);
  return rows.flatMap((row) => {
    const id = row[idAt] ?? '';
    if (id === '') return [];
    return [...new Set(columns.map((i) => namespaces[i] ?? ''))].flatMap((namespace) => {
      const pairs = columns
        .filter((i) => namespaces[i] === namespace && (row[i] ?? '').length > 0)
        .map((i): [string, string] => [header[i] ?? '', row[i] ?? '']);
      return pairs.length === 0 ? [] : [{ id, namespace, pairs }];
    });
  });
}

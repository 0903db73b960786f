import { finding } from '../../findings.js';
import type { KeyValue, ObjectRef } from '../../ome/model.js';
import {
  cleanCell,
  type CsvContext,
  type KeyValueRow,
  type NamedTarget,
  replacedBy,
  valuesOf,
  wrong,
} from './csvContext.js';
import type { TableLayout } from './csvLayout.js';
import type { CsvRow } from './csvRows.js';
import { type AnnotatedType, annotatedType } from './keyValueFile.js';

/** The rows of a table with one object a row. @throws OmegraphError (input) when the user says that the objects are others */
export async function* keyValueTable(
  context: CsvContext,
  header: CsvRow,
  layout: TableLayout,
  rows: AsyncIterable<CsvRow>,
): AsyncGenerator<KeyValueRow> {
  const { file, onFinding } = context;
  const type = layout.type ?? file.type ?? 'Image';
  if (file.about !== undefined || (layout.type !== undefined && file.type !== undefined && layout.type !== file.type)) {
    throw wrong(file, header.line, {
      wrong: `the table names its own objects, so it is not about ${file.about ?? `objects of type ${file.type}`}`,
      found: header.cells[layout.id ?? layout.name ?? 0] ?? '',
      remedy: 'leave the object before the = out',
    });
  }
  const width = header.cells.length;
  const unnamed = new Set(layout.unnamed);
  const replaces = replacedBy(
    file,
    layout.keys.map(({ namespace }) => namespace),
  );
  for await (const { cells, line } of rows) {
    const at = `${file.label}:${line}`;
    if (cells.length < width || cells.slice(width).some((cell) => cell.trim() !== '')) {
      onFinding(finding('csv-row-ragged', at, { at, detail: `${cells.length} cells, header has ${width}` }));
      continue;
    }
    for (const index of unnamed) {
      if (cells[index]?.trim() === '') continue;
      unnamed.delete(index);
      onFinding(finding('csv-column-unnamed', at, { at, detail: `column ${index + 1}: ${cells[index]}` }));
    }
    const target = targetOf(cells, layout, type);
    if (target === undefined) {
      onFinding(finding('key-values-no-object', at, { at, detail: cells.filter((cell) => cell !== '')[0] }));
    } else if (target === 'no id') {
      onFinding(finding('key-values-id-invalid', at, { at, detail: cells[layout.id ?? 0] }));
    } else {
      const clean = cells.map((cell) => cleanCell(cell, context, line));
      yield { file: file.label, line, target, ...contentOf(clean, layout, context.split), ...replaces };
    }
  }
}

function targetOf(
  cells: readonly string[],
  layout: TableLayout,
  type: AnnotatedType,
): NamedTarget | 'no id' | undefined {
  const text = (index: number | undefined): string => (index === undefined ? '' : (cells[index]?.trim() ?? ''));
  const within = layout.within.flatMap(({ index, type: level }) =>
    text(index) === '' ? [] : [{ type: level, name: text(index) }],
  );
  const id = text(layout.id);
  const ref = id === '' ? undefined : refOf(id, type);
  let name = text(layout.name);
  if (id !== '' && ref === undefined) {
    // A column such as `Well ID` may hold names; OBJECT_ID holds ids.
    if (layout.type === undefined) return 'no id';
    name = name === '' ? id : name;
  }
  if (ref === undefined && name === '') return undefined;
  return {
    type: ref === undefined ? type : (annotatedType(ref.slice(0, ref.indexOf(':'))) ?? type),
    ref,
    name: name || undefined,
    within,
  };
}

/** `1461` (also as `1461.0`, which spreadsheets write) or `Image:1461`, as a reference. */
function refOf(id: string, type: AnnotatedType): ObjectRef | undefined {
  const digits = /^0*(\d{1,18})(?:\.0+)?$/.exec(id)?.[1];
  if (digits !== undefined) return `${type}:${digits}`;
  const [, word = '', local] = /^([A-Za-z]+):(\S+)$/.exec(id) ?? [];
  const stated = annotatedType(word);
  return stated === undefined || local === undefined ? undefined : `${stated}:${local}`;
}

function contentOf(
  cells: readonly string[],
  layout: TableLayout,
  split: string | undefined,
): Pick<KeyValueRow, 'sets' | 'tags'> {
  const sets = new Map<string, KeyValue[]>();
  for (const { index, key, namespace } of layout.keys) {
    for (const value of valuesOf(cells[index] ?? '', split)) {
      const pairs = sets.get(namespace) ?? [];
      sets.set(namespace, pairs);
      pairs.push([key, value]);
    }
  }
  return {
    sets: [...sets].map(([namespace, pairs]) => ({ namespace, pairs })),
    tags: layout.tags.flatMap((index) => valuesOf(cells[index] ?? '', split ?? ',')),
  };
}

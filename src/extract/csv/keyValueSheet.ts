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
import { namespaceOf } from './csvLayout.js';
import type { CsvRow } from './csvRows.js';
import { annotatedType } from './keyValueFile.js';

const KEY = /^(?:key|keys|attribute|field|property|metadata key)$/i;
const VALUE = /^(?:value|values)$/i;
const MODULE = /^(?:module|section)$/i;
/** Heads of sections in templates of REMBI: `Biosample:`, `Specimen (sample put under the microscope)`. */
const HEAD =
  /:\s*$|^(?:study(?: component)?|biosample|specimen|image acquisition|image data|image correlation|analy[sz]ed data)\s*(?:\(.*\))?$/i;

/** Whether a header is that of a sheet with a key a row: `Key,Value` or `Module,Key,Value`, with whatever columns behind. */
export const isSheetHeader = (cells: readonly string[]): boolean =>
  cells.some((cell) => KEY.test(cell.trim())) && cells.some((cell) => VALUE.test(cell.trim()));

/**
 * The pairs of a sheet about one object: named by the user, or in a row whose key is OBJECT_ID or OBJECT_NAME. Keys without a value
 * are left out, but heads of sections that have pairs stay as keys with an empty value, because they say what the keys below mean; so does
 * the module in a column of its own.
 * @throws OmegraphError (input) when nothing names the object
 */
export async function* keyValueSheet(
  context: CsvContext,
  first: CsvRow,
  hasHeader: boolean,
  rows: AsyncIterable<CsvRow>,
): AsyncGenerator<KeyValueRow> {
  const { file, split } = context;
  const names = hasHeader ? first.cells.map((cell) => cell.trim()) : ['Key', 'Value'];
  const columns = [KEY, VALUE, MODULE].map((name) => names.findIndex((cell) => name.test(cell)));
  const [keyAt = 0, valueAt = 1, moduleAt = -1] = columns;
  const pairs: KeyValue[] = [];
  let named: Partial<Pick<NamedTarget, 'ref' | 'name'>> = {};
  let head: string | undefined;
  let module = '';
  const add = ({ cells, line }: CsvRow): void => {
    const text = (index: number): string => cleanCell(cells[index] ?? '', context, line);
    const [key, value] = [text(keyAt).trim(), text(valueAt)];
    const stated = moduleAt < 0 ? '' : text(moduleAt).trim();
    if (stated !== '' && stated !== module) {
      module = stated;
      head = stated;
    }
    const type = file.type ?? 'Image';
    if (/^OBJECT_ID$/i.test(key)) named = { ...named, ...idIn(value.trim(), type) };
    else if (/^OBJECT_NAME$/i.test(key)) named = { ...named, name: value.trim() || undefined };
    else if (value.trim() === '') {
      if (HEAD.test(key)) head = key;
    } else if (key !== '') {
      if (head !== undefined) pairs.push([head, '']);
      head = undefined;
      for (const one of valuesOf(value, split)) pairs.push([key, one]);
    }
  };
  if (!hasHeader) add(first);
  for await (const row of rows) add(row);
  const target = file.about === undefined ? named : { ref: file.about };
  if (target.ref === undefined && target.name === undefined) {
    throw wrong(file, first.line, {
      wrong: 'nothing says which object the sheet is about',
      found: first.cells.join(', '),
      remedy: `name the object, as in Dataset:7=${file.label}, or in a row OBJECT_ID or OBJECT_NAME`,
    });
  }
  const type = annotatedType(target.ref?.slice(0, target.ref.indexOf(':')) ?? '') ?? file.type ?? 'Image';
  const namespace = namespaceOf(context.namespaces, 1);
  const sets = pairs.length === 0 ? [] : [{ namespace, pairs }];
  const replaces = replacedBy(file, [namespace]);
  yield { file: file.label, line: first.line, target: { type, within: [], ...target }, sets, tags: [], ...replaces };
}

function idIn(id: string, type: string): Partial<Pick<NamedTarget, 'ref'>> {
  if (/^\d{1,18}$/.test(id)) return { ref: `${type}:${id}` as ObjectRef };
  return /^[A-Za-z]+:\S+$/.test(id) ? { ref: id as ObjectRef } : {};
}

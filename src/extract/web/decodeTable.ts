import { finding } from '../../findings.js';
import type { Annotation, KeyValue, MapAnnotation, ObjectRef, OmeType } from '../../ome/model.js';
import { asArray, asNumber, asObject, asText, type Json } from '../json.js';
import { BULK_ANNOTATIONS } from './decodeAnnotations.js';
import { cleanText, type DecodeContext, digitsOf, tell } from './decodeContext.js';

/** A column of an OMERO.table. */
export interface TableColumn {
  readonly name: string;
  /** Class without `Column`: `Image`, `Well`, `String`, `Double`; empty where the server does not say it. */
  readonly type: string;
}

/** A table of bulk annotations, before its rows are read. */
export interface BulkTable {
  /** Id of the OriginalFile. */
  readonly fileId: string;
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** Who attached the table and when, which holds for its rows. */
  readonly annotator?: ObjectRef | undefined;
  readonly date?: string | undefined;
}

/** A row of a table as an annotation of the object that it is about. */
export interface TableRow {
  readonly annotation: MapAnnotation;
  readonly target: ObjectRef;
}

/** Columns that hold ids, the most specific object first. */
const TARGETS: readonly (readonly [column: string, type: OmeType])[] = [
  ['Roi', 'ROI'],
  ['Image', 'Image'],
  ['Well', 'Well'],
  ['Plate', 'Plate'],
  ['Dataset', 'Dataset'],
  ['Screen', 'Screen'],
  ['Project', 'Project'],
];

/**
 * A table out of `/webgateway/table/{file}/metadata/`, or out of a query's answer, which older versions of OMERO.web have
 * alone. `attached` is the file annotation that holds it. Undefined, with a finding, when the server cannot read the table.
 */
export function decodeTable(
  fileId: string,
  json: Json,
  context: DecodeContext,
  attached?: Pick<Annotation, 'annotator' | 'date'>,
): BulkTable | undefined {
  const answer = asObject(json);
  const data = asObject(answer?.data);
  const names = asArray(data?.columns) ?? asArray(answer?.columns);
  if (answer === undefined || names === undefined) {
    unreadable(fileId, json, context);
    return undefined;
  }
  const types = asArray(data?.column_types);
  const columns = names.map((column, i) => {
    const name = asText(column) ?? asText(asObject(column)?.name) ?? '';
    const type = asText(types?.[i]) ?? asText(asObject(column)?.type) ?? '';
    return { name: cleanText(name, context, refOf(fileId), 'columns'), type: type.replace(/ColumnI?$/, '') };
  });
  return {
    fileId,
    columns,
    rowCount: asNumber(answer.totalCount) ?? asNumber(asObject(answer.meta)?.rowCount) ?? 0,
    ...(attached?.annotator !== undefined && { annotator: attached.annotator }),
    ...(attached?.date !== undefined && { date: attached.date }),
  };
}

/**
 * The rows in an answer of `/webgateway/table/{file}/query/?query=*&offset={firstRow}`: each a map annotation with the
 * columns as keys in their order, without ids and empty cells, on the most specific object that the row names. Rows that name
 * none are counted in a finding.
 */
export function tableAnnotations(
  table: BulkTable,
  json: Json,
  firstRow: number,
  context: DecodeContext,
): readonly TableRow[] {
  const rows = asArray(asObject(asObject(json)?.data)?.rows);
  if (rows === undefined) {
    unreadable(table.fileId, json, context);
    return [];
  }
  const ids = idColumns(table.columns);
  const isId = new Set(ids.map(({ index }) => index));
  let loose = 0;
  const found = rows.flatMap((json, i): TableRow[] => {
    const cells = asArray(json) ?? [];
    const value = table.columns.flatMap(({ name, type }, column): KeyValue[] => {
      if (isId.has(column)) return [];
      const text = cellText(cells[column], type, table.fileId, context);
      return text.trim() === '' ? [] : [[name, text]];
    });
    if (value.length === 0) return [];
    const target = ids.map(({ type, index }) => refIn(type, cells[index])).find((ref) => ref !== undefined);
    if (target === undefined) {
      loose += 1;
      return [];
    }
    const annotation: MapAnnotation = {
      type: 'MapAnnotation',
      ref: `MapAnnotation:table.${table.fileId}.${firstRow + i}`,
      namespace: BULK_ANNOTATIONS,
      ...(table.annotator !== undefined && { annotator: table.annotator }),
      ...(table.date !== undefined && { date: table.date }),
      value,
    };
    return [{ annotation, target }];
  });
  if (loose > 0) context.onFinding(finding('table-row-loose', refOf(table.fileId), { count: loose }));
  return found;
}

const refOf = (fileId: string): string => `OriginalFile:${fileId}`;

/** OMERO.web answers 200 with `{"error"}` where the tables service fails or the file is no table. */
function unreadable(fileId: string, json: Json, context: DecodeContext): void {
  const found = asObject(json)?.error ?? json;
  tell(context, 'table-unreadable', refOf(fileId), 'table', found);
}

/**
 * The first column of each type that holds ids. Columns named "Image Name" or "Well" may hold names, so the type decides;
 * only a column of numbers that is named as its type counts too, as in OMERO.web's own queries (`Image-7`).
 */
function idColumns(columns: readonly TableColumn[]): { readonly type: OmeType; readonly index: number }[] {
  return TARGETS.flatMap(([name, type]) => {
    const typed = columns.findIndex((column) => column.type === name);
    const named = columns.findIndex(
      (column) => (column.type === 'Long' || column.type === '') && column.name.toLowerCase() === name.toLowerCase(),
    );
    const index = typed >= 0 ? typed : named;
    return index < 0 ? [] : [{ type, index }];
  });
}

/** Cells of objects that were not found hold -1. */
function refIn(type: OmeType, cell: Json | undefined): ObjectRef | undefined {
  const id = digitsOf(cell);
  return id === undefined || /^0+$/.test(id) ? undefined : `${type}:${id}`;
}

function cellText(cell: Json | undefined, type: string, fileId: string, context: DecodeContext): string {
  if (cell === undefined || cell === null) return '';
  if (typeof cell === 'object') {
    const list = asArray(cell);
    if (list !== undefined) return list.map((one) => cellText(one, type, fileId, context)).join(', ');
    tell(context, 'ome-value-invalid', refOf(fileId), 'rows', cell);
    return '';
  }
  if (typeof cell !== 'string') return String(cell);
  // A missing number is one that is none.
  if (cell === 'NaN' && type !== 'String') return '';
  return cleanText(cell, context, refOf(fileId), 'rows');
}

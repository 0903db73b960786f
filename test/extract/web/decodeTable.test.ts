import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/extract/json.js';
import { decodeTable, tableAnnotations } from '../../../src/extract/web/decodeTable.js';
import { listening } from './decoding.js';

/** Columns as `name:type`. */
const metadata = (...columns: string[]) => ({
  columns: columns.map((column) => {
    const [name = '', type = ''] = column.split(':');
    return { name, description: '', type: type.includes('Column') ? type : `${type}Column` };
  }),
  totalCount: 2,
  user_metadata: {},
});
const rowsOf = (columns: string[], rows: Json[][], firstRow = 0, context = listening()) => {
  const table = decodeTable('77', metadata(...columns), context);
  if (table === undefined) throw new Error('no table');
  return tableAnnotations(table, { data: { rows }, meta: {} }, firstRow, context);
};
const told = (columns: string[], rows: Json[][]) =>
  rowsOf(columns, rows).map(({ target, annotation }) => [target, annotation.value]);

describe('Rows of a table of bulk annotations', () => {
  it('are map annotations with the columns as keys in their order', () => {
    const columns = [
      'Image:Image',
      'Gene:String',
      'Concentration:Double',
      'Passed:Bool',
      'Count:Long',
      'Trace:FloatArray',
    ];
    expect(rowsOf(columns, [[301, 'TUBB', 0.5, true, 12, [1, 2.5]]], 1000)).toEqual([
      {
        target: 'Image:301',
        annotation: {
          type: 'MapAnnotation',
          ref: 'MapAnnotation:table.77.1000',
          namespace: 'openmicroscopy.org/omero/bulk_annotations',
          value: [
            ['Gene', 'TUBB'],
            ['Concentration', '0.5'],
            ['Passed', 'true'],
            ['Count', '12'],
            ['Trace', '1, 2.5'],
          ],
        },
      },
    ]);
  });

  it('have no pairs for empty cells', () => {
    const columns = ['Well:Well', 'a:String', 'b:String', 'c:Double', 'd:String', 'e:Long'];
    expect(told(columns, [[431, '', ' ', 'NaN', 'NaN', null]])).toEqual([['Well:431', [['d', 'NaN']]]]);
    expect(told(columns, [[431, '', '', null, '']])).toEqual([]);
  });

  it.each([
    [['Plate:Plate', 'Well:Well', 'Image:Image', 'Roi:Roi', 'k:String'], [411, 431, 301, 801, 'v'], 'ROI:801'],
    [['Plate:Plate', 'Well:Well', 'Image:Image', 'k:String'], [411, 431, 301, 'v'], 'Image:301'],
    [['Plate:Plate', 'Well:Well', 'k:String'], [411, 431, 'v'], 'Well:431'],
    [['Plate:Plate', 'Well:Well', 'k:String'], [411, -1, 'v'], 'Plate:411'],
    [['Dataset:Dataset', 'Image:Image', 'k:String'], [201, 0, 'v'], 'Dataset:201'],
    [['Image:Image', 'k:String'], ['9007199254740993', 'v'], 'Image:9007199254740993'],
    [['image:Long', 'k:String'], [301, 'v'], 'Image:301'],
    [['Image:ImageColumnI', 'k:String'], [301, 'v'], 'Image:301'],
  ])('are about the most specific object: %j %j', (columns, row, target) => {
    expect(told(columns, [row])).toEqual([[target, [['k', 'v']]]]);
  });

  it('keep columns of names, which are no ids', () => {
    const columns = ['Plate:Plate', 'Well:String', 'Well Name:String', 'Image Name:String'];
    expect(told(columns, [[411, 'A1', 'A1', 'a.tif']])).toEqual([
      [
        'Plate:411',
        [
          ['Well', 'A1'],
          ['Well Name', 'A1'],
          ['Image Name', 'a.tif'],
        ],
      ],
    ]);
  });

  it('keep a second column of ids of the same type as a value', () => {
    expect(told(['Image:Image', 'Control:Image'], [[301, 302]])).toEqual([['Image:301', [['Control', '302']]]]);
  });

  it('that name no object are counted in one finding', () => {
    const context = listening();
    const rows: Json[][] = [[-1, 'v'], [-1, 'w'], [301, 'x'], [], [7.5, 'y'], ['A1', 'z']];
    expect(rowsOf(['Image:Image', 'k:String'], rows, 0, context).map((row) => row.annotation.ref)).toEqual([
      'MapAnnotation:table.77.2',
    ]);
    expect(context.findings).toMatchObject([{ code: 'table-row-loose', focus: 'OriginalFile:77', count: 4 }]);
  });

  it('have the person and date of the table', () => {
    const attached = { annotator: 'Experimenter:2', date: '2023-11-14T22:30:01Z' } as const;
    const table = decodeTable('77', metadata('Image:Image', 'k:String'), listening(), attached);
    expect(table).toMatchObject({ fileId: '77', rowCount: 2, ...attached });
    const [row] = table === undefined ? [] : tableAnnotations(table, { data: { rows: [[1, 'v']] } }, 0, listening());
    expect(row?.annotation).toMatchObject(attached);
  });

  it('are read by the columns of a query where there is no other answer', () => {
    const query = {
      data: { column_types: ['WellColumn', 'StringColumn'], columns: ['Well', 'k'], rows: [] },
      meta: { rowCount: 5, totalCount: 5, limit: 0, offset: 0 },
    };
    expect(decodeTable('77', query, listening())).toEqual({
      fileId: '77',
      columns: [
        { name: 'Well', type: 'Well' },
        { name: 'k', type: 'String' },
      ],
      rowCount: 5,
    });
    const older = decodeTable('77', { data: { columns: ['Well', 'k'] } }, listening());
    if (older === undefined) throw new Error('no table');
    expect(tableAnnotations(older, { data: { rows: [[431, 'v']] } }, 0, listening())).toMatchObject([
      { target: 'Well:431' },
    ]);
  });

  it.each([[{ error: 'Table 77 not found' }], [null], [[]], ['<html>'], [{ columns: 5 }]])(
    'cannot be read from %j',
    (json) => {
      const context = listening();
      expect(decodeTable('77', json, context)).toBeUndefined();
      const table = { fileId: '77', columns: [{ name: 'Image', type: 'Image' }], rowCount: 1 };
      expect(tableAnnotations(table, json, 0, context)).toEqual([]);
      expect(context.told).toEqual(Array.from({ length: 2 }, () => 'table-unreadable OriginalFile:77/@table'));
    },
  );

  it('lose a cell that is neither text, number nor list', () => {
    const context = listening();
    expect(rowsOf(['Image:Image', 'k:Mask', 'l:String'], [[1, {}, 'v']], 0, context)).toMatchObject([
      { annotation: { value: [['l', 'v']] } },
    ]);
    expect(context.told).toEqual(['ome-value-invalid OriginalFile:77/@rows']);
  });
});

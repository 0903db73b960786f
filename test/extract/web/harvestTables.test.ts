import { describe, expect, it } from 'vitest';
import { instead } from '../../support/omeroWeb/intercept.js';
import { onPath, serverError } from '../../support/omeroWeb/faults.js';
import { GOLDEN_PASSWORD, goldenRows } from '../../support/omeroWeb/goldenStore.js';
import type { TableRow } from '../../support/omeroWeb/rows.js';
import { harvest, type HarvestSetting } from './harvesting.js';

const asAda = (
  table: Partial<TableRow> = {},
  on: readonly [string, number] | undefined = undefined,
  setting: HarvestSetting = {},
) => {
  const rows = goldenRows();
  const [known] = rows.tables;
  if (known !== undefined) rows.tables = [{ ...known, ...table }];
  const file = rows.annotations.find((row) => row.class === 'FileAnnotationI' && row.file === 2001);
  if (on !== undefined) {
    rows.annotationLinks = rows.annotationLinks.filter((link) => link.annotation !== file?.id);
    rows.annotationLinks.push({
      id: 9001,
      parentType: on[0] as 'Project',
      parent: on[1],
      annotation: file?.id ?? 0,
      owner: 2,
      date: 0,
    });
  }
  return harvest(rows, { credentials: { username: 'ada', password: GOLDEN_PASSWORD }, ...setting });
};
const rowsOf = ({ carried }: Awaited<ReturnType<typeof asAda>>): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(carried)
      .map(([ref, list]) => [ref, list.filter((one) => one.includes('table.'))] as const)
      .filter(([, list]) => list.length > 0),
  );
const column = (name: string, type: string) => ({ name, type });
const ofImages = (more: Partial<TableRow> = {}): Partial<TableRow> => ({
  columns: [column('Image', 'ImageColumn'), column('Gene', 'StringColumn')],
  rowCount: 3,
  row: (i) => [[301, 302, 999][i] ?? 0, `gene ${i}`],
  ...more,
});

describe('rows of a bulk table', () => {
  it('are annotations of the wells that they name', async () => {
    expect(rowsOf(await asAda())).toEqual({
      'Well:431': ['MapAnnotation:table.2001.0'],
      'Well:432': ['MapAnnotation:table.2001.1'],
    });
  });

  it('are not read where tables are not wanted', async () => {
    const { requests } = await asAda({}, undefined, { parts: [] });
    expect(requests.filter((path) => path.includes('/table/'))).toEqual([]);
  });

  it('of a Dataset are told of its own images alone', async () => {
    expect(rowsOf(await asAda(ofImages(), ['Dataset', 202]))).toEqual({ 'Image:302': ['MapAnnotation:table.2001.1'] });
  });

  it('of a Project with a Dataset column are read dataset by dataset, and name nothing that is not there', async () => {
    const heard = await asAda(
      ofImages({
        columns: [column('Dataset', 'DatasetColumn'), column('Image', 'ImageColumn'), column('Gene', 'StringColumn')],
        row: (i) => [201, [301, 302, 999][i] ?? 0, `gene ${i}`],
      }),
      ['Project', 101],
    );
    expect(rowsOf(heard)).toEqual({
      'Image:301': ['MapAnnotation:table.2001.Dataset-201.0'],
      'Image:302': ['MapAnnotation:table.2001.Dataset-201.1'],
    });
    expect(heard.requests.filter((path) => path.includes('query=Dataset-201'))).toHaveLength(1);
    expect(heard.requests.filter((path) => path.includes('/metadata/'))).toHaveLength(1);
  });

  it('of a Project without such a column are read whole, by the rule for its group', async () => {
    const heard = await asAda(ofImages(), ['Project', 101]);
    expect(Object.keys(rowsOf(heard))).toEqual(expect.arrayContaining(['Image:301', 'Image:302']));
    expect(heard.where['MapAnnotation:table.2001.0']).toBe('Project:101');
  });

  it('are left to those who know the owners where the policy looks at owners', async () => {
    const policy = { owners: { deny: ['Experimenter:3'] } };
    expect(Object.keys(rowsOf(await asAda(ofImages(), ['Project', 101], { policy })))).toEqual([
      'Image:301',
      'Image:302',
    ]);
    const large = await asAda(ofImages({ rowCount: 20_000, row: () => [301, 'x'] }), ['Project', 101], { policy });
    expect(rowsOf(large)).toEqual({});
    expect(large.codes).toContain('table-owners-unknown Project:101');
  });

  it('come a thousand a request, all of them', async () => {
    const heard = await asAda(ofImages({ rowCount: 2500, row: (i) => [301, `gene ${i}`] }), ['Dataset', 201]);
    expect(rowsOf(heard)['Image:301']).toHaveLength(2500);
    expect(heard.requests.filter((path) => path.includes('/table/2001/query/'))).toHaveLength(3);
  });

  it('of an image that was asked for by name come by its own id', async () => {
    const heard = await asAda(ofImages(), ['Project', 101], { roots: ['Image:302'] });
    expect(rowsOf(heard)).toEqual({ 'Image:302': ['MapAnnotation:table.2001.Image-302.0'] });
  });

  it('of a root that lies below the table are told of it', async () => {
    const heard = await asAda(ofImages(), ['Project', 101], { roots: ['Dataset:201'] });
    expect(Object.keys(rowsOf(heard))).toEqual(['Image:301', 'Image:302']);
  });

  it('are missed with a finding when the tables service says so with status 200', async () => {
    const answer = {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"error":"Table 2001 not found"}',
    };
    const { codes } = await asAda({}, undefined, { intercept: instead(onPath(/\/table\//), () => answer) });
    expect(codes).toContain('table-unreadable OriginalFile:2001');
  });

  it('are missed with a finding when the server fails at them twice', async () => {
    const { codes, refs } = await asAda({}, undefined, { intercept: serverError(onPath(/\/table\/2001\/query/)) });
    expect(codes.some((code) => code.startsWith('table-unreadable'))).toBe(true);
    expect(refs).toContain('Well:431');
  });
});

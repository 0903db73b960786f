import { describe, expect, it } from 'vitest';
import type { FixObject, FixType } from '../../../src/audit/fixes/containerFacts.js';
import type { FixList } from '../../../src/audit/fixes/model.js';
import { fixListText } from '../../../src/audit/fixes/fixListText.js';
import type { AuditReport } from '../../../src/audit/model.js';

const made = (type: FixType, id: string, name = ''): FixObject => ({
  ...{ node: id, ref: `${type}:${id}`, type, name, parents: [], children: [], annotations: [] },
});
const report = {
  profile: { name: 'p', label: 'REMBI', iri: 'x' },
  auditedAt: '2026-01-02T03:04:05Z',
  fields: [{ label: 'Organism', description: 'The species.', severity: 'violation' }],
} as unknown as AuditReport;
const empty: FixList = {
  ...{ container: 'Project:52', label: 'Spindles', tables: [], gaps: [], repairs: [], byHand: [], ofFiles: 0 },
};
const table = (object: FixObject, replaces: boolean) => ({
  file: `Project-52.${object.type}${replaces ? '.replace' : ''}.csv`,
  table: {
    ...{ type: object.type, replaces, part: 1, columns: [], rows: [{ object, cells: [] }], open: 1, filled: 0 },
  },
});
const KEY = { namespace: 'n', key: 'species' };

describe('the text beside a fix list', () => {
  it('says how the files go back: by the script where OMERO knows the objects, by omegraph where it does not', () => {
    const server = fixListText(empty, report, [table(made('Image', '7'), true)]);
    expect(server).toContain('In OMERO.web run Import_from_csv');
    expect(server).toContain('run Remove_KeyVal on the objects of that file');
    expect(fixListText(empty, report, [table(made('Image', '7'), false)])).not.toContain('Remove_KeyVal');
    const files = fixListText({ ...empty, ofFiles: 1 }, report, [table(made('Image', 'abc.0'), true)]);
    expect(files).not.toContain('Import_from_csv');
    expect(files).toContain('Of files, without an id in OMERO: 1 object.');
    expect(fixListText(empty, report, [])).toContain('Nothing is to be filled in.');
  });

  it('names few objects, and many as ranges of their ids', () => {
    const places = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 22, 23].map((id) => ({
      ...{ object: made('Image', String(id), `i${id}`), objects: 1, candidates: [] },
    }));
    const text = (n: number) =>
      fixListText({ ...empty, gaps: [{ field: 0, key: KEY, places: places.slice(0, n) }] }, report, []);
    expect(text(2)).toContain('- Image:1 “i1”, Image:2 “i2”\n');
    expect(text(13)).toContain('- 13 objects (Image:1–10, Image:20, Image:22–23)\n');
  });

  it('takes no text of people for markup, and no text makes a line of its own', () => {
    const hostile = '<script>alert(1)</script>\n# [x](javascript:1) `c` | *b*\u0007';
    const text = fixListText(
      {
        ...empty,
        label: hostile,
        repairs: [
          {
            ...{ field: 0, status: 'invalid', key: hostile, value: 'x'.repeat(500), text: '', why: 'emptied' },
            ...{ messages: [hostile], candidates: [], carriers: [made('Image', '7', hostile)], objects: 1 },
          },
        ],
      },
      report,
      [],
    );
    expect(text).not.toMatch(/(?<!\\)<script|^# \[|(?<!\\)`c|\u0007/m);
    expect(text).toContain('\\<script\\>alert(1)\\</script\\> \\# \\[x\\](javascript:1) \\`c\\` \\| \\*b\\*');
    expect(text).toContain(`“${'x'.repeat(200)}…”`);
  });

  it('lists candidates that resemble, not those of chance', () => {
    const candidates = [
      { value: 'Mus musculus', curie: 'NCBITaxon:10090', score: 0.9 },
      { value: 'Mus caroli', curie: 'NCBITaxon:10089', score: 0.3 },
    ];
    const repair = {
      ...{ field: 0, status: 'notGrounded' as const, key: 'species', value: 'muose', text: 'muose', why: 'left' },
      ...{ messages: [], candidates, carriers: [made('Image', '7')], objects: 3 },
    };
    expect(fixListText({ ...empty, repairs: [repair] }, report, [])).toContain(
      '- “species” is “muose” on Image:7, for 3 objects; left. It may mean “Mus musculus” (NCBITaxon:10090, 0.90)\n',
    );
  });
});

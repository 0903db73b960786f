import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkTables } from '../../src/map/checkTables.js';
import { indexOf, ontology, sourceTerm } from '../terms/ontologyFixtures.js';

const made: string[] = [];
afterAll(() => Promise.all(made.map((f) => rm(f, { recursive: true, force: true }))));

const terms = indexOf([
  ontology('CL', [
    sourceTerm('CL:0000057', 'fibroblast', { synonyms: [{ text: 'fibrocyte', scope: 'related' }] }),
    sourceTerm('CL:0000058', 'old fibroblast', { obsolete: true, replacedBy: 'CL:0000057' }),
  ]),
]);
const HEAD = (licence: string): string[] => [
  '#mapping_set_id: https://lab.example/mappings/v',
  `#license: ${licence}`,
  '#subject_type: rdfs literal',
  '#subject_source: rembi:biologicalEntity',
  '#curie_map:',
  '#  CL: http://purl.obolibrary.org/obo/CL_',
  'subject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification',
];
const CC0 = 'https://creativecommons.org/publicdomain/zero/1.0/';
const row = (text: string, object: string, label = '', predicate = 'skos:exactMatch'): string =>
  [text, predicate, object, label, 'semapv:ManualMappingCuration'].join('\t');

async function faultsOf(rows: readonly string[], licence = CC0): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-check-'));
  made.push(folder);
  await mkdir(join(folder, 'values'));
  await writeFile(join(folder, 'values', 'v.sssom.tsv'), [...HEAD(licence), ...rows, ''].join('\n'));
  const { faults } = await checkTables([folder], terms);
  for (const f of faults) if (f.line !== undefined) expect(f.message).toContain(`v.sssom.tsv:${f.line}: `);
  return faults.map((f) => `${f.severity} ${f.line}: ${f.message.replace(/^.*?v\.sssom\.tsv:\d+: /, '')}`);
}

describe('the check of tables', () => {
  it('finds nothing wrong with the shipped tables', async () => {
    expect((await checkTables(['mappings'], undefined)).faults).toEqual([]);
  });

  it('tells every fault of a table, not only the first', async () => {
    const found = await faultsOf([
      row('a', 'XX:1'),
      row('b', 'CL:0000057', 'fibroblast', 'skos:narrowMatch'),
      row('c', 'CL:0000057', 'fibroblast'),
      'd\tskos:exactMatch',
    ]);
    expect(found).toEqual([
      'error 8: the prefix is not in curie_map ("XX:1"); add it to the head, or write a known prefix',
      expect.stringMatching(
        /^error 9: this predicate does not let the object stand for the text \("skos:narrowMatch"\)/,
      ),
      expect.stringMatching(/^error 11: the row has 2 cells but the table has 5 columns/),
    ]);
  });

  it('names both lines of rows that contradict each other, and of rows that repeat each other', async () => {
    const found = await faultsOf([row('a', 'CL:0000057'), row('a', 'sssom:NoTermFound'), row('a', 'CL:0000057')]);
    expect(found[0]).toMatch(/^error 9: the text is already mapped to something else in .*v\.sssom\.tsv:8 \("a"\)/);
    expect(found[1]).toMatch(/^warning 10: the row says again what .*v\.sssom\.tsv:8 says \("a"\)/);
  });

  it.each([
    ['CL:9999999', '', 'the ontology has no such term ("CL:9999999")'],
    ['CL:0000058', '', 'the term is obsolete ("CL:0000058 old fibroblast"); use CL:0000057 instead'],
    ['CL:0000057', 'neuron', 'object_label is no name of CL:0000057, which is "fibroblast" ("neuron")'],
  ])('warns of the object %s "%s"', async (object, label, wrong) => {
    const found = await faultsOf([row('a', object, label)]);
    expect(found.length).toBe(1);
    expect(found[0]).toContain(`warning 8: ${wrong}`);
  });

  it.each(['fibroblast', 'Fibrocyte'])('takes "%s" for a name of its term', async (label) => {
    expect(await faultsOf([row('a', 'CL:0000057', label)])).toEqual([]);
  });

  it('warns of a licence that is no address, or not chosen yet', async () => {
    expect((await faultsOf([], 'CC0'))[0]).toContain('warning 2: the licence is no address ("CC0")');
    expect((await faultsOf([], 'https://w3id.org/sssom/license/unspecified'))[0]).toContain(
      'nobody has chosen a licence',
    );
  });

  it('says of a folder without tables that it has none', async () => {
    const { faults } = await checkTables([join(tmpdir(), 'no-such-folder')], undefined);
    expect(faults.map((f) => f.severity)).toEqual(['error']);
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOmegraphError } from '../../src/errors.js';
import { explainKeyValue } from '../../src/map/explain.js';
import { mappingStatistics } from '../../src/map/mappingStatistics.js';
import { fold, type MappingSet } from '../../src/map/mappingSet.js';
import { loadMappings, readSssom } from '../../src/map/sssom.js';
import { REMBI_FIELDS } from '../../src/rdf/rembi.js';

const HEAD = [
  '#mapping_set_id: https://lab.example/mappings/keys',
  '#mapping_set_version: "7"',
  '#license: https://creativecommons.org/publicdomain/zero/1.0/',
  '#subject_type: rdfs literal',
  '#curie_map:',
  '#  rembi: https://w3id.org/omegraph/rembi#',
];
const COLUMNS = 'subject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence';
const table = (...rows: string[]): string => [...HEAD, COLUMNS, ...rows, ''].join('\n');
const row = (key: string, object: string, confidence = ''): string =>
  [key, 'skos:exactMatch', object, 'semapv:ManualMappingCuration', confidence].join('\t');

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isOmegraphError(error) && error.tag === 'mapping') return error.message;
    throw error;
  }
  return 'no error';
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-mappings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder with tables, path → text. */
async function site(name: string, tables: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, text] of Object.entries(tables)) {
    await mkdir(join(folder, name, path, '..'), { recursive: true });
    await writeFile(join(folder, name, path), text);
  }
  return join(folder, name);
}

describe('readSssom', () => {
  it('reads a row with its table, line, set and version', () => {
    expect(readSssom(table(row('Tier', 'rembi:organism', '0.9')), 'keys/a.sssom.tsv')).toEqual([
      {
        kind: 'key',
        file: 'keys/a.sssom.tsv',
        line: 8,
        setId: 'https://lab.example/mappings/keys',
        setVersion: '7',
        subject: 'Tier',
        predicate: 'http://www.w3.org/2004/02/skos/core#exactMatch',
        justification: 'https://w3id.org/semapv/vocab/ManualMappingCuration',
        object: 'https://w3id.org/omegraph/rembi#organism',
        objectLabel: undefined,
        confidence: 0.9,
        field: 'organism',
      },
    ]);
  });

  it('reads a byte order mark, CRLF and empty lines', () => {
    const text = `\uFEFF${table(row('Tier', 'rembi:organism'), '').replaceAll('\n', '\r\n')}`;
    expect(readSssom(text, 'a')).toHaveLength(1);
  });

  it.each([
    ['an unknown column', [...HEAD, 'subject_label\tcolour', ''].join('\n'), 'a.tsv:7: this column is no slot'],
    [
      'a missing column',
      [...HEAD, 'subject_label\tpredicate_id', ''].join('\n'),
      'a.tsv:7: the column object_id is missing',
    ],
    ['a column twice', [...HEAD, 'subject_label\tsubject_label', ''].join('\n'), 'a.tsv:7: a column is there twice'],
    ['no columns', HEAD.join('\n'), 'the table has no line of column names'],
    ['too few cells', table('Tier\tskos:exactMatch'), 'a.tsv:8: the row has 2 cells but the table has 5 columns'],
    ['an empty required cell', table(row('', 'rembi:organism')), 'a.tsv:8: subject_label is empty'],
    [
      'an unknown prefix',
      table(row('Tier', 'bia:organism')),
      'a.tsv:8: the prefix is not in curie_map ("bia:organism")',
    ],
    ['no prefix', table(row('Tier', 'organism')), 'a.tsv:8: the prefix is not in curie_map ("organism")'],
    ['a field that REMBI lacks', table(row('Tier', 'rembi:animal')), 'a.tsv:8: this is no field of REMBI'],
    [
      'a confidence out of range',
      table(row('Tier', 'rembi:organism', '2')),
      'a.tsv:8: confidence is no number from 0 to 1 ("2")',
    ],
    [
      'a predicate that says nothing',
      table(row('Tier', 'rembi:organism').replace('exactMatch', 'narrowMatch')),
      'a.tsv:8: this predicate',
    ],
    [
      'a mapping of a term',
      table(row('Tier', 'rembi:organism')).replace('#subject_type: rdfs literal\n', ''),
      'only mappings of texts',
    ],
    ['no licence', table().replace(/#license.*\n/, ''), 'a.tsv:1: the head lacks license'],
    ['no mapping set', table().replace(/#mapping_set_id.*\n/, ''), 'a.tsv:1: the head lacks mapping_set_id'],
    ['a head that is no YAML', `#curie_map: [\n${COLUMNS}\n`, 'a.tsv: the head of the table is not valid YAML'],
    [
      'a prefix that is no IRI',
      table().replace('https://w3id.org/omegraph/rembi#', 'rembi'),
      'the prefix rembi in curie_map is no absolute IRI',
    ],
    [
      'a set id that is no IRI',
      table().replace('https://lab.example/mappings/keys', 'keys'),
      'mapping_set_id is no absolute IRI ("keys")',
    ],
  ])('refuses %s with file and line', (_what, text, message) => {
    expect(messageOf(() => readSssom(text, 'a.tsv'))).toContain(message);
  });
});

describe('extension slots', () => {
  const definition = (slot: string, property = `https://w3id.org/omegraph/ontology#${slot}`): string[] => [
    `#  - slot_name: ${slot}`,
    `#    property: ${property}`,
  ];
  const extended = (definitions: readonly string[], columns: string, ...cells: string[]): string =>
    [
      ...HEAD,
      '#extension_definitions:',
      ...definitions,
      `${COLUMNS}\t${columns}`,
      [row('Tier', 'rembi:organism', '0.9'), ...cells].join('\t'),
    ].join('\n');
  const both = [
    ...definition('value_kind', 'https://w3id.org/omegraph/ontology#valueKind'),
    ...definition('subject_form', 'https://w3id.org/omegraph/ontology#subjectForm'),
  ];

  it('say the kind of the values, and that a subject is no whole key', () => {
    const read = readSssom(extended(both, 'value_kind\tsubject_form', 'organism', 'end'), 'a.tsv');
    expect(read).toMatchObject([{ valueKind: 'organism', form: 'end' }]);
    expect(readSssom(extended(both, 'value_kind\tsubject_form', '', ''), 'a.tsv')[0]).not.toHaveProperty('form');
  });

  it('of others are read over when the head declares them', () => {
    expect(readSssom(extended(definition('colour'), 'colour', 'red'), 'a.tsv')).toHaveLength(1);
  });

  it.each([
    [
      'that nobody declared',
      table().replace(COLUMNS, `${COLUMNS}\tvalue_kind`),
      'a.tsv:7: this column is an extension',
    ],
    [
      'of another meaning',
      extended(definition('value_kind', 'https://x.example/k'), 'value_kind', 'organism'),
      'a.tsv:1',
    ],
    ['without a name', extended(['#  - property: https://x.example/k'], 'value_kind', 'x'), 'a.tsv:1: an extension'],
    [
      'with a kind that is none',
      extended(both, 'value_kind\tsubject_form', 'animal', ''),
      'is no kind of values ("animal")',
    ],
    ['with a form that is none', extended(both, 'value_kind\tsubject_form', '', 'middle'), 'use one of start, end'],
    ['named like a part of every object', extended(['#  - slot_name: constructor'], 'toString', 'x'), 'a.tsv:'],
  ])('%s are refused with file and line', (_what, text, message) => {
    expect(messageOf(() => readSssom(text, 'a.tsv'))).toContain(message);
  });

  it('may give one text two meanings in two forms, but not in one', async () => {
    const table2 = (...rows: string[]): string =>
      [...HEAD, '#extension_definitions:', ...both, `${COLUMNS}\tsubject_form`, ...rows].join('\n');
    const good = table2(`${row('Tier', 'rembi:organism')}\tend`, `${row('Tier', 'rembi:studyType')}\t`);
    const mappings = await loadMappings([await site('forms', { 'keys/a.sssom.tsv': good })]);
    expect(['Tier', 'liebes Tier'].map((k) => explainKeyValue(k, undefined, undefined, mappings).field)).toEqual([
      'studyType',
      'organism',
    ]);
    const at = await site('bad-forms', {
      'keys/a.sssom.tsv': table2(`${row('Tier', 'rembi:organism')}\tend`, `${row('Tier', 'rembi:studyType')}\tend`),
    });
    await expect(loadMappings([at])).rejects.toThrow(
      /a\.sssom\.tsv:\d+: the text is already mapped .*a\.sssom\.tsv:\d+/,
    );
  });

  it('of a later folder speak first, and a whole key of an earlier one before them', async () => {
    const lab = [
      ...HEAD,
      '#extension_definitions:',
      ...both,
      `${COLUMNS}\tsubject_form`,
      `${row('Treatment', 'rembi:preparationMethod')}\tend`,
      `${row('openmicroscopy.org/mapr/gene', 'rembi:studyType')}\tnamespace`,
    ].join('\n');
    const mappings = await loadMappings(['mappings', await site('lab-forms', { 'keys/a.sssom.tsv': lab })]);
    const field = (key: string, ns?: string) => explainKeyValue(key, undefined, ns, mappings).field;
    expect([field('Cholesterol Treatment'), field('Treatment')]).toEqual(['preparationMethod', 'extrinsicVariable']);
    expect(field('wobble', 'openmicroscopy.org/mapr/gene')).toBe('studyType');
  });
});

describe('loadMappings', () => {
  const fieldOf = (mappings: MappingSet, key: string) => explainKeyValue(key, undefined, undefined, mappings).field;

  it('refuses a text that is mapped to two things, naming both lines', async () => {
    const at = await site('twice', {
      'keys/a.sssom.tsv': table(row('Tier', 'rembi:organism')),
      'keys/b.sssom.tsv': table(row('Wort', 'rembi:studyType'), row('Tier', 'rembi:biosampleIdentity')),
    });
    await expect(loadMappings([at])).rejects.toThrow(
      `b.sssom.tsv:9: the text is already mapped to something else in ${join(at, 'keys/a.sssom.tsv')}:8 ("Tier")`,
    );
  });

  it('takes the same mapping said twice as one', async () => {
    const at = await site('same', {
      'keys/a.sssom.tsv': table(row('Tier', 'rembi:organism'), row('Tier', 'rembi:organism')),
    });
    expect(fieldOf(await loadMappings([at]), 'Tier')).toBe('organism');
  });

  it('lets a later folder override all spellings of a key, and only that key', async () => {
    const lab = await site('lab', {
      'keys/lab.sssom.tsv': table(row('organism', 'rembi:biosampleIdentity'), row('perm', 'rembi:preparationMethod')),
    });
    const mappings = await loadMappings(['mappings', lab]);
    expect(['Organism', 'organism', 'ORGANISM', 'perm', 'Species'].map((k) => fieldOf(mappings, k))).toEqual([
      'biosampleIdentity',
      'biosampleIdentity',
      'biosampleIdentity',
      'preparationMethod',
      'organism',
    ]);
  });

  it('lets a later folder say that a key or value fits nothing', async () => {
    const values = table(row('human', 'sssom:NoTermFound')).replace(
      '#curie_map',
      '#subject_source: rembi:organism\n#curie_map',
    );
    const lab = await site('none', {
      'keys/lab.sssom.tsv': table(row('Strain', 'sssom:NoTermFound')),
      'values/lab.sssom.tsv': values,
    });
    const mappings = await loadMappings(['mappings', lab]);
    expect(explainKeyValue('Strain', 'x', undefined, mappings).outcome).toBe('none');
    expect(explainKeyValue('Organism', 'Human', undefined, mappings).text).toContain('known to have no term');
  });

  it('does not guess when two spellings of one folder mean different things', async () => {
    const lab = await site('spellings', {
      'keys/lab.sssom.tsv': table(row('PA', 'rembi:imagingMethod'), row('Pa', 'rembi:imageAcquisitionParameters')),
    });
    const mappings = await loadMappings([lab]);
    expect([fieldOf(mappings, 'PA'), fieldOf(mappings, 'Pa'), fieldOf(mappings, 'pa')]).toEqual([
      'imagingMethod',
      'imageAcquisitionParameters',
      undefined,
    ]);
  });

  it('refuses a folder without tables', async () => {
    await expect(loadMappings([join(folder, 'nowhere')])).rejects.toThrow('nowhere: there are no mapping tables');
  });
});

describe('the shipped tables', () => {
  it('map every field of REMBI by its own name', async () => {
    const mappings = await loadMappings(['mappings']);
    for (const [field, { label }] of Object.entries(REMBI_FIELDS)) {
      expect(explainKeyValue(label, undefined, undefined, mappings)).toMatchObject({
        outcome: 'field',
        field,
        keyRule: 'exact',
      });
    }
  });

  it('say the kind of the values of each key that is a field', async () => {
    const { rows } = await loadMappings(['mappings']);
    expect(rows.filter((r) => r.kind === 'key' && (r.field === undefined) !== (r.valueKind === undefined))).toEqual([]);
  });

  it('have no two spellings of a text that mean different things', async () => {
    const { keys, values } = await loadMappings(['mappings']);
    for (const index of [keys, ...values.values()]) {
      expect([...index.folded].filter(([, found]) => found === null).map(([text]) => text)).toEqual([]);
    }
  });

  it('have one label for each term and a confidence in each row', async () => {
    const { rows, labels } = await loadMappings(['mappings']);
    expect(rows.filter((r) => r.confidence === undefined)).toEqual([]);
    expect(
      rows.filter((r) => r.kind === 'value' && r.term !== undefined && labels.get(r.term) !== r.objectLabel),
    ).toEqual([]);
    expect(
      rows.filter((r) => r.kind === 'key' && r.field !== undefined && r.objectLabel !== REMBI_FIELDS[r.field].label),
    ).toEqual([]);
  });

  it('are counted table by table', async () => {
    const tables = mappingStatistics(await loadMappings(['mappings']));
    expect(
      tables
        .filter((t) => t.kind === 'keys')
        .map((t) => [t.file.split('/').at(-1), t.version])
        .sort(),
    ).toEqual([
      ['analyzed-data.sssom.tsv', '1'],
      ['biosample.sssom.tsv', '1'],
      ['families.sssom.tsv', '1'],
      ['image-acquisition.sssom.tsv', '1'],
      ['image-data.sssom.tsv', '1'],
      ['in-context.sssom.tsv', '1'],
      ['no-field.sssom.tsv', '1'],
      ['rembi.sssom.tsv', '1'],
      ['specimen.sssom.tsv', '1'],
      ['study-component.sssom.tsv', '1'],
      ['study.sssom.tsv', '1'],
      ['types.sssom.tsv', '1'],
    ]);
    expect(tables.filter((t) => t.kind === 'values').map((t) => t.file)).toContain(
      'mappings/values/organism.sssom.tsv',
    );
    const rembi = tables.find((t) => t.file.endsWith('rembi.sssom.tsv'));
    expect(rembi).toMatchObject({ rows: 35, none: 0, objects: 35 });
    for (const t of tables) expect(t.rows).toBeGreaterThanOrEqual(t.objects + t.none);
  });
});

describe('fold', () => {
  it('takes away what people vary, and keeps signs that carry meaning', () => {
    expect(['Cell Line', 'cell_line', 'CellLine', 'cell-line', ' Cell\u00a0line: '].map(fold)).toEqual(
      Array(5).fill('cellline'),
    );
    expect(fold('Ca2+')).not.toBe(fold('Ca2'));
    expect(fold('µm')).toBe(fold('μm'));
  });
});

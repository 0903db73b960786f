import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FixListOptions } from '../../src/cli/fixList.js';
import { writeFixLists } from '../../src/cli/fixList.js';
import type { Context } from '../../src/cli/command.js';
import { terminal } from '../../src/cli/terminal.js';
import { parseConfig } from '../../src/config.js';
import { csvKeyValues } from '../../src/extract/csv/csvKeyValues.js';
import { keyValueFiles } from '../../src/extract/csv/keyValueFile.js';
import { withKeyValues } from '../../src/extract/withKeyValues.js';
import { type GraphRecord, openRecord } from '../../src/graph/record.js';
import type { MapContext } from '../../src/map/mapRecord.js';
import type { KeyValue, OmeRecord } from '../../src/ome/model.js';
import { exportRecord } from '../../src/pipeline.js';
import { openTermIndex, type TermIndex } from '../../src/terms/termIndex.js';
import { type MiniField, miniAudit } from '../audit/miniAudit.js';
import { annotated, object, sourceOf } from '../extract/keyValueSource.js';
import { context as plainMap } from '../map/mapContext.js';
import { importedPairs } from './importFromCsv.js';

const index = await openTermIndex(['ontologies/terms.idx']);
/** Resemblance takes seconds to make ready; one term stands for all that it finds. */
const terms: TermIndex = {
  ...index,
  suggest: () =>
    ['FBbi:00000251', 'FBbi:00000393'].flatMap((curie, i) => {
      const term = index.term(curie);
      return term === undefined ? [] : [{ term, score: 0.8 - i / 2, by: term.label }];
    }),
};
const map = { ...plainMap, terms };
const home = mkdtempSync(join(tmpdir(), 'omegraph-fix-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const CLIENT = 'openmicroscopy.org/omero/client/mapAnnotation';

const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {} };
const context: Context = {
  config: parseConfig('', 'omegraph.yaml'),
  terminal: terminal(io, { quiet: true }),
  signal: new AbortController().signal,
  json: false,
  io,
};

let count = 0;
async function recordOf(
  records: readonly OmeRecord[],
  files: readonly string[] = [],
  context: MapContext = map,
): Promise<GraphRecord> {
  const folder = join(home, `data${(count += 1)}`);
  const source = withKeyValues(sourceOf(records), keyValueFiles(files));
  await exportRecord({ source, roots: [], folder, map: context, software: { name: 'test', version: '1' } });
  return openRecord(folder);
}

/** Fix lists of records: their files by name, what was said of them, and the record. */
async function fixed(
  records: readonly OmeRecord[],
  fields: readonly MiniField[],
  {
    override,
    exported = map,
    files: read = [],
    ...options
  }: FixListOptions & {
    override?: Readonly<Record<string, string>>;
    exported?: MapContext;
    files?: readonly string[];
  } = {},
) {
  const record = await recordOf(records, read, exported);
  const folder = join(home, `fix${(count += 1)}`);
  const audit = await miniAudit(record, fields, override);
  const files = await writeFixLists(audit, record, folder, context, { map, ...options });
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { names: readdirSync(folder).sort(), files, folder, text, record };
}

let id = 100;
const pairs = (
  targets: string | readonly string[],
  value: readonly KeyValue[],
  namespace: string | undefined = CLIENT,
) =>
  annotated(
    { ref: `MapAnnotation:${(id += 1)}`, ...(namespace !== '' && { namespace }), value },
    typeof targets === 'string' ? [targets] : targets,
  );
const IMAGES = ['Image:1', 'Image:2', 'Image:3', 'Image:4'] as const;
const STUDY: readonly OmeRecord[] = [
  object('Project:52', 'Spindles'),
  object('Dataset:7', 'Control', ['Project:52']),
  object('Dataset:8', 'Taxol, "1 µM"', ['Project:52']),
  object('Image:1', 'a.tif', ['Dataset:7']),
  object('Image:2', 'b.tif', ['Dataset:7']),
  object('Image:3', 'c.tif', ['Dataset:8']),
  object('Image:4', 'd.tif', ['Dataset:8']),
].map((record) => ({ ...record, containers: ['Project:52'] }));
const within = (records: readonly OmeRecord[]): OmeRecord[] =>
  records.map((record) => ({ ...record, containers: ['Project:52'] }));
const csv = (...lines: string[]) => lines.map((line) => `${line}\r\n`).join('');

describe('a fix list of what is missing', () => {
  it('asks once, on the project, for what all of its images lack, byte for byte as Import_from_csv reads it', async () => {
    const { names, text, files } = await fixed(STUDY, [
      { field: 'organism' },
      { field: 'studyDescription', askedOf: 'Project' },
      { field: 'qcInfo', severity: 'info' },
    ]);
    expect(names).toEqual(['Project-52.Project.csv', 'Project-52.suggestions.md', 'fix-list.json']);
    expect(text('Project-52.Project.csv')).toBe(
      csv(`namespace,,${CLIENT},${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Organism,Study description', '52,Spindles,,'),
    );
    expect(files[0]).toMatchObject({ container: 'Project:52', type: 'Project', replaces: false, rows: 1, open: 2 });
  });

  it('asks for a dataset that lacks it as a whole, and for single images of one that does not', async () => {
    const { names, text } = await fixed(
      [...STUDY, ...within([pairs('Image:1', [['Organism', 'human']]), pairs('Image:1', [['Imaging method', 'x']])])],
      [{ field: 'organism' }, { field: 'preparationMethod' }],
    );
    expect(names.filter((name) => name.endsWith('.csv'))).toEqual([
      'Project-52.Dataset.csv',
      'Project-52.Image.csv',
      'Project-52.Project.csv',
    ]);
    expect(text('Project-52.Dataset.csv')).toBe(
      csv(`namespace,,${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Organism', '8,"Taxol, ""1 µM""",human'),
    );
    expect(text('Project-52.Image.csv')).toBe(
      csv(`namespace,,${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Organism', '2,b.tif,human'),
    );
    expect(text('Project-52.Project.csv')).toContain('52,Spindles,\r\n');
  });

  it('writes keys as the site does: those of the container, else of the record, else REMBI’s; in their namespaces', async () => {
    const other = [object('Project:9', 'Other'), object('Image:90', 'z', ['Project:9'])];
    const { text } = await fixed(
      [
        ...STUDY,
        ...within([
          pairs(['Image:1', 'Image:3'], [['species', 'human']], 'REMBI_Biosample'),
          pairs('Image:1', [['Organism', 'human']]),
        ]),
        ...[...other, pairs('Image:90', [['Fix', 'PFA']], 'lab')].map((r) => ({
          ...r,
          containers: ['Project:9' as const],
        })),
      ],
      [{ field: 'organism' }, { field: 'preparationMethod' }, { field: 'imageProcessingMethod' }],
    );
    const [namespaces, header] = text('Project-52.Image.csv').split('\r\n');
    expect(namespaces).toBe('namespace,,REMBI_Biosample');
    expect(header).toBe('OBJECT_ID,OBJECT_NAME,species');
    expect(text('Project-52.Project.csv').split('\r\n').slice(0, 2)).toEqual([
      `namespace,,lab,${CLIENT}`,
      'OBJECT_ID,OBJECT_NAME,Fix,Image processing method',
    ]);
  });

  it('leaves out what is waived, not applicable, not audited or a bonus, and never states it from above either', async () => {
    const fields: MiniField[] = [{ field: 'organism' }, { field: 'qcInfo', severity: 'info' }];
    for (const letter of ['w', '-', '?']) {
      const { text, names } = await fixed(STUDY, fields, { override: { 'Image:1 organism': letter } });
      expect(names).not.toContain('Project-52.Project.csv');
      expect(text('Project-52.Dataset.csv')).toBe(
        csv(`namespace,,${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Organism', '8,"Taxol, ""1 µM""",'),
      );
      expect(text('Project-52.Image.csv')).toContain('\r\n2,b.tif,\r\n');
    }
    const { text } = await fixed(STUDY, fields, { info: true });
    expect(text('Project-52.Project.csv')).toContain('OBJECT_ID,OBJECT_NAME,Organism,QC info\r\n');
  });

  it('fills in only what all siblings that state it agree on, and never what varies by design', async () => {
    const said = (a: string, b: string) =>
      within([
        pairs('Image:1', [
          ['Organism', a],
          ['Extrinsic variable', 'nocodazole'],
        ]),
        pairs('Image:2', [
          ['Organism', b],
          ['Extrinsic variable', 'nocodazole'],
        ]),
      ]);
    const third = within([object('Image:5', 'e.tif', ['Dataset:7'])]);
    const fields = [{ field: 'organism' }, { field: 'extrinsicVariable' }];
    const agreed = await fixed([...STUDY, ...third, ...said('human', 'human')], fields);
    expect(agreed.text('Project-52.Image.csv')).toContain('\r\n5,e.tif,human,\r\n');
    expect(agreed.text('Project-52.suggestions.md')).toContain('“human”, because all 2 beside it say so');
    expect(agreed.text('Project-52.suggestions.md')).toContain('others beside it say “nocodazole”');
    const open = await fixed([...STUDY, ...third, ...said('human', 'mouse')], fields);
    expect(open.text('Project-52.Image.csv')).toContain('\r\n5,e.tif,,\r\n');
    const minority = await fixed([...STUDY, ...third, ...said('human', '')], fields);
    expect(minority.text('Project-52.Image.csv')).toContain('\r\n5,e.tif,,\r\n');
  });

  it('says of a field that no key-value answers what to do instead', async () => {
    const { names, text } = await fixed(STUDY, [{ field: 'http://schema.org/license', askedOf: 'Project' }]);
    expect(names).toEqual(['Project-52.suggestions.md', 'fix-list.json']);
    expect(text('Project-52.suggestions.md')).toContain(
      'no key-value pair can answer it. Say http://schema.org/license.',
    );
  });

  it('asks datasets too by way of their project, but each for what sets it apart', async () => {
    const { text } = await fixed(STUDY, [
      { field: 'imagingMethod', askedOf: 'Dataset' },
      { field: 'studyComponentDescription', askedOf: 'Dataset' },
    ]);
    expect(text('Project-52.Project.csv')).toContain('OBJECT_ID,OBJECT_NAME,Imaging method\r\n52,Spindles,\r\n');
    expect(text('Project-52.Dataset.csv').split('\r\n').slice(1)).toEqual([
      'OBJECT_ID,OBJECT_NAME,Study component description',
      '7,Control,',
      '8,"Taxol, ""1 µM""",',
      '',
    ]);
  });

  it('asks the object itself where what contains it states the field and that is not enough', async () => {
    const { text, names } = await fixed(
      [...STUDY, ...within([pairs('Dataset:7', [['Organism', 'human']])])],
      [{ field: 'organism' }],
      { override: { 'Image:1 organism': 'm' } },
    );
    expect(names).not.toContain('Project-52.Dataset.csv');
    expect(text('Project-52.Image.csv').split('\r\n').slice(2, -1)).toEqual(['1,a.tif,', '3,c.tif,', '4,d.tif,']);
  });

  it('asks wells of a plate, and the screen for what all of them lack', async () => {
    const plate = [
      object('Screen:3', 'siRNA'),
      object('Plate:5', 'P1', ['Screen:3']),
      ...[1, 2].flatMap((n) => [
        object(`Well:${n}`, '', ['Plate:5'], [], {
          ...{ row: 0, column: n - 1 },
          wellSamples: [{ type: 'WellSample', ref: `WellSample:${n}`, image: `Image:${n}` }],
        }),
        object(`Image:${n}`, `field ${n}`),
      ]),
    ].map((record) => ({ ...record, containers: ['Screen:3' as const] }));
    const stated = { ...pairs('Well:1', [['Extrinsic variable', 'siA']]), containers: ['Screen:3' as const] };
    const { text } = await fixed([...plate, stated], [{ field: 'organism' }, { field: 'extrinsicVariable' }]);
    expect(text('Screen-3.Screen.csv')).toContain('\r\n3,siRNA,\r\n');
    expect(text('Screen-3.Well.csv')).toBe(
      csv(`namespace,,${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Extrinsic variable', '2,A2,'),
    );
  });

  it('of a record without gaps is empty', async () => {
    const { names } = await fixed(
      [...STUDY, ...within([pairs('Project:52', [['Organism', 'human']])])],
      [{ field: 'organism' }],
    );
    expect(names).toEqual(['fix-list.json']);
  });
});

describe('a fix list of what is wrong', () => {
  it('has all pairs of the object in that namespace, the placeholder emptied, in a file that replaces', async () => {
    const { names, text } = await fixed(
      [
        ...STUDY,
        ...within([
          pairs('Dataset:7', [
            ['Note', 'a, b'],
            ['Organism', 'TBD'],
            ['Antibody', 'x'],
            ['Antibody', 'y'],
          ]),
          pairs('Dataset:7', [['other', 'namespace']], 'lab'),
          pairs('Dataset:8', [['Organism', 'mouse']]),
          pairs('Dataset:7', [['more', 'pairs']], ''),
        ]),
      ],
      [{ field: 'organism' }],
    );
    expect(names).toEqual(['Project-52.Dataset.replace.csv', 'Project-52.suggestions.md', 'fix-list.json']);
    expect(text('Project-52.Dataset.replace.csv')).toBe(
      csv(
        `namespace,,${CLIENT},${CLIENT},${CLIENT},${CLIENT},${CLIENT}`,
        'OBJECT_ID,OBJECT_NAME,Note,Organism,Antibody,Antibody,more',
        '7,Control,"a, b",mouse,x,y,pairs',
      ),
    );
  });

  it('leaves the cell empty where what contains the object says it, or nobody knows', async () => {
    const { text } = await fixed(
      [
        ...STUDY,
        ...within([
          pairs('Dataset:7', [['Organism', 'human']]),
          pairs(
            ['Image:1', 'Image:3'],
            [
              ['Organism', 'TBD'],
              ['k', 'v'],
            ],
          ),
        ]),
      ],
      [{ field: 'organism' }],
    );
    expect(text('Project-52.Image.replace.csv')).toBe(
      csv(`namespace,,${CLIENT},${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Organism,k', '1,a.tif,,v', '3,c.tif,,v'),
    );
    expect(text('Project-52.suggestions.md')).toContain('emptied: Dataset:7 says “human”');
    // The image with a placeholder does not keep its dataset from being asked as a whole.
    expect(text('Project-52.Dataset.csv')).toContain('\r\n8,"Taxol, ""1 µM""",human\r\n');
  });

  it('writes the name of the one term that a free text means, and candidates for a person beside it', async () => {
    const records = [
      ...STUDY,
      ...within([
        pairs('Dataset:7', [['Organism', 'Tasmanian devil']]),
        pairs('Dataset:8', [['Organism', 'Homo sapiens']]),
        pairs('Image:1', [['Imaging method', 'wobbly thing']]),
        pairs('Image:3', [['Imaging method', 'our *new* | one']]),
      ]),
    ];
    // The record is from before the ontologies were known.
    const { text } = await fixed(
      records,
      [
        { field: 'organism', terms: true },
        { field: 'imagingMethod', terms: true },
      ],
      {
        exported: plainMap,
      },
    );
    expect(text('Project-52.Dataset.replace.csv')).toBe(
      csv(`namespace,,${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Organism', '7,Control,Sarcophilus harrisii'),
    );
    expect(text('Project-52.Image.replace.csv')).toContain('\r\n1,a.tif,wobbly thing\r\n3,c.tif,our *new* | one\r\n');
    const notes = text('Project-52.suggestions.md');
    expect(notes).toContain('now “Sarcophilus harrisii”: NCBITaxon:9305 is the one term of this name');
    expect(notes).toContain('It may mean “confocal microscopy” (FBbi:00000251, 0.80)\n');
    expect(notes).toContain('“our \\*new\\* \\| one”');
  });

  it('leaves objects alone whose pairs no CSV can hold, and says so', async () => {
    const { names, text } = await fixed(
      [
        ...STUDY,
        ...within([
          pairs('Project:52', [
            ['Organism', 'TBD'],
            ['WELL', 'A1'],
          ]),
        ]),
      ],
      [{ field: 'organism' }],
    );
    expect(names).toEqual(['Project-52.suggestions.md', 'fix-list.json']);
    expect(text('Project-52.suggestions.md')).toContain('Wrong values beside pairs that CSV has no place for');
  });

  it('sends a value that came from a CSV back to that CSV, and leaves it out of what is replaced', async () => {
    const file = join(home, 'pairs.csv');
    writeFileSync(file, 'OBJECT_ID,Organism,Note\n1,TBD,x\n3,TBD,y\n');
    const own = within([pairs('Image:3', [['Fix', 'TBD']])]);
    const { text, names } = await fixed([...STUDY, ...own], [{ field: 'organism' }, { field: 'preparationMethod' }], {
      files: [file],
    });
    expect(names.filter((name) => name.includes('replace'))).toEqual(['Project-52.Image.replace.csv']);
    expect(text('Project-52.Image.replace.csv')).toBe(
      csv(`namespace,,${CLIENT}`, 'OBJECT_ID,OBJECT_NAME,Fix', '3,c.tif,'),
    );
    expect(text('Project-52.suggestions.md')).toContain(
      'Wrong values come from pairs.csv, lines 2, 3: correct them there.',
    );
  });

  it('says of a wrong field that no pair states where it comes from', async () => {
    const { text } = await fixed(STUDY, [{ field: 'pixelSizeDescription' }], {
      override: Object.fromEntries(IMAGES.map((image) => [`${image} pixelSizeDescription`, 'x'])),
    });
    expect(text('Project-52.suggestions.md')).toContain('what is wrong stands in no key-value pair');
  });
});

describe('the folder of fix lists', () => {
  it('is written anew, but never over what somebody has filled in', async () => {
    const { record, folder, names } = await fixed(STUDY, [{ field: 'organism' }]);
    const again = (fields: readonly MiniField[]) =>
      miniAudit(record, fields).then((audit) => writeFixLists(audit, record, folder, context, { map }));
    await again([{ field: 'studyDescription', askedOf: 'Project' }]);
    expect(readdirSync(folder).sort()).toEqual(names);
    await again([]);
    expect(readdirSync(folder)).toEqual(['fix-list.json']);
    await again([{ field: 'organism' }]);
    const file = join(folder, 'Project-52.Project.csv');
    const filled = readFileSync(file, 'utf8').replace('52,Spindles,', '52,Spindles,human');
    writeFileSync(file, filled);
    await expect(again([{ field: 'organism' }])).rejects.toThrow(
      /Project-52\.Project\.csv: a new fix list would be written over this file/,
    );
    expect(readFileSync(file, 'utf8')).toBe(filled);
  });

  it('is not touched where it holds a file of that name that is not ours', async () => {
    const { record } = await fixed(STUDY, []);
    const folder = mkdtempSync(join(home, 'own-'));
    writeFileSync(join(folder, 'Project-52.Project.csv'), 'mine');
    const audit = await miniAudit(record, [{ field: 'organism' }]);
    await expect(writeFixLists(audit, record, folder, context, { map })).rejects.toThrow('name another folder');
    expect(readFileSync(join(folder, 'Project-52.Project.csv'), 'utf8')).toBe('mine');
  });
});

describe('the round trip', () => {
  it('audit → fix list → filled in → export with it → nothing is left', async () => {
    const fields: MiniField[] = [
      { field: 'organism', terms: true },
      { field: 'imagingMethod' },
      { field: 'preparationMethod' },
      { field: 'studyDescription', askedOf: 'Project' },
    ];
    const records = [
      ...STUDY,
      ...within([
        pairs('Dataset:7', [
          ['species', 'TBD'],
          ['operator', '=me, "you"\nthem'],
        ]),
        pairs('Image:3', [['species', 'HeLaX']]),
        pairs('Image:1', [['Imaging method', 'confocal microscopy']]),
        pairs(['Image:2', 'Image:4'], [['Fix', 'TBD']], 'lab'),
      ]),
    ];
    const { folder, files } = await fixed(records, fields);
    const filledIn: string[] = [];
    for (const { file, type } of files) {
      if (type === undefined) continue;
      writeFileSync(file, filled(readFileSync(file, 'utf8')));
      filledIn.push(file);
      // The script in OMERO reads what omegraph reads.
      expect(importedPairs(readFileSync(file, 'utf8'))).toEqual(await readHere(file));
    }
    expect(filledIn.length).toBeGreaterThan(3);
    const record = await recordOf(records, filledIn);
    const audit = await miniAudit(record, fields);
    const left = [];
    for await (const { ref, statuses } of audit.objects()) if (/[mxg]/.test(statuses)) left.push(`${ref} ${statuses}`);
    expect(left).toEqual([]);
    const lines = [];
    for await (const line of record.lines('Project:52')) lines.push(line);
    expect(lines.filter((line) => line.includes('=me, \\"you\\"\\nthem')).length).toBeGreaterThan(0);
    expect(lines.filter((line) => /"TBD"|HeLaX/.test(line))).toEqual([]);
    expect(folder).toBeDefined();
  });
});

async function readHere(path: string) {
  const found = [];
  const [file] = keyValueFiles([path]);
  for await (const { target, sets } of csvKeyValues(file ?? { path, label: path }, { onFinding: () => expect.fail() }))
    for (const { namespace, pairs: value } of sets)
      found.push({ id: target.ref?.replace(/^.*:/, ''), namespace, pairs: value });
  return found;
}

/** What a steward does: every cell of a mapped key gets a value that says something. */
function filled(text: string): string {
  return text.replace(/HeLaX|(?<=,)(?=,|\r\n)/g, (_, at: number) =>
    text.slice(0, at).split('\r\n').length <= 2 ? '' : 'Homo sapiens',
  );
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/audit/loadProfile.js';
import { auditRecord } from '../../src/audit/run/auditRecord.js';
import { writeFixLists } from '../../src/cli/fixList.js';
import { terminal } from '../../src/cli/terminal.js';
import { parseConfig } from '../../src/config.js';
import { keyValueFiles } from '../../src/extract/csv/keyValueFile.js';
import { fileSource } from '../../src/extract/fileSource.js';
import { withKeyValues } from '../../src/extract/withKeyValues.js';
import { openRecord } from '../../src/graph/record.js';
import { exportRecord } from '../../src/pipeline.js';
import { openTermIndex, type TermIndex } from '../../src/terms/termIndex.js';
import { context as plainMap } from '../map/mapContext.js';
import { csvCells, importedPairs } from './importFromCsv.js';

const home = mkdtempSync(join(tmpdir(), 'omegraph-fix-round-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const terms: TermIndex = { ...(await openTermIndex(['ontologies/terms.idx'])), suggest: () => [] };
const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {} };
const context = {
  config: parseConfig('', 'omegraph.yaml'),
  terminal: terminal(io, { quiet: true }),
  signal: new AbortController().signal,
  json: false,
  io,
};

const map = { ...plainMap, terms };
const exported = (name: string, files: readonly string[]) =>
  exportRecord({
    source: withKeyValues(fileSource(['examples/quickstart']), keyValueFiles(files)),
    roots: [],
    folder: join(home, name),
    map,
    software: { name: 'test', version: '1' },
  });

async function audited(name: string, profile: string) {
  const record = await openRecord(join(home, name));
  const audit = await auditRecord(record, await loadProfile(profile), { workers: 0 });
  const left: string[] = [];
  for await (const { focus, severity, message } of audit.results())
    if (severity !== 'info') left.push(`${focus.ref} ${message}`);
  return { record, audit, left };
}

/** What a steward who knows the study writes. */
const KNOWN: Readonly<Record<string, string>> = {
  Organism: 'Homo sapiens',
  species: 'Homo sapiens',
  'Imaging method': 'spinning disk confocal microscopy',
  modality: 'spinning disk confocal microscopy',
  'Biological entity': 'HeLa',
  'cell line': 'HeLa',
  'Study type': 'time course of mitochondrial morphology',
};

/** The file with every open cell filled in; a cell that holds what is not grounded is corrected. */
function filled(text: string): string {
  const [namespaces = [], header = [], ...rows] = csvCells(text);
  const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const done = rows.map((row) =>
    row.map((cell, i) => {
      const known = KNOWN[header[i] ?? ''];
      if (i < 2) return cell;
      return cell === '' ? (known ?? 'as the protocol of the study says, section 2') : (known ?? cell);
    }),
  );
  return [namespaces, header, ...done].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

describe('the round trip of a fix list', () => {
  it.each(['rembi-minimum', 'rembi'])(
    'example study → export → audit %s → fix list → filled in → export with it → audit: nothing is left, after two rounds at most',
    async (profile) => {
      const files: string[] = [];
      const left: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        await exported(`${profile}${round}`, files);
        const found = await audited(`${profile}${round}`, profile);
        left.push(found.left.length);
        if (found.left.length === 0) break;
        const written = await writeFixLists(found.audit, found.record, join(home, `${profile}-fix${round}`), context, {
          map,
        });
        for (const { file, type } of written) {
          if (type === undefined) continue;
          writeFileSync(file, filled(readFileSync(file, 'utf8')));
          files.push(file);
        }
      }
      expect(left[0]).toBeGreaterThan(20);
      // An answer may open a module that was not asked about before.
      expect(left.slice(1)).toEqual(profile === 'rembi' ? [1, 0] : [0]);
    },
    60_000,
  );
});

describe('what Import_from_csv makes of a fix list', () => {
  it('is what the cells say, and nothing where they are empty', () => {
    const csv = 'namespace,,x,\r\nOBJECT_ID,OBJECT_NAME,a,b\r\n7,"n, 1","say ""µ"",\r\nplease",\r\n8,m,,=1\r\n';
    expect(importedPairs(csv)).toEqual([
      { id: '7', namespace: 'x', pairs: [['a', 'say "µ",\nplease']] },
      { id: '8', namespace: 'openmicroscopy.org/omero/client/mapAnnotation', pairs: [['b', '=1']] },
    ]);
  });
});

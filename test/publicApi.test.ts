import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as omegraph from '../src/index.js';

describe('the library', () => {
  it('shows exactly these names; to add or remove one is a decision', () => {
    expect(Object.keys(omegraph).sort()).toEqual([
      'FINDINGS',
      'FORMATS',
      'OmegraphError',
      'REMBI',
      'REMBI_FIELDS',
      'REMBI_MODULES',
      'auditCsv',
      'auditDataset',
      'auditJson',
      'auditRecord',
      'auditTable',
      'auditTurtle',
      'bundleBioImageArchive',
      'bundleZenodo',
      'createRecordWriter',
      'createService',
      'exportRecord',
      'fileSource',
      'findingSentence',
      'irisUnder',
      'isOmegraphError',
      'loadConfig',
      'loadMappings',
      'loadProfile',
      'mapRecord',
      'omeroWebSource',
      'openRecord',
      'openStore',
      'openTermIndex',
      'parse',
      'readOmeXml',
      'readStudy',
      'readStudyFile',
      'serialize',
      'withKeyValues',
      'writeOmeXml',
    ]);
  });

  it('has an index of re-exports only', () => {
    const lines = readFileSync('src/index.ts', 'utf8')
      .split('\n')
      .filter((l) => l !== '' && !l.startsWith('/**'));
    expect(lines.filter((l) => !/^export (type )?\{[^}]+\} from '\.\/[\w/]+\.js';$/.test(l))).toEqual([]);
  });

  it('runs the example program of the README', () => {
    const folder = mkdtempSync(join(tmpdir(), 'omegraph-library-'));
    try {
      const out = execFileSync(process.execPath, ['examples/library.js', folder], { encoding: 'utf8' });
      expect(out).toContain('Project:');
      expect(out).toMatch(/organism .*NCBITaxon_9606/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

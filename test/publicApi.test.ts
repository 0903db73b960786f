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
      'REPORT_FORMATS',
      'auditRecord',
      'bundleBioImageArchive',
      'bundleZenodo',
      'compileShapes',
      'containerGraphOf',
      'createRecordWriter',
      'createService',
      'diffAudits',
      'exportRecord',
      'fileSource',
      'findingSentence',
      'irisUnder',
      'isOmegraphError',
      'listAudits',
      'loadConfig',
      'loadMappings',
      'loadProfile',
      'mapRecord',
      'omeroWebSource',
      'openAudit',
      'openRecord',
      'openStore',
      'openTermIndex',
      'parse',
      'readContainerGraph',
      'readOmeXml',
      'readStudy',
      'readStudyFile',
      'serialize',
      'validate',
      'validateShapes',
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
      expect(out).toMatch(/complete Mitochondria .* 0\.\d+ \{ violation: \d+/);
      expect(out).toMatch(/organism .*NCBITaxon_9606/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

import fc from 'fast-check';
import { Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { csvRow } from '../../src/audit/auditCsv.js';
import { auditRecord } from '../../src/audit/auditRecord.js';
import type { AuditReport, AuditResult } from '../../src/audit/auditReport.js';
import { loadProfile } from '../../src/audit/profile.js';
import { auditCsv, auditJson, auditTable, auditTurtle } from '../../src/audit/reports.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { recordOf } from './memoryRecord.js';
import { BASE, image, within } from './studyGraph.js';

const rembi = await loadProfile('rembi');
const WIDE = 'x'.repeat(200);
const STUDY = `<Project/1> a core:Project ; rdfs:label "=cmd|'/c calc'!A0" ; rembi:organism "TBD" .
  <Dataset/1> a core:Dataset ; rdfs:label "${WIDE}" . ${within('Project/1', 'Dataset/1')}
  ${image(1, { parent: 'Dataset/1', facts: '<Image/1> rembi:biologicalEntity "unknown" .' })}${image(2, { parent: 'Dataset/1' })}`;
const report = await auditRecord(recordOf({ 'Project:1': STUDY, orphans: image(9) }, ['Project:7']), rembi, {
  now: () => new Date('2026-03-01T12:00:00Z'),
});

/** A reader of RFC 4180, written for this test. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += c;
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',' || (c === '\r' && text[i + 1] === '\n')) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (c === '\r') {
        rows.push([]);
        i += 1;
      }
    } else cell += c;
  }
  return rows.slice(0, -1);
}

describe('the table', () => {
  const table = auditTable(report);
  it('fits a terminal of 100 columns', () => {
    expect(table.split('\n').filter((line) => [...line].length > 100)).toEqual([]);
  });

  it('shows containers, parts, modules and what to do', () => {
    expect(table).toContain('REMBI audit of 2 containers with 3 images');
    expect(table).toMatch(/^Project:1 .* {2}2 .*%/m);
    expect(table).toMatch(/^ {2}Dataset x+… +2 /m);
    expect(table).toMatch(/^Image correlation +░{10} +– {2}not used here$/m);
    expect(table).toMatch(/3 × The identity of the biosample is missing; add a key-value pair/);
    expect(table).toContain('on Image:1 image 1, Image:2 image 2, Image:9 image 9');
    expect(table).toMatch(/Not audited\n {2}Project:7 .*\(7 images\): Project:7\.nq: the file is gone/);
  });

  it('names an example by what tells a reader most: its id, or its label where the id is a hash', async () => {
    const shown = (node: string, label: string, image?: string): string => {
      const ref = node.slice(BASE.length + 1).replace('/', ':');
      const [container] = report.containers;
      const group = {
        ...container!.groups[0]!,
        count: 1,
        severity: 'warning' as const,
        examples: [{ node, ref, label, image }],
      };
      return auditTable({ ...report, containers: [{ ...container!, groups: [group] }] });
    };
    expect(shown(`${BASE}/Image/7`, 'fed')).toContain('on Image:7 fed\n');
    expect(shown(`${BASE}/Image/a1b2.0`, 'fed')).toContain('on Image "fed"\n');
    expect(shown(`${BASE}/Channel/a1b2.0:1`, 'DAPI', 'fed')).toContain('on Channel "DAPI" of fed\n');
    expect(shown(`${BASE}/Image/a1b2.0`, 'Image:a1b2.0')).toContain('on Image:a1b2.0\n');
  });

  it('shows no control characters of names', async () => {
    const evil = await auditRecord(
      recordOf({ orphans: image(1, { facts: '<Image/1> rdfs:label "a\\u001b[31m\\u202eb" .' }) }),
      rembi,
    );
    expect(auditTable(evil)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('says that all is well when nothing is missing', async () => {
    const bare = await auditRecord(recordOf({ orphans: '' }), rembi);
    expect(auditTable(bare)).toContain('Conforms: nothing is missing');
  });

  it('does not call it well when nothing, or not everything, was audited', async () => {
    const none = await auditRecord(recordOf({}), rembi);
    expect(auditTable(none)).toMatch(/Nothing was audited\.\n$/);
    const notAudited = [{ container: 'Project:1', label: undefined, images: 3, reason: 'it is broken' }];
    const bare = await auditRecord(recordOf({ orphans: '' }), rembi);
    expect(auditTable({ ...bare, notAudited })).toContain('Nothing is missing in what was audited');
  });

  it('does not round up to 100 %', () => {
    expect(auditTable({ ...report, totals: { ...report.totals, completeness: 0.9999 } })).toContain('99 % complete');
  });
});

describe('the CSV', () => {
  const rows = readCsv(auditCsv(report));
  it('has a row for each result', () => {
    expect(rows[0]).toEqual(
      'container,dataset,image,object,module,field,severity,problem,value,message,iri'.split(','),
    );
    expect(rows).toHaveLength(report.results.length + 1);
    expect(new Set(rows.map((r) => r.length))).toEqual(new Set([11]));
    const invalid = rows.find((r) => r[3] === 'Image:1' && r[7] === 'invalid' && r[5]?.startsWith('Organism'));
    expect(invalid).toEqual([
      'Project:1',
      WIDE,
      'image 1',
      'Image:1',
      'Biosample',
      'Organism says something',
      'violation',
      'invalid',
      'TBD',
      expect.stringContaining('only a placeholder'),
      `${BASE}/Image/1`,
    ]);
  });

  const with_ = (label: string): AuditResult => ({
    ...(report.results[0] as AuditResult),
    image: { node: 'x:y', ref: 'Image:1', label },
  });
  const imageCell = (label: string): string => readCsv(csvRow(with_(label)))[0]?.[2] ?? '';

  it.each(['=1+1', '+cmd', '-cmd', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '＋1', '－1', '＠x', '\ufeff=1'])(
    'disarms the formula %j',
    (label) => {
      expect(imageCell(label)).toBe(`'${label}`);
    },
  );

  it.each(['-5.2', '+3', '1e-3', 'a=b', 'x-y', ''])('leaves %j as it is', (label) => {
    expect(imageCell(label)).toBe(label);
  });

  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        expect([label, `'${label}`]).toContain(imageCell(label));
      }),
    );
  });

  it('refuses to leave out results in silence', () => {
    expect(() => auditCsv({ ...report, resultsOmitted: 5 })).toThrow('5 results are counted but not listed');
  });
});

describe('the JSON', () => {
  it('reads back as the report', () => {
    expect(JSON.parse(auditJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });
});

describe('the validation report', async () => {
  const quads = new Parser().parse(await auditTurtle(report));
  const sh = (name: string): string => PREFIXES.sh + name;

  it('is Turtle without blank nodes, under the base', () => {
    expect(quads.filter((q) => q.subject.termType !== 'NamedNode' || q.object.termType === 'BlankNode')).toEqual([]);
    expect(new Set(quads.map((q) => q.subject.value.startsWith(`${BASE}/audit/2026-03-01T12:00:00.000Z`)))).toEqual(
      new Set([true]),
    );
  });

  it('holds what SHACL asks of each result', () => {
    const results = quads.filter((q) => q.predicate.value === sh('result')).map((q) => q.object.value);
    expect(results).toHaveLength(report.results.length);
    for (const property of [
      'focusNode',
      'resultSeverity',
      'sourceShape',
      'sourceConstraintComponent',
      'resultMessage',
    ]) {
      expect(quads.filter((q) => q.predicate.value === sh(property))).toHaveLength(results.length);
    }
    expect(quads.find((q) => q.predicate.value === sh('conforms'))?.object.value).toBe('false');
    expect(quads.some((q) => q.predicate.value === sh('value') && q.object.value === 'TBD')).toBe(true);
  });

  it('stays Turtle with any text in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (message, node) => {
        const first = report.results[0] as AuditResult;
        const focus = { ...first.focus, node: `${BASE}/Image/${node}` };
        const odd: AuditReport = { ...report, results: [{ ...first, focus, message, value: message }] };
        const found = new Parser().parse(await auditTurtle(odd)).find((q) => q.predicate.value === sh('resultMessage'));
        expect(found?.object.value).toBe(message.toWellFormed());
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../../../src/audit/model.js';
import { auditCsv, csvRow } from '../../../src/audit/reports/auditCsv.js';
import { isTerm, termText } from '../../../src/audit/reports/termText.js';
import { nquadsTerm, quoted } from '../../../src/rdf/nquads.js';
import { DataFactory } from 'n3';
import { syntheticAudit } from '../syntheticAudit.js';
import { all, readCsv, written } from './reading.js';

const audit = syntheticAudit({ containers: 4, images: 40 });
const results = await all(audit.results());
const rows = readCsv(await written(auditCsv, audit));

describe('the CSV', () => {
  it('has a row for each result', () => {
    expect(rows[0]).toEqual(
      'container,dataset,image,object,module,field,severity,problem,value,message,waived,iri,omero'.split(','),
    );
    expect(rows).toHaveLength(results.length + 1);
    expect(new Set(rows.map((r) => r.length))).toEqual(new Set([13]));
  });

  it('tells of a result where it is, what is wrong and where to look', () => {
    const at = results.findIndex((r) => r.value === '"TBD"');
    const result = results[at]!;
    expect(rows[at + 1]).toEqual([
      result.container,
      result.partOf[0]!.label,
      result.image!.label,
      result.focus.ref,
      audit.report.fields[audit.report.shapes[result.shape]!.field!]!.module,
      audit.report.fields[audit.report.shapes[result.shape]!.field!]!.label,
      result.severity,
      'invalid',
      'TBD',
      result.message,
      '',
      result.focus.node,
      `https://omero.example.org/webclient/?show=image-${result.focus.ref.slice(6)}`,
    ]);
  });

  it('marks what is waived, and names a rule that is about no field', async () => {
    const more = syntheticAudit({ containers: 10, images: 400 });
    const read = readCsv(await written(auditCsv, more));
    expect(read.filter((r) => r[10] === 'yes').length).toBe(more.report.server.waived);
    expect(read.find((r) => r[3]?.startsWith('Channel:'))?.slice(4, 8)).toEqual([
      '',
      'Channel names differ',
      'warning',
      'invalid',
    ]);
  });

  it('links nowhere when OMERO.web is not known', async () => {
    const read = readCsv(await written(auditCsv, syntheticAudit({ images: 20, web: undefined })));
    expect(new Set(read.slice(1).map((r) => r[12]))).toEqual(new Set(['']));
  });

  const imageCell = (label: string): string => {
    const result: AuditResult = { ...results[0]!, image: { node: 'x:y', ref: 'Image:1', label } };
    return readCsv(csvRow(result, audit.report))[0]?.[2] ?? '';
  };

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
});

describe('a term in N-Triples syntax', () => {
  it('is read as its lexical form', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '@en-GB', '^^<http://x.example/type>'),
        (text, end) => {
          const term = quoted(text) + end;
          expect([isTerm(term), termText(term)]).toEqual([true, text.toWellFormed()]);
        },
      ),
    );
  });

  it.each([
    ['<http://x.example/é>', 'http://x.example/é'],
    ['"\\u00e9\\U0001F600\\t\\"\\\\"', 'é😀\t"\\'],
    ['"\\UFFFFFFFF"', '\ufffd'],
    ['_:b0', '_:b0'],
    ['"no end', '"no end'],
  ])('%s is shown as %s', (term, text) => {
    expect(termText(term)).toBe(text);
  });

  it('is what the record writes', () => {
    expect(termText(nquadsTerm(DataFactory.literal('5', DataFactory.namedNode('http://x.example/t'))))).toBe('5');
  });
});

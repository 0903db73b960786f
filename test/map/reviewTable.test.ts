import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  decided,
  emptyReview,
  mergedReview,
  readReview,
  type ReviewRow,
  reviewRow,
  writeReview,
} from '../../src/map/reviewTable.js';
import { loadMappings, readSssom } from '../../src/map/sssom.js';

const made: string[] = [];
afterAll(() => Promise.all(made.map((f) => rm(f, { recursive: true, force: true }))));

const candidate = (subject: string, object: string, more: Record<string, string> = {}): ReviewRow =>
  reviewRow({
    subject_label: subject,
    object_id: object,
    predicate_id: 'skos:closeMatch',
    mapping_justification: 'semapv:LexicalSimilarityThresholdMatching',
    similarity_score: '0.50',
    mapping_tool: 'omegraph 1',
    ...more,
  });
const value = (subject: string, object: string): ReviewRow =>
  candidate(subject, object, { subject_source: 'rembi:organism' });
const PREFIXES = new Map([['NCBITaxon', 'http://purl.obolibrary.org/obo/NCBITaxon_']]);
const tableOf = (...rows: readonly ReviewRow[]): string =>
  writeReview({ ...emptyReview('https://lab.example/mappings/suggested'), prefixes: PREFIXES, rows });

async function siteWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-review-'));
  made.push(folder);
  await mkdir(join(folder, 'review'));
  await writeFile(join(folder, 'review', 'suggested.sssom.tsv'), text);
  return folder;
}

describe('a table to review', () => {
  it('puts only rows in force that somebody accepted, with the review as their justification', async () => {
    const text = tableOf(
      decided(candidate('Tier', 'rembi:organism'), 'accepted'),
      decided(candidate('Zucht', 'rembi:organism'), 'rejected'),
      candidate('Stall', 'rembi:organism'),
      decided(value('Hausmaus', 'NCBITaxon:10090'), 'accepted'),
      decided(value('Kontrolle', 'sssom:NoTermFound'), 'accepted'),
    );
    const set = await loadMappings([await siteWith(text)]);
    expect(set.rows.map((r) => [r.kind, r.subject, r.object.replace(/^.*[/#]/, ''), r.confidence])).toEqual([
      ['key', 'Tier', 'organism', 0.95],
      ['value', 'Hausmaus', 'NCBITaxon_10090', 0.95],
      ['value', 'Kontrolle', 'NoTermFound', 0.95],
    ]);
    expect(new Set(set.rows.map((r) => r.justification))).toEqual(
      new Set(['https://w3id.org/semapv/vocab/MappingReview']),
    );
  });

  it.each(['accepted', 'Accepted', 'accept', 'yes', 'x'])('takes "%s" for accepted', (word) => {
    const text = tableOf(candidate('Tier', 'rembi:organism')).replace(/^\tTier/m, `${word}\tTier`);
    expect(readSssom(text, 'f').length).toBe(1);
  });

  it('refuses a decision that it does not know, with file and line', () => {
    const text = tableOf(candidate('Tier', 'rembi:organism')).replace(/^\tTier/m, 'maybe\tTier');
    const line = text.split('\n').findIndex((l) => l.startsWith('maybe')) + 1;
    expect(() => readSssom(text, 'a.tsv')).toThrow(
      `a.tsv:${line}: the review is no decision ("maybe"); write accepted or rejected, or leave it empty`,
    );
  });

  it('refuses two accepted rows of one text and names both lines', async () => {
    const rows = ['rembi:organism', 'rembi:studyType'].map((o) => decided(candidate('Tier', o), 'accepted'));
    const site = await siteWith(tableOf(...rows));
    await expect(loadMappings([site])).rejects.toThrow(/tsv:\d+: .*already mapped to something else in .*tsv:\d+ /);
  });

  it('reads what a spreadsheet made of it: quoted cells, quotes and tabs around the head', () => {
    const text = tableOf(decided(candidate('Tier "wild"', 'rembi:organism'), 'accepted'));
    const saved = text
      .split('\n')
      .map((line) => (line.startsWith('#') ? `"${line.replaceAll('"', '""')}"\t\t` : line))
      .join('\r\n')
      .replace('Tier "wild"', '"Tier ""wild"""');
    expect(readSssom(`\uFEFF${saved}`, 'f').map((r) => r.subject)).toEqual(['Tier "wild"']);
    expect(readReview(saved, 'f').rows.map((r) => r.subject)).toEqual(['Tier "wild"']);
  });

  it('is the same after it was written and read, whatever people typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), (subject, comment) => {
        const row = candidate(subject, 'rembi:organism', { comment });
        fc.pre(row.subject !== '');
        const text = tableOf(row);
        const read = readReview(text, 'f');
        expect(read.rows.map((r) => [...r.cells].sort())).toEqual([[...row.cells].sort()]);
        expect(writeReview(read)).toBe(text);
      }),
    );
  });

  it('keeps decisions, notes and rows of others when candidates are suggested again', () => {
    const before = {
      ...emptyReview('https://lab.example/s'),
      rows: [
        decided(candidate('Tier', 'rembi:organism'), 'accepted', 'Ada', '2026-01-02'),
        candidate('Tier', 'rembi:studyType'),
        decided(candidate('Stall', 'rembi:organism'), 'rejected'),
        candidate('Stall', 'rembi:studyType'),
        candidate('Fell', 'rembi:organism', { mapping_tool: 'by hand' }),
        candidate('gone', 'rembi:organism'),
      ],
    };
    const merged = mergedReview(
      before,
      [
        [candidate('Stall', 'rembi:organism'), candidate('Stall', 'rembi:imageType')],
        [candidate('Tier', 'rembi:imageType')],
      ],
      new Map(),
    );
    expect(merged.rows.map((r) => [r.subject, r.object, r.decision])).toEqual([
      ['Stall', 'rembi:organism', 'rejected'],
      ['Stall', 'rembi:imageType', 'open'],
      ['Tier', 'rembi:organism', 'accepted'],
      ['Fell', 'rembi:organism', 'open'],
    ]);
    expect(merged.rows[2]?.cells.get('reviewer_label')).toBe('Ada');
    expect(mergedReview(merged, [], new Map()).rows.filter((r) => r.decision !== 'open')).toEqual(
      merged.rows.filter((r) => r.decision !== 'open'),
    );
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.js';
import { reviewDesk } from '../../src/cli/reviewDesk.js';
import { openTermIndex } from '../../src/terms/termIndex.js';

const home = mkdtempSync(join(tmpdir(), 'omegraph-curation-'));
const config = join(home, 'omegraph.yaml');
const table = join(home, 'ours', 'review', 'suggested.sssom.tsv');
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function omegraph(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = { stdout: { write: (t: string) => (out += t) }, stderr: { write: (t: string) => (err += t) }, env: {} };
  const code = await run([...args, '--config', config], io, new AbortController().signal);
  return { code, out, err };
}
const desk = () =>
  reviewDesk(
    table,
    () => openTermIndex(['ontologies/terms.idx']),
    () => '2026-01-02',
  );
const idOf = async (text: string): Promise<string> => (await desk().subjects()).find((s) => s.text === text)?.id ?? '';
interface Coverage {
  total: { pairs: number; mapped: number; images: number; keys: { mapped: number; unmapped: number } };
}
const coverage = async (): Promise<Coverage> =>
  JSON.parse((await omegraph('mappings', 'coverage', '--json')).out) as Coverage;

beforeAll(async () => {
  mkdirSync(join(home, 'ours'));
  writeFileSync(config, `data: ./data\nsource: [${resolve('examples/quickstart')}]\n`);
  expect((await omegraph('export', '--quiet')).code).toBe(0);
});

describe('the curation loop', () => {
  it('lists what no table knows, with candidates and nothing accepted, in the own folder of the site', async () => {
    writeFileSync(config, `data: ./data\nsource: [${resolve('examples/quickstart')}]\nmappings: [./ours]\n`);
    mkdirSync(join(home, 'ours', 'keys'), { recursive: true });
    writeFileSync(
      join(home, 'ours', 'keys', 'own.sssom.tsv'),
      '#mapping_set_id: https://lab.example/m\n#license: https://creativecommons.org/publicdomain/zero/1.0/\n#subject_type: rdfs literal\nsubject_label\tpredicate_id\tobject_id\tmapping_justification\n',
    );
    const { code, out, err } = await omegraph('mappings', 'suggest', '--limit', '4');
    expect(code).toBe(0);
    expect(out).toMatch(/key +treatmt +Biosample \/ Extrinsic variable \(0\.\d\d\)/);
    expect(err).toContain('Accepted rows are used by the next export.');
    const text = readFileSync(table, 'utf8');
    expect(text).toContain('\ttreatmt\trembi:extrinsicVariable\t');
    expect(text).not.toMatch(/^(?:accepted|rejected)\t/m);
    expect((await omegraph('mappings', 'check')).code).toBe(0);
  });

  it('uses an accepted row at the next export, and only that', async () => {
    const before = await coverage();
    const text = readFileSync(table, 'utf8');
    writeFileSync(
      table,
      text.replace('\n\ttreatmt\trembi:extrinsicVariable', '\naccepted\ttreatmt\trembi:extrinsicVariable'),
    );
    const explained = await omegraph('mappings', 'explain', 'treatmt', 'EBSS');
    expect(explained.out).toContain('rembi:extrinsicVariable');
    expect(explained.out).toContain('review/suggested.sssom.tsv:');
    expect((await omegraph('export', '--quiet')).code).toBe(0);
    const after = await coverage();
    expect(after.total.keys).toMatchObject({
      mapped: before.total.keys.mapped + 1,
      unmapped: before.total.keys.unmapped - 1,
    });
    expect(after.total.mapped).toBeGreaterThan(before.total.mapped);
  });

  it('keeps decisions when it is run again, and does not suggest again what was rejected', async () => {
    expect(
      await desk().decide(await idOf('perm'), { act: 'reject', object: 'rembi:preparationMethod' }, 'Ada'),
    ).toBeUndefined();
    expect((await omegraph('mappings', 'suggest', '--limit', '4', '--quiet')).code).toBe(0);
    const lines = readFileSync(table, 'utf8').split('\n');
    expect(lines.filter((l) => l.includes('\tperm\trembi:preparationMethod\t'))).toEqual([
      expect.stringMatching(/^rejected\tperm\t.*\tAda\t2026-01-02$/),
    ]);
    expect(lines.filter((l) => l.includes('\ttreatmt\t')).map((l) => l.split('\t')[0])).toEqual(['accepted']);
    const again = readFileSync(table, 'utf8');
    expect((await omegraph('mappings', 'suggest', '--limit', '4', '--quiet')).code).toBe(0);
    expect(readFileSync(table, 'utf8')).toBe(again);
  });

  it('reads a source instead of the record', async () => {
    const file = join(home, 'from-files.sssom.tsv');
    const { code, err } = await omegraph(
      'mappings',
      'suggest',
      '--source',
      'examples/quickstart',
      '--limit',
      '4',
      '--output',
      file,
    );
    expect(code).toBe(0);
    expect(err).toContain('put it into review/');
    expect(readFileSync(file, 'utf8')).toContain('\tperm\t');
  });

  it('refuses to overwrite a table that it cannot read', async () => {
    const file = join(home, 'broken.sssom.tsv');
    writeFileSync(file, 'no table');
    const { code, err } = await omegraph('mappings', 'suggest', '--limit', '4', '--output', file);
    expect(code).toBe(2);
    expect(err).toContain('broken.sssom.tsv:1: the head lacks mapping_set_id');
    expect(readFileSync(file, 'utf8')).toBe('no table');
  });
});

describe('the table behind the review page', () => {
  it('takes one accepted candidate, a term that was not offered, none, and everything back', async () => {
    const id = await idOf('EBSS');
    const stateOf = async () => {
      const s = (await desk().subjects()).find((x) => x.id === id);
      return [
        s?.state,
        ...(s?.candidates ?? []).filter((c) => c.decision !== 'open').map((c) => `${c.decision} ${c.object}`),
      ];
    };
    const decide = (act: Parameters<ReturnType<typeof desk>['decide']>[1]) => desk().decide(id, act, '');
    expect(await decide({ act: 'other', object: 'CL:99' })).toContain('have no term "CL:99"');
    expect(await decide({ act: 'other', object: 'UBERON:0000955' })).toBeUndefined();
    expect(await stateOf()).toEqual(['decided', 'accepted UBERON:0000955']);
    expect((await omegraph('mappings', 'check')).code).toBe(0);
    await decide({ act: 'none' });
    expect(await stateOf()).toEqual(['decided', 'accepted sssom:NoTermFound']);
    await decide({ act: 'reopen' });
    expect(await stateOf()).toEqual(['open']);
    expect(await desk().decide('nobody', { act: 'none' }, '')).toContain('changed meanwhile');
  });

  it('writes decisions that come at the same time one after the other', async () => {
    const one = desk();
    const ids = await Promise.all(['EBSS', 'Mycoplasma', 't'].map(idOf));
    await Promise.all(ids.map((id) => one.decide(id, { act: 'none' }, '')));
    const states = (await one.subjects()).filter((s) => ids.includes(s.id)).map((s) => s.state);
    expect(states).toEqual(['decided', 'decided', 'decided']);
  });
});

describe('mappings check and coverage', () => {
  it('ends with exit code 2 and every fault as JSON when a table is broken', async () => {
    const file = join(home, 'ours', 'keys', 'zz.sssom.tsv');
    writeFileSync(
      file,
      '#mapping_set_id: https://lab.example/m\n#license: CC0\n#subject_type: rdfs literal\nsubject_label\tpredicate_id\tobject_id\tmapping_justification\na\tskos:exactMatch\tzz:1\tsemapv:LexicalMatching\nb\tskos:exactMatch\trembi:nope\tsemapv:LexicalMatching\n',
    );
    const { code, out } = await omegraph('mappings', 'check', '--json');
    const found = JSON.parse(out) as { ok: boolean; faults: { severity: string; file: string; line: number }[] };
    expect(code).toBe(2);
    expect(found.ok).toBe(false);
    expect(found.faults.filter((f) => f.file === file).map((f) => [f.severity, f.line])).toEqual([
      ['warning', 2],
      ['error', 5],
      ['error', 6],
    ]);
    rmSync(file);
    expect((await omegraph('mappings', 'check')).code).toBe(0);
    expect((await omegraph('mappings', 'check', '--strict')).code).toBe(3);
  });

  it('writes coverage as CSV for each container and field', async () => {
    const { out } = await omegraph('mappings', 'coverage', '--format', 'csv');
    const [head, ...rows] = out.trimEnd().split('\n');
    expect(head).toBe('container,label,module,field,pairs,values,values_with_term,images_with_field,images');
    expect(rows.every((r) => r.split(',').length === 9)).toBe(true);
    expect(rows.length).toBe(2 * 37);
    expect((await omegraph('mappings', 'coverage', 'Project:99')).code).toBe(2);
  });
});

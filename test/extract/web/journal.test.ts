import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journal, openJournal } from '../../../src/extract/web/journal.js';

type Line = unknown;
let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'omegraph-journal-'));
  folder = join(home, 'harvest');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(home, { recursive: true, force: true });
});

const now = (): Date => new Date('2026-11-21T08:00:00Z');
const opened = (fingerprint = 'a', restart = false): Promise<Journal<Line>> =>
  openJournal<Line>(folder, fingerprint, { restart, now });

async function keep(journal: Journal<Line>, unit: string, lines: readonly Line[], note?: string): Promise<void> {
  const writer = await journal.write(unit);
  for (const line of lines) await writer.add(line);
  await writer.commit(note);
}

async function replayed(journal: Journal<Line>, unit: string): Promise<readonly Line[] | undefined> {
  const lines = await journal.replay(unit);
  if (lines === undefined) return undefined;
  const all: Line[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const unitFiles = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name !== 'header.json');
const theUnitFile = async (): Promise<string> => join(folder, (await unitFiles())[0] ?? '');

describe('the journal of an export', () => {
  it('is not gone on with when it is older than a week', async () => {
    await keep(await opened(), 'Dataset:7', [1]);
    const after = (days: number) => (): Date => new Date(now().getTime() + days * 86_400_000);
    const sixDays = await openJournal<Line>(folder, 'a', { now: after(6) });
    expect(sixDays.resumed).toEqual({ units: 1, startedAt: '2026-11-21T08:00:00.000Z' });
    const eightDays = await openJournal<Line>(folder, 'a', { now: after(8) });
    expect(eightDays.resumed).toBeUndefined();
    expect(await replayed(eightDays, 'Dataset:7')).toBeUndefined();
  });

  it('gives back the lines of a finished unit, in their order, to the next run', async () => {
    const lines = [{ record: { kind: 'object', name: 'µ "x"\n' } }, { finding: 1 }, [], null, { a: '\ud800' }];
    await keep(await opened(), 'Dataset:7', lines);
    const next = await opened();
    expect(next.resumed).toEqual({ units: 1, startedAt: '2026-11-21T08:00:00.000Z' });
    expect(await replayed(next, 'Dataset:7')).toEqual(lines);
    expect(await replayed(next, 'Dataset:8')).toBeUndefined();
  });

  it('keeps any JSON, in lines longer and shorter than its buffers', async () => {
    const journal = await opened();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ line: fc.jsonValue(), filler: fc.nat({ max: 90_000 }) }), { maxLength: 12 }),
        async (some) => {
          const lines = some.map(({ line, filler }) => ({ line, text: 'µ'.repeat(filler) }));
          await keep(journal, 'orphans', lines);
          expect(await replayed(await opened(), 'orphans')).toEqual(JSON.parse(JSON.stringify(lines)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gives back a line larger than all its buffers', async () => {
    const lines = [{ text: 'ä'.repeat(1_000_000) }, { text: '' }];
    await keep(await opened(), 'Plate:1', lines);
    expect(await replayed(await opened(), 'Plate:1')).toEqual(lines);
  });

  it('keeps units apart whose names look alike', async () => {
    const journal = await opened();
    await keep(journal, 'Dataset:1', [1]);
    await keep(journal, 'Dataset-1', [2]);
    await keep(journal, 'dataset:1', [3]);
    await keep(journal, `Dataset:1${'/'.repeat(400)}`, [4]);
    expect(await replayed(journal, 'Dataset:1')).toEqual([1]);
    expect(await replayed(journal, 'Dataset-1')).toEqual([2]);
    expect(await replayed(journal, 'dataset:1')).toEqual([3]);
  });

  it('takes a unit only when it was finished', async () => {
    const journal = await opened();
    const given = await journal.write('Dataset:1');
    await given.add({ a: 1 });
    await given.drop();
    const cut = await journal.write('Dataset:2');
    await cut.add({ a: 'b'.repeat(100_000) });
    expect(await unitFiles()).toHaveLength(1);
    const next = await opened();
    expect(next.resumed).toBeUndefined();
    expect(await unitFiles()).toEqual([]);
    expect(await replayed(next, 'Dataset:1')).toBeUndefined();
    expect(await replayed(next, 'Dataset:2')).toBeUndefined();
    await cut.drop();
  });

  it('replaces a unit that is written again', async () => {
    const journal = await opened();
    await keep(journal, 'Dataset:1', [1, 2]);
    await keep(journal, 'Dataset:1', [3]);
    expect(await replayed(journal, 'Dataset:1')).toEqual([3]);
  });

  it('forgets a unit whose note no longer holds', async () => {
    await keep(await opened(), 'Dataset:1', [1], 'Project:5');
    const heard: unknown[] = [];
    const next = await opened();
    const refuse = (note: unknown): boolean => (heard.push(note), false);
    expect(await next.replay('Dataset:1', refuse)).toBeUndefined();
    expect(heard).toEqual(['Project:5']);
    expect(await unitFiles()).toEqual([]);
  });

  it('is for one export: of another fingerprint or version nothing is taken', async () => {
    await keep(await opened('a'), 'Dataset:1', [1]);
    const other = await opened('b');
    expect(other.resumed).toBeUndefined();
    expect(await replayed(other, 'Dataset:1')).toBeUndefined();
    expect(await unitFiles()).toEqual([]);

    await keep(other, 'Dataset:1', [1]);
    const header = join(folder, 'header.json');
    const text = await readFile(header, 'utf8');
    await writeFile(header, text.replace('"version":1', '"version":2'));
    expect((await opened('b')).resumed).toBeUndefined();
  });

  it.each(['', '{', 'null', '[]', '{"version":1,"fingerprint":"a"}'])(
    'starts afresh behind the header %j',
    async (text) => {
      await keep(await opened(), 'Dataset:1', [1]);
      await writeFile(join(folder, 'header.json'), text);
      const next = await opened();
      expect(next.resumed).toBeUndefined();
      expect(await replayed(next, 'Dataset:1')).toBeUndefined();
    },
  );

  it('starts afresh when told to', async () => {
    await keep(await opened(), 'Dataset:1', [1]);
    const next = await opened('a', true);
    expect(next.resumed).toBeUndefined();
    expect(await replayed(next, 'Dataset:1')).toBeUndefined();
  });

  it('is gone when cleared, and takes nothing of others with it', async () => {
    const journal = await opened();
    await keep(journal, 'Dataset:1', [1]);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await journal.clear();
    expect(await readdir(folder)).toEqual(['notes.txt']);
    await rm(join(folder, 'notes.txt'));
    await (await opened()).clear();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
  });

  it('shows itself to nobody but its owner', async () => {
    await mkdir(folder, { mode: 0o777 });
    await chmod(folder, 0o777);
    const journal = await opened();
    await keep(journal, 'Dataset:1', [1]);
    const unfinished = await journal.write('Dataset:2');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600);
    await unfinished.drop();
  });

  it('believes no part of a damaged unit, whichever byte was changed or cut', async () => {
    const lines = [{ record: 'abc' }, { record: 'def' }];
    await keep(await opened(), 'Dataset:1', lines, 'note');
    const path = await theUnitFile();
    const whole = await readFile(path);
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await writeFile(path, bytes);
      expect(await replayed(await opened(), 'Dataset:1'), `byte ${at} changed`).toBeUndefined();
      await writeFile(path, whole.subarray(0, at));
      expect(await replayed(await opened(), 'Dataset:1'), `cut at ${at}`).toBeUndefined();
    }
    await writeFile(path, whole);
    expect(await replayed(await opened(), 'Dataset:1')).toEqual(lines);
  });

  it.each([
    ['holes of a disk that lost power', async (path: string) => truncate(path, 5000)],
    ['a line too much', async (path: string) => writeFile(path, '{"record":1}\n', { flag: 'a' })],
    ['another whole unit', async (path: string) => writeFile(path, await otherUnit())],
    ['a trailer of its own making', async (path: string) => writeFile(path, forged('{"record":1}\nnot JSON\n', 9))],
    ['a note that is longer than the file', async (path: string) => writeFile(path, forged('null\n', 999))],
  ])('believes nothing of a file with %s', async (_, damage) => {
    await keep(await opened(), 'Dataset:1', [1]);
    await damage(await theUnitFile());
    const next = await opened();
    expect(await replayed(next, 'Dataset:1')).toBeUndefined();
    await keep(next, 'Dataset:1', [2]);
    expect(await replayed(next, 'Dataset:1')).toEqual([2]);
  });

  async function otherUnit(): Promise<Buffer> {
    const elsewhere = join(home, 'elsewhere');
    const journal = await openJournal<Line>(elsewhere, 'a', { now });
    await keep(journal, 'Dataset:2', [5]);
    const name = (await readdir(elsewhere)).find((one) => one.endsWith('.ndjson')) ?? '';
    return readFile(join(elsewhere, name));
  }

  function forged(body: string, noteBytes: number): string {
    const text = `{"unit":"Dataset:1","version":1}\n${body}`;
    const hash = createHash('sha256').update(text).digest('hex');
    return `${text}${hash} ${String(noteBytes).padStart(12, '0')}\n`;
  }

  it('says what to do when the disk is full, gives the space back, and keeps what is finished', async () => {
    const journal = await opened();
    await keep(journal, 'Dataset:1', [1]);
    const handle = await open(join(home, 'any'), 'w');
    const files = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    vi.spyOn(files, 'write').mockRejectedValue(full as never);
    const writer = await journal.write('Dataset:2');
    await expect(
      (async () => {
        for (let i = 0; i < 100; i += 1) await writer.add('x'.repeat(10_000));
        await writer.commit();
      })(),
    ).rejects.toMatchObject({
      name: 'OmegraphError',
      message: expect.stringContaining('free some space and run the same command'),
    });
    vi.restoreAllMocks();
    expect(await unitFiles()).toHaveLength(1);
    const next = await opened();
    expect(next.resumed?.units).toBe(1);
    expect(await replayed(next, 'Dataset:1')).toEqual([1]);
    expect(await replayed(next, 'Dataset:2')).toBeUndefined();
  });

  it('does not finish a unit whose bytes did not reach the disk', async () => {
    const journal = await opened();
    const handle = await open(join(home, 'any'), 'w');
    const files = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    vi.spyOn(files, 'sync').mockRejectedValueOnce(
      Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', syscall: 'fsync' }),
    );
    await expect(keep(journal, 'Dataset:1', [1])).rejects.toThrow('the journal of the export cannot be kept');
    expect(await unitFiles()).toEqual([]);
  });

  it('says that a file stands in its place', async () => {
    await writeFile(folder, '');
    await expect(opened()).rejects.toMatchObject({
      name: 'OmegraphError',
      message: expect.stringContaining('move that file away'),
    });
  });
});

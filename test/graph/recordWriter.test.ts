import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFactory as df, type Quad } from 'n3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OmegraphError } from '../../src/errors.js';
import type { Manifest } from '../../src/graph/manifest.js';
import { openRecord, readManifest } from '../../src/graph/record.js';
import { createRecordWriter, type RecordWriterOptions } from '../../src/graph/recordWriter.js';
import { diskError } from '../../src/graph/sorterClient.js';
import { irisUnder } from '../../src/rdf/iris.js';
import { nquadsLine } from '../../src/rdf/nquads.js';
import { PREFIXES, RDF, RDFS } from '../../src/rdf/vocabulary.js';

const iris = irisUnder('https://omero.example.org');
const note = df.namedNode(`${PREFIXES.core}note`);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-record-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const options = (more: Partial<RecordWriterOptions> = {}): RecordWriterOptions => ({
  iris,
  software: 'omegraph test',
  source: 'a test',
  now: () => new Date('2026-01-31T09:30:00Z'),
  ...more,
});
const says = (ref: string, text: string): Quad => df.quad(iris.object(ref), note, df.literal(text));
const textOf = async (manifest: Manifest, container: string): Promise<string> =>
  readFile(join(folder, manifest.containers.find((c) => c.container === container)?.file ?? ''), 'utf8');
/** What the file must be: the lines of a container, sorted by bytes, each once. */
const expected = (container: string, quads: readonly Quad[]): string => {
  const lines = quads.map((q) => nquadsLine(df.quad(q.subject, q.predicate, q.object, iris.graph(container)) as Quad));
  return [...new Set(lines)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('');
};
async function write(
  quads: Readonly<Record<string, readonly Quad[]>>,
  more: Partial<RecordWriterOptions> = {},
): Promise<Manifest> {
  const writer = await createRecordWriter(folder, options(more));
  for (const [container, all] of Object.entries(quads)) await writer.add(container, all);
  return writer.finish();
}

describe('the record', () => {
  it('has one sorted file a container, in the graph of the container, with a manifest that fits', async () => {
    const quads = [says('Image:2', 'b'), says('Image:10', 'a'), says('Image:2', 'a'), says('Image:2', 'b')];
    const manifest = await write({ 'Project:52': quads });
    const text = await textOf(manifest, 'Project:52');
    expect(text).toBe(expected('Project:52', quads));
    const [entry] = manifest.containers;
    expect(entry).toMatchObject({
      container: 'Project:52',
      graph: 'https://omero.example.org/graph/Project/52',
      bytes: Buffer.byteLength(text),
      quads: 3,
      sha256: createHash('sha256').update(text).digest('hex'),
      exportedAt: '2026-01-31T09:30:00.000Z',
    });
    expect(entry?.file).toMatch(/^graphs\/Project-52\.[0-9a-f]{16}\.nq$/);
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
  });

  it('is sorted by UTF-8 bytes also beyond the basic plane', async () => {
    const texts = ['\u{1f52c}', '\uffee', '\ue000', 'é', 'z', '\ud7ff', '\u{10ffff}', '\u0800', '\u007f', 'ÿ'];
    const quads = texts.flatMap((t) => [
      says('Image:1', t),
      df.quad(df.namedNode(`a:${t}`), note, df.literal('x')) as Quad,
    ]);
    const manifest = await write({ orphans: quads }, { memoryBytes: 100 });
    expect(await textOf(manifest, 'orphans')).toBe(expected('orphans', quads));
  });

  it('keeps other exports away until what follows the record is done', async () => {
    const writer = await createRecordWriter(folder, options());
    await writer.add('Project:1', [says('Image:1', 'a')]);
    const seen: unknown[] = [];
    await writer.finish(undefined, async () => {
      seen.push((await readManifest(folder)).containers.length);
      await createRecordWriter(folder, options()).catch((error: unknown) => seen.push(String(error)));
    });
    expect(seen).toEqual([1, expect.stringContaining('another export is writing this data folder')]);
    await (await createRecordWriter(folder, options())).abort();
  });

  it('is the same with tiny memory as with much, for ten containers that come interleaved', async () => {
    const all = new Map<string, Quad[]>();
    const feed = async (memoryBytes: number): Promise<Manifest> => {
      const writer = await createRecordWriter(folder, options({ memoryBytes }));
      all.clear();
      for (let i = 0; i < 3000; i++) {
        const container = `Project:${i % 10}`;
        const quads = [
          df.quad(iris.object(container), note, iris.object(`Image:${(i * 7919) % 1000}`)) as Quad,
          says(`Image:${(i * 7919) % 1000}`, `text ${i % 30}`),
          says(`Image:${i % 20}`, 'told again and again'),
        ];
        all.set(container, [...(all.get(container) ?? []), ...quads]);
        const wait = writer.add(container, quads);
        if (wait !== undefined) await wait;
      }
      return writer.finish();
    };
    const roomy = await feed(64 << 20);
    const texts = await Promise.all([...all.keys()].map((c) => textOf(roomy, c)));
    expect(texts).toEqual([...all].map(([container, quads]) => expected(container, quads)));
    const tight = await feed(2000);
    expect(tight).toEqual(roomy);
  });

  it('is the same whether a hub with thousands of parts fits into memory or not', async () => {
    const quads = Array.from(
      { length: 5000 },
      (_, i) => df.quad(iris.object('Dataset:1'), note, iris.object(`Image:${i % 4000}`)) as Quad,
    );
    const writer = await createRecordWriter(folder, options({ memoryBytes: 20_000 }));
    for (let at = 0; at < quads.length; at += 100) {
      await writer.add('Project:1', quads.slice(at, at + 100));
      await writer.add('Project:2', [says('Image:1', '\u00e9'.repeat(20_000 + at))]);
    }
    const manifest = await writer.finish();
    expect(await textOf(manifest, 'Project:1')).toBe(expected('Project:1', quads));
    expect(manifest.containers[1]?.quads).toBe(50);
  });

  it('counts objects by type and takes the label from the graph, unless it is told', async () => {
    const label = df.quad(iris.object('Project:52'), RDFS.label, df.literal('Zebra "fish" µ')) as Quad;
    const types = ['Image:1', 'Image:2'].map(
      (i) => df.quad(iris.object(i), RDF.type, df.namedNode(`${PREFIXES.core}Image`)) as Quad,
    );
    const manifest = await write({ 'Project:52': [label, ...types, ...types] });
    expect(manifest.containers[0]).toMatchObject({ label: 'Zebra "fish" µ', counts: { Image: 2 } });
    const writer = await createRecordWriter(folder, options());
    await writer.add('Project:52', types);
    writer.count('Project:52', 'Image');
    writer.count('Project:52', 'Well', 96);
    writer.label('Project:52', 'told');
    expect((await writer.finish()).containers[0]).toMatchObject({ label: 'told', counts: { Image: 1, Well: 96 } });
  });

  it('is byte for byte the same when the same is exported again', async () => {
    const quads = [says('Image:1', 'a'), says('Image:2', 'b')];
    const first = await write({ 'Project:1': quads });
    const before = await Promise.all(first.containers.map((c) => readFile(join(folder, c.file), 'utf8')));
    const again = await write({ 'Project:1': [...quads].reverse() });
    expect(again).toEqual(first);
    expect(await Promise.all(again.containers.map((c) => readFile(join(folder, c.file), 'utf8')))).toEqual(before);
  });

  it('keeps the other containers when one is exported again, in the order of their numbers', async () => {
    const first = await write({ 'Project:10': [says('Image:10', 'a')], 'Project:9': [says('Image:9', 'a')] });
    expect(first.containers.map((c) => c.container)).toEqual(['Project:9', 'Project:10']);
    const second = await write({ 'Project:9': [says('Image:9', 'changed')] });
    expect(second.containers.map((c) => c.container)).toEqual(['Project:9', 'Project:10']);
    expect(second.containers[1]).toEqual(first.containers[1]);
    expect(await textOf(second, 'Project:9')).toContain('changed');
    expect((await readdir(join(folder, 'graphs'))).filter((f) => f.startsWith('Project-9.'))).toHaveLength(1);
  });

  it('loses a container that is removed, with its file', async () => {
    await write({ 'Project:1': [says('Image:1', 'a')], 'Project:2': [says('Image:2', 'secret')] });
    const writer = await createRecordWriter(folder, options());
    writer.remove('Project:2');
    const manifest = await writer.finish();
    expect(manifest.containers.map((c) => c.container)).toEqual(['Project:1']);
    expect((await readdir(join(folder, 'graphs'))).some((f) => f.startsWith('Project-2'))).toBe(false);
  });

  it('accumulates provenance from export to export', async () => {
    const run = (n: number): Quad =>
      df.quad(df.namedNode(`${iris.base}/run/${n}`), RDF.type, df.namedNode(`${PREFIXES.prov}Activity`)) as Quad;
    for (const n of [2, 1, 2]) {
      const writer = await createRecordWriter(folder, options());
      writer.provenance([run(n)]);
      const manifest = await writer.finish((containers) => (containers.length === 0 ? [run(n + 10)] : []));
      expect(manifest.provenance?.graph).toBe('https://omero.example.org/graph/provenance');
    }
    const quads = [];
    for await (const quad of (await openRecord(folder)).provenance()) quads.push(quad.subject.value.split('/').pop());
    expect(quads).toEqual(['11', '12', '1', '2']);
  });

  it('names files safely and differently whatever the id of a container', async () => {
    const ids = [
      'Project:a/b',
      'Project:a-b',
      'Project:a:b',
      'Project:A',
      'Project:a',
      '../../etc/passwd',
      'Project:%2f',
      '.lock',
      `Project:${'x'.repeat(300)}1`,
      `Project:${'x'.repeat(300)}2`,
      'Project:é\u{1f52c}',
      'CON',
    ];
    const manifest = await write(Object.fromEntries(ids.map((id) => [id, [says('Image:1', 'x')]])));
    const names = manifest.containers.map((c) => c.file);
    expect(new Set(names.map((n) => n.toLowerCase())).size).toBe(ids.length);
    for (const name of names) expect(name).toMatch(/^graphs\/[A-Za-z0-9%][A-Za-z0-9._%-]{1,110}$/);
    expect((await readdir(join(folder, 'graphs'))).length).toBe(ids.length + 1);
    const record = await openRecord(folder);
    for (const id of ids) expect((await record.dataset(id)).size).toBe(1);
  });
});

describe('an export that does not come to its end', () => {
  it('leaves the record from before as it was when it is given up', async () => {
    const before = await write({ 'Project:1': [says('Image:1', 'old')] });
    const writer = await createRecordWriter(folder, options({ memoryBytes: 10 }));
    await writer.add('Project:1', [says('Image:1', 'new')]);
    await writer.abort();
    expect((await openRecord(folder)).manifest).toEqual(before);
    expect((await readdir(folder)).sort()).toEqual(['graphs', 'manifest.json']);
    await expect(async () => writer.add('Project:1', [])).rejects.toThrow('closed');
  });

  it('leaves the record from before readable when it crashes, and the next export cleans up', async () => {
    const before = await write({ 'Project:1': [says('Image:1', 'old')] });
    const [entry] = before.containers;
    await mkdir(join(folder, '.writing'));
    await writeFile(join(folder, '.writing', 'runs'), 'half');
    await writeFile(join(folder, 'graphs', 'Project-1.0123456789abcdef.nq'), 'a new file whose manifest never came');
    await writeFile(join(folder, 'graphs', 'notes.txt'), 'of the user');
    await writeFile(
      join(folder, '.lock'),
      JSON.stringify({ token: 'gone', pid: 2 ** 22 + 1, host: hostname(), since: '' }),
    );
    const record = await openRecord(folder);
    expect(
      await (async () => {
        const all: string[] = [];
        for await (const line of record.lines('Project:1')) all.push(line);
        return all;
      })(),
    ).toHaveLength(1);
    const after = await write({ 'Project:2': [says('Image:2', 'x')] });
    expect(after.containers[0]).toEqual(entry);
    expect(await readdir(join(folder, 'graphs'))).toHaveLength(4);
    expect(await readdir(join(folder, 'graphs'))).toContain('notes.txt');
    expect((await readdir(folder)).sort()).toEqual(['graphs', 'manifest.json']);
  });

  it('takes over the lock of a run with its own process id, as in a container that was restarted', async () => {
    await writeFile(
      join(folder, '.lock'),
      JSON.stringify({ token: 'gone', pid: process.pid, host: hostname(), since: '' }),
    );
    await expect(write({ orphans: [] })).resolves.toBeDefined();
  });

  it('refuses a second writer, and says who writes', async () => {
    const writer = await createRecordWriter(folder, options());
    await expect(createRecordWriter(folder, options())).rejects.toThrow(
      /another export is writing.*process \d+.*; wait/,
    );
    await writer.abort();
    await (await createRecordWriter(folder, options())).abort();
    await writeFile(join(folder, '.lock'), JSON.stringify({ token: 'x', pid: 1, host: 'elsewhere', since: 'today' }));
    await expect(createRecordWriter(folder, options())).rejects.toThrow(/on elsewhere since today/);
  });

  it('refuses a folder with a record of another base', async () => {
    await write({ orphans: [] });
    const other = createRecordWriter(folder, options({ iris: irisUnder('https://other.example.org') }));
    await expect(other).rejects.toThrow(/another base \("https:\/\/omero.example.org"\)/);
    await expect(write({ orphans: [] })).resolves.toBeDefined();
  });

  it('refuses a broken manifest instead of writing over it', async () => {
    await writeFile(join(folder, 'manifest.json'), '{"format":"omegraph-record"');
    await expect(createRecordWriter(folder, options())).rejects.toThrow(/manifest.json: the manifest is not JSON/);
    expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe('{"format":"omegraph-record"');
  });

  it('says so when the folder is a file or may not be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const failure = await createRecordWriter(file, options()).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(OmegraphError);
    expect(String(failure)).toMatch(/cannot be written.*not a file$/);
    if (process.getuid?.() === 0) return;
    await chmod(folder, 0o500);
    await expect(createRecordWriter(join(folder, 'sub'), options())).rejects.toThrow(
      /EACCES.*; give yourself the right/,
    );
    await chmod(folder, 0o700);
  });

  it('says what to do when the disk is full, and lets a bug be a bug', () => {
    const full = diskError('/data', {
      code: 'ENOSPC',
      message: 'Error: ENOSPC: no space left on device, write\n    at x',
    });
    expect(String(full)).toBe(
      'OmegraphError: /data: the data folder cannot be written ("ENOSPC: no space left on device, write"); ' +
        'free space on the disk and run the export again; the record from before is untouched',
    );
    expect(diskError('/data', { code: undefined, message: 'x is undefined' })).not.toBeInstanceOf(OmegraphError);
    expect(diskError('/data', { code: 'ERR_INVALID_ARG_TYPE', message: 'x' })).not.toBeInstanceOf(OmegraphError);
  });

  it('keeps the record from before when the disk fails in the middle', async () => {
    const before = await write({ 'Project:1': [says('Image:1', 'old')] });
    const writer = await createRecordWriter(folder, options({ memoryBytes: 1 }));
    await writer.add('Project:1', [says('Image:1', 'new')]);
    await rm(join(folder, '.writing'), { recursive: true });
    await expect(writer.finish()).rejects.toBeInstanceOf(OmegraphError);
    expect((await openRecord(folder)).manifest).toEqual(before);
    expect((await readdir(folder)).sort()).toEqual(['graphs', 'manifest.json']);
  });

  it('refuses what is no RDF triple without blank nodes', async () => {
    const writer = await createRecordWriter(folder, options());
    const blank = df.quad({ termType: 'BlankNode', value: 'b0' } as never, note, df.literal('x')) as Quad;
    expect(() => writer.add('Project:1', [blank])).toThrow(/BlankNode/);
    await writer.abort();
  });
});

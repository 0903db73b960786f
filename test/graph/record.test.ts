import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Quad } from '@rdfjs/types';
import { DataFactory as df, Store } from 'n3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OmegraphError } from '../../src/errors.js';
import { describeRecord } from '../../src/graph/description.js';
import { lockFolder } from '../../src/graph/folderLock.js';
import { type Manifest, manifestJson, parseManifest } from '../../src/graph/manifest.js';
import { runQuads } from '../../src/graph/provenance.js';
import { openRecord } from '../../src/graph/record.js';
import { createRecordWriter } from '../../src/graph/recordWriter.js';
import { irisUnder } from '../../src/rdf/iris.js';
import { nquadsLine } from '../../src/rdf/nquads.js';
import { PREFIXES, RDF, RDFS } from '../../src/rdf/vocabulary.js';

const iris = irisUnder('https://omero.example.org');
const core = (name: string) => df.namedNode(PREFIXES.core + name);
const image = (id: number): Quad[] =>
  [
    df.quad(iris.object(`Image:${id}`), RDF.type, core('Image')),
    df.quad(iris.object(`Image:${id}`), RDFS.label, df.literal(`é "${id}"\n`)),
  ] as Quad[];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-record-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

async function write(containers: Readonly<Record<string, readonly Quad[]>>): Promise<Manifest> {
  const writer = await createRecordWriter(folder, { iris, software: 'omegraph test', source: 'a test' });
  for (const [container, quads] of Object.entries(containers)) await writer.add(container, quads);
  return writer.finish();
}

describe('a record', () => {
  it('gives back the quads of a container: as lines, in its graph, and as a data set without graph', async () => {
    const manifest = await write({ 'Project:1': [...image(1), ...image(2)], orphans: image(3) });
    const record = await openRecord(folder);
    expect(record.manifest).toEqual(manifest);
    const lines = await all(record.lines('Project:1'));
    const quads = await all(record.quads('Project:1'));
    expect(quads.map((q) => nquadsLine(q).trimEnd())).toEqual(lines);
    expect(new Set(quads.map((q) => q.graph.value))).toEqual(new Set(['https://omero.example.org/graph/Project/1']));
    const dataset = await record.dataset('Project:1');
    expect(dataset.size).toBe(4);
    expect(dataset.getObjects(iris.object('Image:1'), RDFS.label, null)[0]?.value).toBe('é "1"\n');
    expect(dataset.getGraphs(null, null, null).map((g) => g.termType)).toEqual(['DefaultGraph']);
    expect(await readFile(record.path(record.container('orphans')), 'utf8')).toContain('/Image/3>');
  });

  it('says which containers it has when one is asked for that it has not', async () => {
    await write({ 'Project:1': image(1) });
    const record = await openRecord(folder);
    expect(() => record.lines('Project:2')).toThrow(
      /does not hold this container \("Project:2"\); name one that it holds \(Project:1\)/,
    );
  });

  it('is verified: nothing is said of a whole record, and each file that was changed is named', async () => {
    const manifest = await write({
      'Project:1': image(1),
      'Project:2': image(2),
      'Project:3': image(3),
      'Project:4': image(4),
    });
    const record = await openRecord(folder);
    expect(await all(record.verify())).toEqual([]);
    const [same, flipped, cut, gone] = manifest.containers.map((c) => c.file) as [string, string, string, string];
    const text = await readFile(join(folder, flipped), 'utf8');
    await writeFile(join(folder, flipped), text.replace('Image/2', 'Image/3'));
    await truncate(join(folder, cut), 10);
    await rm(join(folder, gone));
    await appendFile(join(folder, manifest.description?.file ?? ''), 'x');
    const problems = await all(record.verify());
    expect(problems.map((p) => [p.file, p.problem])).toEqual([
      [flipped, 'checksum'],
      [cut, 'bytes'],
      [gone, 'missing'],
      [manifest.description?.file, 'bytes'],
    ]);
    expect(problems.map((p) => p.message).join()).not.toContain(same);
    for (const { message } of problems)
      expect(message).toMatch(/^\/.*: .* \(".*"\); restore it from a backup, or export again$/);
  });

  it('names file and line of what is no N-Quad', async () => {
    const manifest = await write({ 'Project:1': image(1) });
    const path = join(folder, manifest.containers[0]?.file ?? '');
    await writeFile(path, `${await readFile(path, 'utf8')}<a:a> <a:b> `);
    const failure = await (await openRecord(folder)).dataset('Project:1').catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(OmegraphError);
    expect((failure as OmegraphError).where).toBe(`${path}:3`);
  });

  it('says so when a file went away while the record was open, as after a new export', async () => {
    await write({ 'Project:1': image(1) });
    const record = await openRecord(folder);
    await write({ 'Project:1': image(2) });
    await expect(record.dataset('Project:1')).rejects.toThrow(
      /cannot be read.*; open the record again if an export has replaced it/,
    );
    expect((await (await openRecord(folder)).dataset('Project:1')).size).toBe(2);
  });

  it('keeps a reader at the content it began with while a new export replaces it', async () => {
    const quads = Array.from({ length: 3000 }, (_, i) => image(i)).flat();
    await write({ 'Project:1': quads });
    const reading = (await openRecord(folder)).lines('Project:1')[Symbol.asyncIterator]();
    await reading.next();
    await write({ 'Project:1': image(1) });
    let lines = 1;
    while (!(await reading.next()).done) lines += 1;
    expect(lines).toBe(6000);
  });
});

describe('a manifest', () => {
  const manifest: Manifest = {
    format: 'omegraph-record',
    version: 1,
    base: 'https://e.org',
    software: 's',
    source: 's',
    containers: [],
  };
  const entry = {
    container: 'Project:1',
    file: 'graphs/a.nq',
    graph: 'a:g',
    sha256: '0'.repeat(64),
    bytes: 1,
    quads: 1,
    counts: {},
    exportedAt: '',
  };

  it('survives being written and read', () => {
    expect(parseManifest(manifestJson({ ...manifest, containers: [entry] }), 'x')).toEqual({
      ...manifest,
      containers: [entry],
    });
  });

  it.each([
    ['{', /^m.json: the manifest is not JSON/],
    ['null', /at its top: must be object/],
    [JSON.stringify({ ...manifest, version: 2 }), /at \/version: must be equal to constant \("2"\)/],
    [JSON.stringify({ ...manifest, base: 'no iri' }), /at \/base: must match pattern.*no iri/],
    [
      JSON.stringify({ ...manifest, containers: [{ ...entry, file: '../../etc/passwd' }] }),
      /at \/containers\/0\/file: must match pattern/,
    ],
    [JSON.stringify({ ...manifest, containers: [{ ...entry, file: '/etc/passwd' }] }), /at \/containers\/0\/file/],
    [JSON.stringify({ ...manifest, containers: [{ ...entry, file: 'graphs/..' }] }), /at \/containers\/0\/file/],
    [
      JSON.stringify({ ...manifest, containers: [{ ...entry, bytes: -1 }] }),
      /at \/containers\/0\/bytes: must be >= 0 \("-1"\)/,
    ],
    [JSON.stringify({ ...manifest, containers: [{}] }), /at \/containers\/0: must have required property/],
  ])('is refused with its place when it is %s', (text, message) => {
    expect(() => parseManifest(text, 'm.json')).toThrow(message);
    expect(() => parseManifest(text, 'm.json')).toThrow(
      /; restore the file from a backup, or export again into an empty folder$/,
    );
  });

  it('that is missing means that there is no record', async () => {
    await expect(openRecord(folder)).rejects.toThrow(
      /manifest.json: the data folder holds no record.*; run `omegraph export` first/,
    );
  });
});

describe('provenance and description', () => {
  const facts = {
    iris,
    source: './my study',
    software: { name: 'omegraph', version: '1.2.3' },
    startedAt: new Date('2026-01-31T09:30:00Z'),
    endedAt: new Date('2026-01-31T09:31:00Z'),
    containers: ['Project:1'],
  };

  it('state run, source, software and what was made, the same for the same run', () => {
    const lines = runQuads(facts).map(nquadsLine);
    const run = '<https://omero.example.org/run/2026-01-31T09:30:00.000Z>';
    expect(runQuads(facts).map(nquadsLine)).toEqual(lines);
    expect(lines).toContain(`<https://omero.example.org/graph/Project/1> <${PREFIXES.prov}wasGeneratedBy> ${run} .\n`);
    expect(lines).toContain(
      `${run} <${PREFIXES.prov}startedAtTime> "2026-01-31T09:30:00.000Z"^^<${PREFIXES.xsd}dateTime> .\n`,
    );
    expect(lines).toContain(
      `<https://omero.example.org/software/omegraph/1.2.3> <${PREFIXES.schema}softwareVersion> "1.2.3" .\n`,
    );
    expect(lines.join('')).toContain('source/.%2Fmy%20study>');
  });

  it('name a source on the web by its address', () => {
    const lines = runQuads({ ...facts, source: 'https://omero.example.org/a b' }).map(nquadsLine);
    expect(lines.join('')).toContain(`<${PREFIXES.prov}used> <https://omero.example.org/a%20b>`);
  });

  it('count triples, classes and properties over the containers, those that were kept included', async () => {
    await write({ 'Project:1': [...image(1), ...image(2)] });
    await write({ orphans: image(3) });
    const record = await openRecord(folder);
    const graph = new Store((await all(record.description())) as never);
    const value = (subject: string, property: string): (string | undefined)[] =>
      graph.getObjects(df.namedNode(subject), df.namedNode(PREFIXES.void + property), null).map((o) => o.value);
    expect(value('https://omero.example.org/', 'triples')).toEqual(['6']);
    expect(value('https://omero.example.org/', 'distinctSubjects')).toEqual(['3']);
    const [partition] = value('https://omero.example.org/', 'classPartition');
    expect(value(partition ?? '', 'class')).toEqual([`${PREFIXES.core}Image`]);
    expect(value(partition ?? '', 'entities')).toEqual(['3']);
    expect(value('https://omero.example.org/graph/orphans', 'triples')).toEqual(['2']);
    expect(value('https://omero.example.org/', 'vocabulary').sort()).toEqual(
      [PREFIXES.rdf, PREFIXES.rdfs, PREFIXES.core].sort(),
    );
    const again = await describeRecord(record);
    const inGraph = again.map((q) =>
      nquadsLine(df.quad(q.subject as never, q.predicate as never, q.object as never, iris.descriptionGraph) as Quad),
    );
    expect((await all(record.description())).map(nquadsLine)).toEqual([...new Set(inGraph)].sort());
  });
});

describe('the built writer', () => {
  const built = resolve('dist/graph/recordWriter.js');
  const run = (script: string): ReturnType<typeof spawn> =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const script = (body: string): string => `
    import { DataFactory as df } from 'n3';
    import { createRecordWriter } from ${JSON.stringify(pathToFileURL(built).href)};
    import { irisUnder } from ${JSON.stringify(pathToFileURL(resolve('dist/rdf/iris.js')).href)};
    const iris = irisUnder('https://omero.example.org');
    const label = df.namedNode('${PREFIXES.rdfs}label');
    const writer = await createRecordWriter(${JSON.stringify(folder)}, { iris, software: 's', source: 's', memoryBytes: 50_000 });
    for (let i = 0; i < 5000; i++) {
      const wait = writer.add('Project:' + (i % 3), [df.quad(iris.object('Image:' + (i * 7919) % 4000), label, df.literal('é' + i % 10))]);
      if (wait) await wait;
    }
    ${body}`;

  it.skipIf(!existsSync(built))('sorts in a worker to the same files as in one thread', async () => {
    const child = run(script('await writer.finish();'));
    expect(await new Promise((done) => child.on('exit', done))).toBe(0);
    const { containers } = (await openRecord(folder)).manifest;
    const writer = await createRecordWriter(folder, { iris, software: 's', source: 's' });
    for (let i = 0; i < 5000; i++) {
      await writer.add(`Project:${i % 3}`, [
        df.quad(iris.object(`Image:${(i * 7919) % 4000}`), RDFS.label, df.literal(`é${i % 10}`)) as Quad,
      ]);
    }
    const inline = await writer.finish();
    expect(inline.containers.map((c) => [c.file, c.quads])).toEqual(containers.map((c) => [c.file, c.quads]));
  });

  it.skipIf(!existsSync(built))(
    'leaves the record from before when it is killed, and the next export goes on',
    async () => {
      const before = await write({ 'Project:0': image(1) });
      const child = run(script(`console.log('here'); await new Promise((resolve) => setTimeout(resolve, 60_000));`));
      await new Promise((seen) => child.stdout?.once('data', seen));
      await expect(lockFolder(folder)).rejects.toThrow(new RegExp(`process ${child.pid}`));
      child.kill('SIGKILL');
      await new Promise((done) => child.on('exit', done));
      const record = await openRecord(folder);
      expect(record.manifest).toEqual(before);
      expect(await all(record.verify())).toEqual([]);
      expect(await readdir(folder)).toContain('.writing');
      await write({ 'Project:1': image(2) });
      expect((await readdir(folder)).sort()).toEqual(['graphs', 'manifest.json']);
    },
  );
});

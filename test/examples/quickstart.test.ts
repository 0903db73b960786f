import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { quickstartFiles } from '../../examples/makeQuickstart.js';
import { fileSource } from '../../src/extract/fileSource.js';
import type { Finding } from '../../src/findings.js';

const FOLDER = fileURLToPath(new URL('../../examples/quickstart/', import.meta.url));
const TEXTS = ['README.md', 'study.yaml'];

/** ImageDescription of a TIFF written by us: the only text that starts with an XML declaration. */
function xmlOf(path: string, bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (!/\.(tiff|btf)$/.test(path)) return text;
  const start = text.indexOf('<?xml');
  return text.slice(start, text.indexOf('\0', start));
}

if (process.env.UPDATE_QUICKSTART !== undefined) {
  for (const [path, bytes] of quickstartFiles()) {
    await mkdir(dirname(join(FOLDER, path)), { recursive: true });
    await writeFile(join(FOLDER, path), bytes);
  }
}

test('the shipped study is what its generator writes, byte by byte, and nothing else lies in the folder', async () => {
  const made = quickstartFiles();
  const shipped = (await readdir(FOLDER, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length));
  expect(shipped.filter((path) => !TEXTS.includes(path)).sort()).toEqual([...made.keys()].sort());
  for (const [path, bytes] of made)
    expect(Buffer.from(bytes).equals(await readFile(join(FOLDER, path))), path).toBe(true);
});

test('the generator gives the same bytes twice', () => {
  expect(quickstartFiles()).toEqual(quickstartFiles());
});

test('the study is small and mixes OME-XML, little and big endian TIFF, BigTIFF and a companion file', () => {
  const files = quickstartFiles();
  let bytes = 0;
  const kinds = new Set<string>();
  for (const [path, content] of files) {
    bytes += content.length;
    kinds.add(
      path.includes('.tif') || path.endsWith('.btf') ? Buffer.from(content.subarray(0, 4)).toString('latin1') : 'xml',
    );
  }
  expect(bytes).toBeLessThan(1_000_000);
  expect([...kinds].sort()).toEqual(['II*\0', 'II+\0', 'MM\0*', 'xml'].sort());
  expect([...files.keys()]).toContain('screen/MITO-0001.companion.ome');
  expect(xmlOf('.tiff', files.get('screen/MITO-0001_A1.ome.tiff') as Uint8Array)).toContain('<BinaryOnly ');
});

test('the twenty images name one project and one screen, and every file that repeats them says the same', () => {
  const attributes = new Map<string, Set<string>>();
  let images = 0;
  for (const [path, bytes] of quickstartFiles()) {
    const xml = xmlOf(path, bytes);
    images += xml.match(/<Image /g)?.length ?? 0;
    for (const [, start, id] of xml.matchAll(
      /(<(?:Project|Screen|Dataset|Plate|Instrument|MapAnnotation) ID="(urn:[^"]+)"[^>]*>)/g,
    )) {
      attributes.set(id as string, (attributes.get(id as string) ?? new Set()).add(start as string));
    }
  }
  expect(images).toBe(20);
  const ids = [...attributes.keys()];
  expect(ids.filter((id) => /:(Project|Screen):/.test(id))).toEqual([
    'urn:lsid:quickstart.omegraph.org:Project:1',
    'urn:lsid:quickstart.omegraph.org:Screen:1',
  ]);
  expect(ids.filter((id) => /:Dataset:/.test(id))).toHaveLength(2);
  for (const [id, said] of attributes) expect(said.size, id).toBe(1);
});

test('read as a folder, the files assemble into one project and one screen without a finding', async () => {
  const findings: Finding[] = [];
  const refs = new Map<string, Set<string>>();
  const containers = new Set<string>();
  for await (const record of fileSource([FOLDER]).records([], { onFinding: (f) => findings.push(f) })) {
    for (const container of record.containers) containers.add(container.slice(0, container.indexOf(':')));
    if (record.kind !== 'object') continue;
    const { type, ref } = record.object;
    refs.set(type, (refs.get(type) ?? new Set()).add(ref));
  }
  expect(findings).toEqual([]);
  expect([...containers].sort()).toEqual(['Project', 'Screen']);
  const counts = Object.fromEntries([...refs].map(([type, distinct]) => [type, distinct.size]));
  expect(counts).toMatchObject({
    Project: 1,
    Dataset: 2,
    Screen: 1,
    Plate: 1,
    Well: 6,
    Image: 20,
    Instrument: 2,
    ROI: 7,
  });
});

test('the study file states what the graph cannot know', async () => {
  const study: unknown = parse(await readFile(join(FOLDER, 'study.yaml'), 'utf8'));
  expect(study).toMatchObject({
    license: 'CC BY 4.0',
    releaseDate: '2027-01-15',
    authors: [{ name: 'Josiah Carberry', orcid: '0000-0002-1825-0097' }, {}],
  });
});

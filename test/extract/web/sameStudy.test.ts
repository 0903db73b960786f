import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSource } from '../../../src/extract/fileSource.js';
import type { MetadataSource } from '../../../src/extract/metadataSource.js';
import { OME_SCHEMA } from '../../../src/ome/schema.js';
import { PREFIXES } from '../../../src/rdf/vocabulary.js';
import { startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { folderWith } from '../reading.js';
import { tarBytes } from '../tarBytes.js';
import { zipBytes } from '../zipBytes.js';
import { exported, removeFolder, sourceOf, temporaryFolder } from './exporting.js';
import { type Difference, DIFFERENCES, type Kind } from './sameStudyDifferences.js';
import { studyTransferXml } from './sameStudyPack.js';
import { STUDY_READER, studyRows } from './sameStudyRows.js';
import { studyXml } from './sameStudyXml.js';

/** Statements by container, as `subject predicate object`. */
type Graphs = ReadonlyMap<string, ReadonlySet<string>>;

const SCOPE = /(?<=[A-Za-z]+[/:])[a-z2-7]{12}\./g;
const NAMESPACES = Object.entries(PREFIXES).sort(([, a], [, b]) => b.length - a.length);

/** A statement without what tells where it comes from: the base, the graph, and the scope of a document's ids. */
function statement(line: string): string {
  const bare = line
    .replace(/ <[^<>]*> \.$/, '')
    .replaceAll('https://omero.example.org/', '')
    .replace(/ "[a-z2-7]{12}\./, ' "');
  return bare.replace(/<([^<>\s]*)>(?=\s|$)|(?<=\^\^)<([^<>]*)>/g, (_, node?: string, datatype?: string) => {
    const iri = (node ?? datatype ?? '').replace(SCOPE, '');
    const known = NAMESPACES.find(([, namespace]) => iri.startsWith(namespace));
    return known === undefined ? iri : `${known[0]}:${iri.slice(known[1].length)}`;
  });
}

async function graphsOf(source: MetadataSource): Promise<Graphs> {
  const folder = await temporaryFolder();
  try {
    const { manifest, findings } = await exported(source, folder);
    expect(findings.map(({ code }) => code).sort()).toEqual(['key-empty', 'key-unmapped']);
    const graphs = new Map<string, ReadonlySet<string>>();
    for (const { container, file } of manifest.containers) {
      const lines = (await readFile(join(folder, file), 'utf8')).split('\n').filter((line) => line !== '');
      graphs.set(container.replace(SCOPE, ''), new Set(lines.map(statement)));
    }
    return graphs;
  } finally {
    await removeFolder(folder);
  }
}

const studies = new Map<Kind, Graphs>();
const of = (kind: Kind): Graphs => studies.get(kind) ?? new Map<string, never>();
const removals: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const server = await startOmeroWeb(openStore(studyRows()));
  const parts = ['channels', 'rois', 'files', 'tables', 'well-pixels'] as const;
  studies.set('OMERO.web', await graphsOf(sourceOf(server.url, { credentials: STUDY_READER, parts })));
  await server.close();
  const files = await folderWith({
    'study.ome.xml': studyXml,
    'pack.zip': zipBytes([{ name: 'transfer.xml', content: studyTransferXml }]),
    'pack.tar': tarBytes([{ name: 'transfer.xml', content: studyTransferXml }]),
  });
  removals.push(files.remove);
  studies.set('OME-XML', await graphsOf(fileSource([join(files.path, 'study.ome.xml')])));
  studies.set('pack', await graphsOf(fileSource([join(files.path, 'pack.zip')])));
  expect(of('pack')).toEqual(await graphsOf(fileSource([join(files.path, 'pack.tar')])));
});
afterAll(() => Promise.all(removals.map((remove) => remove())));

/** What one source says and the other does not; quantities only where the other has a use for them. */
function* missing(knows: Kind, not: Kind): Generator<readonly [container: string, line: string]> {
  for (const [container, lines] of of(knows)) {
    const others = of(not).get(container) ?? new Set();
    const used = new Set([...others].map((line) => line.slice(line.lastIndexOf(' ') + 1)));
    for (const line of lines) {
      const [subject = ''] = line.split(' ', 1);
      if (!others.has(line) && !(subject.startsWith('quantity/') && !used.has(subject))) yield [container, line];
    }
  }
}

const rowsFor = (knows: Kind, not: Kind): readonly Difference[] =>
  DIFFERENCES.filter((row) => row.knows === knows && row.not.includes(not));

describe('the same study', () => {
  it.each(['OME-XML', 'pack'] as const)('has the same containers in OMERO.web and in an %s', (kind) => {
    expect([...of(kind).keys()].sort()).toEqual(['Project:101', 'Project:102', 'Screen:401', 'orphans']);
    expect([...of('OMERO.web').keys()].sort()).toEqual([...of(kind).keys()].sort());
  });

  it.each<[Kind, Kind]>([
    ['OMERO.web', 'OME-XML'],
    ['OME-XML', 'OMERO.web'],
    ['OMERO.web', 'pack'],
    ['pack', 'OMERO.web'],
  ])('says nothing out of %s that it does not say out of %s too, but for what that cannot know', (knows, not) => {
    const rows = rowsFor(knows, not);
    const unexplained = [...missing(knows, not)].filter(([, line]) => !rows.some(({ lines }) => lines.test(line)));
    expect(unexplained.map(([container, line]) => `${container} ${line}`)).toEqual([]);
  });

  it.each(DIFFERENCES.flatMap((row) => row.not.map((not) => [row.knows, not, row.fact, row] as const)))(
    'is known to %s and not to %s: %s',
    (knows, not, _fact, row) => {
      const found = [...missing(knows, not)].filter(([, line]) => row.lines.test(line));
      expect(found.length, row.why).toBeGreaterThan(0);
      // What a row excuses, the other source may not say at all: a fact that both know is not excused by another value.
      const same = new Set([...of(not).values()].flatMap((lines) => [...lines]));
      expect(found.filter(([, line]) => same.has(line))).toEqual([]);
    },
  );

  it('holds every type of object and every class of annotation that OMERO.web can tell', () => {
    const types = new Set(
      [...of('OMERO.web').values()].flatMap((lines) =>
        [...lines].flatMap((line) => / rdf:type core:(\w+)$/.exec(line)?.[1] ?? []),
      ),
    );
    const annotations = 'Map File Comment Tag Term Timestamp XML Long Double Boolean List';
    const shapes = 'Rectangle Mask Point Ellipse Line Polyline Polygon Label';
    const objects = 'Project Dataset Screen Plate PlateAcquisition Well WellSample Image Pixels Channel ROI';
    const others = 'Experimenter ExperimenterGroup Fileset OriginalFile';
    for (const type of `${objects} ${shapes} ${others}`.split(' ')) expect(types, type).toContain(type);
    for (const name of annotations.split(' ')) expect(types, name).toContain(`${name}Annotation`);
  });

  it('states every attribute that OMERO.web and OME-XML share', () => {
    const said = new Set(
      [...of('OMERO.web').values()].flatMap((lines) => [...lines].map((line) => line.split(' ', 2)[1] ?? '')),
    );
    const snake = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
    const told = [
      'Screen',
      'Plate',
      'PlateAcquisition',
      'Well',
      'Image',
      'Channel',
      'ROI',
      'Rectangle',
      'Line',
    ] as const;
    const unsaid = told.flatMap((type) =>
      Object.keys(OME_SCHEMA[type])
        .filter((key) => key !== 'name' && key !== 'description' && !said.has(`core:${snake(key)}`))
        .map((key) => `${type}.${key}`),
    );
    expect(unsaid).toEqual([]);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { biaRoCrate } from '../../src/bundle/biaRoCrate.js';
import { biaContext } from '../../src/bundle/biaRoCrateTerms.js';
import { bundleBioImageArchive } from '../../src/bundle/bundleBioImageArchive.js';
import { bundleZenodo } from '../../src/bundle/bundleZenodo.js';
import { gapSentence } from '../../src/bundle/gaps.js';
import { readStudy } from '../../src/bundle/readStudy.js';
import { parseStudyFile } from '../../src/bundle/studyFile.js';
import { fixtureText, graphOf } from './support/graphOf.js';
import { rowsOf } from './support/pageTabTsvReader.js';
import { FULL_STUDY } from './support/starvationStudy.js';

const GOLDEN = new URL('../golden/bundle/', import.meta.url).pathname;
const TODAY = '2026-12-01';

let home = '';
let out = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'omegraph-bundle-'));
  out = join(home, 'out');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const graph = graphOf(fixtureText('project.ttl'));
const complete = readStudy(graph, 'Project:52', parseStudyFile(fixtureText('study.yaml'), 'study.yaml'));
const incomplete = readStudy(graph, 'Project:52');

function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Compares a folder with its golden copy byte by byte; UPDATE_GOLDEN=1 writes the copy. */
function expectGolden(folder: string, name: string): void {
  const golden = join(GOLDEN, name);
  const ours = contents(folder);
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(golden, { recursive: true, force: true });
    for (const [path, text] of ours) {
      mkdirSync(dirname(join(golden, path)), { recursive: true });
      writeFileSync(join(golden, path), text);
    }
  }
  const expected = existsSync(golden) ? contents(golden) : new Map<string, string>();
  expect([...ours.keys()]).toEqual([...expected.keys()]);
  for (const [path, text] of ours) expect(text, path).toBe(expected.get(path));
}

describe('the bundle for the BioImage Archive', () => {
  it('is the golden one for the fixture study', async () => {
    const result = await bundleBioImageArchive(complete.study, out, { gaps: complete.gaps, today: TODAY });
    expect(result.status).toBe('written');
    expect(result.gaps.filter((gap) => gap.severity === 'violation')).toEqual([]);
    expectGolden(out, 'bioimage-archive');
  });

  it('is not written while required things are missing', async () => {
    const result = await bundleBioImageArchive(incomplete.study, out, { gaps: incomplete.gaps, today: TODAY });
    expect(result).toMatchObject({ status: 'refused', files: [] });
    expect(result.gaps.map((gap) => gap.element)).toEqual(
      expect.arrayContaining(['License', 'Authors', 'Release date']),
    );
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(home)).toEqual([]);
  });

  it('tells each missing thing once', async () => {
    const { gaps } = await bundleBioImageArchive(incomplete.study, out, { gaps: incomplete.gaps, today: TODAY });
    const told = gaps.filter((gap) => gap.requiredBy.length > 0).map((gap) => `${gap.where}: ${gap.element}`);
    expect(new Set(told).size).toBe(told.length);
    expect(told).not.toContain('Study: Authors');
    expect(told.filter((t) => t.includes('Release date'))).toHaveLength(1);
  });

  it('is a draft that says so when gaps are allowed', async () => {
    const result = await bundleBioImageArchive(incomplete.study, out, {
      gaps: incomplete.gaps,
      allowGaps: true,
      today: TODAY,
    });
    expect(result.status).toBe('draft');
    const files = contents(out);
    expect(files.get('README.md')).toContain('**This is a draft.**');
    expect(files.get('submission.tsv')).not.toMatch(/TBD|TODO|unknown/i);
    expect(files.get('submission.tsv')).not.toContain('License');
  });

  it('finds what only the finished submission shows', async () => {
    const study = { ...complete.study, title: 'HeLa', releaseDate: '2020-01-01' };
    const { status, gaps } = await bundleBioImageArchive(study, out, { gaps: complete.gaps, today: TODAY });
    expect(status).toBe('refused');
    const told = gaps.filter((gap) => gap.severity === 'violation').map((gap) => gap.element);
    expect(told).toEqual(['Title', 'Release date']);
    expect(gaps.map(gapSentence)).toContain(
      'Study study-1: Study, Release date is in the past ("2020-01-01"); choose today or a later day',
    );
  });
});

describe('the crate for the BioImage Archive', () => {
  it.each([
    ['full', FULL_STUDY],
    ['from the fixture graph', complete.study],
  ])('refers to nothing that it does not describe, and describes nothing that it does not refer to: %s', (_, study) => {
    const graphOfCrate = biaRoCrate(study).metadata['@graph'];
    const ids = graphOfCrate.map((e) => e['@id']);
    expect(new Set(ids).size).toBe(ids.length);
    const bodies = graphOfCrate.map(({ '@id': _id, ...rest }) => JSON.stringify(rest));
    const references = new Set(bodies.flatMap((body) => [...body.matchAll(/"@id":"([^"]+)"/g)].map((m) => m[1] ?? '')));
    expect([...references].filter((id) => !ids.includes(id))).toEqual(['https://w3id.org/ro/crate/1.1']);
    const list = biaRoCrate(study).fileList;
    expect(ids.filter((id) => !references.has(id) && !list.includes(id))).toEqual(['ro-crate-metadata.json']);
    expect(ids.filter((id) => /\s/.test(id))).toEqual([]);
  });

  it('gives each entity exactly one class of the archive', () => {
    for (const { '@id': id, '@type': types } of biaRoCrate(complete.study).metadata['@graph'].slice(1)) {
      const kinds = [types]
        .flat()
        .filter((t) => /^(?:bia|csvw):/.test(t) && !/:(?:RembiDataset|MifaDataset|Table)$/.test(t));
      expect([id, kinds.length]).toEqual([id, 1]);
    }
  });

  it('writes lists as lists', () => {
    const [, terms] = biaContext();
    for (const e of biaRoCrate(FULL_STUDY).metadata['@graph']) {
      for (const [key, value] of Object.entries(e)) {
        const term = terms[key];
        const isSet = typeof term === 'object' && term !== null && '@container' in term;
        if (!key.startsWith('@')) expect([key, Array.isArray(value)]).toEqual([key, isSet]);
      }
    }
  });

  it('declares each column of its file list, and fills dataset and type in every row', () => {
    const crate = biaRoCrate(complete.study);
    const declared = crate.metadata['@graph']
      .filter((e) => [e['@type']].flat().includes('csvw:Column'))
      .map((e) => e.columnName);
    const [header = [], ...rows] = rowsOf(crate.fileList);
    expect(header).toEqual(declared);
    expect(header.slice(0, 4)).toEqual(['file_path', 'size_in_bytes', 'dataset', 'type']);
    expect(rows.map((row) => [row[2], row[3]])).toEqual([
      ['#dataset-1', 'http://bia/Image'],
      ['#dataset-2', 'http://bia/Image'],
      ['#dataset-2', 'http://bia/Image'],
      ['#dataset-2', 'http://bia/Image'],
      ['#annotations-1', 'http://bia/AnnotationData'],
    ]);
    expect(new Set(rows.map((row) => row[0])).size).toBe(rows.length);
  });
});

describe('the bundle for Zenodo', () => {
  it('is the golden one for the fixture study', async () => {
    const result = await bundleZenodo(complete.study, out, { gaps: complete.gaps, graph });
    expect(result.status).toBe('written');
    expectGolden(out, 'zenodo');
  });

  it('needs less than the BioImage Archive', async () => {
    const noMail = { ...complete.study, authors: complete.study.authors.map((a) => ({ ...a, email: undefined })) };
    const result = await bundleZenodo(noMail, out, { gaps: [] });
    expect(result.status).toBe('written');
  });

  it('is not written without licence, date and authors', async () => {
    const result = await bundleZenodo(incomplete.study, out, { gaps: incomplete.gaps });
    expect(result.status).toBe('refused');
    const told = result.gaps.filter((gap) => gap.severity === 'violation').map((gap) => gap.element);
    expect(told).toEqual(['License', 'Release date', 'Authors']);
    expect(existsSync(out)).toBe(false);
  });

  it('is a draft without invented values when gaps are allowed', async () => {
    const result = await bundleZenodo(incomplete.study, out, { gaps: incomplete.gaps, allowGaps: true });
    expect(result.status).toBe('draft');
    const files = contents(out);
    expect(files.has('CITATION.cff')).toBe(false);
    expect(files.get('README.md')).toContain('**This is a draft.**');
    expect(JSON.parse(files.get('inveniordm-draft.json') ?? '')).not.toHaveProperty('metadata.creators');
  });

  it('holds no e-mail address, not even in its graph', async () => {
    await bundleZenodo(complete.study, out, { gaps: complete.gaps, graph });
    const all = [...contents(out).values()].join('\n');
    expect(all).not.toMatch(/@(?:lab\.example|example\.org)/);
    expect(fixtureText('project.ttl')).toContain('jane.doe@lab.example');
  });

  it('packs the images that can be reached, at most 100 files in all', async () => {
    const source = join(home, 'source');
    for (const path of complete.study.studyComponents
      .flatMap((c) => c.files.map((f) => f.path))
      .concat('annotations/fov_001_mask.tiff')) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), `content of ${path}`);
    }
    const result = await bundleZenodo(complete.study, out, { withFiles: true, sourceRoot: source, volumeBytes: 60 });
    expect(result.status).toBe('written');
    expect(result.files.map((f) => f.path).filter((p) => p.endsWith('.zip'))).toEqual([
      'images-001.zip',
      'images-002.zip',
      'images-003.zip',
      'images-004.zip',
      'images-005.zip',
    ]);
    expect(contents(out).get('README.md')).toContain('The images are in images-001.zip, ');
    const crate = JSON.parse(contents(out).get('ro-crate-metadata.json') ?? '') as { '@graph': { '@id': string }[] };
    expect(crate['@graph'].map((e) => e['@id'])).toContain('images-004.zip');
  });

  it('holds metadata only and says so when no image can be reached', async () => {
    const result = await bundleZenodo(complete.study, out, { withFiles: true, sourceRoot: join(home, 'nowhere') });
    expect(result.status).toBe('written');
    expect(result.gaps.map(gapSentence)).toContain(
      `${join(home, 'nowhere')}: Files, Image files could not be reached, so the bundle holds metadata only; name the folder of the images with --source-root`,
    );
    expect(contents(out).get('README.md')).toContain(
      'This bundle holds metadata only: the files of the images could not be reached',
    );
  });

  it('is refused when some of the images are missing', async () => {
    mkdirSync(join(home, 'images', 'ctrl'), { recursive: true });
    writeFileSync(join(home, 'images', 'ctrl', 'ctrl.czi'), 'x');
    const result = await bundleZenodo(complete.study, out, { withFiles: true, sourceRoot: home });
    expect(result.status).toBe('refused');
    expect(result.gaps.at(-1)?.wrong).toMatch(/^are missing: 4 of 5, such as "/);
  });

  it('shows texts as texts in its pages and tables', async () => {
    const [publication] = complete.study.publications;
    const evil = '<script>alert("1")</script>';
    const study = {
      ...complete.study,
      title: `${evil} title`,
      publications: [{ ...publication, title: evil }],
      links: [{ url: 'javascript:alert(1)', description: evil }],
      studyComponents: complete.study.studyComponents.map((component) => ({
        ...component,
        files: component.files.map((file) => ({
          ...file,
          facts: [{ key: '=cmd()', value: '@x, "y"', on: 'Image:1' }],
        })),
      })),
    };
    await bundleZenodo(study, out, {});
    const files = contents(out);
    expect(files.get('ro-crate-preview.html')).not.toMatch(/<script|href="javascript/);
    expect(files.get('README.md')).not.toMatch(/(?<!\\)<script/);
    expect(JSON.parse(files.get('inveniordm-draft.json') ?? '').metadata.description).not.toContain('<script');
    expect(files.get('annotations.csv')).toContain(`,'=cmd(),"'@x, ""y""",`);
  });

  it('leaves the custom fields of zenodo.org out for other servers', async () => {
    await bundleZenodo(complete.study, out, { customFields: false });
    expect(contents(out).get('inveniordm-draft.json')).not.toContain('custom_fields');
  });
});

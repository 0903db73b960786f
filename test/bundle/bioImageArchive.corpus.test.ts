import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { biaRoCrate } from '../../src/bundle/biaRoCrate.js';
import { biaContext } from '../../src/bundle/biaRoCrateTerms.js';
import type { FileList } from '../../src/bundle/fileList.js';
import { fileListOf, fileListTsv } from '../../src/bundle/fileList.js';
import { type PageTabSubmission, pageTabJson, pageTabTsv } from '../../src/bundle/pageTab.js';
import { pageTabOfStudy } from '../../src/bundle/pageTabOfStudy.js';
import type { StudyDescription } from '../../src/bundle/studyDescription.js';
import { validatePageTab } from '../../src/bundle/validatePageTab.js';
import { CORPUS, corpusJson, corpusText, hasCorpus } from './support/corpus.js';
import { readPageTabTsv, rowsOf } from './support/pageTabTsvReader.js';
import { FULL_STUDY, MINIMAL_STUDY } from './support/starvationStudy.js';

const EXAMPLES = 'bia/examples-derived';

function submissionOf(study: StudyDescription): PageTabSubmission {
  return pageTabOfStudy(study, {
    rootPath: 'omero-project-51',
    annotationSection: 'v5',
    componentLists: ['file_list_study_component_1.tsv'],
    annotationLists: ['file_list_annotations.tsv'],
  });
}

function fileListAt(path: string): FileList {
  const [header = [], ...rows] = rowsOf(corpusText(path));
  return { columns: header.slice(1), rows: rows.map(([file = '', ...cells]) => ({ path: file, cells })) };
}

interface Crate {
  '@graph': { '@id': string; '@type': string[] }[];
}

/** Types of an entity with its properties, whatever the ids. */
function shapes(crate: Crate): string[] {
  return crate['@graph']
    .map(
      (e) =>
        `${[...e['@type']].sort().join(' ')}: ${Object.keys(e)
          .filter((k) => !k.startsWith('@'))
          .sort()
          .join(' ')}`,
    )
    .filter((shape) => !shape.startsWith('csvw:Column'))
    .sort();
}

describe.skipIf(!hasCorpus(EXAMPLES))('the examples for the BioImage Archive', () => {
  it.each([
    ['minimal', MINIMAL_STUDY],
    ['full', FULL_STUDY],
  ])('are reproduced byte by byte as PageTab TSV and with the same content as JSON: %s', (name, study) => {
    const submission = submissionOf(study);
    expect(pageTabTsv(submission)).toBe(corpusText(`${EXAMPLES}/pagetab/${name}.tsv`));
    expect(JSON.parse(pageTabJson(submission))).toEqual(corpusJson(`${EXAMPLES}/pagetab/${name}.json`));
    expect(readPageTabTsv(pageTabTsv(submission))).toEqual(JSON.parse(pageTabJson(submission)));
  });

  it('have the same file lists, ours with the name of each image beside its id', () => {
    const withoutNames = (list: FileList): FileList => {
      const name = list.columns.indexOf('Image name');
      const keep = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => i !== name);
      return { columns: keep(list.columns), rows: list.rows.map((r) => ({ path: r.path, cells: keep(r.cells) })) };
    };
    const images = fileListOf(FULL_STUDY.studyComponents[0]?.files ?? []);
    expect(fileListTsv(withoutNames(images))).toBe(corpusText(`${EXAMPLES}/pagetab/file_list_study_component_1.tsv`));
    const masks = fileListOf(FULL_STUDY.annotations[0]?.files ?? []);
    expect(fileListTsv(masks)).toBe(corpusText(`${EXAMPLES}/pagetab/file_list_annotations.tsv`));
  });

  it.each(['minimal', 'full'])('are crates of the same entities with the same properties: %s', (name) => {
    const expected = corpusJson(`${EXAMPLES}/ro-crate-${name}/ro-crate-metadata.json`) as Crate;
    const study: StudyDescription =
      name === 'full'
        ? {
            ...FULL_STUDY,
            authors: FULL_STUDY.authors.map((a) => (a.orcid ? a : { ...a, email: undefined })),
            publications: FULL_STUDY.publications.map(({ pubmedId: _, ...rest }) => rest),
          }
        : {
            ...MINIMAL_STUDY,
            keywords: [],
            authors: [{ name: 'Josiah Carberry', orcid: '0000-0002-1825-0097', affiliations: [] }],
            biosamples: MINIMAL_STUDY.biosamples.map((b) => ({
              ...b,
              organisms: b.organisms.map(({ commonName: _, ...o }) => o),
            })),
            specimens: MINIMAL_STUDY.specimens.map((s) => ({ ...s, channels: [] })),
            imageAcquisitions: MINIMAL_STUDY.imageAcquisitions.map((a) => ({
              ...a,
              methods: a.methods.map(({ label }) => ({ label })),
            })),
          };
    const ours = JSON.parse(JSON.stringify(biaRoCrate(study).metadata)) as Crate;
    // What the examples say and no study of ours does: a website, a system of the link.
    const stated = shapes(expected).map((s) => s.replace(' website', '').replace('additionalType ', ''));
    expect(shapes(ours)).toEqual(stated);
  });

  it('use terms with the IRIs of the archive, all of them declared in the context', () => {
    const [, terms] = (
      corpusJson(`${EXAMPLES}/ro-crate-full/ro-crate-metadata.json`) as {
        '@context': [string, Record<string, unknown>];
      }
    )['@context'];
    const [, ours] = biaContext();
    for (const [term, definition] of Object.entries(ours))
      expect([term, definition]).toEqual([term, terms[term] ?? ours[term]]);
    expect(Object.keys(ours).filter((term) => !(term in terms))).toEqual([]);
    const keys = new Set(
      biaRoCrate(FULL_STUDY)
        .metadata['@graph'].flatMap((e) => Object.keys(e))
        .filter((k) => !k.startsWith('@')),
    );
    expect([...keys].filter((key) => !(key in ours) && !['conformsTo', 'about'].includes(key))).toEqual([]);
  });

  it('are accepted by our validator', () => {
    for (const [name, lists] of [
      ['minimal', ['file_list_study_component_1.tsv']],
      ['full', ['file_list_study_component_1.tsv', 'file_list_annotations.tsv']],
    ] as const) {
      const submission = corpusJson(`${EXAMPLES}/pagetab/${name}.json`) as PageTabSubmission;
      const fileLists = new Map(lists.map((list) => [list, fileListAt(`${EXAMPLES}/pagetab/${list}`)]));
      const problems = validatePageTab(submission, fileLists, '2026-12-01');
      expect(problems.filter((p) => p.severity === 'violation')).toEqual([]);
    }
  });
});

/** What the validator says to each mutant; `none` where the archive accepts it too and nothing is lost. */
const EXPECTED: Readonly<Record<string, string | undefined>> = {
  _base: undefined,
  affil_not_reference: 'authors: Affiliation',
  assoc_by_accno: 'associations: Biosample',
  assoc_trailing_space: 'associations: Specimen',
  assoc_wrong_title: 'associations: Biosample',
  author_no_email: 'authors: E-mail',
  bad_email: 'authors: E-mail',
  description_missing: 'study: Description',
  doi_tbd: 'identifiers: DOI',
  doi_url_in_pub: 'identifiers: DOI',
  imaging_method_nested: 'terms: Imaging method',
  keywords_missing: 'study: Keywords',
  license_CC_BY_40: undefined,
  license_unknown: 'study: License',
  no_associations: 'associations: Associations',
  orcid_url: 'authors: ORCID',
  organism_flat_only: undefined,
  rorid_bare: 'identifiers: RORID',
  two_taxa: undefined,
  year_text: 'identifiers: Year',
};

describe.skipIf(!hasCorpus('bia/pagetab/mutants'))('submissions with one fault each', () => {
  const folder = 'bia/pagetab/mutants';
  const names = hasCorpus(folder)
    ? readdirSync(resolve(CORPUS, folder))
        .filter((f) => f.endsWith('.json') && !f.startsWith('file_list'))
        .map((f) => f.slice(0, -5))
    : [];
  const lists = (): ReadonlyMap<string, FileList> =>
    new Map(
      ['file_list_study_component_1.tsv', 'file_list_annotations.tsv'].map((l) => [l, fileListAt(`${folder}/${l}`)]),
    );

  it('are all known to this test', () => {
    expect(names.sort()).toEqual(Object.keys(EXPECTED).sort());
    console.log(`${names.length} mutants of PageTab were read`);
  });

  it.each(names)('are refused for that fault and no other: %s', (name) => {
    const submission = corpusJson(`${folder}/${name}.json`) as PageTabSubmission;
    const problems = validatePageTab(submission, lists(), '2026-12-01');
    const violations = new Set(
      problems.filter((p) => p.severity === 'violation').map((p) => `${p.rule}: ${p.element}`),
    );
    const expected = EXPECTED[name];
    expect([...violations]).toEqual(expected === undefined ? [] : [expected]);
  });
});

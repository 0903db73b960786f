import { describe, expect, it } from 'vitest';
import { bioImageArchiveSubmission } from '../../src/bundle/bundleBioImageArchive.js';
import type { FileList } from '../../src/bundle/fileList.js';
import type { PageTabAttribute, PageTabSection, PageTabSubmission } from '../../src/bundle/pageTab.js';
import { validatePageTab } from '../../src/bundle/validatePageTab.js';
import { FULL_STUDY } from './support/starvationStudy.js';

const { submission, fileLists } = bioImageArchiveSubmission(FULL_STUDY);

/** A submission with one attribute of the sections of a type changed; undefined removes it. */
function changed(
  type: string,
  name: string,
  change: (attribute: PageTabAttribute) => PageTabAttribute | undefined,
): PageTabSubmission {
  const visit = (section: PageTabSection): PageTabSection => ({
    ...section,
    attributes:
      section.type === type
        ? section.attributes.flatMap((a) => (a.name === name ? (change(a) ?? []) : a))
        : section.attributes,
    ...(section.subsections && { subsections: section.subsections.map(visit) }),
  });
  return {
    ...submission,
    attributes:
      type === 'submission'
        ? submission.attributes.flatMap((a) => (a.name === name ? (change(a) ?? []) : a))
        : submission.attributes,
    section: visit(submission.section),
  };
}
const withValue = (type: string, name: string, value: string): PageTabSubmission =>
  changed(type, name, (a) => ({ ...a, value }));
const without = (type: string, name: string): PageTabSubmission => changed(type, name, () => undefined);
const faults = (
  s: PageTabSubmission,
  lists: ReadonlyMap<string, FileList> = fileLists,
  today = '2026-12-01',
): string[] => validatePageTab(s, lists, today).map((p) => `${p.severity} ${p.rule}: ${p.element}: ${p.wrong}`);
function withList(change: (list: FileList) => FileList): ReadonlyMap<string, FileList> {
  return new Map([...fileLists].map(([name, list]) => [name, name.includes('component') ? change(list) : list]));
}
function withRow(path: string): ReadonlyMap<string, FileList> {
  return withList((list) => ({ ...list, rows: [...list.rows, { path, cells: ['8', 'TOM20', 'DNA', 'x', '1'] }] }));
}

describe('the curators’ checklist', () => {
  it('finds nothing but a missing ORCID in a good submission', () => {
    expect(faults(submission)).toEqual(['warning authors: ORCID: it is missing']);
  });

  it.each<[string, PageTabSubmission]>([
    ['study: Title: it has fewer than 25 characters', withValue('Study', 'Title', 'HeLa')],
    ['study: Description: it has fewer than 25 characters', without('Study', 'Description')],
    ['study: Keywords: there is none', without('Study', 'Keywords')],
    ['study: License: it is neither CC0 nor CC BY 4.0', withValue('Study', 'License', 'CC-BY')],
    ['study: Release date: it is not a day like 2027-01-15', withValue('submission', 'ReleaseDate', 'soon')],
    ['study: Release date: it is in the past', withValue('submission', 'ReleaseDate', '2026-11-30')],
    ['study: Release date: it is more than two years away', withValue('submission', 'ReleaseDate', '2029-01-15')],
    ['authors: Name: it is missing', without('Author', 'Name')],
    ['authors: E-mail: it is missing', without('Author', 'E-mail')],
    ['authors: E-mail: it is not an e-mail address', withValue('Author', 'E-mail', 'x@y')],
    ['authors: E-mail: it is not an e-mail address', withValue('Author', 'E-mail', '\u202ajc@example.org')],
    ['authors: Affiliation: it is missing', without('Author', 'affiliation')],
    ['authors: Affiliation: it names no organization', withValue('Author', 'affiliation', 'o9')],
    [
      'authors: Affiliation: it is not a reference',
      changed('Author', 'affiliation', ({ name, value }) => ({ name, value: value ?? '' })),
    ],
    ['authors: Affiliation: it names no organization', without('Organization', 'Name')],
    [
      'authors: ORCID: it is not a bare ORCID iD with a right check digit',
      withValue('Author', 'ORCID', '0000-0002-1825-0098'),
    ],
    ['associations: Biosample: no section has this title', withValue('Associations', 'Biosample', 'hela kyoto')],
    ['associations: Biosample: no section has this title', withValue('Associations', 'Biosample', 'Biosample-1')],
    [
      'associations: Specimen: no section has this title',
      withValue('Associations', 'Specimen', 'PFA fixation and TOM20 staining '),
    ],
    ['associations: Image acquisition: it is missing', without('Associations', 'Image acquisition')],
    ['required-fields: Biological entity: it is missing', without('Biosample', 'Biological entity')],
    ['required-fields: Sample preparation protocol: it is missing', without('Specimen', 'Sample preparation protocol')],
    ['required-fields: Description: it is missing', without('Study Component', 'Description')],
    ['required-fields: File List: it is missing', without('Study Component', 'File List')],
    ['file-lists: File List: there is no such file list', withValue('Study Component', 'File List', 'other.tsv')],
    [
      'terms: Imaging method (FBbi term): it names no FBbi term',
      changed('Image acquisition', 'Imaging method', ({ name }) => ({ name, value: 'SPIM' })),
    ],
    [
      'identifiers: DOI: it is not written as the archive reads it',
      withValue('Publication', 'DOI', 'https://doi.org/10.1234/example'),
    ],
    [
      'identifiers: DOI: it is not written as the archive reads it',
      withValue('Publication', 'DOI', '10.1234/example.'),
    ],
    [
      'identifiers: Pubmed ID: it is not written as the archive reads it',
      withValue('Publication', 'Pubmed ID', 'pending'),
    ],
    ['identifiers: Year: it is not written as the archive reads it', withValue('Publication', 'Year', 'in press')],
    ['identifiers: RORID: it is not written as the archive reads it', withValue('Organization', 'RORID', '02catss52')],
    ['identifiers: Growth protocol: it is a placeholder', withValue('Specimen', 'Growth protocol', 'n/a')],
    [
      'characters: Growth protocol: it has control, direction or zero-width characters',
      withValue('Specimen', 'Growth protocol', 'DMEM\u200b medium'),
    ],
  ])('refuses a submission: %s', (fault, mutant) => {
    expect(faults(mutant)).toContain(`violation ${fault}`);
  });

  it('refuses an organism without taxon, flat and nested', () => {
    const flat = changed('Biosample', 'Organism', ({ name, value }) => ({ name, value: value ?? '' }));
    expect(faults(flat)).toEqual(faults(submission));
    const nested = JSON.parse(JSON.stringify(flat).replace('NCBI:txid9606', 'human')) as PageTabSubmission;
    expect(faults(nested)).toContain('violation terms: Organism (NCBI taxon): it names no NCBI taxon');
  });

  it('refuses titles and accnos that occur twice, and sections that nothing refers to are a warning', () => {
    const subsections = submission.section.subsections ?? [];
    const twice = {
      ...submission,
      section: {
        ...submission.section,
        subsections: [...subsections, ...subsections.filter((s) => s.type === 'Specimen')],
      },
    };
    expect(faults(twice)).toEqual(
      expect.arrayContaining([
        'violation titles: Specimen: two sections have this accno',
        'violation titles: Specimen: two sections of the type have this title',
      ]),
    );
    expect(faults(without('Associations', 'Image analysis'))).toContain(
      'warning associations: Image analysis: no association refers to it',
    );
  });

  it.each([
    ['a path is listed twice', withRow('images/fov_001.ome.tiff')],
    ['a path has characters that BioStudies refuses', withRow('images/µ.tif')],
    ['a folder and a file inside it are both listed', withRow('images')],
    ['it has no file', withList((list) => ({ ...list, rows: [] }))],
    ['a column has no name', withList((list) => ({ ...list, columns: ['', ...list.columns.slice(1)] }))],
  ])('refuses a file list: %s', (fault, lists) => {
    expect(faults(submission, lists)).toContain(`violation file-lists: File List: ${fault}`);
  });

  it('advises against columns that say the same of every file', () => {
    const lists = withList((list) => ({
      ...list,
      rows: list.rows.map((row) => ({ ...row, cells: ['0', ...row.cells.slice(1)] })),
    }));
    expect(faults(submission, lists)).toContain(
      'warning file-lists: File List: a column has the same value for all files',
    );
  });

  it('refuses annotations whose source image is not in the study', () => {
    const lists = new Map(
      [...fileLists].map(([name, list]) => [
        name,
        name.includes('annotation') ? { ...list, columns: ['source_image', ...list.columns.slice(1)] } : list,
      ]),
    );
    expect(faults(submission, lists)).toContain(
      'violation source-images: Source image: it is not a file of a study component',
    );
  });
});

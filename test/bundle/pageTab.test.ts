import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileListJson, fileListOf, fileListTsv } from '../../src/bundle/fileList.js';
import { type PageTabSubmission, pageTabJson, pageTabTsv } from '../../src/bundle/pageTab.js';
import { pageTabOfStudy } from '../../src/bundle/pageTabOfStudy.js';
import type { StudyDescription } from '../../src/bundle/studyDescription.js';
import { readPageTabTsv, rowsOf } from './support/pageTabTsvReader.js';
import { FULL_STUDY, MINIMAL_STUDY } from './support/starvationStudy.js';

function submissionOf(study: StudyDescription): PageTabSubmission {
  return pageTabOfStudy(study, {
    rootPath: 'r',
    annotationSection: 'v5',
    componentLists: ['c.tsv'],
    annotationLists: ['a.tsv'],
  });
}
const roundTrip = (submission: PageTabSubmission): unknown => readPageTabTsv(pageTabTsv(submission));
const asJson = (submission: PageTabSubmission): unknown => JSON.parse(pageTabJson(submission));

describe('PageTab', () => {
  it.each([
    ['full', FULL_STUDY],
    ['minimal', MINIMAL_STUDY],
  ])('says the same as TSV and as JSON: %s', (_, study) => {
    expect(roundTrip(submissionOf(study))).toEqual(asJson(submissionOf(study)));
  });

  it('says the same as TSV and as JSON whatever people write', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', ' ', '\t', '\n', '"', '#', '[', '<', "'", '\u200b', '\u202e', '\u0000'),
      minLength: 1,
    });
    fc.assert(
      fc.property(text, text, fc.array(text), (title, description, keywords) => {
        const submission = submissionOf({ ...MINIMAL_STUDY, title, description, keywords });
        expect(roundTrip(submission)).toEqual(asJson(submission));
      }),
    );
  });

  it('writes the nested Organism, which keeps the taxon, beside the flat one with its term', () => {
    const sample = submissionOf(MINIMAL_STUDY).section.subsections?.find((s) => s.type === 'Biosample');
    expect(sample?.attributes[1]).toEqual({
      name: 'Organism',
      value: 'Homo sapiens (human)',
      valqual: [
        { name: 'Ontology', value: 'NCBITaxon' },
        { name: 'TermId', value: 'NCBITaxon_9606' },
      ],
    });
    expect(sample?.subsections?.[0]?.attributes.at(-1)).toEqual({ name: 'NCBI taxon ID', value: 'NCBI:txid9606' });
  });

  it('leaves out what is not known instead of writing something', () => {
    const study: StudyDescription = { ...MINIMAL_STUDY, title: undefined, license: undefined, releaseDate: undefined };
    const names = submissionOf(study).section.attributes.map((a) => a.name);
    expect(names).toEqual(['Description', 'Keywords']);
  });

  it('spells annotation sections as the form or as the converter reads them', () => {
    const types = (annotationSection: 'v4' | 'v5'): (string | undefined)[] =>
      pageTabOfStudy(FULL_STUDY, { rootPath: 'r', annotationSection, componentLists: ['c'], annotationLists: ['a'] })
        .section.subsections?.map((s) => s.type)
        .filter((t) => t.startsWith('Annotation')) ?? [];
    expect(types('v5')).toEqual(['Annotation']);
    expect(types('v4')).toEqual(['Annotations']);
  });
});

describe('a file list', () => {
  const files = [
    {
      path: 'a#1.tif',
      images: [{ ref: 'Image:7', name: 'a #1' }],
      attributes: [{ name: 'Dose', value: '"2"\tµM' }],
      facts: [],
    },
    { path: 'b.tif', images: [{ ref: 'Image:8', name: 'b' }], attributes: [{ name: 'Time', value: '3 h' }], facts: [] },
  ];

  it('begins with Files and gives every row the same columns', () => {
    const rows = rowsOf(fileListTsv(fileListOf(files)));
    expect(rows[0]).toEqual(['Files', 'Dose', 'Time', 'Image name', 'OMERO image ID', 'Original path']);
    expect(rows.map((row) => row.length)).toEqual([6, 6, 6]);
    expect(rows[1]?.slice(1)).toEqual(['"2" µM', '', 'a #1', '7', 'a#1.tif']);
  });

  it('says the same as TSV and as JSON', () => {
    const [header = [], ...rows] = rowsOf(fileListTsv(fileListOf(files)));
    const fromTsv = rows.map(([path, ...cells]) => ({
      path,
      attributes: cells.map((value, i) => ({ name: header[i + 1], value })).filter((a) => a.value !== ''),
      type: 'file',
    }));
    expect(JSON.parse(fileListJson(fileListOf(files)))).toEqual(fromTsv);
  });

  it('names the ids of images without a server another way', () => {
    expect(
      fileListOf([{ path: 'x', images: [{ ref: 'Image:ab12.0', name: 'x' }], attributes: [], facts: [] }]).columns,
    ).toEqual(['Image name', 'Image ID']);
  });
});

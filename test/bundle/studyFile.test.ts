import { describe, expect, it } from 'vitest';
import { gapSentence } from '../../src/bundle/gaps.js';
import { readStudy } from '../../src/bundle/readStudy.js';
import { checkStudyFile, parseStudyFile, readStudyFile } from '../../src/bundle/studyFile.js';
import { studyFileTemplate } from '../../src/bundle/studyFileTemplate.js';
import { OmegraphError } from '../../src/errors.js';
import { fixturePath, fixtureText, graphOf } from './support/graphOf.js';

function problemsOf(...lines: string[]): string[] {
  const { problems } = checkStudyFile(lines.join('\n'), 'study.yaml');
  return problems.map((p) => `${p.where} ${p.wrong}${p.found === undefined ? '' : ` (${p.found})`}`);
}

describe('a study file', () => {
  it('is read with all its keys', async () => {
    const study = await readStudyFile(fixturePath('study.yaml'));
    expect(study.authors?.[0]).toEqual({
      name: 'Josiah Carberry',
      email: 'jc@example.org',
      orcid: '0000-0002-1825-0097',
      role: 'corresponding author',
      affiliations: ['o1'],
    });
    expect(study.publications?.[0]?.year).toBe('2026');
  });

  it('keeps numbers and words as they are written', () => {
    const study = parseStudyFile('funding:\n  grants:\n    - agency: NO\n      id: 007\n', 'study.yaml');
    expect(study.funding?.grants).toEqual([{ agency: 'NO', id: '007' }]);
  });

  it('may be empty or hold comments only', () => {
    expect(parseStudyFile('', 'study.yaml')).toEqual({});
    expect(parseStudyFile('# nothing yet\n', 'study.yaml')).toEqual({});
  });

  it.each<[string, string[], string]>([
    ['an unknown key', ['title: A title', 'licence: CC0'], 'study.yaml:2 this key is not known (licence)'],
    [
      'a licence that the archive does not take',
      ['', 'license: CC BY-NC 4.0'],
      'study.yaml:2 license has a value that is not valid (CC BY-NC 4.0)',
    ],
    [
      'a date that does not exist',
      ['releaseDate: 2027-02-30'],
      'study.yaml:1 releaseDate has a value that is not valid (2027-02-30)',
    ],
    [
      'an ORCID with a wrong check digit',
      ['authors:', '  - name: A B', '    orcid: 0000-0002-1825-0098'],
      'study.yaml:3 authors.orcid has a value that is not valid (0000-0002-1825-0098)',
    ],
    [
      'an ORCID as an address',
      ['authors:', '  - name: A B', '    orcid: https://orcid.org/0000-0002-1825-0097'],
      'study.yaml:3 authors.orcid has a value that is not valid (https://orcid.org/0000-0002-1825-0097)',
    ],
    [
      'an e-mail address without a dot',
      ['authors:', '  - name: A B', '    email: jc@localhost'],
      'study.yaml:3 authors.email has a value that is not valid (jc@localhost)',
    ],
    ['an author without a name', ['authors:', '  - email: jc@example.org'], 'study.yaml:2 authors lacks the key name'],
    [
      'a placeholder instead of a DOI',
      ['publications:', '  - doi: TBD'],
      'study.yaml:2 publications.doi has a value that is not valid (TBD)',
    ],
    [
      'a DOI as an address',
      ['publications:', '  - doi: https://doi.org/10.1234/x'],
      'study.yaml:2 publications.doi has a value that is not valid (https://doi.org/10.1234/x)',
    ],
    [
      'a year in words',
      ['publications:', '  - year: in press'],
      'study.yaml:2 publications.year has a value that is not valid (in press)',
    ],
    [
      'a bare ROR',
      ['organizations:', '  - id: o1', '    name: X', '    ror: 02catss52'],
      'study.yaml:4 organizations.ror has a value that is not valid (02catss52)',
    ],
    [
      'a placeholder as description',
      ['description: to be added'],
      'study.yaml:1 description has a value that is not valid (to be added)',
    ],
    ['an empty value', ['title:'], 'study.yaml:1 title has a value that is not valid ()'],
    [
      'one text where a list belongs',
      ['keywords: mitosis'],
      'study.yaml:1 keywords is not of the right form (mitosis)',
    ],
    [
      'a script as link',
      ['links:', '  - url: javascript:alert(1)'],
      'study.yaml:2 links.url has a value that is not valid (javascript:alert(1))',
    ],
    [
      'an affiliation that is not listed',
      ['authors:', '  - name: A B', '    affiliations: [o9]'],
      'study.yaml:3 no organization has this id (o9)',
    ],
    [
      'two organizations with one id',
      ['organizations:', '  - id: o1', '    name: X', '  - id: o1', '    name: Y'],
      'study.yaml:4 two organizations have the same id (o1)',
    ],
  ])('with %s is refused with file and line', (_, lines, message) => {
    expect(problemsOf(...lines)).toEqual([message]);
  });

  it('that is not YAML is refused with file and line', () => {
    expect(problemsOf('title: A', 'authors: [')[0]).toMatch(/^study\.yaml:[23] this is not YAML/);
    expect(problemsOf('title: A', 'title: B')[0]).toMatch(/^study\.yaml:2 this is not YAML/);
  });

  it('tells all its problems in one error with a remedy', () => {
    const read = (): unknown => parseStudyFile('license: MIT\nreleaseDate: soon\n', 'study.yaml');
    expect(read).toThrow(OmegraphError);
    expect(read).toThrow(
      'study.yaml:1: license has a value that is not valid ("MIT"); write CC0 or CC BY 4.0; also: 2: releaseDate has a value that is not valid',
    );
  });

  it('that is not there is an error with its name', async () => {
    await expect(readStudyFile('/nowhere/study.yaml')).rejects.toThrow(
      '/nowhere/study.yaml: the study file cannot be read',
    );
  });
});

describe('the template of a study file', () => {
  const { gaps } = readStudy(graphOf(fixtureText('screen.ttl')), 'Screen:3');

  it('asks for what is missing and for nothing else', () => {
    const template = studyFileTemplate(gaps);
    for (const key of ['license', 'releaseDate', 'authors', 'description', 'components'])
      expect(template).toContain(`# ${key}:`);
    expect(template).not.toContain('# title:');
    expect(template).toContain('required by bioimage-archive and zenodo');
  });

  it('holds comments only, so that nothing passes for data', () => {
    const template = studyFileTemplate(gaps);
    expect(template.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
    expect(parseStudyFile(template, 'study.yaml')).toEqual({});
  });

  it('has keys that the study file knows, and refuses each of them until its value is written', () => {
    const bare = studyFileTemplate(gaps)
      .split('\n')
      .filter((line) => line.startsWith('# ') && !line.startsWith('# Study file'))
      .map((line) => line.slice(2));
    const { study, problems } = checkStudyFile(bare.join('\n'), 'study.yaml');
    expect(study).toEqual({});
    expect(problems.filter((p) => !p.wrong.includes('has a value that is not valid')).map((p) => p.wrong)).toEqual([]);
    expect(problems).toHaveLength(bare.filter((line) => / #/.test(line)).length);
  });
});

describe('gaps', () => {
  it('are sentences with place, number of images and remedy', () => {
    const { gaps } = readStudy(graphOf(fixtureText('screen.ttl')), 'Screen:3');
    expect(gaps.map(gapSentence)).toContain(
      'Plate:30 "Plate 1": Biosample, Biological entity is missing for 2 images; add the key "Biological entity" to the images or what contains them, or write components: biosample.biologicalEntity in the study file',
    );
  });
});

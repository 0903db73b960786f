import type { Gap } from './gaps.js';

/** The keys with what to write as comments behind them: an empty value is refused, so no explanation passes for data. */
const KEYS: readonly (readonly [key: string, lines: readonly string[]])[] = [
  ['title', ['title: # 25 characters or more']],
  ['description', ['description: # what was asked, done and found, in a few sentences']],
  ['keywords', ['keywords:', '  - # one keyword a line']],
  ['license', ['license: # CC0 or CC BY 4.0']],
  ['releaseDate', ['releaseDate: # YYYY-MM-DD, within the next two years']],
  [
    'authors',
    [
      'authors:',
      '  - name: # given name first',
      '    email: # for the BioImage Archive only',
      '    orcid: # sixteen digits with hyphens, without https://orcid.org/',
      '    role: # such as corresponding author',
      '    affiliations:',
      '      - # id of an organization below',
      'organizations:',
      '  - id: # a short name, used above',
      '    name: # the full name',
      '    address: # town and country',
      '    ror: # its address at https://ror.org',
    ],
  ],
  [
    'funding',
    [
      'funding:',
      '  statement: # one sentence',
      '  grants:',
      '    - agency: # who paid',
      '      id: # number of the grant',
    ],
  ],
  [
    'components',
    [
      'components:',
      '  - name: # name of the Dataset or Plate, or "*" for all',
      '    description: # what the images have in common',
      '    biosample:',
      '      organism:',
      '        scientificName: # two words',
      '        taxon: # like NCBITaxon:9606',
      '      biologicalEntity: # cell line, tissue or part of the organism',
      '    specimen:',
      '      samplePreparation: # fixation, staining, mounting',
      '    imageAcquisition:',
      '      instrument: # microscope, objective, camera',
      '      parameters: # what was set',
      '      methods:',
      '        - label: # name of the method',
      '          fbbi: # like FBbi:00000251',
    ],
  ],
];

/**
 * A study file to fill in: each missing key as a comment with what to write, preceded by the reasons. Every line is a
 * comment, so that nothing passes for data before someone wrote it.
 */
export function studyFileTemplate(gaps: readonly Gap[]): string {
  const lines = ['# Study file: what the images cannot tell. Remove the "# " before a key and write its value.', '#'];
  for (const [key, form] of KEYS) {
    const reasons = gaps.filter((gap) => gap.studyKey === key);
    if (reasons.length === 0) continue;
    lines.push('#');
    for (const gap of reasons) {
      const need = gap.requiredBy.length > 0 ? `required by ${gap.requiredBy.join(' and ')}` : 'recommended';
      const where = key === 'components' ? `${gap.where}: ` : '';
      lines.push(`## ${where}${gap.element} (${need}): ${gap.remedy}`.replace(/\s+/g, ' '));
    }
    for (const line of form) lines.push(`# ${line}`);
  }
  return `${lines.join('\n')}\n`;
}

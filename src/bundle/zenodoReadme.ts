import { type Gap, gapSentence } from './gaps.js';
import { LICENSES, type StudyDescription } from './studyDescription.js';
import { affiliationsOf, contentText, counted, studySummary } from './studySummary.js';

/** What the README says about the files. */
export interface DataNote {
  /** Names of the ZIPs; empty when only metadata are in the bundle. */
  readonly volumes: readonly string[];
  readonly graph: boolean;
  readonly citation: boolean;
  /** Why images are not in the bundle. */
  readonly reason?: string | undefined;
}

/** README.md of a Zenodo bundle: what this is, who made it, what is in which file. */
export function zenodoReadme(study: StudyDescription, note: DataNote, blocking: readonly Gap[]): string {
  const summary = studySummary(study);
  const license = study.license && LICENSES[study.license];
  const authors = study.authors.map((author) => {
    const at = affiliationsOf(study, author).map((o) => o.name);
    const orcid = author.orcid === undefined ? '' : ` (https://orcid.org/${author.orcid})`;
    return `- ${markdown(author.name)}${orcid}${at.length === 0 ? '' : `, ${markdown(at.join('; '))}`}`;
  });
  const components = study.studyComponents.map(
    (c) =>
      `- ${markdown(c.name)}: ${counted(c.files.length, 'file')}.${c.description === undefined ? '' : ` ${markdown(c.description)}`}`,
  );
  const draft =
    blocking.length === 0
      ? []
      : [
          '**This is a draft.** What is still missing:',
          '',
          ...blocking.map((gap) => `- ${markdown(gapSentence(gap))}`),
          '',
        ];
  const data =
    note.volumes.length > 0
      ? [
          `The images are in ${note.volumes.join(', ')}. Unpack all of them in this folder: they share one folder \`data\`,`,
          'in which the files have the paths that `annotations.csv` names.',
        ]
      : [`This bundle holds metadata only: ${note.reason ?? 'the images were not asked for'}.`];
  return [
    `# ${markdown(study.title ?? study.container)}`,
    '',
    ...draft,
    ...(study.description === undefined ? [] : [markdown(study.description), '']),
    ...(authors.length === 0 ? [] : ['## Authors', '', ...authors, '']),
    ...(license === undefined ? [] : ['## Licence', '', `${license.name}, ${license.url}`, '']),
    '## Content',
    '',
    `${contentText(summary)}.`,
    '',
    ...components,
    '',
    '## Files',
    '',
    ...data,
    '',
    '- `annotations.csv`: every key-value pair of every image, with its REMBI element and ontology term',
    ...(note.graph ? ['- `graph.nt`: the knowledge graph of the study as N-Triples'] : []),
    '- `ro-crate-metadata.json`, `ro-crate-preview.html`: the study as an RO-Crate 1.2',
    '- `inveniordm-draft.json`, `.zenodo.json`: the record for Zenodo and other InvenioRDM servers',
    note.citation ? '- `datacite.json`, `CITATION.cff`: the citation' : '- `datacite.json`: the citation',
    '- `manifest-sha256.txt`: checksums, to be checked with `sha256sum -c manifest-sha256.txt`',
    '',
  ].join('\n');
}

/** A text that Markdown shows as it is. */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>|]/g, '\\$&')
    .replace(/^([#>+-]|\d+[.)])/, '\\$1');
}

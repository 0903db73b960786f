import { paragraphs } from './html.js';
import { LICENSES, type StudyDescription } from './studyDescription.js';
import { affiliationsOf, nameParts, studySummary } from './studySummary.js';
import { methodsText, subjects } from './zenodoDraft.js';

/** The metadata object of Zenodo's older deposit interface, as the file `.zenodo.json` holds it. */
export function legacyZenodo(study: StudyDescription): Readonly<Record<string, unknown>> {
  const summary = studySummary(study);
  const methods = methodsText(study);
  const keywords = subjects(study, summary);
  const metadata = {
    upload_type: 'dataset',
    title: study.title,
    description: study.description && paragraphs(study.description),
    creators: study.authors.map((author) => {
      const { given, family } = nameParts(author.name);
      const affiliation = affiliationsOf(study, author)
        .map((o) => o.name)
        .join('; ');
      return {
        // One comma: Zenodo splits the name there.
        name: given === '' ? family : `${family.replaceAll(',', '')}, ${given.replaceAll(',', '')}`,
        ...(affiliation !== '' && { affiliation }),
        ...(author.orcid !== undefined && { orcid: author.orcid }),
      };
    }),
    publication_date: study.releaseDate,
    access_right: 'open',
    license: study.license && LICENSES[study.license].spdx.toLowerCase(),
    keywords: keywords.length === 0 ? undefined : keywords,
    method: methods === '' ? undefined : paragraphs(methods),
  };
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}

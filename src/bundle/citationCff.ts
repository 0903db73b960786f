import { stringify } from 'yaml';
import { LICENSES, type StudyDescription } from './studyDescription.js';
import { affiliationsOf, nameParts } from './studySummary.js';

/** A study as CITATION.cff 1.2.0; undefined without title or authors, which the format requires. No e-mail addresses. */
export function citationCff(study: StudyDescription): string | undefined {
  if (study.title === undefined || study.authors.length === 0) return undefined;
  return stringify(
    {
      'cff-version': '1.2.0',
      message: 'If you use these images, please cite them as below.',
      type: 'dataset',
      title: study.title,
      ...(study.description !== undefined && { abstract: study.description }),
      authors: study.authors.map((author) => {
        const { given, family } = nameParts(author.name);
        const affiliation = affiliationsOf(study, author)
          .map((o) => o.name)
          .join('; ');
        return {
          'family-names': family,
          ...(given !== '' && { 'given-names': given }),
          ...(author.orcid !== undefined && { orcid: `https://orcid.org/${author.orcid}` }),
          ...(affiliation !== '' && { affiliation }),
        };
      }),
      ...(study.keywords.length > 0 && { keywords: [...study.keywords] }),
      ...(study.license !== undefined && { license: LICENSES[study.license].spdx }),
      ...(study.releaseDate !== undefined && { 'date-released': study.releaseDate }),
    },
    { lineWidth: 0 },
  );
}

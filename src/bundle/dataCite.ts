import { LICENSES, type OntologyTerm, type StudyDescription } from './studyDescription.js';
import { curie } from './studyGraph.js';
import { affiliationsOf, counted, nameParts, publicSource, type StudySummary, studySummary } from './studySummary.js';

/** A study as DataCite metadata (JSON of schema 4.5); terms go into `subjects[].valueUri`, where catalogues look. */
export function dataCite(study: StudyDescription): Readonly<Record<string, unknown>> {
  const summary = studySummary(study);
  const metadata = {
    titles: study.title === undefined ? undefined : [{ title: study.title }],
    creators: some(study.authors.map((author) => creator(study, author))),
    publisher: { name: 'Zenodo' },
    publicationYear: study.releaseDate?.slice(0, 4),
    types: { resourceType: 'Microscopy images', resourceTypeGeneral: 'Dataset' },
    subjects: some(subjects(study, summary)),
    dates: some([
      ...(study.releaseDate === undefined ? [] : [{ date: study.releaseDate, dateType: 'Issued' }]),
      ...(study.acquired === undefined
        ? []
        : [{ date: `${study.acquired.first}/${study.acquired.last}`, dateType: 'Collected' }]),
    ]),
    sizes: [counted(summary.images, 'image'), ...(summary.bytes === undefined ? [] : [`${summary.bytes} bytes`])],
    formats: some(summary.formats),
    rightsList: study.license && [
      {
        rights: LICENSES[study.license].name,
        rightsUri: LICENSES[study.license].url,
        rightsIdentifier: LICENSES[study.license].spdx,
        rightsIdentifierScheme: 'SPDX',
        schemeUri: 'https://spdx.org/licenses/',
      },
    ],
    descriptions: study.description && [{ description: study.description, descriptionType: 'Abstract' }],
    relatedIdentifiers: some(related(study)),
    fundingReferences: some(
      study.funding.grants.flatMap(({ agency, id }) =>
        agency === undefined ? [] : [{ funderName: agency, ...(id !== undefined && { awardNumber: id }) }],
      ),
    ),
    schemaVersion: 'http://datacite.org/schema/kernel-4',
  };
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined && value !== ''));
}

function creator(study: StudyDescription, author: StudyDescription['authors'][number]): object {
  const { given, family } = nameParts(author.name);
  const affiliation = affiliationsOf(study, author).map((organization) => ({
    name: organization.name,
    ...(organization.ror !== undefined && {
      affiliationIdentifier: organization.ror,
      affiliationIdentifierScheme: 'ROR',
      schemeUri: 'https://ror.org',
    }),
  }));
  return {
    name: given === '' ? family : `${family}, ${given}`,
    nameType: 'Personal',
    ...(given !== '' && { givenName: given }),
    familyName: family,
    ...(author.orcid !== undefined && {
      nameIdentifiers: [
        {
          nameIdentifier: `https://orcid.org/${author.orcid}`,
          nameIdentifierScheme: 'ORCID',
          schemeUri: 'https://orcid.org',
        },
      ],
    }),
    ...(affiliation.length > 0 && { affiliation }),
  };
}

function subjects(study: StudyDescription, summary: StudySummary): object[] {
  const terms: OntologyTerm[] = [
    ...summary.organisms.flatMap((o) =>
      o.taxonIri === undefined ? [] : [{ iri: o.taxonIri, label: o.scientificName }],
    ),
    ...summary.methods,
    ...summary.subjects,
  ];
  return [
    ...study.keywords.map((subject) => ({ subject })),
    ...terms.map(({ iri, label }) => ({
      subject: label,
      valueUri: iri,
      classificationCode: curie(iri),
      subjectScheme: curie(iri).split(':')[0] ?? '',
      schemeUri: 'http://purl.obolibrary.org/obo/',
    })),
  ];
}

function related(study: StudyDescription): object[] {
  const source = publicSource(study);
  return [
    ...study.publications.flatMap(({ doi }) =>
      doi === undefined
        ? []
        : [{ relatedIdentifier: doi, relatedIdentifierType: 'DOI', relationType: 'IsDocumentedBy' }],
    ),
    ...(source === undefined
      ? []
      : [{ relatedIdentifier: source, relatedIdentifierType: 'URL', relationType: 'IsDerivedFrom' }]),
  ];
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

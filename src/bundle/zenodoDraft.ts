import { paragraphs } from './html.js';
import { LICENSES, type StudyDescription } from './studyDescription.js';
import { curie } from './studyGraph.js';
import {
  affiliationsOf,
  contentText,
  counted,
  nameParts,
  publicSource,
  type StudySummary,
  studySummary,
} from './studySummary.js';

/** The body of `POST /api/records` of InvenioRDM; what is missing in the study is left out. */
export interface ZenodoDraft {
  readonly access: { readonly record: 'public'; readonly files: 'public' };
  readonly files: { readonly enabled: true; readonly default_preview: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly custom_fields?: Readonly<Record<string, unknown>>;
}

/** Roles of the BioImage Archive's form in InvenioRDM's vocabulary (role ids are lower case). */
const ROLES: Readonly<Record<string, string>> = {
  'corresponding author': 'contactperson',
  'data steward': 'datacurator',
  'data acquisition': 'datacollector',
  'data analyst': 'researcher',
  'experiment performer': 'researcher',
  investigator: 'researcher',
  'principal investigator': 'projectleader',
};

/**
 * A study as a draft record of InvenioRDM (service schema of invenio-rdm-records v34). `customFields` adds the fields
 * that Zenodo has and other servers refuse (dwc, ac, legacy subjects).
 */
export function zenodoDraft(study: StudyDescription, options: { readonly customFields?: boolean } = {}): ZenodoDraft {
  const summary = studySummary(study);
  const metadata = {
    resource_type: { id: 'dataset' },
    title: study.title,
    publisher: 'Zenodo',
    publication_date: study.releaseDate,
    description: study.description && paragraphs(study.description),
    additional_descriptions: some(descriptions(study, summary)),
    creators: some(study.authors.map((author) => creator(study, author))),
    subjects: some(subjects(study, summary).map((subject) => ({ subject }))),
    rights: study.license && [{ id: LICENSES[study.license].spdx.toLowerCase() }],
    dates: study.acquired && [
      {
        date: `${study.acquired.first}/${study.acquired.last}`,
        type: { id: 'collected' },
        description: 'Image acquisition',
      },
    ],
    related_identifiers: some(related(study)),
    funding: some(study.funding.grants.flatMap(grant)),
    sizes: some(sizes(summary)),
    formats: some(summary.formats),
  };
  return {
    access: { record: 'public', files: 'public' },
    files: { enabled: true, default_preview: 'README.md' },
    metadata: said(metadata),
    ...(options.customFields !== false && { custom_fields: customFields(summary) }),
  };
}

function creator(study: StudyDescription, author: StudyDescription['authors'][number]): object {
  const { given, family } = nameParts(author.name);
  const role = ROLES[author.role ?? ''];
  return said({
    person_or_org: said({
      type: 'personal',
      family_name: family,
      given_name: given || undefined,
      identifiers: author.orcid && [{ scheme: 'orcid', identifier: author.orcid }],
    }),
    role: role && { id: role },
    // By name: an id must be in the server's own list of organizations, a name always works.
    affiliations: some([...new Set(affiliationsOf(study, author).map((o) => o.name))].map((name) => ({ name }))),
  });
}

/** Words under which a study is found: its keywords, organisms and methods. */
export function subjects(study: StudyDescription, summary: StudySummary): string[] {
  const names = [...summary.organisms.map((o) => o.scientificName), ...summary.methods.map((m) => m.label)];
  return [...new Set([...study.keywords, ...names])];
}

function descriptions(study: StudyDescription, summary: StudySummary): object[] {
  const methods = methodsText(study);
  const technical = [`${contentText(summary)}, described by omegraph from ${study.container}.`];
  return [
    ...(methods === '' ? [] : [{ description: paragraphs(methods), type: { id: 'methods' } }]),
    { description: paragraphs(technical.join(' ')), type: { id: 'technical-info' } },
    ...(study.acknowledgements === undefined
      ? []
      : [{ description: paragraphs(study.acknowledgements), type: { id: 'other' } }]),
  ];
}

/** How samples were prepared and imaged, one paragraph a section. */
export function methodsText(study: StudyDescription): string {
  const sentence = (...parts: readonly (string | undefined)[]): string =>
    parts
      .filter((part) => part !== undefined && part !== '')
      .map((part) => part?.replace(/([^.!?…])$/, '$1.'))
      .join(' ');
  return [
    ...study.biosamples.map((s) =>
      sentence(
        `Biosample: ${s.title}`,
        s.organisms.map((o) => o.scientificName).join(', '),
        s.biologicalEntity === s.title ? undefined : s.biologicalEntity,
        s.description,
        ...s.intrinsicVariables,
        ...s.extrinsicVariables,
        ...s.experimentalVariables,
      ),
    ),
    ...study.specimens.map((s) => sentence('Specimen', s.samplePreparation, s.growthProtocol)),
    ...study.imageAcquisitions.map((a) =>
      sentence(`Image acquisition: ${a.methods.map((m) => m.label).join(', ') || a.title}`, a.instrument, a.parameters),
    ),
    ...study.imageCorrelations.map((c) => sentence(`Image correlation: ${c.title}`, c.alignment, c.fiducials)),
    ...study.imageAnalyses.map((a) => sentence(`Image analysis: ${a.title}`, a.overview)),
  ].join('\n\n');
}

function related(study: StudyDescription): object[] {
  const source = publicSource(study);
  return [
    ...study.publications.flatMap(({ doi }) =>
      doi === undefined
        ? []
        : [
            {
              identifier: doi,
              scheme: 'doi',
              relation_type: { id: 'isdocumentedby' },
              resource_type: { id: 'publication-article' },
            },
          ],
    ),
    ...(source === undefined ? [] : [{ identifier: source, scheme: 'url', relation_type: { id: 'isderivedfrom' } }]),
    ...study.links.map((link) => ({ identifier: link.url, scheme: 'url', relation_type: { id: 'references' } })),
  ];
}

function grant({ agency, id }: StudyDescription['funding']['grants'][number]): object[] {
  if (agency === undefined) return [];
  return [said({ funder: { name: agency }, award: id && { title: { en: `${agency} ${id}` }, number: id } })];
}

function sizes(summary: StudySummary): string[] {
  const bytes = summary.bytes === undefined ? [] : [`${summary.bytes} bytes`];
  return [counted(summary.images, 'image'), ...bytes];
}

function customFields(summary: StudySummary): Readonly<Record<string, unknown>> {
  const terms = [
    ...summary.organisms.flatMap((o) =>
      o.taxonIri === undefined ? [] : [{ iri: o.taxonIri, label: o.scientificName }],
    ),
    ...summary.methods,
    ...summary.subjects,
  ];
  return said({
    'dwc:scientificName': some(summary.organisms.map((o) => o.scientificName)),
    'dwc:taxonID': some(summary.organisms.flatMap((o) => (o.taxonIri === undefined ? [] : [curie(o.taxonIri)]))),
    'ac:captureDevice': some(summary.instruments),
    'ac:resourceCreationTechnique': some(summary.methods.map((m) => `${m.label} (${curie(m.iri)})`)),
    'legacy:subjects': some(terms.map(({ iri, label }) => ({ term: label, identifier: iri, scheme: 'url' }))),
  });
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function said(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== ''));
}

import type { BundleFile } from './bundleFolder.js';
import { type CrateEntity, entity, pathId, type Reference, ref, some } from './crateEntity.js';
import { LICENSES, type OntologyTerm, type StudyDescription } from './studyDescription.js';
import { curie } from './studyGraph.js';
import { affiliationsOf, mediaType, nameParts, publicSource, type StudySummary, studySummary } from './studySummary.js';

/** A file of the crate with a sentence about it. */
export interface CrateFile extends BundleFile {
  readonly description: string;
}

/** Metadata of an attached RO-Crate. */
export interface RoCrate {
  readonly '@context': string;
  readonly '@graph': readonly CrateEntity[];
}

/**
 * A study as an RO-Crate 1.2 that can stand on its own: people by ORCID, organizations by ROR, the organism as `about`
 * and the imaging method as `measurementMethod`, as the GIDE profile of bioimaging archives has them.
 */
export function roCrate(study: StudyDescription, files: readonly CrateFile[]): RoCrate {
  const summary = studySummary(study);
  const people = peopleEntities(study);
  const context = contextEntities(study, summary);
  const license = study.license && LICENSES[study.license];
  const source = publicSource(study);
  const root = entity('./', 'Dataset', {
    name: study.title,
    description: study.description,
    datePublished: study.releaseDate,
    license: license && ref(license.url),
    keywords: some(study.keywords),
    author: some(people.authors),
    publisher: ref('https://zenodo.org/'),
    about: some(context.about.map((e) => ref(e['@id']))),
    measurementMethod: some(context.methods.map((e) => ref(e['@id']))),
    mentions: some(context.components.map((e) => ref(e['@id']))),
    citation: some(context.publications.map((e) => ref(e['@id']))),
    funder: some(context.funders.map((e) => ref(e['@id']))),
    funding: some(context.grants.map((e) => ref(e['@id']))),
    size: context.sizes.map((e) => ref(e['@id'])),
    temporalCoverage: study.acquired && `${study.acquired.first}/${study.acquired.last}`,
    isBasedOn: source && ref(source),
    conditionsOfAccess: 'http://purl.org/coar/access_right/c_abf2',
    isAccessibleForFree: true,
    hasPart: files.map((file) => ref(pathId(file.path))),
  });
  const graph = [
    entity('ro-crate-metadata.json', 'CreativeWork', {
      conformsTo: ref('https://w3id.org/ro/crate/1.2'),
      about: ref('./'),
    }),
    root,
    ...files.map((file) =>
      entity(pathId(file.path), 'File', {
        name: file.path,
        description: file.description,
        encodingFormat: mediaType(file.path),
        contentSize: String(file.bytes),
        sha256: file.sha256,
      }),
    ),
    ...people.entities,
    entity('https://zenodo.org/', 'Organization', { name: 'Zenodo', url: 'https://zenodo.org/' }),
    ...(license === undefined
      ? []
      : [
          entity(license.url, 'CreativeWork', {
            name: license.name,
            identifier: license.spdx,
            description: `The licence ${license.spdx} by Creative Commons`,
          }),
        ]),
    ...(source === undefined ? [] : [entity(source, 'CreativeWork', { name: study.container, url: source })]),
    ...Object.values(context).flat(),
  ];
  return {
    '@context': 'https://w3id.org/ro/crate/1.2/context',
    '@graph': [...new Map(graph.map((e) => [e['@id'], e])).values()],
  };
}

function peopleEntities(study: StudyDescription): { authors: Reference[]; entities: CrateEntity[] } {
  const organization = (o: StudyDescription['organizations'][number]): string =>
    o.ror ?? `#organization-${encodeURIComponent(o.id)}`;
  const people = study.authors.map((author, i) => {
    const { given, family } = nameParts(author.name);
    return entity(author.orcid === undefined ? `#author-${i + 1}` : `https://orcid.org/${author.orcid}`, 'Person', {
      name: [given, family].join(' ').trim(),
      givenName: given,
      familyName: family,
      affiliation: some(affiliationsOf(study, author).map((o) => ref(organization(o)))),
    });
  });
  const named = study.organizations
    .filter((o) => study.authors.some((author) => author.affiliations.includes(o.id)))
    .map((o) => entity(organization(o), 'Organization', { name: o.name, address: o.address, url: o.ror }));
  return { authors: people.map((person) => ref(person['@id'])), entities: [...people, ...named] };
}

interface ContextEntities {
  readonly about: readonly CrateEntity[];
  readonly methods: readonly CrateEntity[];
  readonly components: readonly CrateEntity[];
  readonly publications: readonly CrateEntity[];
  readonly funders: readonly CrateEntity[];
  readonly grants: readonly CrateEntity[];
  readonly sizes: readonly CrateEntity[];
}

function contextEntities(study: StudyDescription, summary: StudySummary): ContextEntities {
  const agencies = [...new Set(study.funding.grants.flatMap((grant) => grant.agency ?? []))];
  const funder = (agency: string): string => `#funder-${agencies.indexOf(agency) + 1}`;
  const unit = 'http://purl.obolibrary.org/obo/';
  return {
    about: [
      ...summary.organisms.map((organism) =>
        entity(
          organism.taxonIri ?? `#organism-${encodeURIComponent(organism.scientificName)}`,
          organism.taxonIri === undefined ? 'Taxon' : ['Taxon', 'DefinedTerm'],
          {
            name: organism.scientificName,
            alternateName: organism.commonName,
            termCode: organism.taxonIri && curie(organism.taxonIri),
          },
        ),
      ),
      ...summary.subjects.map(definedTerm),
    ],
    methods: summary.methods.map(definedTerm),
    components: study.studyComponents.map((component, i) =>
      entity(`#component-${i + 1}`, 'Collection', { name: component.name, description: component.description }),
    ),
    publications: study.publications.map((publication, i) =>
      entity(
        publication.doi === undefined ? `#publication-${i + 1}` : `https://doi.org/${publication.doi}`,
        'ScholarlyArticle',
        {
          name: publication.title,
          datePublished: publication.year,
          creditText: publication.authors,
        },
      ),
    ),
    funders: agencies.map((name) => entity(funder(name), 'Organization', { name })),
    grants: study.funding.grants.map((grant, i) =>
      entity(`#grant-${i + 1}`, 'Grant', {
        name: [grant.agency, grant.id].filter((part) => part !== undefined).join(' '),
        identifier: grant.id,
        funder: grant.agency && ref(funder(grant.agency)),
      }),
    ),
    sizes: [
      entity('#size-files', 'QuantitativeValue', {
        name: 'Number of image files',
        value: summary.files,
        unitCode: `${unit}UO_0000189`,
        unitText: 'count unit',
      }),
      ...(summary.bytes === undefined
        ? []
        : [
            entity('#size-bytes', 'QuantitativeValue', {
              name: 'Size of the image files',
              value: summary.bytes,
              unitCode: `${unit}UO_0000233`,
              unitText: 'byte',
            }),
          ]),
    ],
  };
}

function definedTerm(term: OntologyTerm): CrateEntity {
  return entity(term.iri, 'DefinedTerm', { name: term.label, termCode: curie(term.iri) });
}

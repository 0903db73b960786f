import { biaFileList } from './biaFileList.js';
import { biaContext } from './biaRoCrateTerms.js';
import { type CrateEntity, entity, type Reference, ref, some } from './crateEntity.js';
import { type Associations, LICENSES, type StudyDescription } from './studyDescription.js';

/** The crate for a submission to the BioImage Archive: metadata (RO-Crate 1.1) and its one file list. */
export interface BiaRoCrate {
  readonly metadata: { readonly '@context': unknown; readonly '@graph': readonly CrateEntity[] };
  readonly fileList: string;
}

/**
 * A study as a crate of the profile bia-submission 0.3: every entity has exactly one BIA class, every reference is in
 * the graph, every column is declared. The accession is asked for before the archive has given one, so its own
 * example's `S-BIADXXXX` stands there unless `accession` is known.
 */
export function biaRoCrate(study: StudyDescription, accession = 'S-BIADXXXX'): BiaRoCrate {
  const ids = crateIds(study);
  const list = biaFileList(study, (association) => specimenOf(ids, association));
  const people = contributors(study);
  const datasets = [
    ...study.studyComponents.map((component, i) => componentEntity(component, i, ids)),
    ...study.annotations.map((annotation, i) =>
      entity(`#annotations-${i + 1}`, ['Dataset', 'bia:Dataset', 'bia:MifaDataset'], {
        name: annotation.title,
        description: annotation.overview,
        associatedAnnotationMethod: [ref(`#annotation-method-${i + 1}`)],
      }),
    ),
  ];
  const graph: CrateEntity[] = [
    entity('ro-crate-metadata.json', ['CreativeWork'], {
      conformsTo: ref('https://w3id.org/ro/crate/1.1'),
      about: ref('./'),
    }),
    entity('./', ['Dataset', 'bia:Study'], {
      name: study.title,
      description: study.description,
      license: study.license && LICENSES[study.license].url,
      datePublished: study.releaseDate,
      accessionId: accession,
      author: people.authors,
      hasPart: [ref('file_list.tsv'), ...datasets.map((dataset) => ref(dataset['@id']))],
      keywords: some(study.keywords),
      acknowledgement: study.acknowledgements,
      fundingStatement: study.funding.statement,
      funding: some(study.funding.grants.map((_, i) => ref(`#grant-${i + 1}`))),
      relatedPublication: some(study.publications.map(publicationId).map(ref)),
      seeAlso: some(study.links.map((link) => ref(link.url))),
    }),
    ...people.entities,
    ...datasets,
    ...sampleEntities(study, ids),
    ...methodEntities(study, ids),
    ...contextEntities(study),
    ...list.entities,
  ];
  return { metadata: { '@context': biaContext(), '@graph': graph }, fileList: list.text };
}

/** Ids by title, and one specimen for each pair of biosample and preparation (BIA's Specimen joins the two). */
interface CrateIds {
  readonly biosample: ReadonlyMap<string, string>;
  readonly preparation: ReadonlyMap<string, string>;
  readonly acquisition: ReadonlyMap<string, string>;
  readonly correlation: ReadonlyMap<string, string>;
  readonly analysis: ReadonlyMap<string, string>;
  readonly specimens: ReadonlyMap<
    string,
    { readonly id: string; readonly biosample: string; readonly preparation: string }
  >;
}

function crateIds(study: StudyDescription): CrateIds {
  const numbered = (prefix: string, sections: readonly { readonly title: string }[]): ReadonlyMap<string, string> =>
    new Map(sections.map(({ title }, i) => [title, `#${prefix}-${i + 1}`]));
  const specimens = new Map<string, { id: string; biosample: string; preparation: string }>();
  for (const { biosample, specimen } of study.studyComponents.flatMap((component) => component.associations)) {
    if (biosample === undefined || specimen === undefined) continue;
    const key = pair(biosample, specimen);
    if (!specimens.has(key))
      specimens.set(key, { id: `#specimen-${specimens.size + 1}`, biosample, preparation: specimen });
  }
  return {
    biosample: numbered('biosample', study.biosamples),
    preparation: numbered('prep', study.specimens),
    acquisition: numbered('acq', study.imageAcquisitions),
    correlation: numbered('correlation', study.imageCorrelations),
    analysis: numbered('analysis', study.imageAnalyses),
    specimens,
  };
}

function pair(biosample: string, specimen: string): string {
  return JSON.stringify([biosample, specimen]);
}

function specimenOf(ids: CrateIds, association: Associations | undefined): string | undefined {
  return ids.specimens.get(pair(association?.biosample ?? '', association?.specimen ?? ''))?.id;
}

function componentEntity(
  component: StudyDescription['studyComponents'][number],
  i: number,
  ids: CrateIds,
): CrateEntity {
  const all = (kind: keyof Associations, map: ReadonlyMap<string, string>): readonly Reference[] | undefined =>
    some([...new Set(component.associations.flatMap((a) => map.get(a[kind] ?? '') ?? []))].map(ref));
  const specimen = component.associations.map((a) => specimenOf(ids, a)).find((id) => id !== undefined);
  return entity(`#dataset-${i + 1}`, ['Dataset', 'bia:Dataset', 'bia:RembiDataset'], {
    name: component.name,
    description: component.description,
    associatedBiologicalEntity: all('biosample', ids.biosample),
    associatedSpecimen: specimen && ref(specimen),
    associatedSpecimenImagingPreparationProtocol: all('specimen', ids.preparation),
    associatedImageAcquisitionProtocol: all('imageAcquisition', ids.acquisition),
    associatedImageAnalysisMethod: all('imageAnalysis', ids.analysis),
    associatedImageCorrelationMethod: all('imageCorrelation', ids.correlation),
  });
}

function contributors(study: StudyDescription): { authors: Reference[]; entities: CrateEntity[] } {
  const organizations = new Map(study.organizations.map((o) => [o.id, o.ror ?? `#org-${encodeURIComponent(o.id)}`]));
  const people = study.authors.map((author, i) =>
    entity(
      author.orcid === undefined ? `#contributor-${i + 1}` : `https://orcid.org/${author.orcid}`,
      ['Person', 'bia:Contributor'],
      {
        name: author.name,
        email: author.email,
        role: author.role && [author.role],
        memberOf: some(author.affiliations.flatMap((id) => organizations.get(id) ?? []).map(ref)),
      },
    ),
  );
  const named = study.organizations
    .filter((o) => study.authors.some((author) => author.affiliations.includes(o.id)))
    .map((o) =>
      entity(organizations.get(o.id) ?? '', ['Organization', 'bia:Affiliation'], { name: o.name, address: o.address }),
    );
  const entities = [...new Map([...people, ...named].map((e) => [e['@id'], e])).values()];
  return { authors: people.map((person) => ref(person['@id'])), entities };
}

function sampleEntities(study: StudyDescription, ids: CrateIds): CrateEntity[] {
  const taxa = new Map<string, CrateEntity>();
  const samples = study.biosamples.map((sample) => {
    const organisms = sample.organisms.map((organism) => {
      const id = organism.taxonIri ?? `#taxon-${encodeURIComponent(organism.scientificName.replaceAll(' ', '-'))}`;
      const { scientificName, commonName } = organism;
      if (!taxa.has(id)) taxa.set(id, entity(id, ['bia:Taxon'], { scientificName, commonName }));
      return ref(id);
    });
    const growth = study.studyComponents
      .flatMap((component) => component.associations)
      .filter((association) => association.biosample === sample.title)
      .map((association) =>
        study.specimens.findIndex((s) => s.title === association.specimen && s.growthProtocol !== undefined),
      )
      .find((index) => index >= 0);
    return entity(ids.biosample.get(sample.title) ?? '', ['bia:BioSample'], {
      name: sample.title,
      description:
        [sample.biologicalEntity, sample.description].filter((text) => text !== undefined).join('. ') || undefined,
      organismClassification: some(organisms),
      intrinsicVariableDescription: some(sample.intrinsicVariables),
      extrinsicVariableDescription: some(sample.extrinsicVariables),
      experimentalVariableDescription: some(sample.experimentalVariables),
      growthProtocol: growth === undefined ? undefined : ref(`#growth-${growth + 1}`),
    });
  });
  const specimens = [...ids.specimens.values()].map(({ id, biosample, preparation }) =>
    entity(id, ['bia:Specimen'], {
      biologicalEntity: [ref(ids.biosample.get(biosample) ?? '')],
      imagingPreparationProtocol: [ref(ids.preparation.get(preparation) ?? '')],
    }),
  );
  const protocols = study.specimens.flatMap((specimen, i) => {
    const channels = specimen.channels.map((channel) =>
      entity(`#channel-${i + 1}-${channel.identifier}`, ['bia:SignalChannel'], {
        identifier: channel.identifier,
        channelContentDescription: channel.content,
        channelBiologicalEntity: channel.biologicalEntity,
        signalContrastMechanismDescription: channel.contrastMechanism,
      }),
    );
    const growth = `#growth-${i + 1}`;
    const isUsed = samples.some((s) => JSON.stringify(s.growthProtocol) === JSON.stringify(ref(growth)));
    return [
      entity(ids.preparation.get(specimen.title) ?? '', ['bia:SpecimenImagingPreparationProtocol'], {
        name: specimen.title,
        description: specimen.samplePreparation,
        signalChannelInformation: some(channels.map((channel) => ref(channel['@id']))),
      }),
      ...channels,
      ...(isUsed
        ? [entity(growth, ['bia:Protocol'], { name: 'Growth protocol', description: specimen.growthProtocol })]
        : []),
    ];
  });
  return [...samples, ...taxa.values(), ...specimens, ...protocols];
}

function methodEntities(study: StudyDescription, ids: CrateIds): CrateEntity[] {
  return [
    ...study.imageAcquisitions.map((acquisition) =>
      entity(ids.acquisition.get(acquisition.title) ?? '', ['bia:ImageAcquisitionProtocol'], {
        name: acquisition.title,
        description: acquisition.parameters,
        imagingInstrumentDescription: acquisition.instrument,
        imagingMethodName: some(acquisition.methods.map((method) => method.label)),
        fbbiId: some(acquisition.methods.flatMap((method) => method.fbbi ?? [])),
      }),
    ),
    ...study.imageCorrelations.map((correlation) =>
      entity(ids.correlation.get(correlation.title) ?? '', ['bia:ImageCorrelationMethod'], {
        name: correlation.title,
        description: correlation.alignment,
        fiducialsUsed: correlation.fiducials,
        transformationMatrix: correlation.transformationMatrix,
      }),
    ),
    ...study.imageAnalyses.map((analysis) =>
      entity(ids.analysis.get(analysis.title) ?? '', ['bia:ImageAnalysisMethod'], {
        name: analysis.title,
        description: analysis.overview,
        featuresAnalysed: analysis.features,
      }),
    ),
    ...study.annotations.map((annotation, i) =>
      entity(`#annotation-method-${i + 1}`, ['bia:AnnotationMethod'], {
        name: annotation.title,
        description: annotation.method,
        methodType: some(annotation.types),
        annotationCriteria: annotation.criteria,
        annotationCoverage: annotation.coverage,
        annotationSourceIndicator: 'metadata_file',
      }),
    ),
  ];
}

function publicationId(publication: StudyDescription['publications'][number], i: number): string {
  return publication.doi === undefined ? `#publication-${i + 1}` : `https://doi.org/${publication.doi}`;
}

function contextEntities(study: StudyDescription): CrateEntity[] {
  const agencies = [...new Set(study.funding.grants.flatMap((grant) => grant.agency ?? []))];
  return [
    ...study.funding.grants.map((grant, i) =>
      entity(`#grant-${i + 1}`, ['Grant', 'bia:Grant'], {
        identifier: grant.id,
        funder: grant.agency === undefined ? undefined : [ref(`#funder-${agencies.indexOf(grant.agency) + 1}`)],
      }),
    ),
    ...agencies.map((name, i) => entity(`#funder-${i + 1}`, ['Organization', 'bia:FundingBody'], { name })),
    ...study.publications.map((publication, i) =>
      entity(publicationId(publication, i), ['ScholarlyArticle', 'bia:Publication'], {
        name: publication.title,
        doi: publication.doi,
        authorNames: publication.authors,
        yearPublished: publication.year === undefined ? undefined : Number(publication.year),
        pubmedId: publication.pubmedId,
      }),
    ),
    ...study.links.map((link) => entity(link.url, ['bia:ExternalReference'], { description: link.description })),
  ];
}

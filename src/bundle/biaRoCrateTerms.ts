/** Terms of a list value are JSON arrays in BIA's crates; the others are single. */
type Container = 'set' | 'single';

const SCHEMA = 'schema:';
const BIA = 'bia:';

/**
 * Terms of the crates that the BioImage Archive reads (profile bia-submission 0.3), beyond RO-Crate's own: name, IRI,
 * whether it holds a list. The names moved twice within a year, so they live in this one table.
 */
const TERMS: readonly (readonly [term: string, iri: string, container: Container])[] = [
  ['accessionId', BIA, 'single'],
  ['acknowledgement', BIA, 'single'],
  ['additionalType', SCHEMA, 'single'],
  ['address', SCHEMA, 'single'],
  ['annotationCoverage', BIA, 'single'],
  ['annotationCriteria', BIA, 'single'],
  ['annotationSourceIndicator', BIA, 'single'],
  ['associatedAnnotationMethod', BIA, 'set'],
  ['associatedBiologicalEntity', BIA, 'set'],
  ['associatedImageAcquisitionProtocol', BIA, 'set'],
  ['associatedImageAnalysisMethod', 'bia:associatedAnalysisMethod', 'set'],
  ['associatedImageCorrelationMethod', 'bia:associatedCorrelationMethod', 'set'],
  ['associatedSpecimen', 'bia:associatedSubject', 'single'],
  ['associatedSpecimenImagingPreparationProtocol', 'bia:associatedImagingPreparationProtocol', 'set'],
  ['author', SCHEMA, 'set'],
  ['authorNames', BIA, 'single'],
  ['biologicalEntity', 'bia:sampleOf', 'set'],
  ['channelBiologicalEntity', BIA, 'single'],
  ['channelContentDescription', BIA, 'single'],
  ['column', 'csvw:column', 'set'],
  ['columnName', 'csvw:name', 'single'],
  ['commonName', 'http://rs.tdwg.org/dwc/terms/vernacularName', 'single'],
  ['datePublished', SCHEMA, 'single'],
  ['description', SCHEMA, 'single'],
  ['doi', BIA, 'single'],
  ['email', SCHEMA, 'single'],
  ['experimentalVariableDescription', BIA, 'set'],
  ['extrinsicVariableDescription', BIA, 'set'],
  ['fbbiId', BIA, 'set'],
  ['featuresAnalysed', BIA, 'single'],
  ['fiducialsUsed', BIA, 'single'],
  ['funder', SCHEMA, 'set'],
  ['funding', SCHEMA, 'set'],
  ['fundingStatement', BIA, 'single'],
  ['growthProtocol', BIA, 'single'],
  ['hasPart', SCHEMA, 'set'],
  ['identifier', SCHEMA, 'single'],
  ['imagingInstrumentDescription', BIA, 'single'],
  ['imagingMethodName', BIA, 'set'],
  ['imagingPreparationProtocol', BIA, 'set'],
  ['intrinsicVariableDescription', BIA, 'set'],
  ['keywords', SCHEMA, 'set'],
  ['license', SCHEMA, 'single'],
  ['memberOf', SCHEMA, 'set'],
  ['methodType', 'bia:annotationMethodType', 'set'],
  ['name', SCHEMA, 'single'],
  ['organismClassification', 'schema:taxonomicRange', 'set'],
  ['propertyUrl', 'csvw:propertyUrl', 'single'],
  ['pubmedId', BIA, 'single'],
  ['relatedPublication', BIA, 'set'],
  ['role', BIA, 'set'],
  ['scientificName', 'http://rs.tdwg.org/dwc/terms/scientificName', 'single'],
  ['seeAlso', 'http://www.w3.org/2000/01/rdf-schema#seeAlso', 'set'],
  ['signalChannelInformation', BIA, 'set'],
  ['signalContrastMechanismDescription', BIA, 'single'],
  ['tableSchema', 'csvw:tableSchema', 'single'],
  ['transformationMatrix', BIA, 'single'],
  ['website', BIA, 'single'],
  ['yearPublished', BIA, 'single'],
];

/** The context of the crate: RO-Crate 1.1 by reference, BIA's terms in place, since no address serves them. */
export function biaContext(): [string, Record<string, unknown>] {
  const terms = TERMS.map(([term, iri, container]) => [
    term,
    { '@id': iri.endsWith(':') ? iri + term : iri, ...(container === 'set' && { '@container': '@set' }) },
  ]);
  return [
    'https://w3id.org/ro/crate/1.1/context',
    {
      '@type': { '@container': '@set' },
      bia: 'http://bia/',
      csvw: 'http://www.w3.org/ns/csvw#',
      rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
      schema: 'http://schema.org/',
      ...Object.fromEntries(terms),
    },
  ];
}

/** Columns of the crate's file list that have a meaning of their own; all others are free. */
export const BIA_COLUMNS: Readonly<Record<string, string>> = {
  file_path: 'http://bia/filePath',
  size_in_bytes: 'http://bia/sizeInBytes',
  dataset: 'http://schema.org/isPartOf',
  type: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type',
  label: 'http://schema.org/name',
  source_image: 'http://bia/associatedSourceImage',
  associated_specimen: 'http://bia/associatedSubject',
};

import { DataFactory, type NamedNode } from 'n3';

type Vocabulary<Term extends string> = { readonly [K in Term]: NamedNode };

/** One named node a term; a term that is not listed does not compile. */
function vocabulary<const Term extends string>(namespace: string, ...terms: Term[]): Vocabulary<Term> {
  return Object.freeze(
    Object.fromEntries(terms.map((t) => [t, DataFactory.namedNode(namespace + t)])),
  ) as Vocabulary<Term>;
}

/** Namespaces and the prefixes under which they are written. */
export const PREFIXES = {
  core: 'https://ld.openmicroscopy.org/core/',
  omekg: 'https://ld.openmicroscopy.org/omekg#',
  omg: 'https://w3id.org/omegraph/ontology#',
  rembi: 'https://w3id.org/omegraph/rembi#',
  dcterms: 'http://purl.org/dc/terms/',
  dc: 'http://purl.org/dc/elements/1.1/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  owl: 'http://www.w3.org/2002/07/owl#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  schema: 'http://schema.org/',
  dwc: 'http://rs.tdwg.org/dwc/terms/',
  dwciri: 'http://rs.tdwg.org/dwc/iri/',
  obo: 'http://purl.obolibrary.org/obo/',
  qudt: 'http://qudt.org/schema/qudt/',
  unit: 'http://qudt.org/vocab/unit/',
  prov: 'http://www.w3.org/ns/prov#',
  sssom: 'https://w3id.org/sssom/',
  semapv: 'https://w3id.org/semapv/vocab/',
  sh: 'http://www.w3.org/ns/shacl#',
  void: 'http://rdfs.org/ns/void#',
  dcat: 'http://www.w3.org/ns/dcat#',
  sd: 'http://www.w3.org/ns/sparql-service-description#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  bia: 'http://bia/',
} as const;

export const RDF = vocabulary(PREFIXES.rdf, 'type');
export const RDFS = vocabulary(PREFIXES.rdfs, 'label', 'comment', 'seeAlso', 'subClassOf');
export const XSD = vocabulary(
  PREFIXES.xsd,
  'string',
  'integer',
  'decimal',
  'double',
  'boolean',
  'date',
  'dateTime',
  'anyURI',
);

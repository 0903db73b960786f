import { readdirSync, readFileSync } from 'node:fs';
import { Store } from 'n3';
import { CORE, OMEKG, OMG } from '../../src/map/graphTerms.js';
import { OMG as OMG_OF_SHAPES } from '../../src/audit/shaclTerms.js';
import { ENUMERATIONS } from '../../src/ome/enumerations.js';
import { OME_SCHEMA } from '../../src/ome/schema.js';
import { REMBI_FIELDS } from '../../src/rdf/rembi.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { turtle } from '../audit/turtle.js';

const words = (text: string): string[] => text.trim().split(/\s+/);
const snake = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const local = (terms: Readonly<Record<string, { readonly value: string }>>): string[] =>
  Object.values(terms).map((t) => t.value.replace(/^.*[#/]/, ''));

/** Terms of other vocabularies, which do not change any more. */
const CLOSED: Readonly<Record<string, readonly string[]>> = {
  [PREFIXES.rdf]: words(
    'type first rest nil value subject predicate object Statement List Property Bag Seq Alt langString HTML XMLLiteral JSON',
  ),
  [PREFIXES.rdfs]: words(
    'label comment seeAlso isDefinedBy subClassOf subPropertyOf domain range member Class Resource Literal Datatype Container ContainerMembershipProperty',
  ),
  [PREFIXES.xsd]:
    words(`string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay gYearMonth
    gMonthDay duration yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort unsignedInt unsignedLong
    positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger hexBinary base64Binary anyURI language normalizedString
    token NMTOKEN Name NCName QName NOTATION anyType anySimpleType anyAtomicType ID IDREF ENTITY`),
  [PREFIXES.dc]:
    words(`contributor coverage creator date description format identifier language publisher relation rights source
    subject title type`),
  [PREFIXES.dcterms]:
    words(`abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available
    bibliographicCitation conformsTo contributor coverage created creator date dateAccepted dateCopyrighted dateSubmitted
    description educationLevel extent format hasFormat hasPart hasVersion identifier instructionalMethod isFormatOf isPartOf
    isReferencedBy isReplacedBy isRequiredBy isVersionOf issued language license mediator medium modified provenance publisher
    references relation replaces requires rights rightsHolder source spatial subject tableOfContents temporal title type valid
    Agent AgentClass BibliographicResource FileFormat Frequency Jurisdiction LicenseDocument LinguisticSystem Location
    LocationPeriodOrJurisdiction MediaType MediaTypeOrExtent MethodOfAccrual MethodOfInstruction PeriodOfTime PhysicalMedium
    PhysicalResource Policy ProvenanceStatement RightsStatement SizeOrDuration Standard Box DCMIType DDC IMT ISO3166 LCC LCSH
    MESH NLM Period Point RFC1766 RFC3066 RFC4646 RFC5646 TGN UDC URI W3CDTF`),
};

/** Every term of the vocabularies that the graph of an export is written in and that are closed, by namespace. */
export function knownTerms(): Record<string, string[]> {
  const ontology = new Store(
    readdirSync('ontologies')
      .filter((f) => f.endsWith('.ttl'))
      .flatMap((f) => turtle(readFileSync(`ontologies/${f}`, 'utf8'))),
  );
  const defined = (namespace: string): string[] =>
    ontology
      .getSubjects(null, null, null)
      .flatMap((t) => (t.value.startsWith(namespace) ? t.value.slice(namespace.length) : []));
  const enumerations = Object.entries(ENUMERATIONS).flatMap(([name, values]) => [
    name,
    ...[...values].map((value) => `${name}#${encodeURIComponent(value)}`),
  ]);
  const open: Readonly<Record<string, readonly string[]>> = {
    [PREFIXES.core]: [
      ...Object.keys(OME_SCHEMA),
      ...words('Fileset OriginalFile'),
      ...words('Boolean Comment Double File List Long Map Tag Term Timestamp XML').map((t) => `${t}Annotation`),
      ...Object.values(OME_SCHEMA).flatMap((attributes) => Object.keys(attributes).map(snake)),
      ...local(CORE),
      ...defined(PREFIXES.core),
      ...enumerations,
    ],
    [PREFIXES.omekg]: [...local(OMEKG), ...defined(PREFIXES.omekg)],
    [PREFIXES.omg]: [...local(OMG), ...local(OMG_OF_SHAPES), ...defined(PREFIXES.omg)],
    [PREFIXES.rembi]: Object.keys(REMBI_FIELDS),
  };
  return Object.fromEntries(
    Object.entries({ ...open, ...CLOSED }).map(([namespace, names]) => [
      namespace,
      [...new Set(names)].filter((n) => n !== '').sort(),
    ]),
  );
}

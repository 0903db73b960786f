import type { ValueKind } from '../terms/valueKinds.js';

/** A registry's identifiers: how they are written, and the IRI that names what they identify. */
export interface IdentifierScheme {
  readonly name: string;
  /** The identifier itself; the first group is kept. */
  readonly id: RegExp;
  /** What may stand before it and says which scheme it is: prefixes and web addresses. */
  readonly before: RegExp;
  /** Kinds of values in which it needs nothing before it; undefined where its form is like no other. */
  readonly bare?: readonly ValueKind[] | undefined;
  /** Words of a key that say so when the identifier is a mere number. */
  readonly key?: RegExp | undefined;
  /** Form that is the same for the same identifier. */
  canonical?(id: string): string;
  /** Checks what the form cannot: check digits. */
  valid?(id: string): boolean;
  iri(id: string): string;
}

const IDENTIFIERS_ORG = 'https://identifiers.org/';
const GENES: readonly ValueKind[] = ['gene', 'protein', 'nucleicAcidReagent', 'genotype', 'identifier', 'quality'];
const web = (hostAndPath: string): string => `https?://(?:www\\.)?${hostAndPath}`;
const before = (...alternatives: string[]): RegExp => new RegExp(`^(?:${alternatives.join('|')})\\s*$`, 'iu');
/** `identifiers.org/{prefix}:` and `/`, with the prefixes that the registry itself knows. */
const resolver = (prefix: string): string => `${web('identifiers\\.org/')}${prefix}[:/]`;

/** Schemes in the order in which they are asked; the first that fits answers. */
export const IDENTIFIER_SCHEMES: readonly IdentifierScheme[] = [
  {
    name: 'ORCID',
    id: /^(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\/?$/iu,
    before: before('orcid(?: id)?:?', web('orcid\\.org/'), 'orcid\\.org/'),
    canonical: (id) => id.toUpperCase(),
    valid: (id) => orcidChecks(id),
    iri: (id) => `https://orcid.org/${id}`,
  },
  {
    name: 'DOI',
    id: /^(10\.\d{4,9}\/[^\s]{1,200}?)[.,;]?$/u,
    before: before('doi:?', web('(?:dx\\.)?doi\\.org/'), '(?:dx\\.)?doi\\.org/'),
    canonical: (id) => id.toLowerCase(),
    iri: (id) => `https://doi.org/${id}`,
  },
  {
    name: 'ROR',
    id: /^(0[a-hj-km-np-tv-z0-9]{6}\d{2})\/?$/iu,
    before: before('ror:?', web('ror\\.org/'), 'ror\\.org/'),
    bare: ['organization'],
    canonical: (id) => id.toLowerCase(),
    valid: (id) => rorChecks(id),
    iri: (id) => `https://ror.org/${id}`,
  },
  {
    name: 'RRID',
    id: /^((?:AB_\d{4,10}|CVCL_[A-Z0-9]{4}|SCR_\d{6}|(?:IMSR_[A-Z]+|BDSC|ZIRC|MMRRC|Addgene)[:_][A-Za-z0-9_-]{1,20}))$/u,
    before: before(
      'rrid:?',
      web('scicrunch\\.org/resolver/(?:RRID:)?'),
      web('antibodyregistry\\.org/(?:search\\?q=)?'),
      `${resolver('rrid')}(?:RRID:)?`,
      `${web('identifiers\\.org/')}RRID:`,
    ),
    bare: ['antibody', 'identifier'],
    iri: (id) => `${IDENTIFIERS_ORG}RRID:${id}`,
  },
  {
    name: 'PMC',
    id: /^(PMC\d{5,9})\/?$/iu,
    before: before(
      'pmcid:?',
      web('ncbi\\.nlm\\.nih\\.gov/pmc/articles/'),
      web('pmc\\.ncbi\\.nlm\\.nih\\.gov/articles/'),
      web('europepmc\\.org/articles?/(?:pmc/)?'),
    ),
    canonical: (id) => id.toUpperCase(),
    iri: (id) => `${IDENTIFIERS_ORG}pmc:${id}`,
  },
  {
    name: 'PubMed',
    id: /^([1-9]\d{0,8})\/?$/u,
    before: before(
      'pmid:?',
      'pubmed(?: id)?:?',
      web('pubmed\\.ncbi\\.nlm\\.nih\\.gov/'),
      web('ncbi\\.nlm\\.nih\\.gov/pubmed/'),
      resolver('pubmed'),
    ),
    bare: [],
    key: /\bpub ?med\b|\bpmid\b/iu,
    iri: (id) => `${IDENTIFIERS_ORG}pubmed:${id}`,
  },
  {
    name: 'Ensembl',
    id: /^(ENS(?:[A-Z]{3,4})?[GTPE]\d{11})(?:\.\d+)?$/u,
    before: before('ensembl:?', web('ensembl\\.org/id/'), resolver('ensembl')),
    iri: (id) => `${IDENTIFIERS_ORG}ensembl:${id}`,
  },
  {
    name: 'SGD',
    id: /^((?:Y[A-P][LR]\d{3}[WC](?:-[A-Z])?|S\d{9}))$/u,
    before: before('sgd:?', web('yeastgenome\\.org/locus/'), resolver('sgd')),
    bare: GENES,
    iri: (id) => `${IDENTIFIERS_ORG}sgd:${id}`,
  },
  {
    name: 'FlyBase',
    id: /^(FB(?:gn|al|ab|tr|pp|st|ti|tp)\d{7})$/u,
    before: before('flybase:?', 'fb:', web('flybase\\.org/reports/'), resolver('flybase')),
    iri: (id) => `${IDENTIFIERS_ORG}flybase:${id}`,
  },
  {
    name: 'WormBase',
    id: /^(WBGene\d{8})$/u,
    before: before('wormbase:?', 'wb:', resolver('wb')),
    iri: (id) => `${IDENTIFIERS_ORG}wb:${id}`,
  },
  {
    name: 'HGNC',
    id: /^([1-9]\d{0,5})$/u,
    before: before('hgnc:', 'hgnc id:?'),
    bare: [],
    key: /\bhgnc\b/iu,
    iri: (id) => `${IDENTIFIERS_ORG}hgnc:${id}`,
  },
  {
    name: 'RefSeq',
    id: /^((?:NM|NR|NP|XM|XR|XP|NC|NG)_\d{6,9})(?:\.\d+)?$/u,
    before: before('refseq:?', resolver('refseq')),
    iri: (id) => `${IDENTIFIERS_ORG}refseq:${id}`,
  },
  {
    name: 'NCBI Gene',
    id: /^([1-9]\d{0,8})\/?$/u,
    before: before(
      'ncbi ?gene:?',
      'gene ?id:?',
      'entrez(?: ?gene)?(?: id)?:?',
      web('ncbi\\.nlm\\.nih\\.gov/gene/(?:\\?term=)?'),
      resolver('ncbigene'),
    ),
    bare: [],
    key: /\bentrez\b|\bncbi ?gene\b/iu,
    iri: (id) => `${IDENTIFIERS_ORG}ncbigene:${id}`,
  },
  {
    name: 'UniProt',
    id: /^([OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2})$/u,
    before: before(
      'uniprot(?:kb)?:?',
      web('uniprot\\.org/uniprot(?:kb)?/'),
      'http://purl\\.uniprot\\.org/uniprot/',
      resolver('uniprot'),
    ),
    bare: ['protein'],
    key: /\buniprot/iu,
    iri: (id) => `http://purl.uniprot.org/uniprot/${id}`,
  },
  {
    name: 'InChIKey',
    id: /^([A-Z]{14}-[A-Z]{10}-[A-Z])$/u,
    before: before('inchi ?key[:=]?', resolver('inchikey')),
    iri: (id) => `${IDENTIFIERS_ORG}inchikey:${id}`,
  },
  {
    name: 'ChEMBL target',
    id: /^(CHEMBL[1-9]\d{0,9})\/?$/u,
    before: before(
      web('ebi\\.ac\\.uk/chembl(?:db)?/(?:target/inspect/|target_report_card/)'),
      resolver('chembl\\.target'),
    ),
    bare: [],
    iri: (id) => `${IDENTIFIERS_ORG}chembl.target:${id}`,
  },
  {
    name: 'ChEMBL',
    id: /^(CHEMBL[1-9]\d{0,9})\/?$/u,
    before: before(
      'chembl:',
      web('ebi\\.ac\\.uk/chembl(?:db)?/(?:compound/inspect/|compound_report_card/)'),
      resolver('chembl\\.compound'),
    ),
    // Targets have the same form.
    bare: ['compound'],
    iri: (id) => `${IDENTIFIERS_ORG}chembl.compound:${id}`,
  },
  {
    name: 'PubChem',
    id: /^(?:CID:? ?)?([1-9]\d{0,9})\/?$/iu,
    before: before(
      'pubchem(?: ?cid)?:?',
      'cid:? ?',
      web('pubchem\\.ncbi\\.nlm\\.nih\\.gov/compound/'),
      'http://rdf\\.ncbi\\.nlm\\.nih\\.gov/pubchem/compound/',
      resolver('pubchem\\.compound'),
    ),
    bare: [],
    key: /\bpub ?chem\b/iu,
    iri: (id) => `http://rdf.ncbi.nlm.nih.gov/pubchem/compound/CID${id}`,
  },
  {
    name: 'CAS',
    id: /^([1-9]\d{1,6}-\d{2}-\d)$/u,
    before: before('cas(?: ?(?:rn|no\\.?|number))?:?', resolver('cas')),
    bare: ['compound'],
    valid: (id) => casChecks(id),
    iri: (id) => `${IDENTIFIERS_ORG}cas:${id}`,
  },
  {
    name: 'BioSamples',
    id: /^(SAM(?:EA|N|D)\d{5,12})$/u,
    before: before('biosamples?:?', web('ebi\\.ac\\.uk/biosamples/samples/'), resolver('biosample')),
    iri: (id) => `${IDENTIFIERS_ORG}biosample:${id}`,
  },
  {
    name: 'BioStudies',
    id: /^(S-[A-Z]{4,8}\d{1,9})$/u,
    before: before(
      'biostudies:?',
      web('ebi\\.ac\\.uk/(?:biostudies/(?:[A-Za-z]+/)?studies/|bioimage-archive/)'),
      resolver('biostudies'),
    ),
    iri: (id) => `${IDENTIFIERS_ORG}biostudies:${id}`,
  },
];

/** ISO 7064 mod 11-2, the last character of an ORCID iD. */
export function orcidChecks(id: string): boolean {
  const digits = id.replaceAll('-', '');
  let total = 0;
  for (const d of digits.slice(0, 15)) total = ((total + Number(d)) * 2) % 11;
  const check = (12 - total) % 11;
  return digits.toUpperCase().endsWith(check === 10 ? 'X' : String(check));
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** ISO 7064 mod 97-10, the last two digits of a ROR ID. */
export function rorChecks(id: string): boolean {
  let number = 0;
  for (const c of id.slice(1, 7).toLowerCase()) number = number * 32 + CROCKFORD.indexOf(c);
  return 98 - ((number * 100) % 97) === Number(id.slice(7));
}

/** The last digit of a CAS Registry Number. */
export function casChecks(id: string): boolean {
  const digits = id.replaceAll('-', '');
  const total = [...digits.slice(0, -1)].reverse().reduce((sum, d, i) => sum + Number(d) * (i + 1), 0);
  return total % 10 === Number(digits.at(-1));
}

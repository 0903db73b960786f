import { PREFIXES } from '../rdf/vocabulary.js';

/** A term's identifier, in the spelling of its ontology. */
export interface Accession {
  /** Prefix as the ontology spells it: `FBbi`, `NCBITaxon`. */
  readonly prefix: string;
  /** The part after the prefix: `00000253`. */
  readonly local: string;
  /** `FBbi:00000253`. */
  readonly curie: string;
  readonly iri: string;
}

/** Stems of ontologies whose terms are not under the OBO PURL. */
const OWN_STEMS: Readonly<Record<string, string>> = {
  EFO: 'http://www.ebi.ac.uk/efo/EFO_',
  CMPO: 'http://www.ebi.ac.uk/cmpo/CMPO_',
  BAO: 'http://www.bioassayontology.org/bao#BAO_',
  CVCL: 'https://www.cellosaurus.org/CVCL_',
};

/** Ontologies of bioimaging annotations, in their own spelling; the case matters in an OBO PURL. */
const ONTOLOGIES = [
  'FBbi',
  'NCBITaxon',
  ...[
    'UBERON',
    'CL',
    'CLO',
    'BTO',
    'GO',
    'PATO',
    'CHEBI',
    'CHMO',
    'OBI',
    'COB',
    'UO',
    'MONDO',
    'DOID',
    'HP',
    'MP',
    'PO',
    'PR',
    'SO',
  ],
  ...[
    'FBbt',
    'FBdv',
    'WBbt',
    'WBls',
    'ZFA',
    'ZFS',
    'HANCESTRO',
    'HsapDv',
    'MmusDv',
    'EHDAA2',
    'EMAPA',
    'NCIT',
    'IAO',
    'NBO',
  ],
  ...Object.keys(OWN_STEMS),
] as const;

const BY_LOWER: ReadonlyMap<string, string> = new Map(ONTOLOGIES.map((o) => [o.toLowerCase(), o]));
/** Other spellings of the taxonomy's prefix that are in use. */
const TAXONOMY = /^(?:ncbi[\s_-]?(?:taxon(?:omy)?)?(?:[\s_-]?id)?|taxon|txid|taxid)$/i;

/** IRIs of terms: the place before the prefix does not matter, only prefix and local part do. */
const TERM_IRI = /^https?:\/\/[^\s]*[/#]([A-Za-z]{2,10}[0-9]?)[_:]([A-Za-z0-9]+)\/?$/;
const TAXON_PAGE = new RegExp(
  `^https?://(?:${[
    'purl\\.bioontology\\.org/ontology/NCBITAXON/',
    '(?:www\\.)?ncbi\\.nlm\\.nih\\.gov/(?:datasets/)?taxonomy/',
    '(?:www\\.)?ncbi\\.nlm\\.nih\\.gov/taxonomy/browser/wwwtax\\.cgi\\?(?:mode=\\w+&)?id=',
    'identifiers\\.org/taxonomy[/:]',
    '(?:www\\.|purl\\.)?uniprot\\.org/taxonomy/',
  ].join('|')})([0-9]+)(?:/|&\\S*)?$`,
  'i',
);
const CURIE = /^(?:obo:)?([A-Za-z][A-Za-z0-9 _-]{0,15}?)\s?[_:]\s?(?:txid|taxid)?([A-Za-z0-9]+)$/;

/**
 * Reads an accession in any of the spellings in use (`FBbi:00000253`, `FBBI_00000253`, `NCBI:txid9606`, a PURL) and
 * repairs the prefix; undefined when it is none of a known ontology.
 */
export function parseAccession(text: string): Accession | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 120) return undefined;
  const page = TAXON_PAGE.exec(trimmed);
  if (page) return accession('NCBITaxon', page[1] ?? '');
  const parts = TERM_IRI.exec(trimmed) ?? CURIE.exec(trimmed);
  return parts === null ? undefined : accession(parts[1] ?? '', parts[2] ?? '');
}

/** The accession in brackets at the end of a text: `spinning disk confocal microscopy (FBbi_00000253)`. */
export function embeddedAccession(text: string): { readonly label: string; readonly accession: Accession } | undefined {
  const match = /^(.*?)\s*[([]\s*([^()[\]]{3,80})[)\]]\s*$/s.exec(text);
  const found = match && parseAccession(match[2] ?? '');
  return found ? { label: (match[1] ?? '').trim(), accession: found } : undefined;
}

/** An accession of an ontology and a local id; undefined for an unknown ontology or an id without a digit. */
function accession(prefixAsWritten: string, local: string): Accession | undefined {
  const written = prefixAsWritten.trim();
  const prefix = TAXONOMY.test(written) ? 'NCBITaxon' : BY_LOWER.get(written.toLowerCase());
  if (prefix === undefined || !(prefix === 'CVCL' ? /^[A-Z0-9]{4}$/ : /^[0-9]+$/).test(local)) return undefined;
  return {
    prefix,
    local,
    curie: `${prefix}:${local}`,
    iri: termStem(prefix) + local,
  };
}

/** What stands before the local part in the IRIs of an ontology's terms: the OBO PURL unless it has its own. */
export function termStem(prefix: string): string {
  return OWN_STEMS[prefix] ?? `${PREFIXES.obo}${prefix}_`;
}

/** `FBbi:00000253` for `http://purl.obolibrary.org/obo/FBbi_00000253`; an IRI of no known ontology as it is. */
export function curieOf(iri: string): string {
  return parseAccession(iri)?.curie ?? iri;
}

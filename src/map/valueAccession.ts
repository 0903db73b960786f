import type { RembiField } from '../rdf/rembi.js';
import { type Accession, embeddedAccession, parseAccession } from '../terms/accession.js';
import { foldTerm, type TermIndex } from '../terms/termIndex.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { accessionOntologies } from './fieldOntologies.js';
import { identifierText } from './identifierText.js';
import { currentTerm } from './valueNames.js';

/** An accession in or beside a value. */
export interface NamedAccession {
  /** As written. */
  readonly text: string;
  /** The accession itself, where it stands in a longer text. */
  readonly written: string;
  /** Its term, the one in use where it is obsolete; undefined when the text is no accession of a known ontology. */
  readonly found:
    | {
        readonly iri: string;
        readonly curie: string;
        readonly label: string | undefined;
        /** Whether the value is one of its names. */
        readonly hasName: boolean;
      }
    | undefined;
  /** Whether it is a term of one of the ontologies that the field takes. */
  readonly agrees: boolean;
  /** Whether it is worth telling when it is not taken: not for ontologies that we cannot judge. */
  readonly odd: boolean;
  /** What is left of the value without it; undefined when the value was nothing else. */
  readonly rest: string | undefined;
  readonly rule: 'accession-in-value' | 'accession-beside';
}

/** Accessions of ontologies that are not at hand: nobody here can say whether they are right. */
const CLOSED = /^(?:https?:\/\/\S+|[A-Za-z][A-Za-z0-9._-]*[:_]\s?[A-Za-z0-9.-]*\d[A-Za-z0-9.-]*)$/;

/** The accession in a value or beside it; undefined when there is none. */
export function namedAccession(
  kind: ValueKind,
  field: RembiField,
  value: string,
  beside: string,
  terms: TermIndex | undefined,
): NamedAccession | undefined {
  const takes = accessionOntologies(field, kind);
  if (takes.length === 0) return undefined;
  const whole = parseAccession(value) ?? (kind === 'organism' ? bareTaxon(value, terms) : undefined);
  const embedded = whole === undefined ? embeddedAccession(value) : undefined;
  const inValue = whole ?? embedded?.accession;
  const text = inValue === undefined ? beside : value;
  if (text === '') return undefined;
  // A bare number beside an organism is an id of the taxonomy.
  const bare = field === 'organism' && /^\d{1,8}$/.test(text) ? `NCBITaxon:${text}` : text;
  const accession = inValue ?? parseAccession(bare);
  const rest = whole === undefined ? (embedded?.label ?? value) : undefined;
  return {
    text,
    written: inValue?.curie ?? bare,
    found: accession && termOf(accession, rest ?? value, terms),
    agrees: accession !== undefined && takes.includes(accession.prefix),
    odd: accession !== undefined || (!CLOSED.test(text) && identifierText(kind, text) === undefined),
    rest,
    rule: inValue === undefined ? 'accession-beside' : 'accession-in-value',
  };
}

function termOf(accession: Accession, value: string, terms: TermIndex | undefined): NamedAccession['found'] {
  const given = terms?.term(accession.curie);
  const term = given && terms && (currentTerm(given, terms) ?? given);
  if (term === undefined) return { iri: accession.iri, curie: accession.curie, label: undefined, hasName: false };
  const asked = foldTerm(value);
  const isName = (text: string): boolean => foldTerm(text) === asked;
  const hasName = isName(term.label) || term.synonyms.some((s) => s.scope === 'exact' && isName(s.text));
  return { iri: term.iri, curie: term.curie, label: term.label, hasName };
}

/** A number that is the id of a species, as the value of an organism: "9606". */
function bareTaxon(value: string, terms: TermIndex | undefined): Accession | undefined {
  if (!/^[1-9]\d{2,7}$/.test(value)) return undefined;
  const term = terms?.term(`NCBITaxon:${value}`);
  return term !== undefined && / /.test(term.label) ? parseAccession(term.curie) : undefined;
}

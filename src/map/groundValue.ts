import type { RembiField } from '../rdf/rembi.js';
import type { TermIndex } from '../terms/termIndex.js';
import { type ValueKind, valueKind } from '../terms/valueKinds.js';
import { type AccessionVerdict, auditAccession } from '../terms/accessionAudit.js';
import type { MappingSet, ValueMapping } from './mappingSet.js';
import { type NamedAccession, namedAccession } from './valueAccession.js';
import { type Reading, readValue } from './readValue.js';
import { VALUE_RULES, type ValueRule } from './valueRules.js';
import { visibleValue } from './valueText.js';

export type { ValueRule } from './valueRules.js';

/** What is asked about a value. */
export interface ValueQuestion {
  /** What sort of thing the value is; its key says so. */
  readonly kind: ValueKind;
  /** REMBI's field of the key; the kind's own without it. */
  readonly field?: RembiField | undefined;
  readonly value: string;
  /** The accession in the column beside it. */
  readonly accession?: string | undefined;
  /** CURIE of the sample's organism: parts and stages are looked up in that animal's ontology first. */
  readonly organism?: string | undefined;
}

/** What values are looked up in. */
export interface ValueContext {
  readonly mappings: MappingSet;
  readonly terms?: TermIndex | undefined;
}

/** A term, and how sure the decision for it is. */
export interface Grounded {
  readonly term: { readonly iri: string; readonly curie: string; readonly label: string | undefined };
  readonly rule: ValueRule;
  /** 0…1: of the row, times the trust in the rule. */
  readonly confidence: number;
  /** IRI of SSSOM's `mapping_justification`. */
  readonly justification: string;
  /** The row behind it; without one a name of the index or an accession is. */
  readonly row?: ValueMapping | undefined;
  /** The form of the text that was found, where it is another than the text. */
  readonly form?: string | undefined;
  /** Ontology of the index that the term was found in, with its version. */
  readonly source?: { readonly ontology: string; readonly version: string } | undefined;
}

/** A term that could have been meant, and why it was not taken. */
export interface LostCandidate {
  readonly curie: string | undefined;
  readonly label: string | undefined;
  readonly why: string;
}

/** Everything that is known about a value. */
export interface ValueAnswer {
  readonly grounded?: Grounded | undefined;
  /** A row says that there is no term for this value. */
  readonly none?: ValueMapping | undefined;
  /** An accession in or beside the value that is no term of the kind's ontologies, or another term than the text says. */
  readonly disagrees?: string | undefined;
  readonly lost: readonly LostCandidate[];
}

/** Verdicts after which an accession is not taken. */
const WRONG: ReadonlySet<AccessionVerdict['verdict']> = new Set(['disagrees', 'misplaced', 'unknown']);
const NOTHING: ValueAnswer = { lost: [] };
const CACHES = new WeakMap<MappingSet, WeakMap<object, Map<string, ValueAnswer>>>();
const CACHE_LIMIT = 50_000;
const NO_TERMS = {};

/** The term of a value, or undefined; `answerValue` says more. */
export function groundValue(question: ValueQuestion, context: ValueContext): Grounded | undefined {
  return answerValue(question, context).grounded;
}

/**
 * The term of a value, in this order: a site's own row, the accession in or beside it that agrees, label and synonym of
 * the kind's ontologies (one ontology after the other), shipped row, other forms of the text. Nothing rather than a guess;
 * answers are remembered.
 */
export function answerValue(question: ValueQuestion, context: ValueContext): ValueAnswer {
  const text = visibleValue(question.value);
  if (text === undefined) return NOTHING;
  const field = question.field ?? valueKind(question.kind).field;
  const cache = cacheOf(context);
  const beside = question.accession?.trim().slice(0, 400) ?? '';
  const asked = `${question.kind}\u0000${field}\u0000${question.organism ?? ''}\u0000${text}\u0000${beside}`;
  const known = cache.get(asked);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const answer = answerOf(question, field, text, beside, context);
  cache.set(asked, answer);
  return answer;
}

function cacheOf({ mappings, terms }: ValueContext): Map<string, ValueAnswer> {
  let ofMappings = CACHES.get(mappings);
  if (ofMappings === undefined) CACHES.set(mappings, (ofMappings = new WeakMap()));
  let cache = ofMappings.get(terms ?? NO_TERMS);
  if (cache === undefined) ofMappings.set(terms ?? NO_TERMS, (cache = new Map()));
  return cache;
}

function answerOf(
  { kind, organism }: ValueQuestion,
  field: RembiField,
  text: string,
  beside: string,
  context: ValueContext,
): ValueAnswer {
  const accession = namedAccession(kind, field, text, beside, context.terms);
  const { reading, none, lost } = readValue(kind, field, accession?.rest ?? text, organism, context);
  if (none !== undefined) return { none, disagrees: accession?.found && accession.text, lost };
  const said = reading && groundedBy(reading, context);
  if (accession === undefined) return { grounded: said, lost };
  const { found } = accession;
  const verdict = audit(kind, accession, reading, context);
  const wrong = verdict === undefined ? contradicts(accession, reading) : WRONG.has(verdict);
  const about = { disagrees: wrong ? accession.text : undefined };
  if (found === undefined) return { grounded: said, ...about, lost };
  if (!wrong && takes(accession, reading, context)) {
    const other = reading !== undefined && reading.iri !== found.iri;
    const why = 'the accession says it more precisely';
    const others = other ? [...lost, { curie: reading.curie, label: reading.label, why }] : lost;
    return { grounded: byAccession(accession, context), ...about, lost: others };
  }
  const why = wrong ? 'the accession is not the value\u2019s' : 'the text has a term of an ontology that comes first';
  return { grounded: said, ...about, lost: [...lost, { curie: found.curie, label: found.label, why }] };
}

/** What the audit says of an accession; undefined without ontologies, and for a value that is nothing but an accession. */
function audit(
  kind: ValueKind,
  { written, rest, found }: NamedAccession,
  reading: Reading | undefined,
  { terms }: ValueContext,
): AccessionVerdict['verdict'] | undefined {
  if (terms === undefined || rest === undefined || found === undefined) return undefined;
  const grounded = reading?.sure ? reading.curie : undefined;
  return auditAccession({ kind, value: rest, accession: written, grounded }, terms).verdict;
}

/** Whether the accession's term is taken: nothing else is known, or what the text says agrees with it or is less sure. */
function takes(accession: NamedAccession, reading: Reading | undefined, { terms }: ValueContext): boolean {
  const { found, agrees } = accession;
  if (found === undefined || !agrees || isSite(reading)) return false;
  if (reading === undefined || reading.iri === found.iri || found.hasName) return true;
  if (terms?.isA(found.curie, reading.curie) === true || terms?.isA(reading.curie, found.curie) === true) return true;
  // A row that is not exact ("Xenopus", "cryo-EM"), and what another form of the text gave, are less than an accession.
  return !reading.sure;
}

const isSite = (reading: Reading | undefined): boolean => reading?.site === true;

/** Without the audit: whether it is no term of the kind's ontologies, or one of the same ontology as what the text says. */
function contradicts({ found, agrees, odd }: NamedAccession, reading: Reading | undefined): boolean {
  if (found === undefined) return odd;
  if (reading === undefined || found.iri === reading.iri || !reading.sure) return !agrees && odd;
  return !agrees || found.curie.split(':')[0] === reading.curie.split(':')[0];
}

function groundedBy(reading: Reading, { terms }: ValueContext): Grounded {
  const { rule, row, form, iri, curie, label, weight } = reading;
  const { confidence, justification } = VALUE_RULES[rule];
  const ontology = curie.slice(0, curie.indexOf(':'));
  const version = row === undefined ? terms?.ontologies.find((o) => o.prefix === ontology)?.version : undefined;
  return {
    term: { iri, curie, label },
    rule,
    confidence: Math.round((row?.confidence ?? 1) * confidence * (weight ?? 1) * 100) / 100,
    justification: row !== undefined && form === undefined ? row.justification : justification,
    ...(row !== undefined && { row }),
    ...(form !== undefined && { form }),
    ...(version !== undefined && { source: { ontology, version } }),
  };
}

function byAccession({ found, rule }: NamedAccession, { mappings }: ValueContext): Grounded | undefined {
  if (found === undefined) return undefined;
  const { confidence, justification } = VALUE_RULES[rule];
  const label = found.label ?? mappings.labels.get(found.iri);
  return { term: { iri: found.iri, curie: found.curie, label }, rule, confidence, justification };
}

import { type Finding, type FindingCode, finding } from '../findings.js';
import { type Accession, parseAccession } from './accession.js';
import { foldTerm, type Term, type TermIndex } from './termIndex.js';
import { type ValueKind, valueKind } from './valueKinds.js';
import { canAnswer, isHeldWhole } from './accessionPlaces.js';
import { clearlyNearer, resemblance } from './nameResemblance.js';

/** A value with the accession that somebody wrote in or beside it. */
export interface AccessionQuestion {
  readonly kind: ValueKind;
  readonly value: string;
  /** As it was written. */
  readonly accession: string;
  /** What the value was taken for without its accession, by a rule as sure as a name (`H. sapiens`, a reviewed row). */
  readonly grounded?: string | undefined;
}

/** What is to be said of an accession. */
export interface AccessionVerdict {
  /**
   * `agrees`: it is the value's; `unjudged`: its ontology or the value is not known here; `obsolete`: it is the value's, but no
   * longer in use; `disagrees`: it is another term's; `misplaced`: its ontology has no terms of this kind; `unknown`: its
   * ontology has no such id.
   */
  readonly verdict: 'agrees' | 'unjudged' | 'obsolete' | 'disagrees' | 'misplaced' | 'unknown';
  /** The term of the accession. */
  readonly term?: Term | undefined;
  /** The term to write instead. */
  readonly proposed?: Term | undefined;
}

/** Longer values are prose. */
const LONGEST = 300;
/** Kinds whose names are phrases; those of organisms, lines and parts are told apart by names only. */
const WORDY: ReadonlySet<ValueKind> = new Set([
  ...([
    'protocolType',
    'imagingMethod',
    'experimentalCondition',
    'studyType',
    'screenType',
    'screenTechnology',
  ] as const),
  ...(['libraryType', 'preparation', 'fixation', 'embedding', 'analysis', 'disease'] as const),
]);
/** Ontologies with more terms are searched by names only. */
const LARGE = 20_000;
const UNJUDGED: AccessionVerdict = { verdict: 'unjudged' };
const CACHES = new WeakMap<TermIndex, Map<string, AccessionVerdict>>();
const CACHE_LIMIT = 50_000;

/**
 * Judges an accession by the names of its term and by what else the value is the name of. What is not known for certain
 * to be wrong is not flagged: terms of other ontologies with the same name, of wider or narrower meaning, phenotypes in
 * their authors' words, and ontologies that the index has not.
 */
export function auditAccession(question: AccessionQuestion, terms: TermIndex): AccessionVerdict {
  if (question.value.length > LONGEST || question.accession.length > LONGEST) return UNJUDGED;
  let cache = CACHES.get(terms);
  if (cache === undefined) CACHES.set(terms, (cache = new Map()));
  const asked = [question.kind, question.value, question.accession, question.grounded].join('\u0000');
  const known = cache.get(asked);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const verdict = judge(question, terms);
  cache.set(asked, verdict);
  return verdict;
}

/** Reads the accession of a question; a bare number beside an organism is an id of the taxonomy. */
export function accessionOf({ kind, accession }: AccessionQuestion): Accession | undefined {
  const text = accession.trim();
  return parseAccession(kind === 'organism' && /^\d{1,8}$/.test(text) ? `NCBITaxon:${text}` : text);
}

function judge(question: AccessionQuestion, terms: TermIndex): AccessionVerdict {
  const { kind, value } = question;
  const accession = accessionOf(question);
  if (accession === undefined) return UNJUDGED;
  const grounded = question.grounded === undefined ? undefined : terms.term(question.grounded);
  const found = namedTerms(kind, value, accession.prefix, terms);
  const named =
    grounded === undefined || found.some((t) => t.ontology === grounded.ontology) ? found : [...found, grounded];
  const [proposed] = named;
  if (!canAnswer(accession.prefix, kind)) return { verdict: 'misplaced', term: terms.term(accession.curie), proposed };
  const term = terms.term(accession.curie);
  if (term === undefined) {
    const held = terms.ontologies.some((o) => o.prefix === accession.prefix) && isHeldWhole(accession.prefix);
    return held ? { verdict: 'unknown', proposed } : UNJUDGED;
  }
  const now = inUse(term, terms) ?? term;
  const names = [...namesOf(term), ...namesOf(now)];
  const instead = term.obsolete && now !== term ? now : undefined;
  if (names.some((n) => sameName(n, value)))
    return term.obsolete ? { verdict: 'obsolete', term, proposed: instead ?? proposed } : { verdict: 'agrees', term };
  // An author's words for a phenotype are hardly ever a term's name.
  if (kind === 'phenotype')
    return term.obsolete ? { verdict: 'obsolete', term, proposed: instead } : { ...UNJUDGED, term };
  const related = named.some((n) => terms.isA(n.curie, now.curie) || terms.isA(now.curie, n.curie));
  if (related) return term.obsolete ? { verdict: 'obsolete', term, proposed: instead } : { verdict: 'agrees', term };
  const rival = named.find((n) => n.ontology === term.ontology || n.ontology === now.ontology);
  if (rival !== undefined) return { verdict: 'disagrees', term, proposed: rival };
  const kinds = valueKind(kind);
  if (
    proposed !== undefined &&
    kinds.ontologies.length > 0 &&
    ![...kinds.ontologies, ...kinds.fallback].includes(term.ontology)
  )
    return resemblance(value, names) === 0 ? { verdict: 'disagrees', term, proposed } : { ...UNJUDGED, term };
  if (proposed === undefined) {
    const nearer = nearerTerm(kind, value, names, now, terms);
    if (nearer !== undefined) return { verdict: 'disagrees', term, proposed: nearer };
    if (kind === 'organism' && isOtherSpecies(value, names)) return { verdict: 'disagrees', term };
    // What has been replaced is not the value's either when the two share few words.
    if (term.obsolete && resemblance(value, names) < 0.5) return { verdict: 'disagrees', term };
    if (term.obsolete) return { verdict: 'obsolete', term, proposed: instead };
  }
  return { ...UNJUDGED, term };
}

/** The terms in use that have the value as label or exact synonym: of the accession's own ontology first, then the kind's. */
function namedTerms(kind: ValueKind, value: string, prefix: string, terms: TermIndex): readonly Term[] {
  // Letters and pairs of letters are names of nearly everything.
  if (value.trim().length < 3) return [];
  const { ontologies, fallback, under } = valueKind(kind);
  const found = new Map<string, Term>();
  for (const asked of [[prefix], ontologies, fallback])
    for (const { term, by } of asked.length === 0 ? [] : terms.find(value, asked)) {
      if (by !== 'label' && by !== 'exact') continue;
      const now = inUse(term, terms);
      const roots = now && under?.[now.ontology];
      if (now === undefined || !canAnswer(now.ontology, kind)) continue;
      if (roots === undefined || roots.some((root) => terms.isA(now.curie, root))) found.set(now.curie, now);
    }
  return [...found.values()];
}

/** A term, or the one in use that replaced it. */
function inUse(term: Term, terms: TermIndex): Term | undefined {
  let now: Term | undefined = term;
  for (let step = 0; step < 5 && now?.obsolete === true; step++)
    now = now.replacedBy === undefined ? undefined : terms.term(now.replacedBy);
  return now?.obsolete === true ? undefined : now;
}

const namesOf = (term: Term): readonly string[] => [term.label, ...term.synonyms.map((s) => s.text)];
const compact = (text: string): string => foldTerm(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether a value is a name: the same letters and digits, also without what stands in brackets. */
function sameName(name: string, value: string): boolean {
  const given = compact(value);
  if (given === '') return false;
  return [name, name.replace(/\s*\([^()]*\)/gu, '')].some((n) => {
    const own = compact(n);
    return own === given || (own !== '' && own === compact(value.replace(/\s*\([^()]*\)/gu, '')));
  });
}

/** A term of the accession's ontology whose name is all but the value, where those of the accession are not. */
function nearerTerm(
  kind: ValueKind,
  value: string,
  names: readonly string[],
  term: Term,
  terms: TermIndex,
): Term | undefined {
  // What has no three words cannot be told apart by words; in large ontologies the look-up takes long, and names are lists.
  if (!WORDY.has(kind)) return undefined;
  const size = terms.ontologies.find((o) => o.prefix === term.ontology)?.terms ?? 0;
  if (size > LARGE || value.trim().split(/\s+/).length < 3) return undefined;
  for (const { term: candidate } of terms.suggest(value, [term.ontology], 3)) {
    if (
      candidate.curie !== term.curie &&
      canAnswer(candidate.ontology, kind) &&
      clearlyNearer(value, namesOf(candidate), names)
    )
      return candidate;
  }
  return undefined;
}

const BINOMIAL = /^[A-Z][a-z]{2,} [a-z]{3,}(?:-[a-z]+)?$/;

/** Whether a value is the name of a species, and the accession's names are names of other ones. */
function isOtherSpecies(value: string, names: readonly string[]): boolean {
  const species = names.filter((n) => BINOMIAL.test(n));
  return BINOMIAL.test(value.trim()) && species.length > 0 && species.every((n) => !maybeSameSpecies(n, value.trim()));
}

/** Whether two names may be of one species: the same epithet in another genus, or letters that people mistype. */
function maybeSameSpecies(a: string, b: string): boolean {
  if (a.split(' ')[1] === b.split(' ')[1]) return true;
  const [x = '', y = ''] = [a, b].map((t) => t.toLowerCase().replace(/ii?$|us$|a$|um$|is$|e$/u, ''));
  if (Math.abs(x.length - y.length) > 2) return false;
  let start = 0;
  while (start < x.length && x[start] === y[start]) start += 1;
  let end = 0;
  while (end < Math.min(x.length, y.length) - start && x.at(-1 - end) === y.at(-1 - end)) end += 1;
  return Math.max(x.length, y.length) - start - end <= 2;
}

const CODES = {
  agrees: undefined,
  unjudged: undefined,
  obsolete: 'accession-obsolete',
  disagrees: 'accession-disagrees',
  misplaced: 'accession-misplaced',
  unknown: 'accession-unknown',
} as const satisfies Record<AccessionVerdict['verdict'], FindingCode | undefined>;

/** The finding of a verdict, with the term to write instead; undefined when there is nothing to say. */
export function accessionFinding(
  question: AccessionQuestion,
  { verdict, term, proposed }: AccessionVerdict,
  focus: string,
  at: string | undefined,
): Finding | undefined {
  const code = CODES[verdict];
  if (code === undefined) return undefined;
  const given = term === undefined ? question.accession.trim() : named(term);
  const detail = proposed === undefined ? given : `${given}; write ${named(proposed)}`;
  return finding(code, focus, { at, detail: detail.toWellFormed() });
}

const named = (term: Term): string => `${term.curie} ${term.label}`;

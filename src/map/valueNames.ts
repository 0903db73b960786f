import type { Term, TermHit, TermIndex } from '../terms/termIndex.js';
import { type ValueKind, valueKind } from '../terms/valueKinds.js';
import { fitsKind } from './valueBranches.js';

/** How a name led to a term; the order is that of trust. */
export type NameRule = 'label' | 'synonym' | 'compact';

export interface NamedTerm {
  readonly term: Term;
  readonly by: NameRule;
  /** The name as the ontology writes it. */
  readonly name: string;
}

/** Several terms that have the text as a name, so that none of them is taken. */
export interface Ambiguous {
  readonly ambiguous: readonly Term[];
}

/** Ontologies of which only one animal's parts are the terms, with that animal's taxon. */
const OF_ORGANISM: Readonly<Record<string, string>> = {
  FBbt: 'NCBITaxon:7227',
  WBbt: 'NCBITaxon:6239',
  ZFA: 'NCBITaxon:7955',
  ZFS: 'NCBITaxon:7955',
  HsapDv: 'NCBITaxon:9606',
  MmusDv: 'NCBITaxon:10090',
};
/** Kinds whose names are written with blanks and dashes or without: "U-2 OS", "U2OS". */
const COMPACT: ReadonlySet<ValueKind> = new Set(['cellLine', 'strain']);
/** Kinds in which a synonym that is only related to its term is one that people mean (FBbi has EGFP's "GFP" so). */
const RELATED: ReadonlySet<ValueKind> = new Set(['stain']);

/** Ontologies that are asked for a kind, one after the other; those of one animal only when the sample is one. */
export function ontologiesFor(kind: ValueKind, organism?: string): readonly string[] {
  const { ontologies, fallback } = valueKind(kind);
  const all = [...ontologies, ...fallback];
  const own = all.filter((o) => organism !== undefined && OF_ORGANISM[o] === organism);
  const general = all.filter((o) => OF_ORGANISM[o] === undefined);
  return [...own, ...general];
}

/**
 * The one term of a kind that has the text as a name. Ontology by ontology, in each: label, exact synonym, and for lines
 * and strains the same letters and digits with other blanks; the names of two terms in use are nobody's.
 */
export function namedTerm(
  kind: ValueKind,
  text: string,
  terms: TermIndex,
  organism?: string,
  ontologies: readonly string[] = ontologiesFor(kind, organism),
): NamedTerm | Ambiguous | undefined {
  // Letters and pairs of letters are names of nearly everything.
  if ([...text].length < 3) return undefined;
  let ambiguous: Ambiguous | undefined;
  const spellings = COMPACT.has(kind) ? compactSpellings(text) : [];
  const plain = terms.find(text, ontologies);
  const others = new Map<string, readonly TermHit[]>();
  for (const ontology of ontologies) {
    const found = bestOf(kind, text, ofOntology(plain, ontology), terms, undefined);
    if (found !== undefined && 'term' in found) return found;
    ambiguous ??= found;
    for (const spelling of spellings) {
      const hits = others.get(spelling) ?? terms.find(spelling, ontologies);
      others.set(spelling, hits);
      const same = bestOf(kind, text, ofOntology(hits, ontology), terms, 'compact');
      if (same !== undefined && 'term' in same) return same;
    }
  }
  return ambiguous;
}

const ofOntology = (hits: readonly TermHit[], ontology: string): readonly TermHit[] =>
  hits.filter((h) => h.term.ontology === ontology);

function bestOf(
  kind: ValueKind,
  text: string,
  hits: readonly TermHit[],
  terms: TermIndex,
  by: NameRule | undefined,
): NamedTerm | Ambiguous | undefined {
  if (hits.length === 0) return undefined;
  const inUse = hits.filter((h) => !h.term.obsolete && !/^obsolete\b/i.test(h.term.label));
  const scopes: readonly TermHit['by'][] = RELATED.has(kind) ? ['label', 'exact', 'related'] : ['label', 'exact'];
  for (const usable of [inUse, hits.filter((h) => h.term.obsolete)])
    for (const scope of scopes) {
      const found = new Map<string, NamedTerm>();
      for (const hit of usable) {
        if (hit.by !== scope) continue;
        const term = currentTerm(hit.term, terms);
        if (term === undefined || !fitsKind(kind, text, hit, term, terms)) continue;
        found.set(term.curie, { term, by: by ?? (scope === 'label' ? 'label' : 'synonym'), name: hit.text });
      }
      const [first] = found.values();
      if (found.size > 1) return { ambiguous: [...found.values()].map((f) => f.term) };
      if (first !== undefined) return first;
    }
  return undefined;
}

/** A term, or the one that replaced it; undefined for an obsolete one without replacement. */
export function currentTerm(term: Term, terms: TermIndex): Term | undefined {
  let now: Term | undefined = term;
  for (let step = 0; step < 5 && now?.obsolete; step++)
    now = now.replacedBy === undefined ? undefined : terms.term(now.replacedBy);
  return now?.obsolete === true ? undefined : now;
}

/** The same letters and digits with other blanks between them, where there are few: `U-2 OS` gives `U2OS`, `U2 OS` … */
export function compactSpellings(text: string): readonly string[] {
  const pieces = text.match(/[\p{L}]+|\p{N}+/gu) ?? [];
  // A single word has nothing to join, and numbers alone are no names.
  if (pieces.length < 2 || pieces.length > 6 || text.length > 30 || !/\d/.test(text) || !/\p{L}/u.test(text)) return [];
  if (/[^\p{L}\p{N}\s_./-]/u.test(text)) return [];
  const spellings = new Set<string>();
  for (let joins = 2 ** (pieces.length - 1) - 1; joins >= 0; joins--)
    spellings.add(pieces.map((p, i) => (i === 0 ? p : `${joins & (1 << (i - 1)) ? '' : ' '}${p}`)).join(''));
  spellings.delete(text);
  return [...spellings];
}

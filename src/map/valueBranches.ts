import type { Term, TermHit, TermIndex } from '../terms/termIndex.js';
import { type ValueKind, valueKind } from '../terms/valueKinds.js';
import { isAcronym } from './valueText.js';

/** The groups at the top of EFO's cell lines; EFO has no term above them all. */
const EFO_CELL_LINES = [
  ...['0001639', '0002887', '0002888', '0002884', '0002936', '0001641', '0001640', '0002922', '0002009', '0002891'],
  ...['0001643', '0003040', '0002926', '0002933', '0005218', '0002940', '0002935', '0002781', '0002883', '0002886'],
  ...['0003064', '0005292', '0005730', '0005734'],
].map((local) => `EFO:${local}`);

/** Branches that a kind's answers have to come from, besides those of `VALUE_KINDS`. */
const BRANCHES: Readonly<Partial<Record<ValueKind, Readonly<Record<string, readonly string[]>>>>> = {
  cellLine: { EFO: EFO_CELL_LINES },
  cellType: { EFO: ['EFO:0000324'] },
  organismPart: { EFO: ['EFO:0000635'] },
  strain: { EFO: ['EFO:0004000', 'EFO:0000597', 'EFO:0005135'] },
  developmentalStage: { EFO: ['EFO:0000399'], UBERON: ['UBERON:0000105', 'UBERON:0000922'] },
};

/** Words of which the names of a kind's terms of EFO have one. */
const NOUNS: Readonly<Partial<Record<ValueKind, RegExp>>> = {
  screenType: /screen|assay|analysis|validation/i,
  screenTechnology: /screen|assay|analysis|content/i,
  libraryType: /library/i,
  protocolType: /protocol/i,
};

/** Kinds whose names are short and all capitals themselves. */
const SHORT_NAMES: ReadonlySet<ValueKind> = new Set([
  ...(['cellLine', 'strain', 'imagingMethod', 'stain', 'signalContrast', 'compound'] as const),
]);
/** Acronyms that mean one thing to everybody, where ontologies and symbols of genes have them too. */
const KNOWN_ACRONYMS: ReadonlySet<string> = new Set(['T1D', 'T2D', 'COPD', 'NSCLC', 'SCLC', 'AML', 'CML', 'PDAC']);

/** Kinds whose values may be cell lines. */
const LINES: ReadonlySet<ValueKind> = new Set(['cellLine', 'biologicalEntity', 'strain']);
/** Kinds whose values are things of all sorts. */
const ANYTHING: ReadonlySet<ValueKind> = new Set(['experimentalCondition', 'studyType', 'treatment', 'quality']);
/** Letters with few digits, as symbols of genes are. */
const SYMBOL = /^[A-Za-z]{1,5}\d{0,2}[A-Za-z]?$/;

/** Whether a named term, or the term in use in its place, can be an answer to a kind: its branch, and how far its name is to be trusted. */
export function fitsKind(
  kind: ValueKind,
  asked: string,
  { by, text, term: named }: TermHit,
  term: Term,
  terms: TermIndex,
): boolean {
  // A class of EFO may have been replaced by a term for another sort of thing.
  const { ontologies, fallback } = valueKind(kind);
  const strange = term.ontology !== named.ontology && ![...ontologies, ...fallback].includes(term.ontology);
  if (strange && !ANYTHING.has(kind)) return false;
  if (!isInBranch(kind, term.curie, term.ontology, terms)) return false;
  // Names of organisms and parts are no symbols of genes: "CAT" is not the cat, "SLA" no line of a fly.
  if (isAcronym(asked) && !SHORT_NAMES.has(kind)) {
    if (text !== asked && asked.length <= (kind === 'organism' ? 6 : 4)) return false;
    if (by !== 'label' && !KNOWN_ACRONYMS.has(asked)) return false;
  }
  // Lists of lines have hundreds of thousands of names; words and symbols are among them.
  if (kind === 'cellLine' && term.ontology !== 'EFO') return !SYMBOL.test(asked);
  if (term.ontology !== 'EFO') return true;
  const noun = NOUNS[kind];
  if (noun !== undefined && !noun.test(term.label)) return false;
  return by === 'label' || !/ measurement$/.test(term.label);
}

/** Whether a term is in the branches of its ontology that answer a kind. */
export function isInBranch(kind: ValueKind, curie: string, ontology: string, terms: TermIndex): boolean {
  if (ontology === 'EFO' && !LINES.has(kind) && EFO_CELL_LINES.some((root) => terms.isA(curie, root))) return false;
  const roots = valueKind(kind).under?.[ontology] ?? BRANCHES[kind]?.[ontology];
  if (roots === undefined || roots.some((root) => terms.isA(curie, root))) return true;
  // Some lines and strains of EFO stand under nothing, or under one that does: C57BL.
  if (ontology !== 'EFO' || (kind !== 'cellLine' && kind !== 'strain')) return false;
  let top = terms.term(curie);
  for (let step = 0; step < 5 && top !== undefined && top.parents.length > 0; step++)
    top = top.parents.length === 1 ? terms.term(top.parents[0] ?? '') : undefined;
  return top !== undefined && top.parents.length === 0 && /\d|[A-Z]{2}/.test(top.label);
}

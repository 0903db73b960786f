import type { TermIndex, TermSuggestion } from '../terms/termIndex.js';
import { type ValueKind, valueKind } from '../terms/valueKinds.js';
import { isInBranch } from './valueBranches.js';
import { visibleValue } from './valueText.js';

/** Words for how much and how many, as CMPO says them. */
const DIRECTIONS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:large|larger|high|higher|long|longer|big|bigger|enhanced|elevated|more|strong|stronger|faster|upregulated|gain)\b/gi,
    'increased',
  ],
  [
    /\b(?:small|smaller|low|lower|short|shorter|reduced|less|fewer|weak|weaker|slower|downregulated|loss|diminished)\b/gi,
    'decreased',
  ],
  [/\b(?:nuclei|nuclear)\b/gi, 'nucleus'],
  [/\bcytoplasm(?:ic)?\b/gi, 'cytosol'],
  [/\bmitochondria(?:l)?\b/gi, 'mitochondrion'],
  [/\b(?:strange|odd|altered|aberrant|weird|misshapen|irregular)\b/gi, 'abnormal'],
  [/\b(?:antibody|gfp|signal)\b/gi, 'protein'],
  [/\blocali[sz]ation (?:in|to)\b|\blocali[sz](?:ed|es) to\b/gi, 'localized in'],
  [/\b(?:dead|dying|lethal)\b/gi, 'death'],
  [/\s*\((?:automatic|manual|automated)\)/gi, ''],
];

/** Ontologies that phenotypes are suggested from, the one of microscopy's phenotypes first. */
const PHENOTYPES = ['CMPO', 'PO'];

/** Terms for a person to choose from, best first; with words for direction and degree as the ontology has them. */
export function suggestValue(
  kind: ValueKind,
  value: string,
  terms: TermIndex,
  limit: number,
): readonly TermSuggestion[] {
  const text = visibleValue(value);
  if (text === undefined) return [];
  const { ontologies, fallback } = valueKind(kind);
  const asked = kind === 'phenotype' ? PHENOTYPES : [...ontologies, ...fallback];
  const folded = kind === 'phenotype' ? DIRECTIONS.reduce((t, [words, by]) => t.replace(words, by), text) : text;
  const best = new Map<string, TermSuggestion>();
  for (const form of new Set([text, folded]))
    for (const found of terms.suggest(form, asked, limit + 10)) {
      const known = best.get(found.term.curie);
      if (known === undefined || known.score < found.score) best.set(found.term.curie, found);
    }
  const order = (s: TermSuggestion): number => s.score * (s.term.ontology === asked[0] ? 1 : 0.85);
  return [...best.values()]
    .filter((s) => isInBranch(kind, s.term.curie, s.term.ontology, terms))
    .sort((a, b) => order(b) - order(a))
    .slice(0, limit);
}

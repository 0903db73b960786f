import { PREFIXES } from '../rdf/vocabulary.js';

const LEXICAL = `${PREFIXES.semapv}LexicalMatching`;
const SIMILAR = `${PREFIXES.semapv}LexicalSimilarityThresholdMatching`;
const CURATED = `${PREFIXES.semapv}ManualMappingCuration`;
const COMPOSITE = `${PREFIXES.semapv}CompositeMatching`;

/**
 * How a value was grounded: what `explain` says of each rule, the confidence of a decision by it (a factor of the row's
 * confidence, where a row is behind it) and its justification (SSSOM 1.0, `mapping_justification`).
 */
export const VALUE_RULES = {
  exact: { says: 'as written', confidence: 1, justification: CURATED },
  folded: { says: 'without case, blanks and punctuation', confidence: 1, justification: CURATED },
  bracketed: { says: 'before the name in brackets, which says the same', confidence: 0.98, justification: COMPOSITE },
  beforeBrackets: { says: 'without what stands in brackets after it', confidence: 0.88, justification: COMPOSITE },
  inBrackets: { says: 'by the name in brackets', confidence: 0.93, justification: COMPOSITE },
  'accession-in-value': { says: 'by the accession in the value', confidence: 1, justification: CURATED },
  'accession-beside': { says: 'by the accession beside it', confidence: 1, justification: CURATED },
  label: { says: 'the label of the term', confidence: 1, justification: LEXICAL },
  synonym: { says: 'an exact synonym of the term', confidence: 0.97, justification: LEXICAL },
  compact: { says: 'a name of the term with other blanks', confidence: 0.95, justification: LEXICAL },
  table: { says: 'one of a few letters and words that are fixed', confidence: 1, justification: CURATED },
  abbreviation: { says: 'short for a model organism', confidence: 0.92, justification: COMPOSITE },
  organismWord: { says: 'by the model organism that it names', confidence: 0.9, justification: COMPOSITE },
  stage: { says: 'as a stage of so many cells or days', confidence: 0.97, justification: COMPOSITE },
  noun: { says: 'with the noun that the key says', confidence: 0.95, justification: COMPOSITE },
  tail: { says: 'without the general word after it', confidence: 0.93, justification: COMPOSITE },
  singular: { says: 'in the singular', confidence: 0.95, justification: COMPOSITE },
  lead: {
    says: 'without the words before it that do not change what it is',
    confidence: 0.9,
    justification: COMPOSITE,
  },
  parental: { says: 'as the line that it was made from', confidence: 0.85, justification: COMPOSITE },
  method: { says: 'by the words for methods in it', confidence: 0.9, justification: COMPOSITE },
  methodInText: { says: 'by the only method that the text names', confidence: 0.8, justification: COMPOSITE },
  localisation: { says: 'as where a protein is', confidence: 0.9, justification: COMPOSITE },
  wording: { says: 'in the wording of the ontology', confidence: 0.88, justification: COMPOSITE },
  spelling: { says: 'with one letter mended in a long word', confidence: 0.85, justification: SIMILAR },
} as const;

export type ValueRule = keyof typeof VALUE_RULES;
/** Rules that make another form of the text. */
export type FormRule = Extract<
  ValueRule,
  | 'abbreviation'
  | 'organismWord'
  | 'stage'
  | 'noun'
  | 'tail'
  | 'singular'
  | 'lead'
  | 'parental'
  | 'localisation'
  | 'wording'
>;

/** How a key was recognised: what `explain` says of each rule, and how far it is trusted (a factor of the row's confidence). */
export const KEY_RULES = {
  exact: { says: 'as written', trust: 1 },
  folded: { says: 'without case, blanks and punctuation', trust: 1 },
  context: { says: 'in its section or namespace', trust: 1 },
  namespace: { says: 'by the namespace of its annotation', trust: 0.97 },
  propertyType: { says: 'by the property type in its header', trust: 0.95 },
  wrapper: { says: 'inside its wrapper', trust: 1 },
  module: { says: 'without the module before it', trust: 1 },
  unit: { says: 'without its unit', trust: 0.98 },
  numbered: { says: 'without its number', trust: 0.98 },
  hint: { says: 'without the remark in brackets', trust: 0.95 },
  words: { says: 'in singular and one spelling', trust: 0.97 },
  order: { says: 'with the same words in another order or wording', trust: 0.93 },
  composed: { says: 'by the thing it is about', trust: 0.9 },
  family: { says: 'by its first or last words', trust: 0.9 },
  factor: { says: 'because the wrapper says what it is', trust: 0.85 },
  typo: { says: 'with a typing error mended', trust: 0.85 },
} as const;

export type KeyRule = keyof typeof KEY_RULES;

/** The trust in several rules together. */
export const trustIn = (rules: readonly KeyRule[]): number => rules.reduce((t, rule) => t * KEY_RULES[rule].trust, 1);

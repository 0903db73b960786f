/** Longer texts are prose, not names of terms. */
export const LONGEST_VALUE = 300;

/** What nobody sees: zero-width characters, direction marks, soft hyphens, variation selectors, and halves of pairs. */
const HIDDEN = /[\p{Cf}\p{Cs}\ufe00-\ufe0f\u115f\u1160\u3164\ufffd]+/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** A value without characters that nobody sees, and with single blanks; undefined when it is empty or prose. */
export function visibleValue(value: string): string | undefined {
  if (value.length > LONGEST_VALUE) return undefined;
  const seen = PLAIN.test(value) ? value : value.normalize('NFC').replace(HIDDEN, '');
  const text = seen.replace(/\s+/gu, ' ').trim();
  return text === '' ? undefined : text;
}

/** "No diabetes", "negative for HIV", "FRAPとは異なります": what is named is said not to be. */
const NEGATION =
  /\b(?:no|not|non|never|neither|nor|without|w\/o|lacks?|lacking|absen(?:t|ce)|except|excluding|unlike|instead|rather than|other than|different from|negative for|free of|history of|risk of|suspected|ruled out|kein\w*|ohne|nicht|sans|sin)\b|[a-z]-free\b|異な|ではな|不是|¬/iu;

/** Whether a text says that something is not so, only suspected or past. */
export const isNegated = (text: string): boolean => NEGATION.test(text);

/** Words for samples that have nothing to name, in place of a value. */
const NOTHING =
  /^(?:n\.?\/?a\.?|none|null|nil|unknown|not (?:applicable|available|known|specified|determined|recorded)|unspecified|undefined|other|various|several|multiple|mixed|tb[ad]|to be determined|see .*|blank|empty|beads?|fluorescent beads?|test|dummy|missing|[-–—.?*]+)$/iu;
const CONTROL =
  /^(?:(?:negative|positive|neg|pos|mock|vehicle|untreated|isotype|technical|internal|no|solvent|dmso) ?(?:controls?|ctrl)?|controls?(?: (?:samples?|groups?|wells?|sirna|\d+))?|ctrl|mock|scrambled?|non-?targeting.*)$/iu;

/** Whether a text stands in place of a value, or says that the sample is a control. */
export const isPlaceholder = (text: string): boolean => NOTHING.test(text) || CONTROL.test(text);

/** Whether a text is all capitals and digits, in one short piece: an acronym, or the symbol of a gene. */
export const isAcronym = (text: string): boolean => text.length <= 6 && /^[A-Z][A-Z0-9]*$/.test(text);

const GREEK: Readonly<Record<string, string>> = {
  ...{ α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta', ι: 'iota' },
  ...{ κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', ο: 'omicron', π: 'pi', ρ: 'rho', σ: 'sigma', ς: 'sigma' },
  ...{ τ: 'tau', υ: 'upsilon', φ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega' },
};
const PLAIN = /^[\x20-\x7e]*$/;
/** A dash between letters or digits joins; one at an end is a minus ("CD4-"). */
const JOINT = /(?<=[\p{L}\p{N})\]])[-_]+(?=[\p{L}\p{N}([])/gu;

/**
 * The form in which labels and synonyms are compared: compatibility forms, case, accents, joining dashes, quotes and
 * space made equal, Greek letters spelled out, invisible characters dropped. Digits and words stay.
 */
export function foldTerm(text: string): string {
  const plain = PLAIN.test(text) ? text.toLowerCase() : unaccented(text);
  // Most names have nothing to join; this is asked far more often than anything else here.
  if (!/[-_]|^ | $| {2}/.test(plain)) return plain;
  return plain.replace(JOINT, ' ').replace(/ {2,}/g, ' ').trim();
}

function unaccented(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\p{Cf}\p{Cc}]+/gu, (found) => (/[\t\n\r]/.test(found) ? ' ' : ''))
    .normalize('NFC')
    .replace(/[α-ω]/g, (letter) => GREEK[letter] ?? letter)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[‘’`´ʼ′]/g, "'")
    .replace(/[“”″]/g, '"')
    .replace(/\s+/gu, ' ');
}

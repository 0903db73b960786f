import type { ValueForm } from './valueForms.js';

/** What engineering adds to a line: tags, edits, ways to express; and words for cells. */
const ENGINEERED =
  /(?:^|[^a-z])(?:d?cas9|cas9n|kd|ko|wt|tetr|tet-?on|[a-z]{0,2}[ge]?[gcyr]fp|e?[gcyr]fp|m?cherry|m?scarlet|m?clover|m?venus|m?neon\w*|mruby\d?|tdtomato|dendra2?|halo(?:tag)?|snap(?:tag|f)?|m?aid\d?|mac|degron|sh(?:rna)?|si(?:rna)?|sg(?:rna)?|flp-?in|t-?rex|stabl[ey]|express\w+|overexpress\w+|transfect\w+|transduc\w+|knock-?(?:out|in|down)|mutant|reporter|parental|wild[- ]?type|fucci|flag|myc|h2b|lamp1|rpl\w+|cells?|cell lines?|lines?|clones?)(?![a-z])/i;

/**
 * The lines that an engineered line may have been made from: what stands before a blank, dash, plus or slash, longest
 * first, where the rest says what was done to it. Digits and letters that belong to a line's name are never cut off.
 */
export function* parentalLines(text: string): Generator<ValueForm> {
  if (text.length > 120) return;
  const cuts = [...text.matchAll(/ [-–+/:(] ?|[ /+:(]|[-_]/g)].slice(0, 12).reverse();
  for (const cut of cuts) {
    const head = text.slice(0, cut.index).trim();
    const rest = text.slice(cut.index + cut[0].length).trim();
    // A dash belongs to names ("MDA-MB-231", "RPE-1"): only an edit or tag right after it is something else.
    const first = rest.split(/[\s\-_/+:,()]+/)[0] ?? '';
    const says = /^[-_]$/.test(cut[0]) ? ENGINEERED.test(` ${first} `) : ENGINEERED.test(` ${rest} `);
    if (head.replace(/[^\p{L}\p{N}]/gu, '').length < 3 || !says || /^[\d\s.]+$/.test(rest)) continue;
    if (/\d/.test(head) || /\p{L}{4}/u.test(head)) yield { text: head, rule: 'parental' };
  }
}

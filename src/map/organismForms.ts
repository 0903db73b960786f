import type { ValueForm } from './valueForms.js';

/** Common names of model organisms, in the plural too, that stand after the name of a strain. */
const COMMON: Readonly<Record<string, string>> = {
  mouse: 'Mus musculus',
  mice: 'Mus musculus',
  rat: 'Rattus norvegicus',
  rats: 'Rattus norvegicus',
  human: 'Homo sapiens',
  humans: 'Homo sapiens',
  zebrafish: 'Danio rerio',
};
/** Stages, parts and states after an organism's name, which do not change which organism it is. */
const AFTER =
  /^(?:larvae?|embryos?|adults?|pupae?|nymphs?|worms?|fl(?:y|ies)|seedlings?|plants?|cells?|tissues?|strains?|wild[- ]?type|wt|males?|females?|juveniles?|hermaphrodites?|neonat\w+|sp\.?|transgenic|mutants?|samples?|patients?|donors?|cell lines?|mouse|mice|rats?)$/i;
/** Names of strains have digits or capitals inside. */
const STRAIN = /^(?:\S*\d\S*|\S*[A-Z]{2}\S*)$/;
/** The usual strains without, and states. */
const STATE =
  /^(?:Wistar|Sprague[- ]?Dawley|Sprague|Dawley|Lewis|Long[- ]Evans|Swiss|Balb\/?c|nude|transgenic|wild[- ]?type|adult|young|old|aged|male|female|neonatal|pregnant|embryonic|healthy|normal|inbred|outbred|laboratory|lab|larval)$/i;
/** What says that there are two organisms, or another one. */
const SEVERAL =
  /(?:^|\s)(?:x|×|and|und|with|in|on|virus|phage|vs\.?|or|&|\+|versus)(?:\s|$)|[+&;]|\p{L}{3}\s?\/\s?\p{L}{3}|virus\b|xenograft|chimera|hybrid/iu;

/** Other ways to write an organism: the abbreviated genus, and the model organism that the text is about. */
export function* organismForms(text: string): Generator<ValueForm> {
  // What stands in brackets may be another organism.
  if (SEVERAL.test(text) || /[()[\]]/.test(text)) return;
  const short = /^([A-Z])(?:\.\s?|\s)([a-z]{3,}(?:-[a-z]+)?)(?:\s+(.*))?$/.exec(text);
  if (short !== null) {
    const [, genus = '', species = '', after] = short;
    if (after === undefined || after.split(' ').every((w) => AFTER.test(w) || STRAIN.test(w)))
      yield { text: `${genus}. ${species}`, rule: 'abbreviation' };
    return;
  }
  const words = text.split(' ');
  const [genus = '', species = '', ...after] = words;
  if (/^[A-Z][a-z]+$/.test(genus) && /^[a-z-]{3,}$/.test(species) && after.length > 0 && isAfter(after.join(' ')))
    yield { text: `${genus} ${species}`, rule: 'tail' };
  const first = COMMON[genus.toLowerCase()];
  if (first !== undefined && words.length > 1 && words.length < 5 && isAfter(words.slice(1).join(' ')))
    yield { text: first, rule: 'organismWord' };
  const last = COMMON[(words.at(-1) ?? '').toLowerCase()];
  if (last !== undefined && words.length > 1 && words.length < 6 && words.slice(0, -1).every(isStrain))
    yield { text: last, rule: 'organismWord' };
}

const isStrain = (word: string): boolean => STRAIN.test(word) || STATE.test(word);
const isAfter = (text: string): boolean => text.split(' ').every((word) => AFTER.test(word));

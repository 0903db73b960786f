import { singulars } from './singulars.js';
import type { ValueForm } from './valueForms.js';

/** Parts of cells as CMPO names them in "protein localized in …". */
const PLACES: Readonly<Record<string, string>> = {
  er: 'endoplasmic reticulum',
  cytoplasm: 'cytosol',
  'golgi apparatus': 'golgi',
  'golgi complex': 'golgi',
  'vacuole membrane': 'vacuolar membrane',
  'nuclear envelope': 'nuclear membrane',
  'cell membrane': 'plasma membrane',
};
const LOCALISED =
  /^(?:(?:antibod(?:y|ies)|proteins?|gfp|signal|marker|staining|fluorescence) )(?:is |are )?(?:mainly |mostly |predominantly )?locali[sz](?:ed|es|ation|ing):? ?(?:in |to |at |within )?(?:the )?(.+)$/i;
/** Remarks about who or how, and degrees, that do not change what is seen. */
const REMARKS = / ?\((?:automatic|manual|automated|visual)\)$/i;
const DEGREES = /^(?:enriched for(?: extremely| slightly)? |viable |slightly |mildly |mild )/i;

/** Other wordings of a phenotype, as CMPO has it; those to be trusted most first. */
export function* phenotypeForms(text: string): Generator<ValueForm> {
  const place = LOCALISED.exec(text)?.[1];
  if (place !== undefined) {
    const named = PLACES[place.toLowerCase()] ?? place;
    for (const one of [named, ...singulars(named)])
      yield { text: `protein localized in ${one} phenotype`, rule: 'localisation' };
    return;
  }
  yield { text: `${text} phenotype`, rule: 'noun' };
  for (const one of singulars(text)) {
    yield { text: one, rule: 'singular' };
    yield { text: `${one} phenotype`, rule: 'singular' };
  }
  let bare = text.replace(REMARKS, '');
  if (bare !== text) for (const t of [bare, `${bare} phenotype`]) yield { text: t, rule: 'wording' };
  if (DEGREES.test(bare) || / vegetative\b/.test(bare)) {
    bare = bare.replace(DEGREES, '').replace(/ vegetative\b/g, '');
    for (const t of [bare, `${bare} phenotype`, `${bare} cell phenotype`]) yield { text: t, rule: 'wording' };
  }
}

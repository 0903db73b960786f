/**
 * Words that name a dye, fluorescent protein, marker or contrast, so that a text in a list of channels is known for one;
 * which term it is, the term index says.
 */
const WORDS = [
  'dapi|hoechst|draq ?[57]|to-?pro-?\\d?|yo-?yo-?1|sytox|propidium iodide|7-?aad|acridine orange|ethidium',
  '(?:[a-z]?e|tag|m|td|sf|copg|turbo|su?per)?(?:[gcybr]fp)\\d?|[a-z]*gfp[a-z0-9]*|irfp\\d*|mirfp\\d*|venus|citrine|cerulean|(?:m)?turquoise\\d?|emerald',
  'm?cherry|m?tomato|tdtomato|m?scarlet(?:-?i)?|m?kate\\d?|m?neongreen|m?ruby\\d?|m?clover\\d?|dsred\\d?|m?plum|m?orange\\d?|dronpa|dendra\\d?|m?eos[0-9.]*|m?maple\\d?|katushka|halo-?\\w*|snap-?\\w*|clip-tag',
  'alexa(?: ?fluor)?[- ]?\\d{3}|af-?\\d{3}|a\\d{3}|atto[- ]?\\d{3}|dylight[- ]?\\d{3}|dyelight[- ]?\\d{3}|cf[- ]?\\d{3}|opal[- ]?\\d{3}|jf[- ]?x?\\d{3}|janelia fluor|star ?(?:red|orange|\\d{3})|bodipy|cy[23579](?:\\.5)?|fitc|tritc|texas ?red|txred|rhodamine|tmr|sir|fluorescein|cascade blue|pacific blue|coumarin',
  'phalloidin|phallodin|wheat germ agglutinin|wga|pna|con ?a|concanavalin|cellmask|celltracker|mitotracker|lysotracker|er-?tracker|lipidtox|nile red|calcein|calcofluor|fm ?\\d-\\d+|di[ido]|cm-?di[ido]|edu|brdu|f-ara-edu|gcamp\\w*|fluo-?\\d|fura-?2|cellevent|cresyl violet|methylene blue|oil red|sirius red|picrosirius',
  'h ?& ?e|h(?:a)?ematoxylin|eosin|dab|giemsa|trypan blue|crystal violet|toluidine blue|uranyl acetate|osmium|gold|silver',
  'bright-?\\s?field|dark-?\\s?field|phase(?: |-)?contrast|dic|transmitted(?: light)?|tl|bf|autofl(?:uo|ou)rescence|shg|thg|second harmonic|reflection',
];
const STAIN = new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${WORDS.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
const FUSED = /[A-Za-z](?:e?[GCYR]FP|mCherry|tdTomato|mScarlet|mKate\d?|mNeonGreen|RFPt?)(?![a-z])/u;

/** Whether a short text names a dye, fluorescent protein, marker or contrast. */
export function isStainText(text: string): boolean {
  return text.length <= 120 && (STAIN.test(text) || FUSED.test(text));
}

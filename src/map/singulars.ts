/** Latin and English plurals of anatomy, and what they come from. */
const PLURALS: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(?<=[a-z]{2})ae$/, 'a'],
  [/(?<=[a-z]{2})oli$/, 'olus'],
  [/(?<=[a-z]{2})uli$/, 'ulus'],
  [/clei$/, 'cleus'],
  [/illi$/, 'illus'],
  [/ondria$/, 'ondrion'],
  [/(?<=[a-z]{2})(ri|gi|di|ni|li|ti)a$/, '$1um'],
  [/(?<=[a-z]{2})(s|x|y)es$/, '$1is'],
  [/(ss|sh|ch|x|z)es$/, '$1'],
  [/(?<=[a-z]{2}[^su])s$/, ''],
];

/** A text with its last word in the singular, in the ways that its ending allows. */
export function singulars(text: string): readonly string[] {
  const at = text.lastIndexOf(' ') + 1;
  const word = text.slice(at);
  if (word.length < 5 || word !== word.replace(/[A-Z]{2}/, '')) return [];
  const lower = word.toLowerCase();
  return PLURALS.filter(([end]) => end.test(lower)).map(([end, by]) => text.slice(0, at) + lower.replace(end, by));
}

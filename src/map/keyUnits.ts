/** Units that people write into keys, with the symbol that is handed on to the value. */
const UNITS: readonly (readonly [symbol: string, spellings: string])[] = [
  ['°C', '°C|deg C|degC|degrees? Celsius|Celsius|C'],
  ['K', 'K|Kelvin'],
  ['%', '%|percent|per cent|pct'],
  ['nm', 'nm|nanomet(?:er|re)s?'],
  ['µm', '[µμu]m|microns?|micromet(?:er|re)s?'],
  ['mm', 'mm|millimet(?:er|re)s?'],
  ['cm', 'cm|centimet(?:er|re)s?'],
  ['Å', 'Å|[åa]ngstr[oö]ms?'],
  ['m', 'm|met(?:er|re)s?'],
  ['pM', 'pM|picomolar'],
  ['nM', 'nM|nanomolar'],
  ['µM', '[µμu]M|micromolar'],
  ['mM', 'mM|millimolar'],
  ['M', 'M|molar'],
  ['ng/mL', 'ng/m[lL]'],
  ['µg/mL', '[µμu]g/m[lL]'],
  ['mg/mL', 'mg/m[lL]'],
  ['mg/kg', 'mg/kg'],
  ['µL', '[µμu][lL]|microlit(?:er|re)s?'],
  ['mL', 'm[lL]|millilit(?:er|re)s?'],
  ['µg', '[µμu]g|micrograms?'],
  ['mg', 'mg|milligrams?'],
  ['g', 'g|grams?'],
  ['ns', 'ns|nanoseconds?'],
  ['µs', '[µμu]s|microseconds?'],
  ['ms', 'ms|msec|milliseconds?'],
  ['s', 's|secs?|seconds?'],
  ['min', 'min|mins|minutes?'],
  ['h', 'h|hrs?|hours?'],
  ['d', 'd|days?'],
  ['wk', 'w|wks?|weeks?'],
  ['mo', 'mo|months?'],
  ['a', 'y|yrs?|years?'],
  ['V', 'V|volts?'],
  ['kV', 'kV|kilovolts?'],
  ['mW', 'mW|milliwatts?'],
  ['W', 'W|watts?'],
  ['Hz', 'Hz|hertz'],
  ['kHz', 'kHz'],
  ['fps', 'fps|frames per second'],
  ['dpi', 'dpi'],
  ['Gy', 'Gy|grays?'],
];
/** A spelling that may stand without brackets: longer than a letter, and no word of another meaning (`min`, `mo`). */
const SAFE = /^(?!mins?$|mo$|sec$|C$|dpi$|[a-zA-Z]$).+$/;

const all = (spellings: string): RegExp => new RegExp(`^(?:${spellings})$`);
const COMPILED = UNITS.map(([symbol, spellings]) => ({
  symbol,
  exact: all(spellings),
  loose: new RegExp(all(spellings).source, 'i'),
}));

/** The unit that a text names: symbols in their case, words in any case (`microMolar`). */
export function unitNamed(text: string): string | undefined {
  const t = text.normalize('NFKC').trim();
  const found =
    COMPILED.find((u) => u.exact.test(t)) ?? (t.length > 3 ? COMPILED.find((u) => u.loose.test(t)) : undefined);
  return found?.symbol;
}

const ENDS_IN_BRACKET = /[)\]}]\s*$/;

/** A key with a unit at its end, apart: `Temperature (°C)`, `Age [weeks]`, `Thickness in microns`, `Exposure_time_ms`. */
export function unitOfKey(key: string): { readonly rest: string; readonly unit: string } | undefined {
  const bracketed =
    ENDS_IN_BRACKET.test(key) && /^(.*\S)\s*[([{]\s*(?:in\s+)?([^()[\]{}]{1,20}?)\s*[)\]}]\s*$/su.exec(key);
  // "Antibody(s)" is a plural.
  const inBrackets = /\p{L}\(s\)\s*$/u.test(key) ? undefined : unitNamed((bracketed && bracketed[2]) || '');
  if (bracketed && inBrackets !== undefined) return { rest: bracketed[1] ?? '', unit: inBrackets };
  const bare = /^(.*[^\s_,-])(?:[\s_,/-]+in[\s_]+|[\s_,/-]+)([\p{L}%°]{1,14}(?:\/[\p{L}]{1,3})?)\s*$/su.exec(key);
  const unit = bare && SAFE.test(bare[2] ?? '') ? unitNamed(bare[2] ?? '') : undefined;
  return bare && unit !== undefined ? { rest: bare[1] ?? '', unit } : undefined;
}

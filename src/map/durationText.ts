import { numberOf, type QuantityText } from './quantityText.js';
import { valueUnit, type ValueUnit } from './valueUnits.js';

/** Milliseconds of the units that have a fixed length. */
const LENGTHS: Readonly<Record<string, number>> = {
  wk: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  min: 60_000,
  s: 1000,
  ms: 1,
};
const ISO = /^P(?!$)(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/u;
const PART = /(\d+(?:[.,]\d+)?) ?(\p{L}{1,7})/gu;

/** Reads a duration of several units (`1 h 30 min`) or of ISO 8601 (`PT90M`); the smallest unit counts. */
export function durationText(text: string): QuantityText | undefined {
  const t = text.trim();
  if (t.length > 60) return undefined;
  const iso = ISO.exec(t);
  const parts: (readonly [number: number, symbol: string])[] = [];
  if (iso !== null) {
    (['wk', 'd', 'h', 'min', 's'] as const).forEach((symbol, i) => {
      const number = iso[i + 1];
      if (number !== undefined) parts.push([Number(number), symbol]);
    });
  } else {
    if (t.replace(PART, '').replace(/[\s,]|\band\b/gu, '') !== '') return undefined;
    for (const [, number = '', word = ''] of t.matchAll(PART)) {
      const value = numberOf(number);
      const unit = word === 'm' ? valueUnit('min') : valueUnit(word);
      if (value === undefined || unit === undefined) return undefined;
      parts.push([value, unit.symbol]);
    }
    if (parts.length < 2) return undefined;
  }
  return sum(parts);
}

function sum(parts: readonly (readonly [number, string])[]): QuantityText | undefined {
  const lengths = parts.map(([, symbol]) => LENGTHS[symbol] ?? 0);
  // "1 h 30 min" goes from large to small; anything else is no one duration.
  if (lengths.some((l, i) => l === 0 || (i > 0 && l >= (lengths[i - 1] ?? 0)))) return undefined;
  const smallest = lengths.at(-1);
  const unit: ValueUnit | undefined = valueUnit(parts.at(-1)?.[1] ?? '');
  if (smallest === undefined || unit === undefined) return undefined;
  const value = parts.reduce((total, [number], i) => total + (number * (lengths[i] ?? 0)) / smallest, 0);
  return { value, unit };
}

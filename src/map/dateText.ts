/** A day, or less or more than a day, in the form of XML Schema. */
export interface DateText {
  /** `2016-04-27`, `2016-04`, `2016`, `2016-04-27T10:00:00Z`. */
  readonly date: string;
  readonly precision: 'year' | 'month' | 'day' | 'time';
}

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const GERMAN: Readonly<Record<string, string>> = { mai: 'may', okt: 'oct', dez: 'dec', mär: 'mar', mrz: 'mar' };
const TIME = '([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(\\.\\d{1,9})?)?';
const ISO = new RegExp(`^(\\d{4})-(\\d\\d)(?:-(\\d\\d)(?:[T ]${TIME}(Z|[+-][01]\\d:?[0-5]\\d)?)?)?$`);
const WORDS = /^(?:(\d{1,2})(?:st|nd|rd|th|\.)?[ -])?(\p{L}{3,9})\.?[ -](?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})$/iu;

/**
 * Reads a date: ISO 8601, `27 April 2016`, `Apr 27, 2016`, `27.04.2016`, `23/06/2016`. Undefined where day and month
 * could be exchanged (`03/04/2020`), and for days that no calendar has.
 */
export function dateText(text: string): DateText | undefined {
  if (text.length > 40) return undefined;
  const t = text.trim();
  const iso = ISO.exec(t);
  if (iso !== null) return isoDate(iso);
  if (/^(?:19|20)\d\d$/.test(t)) return { date: t, precision: 'year' };
  const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(t);
  if (compact !== null) return day(compact[1], compact[2], compact[3]);
  // Dots are the continent's: the day comes first.
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(t);
  if (dotted !== null) return day(dotted[3], dotted[2], dotted[1]);
  const ymd = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(t);
  if (ymd !== null) return day(ymd[1], ymd[2], ymd[3]);
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(t);
  if (slashed !== null) {
    const [a, b] = [Number(slashed[1]), Number(slashed[2])];
    if (a > 12 || a === b) return day(slashed[3], slashed[2], slashed[1]);
    return b > 12 ? day(slashed[3], slashed[1], slashed[2]) : undefined;
  }
  return named(t);
}

function isoDate(iso: RegExpExecArray): DateText | undefined {
  const [, year, month = '', date, hour, minute, second = '00', fraction = '', zone = ''] = iso;
  if (date === undefined)
    return Number(month) >= 1 && Number(month) <= 12 ? { date: `${year}-${month}`, precision: 'month' } : undefined;
  const found = day(year, month, date);
  if (found === undefined || hour === undefined) return found;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  if (Number(offset.slice(1, 3)) > 13) return found;
  return { date: `${found.date}T${hour}:${minute}:${second}${fraction}${offset}`, precision: 'time' };
}

function named(text: string): DateText | undefined {
  const [, before, word = '', after, year] = WORDS.exec(text) ?? [];
  const short = word.slice(0, 3).toLowerCase();
  const month = MONTHS.split('|').indexOf(GERMAN[short] ?? short) + 1;
  // A month's name, not any word that begins like one ("marrow").
  if (month === 0 || !isMonth(word) || (before !== undefined && after !== undefined)) return undefined;
  const date = before ?? after;
  const two = String(month).padStart(2, '0');
  return date === undefined ? { date: `${year}-${two}`, precision: 'month' } : day(year, two, date);
}

const FULL =
  /^(?:january|february|march|april|may|june|july|august|sept(?:ember)?|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|jan|feb|mar|mär|mrz|apr|jun|jul|aug|sep|oct|okt|nov|dec|dez)$/iu;
const isMonth = (word: string): boolean => FULL.test(word);

function day(year = '', month = '', date = ''): DateText | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(date)];
  const there = new Date(Date.UTC(2000, m - 1, d));
  there.setUTCFullYear(y, m - 1, d);
  if (y < 1 || m < 1 || d < 1 || there.getUTCMonth() !== m - 1 || there.getUTCDate() !== d) return undefined;
  return { date: `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`, precision: 'day' };
}

/** Whether a text is a bare ORCID iD with a right check digit (ISO 7064 MOD 11-2). */
export function isOrcid(text: string): boolean {
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) return false;
  const digits = text.replaceAll('-', '');
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits[15] === (check === 10 ? 'X' : String(check));
}

/** Whether a text is a DOI without prefix and without trailing punctuation. */
export function isDoi(text: string): boolean {
  return /^10\.\d{4,9}\/\S*[^\s.,;:]$/.test(text);
}

/** Whether a text is a full ROR address. */
export function isRor(text: string): boolean {
  return /^https:\/\/ror\.org\/0[a-hj-km-np-tv-z0-9]{6}\d{2}$/.test(text);
}

/** Whether a text is an e-mail address with a dot in its domain and nothing invisible in it. */
export function isEmail(text: string): boolean {
  return /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/.test(text);
}

/** Whether a text is an existing day as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a text is a word that stands for nothing: TBD, pending, n/a, none, test, xxx. */
export function isPlaceholder(text: string): boolean {
  return /^(?:tbd|tba|todo|to do|to be (?:done|determined|announced|added|defined)|pending|in (?:press|revision|preparation)|n\.?\/?a\.?|none|null|nil|test|x{2,}|\?+|-+|\.+|placeholder|fill (?:me )?in|lorem ipsum.*)$/i.test(
    text.trim(),
  );
}

/** The characters that archives refuse in values: controls, bidirectional marks, zero-width. */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

/** Whether a text holds control, bidirectional or zero-width characters. */
export function hasInvisible(text: string): boolean {
  return INVISIBLE.test(text);
}

/** A text in NFC on one line, without invisible characters and without blanks that are doubled or at the ends. */
export function tidy(text: string): string {
  return text.normalize('NFC').replace(new RegExp(INVISIBLE, 'gu'), '').replace(/\s+/gu, ' ').trim();
}

const EMAIL_INSIDE =
  /(?:mailto:)?[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}/g;

/** A text of the graph without the e-mail addresses that people write into descriptions and key-value pairs. */
export function withoutEmails(text: string): string {
  return text.includes('@') ? text.replace(EMAIL_INSIDE, '(e-mail address left out)') : text;
}

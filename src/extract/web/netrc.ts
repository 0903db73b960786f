import { OmegraphError } from '../../errors.js';

/** One `machine` (or `default`) of a netrc file. */
export interface NetrcEntry {
  /** Nothing for `default`. */
  readonly machine: string | undefined;
  readonly login: string | undefined;
  readonly password: string | undefined;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly isQuoted: boolean;
  /** Index behind the token. */
  readonly end: number;
}

const VALUES = ['login', 'user', 'password', 'account'] as const;
const REMEDY = 'write lines such as: machine omero.example.org login ada password …';

/**
 * The entries of a netrc file: `machine NAME` or `default`, then `login`, `password`, `account`; `macdef` up to a blank
 * line and `#` comments are left out; values may stand in double quotes with `\"`, `\\`, `\n`, `\r` and `\t`.
 * @throws OmegraphError `input` with file and line, never with a value.
 */
export function parseNetrc(text: string, where = 'netrc'): readonly NetrcEntry[] {
  const entries: NetrcEntry[] = [];
  const fail = (start: number, wrong: string, found?: string): OmegraphError =>
    new OmegraphError('input', {
      where: `${where}:${text.slice(0, start).split('\n').length}`,
      wrong,
      ...(found && { found }),
      remedy: REMEDY,
    });
  let at = 0;
  let entry: { -readonly [K in keyof NetrcEntry]: NetrcEntry[K] } | undefined;
  for (let token = tokenAt(text, at); token !== undefined; token = tokenAt(text, at)) {
    at = token.end;
    // A word is shown only where it cannot be a password that went astray.
    const keyword = token.isQuoted ? '' : token.text;
    if (keyword.startsWith('#')) at = endOfLine(text, token.start);
    else if (keyword === 'macdef') {
      const blank = /\r?\n[ \t]*(?:\r?\n|$)/.exec(text.slice(at));
      at = blank === null ? text.length : at + blank.index + blank[0].length;
    } else if (keyword === 'default') {
      entry = { machine: undefined, login: undefined, password: undefined };
      entries.push(entry);
    } else if (keyword === 'machine' || VALUES.some((v) => v === keyword)) {
      const value = tokenAt(text, at);
      if (value === undefined) throw fail(token.start, 'a word has no value after it', keyword);
      if (value.end < 0) throw fail(value.start, 'a quoted value has no end');
      at = value.end;
      if (keyword === 'machine') {
        entry = { machine: value.text.toLowerCase(), login: undefined, password: undefined };
        entries.push(entry);
      } else if (entry === undefined) throw fail(token.start, 'a value stands before the first machine', keyword);
      else if (keyword === 'password') entry.password = value.text;
      else if (keyword !== 'account') entry.login = value.text;
    } else throw fail(token.start, 'a word is none of machine, default, login, password, account and macdef');
  }
  return entries;
}

/** The first entry for a host (with or without its port), of this user if one is named; else the first `default`. */
export function netrcEntry(entries: readonly NetrcEntry[], host: URL, user?: string): NetrcEntry | undefined {
  const fits = entries.filter((e) => user === undefined || e.login === undefined || e.login === user);
  return (
    fits.find((e) => e.machine === host.host) ??
    fits.find((e) => e.machine === host.hostname) ??
    fits.find((e) => e.machine === undefined)
  );
}

/** The next word or quoted value; `end` is -1 when a quote stays open. */
function tokenAt(text: string, from: number): Token | undefined {
  let start = from;
  while (start < text.length && /\s/.test(text[start] ?? '')) start += 1;
  if (start >= text.length) return undefined;
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && !/\s/.test(text[end] ?? '')) end += 1;
    return { text: text.slice(start, end), start, isQuoted: false, end };
  }
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const c = text[at] ?? '';
    if (c === '"') return { text: value, start, isQuoted: true, end: at + 1 };
    if (c === '\\') {
      at += 1;
      const escaped = text[at] ?? '';
      value += ESCAPES[escaped] ?? escaped;
    } else value += c;
  }
  return { text: '', start, isQuoted: true, end: -1 };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

import { safeIri } from '../rdf/iris.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from './identifierSchemes.js';

/** An identifier of a registry. */
export interface IdentifierText {
  /** The registry: `ORCID`, `DOI`. */
  readonly scheme: string;
  readonly id: string;
  /** What it identifies; the same for every spelling. */
  readonly iri: string;
}

const LONGEST = 300;

/**
 * Reads an identifier, bare, with its prefix or as a web address; what is a mere number counts only when the key names
 * the registry. Undefined when it is none, or its check digits are wrong.
 */
export function identifierText(kind: ValueKind, text: string, key = ''): IdentifierText | undefined {
  if (text.length > LONGEST) return undefined;
  const t = text.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '').trim();
  if (t === '' || /\s\S+\s\S+\s/.test(t)) return undefined;
  const cut = prefixEnd(t);
  for (const scheme of IDENTIFIER_SCHEMES) {
    const found = (isBare(scheme, kind, key) && read(scheme, t)) || prefixed(scheme, t, cut);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isBare(scheme: IdentifierScheme, kind: ValueKind, key: string): boolean {
  if (scheme.bare === undefined || scheme.bare.includes(kind)) return true;
  return scheme.key?.test(key.replace(/[_-]/g, ' ')) === true;
}

/** Places at which a prefix may end: behind a colon, slash, equals sign or blank, or between letters and digits. */
function prefixEnd(text: string): readonly number[] {
  const ends: number[] = [];
  for (const found of text.matchAll(/[:/= ]|[A-Za-z](?=\d)/gu)) ends.push(found.index + 1);
  return ends.slice(0, 12);
}

function prefixed(scheme: IdentifierScheme, text: string, ends: readonly number[]): IdentifierText | undefined {
  for (const end of ends) {
    if (!scheme.before.test(text.slice(0, end))) continue;
    const found = read(scheme, text.slice(end).trim());
    if (found !== undefined) return found;
  }
  return undefined;
}

function read(scheme: IdentifierScheme, text: string): IdentifierText | undefined {
  const found = scheme.id.exec(text)?.[1];
  if (found === undefined) return undefined;
  const id = scheme.canonical?.(found) ?? found;
  if (scheme.valid !== undefined && !scheme.valid(id)) return undefined;
  return { scheme: scheme.name, id, iri: safeIri(scheme.iri(id)) };
}

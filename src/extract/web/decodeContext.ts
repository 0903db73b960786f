import { type Finding, type FindingCode, finding } from '../../findings.js';
import { asText, type Json, type JsonObject } from '../json.js';

/** What decoding an answer of OMERO.web needs beside the answer. */
export interface DecodeContext {
  onFinding(f: Finding): void;
  /** IANA zone of the OMERO server, whose database keeps wall clock times without a zone. */
  readonly timeZone: string;
}

/** The class of an encoded object: the part of `@type` after `#`, since the namespace before it varies by version. */
export function classOf(json: JsonObject): string | undefined {
  const type = asText(json['@type']);
  return type === undefined ? undefined : type.slice(type.indexOf('#') + 1);
}

/** An id as digits, from a number or (above 2^53) from digits; undefined when it is neither. */
export function digitsOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  return typeof value === 'string' && /^\d{1,19}$/.test(value) ? value : undefined;
}

/** Says that something of an object is wrong: `Image:7` (Image:7/@Name). */
export function tell(context: DecodeContext, code: FindingCode, ref: string, name: string, found?: Json): void {
  const detail = found === undefined ? name : `${name}="${shown(found)}"`;
  context.onFinding(finding(code, ref, { at: `${ref}/@${name}`, detail }));
}

const SHOWN = 200;
const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SHOWN);

// Everything that XML 1.0 (section 2.2) cannot hold: the graph is to be the same whichever way a text came.
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const SUSPECT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/;

/** A text without control characters and lone surrogates, as the OME-XML reader gives it; a repair is a finding. */
export function cleanText(text: string, context: DecodeContext, ref: string, name: string): string {
  if (!SUSPECT.test(text)) return text;
  const clean = text.toWellFormed().replace(NO_XML, '\ufffd');
  if (clean === text) return text;
  tell(context, 'text-control-character', ref, name, clean);
  return clean;
}

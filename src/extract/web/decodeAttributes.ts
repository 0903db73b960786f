import { type AttributeRule, attributeRules, isFault, readValue } from '../../ome/reader/values.js';
import type { OmeElement } from '../../ome/schema.js';
import { unitOf } from '../../ome/units.js';
import { asObject, asText, type Json, type JsonObject } from '../json.js';
import { cleanText, type DecodeContext, digitsOf, tell } from './decodeContext.js';
import { wallClock } from './wallClock.js';

/** Keys of OMERO's JSON that are not the names of the OME-XML attributes, by element. */
const OTHER_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Channel: { Illumination: 'IlluminationType' },
  Plate: { 'omero:defaultSample': 'FieldIndex' },
};

const VIEW = 'about the account that looks, or the API itself';
const DATABASE = 'bookkeeping of the OMERO database';
const NO_PLACE = 'the OME model has no place for it';

/** Keys of OMERO's JSON (omero-marshal 0.9, omero-web 5.31) that are left out, with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'omero:childCount': VIEW,
  'omero:wellsampleIndex': VIEW,
  'omero:archived': DATABASE,
  'omero:partial': DATABASE,
  'omero:format': DATABASE,
  'omero:methodology': NO_PLACE,
  'omero:waveStart': NO_PLACE,
  'omero:waveIncrement': NO_PLACE,
  'omero:lookupTable': 'how a viewer shows it',
  'omero:LogicalChannelId': DATABASE,
  'omero:photometricInterpretation': NO_PLACE,
  'omero:status': NO_PLACE,
  LineCap: 'not in OME 2016-06',
  Visible: 'not in OME 2016-06',
};
/** Keys that are read elsewhere: identity and ownership. */
const ENVELOPE: ReadonlySet<string> = new Set(['@type', '@id', 'omero:details']);

const tables = new Map<OmeElement, ReadonlyMap<string, AttributeRule | null>>();

/** The rules of an element by JSON key; null for keys of OME-XML that JSON says inside another (units). */
function rulesOf(element: OmeElement): ReadonlyMap<string, AttributeRule | null> {
  const known = tables.get(element);
  if (known !== undefined) return known;
  const rules = attributeRules(element, OTHER_NAMES[element]);
  tables.set(element, rules);
  return rules;
}

/** Whether a key of an element is decoded, left out for a reason, or read elsewhere (`own`). */
export function isKnownKey(element: OmeElement, key: string, own: ReadonlySet<string> = NONE): boolean {
  const rule = rulesOf(element).get(key);
  return (rule !== undefined && rule !== null) || isEnvelope(key, own) || Object.hasOwn(LEFT_OUT, key);
}
const isEnvelope = (key: string, own: ReadonlySet<string>): boolean =>
  ENVELOPE.has(key) || own.has(key) || key.startsWith('url:');
const NONE: ReadonlySet<string> = new Set();

/**
 * The attributes of an element out of OMERO's JSON, whose keys are the names of the OME-XML attributes; a value that is
 * not of its type is a finding and left out. `own` are the keys that the caller reads.
 */
export function decodeAttributes(
  element: OmeElement,
  json: JsonObject,
  ref: string,
  context: DecodeContext,
  own: ReadonlySet<string> = NONE,
): Record<string, unknown> {
  const rules = rulesOf(element);
  const draft: Record<string, unknown> = {};
  for (const key in json) {
    const value = json[key];
    if (isEnvelope(key, own) || value === undefined || value === null) continue;
    const rule = rules.get(key);
    if (rule === undefined || rule === null) {
      if (!Object.hasOwn(LEFT_OUT, key)) tell(context, 'ome-element-unknown', element, key);
      continue;
    }
    const decoded = decodeValue(rule, value, context, ref, key);
    if (isFault(decoded)) tell(context, decoded.code, ref, key, decoded.found);
    else if (decoded !== undefined) draft[rule.key] = decoded;
  }
  return draft;
}

/** A value of JSON as the OME-XML reader would give it; undefined when there is none. */
function decodeValue(rule: AttributeRule, value: Json, context: DecodeContext, ref: string, key: string): unknown {
  const { kind } = rule;
  if (typeof kind === 'object') {
    if ('dimension' in kind) return quantity(rule, value);
    const text = asText(value) ?? asText(asObject(value)?.value);
    return text === undefined ? invalid(value) : readValue(rule, text, undefined);
  }
  switch (kind) {
    case 'string':
    case 'text':
      if (typeof value !== 'string') return invalid(value);
      // An empty Description is none, as in OME-XML.
      if (kind === 'text' && value === '') return undefined;
      return readValue(rule, cleanText(value, context, ref, key), undefined);
    case 'int':
    case 'color':
      return typeof value === 'number' ? readValue(rule, String(value), undefined) : invalid(value);
    case 'float': {
      const number = numberText(value);
      return number === undefined ? invalid(value) : readValue(rule, number, undefined);
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : invalid(value);
    case 'dateTime':
    case 'dateTimeChild':
      return momentOf(value, context) ?? invalid(value);
  }
}

const invalid = (found: Json) =>
  ({ code: 'ome-value-invalid', found: asText(found) ?? JSON.stringify(found) }) as const;

/** Epoch milliseconds as a wall clock time; undefined when they are none. */
export function momentOf(value: Json | undefined, context: DecodeContext): string | undefined {
  const milliseconds = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof milliseconds === 'number' ? wallClock(milliseconds, context.timeZone) : undefined;
}

/** A number as xsd:double writes it; Python writes `NaN` and `Infinity`, which are no JSON and come as texts. */
export function numberText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  if (value === 'NaN') return value;
  return value === 'Infinity' ? 'INF' : value === '-Infinity' ? '-INF' : undefined;
}

const symbols = new Map<string, string>();
const SYMBOLS = 1000;

/** `{ Unit: 'MICROMETER', Symbol: 'µm', Value: 0.325 }`; a name that is not known gives way to the symbol. */
function quantity(rule: AttributeRule, json: Json): unknown {
  const parts = asObject(json);
  const value = numberText(parts?.Value);
  if (parts === undefined || value === undefined) return invalid(json);
  return readValue(rule, value, symbolOf(asText(parts.Unit) ?? '', asText(parts.Symbol) ?? ''));
}

function symbolOf(name: string, symbol: string): string {
  const key = `${name}\n${symbol}`;
  const known = symbols.get(key);
  if (known !== undefined) return known;
  const found = (unitOf(name) ?? unitOf(symbol))?.symbol ?? (name || symbol);
  if (symbols.size >= SYMBOLS) symbols.clear();
  symbols.set(key, found);
  return found;
}

/** The ref of an encoded object or part; without an id that is one there is none, and that is a finding. */
export function refIn<T extends string>(
  type: T,
  json: JsonObject,
  context: DecodeContext,
): `${T}:${string}` | undefined {
  const id = digitsOf(json['@id']);
  if (id !== undefined) return `${type}:${id}`;
  tell(context, json['@id'] === undefined ? 'web-value-missing' : 'ome-value-invalid', type, '@id', json['@id']);
  return undefined;
}

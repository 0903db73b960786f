/** JSON text as Python's `json.dumps` writes it: `, ` and `: `, ASCII only, floats with a point. */

/** Text that is JSON already. */
export interface RawJson {
  readonly json: string;
}

export type PythonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | RawJson
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue | undefined };

/** JSON made before. */
export const raw = (json: string): RawJson => ({ json });

/** A Python float: `325.0`, `1e-05`, `NaN`. */
export const float = (value: number): RawJson => raw(floatText(value));

/** Writes a value; members that are undefined are left out. */
export function pythonJson(value: PythonValue): string {
  if (typeof value === 'string') return textJson(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isRaw(value)) return value.json;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value as { readonly [key: string]: PythonValue | undefined })) {
    if (member !== undefined) members.push(`${textJson(key)}: ${pythonJson(member)}`);
  }
  return `{${members.join(', ')}}`;
}

const isRaw = (value: object): value is RawJson => 'json' in value && typeof value.json === 'string';

const NOT_ASCII = /[^\x00-\x7f]/g;

/** A JSON string with escapes for everything beyond ASCII. */
export function textJson(text: string): string {
  return JSON.stringify(text).replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Python's `repr` of a float. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
  }
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

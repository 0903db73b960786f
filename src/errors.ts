/**
 * Everything that can stop a run. Odd *data* is never an error: it is a `Finding` (see findings.ts).
 * Every message reads `where: what is wrong ("what was found"); what to do`.
 */
export type ErrorTag = 'input' | 'config' | 'mapping' | 'shapes' | 'server' | 'limit' | 'interrupted';

/** An error with a tag, a place and a remedy; the CLI turns it into one line and exit code 2 (130 when interrupted). */
export class OmegraphError extends Error {
  override readonly name = 'OmegraphError';
  /** Which part of the world is broken. */
  readonly tag: ErrorTag;
  /** File, file:line, URL or option that the message is about. */
  readonly where: string;
  /** What the user can do about it. */
  readonly remedy: string;

  constructor(
    tag: ErrorTag,
    parts: { where: string; wrong: string; found?: string | undefined; remedy: string },
    options?: { cause?: unknown },
  ) {
    super(sentence(parts), options);
    this.tag = tag;
    this.where = parts.where;
    this.remedy = parts.remedy;
  }
}

/** Whether a thrown value is one of ours; anything else is a bug and crashes with its stack. */
export function isOmegraphError(value: unknown): value is OmegraphError {
  return value instanceof OmegraphError;
}

/** `where: what is wrong ("what was found"); what to do` on one line, with control characters made visible. */
export function sentence(parts: { where: string; wrong: string; found?: string | undefined; remedy: string }): string {
  const found = parts.found === undefined ? '' : ` ("${oneLine(parts.found)}")`;
  return `${oneLine(parts.where, 500)}: ${oneLine(parts.wrong, 2000)}${found}; ${oneLine(parts.remedy, 2000)}`;
}

/** A text on one line: control, bidi and line-separator characters as `\u{..}`, cut to `limit` characters. */
export function oneLine(text: string, limit = 120): string {
  const visible = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (c) =>
    c === '\n' || c === '\t' ? ' ' : `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible.length > limit ? `${visible.slice(0, limit - 1)}…` : visible;
}

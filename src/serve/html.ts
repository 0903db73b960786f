/** A piece of HTML that is safe to put into a page. */
export interface Html {
  readonly html: string;
}

/** What a template takes: texts and numbers are escaped, pieces of HTML stay, lists are joined, nothing is nothing. */
export type HtmlPart = string | number | Html | undefined | null | false | readonly HtmlPart[];

/**
 * HTML as a template that escapes every value, for element content and for attribute values in double quotes. Attributes
 * without quotes, scripts and styles must not hold values.
 */
export function html(strings: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  return { html: strings.reduce((text, s, i) => text + rendered(parts[i - 1]) + s) };
}

function rendered(part: HtmlPart): string {
  if (part === undefined || part === null || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(rendered).join('');
}

/** A text with the five characters that mean something in HTML escaped, and control characters made visible. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

import type { Reply } from './intercept.js';
import { type PythonValue, pythonJson } from './pythonJson.js';

const HTML = 'text/html; charset=utf-8';

/** JSON of a view that has looked at the session. */
export const json = (value: PythonValue, status = 200, headers: Readonly<Record<string, string>> = {}): Reply =>
  jsonText(pythonJson(value), status, headers);

/** JSON that is text already. */
export const jsonText = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json', 'X-Frame-Options': 'SAMEORIGIN', ...headers },
  body,
});

/** A page. */
export const html = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': HTML, 'X-Frame-Options': 'SAMEORIGIN', ...headers },
  body,
});

export const text = (body: string): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'text/plain', 'X-Frame-Options': 'SAMEORIGIN' },
  body,
});

const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en">\n<head><title>${title}</title></head>\n<body>${body}</body>\n</html>\n`;

/** Django's page for URLs that no view answers. */
export const notFoundPage = (): Reply => html(404, page('Page not found', '<h1>Page not found (404)</h1>'));

/** A server error without a view that words it. */
export const errorPage = (): Reply => html(500, page('OMERO.web error', '<h1>Server Error (500)</h1>'));

/** What people see who are not logged in. */
export const loginPage = (): Reply =>
  html(
    200,
    page(
      'OMERO.web - Login',
      '<form class="standard_form" id="login_form" method="post"><input name="username"/>' +
        '<input name="password" type="password"/><input type="submit" value="Login"/></form>',
    ),
  );

/** What views raise: becomes `{message, stacktrace}`. */
export class ViewError extends Error {
  constructor(
    readonly status: number,
    /** Python's name of the exception; without one there is no stack trace. */
    readonly exception: string | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** Body of an error: message and, as the server words it, where it came from. */
export const errorBody = (error: ViewError): PythonValue => ({
  message: error.message,
  stacktrace:
    error.exception === undefined
      ? undefined
      : `Traceback (most recent call last):\n  File "omeroweb/...", line 0, in ...\n${error.exception}: ${error.message}\n`,
});

/** Python's `int()`. */
export function pythonInt(value: string, status = 500): number {
  if (/^\s*[+-]?[0-9]+(_[0-9]+)*\s*$/.test(value)) return Number(value.replaceAll('_', ''));
  const exception = status === 400 ? undefined : 'ValueError';
  throw new ViewError(status, exception, `invalid literal for int() with base 10: '${value}'`);
}

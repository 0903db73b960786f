import { oneLine } from '../../errors.js';
import { asObject, asText, type Json } from '../json.js';
import type { Hopeless } from './connectTrouble.js';
import type { WebAnswer } from './exchange.js';
import { parseJson } from './parseJson.js';
import { type Trouble, type TroubleKind, retryAfter } from './patience.js';

/** What an answer means for the one who asked. */
export type Verdict =
  | { readonly is: 'json'; readonly json: Json }
  | { readonly is: 'moved'; readonly to: URL }
  | { readonly is: 'loggedOut' }
  | { readonly is: 'refused'; readonly status: number; readonly wrong: string; readonly found?: string | undefined }
  | { readonly is: 'trouble'; readonly trouble: Trouble }
  | { readonly is: 'hopeless'; readonly hopeless: Hopeless };

/** A gateway that gave up after so many seconds has waited for a worker; sooner, there was none. */
const HEAVY_SECONDS = 20;
const LOGIN_PATH = /\/webclient\/login\/?$/;

/** The meaning of an answer of OMERO.web (spec: 403 "Not logged in", 302 to the login page, JSON, HTML of a proxy). */
export function judge(answer: WebAnswer, at: { url: URL; base: URL; now: number }): Verdict {
  const { status, text } = answer;
  if (status >= 200 && status < 300) return judgeSuccess(answer);
  if (status >= 300 && status < 400) return judgeRedirect(answer, at);
  const found = messageIn(answer);
  if (status === 401)
    return hopeless(
      'a web server before OMERO.web asks for a password of its own',
      found,
      'ask its administrator for a way around it; omegraph knows only the login of OMERO itself',
    );
  if (status === 403 && (text.trim() === '' || /not logged in/i.test(found ?? ''))) return { is: 'loggedOut' };
  const kind = troubleKind(answer);
  if (kind === undefined) return { is: 'refused', status, wrong: refusal(status), found };
  return trouble(kind, status, `the server answers ${status}${kind === 'busy' ? ' (busy)' : ''}`, found, {
    retryAfter: retryAfter(answer.headers.get('retry-after'), at.now),
  });
}

/** The path that tells the login page, wherever a proxy thinks it lives. */
export const isLoginPath = (path: string): boolean => LOGIN_PATH.test(path);

/** The sentence in an error answer: `message` of JSON, or the title of a page; never a stack trace. */
export function messageIn({ headers, text }: WebAnswer): string | undefined {
  if (isJson(headers)) {
    try {
      const said = asObject(parseJson(text));
      return asText(said?.message) ?? asText(said?.detail) ?? asText(said?.error);
    } catch {
      return undefined;
    }
  }
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text.slice(0, 100_000))?.[1]?.replace(/\s+/g, ' ').trim();
  return title === undefined || title === '' ? undefined : oneLine(title);
}

function judgeSuccess(answer: WebAnswer): Verdict {
  const { headers, text, status } = answer;
  if (!isJson(headers)) {
    if (isLoginPage(text)) return { is: 'loggedOut' };
    const type = headers.get('content-type')?.split(';')[0];
    const what = type === 'text/html' ? 'a web page' : type === undefined ? 'something without a type' : type;
    return trouble('gateway', 502, `the answer is not JSON but ${what}`, messageIn(answer));
  }
  if (status === 204 || text.trim() === '') return trouble('cut', 502, 'the answer is empty');
  if (!answer.isUtf8) return trouble('cut', 502, 'the answer is not UTF-8');
  try {
    return { is: 'json', json: parseJson(text) };
  } catch {
    // Its end is not shown: it may be half of a secret, which nothing could recognise.
    return trouble('cut', 502, `the answer is no whole JSON (${answer.bytes} bytes)`);
  }
}

function judgeRedirect(answer: WebAnswer, { url, base }: { url: URL; base: URL }): Verdict {
  const location = answer.headers.get('location');
  if (location === null || !URL.canParse(location, url.href))
    return {
      is: 'refused',
      status: answer.status,
      wrong: `the server answers ${answer.status} without saying where to`,
    };
  const to = new URL(location, url);
  if (isLoginPath(to.pathname)) return { is: 'loggedOut' };
  if (to.origin === url.origin && to.pathname.startsWith(base.pathname)) return { is: 'moved', to };
  if (to.protocol === 'https:' && url.protocol === 'http:' && to.hostname === url.hostname)
    return hopeless('the server asks for https', undefined, `write https://${to.host}${base.pathname} as the address`);
  if (to.origin === url.origin)
    return hopeless(
      'the server leads out of the address',
      // No more of it: servers put session ids into paths.
      /^\/[\w.-]{0,40}\/?/.exec(to.pathname)?.[0],
      'correct the prefix in the address; it is what stands before /webclient/ in the browser',
    );
  return hopeless(
    'the server leads to another host, which is not followed',
    to.origin,
    'if OMERO.web lives there, write its address; if it is a single sign-on or a second factor, ask the OMERO administrator for an account with an OMERO password',
  );
}

function troubleKind({ status, seconds }: WebAnswer): TroubleKind | undefined {
  if (status === 429 || status === 503 || status === 408 || status === 425) return 'busy';
  if (status === 500) return 'failed';
  if (status < 500 || status === 501 || status === 505) return undefined;
  return seconds >= HEAVY_SECONDS ? 'heavy' : 'gateway';
}

function refusal(status: number): string {
  if (status === 404) return 'not there, or not to be read by this account';
  if (status === 403) return 'the server refuses';
  if (status === 414) return 'the request is too long for the server';
  return `the server answers ${status}`;
}

const isJson = (headers: Headers): boolean =>
  /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '');

/** The login page of OMERO.web, which some versions and proxies send with status 200. */
const isLoginPage = (text: string): boolean => /<input[^>]+name=["']?password/i.test(text) && /login/i.test(text);

function trouble(
  kind: TroubleKind,
  status: number,
  wrong: string,
  found?: string,
  more: { retryAfter?: number | undefined } = {},
): Verdict {
  const remedy = 'try again later; if it stays, tell the OMERO administrator';
  return { is: 'trouble', trouble: { kind, status, wrong, found, remedy, ...more } };
}

function hopeless(wrong: string, found: string | undefined, remedy: string): Verdict {
  return { is: 'hopeless', hopeless: { kind: 'hopeless', wrong, found, remedy } };
}

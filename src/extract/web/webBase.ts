import { OmegraphError } from '../../errors.js';

/** The address of an OMERO.web, ready to hang paths on. */
export interface WebBase {
  /** Ends in `/`; without user, query and fragment. */
  readonly url: URL;
  /** What was left out of the address as it was given. */
  readonly said?: string | undefined;
}

const APPLICATION = /^(.*?\/)(?:webclient|webgateway|api)(?:\/.*)?$/;
const REMEDY = 'write the address that people open in the browser, such as https://omero.example.org/';

/**
 * The base of an OMERO.web from the address that people copy out of their browser.
 * @throws OmegraphError `input` when it is no http address or carries a user or password.
 */
export function webBase(text: string): WebBase {
  const given = text.trim();
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    // What was typed may hold a password, so it is not repeated; the host alone is safe to guess from.
    const host = /^[\w.-]+(?::\d+)?(?:\/[\w./-]*)?$/.exec(given)?.[0];
    throw new OmegraphError('input', {
      where: 'address of OMERO.web',
      wrong: 'not an http or https address',
      found: host,
      remedy: host === undefined ? REMEDY : `write https:// before it`,
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new OmegraphError('input', {
      where: `address of OMERO.web (${url.host})`,
      wrong: 'it carries a user name or password, which would end up in logs',
      remedy: 'leave them out of the address; give OMERO_USER and OMERO_PASSWORD, or a netrc file',
    });
  }
  const whole = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  const path = APPLICATION.exec(whole)?.[1] ?? whole;
  const base = new URL(path, url.origin);
  const left = path !== whole ? whole.slice(path.length) : url.search !== '' || url.hash !== '' ? 'what follows ?' : '';
  return left === '' ? { url: base } : { url: base, said: `${base.href} is used; "${left}" at its end is left out` };
}

/**
 * The address of what a server or caller names, below the base: absolute and relative URLs give only their path, because
 * behind a proxy they carry internal hosts, another scheme or no prefix.
 * @returns nothing when the path leads out of the base.
 */
export function belowBase(base: URL, named: string): URL | undefined {
  if (!URL.canParse(named, base.href)) return undefined;
  const { pathname, search } = new URL(named, base.href);
  if (pathname.startsWith(base.pathname)) return new URL(pathname + search, base.origin);
  const application = /\/((?:api|webclient|webgateway)\/.*)$/.exec(pathname)?.[1];
  return application === undefined ? undefined : new URL(base.pathname + application + search, base.origin);
}

/** The path below the base with its query, as it is said in messages. */
export function pathBelow(base: URL, url: URL): string {
  return url.pathname.slice(base.pathname.length) + url.search;
}

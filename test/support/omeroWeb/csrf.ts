import { randomInt } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Django's CSRF tokens: a secret of 32 characters in the cookie, masked anew in each answer (django.middleware.csrf). */
const CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const SECRET = /^[A-Za-z0-9]{32}$/;

const random = (): string => Array.from({ length: 32 }, () => CHARACTERS.charAt(randomInt(62))).join('');

/** The secret of the cookie, or a new one that needs a cookie. */
export function secretOf(cookie: string | undefined): { readonly secret: string; readonly isNew: boolean } {
  return cookie !== undefined && SECRET.test(cookie)
    ? { secret: cookie, isNew: false }
    : { secret: random(), isNew: true };
}

/** A token of 64 characters: the mask, then the secret moved by the mask. */
export function masked(secret: string): string {
  const mask = random();
  const moved = [...secret].map((character, at) =>
    CHARACTERS.charAt((CHARACTERS.indexOf(character) + CHARACTERS.indexOf(mask.charAt(at))) % 62),
  );
  return mask + moved.join('');
}

function unmasked(token: string): string {
  const mask = token.slice(0, 32);
  return [...token.slice(32)]
    .map((character, at) =>
      CHARACTERS.charAt((CHARACTERS.indexOf(character) - CHARACTERS.indexOf(mask.charAt(at)) + 62) % 62),
    )
    .join('');
}

/** Why a request that changes something is refused; undefined when it may pass. */
export function csrfFailure(
  headers: IncomingHttpHeaders,
  cookie: string | undefined,
  formToken: string | null,
  isSecure: boolean,
): string | undefined {
  const host = headers.host ?? '';
  const { origin, referer } = headers;
  if (origin !== undefined) {
    if (origin !== `${isSecure ? 'https' : 'http'}://${host}`) {
      return `Origin checking failed - ${origin} does not match any trusted origins.`;
    }
  } else if (isSecure) {
    const reason = refererFailure(referer, host);
    if (reason !== undefined) return reason;
  }
  if (cookie === undefined) return 'CSRF cookie not set.';
  const header = headers['x-csrftoken'];
  const token = formToken !== null && formToken !== '' ? formToken : header;
  if (typeof token !== 'string' || token === '') return 'CSRF token missing.';
  const source = token === formToken ? 'POST' : "the 'X-Csrftoken' HTTP header";
  if (token.length !== 32 && token.length !== 64) return `CSRF token from ${source} has incorrect length.`;
  if (!/^[A-Za-z0-9]+$/.test(token)) return `CSRF token from ${source} has invalid characters.`;
  return (token.length === 64 ? unmasked(token) : token) === cookie
    ? undefined
    : `CSRF token from ${source} incorrect.`;
}

function refererFailure(referer: string | undefined, host: string): string | undefined {
  if (referer === undefined) return 'Referer checking failed - no Referer.';
  if (!URL.canParse(referer)) return 'Referer checking failed - Referer is malformed.';
  const url = new URL(referer);
  if (url.protocol !== 'https:') return 'Referer checking failed - Referer is insecure while host is secure.';
  return url.host === host ? undefined : `Referer checking failed - ${referer} does not match any trusted origins.`;
}

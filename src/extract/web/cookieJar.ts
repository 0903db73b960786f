/** The cookies of one session (RFC 6265), by whatever names the server gives them. */
export interface WebCookies {
  /** Value of the `Cookie` header for an address, empty without cookies. */
  headerFor(url: URL): string;
  /** Takes in the `Set-Cookie` headers of an answer; what the standard refuses is ignored. */
  keep(setCookies: readonly string[], url: URL): void;
  /** Every value held, for keeping them out of messages. */
  values(): readonly string[];
  clear(): void;
}

/** An empty jar; the library is loaded here because only this source needs it. */
export async function cookieJar(): Promise<WebCookies> {
  const { CookieJar } = await import('tough-cookie');
  const jar = new CookieJar(undefined, { looseMode: true });
  return {
    headerFor: (url) => jar.getCookieStringSync(url.href),
    keep(setCookies, url) {
      for (const cookie of setCookies) jar.setCookieSync(cookie, url.href, { ignoreError: true });
    },
    values: () => (jar.serializeSync()?.cookies ?? []).map((c) => String(c.value ?? '')),
    clear: () => jar.removeAllCookiesSync(),
  };
}

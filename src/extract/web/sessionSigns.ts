/**
 * Counts the signs that a server may have put another session behind the cookies. Where OMERO.web has a public user, it goes on
 * answering as that one, with status 200, once a session has ended (`login_required.get_connection`); all that shows is that
 * Django saves the session, and so sets its cookie again.
 */
export interface SessionSigns {
  /** Takes in an answer; nothing is known of the headers of one that was lost. */
  see(setCookies: readonly string[] | undefined): void;
  /** From here on cookies count, but those that were set already, which have nothing to do with sessions (a load balancer's). */
  attend(): void;
  /** Signs so far. */
  readonly count: number;
}

/** No signs yet. */
export function sessionSigns(): SessionSigns {
  const others = new Set<string>();
  let attends = false;
  let count = 0;
  const nameOf = (cookie: string): string => cookie.slice(0, cookie.indexOf('=')).trim();
  return {
    see(setCookies) {
      if (!attends) for (const cookie of setCookies ?? []) others.add(nameOf(cookie));
      else if (setCookies === undefined || setCookies.some((cookie) => !others.has(nameOf(cookie)))) count += 1;
    },
    attend() {
      attends = true;
    },
    get count() {
      return count;
    },
  };
}

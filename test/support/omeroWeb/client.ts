/** A logged-in client of few words, for tests of the stand-in server itself. */
export interface StandInClient {
  /** The raw answer; redirects are not followed. */
  fetch(path: string): Promise<Response>;
  /** The JSON of a 200 answer. @throws Error on any other */
  json<T = Record<string, unknown>>(path: string): Promise<T>;
}

/** Logs in as a user. */
export async function logIn(
  url: string,
  user: { readonly userName: string; readonly password: string },
): Promise<StandInClient> {
  const token = await fetch(`${url}api/v0/token/`);
  const { data } = (await token.json()) as { data: string };
  const login = await fetch(`${url}api/v0/login/`, {
    method: 'POST',
    headers: { Cookie: cookies(token), 'X-CSRFToken': data, Referer: url },
    body: new URLSearchParams({ username: user.userName, password: user.password, server: '1' }),
  });
  if (login.status !== 200) throw new Error(`login: ${login.status} ${await login.text()}`);
  const headers = { Cookie: `${cookies(token)}; ${cookies(login)}`, 'X-Requested-With': 'XMLHttpRequest' };
  const get = (path: string): Promise<Response> =>
    fetch(new URL(path.replace(/^\//, ''), url), { headers, redirect: 'manual' });
  return {
    fetch: get,
    async json<T>(path: string) {
      const response = await get(path);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
      // Python's NaN is no JSON.
      return JSON.parse(text.replace(/: ?(?:NaN|-?Infinity)(?=[,}])/g, ': null')) as T;
    },
  };
}

const cookies = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { OmegraphError } from '../../errors.js';
import { netrcEntry, type NetrcEntry, parseNetrc } from './netrc.js';
import { webBase } from './webBase.js';
import type { WebCredentials } from './webLogin.js';

/** Where credentials may come from, in this order: environment, netrc file, question. */
export interface CredentialSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of a netrc file; default `NETRC`, then `~/.netrc` if there is one. */
  readonly netrc?: string | undefined;
  /** Asks the user; hidden answers are not echoed. */
  readonly ask?: ((question: string, hidden: boolean) => Promise<string>) | undefined;
}

const LARGEST_NETRC = 2 ** 20;

/**
 * User and password for an OMERO.web: `OMERO_USER` and `OMERO_PASSWORD`, or the netrc entry of the host, or what the user
 * answers; nothing means the public user.
 * @throws OmegraphError `input` when a password is without user, or the netrc file is open to others or malformed.
 */
export async function findCredentials(url: string, sources: CredentialSources): Promise<WebCredentials | undefined> {
  const { env, ask } = sources;
  const host = webBase(url).url;
  const username = env.OMERO_USER === '' ? undefined : env.OMERO_USER;
  const password = env.OMERO_PASSWORD === '' ? undefined : env.OMERO_PASSWORD;
  if (username !== undefined && password !== undefined) return { username, password };
  if (password !== undefined)
    throw new OmegraphError('input', {
      where: 'OMERO_PASSWORD',
      wrong: 'there is a password but no user name',
      remedy: 'set OMERO_USER too',
    });
  const entry = await entryOf(host, username, sources);
  const login = username ?? entry?.login;
  if (login !== undefined && entry?.password !== undefined) return { username: login, password: entry.password };
  if (ask !== undefined) {
    const user = login ?? (await ask(`OMERO user name at ${host.host} (empty: public user): `, false)).trim();
    if (user === '') return undefined;
    return { username: user, password: await ask(`Password of ${user} at ${host.host}: `, true) };
  }
  if (login === undefined) return undefined;
  throw new OmegraphError('input', {
    where: username === undefined ? 'netrc' : 'OMERO_USER',
    wrong: `there is a user name but no password for ${host.host}`,
    remedy: 'set OMERO_PASSWORD, or write the password into a netrc file with mode 0600',
  });
}

/** The entry for a host in the netrc file. @throws OmegraphError when others may read or change it. */
async function entryOf(
  host: URL,
  user: string | undefined,
  { env, netrc }: CredentialSources,
): Promise<NetrcEntry | undefined> {
  const named = netrc ?? (env.NETRC === '' ? undefined : env.NETRC);
  const path = named ?? join(env.HOME ?? homedir(), '.netrc');
  let text: string;
  let wrong: { wrong: string; remedy: string } | undefined;
  try {
    // Without waiting for a writer, should it be a pipe.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const about = await file.stat();
      wrong = wrongWith(about, path);
      text = about.isFile() && about.size <= LARGEST_NETRC ? await file.readFile('utf8') : '';
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (named === undefined && (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR')) return undefined;
    const remedy = 'check that it exists and that you may read it';
    throw new OmegraphError('input', { where: path, wrong: 'the netrc file cannot be read', found: code, remedy });
  }
  // A file that nobody named is refused only where its password would be used.
  if (wrong !== undefined && named !== undefined) throw new OmegraphError('input', { where: path, ...wrong });
  const entry = netrcEntry(parseNetrc(text, path), host, user);
  if (wrong !== undefined && entry !== undefined) throw new OmegraphError('input', { where: path, ...wrong });
  return entry;
}

function wrongWith(
  about: { mode: number; uid: number; size: number; isFile(): boolean },
  path: string,
): { wrong: string; remedy: string } | undefined {
  if (!about.isFile()) return { wrong: 'the netrc file is no plain file', remedy: 'name a plain file' };
  if (about.size > LARGEST_NETRC) return { wrong: 'the netrc file is larger than any', remedy: 'name the right file' };
  // Windows has no such mode and no such owner.
  if (process.platform === 'win32') return undefined;
  if (about.uid !== process.getuid?.())
    return { wrong: 'the netrc file belongs to another user', remedy: 'name a file of your own' };
  if ((about.mode & 0o077) !== 0)
    return { wrong: 'the netrc file is open to other users', remedy: `run: chmod 600 ${path}` };
  return undefined;
}
